"""The zip file of a REFI-QDA project: what is in it is looked up and read in pieces, never unpacked to disk.

No name in the package is ever used as a path on this machine: a name is a key of the zip file's own list and nothing
else. Sizes and ratios are bounded while inflating, whatever the file claims.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from koding.errors import KodingError
from koding.i18n import _

#: Bytes of XML, of one text, of all texts together, and of other files that are carried.
LARGEST_PROJECT = 256 * 1024 * 1024
LARGEST_TEXT = 32 * 1024 * 1024
LARGEST_TEXTS = 120 * 1024 * 1024
LARGEST_CARRIED = 48 * 1024 * 1024
LARGEST_SIDECAR = 96 * 1024 * 1024
# Bytes of the zip file's own list of names, read whole before anything else.
_LARGEST_LIST = 16 * 1024 * 1024
_HIGHEST_RATIO = 200
# Below this size a high ratio is only a short, repetitive text.
_RATIO_FROM = 1024 * 1024
_CHUNK = 1 << 16
_TAIL = 22 + 0xFFFF
# A size that stands elsewhere (Zip64), and the bytes of the pointer to it, which lies right before.
_ELSEWHERE, _POINTER = 0xFFFFFFFF, 20
SIDECAR = "koding.json"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
)


def too_large(where: str) -> KodingError:
    """Give the fault for a file that grows beyond what a project holds."""
    return KodingError(
        _("{file} unpacks to far more than a project holds; nothing was imported.").format(file=where),
        _("If it is a real project, export it in parts from the tool that made it."),
    )


def broken(where: str) -> KodingError:
    """Give the fault for a file that is not whole."""
    return KodingError(
        _("{file} is damaged or is no REFI-QDA project; nothing was imported.").format(file=where),
        _("Export it again from the tool that made it."),
    )


@dataclass
class _Budget:
    left: int


class Package:
    """An open project file: a zip package, or the bare XML of one (then it has no parts)."""

    def __init__(self, path: Path, archive: zipfile.ZipFile | None) -> None:
        self.where = path.name
        self._path = path
        self._archive = archive
        self._texts = _Budget(LARGEST_TEXTS)
        self._carried = _Budget(LARGEST_CARRIED)
        names = [] if archive is None else [info.filename for info in archive.infolist() if not info.is_dir()]
        # Some tools write Sources/, and their case differs between machines.
        self._names = {name.replace("\\", "/").lower(): name for name in reversed(names)}
        self.project_name = self._find_project(names) if archive is not None else path.name

    def _find_project(self, names: list[str]) -> str:
        """Find the project's XML: project.qde as the standard says, else the .qde nearest the top."""
        found = sorted(
            (name for name in names if name.lower().endswith(".qde")),
            key=lambda name: (name.count("/"), name.lower() != "project.qde", name),
        )
        if not found:
            raise KodingError(
                _("{file} holds no project (.qde); nothing was imported.").format(file=self.where),
                _("A REFI-QDA project is exported as .qdpx from the tool that made it."),
            )
        return found[0]

    def project(self) -> Iterator[bytes]:
        """Give the project's XML in pieces."""
        if self._archive is None:
            with self._path.open("rb") as file:
                size = 0
                while piece := file.read(_CHUNK):
                    size += len(piece)
                    if size > LARGEST_PROJECT:
                        raise too_large(self.where)
                    yield piece
            return
        yield from self._inflate(self.project_name, _Budget(LARGEST_PROJECT))

    def text(self, reference: str) -> bytes | None:
        """Give the text file that a path attribute means, None where the package has none such."""
        name = self.resolve(reference)
        if name is None:
            return None
        if self._info(name).file_size > LARGEST_TEXT:
            raise too_large(self.where)
        return b"".join(self._inflate(name, self._texts))

    def carried(self, reference: str) -> tuple[str, bytes] | None:
        """Give another file with its name in the package; None where there is none such, or no room for it."""
        name = self.resolve(reference)
        if name is None or self._info(name).file_size > self._carried.left:
            return None
        return name, b"".join(self._inflate(name, self._carried))

    def sidecar(self) -> bytes | None:
        """Give koding's own file beside the project, None where there is none."""
        name = self._names.get(SIDECAR)
        return None if name is None else b"".join(self._inflate(name, _Budget(LARGEST_SIDECAR)))

    def resolve(self, reference: str) -> str | None:
        """Give the name in the package that a path attribute means: internal://, internal:/, relative: or bare."""
        rest = reference.strip().replace("\\", "/")
        scheme, separator, after = rest.partition(":")
        if separator and scheme.lower() in {"internal", "relative"}:
            rest = after
        elif separator:
            return None
        key = rest.lstrip("/").lower()
        if not key or ".." in key.split("/"):
            return None
        base = self.project_name.lower().rpartition("/")[0]
        roots = (f"{base}/" if base else "", "")
        for root in roots:
            for place in (f"{root}sources/{key}", f"{root}{key}"):
                if place in self._names:
                    return self._names[place]
        return None

    def _info(self, name: str) -> zipfile.ZipInfo:
        assert self._archive is not None
        return self._archive.getinfo(name)

    def _inflate(self, name: str, budget: _Budget) -> Iterator[bytes]:
        info = self._info(name)
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise broken(self.where)
        assert self._archive is not None
        size = 0
        with self._archive.open(info) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                budget.left -= len(piece)
                if budget.left < 0 or (size > _RATIO_FROM and size > max(1, info.compress_size) * _HIGHEST_RATIO):
                    raise too_large(self.where)
                yield piece


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """Open a project file. Raises KodingError, also for what shows while it is read not to be whole."""
    try:
        with path.open("rb") as file:
            zipped = file.read(4).startswith(b"PK")
        if not zipped:
            yield Package(path, None)
            return
        _refuse_long_list(path)
        with zipfile.ZipFile(path) as archive:
            yield Package(path, archive)
    except FileNotFoundError as fault:
        raise KodingError(_("There is no file {file}.").format(file=path)) from fault
    except (IsADirectoryError, PermissionError) as fault:
        raise KodingError(_("{file} cannot be read: {reason}.").format(file=path, reason=fault.strerror)) from fault
    except _BROKEN as fault:
        raise broken(path.name) from fault


def _refuse_long_list(path: Path) -> None:
    """Raise where the zip file's list of names is longer than any project's: it would be held in memory whole."""
    with path.open("rb") as file:
        end = file.seek(0, 2)
        file.seek(max(0, end - _TAIL))
        tail = file.read()
        at = tail.rfind(b"PK\x05\x06")
        if at < 0:
            raise broken(path.name)
        (size,) = struct.unpack_from("<I", tail, at + 12)
        if size == _ELSEWHERE and at >= _POINTER:
            (where,) = struct.unpack_from("<Q", tail, at - _POINTER + 8)
            file.seek(where)
            record = file.read(56)
            (size,) = struct.unpack_from("<Q", record, 40)
    if size > _LARGEST_LIST:
        raise too_large(path.name)

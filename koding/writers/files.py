"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from koding.errors import KodingError
from koding.i18n import _


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path`: readers see the old file or the new one, never half of it. Raises KodingError.

    A link is followed, and what is no file (a pipe, a terminal, /dev/null) is written to as it is.
    """
    if path.is_dir():
        raise KodingError(_("{file} is a folder.").format(file=path), _("Name a file."))
    if not path.parent.is_dir():
        raise KodingError(_("There is no folder {folder}.").format(folder=path.parent), _("Make it first."))
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
        else:
            _replace(path.resolve(), content)
    except OSError as error:
        raise KodingError(_("{file} cannot be written: {reason}.").format(file=path, reason=error.strerror)) from error


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        mode = path.stat().st_mode if path.exists() else 0o666 & ~_umask()
        Path(name).chmod(mode & 0o777)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

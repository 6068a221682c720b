"""The package of a REFI-QDA project: project.qde, the texts under sources/, and koding's own file beside them.

The same project gives the same bytes. The XML is written source by source, so that memory holds no second copy of it,
and every element is held against the standard as it is written: a file that would not be valid is never finished.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO

from lxml import etree

from koding.errors import KodingError
from koding.i18n import _
from koding.model.exchange import Node, Project, Source
from koding.model.refi import PROJECT, PROJECT_NAMESPACE, Checker, is_xml_text, xml_text
from koding.writers.refi.elements import Builder, Element, fits, local
from koding.writers.refi.tools import STANDARD, Tool, counter, text_bytes

SIDECAR = "koding.json"
_PREFIX = f"{{{PROJECT_NAMESPACE}}}"
# Zip files cannot say when nobody asked: the earliest time they know.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16
Sidecar = Callable[[str], bytes]


def write_project(project: Project, path: Path, sidecar: Sidecar, tool: Tool = STANDARD) -> list[str]:
    """Write a project to a file, whole or not at all; give lines on what could not be written.

    `sidecar` is told the SHA-256 of the XML and gives koding's own file. Raises KodingError where the file cannot be
    written.
    """
    if path.is_dir():
        raise KodingError(_("{file} is a folder.").format(file=path), _("Name a file."))
    if not path.parent.is_dir():
        raise KodingError(_("There is no folder {folder}.").format(folder=path.parent), _("Make it first."))
    try:
        with _whole(path) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            return _Writer(project, archive, tool).write(sidecar)
    except OSError as error:
        raise KodingError(_("{file} cannot be written: {reason}.").format(file=path, reason=error.strerror)) from error


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    """Give a file beside `path` that takes its place when all has gone well."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


class _Hashing:
    """A stream that also hashes what goes through it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self._stream.write(data)


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _NO_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = _READABLE
    return info


class _Writer:
    def __init__(self, project: Project, archive: zipfile.ZipFile, tool: Tool) -> None:
        self._project = project
        self._archive = archive
        self._tool = tool
        self._build = Builder(project.written, {one.guid: one.kind for one in project.variables})
        self._checker = Checker(PROJECT, "Project")
        self._put_already: set[str] = set()

    def write(self, sidecar: Sidecar) -> list[str]:
        with self._archive.open(_entry("project.qde"), "w") as stream:
            hashing = _Hashing(stream)
            with etree.xmlfile(hashing, encoding="utf-8") as out:
                out.write_declaration()
                self._root(out)
        if self._checker.findings:
            first = self._checker.findings[0]
            raise AssertionError(f"{first.element} {first.what}")
        for source in self._project.sources:
            if not source.missing:
                self._put(_file(source), text_bytes(source.text, self._tool))
        for note in self._project.notes:
            if not note.missing and not _inline(note):
                self._put(_file(note), text_bytes(note.text, self._tool))
        for name, data in self._files():
            self._put(name, data)
        self._put(SIDECAR, sidecar(hashing.digest.hexdigest()))
        if self._build.left_out:
            return [
                _("{count} things of another tool are not of the standard's form and were left out.").format(
                    count=self._build.left_out
                )
            ]
        return []

    def _put(self, name: str, data: bytes) -> None:
        if name.lower() not in self._put_already:
            self._put_already.add(name.lower())
            self._archive.writestr(_entry(name), data)

    def _files(self) -> Iterator[tuple[str, bytes]]:
        """Give the carried files of the package under the names that paths give them."""
        for path, data in self._project.parts.items():
            name = path.partition(":")[2].lstrip("/") or path
            parts = [part for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."}]
            if parts[:1] and parts[0].lower() == "sources":
                del parts[0]
            if parts:
                yield "sources/" + "/".join(parts), data

    # The XML

    def _root(self, out: Element) -> None:
        project = self._project
        origin = f"{project.origin} for {self._tool.name}" if self._tool.name else project.origin
        attributes = {"name": xml_text(project.name), "origin": xml_text(origin)}
        known = PROJECT["Project"].attributes
        attributes |= {
            key: xml_text(value)
            for key, value in project.attributes.items()
            if key in known and fits(known[key], value)
        }
        self._checker.begin("Project", attributes)
        with out.element(_PREFIX + "Project", attributes, nsmap={None: PROJECT_NAMESPACE}):
            out.write("\n")
            for element in self._parts():
                self._check(element)
                out.write(element, pretty_print=True)
            if project.sources or project.media:
                self._checker.begin("Sources", {})
                with out.element(_PREFIX + "Sources"):
                    out.write("\n")
                    for element in self._sources():
                        self._check(element)
                        out.write(element, pretty_print=True)
                self._checker.end()
                out.write("\n")
            for element in self._end():
                self._check(element)
                out.write(element, pretty_print=True)
        self._checker.end()

    def _check(self, element: Element) -> None:
        """Hold an element, and all in it, against the standard."""
        for event, node in etree.iterwalk(element, events=("start", "end")):
            if event == "start":
                self._checker.begin(local(str(node.tag)), node.attrib)
            else:
                self._checker.end(node.text or "")

    def _list(self, name: str, things: Iterable[object], add: Callable[..., object]) -> Iterator[Element]:
        """Give a list element with something for each thing; nothing for no things, since no list may be empty."""
        made = etree.Element(_PREFIX + name, None, {None: PROJECT_NAMESPACE})
        for thing in things:
            add(made, thing)
        if len(made):
            yield made

    def _parts(self) -> Iterator[Element]:
        project, build = self._project, self._build
        yield from self._list("Users", project.users, build.user)
        if project.codes:
            book = etree.Element(_PREFIX + "CodeBook", None, {None: PROJECT_NAMESPACE})
            build.codes(etree.SubElement(book, _PREFIX + "Codes"), project.codes)
            yield book
        yield from self._list("Variables", project.variables, build.variable)
        yield from self._list("Cases", project.cases, build.case)

    def _sources(self) -> Iterator[Element]:
        root = etree.Element(_PREFIX + "Sources", None, {None: PROJECT_NAMESPACE})
        wrappers: dict[str, list[Source]] = {}
        for source in self._project.sources:
            if source.wrapper is not None:
                wrappers.setdefault(source.wrapper.attributes.get("guid", ""), []).append(source)
        told: set[str] = set()
        for source in self._project.sources:
            if source.wrapper is None:
                yield self._source(root, source)
                root.clear()
                continue
            guid = source.wrapper.attributes.get("guid", "")
            if guid not in told:
                told.add(guid)
                yield from self._medium(root, source.wrapper, wrappers[guid])
            root.clear()
        for node in self._project.media:
            yield from self._medium(root, node, [])
            root.clear()

    def _medium(self, root: Element, wrapper: Node, texts: list[Source]) -> Iterator[Element]:
        building: Mapping[str, Callable[[Element], Element]] = {
            text.guid: lambda parent, text=text: self._source(parent, text)  # type: ignore[misc]
            for text in texts
        }
        told = self._build.medium(root, wrapper, building)
        yield from list(root)[-1:]
        for text in texts:
            if text.guid not in told:
                # The medium has no place for it: it is a text by itself.
                root.clear()
                yield self._source(root, replace(text, kind="TextSource", wrapper=None))

    def _source(self, parent: Element, source: Source) -> Element:
        path = source.parts.get("plainTextPath", "") if source.missing else f"internal://{source.guid}.txt"
        return self._build.source(parent, source, path, counter(source.text, self._tool))

    def _note(self, parent: Element, note: Source) -> None:
        inline = note.missing and not note.parts.get("plainTextPath")
        path = "" if inline or (not note.missing and _inline(note)) else f"internal://{note.guid}.txt"
        if note.missing:
            path = note.parts.get("plainTextPath", "")
        made = self._build.source(parent, note, path, counter(note.text, self._tool))
        if inline:
            # A note without a text stays one.
            for child in list(made):
                if local(str(child.tag)) == "PlainTextContent":
                    made.remove(child)

    def _end(self) -> Iterator[Element]:
        project, build = self._project, self._build
        yield from self._list("Notes", project.notes, self._note)
        yield from self._list("Links", project.links, build.link)
        yield from self._list("Sets", project.sets, build.set)
        yield from self._list("Graphs", project.graphs, build.carried)
        last = etree.Element(_PREFIX + "Project", None, {None: PROJECT_NAMESPACE})
        build.text(last, "Description", project.description)
        build.references(last, "NoteRef", project.note_refs)
        yield from list(last)


def _file(source: Source) -> str:
    return f"sources/{source.guid}.txt"


def _inline(note: Source) -> bool:
    """Whether XML gives the note's text back as it is."""
    return is_xml_text(note.text) and "\r" not in note.text

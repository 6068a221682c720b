"""Projects of qualitative-coding (`qc`): a folder with texts, a codebook in YAML and a database of coded lines.

A coding there is a line of a text, counted from 0; here it is the span of that line without its line end. Facts from
the tool's documentation and the databases it makes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from koding.errors import KodingError
from koding.i18n import _, ngettext
from koding.model import exchange
from koding.model.identity import content_guid
from koding.readers.projects.names import in_order, signed
from koding.readers.projects.rows import Tables, Wanted, by_number, number, text
from koding.readers.text import read_text
from koding.readers.yaml_tree import Mapping as Keys
from koding.readers.yaml_tree import Node, Scalar, Sequence, YamlFault, read_tree

WANTED = Wanted(
    tables={
        "document": ("file_path",),
        "document_index": ("id", "document_id"),
        "location": ("id", "document_index_id"),
        "coded_line_location_association": ("coded_line_id", "location_id"),
        "coded_line": ("id", "line", "coder_id", "code_id"),
        "code": ("name",),
        "coder": ("name",),
    },
    marks={
        "document": frozenset({"file_path"}),
        "coded_line": frozenset({"id", "line", "coder_id", "code_id"}),
        "coded_line_location_association": frozenset({"coded_line_id", "location_id"}),
    },
)
SETTINGS = "settings.yaml"
_LARGEST = 64 * 1024 * 1024
_MEMOS = frozenset({".md", ".txt", ".rst"})
_MOST_MEMOS = 10_000


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a project lie; all are in its folder."""

    folder: Path
    corpus: Path
    codebook: Path
    database: Path
    memos: Path


def layout(folder: Path) -> Layout:
    """Give where the parts of a project are, by its settings. Raises KodingError where one is outside the folder."""
    settings: dict[str, str] = {}
    file = folder / SETTINGS
    if file.is_file():
        root = _tree(file)
        if isinstance(root, Keys):
            settings = {key.value: node.value for key, node in root.pairs if isinstance(node, Scalar)}
    return Layout(
        folder,
        corpus=_inside(folder, settings.get("corpus_dir") or "corpus"),
        codebook=_inside(folder, settings.get("codebook") or settings.get("codebook_file") or "codebook.yaml"),
        database=_inside(folder, settings.get("database") or "qualitative_coding.sqlite3"),
        memos=_inside(folder, settings.get("memos_dir") or "memos"),
    )


def read_qc(tables: Tables, place: Layout) -> exchange.Project:
    """Read a project from its tables and files. Raises KodingError for a text or codebook that cannot be read."""
    return _Reader(tables, place).read()


def _inside(folder: Path, written: str) -> Path:
    path = (folder / written).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise KodingError(
            _("{folder} names {path}, which lies outside it; nothing was read.").format(folder=folder, path=written),
            _("Put all of the project in one folder."),
        )
    return path


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= _LARGEST else b""
    except OSError as fault:
        raise KodingError(
            _("{name} cannot be read: {reason}.").format(name=path, reason=fault.strerror or fault),
            _("Check that the whole project folder is there."),
        ) from fault
    if size > _LARGEST:
        raise KodingError(_("{name} is far larger than a transcript; it was not read.").format(name=path.name))
    return data


def _tree(path: Path) -> Node | None:
    try:
        return read_tree(read_text(_bytes(path), path.name).text)
    except YamlFault as fault:
        raise KodingError(
            _("{file} line {line}: {what}").format(file=path.name, line=fault.line, what=fault.message), fault.hint
        ) from fault


class _Reader:
    """Reads one project out of its tables and files."""

    def __init__(self, tables: Tables, place: Layout) -> None:
        self.tables = tables
        self.place = place
        self.project = exchange.Project(name=place.folder.resolve().name, origin="qualitative-coding")
        self.codes: dict[str, str] = {}
        self.users: dict[str, str] = {}
        self.beyond = 0

    def read(self) -> exchange.Project:
        self._codes()
        for row in self.tables["coder"]:
            self._user(text(row["name"]))
        lines = self._coded_lines()
        guids: set[str] = set()
        for row in self.tables["document"]:
            name = text(row["file_path"])
            source = self._document(name, guids)
            guids.add(source.guid)
            self._codings(source, lines.pop(name, []))
            self.project.sources.append(source)
        left = sum(map(len, lines.values()))
        self.beyond += left
        self.project.codings_lost = self.beyond
        self._memos()
        if self.beyond:
            self.project.warnings.append(
                ngettext(
                    "{count} coded line was left out: its text has no such line.",
                    "{count} coded lines were left out: their texts have no such lines.",
                    self.beyond,
                ).format(count=self.beyond)
            )
        return signed(self.project)

    def _codes(self) -> None:
        parents: dict[str, str | None] = {}
        if self.place.codebook.is_file():
            for name, parent in _named(_tree(self.place.codebook), None):
                parents.setdefault(name, parent)
        for row in self.tables["code"]:
            if text(row["name"]):
                parents.setdefault(text(row["name"]), None)
        for row in self.tables["coded_line"]:
            if text(row["code_id"]):
                parents.setdefault(text(row["code_id"]), None)
        for name, parent in in_order(list(parents), parents):
            self.codes[name] = content_guid("qualitative-coding", "code", name)
            above = self.codes[parent] if parent is not None else None
            self.project.codes.append(exchange.Code(self.codes[name], name, above))

    def _user(self, name: str) -> str:
        if name and name not in self.users:
            self.users[name] = content_guid("coder", name)
            self.project.users.append(exchange.User(self.users[name], name))
        return self.users.get(name, "")

    def _coded_lines(self) -> dict[str, list[Mapping[str, object]]]:
        """Give the coded lines of every document, by the locations (paragraphs) they are in."""
        documents = {number(row["id"]): text(row["document_id"]) for row in self.tables["document_index"]}
        located = {
            number(row["id"]): documents.get(number(row["document_index_id"]), "") for row in self.tables["location"]
        }
        lines = by_number(self.tables["coded_line"], "id")
        found: dict[str, dict[int, Mapping[str, object]]] = {}
        for row in self.tables["coded_line_location_association"]:
            document, key = located.get(number(row["location_id"]), ""), number(row["coded_line_id"])
            if key in lines and key is not None:
                found.setdefault(document, {}).setdefault(key, lines[key])
        return {document: list(rows.values()) for document, rows in found.items()}

    def _document(self, name: str, guids: set[str]) -> exchange.Source:
        path = _inside(self.place.corpus, name)
        data = _bytes(path)
        decoded = read_text(data, name)
        if decoded.note:
            self.project.warnings.append(decoded.note)
        guid = content_guid("source", hashlib.sha256(decoded.text.encode("utf-8")).hexdigest())
        if guid in guids:
            guid = content_guid("source", hashlib.sha256(data).hexdigest(), name)
        return exchange.Source(
            guid=guid,
            name=str(PurePosixPath(name).with_suffix("")),
            text=decoded.text,
            counted=_("positions count lines"),
            file_name=PurePosixPath(name).name,
            file_sha256=hashlib.sha256(data).hexdigest(),
            encoding=decoded.encoding,
        )

    def _codings(self, source: exchange.Source, rows: list[Mapping[str, object]]) -> None:
        spans = list(_line_spans(source.text))
        chosen: dict[int, exchange.Selection] = {}
        for row in sorted(rows, key=lambda row: (number(row["line"]) or 0, number(row["id"]) or 0)):
            line, code = number(row["line"]), self.codes.get(text(row["code_id"]), "")
            if line is None or not 0 <= line < len(spans) or not code or spans[line][0] == spans[line][1]:
                self.beyond += 1
                continue
            start, end = spans[line]
            if line not in chosen:
                guid = content_guid("selection", source.guid, str(start), str(end))
                chosen[line] = exchange.Selection(guid, start, end, name=source.text[start:end])
            user = self._user(text(row["coder_id"]))
            guid = content_guid("coding", chosen[line].guid, code, user)
            if all(coding.guid != guid for coding in chosen[line].codings):
                chosen[line].codings.append(exchange.Coding(guid, code, user))
        source.selections = list(chosen.values())

    def _memos(self) -> None:
        if not self.place.memos.is_dir():
            return
        files = sorted(path for path in self.place.memos.iterdir() if path.suffix.lower() in _MEMOS and path.is_file())
        for path in files[:_MOST_MEMOS]:
            written = read_text(_bytes(_inside(self.place.memos, path.name)), path.name).text
            if written.strip():
                guid = content_guid("note", "qualitative-coding", path.name, written)
                self.project.notes.append(exchange.Source(guid, path.stem, written, kind="Note"))
                self.project.note_refs += (guid,)


def _named(node: Node | None, parent: str | None) -> Iterator[tuple[str, str | None]]:
    """Give the names of a codebook's tree with the name each stands below."""
    if isinstance(node, Scalar):
        if node.value:
            yield node.value, parent
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _named(item, parent)
    elif isinstance(node, Keys):
        for key, below in node.pairs:
            yield key.value, parent
            yield from _named(below, key.value)


def _line_spans(written: str) -> Iterator[tuple[int, int]]:
    """Give the span of every line without its end; lines end where Python's `splitlines` ends them, as in `qc`."""
    position = 0
    for line, kept in zip(written.splitlines(), written.splitlines(keepends=True), strict=True):
        yield position, position + len(line)
        position += len(kept)

"""A whole REFI-QDA project read into the exchange model: the XML in one pass, then the texts with their positions."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from koding.errors import KodingError
from koding.i18n import _, ngettext
from koding.model.exchange import Node, Project, Selection, Source, User
from koding.model.refi import PROJECT, Checker
from koding.readers.refi.counting import BY_ORIGIN, BY_QUOTES, CODE_POINTS, find_counting
from koding.readers.refi.elements import (
    MEDIA,
    NOWHERE,
    PATHS,
    TEXT_IN_MEDIA,
    Elements,
    Guids,
    moment,
    strangers,
    unknown,
)
from koding.readers.refi.package import Package, opened
from koding.readers.refi.xml import Open, Stream

_SELECTIONS = frozenset({"PlainTextSelection", "TranscriptSelection"})
_GONE = Node("")


def read_project(path: Path, checker: Checker | None = None) -> Project:
    """Read a project file (.qdpx, or the bare XML of one) of any tool.

    Raises KodingError for a file that cannot be trusted or is no project. What is odd and can be read is read, with
    a line in `warnings`. With a `checker`, the XML is held against the standard on the way.
    """
    with opened(path) as package:
        return _Reader(package, checker).read()


def new_checker() -> Checker:
    """Give a checker for a project's XML."""
    return Checker(PROJECT, "Project")


class _Reader:
    def __init__(self, package: Package, checker: Checker | None) -> None:
        self._package = package
        self._guids = Guids()
        self._elements = Elements(self._guids)
        self._project = Project(package.where)
        self._tops: dict[str, list[Node]] = {}
        self._checker = checker
        self._failed: Counter[str] = Counter()

    def read(self) -> Project:
        stream = Stream(self._package.where, self._ended, self._checker)
        stream.read(self._package.project())
        if stream.root != "Project":
            raise KodingError(
                _("{file} holds a {element}, not a REFI-QDA project; nothing was imported.").format(
                    file=self._package.where, element=stream.root
                )
            )
        self._assemble()
        self._sidecar(stream.digest)
        for source in (*self._project.sources, *self._project.notes):
            self._read_text(source)
        self._carry_parts()
        self._project.written = self._guids.written
        self._say()
        return self._project

    # The XML

    def _ended(self, around: list[Open], ended: Open) -> Node | None:
        """Make model objects of selections and sources as they end; the rest waits as nodes."""
        names = [one.tag for one in around[-3:]]
        if ended.tag in _SELECTIONS and self._text_around(names):
            node = ended.node()
            span = self._elements.span(ended.attributes) if ended.tag == "PlainTextSelection" else NOWHERE
            selection = self._elements.selection(node, span)
            if ended.tag == "TranscriptSelection":
                # The edges are sync points, which may come later: kept until the transcript ends.
                selection.extra = [*selection.extra, Node("@", dict(ended.attributes))]
            around[-1].selections.append(selection)
            return None
        if names[-1:] == ["Sources"] and (ended.tag == "TextSource" or ended.tag in MEDIA):
            self._source(ended)
            return None
        if names[-1:] == ["Notes"] and ended.tag == "Note":
            self._project.notes.append(self._elements.source(ended.node(), ended.selections))
            return None
        if ended.tag in TEXT_IN_MEDIA and names[-1:] and names[-1] in MEDIA and names[-2:-1] == ["Sources"]:
            text = self._elements.source(ended.node(), ended.selections)
            if ended.tag == "Transcript":
                self._place_by_time(text)
            around[-1].texts.append(text)
            return Node(ended.tag, {"guid": text.guid})
        node = ended.node()
        if names == ["Project"]:
            self._tops.setdefault(ended.tag, []).append(node)
        if not around:
            self._root(ended)
        return node

    @staticmethod
    def _text_around(names: list[str]) -> bool:
        """Whether these end in a text that koding reads: of a source, a note, or a medium's own."""
        if names[-2:] in (["Sources", "TextSource"], ["Notes", "Note"]):
            return True
        return names[-1:] != [] and names[-1] in TEXT_IN_MEDIA and names[:1] == ["Sources"] and names[1] in MEDIA

    def _source(self, ended: Open) -> None:
        """Add a source, or the texts of a medium; a medium without any is carried."""
        if ended.tag == "TextSource":
            self._project.sources.append(self._elements.source(ended.node(), ended.selections))
            return
        wrapper = ended.node()
        found = [text for text in ended.texts if text.parts.get("plainTextPath") or not text.missing]
        if not found and not ended.texts:
            self._project.media.append(wrapper)
            self._count_media(wrapper, set())
            return
        once: set[str] = set()
        for text in ended.texts:
            if text.kind != "Transcript" and text.kind in once:
                # A medium has one text of this kind: a second one is a text by itself.
                text.kind = "TextSource"
            else:
                text.wrapper = wrapper
            once.add(text.kind)
            text.name = text.name or wrapper.attributes.get("name", "")
            self._project.sources.append(text)
        read = (coding.guid for text in ended.texts for one in text.selections for coding in one.codings)
        self._count_media(wrapper, set(read))

    def _count_media(self, wrapper: Node, read: set[str]) -> None:
        """Count what a medium holds that is no text; `read` are codings of its text, which may stand here once more."""
        self._project.lost[wrapper.tag] += 1
        for node in wrapper.walk():
            if node.tag.endswith("Selection"):
                self._project.lost[node.tag] += 1
            elif node.tag == "Coding":
                guid = self._guids.reference(node.attributes.get("guid", ""))
                self._project.codings_in_media += guid not in read
                self._project.codings_lost += guid not in read

    def _place_by_time(self, text: Source) -> None:
        """Give a transcript's selections the positions of their sync points; (-1, -1) where these have none."""
        points = {}
        for node in text.extra:
            if node.tag == "SyncPoint":
                try:
                    position = int(node.attributes["position"])
                except (KeyError, ValueError):
                    continue
                points[self._guids.reference(node.attributes.get("guid", ""))] = position
        for selection in text.selections:
            attributes = next((node.attributes for node in selection.extra if node.tag == "@"), {})
            first = self._guids.reference(attributes.get("fromSyncPoint", ""))
            last = self._guids.reference(attributes.get("toSyncPoint", ""))
            if first in points and last in points:
                selection.start, selection.end = points[first], points[last]

    def _root(self, ended: Open) -> None:
        project, elements = self._project, self._elements
        project.attributes = dict(ended.attributes)
        project.name = ended.attributes.get("name", "") or Path(self._package.where).stem
        project.origin = ended.attributes.get("origin", "")
        project.description = elements.description(ended.children)
        project.note_refs = elements.references(ended.children, "NoteRef")

    def _assemble(self) -> None:
        """Make the rest of the model, now that every element has been met."""
        project, elements, tops = self._project, self._elements, self._tops

        def within(*names: str) -> list[Node]:
            found = [child for name in names[:1] for top in tops.get(name, []) for child in top.children]
            for name in names[1:]:
                found = [child for node in found if node.tag == name for child in node.children]
            return found

        for node in within("Users"):
            if node.tag == "User":
                guid = self._guids.reference(node.attributes.get("guid", ""))
                project.users.append(User(guid, node.attributes.get("name", ""), node.attributes.get("id", "")))
        # Codes straight in the codebook are seen too, without the Codes around them.
        project.codes = elements.codes([*within("CodeBook", "Codes"), *within("CodeBook")])
        project.variables = [elements.variable(node) for node in within("Variables") if node.tag == "Variable"]
        project.cases = [elements.case(node) for node in within("Cases") if node.tag == "Case"]
        project.sets = [elements.set(node) for node in within("Sets") if node.tag == "Set"]
        project.links = [elements.link(node) for node in within("Links") if node.tag == "Link"]
        project.graphs = [node for node in within("Graphs") if node.tag == "Graph"]
        every = [node for nodes in tops.values() for node in nodes]
        strangers(every, project.extra.append)
        for source in (*project.sources, *project.notes):
            self._strangers_in(source)
        for node in project.extra:
            project.lost[node.tag] += 1

    def _strangers_in(self, source: Source) -> None:
        """Move elements no schema knows out of a source, where an export could not write them."""
        parts: list[Source | Selection] = [source, *source.selections]
        for part in parts:
            odd = [node for node in part.extra if node.tag != "@" and unknown(node)] if part.extra else []
            if odd:
                part.extra = [node for node in part.extra if node not in odd]
                self._project.extra.extend(odd)
        if source.wrapper is not None:
            strangers(source.wrapper.children, self._project.extra.append)

    # The texts

    def _read_text(self, source: Source) -> None:
        """Read the text of a source from its file and put its selections in place."""
        path = source.parts.get("plainTextPath", "")
        data = self._package.text(path) if path else None
        if data is None:
            if not source.missing:
                raw = source.text
                self._place(source, raw, marked=False)
            elif source.kind != "Note" or path:
                self._failed["missing"] += 1
                self._project.codings_lost += len(source.codings) + sum(len(one.codings) for one in source.selections)
            return
        raw, encoding = _decoded(data)
        if "\0" in raw:
            self._failed["binary"] += 1
            self._project.codings_lost += len(source.codings) + sum(len(one.codings) for one in source.selections)
            return
        source.missing = False
        source.text = raw.replace("\r\n", "\n").replace("\r", "\n")
        source.encoding = encoding
        source.file_name = path.rpartition("/")[2]
        source.file_sha256 = hashlib.sha256(data).hexdigest()
        if encoding == "cp1252":
            self._project.warnings.append(
                _("{file} is not UTF-8; it was read as Windows-1252. Check that æ, ø and å are right.").format(
                    file=source.name or source.file_name
                )
            )
        self._place(source, raw, marked=encoding in {"utf-8-sig", "utf-16"})

    def _place(self, source: Source, raw: str, *, marked: bool) -> None:
        """Turn positions as the file counts them into places in the text."""
        placed = [one for one in source.selections if (one.start, one.end) != NOWHERE]
        found = find_counting(raw, marked=marked, claims=placed, origin=self._project.origin)
        if found.by and not (found.by == BY_ORIGIN and self._project.origin.startswith("koding")):
            counting = found.counting
            source.counted = _(
                "positions count {unit}, CRLF as {crlf}, byte order mark as {mark} (by {evidence})"
            ).format(unit=_(counting.unit), crlf=counting.crlf, mark=counting.mark, evidence=_(found.by))
            if counting.unit != CODE_POINTS or counting.mark or found.by != BY_QUOTES:
                self._project.warnings.append(f"{source.name}: {source.counted}")
        length = len(source.text)
        for one in placed:
            one.start, one.end = _place_both(one, found.place)
            if one.start < length < one.end and one.codings:
                one.end = length
                self._failed["clamped"] += 1

    def _carry_parts(self) -> None:
        """Read the other files that belong to sources, as long as there is room for them."""
        for name, value in self._other_paths():
            if value.split(":")[0].lower() not in {"internal", "relative"} and "://" in value:
                continue
            found = self._package.carried(value)
            if found is not None:
                self._project.parts[value] = found[1]
            elif self._package.resolve(value) is not None:
                self._project.dropped[f"{name} {value}"] += 1

    def _other_paths(self) -> list[tuple[str, str]]:
        project = self._project
        found = [
            (n, v) for one in (*project.sources, *project.notes) for n, v in one.parts.items() if n == "richTextPath"
        ]
        wrappers = [*project.media, *(one.wrapper for one in project.sources if one.wrapper is not None)]
        for wrapper in wrappers:
            for node in wrapper.walk():
                found.extend((name, node.attributes[name]) for name in PATHS if node.attributes.get(name))
        return list(dict.fromkeys(found))

    def _sidecar(self, digest: str) -> None:
        """Read koding's own file beside the project, where there is one."""
        data = self._package.sidecar()
        if data is None:
            return
        try:
            content = json.loads(data)
        except (ValueError, RecursionError):
            self._project.warnings.append(_("koding.json in the package is damaged and was not used."))
            return
        if isinstance(content, dict):
            self._project.sidecar = content | {"whole": content.get("project") == digest}

    def _say(self) -> None:
        """Put what was odd in the warnings, a line for each kind."""
        failed, warnings = self._failed, self._project.warnings
        lines = {
            "missing": ngettext(
                "The package lacks the text of {count} source or note; it is carried along.",
                "The package lacks the texts of {count} sources and notes; they are carried along.",
                failed["missing"],
            ),
            "binary": ngettext(
                "{count} source is no text and is carried along.",
                "{count} sources are no text and are carried along.",
                failed["binary"],
            ),
            "clamped": ngettext(
                "{count} selection went past the end of its text and was cut there.",
                "{count} selections went past the end of their text and were cut there.",
                failed["clamped"],
            ),
        }
        warnings.extend(line.format(count=failed[kind]) for kind, line in lines.items() if failed[kind])
        if self._elements.bad_positions:
            warnings.append(
                ngettext(
                    "{count} selection has no readable position.",
                    "{count} selections have no readable position.",
                    self._elements.bad_positions,
                ).format(count=self._elements.bad_positions)
            )
        if self._guids.strange:
            warnings.append(
                ngettext(
                    "{count} GUID is missing or no GUID; it got a new one.",
                    "{count} GUIDs are missing or no GUIDs; they got new ones.",
                    self._guids.strange,
                ).format(count=self._guids.strange)
            )
        self._project.dropped.update(self._elements.losses)
        for name in ("creationDateTime", "modifiedDateTime"):
            written = self._project.attributes.get(name)
            if written and not moment(written):
                del self._project.attributes[name]


def _place_both(selection: Selection, place: Callable[[int], int]) -> tuple[int, int]:
    # Negative stays negative: such a selection is nowhere, and is carried as it is.
    start = place(selection.start) if selection.start >= 0 else selection.start
    end = place(selection.end) if selection.end >= 0 else selection.end
    return start, end


def _decoded(data: bytes) -> tuple[str, str]:
    """Decode a text of a package: UTF-8 as the standard says, UTF-16 with a mark, else Windows-1252."""
    if data.startswith(b"\xef\xbb\xbf"):
        encodings = ["utf-8-sig"]
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8"]
    for encoding in (*encodings, "cp1252"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1"

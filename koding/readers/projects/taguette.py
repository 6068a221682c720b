"""Taguette's projects: documents as HTML, highlights with tags, in one SQLite database for any number of projects.

A highlight is given in bytes of UTF-8 of the document's text, which is all text of its HTML run together without a
sign between paragraphs. Here paragraphs are lines, and positions are carried over. Who made a highlight only the
journal of commands says. Facts from Taguette 1.5's own database and its documentation.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping

from koding.errors import KodingError, UsageFault
from koding.i18n import _, ngettext
from koding.model import exchange
from koding.model.identity import content_guid
from koding.readers.projects.bare_html import BareText
from koding.readers.projects.names import in_order, signed, unlike
from koding.readers.projects.rows import Tables, Wanted, by_number, given, moment, number, text

WANTED = Wanted(
    tables={
        "projects": ("id", "name", "description", "created"),
        "users": ("login",),
        "project_members": ("project_id", "user_login"),
        "documents": ("id", "name", "description", "filename", "created", "project_id", "contents"),
        "tags": ("id", "project_id", "path", "description", "parent_id"),
        "highlights": ("id", "document_id", "start_offset", "end_offset", "snippet"),
        "highlight_tags": ("highlight_id", "tag_id"),
        "commands": ("date", "user_login", "project_id", "payload"),
    },
    marks={
        "projects": frozenset({"id", "name"}),
        "documents": frozenset({"id", "contents", "project_id"}),
        "tags": frozenset({"id", "path"}),
        "highlights": frozenset({"document_id", "start_offset", "end_offset"}),
        "highlight_tags": frozenset({"highlight_id", "tag_id"}),
    },
)
#: What Taguette makes the GUIDs of its codebook files with, out of a tag's path.
_TAGS = uuid.UUID("51b2b2b7-27eb-4ecb-9d56-e75b0a0496c2")


def read_taguette(tables: Tables, where: str, wanted: str = "") -> exchange.Project:
    """Read one project of a Taguette database.

    `wanted` names it where the database holds several. Raises UsageFault, naming those there are, where it does not
    say which, and KodingError for a database without projects.
    """
    return _Reader(tables, _chosen(tables, where, wanted)).read()


def _chosen(tables: Tables, where: str, wanted: str) -> Mapping[str, object]:
    projects = list(by_number(tables["projects"], "id").values())
    if not projects:
        raise KodingError(_("{where} holds no project.").format(where=where))
    fitting = [row for row in projects if text(row["name"]) == wanted] if wanted else projects
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(text(row["name"]) for row in projects)
    if not fitting:
        raise UsageFault(
            _("{where} holds no project called {name}.").format(where=where, name=wanted),
            _("There are: {names}.").format(names=names),
        )
    raise UsageFault(
        _("{where} holds several projects: {names}.").format(where=where, names=names),
        _("Say which one, with --project NAME; or export it from Taguette as a file of its own."),
    )


class _Reader:
    """Reads one project out of the tables."""

    def __init__(self, tables: Tables, row: Mapping[str, object]) -> None:
        self.tables = tables
        self.id = number(row["id"])
        self.project = exchange.Project(
            name=text(row["name"]) or "Taguette", origin="Taguette", description=given(row["description"])
        )
        self.users: dict[str, str] = {}
        self.tags: dict[int, str] = {}
        self.only = ""
        self.differing = 0
        self.beyond = 0

    def read(self) -> exchange.Project:
        self._codes()
        authors = self._authors()
        documents = {
            key: row
            for key, row in by_number(self.tables["documents"], "id").items()
            if number(row["project_id"]) == self.id
        }
        highlights: dict[int, list[Mapping[str, object]]] = {}
        for row in self.tables["highlights"]:
            highlights.setdefault(number(row["document_id"]) or 0, []).append(row)
        tagged: dict[int, list[int]] = {}
        for row in self.tables["highlight_tags"]:
            tagged.setdefault(number(row["highlight_id"]) or 0, []).append(number(row["tag_id"]) or 0)
        taken: set[str] = set()
        for key, row in documents.items():
            bare = BareText(text(row["contents"]))
            source = self._document(row, bare, taken)
            taken |= {source.guid, source.name}
            rows = sorted(highlights.get(key, []), key=lambda row: number(row["start_offset"]) or 0)
            for highlight in rows:
                self._highlight(source, bare, highlight, tagged, authors)
            self.project.sources.append(source)
        self._warn()
        return signed(self.project)

    def _codes(self) -> None:
        rows = {
            key: row
            for key, row in by_number(self.tables["tags"], "id").items()
            if number(row["project_id"]) == self.id
        }
        by_path = {text(row["path"]): key for key, row in rows.items()}
        parents = {key: number(row["parent_id"]) or by_path.get(_above(text(row["path"]))) for key, row in rows.items()}
        by_dots = 0
        for key, parent in in_order(list(rows), parents):
            path = text(rows[key]["path"])
            name = path
            if parent is not None and path.startswith(text(rows[parent]["path"]) + "."):
                name = path[len(text(rows[parent]["path"])) + 1 :]
                by_dots += 1
            guid = str(uuid.uuid5(_TAGS, path))
            self.tags[key] = guid
            self.project.codes.append(
                exchange.Code(
                    guid=guid,
                    name=name or path,
                    parent=self.tags[parent] if parent is not None else None,
                    description=given(rows[key]["description"]),
                )
            )
        if by_dots:
            self.project.warnings.append(
                ngettext(
                    "{count} code was put below another by the dot in its name.",
                    "{count} codes were put below others by the dots in their names.",
                    by_dots,
                ).format(count=by_dots)
            )

    def _user(self, login: str) -> str:
        if login and login not in self.users:
            self.users[login] = content_guid("coder", login)
            self.project.users.append(exchange.User(self.users[login], login))
        return self.users.get(login, "")

    def _authors(self) -> dict[int, tuple[str, str]]:
        """Give who made each highlight, and when; where nothing tells, the project's one member did."""
        members = [
            text(row["user_login"]) for row in self.tables["project_members"] if number(row["project_id"]) == self.id
        ]
        found: dict[int, tuple[str, str]] = {}
        for row in self.tables["commands"]:
            if number(row["project_id"]) != self.id:
                continue
            payload = _payload(row["payload"])
            highlight = number(payload.get("highlight_id"))
            if payload.get("type") == "highlight_add" and highlight is not None:
                found[highlight] = (self._user(text(row["user_login"])), moment(row["date"]))
        self.only = self._user(members[0]) if len(members) == 1 else ""
        return found

    @staticmethod
    def _document(row: Mapping[str, object], bare: BareText, taken: set[str]) -> exchange.Source:
        name = unlike(text(row["name"]) or text(row["filename"]) or "Taguette", taken)
        guid = content_guid("source", bare.sha256)
        if guid in taken:
            guid = content_guid("source", bare.sha256, name)
        return exchange.Source(
            guid=guid,
            name=name,
            text=bare.text,
            description=given(row["description"]),
            created=moment(row["created"]),
            counted=_("positions count bytes of the page's text"),
            file_name=text(row["filename"]),
        )

    def _highlight(
        self,
        source: exchange.Source,
        bare: BareText,
        row: Mapping[str, object],
        tagged: Mapping[int, list[int]],
        authors: Mapping[int, tuple[str, str]],
    ) -> None:
        key, first, last = (number(row[column]) for column in ("id", "start_offset", "end_offset"))
        tags = [self.tags[tag] for tag in dict.fromkeys(tagged.get(key or 0, [])) if tag in self.tags]
        if key is None or first is None or last is None or not 0 <= first < last <= bare.size:
            self.beyond += 1
            self.project.codings_lost += len(tags)
            return
        start, end = bare.start(first), bare.end(last)
        user, created = authors.get(key, (self.only, ""))
        if not _same(BareText(text(row["snippet"])).text, source.text[start:end]):
            self.differing += 1
        guid = content_guid("selection", source.guid, str(start), str(end), str(key))
        source.selections.append(
            exchange.Selection(
                guid=guid,
                start=start,
                end=end,
                name=source.text[start:end],
                codings=[exchange.Coding(content_guid("coding", guid, tag), tag, user, created) for tag in tags],
                user=user,
                created=created,
            )
        )

    def _warn(self) -> None:
        counted = (
            (
                self.differing,
                ngettext(
                    "{count} highlight stands on other words than Taguette shows; check it.",
                    "{count} highlights stand on other words than Taguette shows; check them.",
                    self.differing,
                ),
            ),
            (
                self.beyond,
                ngettext(
                    "{count} highlight was left out: it stands outside its text.",
                    "{count} highlights were left out: they stand outside their text.",
                    self.beyond,
                ),
            ),
        )
        self.project.warnings += [line.format(count=count) for count, line in counted if count]


def _above(path: str) -> str:
    return path.rpartition(".")[0]


def _payload(written: object) -> Mapping[str, object]:
    try:
        content = json.loads(text(written))
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _same(one: str, other: str) -> bool:
    return not one or "".join(one.split()) == "".join(other.split())

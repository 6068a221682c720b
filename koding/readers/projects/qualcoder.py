"""QualCoder's projects: the database `data.qda` of a project folder, of any version from 1 to 4.

Categories become codes that are folders. Positions are code points or, where a writer counted so, UTF-16 units: the
text that QualCoder keeps beside each coding decides. Codings of pictures and recordings have no place in a text and are
counted as lost. Facts from the databases that QualCoder makes and its documentation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from koding.i18n import _, ngettext
from koding.model import exchange
from koding.model.identity import content_guid
from koding.readers.projects.cases import Attributes
from koding.readers.projects.names import in_order, signed, unlike
from koding.readers.projects.rows import Tables, Wanted, by_number, colour, given, moment, number, text
from koding.readers.refi.counting import Claim, find_counting

WANTED = Wanted(
    tables={
        "project": ("memo", "about", "databaseversion"),
        "code_cat": ("catid", "name", "memo", "supercatid"),
        "code_name": ("cid", "name", "memo", "catid", "supercid", "color"),
        "source": ("id", "name", "fulltext", "mediapath", "memo", "owner", "date"),
        "code_text": ("cid", "fid", "seltext", "pos0", "pos1", "owner", "date", "memo", "important"),
        "code_image": ("cid",),
        "code_av": ("cid",),
        "annotation": ("fid", "pos0", "pos1", "memo", "owner", "date"),
        "cases": ("caseid", "name", "memo"),
        "case_text": ("caseid", "fid", "pos0", "pos1"),
        "attribute_type": ("name", "memo", "caseOrFile", "valuetype"),
        "attribute": ("name", "attr_type", "value", "id"),
        "journal": ("name", "jentry", "owner", "date"),
    },
    marks={
        "code_name": frozenset({"cid", "name"}),
        "code_cat": frozenset({"catid", "name"}),
        "code_text": frozenset({"cid", "fid", "pos0", "pos1", "owner"}),
        "source": frozenset({"id", "name", "fulltext"}),
    },
)
Row = Mapping[str, object]
Span = tuple[int, int]


def read_qualcoder(tables: Tables, name: str) -> exchange.Project:
    """Read the tables of a project; `name` is what the project is called, the name of its folder."""
    return _Reader(tables, name).read()


class _Reader:
    """Reads one project out of the tables."""

    def __init__(self, tables: Tables, name: str) -> None:
        self.tables = tables
        about = next(iter(tables["project"]), {})
        self.project = exchange.Project(
            name=name, origin=text(about.get("about")) or "QualCoder", description=given(about.get("memo"))
        )
        self.users: dict[str, str] = {}
        self.codes: dict[int, str] = {}
        self.sources: dict[int, exchange.Source] = {}
        # The selections of each source, by span and what they are for.
        self.spans: dict[int, dict[tuple[Span, str], exchange.Selection]] = {}
        self.noted: set[str] = set()
        self.claims: dict[int | None, list[Claim]] = {}
        self.places: dict[int, dict[Span, Span]] = {}
        self.timed = False
        self.differing = 0
        self.beyond = 0

    def read(self) -> exchange.Project:
        self._codes()
        for table in ("code_text", "annotation", "case_text"):
            for row in self.tables[table]:
                claim = Claim(number(row["pos0"]) or 0, number(row["pos1"]) or 0, text(row.get("seltext")))
                self.claims.setdefault(number(row["fid"]), []).append(claim)
        taken: set[str] = set()
        media = 0
        for key, row in by_number(self.tables["source"], "id").items():
            if text(row["fulltext"]):
                self._source(key, row, taken)
            else:
                media += 1
        self._codings()
        self._annotations()
        attributes = Attributes(self.tables)
        self.project.variables = attributes.variables()
        self._cases(attributes)
        for key, source in self.sources.items():
            source.values = attributes.values("file", key)
            source.selections = sorted(self.spans[key].values(), key=lambda one: (one.start, one.end))
        for row in self.tables["journal"]:
            note = self._note("journal", text(row["name"]), row["jentry"], row)
            self.project.note_refs += (note,) if note else ()
        self._warn(media)
        return signed(self.project)

    def _codes(self) -> None:
        categories = by_number(self.tables["code_cat"], "catid")
        codes = by_number(self.tables["code_name"], "cid")
        keys = [*(("category", key) for key in categories), *(("code", key) for key in codes)]
        parents: dict[tuple[str, int], tuple[str, int] | None] = {}
        for key, row in categories.items():
            above = number(row["supercatid"])
            parents["category", key] = ("category", above) if above is not None else None
        for key, row in codes.items():
            sub, category = number(row["supercid"]), number(row["catid"])
            parents["code", key] = (
                ("code", sub) if sub is not None else ("category", category) if category is not None else None
            )
        guids: dict[tuple[str, int], str] = {}
        taken: set[str] = set()
        for place, parent in in_order(keys, parents):
            kind, key = place
            row = categories[key] if kind == "category" else codes[key]
            name = text(row["name"]) or f"{kind} {key}"
            guid = content_guid("qualcoder", kind, name)
            if guid in taken:
                guid = content_guid("qualcoder", kind, name, str(key))
            taken.add(guid)
            guids[place] = guid
            if kind == "code":
                self.codes[key] = guid
            self.project.codes.append(
                exchange.Code(
                    guid=guid,
                    name=name,
                    parent=guids[parent] if parent is not None else None,
                    codable=kind == "code",
                    colour=colour(row.get("color")),
                    description=given(row["memo"]),
                )
            )

    def _user(self, name: object) -> str:
        login = text(name)
        if login and login not in self.users:
            self.users[login] = content_guid("coder", login)
            self.project.users.append(exchange.User(self.users[login], login))
        return self.users.get(login, "")

    def _moment(self, written: object) -> str:
        found = moment(written)
        self.timed = self.timed or bool(found)
        return found

    def _source(self, key: int, row: Row, taken: set[str]) -> None:
        raw = text(row["fulltext"])
        marked = raw.startswith("\ufeff")
        raw = raw.removeprefix("\ufeff")
        claims = self.claims.get(key, [])
        # QualCoder keeps whatever line ends a file had; they count as it counts them.
        found = find_counting(raw, marked=marked, claims=claims, origin="QualCoder")
        content = raw.replace("\r\n", "\n").replace("\r", "\n")
        name = unlike(text(row["name"]) or f"source {key}", taken)
        sha256 = hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()
        guid = content_guid("source", sha256)
        if guid in taken:
            guid = content_guid("source", sha256, name)
        taken |= {guid, name}
        source = exchange.Source(
            guid=guid,
            name=name,
            text=content,
            description=given(row["memo"]),
            user=self._user(row["owner"]),
            created=self._moment(row["date"]),
            counted=_("positions count {unit}").format(unit=_(found.counting.unit)) if found.by else "",
            file_name=text(row["mediapath"]).rpartition("/")[2] or name,
        )
        self.places[key] = {(one.start, one.end): (found.place(one.start), found.place(one.end)) for one in claims}
        self.sources[key], self.spans[key] = source, {}
        self.project.sources.append(source)

    def _placed(self, row: Row) -> tuple[int, Span] | None:
        """Give the source and the span in its text that a row stands on; None where there is no such place."""
        key, first, last = (number(row[column]) for column in ("fid", "pos0", "pos1"))
        if key is None or key not in self.sources or first is None or last is None or not 0 <= first < last:
            return None
        span = self.places[key][first, last]
        return (key, span) if span[0] < span[1] <= len(self.sources[key].text) else None

    def _selection(self, key: int, span: Span, purpose: str = "") -> exchange.Selection:
        """Give the selection of a span; codings share one, an annotation and a case's span are their own."""
        source, (start, end) = self.sources[key], span
        known = self.spans[key].get((span, purpose))
        if known is None:
            guid = content_guid("selection", source.guid, str(start), str(end), purpose)
            known = self.spans[key][span, purpose] = exchange.Selection(guid, start, end, name=source.text[start:end])
        return known

    def _codings(self) -> None:
        for row in self.tables["code_text"]:
            code = self.codes.get(number(row["cid"]) or -1, "")
            placed = self._placed(row)
            if placed is None or not code:
                self.beyond += 1
                self.project.codings_lost += 1
                continue
            selection = self._selection(*placed)
            said = text(row["seltext"])
            if said and "".join(said.split()) != "".join(selection.name.split()):
                self.differing += 1
            user = self._user(row["owner"])
            guid = content_guid("coding", selection.guid, code, user)
            if any(coding.guid == guid for coding in selection.codings):
                continue
            note = self._note("coding", guid, row["memo"], row)
            created = self._moment(row["date"])
            selection.codings.append(exchange.Coding(guid, code, user, created, (note,) if note else ()))
            self.project.dropped["important"] += number(row["important"]) == 1

    def _annotations(self) -> None:
        for row in self.tables["annotation"]:
            placed = self._placed(row)
            note = self._note("annotation", f"{row['fid']} {row['pos0']} {row['pos1']}", row["memo"], row)
            if placed is None:
                self.project.note_refs += (note,) if note else ()
                continue
            selection = self._selection(*placed, purpose=f"annotation {note}")
            selection.notes += (note,) if note else ()
            selection.user, selection.created = self._user(row["owner"]), self._moment(row["date"])

    def _note(self, kind: str, name: str, memo: object, row: Row) -> str:
        """Keep a memo as a note, and give its GUID; "" for an empty one."""
        written = text(memo).replace("\r\n", "\n").replace("\r", "\n")
        if not written.strip():
            return ""
        guid = content_guid("note", kind, name, written, text(row["owner"]))
        if guid not in self.noted:
            self.noted.add(guid)
            title = name if kind == "journal" else " ".join(written.split())[:40]
            self.project.notes.append(
                exchange.Source(
                    guid, title, written, kind="Note", user=self._user(row["owner"]), created=self._moment(row["date"])
                )
            )
        return guid

    def _cases(self, attributes: Attributes) -> None:
        spans: dict[int, list[Row]] = {}
        for row in self.tables["case_text"]:
            spans.setdefault(number(row["caseid"]) or 0, []).append(row)
        for key, row in by_number(self.tables["cases"], "caseid").items():
            whole: list[str] = []
            parts: list[str] = []
            for source, span in self._case_places(spans.get(key, [])):
                if span is None:
                    whole.append(self.sources[source].guid)
                else:
                    parts.append(self._selection(source, span, purpose=f"case {text(row['name'])}").guid)
            self.project.cases.append(
                exchange.Case(
                    guid=content_guid("informant", text(row["name"])),
                    name=text(row["name"]),
                    description=given(row["memo"]),
                    values=attributes.values("case", key),
                    sources=tuple(dict.fromkeys(whole)),
                    selections=tuple(dict.fromkeys(parts)),
                )
            )

    def _case_places(self, rows: list[Row]) -> Iterator[tuple[int, Span | None]]:
        """Give the sources of a case with the spans that are its own, None for a source that is so as a whole."""
        for row in rows:
            key = number(row["fid"])
            if key is None or key not in self.sources:
                continue
            placed = self._placed(row)
            covers = placed and placed[1][0] == 0 and placed[1][1] >= len(self.sources[key].text.rstrip())
            yield key, None if placed is None or covers else placed[1]

    def _warn(self, media: int) -> None:
        pictures = len(self.tables["code_image"]) + len(self.tables["code_av"])
        self.project.codings_lost += pictures
        counted = (
            (media, ngettext("{count} source without a text was left out.",
                             "{count} sources without a text were left out.", media)),
            (pictures, ngettext("{count} coding of a picture or recording was left out.",
                                "{count} codings of pictures or recordings were left out.", pictures)),
            (self.beyond, ngettext("{count} coding was left out: it stands outside its text or has no code.",
                                   "{count} codings were left out: they stand outside their text or have no code.",
                                   self.beyond)),
            (self.differing, ngettext("{count} coding stands on other words than QualCoder kept with it; check it.",
                                      "{count} codings stand on other words than QualCoder kept with them; check them.",
                                      self.differing)),
        )  # fmt: skip
        self.project.warnings += [line.format(count=count) for count, line in counted if count]
        if self.timed:
            self.project.warnings.append(_("QualCoder does not say which time zone its times are in; taken as UTC."))

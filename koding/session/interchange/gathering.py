"""A study as a project of the exchange model: what koding has, and what it carries for other tools, put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from koding import __version__
from koding.model import exchange
from koding.model.codebook import Codebook
from koding.model.coding import RESOLVED, Coding, MemoTarget
from koding.model.describing import describe
from koding.model.exchange import Case, Code, Link, Node, Project, Selection, Set, Source, User, Value, Variable
from koding.model.exchange_json import from_json
from koding.model.identity import content_guid
from koding.model.refi import VALUES
from koding.model.transcript import Informant, Speaker
from koding.model.variables import VariableKind
from koding.session.interchange.codes import SENSITIVE_SET
from koding.session.interchange.codings import selection_guid
from koding.session.interchange.notes import description_guid, note_name
from koding.session.interchange.sources import turn_guid
from koding.store import codings as codings_store
from koding.store import sources as sources_store
from koding.store.carried import carried, part, rows
from koding.store.codebooks import read_codebook
from koding.store.project import Connection
from koding.store.sources import SourceRecord

_FORMS = {"Boolean": "boolean", "Integer": "integer", "Float": "decimal", "Date": "date", "DateTime": "time"}
#: One word in Norwegian and English, and the same for everybody: an export does not depend on the interface.
_SENSITIVE = "Sensitive"


class Gatherer:
    """Gathers a study; every part in the order the study has it."""

    def __init__(self, connection: Connection, study: tuple[str, str, str]) -> None:
        """Take the connection and the study's GUID, name and time of making."""
        self._connection = connection
        self._guid, name, created = study
        self._project = Project(name, origin=f"koding {__version__}", attributes={"creationDateTime": created})
        self._users: dict[str, str] = {}
        self._cases: dict[str, Case] = {}
        self._called: dict[str, str] = {}
        self._source_guids: dict[str, str] = {}
        self._references: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._memos = {row[0]: row for row in rows(connection, "memo")}
        self._told: set[str] = set()

    def gather(self) -> Project:
        """Give the whole project."""
        book = read_codebook(self._connection)
        self._gather_project()
        self._gather_users()
        self._gather_codes(book)
        self._gather_people()
        self._gather_sources(book)
        self._gather_notes()
        self._gather_rest(book)
        return self._project

    def _carried(self, kind: str) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for owner, content in carried(self._connection, kind):
            found[owner].append(content)
        return found

    def _gather_project(self) -> None:
        project = self._project
        for _owner, content in carried(self._connection, "project"):
            project.attributes = {**content.get("attributes", {})}
            break
        for name in ("name", "origin", "basePath"):
            project.attributes.pop(name, None)
        for _owner, content in carried(self._connection, "written"):
            project.written |= content["written"]
        for _owner, content in carried(self._connection, "part"):
            data = part(self._connection, content["sha256"])
            if data is not None:
                project.parts[content["path"]] = data
        project.description = self._description(self._guid)

    def _description(self, element: str) -> str | None:
        """Give the memo that came as the description of an element, None where there is none."""
        guid = description_guid(element)
        if guid not in self._memos:
            return None
        self._told.add(guid)
        return str(self._memos[guid][4])

    # Users, codes, people

    def _gather_users(self) -> None:
        known = self._carried("user")
        for guid, name in rows(self._connection, "coder"):
            if name == RESOLVED:
                continue
            users = [from_json(User, content) for content in known.get(guid, [])] or [User(guid, name)]
            self._users[guid] = users[0].guid
            self._project.users.extend(replace(user, name=user.name or name) for user in users if user.guid)

    def _gather_codes(self, book: Codebook) -> None:
        known = self._carried("code")
        guids = {code.key: code.guid for code in book.codes}
        for code in book.codes:
            kept = {key: value for content in known.get(code.guid, []) for key, value in content.items()}
            self._project.codes.append(
                Code(
                    guid=code.guid,
                    name=code.label,
                    parent=guids[code.parent] if code.parent else None,
                    codable=bool(code.codable and kept.get("codable", True)),
                    colour=book.colour(code.key),
                    description=describe(code, book.language) or kept.get("description"),
                )
            )

    def _gather_people(self) -> None:
        people = sources_store.informants(self._connection)
        known_variables, known_cases = self._carried("variable"), self._carried("case")
        variables: dict[str, Variable] = {}
        for one in sources_store.variables(self._connection):
            guid = content_guid("variable", one.name)
            values = [person.variables[one.name] for person in people.values() if person.variables.get(one.name)]
            kept = known_variables.get(guid)
            variable = from_json(Variable, kept[0]) if kept else Variable(guid, one.name)
            variable.kind = _kind(values, variable.kind, number=one.kind is VariableKind.NUMBER)
            variables[one.name] = variable
            self._project.variables.append(variable)
        told = {
            speaker.informant.guid
            for speakers in sources_store.speakers(self._connection).values()
            for speaker in speakers.values()
            if speaker.informant is not None and not speaker.guessed
        }
        for guid, name in rows(self._connection, "informant"):
            kept = known_cases.get(guid)
            if not kept and guid not in told and not people[guid].variables:
                continue
            case = from_json(Case, kept[0]) if kept else Case(guid, name)
            case.values = _values(case.values, people[guid], variables)
            self._cases[guid] = case
            for selection in case.selections:
                self._called[selection] = str(guid)
            self._project.cases.append(case)

    # Sources

    def _gather_sources(self, book: Codebook) -> None:
        connection = self._connection
        speakers = sources_store.speakers(connection)
        known, selections = self._carried("source"), self._carried("selection")
        codes = {code.key: code.guid for code in book.codes}
        by_source: dict[str, list[Coding]] = defaultdict(list)
        for coding in codings_store.codings(connection):
            by_source[coding.source].append(coding)
        for record in sources_store.sources(connection):
            kept = known.get(record.guid)
            source = from_json(Source, kept[0]) if kept else Source(record.guid, record.title)
            source.text = sources_store.read_text(connection, record.guid)
            source.name = source.name or record.title
            source.created = source.created or record.created
            source.codings = [one for one in source.codings if one.code in codes.values()]
            source.description = self._description(source.guid) or (
                "" if kept and kept[0].get("description") == "" else None
            )
            self._source_guids[record.guid] = source.guid
            mine = by_source.pop(record.guid, [])
            for content in selections.get(record.guid, []):
                if content["text_sha256"] == record.text_sha256:
                    mine = self._kept_selection(source, content, mine, codes)
            self._fresh_selections(source, record, mine, codes)
            self._turns(source, record, speakers.get(record.guid, {}))
            source.selections.sort(key=lambda one: (one.start, one.end))
            self._project.sources.append(source)
        for _owner, content in carried(connection, "missing"):
            self._project.sources.append(from_json(Source, content))
        for case in self._project.cases:
            case.sources = tuple(dict.fromkeys(self._source_guids.get(guid, guid) for guid in case.sources))

    def _kept_selection(
        self, source: Source, content: dict[str, Any], mine: list[Coding], codes: dict[str, str]
    ) -> list[Coding]:
        """Add a carried selection with those of its codings that still lie there; give the codings that are left."""
        selection = from_json(Selection, content["selection"])
        stored = set(content["stored"])
        here = [one for one in mine if one.guid in stored and (one.start, one.end) == (selection.start, selection.end)]
        if stored:
            selection.description = self._description(selection.guid)
        if here or selection.codings or not stored:
            selection.codings = [*(self._coding(one, codes) for one in here), *selection.codings]
            source.selections.append(selection)
            taken = {one.guid for one in here}
            return [one for one in mine if one.guid not in taken]
        return mine

    def _coding(self, coding: Coding, codes: dict[str, str]) -> exchange.Coding:
        user = self._users.get(codings_store.coder_guid(coding.coder), "")
        return exchange.Coding(coding.guid, codes[coding.code], user, coding.created)

    def _fresh_selections(
        self, source: Source, record: SourceRecord, mine: Iterable[Coding], codes: dict[str, str]
    ) -> None:
        """Add codings that no carried selection holds: one selection for each span of each coder."""
        groups: dict[tuple[int, int, str], list[Coding]] = {}
        for coding in mine:
            groups.setdefault((coding.start, coding.end, coding.coder), []).append(coding)
        for (start, end, coder), group in groups.items():
            guid = codings_store.coder_guid(coder)
            user = self._users.get(guid, "")
            created = min(one.created for one in group)
            modified = max(one.modified for one in group)
            changed = modified > created
            source.selections.append(
                Selection(
                    guid=selection_guid(record.guid, start, end, guid),
                    start=start,
                    end=end,
                    name=source.text[start:end],
                    codings=[self._coding(one, codes) for one in group],
                    user=user,
                    created=created,
                    modifier=user if changed else "",
                    modified=modified if changed else "",
                )
            )

    def _turns(self, source: Source, record: SourceRecord, speakers: dict[str, Speaker]) -> None:
        """Tell who speaks: the turns of an informant are selections that the informant's case calls its own."""
        # Selections that another tool's case called its own already tell who speaks there.
        spans = {(self._called[one.guid], one.start, one.end) for one in source.selections if one.guid in self._called}
        owned: dict[str, list[str]] = defaultdict(list)
        for turn in sources_store.segmentation_of(self._connection, record.guid).turns:
            speaker = speakers.get(turn.speaker)
            if speaker is None or speaker.guessed or not speaker.counted or turn.start >= turn.end:
                # What koding only guesses is not told to others as a fact.
                continue
            assert speaker.informant is not None
            informant = speaker.informant.guid
            owned.setdefault(informant, [])
            if (informant, turn.start, turn.end) in spans:
                continue
            guid = turn_guid(record.guid, turn.start, turn.end)
            owned[informant].append(guid)
            source.selections.append(
                Selection(guid, turn.start, turn.end, description=turn.speaker or None, created=record.created)
            )
        for informant, guids in owned.items():
            case = self._cases[informant]
            case.sources = tuple(dict.fromkeys((*case.sources, source.guid)))
            case.selections = (*case.selections, *guids)

    # Notes and the rest

    def _gather_notes(self) -> None:
        known = self._carried("note")
        for guid, kind, target, coder, text, created, modified in self._memos.values():
            if guid in self._told:
                continue
            kept = known.get(guid)
            if kept:
                note = from_json(Source, kept[0]["note"])
                note.text = text
                self._refer(note.guid, kept[0]["at"])
            else:
                user = self._users.get(coder, "")
                changed = bool(modified and modified != created)
                note = Source(
                    guid,
                    note_name(text),
                    text,
                    user=user,
                    created=created or "",
                    modifier=user if changed else "",
                    modified=modified if changed else "",
                    kind="Note",
                )
                study = kind == MemoTarget.STUDY.value
                self._refer(
                    guid, [("project", "") if study else (str(kind), self._source_guids.get(target, str(target)))]
                )
            note.kind = "Note"
            self._project.notes.append(note)
        for content in known.get("", []):
            note = from_json(Source, content["note"])
            note.kind = "Note"
            self._refer(note.guid, content["at"])
            self._project.notes.append(note)
        self._attach()

    def _refer(self, note: str, references: Iterable[Iterable[str]]) -> None:
        for kind, guid in references:
            self._references[kind, guid].append(note)

    def _attach(self) -> None:
        """Put the references to notes where they belong."""
        project, references = self._project, self._references
        project.note_refs = tuple(references.get(("project", ""), ()))
        for code in project.codes:
            code.notes = tuple(references.get(("code", code.guid), ()))
        for source in (*project.sources, *project.notes):
            kind = "note" if source.kind == "Note" else "source"
            source.notes = tuple(references.get((kind, source.guid), ()))
            for selection in source.selections:
                selection.notes = tuple(references.get(("selection", selection.guid), ()))
                for coding in selection.codings:
                    coding.notes = tuple(references.get(("coding", coding.guid), ()))

    def _gather_rest(self, book: Codebook) -> None:
        project = self._project
        sensitive = tuple(code.guid for code in book.codes if code.sensitive)
        if sensitive:
            project.sets.append(Set(SENSITIVE_SET, _SENSITIVE, codes=sensitive))
        for _owner, content in carried(self._connection, "set"):
            one = from_json(Set, content)
            one.sources = tuple(self._source_guids.get(guid, guid) for guid in one.sources)
            project.sets.append(one)
        for _owner, content in carried(self._connection, "link"):
            link = from_json(Link, content)
            link.notes = tuple(self._references.get(("link", link.guid), ()))
            project.links.append(link)
        for kind, where in (("graph", project.graphs), ("media", project.media), ("element", project.extra)):
            where.extend(from_json(Node, content) for _owner, content in carried(self._connection, kind))


def _kind(values: list[str], kind: str, *, number: bool) -> str:
    """Give the kind under which all of a variable's values can be written as they are."""
    wanted = [kind] if kind != "Text" else ["Integer", "Float"] if number else []
    for one in wanted:
        form = VALUES.get(_FORMS.get(one, ""))
        if form is not None and all(form.fullmatch(value) for value in values):
            return one
    return "Text"


def _values(carried_values: list[Value], person: Informant, variables: dict[str, Variable]) -> list[Value]:
    """Give a person's values; a variable that another tool named without a value is named so again."""
    found = [
        Value(variable.guid, person.variables[name])
        for name, variable in variables.items()
        if person.variables.get(name)
    ]
    told = {value.variable for value in found}
    return [*found, *(value for value in carried_values if not value.value and value.variable not in told)]

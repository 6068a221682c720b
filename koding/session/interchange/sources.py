"""The texts of a foreign project as sources of the study, with turns and speakers.

Who speaks is taken from koding's own file where the package has it, else from the selections that cases call their
own, else it is recognised from the transcript's own marks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from koding.i18n import _
from koding.model.exchange import Case, Selection, Source
from koding.model.exchange_json import to_json
from koding.model.identity import content_guid
from koding.model.transcript import Role, Turn
from koding.model.words import count_words
from koding.readers.kinds import SUFFIXES
from koding.readers.turns import recognise
from koding.session.interchange.storing import Storing, fresh
from koding.session.speaking import Casting, cast
from koding.store import sources as store
from koding.store.sources import Segmentation, SourceRecord, sha256

#: The format of a source whose turns come from the cases of a project rather than from marks in its text.
PROJECT_FORMAT = "qdpx"
_TEXT = "text"


def turn_guid(source: str, start: int, end: int) -> str:
    """Give the GUID of the selection by which an export tells a turn to other tools."""
    return content_guid("turn", source, str(start), str(end))


class SourceStorer:
    """Writes the texts that the study does not have (by their hash)."""

    def __init__(self, storing: Storing) -> None:
        self._storing = storing
        self._standing = store.sources(storing.connection)
        self._by_text: dict[str, list[SourceRecord]] = {}
        for record in self._standing:
            self._by_text.setdefault(record.text_sha256, []).append(record)
        self._cases: dict[str, list[Case]] = {}
        self._speech: dict[str, list[tuple[Selection, Case]]] = {}
        self._speakers: dict[str, list[Mapping[str, Any]]] = {}
        self._told: set[str] = set()
        for row in storing.sidecar.rows("speaker").values():
            self._speakers.setdefault(str(row.get("source")), []).append(row)

    def run(self) -> None:
        """Write the sources and say where each went."""
        storing = self._storing
        self._find_cases()
        claimed: set[str] = set()
        guids = {record.guid for record in self._standing}
        names = {record.name for record in self._standing}
        new: list[tuple[Source, SourceRecord, Segmentation, list[Casting]]] = []
        for source in storing.file.sources:
            if source.counted:
                storing.report.positions[source.name] = source.counted
            if source.missing:
                storing.carry("missing", "", source.guid, to_json(source))
                storing.report.carried[source.kind] += 1
                continue
            digest = sha256(source.text.encode("utf-8"))
            record = self._same(source, digest, claimed)
            if record is not None:
                claimed.add(record.guid)
                storing.sources[source.guid] = record.guid
                storing.report.standing["sources"] += 1
                self._carry(source, record)
                continue
            guid = source.guid if source.guid not in guids else content_guid("source twin", source.guid, digest)
            record = self._record(source, guid, digest, names, len(guids))
            guids.add(guid)
            names.add(record.name)
            storing.sources[source.guid] = guid
            segmentation, castings = self._spoken(source, record)
            if source.guid in self._told:
                record = replace(record, format=PROJECT_FORMAT)
            new.append((source, record, segmentation, castings))
            self._carry(source, record)
        self._write(new)
        storing.report.sources = len(new)

    def _same(self, source: Source, digest: str, claimed: set[str]) -> SourceRecord | None:
        """Give the source of the study that has this text; two texts of one file are two, also where they are alike."""
        alike = [one for one in self._by_text.get(digest, ()) if one.guid not in claimed]
        return next((one for one in alike if one.guid == source.guid), alike[0] if alike else None)

    def _find_cases(self) -> None:
        """Index the cases by the source they belong to, and by the selections they call their own."""
        file = self._storing.file
        owners: dict[str, Case] = {}
        for case in file.cases:
            for guid in case.sources:
                self._cases.setdefault(guid, []).append(case)
            owners.update(dict.fromkeys(case.selections, case))
        for source in file.sources:
            spoken = [(one, owners[one.guid]) for one in source.selections if one.guid in owners and not one.codings]
            if spoken:
                self._speech[source.guid] = sorted(spoken, key=lambda pair: (pair[0].start, pair[0].end))

    def _record(self, source: Source, guid: str, digest: str, names: set[str], position: int) -> SourceRecord:
        row = self._own_row(source, digest)
        title = self._storing.sidecar.exact("source", source.guid, "title", source.name)
        name = str(row.get("name") or "") if row.get("title") == title else ""
        if not name or name in names:
            name = fresh(_stem(source), names)
        return SourceRecord(
            guid=guid,
            name=name,
            title=title or name,
            file_name=str(row.get("file_name") or source.file_name or name),
            file_sha256=str(row.get("file_sha256") or source.file_sha256 or digest),
            text_sha256=digest,
            encoding=str(row.get("encoding") or source.encoding or "utf-8"),
            format=str(row.get("format") or _TEXT),
            characters=len(source.text),
            words=0,
            position=position,
            created=source.created or str(row.get("created") or "") or self._storing.change.at,
        )

    def _own_row(self, source: Source, digest: str) -> Mapping[str, Any]:
        """Give what koding's own file says of a source, where that is about this very text."""
        row = self._storing.sidecar.row("source", source.guid) or {}
        return row if row.get("text_sha256") == digest else {}

    def _write(self, new: Sequence[tuple[Source, SourceRecord, Segmentation, list[Casting]]]) -> None:
        storing = self._storing
        for source, record, _segmentation, _castings in new:
            store.store_text(storing.connection, source.text, record.text_sha256)
        storing.insert(
            "source",
            (
                {column: getattr(record, column) for column in SourceRecord.__slots__} | {"words": sum(spoken.words)}
                for _source, record, spoken, _castings in new
            ),
        )
        storing.change.insert(
            "segmentation", (store.segmentation_row(record.guid, spoken) for _source, record, spoken, _castings in new)
        )
        strangers: dict[str, dict[str, str]] = {
            casting.informant: {}
            for _source, _record, _spoken, castings in new
            for casting in castings
            if casting.informant
        }
        store.write_informants(storing.change, storing.connection, strangers)
        storing.insert(
            "speaker",
            (
                {
                    "guid": content_guid("speaker", record.guid, casting.label),
                    "source": record.guid,
                    "label": casting.label,
                    "role": casting.role.value,
                    "informant": store.informant_guid(casting.informant) if casting.informant else None,
                    "guessed": int(casting.guessed),
                }
                for _source, record, _spoken, castings in new
                for casting in castings
            ),
        )

    # Who speaks

    def _spoken(self, source: Source, record: SourceRecord) -> tuple[Segmentation, list[Casting]]:
        """Give the turns of a new source and who speaks them."""
        return (
            self._own_turns(source, record)
            or self._turns_of_cases(source, record)
            or self._recognised(source, record, recognise(source.text).turns)
        )

    def _own_turns(self, source: Source, record: SourceRecord) -> tuple[Segmentation, list[Casting]] | None:
        """Give the turns and speakers of koding's own file, where it is about this very text and holds together."""
        sidecar = self._storing.sidecar
        row = sidecar.row("segmentation", source.guid)
        if row is None or not self._own_row(source, record.text_sha256):
            return None
        try:
            segmentation = store.read_segmentation(str(row["labels"]), str(row["turns"]))
            castings = [
                Casting(
                    str(one["label"]),
                    Role(one["role"]),
                    self._informant(one["informant"]),
                    guessed=bool(one["guessed"]),
                )
                for one in self._speakers.get(source.guid, [])
            ]
        except (ValueError, TypeError, KeyError, IndexError):
            return None
        previous = 0
        for turn in segmentation.turns:
            if not previous <= turn.mark <= turn.start <= turn.end <= record.characters:
                return None
            previous = turn.end
        return segmentation, castings

    def _informant(self, guid: object) -> str | None:
        if guid is None:
            return None
        row = self._storing.sidecar.row("informant", str(guid))
        name = str(row["name"]) if row else ""
        if not name or store.informant_guid(name) != guid:
            raise ValueError(guid)
        return name

    def _turns_of_cases(self, source: Source, record: SourceRecord) -> tuple[Segmentation, list[Casting]] | None:
        """Give the turns that cases call their own; recognised ones where all of those are among them."""
        speech = self._speech.get(source.guid)
        if not speech:
            return None
        recognised = recognise(source.text).turns
        spans = {(turn.start, turn.end): turn.speaker for turn in recognised}
        if all((one.start, one.end) in spans for one, _case in speech):
            names = {spans[one.start, one.end]: self._storing.informants[case.guid] for one, case in speech}
            return self._recognised(source, record, recognised, names)
        self._told.add(source.guid)
        turns: list[Turn] = []
        castings: dict[str, Casting] = {}
        for one, case in speech:
            if one.start < (turns[-1].end if turns else 0) or not one.start < one.end <= len(source.text):
                continue
            name = self._storing.informants[case.guid]
            label = one.description or name
            if label in castings and castings[label].informant != name:
                label = name
            turns.append(Turn(one.start, one.start, one.end, label))
            castings.setdefault(label, Casting(label, Role.INFORMANT, name, guessed=False))
        return _segmentation(source.text, turns), list(castings.values())

    def _recognised(
        self, source: Source, record: SourceRecord, turns: Sequence[Turn], names: Mapping[str, str] | None = None
    ) -> tuple[Segmentation, list[Casting]]:
        """Cast recognised speakers: `names` are known by their label; the only case of a source is its only speaker."""
        castings = cast(record.name, turns, None)
        people = [self._storing.informants[case.guid] for case in self._cases.get(source.guid, [])]
        by_fold = {name.casefold(): name for name in people}
        unknown = [one for one in castings if one.role is Role.INFORMANT and one.label not in (names or {})]
        found = []
        for one in castings:
            name = (names or {}).get(one.label) or by_fold.get(one.label.casefold())
            if name is None and len(people) == 1 and unknown == [one]:
                name = people[0]
            if name is None:
                found.append(one)
            else:
                role = one.role if one.role is Role.INTERPRETER else Role.INFORMANT
                found.append(Casting(one.label, role, name, guessed=False))
        return _segmentation(source.text, turns), found

    def _carry(self, source: Source, record: SourceRecord) -> None:
        """Carry what koding has no place for of a source: codings of the whole, values, files, the medium around."""
        kept = to_json(replace(source, text="", selections=[], notes=()))
        for name in ("counted", "file_name", "file_sha256", "encoding", "missing"):
            kept.pop(name, None)
        kept["parts"] = {name: path for name, path in source.parts.items() if name != "plainTextPath"}
        kept["text_sha256"] = record.text_sha256
        plain = {"guid", "name", "created", "parts", "text_sha256", "kind"}
        foreign = record.guid != source.guid or record.title != source.name
        if foreign or kept["parts"] or set(kept) - plain:
            self._storing.carry("source", record.guid, source.guid, kept)
        if source.codings:
            self._storing.report.codings_lost += len(source.codings)
            self._storing.report.carried["Coding"] += len(source.codings)
        if source.values:
            self._storing.report.carried["VariableValue"] += len(source.values)


def _segmentation(text: str, turns: Sequence[Turn]) -> Segmentation:
    return Segmentation(tuple(turns), tuple(count_words(text, turn.start, turn.end) for turn in turns))


def _stem(source: Source) -> str:
    """Give the name a source goes by in commands: its title without the ending of a file, on one line."""
    name = " ".join(source.name.split()) or source.file_name
    path = PurePath(name)
    if path.suffix.lower() in {*SUFFIXES, ".doc"}:
        name = name[: -len(path.suffix)]
    return name or _("source")

"""Merging copies of a study, and choosing where they say different things."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from koding.errors import KodingError, UsageFault
from koding.i18n import N_, _
from koding.model.coding import Coding
from koding.model.resolution import BOTH, NEITHER, OTHER, Certainty
from koding.readers.choices_csv import ChoiceRow
from koding.session.naming import unknown
from koding.session.study_file import study_path
from koding.store import codings as codings_store
from koding.store import copies
from koding.store import sources as sources_store
from koding.store.copied_rows import Carried
from koding.store.disputes import OpenDispute, choose, written
from koding.store.merging import Settled
from koding.store.project import Project
from koding.store.standing import LOST, ROW, said

#: What the rows of a study are called, where a report speaks of them.
THINGS = {
    "study": N_("study"),
    "codebook": N_("codebook"),
    "code": N_("code"),
    "revision": N_("change of the codebook"),
    "informant": N_("informant"),
    "variable": N_("variable"),
    "value": N_("informant's value"),
    "source": N_("source"),
    "segmentation": N_("turns of a source"),
    "speaker": N_("speaker"),
    "coder": N_("coder"),
    "coding": N_("coding"),
    "memo": N_("memo"),
    "decision": N_("decision about a suggestion"),
    "choice": N_("choice between copies"),
    "round": N_("round"),
    "round_part": N_("part of a round"),
    "resolution": N_("decision about a disagreement"),
    "carried": N_("what another tool wrote"),
}
#: What the rules settle by themselves, in words.
RULES = {
    "twin": N_("the same thing was there twice; the one made first stays"),
    "name": N_("another has the same name; this one got a mark behind it"),
    "moved": N_("moved to where it now belongs"),
    "lost": N_("its words are not in the new text"),
    "heir": N_("its code had been merged into another"),
    "brought back": N_("one copy had removed it, but something in another stands on it; it stays"),
    "dropped": N_("what it was written on had been removed later"),
    "top": N_("moved below itself; put at the top"),
}
#: Code points of a text shown in a report.
_SHOWN = 60
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Option:
    """One of the values that a disputed part stands in; `at` is ISO 8601 in UTC."""

    letter: str
    value: str
    coder: str
    at: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """What copies say differently; the first option is what stands until somebody chooses."""

    id: str
    entity: str
    part: str
    what: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge did or would do; `settled` are (rule, what it was about)."""

    files: tuple[tuple[Path, Carried], ...]
    settled: tuple[tuple[str, str], ...]
    conflicts: tuple[Conflict, ...]
    backup: Path | None

    @property
    def changes(self) -> int:
        """Give how many changes the files brought."""
        return sum(carried.changes for _path, carried in self.files)


def merge(  # noqa: PLR0913 - how a merge may be run
    project: Project,
    files: Sequence[Path],
    *,
    coder: str,
    dry_run: bool = False,
    backup: bool = True,
    progress: Callable[[int], None] = lambda _done: None,
) -> MergeReport:
    """Merge copies into a study, as `copies.merge_copies`. Raises KodingError; nothing is changed then."""
    paths = [study_path(path) for path in files]
    found, described = copies.merge_copies(
        project, paths, coder=coder, dry_run=dry_run, backup=backup, progress=progress, describe=_described
    )
    settled, conflicts = described
    return MergeReport(found.files, settled, conflicts, found.backup)


def _described(
    project: Project, settled: Sequence[Settled], found: Sequence[OpenDispute]
) -> tuple[tuple[tuple[str, str], ...], tuple[Conflict, ...]]:
    """Put into words what a merge found, while the merged state stands (after a dry run it does not)."""
    teller = _Teller(project)
    lines = sorted((one.rule, teller.what(one.entity, one.after or one.before)) for one in settled)
    return tuple(lines), tuple(teller.conflict(one) for one in found)


def conflicts(project: Project) -> tuple[Conflict, ...]:
    """Give what copies said differently and nobody has chosen yet."""
    teller = _Teller(project)
    return tuple(teller.conflict(one) for one in copies.open_disputes(project))


def apply_choices(project: Project, rows: Iterable[ChoiceRow], *, coder: str) -> list[Conflict]:
    """Choose row by row, all of it in one change or nothing, and give what was chosen about.

    A row names a conflict by its id, and as choice one of its letters, `ours` (what stands), `theirs` (the other, where
    there are two) or a text of its own after `=`. Raises KodingError.
    """
    asked = list(rows)
    standing = {one.id: one for one in copies.open_disputes(project)}
    teller = _Teller(project)
    for row in asked:
        if row.id not in standing:
            raise unknown(_("conflict"), row.id, standing)
    if not asked:
        return []
    with project.change(coder=coder, action="choose", detail=", ".join(row.id for row in asked)) as change:
        for row in asked:
            one = standing[row.id]
            value = _chosen(one, row.choice)
            choose(change, project.connection, one, value, coder=coder, reason=row.reason)
    return [teller.conflict(standing[row.id]) for row in asked]


def _chosen(one: OpenDispute, choice: str) -> Mapping[str, Any] | None:
    acts = one.dispute.acts
    letters = _LETTERS[: len(acts)]
    asked = choice.strip()
    if asked.startswith("="):
        value = written(one.dispute, asked[1:])
        if value is None:
            raise UsageFault(
                _("{id} is not about a text, and cannot be given one.").format(id=one.id),
                _("Choose one of {letters}.").format(letters=", ".join(letters)),
            )
        return value
    if asked.casefold() == "ours":
        return said(acts[0])
    if asked.casefold() == "theirs" and len(acts) == 2:  # noqa: PLR2004 - ours and one other
        return said(acts[1])
    if len(asked) == 1 and asked.upper() in letters:
        return said(acts[letters.index(asked.upper())])
    raise UsageFault(
        _("“{choice}” is no choice for {id}.").format(choice=choice, id=one.id),
        _("Choose one of {letters}, ours, theirs (where there are two), or =TEXT.").format(letters=", ".join(letters)),
    )


class _Teller:
    """Puts rows of a study into words, with the names that GUIDs stand for."""

    def __init__(self, project: Project) -> None:
        with project.reading() as connection:
            self._sources = {record.guid: record for record in sources_store.sources(connection)}
            self._coders = {codings_store.coder_guid(name): name for name in codings_store.coders(connection)}
            self._people = {guid: person.name for guid, person in sources_store.informants(connection).items()}
        self._codes = {code.guid: code.key for code in project.codebook().codes}
        self._project = project

    def what(self, entity: str, row: Mapping[str, Any] | None) -> str:
        """Say which row it is: what kind of thing, and which."""
        thing = _(THINGS[entity]) if entity in THINGS else entity
        return f"{thing} {self._which(entity, row)}".strip() if row else thing

    def _which(self, entity: str, row: Mapping[str, Any]) -> str:
        if entity in {"coding", "decision"}:
            who = self._coders.get(str(row["coder"]), "")
            return f"{self._named(row['code'])} {self._named(row['source'])}:{row['start']}-{row['end']} ({who})"
        if entity == "memo":
            who = self._coders.get(str(row["coder"]), "")
            return f"{self._named(row['target'])} «{_short(str(row['text']))}» ({who})".strip()
        if entity == "resolution":
            about = [found for found in self._codings(row) if found.guid in json.loads(row["codings"])]
            place = f"{min(one.start for one in about)}-{max(one.end for one in about)}" if about else ""
            codes = ", ".join(dict.fromkeys(one.code for one in about))
            return f"{codes} {self._named(row['source'])}:{place}".strip(" :")
        if entity in {"segmentation", "value"}:
            return self._named(row["guid" if entity == "segmentation" else "informant"])
        if entity == "speaker":
            return f"{row['label']} {self._named(row['source'])}"
        name = next((row[column] for column in ("key", "name", "title", "id") if row.get(column)), row["guid"])
        return str(name)

    def _named(self, guid: object) -> str:
        """Give the name of what a GUID stands for, "" where people have none for it."""
        known = str(guid)
        if known in self._sources:
            return self._sources[known].name
        return self._codes.get(known) or self._coders.get(known) or self._people.get(known) or ""

    def conflict(self, one: OpenDispute) -> Conflict:
        """Put a dispute into words."""
        dispute = one.dispute
        row = one.row or next((act.before or act.after for act in dispute.acts if act.before or act.after), None)
        options = tuple(
            Option(letter, self._value(one, said(act)), act.coder, act.at)
            for letter, act in zip(_LETTERS, dispute.acts, strict=False)
        )
        return Conflict(one.id, dispute.entity, dispute.part, self.what(dispute.entity, row), options)

    def _value(self, one: OpenDispute, row: Mapping[str, Any] | None) -> str:
        dispute = one.dispute
        if row is None:
            return _("removed")
        if dispute.part == ROW:
            return _("kept")
        if row is LOST:
            return _("nowhere in the text of today")
        if dispute.entity == "resolution":
            return self._decided(row)
        first = said(dispute.acts[0]) or {}
        told = [said(act) or {} for act in dispute.acts]
        own = {"indicators": _own_indicators, "fields": _own_fields}.get(dispute.part)
        if own is not None:
            return own(row, told)
        columns = [column for column in dispute.columns if any(act.get(column) != first.get(column) for act in told)]
        return ", ".join(self._cell(column, row.get(column)) for column in columns)

    def _decided(self, row: Mapping[str, Any]) -> str:
        """Say what was decided about a disagreement: whose codings stand, or which codes, why, how surely."""
        verdict = str(row["verdict"])
        codes = [found.code for found in self._codings(row) if found.guid in json.loads(row["outcome"])]
        names = {BOTH: _("both"), NEITHER: _("neither"), OTHER: ", ".join(dict.fromkeys(codes)) or _("another code")}
        why = f"«{_short(str(row['why']))}»" if row["why"] else ""
        certainty = {Certainty.SURE.value: _("sure"), Certainty.UNSURE.value: _("unsure")}.get(row["certainty"], "")
        told = [names.get(verdict, verdict), why, certainty, *json.loads(row["keywords"])]
        return ", ".join(part for part in told if part)

    def _codings(self, row: Mapping[str, Any]) -> list[Coding]:
        """Give the codings of the source that a decision is about."""
        with self._project.reading() as connection:
            return list(codings_store.codings(connection, source=row["source"], resolved=True))

    def _cell(self, column: str, value: object) -> str:
        if column in {"code", "parent", "successor", "source", "target", "informant", "coder"}:
            return self._named(value) or _("none")
        if column in {"start", "end", "codable", "sensitive", "retired", "characters"}:
            return f"{column} {value}"
        if column == "facets":
            facets = codings_store.facets_of(str(value or "{}"))
            return " ".join(f"{key}={one}" for key, one in facets.items()) or _("no facets")
        return _short(str(value)) if value not in {None, ""} else _("nothing")


def _own_indicators(row: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> str:
    """Tell the indicators of a code that not all have; whole lists would look alike."""
    lists = [json.loads(other["indicators"]) for other in others]
    told = []
    for name, indicators in json.loads(row["indicators"]).items():
        own = [one for one in indicators if not all(one in other[name] for other in lists)]
        if own:
            told.append(f"{name}: {', '.join(own)}")
    return "; ".join(told) or _("nothing")


def _own_fields(row: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> str:
    """Name the word fields of a codebook that not all have with the same words."""
    lists = [json.loads(other["fields"] or "[]") for other in others]
    own = [field for field in json.loads(row["fields"] or "[]") if not all(field in fields for fields in lists)]
    return ", ".join(f"@{field['name']}" for field in own) or _("nothing")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[:_SHOWN]}…" if len(line) > _SHOWN else line


def require_files(files: Sequence[Path]) -> None:
    """Raise KodingError where one of the files to merge is not there."""
    for path in files:
        if not study_path(path).exists():
            raise KodingError(
                _("There is no study {file}.").format(file=path), _("Name the copies that shall be merged in.")
            )

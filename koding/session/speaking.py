"""Deciding who speaks: the informants file first, then the marks' own words, then a guess that is reported."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from koding.i18n import _, ngettext
from koding.model.transcript import Role, Speaker, Turn
from koding.readers.informants import ANY, InformantRow, InformantTable, same_name
from koding.readers.speakers import guess_role

#: How many names a line of a report tells.
_NAMED = 6


@dataclass(frozen=True, slots=True)
class Casting:
    """Who a label in a source is: role, the informant's name (None for none), and whether it was guessed."""

    label: str
    role: Role
    informant: str | None
    guessed: bool


def cast(
    source: str, turns: Sequence[Turn], table: InformantTable | None, own: InformantTable | None = None
) -> list[Casting]:
    """Say who every label in the turns of a source (by name) is.

    `own` is what the source itself says of its speakers (a survey's rows); the informants file's `*` stands for
    speakers of whom it says nothing.

    A label the file does not name is guessed: an interviewer's mark, an interpreter's mark, or an informant of its
    own, named after source and label. An interpreter nobody assigned speaks for the source's informant where there is
    just one.
    """
    labels = list(dict.fromkeys(turn.speaker for turn in turns))
    castings = [_casting(label, labels, source, (table, own)) for label in labels]
    people = {casting.informant for casting in castings if casting.role is Role.INFORMANT}
    if len(people) != 1:
        return castings
    (only,) = people
    return [
        replace(casting, informant=only) if casting.role is Role.INTERPRETER and casting.informant is None else casting
        for casting in castings
    ]


def as_table(known: Mapping[str, Speaker]) -> InformantTable:
    """Give what a source said of its own speakers as the table it said it in."""
    return InformantTable(
        tuple(
            InformantRow(0, ANY, label, speaker.informant.name if speaker.informant else "", speaker.role, {})
            for label, speaker in known.items()
            if not speaker.guessed
        ),
        (),
    )


def standing_casting(speaker: Speaker) -> Casting:
    """Give what is known of a speaker as a casting."""
    name = speaker.informant.name if speaker.informant else None
    return Casting(speaker.label, speaker.role, name, speaker.guessed)


def unmatched(table: InformantTable, labels: Mapping[str, Collection[str]]) -> Iterator[str]:
    """Give a line for each thing the file says that is about nobody.

    `labels` maps the name of every source of the study to the labels in it.
    """
    sources = {same_name(name): {same_name(label) for label in found} for name, found in labels.items()}
    everywhere = set().union(*sources.values())
    strange: dict[str, list[int]] = {}
    for row in table.rows:
        own = sources.get(same_name(row.source)) if row.source != ANY else everywhere
        if own is None:
            strange.setdefault(row.source, []).append(row.line)
        elif row.speaker != ANY and same_name(row.speaker) not in own:
            yield _about_nobody(row, own)
    if strange:
        near = [
            _("{name} (did you mean {near}?)").format(name=name, near=found[0])
            if (found := difflib.get_close_matches(name, labels, 1, 0.8))
            else name
            for name in strange
        ]
        shown = ", ".join(near[:_NAMED]) + (
            _(" and {count} more").format(count=len(near) - _NAMED) if near[_NAMED:] else ""
        )
        lines = sorted(line for found in strange.values() for line in found)
        yield ngettext(
            "line {lines} is about a source that is not in the study: {names}",
            "lines {lines} are about sources that are not in the study: {names}",
            len(lines),
        ).format(lines=_ranges(lines), names=shown)


def _about_nobody(row: InformantRow, own: Collection[str]) -> str:
    where = _("any source") if row.source == ANY else row.source
    if not row.speaker:
        return _("line {line}: {source} has speakers, so that nobody is its author (name them, or write *)").format(
            line=row.line, source=where
        )
    known = sorted(filter(None, own)) if row.source != ANY else []
    near = difflib.get_close_matches(row.speaker, sorted(filter(None, own)), 1)
    hint = _("did you mean {near}?").format(near=near[0]) if near else ""
    if not hint and known:
        hint = _("those who speak are {names}").format(names=", ".join(known[:_NAMED]))
    line = _("line {line}: nobody is marked «{speaker}» in {source}").format(
        line=row.line, speaker=row.speaker, source=where
    )
    return f"{line}; {hint}" if hint else line


def _ranges(lines: Sequence[int]) -> str:
    """Give line numbers with runs drawn together: "3, 5-9"."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _casting(label: str, labels: Sequence[str], source: str, tables: Sequence[InformantTable | None]) -> Casting:
    rows = [row for table in tables if table and (row := table.find(source, label)) is not None]
    row = next((row for row in rows if row.speaker != ANY), rows[0] if rows else None)
    if row is not None:
        return Casting(label, row.role, row.informant or None, guessed=False)
    role = guess_role(label, labels)
    name = f"{source}/{label}" if label else source
    return Casting(label, role, name if role is Role.INFORMANT else None, guessed=True)

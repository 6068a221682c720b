"""Deciding who speaks: the informants file first, then the marks' own words, then a guess that is reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from koding.model.transcript import Role, Turn
from koding.readers.informants import ANY, InformantTable
from koding.readers.speakers import guess_role


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


def _casting(label: str, labels: Sequence[str], source: str, tables: Sequence[InformantTable | None]) -> Casting:
    rows = [row for table in tables if table and (row := table.find(source, label)) is not None]
    row = next((row for row in rows if row.speaker != ANY), rows[0] if rows else None)
    if row is not None:
        return Casting(label, row.role, row.informant or None, guessed=False)
    role = guess_role(label, labels)
    name = f"{source}/{label}" if label else source
    return Casting(label, role, name if role is Role.INFORMANT else None, guessed=True)

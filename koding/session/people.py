"""What an informants file may say in this study, and what it says no more."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from koding.errors import KodingError
from koding.i18n import _, ngettext
from koding.model.codebook import Codebook
from koding.model.transcript import Informant
from koding.readers.informants import TAKEN, InformantTable
from koding.store import sources as store
from koding.store.journal import Change
from koding.store.project import Connection


@dataclass(frozen=True, slots=True)
class Told:
    """What an informants file told: how many informants, variables, and speakers in how many sources it is about.

    `changes` is how many rows of the study it changed.
    """

    informants: int
    variables: int
    speakers: int
    sources: int
    changes: int


def told(table: InformantTable, labels: Mapping[str, Collection[str]], changes: int) -> Told:
    """Count what a file told; `labels` maps the name of every source to the labels in it."""
    found = [name for name, own in labels.items() for label in own if table.find(name, label) is not None]
    return Told(len(table.informants), len(table.variables), len(found), len(set(found)), changes)


def refuse_facet_names(table: InformantTable, codebook: Codebook) -> None:
    """Raise KodingError where a variable is called as a facet: a matrix could not tell which of them is meant."""
    facets = {facet.key.casefold(): facet.key for facet in codebook.facets}
    wrong = [variable.name for variable in table.variables if variable.name.casefold() in facets]
    if wrong:
        where = table.where or _("the informants file")
        raise KodingError(
            ngettext(
                "{where}: the column {names} is called as a facet of the codebook.",
                "{where}: the columns {names} are called as facets of the codebook.",
                len(wrong),
            ).format(where=where, names=", ".join(wrong)),
            _("Rename it, for example to {name}.").format(name=f"informant_{wrong[0]}"),
        )


def renamed(table: InformantTable, codebook: Codebook) -> tuple[InformantTable, list[str]]:
    """Give what a source says of its speakers with other names for variables that cannot have theirs, and a line each.

    A survey's columns are what they are; one called as a facet, or as a column of a table of codings, gets `svar_`.
    """
    taken = TAKEN | {facet.key.casefold() for facet in codebook.facets}
    names = {
        variable.name: f"svar_{variable.name}" for variable in table.variables if variable.name.casefold() in taken
    }
    if not names:
        return table, []
    rows = tuple(
        replace(row, values={names.get(name, name): value for name, value in row.values.items()}) for row in table.rows
    )
    variables = tuple(replace(variable, name=names.get(variable.name, variable.name)) for variable in table.variables)
    line = _("the variable {old} is called {new} here, since the codebook or a table of codings has that name already")
    return replace(table, rows=rows, variables=variables), [line.format(old=old, new=new) for old, new in names.items()]


def no_longer_told(table: InformantTable, before: Mapping[str, Informant]) -> str:
    """Say which variables informants of the file have a value of and the file no column for, "" where there are none.

    `before` is what was known of the study's informants, by GUID.
    """
    columns = {variable.name for variable in table.variables}
    named = [informant for informant in before.values() if informant.name in table.informants]
    names = list(dict.fromkeys(name for informant in named for name in informant.variables if name not in columns))
    if not names:
        return ""
    line = ngettext(
        "it has no column {names} any more; the values known before are kept.",
        "it has no columns {names} any more; the values known before are kept.",
        len(names),
    ).format(names=", ".join(names))
    return f"{line} {_('To take values away, keep the column and empty its cells.')}"


def take_away_emptied(change: Change, connection: Connection, before: Mapping[str, Informant]) -> Iterator[str]:
    """Take away variables that lost their last value in this change, and give a line for each."""
    had = {name for informant in before.values() for name in informant.variables}
    for guid, name in store.variables_without_values(connection):
        if name in had:
            change.delete("variable", guid)
            yield _("{name} has no value left and is no variable of the study any more").format(name=name)

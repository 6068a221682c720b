"""Hiding small cells of a theme matrix, so that no group of fewer than k informants can be picked out.

Primary suppression hides every cell with 1 to k - 1 informants behind it, and every cell of a group that has fewer
than k informants in all (in a group of one, a hidden cell beside shown zeros would say who it is). Secondary
suppression then takes away what would give these back:

- the total of a row with a hidden cell, so that nothing is left to subtract from;
- within a column, where codings add up from codes to their family: further cells, the smallest first, until at least
  two are hidden and what they share is more than one coding each. Informants do not add up so, since one who
  mentions two codes of a family counts once in it.

See Hundepool et al. (2012), Statistical Disclosure Control, chapter 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from koding.model.codebook import Codebook
from koding.model.matrix import Matrix, Measure, Row


def suppressed(matrix: Matrix, codebook: Codebook, minimum: int) -> Matrix:
    """Give the matrix with cells under `minimum` informants, and those that would give them away, as None."""
    hidden = _Mask(matrix, codebook, minimum).run()
    width = len(matrix.columns)
    rows = tuple(
        Row(
            row.code,
            row.label,
            row.level,
            row.depth,
            tuple(None if hidden[index][column] else value for column, value in enumerate(row.values)),
            None if hidden[index][width] else row.total,
        )
        for index, row in enumerate(matrix.rows)
    )
    return replace(matrix, rows=rows)


class _Mask:
    """Which cells are hidden; the last column is the row's total."""

    def __init__(self, matrix: Matrix, codebook: Codebook, minimum: int) -> None:
        self._measure = matrix.measure
        self._people = [[*row, total] for row, total in zip(matrix.people, matrix.people_total, strict=True)]
        self._values = [[*row.values, row.total] for row in matrix.rows]
        small = [column.informants < minimum for column in (*matrix.columns, matrix.total)]
        self._hidden = [
            [few or 0 < count < minimum for count, few in zip(row, small, strict=True)] for row in self._people
        ]
        place = {row.code: index for index, row in enumerate(matrix.rows)}
        self._families = [
            (place[code.key], [place[child.key] for child in codebook.children(code.key) if child.key in place])
            for code in codebook.codes
            if code.key in place
        ]

    def run(self) -> list[list[bool]]:
        """Hide until nothing more must be."""
        self._hide_totals()
        while self._measure is not Measure.INFORMANTS and self._protect_columns():
            self._hide_totals()
        return self._hidden

    def _hide_totals(self) -> None:
        for row in self._hidden:
            row[-1] = row[-1] or any(row)

    def _protect_columns(self) -> bool:
        """Hide one more cell wherever a family and its codes give one away; say whether any was."""
        changed = False
        for parent, children in self._families:
            for column in range(len(self._hidden[parent])):
                if self._gives_away(parent, children, column):
                    changed |= self._hide_one([parent, *children], column)
        return changed

    def _gives_away(self, parent: int, children: Sequence[int], column: int) -> bool:
        """Whether a hidden cell among a code and the codes right below it can be worked out from the others."""
        among = [row for row in (parent, *children) if self._hidden[row][column]]
        below = [row for row in children if self._hidden[row][column]]
        if len(among) == 1:
            return True
        if self._measure is not Measure.SEGMENTS or not below or self._hidden[parent][column]:
            return False
        # What the hidden codes share: where it is one coding each, it is plain what each has.
        shown = sum(self._values[row][column] or 0 for row in children if row not in below)
        return (self._values[parent][column] or 0) - shown <= len(below)

    def _hide_one(self, rows: Sequence[int], column: int) -> bool:
        # An empty cell protects nothing: everyone can guess it.
        candidates = [
            (self._people[row][column], row)
            for row in rows
            if not self._hidden[row][column] and self._people[row][column]
        ]
        if not candidates:
            return False
        self._hidden[min(candidates)[1]][column] = True
        return True

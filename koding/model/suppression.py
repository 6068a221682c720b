"""Hiding small cells of a theme matrix, so that no group of fewer than k informants can be picked out.

Primary suppression hides every cell with 1 to k - 1 informants behind it. Secondary suppression then hides more cells,
the smallest first, until no hidden one can be worked out by subtraction: within a row from its total, and within a
column from a family and its other codes. See Hundepool et al. (2012), Statistical Disclosure Control, chapter 4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from koding.model.codebook import Codebook
from koding.model.matrix import Matrix, Row


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
        self._people = [[*row, total] for row, total in zip(matrix.people, matrix.people_total, strict=True)]
        self._hidden = [[0 < count < minimum for count in row] for row in self._people]
        place = {row.code: index for index, row in enumerate(matrix.rows)}
        self._sums = [
            [place[code.key], *(place[child.key] for child in codebook.children(code.key) if child.key in place)]
            for code in codebook.codes
            if code.key in place and any(child.key in place for child in codebook.children(code.key))
        ]

    def run(self) -> list[list[bool]]:
        """Hide until nothing more must be."""
        changed = True
        while changed:
            changed = False
            for group in self._groups():
                changed |= self._protect(group)
        return self._hidden

    def _groups(self) -> Iterator[Sequence[tuple[int, int]]]:
        """Give the sets of cells of which one alone must not be hidden: each adds up in some way."""
        width = len(self._people[0]) if self._people else 0
        for row in range(len(self._people)):
            yield [(row, column) for column in range(width)]
        for family in self._sums:
            for column in range(width):
                yield [(row, column) for row in family]

    def _protect(self, group: Sequence[tuple[int, int]]) -> bool:
        """Hide one more cell of the group where exactly one is hidden; say whether it did."""
        if sum(self._hidden[row][column] for row, column in group) != 1:
            return False
        # An empty cell protects nothing: everyone can guess it.
        candidates = [
            (self._people[row][column], column, row)
            for row, column in group
            if not self._hidden[row][column] and self._people[row][column]
        ]
        if not candidates:
            return False
        _count, column, row = min(candidates)
        self._hidden[row][column] = True
        return True

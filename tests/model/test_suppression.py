"""A matrix for publication: no group of fewer than k informants can be picked out, by any subtraction.

The readers of these tests are attackers: they know every shown number, every N, that a hidden cell of a group of k or
more is not empty, and that codes add up to families and groups to totals. They try every matrix that fits what they
see; where all of those agree on a hidden cell, it is given away.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import lru_cache

import pytest

from koding.model.matrix import Column, Matrix, Measure, Row
from koding.model.suppression import suppressed
from tests.studies import codebook

#: Counts of one group for the rows of a small matrix.
Counts = tuple[int, ...]


def matrix(rows: dict[str, Counts], sizes: Counts, measure: Measure = Measure.INFORMANTS, people=None) -> Matrix:
    """Make a matrix of counts by code and group; `people` where they are not the counts themselves."""
    book = codebook()
    people = people or rows
    return Matrix(
        measure=measure,
        by=("gruppe",),
        columns=tuple(Column((f"g{number}",), size) for number, size in enumerate(sizes)),
        rows=tuple(
            Row(key, key, "code" if "." in key else "family", book.depth(key), counts, sum(counts))
            for key, counts in rows.items()
        ),
        total=Column((), sum(sizes)),
        people=tuple(people[key] for key in rows),
        people_total=tuple(sum(people[key]) for key in rows),
    )


def shown(found: Matrix) -> tuple[tuple[float | None, ...], ...]:
    return tuple((*row.values, row.total) for row in found.rows)


def fits(seen: Sequence[float | None], world: Sequence[int], filled: Sequence[bool]) -> bool:
    """Whether a row could be `world`; `filled` says where a hidden cell can not be empty."""
    return all(
        value == count if value is not None else count > 0 or not full
        for value, count, full in zip(seen, world, filled, strict=True)
    )


class Attacker:
    """Someone who knows every matrix there could be, and takes out those that do not fit what is shown."""

    def __init__(self, worlds: Sequence[Sequence[Counts]], minimum: int) -> None:
        self.worlds = worlds
        self.minimum = minimum
        self._plain: dict[object, set[tuple[int, int]]] = {}

    def plain(self, found: Matrix) -> set[tuple[int, int]]:
        """Give the (row, column) of hidden cells on which all worlds that fit agree."""
        seen = shown(found)
        if seen not in self._plain:
            filled = [column.informants >= self.minimum for column in found.columns]
            filled.append(all(filled))
            fitting = [
                world
                for world in self.worlds
                if all(fits(row, (*counts, sum(counts)), filled) for row, counts in zip(seen, world, strict=True))
            ]
            assert fitting, "the truth is one of the worlds"
            self._plain[seen] = {
                (row, column)
                for row, values in enumerate(seen)
                for column, value in enumerate(values[:-1])
                if value is None and len({world[row][column] for world in fitting}) == 1
            }
        return self._plain[seen]

    def small_ones(self, found: Matrix, truth: Sequence[Counts]) -> list[tuple[int, int]]:
        """Give the hidden cells under the minimum that are given away."""
        return [(row, column) for row, column in self.plain(found) if truth[row][column] < self.minimum]


@pytest.mark.parametrize("minimum", [3, 5])
@pytest.mark.parametrize("sizes", [(1, 2), (1, 7), (2, 6), (5, 7), (7, 7), (1, 2, 6), (2, 5, 6), (4, 6, 6)])
def test_no_small_cell_of_a_row_follows_from_the_others(sizes: Counts, minimum: int) -> None:
    every = [(counts,) for counts in itertools.product(*(range(size + 1) for size in sizes))]
    attacker = Attacker(every, minimum)
    for world in every:
        found = suppressed(matrix({"ensomhet": world[0]}, sizes), codebook(), minimum)
        assert attacker.small_ones(found, world) == [], (world, shown(found))


@lru_cache
def told_by(size: int, *, folder: bool) -> list[Counts]:
    """Give all (family, code, code) counts of a group: a family has at least those of its fullest code."""
    return [
        (family, one, other)
        for family, one, other in itertools.product(range(size + 1), repeat=3)
        if max(one, other) <= family and (family <= one + other or not folder)
    ]


@pytest.mark.parametrize("sizes", [(1, 3), (2, 4), (3, 4)])
@pytest.mark.parametrize("folder", [True, False])
def test_no_small_cell_follows_from_the_family_when_informants_are_counted(sizes: Counts, folder: bool) -> None:
    rows = ("arbeid", "arbeid.relevant", "arbeid.inntekt")
    every = [
        tuple(zip(*world, strict=True))
        for world in itertools.product(*(told_by(size, folder=folder) for size in sizes))
    ]
    attacker = Attacker(every, 3)
    for world in every:
        found = suppressed(matrix(dict(zip(rows, world, strict=True)), sizes), codebook(), 3)
        assert attacker.small_ones(found, world) == [], (world, shown(found))


@pytest.mark.parametrize(("folder", "minimum"), [(True, 2), (True, 3), (False, 3)])
def test_no_small_cell_follows_from_the_family_when_codings_are_counted(folder: bool, minimum: int) -> None:
    """Codings add up: a folder has just those of its codes, a family that is a code itself its own besides."""
    rows = ("arbeid", "arbeid.relevant", "arbeid.inntekt")
    most = 5 if folder else 4
    own = [(0, 0)] if folder else list(itertools.product(range(3), repeat=2))
    every = [
        (tuple(map(sum, zip(one, other, alone, strict=True))), one, other)
        for one in itertools.product(range(most), repeat=2)
        for other in itertools.product(range(most), repeat=2)
        for alone in own
    ]
    attacker = Attacker(every, minimum)
    for world in every:
        # Each coding by another informant: the worst case.
        plain = matrix(dict(zip(rows, world, strict=True)), (20, 20), Measure.SEGMENTS)
        found = suppressed(plain, codebook(), minimum)
        assert attacker.small_ones(found, world) == [], (world, shown(found))


@pytest.mark.parametrize("measure", list(Measure))
def test_every_small_cell_is_hidden_and_every_empty_one_of_a_large_group_shown(measure: Measure) -> None:
    found = suppressed(matrix({"arbeid": (9, 4, 0, 1), "ensomhet": (0, 0, 0, 0)}, (9, 9, 9, 9), measure), codebook(), 5)
    assert shown(found) == ((9, None, 0, None, None), (0, 0, 0, 0, 0))


def test_a_row_without_small_cells_is_left_as_it_is() -> None:
    plain = matrix({"arbeid": (9, 5, 0), "arbeid.relevant": (6, 5, 0)}, (9, 9, 9))
    assert suppressed(plain, codebook(), 5) == plain


def test_a_group_of_fewer_than_k_shows_nothing_at_all() -> None:
    found = suppressed(matrix({"arbeid": (9, 1), "ensomhet": (9, 0)}, (12, 1)), codebook(), 5)
    assert shown(found) == ((9, None, None), (9, None, None))


def test_what_stays_is_said_of_the_same_codes_groups_and_denominators() -> None:
    plain = matrix({"arbeid": (9, 1), "ensomhet": (9, 0)}, (12, 1))
    found = suppressed(plain, codebook(), 5)
    assert (found.columns, found.total) == (plain.columns, plain.total)
    assert [(row.code, row.level, row.depth) for row in found.rows] == [
        (row.code, row.level, row.depth) for row in plain.rows
    ]


def test_segments_are_hidden_by_the_informants_behind_them_not_by_their_own_number() -> None:
    found = suppressed(
        matrix({"ensomhet": (40, 6)}, (9, 9), Measure.SEGMENTS, people={"ensomhet": (2, 6)}), codebook(), 5
    )
    assert shown(found) == ((None, 6, None),)


def test_codes_whose_family_is_not_shown_give_nothing_away() -> None:
    found = suppressed(matrix({"arbeid.inntekt": (9, 1)}, (12, 12), Measure.SEGMENTS), codebook(), 5)
    assert shown(found) == ((9, None, None),)

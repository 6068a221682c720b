"""The theme matrix once more, with pandas, from what koding exports: codings as CSV, turns as JSON, codes as YAML.

Nothing here is taken from `koding`: the definitions are those of docs and method note, written a second time.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
import yaml

COUNTED = ["informant", "interpreter"]


@dataclass
class Codebook:
    """What counting needs of a codebook file."""

    lineages: dict[str, list[str]] = field(default_factory=dict)
    facets: dict[str, dict] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Codebook:
        """Read a codebook file."""
        content = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - strings only, and nothing of Python's
        book = cls()
        book._take(content["codes"], [])
        for facet in content.get("facets", []):
            book.facets[facet["key"]] = facet
        return book

    def _take(self, codes: Iterable[Mapping], above: list[str]) -> None:
        for code in codes:
            self.lineages[code["key"]] = [*above, code["key"]]
            self._take(code.get("children", []), self.lineages[code["key"]])

    def value(self, facet: str, given: str, informant: Mapping[str, str]) -> str:
        """Give a facet's value: as given, else by the informant's group, else the default."""
        declared = self.facets[facet]
        by = declared.get("default_by", {})
        by_group = by.get("values", {}).get(informant.get(by.get("variable", ""), ""), "")
        return given or by_group or declared.get("default", "")


@dataclass(frozen=True)
class Question:
    """What is counted."""

    by: Sequence[str]
    measure: str = "informants"
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    coder: str | None = None


class Count:
    """A study's exports, ready to be counted."""

    def __init__(self, codebook: str, codings: str, turns: Mapping[str, Sequence[Mapping]]) -> None:
        """Take the codebook file, the exported codings, and every source's turns as `koding turns` gives them."""
        self.book = Codebook.read(codebook)
        self.codings = pd.read_csv(io.StringIO(codings), keep_default_na=False, dtype=str)
        self.codings = self.codings.astype({"start": int, "end": int}).reset_index(names="coding")
        spoken = [{**turn, "source": source} for source, list_ in turns.items() for turn in list_]
        frame = pd.DataFrame(spoken, columns=["source", "start", "end", "informant", "role", "variables", "text"])
        self.turns = frame[frame.role.isin(COUNTED) & frame.informant.notna()]
        self.turns = self.turns.assign(words=[len(list(words(text))) for text in self.turns.text])
        self.people = {turn.informant: turn.variables for turn in self.turns.itertuples()}
        self._answered: dict[str, dict[str, object]] = {}
        self._groups: dict[str, tuple[dict, dict]] = {}
        self._none = pd.DataFrame()
        self._words = self.turns.groupby("informant").words.sum().to_dict()
        self.spoken = {
            (turn.source, turn.start + place): letter
            for turn in self.turns.itertuples()
            for place, letter in enumerate(turn.text)
        }

    def touched(self, question: Question) -> pd.DataFrame:
        """Give one row for each coding and each informant whose turns it covers, if it counts there."""
        codings = self.codings if question.coder is None else self.codings[self.codings.coder == question.coder]
        both = codings.merge(self.turns, on="source", suffixes=("", "_turn"))
        both = both[(both.start < both.end_turn) & (both.start_turn < both.end)]
        for facet, declared in self.book.facets.items():
            values = [
                self.book.value(facet, given, self.people[who])
                for given, who in zip(both[facet], both.informant, strict=True)
            ]
            both = both.assign(**{facet: values})
            if facet in question.chosen:
                both = both[both[facet].isin(question.chosen[facet])]
            else:
                both = both[~both[facet].isin(declared.get("uncounted", []))]
        return both

    def _place(self, question: Question, row: Mapping) -> tuple[str, ...]:
        return tuple(
            row[name] if name in self.book.facets else self.people[row["informant"]].get(name, "")
            for name in question.by
        )

    def matrix(self, question: Question) -> dict[str, object]:
        """Give `columns` (values to N), `total` (N) and `cells` ((code, values) to number; values None for the row)."""
        if repr(question) not in self._answered:
            self._answered[repr(question)] = self._matrix(question)
        return self._answered[repr(question)]

    def _matrix(self, question: Question) -> dict[str, object]:
        columns, groups = self._grouped(question)
        cells: dict[tuple[str, tuple[str, ...] | None], float] = {}
        everybody = set(self.people)
        for code in self.book.lineages:
            of_code, by_place = groups.get(code, (self._none, {}))
            for place, people in columns.items():
                cells[code, place] = self._number(question, by_place.get(place, self._none), people)
            cells[code, None] = self._number(question, of_code, everybody)
        return {
            "columns": {place: len(people) for place, people in columns.items()},
            "total": len(self.people),
            "cells": cells,
        }

    def _grouped(self, question: Question) -> tuple[dict, dict]:
        """Give the columns with their people, and by code the rows that count, all of them and by column.

        The four measures ask it of the same rows, which are put together once.
        """
        key = repr((question.by, sorted(question.chosen.items()), question.coder))
        if key not in self._groups:
            touched = self.touched(question)
            places = [self._place(question, row) for row in touched.to_dict("records")]
            touched = touched.assign(place=pd.Series(places, index=touched.index, dtype=object))
            touched = touched.assign(counted=touched.code.map(self.book.lineages)).explode("counted")
            groups = {
                code: (of_code, dict(list(of_code.groupby("place")))) for code, of_code in touched.groupby("counted")
            }
            self._groups[key] = (self._columns(question, set(places)), groups)
            self._none = touched[:0]
        return self._groups[key]

    def _columns(self, question: Question, places: set[tuple[str, ...]]) -> dict[tuple[str, ...], set[str]]:
        """Give the people of every column: all groups there are, by all facet values that occur."""
        facets = [index for index, name in enumerate(question.by) if name in self.book.facets]
        splits = {tuple(place[index] for index in facets) for place in places} if facets else {()}
        found: dict[tuple[str, ...], set[str]] = {}
        for who, variables in self.people.items():
            for split in splits:
                values = iter(split)
                place = tuple(
                    next(values) if name in self.book.facets else variables.get(name, "") for name in question.by
                )
                found.setdefault(place, set()).add(who)
        return found

    def _number(self, question: Question, rows: pd.DataFrame, people: set[str]) -> float:
        if not len(rows):
            return 0
        if question.measure == "informants":
            return rows.informant.nunique()
        if question.measure == "segments":
            return self._segments(question, rows)
        spoken = sum(self._words[who] for who in people)
        if not spoken:
            return 0
        if question.measure == "rate":
            return 1000 * self._segments(question, rows) / spoken
        covered = {
            (row.source, point)
            for row in rows.itertuples()
            for point in range(max(row.start, row.start_turn), min(row.end, row.end_turn))
        }
        return 100 * sum(1 for _word in self._words_on(covered)) / spoken

    def _segments(self, question: Question, rows: pd.DataFrame) -> int:
        """Count codings; of several coders together, the passages they make: by code, what overlaps is one."""
        if question.coder is not None or self.codings.coder.nunique() < 2:
            return rows.coding.nunique()
        passages = 0
        reached: dict[tuple[str, str], int] = {}
        # Asked for every cell, of a few rows each: sorting them in a frame would cost more than all the rest.
        for code, source, start, end in sorted(zip(rows.code, rows.source, rows.start, rows.end, strict=True)):
            before = reached.get((code, source), 0)
            passages += start >= before
            reached[code, source] = max(before, end)
        return passages

    def _words_on(self, covered: set[tuple[str, int]]) -> Iterator[str]:
        """Give the words that lie on these points: of each run of points by itself."""
        run: list[str] = []
        last = ("", -2)
        for source, point in [*sorted(covered), ("", -2)]:
            if (source, point - 1) != last:
                yield from words("".join(run))
                run = []
            if point >= 0:
                run.append(self.spoken[source, point])
            last = (source, point)


def words(text: str) -> Iterator[str]:
    """Give the pieces between white space that hold a letter or a digit."""
    return (piece for piece in text.split() if any(letter.isalnum() or letter == "_" for letter in piece))

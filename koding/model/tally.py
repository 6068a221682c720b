"""Counting codings by code and informant group: one pass over the codings, then the matrix."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from koding.model.codebook import Code, Codebook, Facet
from koding.model.matrix import Column, Facets, Ground, Matrix, Measure, Question, Row, Span
from koding.model.transcript import Informant
from koding.model.variables import Variable

#: The group of informants and the facet values a cell is split by.
_Place = tuple[tuple[str, ...], tuple[str, ...]]
#: A stretch of speech: source GUID, start, end.
_Stretch = tuple[str, int, int]
#: Gives the words of a stretch of a source.
WordCounter = Callable[[str, int, int], int]


@dataclass(slots=True)
class _Cell:
    """What was found for one code at one place (or for a whole row)."""

    people: set[int] = field(default_factory=set)
    segments: int = 0
    stretches: list[_Stretch] = field(default_factory=list)
    spans: list[_Stretch] = field(default_factory=list)

    def take_in(self, other: _Cell) -> None:
        self.people |= other.people
        self.segments += other.segments
        self.stretches += other.stretches


class Tally:
    """Counts a study's codings by the informants whose turns they cover."""

    def __init__(
        self,
        codebook: Codebook,
        informants: Sequence[Informant],
        grounds: Mapping[str, Ground],
        variables: Sequence[Variable],
    ) -> None:
        """Take the study's informants (numbered as in `grounds`), the countable speech by source, the variables.

        Only informants with countable speech are in the matrix and its denominators.
        """
        self._codebook = codebook
        self._informants = informants
        self._grounds = grounds
        self._variables = {variable.name: variable for variable in variables}
        self._facets = {facet.key: facet for facet in codebook.facets}
        self._speech: dict[int, int] = defaultdict(int)
        for ground in grounds.values():
            for informant, words in zip(ground.informants, ground.words, strict=True):
                if informant >= 0:
                    self._speech[informant] += words

    def matrix(self, question: Question, spans: Iterable[Span], words_in: WordCounter | None = None) -> Matrix:
        """Make the matrix that `question` asks for of `spans`.

        `words_in` is needed for the measure `words` alone.
        """
        variables = [name for name in question.by if name not in self._facets]
        splits = [name for name in question.by if name in self._facets]
        groups = {
            informant: tuple(self._informants[informant].variables.get(name, "") for name in variables)
            for informant in self._speech
        }
        cells, totals = self._count(question, spans, groups, splits)
        places = self._places(variables, splits, groups, cells)
        members: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for informant, group in groups.items():
            members[group].append(informant)
        columns = [self._column(question, variables, splits, place, members[place[0]]) for place in places]
        everyone = Column((), len(self._speech), sum(self._speech.values()))
        rows, people, people_total = [], [], []
        for code in self._shown(question):
            inside = [
                _merged(cells[key, place] for key in self._below(code) if (key, place) in cells) for place in places
            ]
            whole = _merged(totals[key] for key in self._below(code) if key in totals)
            rows.append(
                Row(
                    code=code.key,
                    label=code.label,
                    level="family" if code.parent is None else "code",
                    depth=self._codebook.depth(code.key),
                    values=tuple(
                        _value(question.measure, cell, column, words_in)
                        for cell, column in zip(inside, columns, strict=True)
                    ),
                    total=_value(question.measure, whole, everyone, words_in),
                )
            )
            people.append(tuple(len(cell.people) for cell in inside))
            people_total.append(len(whole.people))
        return Matrix(
            measure=question.measure,
            by=question.by,
            columns=tuple(columns),
            rows=tuple(rows),
            total=everyone,
            people=tuple(people),
            people_total=tuple(people_total),
            pooled=question.pooled,
        )

    def _shown(self, question: Question) -> Iterator[Code]:
        return (code for code in self._codebook.codes if code.parent is None or not question.families_only)

    def _below(self, code: Code) -> Iterator[str]:
        """Give the key of a code and of everything under it: a family rolls up its children."""
        yield code.key
        for child in self._codebook.children(code.key):
            yield from self._below(child)

    def _count(
        self, question: Question, spans: Iterable[Span], groups: Mapping[int, tuple[str, ...]], splits: Sequence[str]
    ) -> tuple[dict[tuple[str, _Place], _Cell], dict[str, _Cell]]:
        cells: dict[tuple[str, _Place], _Cell] = defaultdict(_Cell)
        totals: dict[str, _Cell] = defaultdict(_Cell)
        judge = _Judge(self._facets, question.facets, splits, self._informants)
        by_words = question.measure is Measure.WORDS
        by_passages = question.pooled and question.measure in {Measure.SEGMENTS, Measure.RATE}
        grounds = self._grounds
        for source, start, end, code, facets in spans:
            ground = grounds[source]
            touched: set[_Place] = set()
            for informant in ground.speakers(start, end):
                split = judge.split(facets, informant)
                if split is None:
                    continue
                place = (groups[informant], split)
                cells[code, place].people.add(informant)
                totals[code].people.add(informant)
                touched.add(place)
                if by_words:
                    spoken = [
                        (source, left, right)
                        for speaker, left, right in ground.parts(start, end)
                        if speaker == informant
                    ]
                    cells[code, place].stretches += spoken
                    totals[code].stretches += spoken
            if by_passages:
                for cell in (*(cells[code, place] for place in touched), *([totals[code]] if touched else [])):
                    cell.spans.append((source, start, end))
                continue
            for place in touched:
                cells[code, place].segments += 1
            if touched:
                totals[code].segments += 1
        for cell in (*cells.values(), *totals.values()) if by_passages else ():
            cell.segments = passages(cell.spans)
        return cells, totals

    def _places(
        self,
        variables: Sequence[str],
        splits: Sequence[str],
        groups: Mapping[int, tuple[str, ...]],
        cells: Iterable[tuple[str, _Place]],
    ) -> list[_Place]:
        """Give the columns' places in order: groups by their variables' order, splits by the codebook's."""
        found = {place[1] for _code, place in cells} if splits else {()}
        value_order = [(*self._facets[name].keys(), "") for name in splits]

        def split_rank(split: tuple[str, ...]) -> tuple[int, ...]:
            return tuple(order.index(value) for order, value in zip(value_order, split, strict=True))

        def group_rank(group: tuple[str, ...]) -> tuple[tuple[bool, object], ...]:
            # Informants whose value is not known come last.
            return tuple(
                (not value, self._variables[name].sort_key(value) if value else "")
                for name, value in zip(variables, group, strict=True)
            )

        ordered_splits = sorted(found, key=split_rank)
        return [(group, split) for group in sorted(set(groups.values()), key=group_rank) for split in ordered_splits]

    def _column(
        self,
        question: Question,
        variables: Sequence[str],
        splits: Sequence[str],
        place: _Place,
        members: Sequence[int],
    ) -> Column:
        by_name = dict(zip(variables, place[0], strict=True)) | dict(zip(splits, place[1], strict=True))
        words = sum(self._speech[informant] for informant in members)
        return Column(tuple(by_name[name] for name in question.by), len(members), words)


class _Judge:
    """Says whether a coding counts for an informant, and by which facet values it is split.

    Few combinations of facets and informant occur, so each is decided once.
    """

    def __init__(
        self,
        facets: Mapping[str, Facet],
        chosen: Mapping[str, frozenset[str]],
        splits: Sequence[str],
        informants: Sequence[Informant],
    ) -> None:
        self._facets = facets
        self._chosen = chosen
        self._splits = splits
        self._informants = informants
        self._known: dict[tuple[Facets, int], tuple[str, ...] | None] = {}

    def split(self, facets: Facets, informant: int) -> tuple[str, ...] | None:
        """Give the values of the splitting facets, None where the coding does not count."""
        key = (facets, informant)
        if key not in self._known:
            self._known[key] = self._decide(dict(facets), self._informants[informant].variables)
        return self._known[key]

    def _decide(self, facets: Mapping[str, str], variables: Mapping[str, str]) -> tuple[str, ...] | None:
        values = {key: facets.get(key) or facet.default_for(variables) for key, facet in self._facets.items()}
        for key, facet in self._facets.items():
            wanted = self._chosen.get(key)
            if wanted is None and values[key] in facet.uncounted:
                return None
            if wanted is not None and values[key] not in wanted:
                return None
        return tuple(values[name] for name in self._splits)


def _merged(cells: Iterable[_Cell]) -> _Cell:
    whole = _Cell()
    for cell in cells:
        whole.take_in(cell)
    return whole


def _value(measure: Measure, cell: _Cell, column: Column, words_in: WordCounter | None) -> float:
    if measure is Measure.INFORMANTS:
        return len(cell.people)
    if measure is Measure.SEGMENTS:
        return cell.segments
    if not column.words:
        return 0.0
    if measure is Measure.RATE:
        return 1000 * cell.segments / column.words
    if words_in is None:
        message = "the measure words needs a counter of words"
        raise ValueError(message)
    return 100 * sum(words_in(*stretch) for stretch in united(cell.stretches)) / column.words


def passages(spans: Iterable[_Stretch]) -> int:
    """Count runs of spans that overlap (share a code point, not only an edge) within a source."""
    count, current, reach = 0, "", 0
    for source, start, end in sorted(spans):
        if source != current or start >= reach:
            count, current, reach = count + 1, source, end
        else:
            reach = max(reach, end)
    return count


def united(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    """Join stretches that overlap or touch within a source, so that nothing is counted twice."""
    joined: list[_Stretch] = []
    for source, start, end in sorted(stretches):
        if joined and joined[-1][0] == source and start <= joined[-1][2]:
            joined[-1] = (source, joined[-1][1], max(end, joined[-1][2]))
        else:
            joined.append((source, start, end))
    return joined

"""Unitizing alpha: agreement on spans that coders draw freely, in where they begin, how long they are, what they hold.

The continuum is counted speech, its code points numbered on from one stretch to the next; interviews lie end to end,
and no gap reaches over the border of one. Two spans of a coder that overlap under the same code are one; two that
merely touch stay two.

For two coders it is Krippendorff's alpha of 2004. For more, that formula was found wanting (Krippendorff et al. 2016),
and the mean over pairs of coders stands in for it here. How far any number of coders cover the same text with a code is
what the unit "character" of `units` measures.

Krippendorff, K. (1995). On the reliability of unitizing continuous data. Sociological Methodology 25, 47-76.
Krippendorff, K. (2004). Content Analysis: An Introduction to Its Methodology, 2nd ed., pp. 251-256.
Krippendorff, K., Mathet, Y., Bouvry, S., & Widlöcher, A. (2016). On the reliability of unitizing textual continua:
Further developments. Quality & Quantity 50, 2347-2364.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice, pairwise
from math import fsum
from operator import mul

from koding.model.agreement.coefficients import UNDEFINED, Coefficient, PairMean, mean_defined
from koding.model.agreement.resampling import Interval, PackedCounts, Resampling, intervals
from koding.model.agreement.units import Run, Speech, Unit, place
from koding.model.coding import Coding


@dataclass(frozen=True, slots=True)
class Continuum:
    """The spans drawn in one source, in code points of its counted speech.

    `length` is the number of code points, `present` tells for each coder whether they went through the source; `spans`
    holds, for each code used in it, each coder's spans in order, none overlapping another.
    """

    length: int
    present: tuple[bool, ...]
    spans: Mapping[str, tuple[tuple[Run, ...], ...]]


@dataclass(frozen=True, slots=True)
class SpanAgreement:
    """Unitizing alpha of one code, or of all together (`code` is None).

    `value` is the mean over those of the `pairs` of coders in which alpha is defined (`defined` of them), None where it
    is in none. `spans` counts the spans of each coder in the sources compared.
    """

    code: str | None
    spans: tuple[int, ...]
    value: float | None
    pairs: int
    defined: int
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class UnitizingAgreement:
    """Unitizing alpha of each code and over all codes."""

    codes: tuple[SpanAgreement, ...]
    overall: SpanAgreement


def continua(
    codings: Iterable[Coding], ground: Iterable[Speech], *, coders: Sequence[str], codes: Mapping[str, str]
) -> list[Continuum]:
    """Make the continua of `ground` with the spans of `coders`; the arguments and errors are those of `units.rate`."""
    made = []
    for placed in place(codings, ground, coders=coders, codes=codes, unit=Unit.CHARACTER):
        drawn: dict[str, list[list[Run]]] = defaultdict(lambda: [[] for _ in coders])
        for code, coder, run in placed.runs:
            drawn[code][coder].append(run)
        spans = {code: tuple(map(united, by_coder)) for code, by_coder in sorted(drawn.items())}
        made.append(Continuum(placed.size, placed.present, spans))
    return made


def united(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Put runs in order and join those that overlap; runs that only touch stay apart."""
    joined: list[Run] = []
    for start, end in sorted(runs):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def unitizing_alpha(length: int, first: Sequence[Run], second: Sequence[Run]) -> Coefficient:
    """Compute alpha of two coders' spans of one code on a continuum of `length`; Do and De stand beside it.

    The spans are half-open, within [0, length), in order and without overlap.
    """
    spans = {"": (tuple(first), tuple(second))}
    return _StudySums([Continuum(length, (True, True), spans)], [""], 2).pairs([0])[0][0]


def unitizing_agreement(
    sources: Sequence[Continuum], codes: Sequence[str], coders: int, resampling: Resampling | None = None
) -> UnitizingAgreement:
    """Compute unitizing alpha of each of `codes` and of all together, by `coders` coders.

    A pair of coders is compared on the sources that both went through. With `resampling` there are intervals; work and
    memory grow with the square of the number of sources. Raises ValueError with fewer than two coders.
    """
    if coders < 2:  # noqa: PLR2004 - one coder agrees with nobody
        raise ValueError("agreement is between two coders or more")
    kept = [source for source in sources if source.length and sum(source.present) > 1]
    sums = _StudySums(kept, codes, coders)
    found = sums.means(range(len(kept)))
    made: Sequence[Interval | None] = [None] * len(found)
    if resampling is not None:
        made = intervals(lambda drawn: [mean.value for mean in sums.means(drawn)], len(kept), resampling)
    drawn = [
        tuple(sum(len(source.spans[code][coder]) for source in kept if code in source.spans) for coder in range(coders))
        for code in codes
    ]
    everything = tuple(map(sum, zip(*drawn, strict=True))) or (0,) * coders
    agreements = [
        SpanAgreement(code, spans, mean.value, mean.pairs, mean.defined, interval)
        for code, spans, mean, interval in zip([*codes, None], [*drawn, everything], found, made, strict=True)
    ]
    return UnitizingAgreement(tuple(agreements[:-1]), agreements[-1])


class _StudySums:
    """The sums over sources from which alpha of any sample of them follows, for each pair of coders and each code.

    Expected disagreement lays every span into every gap that has room for it, of its own source and of the others. If
    all gaps had room, that would be a product of sums over sources. Gaps too short for a span make the product too
    small; by how much is kept for each source with such spans and each with such gaps.
    """

    def __init__(self, sources: Sequence[Continuum], codes: Sequence[str], coders: int) -> None:
        self._codes = len(codes)
        self._sources = len(sources)
        #: For each pair and code, by source with spans and source with gaps, what the product lacks.
        self._short: list[list[dict[int, int]]] = []
        rows: list[list[int]] = [[] for _ in sources]
        for first, second in combinations(range(coders), 2):
            both = [source.present[first] and source.present[second] for source in sources]
            lengths = [source.length if here else 0 for source, here in zip(sources, both, strict=True)]
            for row, length, here in zip(rows, lengths, both, strict=True):
                row.extend((length, int(here)))
            self._short.append([])
            for code in codes:
                sections = [
                    _Sections(length, source.spans[code][first], source.spans[code][second])
                    if length and code in source.spans
                    else _Sections(length, (), ())
                    for source, length in zip(sources, lengths, strict=True)
                ]
                for row, section in zip(rows, sections, strict=True):
                    row.extend(section.sums)
                self._short[-1].append(_short(sections))
        self._packed = PackedCounts(rows, len(self._short) * (2 + len(codes) * _Sections.SUMS))

    def pairs(self, drawn: Sequence[int]) -> list[list[Coefficient]]:
        """Compute alpha for each pair of coders and each code in the sources `drawn` (by index)."""
        times = Counter(drawn)
        weights = [times[one] * times[other] for one in range(self._sources) for other in range(self._sources)]
        totals = iter(self._packed.total(drawn))
        made = []
        for codes in self._short:
            length, sources = islice(totals, 2)
            coefficients = []
            for short in codes:
                lacking = sum(map(mul, map(weights.__getitem__, short), short.values()))
                coefficients.append(_alpha(length, sources, tuple(islice(totals, _Sections.SUMS)), lacking))
            made.append(coefficients)
        return made

    def means(self, drawn: Sequence[int]) -> list[PairMean]:
        """Give for each code, and last for all codes together, the mean of alpha over the pairs of coders."""
        pairs = self.pairs(drawn)
        alone = [mean_defined([pair[code].value for pair in pairs]) for code in range(self._codes)]
        return [*alone, mean_defined([_together(pair) for pair in pairs])]


class _Sections:
    """How one code divides a source for a pair of coders: the spans that both drew, and the gaps they left."""

    #: How many sums there are.
    SUMS = 6

    def __init__(self, length: int, first: Sequence[Run], second: Sequence[Run]) -> None:
        self.lengths = Counter(end - start for start, end in chain(first, second))
        self.gaps = sorted(chain(_gaps(length, first), _gaps(length, second)))
        spans = [sum(count * span**power for span, count in self.lengths.items()) for power in range(4)]
        #: The squared differences; the number of spans, the sums of their lengths, of the squares, of the cubes; gaps.
        self.sums = (_apart(first, second), *spans, len(self.gaps))

    def lacking(self, lengths: Mapping[int, int]) -> int:
        """Sum over spans of `lengths` (with how many there are) their square times what short gaps lack for one place.

        A gap of g has g - l + 1 places for a span of l; where that is below 0 it is lacking so many.
        """
        total = 0
        for length, count in lengths.items():
            short = self.gaps[: bisect_left(self.gaps, length - 1)]
            total += count * length**2 * (len(short) * (length - 1) - sum(short))
        return total


def _short(sections: Sequence[_Sections]) -> dict[int, int]:
    """Give what short gaps lack, where they do.

    The key is the number of the source with the spans, times the number of sources, plus that of the one with the gaps.
    """
    longest = [max(section.lengths, default=0) for section in sections]
    shortest = [section.gaps[0] if section.gaps else max(longest) for section in sections]
    return {
        spans * len(sections) + gaps: section.lacking(sections[spans].lengths)
        for gaps, section in enumerate(sections)
        if shortest[gaps] < max(longest) - 1
        for spans, length in enumerate(longest)
        if shortest[gaps] < length - 1
    }


def _gaps(length: int, spans: Sequence[Run]) -> list[int]:
    """Give the lengths of what `spans` leave open."""
    edges = [(0, 0), *spans, (length, length)]
    return [start - end for (_, end), (start, _) in pairwise(edges) if end < start]


def _apart(first: Sequence[Run], second: Sequence[Run]) -> int:
    """Sum the squared differences of two coders' spans.

    Two that meet differ by the squares of how far apart they begin and end; one that meets none differs from the gap
    around it by the square of its length.
    """
    total = 0
    met: set[int] = set()
    ends = [end for _, end in second]
    for start, end in first:
        index = bisect_right(ends, start)
        alone = True
        while index < len(second) and second[index][0] < end:
            total += (start - second[index][0]) ** 2 + (end - ends[index]) ** 2
            met.add(index)
            alone = False
            index += 1
        if alone:
            total += (end - start) ** 2
    return total + sum((end - start) ** 2 for index, (start, end) in enumerate(second) if index not in met)


def _alpha(length: int, sources: int, sums: Sequence[int], lacking: int) -> Coefficient:
    """Compute alpha (Krippendorff 2004) for two coders from the sums over a continuum of `length`."""
    apart, spans, lengths, squares, cubes, gaps = sums
    # Without a span there is nothing to agree on; where each source is one span of each coder, neither drew a line.
    if not spans or (not gaps and spans == 2 * sources):
        return UNDEFINED
    within_spans = (spans - 1) / 3 * (2 * cubes - 3 * squares + lengths)
    in_gaps = squares * (2 * length - lengths + gaps) - cubes * gaps + lacking
    places = 2 * length * (2 * length - 1) - (squares - lengths)
    expected = 2 / length * (within_spans + in_gaps) / places
    observed = apart / length**2
    return Coefficient(1 - observed / expected, observed, expected) if expected else UNDEFINED


def _together(coefficients: Sequence[Coefficient]) -> float | None:
    """Compute alpha over several codes: their disagreements added up."""
    observed = fsum(each.observed for each in coefficients if each.observed is not None)
    expected = fsum(each.expected for each in coefficients if each.expected is not None)
    return 1 - observed / expected if expected else None

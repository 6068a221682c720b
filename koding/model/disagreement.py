"""Where coders of the same text differ, and what they agree on.

Codings of one code that touch each other, by whichever coder, are one *group*. A group that every coder who went
through the text has in the same way is agreed on. Any other group is a disagreement: of facets, of span, or of only
some having the code at all. Two groups that only some have, of different codes on the same words and by different
coders, are one disagreement about which code it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from koding.model.coding import Coding

#: Gives the facets that a coding counts with, defaults filled in.
FacetsOf = Callable[[Coding], Mapping[str, str]]


class Kind(StrEnum):
    """How coders differ: only some coded, with different codes, on different spans, or with different facets."""

    ONLY = "only"
    CODE = "code"
    SPAN = "span"
    FACET = "facet"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A passage of one source on which coders differ.

    `coders` are all who went through the source, `codings` what they gave there, by place, code and coder. The span is
    from the first to the last code point of the codings.
    """

    source: str
    kind: Kind
    coders: tuple[str, ...]
    codings: tuple[Coding, ...]

    @property
    def start(self) -> int:
        """First code point."""
        return min(coding.start for coding in self.codings)

    @property
    def end(self) -> int:
        """One past the last code point."""
        return max(coding.end for coding in self.codings)

    @property
    def guids(self) -> tuple[str, ...]:
        """Give the GUIDs of the codings, sorted: what the disagreement is known by."""
        return tuple(sorted(coding.guid for coding in self.codings))

    @property
    def id(self) -> str:
        """Give a short name that stays as long as the same codings are concerned."""
        return hashlib.sha256("\x1f".join(self.guids).encode()).hexdigest()[:8]

    @property
    def codes(self) -> tuple[str, ...]:
        """Give the keys of the codes, in the order of the codings."""
        return tuple(dict.fromkeys(coding.code for coding in self.codings))

    def of(self, coder: str) -> tuple[Coding, ...]:
        """Give what one coder gave."""
        return tuple(coding for coding in self.codings if coding.coder == coder)

    def fingerprint(self) -> str:
        """Give a digest of what the codings say: another one as soon as one of them is changed."""
        return fingerprint(self.codings)


def fingerprint(codings: Iterable[Coding]) -> str:
    """Give a digest of what codings say, whatever their order."""
    content = sorted([one.guid, one.start, one.end, one.code, one.coder, sorted(one.facets.items())] for one in codings)
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Comparison:
    """One source compared: where coders differ, by place, and the codings that stand undisputed.

    An undisputed coding is given once, as the first coder (by name) has it.
    """

    disagreements: tuple[Disagreement, ...]
    agreed: tuple[Coding, ...]


def compare(codings: Iterable[Coding], coders: Collection[str], facets_of: FacetsOf) -> Comparison:
    """Compare the codings of one source by the `coders` who went through it; others' are left out.

    Of one coder alone everything stands undisputed.
    """
    present = tuple(sorted(coders))
    agreed: list[Coding] = []
    partial: list[list[Coding]] = []
    found: list[Disagreement] = []
    for group in _groups([coding for coding in codings if coding.coder in coders]):
        kind = _kind(group, present, facets_of)
        if kind is None:
            first = min(coding.coder for coding in group)
            agreed += [coding for coding in group if coding.coder == first]
        elif kind is Kind.ONLY:
            partial.append(group)
        else:
            found.append(_made(kind, present, group))
    found += [
        _made(Kind.CODE if len({coding.code for coding in group}) > 1 else Kind.ONLY, present, group)
        for group in _paired(partial)
    ]
    return Comparison(
        tuple(sorted(found, key=lambda one: (one.start, one.end, one.codes, one.guids))),
        tuple(sorted(agreed, key=_order)),
    )


def shared_part(one: Disagreement, facets_of: FacetsOf) -> list[Coding]:
    """Give what the coders agree on within a disagreement that is open still: never more than each of them said.

    Of a code that all gave on different spans it is the words that all gave it, of different facets those that all
    have; of a code that only some gave it is nothing.
    """
    if one.kind not in {Kind.SPAN, Kind.FACET}:
        return []
    by_coder = [[(coding.start, coding.end) for coding in one.of(coder)] for coder in one.coders]
    stretches = by_coder[0]
    for other in by_coder[1:]:
        stretches = [
            (max(start, low), min(end, high))
            for start, end in stretches
            for low, high in other
            if max(start, low) < min(end, high)
        ]
    facets = shared_facets(one.codings, facets_of)
    first = one.codings[0]
    return [
        Coding(first.guid, one.source, start, end, first.code, first.coder, facets, round=first.round)
        for start, end in sorted(set(stretches))
    ]


def shared_facets(codings: Sequence[Coding], facets_of: FacetsOf) -> dict[str, str]:
    """Give the facets that somebody gave and that all the codings count with."""
    counted = [facets_of(coding) for coding in codings]
    given = sorted({key for coding in codings for key in coding.facets})
    return {
        key: counted[0].get(key, "")
        for key in given
        if counted[0].get(key) and all(facets.get(key) == counted[0].get(key) for facets in counted)
    }


def _order(coding: Coding) -> tuple[int, int, str, str, str]:
    return coding.start, coding.end, coding.code, coding.coder, coding.guid


def _made(kind: Kind, present: tuple[str, ...], group: Sequence[Coding]) -> Disagreement:
    return Disagreement(group[0].source, kind, present, tuple(sorted(group, key=_order)))


def _groups(codings: Sequence[Coding]) -> list[list[Coding]]:
    """Give the codings of each code in groups that touch, by place."""
    by_code: dict[str, list[Coding]] = {}
    for coding in sorted(codings, key=_order):
        by_code.setdefault(coding.code, []).append(coding)
    groups: list[list[Coding]] = []
    for of_code in by_code.values():
        end = -1
        for coding in of_code:
            if coding.start >= end:
                groups.append([])
            groups[-1].append(coding)
            end = max(end, coding.end)
    return groups


def _kind(group: Sequence[Coding], present: Sequence[str], facets_of: FacetsOf) -> Kind | None:
    by_coder = {coder: [coding for coding in group if coding.coder == coder] for coder in present}
    if not all(by_coder.values()):
        return Kind.ONLY
    # As sets: what somebody coded alike in two rounds is said once.
    spans = {frozenset((coding.start, coding.end) for coding in own) for own in by_coder.values()}
    if len(spans) > 1:
        return Kind.SPAN
    facets = {
        frozenset((coding.start, coding.end, tuple(sorted(facets_of(coding).items()))) for coding in own)
        for own in by_coder.values()
    }
    return Kind.FACET if len(facets) > 1 else None


def _paired(partial: list[list[Coding]]) -> list[list[Coding]]:
    """Join groups of different codes by different coders where they share words; each is joined once."""
    joined: list[list[Coding]] = []
    reaching: list[list[Coding]] = []
    for group in sorted(partial, key=lambda group: _order(group[0])):
        start, end = group[0].start, _end(group)
        coders = {coding.coder for coding in group}
        reaching = [other for other in reaching if _end(other) > start]
        best: list[Coding] | None = None
        most = 0
        for other in reaching:
            shared = min(end, _end(other)) - start
            apart = coders.isdisjoint(coding.coder for coding in other)
            if apart and shared > most and all(coding.code != group[0].code for coding in other):
                best, most = other, shared
        if best is None:
            joined.append(list(group))
            reaching.append(joined[-1])
        else:
            best.extend(group)
    return joined


def _end(group: Sequence[Coding]) -> int:
    return max(coding.end for coding in group)

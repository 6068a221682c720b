"""Which matches of a sentence stand: those in company, and of several that say the same the one that says most.

A weak indicator needs company: another of its family, what a question asks for, a denial of the very reason. Where a
longer phrase, a code below or another code says the same and more, what says less is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Final

from koding.suggest.meaning.denials import Kind
from koding.suggest.meaning.glances import TELLS, may_name
from koding.suggest.meaning.pertinence import only_says
from koding.suggest.rules.matching import Found
from koding.suggest.rules.patterns import Weight
from koding.suggest.rules.places import Asked, Place

_place_of = attrgetter("at")
# Names of their own for what every match is compared with: to look a member of an enumeration up takes ten times as
# long.
_FIRM: Final = Weight.FIRM
_THEME: Final = Weight.THEME


class Judging:
    """Judges the matches of a codebook's codes.

    `lineage` has each code's own key and those above it, in the codebook's order. What is denied is told only where the
    codebook `shows_denied`.
    """

    def __init__(self, lineage: Mapping[str, tuple[str, ...]], *, shows_denied: bool) -> None:
        self._lineage = lineage
        self._order = {code: place for place, code in enumerate(lineage)}
        self._shows_denied = shows_denied

    def judged(self, standing: Sequence[Found], place: Place) -> dict[str, list[Found]]:
        """Give, by code, the matches that stand; those of one code are all denied or all not."""
        standing = [match for match in standing if _in_company(match, standing, place)]
        if not standing:
            return {}
        if len(standing) > 1:
            if place.asked.reason:
                standing = [match for match in standing if not self._says_no_more(match, standing)]
            standing = [match for match in standing if not _within_longer(match, standing)]
            standing = [match for match in standing if not self._told_closer(match, standing)]
            standing = [match for match in standing if not _said_by_another(match, standing)]
        by_code: dict[str, list[Found]] = {}
        for match in standing:
            by_code.setdefault(match.rule.code, []).append(match)
        kept: dict[str, list[Found]] = {}
        for code in sorted(by_code, key=self._order.__getitem__):
            said = by_code[code]
            if len(said) > 1:
                said = sorted(_weightier(said), key=_place_of)
            if said[0].denial is None or self._shows_denied:
                kept[code] = said
        return kept

    def _says_no_more(self, match: Found, others: list[Found]) -> bool:
        """Tell whether it is only the word of a theme above: who answers "jobben" says nothing of how the job was."""
        return match.rule.pattern.weight is not _FIRM and any(
            other.rule.pattern.weight is _THEME
            and other.rule.code != match.rule.code
            and other.rule.code in self._lineage[match.rule.code]
            and match.words <= other.words
            for other in others
        )

    def _told_closer(self, match: Found, others: list[Found]) -> bool:
        """Tell whether a code below this one is matched on the same words, or firmly elsewhere in the sentence."""
        return any(
            other.rule.code != match.rule.code
            and match.rule.code in self._lineage[other.rule.code]
            and (other.denial is None) == (match.denial is None)
            and (not other.words.isdisjoint(match.words) or not other.rule.pattern.weak)
            for other in others
        )


def may_have_company(found: Sequence[Found], shown: int, asked: Asked) -> bool:
    """Tell whether a match of a sentence that shows this at a glance may stand without being denied."""
    if asked.reason:
        return True
    others = 0
    for match in found:
        weight = match.rule.pattern.weight
        if weight is _FIRM:
            return True
        if weight is _THEME:
            if may_name(shown):
                return True
        else:
            others += 1
            if others > 1 or match.family in asked.company or (weight is Weight.TOPIC and shown & TELLS):
                return True
    return False


def _said_by_another(match: Found, others: Sequence[Found]) -> bool:
    """Tell whether what seems denied is part of what another code says: no apprenticeship denies no job here."""
    if match.denial is None or (match.denial.kind is Kind.FRAMED and match.rule.pattern.weight is not _THEME):
        return False
    return any(
        other.denial is None
        and other.rule.negated
        and other.family == match.family  # families are sought apart from each other
        and not other.words.isdisjoint(match.words)
        for other in others
    )


def _weightier(found: Sequence[Found]) -> list[Found]:
    """Give the matches of a code that decide: a denial of the very reason, else what stands, else what is denied."""
    framed = [match for match in found if match.denial is not None and match.denial.kind is Kind.FRAMED]
    return framed or [match for match in found if match.denial is None] or list(found)


def _in_company(match: Found, others: Sequence[Found], place: Place) -> bool:
    weight, asked = match.rule.pattern.weight, place.asked
    if weight is _FIRM or asked.reason or (match.denial is not None and match.denial.kind is Kind.FRAMED):
        return True
    if weight is _THEME:
        return place.reading.names(match.at)
    return (
        match.family in asked.company
        or (weight is Weight.TOPIC and place.tells and not only_says(place.unit.words, match.at))
        or any(
            other.rule.pattern != match.rule.pattern
            and other.rule.pattern.weight is not _THEME
            and other.family == match.family
            and other.words.isdisjoint(match.words)
            for other in others
        )
    )


def _within_longer(match: Found, others: list[Found]) -> bool:
    """Tell whether a longer phrase of the same family says the same and more."""
    return any(
        match.words < other.words
        and other.family == match.family
        and (match.rule.pattern.weak or not other.rule.pattern.weak)
        for other in others
    )

"""Which turns of a kept analysis rules may find something in, told by the numbers of their words alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from koding.suggest.language.analysis import Analysis, Entry
from koding.suggest.meaning.answers import SHORT_ANSWER, may_answer, refuses, says_yes
from koding.suggest.rules.index import FORMS_KEPT

if TYPE_CHECKING:
    from koding.suggest.rules.suggester import RuleSuggester

#: What a word of the vocabulary is to the rules (see `RuleSuggester.mark`).
Mark = tuple[int, tuple[int, ...]] | None
_UNMET: Final[Mark] = (-1, ())


class _Marks(NamedTuple):
    """What the words of a vocabulary are, by their numbers; `needed` has what the indicators that wait at them need."""

    bits: dict[int, int]
    needed: dict[int, tuple[int, ...]]
    waking: frozenset[int]


class Sieve:
    """Lets through the turns in which a rule may match. Words that it met in one source it knows in the next."""

    def __init__(self) -> None:
        self._known: dict[tuple[RuleSuggester, str], dict[Entry, Mark]] = {}

    def turns(self, analysis: Analysis, rules: RuleSuggester) -> frozenset[int]:
        """Give the turns with a sentence that has all the words of an indicator, wherever in it they stand."""
        marks = {language: self._marks(analysis, rules, language) for language in analysis.languages()}
        found: set[int] = set()
        for turn, language, words in analysis.numbers():
            known = marks[language]
            if not known.waking.isdisjoint(words) and _has_all(analysis, turn, known):
                found.add(turn)
        return frozenset(found)

    def _marks(self, analysis: Analysis, rules: RuleSuggester, language: str) -> _Marks:
        known = self._known.setdefault((rules, language), {})
        if len(known) > FORMS_KEPT:
            known.clear()
        bits: dict[int, int] = {}
        needed: dict[int, tuple[int, ...]] = {}
        for number, entry in enumerate(analysis.vocabulary):
            mark = known.get(entry, _UNMET)
            if mark is _UNMET:
                form, lemma = entry
                mark = known[entry] = rules.mark(form, language, lemma or "")
            if mark is not None:
                bits[number], wanted = mark
                if wanted:
                    needed[number] = wanted
        return _Marks(bits, needed, frozenset(needed))


def _has_all(analysis: Analysis, turn: int, marks: _Marks) -> bool:
    bits, needed, waking = marks
    for numbers in analysis.sentences(turn):
        if waking.isdisjoint(numbers):
            continue
        present = 0
        for number in numbers:
            present |= bits.get(number, 0)
        if any(need & present == need for number in waking.intersection(numbers) for need in needed[number]):
            return True
    return False


def is_yes_or_no(analysis: Analysis, turn: int) -> bool:
    """Tell whether a kept turn may be a yes or no, which says what its question asks."""
    numbers = next(analysis.sentences(turn), ())
    if not numbers or not may_answer(analysis.vocabulary[numbers[0]][0]):
        return False
    first = [analysis.vocabulary[number][0] for number in numbers]
    return refuses(first) or (analysis.words(turn) <= SHORT_ANSWER and says_yes(first) is not None)

"""Set phrases at work: an indicator that takes a word of "et godt stykke arbeid" for work says nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from koding.model.codebook import Code, Codebook, Indicators
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import Unit
from koding.suggest.meaning.idioms import IDIOMS
from koding.suggest.rules.index import RuleIndex
from koding.suggest.rules.matching import Found, best_matches, known_in_all

_BOOK: Final = "idioms"
#: Each is a code of its own, so that all that match are told.
_CODES: Final = {f"{_BOOK}.{number}": idiom for number, idiom in enumerate(IDIOMS)}
_FAMILIES: Final = dict.fromkeys(_CODES, _BOOK)


class _WholeWords(Lexicon):
    """A lexicon that takes every word for known and whole: set phrases are made of neither parts nor misspellings."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self.lemma = lexicon.lemma  # type: ignore[method-assign]

    def knows(self, form: str) -> bool:  # noqa: ARG002
        return True

    def parts(self, form: str) -> frozenset[str]:  # noqa: ARG002
        return frozenset()


class SetPhrases:
    """The set phrases of the language, found only where an indicator has matched; `lexicon` knows the words."""

    def __init__(self, lexicon: Lexicon) -> None:
        codes = tuple([Code(key, key, key, indicators=Indicators(excepted=(idiom,))) for key, idiom in _CODES.items()])
        self._index = RuleIndex(Codebook(_BOOK, _BOOK, _BOOK, codes), _WholeWords(lexicon))
        rules = self._index.rules
        self._lost = frozenset(rule.slots[place] for rule in rules for place in IDIOMS[rule.pattern.source])

    def unsilenced(self, found: Sequence[list[Found]], spoken: Sequence[tuple[Unit, str]]) -> list[list[Found]]:
        """Give, of the matches in each of several sentences, those whose words keep their own sense there."""
        may_lose = [
            place
            for place, (unit, language) in enumerate(spoken)
            if found[place] and self._may_lose(found[place], unit, language)
        ]
        kept = list(found)
        some = [spoken[place] for place in may_lose]
        phrases = best_matches([unit for unit, _language in some], known_in_all(self._index, some), _FAMILIES)
        for place, silencing in zip(may_lose, phrases, strict=True):
            if silencing:
                kept[place] = [
                    match for match in found[place] if not any(_silences(phrase, match) for phrase in silencing)
                ]
        return kept

    def _may_lose(self, found: Sequence[Found], unit: Unit, language: str) -> bool:
        """Tell whether a word of a match may lose its sense: the small words of set phrases never do."""
        known, forms = self._index.known(language), unit.words.forms
        for match in found:
            for index in match.at:
                if not self._lost.isdisjoint(known[forms[index]].fits):
                    return True
        return False


@lru_cache(maxsize=2)
def set_phrases(lexicon: Lexicon) -> SetPhrases:
    """Give the set phrases, read once for a lexicon."""
    return SetPhrases(lexicon)


def _silences(phrase: Found, match: Found) -> bool:
    lost = {phrase.at[place] for place in IDIOMS[phrase.rule.pattern.source]}
    return not lost.isdisjoint(match.words) and not (phrase.words <= match.words and _spells_out(match, phrase))


def _spells_out(match: Found, phrase: Found) -> bool:
    """Tell whether an indicator that covers all words of a set phrase was written for it ("alene om ansvaret")."""
    if len(phrase.at) > 1:
        return True
    place = match.at.index(phrase.at[0])
    stems = [term.text for term in phrase.rule.pattern.slots[0].terms]
    return any(term.text.startswith(stem) for term in match.rule.pattern.slots[place].terms for stem in stems)

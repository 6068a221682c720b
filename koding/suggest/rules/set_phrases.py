"""Set phrases at work: an indicator that takes a word of "et godt stykke arbeid" for work says nothing."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from koding.model.codebook import Code, Codebook, Indicators
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import Unit
from koding.suggest.meaning.idioms import IDIOMS
from koding.suggest.rules.index import RuleIndex
from koding.suggest.rules.matching import Found, known_words, matches

_KEY: Final = "idioms"
_FAMILIES: Final = {_KEY: _KEY}


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
        code = Code(_KEY, _KEY, _KEY, indicators=Indicators(excepted=tuple(IDIOMS)))
        self._index = RuleIndex(Codebook(_KEY, _KEY, _KEY, (code,)), _WholeWords(lexicon))
        rules = self._index.rules
        self._lost = frozenset(rule.slots[place] for rule in rules for place in IDIOMS[rule.pattern.source])

    def unsilenced(self, found: list[Found], unit: Unit, language: str) -> list[Found]:
        """Give the matches whose words keep their own sense in the sentence."""
        known = self._index.known(language)
        for match in found:
            for index in match.at:
                # The small words of a phrase keep their sense, and are in most matches.
                if not self._lost.isdisjoint(known[unit.words.forms[index]].fits):
                    return self._kept(found, unit, language)
        return found

    def _kept(self, found: list[Found], unit: Unit, language: str) -> list[Found]:
        phrases = matches(unit, known_words(self._index, unit, language), _FAMILIES)
        return [match for match in found if not any(_silences(phrase, match) for phrase in phrases)]


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

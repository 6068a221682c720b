"""Words as terms, for telling how like two texts are: lemmas and the parts of compounds. Pure Python."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from koding.suggest.language.languages import BOKMAL
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import Unit
from koding.suggest.language.tokens import word_set, words
from koding.suggest.language.variants import BOKMAL_WORD

# Lemmas that every talk is full of, whatever it is about.
_COMMON: Final = word_set(
    "jeg du han hun det den de vi og i på å som en et at til for med er var ha være ikke så men av om seg meg der her"
    " da når hva ja nei jo bare kunne skulle ville få bli si gå komme man noe noen min sin fra eller også"
)

#: Forms kept before the memory is emptied.
FORMS_KEPT: Final = 100_000


class TermReader:
    """Reads words as terms: the lemma in Bokmål spelling, and the parts of a compound; common words are none."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
        self._kept = 0

    def word(self, form: str, language: str = BOKMAL, lemma: str = "") -> tuple[str, ...]:
        """Give the terms of a lower-case form; `lemma` where somebody knows it better than the dictionaries."""
        memory = self._known.setdefault((language, lemma), {})
        found = memory.get(form)
        if found is None:
            if self._kept >= FORMS_KEPT:
                self._known.clear()
                memory, self._kept = self._known.setdefault((language, lemma), {}), 0
            found = memory[form] = tuple(self._read(form, language, lemma))
            self._kept += 1
        return found

    def _read(self, form: str, language: str, lemma: str) -> Iterable[str]:
        word = lemma or self._lexicon.lemma(form, language)
        bokmal = BOKMAL_WORD.get(form) or BOKMAL_WORD.get(word)
        if bokmal:
            word = self._lexicon.lemma(bokmal)
        if word in _COMMON:
            return ()
        return (word, *(part for part in sorted(self._lexicon.parts(form)) if part not in _COMMON))

    def text(self, text: str, language: str = BOKMAL) -> tuple[str, ...]:
        """Give the terms of a text, in order."""
        return tuple(term for word in words(text) for term in self.word(word.form, language))

    def unit(self, unit: Unit, language: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """Give the terms of a sentence, in order, and for each the index of its word."""
        lemmas = unit.lemmas or ("",) * len(unit.words)
        terms: list[str] = []
        places: list[int] = []
        for index, (word, lemma) in enumerate(zip(unit.words, lemmas, strict=True)):
            found = self.word(word.form, language, lemma)
            terms.extend(found)
            places.extend([index] * len(found))
        return tuple(terms), tuple(places)

    def counts(self, unit: Unit, language: str) -> dict[str, int]:
        """Give the terms of a sentence with how often it has each."""
        found: dict[str, int] = {}
        if unit.lemmas is None:
            memory = self._known.get((language, "")) or {}
            for word in unit.words:
                terms = memory.get(word.form)
                for term in self.word(word.form, language) if terms is None else terms:
                    found[term] = found.get(term, 0) + 1
        else:
            for word, lemma in zip(unit.words, unit.lemmas, strict=True):
                for term in self.word(word.form, language, lemma):
                    found[term] = found.get(term, 0) + 1
        return found

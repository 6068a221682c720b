"""Words as terms, for telling how like two texts are: lemmas and the parts of compounds. Pure Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
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


class _Memory(dict[str, tuple[str, ...]]):
    """The terms of forms, read when first asked for."""

    def __init__(self, read: Callable[[str], tuple[str, ...]]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, form: str) -> tuple[str, ...]:
        found = self[form] = self._read(form)
        return found


class TermReader:
    """Reads words as terms: the lemma in Bokmål spelling, and the parts of a compound; common words are none."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[tuple[str, str], _Memory] = {}
        self._kept = 0

    def word(self, form: str, language: str = BOKMAL, lemma: str = "") -> tuple[str, ...]:
        """Give the terms of a lower-case form; `lemma` where somebody knows it better than the dictionaries."""
        return self._memory(language, lemma)[form]

    def _memory(self, language: str, lemma: str) -> _Memory:
        if self._kept >= FORMS_KEPT:
            self._known.clear()
            self._kept = 0
        memory = self._known.get((language, lemma))
        if memory is None:
            memory = self._known[language, lemma] = _Memory(lambda form: self._keep(form, language, lemma))
        return memory

    def _keep(self, form: str, language: str, lemma: str) -> tuple[str, ...]:
        self._kept += 1
        return tuple(self._read(form, language, lemma))

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
        return tuple(term for form in words(text).forms for term in self.word(form, language))

    def unit(self, unit: Unit, language: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """Give the terms of a sentence, in order, and for each the index of its word."""
        lemmas = unit.lemmas or ("",) * len(unit.words)
        terms: list[str] = []
        places: list[int] = []
        for index, (form, lemma) in enumerate(zip(unit.words.forms, lemmas, strict=True)):
            found = self.word(form, language, lemma)
            terms.extend(found)
            places.extend([index] * len(found))
        return tuple(terms), tuple(places)

    def sentences(self, units: Iterable[Unit], language: str) -> list[str]:
        """Give the terms of sentences, in the order of the text."""
        told: list[tuple[str, ...]] = []
        for unit in units:
            if unit.lemmas is None:
                memory = self._memory(language, "")
                told += map(memory.__getitem__, unit.words.forms)
            else:
                pairs = zip(unit.words.forms, unit.lemmas, strict=True)
                told += [self.word(form, language, lemma) for form, lemma in pairs]
        return list(chain.from_iterable(told))

"""What the dictionaries said of words, kept, so that words met before need no dictionary to be loaded.

Loading the dictionaries takes half a second and more; a study that was suggested on knows nearly all its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from koding.suggest.language.dictionaries import common_words
from koding.suggest.language.languages import BOKMAL, NYNORSK
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.word_lines import NOTHING, Line, WordLines

#: Answers kept of each kind; a Norwegian text of five million words has fewer forms.
ANSWERS_KEPT: Final = 300_000
_KEYS: Final = 8_192


class RememberingLexicon(Lexicon):
    """A lexicon that remembers its answers; `remember` what another has written down with `written`."""

    def __init__(self) -> None:
        super().__init__()
        self._dictionaries = Lexicon()
        self._lemmas: dict[str, dict[str, str]] = {BOKMAL: {}, NYNORSK: {}}
        self._knowing: dict[str, bool] = {}
        self._parts: dict[str, frozenset[str]] = {}
        # Asked when a word is matched, when it is entered in a concordance, and for its parts.
        self.keys = lru_cache(maxsize=_KEYS)(self.keys)  # type: ignore[method-assign]
        self._kept = WordLines()
        self._recalled: set[str] = set()
        self._new: set[str] = set()

    def meet(self, forms: Sequence[str]) -> None:
        """Take forms in that will be asked for; it answers sooner where they come many at a time, in order."""
        # What one question after the other needs stands together in the machine's memory.
        for ask in self.lemma, self.parts:
            for form in forms:
                ask(form)

    def lemma(self, form: str, language: str = BOKMAL) -> str:
        """Give the lemma of a lower-case form; "nn" looks in Nynorsk and then in Bokmål."""
        lemmas = self._lemmas[language]
        found = lemmas.get(form)
        if found is None and self._recalls(form):
            found = lemmas.get(form)
        if found is None:
            found = self._dictionaries.lemma(form, language)
            if len(lemmas) < ANSWERS_KEPT:
                lemmas[form] = found
                self._new.add(form)
        return found

    def knows(self, form: str) -> bool:
        """Tell whether the Bokmål or the Nynorsk dictionary has the form."""
        found = self._knowing.get(form)
        if found is None and self._recalls(form):
            found = self._knowing.get(form)
        if found is None:
            found = self._dictionaries.knows(form)
            if len(self._knowing) < ANSWERS_KEPT:
                self._knowing[form] = found
                self._new.add(form)
        return found

    def parts(self, form: str) -> frozenset[str]:
        """Give the words that may be the first or the last part of a compound; empty where it is none."""
        found = self._parts.get(form)
        if found is None and self._recalls(form):
            found = self._parts.get(form)
        if found is None:
            found = self._dictionaries.split(form, self.lemma)
            if len(self._parts) < ANSWERS_KEPT:
                self._parts[form] = found
                self._new.add(form)
        return found

    def _recalls(self, form: str) -> bool:
        """Look a form up in what was written down, once; tell whether something was found now."""
        if form in self._recalled:
            return False
        self._recalled.add(form)
        line = self._kept.of(form)
        if line == NOTHING:
            line = common_words().of(form)
        if line == NOTHING:
            return False
        if line.lemma is not None:
            self._lemmas[BOKMAL].setdefault(form, line.lemma)
        if line.nynorsk is not None:
            self._lemmas[NYNORSK].setdefault(form, line.nynorsk)
        if line.known is not None:
            self._knowing.setdefault(form, line.known)
        if line.parts is not None:
            self._parts.setdefault(form, line.parts)
        return True

    def remember(self, data: bytes) -> None:
        """Take in what was written down, in the place of what was taken in before; nonsense is left alone."""
        self._kept = WordLines(data)
        self._recalled.clear()

    def written(self) -> bytes:
        """Write down what is new since the last time, for `joined`; empty where nothing is."""
        new, self._new = self._new, set()
        return self._kept.with_lines((form, self._line(form)) for form in new)

    def _line(self, form: str) -> Line:
        self._recalls(form)
        bokmal, nynorsk = self._lemmas[BOKMAL].get(form), self._lemmas[NYNORSK].get(form)
        return Line(bokmal, nynorsk, self._knowing.get(form), self._parts.get(form))

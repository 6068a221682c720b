"""What the dictionaries said of words, kept, so that words met before need no dictionary to be loaded.

Loading the dictionaries takes half a second and more; a study that was suggested on knows nearly all its words.
"""

from __future__ import annotations

import json
import zlib
from typing import Final

from koding.suggest.language.languages import BOKMAL
from koding.suggest.language.linguistics import Lexicon

#: Answers kept of each kind; a Norwegian text of five million words has fewer forms.
ANSWERS_KEPT: Final = 300_000
_LEVEL: Final = 1


class RememberingLexicon(Lexicon):
    """A lexicon that remembers its answers; `remember` what another has written down with `written`."""

    def __init__(self) -> None:
        super().__init__()
        self._dictionaries = Lexicon()
        self._lemmas: dict[str, dict[str, str]] = {}
        self._knowing: dict[str, bool] = {}
        self._parts: dict[str, frozenset[str]] = {}
        self._written = 0

    def lemma(self, form: str, language: str = BOKMAL) -> str:
        """Give the lemma of a lower-case form; "nn" looks in Nynorsk and then in Bokmål."""
        lemmas = self._lemmas.setdefault(language, {})
        found = lemmas.get(form)
        if found is None:
            found = self._dictionaries.lemma(form, language)
            if len(lemmas) < ANSWERS_KEPT:
                lemmas[form] = found
        return found

    def knows(self, form: str) -> bool:
        """Tell whether the Bokmål or the Nynorsk dictionary has the form."""
        found = self._knowing.get(form)
        if found is None:
            found = self._dictionaries.knows(form)
            if len(self._knowing) < ANSWERS_KEPT:
                self._knowing[form] = found
        return found

    def parts(self, form: str) -> frozenset[str]:
        """Give the words that may be the first or the last part of a compound; empty where it is none."""
        found = self._parts.get(form)
        if found is None:
            found = self._dictionaries.parts(form)
            if len(self._parts) < ANSWERS_KEPT:
                self._parts[form] = found
        return found

    @property
    def _answers(self) -> int:
        return sum(map(len, self._lemmas.values())) + len(self._knowing) + len(self._parts)

    def remember(self, data: bytes) -> None:
        """Take in what was written down; what is no such memory is left alone."""
        try:
            lemmas, known, unknown, parts, whole = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
            for language, answers in lemmas.items():
                self._lemmas.setdefault(language, {}).update(answers)
            self._knowing.update(dict.fromkeys(known, True) | dict.fromkeys(unknown, False))
            self._parts.update({form: frozenset(found) for form, found in parts.items()})
            self._parts.update(dict.fromkeys(whole, frozenset()))
        except (zlib.error, ValueError, TypeError, AttributeError):
            return
        self._written = self._answers

    def written(self) -> bytes:
        """Write the answers down; empty where nothing has come to them since the last time."""
        if self._answers == self._written:
            return b""
        self._written = self._answers
        content = [
            self._lemmas,
            [form for form, known in self._knowing.items() if known],
            [form for form, known in self._knowing.items() if not known],
            {form: sorted(found) for form, found in self._parts.items() if found},
            [form for form, found in self._parts.items() if not found],
        ]
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)

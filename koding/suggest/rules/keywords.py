"""The search for key words that other tools offer, as a baseline: a word of the text that begins with a bare word.

The words are the codebook's indicators that are a single word, without the signs of the indicator language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from koding.model.codebook import Code, Codebook
from koding.suggest.rules.patterns import SIGNS

_LEAST_LETTERS: Final = 3


class KeywordSearch:
    """Finds the codes of a text by the beginnings of its words."""

    def __init__(self, codebook: Codebook) -> None:
        self._patterns = {
            code.key: re.compile(r"\b(?:" + "|".join(map(re.escape, found)) + ")", re.IGNORECASE)
            for code in codebook.codes
            if code.codable and (found := sorted(set(bare_words(code))))
        }

    def codes(self, text: str) -> frozenset[str]:
        """Give the keys of the codes whose words the text has."""
        return frozenset(key for key, pattern in self._patterns.items() if pattern.search(text))


def bare_words(code: Code) -> Iterator[str]:
    """Give the words of a code's indicators that stand alone; word fields and phrases are beyond a plain search."""
    for indicator in code.indicators.all():
        written = indicator.strip().rstrip("".join(SIGNS)).strip()
        if " " in written:
            continue
        for word in written.split("|"):
            bare = word.strip("=*")
            if not word.startswith("@") and len(bare) >= _LEAST_LETTERS:
                yield bare

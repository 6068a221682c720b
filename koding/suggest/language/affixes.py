"""The lemma of a Bokmål word that no dictionary has, by what it begins and ends with.

The answers are those of simplemma's affix decomposition, which cuts a word everywhere and looks both sides up; here the
dictionary tells at once which words it has that a word begins with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from koding.suggest.language.entries import Lemmas, ReadEntries

#: Letters of a word that is not left as it is, at least and at most.
_LEAST, _MOST = 9, 100
#: Letters of what is looked up, at least; of an ending that is left off, at most.
_SIDE, _ENDING = 4, 2
#: Small letters that are themselves again when they were capitals.
_is_plain: Final = re.compile("[a-zà-öø-ÿ]+").fullmatch


class Affixes:
    """Finds the lemmas of words that Bokmål has not; `entry` and `beginnings` are those of `words`, remembered."""

    def __init__(
        self, words: ReadEntries, entry: Callable[[str], Lemmas], beginnings: Callable[[str], Sequence[int]]
    ) -> None:
        self._get = words.get
        self._entry = entry
        self._beginnings = beginnings
        # Words with a capital of the alphabet in small letters, and what they begin with.
        self._names = frozenset(map(str.lower, words.capitals))
        self._heads = frozenset([name[:_SIDE] for name in self._names])

    def lemma(self, form: str) -> str | None:
        """Give the lemma of a form that is in no dictionary of Bokmål; the form where it is like no word that is.

        None for what has other than small letters of Norwegian and its neighbours.
        """
        if not _is_plain(form):
            return None
        if not _LEAST <= len(form) <= _MOST:
            return form
        return self._by_beginning(form) or self._by_ending(form) or form

    def _by_beginning(self, form: str) -> str:
        """Give the lemma by the longest word that it begins with, and the lemma of what is left."""
        sizes = self._beginnings(form)
        if form[:_SIDE] in self._heads:
            sizes = sorted({*sizes, *[size for size in range(_SIDE, len(form)) if form[:size] in self._names]})
        elif not form[0].isascii():
            sizes = range(_SIDE, len(form))
        for size in reversed(sizes):
            if size < _SIDE:
                break
            lemma, _nynorsk = self._entry(form[:size])
            if lemma is None:
                continue
            rest = form[size:]
            if len(rest) <= _ENDING:
                return lemma
            lemma, _nynorsk = self._entry(rest)
            if lemma is not None and len(lemma) < len(rest) + _ENDING:
                return form[:size] + lemma.lower()
        return ""

    def _by_ending(self, form: str) -> str:
        """Give the lemma by the longest word that it ends with."""
        for cut in range(_SIDE, len(form) - _SIDE + 1):
            rest = form[cut:]
            lemma: str | None = None
            if rest[:_SIDE] in self._heads or not rest[0].isascii():
                lemma, _nynorsk = self._get(rest.capitalize())
            if lemma is None:
                lemma, _nynorsk = self._get(rest)
            if lemma is not None and len(lemma) <= len(rest):
                return form[:cut] + lemma.lower()
        return ""

"""Words of a text with their place, and what stands between them. Offsets are code points of the text given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, count, repeat
from operator import add, itemgetter, sub
from typing import Final, NamedTuple

#: What may stand before a word: nothing, a pause (hesitation, laughter, dots), or a mark that parts clauses.
NOTHING: Final = ""
PAUSE: Final = "…"
BREAK: Final = ","

# A note of the transcriber: (ler), [ler], (...), (pause 3 sek), [00:12:31]. Two words at most: longer is speech.
_NOTE = r"[(\[](?:\.{2,}|…|[^\W\d_]+(?:[ ][^\W_]+)?(?:[ ]s(?:ek)?)?|[\d:.,]+(?:[ ]?s(?:ek)?)?)[)\]]"
# Combining marks belong to the word: a text may come decomposed, and it is never normalised.
_LETTERS = r"[\w\u0300-\u036f]+"
_PIECE = re.compile(rf"\d+(?:[.,:]\d+)+|{_LETTERS}(?:[-'’]{_LETTERS})*-?|(?P<note>{_NOTE})")
_PARTING = frozenset(",;:.!?–—")
_MARKS = frozenset(",;:.!?")
_CLOSE = frozenset((" ", ""))
_DOTS = re.compile(r"\.{2,}|…")


def word_set(words: str) -> frozenset[str]:
    """Give the words of a line as a set; how the word lists of this package are written."""
    return frozenset(words.split())


class Word(NamedTuple):
    """A word: its span, its form (lower case, composed), and what stands before it."""

    start: int
    end: int
    form: str
    before: str = NOTHING


#: A word's form, and what stands before it; for many words faster than by name.
form_of: Final = itemgetter(2)
before_of: Final = itemgetter(3)


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Give the words in [start, end) of `text`; transcriber's notes, as (ler) and [ler], are pauses and no words."""
    stop = len(text) if end is None else end
    return Lowered(text, start, stop).words(start, stop)


class Lowered:
    """A stretch [start, end) of a text that is put in small letters once; its words are asked for by sentences."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._start = start
        self._lowered = text[start:end].lower()
        # Nearly all text can be lowered in one go; a decomposed letter, or one that grows, is seen to word by word.
        self._whole = len(self._lowered) == end - start and unicodedata.is_normalized("NFC", self._lowered)

    def words(self, start: int, end: int) -> list[Word]:
        """Give the words in [start, end), as `words`."""
        if not self._whole:
            return _words(self._text, start, end, "")
        lowered = self._lowered[start - self._start : end - self._start]
        plain = _plain(lowered, start)
        return _words(self._text, start, end, lowered) if plain is None else plain


def _words(text: str, start: int, stop: int, lowered: str) -> list[Word]:
    """Give the words of any text; `lowered` is [start, stop) in small letters, "" where that is done word by word."""
    found: list[Word] = []
    last = start
    noted = False
    for piece in _PIECE.finditer(text, start, stop):
        first, after = piece.span()
        if piece.lastgroup:
            noted = True
            continue
        between = text[last:first]
        before = NOTHING if between in _CLOSE else _between(between)
        if noted:
            before = before or PAUSE
            noted = False
        last = after
        form = lowered[first - start : after - start] if lowered else _form(text[first:after])
        # tuple.__new__ spares a call for each of a million words.
        found.append(tuple.__new__(Word, (first, after, form, before)))
    return found


def _plain(lowered: str, start: int) -> list[Word] | None:
    """Give the words of plain text, which has nothing but letters, figures, spaces and single marks; None for other."""
    pieces = lowered.split(" ")
    last = pieces[-1]
    if last and last[-1] in _MARKS:
        pieces[-1] = last[:-1]
    if all(map(str.isalnum, pieces)):
        # Half of all sentences have no mark but the last: their words are counted out in one go.
        sizes = list(map(len, pieces))
        ends = list(map(add, accumulate(sizes), count(start)))
        return list(map(tuple.__new__, repeat(Word), zip(map(sub, ends, sizes), ends, pieces, repeat(NOTHING))))
    pieces[-1] = last
    return _marked(pieces, start)


def _marked(pieces: Sequence[str], start: int) -> list[Word] | None:
    """Give the words of plain text in pieces between spaces, with single marks behind them."""
    found: list[Word] = []
    keep, new = found.append, tuple.__new__
    before = NOTHING
    first = start
    for piece in pieces:
        if piece.isalnum():
            after = first + len(piece)
            keep(new(Word, (first, after, piece, before)))
            before = NOTHING
            first = after + 1
        elif piece:
            form = piece[:-1]
            if piece[-1] not in _MARKS or not form.isalnum():
                return None
            after = first + len(form)
            keep(new(Word, (first, after, form, before)))
            before = BREAK
            first = after + 2
        else:
            first += 1
    return found


def _form(text: str) -> str:
    return unicodedata.normalize("NFC", text.lower())


@lru_cache(maxsize=4_096)
def _between(between: str) -> str:
    plain = _DOTS.sub("", re.sub(_NOTE, "", between))
    if not _PARTING.isdisjoint(plain):
        return BREAK
    # A dash between spaces parts; within a word it never comes here.
    if " - " in plain:
        return BREAK
    return PAUSE if plain.strip() or "…" in between or ".." in between else NOTHING

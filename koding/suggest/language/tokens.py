"""Words of a text with their place, and what stands between them. Offsets are code points of the text given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple, Self, overload

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


class Words(Sequence[Word]):
    """The words of a stretch of a text: `forms` has the form of each, `before` what stands before it.

    Of most sentences nobody asks more; where the words of plain text stand is worked out where it is asked for.
    """

    __slots__ = ("_found", "_lowered", "_start", "before", "forms")

    def __init__(
        self, forms: tuple[str, ...] = (), before: Sequence[str] = (), lowered: str = "", start: int = 0
    ) -> None:
        self.forms = forms
        self.before = before
        self._lowered = lowered
        self._start = start
        self._found: Sequence[Word] | None = None

    @classmethod
    def of(cls, found: Iterable[Word]) -> Self:
        """Give words whose places are known."""
        placed = tuple(found)
        these = cls(tuple([word.form for word in placed]), [word.before for word in placed])
        these._found = placed
        return these

    def __len__(self) -> int:
        return len(self.forms)

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: int | slice) -> Word | Self:
        if isinstance(index, slice):
            return self.of((self._found or self._placed())[index])
        if self._found is not None:
            return self._found[index]
        index = range(len(self.forms))[index]
        start, end = self.span(index, index)
        return Word(start, end, self.forms[index], self.before[index])

    def __iter__(self) -> Iterator[Word]:
        return iter(self._found or self._placed())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({list(self)!r})"

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Give where the first of some words begins and the last of them ends."""
        if self._found is not None:
            return self._found[first].start, self._found[last].end
        # What is left of plain text where so many words are split off begins with the next.
        past = self._start + len(self._lowered)
        left = self._lowered.split(None, first)[-1]
        start = past - len(left)
        if last > first:
            left = left.split(None, last - first)[-1]
        return start, past - len(left) + len(self.forms[last])

    def _placed(self) -> Sequence[Word]:
        """Find the words: between two there are spaces and marks, so that each is the first that is met."""
        found: list[Word] = []
        after = 0
        for form, before in zip(self.forms, self.before, strict=True):
            first = self._lowered.index(form, after)
            after = first + len(form)
            # tuple.__new__ spares a call for each of a million words.
            found.append(tuple.__new__(Word, (self._start + first, self._start + after, form, before)))
        self._found = tuple(found)
        return self._found


NO_WORDS: Final = Words()


def words(text: str, start: int = 0, end: int | None = None) -> Words:
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

    def words(self, start: int, end: int) -> Words:
        """Give the words in [start, end), as `words`."""
        if not self._whole:
            return Words.of(_words(self._text, start, end, ""))
        lowered = self._lowered[start - self._start : end - self._start]
        plain = _plain(lowered, start)
        return Words.of(_words(self._text, start, end, lowered)) if plain is None else plain


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
        found.append(tuple.__new__(Word, (first, after, form, before)))
    return found


def _plain(lowered: str, start: int) -> Words | None:
    """Give the words of plain text, which has nothing but letters, figures, spaces and single marks; None for other."""
    pieces = lowered.split(" ")
    last = pieces[-1]
    if last and last[-1] in _MARKS:
        pieces[-1] = last[:-1]
    # Half of all sentences have no mark but the last.
    if all(map(str.isalnum, pieces)):
        return Words(tuple(pieces), (NOTHING,) * len(pieces), lowered, start)
    pieces[-1] = last
    forms: list[str] = []
    marks: list[str] = []
    before = NOTHING
    for piece in pieces:
        if piece.isalnum():
            forms.append(piece)
            marks.append(before)
            before = NOTHING
        elif piece:
            form = piece[:-1]
            if piece[-1] not in _MARKS or not form.isalnum():
                return None
            forms.append(form)
            marks.append(before)
            before = BREAK
    return Words(tuple(forms), marks, lowered, start)


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

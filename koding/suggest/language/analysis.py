"""The linguistic analysis of a source in a form that is kept: sentences, words and lemmas, without the text itself.

Words are numbers into a vocabulary of (form, lemma) and lengths of what they cover, so that a source of 9,000 words
takes about 20 kilobytes, and a codebook's indicators need to be looked up once for each word of the vocabulary. Turns
are unpacked one at a time: those in which no word wakes a rule never are.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import sub
from typing import Final, NamedTuple

from koding.suggest.language.numbers import bytes_of_rows, rows_of
from koding.suggest.language.sentences import Unit
from koding.suggest.language.tokens import BREAK, NOTHING, PAUSE, Word, Words

_BEFORE: Final = (NOTHING, PAUSE, BREAK)
_MARKS: Final = {mark: number for number, mark in enumerate(_BEFORE)}
_LEVEL: Final = 1
#: Rows of numbers that stand first: turns, units, words, and for each word the gap before it, its length and its mark.
_ROWS: Final = 6
_PARTING: Final = "\0"
#: Stands for a lemma that only dictionaries know.
_DICTIONARY: Final = "\t"


#: A word of the vocabulary: its form, and its lemma (None where only dictionaries know it, "" where nobody does).
Entry = tuple[str, str | None]

#: A word of a text: its form, with its lemma where a model has told it ("" where nobody knows it).
Spoken = str | tuple[str, str]


class AnalysisFault(ValueError):
    """What was kept is no analysis."""


class _Place(NamedTuple):
    """Where a turn lies among all sentences and words."""

    language: str
    units: range
    words: range


class _Vocabulary(dict[Spoken, int]):
    """The number of each word."""

    def __missing__(self, word: Spoken) -> int:
        number = self[word] = len(self)
        return number


class Packer:
    """Packs turns one by one as they are analysed."""

    def __init__(self) -> None:
        self._vocabulary = _Vocabulary()
        self._languages: dict[str, int] = {}
        self._turns: dict[int, tuple[int, int, int]] = {}
        self._units: list[int] = []
        self._numbers: list[int] = []
        self._gaps: list[int] = []
        self._lengths: list[int] = []
        self._marks: list[int] = []

    def __len__(self) -> int:
        return len(self._turns)

    def __contains__(self, turn: int) -> bool:
        return turn in self._turns

    def add(self, turn: int, language: str, found: Sequence[Unit]) -> set[Spoken]:
        """Add a turn by its index, with its language and its sentences; give its words, each once.

        A turn that comes again is left out.
        """
        if turn in self._turns:
            return set()
        for start, end, words, lemmas in found:
            self._units += (start, end, len(words) << 1 | (lemmas is not None))
        every = [word for unit in found for word in unit.words]
        spoken: Sequence[Spoken] = ()
        if every:
            starts, ends, forms, marks = zip(*every, strict=True)
            known = any(unit.lemmas is not None for unit in found)
            spoken = list(chain.from_iterable(map(_spoken, found))) if known else forms
            self._numbers += map(self._vocabulary.__getitem__, spoken)
            self._gaps += map(sub, starts, (0, *ends))
            self._lengths += map(sub, ends, starts)
            self._marks += map(_MARKS.__getitem__, marks)
        number = self._languages.setdefault(language, len(self._languages))
        self._turns[turn] = (number, len(found), len(every))
        return set(spoken)

    def packed(self) -> bytes:
        """Give the analysis of all turns added, for keeping."""
        entries = [(word, _DICTIONARY) if isinstance(word, str) else word for word in self._vocabulary]
        lines = (
            " ".join(self._languages),
            "\n".join(form for form, _lemma in entries),
            "\n".join(lemma for _form, lemma in entries),
        )
        text = _PARTING.join(lines).encode("utf-8", "surrogatepass")
        turns = [number for turn, rest in self._turns.items() for number in (turn, *rest)]
        rows = bytes_of_rows(turns, self._units, self._numbers, self._gaps, self._lengths, self._marks)
        return zlib.compress(rows + text, _LEVEL)


def _spoken(unit: Unit) -> Iterable[Spoken]:
    """Give the words of a sentence in their order."""
    forms = unit.words.forms
    return forms if unit.lemmas is None else zip(forms, unit.lemmas, strict=False)


class Analysis:
    """A kept analysis, turn by turn.

    Raises:
        AnalysisFault: the bytes are not what a `Packer` gives.
    """

    def __init__(self, data: bytes) -> None:
        try:
            content = zlib.decompress(data)
            rows, after = rows_of(content, _ROWS)
            turns, self._units, self._numbers, self._gaps, self._lengths, self._marks = rows
            languages, forms, lemmas = content[after:].decode("utf-8", "surrogatepass").split(_PARTING)
            pairs = zip(forms.split("\n"), lemmas.split("\n"), strict=True)
            self.vocabulary: list[Entry] = [(form, None if lemma == _DICTIONARY else lemma) for form, lemma in pairs]
            self._places = dict(_read_places(turns, languages.split()))
        except (zlib.error, ValueError, IndexError) as fault:
            raise AnalysisFault(str(fault)) from fault

    def __contains__(self, turn: int) -> bool:
        return turn in self._places

    def language(self, turn: int) -> str:
        """Give the language that a turn was analysed in."""
        return self._places[turn].language

    def languages(self) -> frozenset[str]:
        """Give the languages of all turns."""
        return frozenset(place.language for place in self._places.values())

    def words(self, turn: int) -> int:
        """Give how many words a turn has."""
        return len(self._places[turn].words)

    def numbers(self) -> Iterator[tuple[int, str, Sequence[int]]]:
        """Give every turn with its language and all its words as numbers into the vocabulary."""
        for turn, place in self._places.items():
            yield turn, place.language, self._numbers[place.words.start : place.words.stop]

    def sentences(self, turn: int) -> Iterator[Sequence[int]]:
        """Give the words of each sentence of a turn as numbers into the vocabulary."""
        place = self._places[turn]
        at = place.words.start
        for number in place.units:
            after = at + (self._units[3 * number + 2] >> 1)
            yield self._numbers[at:after]
            at = after

    def units(self, turn: int) -> list[Unit]:
        """Give the sentences of a turn as they were packed."""
        place = self._places[turn]
        found: list[Unit] = []
        at, last = place.words.start, 0
        vocabulary = self.vocabulary
        for number in place.units:
            start, end, count = self._units[3 * number : 3 * number + 3]
            after = at + (count >> 1)
            words: list[Word] = []
            lemmas: list[str] = []
            rows = (self._numbers[at:after], self._gaps[at:after], self._lengths[at:after], self._marks[at:after])
            for entry, gap, length, mark in zip(*rows, strict=True):
                form, lemma = vocabulary[entry]
                first = last + gap
                last = first + length
                words.append(tuple.__new__(Word, (first, last, form, _BEFORE[mark])))
                lemmas.append(lemma or "")
            at = after
            found.append(Unit(start, end, Words.of(words), tuple(lemmas) if count & 1 else None))
        return found


def _read_places(turns: Sequence[int], languages: Sequence[str]) -> Iterator[tuple[int, _Place]]:
    unit = word = 0
    for at in range(0, len(turns), 4):
        turn, language, units, words = turns[at : at + 4]
        yield turn, _Place(languages[language], range(unit, unit + units), range(word, word + words))
        unit, word = unit + units, word + words

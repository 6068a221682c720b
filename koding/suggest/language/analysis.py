"""The linguistic analysis of a source in a form that is kept: sentences, words and lemmas, without the text itself.

Words are numbers into a vocabulary of (form, lemma) and lengths of what they cover, so that a source of 9,000 words
takes about 25 kilobytes, and a codebook's indicators need to be looked up once for each word of the vocabulary. Turns
are unpacked one at a time: those in which no word wakes a rule never are.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterator, Sequence
from itertools import repeat
from operator import sub
from typing import Final, NamedTuple

from koding.suggest.language.numbers import NUMBER, bytes_of, numbers_of
from koding.suggest.language.sentences import Unit
from koding.suggest.language.tokens import BREAK, NOTHING, PAUSE, Word

_BEFORE: Final = (NOTHING, PAUSE, BREAK)
_BEFORE_BITS: Final = 2
_MARKS: Final = {mark: number for number, mark in enumerate(_BEFORE)}
_LEVEL: Final = 1
#: Lengths that stand first: of the text, and of the five rows of numbers after it.
_SIZES: Final = 6
_PARTING: Final = "\0"
#: Stands for a lemma that only dictionaries know.
_DICTIONARY: Final = "\t"


#: A word of the vocabulary: its form, and its lemma (None where only dictionaries know it, "" where nobody does).
Entry = tuple[str, str | None]


class AnalysisFault(ValueError):
    """What was kept is no analysis."""


class _Place(NamedTuple):
    """Where a turn lies among all sentences and words."""

    language: str
    units: range
    words: range


class _Vocabulary(dict[Entry, int]):
    """The number of each word."""

    def __missing__(self, entry: Entry) -> int:
        number = self[entry] = len(self)
        return number


class Packer:
    """Packs turns one by one as they are analysed; a turn that comes again is left out."""

    def __init__(self) -> None:
        self._vocabulary = _Vocabulary()
        self._languages: dict[str, int] = {}
        self._turns: dict[int, tuple[int, int, int]] = {}
        self._units, self._numbers = array(NUMBER), array(NUMBER)
        self._gaps, self._lengths = array(NUMBER), array(NUMBER)

    def __len__(self) -> int:
        return len(self._turns)

    def add(self, turn: int, language: str, found: Sequence[Unit]) -> None:
        """Add a turn by its index, with its language and its sentences."""
        if turn in self._turns:
            return
        before = len(self._numbers)
        vocabulary = self._vocabulary
        last = 0
        for unit in found:
            self._units.extend((unit.start, unit.end, len(unit.words) << 1 | (unit.lemmas is not None)))
            if not unit.words:
                continue
            lemmas = unit.lemmas if unit.lemmas is not None else repeat(None)
            starts, ends, forms, marks = zip(*unit.words, strict=True)
            self._numbers.extend([vocabulary[entry] for entry in zip(forms, lemmas, strict=False)])
            self._gaps.extend(map(sub, starts, (last, *ends)))
            sizes = map(sub, ends, starts)
            self._lengths.extend([size << _BEFORE_BITS | _MARKS[mark] for size, mark in zip(sizes, marks, strict=True)])
            last = ends[-1]
        number = self._languages.setdefault(language, len(self._languages))
        self._turns[turn] = (number, len(found), len(self._numbers) - before)

    def packed(self) -> bytes:
        """Give the analysis of all turns added, for keeping."""
        lines = (
            " ".join(self._languages),
            "\n".join(form for form, _lemma in self._vocabulary),
            "\n".join(_DICTIONARY if lemma is None else lemma for _form, lemma in self._vocabulary),
        )
        content = _PARTING.join(lines).encode("utf-8", "surrogatepass")
        turns = array(NUMBER, (number for turn, rest in self._turns.items() for number in (turn, *rest)))
        numbers = (turns, self._units, self._numbers, self._gaps, self._lengths)
        sizes = array(NUMBER, (len(content), *map(len, numbers)))
        return zlib.compress(b"".join((bytes_of(sizes), content, *map(bytes_of, numbers))), _LEVEL)


class Analysis:
    """A kept analysis, turn by turn.

    Raises:
        AnalysisFault: the bytes are not what a `Packer` gives.
    """

    def __init__(self, data: bytes) -> None:
        try:
            content = zlib.decompress(data)
            text, *sizes = numbers_of(content[: 4 * _SIZES])
            at = 4 * _SIZES + text
            languages, forms, lemmas = content[4 * _SIZES : at].decode("utf-8", "surrogatepass").split(_PARTING)
            found: list[array[int]] = []
            for size in sizes:
                found.append(numbers_of(content[at : at + 4 * size]))
                at += 4 * size
            turns, self._units, self._numbers, self._gaps, self._lengths = found
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
            for entry, gap, length in zip(
                self._numbers[at:after], self._gaps[at:after], self._lengths[at:after], strict=True
            ):
                form, lemma = vocabulary[entry]
                first = last + gap
                last = first + (length >> _BEFORE_BITS)
                words.append(tuple.__new__(Word, (first, last, form, _BEFORE[length & 3])))
                lemmas.append(lemma or "")
            at = after
            found.append(Unit(start, end, tuple(words), tuple(lemmas) if count & 1 else None))
        return found


def _read_places(turns: Sequence[int], languages: Sequence[str]) -> Iterator[tuple[int, _Place]]:
    unit = word = 0
    for at in range(0, len(turns), 4):
        turn, language, units, words = turns[at : at + 4]
        yield turn, _Place(languages[language], range(unit, unit + units), range(word, word + words))
        unit, word = unit + units, word + words

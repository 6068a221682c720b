"""The words of both dictionaries with their lemmas, read where one is asked for.

simplemma's data are sorted, each word written by what it has in common with the one before (front coding). The places
at which reading can begin in both dictionaries (made by `dictionary_places`) part them into blocks of the same stretch
of the alphabet, so that a word costs the reading of some twenty others, once, and is looked for in both at a time.
"""

from __future__ import annotations

import zlib
from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final

from koding.suggest.language.numbers import numbers_of

#: Bytes of a word that is told as the beginning of another, at least.
BEGINNING: Final = 3
#: Words that begin with a capital of the alphabet stand before this.
_AFTER_CAPITALS: Final = "["
_SAME_VALUE, _WHOLE_VALUE = 254, 255
_MAGIC: Final = b"SMFC1"
_LONG: Final = 0x80
#: Between the lemmas of a word.
_AND: Final = b"\t"
#: Sets of sizes that are kept.
_SIZES: Final = 8_192

#: The lemmas of a word in Bokmål and in Nynorsk, None where that dictionary does not have it.
Lemmas = tuple[str | None, str | None]
NO_LEMMAS: Final[Lemmas] = (None, None)


class PlacesFault(ValueError):
    """The places do not fit the data."""


def read_number(data: bytes, at: int) -> tuple[int, int]:
    """Give the number that is written at a place, and the place after it."""
    number = shift = 0
    while data[at] & _LONG:
        number |= (data[at] & (_LONG - 1)) << shift
        shift += 7
        at += 1
    return number | data[at] << shift, at + 1


def first_record(data: bytes) -> int:
    """Give where the first word begins. Raises PlacesFault for data that are written in another way."""
    if not data.startswith(_MAGIC) or data[len(_MAGIC)] != 0:
        raise PlacesFault
    _count, at = read_number(data, len(_MAGIC) + 1)
    return at


def read(data: bytes, at: int, end: int, key: bytes, begun: list[tuple[int, bool]] | None = None) -> dict[bytes, bytes]:
    """Give the words from a place to another with their lemmas; `key` is the word before, or a later one.

    `begun` takes up where each begins, and whether it stands by itself: not one whose lemma is said to be that of the
    word before.

    Raises:
        PlacesFault: `begun` is asked for, and a number takes more than a byte, which is not looked for else.
    """
    found: dict[bytes, bytes] = {}
    value = b""
    while at < end:
        # This is done for hundreds of thousands of words.
        shared, length = data[at], data[at + 1]
        after = at + 2 + length
        key = key[:shared] + data[at + 2 : after]
        trim = data[after]
        if begun is not None:
            begun.append((at, trim != _SAME_VALUE))
            if (shared | length) & _LONG or (trim != _SAME_VALUE and data[after + 1] & _LONG):
                raise PlacesFault
        if trim == _SAME_VALUE:
            at = after + 1
        else:
            at = after + 2 + data[after + 1]
            value = data[after + 2 : at] if trim == _WHOLE_VALUE else key[: len(key) - trim] + data[after + 2 : at]
        found[key] = value
    return found


class Entries(ABC):
    """The entries of both dictionaries: words with their lemmas."""

    @abstractmethod
    def get(self, word: str) -> Lemmas:
        """Give the lemmas of a word as it is written."""

    def entry(self, word: str) -> Lemmas:
        """Give the lemmas of a word as it is written, or else with its first letter in the other case."""
        found = self.get(word)
        if None in found:
            other = self.get(word.lower() if word[:1].isupper() else word.capitalize())
            if other is not NO_LEMMAS:
                return (other[0] if found[0] is None else found[0], other[1] if found[1] is None else found[1])
        return found

    def beginnings(self, word: str) -> Sequence[int]:
        """Give the lengths of the words that a word begins with, the least first; itself may be among them.

        Words of one letter or two may be left out.
        """
        return [size for size in range(1, len(word) + 1) if self.get(word[:size]) != NO_LEMMAS]


class WholeEntries(Entries):
    """The words of dictionaries that are at hand."""

    def __init__(self, bokmal: Mapping[str, str], nynorsk: Mapping[str, str]) -> None:
        self._bokmal, self._nynorsk = bokmal, nynorsk

    def get(self, word: str) -> Lemmas:
        """Give the lemmas of a word as it is written."""
        return self._bokmal.get(word), self._nynorsk.get(word)


class ReadEntries(Entries):
    """The words of dictionaries by their data and the places where reading can begin.

    Raises:
        PlacesFault: the places were made for other data.
    """

    def __init__(self, bokmal: bytes, nynorsk: bytes, places: bytes) -> None:
        self._data = bokmal, nynorsk
        try:
            content = zlib.decompress(places)
            *checks, count = numbers_of(content[:12])
            numbers = numbers_of(content[12 : 12 + 12 * count])
            self._before = content[12 + 12 * count :].split(b"\n")
        except (zlib.error, ValueError) as fault:
            raise PlacesFault from fault
        if checks != list(map(zlib.crc32, self._data)) or len(self._before) != count:
            raise PlacesFault
        self._starts = [*numbers[:count], len(bokmal)], [*numbers[count : 2 * count], len(nynorsk)]
        self._begun = numbers[2 * count :]
        # Both lemmas of a word stand together, so that a word that neither has is looked for once.
        self._blocks: list[dict[bytes, bytes] | None] = [None] * count

    # Most words that are asked for are in no dictionary: a miss must cost as little as a hit.
    def get(self, word: str) -> Lemmas:
        """Give the lemmas of a word as it is written."""
        if word < _AFTER_CAPITALS:
            return self.capitals.get(word, NO_LEMMAS)
        key = word.encode("utf-8", "surrogatepass")
        # A block begins after the word before it.
        number = bisect_left(self._before, key) - 1
        found = (self._blocks[number] or self._read(number)).get(key)
        return NO_LEMMAS if found is None else _lemmas(found)

    def beginnings(self, word: str) -> Sequence[int]:
        """Give the lengths of the words that a word begins with, the least first; itself may be among them.

        Words of one letter or two are left out.
        """
        key = word.encode("utf-8", "surrogatepass")
        number = bisect_left(self._before, key) - 1
        block = self._blocks[number] or self._read(number)
        shared = 0
        for one, other in zip(self._before[number], key, strict=False):
            if one != other:
                break
            shared += 1
        # What stands before the block and begins the word begins the word before the block as well.
        sizes = _sizes(self._begun[number] & (2 << shared - BEGINNING) - 1) if shared >= BEGINNING else ()
        for size in range(max(shared + 1, BEGINNING), len(key) + 1):
            if key[:size] in block:
                sizes = (*sizes, size)
        return sizes if len(key) == len(word) else [len(key[:size].decode()) for size in sizes]

    def all(self, blocks: Iterable[int] | None = None) -> Iterator[tuple[str, Lemmas]]:
        """Give all words with their lemmas, or those of some blocks."""
        for number in range(len(self._before)) if blocks is None else blocks:
            for key, found in self._read(number).items():
                yield key.decode(), _lemmas(found)

    @cached_property
    def capitals(self) -> Mapping[str, Lemmas]:
        """The few words that begin with a capital, which every word is looked for among in its turn."""
        blocks = bisect_left(self._before, _AFTER_CAPITALS.encode())
        return {word: lemmas for word, lemmas in self.all(range(blocks)) if word < _AFTER_CAPITALS}

    def _read(self, number: int) -> dict[bytes, bytes]:
        (bokmal, nynorsk), (one, other) = self._data, self._starts
        # The word of Bokmål before a block comes after that of Nynorsk, and has in common with the next what that has.
        before = self._before[number]
        found = read(bokmal, one[number], one[number + 1], before)
        for key, lemma in read(nynorsk, other[number], other[number + 1], before).items():
            found[key] = found.get(key, b"") + _AND + lemma
        self._blocks[number] = found
        return found


def _lemmas(found: bytes) -> Lemmas:
    bokmal, _and, nynorsk = found.decode().partition(_AND.decode())
    return bokmal or None, nynorsk or None


@lru_cache(maxsize=_SIZES)
def _sizes(begun: int) -> tuple[int, ...]:
    """Give the sizes that bits stand for, the lowest first."""
    return tuple(place + BEGINNING for place in range(begun.bit_length()) if begun >> place & 1)

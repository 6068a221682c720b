"""simplemma's dictionaries, read where a word is asked for.

simplemma reads a dictionary of 640,000 words before it answers for one, which takes most of a second. Its data are
sorted, each word written by what it has in common with the one before (front coding). koding comes with the places at
which reading can begin (made by `dictionary_places`), so that a word costs the reading of some sixty others, once.
Where the data are not those that the places were made for, simplemma reads them.
"""

from __future__ import annotations

import importlib.util
import lzma
import zlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from threading import Thread
from typing import Final

from koding.suggest.language.numbers import numbers_of
from koding.suggest.language.word_lines import WordLines

#: The dictionaries: Bokmål and Nynorsk.
TAGS: Final = ("nb", "nn")
#: Records from one place to the next, at least.
BLOCK: Final = 64
#: Words that begin with a capital of the alphabet stand before this.
_AFTER_CAPITALS: Final = "["
_SAME_VALUE, _WHOLE_VALUE = 254, 255
_MAGIC: Final = b"SMFC1"
_LONG: Final = 0x80
#: Made by `dictionary_places` for one version of the dictionaries.
DATA: Final = Path(__file__).parent / "data"


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


def records(data: bytes, at: int, end: int, key: bytes) -> Iterator[tuple[int, bool, bytes, bytes]]:
    """Give the words from a place to another: where each begins, whether it stands by itself, the word, its lemma.

    `key` is the word before. One stands by itself whose lemma is not said to be that of the one before.
    """
    value = b""
    while at < end:
        start = at
        # Nearly all numbers are one byte, and every function called here is called a million times.
        shared, length = data[at], data[at + 1]
        at += 2
        if (shared | length) & _LONG:
            shared, at = read_number(data, start)
            length, at = read_number(data, at)
        key = key[:shared] + data[at : at + length]
        at += length
        trim = data[at]
        at += 1
        if trim != _SAME_VALUE:
            length = data[at]
            at += 1
            if length & _LONG:
                length, at = read_number(data, at - 1)
            value = data[at : at + length] if trim == _WHOLE_VALUE else key[: len(key) - trim] + data[at : at + length]
            at += length
        yield start, trim != _SAME_VALUE, key, value


def first_record(data: bytes) -> int:
    """Give where the first word begins. Raises PlacesFault for data that are written in another way."""
    if not data.startswith(_MAGIC) or data[len(_MAGIC)] != 0:
        raise PlacesFault
    _count, at = read_number(data, len(_MAGIC) + 1)
    return at


class Dictionary(Mapping[str, str]):
    """A dictionary by its data and the places where reading can begin.

    Raises:
        PlacesFault: the places were made for other data.
    """

    def __init__(self, data: bytes, places: bytes) -> None:
        try:
            content = zlib.decompress(places)
            check, count = numbers_of(content[:8])
            self._starts = [*numbers_of(content[8 : 8 + 4 * count]), len(data)]
            self._before = content[8 + 4 * count :].split(b"\n")
        except (zlib.error, ValueError) as fault:
            raise PlacesFault from fault
        if check != zlib.crc32(data) or len(self._before) != count:
            raise PlacesFault
        self._data = data
        self._blocks: list[dict[bytes, bytes] | None] = [None] * count

    def __getitem__(self, word: str) -> str:
        found = self.get(word)
        if found is None:
            raise KeyError(word)
        return found

    # Most words that are asked for are in no dictionary: a miss must cost as little as a hit.
    def get(self, word: str, default: str | None = None, /) -> str | None:  # type: ignore[override]
        """Give the lemma of a word as it is written."""
        if word < _AFTER_CAPITALS:
            return self._capitals.get(word, default)
        key = word.encode("utf-8", "surrogatepass")
        # A block begins after the word before it.
        number = bisect_left(self._before, key) - 1
        block = self._blocks[number]
        if block is None:
            block = self._blocks[number] = self._read(number, number + 1)
        found = block.get(key)
        return default if found is None else found.decode()

    def __iter__(self) -> Iterator[str]:
        return (key.decode() for key in self._read(0, len(self._before)))

    def __len__(self) -> int:
        return len(self._read(0, len(self._before)))

    @cached_property
    def _capitals(self) -> dict[str, str]:
        """Give the few words that begin with a capital, which every word is looked for among in its turn."""
        blocks = bisect_left(self._before, _AFTER_CAPITALS.encode())
        return {key.decode(): value.decode() for key, value in self._read(0, blocks).items()}

    def _read(self, first: int, after: int) -> dict[bytes, bytes]:
        found = records(self._data, self._starts[first], self._starts[after], self._before[first])
        return {key: value for _at, _apart, key, value in found}


def packed(tag: str) -> bytes:
    """Give a dictionary as simplemma brings it. Raises OSError."""
    # Finding the package does not load it.
    spec = importlib.util.find_spec("simplemma")
    if spec is None or spec.origin is None:
        raise FileNotFoundError
    return (Path(spec.origin).parent / "strategies" / "dictionaries" / "data" / f"{tag}.plzma").read_bytes()


@cache
def common_words() -> WordLines:
    """Give what the dictionaries say of the words of koding's own codebooks and transcripts; none for others."""
    try:
        check, _parting, lines = (DATA / "words").read_bytes().partition(b"\n")
        return WordLines(lines) if check == version() else WordLines()
    except OSError:
        return WordLines()


def version() -> bytes:
    """Give what tells the dictionaries from those of another simplemma. Raises OSError."""
    return b" ".join(b"%d" % zlib.crc32(packed(tag)) for tag in TAGS)


class _Reading:
    """The reading of a dictionary's file, begun when it is made and waited for when it is asked for."""

    def __init__(self, tag: str) -> None:
        self._tag = tag
        self._found: Dictionary | None = None
        # Decompressing leaves the interpreter free for other work.
        self._thread = Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        try:
            data = lzma.decompress(packed(self._tag))
            self._found = Dictionary(data, (DATA / self._tag).read_bytes())
        except (OSError, lzma.LZMAError, PlacesFault):
            # Another simplemma than the one that the places were made for.
            return

    def dictionary(self) -> Dictionary | None:
        """Wait for the dictionary; None where it has to be read by simplemma."""
        self._thread.join()
        return self._found


@cache
def _reading(tag: str) -> _Reading:
    return _Reading(tag)


def begin() -> None:
    """Begin to read the dictionaries, while there is other work to do."""
    for tag in TAGS:
        _reading(tag)


@cache
def dictionary(tag: str) -> Mapping[str, str]:
    """Give the dictionary of a language, to look up words as they are written."""
    found = _reading(tag).dictionary()
    if found is not None:
        return found
    from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

    words: Mapping[str, str] = DEFAULT_DICTIONARY_FACTORY.get_dictionary(tag)
    return words

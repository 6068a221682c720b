"""simplemma's dictionaries, ready to be asked (see `entries`).

simplemma reads a dictionary of 640,000 words before it answers for one, which takes most of a second; here no more is
read than what is asked for. Where the data are not those that koding's places were made for, simplemma reads them.
"""

from __future__ import annotations

import importlib.util
import lzma
import zlib
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Final

from koding.suggest.language.entries import Entries, PlacesFault, ReadEntries, WholeEntries
from koding.suggest.language.word_lines import WordLines

#: The dictionaries: Bokmål and Nynorsk.
TAGS: Final = ("nb", "nn")
#: Made by `dictionary_places` for one version of the dictionaries.
DATA: Final = Path(__file__).parent / "data"


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
        self._data = b""
        # Decompressing leaves the interpreter free for other work.
        self._thread = Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        try:
            self._data = lzma.decompress(packed(self._tag))
        except (OSError, lzma.LZMAError):
            # Another simplemma than the one that the places were made for.
            return

    def data(self) -> bytes:
        """Wait for the data; none where the dictionary has to be read by simplemma."""
        self._thread.join()
        return self._data


@cache
def _reading(tag: str) -> _Reading:
    return _Reading(tag)


def begin() -> None:
    """Begin to read the dictionaries, while there is other work to do."""
    for tag in TAGS:
        _reading(tag)


@cache
def entries() -> Entries:
    """Give the entries of the dictionaries."""
    begin()
    bokmal, nynorsk = [_reading(tag).data() for tag in TAGS]
    try:
        return ReadEntries(bokmal, nynorsk, (DATA / "places").read_bytes())
    except (OSError, PlacesFault):
        from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

        return WholeEntries(*map(DEFAULT_DICTIONARY_FACTORY.get_dictionary, TAGS))

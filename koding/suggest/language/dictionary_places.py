"""Making the places at which simplemma's dictionaries can be read (see `entries`), for the installed simplemma.

python -m koding.suggest.language.dictionary_places
"""

from __future__ import annotations

import lzma
import zlib
from array import array
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

import koding
from koding.suggest.language.dictionaries import DATA, TAGS, packed, version
from koding.suggest.language.entries import BEGINNING, first_record, read
from koding.suggest.language.languages import BOKMAL, NYNORSK
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.numbers import NUMBER, bytes_of
from koding.suggest.language.tokens import words
from koding.suggest.language.variants import BOKMAL_WORD
from koding.suggest.language.word_lines import Line, WordLines
from koding.suggest.meaning.idioms import IDIOMS

#: Words from one place to the next, at least.
BLOCK: Final = 16


def data_of(tag: str) -> bytes:
    """Give the data of a dictionary, as they are when they are not compressed."""
    return lzma.decompress(packed(tag))


class _Reader:
    """A dictionary that is read word by word."""

    def __init__(self, data: bytes) -> None:
        self._begun: list[tuple[int, bool]] = []
        self._words = list(read(data, first_record(data), len(data), b"", self._begun))
        self._begun.append((len(data), True))
        self._next = 0

    def next(self) -> bytes | None:
        """Give the word that comes next; None after the last."""
        return self._words[self._next] if self._next < len(self._words) else None

    def last(self) -> bytes:
        """Give the word that was taken last; nothing before the first."""
        return self._words[self._next - 1] if self._next else b""

    def take(self) -> None:
        """Go on to the word after the next."""
        self._next += 1

    def place(self) -> int:
        """Give where the next word begins."""
        return self._begun[self._next][0]

    def is_apart(self) -> bool:
        """Tell whether the next word stands by itself."""
        return self._begun[self._next][1]


def places_of(bokmal: bytes, nynorsk: bytes) -> bytes:
    """Give the places of dictionaries by their data.

    Reading can begin where the next word of either stands by itself, after a word of Bokmål.

    Raises:
        PlacesFault: the data are written in another way.
        OverflowError: a word is too long for its beginnings to be told by the bits of a number.
    """
    both = one, other = _Reader(bokmal), _Reader(nynorsk)
    keys = set[bytes]()
    places: list[tuple[int, int, bytes]] = []
    passed = BLOCK
    while left := [word for reader in both if (word := reader.next()) is not None]:
        if passed >= BLOCK and one.last() >= other.last() and one.is_apart() and other.is_apart():
            places.append((one.place(), other.place(), one.last()))
            passed = 0
        word = min(left)
        for reader in both:
            if reader.next() == word:
                reader.take()
        keys.add(word)
        passed += 1
    starts, nynorsk_starts, before = zip(*places, strict=True)
    checks = [zlib.crc32(data) for data in (bokmal, nynorsk)]
    begun = [_begun(word, keys) for word in before]
    numbers = array(NUMBER, (*checks, len(places), *starts, *nynorsk_starts, *begun))
    return zlib.compress(bytes_of(numbers) + b"\n".join(before), 9)


def _begun(word: bytes, keys: Collection[bytes]) -> int:
    """Give the sizes of the words that a word begins with, itself among them, as bits."""
    return sum(1 << size - BEGINNING for size in range(BEGINNING, len(word) + 1) if word[:size] in keys)


def words_of(words: Iterable[str]) -> bytes:
    """Give what the dictionaries say of words, for `common_words`.

    Parts of compounds are left out: they rest on rules of koding's own.
    """
    lexicon = Lexicon()
    lines = ((word, Line(lexicon.lemma(word), lexicon.lemma(word, NYNORSK), lexicon.knows(word))) for word in words)
    return version() + b"\n" + WordLines().with_lines(lines)


class _Asked(Lexicon):
    """A lexicon that notes the words that it is asked for, by others and by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def lemma(self, form: str, language: str = BOKMAL) -> str:
        self.asked.add(form)
        return super().lemma(form, language)

    def knows(self, form: str) -> bool:
        self.asked.add(form)
        return super().knows(form)


def common(folder: Path) -> set[str]:
    """Give the words of set phrases, and of the codebooks and the transcripts in the folder of koding's sources."""
    files = [*folder.glob("codebooks/**/*.yaml"), *folder.glob("corpora/*/*.txt")]
    texts = ["\n".join(IDIOMS), *(file.read_text(encoding="utf-8") for file in files)]
    found = {form for text in texts for form in words(text).forms}
    lexicon = _Asked()
    bokmal = {BOKMAL_WORD[word] for word in found if word in BOKMAL_WORD}
    # Lemmas are looked up in their turn, and so are the parts of phrases in set phrases and rules.
    found |= bokmal | {lexicon.lemma(word, language) for word in found for language in (BOKMAL, NYNORSK)}
    for word in found:
        lexicon.keys(word, NYNORSK)
    return found | lexicon.asked


def main() -> None:
    """Write the places of all dictionaries, and what they say of common words."""
    DATA.mkdir(exist_ok=True)
    (DATA / "places").write_bytes(places_of(*map(data_of, TAGS)))
    (DATA / "words").write_bytes(words_of(common(Path(koding.__file__).parent.parent)))


if __name__ == "__main__":
    main()

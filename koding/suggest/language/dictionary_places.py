"""Making the places at which simplemma's dictionaries can be read (see `dictionaries`), for the installed simplemma.

python -m koding.suggest.language.dictionary_places
"""

from __future__ import annotations

import lzma
import zlib
from array import array
from collections.abc import Iterable
from pathlib import Path

import koding
from koding.suggest.language.dictionaries import BLOCK, DATA, TAGS, first_record, packed, records, version
from koding.suggest.language.languages import BOKMAL, NYNORSK
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.numbers import NUMBER, bytes_of
from koding.suggest.language.tokens import words
from koding.suggest.language.variants import BOKMAL_WORD
from koding.suggest.language.word_lines import Line, WordLines
from koding.suggest.meaning.idioms import IDIOMS


def data_of(tag: str) -> bytes:
    """Give the data of a dictionary, as they are when they are not compressed."""
    return lzma.decompress(packed(tag))


def places_of(data: bytes) -> bytes:
    """Give the places of a dictionary by its data. Raises PlacesFault for data that are written in another way."""
    starts, before = array("I"), list[bytes]()
    last, passed = b"", BLOCK
    for at, apart, key, _value in records(data, first_record(data), len(data), b""):
        if passed >= BLOCK and apart:
            starts.append(at)
            before.append(last)
            passed = 0
        passed += 1
        last = key
    numbers = array(NUMBER, (zlib.crc32(data), len(starts), *starts))
    return zlib.compress(bytes_of(numbers) + b"\n".join(before), 9)


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
    found = {word.form for text in texts for word in words(text)}
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
    for tag in TAGS:
        (DATA / tag).write_bytes(places_of(data_of(tag)))
    (DATA / "words").write_bytes(words_of(common(Path(koding.__file__).parent.parent)))


if __name__ == "__main__":
    main()

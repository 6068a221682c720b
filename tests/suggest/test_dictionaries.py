"""The dictionaries are read where a word is asked for, and say what simplemma says of it."""

from __future__ import annotations

import random
import zlib
from collections.abc import Mapping
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simplemma import Lemmatizer
from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

from koding.suggest.language import dictionaries, linguistics
from koding.suggest.language.dictionary_places import data_of, places_of
from koding.suggest.language.entries import PlacesFault, ReadEntries, WholeEntries
from koding.suggest.language.linguistics import Lexicon

ODD = ["", "å", "zzzzz", "jentene", "Jentene", "ååååå", "é", "0", "Oslo", "Åse", "Ørsta"]
LEXICON = Lexicon()


@cache
def whole(tag: str) -> Mapping[str, str]:
    words: Mapping[str, str] = DEFAULT_DICTIONARY_FACTORY.get_dictionary(tag)
    return words


@cache
def said(tag: str) -> list[str]:
    """Give the words of a dictionary, in order."""
    return sorted(whole(tag))


def read_anew() -> ReadEntries:
    return ReadEntries(*map(data_of, dictionaries.TAGS), (dictionaries.DATA / "places").read_bytes())


WORD = st.deferred(lambda: st.one_of([st.sampled_from(said(tag)) for tag in dictionaries.TAGS]))
SMALL = WORD.map(str.lower)
MADE = st.builds("".join, st.lists(SMALL | st.text("abdegiklnorstæøåé", max_size=6), min_size=1, max_size=3))


def test_the_places_are_those_of_the_installed_simplemma() -> None:
    assert isinstance(dictionaries.entries(), ReadEntries)


def test_words_are_found_by_reading_a_little() -> None:
    read = read_anew()
    words = WholeEntries(*map(whole, dictionaries.TAGS))
    some = [*random.Random(1).sample(said("nb"), 150), *random.Random(2).sample(said("nn"), 150), *ODD]
    assert [read.get(word) for word in some] == [words.get(word) for word in some]
    found = dict(read.all())
    for place, tag in enumerate(dictionaries.TAGS):
        assert {word: lemmas[place] for word, lemmas in found.items() if lemmas[place] is not None} == dict(whole(tag))
    assert [read.get(word) for word in some] == [words.get(word) for word in some]


@pytest.mark.parametrize("tag", dictionaries.TAGS)
def test_all_words_of_neighbouring_blocks_are_found(tag: str) -> None:
    read, place = read_anew(), dictionaries.TAGS.index(tag)
    for start in (0, 50_000):
        some = said(tag)[start : start + 3_000]
        assert [read.get(word)[place] for word in some] == [whole(tag)[word] for word in some]


@given(MADE | WORD | st.text(max_size=12))
def test_what_a_word_begins_with_is_told_at_once(word: str) -> None:
    words = WholeEntries(*map(whole, dictionaries.TAGS))
    short = {size for size in range(len(word) + 1) if len(word[:size].encode("utf-8", "surrogatepass")) < 3}
    assert [size for size in words.beginnings(word) if size not in short] == [*dictionaries.entries().beginnings(word)]


def test_lemmas_are_those_of_simplemma() -> None:
    lemmatizer = Lemmatizer()
    some = [*random.Random(2).sample(said("nb"), 200), *random.Random(3).sample(said("nn"), 200)]
    for word in [*map(str.lower, some), *ODD[1:], "sommerjobbene", "ikkje-ikke", "d'accord", "kjempeensom"]:
        assert LEXICON.lemma(word) == lemmatizer.lemmatize(word, ("nb",)).lower()
        assert LEXICON.lemma(word, "nn") == lemmatizer.lemmatize(word, ("nn", "nb")).lower()


@given((MADE | st.text(max_size=12).map(str.lower)).filter(bool))
def test_lemmas_of_words_that_no_dictionary_has_are_those_of_simplemma(word: str) -> None:
    assert LEXICON.lemma(word) == Lemmatizer().lemmatize(word, ("nb",)).lower()


@pytest.mark.parametrize("word", ["oslofolkene", "åsgårdstrandjenter", "gårdsåse", "jobbßjobbjobb", "xqzwvxberger"])
def test_lemmas_of_words_with_names_in_them_are_those_of_simplemma(word: str) -> None:
    assert LEXICON.lemma(word) == Lemmatizer().lemmatize(word, ("nb",)).lower()


@pytest.mark.parametrize("places", [b"", b"nonsense"])
def test_places_of_other_data_are_refused(places: bytes) -> None:
    bokmal, nynorsk = map(data_of, dictionaries.TAGS)
    with pytest.raises(PlacesFault):
        ReadEntries(bokmal, nynorsk, places)
    with pytest.raises(PlacesFault):
        ReadEntries(bokmal[:-1], nynorsk, (dictionaries.DATA / "places").read_bytes())


def test_the_places_are_made_by_the_data() -> None:
    made, kept = places_of(*map(data_of, dictionaries.TAGS)), (dictionaries.DATA / "places").read_bytes()
    assert zlib.decompress(made) == zlib.decompress(kept)


def test_with_another_simplemma_it_reads_its_dictionaries_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionaries, "DATA", dictionaries.DATA / "nowhere")
    monkeypatch.setattr(dictionaries, "_reading", dictionaries._reading.__wrapped__)
    monkeypatch.setattr(linguistics, "entries", cache(dictionaries.entries.__wrapped__))
    assert isinstance(linguistics.entries(), WholeEntries)
    lexicon = Lexicon()
    assert lexicon.lemma("jentene", "nn") == "jente"
    for word in ("sommerjobbene", "fjelljobb", "jobbxq"):
        assert (lexicon.lemma(word), lexicon.parts(word)) == (LEXICON.lemma(word), LEXICON.parts(word))


def test_common_words_are_what_the_dictionaries_say() -> None:
    common, lexicon = dictionaries.common_words(), Lexicon()
    for word in ("jobb", "jenter", "flyttet", "ikkje", "skulen", "lege"):
        line = common.of(word)
        assert (line.lemma, line.nynorsk, line.known) == (lexicon.lemma(word), lexicon.lemma(word, "nn"), True)
        assert line.parts is None


def test_common_words_of_another_simplemma_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionaries, "version", lambda: b"another")
    assert not dictionaries.common_words.__wrapped__()

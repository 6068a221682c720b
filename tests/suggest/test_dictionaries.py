"""The dictionaries are read where a word is asked for, and say what simplemma says of it."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest
from simplemma import Lemmatizer
from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

from koding.suggest.language import dictionaries, linguistics
from koding.suggest.language.dictionaries import Dictionary, PlacesFault, dictionary
from koding.suggest.language.dictionary_places import data_of, places_of
from koding.suggest.language.linguistics import Lexicon

ODD = ["", "å", "zzzzz", "jentene", "Jentene", "ååååå", "é", "0", "Oslo"]


def whole(tag: str) -> Mapping[str, str]:
    words: Mapping[str, str] = DEFAULT_DICTIONARY_FACTORY.get_dictionary(tag)
    return words


@pytest.fixture(params=dictionaries.TAGS)
def tag(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_places_are_those_of_the_installed_simplemma(tag: str) -> None:
    assert isinstance(dictionary(tag), Dictionary)


def test_words_are_found_by_reading_a_little(tag: str) -> None:
    read, words = Dictionary(data_of(tag), (dictionaries.DATA / tag).read_bytes()), whole(tag)
    some = [*random.Random(1).sample(sorted(words), 150), *ODD]
    assert [read.get(word) for word in some] == [words.get(word) for word in some]
    assert dict(read) == dict(words)
    assert [read.get(word) for word in some] == [words.get(word) for word in some]


def test_all_words_of_neighbouring_blocks_are_found() -> None:
    data, words = data_of("nn"), whole("nn")
    read = Dictionary(data, places_of(data))
    for start in (0, 50_000):
        some = list(words)[start : start + 3_000]
        assert [read.get(word) for word in some] == [words[word] for word in some]


def test_lemmas_are_those_of_simplemma() -> None:
    lemmatizer, lexicon = Lemmatizer(), Lexicon()
    some = [*random.Random(2).sample(sorted(whole("nb")), 200), *random.Random(3).sample(sorted(whole("nn")), 200)]
    for word in [*map(str.lower, some), *ODD[1:], "sommerjobbene", "ikkje-ikke", "d'accord", "kjempeensom"]:
        assert lexicon.lemma(word) == lemmatizer.lemmatize(word, ("nb",)).lower()
        assert lexicon.lemma(word, "nn") == lemmatizer.lemmatize(word, ("nn", "nb")).lower()


@pytest.mark.parametrize("places", [b"", b"nonsense"])
def test_places_of_other_data_are_refused(places: bytes) -> None:
    with pytest.raises(PlacesFault):
        Dictionary(data_of("nn"), places)
    with pytest.raises(PlacesFault):
        Dictionary(data_of("nn")[:-1], places_of(data_of("nn")))


def test_with_another_simplemma_it_reads_its_dictionaries_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionaries, "DATA", dictionaries.DATA / "nowhere")
    monkeypatch.setattr(dictionaries, "_reading", dictionaries._reading.__wrapped__)
    monkeypatch.setattr(linguistics, "dictionary", dictionary.__wrapped__)
    assert not isinstance(linguistics.dictionary("nn"), Dictionary)
    assert Lexicon().lemma("jentene", "nn") == "jente"


def test_common_words_are_what_the_dictionaries_say() -> None:
    common, lexicon = dictionaries.common_words(), Lexicon()
    for word in ("jobb", "jenter", "flyttet", "ikkje", "skulen", "lege"):
        line = common.of(word)
        assert (line.lemma, line.nynorsk, line.known) == (lexicon.lemma(word), lexicon.lemma(word, "nn"), True)
        assert line.parts is None


def test_common_words_of_another_simplemma_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionaries, "version", lambda: b"another")
    assert not dictionaries.common_words.__wrapped__()

"""A theme word in another sense is silent: in a set phrase of the language, and nearly always with the shipped codebook."""

from __future__ import annotations

import meaning_samples
import pytest
from suggest_samples import codebook, shipped_rules

from koding.model.codebook import Codebook
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import units
from koding.suggest.meaning.idioms import IDIOMS
from koding.suggest.process.protocol import TurnText
from koding.suggest.rules.patterns import parse
from koding.suggest.rules.suggester import RuleSuggester

LEXICON = Lexicon()
#: An uncoded sentence with a theme word gets a suggestion at most once in so many.
ONE_IN = 20


def codes(book: Codebook, text: str, language: str = "nb") -> list[str]:
    return [item.code for item in RuleSuggester(book, LEXICON).suggest(TurnText(0, 0, text, language), units(text))]


@pytest.mark.parametrize(
    ("indicator", "text"),
    [
        ("arbeid", "De har gjort et godt stykke arbeid."),
        ("jobb|jobbe", "Jeg måtte jobbe litt med meg selv."),
        ("selskap", "Aksjeselskapet hans selger vinduer."),
        ("skole*", "Kiosken ligger ved skoleveien."),
        ("alene", "Hun var alene om ansvaret for regnskapet."),
        ("venn", "Man må venne seg til brunosten."),
        ("stille", "Hun stilte spørsmål om oppskriften."),
        ("lege|leger", "Tiden leger alle sår."),
        ("lønn|lønne", "Det lønner seg å vente."),
        ("sted", "Møtet finner sted i kantina."),
        ("leie", "Barna leide hverandre over gata."),
    ],
)
def test_a_set_phrase_silences_the_indicator_that_takes_it_for_the_theme(indicator: str, text: str) -> None:
    book = codebook({"a": [indicator]})
    assert codes(book, text) == []


@pytest.mark.parametrize(
    ("indicator", "text"),
    [
        ("arbeid", "Jeg fikk aldri arbeid der."),
        ("alene", "Jeg var alene hele vinteren."),
        ("bedre", "Jeg har det langt bedre nå."),
        ("arbeid", "Et godt stykke arbeid, men arbeid fant jeg aldri."),
    ],
)
def test_the_theme_itself_is_not_silenced(indicator: str, text: str) -> None:
    assert codes(codebook({"a": [indicator]}), text) == ["a"]


def test_an_indicator_that_spells_the_phrase_out_means_it() -> None:
    text = "Hun var alene om ansvaret, og skoleveien er lang."
    assert codes(codebook({"a": ["alene om ansvar"], "b": ["skolevei"], "c": ["alene"]}), text) == ["a", "b"]


def test_every_set_phrase_can_be_read_and_takes_the_sense_of_some_word() -> None:
    for phrase, lost in IDIOMS.items():
        places = len(parse(phrase).slots)
        assert lost, phrase
        assert max(lost) < places, phrase


@pytest.mark.parametrize(
    ("block", "language"),
    [(meaning_samples.OTHER_SENSES_BOKMAL, "nb"), (meaning_samples.OTHER_SENSES_NYNORSK, "nn")],
)
def test_theme_words_in_another_sense_are_nearly_always_silent(block: str, language: str) -> None:
    sentences = meaning_samples.lines(block)
    told = [
        sentence
        for sentence in sentences
        if any(shipped_rules().suggest(TurnText(0, 0, sentence, language), units(sentence)))
    ]
    assert len(told) * ONE_IN <= len(sentences), told


@pytest.mark.parametrize(
    ("indicator", "text"),
    [
        ("hus", "Før krigen hadde vi et stort hus med hage."),
        ("skole", "Da jeg var liten, gikk jeg på skole i to skift."),
        ("studere", "På den tiden studerte jeg i Kabul."),
        ("rasisme", "Rasisme var temaet for norskstilen min, jeg fikk fire pluss."),
        ("lege", "Jeg har time hos legen på onsdag."),
        ("fastlege* ~", "Fastlegen min sier at jeg ikke må drikke te."),
    ],
)
def test_life_before_the_flight_schoolwork_and_appointments_are_no_reasons(indicator: str, text: str) -> None:
    assert codes(codebook({"a": [indicator]}), text) == []


@pytest.mark.parametrize(
    ("indicator", "text"),
    [
        ("hus", "Før krigen hadde vi hus, og derfor vil vi kjøpe her."),
        ("familie", "Jeg savner livet vi levde med familien i Kabul."),
        ("fastlege* ~", "Fastlegen min hadde vi ikke."),
        ("studere", "Jeg ville studere i Oslo."),
    ],
)
def test_what_bears_on_the_present_is_heard(indicator: str, text: str) -> None:
    assert codes(codebook({"a": [indicator]}), text) == ["a"]

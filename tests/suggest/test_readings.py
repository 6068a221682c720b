"""Readings learned from sentences: signs that leave the reason out, denials that no rule knows, other senses."""

from __future__ import annotations

import pytest
from numbered_settings import told as turns_of
from suggest_samples import codebook

from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import units
from koding.suggest.language.tokens import NO_WORDS, words
from koding.suggest.meaning.plain_words import PlainWords
from koding.suggest.meaning.reader import Reader, readings
from koding.suggest.meaning.signs import OTHER, OWN, Setting, signs
from koding.suggest.process.protocol import TurnText
from koding.suggest.rules.suggester import RuleSuggester

LEXICON = Lexicon()
PLAIN = PlainWords(LEXICON, {"ikke", "være", "det", "som"}, OTHER)


def told(text: str, at: int) -> set[str]:
    return {name for name, _ in signs(Setting(words(text)), (at,), PLAIN) if not name.startswith(OWN)}


def statuses(indicator: str, text: str) -> list[str | None]:
    """Give the status of each suggestion that an indicator makes in a turn."""
    rules = RuleSuggester(codebook({"a": [indicator]}), LEXICON)
    return [item.facets.get("status") for item in rules.suggest(TurnText(0, 0, text, "nb"), units(text))]


def test_signs_are_the_same_whatever_the_reason_is() -> None:
    assert told("Det var ikke jobben som avgjorde.", 3) == told("Det var ikke bussen som avgjorde.", 3)
    assert told("Det var ikke jobben som avgjorde.", 3) != told("Det var jobben som avgjorde.", 2)


@pytest.mark.parametrize(("form", "plain"), [("ikkje", "ikke"), ("itj", "ikke"), ("mykje", "mye"), ("drog", "dra")])
def test_dialect_is_read_as_bokmal(form: str, plain: str) -> None:
    assert PLAIN.plain(form) == plain


def test_a_sentence_tells_which_words_stand_beside_the_reason_and_how_far_off() -> None:
    found = told("Det var ikke jobben.", 3)
    assert {"b1:ikke", "ikke [x]", "definite", "N none"} <= found
    assert not {"b2:ikke", "a1:ikke"} & found


def test_the_next_sentence_is_told_apart() -> None:
    setting = Setting(words("Jobben?"), after=words("Det var ikke den."))
    found = {name for name, _ in signs(setting, (0,), PLAIN)}
    assert "N ikke" in found
    assert "ikke" not in found


def test_the_cuts_and_the_weights_are_there() -> None:
    known, hint, denied, meant = readings()
    assert known
    assert hint.cut < denied.cut
    assert all(line.signs for line in (hint, denied, meant))


@pytest.mark.parametrize(
    "text",
    [
        "Naboen påstår at vi flyttet for jobben, og det er bare sladder.",
        "Jobben? Den kan jeg ikke klage på, den var topp.",
        "Jobben var grei nok den, så det kan jeg ikke skylde på.",
        "Det er ikkje jobben du skal leite etter.",
    ],
)
def test_a_theme_that_is_set_aside_comes_as_denied(text: str) -> None:
    assert statuses("jobb !", text)[:1] == ["avvist"]


@pytest.mark.parametrize(
    "text",
    [
        "Vi flyttet fordi jobben var i Bergen.",
        "Det var jobben som avgjorde.",
        "Vi dro på grunn av jobben.",
        "Jobben var det eneste som holdt meg der, og da den forsvant, dro jeg.",
    ],
)
def test_a_reason_that_stands_is_not_denied(text: str) -> None:
    assert statuses("jobb", text) == [None]


@pytest.mark.parametrize(
    "text",
    [
        "Det var jobben som gjorde at vi dro. Mer er det ikke å si om det.",
        "Vi flyttet på grunn av jobben. Det var ikke noe å tenke på engang.",
        "Vi flyttet på grunn av jobben. Mannen min ville ikke først.",
        "Eg flytta fordi eg fekk jobb. Det har eg ikkje fortalt til nokon før.",
        "Vi for på grunn av jobben. Mor ville itj at æ skulle dra.",
        "Vi visste ikke hva vi gikk til. Det var jobben som gjorde at vi dro.",
    ],
)
def test_a_plain_reason_stands_whatever_is_denied_in_the_sentence_beside_it(text: str) -> None:
    assert statuses("jobb", text) == [None]


@pytest.mark.parametrize(
    "text",
    [
        "Mange sier at det var jobben. Det er ikke riktig.",
        "Folk tror vi flyttet for jobben. Det var det ikke.",
        "Saksbehandleren skrev jobb i papirene. Det var ikke jobben.",
        "Dem trur vi for på grunn av jobben. Det stemme itj.",
    ],
)
def test_what_others_take_for_the_reason_is_denied_by_the_next_sentence(text: str) -> None:
    assert statuses("jobb", text)[:1] == ["avvist"]


def test_a_sentence_without_a_word_of_denial_is_not_read_closely() -> None:
    reader = Reader(LEXICON)
    said = ["Vi reiste med bussen.", "Det var ikke bussen som avgjorde.", "Bussen?"]
    settings = [
        Setting(words(text), after=words("Det var ikke den.") if text[-1] == "?" else NO_WORDS) for text in said
    ]
    assert reader.may_deny(reader.hear(*turns_of(settings))) == [False, True, True]

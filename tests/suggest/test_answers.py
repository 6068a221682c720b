"""A short answer is read with its question: a reason asked for, a bare yes or no, and questions put to oneself."""

from __future__ import annotations

import pytest
from suggest_samples import codebook

from koding.model.coding import Suggestion
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import units
from koding.suggest.meaning.answers import Question, says_yes
from koding.suggest.process.protocol import TurnText
from koding.suggest.rules.suggester import RuleSuggester

LEXICON = Lexicon()
BOOK = codebook({"buss": ["buss ?"], "arbeid": ["jobb ?", "få jobb"], "ensomhet": ["ensom"]})


def answer(text: str, question: str, language: str = "nb") -> list[Suggestion]:
    rules = RuleSuggester(BOOK, LEXICON)
    return list(rules.suggest(TurnText(0, 0, text, language, question), units(text)))


@pytest.mark.parametrize(
    "question",
    ["Hva manglet?", "Hva savnet du der?", "Hvorfor flyttet dere?", "Kva mangla?", "Koffor dro du?", "Hva var verst?"],
)
def test_a_weak_word_is_a_reason_where_a_reason_is_asked_for(question: str) -> None:
    assert [item.code for item in answer("Bussen.", question)] == ["buss"]


@pytest.mark.parametrize("question", ["Hva tok du hit?", "Når går det?", "", "Skal vi begynne?"])
def test_a_weak_word_alone_is_no_reason_else(question: str) -> None:
    assert answer("Bussen.", question) == []


def test_a_long_answer_stands_on_its_own() -> None:
    assert answer("Bussen kom og vi satte oss på og kjørte rundt fjorden.", "Hva manglet?") == []


def test_a_bare_no_denies_the_reason_asked_about() -> None:
    (item,) = answer("Nei.", "Var det jobben som gjorde det?")
    assert (item.code, dict(item.facets)) == ("arbeid", {"status": "avvist"})
    assert item.why == "“Nei” to the question about “jobben”"


def test_a_bare_yes_says_what_was_asked() -> None:
    text = "Ja, veldig."
    (item,) = answer(text, "Følte du deg ensom?")
    assert (item.code, dict(item.facets)) == ("ensomhet", {})
    assert [text[part.start : part.end] for part in item.evidence] == ["Ja"]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Nei.", "Fikk du jobb der?"),
        ("Nei.", "Var det jobben eller været?"),
        ("Ja.", "Var du ikke ensom?"),
        ("Ja, vi spiste middag.", "Følte du deg ensom?"),
        ("Nei, jo, ja.", "Følte du deg ensom?"),
    ],
)
def test_what_is_not_clear_is_left_alone(text: str, question: str) -> None:
    assert answer(text, question) == []


def test_an_answer_with_words_of_its_own_is_not_answered_twice() -> None:
    (item,) = answer("Nei, aldri ensom.", "Følte du deg ensom?")
    assert item.why == "match: “ensom” (denied by “aldri”)"


def test_a_question_to_oneself_and_a_no_is_a_denial() -> None:
    text = "Ensom? Nei, aldri."
    (item,) = RuleSuggester(BOOK, LEXICON).suggest(TurnText(0, 0, text, "nb"), units(text))
    assert dict(item.facets) == {"status": "avvist"}
    assert item.why == "match: “Ensom” (denied by “Nei”)"


def test_the_last_question_is_the_one_answered() -> None:
    assert Question("Hvorfor dro du? Og når var det?").wants_reason is False
    assert Question("Når var det? Og hvorfor dro du?").wants_reason is True


@pytest.mark.parametrize(
    ("said", "yes"), [("ja", True), ("nei", False), ("nei ikke det", False), ("ja nei", None), ("jeg vet", None)]
)
def test_yes_and_no(said: str, yes: bool | None) -> None:
    assert says_yes(said.split()) is yes

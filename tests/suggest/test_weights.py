"""What it takes for an indicator to count: firm ones always, weak ones in company, topics and themes where they matter."""

from __future__ import annotations

import pytest
from suggest_samples import codebook

from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import units
from koding.suggest.process.protocol import TurnText
from koding.suggest.rules.keywords import KeywordSearch
from koding.suggest.rules.patterns import IndicatorFault, Weight, parse
from koding.suggest.rules.suggester import RuleSuggester

LEXICON = Lexicon()


def found(indicator: str, text: str, question: str = "") -> list[str]:
    rules = RuleSuggester(codebook({"a": [indicator]}), LEXICON)
    return [item.code for item in rules.suggest(TurnText(0, 0, text, "nb", question), units(text))]


@pytest.mark.parametrize(
    ("indicator", "weight"),
    [("jobb", Weight.FIRM), ("jobb ?", Weight.WEAK), ("jobb ~", Weight.TOPIC), ("jobb !", Weight.THEME)],
)
def test_the_sign_that_ends_an_indicator(indicator: str, weight: Weight) -> None:
    assert parse(indicator).weight is weight


@pytest.mark.parametrize("indicator", ["jobb~", "jobb!", "jobb?"])
def test_a_sign_needs_a_space_before_it(indicator: str) -> None:
    with pytest.raises(IndicatorFault) as caught:
        parse(indicator)
    assert "space before the" in caught.value.hint


@pytest.mark.parametrize("sign", [" ?", " ~", " !"])
def test_a_keyword_search_takes_the_word_without_its_sign(sign: str) -> None:
    assert KeywordSearch(codebook({"a": ["sykehus" + sign]})).codes("Sykehuset er gult.") == {"a"}


@pytest.mark.parametrize(
    "text",
    [
        "Vi flyttet fordi sykehuset lå for langt unna.",
        "Det var ikke sykehus der.",
        "Jeg trengte et sykehus.",
        "Han ville være nærmere sykehuset.",
    ],
)
def test_a_topic_counts_where_something_is_said_of_it(text: str) -> None:
    assert found("sykehus* ~", text) == ["a"]


@pytest.mark.parametrize("text", ["Sykehuset er gult.", "Jeg jobber på sykehuset.", "Han gikk forbi sykehuset i går."])
def test_a_topic_that_only_comes_up_is_silent(text: str) -> None:
    assert found("sykehus* ~", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Vi dro på grunn av jobben.",
        "Det var jobben som trakk.",
        "Jobben var grunnen.",
        "Grunnen var jobben.",
        "Jobben fikk oss til å reise.",
        "Jeg flyttet for jobben sin skyld.",
        "Det var ikke jobben.",
        "Jobben hadde ingenting å si.",
    ],
)
def test_a_theme_counts_where_it_is_named_as_a_reason_or_denied_as_one(text: str) -> None:
    assert found("jobb !", text) == ["a"]


@pytest.mark.parametrize("text", ["Jobben begynner klokka sju.", "Jeg har jobb.", "Vi dro hjem fra jobben."])
def test_a_theme_says_nothing_by_itself(text: str) -> None:
    assert found("jobb !", text) == []


def test_a_theme_answers_the_question_for_reasons() -> None:
    assert found("jobb !", "Jobben.", "Hvorfor flyttet du?") == ["a"]


@pytest.mark.parametrize("text", ["Ordet jobb er engelsk.", "I filmen mister han jobben."])
def test_a_word_that_is_only_quoted_is_silent(text: str) -> None:
    assert found("jobb", text) == []


@pytest.mark.parametrize(
    ("text", "question", "denied"),
    [
        ("Nei, folk var greie mot oss.", "Opplevde du rasisme?", True),
        ("Ikke for flyttingen, nei.", "Var det rasisme som var grunnen?", True),
        ("Ja, jo, nei.", "Opplevde du rasisme?", False),
    ],
)
def test_a_no_is_read_with_its_question(text: str, question: str, *, denied: bool) -> None:
    rules = RuleSuggester(codebook({"a": ["rasisme"]}), LEXICON)
    items = list(rules.suggest(TurnText(0, 0, text, "nb", question), units(text)))
    assert [item.facets for item in items if item.facets.get("status") == "avvist"] == (
        [{"status": "avvist"}] if denied else []
    )


def test_a_sentence_is_taken_back_by_the_next() -> None:
    rules = RuleSuggester(codebook({"a": ["hus"]}), LEXICON)
    text = "Huset var lite. Men det var ikke derfor."
    assert [item.facets for item in rules.suggest(TurnText(0, 0, text, "nb"), units(text))] == [{"status": "avvist"}]


def test_a_phrase_takes_the_last_part_of_a_compound_and_not_the_first() -> None:
    assert found("ingen jobb", "Det var ingen sommerjobb der.") == ["a"]
    assert found("ingen jobb", "Det var ingen jobbsøker der.") == []
    assert found("jobb", "Han er jobbsøker.") == ["a"]

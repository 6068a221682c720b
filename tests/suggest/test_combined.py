"""Rules and what was learned as one answer: where each suggestion comes from, and the words that decided."""

from __future__ import annotations

from dataclasses import replace

import pytest
from taught_samples import lessons, material_codebook

from koding.suggest.language.linguistics import Lexicon
from koding.suggest.learning.combined import BOTH, ORIGIN, Combined
from koding.suggest.learning.exchanges import hear
from koding.suggest.learning.learned import Cut
from koding.suggest.learning.teaching import Teacher
from koding.suggest.process.protocol import TurnText
from koding.suggest.rules.suggester import RuleSuggester


@pytest.fixture(scope="module")
def learned():
    return Teacher(material_codebook()).learn(lessons())


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon()


@pytest.fixture
def suggest(learned, lexicon):
    def ask(text, *, book=None, start=0, cut=None, question=""):
        codebook = book or material_codebook()
        rules = RuleSuggester(codebook, lexicon)
        turn = TurnText(0, start, text, "nb", question)
        before = learned.cut
        learned.cut = cut or before
        try:
            (items,) = Combined(learned, codebook, lexicon).suggest(list(hear([turn], rules, None, "new")), "new")
        finally:
            learned.cut = before
        return items

    return ask


def test_what_was_learned_names_the_words_that_decided(suggest):
    text = "Jeg husker stien og varden."
    (item,) = suggest(text, start=100)
    assert (item.code, item.origin, item.source) == ("fjell", ORIGIN, "new")
    assert (item.start, item.end) == (100, 100 + len(text))
    assert "“stien”" in item.why
    assert "“varden”" in item.why
    assert {text[part.start - 100 : part.end - 100] for part in item.evidence} == {"stien", "varden"}


def test_the_reason_is_one_line_that_says_how_sure_it_is(suggest, learned):
    (item,) = suggest("Jeg husker stien og varden.")
    assert "\n" not in item.why
    assert f"uncertain (codings: {learned.codings['fjell']})" in item.why


def test_how_it_did_on_held_out_sources_is_told_where_that_is_known(suggest, learned):
    (item,) = suggest("Jeg husker stien og varden.")
    assert learned.cut.held_out(item.score) is not None
    assert "held out" in item.why
    (item,) = suggest("Jeg husker stien og varden.", cut=replace(learned.cut, bins=()))
    assert "held out" not in item.why


def test_talk_of_other_things_gets_no_suggestion(suggest):
    assert suggest("Jeg husker kaffen og brødet.") == []


def test_rules_and_what_was_learned_agree_on_one_suggestion(suggest):
    (item,) = suggest("Jeg husker torsken og moloen.")
    assert (item.code, item.origin) == ("hav", BOTH)
    assert "match: “torsken”" in item.why
    assert "learned:" in item.why


def test_a_rule_without_words_that_were_learned_stays_with_its_own_reason(suggest, monkeypatch):
    monkeypatch.setattr("koding.suggest.learning.combined._TELLING", 100.0)
    (item,) = suggest("Jeg husker torsken.", cut=Cut(0.0001))
    assert (item.origin, item.why) == ("rules", "match: “torsken”")


def test_a_rule_may_be_overruled(suggest):
    assert suggest("Jeg husker torsken.", cut=Cut(1.5)) == []


def test_a_denied_word_is_suggested_as_denied(suggest):
    (item,) = suggest("Det var ikke stien og varden.")
    assert item.facets == {"status": "avvist"}


def test_a_codebook_that_cannot_say_denied_gets_no_denied_suggestion(suggest):
    assert suggest("Det var ikke stien og varden.", book=material_codebook(facets=())) == []


def test_a_code_that_is_gone_from_the_codebook_is_not_suggested(suggest):
    book = material_codebook()
    rest = replace(book, codes=tuple(code for code in book.codes if code.key != "fjell"))
    assert suggest("Jeg husker stien og varden.", book=rest) == []


def test_a_code_that_is_newer_than_what_was_learned_keeps_its_rules(suggest):
    book = material_codebook()
    new = replace(book.codes[0], key="ny", guid="ny")
    items = suggest("Jeg husker torsken.", book=replace(book, codes=(*book.codes, new)))
    assert [item.origin for item in items if item.code == "ny"] == ["rules"]


def test_scores_are_above_nothing_and_at_most_one(suggest):
    text = "Jeg husker torsken og moloen. Jeg husker trikken og kinoen. Jeg husker stien og varden."
    items = suggest(text)
    assert len({item.code for item in items}) == 3
    assert all(0 < item.score <= 1 for item in items)


def test_a_turn_without_words_has_no_suggestions(suggest):
    assert suggest("(...)") == []

"""Suggestions by indicators: what matches, what is silenced, which code wins, what is denied, and what is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from suggest_samples import codebook, covered

from koding.model.codebook import Codebook, WordField
from koding.model.coding import Suggestion
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import units
from koding.suggest.language.tokens import word_set
from koding.suggest.process.protocol import TurnText
from koding.suggest.rules.suggester import DENIED, RuleSuggester

LEXICON = Lexicon()
AVVIST = dict([DENIED])


def suggest(book: Codebook, text: str, language: str = "nb", question: str = "") -> list[Suggestion]:
    rules = RuleSuggester(book, LEXICON)
    assert not rules.faults
    return list(rules.suggest(TurnText(0, 0, text, language, question), units(text), "kilde"))


def codes(book: Codebook, text: str, language: str = "nb", question: str = "") -> list[str]:
    return [item.code for item in suggest(book, text, language, question)]


@pytest.mark.parametrize(
    ("indicator", "text"),
    [
        ("ensom", "Vi var ensomme der."),
        ("ingen venner", "Jeg hadde ingen venn."),
        ("ingen venner", "Jeg hadde ingen, eh, venner."),
        ("ingen venner", "Ingen (ler) venner."),
        ("ingen venner", "Ingen ven- venner."),
        ("ringte ... aldri", "Telefonen ringte liksom nesten så og si aldri."),
        ("savne|lengte ... familie|bror", "Jeg lengtet sånn etter broren min."),
        ("flyktningtjeneste*", "Flyktningtjenesten hjalp oss."),
        ("*spesialist", "Vi måtte til hudspesialisten."),
        ("=intro", "Jeg gikk på intro."),
        ("få jobb", "Jeg fikk lærerjobb i byen."),
        ("spesialist", "Det er langt til øyespesialisten."),
        ("bli kjent med", "Det er vanskelig å bli kjent med folk."),
        ("spesialist|sykehus", "Nærmeste sykehuset er i byen."),
    ],
)
def test_an_indicator_is_found(indicator: str, text: str) -> None:
    assert codes(codebook({"a": [indicator]}), text) == ["a"]


@pytest.mark.parametrize(
    ("indicator", "text"),
    [
        ("ensom", "Vi var mange der."),
        ("ingen venner", "Ingen hadde venner."),
        ("ingen venner", "Jeg kjente ingen, venner er viktig."),
        ("ingen venner", "Venner hadde jeg ingen."),
        ("ringte ... aldri", "Han ringte en gang eller kanskje var det to, aldri mer."),
        ("=intro", "Introen var lang."),
        ("jobb*", "Det var en sommerjobb."),
        ("*jobb", "Det var et jobbtilbud."),
        ("arbeid", "Vi fikk til et godt samarbeid."),
    ],
)
def test_an_indicator_is_not_found(indicator: str, text: str) -> None:
    assert codes(codebook({"a": [indicator]}), text) == []


@pytest.mark.parametrize(
    "text", ["Eg kjende meg einsam.", "Æ va så ensom.", "Eg var mykje åleine, heilt åleine.", "Eg sakna vener."]
)
def test_bokmal_indicators_meet_nynorsk_and_dialect(text: str) -> None:
    assert codes(codebook({"a": ["ensom", "alene", "savne ... venner"]}), text, "nn") == ["a"]


def test_nynorsk_indicators_are_read_too() -> None:
    assert codes(codebook({"a": []}, nn={"a": ["kjenne seg framand"]}), "Eg kjende seg framand.", "nn") == ["a"]


def test_the_span_is_the_sentence_and_the_evidence_the_words_that_decided() -> None:
    text = "Ja. (ler) Jeg hadde ingen gode venner der, nei. Det var det."
    (item,) = suggest(codebook({"a": ["ingen ... venner"]}), text)
    assert covered(text, item) == ("(ler) Jeg hadde ingen gode venner der, nei.", ["ingen", "venner"])
    assert item.why == "match: “ingen ... venner”"
    assert (item.source, item.origin, dict(item.facets)) == ("kilde", "rules", {})
    assert 0 < item.score <= 1


def test_positions_are_code_points_of_the_source() -> None:
    text = "😀 Å, eg var einsam."
    rules = RuleSuggester(codebook({"a": ["einsam"]}), LEXICON)
    (item,) = rules.suggest(TurnText(0, 100, text, "nn"), units(text))
    assert (item.start, item.end) == (100, 100 + len(text))
    assert [text[part.start - 100 : part.end - 100] for part in item.evidence] == ["einsam"]


def test_a_sentence_gets_a_code_once_with_all_its_evidence() -> None:
    text = "Jeg var ensom og hadde ingen venner."
    (item,) = suggest(codebook({"a": ["ensom", "ingen venner"]}), text)
    assert covered(text, item)[1] == ["ensom", "ingen venner"]
    assert item.why == "match: “ensom”, “ingen venner”"
    (alone,) = suggest(codebook({"a": ["ensom"]}), text)
    assert item.score > alone.score


def test_a_weak_indicator_needs_company_of_its_family() -> None:
    book = codebook({"a": ["ensom"], "a.b": ["stille ?", "vinter ?"], "c": ["skole"]})
    assert codes(book, "Det var stille.") == []
    assert codes(book, "Det var stille på skolen.") == ["c"]
    assert "a.b" in codes(book, "Det var stille og jeg var ensom.")
    assert codes(book, "Det var stille hele vinteren.") == ["a.b"]


def test_a_word_keeps_itself_no_company() -> None:
    assert codes(codebook({"a": ["stille ?"], "a.b": ["stille|rolig ?"]}), "Det var så stille.") == []
    assert codes(codebook({"a": ["stille ?"]}), "Det var stille, stille.") == []


def test_a_short_answer_takes_company_from_the_question() -> None:
    book = codebook({"a": ["venn ?", "ensom"], "b": ["jobb ?"]})
    assert codes(book, "Ja, venner.", question="Var du ensom?") == ["a"]
    assert codes(book, "Ja, en jobb.", question="Var du ensom?") == []
    long_answer = "Ja, venner, og vi bodde i et hus ved vannet med hage."
    assert codes(book, long_answer, question="Var du ensom?") == []


def test_exceptions_silence_what_they_overlap_in_the_code_and_below() -> None:
    book = codebook(
        {"arbeid": ["arbeid"], "arbeid.mangel": ["godt ... arbeid"], "b": ["arbeid"]},
        excepted={"arbeid": ["frivillig arbeid"]},
    )
    assert codes(book, "De gjorde frivillig arbeid.") == ["b"]
    assert codes(book, "Et godt frivillig arbeid, men arbeid fant jeg ikke der.") == ["arbeid", "b"]


def test_the_child_wins_over_its_family_on_the_same_words() -> None:
    book = codebook({"a": ["ensom"], "a.b": ["så ensom"], "c": ["ensom"]})
    assert codes(book, "Jeg var så ensom.") == ["a.b", "c"]


def test_the_child_wins_where_the_sentence_says_more_than_the_family() -> None:
    book = codebook({"a": ["ensom"], "a.b": ["ingen venner"]})
    assert codes(book, "Jeg var ensom, ingen venner.") == ["a.b"]


def test_a_longer_phrase_of_the_family_holds_the_shorter() -> None:
    book = codebook({"a": [], "a.b": ["venn"], "a.c": ["ingen norske venner"]})
    assert codes(book, "Jeg fikk ingen norske venner.") == ["a.c"]


def test_a_denied_reason_has_the_status_and_names_the_denier() -> None:
    (item,) = suggest(codebook({"a": ["ensom"]}), "Jeg var aldri ensom.")
    assert item.facets == AVVIST
    assert item.why == "match: “ensom” (denied by “aldri”)"


def test_a_denied_reason_is_no_suggestion_where_the_codebook_cannot_say_so() -> None:
    assert codes(codebook({"a": ["ensom"]}, facets=()), "Jeg var aldri ensom.") == []


def test_what_stands_outweighs_what_is_denied() -> None:
    text = "Jeg var ikke ensom i byen, men her er jeg ensom."
    (item,) = suggest(codebook({"a": ["ensom"]}), text)
    assert item.facets == {}
    assert [part.start for part in item.evidence] == [text.rindex("ensom")]


def test_a_phrase_is_not_denied_by_the_negation_it_holds() -> None:
    (item,) = suggest(codebook({"a": ["ingen venner"]}), "Jeg hadde ingen venner.")
    assert item.facets == {}


def test_a_denial_of_the_reason_is_company_for_a_weak_word() -> None:
    (item,) = suggest(codebook({"a": ["jobb ?"]}), "Nei, det var ikke jobben, jobb hadde jeg.")
    assert (item.code, item.facets) == ("a", AVVIST)


def test_not_having_a_thing_is_the_reason_where_the_code_is_about_lacking_it() -> None:
    lacking = codebook({"a": ["ingen spesialist", "spesialist"]})
    plain = codebook({"a": ["spesialist"]})
    text = "Vi hadde ikke noen spesialist der."
    assert [item.facets for item in suggest(lacking, text)] == [{}]
    assert [item.facets for item in suggest(plain, text)] == [AVVIST]


def test_a_folder_is_never_suggested() -> None:
    book = codebook({"a": ["ensom"]})
    (code,) = book.codes
    object.__setattr__(code, "codable", False)
    assert codes(book, "Jeg var ensom.") == []


def test_an_indicator_that_cannot_be_read_is_told_and_the_rest_works() -> None:
    rules = RuleSuggester(codebook({"a": ["*en*", "ensom"]}), LEXICON)
    (fault,) = rules.faults
    assert str(fault).startswith("a: ")
    assert [item.code for item in rules.suggest(TurnText(0, 0, "Ensom."), units("Ensom."))] == ["a"]


def test_a_word_field_stands_for_its_words_in_each_language() -> None:
    boss = WordField("sjef", nb=("sjef", "rektor"), nn=("styrar",))
    book = codebook({"a": ["@sjef ... ringe"]}, nn={"a": ["@sjef ... ringje"]}, fields=(boss,))
    assert codes(book, "Sjefen på lageret ringte.") == ["a"]
    assert codes(book, "Styraren på lageret ringde.", "nn") == ["a"]
    assert codes(book, "Naboen på lageret ringte.") == []


def test_a_word_field_that_the_codebook_lacks_is_told() -> None:
    (fault,) = RuleSuggester(codebook({"a": ["@sjef ... ringe"]}), LEXICON).faults
    assert "@sjef" in str(fault)


def test_lemmas_of_a_model_decide_where_they_are_given() -> None:
    text = "Arbeidet var tungt."
    (unit,) = units(text)
    rules = RuleSuggester(codebook({"verb": ["arbeide"]}), LEXICON)
    told = type(unit)(unit.start, unit.end, unit.words, ("arbeid", "", ""))
    assert list(rules.suggest(TurnText(0, 0, text), [told])) == []
    told = type(unit)(unit.start, unit.end, unit.words, ("arbeide", "", ""))
    assert [item.code for item in rules.suggest(TurnText(0, 0, text), [told])] == ["verb"]


_SPEECH = st.lists(
    st.sampled_from(sorted(word_set("jeg var ikke ensom , . ingen venner (ler) aldri ringte jobben … og eh fordi ?"))),
    max_size=40,
).map(" ".join)
_BOOK = codebook(
    {"a": ["ensom", "ingen ... venner"], "a.b": ["ringte ... aldri", "venn ?"], "c": ["jobb ?", "få jobb"]}
)
_RULES = RuleSuggester(_BOOK, LEXICON)


@given(_SPEECH)
def test_suggestions_are_in_order_one_a_sentence_and_code_with_evidence_inside(text: str) -> None:
    found = list(_RULES.suggest(TurnText(0, 0, text), units(text)))
    order = [code.key for code in _BOOK.codes]
    places = [(item.start, order.index(item.code)) for item in found]
    assert places == sorted(set(places))
    for item in found:
        assert item.evidence
        assert 0 < item.score <= 1
        assert all(item.start <= part.start < part.end <= item.end for part in item.evidence)
    assert found == list(_RULES.suggest(TurnText(0, 0, text), units(text)))

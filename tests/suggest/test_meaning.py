"""What stands around a reason is proposed as a facet: thought of or planned, whose it is, from, to or staying."""

from __future__ import annotations

import meaning_samples
import pytest
from suggest_samples import codebook

from koding.model.codebook import Facet, FacetValue
from koding.model.coding import Suggestion
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import units
from koding.suggest.language.tokens import words
from koding.suggest.meaning.facets import Meaning, Reading
from koding.suggest.meaning.negation import Negation
from koding.suggest.meaning.plans import condition, unreal
from koding.suggest.process.protocol import TurnText
from koding.suggest.rules.suggester import RuleSuggester


def facet(key: str, *values: str) -> Facet:
    return Facet(key, key.capitalize(), tuple(FacetValue(value, value.capitalize()) for value in values))


FACETS = (
    facet("retning", "fra", "til", "bli", "uklar"),
    facet("stemme", "egen", "tilskrevet"),
    facet("status", "planlagt", "hypotetisk", "avvist"),
)
BOOK = codebook({"ensomhet": ["ensom"], "arbeid": ["jobb"], "skole": ["studere"]}, facets=FACETS)
LEXICON = Lexicon()
MEANING = Meaning(BOOK)


def proposed(sentence: str) -> dict[str, str]:
    """Give the facets proposed for the words in [brackets]."""
    start, end = sentence.index("["), sentence.index("]") - 1
    text = sentence.replace("[", "").replace("]", "")
    spoken = words(text)
    at = [index for index, word in enumerate(spoken) if start <= word.start < end]
    reading = Reading(MEANING, spoken, text, {})
    denial = Negation(spoken).denial(at)
    opening = condition(reading.talk, denial.word) if denial is not None else -1
    undone = opening >= 0 and unreal(reading.talk, opening)
    return {cue.facet: cue.value for cue in reading.cues(at, undone=undone)}


def suggest(text: str, *, defaults: dict[str, str] | None = None, interpreted: bool = False) -> list[Suggestion]:
    turn = TurnText(0, 0, text, "nb", defaults=defaults or {}, interpreted=interpreted)
    return list(RuleSuggester(BOOK, LEXICON).suggest(turn, units(text)))


@pytest.mark.parametrize("case", meaning_samples.lines(meaning_samples.FACETS))
def test_a_facet_is_proposed_where_its_cue_is_clear_and_only_there(case: str) -> None:
    wanted, _, sentence = case.partition(" | ")
    key, _, value = wanted.partition("=")
    assert proposed(sentence).get(key, "") == value


@pytest.mark.xfail(strict=True, reason="known misses of the rules")
@pytest.mark.parametrize("case", meaning_samples.lines(meaning_samples.HARD_FACETS))
def test_facets_that_the_rules_get_wrong(case: str) -> None:
    wanted, _, sentence = case.partition(" | ")
    key, _, value = wanted.partition("=")
    assert proposed(sentence).get(key, "") == value


def test_the_line_names_the_cue_of_each_facet() -> None:
    (item,) = suggest("Hvis jeg hadde fått jobb i Bergen, hadde jeg flyttet dit.")
    assert dict(item.facets) == {"status": "hypotetisk", "retning": "til"}
    assert item.why == "match: “jobb” · hypotetisk: “Hvis” · til: “fått jobb”"


def test_the_evidence_stays_the_words_that_matched() -> None:
    text = "Jeg skal studere i Bergen."
    (item,) = suggest(text)
    assert [text[part.start : part.end] for part in item.evidence] == ["studere"]


def test_a_value_that_the_codebook_lacks_is_not_proposed() -> None:
    bare = codebook({"ensomhet": ["ensom"]}, facets=())
    text = "Hvis jeg blir ensom, flytter jeg."
    (item,) = RuleSuggester(bare, LEXICON).suggest(TurnText(0, 0, text, "nb"), units(text))
    assert (dict(item.facets), item.why) == ({}, "match: “ensom”")


def test_a_value_that_a_coding_has_by_itself_is_not_proposed() -> None:
    text = "De fleste flytter fordi de er ensomme."
    (refugee,) = suggest(text, defaults={"stemme": "egen"})
    (staff,) = suggest(text, defaults={"stemme": "tilskrevet"})
    assert (refugee.facets["stemme"], staff.facets.get("stemme")) == ("tilskrevet", None)


def test_staff_who_tell_of_a_move_of_their_own_speak_for_themselves() -> None:
    (item,) = suggest("Jeg flyttet hit fordi jeg var ensom.", defaults={"stemme": "tilskrevet"})
    assert item.facets["stemme"] == "egen"


def test_he_in_the_mouth_of_an_interpreter_may_be_the_informant() -> None:
    text = "Han flyttet fordi han var ensom."
    (told,) = suggest(text)
    (interpreted,) = suggest(text, interpreted=True)
    assert (told.facets.get("stemme"), interpreted.facets.get("stemme")) == ("tilskrevet", None)


def test_somebody_named_in_the_sentence_before_is_still_spoken_of() -> None:
    (item,) = suggest("Broren min bor i Sverige. Han var så ensom der.")
    assert item.facets["stemme"] == "tilskrevet"


def test_what_is_denied_is_neither_planned_nor_a_direction() -> None:
    (item,) = suggest("Jeg skal flytte til Oslo, men det er ikke fordi jeg er ensom.")
    assert dict(item.facets) == {"status": "avvist"}


def test_a_condition_of_the_past_with_a_denial_says_that_it_was_so() -> None:
    (item,) = suggest("Hvis jeg ikke hadde vært så ensom, hadde jeg blitt.")
    assert "status" not in item.facets


def test_matches_that_disagree_propose_nothing() -> None:
    (item,) = suggest("Jeg var ensom, men hvis jeg blir ensom igjen, drar jeg.")
    assert "status" not in item.facets

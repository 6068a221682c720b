"""What learning sees: weighted terms, and pairs of a sentence and a code, with the sentence's own source left out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import units
from koding.suggest.learning.background import Background, blocks, vocabulary
from koding.suggest.learning.features import FEATURES, OF_OTHERS, OF_RULES, pairs
from koding.suggest.learning.spoken import Block, Codes, Exchange, Level, Said, wording
from koding.suggest.learning.taught import Taught
from koding.suggest.learning.terms import TermReader, Vocabulary

TERMS = st.lists(
    st.sampled_from(["båt", "garn", "fjord", "sti", "topp", "varde", "kaffe", "sekk"]), min_size=1, max_size=5
)
KEYS = ("hav", "hav.fiske", "fjell")
CODED = st.frozensets(st.sampled_from(KEYS), max_size=2)


@pytest.fixture(scope="module")
def reader():
    return TermReader(Lexicon())


def test_a_word_is_its_lemma_in_bokmal_spelling_and_its_parts(reader):
    assert reader.word("arbeidsmarkedet") == ("arbeidsmarked", "arbeid", "marked")
    assert reader.word("skulen", "nn")[0] == reader.word("skolen")[0] == "skole"


def test_words_of_every_talk_are_no_terms(reader):
    assert reader.text("Ja, men det var jo der vi ikke kunne være.") == ()


def test_terms_know_which_word_they_come_from(reader):
    (unit,) = units("Jeg fant ikke arbeidsmarkedet, bare torsk.")
    terms, places = reader.unit(unit, "nb")
    found = [(term, unit.words[place].form) for term, place in zip(terms, places, strict=True)]
    assert ("arbeid", "arbeidsmarkedet") in found
    assert ("torsk", "torsk") in found


def test_a_rare_term_weighs_more_than_a_frequent_one():
    vocabulary = Vocabulary.of([("båt", "kaffe"), ("kaffe",), ("kaffe",)])
    bags = vocabulary.bags([("båt", "kaffe")])
    weights = {vocabulary.terms[term]: weight for term, weight in zip(bags.terms, bags.weights, strict=True)}
    assert weights["båt"] > weights["kaffe"]


@given(st.lists(TERMS, min_size=1, max_size=6))
def test_a_text_of_known_terms_has_length_one(documents):
    bags = Vocabulary.of(documents).bags(documents)
    squares = bags.sums(bags.weights[:, None], weighted=True)[:, 0]
    assert squares == pytest.approx(np.ones(len(documents)), abs=1e-4)


def test_what_nobody_has_said_before_makes_a_text_less_like_others():
    vocabulary = Vocabulary.of([("båt", "garn"), ("sti",)])
    known, unknown = (vocabulary.bags([text]) for text in (("båt", "garn"), ("båt", "garn", "zzz")))
    assert unknown.weights.max() < known.weights.max()


def test_an_empty_text_sums_to_nothing():
    vocabulary = Vocabulary.of([("båt",), ()])
    bags = vocabulary.bags([(), ("båt",), ()])
    assert bags.sums(np.ones((1, 2), np.float32), weighted=False).tolist() == [[0, 0], [1, 1], [0, 0]]


SOURCES = st.lists(st.lists(st.tuples(TERMS, CODED), min_size=1, max_size=4), min_size=3, max_size=4)


def material(sources):
    return [
        Exchange(
            f"source-{number}", ("kaffe",), tuple(Said(tuple(terms), len(terms), codes=codes) for terms, codes in said)
        )
        for number, said in enumerate(sources)
    ]


def features_of(exchanges, source, others=()):
    definitions = [("båt", "garn"), ("garn",), ("topp",)]
    codes = Codes(KEYS, ("hav", "hav", "fjell"), definitions, definitions)
    known = vocabulary(exchanges, codes)
    taught = Taught(blocks(exchanges, codes, known), codes, known)
    own = [each for each in exchanges if each.source == source]
    return pairs(own, taught, Background(codes, others)).features


@settings(max_examples=60, deadline=None)
@given(SOURCES, st.lists(CODED, min_size=4, max_size=4))
def test_what_is_coded_in_a_source_never_speaks_about_that_source(sources, others):
    exchanges = material(sources)
    own = exchanges[0]
    recoded = replace(
        own,
        sentences=tuple(
            replace(said, codes=codes) for said, codes in zip(own.sentences, others[: len(own.sentences)], strict=True)
        ),
    )
    before = features_of(exchanges, own.source)
    after = features_of([recoded, *exchanges[1:]], own.source)
    assert after == pytest.approx(before, abs=1e-3)


@settings(max_examples=30, deadline=None)
@given(SOURCES)
def test_leaving_a_source_out_is_the_same_as_never_having_seen_its_codings(sources):
    exchanges = material(sources)
    own = exchanges[0]
    uncoded = replace(own, sentences=tuple(replace(said, codes=frozenset()) for said in own.sentences))
    seen = features_of(exchanges, own.source)
    unseen = features_of([uncoded, *exchanges[1:]], own.source)
    assert seen == pytest.approx(unseen, abs=1e-3)


def test_a_sentence_like_what_was_coded_elsewhere_is_told_by_it():
    exchanges = material(
        [[(["båt", "garn"], frozenset())], [(["båt"], frozenset({"hav"}))], [(["sti"], frozenset({"fjell"}))]]
    )
    found = features_of(exchanges, "source-0")[0]
    coded = found[:, FEATURES.index("coded")]
    assert coded[KEYS.index("hav")] > coded[KEYS.index("fjell")] == 0


def test_rules_speak_for_their_code_and_for_its_family():
    said = Said(("båt",), 1, {"hav.fiske": 0.6})
    exchanges = [Exchange("a", (), (said,)), *material([[(["sti"], frozenset({"hav"}))]] * 2)]
    found = features_of(exchanges, "a")[0]
    assert found[:, FEATURES.index("rule")].tolist() == [0, 1, 0]
    assert found[:, FEATURES.index("rule_family")] == pytest.approx([0.6, 0, 0])


def test_the_rules_features_are_named():
    assert set(FEATURES) > OF_RULES
    assert len(set(FEATURES)) == len(FEATURES)


def test_the_question_and_the_turn_carry_what_any_sentence_of_the_turn_does():
    codes = Codes(KEYS, ("hav", "hav", "fjell"), [()] * 3)
    said = (Said(("båt",), 1, codes=frozenset({"hav"})), Said(("kaffe",), 1, codes=frozenset({"fjell"})))
    block = Block([Exchange("a", ("sti",), said)], codes, Vocabulary.of([("båt",), ("sti",)]))
    assert block.coded_at(Level.SENTENCE).tolist() == [[True, False, False], [False, False, True]]
    assert block.coded_at(Level.QUESTION).tolist() == [[True, False, True]]


def test_what_coders_of_other_studies_gave_a_code_speaks_for_it():
    exchanges = material([[(["sekk"], frozenset())], [(["sekk"], frozenset())], [(["sekk"], frozenset())]])
    others = [Exchange("elsewhere", (), (Said(("sekk",), 1, codes=frozenset({"fjell"}), forms=("sekken",)),))]
    known = [place for place, name in enumerate(FEATURES) if name in OF_OTHERS]
    assert not features_of(exchanges, "source-0")[..., known].any()
    found = features_of(exchanges, "source-0", others)[0]
    for name in ("known_coded", "known_words", "wording"):
        place = FEATURES.index(name)
        assert found[KEYS.index("fjell"), place] > found[KEYS.index("hav"), place]


def test_a_wording_is_terms_forms_and_pairs_of_forms():
    assert wording(("ringe",), ("ingen", "ringte")) == ("ringe", "=ingen", "=ringte", "ingen_ringte")


def test_what_the_rules_take_for_denied_is_told_apart():
    said = Said(("båt",), 1, {"hav": 0.6, "fjell": 0.6}, denied=frozenset({"hav"}), supposed=frozenset({"fjell"}))
    exchanges = [Exchange("a", (), (said,)), *material([[(["sti"], frozenset({"hav"}))]] * 2)]
    found = features_of(exchanges, "a")[0]
    assert found[:, FEATURES.index("rule_denied")].tolist() == [1, 0, 0]
    assert found[:, FEATURES.index("rule_supposed")].tolist() == [0, 0, 1]


def test_a_rule_with_a_better_one_beside_it_knows_how_much_better():
    said = Said(("båt",), 1, {"hav": 0.8, "fjell": 0.6})
    exchanges = [Exchange("a", (), (said,)), *material([[(["sti"], frozenset({"hav"}))]] * 2)]
    found = features_of(exchanges, "a")[0]
    assert found[:, FEATURES.index("rule_gap")] == pytest.approx([0, 0, 0.2])
    assert found[:, FEATURES.index("rule_among")].tolist() == [2, 0, 2]

"""From codings to ratings: what is a unit, who rated it, and which coding touches it."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.model.agreement.units import Ruler, Speech, Uncoded, Unit, rate
from koding.model.coding import Coding

CODES = {"arbeid": "arbeid", "bolig": "bolig"}
CODERS = ("Ada", "Bo")

#                0         1         2         3         4
#                01234567890123456789012345678901234567890123456
# An interviewer speaks from 10 to 20; the rest is the informant's.
TURNS = [(0, 10), (20, 30), (30, 46)]


def coding(start, end, code="arbeid", coder="Ada", source="s"):
    return Coding(f"{source}{start}{code}{coder}", source, start, end, code, coder)


def rated(codings, unit=Unit.TURN, **options):
    return rate(codings, [Speech("s", TURNS)], **{"coders": CODERS, "codes": CODES, "unit": unit, **options})


def marked(ratings, code="arbeid", coder=0, source=0):
    """The numbers of the units a coder gave a code."""
    bits = ratings.sources[source].marked.get(code, (0,) * len(ratings.coders))[coder]
    return [number for number in range(ratings.sources[source].size) if bits >> number & 1]


def test_a_turn_has_the_code_when_a_coding_shares_a_code_point_with_it():
    assert marked(rated([coding(0, 10)])) == [0]
    assert marked(rated([coding(9, 21)])) == [0, 1]
    assert marked(rated([coding(29, 31)])) == [1, 2]
    assert marked(rated([coding(30, 31)])) == [2]
    assert marked(rated([coding(0, 46)])) == [0, 1, 2]


def test_speech_that_is_in_no_span_is_no_unit():
    assert marked(rated([coding(10, 20)])) == []
    assert rated([coding(10, 20)], uncoded=Uncoded.OUT).sources[0].units == 0
    assert rated([coding(10, 20)], Unit.CHARACTER).sources[0].marked == {}


def test_characters_are_numbered_on_over_what_is_not_counted():
    ratings = rated([coding(8, 22)], Unit.CHARACTER)
    assert ratings.sources[0].size == 36
    assert marked(ratings) == [8, 9, 10, 11]


def test_a_coding_without_text_marks_nothing():
    for unit in Unit:
        assert marked(rated([coding(5, 5)], unit)) == []


def test_empty_turns_are_no_units():
    ground = [Speech("s", [(0, 10), (10, 10), (12, 15)])]
    ratings = rate([coding(0, 15)], ground, coders=CODERS, codes=CODES, unit=Unit.TURN)
    assert ratings.sources[0].units == 2


def test_spans_that_overlap_are_refused():
    with pytest.raises(ValueError, match="overlap"):
        Ruler([(0, 10), (9, 20)], Unit.TURN)
    with pytest.raises(ValueError, match="out of order"):
        Ruler([(10, 20), (0, 5)], Unit.CHARACTER)


def test_uncoded_units_stand_or_fall_by_any_code_of_any_coder():
    codings = [coding(0, 5), coding(31, 40, code="bolig", coder="Bo")]
    assert rated(codings).sources[0].units == 3
    left = rated(codings, uncoded=Uncoded.OUT).sources[0]
    assert left.units == 2
    assert left.profiles("arbeid") == {(1, 1): 1, (2, 0): 1}


def test_a_family_counts_what_its_codes_say():
    codings = [coding(0, 5, "arbeid.mangel"), coding(1, 6, "arbeid.tilbud", "Bo")]
    family = rated(codings, codes={"arbeid.mangel": "arbeid", "arbeid.tilbud": "arbeid"})
    assert family.codes == ("arbeid",)
    assert family.sources[0].profiles("arbeid")[0, 2] == 1
    apart = rated(codings, codes={"arbeid.mangel": "arbeid.mangel", "arbeid.tilbud": "arbeid.tilbud"})
    assert apart.sources[0].profiles("arbeid.mangel")[0, 2] == 0


def test_other_codes_coders_and_sources_are_left_out():
    codings = [coding(0, 5, "ensomhet"), coding(0, 5, coder="Cy"), coding(0, 5, source="elsewhere")]
    assert rated(codings).sources[0].marked == {}


def test_a_coder_who_has_not_read_a_source_is_missing_in_it():
    ground = [Speech("s", TURNS), Speech("t", TURNS, frozenset({"Ada"}))]
    codings = [coding(0, 5), coding(0, 5, source="t"), coding(0, 5, coder="Bo", source="t")]
    both, one = rate(codings, ground, coders=CODERS, codes=CODES, unit=Unit.TURN).sources
    assert both.profiles("arbeid") == {(2, 0): 2, (1, 1): 1}
    assert one.profiles("arbeid") == {(1, 0): 2, (0, 1): 1}
    assert one.pair_counts("arbeid", 0, 1) == (0, 0, 0, 0)


@pytest.mark.parametrize("coders", [(), ("Ada",), ("Ada", "Ada")])
def test_agreement_needs_two_coders(coders):
    with pytest.raises(ValueError, match="two coders"):
        rated([], coders=coders)


codings_of_three = st.lists(
    st.builds(
        lambda start, length, code, coder: coding(start, start + length, code, coder),
        st.integers(0, 60),
        st.integers(0, 25),
        st.sampled_from(sorted(CODES)),
        st.sampled_from(("Ada", "Bo", "Cy")),
    ),
    max_size=20,
)
spans = st.lists(st.integers(1, 9), min_size=1, max_size=14).map(
    # Every second stretch is the interviewer's.
    lambda lengths: [(sum(lengths[:n]), sum(lengths[: n + 1])) for n in range(0, len(lengths), 2)]
)


@given(codings_of_three, spans, st.sampled_from(Unit), st.sampled_from(Uncoded))
def test_ratings_are_what_one_finds_by_looking_at_every_unit(codings, turns, unit, uncoded):
    coders = ("Ada", "Bo", "Cy")
    source = rate(codings, [Speech("s", turns)], coders=coders, codes=CODES, unit=unit, uncoded=uncoded).sources[0]
    units = turns if unit is not Unit.CHARACTER else [(at, at + 1) for start, end in turns for at in range(start, end)]

    def has(span, code, coder):
        return any(
            each.code == code and each.coder == coder and max(each.start, span[0]) < min(each.end, span[1])
            for each in codings
        )

    if uncoded is Uncoded.OUT:
        units = [span for span in units if any(has(span, code, coder) for code in CODES for coder in coders)]
    assert source.units == len(units)
    for code in CODES:
        rows = [[has(span, code, coder) for coder in coders] for span in units]
        assert +source.profiles(code) == Counter((3 - sum(row), sum(row)) for row in rows)
        for one, other in combinations(range(3), 2):
            seen = Counter((row[one], row[other]) for row in rows)
            cells = [seen[False, False], seen[False, True], seen[True, False], seen[True, True]]
            assert list(source.pair_counts(code, one, other)) == cells

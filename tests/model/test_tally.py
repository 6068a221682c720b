"""Counting: a coding belongs to the informants whose turns it covers, each counted once, with N per group."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.model.matrix import Ground, Matrix, Measure, Question
from koding.model.tally import Tally, united
from koding.model.transcript import Informant
from koding.model.variables import Variable, VariableKind
from tests.studies import codebook

PEOPLE = [
    Informant("f1", "F01", {"gruppe": "flyktning", "botid": "10"}),
    Informant("f2", "F02", {"gruppe": "flyktning", "botid": "2"}),
    Informant("k1", "K01", {"gruppe": "ansatt"}),
    Informant("x", "never speaks", {"gruppe": "taus", "botid": "1"}),
]
VARIABLES = [Variable("gruppe"), Variable("botid", VariableKind.NUMBER)]
# Turns of ten code points and ten words each, with two code points of marks between them.
GROUNDS = {
    "interview": Ground([2, 14, 26], [12, 24, 36], [-1, 0, 0], [10, 10, 10]),
    "meeting": Ground([2, 14, 26, 38], [12, 24, 36, 48], [0, 1, 2, -1], [10, 10, 10, 10]),
}
ASKED, FIRST, SECOND = (2, 12), (14, 24), (26, 36)


def matrix(*spans: tuple[str, int, int, str, dict[str, str]], **question) -> Matrix:
    tally = Tally(codebook(), PEOPLE, GROUNDS, VARIABLES)
    rows = ((source, start, end, code, tuple(sorted(facets.items()))) for source, start, end, code, facets in spans)
    asked = Question(**{"by": ("gruppe",), **question})
    return tally.matrix(asked, rows, lambda _source, start, end: end - start)


def cells(found: Matrix, code: str) -> dict[str, float | None]:
    row = next(row for row in found.rows if row.code == code)
    labels = [" / ".join(column.values) for column in found.columns]
    return {**dict(zip(labels, row.values, strict=True)), "total": row.total}


def test_an_informant_who_says_it_often_counts_once_per_code_and_once_per_family() -> None:
    found = matrix(
        ("interview", *FIRST, "arbeid.relevant", {}),
        ("interview", *SECOND, "arbeid.relevant", {}),
        ("interview", *SECOND, "arbeid.inntekt", {}),
        ("meeting", 2, 12, "arbeid", {}),
    )
    assert cells(found, "arbeid.relevant") == {"flyktning": 1, "ansatt": 0, "total": 1}
    assert cells(found, "arbeid.inntekt") == {"flyktning": 1, "ansatt": 0, "total": 1}
    assert cells(found, "arbeid") == {"flyktning": 1, "ansatt": 0, "total": 1}


def test_a_family_rolls_up_all_that_is_below_it() -> None:
    found = matrix(("meeting", 14, 20, "hverdag.bolig.leie", {}), ("meeting", 26, 30, "hverdag.bolig", {}))
    assert cells(found, "hverdag.bolig.leie") == {"flyktning": 1, "ansatt": 0, "total": 1}
    assert cells(found, "hverdag.bolig") == cells(found, "hverdag") == {"flyktning": 1, "ansatt": 1, "total": 2}


def test_the_rows_are_the_codebooks_codes_in_its_order() -> None:
    found = matrix()
    assert [row.code for row in found.rows] == [code.key for code in codebook().codes]
    assert {row.level for row in found.rows if row.depth == 0} == {"family"}
    assert {row.level for row in found.rows if row.depth} == {"code"}
    families = matrix(families_only=True)
    assert [row.code for row in families.rows] == ["arbeid", "ensomhet", "hverdag"]


def test_families_count_the_same_whether_their_codes_are_shown_or_not() -> None:
    spans = [("meeting", 2, 40, "arbeid.inntekt", {}), ("interview", *FIRST, "arbeid", {})]
    for measure in Measure:
        shown, alone = matrix(*spans, measure=measure), matrix(*spans, measure=measure, families_only=True)
        assert cells(shown, "arbeid") == cells(alone, "arbeid")


def test_n_counts_everyone_of_the_group_who_speaks_coded_or_not() -> None:
    found = matrix()
    assert [(column.values, column.informants, column.words) for column in found.columns] == [
        (("ansatt",), 1, 10),
        (("flyktning",), 2, 40),
    ]
    assert (found.total.informants, found.total.words) == (3, 50)


def test_what_the_interviewer_says_counts_nowhere() -> None:
    found = matrix(("interview", *ASKED, "arbeid", {}), ("meeting", 38, 48, "arbeid", {}))
    assert cells(found, "arbeid") == {"flyktning": 0, "ansatt": 0, "total": 0}


def test_a_coding_on_marks_alone_counts_nowhere() -> None:
    assert cells(matrix(("interview", 12, 14, "arbeid", {})), "arbeid")["total"] == 0


def test_a_coding_over_turns_of_two_groups_counts_in_both_and_once_in_all() -> None:
    span = ("meeting", 20, 30, "arbeid", {})
    assert cells(matrix(span, measure=Measure.SEGMENTS), "arbeid") == {"flyktning": 1, "ansatt": 1, "total": 1}
    assert cells(matrix(span), "arbeid") == {"flyktning": 1, "ansatt": 1, "total": 2}


def test_segments_are_codings_not_informants() -> None:
    spans = [("interview", start, start + 2, "arbeid.relevant", {}) for start in range(14, 24, 2)]
    assert cells(matrix(*spans, measure=Measure.SEGMENTS), "arbeid") == {"flyktning": 5, "ansatt": 0, "total": 5}


def test_the_rate_is_per_thousand_words_of_the_group() -> None:
    found = matrix(("interview", *FIRST, "arbeid", {}), ("meeting", 26, 30, "arbeid", {}), measure=Measure.RATE)
    assert cells(found, "arbeid") == pytest.approx({"flyktning": 1000 / 40, "ansatt": 1000 / 10, "total": 2000 / 50})


def test_the_share_of_words_counts_overlaps_once_and_only_the_groups_own_speech() -> None:
    found = matrix(
        ("interview", 14, 20, "arbeid.relevant", {}),
        ("interview", 18, 24, "arbeid.inntekt", {}),
        ("interview", 0, 14, "arbeid.inntekt", {}),
        ("meeting", 20, 31, "arbeid", {}),
        measure=Measure.WORDS,
    )
    assert cells(found, "arbeid") == pytest.approx(
        {"flyktning": 100 * (10 + 4) / 40, "ansatt": 100 * 5 / 10, "total": 100 * (10 + 4 + 5) / 50}
    )
    assert cells(found, "arbeid.relevant")["flyktning"] == pytest.approx(100 * 6 / 40)


def test_the_share_of_words_can_not_be_had_without_a_counter() -> None:
    tally = Tally(codebook(), PEOPLE, GROUNDS, VARIABLES)
    with pytest.raises(ValueError, match="counter"):
        tally.matrix(Question(("gruppe",), Measure.WORDS), [("interview", *FIRST, "arbeid", ())])


def test_a_denied_reason_is_left_out_until_it_is_asked_for() -> None:
    spans = [("interview", *FIRST, "arbeid", {"status": "avvist"}), ("meeting", 14, 20, "arbeid", {})]
    assert cells(matrix(*spans), "arbeid")["flyktning"] == 1
    denied = matrix(*spans, facets={"status": frozenset({"avvist"})})
    assert cells(denied, "arbeid")["flyktning"] == 1
    both = matrix(*spans, facets={"status": frozenset({"avvist", ""})})
    assert cells(both, "arbeid")["flyktning"] == 2


def test_a_facet_filter_reads_defaults_by_the_informants_group() -> None:
    spans = [("meeting", 14, 20, "arbeid", {}), ("meeting", 26, 30, "arbeid", {})]
    ascribed = matrix(*spans, facets={"stemme": frozenset({"tilskrevet"})})
    assert cells(ascribed, "arbeid") == {"flyktning": 0, "ansatt": 1, "total": 1}
    said = matrix(("meeting", 26, 30, "arbeid", {"stemme": "egen"}), facets={"stemme": frozenset({"egen"})})
    assert cells(said, "arbeid")["ansatt"] == 1


def test_a_facet_makes_columns_in_the_codebooks_order_with_the_unstated_last() -> None:
    found = matrix(
        ("interview", *FIRST, "arbeid", {}),
        ("interview", *SECOND, "arbeid", {"retning": "til"}),
        ("meeting", 14, 20, "arbeid", {"retning": "fra"}),
        by=("retning",),
    )
    assert [column.values for column in found.columns] == [("fra",), ("til",), ("",)]
    assert {column.informants for column in found.columns} == {3}
    assert cells(found, "arbeid") == {"fra": 1, "til": 1, "": 1, "total": 2}


def test_variables_and_facets_cross_in_the_order_they_are_named() -> None:
    found = matrix(
        ("meeting", 14, 20, "arbeid", {"retning": "fra"}),
        ("meeting", 26, 30, "arbeid", {"retning": "til"}),
        by=("retning", "gruppe"),
    )
    assert {column.values: column.informants for column in found.columns} == {
        ("fra", "ansatt"): 1,
        ("til", "ansatt"): 1,
        ("fra", "flyktning"): 2,
        ("til", "flyktning"): 2,
    }
    assert cells(found, "arbeid")["fra / flyktning"] == 1
    assert cells(found, "arbeid")["til / flyktning"] == 0


def test_numbers_order_the_columns_by_value_with_the_unknown_last() -> None:
    assert [column.values for column in matrix(by=("botid",)).columns] == [("2",), ("10",), ("",)]


def test_behind_every_cell_stands_how_many_informants_it_rests_on() -> None:
    spans = [("interview", start, start + 2, "arbeid", {}) for start in range(14, 24, 2)]
    found = matrix(*spans, ("meeting", 14, 20, "arbeid", {}), measure=Measure.SEGMENTS)
    place = [row.code for row in found.rows].index("arbeid")
    assert found.people[place] == (0, 2)
    assert found.people_total[place] == 2


STRETCHES = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(0, 30), st.integers(1, 8)).map(lambda t: (t[0], t[1], t[1] + t[2])),
    max_size=8,
)


@given(STRETCHES)
def test_united_stretches_cover_the_same_text_once(stretches: list[tuple[str, int, int]]) -> None:
    joined = united(stretches)
    points = [(source, point) for source, start, end in joined for point in range(start, end)]
    assert len(points) == len(set(points))
    assert set(points) == {(source, point) for source, start, end in stretches for point in range(start, end)}
    assert all(one[0] != other[0] or one[2] < other[1] for one, other in itertools.pairwise(joined)), (
        "stretches that touch are joined"
    )

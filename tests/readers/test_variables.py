"""Variables: values stand in the order a person expects."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.model.variables import Variable, VariableKind, norwegian_key, parse_number


def ordered(variable: Variable, *values: str) -> list[str]:
    return sorted(values, key=variable.sort_key)


def test_text_goes_in_norwegian_order() -> None:
    variable = Variable("sted")
    assert ordered(variable, "Ålesund", "Ørsta", "Ærfjord", "Zakrisvei", "arendal", "Érto", "Flå") == [
        "arendal", "Érto", "Flå", "Zakrisvei", "Ærfjord", "Ørsta", "Ålesund",
    ]  # fmt: skip


def test_swedish_letters_stand_with_the_norwegian_ones() -> None:
    assert ordered(Variable("navn"), "Åse", "Ödegård", "Ärla", "Zara") == ["Zara", "Ärla", "Ödegård", "Åse"]


def test_double_a_stays_two_letters() -> None:
    assert ordered(Variable("navn"), "Åse", "Berit", "Aase") == ["Aase", "Berit", "Åse"]


def test_decomposed_letters_sort_as_composed_ones() -> None:
    assert norwegian_key("A\u030ase") == norwegian_key("Åse")


def test_numbers_go_by_value_with_comma_or_point() -> None:
    variable = Variable("botid", VariableKind.NUMBER)
    assert ordered(variable, "10", "2", "2,5", "-1", "2.25") == ["-1", "2", "2.25", "2,5", "10"]


def test_ordered_categories_go_by_their_place_and_strangers_after() -> None:
    variable = Variable("utdanning", VariableKind.ORDERED, ("grunnskole", "videregående", "høyere"))
    assert ordered(variable, "", "høyere", "annet", "grunnskole", "videregående") == [
        "grunnskole", "videregående", "høyere", "annet", "",
    ]  # fmt: skip


@pytest.mark.parametrize("value", ["", "3 år", "nan", "inf", "1_000", "1e5", "٣", "1,2,3", " 4"])
def test_what_is_no_number_is_none(value: str) -> None:
    assert parse_number(value) is None


@given(st.sampled_from(VariableKind), st.lists(st.text(max_size=8)))
def test_any_values_can_be_sorted_and_different_values_differ(kind: VariableKind, values: list[str]) -> None:
    variable = Variable("v", kind, ("b", "a"))
    keys = {value: variable.sort_key(value) for value in values}
    assert sorted(keys.values()) == sorted(keys.values(), reverse=True)[::-1]
    assert len(set(keys.values())) == len(keys)

"""Every published value we know of comes out, to the digits it was printed with."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import yaml
from oracles import CITATIONS, ORACLES, TOLERANCES, UNITIZING_1995, WEIGHTED_2008
from published import CALCULATORS, half_for_check, on_characters, spans_of, table_of, units_in

from koding.model.agreement.alpha import alpha
from koding.model.agreement.comparison import Measure
from koding.model.agreement.unitizing import Continuum, unitizing_agreement, unitizing_alpha

SHARED = Path(__file__).parents[4] / "shared" / "practice" / "agreement_oracles.yaml"


def expectations():
    for name, oracle in ORACLES.items():
        for example, entry in oracle.items() if "expect" not in oracle else [(None, oracle)]:
            for key, printed in entry.get("expect", {}).items():
                yield pytest.param(name, example, key, printed, id="-".join(filter(None, (name, example, key))))


def shows(value, printed, tolerance=0.0):
    """Whether `value`, rounded or cut off to the printed digits, is `printed`, or lies within the tolerance of it."""
    digits = 10 ** len(printed.partition(".")[2])
    wanted = round(float(printed) * digits)
    return wanted in (round(value * digits), math.trunc(value * digits)) or abs(value - float(printed)) <= tolerance


@pytest.mark.parametrize(("name", "example", "key", "printed"), list(expectations()))
def test_a_published_value_comes_out(name, example, key, printed):
    found = CALCULATORS[name](ORACLES[name])
    value = (found[example] if example else found)[key]
    tolerance, _reason = TOLERANCES.get((name, key), (0.0, ""))
    if isinstance(printed, dict):
        assert value.keys() == printed.keys()
        pairs = [(value[part], printed[part]) for part in printed]
    else:
        texts = printed.split()
        pairs = list(zip(value if len(texts) > 1 else [value], texts, strict=True))
    for number, text in pairs:
        assert shows(number, text, tolerance), f"{CITATIONS[name]}: {key} is printed as {text}, we have {number}"


def test_digits_are_compared_as_printed():
    assert shows(0.7407, "0.741")
    assert shows(0.7407, "0.740")
    assert not shows(0.7407, "0.742")
    assert not shows(-0.7407, "0.741")
    assert shows(0.6, "0.600")
    assert not shows(0.604, "0.600")
    assert shows(0.604, "0.600", tolerance=0.005)


@pytest.mark.parametrize("name", ORACLES)
def test_every_oracle_says_where_it_was_printed(name):
    assert CITATIONS[name]


def test_text_that_both_coded_throughout_defines_no_coefficient():
    by_coder = {"Heather": ["0 24"], "Hill": ["0 9", "9 15"]}
    numbers = on_characters(by_coder, 24)
    assert numbers[Measure.PERCENT] == 1
    assert numbers[Measure.POSITIVE] == 1
    for measure in (Measure.COHEN, Measure.SCOTT, Measure.FLEISS, Measure.AC1, Measure.ALPHA):
        assert numbers[measure] is None


def test_the_weighted_disagreements_of_artstein_and_poesio():
    found = alpha(units_in(table_of(ORACLES["Artstein_Poesio_2008_table4"])), half_for_check)
    assert shows(found.observed, WEIGHTED_2008["Do"])
    assert shows(found.expected, WEIGHTED_2008["De"])


def examples_1995():
    """The spans of the four examples of Krippendorff 1995, by example and coder."""
    oracle = ORACLES["Krippendorff_1995_digitised"]
    examples = {
        example: [spans for coder, spans in oracle[example].items() if coder != "expect"] for example in ("A", "B", "C")
    }
    return examples | {"D": list(UNITIZING_1995["D"].values())}


def stretched(example, stretch):
    first, second = (spans_of(rows, stretch) for rows in examples_1995()[example])
    return unitizing_alpha(int(24 * stretch), first, second)


@pytest.mark.parametrize("example", ["A", "B", "C", "D"])
def test_unitizing_alpha_of_1995_on_a_long_continuum(example):
    printed = ORACLES["Krippendorff_2004_unitizing_p254"]["expect_1995_large_L"]
    found = stretched(example, 50_000)
    assert shows(found.observed, UNITIZING_1995["observed"][example])
    expected = float(UNITIZING_1995["expected_on_a_long_continuum"][example])
    assert found.expected == pytest.approx(expected, abs=float(UNITIZING_1995["tolerance"]))
    assert found.value == pytest.approx(float(printed[example]), abs=float(printed["tolerance"]))


@pytest.mark.parametrize("length", UNITIZING_1995["C_by_length"])
def test_unitizing_alpha_of_1995_as_the_continuum_grows(length):
    expected, value = map(float, UNITIZING_1995["C_by_length"][length])
    found = stretched("C", int(length) / 24)
    assert found.observed == pytest.approx(0.0277777, abs=1e-6)
    assert found.expected == pytest.approx(expected, abs=float(UNITIZING_1995["tolerance"]))
    assert found.value == pytest.approx(value, abs=0.02)


def test_example_d_covers_everything_and_still_differs_in_its_spans():
    first, second = (spans_of(rows) for rows in UNITIZING_1995["D"].values())
    numbers = on_characters(UNITIZING_1995["D"], 24)
    assert numbers[Measure.ALPHA] is None
    source = Continuum(24, (True, True), {"D": (first, second)})
    assert unitizing_agreement([source], ["D"], 2).overall.value == unitizing_alpha(24, first, second).value


def plain(node):
    """The content of the shared file as `oracles` writes it: rows as text, remarks left out."""
    if isinstance(node, dict):
        left_out = {"id", "source", "note", "warning", "weight"}
        return {key: plain(value) for key, value in node.items() if key not in left_out}
    if isinstance(node, list):
        items = [plain(item) for item in node]
        in_rows = any(isinstance(item, list) or " " in item for item in items) or isinstance(node[0], list)
        return items if in_rows else " ".join(items)
    return "." if node == "null" else node


@pytest.mark.skipif(not SHARED.exists(), reason="the lab's shared folder is not beside the repository")
def test_no_oracle_of_the_lab_is_left_out():
    entries = yaml.load(SHARED.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - gives strings alone
    assert {entry["id"]: plain(entry) for entry in entries} == ORACLES

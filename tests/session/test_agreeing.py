"""Agreement of the demo's coders, against a count of our own over what koding exports."""

from __future__ import annotations

import json

import pytest

from koding.errors import UsageFault
from koding.model.agreement.comparison import Measure
from koding.model.agreement.units import Uncoded, Unit
from koding.session.agreeing import agreement_report
from koding.session.demonstration import make_demo
from koding.session.exchange import exported
from koding.session.opening import spoken_turns
from koding.session.study_file import open_study
from koding.writers.agreement import (
    AgreementTable,
    agreement_html,
    agreement_json,
    agreement_lines,
    agreement_xlsx,
    number,
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    path = tmp_path_factory.mktemp("agree") / "demo.koding"
    make_demo(path)
    return path


def naive_kappa(project, sources, family):
    """Cohen's kappa of Kari and Ola on turns of informants, from exported codings alone."""
    marks = {"Kari": set(), "Ola": set()}
    units = []
    codings = list(exported(project))
    for source in sources:
        for index, spoken in enumerate(spoken_turns(project, source)):
            if not spoken.speaker.counted:
                continue
            units.append((source, index))
            for row in codings:
                coding = row.coding
                meets = coding.start < spoken.turn.end and spoken.turn.start < coding.end
                if row.source == source and coding.code.split(".")[0] == family and meets:
                    marks[coding.coder].add((source, index))
    total = len(units)
    both = len(marks["Kari"] & marks["Ola"])
    kari, ola = len(marks["Kari"]), len(marks["Ola"])
    observed = (total - kari - ola + 2 * both) / total
    expected = (kari * ola + (total - kari) * (total - ola)) / total**2
    return total, (kari, ola), (observed - expected) / (1 - expected)


def test_kappa_is_that_of_a_naive_count(demo):
    with open_study(demo) as project:
        report = agreement_report(project, families=True)
        assert len(report.sources) == 10
        for family in ("ensomhet", "arbeid", "bli"):
            one = next(found for code, found in report.codes if code.key == family)
            total, given, kappa = naive_kappa(project, report.sources, family)
            assert (one.units, one.given) == (total, given)
            assert one.values[Measure.COHEN] == pytest.approx(kappa)


def test_uncoded_units_can_be_left_out(demo):
    with open_study(demo) as project:
        everything = agreement_report(project, families=True)
        coded = agreement_report(project, families=True, uncoded=Uncoded.OUT)
    assert coded.overall.units < everything.overall.units
    by_key = {code.key: found.given for code, found in everything.codes}
    assert {code.key: found.given for code, found in coded.codes} == by_key


def test_sentences_are_finer_units_than_turns(demo):
    with open_study(demo) as project:
        turns = agreement_report(project, families=True)
        sentences = agreement_report(project, families=True, unit=Unit.SENTENCE)
    assert sentences.overall.units > 2 * turns.overall.units


def test_a_coder_alone_agrees_with_nobody(demo):
    with open_study(demo) as project, pytest.raises(UsageFault, match="two coders"):
        agreement_report(project, coders=["Kari"])


def test_an_unknown_coder_is_named_with_those_there_are(demo):
    with open_study(demo) as project, pytest.raises(UsageFault, match=r"Kar\b.*Kari"):
        agreement_report(project, coders=["Kar", "Ola"])


@pytest.fixture(scope="module")
def table(demo):
    with open_study(demo) as project:
        report = agreement_report(project, families=True)
    return AgreementTable(
        report.study,
        report.coders,
        "turn",
        "in",
        report.sources,
        report.codes,
        report.overall,
        report.unitizing,
        "A note.",
    )


def test_json_has_every_measure_and_is_the_same_twice(table):
    text = agreement_json(table)
    content = json.loads(text)
    assert set(content) >= {"unit", "uncoded", "coders", "codes", "overall"}
    wanted = {"code", "n", *(measure.value for measure in Measure), "interval"}
    assert all(wanted <= set(code) for code in content["codes"])
    assert agreement_json(table) == text


def test_pages_and_workbooks_hold_every_code(table, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "agreement.xlsx"
    path.write_bytes(agreement_xlsx(table))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    labels = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert labels == [line[0] for line in agreement_lines(table)[1:]]
    page = agreement_html(table)
    assert all(code.label in page for code, _found in table.codes)


@pytest.mark.parametrize(
    ("value", "told"), [(-0.004, "0.00"), (-0.006, "-0.01"), (0.994, "0.99"), (None, "not defined")]
)
def test_no_zero_is_written_with_a_minus(value: float | None, told: str) -> None:
    assert number(value) == told

"""The shipped codebook on the sentences that were written to judge it (see the corpora's README)."""

from __future__ import annotations

import csv

import pytest
from suggest_samples import shipped_rules

from koding.material import material_folder
from koding.suggest.language.languages import language_of
from koding.suggest.language.sentences import units
from koding.suggest.process.protocol import TurnText

CORPORA = ["proveintervjuer", "ettertest"]


def sentences(corpus: str, kind: str, file_name: str = "setninger.csv") -> list[dict[str, str]]:
    with (material_folder("corpora") / corpus / file_name).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["kind"] == kind]


def suggested(text: str) -> list[tuple[str, str]]:
    """Give the family and the status of each suggestion."""
    turn = TurnText(0, 0, text, language_of([text]), "Hvordan var det?")
    found = shipped_rules().suggest(turn, units(text))
    return [(item.code.split(".")[0], item.facets.get("status", "")) for item in found]


@pytest.mark.parametrize("corpus", CORPORA)
def test_nine_of_ten_explicit_reasons_are_found(corpus: str) -> None:
    rows = sentences(corpus, "eksplisitt")
    hits = [row for row in rows if row["code"].split(".")[0] in {code for code, _ in suggested(row["text"])}]
    assert len(hits) >= 0.9 * len(rows)


@pytest.mark.parametrize("corpus", CORPORA)
def test_eight_of_ten_denied_reasons_come_as_denied(corpus: str) -> None:
    rows = sentences(corpus, "avvist")
    hits = [row for row in rows if (row["code"].split(".")[0], "avvist") in suggested(row["text"])]
    assert len(hits) >= 0.8 * len(rows)


@pytest.mark.parametrize(("corpus", "one_in"), [("proveintervjuer", 20), ("ettertest", 20)])
def test_other_senses_are_nearly_always_silent(corpus: str, one_in: int) -> None:
    rows = sentences(corpus, "annen_betydning")
    loud = [row["text"] for row in rows if suggested(row["text"])]
    assert len(loud) * one_in <= len(rows), loud


# What follows was learned from: it tells that the learning is at work, and nothing of other sentences.


@pytest.mark.parametrize("writer", ["skriver3", "skriver4", "skriver5", "skriver6"])
def test_three_of_four_denials_that_were_learned_from_are_found(writer: str) -> None:
    rows = sentences("ovingssetninger", "avvist", f"{writer}.csv")
    hits = [row for row in rows if (row["code"].split(".")[0], "avvist") in suggested(row["text"])]
    assert len(hits) >= 0.75 * len(rows)


@pytest.mark.parametrize("writer", ["skriver3", "skriver4", "skriver5", "skriver6"])
def test_hardly_a_reason_that_stands_comes_as_denied_alone(writer: str) -> None:
    rows = sentences("ovingssetninger", "hevdet", f"{writer}.csv")
    said = [{status for code, status in suggested(row["text"]) if code == row["code"].split(".")[0]} for row in rows]
    assert sum(statuses == {"avvist"} for statuses in said) <= 0.06 * len(rows)


@pytest.mark.parametrize("writer", ["skriver3", "skriver4", "skriver5", "skriver6"])
def test_hardly_a_word_in_another_sense_is_taken_for_a_reason(writer: str) -> None:
    rows = sentences("ovingssetninger", "annen_betydning", f"{writer}.csv")
    loud = [row["text"] for row in rows if suggested(row["text"])]
    assert len(loud) * 20 <= len(rows), loud

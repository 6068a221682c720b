"""Speakers' labels: the role that a label shows."""

from __future__ import annotations

import pytest

from koding.model.transcript import Role
from koding.readers.speakers import guess_role, is_plausible


@pytest.mark.parametrize(
    "label",
    ["I", "Int", "INT", "Intervjuer", "Intervjuar", "Intervjuer 2", "I2", "Møteleder", "Møteleiar", "Forsker",
     "Spørsmål", "Q", "Kari (forsker)", "Intervjuer Kari", "Ordstyrer"],
)  # fmt: skip
def test_interviewer_marks(label: str) -> None:
    assert guess_role(label, {label, "Amina"}) is Role.INTERVIEWER


@pytest.mark.parametrize("label", ["Tolk", "tolk", "Tolken", "Tolk (Ahmed)", "Ahmed (tolk)", "Tolk 2"])
def test_interpreter_marks(label: str) -> None:
    assert guess_role(label, {label, "I"}) is Role.INTERPRETER


@pytest.mark.parametrize(
    "label", ["R", "R1", "Informant 3", "Amina", "NAV-veileder", "Marit (flyktningtjenesten)", "Irene", "Qasim", "Svar"]
)
def test_everybody_else_is_an_informant_until_a_person_says_otherwise(label: str) -> None:
    assert guess_role(label, {label, "I"}) is Role.INFORMANT


def test_a_bare_i_is_the_informant_where_the_interviewer_is_spelt_out() -> None:
    assert guess_role("I", {"Int", "I"}) is Role.INFORMANT
    assert guess_role("I1", {"Intervjuer", "I1", "I2"}) is Role.INFORMANT
    assert guess_role("Int", {"Int", "I"}) is Role.INTERVIEWER
    assert guess_role("I", {"I", "I2", "Tolk"}) is Role.INTERVIEWER


@pytest.mark.parametrize(
    "label",
    ["Amina", "Jean-Pierre", "Anne Lise", "NAV-veileder", "Marit (flyktningtjenesten)", "Ansatt i kommunen", "R1",
     "Dr. Hansen", "Ola K.", "Eiendomsselskapet", "Kari (leder, skolen)"],
)  # fmt: skip
def test_labels_that_could_be_speakers(label: str) -> None:
    assert is_plausible(label)


@pytest.mark.parametrize(
    "label",
    ["Altså", "NB", "Han sa", "Mamma sa", "I dag", "klokka 12", "For eksempel", "Det var sånn. Så", "https", "12", "",
     "Vi bodde i et lite hus ved havna", "Ja, nei", "«Kom»", "post@steinli.no"],
)  # fmt: skip
def test_clauses_are_no_labels(label: str) -> None:
    assert not is_plausible(label)

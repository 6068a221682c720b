"""What is plainly said of a reason with the shipped codebook: that it was one, whose it is, or that it was none."""

from __future__ import annotations

import pytest
from suggest_samples import shipped_rules

from koding.suggest.language.languages import language_of
from koding.suggest.language.sentences import units
from koding.suggest.process.protocol import TurnText


def statuses(text: str, family: str) -> set[str]:
    """Give the statuses that a family is suggested with."""
    turn = TurnText(0, 0, text, language_of([text]), "Kan du fortelle?")
    found = shipped_rules().suggest(turn, units(text))
    return {item.facets.get("status", "") for item in found if item.code.partition(".")[0] == family}


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("Det verste for mannen min var ensomheten.", "ensomhet"),
        ("Verst av alt var rasismen.", "trygghet"),
        ("Mørketida var det aller verste.", "sted"),
        ("Kollegaene mine sier at de fleste drar på grunn av ensomhet.", "ensomhet"),
        ("Foreldrene sier at det er altfor langt til sykehuset.", "tjenester"),
        ("Mange sier at de flytter fordi de ikke får jobb.", "arbeid"),
        ("Tanta mi sier at hun flyttet på grunn av jobben.", "arbeid"),
        ("Dei fleste seier at dei dreg på grunn av einsemd.", "ensomhet"),
        ("Jeg var veldig ensom, det var ingen å ringe til.", "ensomhet"),
    ],
)
def test_what_is_said_to_be_worst_or_told_by_others_stands(text: str, family: str) -> None:
    assert statuses(text, family) == {""}


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("Det var ikke legen.", "tjenester"),
        ("Grunnen var ikke bussen.", "sted"),
        ("Vi flyttet ikke på grunn av bussen.", "sted"),
        ("Det handlet ikke om legen.", "tjenester"),
        ("Me flytta ikkje på grunn av bussen.", "sted"),
        ("De sier det er jobben, men det er det ikke.", "arbeid"),
        ("Mange tror det var jobben, men de tar feil.", "arbeid"),
    ],
)
def test_a_reason_that_may_be_lacking_is_denied_where_the_very_reason_is(text: str, family: str) -> None:
    assert statuses(text, family) == {"avvist"}


def test_a_lack_is_no_denial() -> None:
    assert statuses("Det var ikke lege i kommunen.", "tjenester") == {""}
    assert statuses("Det gikk ingen buss dit.", "sted") == {""}


def test_who_holds_the_negation_in_an_indicator_denies_by_it() -> None:
    text = "Det var ikke legen."
    (item,) = shipped_rules().suggest(TurnText(0, 0, text, "nb"), units(text))
    assert "(denied by “ikke”)" in item.why


@pytest.mark.parametrize(("text", "code"), [("Jobben.", "arbeid"), ("Jobb.", "arbeid"), ("Bolig.", "bolig")])
@pytest.mark.parametrize("question", ["Hva manglet?", "Hvorfor flyttet dere?"])
def test_who_says_no_more_than_the_theme_gets_the_family(question: str, text: str, code: str) -> None:
    found = shipped_rules().suggest(TurnText(0, 0, text, "nb", question), units(text))
    assert [item.code for item in found] == [code]

"""What differs between two codebooks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from koding.model.codebook import Code, Codebook, Example, Facet, FacetValue, Indicators
from koding.model.codebook_diff import Difference, differences

ARBEID = Code("g1", "arbeid", "Arbeid", short="Arbeid som grunn.")
BOLIG = Code("g2", "bolig", "Bolig")
FACET = Facet("retning", "Retning", (FacetValue("fra", "Fra"),))
OLD = Codebook("c", "mini", "Mini", (ARBEID, BOLIG), (FACET,))


def test_a_codebook_does_not_differ_from_itself() -> None:
    assert differences(OLD, OLD) == []


@pytest.mark.parametrize(
    ("code", "difference"),
    [
        (replace(ARBEID, label="Jobb"), Difference("renamed", "arbeid", "label", "Arbeid", "Jobb")),
        (replace(ARBEID, parent="bolig"), Difference("moved", "arbeid", "parent", "", "bolig")),
        (replace(ARBEID, retired=True), Difference("retired", "arbeid")),
        (
            replace(ARBEID, retired=True, successor="bolig"),
            Difference("merged", "arbeid", "successor", "", "bolig"),
        ),
        (replace(ARBEID, short="Ny."), Difference("definition", "arbeid", "short", "Arbeid som grunn.", "Ny.")),
        (
            replace(ARBEID, examples=(Example("En."), Example("To."))),
            Difference("definition", "arbeid", "examples", "", "En. | To."),
        ),
        (
            replace(ARBEID, indicators=Indicators(("jobb", "sjef"), excepted=("jobbe med",))),
            Difference("changed", "arbeid", "indicators", "", "nb: jobb, sjef; except: jobbe med"),
        ),
        (replace(ARBEID, codable=False), Difference("changed", "arbeid", "codable", "yes", "no")),
        (replace(ARBEID, key="jobb"), Difference("changed", "jobb", "key", "arbeid", "jobb")),
    ],
)
def test_each_difference_of_a_code_is_named(code: Code, difference: Difference) -> None:
    assert differences(OLD, replace(OLD, codes=(code, BOLIG))) == [difference]


def test_a_code_that_is_offered_again_is_told() -> None:
    old = replace(OLD, codes=(replace(ARBEID, retired=True), BOLIG))
    assert differences(old, OLD) == [Difference("restored", "arbeid")]


def test_codes_and_facets_that_came_and_went() -> None:
    new = replace(OLD, codes=(BOLIG, Code("g3", "ny", "Ny")), facets=(Facet("status", "Status", ()),))
    assert differences(OLD, new) == [
        Difference("added", "ny", after="Ny"),
        Difference("removed", "arbeid", before="Arbeid"),
        Difference("facet", "status", "added", after="Status: "),
        Difference("facet", "retning", "removed", before="Retning: fra"),
    ]


def test_a_changed_facet_is_told() -> None:
    wider = replace(FACET, values=(*FACET.values, FacetValue("til", "Til")))
    assert differences(OLD, replace(OLD, facets=(wider,))) == [
        Difference("facet", "retning", "changed", "Retning: fra", "Retning: fra, til")
    ]

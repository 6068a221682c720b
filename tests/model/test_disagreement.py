"""Where coders differ, what kind of difference it is, and what stands when all is said."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.model.coding import RESOLVED, Coding
from koding.model.disagreement import Kind, compare, shared_part
from koding.model.resolution import Decided, Resolution, record, resolution_guid


def coding(coder: str, start: int, end: int, code: str = "a", **facets: str) -> Coding:
    return Coding(f"{coder}{start}-{end}{code}", "s", start, end, code, coder, facets)


def own(one: Coding) -> dict[str, str]:
    return dict(one.facets)


def compared(*codings: Coding, coders: str = "KO"):
    return compare(codings, set(coders), own)


def kinds(*codings: Coding, coders: str = "KO") -> list[Kind]:
    return [one.kind for one in compared(*codings, coders=coders).disagreements]


@pytest.mark.parametrize(
    ("codings", "expected"),
    [
        ((coding("K", 0, 9), coding("O", 0, 9)), []),
        ((coding("K", 0, 9),), [Kind.ONLY]),
        ((coding("K", 0, 9), coding("O", 20, 29)), [Kind.ONLY, Kind.ONLY]),
        ((coding("K", 0, 9), coding("O", 0, 9, "b")), [Kind.CODE]),
        ((coding("K", 0, 9), coding("O", 5, 19, "b")), [Kind.CODE]),
        ((coding("K", 0, 9), coding("O", 9, 19, "b")), [Kind.ONLY, Kind.ONLY]),
        ((coding("K", 0, 9), coding("O", 5, 12)), [Kind.SPAN]),
        ((coding("K", 0, 9), coding("O", 0, 4), coding("O", 5, 9)), [Kind.SPAN]),
        ((coding("K", 0, 9, status="avvist"), coding("O", 0, 9)), [Kind.FACET]),
        # One coder has two codes there, the other one of them: only the second is disputed.
        ((coding("K", 0, 9), coding("K", 0, 9, "b"), coding("O", 0, 9)), [Kind.ONLY]),
        # Two codes by the same coder are no disagreement about which it is.
        ((coding("K", 0, 9), coding("K", 0, 9, "b")), [Kind.ONLY, Kind.ONLY]),
    ],
)
def test_kinds(codings, expected):
    assert kinds(*codings) == expected


def test_of_three_coders_all_must_agree():
    two = (coding("K", 0, 9), coding("O", 0, 9))
    assert kinds(*two, coders="KOP") == [Kind.ONLY]
    assert kinds(*two, coding("P", 0, 9), coders="KOP") == []
    assert kinds(*two, coding("P", 0, 9, "b"), coders="KOP") == [Kind.CODE]


def test_each_group_is_one_disagreement_of_codes_at_most():
    (first, second) = compared(coding("K", 0, 9), coding("O", 0, 9, "b"), coding("O", 2, 5, "c")).disagreements
    assert sorted((first.codes, second.codes)) == [("a", "b"), ("c",)]


def test_the_name_stays_while_the_same_codings_are_concerned_and_the_digest_changes_with_them():
    before = compared(coding("K", 0, 9), coding("O", 0, 9, "b")).disagreements[0]
    changed = compared(coding("K", 0, 9, status="avvist"), coding("O", 0, 9, "b")).disagreements[0]
    assert before.id == changed.id
    assert before.fingerprint() != changed.fingerprint()
    assert resolution_guid(before) == resolution_guid(changed)


spans = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda two: (two[0], two[0] + two[1]))
codings = st.builds(
    lambda coder, span, code: coding(coder, *span, code), st.sampled_from("KOP"), spans, st.sampled_from("ab")
)


@given(st.lists(codings, max_size=25, unique_by=lambda one: one.guid))
def test_every_coding_is_agreed_on_or_in_one_disagreement(made):
    coders = {one.coder for one in made}
    found = compare(made, coders, own)
    times = Counter(one.guid for disagreement in found.disagreements for one in disagreement.codings)
    assert max(times.values(), default=1) == 1
    agreed = {(one.start, one.end, one.code) for one in found.agreed}
    for one in made:
        assert (one.guid in times) != ((one.start, one.end, one.code) in agreed)
    assert compare(reversed(made), coders, own) == found


@given(st.lists(codings, max_size=25, unique_by=lambda one: one.guid))
def test_of_one_coder_alone_everything_stands(made):
    mine = [one for one in made if one.coder == "K"]
    found = compare(made, {"K"}, own)
    assert found.disagreements == ()
    assert sorted(one.guid for one in found.agreed) == sorted(one.guid for one in mine)


@given(st.lists(codings, max_size=25, unique_by=lambda one: one.guid))
def test_what_is_agreed_within_a_disagreement_is_never_more_than_each_said(made):
    for one in compare(made, {one.coder for one in made}, own).disagreements:
        for part in shared_part(one, own):
            for coder in one.coders:
                assert any(
                    given_.start <= part.start and part.end <= given_.end and given_.code == part.code
                    for given_ in one.of(coder)
                )


def test_the_record_takes_what_is_undisputed_decided_or_agreed_within():
    undisputed = (coding("K", 0, 9), coding("O", 0, 9))
    span = (coding("K", 20, 30, retning="fra"), coding("O", 25, 35, retning="fra"))
    only = coding("K", 50, 60, "b")
    other = coding("O", 70, 80, "b")
    comparison = compared(*undisputed, *span, only, other)
    about = next(one for one in comparison.disagreements if only in one.codings)
    outcome = replace(only, guid="r", coder=RESOLVED)
    decided = Decided([Resolution(resolution_guid(about), "s", about.guids, about.fingerprint(), "K", ("r",), "Lead")])
    found = record([("s", comparison)], decided, {"r": outcome}, own)
    assert {(one.start, one.end, one.code) for one in found.codings} == {(0, 9, "a"), (25, 30, "a"), (50, 60, "b")}
    assert {one.coder for one in found.codings} == {RESOLVED}
    assert (found.settled, found.open) == (1, 2)


def test_a_decision_no_longer_holds_when_a_coding_has_changed():
    one = compared(coding("K", 0, 9), coding("O", 0, 9, "b")).disagreements[0]
    decided = Decided([Resolution(resolution_guid(one), "s", one.guids, "another", "K", ("r",), "Lead")])
    assert decided.of(one) is None
    assert decided.earlier(one) is not None

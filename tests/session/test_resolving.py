"""Settling disagreements: what stands, who decided it and why, and how it is taken back."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from koding.errors import Conflict, KodingError, UsageFault
from koding.model.coding import RESOLVED, Coding
from koding.model.resolution import Certainty, Decision
from koding.model.rounds import RoundMode
from koding.session.agreeing import agreement_report
from koding.session.differing import differences, record_of
from koding.session.exchange import exported
from koding.session.opening import check_study
from koding.session.reporting import matrix_report
from koding.session.resolving import Resolver
from koding.session.rounds import new_round, round_contents
from koding.session.study_file import open_study
from koding.session.workbench import Workbench
from tests.studies import TEXTS, bring_in, code_words


@pytest.fixture
def coded(study: Path) -> Path:
    """Give the small study coded by two: one coding the same, one of each kind of disagreement."""
    with closing(Workbench.open(study, "Kari")) as bench:
        code_words(bench, "essay", "arbeid", "arbeid")
        code_words(bench, "samira", "Telefonen ringte aldri", "ensomhet", retning="fra")
        code_words(bench, "samira", "jobb hadde jeg", "arbeid")
        code_words(bench, "samira", "Jeg satt", "ensomhet")
        code_words(bench, "meeting", "Husleia var høy", "hverdag.bolig.leie", status="planlagt")
    with closing(Workbench.open(study, "Ola")) as bench:
        code_words(bench, "essay", "arbeid", "arbeid")
        code_words(bench, "samira", "ringte aldri", "ensomhet", retning="fra")
        code_words(bench, "samira", "jobb", "arbeid.inntekt")
        code_words(bench, "samira", "jobb hadde", "arbeid.relevant")
        code_words(bench, "meeting", "Husleia var høy", "hverdag.bolig.leie")
    return study


def resolved(study: Path) -> list[tuple[str, str, str, dict[str, str]]]:
    with open_study(study) as project:
        return [(row.source, row.coding.code, row.text, dict(row.coding.facets)) for row in exported(project, RESOLVED)]


def listed(study: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    with open_study(study) as project:
        return [(one.source, one.disagreement.kind.value, one.disagreement.codes) for one in differences(project)]


def test_the_kinds_are_told_apart(coded: Path) -> None:
    assert listed(coded) == [
        ("samira", "span", ("ensomhet",)),
        ("samira", "only", ("arbeid.inntekt",)),
        ("samira", "code", ("arbeid.relevant", "arbeid")),
        ("samira", "only", ("ensomhet",)),
        ("meeting", "facet", ("hverdag.bolig.leie",)),
    ]


def test_a_default_of_the_codebook_is_no_difference(study: Path) -> None:
    with closing(Workbench.open(study, "Kari")) as bench:
        code_words(bench, "samira", "jobb", "arbeid", stemme="egen")
    with closing(Workbench.open(study, "Ola")) as bench:
        code_words(bench, "samira", "jobb", "arbeid")
    assert listed(study) == []


def test_codings_on_the_interviewers_speech_are_no_disagreement(study: Path) -> None:
    with closing(Workbench.open(study, "Kari")) as bench:
        code_words(bench, "samira", "flyttet du", "arbeid")
        code_words(bench, "samira", "jobb", "arbeid")
    with closing(Workbench.open(study, "Ola")) as bench:
        code_words(bench, "samira", "jobb", "arbeid")
    assert listed(study) == []


def test_before_anything_is_decided_the_record_is_what_they_agree_on(coded: Path) -> None:
    assert resolved(coded) == [
        ("samira", "ensomhet", "ringte aldri", {"retning": "fra"}),
        ("meeting", "hverdag.bolig.leie", "Husleia var høy", {}),
        ("essay", "arbeid", "arbeid", {}),
    ]
    with open_study(coded) as project:
        found = record_of(project)
    assert (found.settled, found.open, len(found.sources)) == (0, 5, 3)


@pytest.mark.parametrize(
    ("which", "decision", "expected"),
    [
        (0, Decision("Kari"), [("ensomhet", "Telefonen ringte aldri")]),
        (0, Decision("both"), [("ensomhet", "Telefonen ringte aldri")]),
        (0, Decision("neither"), []),
        (2, Decision("Ola"), [("arbeid.relevant", "jobb hadde")]),
        (2, Decision("both"), [("arbeid", "jobb hadde jeg"), ("arbeid.relevant", "jobb hadde")]),
        (2, Decision("other", "ensomhet"), [("ensomhet", "jobb hadde jeg")]),
        (3, Decision("Kari"), [("ensomhet", "Jeg satt")]),
        (3, Decision("Ola"), []),
    ],
)
def test_what_is_decided_stands(coded: Path, which: int, decision: Decision, expected: list[tuple[str, str]]) -> None:
    before = resolved(coded)
    with closing(Resolver.open(coded, "Lead")) as resolver:
        one = resolver.differences[which]
        low, high = one.disagreement.start, one.disagreement.end
        resolver.decide(one, decision)
        assert resolver.settled == 1
        text = resolver.transcript(one.disagreement.source).text[low:high]
    after = resolved(coded)
    kept = [row for row in before if row[2] not in text]
    added = [(code, words) for _source, code, words, _facets in after if (_source, code, words, _facets) not in kept]
    assert sorted(added) == sorted(expected)
    with open_study(coded) as project:
        assert check_study(project) == []


def test_a_decision_keeps_why_certainty_keywords_and_who(coded: Path) -> None:
    with closing(Resolver.open(coded, "Lead")) as resolver:
        decision = Decision(
            "Kari", why=" Hun sier det. ", certainty=Certainty.UNSURE, keywords=("telefon", "telefon", "")
        )
        resolver.decide(resolver.differences[0], decision)
    with open_study(coded) as project:
        kept = differences(project)[0].resolution
    assert kept is not None
    assert (kept.why, kept.certainty, kept.keywords, kept.coder, kept.verdict) == (
        "Hun sier det.", Certainty.UNSURE, ("telefon",), "Lead", "Kari",
    )  # fmt: skip


def test_deciding_again_replaces_what_was_decided(coded: Path) -> None:
    with closing(Resolver.open(coded, "Lead")) as resolver:
        resolver.decide(resolver.differences[2], Decision("both"))
        resolver.decide(resolver.differences[2], Decision("Ola"))
        resolver.decide(resolver.differences[2], Decision("neither"))
    with open_study(coded) as project:
        found = record_of(project)
        assert check_study(project) == []
    assert not {"arbeid.relevant"} & {coding.code for coding in found.codings}


def test_two_decisions_may_rest_on_one_resolved_coding(coded: Path) -> None:
    with closing(Workbench.open(coded, "Kari")) as bench:
        for code in ("arbeid", "ensomhet"):
            code_words(bench, "samira", "veggen", code)
    standing = ("samira", "arbeid.relevant", "veggen", {})
    with closing(Resolver.open(coded, "Lead")) as resolver:
        first, second = (one for one in resolver.differences if one.text == "veggen")
        resolver.decide(first, Decision("other", "arbeid.relevant"))
        resolver.decide(second, Decision("other", "arbeid.relevant"))
        assert resolved(coded).count(standing) == 1
        resolver.reopen(resolver.find(first.disagreement.id))
        assert resolved(coded).count(standing) == 1
        resolver.reopen(resolver.find(second.disagreement.id))
        assert standing not in resolved(coded)


def test_a_decision_is_taken_back(coded: Path) -> None:
    before = resolved(coded)
    with closing(Resolver.open(coded, "Lead")) as resolver:
        resolver.decide(resolver.differences[2], Decision("both"))
        resolver.undo()
        assert (resolver.settled, resolved(coded)) == (0, before)
        resolver.decide(resolver.differences[2], Decision("both"))
        resolver.reopen(resolver.differences[2])
        assert (resolver.settled, resolved(coded)) == (0, before)
        with pytest.raises(Conflict, match="Nothing"):
            resolver.reopen(resolver.differences[2])
    with open_study(coded) as project:
        assert check_study(project) == []


def test_a_coding_that_changes_opens_its_disagreement_again(coded: Path) -> None:
    with closing(Resolver.open(coded, "Lead")) as resolver:
        resolver.decide(resolver.differences[3], Decision("Kari"))
        with closing(Workbench.open(coded, "Kari")) as bench:
            (coding,) = [one for source in bench.sources() for one in bench.codings(source.guid)
                         if bench.transcript(one.source).text[one.start : one.end] == "Jeg satt"]  # fmt: skip
            bench.set_facets(coding, {"status": "avvist"})
        assert resolver.changed_elsewhere()
        one = resolver.differences[3]
        assert one.resolution is None
        assert one.stale is not None
        resolver.decide(one, Decision("Kari"))
    assert ("samira", "ensomhet", "Jeg satt", {"status": "avvist"}) in resolved(coded)


def test_the_record_is_counted_and_compared(coded: Path) -> None:
    with open_study(coded) as project:
        matrix = matrix_report(project, ["gruppe"], coder=RESOLVED)
        report = agreement_report(project, coders=["Kari", RESOLVED])
    assert "5 disagreements" not in matrix.note
    assert "of 5 that are open" in matrix.note
    assert report.coders == ("Kari", RESOLVED)
    assert report.overall.value is not None


def test_resolved_codings_are_no_coders(coded: Path) -> None:
    with closing(Resolver.open(coded, "Lead")) as resolver:
        resolver.decide(resolver.differences[0], Decision("Kari"))
    with open_study(coded) as project:
        assert RESOLVED not in {row.coding.coder for row in exported(project)}
        assert agreement_report(project).coders == ("Kari", "Ola")
        counted = matrix_report(project, ["gruppe"])
    assert "Kari, Ola." in counted.note
    with closing(Workbench.open(coded, "Kari")) as bench:
        assert RESOLVED not in {one.coder for state in bench.sources() for one in bench.others(state.guid)}
    with pytest.raises(UsageFault, match="resolved"):
        Workbench.open(coded, "Resolved")


def test_what_was_resolved_moves_with_a_text_that_changes(coded: Path) -> None:
    with closing(Resolver.open(coded, "Lead")) as resolver:
        resolver.decide(resolver.differences[3], Decision("Kari"))
    bring_in(coded, {"samira": "Nytt hode.\n" + TEXTS["samira"]}, carry_over=True)
    with open_study(coded) as project:
        assert check_study(project) == []
        moved: list[Coding] = [row.coding for row in exported(project, "Kari") if row.text == "Jeg satt"]
    assert moved


def test_what_cannot_be_decided_is_refused(coded: Path) -> None:
    with closing(Resolver.open(coded, "Lead")) as resolver:
        one = resolver.differences[0]
        for decision in (Decision("Per"), Decision("other", "ensomet"), Decision("other", "hverdag")):
            with pytest.raises(KodingError):
                resolver.decide(one, decision)
        assert resolver.settled == 0
        with pytest.raises(UsageFault, match="disagreement"):
            resolver.find("zzzz")
        assert resolver.find(one.disagreement.id[:5]) == one


def test_who_codes_in_a_blind_round_decides_nothing(coded: Path) -> None:
    with open_study(coded) as project:
        new_round(project, "r", coders=["Kari"], by="Lead")
    with pytest.raises(Conflict, match="blind"):
        Resolver.open(coded, "Kari")
    Resolver.open(coded, "Lead").close()


def test_one_coder_differs_from_nobody(study: Path) -> None:
    with pytest.raises(UsageFault, match="two coders"):
        Resolver.open(study, "Lead")


def test_a_disagreement_is_found_by_the_beginning_of_its_id(coded: Path) -> None:
    with closing(Resolver.open(coded, "Lead")) as resolver:
        one = resolver.differences[1]
        assert resolver.find(one.disagreement.id) is one
        with pytest.raises(UsageFault, match="no disagreement called nope") as caught:
            resolver.find("nope")
        assert "--round" in caught.value.hint


def test_what_is_resolved_in_a_round_is_no_coders_work(coded: Path) -> None:
    with open_study(coded) as project:
        one = new_round(project, "r", by="Lead", mode=RoundMode.OPEN)
    for coder, code in (("Kari", "arbeid"), ("Ola", "ensomhet")):
        with closing(Workbench.open(coded, coder, "r")) as bench:
            code_words(bench, "samira", "veggen", code)
    with closing(Resolver.open(coded, "Lead", round_name="r")) as resolver:
        resolver.decide(resolver.differences[0], Decision("Kari"))
    with open_study(coded) as project:
        assert round_contents(project, one).codings == {"Kari": 1, "Ola": 1}

"""One coder at one study: what the coding screen is told and what it may do."""

from __future__ import annotations

from pathlib import Path

import pytest

from koding.errors import Conflict, KodingError
from koding.model.coding import Evidence, MemoTarget, Origin, Suggestion, Verdict
from koding.session.telling import Passage
from koding.session.workbench import Workbench
from tests.studies import TEXTS, code_words, guid_of


@pytest.fixture
def bench(study: Path):
    bench = Workbench.open(study, " Kari ")
    yield bench
    bench.close()


@pytest.fixture
def reopened(study: Path):
    """Open the study anew, as after a restart."""
    opened = []

    def open_again(coder: str = "Kari") -> Workbench:
        opened.append(Workbench.open(study, coder))
        return opened[-1]

    yield open_again
    for one in opened:
        one.close()


def suggestion(bench: Workbench, words: str, code: str, **facets: str) -> Suggestion:
    source = guid_of(bench, "samira")
    start = TEXTS["samira"].index(words)
    end = start + len(words)
    return Suggestion(source, start, end, code, 0.8, "rules", "because", facets, (Evidence(start, end),))


def test_a_coder_needs_a_name(study: Path) -> None:
    with pytest.raises(KodingError, match="needs a name"):
        Workbench.open(study, "  ")


def test_a_coding_is_on_disk_when_the_study_has_answered(bench: Workbench, reopened) -> None:
    coding = code_words(bench, "samira", "fin 🙂, men dyr", "hverdag.bolig", retning="fra")
    (standing,) = reopened().codings(coding.source)
    assert standing == coding
    assert standing.origin is Origin.MANUAL
    assert standing.coder == "Kari"


def test_a_coder_sees_own_codings_and_those_of_others_apart(bench: Workbench, reopened) -> None:
    mine = code_words(bench, "samira", "dyr", "hverdag.bolig")
    ola = reopened("Ola")
    theirs = code_words(ola, "samira", "dyr", "arbeid")
    assert bench.codings(mine.source) == [mine]
    assert bench.others(mine.source) == [theirs]
    assert bench.code_counts() == {"hverdag.bolig": 1}


@pytest.mark.parametrize(("start", "end"), [(5, 5), (7, 3), (-1, 4), (0, 10_000)])
def test_nothing_is_coded_where_there_is_no_text(bench: Workbench, start: int, end: int) -> None:
    source = guid_of(bench, "samira")
    with pytest.raises(KodingError, match="nothing to code"):
        bench.code(source, start, end, "arbeid")
    assert bench.codings(source) == []


def test_a_folder_is_no_code(bench: Workbench) -> None:
    with pytest.raises(KodingError, match="folder"):
        code_words(bench, "samira", "dyr", "hverdag")


def test_one_coder_says_one_code_of_one_passage_once(bench: Workbench) -> None:
    coding = code_words(bench, "samira", "dyr", "arbeid")
    with pytest.raises(Conflict, match="already"):
        code_words(bench, "samira", "dyr", "arbeid")
    other = code_words(bench, "samira", "dyr", "ensomhet")
    with pytest.raises(Conflict, match="already"):
        bench.recode(other, "arbeid")
    wider = code_words(bench, "samira", "men dyr", "arbeid")
    with pytest.raises(Conflict, match="already"):
        bench.resize(wider, coding.start, coding.end)
    assert bench.code_counts() == {"arbeid": 2, "ensomhet": 1}


def test_a_coding_keeps_its_identity_through_every_edit(bench: Workbench, reopened) -> None:
    coding = code_words(bench, "samira", "dyr", "arbeid", retning="fra")
    changed = bench.recode(coding, "ensomhet")
    changed = bench.set_facets(changed, {"retning": "", "status": "avvist"})
    changed = bench.resize(changed, coding.start - 4, coding.end)
    bench.set_memo(MemoTarget.CODING, coding.guid, "Husleia\r\nigjen")
    (standing,) = reopened().codings(coding.source)
    assert standing.guid == coding.guid
    assert (standing.code, dict(standing.facets)) == ("ensomhet", {"status": "avvist"})
    assert (standing.start, standing.end) == (coding.start - 4, coding.end)
    assert standing.memo == "Husleia\nigjen"
    assert standing.created == coding.created
    assert {code: count for code, count in bench.code_counts().items() if count} == {"ensomhet": 1}


def test_a_removed_coding_is_gone_with_its_memo(bench: Workbench) -> None:
    coding = code_words(bench, "samira", "dyr", "arbeid")
    bench.set_memo(MemoTarget.CODING, coding.guid, "Husleia")
    bench.remove(coding)
    assert bench.codings(coding.source) == []
    assert bench.memo(MemoTarget.CODING, coding.guid) == ""


@pytest.mark.parametrize("target", [MemoTarget.SOURCE, MemoTarget.CODE])
def test_memos_are_each_coders_own(bench: Workbench, reopened, target: MemoTarget) -> None:
    guid = guid_of(bench, "samira") if target is MemoTarget.SOURCE else bench.codebook.by_key["arbeid"].guid
    bench.set_memo(target, guid, "Karis ord")
    ola = reopened("Ola")
    assert ola.memo(target, guid) == ""
    ola.set_memo(target, guid, "Olas ord")
    assert bench.memo(target, guid) == "Karis ord"
    bench.set_memo(target, guid, "")
    assert bench.memo(target, guid) == ""
    assert ola.memo(target, guid) == "Olas ord"


def test_an_accepted_suggestion_is_a_coding_that_remembers_where_it_came_from(bench: Workbench) -> None:
    proposed = suggestion(bench, "Telefonen ringte aldri.", "ensomhet", status="avvist")
    coding = bench.accept(proposed, suggester="rules 1.2")
    assert (coding.origin, coding.suggester) == (Origin.ACCEPTED, "rules 1.2")
    assert dict(coding.facets) == {"status": "avvist"}
    assert bench.codings(coding.source) == [coding]
    place = (proposed.start, proposed.end, "ensomhet")
    assert bench.verdicts(coding.source) == {place: Verdict.ACCEPTED}
    bench.undo()
    assert bench.codings(coding.source) == []
    assert bench.verdicts(coding.source) == {}


def test_a_suggestion_accepted_as_another_code_or_changed_later_is_edited(bench: Workbench) -> None:
    other = bench.accept(suggestion(bench, "Telefonen ringte aldri.", "ensomhet"), code="ensomhet.isolasjon")
    assert (other.code, other.origin) == ("ensomhet.isolasjon", Origin.EDITED)
    taken = bench.accept(suggestion(bench, "Den var fin", "hverdag.bolig"))
    assert bench.set_facets(taken, {"retning": "fra"}).origin is Origin.ACCEPTED
    assert bench.resize(taken, taken.start, taken.end + 3).origin is Origin.EDITED
    again = bench.accept(suggestion(bench, "jobb hadde jeg", "arbeid"))
    assert bench.recode(again, "arbeid.inntekt").origin is Origin.EDITED
    manual = code_words(bench, "samira", "dyr", "arbeid")
    assert bench.recode(manual, "ensomhet").origin is Origin.MANUAL


def test_a_rejected_suggestion_is_remembered_and_codes_nothing(bench: Workbench, reopened) -> None:
    proposed = suggestion(bench, "Telefonen ringte aldri.", "ensomhet")
    bench.reject(proposed)
    place = (proposed.start, proposed.end, "ensomhet")
    assert reopened().verdicts(proposed.source) == {place: Verdict.REJECTED}
    assert reopened("Ola").verdicts(proposed.source) == {}
    assert bench.codings(proposed.source) == []
    bench.accept(proposed)
    assert bench.verdicts(proposed.source) == {place: Verdict.ACCEPTED}
    bench.undo()
    assert bench.verdicts(proposed.source) == {place: Verdict.REJECTED}


def test_progress_counts_the_turns_of_informants_that_have_a_coding(bench: Workbench) -> None:
    code_words(bench, "meeting", "velge bolig", "hverdag.bolig")
    code_words(bench, "meeting", "ikke være med", "arbeid")
    code_words(bench, "meeting", "Hvem vil begynne", "arbeid")
    code_words(bench, "meeting", "høy.\nOddvar: De drar", "arbeid")
    state = bench.source_state(guid_of(bench, "meeting"))
    assert (state.counted_turns, state.coded_turns, state.codings) == (4, 2, 4)
    assert state in bench.sources()


def test_the_place_where_a_coder_stopped_is_remembered(bench: Workbench, reopened) -> None:
    source = guid_of(bench, "meeting")
    assert bench.bookmark(source) == 0
    bench.set_bookmark(source, 33)
    bench.set_bookmark(source, 44)
    assert reopened().bookmark(source) == 44
    assert reopened("Ola").bookmark(source) == 0


def test_a_speakers_group_is_told_by_the_first_two_variables(bench: Workbench) -> None:
    transcript = bench.transcript(guid_of(bench, "meeting"))
    groups = {label: bench.group_of(speaker) for label, speaker in transcript.speakers.items()}
    assert groups["Amina"] == "flyktning · 10"
    assert groups["Oddvar"] == "ansatt · by"
    assert groups["Møteleder"] == ""


def test_what_was_undone_is_told_in_words_with_the_sources_it_touched(bench: Workbench) -> None:
    coding = code_words(bench, "samira", "dyr", "arbeid")
    bench.remove(coding)
    undone = bench.undo()
    assert undone.text == "removal of Arbeid: «dyr»"
    assert undone.sources == {coding.source}
    assert undone.passage == Passage(coding.source, coding.start, coding.end)
    assert bench.code_counts() == {"arbeid": 1}
    bench.redo()
    assert bench.code_counts() == {"arbeid": 0}


def test_a_coding_is_not_undone_from_under_somebody_elses_memo(reopened):
    kari, ola = reopened("Kari"), reopened("Ola")
    source = guid_of(kari, "samira")
    coding = kari.code(source, 0, 6, kari.codebook.codes[-1].key)
    ola.set_memo(MemoTarget.CODING, coding.guid, "Enig?")
    with pytest.raises(Conflict, match="memo"):
        kari.undo()
    ola.set_memo(MemoTarget.CODING, coding.guid, "")
    kari.undo()
    assert kari.codings(source) == []


def test_every_change_is_told_in_words_when_it_is_undone(bench: Workbench) -> None:
    coding = code_words(bench, "samira", "dyr", "arbeid", retning="fra")
    coding = bench.recode(coding, "ensomhet")
    coding = bench.set_facets(coding, {"retning": "til"})
    bench.resize(coding, coding.start - 4, coding.end)
    bench.accept(suggestion(bench, "fin", "arbeid"))
    bench.reject(suggestion(bench, "men", "arbeid"))
    assert [bench.undo().text for _change in range(6)] == [
        "rejected suggestion of Arbeid: «men»",
        "accepted suggestion of Arbeid: «fin»",
        "new edges of Ensomhet: «men dyr»",
        "facets of Ensomhet: «dyr»",
        "change from Arbeid to Ensomhet: «dyr»",
        "coding with Arbeid: «dyr»",
    ]

"""A study's codings teach the suggester: whose, when it is learned anew, and that nothing else is taught."""

from __future__ import annotations

from pathlib import Path

import pytest

from koding.errors import UsageFault
from koding.model.coding import MemoTarget, Suggestion
from koding.session import suggesting
from koding.session.learning import learn, lessons, up_to_date
from koding.session.opening import check_study, journal_events
from koding.session.study_file import open_study
from koding.session.suggesting import suggestions
from koding.session.workbench import Workbench
from koding.store import learned as learned_store
from koding.suggest.process.children import SuggesterFault
from tests.studies import copied
from tests.taught_study import CODER, code_as, taught_study


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    path = taught_study(tmp_path_factory.mktemp("taught") / "taught.koding")
    with open_study(path) as project:
        learn(project)
    return path


@pytest.fixture
def study(made, tmp_path) -> Path:
    return copied(made, tmp_path)


@pytest.fixture
def bench(study):
    bench = Workbench.open(study, CODER)
    yield bench
    bench.close()


def is_up_to_date(study: Path, coder: str = "") -> bool:
    with open_study(study) as project:
        return up_to_date(project, coder) is not None


def test_what_was_learned_is_kept_in_the_study_and_not_in_the_journal(study):
    with open_study(study) as project:
        events = len(list(journal_events(project)))
        found = learn(project)
        assert (found.anew, found.coder) == (False, "")
        assert found.data
        assert found.codings > 0
        assert len(list(journal_events(project))) == events
        assert check_study(project) == []
        kept = learned_store.learned(project.connection, "")
        assert (kept.version, kept.codings) == ("learned/2", found.codings)
        assert kept.trained_at


def test_learning_anew_from_the_same_codings_gives_the_same(study):
    with open_study(study) as project:
        kept = learn(project).data
        project.connection.execute("DELETE FROM learned")
        again = learn(project)
    assert again.anew
    assert again.data == kept


def test_another_coding_makes_it_out_of_date(study, bench):
    assert is_up_to_date(study)
    source = bench.sources()[-1].guid
    coding = bench.code(source, 30, 50, "hav")
    assert not is_up_to_date(study)
    bench.recode(coding, "by")
    assert not is_up_to_date(study)
    bench.remove(coding)
    assert is_up_to_date(study)


def test_a_memo_on_a_coding_teaches_nothing_new(study, bench):
    source = bench.sources()[0].guid
    bench.set_memo(MemoTarget.CODING, bench.codings(source)[0].guid, "hm")
    assert is_up_to_date(study)


def test_a_suggestion_that_was_turned_down_teaches_nothing(study, bench):
    source = bench.sources()[-1].guid
    bench.reject(Suggestion(source, 30, 50, "hav", 0.5, "rules", "match"))
    assert is_up_to_date(study)
    with open_study(study) as project:
        assert source not in {lesson.source for lesson in lessons(project)}


def test_an_accepted_suggestion_teaches_and_is_not_gold(study, bench):
    source = bench.sources()[-1].guid
    suggestion = Suggestion(source, 30, 50, "hav", 0.5, "rules", "match")
    bench.accept(suggestion)
    with open_study(study) as project:
        (lesson,) = [lesson for lesson in lessons(project) if lesson.source == source]
    assert [(mark.start, mark.end, mark.code, mark.gold) for mark in lesson.marks] == [(30, 50, "hav", False)]


def test_accepted_as_another_code_is_the_coders_own_judgement(study, bench):
    source = bench.sources()[-1].guid
    bench.accept(Suggestion(source, 30, 50, "hav", 0.5, "rules", "match"), code="by")
    with open_study(study) as project:
        (lesson,) = [lesson for lesson in lessons(project) if lesson.source == source]
    assert [(mark.code, mark.gold) for mark in lesson.marks] == [("by", True)]


def test_sources_that_nobody_has_coded_teach_nothing(study, bench):
    with open_study(study) as project:
        taught = {lesson.source for lesson in lessons(project)}
    assert taught == {state.guid for state in bench.sources()[:-1]}


def test_each_coder_teaches_what_they_have_coded(study):
    code_as(study, "Ola", ["s0", "s1"], every=3)
    with open_study(study) as project:
        everybody, kari, ola = (list(lessons(project, coder)) for coder in ("", CODER, "Ola"))
        assert len(everybody) == len(kari) + len(ola) == 7
        assert learn(project, CODER).data
        assert learn(project, "Ola").data == b""
    assert is_up_to_date(study, "Ola")


def test_too_little_is_remembered_as_too_little(tmp_path):
    study = taught_study(tmp_path / "small.koding", sources=1)
    with open_study(study) as project:
        assert learn(project).data == b""
        assert up_to_date(project).data == b""
        assert {item.origin for _, item in suggestions(project)} == {"rules"}


def test_a_study_without_codings_teaches_nothing(tmp_path):
    study = taught_study(tmp_path / "bare.koding", sources=0, uncoded=2)
    with open_study(study) as project:
        assert learn(project).data == b""


def test_a_study_that_cannot_be_written_to_still_teaches(study, bench):
    bench.code(bench.sources()[-1].guid, 30, 50, "hav")
    bench.close()
    with open_study(study) as project:
        project.connection.execute("PRAGMA query_only = ON")
        assert learn(project).data
        assert up_to_date(project) is None


def test_the_screen_learns_from_its_own_coder(study):
    code_as(study, "Ola", ["s0"])
    ola, kari = Workbench.open(study, "Ola"), Workbench.open(study, CODER)
    assert ola.learned() == b""
    assert kari.learned() != b""
    ola.close()
    kari.close()


def uncoded(study: Path, **how) -> dict[str, set[tuple[int, int, str]]]:
    """Give what is suggested on the source that nobody has coded, by origin."""
    found: dict[str, set[tuple[int, int, str]]] = {}
    with open_study(study) as project:
        for _name, item in suggestions(project, "s5", **how):
            found.setdefault(item.origin, set()).add((item.start, item.end, item.code))
    return found


@pytest.mark.usefixtures("either_way")
def test_suggestions_use_what_was_learned(study):
    from tests.taught_study import source_text

    gold = set(source_text("s5")[1])
    with_codings, without = uncoded(study), uncoded(study, learns=False)
    assert set(without) == {"rules"}
    assert {"learned", "rules+learned"} <= set(with_codings)
    assert len(set().union(*with_codings.values()) & gold) > 2 * len(without["rules"] & gold)


def test_what_is_kept_with_and_without_learning_stays_apart(study):
    first = uncoded(study), uncoded(study, learns=False)
    assert (uncoded(study), uncoded(study, learns=False)) == first


def test_that_something_was_learned_is_said_once(study, bench):
    bench.code(bench.sources()[-1].guid, 30, 50, "hav")
    notes: list[str] = []
    assert uncoded(study, on_note=notes.append) == uncoded(study, on_note=notes.append)
    with open_study(study) as project:
        count = up_to_date(project).codings
    assert notes == [f"Learned from {count} codings."]


def test_one_coder_can_teach_alone(study):
    code_as(study, "Ola", ["s0"])
    assert uncoded(study, coder="Ola").keys() == {"rules"}
    with open_study(study) as project, pytest.raises(UsageFault, match="Pål"):
        list(suggestions(project, coder="Pål"))


def test_where_learning_fails_the_rules_suggest(study, monkeypatch):
    def fails(_project, _coder):
        raise SuggesterFault("No room.")

    monkeypatch.setattr(suggesting, "learn", fails)
    notes: list[str] = []
    assert uncoded(study, on_note=notes.append).keys() == {"rules"}
    assert notes == ["Nothing was learned from the codings; the rules suggest. No room."]


def test_what_cannot_be_read_is_said_and_the_rules_suggest(study):
    with open_study(study) as project, project.deriving() as connection:
        connection.execute("UPDATE learned SET data = x'00'")
    notes: list[str] = []
    with open_study(study) as project:
        found = list(suggestions(project, on_note=notes.append))
        # In all that is read, not only in what was asked for first.
        assert found == list(suggestions(project, learns=False))
    assert found
    assert notes == ["What was learned cannot be read; the rules suggest."]

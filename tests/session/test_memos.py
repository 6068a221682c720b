"""Memos: marked, told in the journal, exported, and never lost while they are written."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from koding.errors import Conflict
from koding.model.coding import MemoDraft, MemoTarget
from koding.session.memos import exported_memos
from koding.session.telling import detail_label
from koding.session.workbench import Workbench
from koding.store import journal
from koding.store.project import Project
from koding.writers.memos import memos_csv, memos_json
from tests.studies import code_words, guid_of


@pytest.fixture
def bench(study: Path):
    bench = Workbench.open(study, "Kari")
    yield bench
    bench.close()


@pytest.fixture
def written(bench: Workbench) -> Workbench:
    """Give a study with a memo of each kind."""
    coding = code_words(bench, "samira", "dyr", "arbeid")
    bench.set_memo(MemoTarget.CODING, coding.guid, "=1+1")
    bench.set_memo(MemoTarget.SOURCE, coding.source, "To linjer\nher")
    bench.set_memo(MemoTarget.CODE, bench.codebook.by_key["arbeid"].guid, "Se reglene")
    return bench


def rows_of(path: Path, coder: str | None = None) -> list[dict[str, str]]:
    with Project.open(path) as project:
        pairs = [(found.memo, found.passage) for found in exported_memos(project, coder)]
    return list(csv.DictReader(io.StringIO(memos_csv(pairs))))


def test_the_export_says_what_each_memo_is_on_by_whom_and_when(study: Path, written: Workbench) -> None:
    code, source, coding = rows_of(study)
    assert (code["kind"], code["target"], code["text"]) == ("code", "arbeid", "Se reglene")
    assert (source["kind"], source["target"], source["text"]) == ("source", "samira", "To linjer\nher")
    place = f"samira:{coding['start']}-{coding['end']}"
    assert (coding["kind"], coding["target"], coding["passage"]) == ("coding", f"arbeid {place}", "dyr")
    assert {row["coder"] for row in (code, source, coding)} == {"Kari"}
    assert all(row["created"] and row["modified"] >= row["created"] for row in (code, source, coding))


def test_no_cell_of_the_export_starts_a_formula_and_json_has_the_words_as_they_are(
    study: Path, written: Workbench
) -> None:
    assert rows_of(study)[2]["text"] == "'=1+1"
    with Project.open(study) as project:
        found = json.loads(memos_json([(one.memo, one.passage) for one in exported_memos(project)]))
    assert [row["text"] for row in found] == ["Se reglene", "To linjer\nher", "=1+1"]
    assert found[0]["start"] is None


def test_one_coders_memos_can_be_exported_alone(study: Path, written: Workbench) -> None:
    ola = Workbench.open(study, "Ola")
    ola.set_memo(MemoTarget.SOURCE, guid_of(ola, "samira"), "Olas")
    ola.close()
    assert [row["text"] for row in rows_of(study, "Ola")] == ["Olas"]
    assert len(rows_of(study)) == 4


def test_the_journal_says_which_kind_of_memo_on_what(study: Path, written: Workbench) -> None:
    with written._project.reading() as connection:
        told = [detail_label(event) for event in journal.events(connection) if event.action == "memo"]
    assert told[0].startswith("coding arbeid samira:")
    assert told[1:] == ["source samira", "code arbeid"]


def test_what_has_a_memo_is_known_and_follows_undo(written: Workbench) -> None:
    source, code = guid_of(written, "samira"), written.codebook.by_key["arbeid"].guid
    assert written.memo_targets() == {source, code}
    assert written.undo().text == "memo on the code Arbeid"
    assert written.memo_targets() == {source}
    assert written.undo().text == "memo on the source samira"
    undone = written.undo()
    assert undone.text == "memo on Arbeid: «dyr»"
    assert undone.passage is not None
    assert undone.passage.source == source
    written.redo()
    written.redo()
    assert written.memo_targets() == {source}


def test_a_memo_on_what_is_gone_is_refused(bench: Workbench) -> None:
    coding = code_words(bench, "samira", "dyr", "arbeid")
    bench.remove(coding)
    with pytest.raises(Conflict, match="no longer there"):
        bench.set_memo(MemoTarget.CODING, coding.guid, "for sent")


def test_a_draft_stands_until_it_is_dropped_and_is_each_coders_own(study: Path, bench: Workbench) -> None:
    assert bench.draft() is None
    draft = MemoDraft(MemoTarget.SOURCE, guid_of(bench, "samira"), "samira", "Halv setn")
    bench.keep_draft(draft)
    again, ola = Workbench.open(study, "Kari"), Workbench.open(study, "Ola")
    assert again.draft() == draft
    assert ola.draft() is None
    again.drop_draft()
    assert bench.draft() is None
    assert [path.name for path in study.parent.iterdir() if "draft" in path.name] == []
    again.close()
    ola.close()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"target": "moon"}', b"\xff\xfe"])
def test_a_draft_that_cannot_be_read_is_none(bench: Workbench, content: bytes) -> None:
    bench._drafts.path.write_bytes(content)
    assert bench.draft() is None


def test_a_draft_that_cannot_be_written_stops_nobody(bench: Workbench) -> None:
    bench._drafts.path.mkdir()
    bench.keep_draft(MemoDraft(MemoTarget.SOURCE, guid_of(bench, "samira"), "samira", "tekst"))
    assert bench.draft() is None
    bench.drop_draft()

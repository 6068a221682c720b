"""Copies of a small study that go separate ways: what coders do in each, and merging them again."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from hypothesis import strategies as st

from koding.errors import Conflict, KodingError
from koding.model.coding import Evidence, MemoTarget, Suggestion
from koding.model.resolution import BOTH, NEITHER, OTHER, Decision
from koding.model.rounds import RoundMode
from koding.readers.choices_csv import ChoiceRow
from koding.session import rounds
from koding.session.codebook_changes import CodebookChanges, NewCode
from koding.session.merging import apply_choices, conflicts
from koding.session.opening import check_study
from koding.session.resolving import Resolver
from koding.session.workbench import Workbench
from koding.store import journal
from koding.store.carried import Carried, write_carried
from koding.store.copies import Merged, merge_copies
from koding.store.disputes import disputes
from koding.store.project import Project
from koding.store.standing import said
from tests.studies import TEXTS, bring_in, codebook, state_of

CODERS = ("Kari", "Ola")
CODES = [code.key for code in codebook().codes if code.codable]
FACETS = st.fixed_dictionaries({}, optional={"retning": st.sampled_from(["fra", "til"])})
MEMOS = st.sampled_from(["", "Se på denne.", "Nei.", "Enig?"])
#: Texts that copies may give a source in place of the one that is there, or import anew under the same name.
NEW_TEXTS = (
    "Folk flytter dit det er arbeid. Slik har det alltid vært i Granås.\n",
    "Et tillegg foran.\nFolk flytter dit det er arbeid. Slik har det alltid vært i Steinli.\n",
)


class Copy:
    """What people do in one copy, a step at a time; a step that the study refuses changes nothing."""

    def __init__(self, path: Path, draw: Callable[[st.SearchStrategy], object]) -> None:
        self.path = path
        self.draw = draw

    def step(self, name: str) -> None:
        coder = self.draw(st.sampled_from(CODERS))
        with Project.open(self.path) as project:
            running = [one.guid for one in rounds.rounds(project) if not one.closed]
        bench = Workbench.open(self.path, coder, round_name=self.draw(st.sampled_from(["none", *running])))
        try:
            getattr(self, name)(bench)
        except KodingError:
            return
        finally:
            bench.close()

    def _source(self, bench: Workbench) -> str:
        found = [state.guid for state in bench.sources()]
        if not found:
            raise Conflict("there is no source left")
        return self.draw(st.sampled_from(found))

    def _span(self, bench: Workbench, source: str) -> tuple[int, int]:
        # Few places, so that copies meet on them.
        length = len(bench.transcript(source).text)
        start = self.draw(st.integers(0, 2)) * 7 % length
        return start, min(length, start + self.draw(st.integers(1, 2)))

    def _coding(self, bench: Workbench):
        found = [
            coding for state in bench.sources() for coding in (*bench.codings(state.guid), *bench.others(state.guid))
        ]
        if not found:
            raise Conflict("there is no coding yet")
        return found[self.draw(st.integers(0, len(found) - 1))]

    def code(self, bench: Workbench) -> None:
        source = self._source(bench)
        bench.code(source, *self._span(bench, source), self.draw(st.sampled_from(CODES)), self.draw(FACETS))

    def recode(self, bench: Workbench) -> None:
        bench.recode(self._coding(bench), self.draw(st.sampled_from(CODES)))

    def facets(self, bench: Workbench) -> None:
        bench.set_facets(self._coding(bench), self.draw(FACETS))

    def resize(self, bench: Workbench) -> None:
        coding = self._coding(bench)
        bench.resize(coding, *self._span(bench, coding.source))

    def remove(self, bench: Workbench) -> None:
        bench.remove(self._coding(bench))

    def memo(self, bench: Workbench) -> None:
        bench.set_memo(MemoTarget.CODING, self._coding(bench).guid, self.draw(MEMOS))

    def memo_on_source(self, bench: Workbench) -> None:
        bench.set_memo(MemoTarget.SOURCE, self._source(bench), self.draw(MEMOS))

    def accept(self, bench: Workbench) -> None:
        source = self._source(bench)
        start, end = self._span(bench, source)
        code = self.draw(st.sampled_from(CODES))
        bench.accept(Suggestion(source, start, end, code, 0.5, "rules", "because", {}, (Evidence(start, end),)))

    def undo(self, bench: Workbench) -> None:
        bench.undo()

    def redo(self, bench: Workbench) -> None:
        bench.redo()

    def bring_in(self, _bench: Workbench) -> None:
        number = self.draw(st.integers(0, 1))
        bring_in(self.path, {"brev": NEW_TEXTS[number]})

    def new_text(self, _bench: Workbench) -> None:
        text = self.draw(st.sampled_from([*NEW_TEXTS, TEXTS["essay"]]))
        bring_in(self.path, {"essay": text}, carry_over=True)

    def new_round(self, bench: Workbench) -> None:
        turns = self.draw(st.sampled_from([0, 2]))
        with Project.open(self.path) as project:
            rounds.new_round(
                project,
                self.draw(st.sampled_from(["Første", "Andre"])),
                turns=turns,
                seed=self.draw(st.integers(1, 2)) if turns else None,
                mode=self.draw(st.sampled_from(RoundMode)),
                by=bench.coder,
            )

    def close_round(self, bench: Workbench) -> None:
        with Project.open(self.path) as project:
            found = rounds.rounds(project)
            if found:
                one = self.draw(st.sampled_from(found))
                rounds.close_round(project, one.guid, by=bench.coder, again=self.draw(st.booleans()))

    def resolve(self, bench: Workbench) -> None:
        with closing(Resolver.open(self.path, bench.coder)) as resolver:
            if resolver.differences:
                one = resolver.differences[self.draw(st.integers(0, len(resolver.differences) - 1))]
                if self.draw(st.booleans()) and (one.resolution or one.stale):
                    resolver.reopen(one)
                else:
                    verdict = self.draw(st.sampled_from([*CODERS, BOTH, NEITHER, OTHER]))
                    code = self.draw(st.sampled_from(CODES)) if verdict == OTHER else ""
                    resolver.decide(one, Decision(verdict, code, self.draw(MEMOS)))

    def carry(self, bench: Workbench) -> None:
        with Project.open(self.path) as project:
            thing = Carried("set", "", self.draw(st.sampled_from(["a", "b"])), {"text": self.draw(MEMOS)})
            with project.change(coder=bench.coder, action="import project") as change:
                write_carried(change, project.connection, [thing])

    def choose(self, bench: Workbench) -> None:
        with Project.open(self.path) as project:
            found = conflicts(project)
            if found:
                one = found[self.draw(st.integers(0, len(found) - 1))]
                choice = self.draw(st.sampled_from([option.letter for option in one.options]))
                apply_choices(project, [ChoiceRow(1, one.id, choice, "agreed")], coder=bench.coder)

    def undo_last(self, bench: Workbench) -> None:
        with Project.open(self.path) as project:
            last = journal.undoable(project.connection, None)
            if last is not None:
                project.revert(last, coder=bench.coder, kind="undo")

    def codebook(self, bench: Workbench) -> None:
        with Project.open(self.path) as project:
            changes = CodebookChanges(project, bench.coder, "because")
            keys = [code.key for code in changes.codebook.codes]
            key, other = self.draw(st.sampled_from(keys)), self.draw(st.sampled_from(keys))
            act = self.draw(st.sampled_from(["add", "rename", "edit", "move", "merge", "split", "retire", "restore"]))
            if act == "add":
                changes.add(NewCode(f"{key}.ny", self.draw(st.sampled_from(["Ny", "Annen"]))))
            elif act == "rename":
                changes.rename(key, self.draw(st.sampled_from(["Jobb", "Yrke"])))
            elif act == "edit":
                changes.edit(key, {"definition": self.draw(st.sampled_from(["Dette.", "Noe annet."]))})
            elif act == "move":
                changes.move(key, self.draw(st.sampled_from([None, other])))
            elif act == "merge":
                changes.merge([key], other)
            elif act == "split":
                changes.split(key, [NewCode(other), NewCode("delt")])
            else:
                getattr(changes, act)(key)


STEPS = [name for name in vars(Copy) if not name.startswith("_") and name != "step"]


def copy_of(path: Path, name: str) -> Path:
    return Path(shutil.copy(path, path.parent / f"{name}.koding"))


def merged(target: Path, *files: Path, dry_run: bool = False) -> Merged:
    with Project.open(target) as project:
        found, _nothing = merge_copies(
            project, files, coder="Lead", backup=False, dry_run=dry_run, describe=lambda *_found: None
        )
        return found


def disputed(path: Path) -> list[tuple[object, ...]]:
    with Project.open(path) as project:
        return [
            (one.id, one.dispute.part, [(said(act), act.coder) for act in one.dispute.acts])
            for one in disputes(project.connection)
        ]


def sound(path: Path) -> list[str]:
    with Project.open(path) as project:
        return check_study(project)


def events(path: Path) -> set[str]:
    """Give the GUIDs of what people did; not of merges and of what their rules settle."""
    with closing(sqlite3.connect(path)) as connection:
        return {guid for (guid,) in connection.execute("SELECT guid FROM change WHERE kind NOT IN ('merge', 'settle')")}


def journal_length(path: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(path)) as connection:
        return (
            connection.execute("SELECT count(*) FROM change").fetchone()[0],
            connection.execute("SELECT count(*) FROM entry").fetchone()[0],
        )


def same_state(paths: Sequence[Path]) -> bool:
    first, *others = (state_of(path) for path in paths)
    return all(other == first for other in others)

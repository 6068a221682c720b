"""One coder at one study: what the coding screen asks for and does.

Every change is on disk, with its journal event, when the method returns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from koding.errors import Conflict, KodingError, StudyLocked
from koding.i18n import _
from koding.model.coding import Coding, MemoTarget, Origin, Suggestion, Verdict
from koding.model.identity import fresh_guid
from koding.model.modes import SuggestionMode
from koding.model.rounds import Round
from koding.model.transcript import Speaker, Transcript
from koding.session.coder_names import checked
from koding.session.progress import SourceState, progress
from koding.session.retired import retired_code
from koding.session.rounds import find_round, is_blind, no_suggestions, refuse_outside, round_of
from koding.session.screen_memory import ScreenMemory
from koding.session.telling import memo_target_name
from koding.store import codings as codings_store
from koding.store import decisions as decisions_store
from koding.store import journal
from koding.store import memos as memos_store
from koding.store import sources as sources_store
from koding.store import suggestions as suggestions_store
from koding.store.project import Project

if TYPE_CHECKING:
    from koding.session.remembering import StudyCache
    from koding.session.resolving import Resolver
    from koding.session.undoing import Reverted, Undone

#: The changes that a coder's undo takes back: what one does while coding, never an import.
CODING_ACTIONS = ("code", "recode", "facets", "resize", "remove", "memo", "accept", "reject")


#: Seconds that a key waits for another program's write before the screen says that the study is busy.
PATIENCE = 1.5


class Workbench(ScreenMemory):
    """One coder's work on an open study."""

    def __init__(self, project: Project, coder: str, in_round: Round | None = None) -> None:
        """Take an open study and the checked name of a coder.

        In a round the coder codes its sources (or turns), and sees the codings made in it alone.
        """
        super().__init__(project, coder, in_round.guid if in_round else "")
        self.round = in_round
        self.round_name = in_round.name if in_round else ""
        self._round_key = in_round.guid if in_round else None
        self.codebook = project.codebook()
        self._code_guids = {code.key: code.guid for code in self.codebook.codes}
        self._code_keys = {guid: key for key, guid in self._code_guids.items()}
        self._seen = project.data_version()
        #: The hash of each source's text as it was last read here.
        self._seen_texts: dict[str, str] = {}
        with project.reading() as connection:
            #: A coder is written down with the first thing they write, not by looking.
            self._known = coder in codings_store.coders(connection)
        self._load()

    @classmethod
    def open(cls, path: Path, coder: str, round_name: str = "") -> Workbench:
        """Open a study for a coder, in the round of this name, else in the one that is running. Raises KodingError.

        The round "none" is none.
        """
        project = Project.open(path)
        try:
            with project.reading() as connection:
                known = codings_store.coders(connection)
            project.be_patient(PATIENCE)
            name = checked(coder, known)
            return cls(project, name, round_of(project, name, round_name))
        except BaseException:
            project.close()
            raise

    @contextmanager
    def _change(self, action: str, detail: str) -> Iterator[journal.Change]:
        if not self._known:
            with self._project.change(coder=self.coder, action="new coder", detail=self.coder) as change:
                codings_store.write_coder(change, self._project.connection, self.coder)
            self._known = True
        with self._project.change(coder=self.coder, action=action, detail=detail) as change:
            yield change

    @property
    def suggestion_cache(self) -> StudyCache:
        """Where a suggester keeps what it finds in this study."""
        from koding.session.remembering import StudyCache

        return StudyCache(self._project)

    def learned(self) -> bytes:
        """Give what this coder's codings teach a suggester, learned anew where they have changed; from any thread.

        Raises KodingError where it cannot be learned.
        """
        from koding.session.learning import learn

        with Project.open(self._project.path) as project:
            return learn(project, self.coder).data

    def _load(self) -> None:
        with self._project.reading() as connection:
            self._records = {record.guid: record for record in sources_store.sources(connection)}
            self._counts = codings_store.code_counts(connection, self.coder)
            #: When suggestions are shown here: as the study says, unless the round says otherwise.
            self.suggestion_mode = suggestions_store.mode(connection)
        if self._round_key is not None:
            self.round = find_round(self._project, self._round_key)
            self._records = {guid: one for guid, one in self._records.items() if guid in self.round.parts}
        #: Whether a blind round keeps others' codings and suggestions from this coder.
        self.blind = is_blind(self._project, self.coder)
        if self.blind:
            self.suggestion_mode = SuggestionMode.BLIND
        elif self.round is not None:
            self.suggestion_mode = self.round.suggesting or self.suggestion_mode
        self._states: dict[str, SourceState] = {}
        self._remember_memos()

    # Reading

    def outline(self) -> list[SourceState]:
        """Give the sources in import order at once, their progress not counted yet (0 turns, 0 codings)."""
        return [
            SourceState(record.guid, record.name, record.title, record.words, 0, 0, 0)
            for record in self._records.values()
        ]

    def sources(self) -> list[SourceState]:
        """Give the sources in import order, with this coder's progress; the first call counts it."""
        if not self._states:
            self._states = progress(self._project, self.coder, in_round=self.round)
        return [self._states[guid] for guid in self._records]

    def source_state(self, source: str) -> SourceState:
        """Give one source with this coder's progress as it now stands."""
        self._states.update(progress(self._project, self.coder, source, self.round))
        return self._states[source]

    def transcript(self, source: str) -> Transcript:
        """Give a source's text, turns and speakers."""
        with self._project.reading() as connection:
            self._records.update(
                (record.guid, record) for record in sources_store.sources(connection) if record.guid in self._records
            )
            self._seen_texts[source] = self._records[source].text_sha256
            return sources_store.transcript(connection, self._records[source])

    def group_of(self, speaker: Speaker) -> str:
        """Give the first two variables known of a speaker's informant, as a short text for the screen."""
        if speaker.informant is None:
            return ""
        return " · ".join([value for value in speaker.informant.variables.values() if value][:2])

    def codings(self, source: str) -> list[Coding]:
        """Give this coder's codings of a source, by place."""
        with self._project.reading() as connection:
            return list(codings_store.codings(connection, source=source, coder=self.coder, in_round=self._round_key))

    def others(self, source: str) -> list[Coding]:
        """Give other coders' codings of a source, by place; none while a blind round keeps them from this coder."""
        with self._project.reading() as connection:
            found = [] if self.blind else codings_store.codings(connection, source=source, in_round=self._round_key)
            return [coding for coding in found if coding.coder != self.coder]

    def belongs(self, source: str, start: int, end: int) -> bool:
        """Tell whether [start, end) of a source is to be coded here: everything is, but for what a round leaves out."""
        return self.round is None or self.round.touches(source, start, end)

    def code_counts(self) -> dict[str, int]:
        """Give this coder's codings of each code in the whole study, by key."""
        return dict(self._counts)

    def memo(self, _target: MemoTarget, guid: str) -> str:
        """Give this coder's memo on a coding, source or code ("" for none)."""
        with self._project.reading() as connection:
            return codings_store.memo(connection, guid, self.coder)

    def verdicts(self, source: str) -> dict[tuple[int, int, str], Verdict]:
        """Give what this coder decided about suggestions in a source, by (start, end, code key)."""
        with self._project.reading() as connection:
            return decisions_store.decisions(connection, source, self.coder)

    def changed_elsewhere(self) -> bool:
        """Say whether another program has written since the last call; if so the lists here are up to date again."""
        try:
            version = self._project.data_version()
        except StudyLocked:
            return False  # somebody is writing just now: seen the next time
        if version == self._seen:
            return False
        self._seen = version
        self._load()
        return True

    # Coding

    def code(self, source: str, start: int, end: int, code: str, facets: Mapping[str, str] | None = None) -> Coding:
        """Code [start, end) of a source. Raises Conflict where this coder has the code on the very span already."""
        coding = self._new(source, start, end, code, facets or {})
        with self._change("code", self._detail(coding)) as change:
            coding = replace(coding, created=change.at, modified=change.at)
            change.insert("coding", [codings_store.coding_row(coding, self._code_guids[code])])
        self._count(code, 1)
        return coding

    def _new(  # noqa: PLR0913 - the parts of a coding
        self, source: str, start: int, end: int, code: str, facets: Mapping[str, str], *, standing: bool = False
    ) -> Coding:
        """Give a coding that may be made; where it is `standing` already its code may have been retired since."""
        record = self._records[source]
        if not 0 <= start < end <= record.characters:
            raise KodingError(_("There is nothing to code there."), _("Select some text first."))
        refuse_outside(self.round, source, start, end)
        entry = self.codebook.by_key[code]
        if not entry.codable:
            raise KodingError(
                _("{code} is a folder and cannot be used as a code.").format(code=entry.label),
                _("Choose one of the codes below it."),
            )
        if entry.retired and not standing:
            raise retired_code(self.codebook, entry)
        with self._project.reading() as connection:
            current = sources_store.text_sha256(connection, source)
            taken = codings_store.has_coding(
                connection,
                source=source,
                coder=self.coder,
                start=start,
                end=end,
                code=self._code_guids[code],
                in_round=self._round_key or "",
            )
        if self._seen_texts.setdefault(source, current) != current:
            # Positions in the text that was read mean nothing in the one that stands there now.
            raise Conflict(
                _("{name} has got another text since you opened it.").format(name=record.name),
                _("Open it again and code then."),
            )
        if taken:
            raise Conflict(_("{code} is on this passage already.").format(code=entry.label))
        return Coding(fresh_guid(), source, start, end, code, self.coder, dict(facets), round=self._round_key or "")

    def recode(self, coding: Coding, code: str) -> Coding:
        """Give a coding another code."""
        self._new(coding.source, coding.start, coding.end, code, coding.facets)
        changed = self._update(coding, "recode", {"code": self._code_guids[code]}, code=code)
        self._count(coding.code, -1)
        self._count(code, 1)
        return changed

    def set_facets(self, coding: Coding, facets: Mapping[str, str]) -> Coding:
        """Set all facets of a coding; those left out are unset."""
        kept = {key: value for key, value in facets.items() if value}
        return self._update(coding, "facets", {"facets": codings_store.facets_text(kept)}, facets=kept)

    def resize(self, coding: Coding, start: int, end: int) -> Coding:
        """Move a coding's edges."""
        self._new(coding.source, start, end, coding.code, coding.facets, standing=True)
        return self._update(coding, "resize", {"start": start, "end": end}, start=start, end=end)

    def _update(self, coding: Coding, action: str, columns: Mapping[str, object], **fields: object) -> Coding:
        edited = coding.origin is Origin.ACCEPTED and action in {"recode", "resize"}
        origin = Origin.EDITED if edited else coding.origin
        with self._change(action, self._detail(coding)) as change:
            change.update("coding", coding.guid, {**columns, "origin": origin.value, "modified": change.at})
            return replace(coding, origin=origin, modified=change.at, **fields)  # type: ignore[arg-type]

    def remove(self, coding: Coding) -> None:
        """Remove a coding with the memos on it."""
        with self._change("remove", self._detail(coding)) as change:
            codings_store.remove_coding(change, self._project.connection, coding.guid)
        self._count(coding.code, -1)

    def set_memo(self, target: MemoTarget, guid: str, text: str) -> None:
        """Write this coder's memo on a coding, source or code; an empty text takes it away.

        Raises Conflict where what it is about is gone.
        """
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if text == self.memo(target, guid):
            return
        with self._project.reading() as connection:
            name = memo_target_name(connection, target, guid)
        with self._change("memo", f"{target.value} {name}") as change:
            connection = self._project.connection
            if not memos_store.stands(connection, target, guid):
                raise journal.gone()
            codings_store.write_memo(change, connection, kind=target, target=guid, coder=self.coder, text=text)
        self._remember_memos()

    def memo_targets(self) -> frozenset[str]:
        """Give the GUIDs of the sources and codes that this coder has a memo on."""
        return self._memo_targets

    def _remember_memos(self) -> None:
        with self._project.reading() as connection:
            self._memo_targets = frozenset(memos_store.memo_targets(connection, self.coder))

    # Suggestions

    def accept(self, suggestion: Suggestion, code: str | None = None, suggester: str = "") -> Coding:
        """Make a suggestion a coding of this coder, as it is or (`code`) as another code."""
        if self.suggestion_mode is SuggestionMode.BLIND:
            raise Conflict(no_suggestions(in_round=self.blind))
        chosen = code or suggestion.code
        coding = self._new(suggestion.source, suggestion.start, suggestion.end, chosen, suggestion.facets)
        origin = Origin.ACCEPTED if chosen == suggestion.code else Origin.EDITED
        version = suggester or suggestion.origin
        with self._change("accept", self._detail(coding)) as change:
            coding = replace(coding, origin=origin, suggester=version, created=change.at, modified=change.at)
            change.insert("coding", [codings_store.coding_row(coding, self._code_guids[chosen])])
            self._decide(change, suggestion, Verdict.ACCEPTED, version)
        self._count(chosen, 1)
        return coding

    def reject(self, suggestion: Suggestion, suggester: str = "") -> None:
        """Turn a suggestion down: it is not shown to this coder again, and counts and teaches nothing."""
        detail = f"{suggestion.code} {self._records[suggestion.source].name}:{suggestion.start}-{suggestion.end}"
        with self._change("reject", detail) as change:
            self._decide(change, suggestion, Verdict.REJECTED, suggester or suggestion.origin)

    def _decide(self, change: journal.Change, suggestion: Suggestion, verdict: Verdict, suggester: str) -> None:
        code = self._code_guids[suggestion.code]
        decisions_store.decide(change, suggestion, code=code, coder=self.coder, verdict=verdict, suggester=suggester)

    def resolver(self) -> Resolver:
        """Give a way to decide where coders differ, in the round that is coded in. Raises KodingError."""
        from koding.session.resolving import Resolver

        return Resolver(self._project, self.coder, (), self.round)

    # Undo

    def undo(self) -> Undone:
        """Take back this coder's last coding change, also after a restart. Raises Conflict where there is none."""
        from koding.session import undoing

        return self._reverted(undoing.undo(self._project, actor=self.coder, coder=self.coder, actions=CODING_ACTIONS))

    def redo(self) -> Undone:
        """Bring back what was undone last. Raises Conflict where there is nothing."""
        from koding.session import undoing

        return self._reverted(undoing.redo(self._project, actor=self.coder, coder=self.coder, actions=CODING_ACTIONS))

    def _reverted(self, reverted: Reverted) -> Undone:
        for code, step in reverted.steps():
            self._count(self._code_keys[code], step)
        self._remember_memos()
        return reverted.undone()

    # Small things

    def _count(self, code: str, step: int) -> None:
        self._counts[code] = self._counts.get(code, 0) + step

    def _detail(self, coding: Coding) -> str:
        return f"{coding.code} {self._records[coding.source].name}:{coding.start}-{coding.end}"

    def close(self) -> None:
        """Close the study."""
        self._project.close()

"""What the screen asks of a study and of a suggester, as protocols, so that it can be tried without either."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from koding.model.codebook import Codebook
from koding.model.coding import Coding, MemoDraft, MemoTarget, Suggestion, Verdict
from koding.model.modes import SuggestionMode
from koding.model.transcript import Speaker, Transcript

if TYPE_CHECKING:
    from koding.session.resolving import Resolver


class SourceProgress(Protocol):
    """How far this coder has come in a source."""

    @property
    def guid(self) -> str:
        """The source's GUID."""
        ...

    @property
    def name(self) -> str:
        """The file's stem."""
        ...

    @property
    def title(self) -> str:
        """A name for people."""
        ...

    @property
    def words(self) -> int:
        """Words in the source."""
        ...

    @property
    def counted_turns(self) -> int:
        """Turns that are an informant's own ground."""
        ...

    @property
    def coded_turns(self) -> int:
        """Those of them that this coder has coded."""
        ...

    @property
    def codings(self) -> int:
        """This coder's codings."""
        ...


class Passage(Protocol):
    """A span of a source."""

    @property
    def source(self) -> str:
        """The source's GUID."""
        ...

    @property
    def start(self) -> int:
        """First code point."""
        ...

    @property
    def end(self) -> int:
        """One past the last code point."""
        ...


class Undone(Protocol):
    """What an undo or redo changed."""

    @property
    def text(self) -> str:
        """One line for people."""
        ...

    @property
    def sources(self) -> frozenset[str]:
        """GUIDs of the sources whose codings changed."""
        ...

    @property
    def passage(self) -> Passage | None:
        """What the change was about, None for a memo on a source or a code."""
        ...


class Bench(Protocol):
    """A study opened for one coder. Every change is durable when the call returns; faults are KodingError."""

    @property
    def coder(self) -> str:
        """Who codes."""
        ...

    @property
    def round_name(self) -> str:
        """The round that is coded in, "" outside of rounds."""
        ...

    @property
    def blind(self) -> bool:
        """Whether a blind round keeps others' codings and suggestions from this coder."""
        ...

    def resolver(self) -> Resolver:
        """Give a way to decide where coders differ; KodingError where there is nothing to compare, or blind."""
        ...

    def belongs(self, source: str, start: int, end: int) -> bool:
        """Tell whether a span is to be coded here; a round may leave it out."""
        ...

    @property
    def codebook(self) -> Codebook:
        """The study's codebook."""
        ...

    def outline(self) -> Sequence[SourceProgress]:
        """Give all sources in order, their progress not counted."""
        ...

    def last_source(self) -> str | None:
        """Give the source that was open last."""
        ...

    @property
    def suggestion_mode(self) -> SuggestionMode:
        """When this round shows suggestions."""
        ...

    def sources(self) -> Sequence[SourceProgress]:
        """Give all sources in order with their progress."""
        ...

    def source_state(self, source: str) -> SourceProgress:
        """Give one source's progress."""
        ...

    def transcript(self, source: str) -> Transcript:
        """Give a source as it is read."""
        ...

    def group_of(self, speaker: Speaker) -> str:
        """Give a short text on the informant's group."""
        ...

    def codings(self, source: str) -> list[Coding]:
        """Give this coder's codings."""
        ...

    def others(self, source: str) -> list[Coding]:
        """Give the other coders' codings."""
        ...

    def code_counts(self) -> dict[str, int]:
        """Give this coder's codings per code in the whole study."""
        ...

    def code(self, source: str, start: int, end: int, code: str, facets: Mapping[str, str] | None = None) -> Coding:
        """Code a span; Conflict where it has that code already."""
        ...

    def recode(self, coding: Coding, code: str) -> Coding:
        """Change a coding's code."""
        ...

    def set_facets(self, coding: Coding, facets: Mapping[str, str]) -> Coding:
        """Set a coding's facets."""
        ...

    def resize(self, coding: Coding, start: int, end: int) -> Coding:
        """Change a coding's span."""
        ...

    def remove(self, coding: Coding) -> None:
        """Take a coding away."""
        ...

    def undo(self) -> Undone:
        """Take the last change back; Conflict where there is none."""
        ...

    def redo(self) -> Undone:
        """Make the change that was taken back again."""
        ...

    def memo(self, target: MemoTarget, guid: str) -> str:
        """Give a memo's text, "" where there is none."""
        ...

    def set_memo(self, target: MemoTarget, guid: str, text: str) -> None:
        """Write a memo."""
        ...

    def memo_targets(self) -> Collection[str]:
        """Give the GUIDs of the sources and codes that this coder has a memo on."""
        ...

    def draft(self) -> MemoDraft | None:
        """Give the memo that was being written when the screen was ended from outside."""
        ...

    def keep_draft(self, draft: MemoDraft) -> None:
        """Keep a memo that is being written; never raises."""
        ...

    def drop_draft(self) -> None:
        """Take the draft away; never raises."""
        ...

    def verdicts(self, source: str) -> Mapping[tuple[int, int, str], Verdict]:
        """Give what was decided on suggestions, by (start, end, code)."""
        ...

    def accept(self, suggestion: Suggestion, code: str | None = None) -> Coding:
        """Make a suggestion a coding, as another code if one is given."""
        ...

    def reject(self, suggestion: Suggestion) -> None:
        """Turn a suggestion down."""
        ...

    def changed_elsewhere(self) -> bool:
        """Tell whether another process has written since we looked."""
        ...

    def bookmark(self, source: str) -> int:
        """Give where this coder left the source."""
        ...

    def set_bookmark(self, source: str, position: int) -> None:
        """Remember where this coder is in the source."""
        ...

    def recent_codes(self, most: int) -> tuple[Sequence[str], Sequence[str]]:
        """Give the codes by their digits ("" where one is free), and those codes from the longest unused on."""
        ...

    def keep_recent_codes(self, digits: Sequence[str], used: Sequence[str]) -> None:
        """Remember the recent codes."""
        ...

    def close(self) -> None:
        """Close the study."""
        ...


class Suggester(Protocol):
    """A suggester in a process of its own; it never raises for a fault of its own, it says so in `status`."""

    @property
    def status(self) -> str:
        """One line on how it is."""
        ...

    @property
    def failed(self) -> bool:
        """Whether it could not start or has ended by itself."""
        ...

    async def start(self, codebook: Codebook) -> None:
        """Start it with a codebook."""
        ...

    async def learn(self) -> bool:
        """Learn from the coder's codings as they stand; tell whether suggestions may be others now."""
        ...

    def suggest(
        self, transcript: Transcript, turn_indexes: Sequence[int]
    ) -> AsyncIterator[tuple[int, list[Suggestion]]]:
        """Give suggestions turn by turn, in the order asked."""
        ...

    async def close(self) -> None:
        """End it."""
        ...

"""What the coding screen remembers of a coder at a study: places, digits of codes, a memo that is being written."""

from __future__ import annotations

from collections.abc import Sequence

from koding.model.coding import MemoDraft
from koding.session.drafts import DraftFile
from koding.store import desk as desk_store
from koding.store.project import Project


class ScreenMemory:
    """Conveniences of the screen: no change of the study, and not journaled.

    Places are kept for each round by its GUID, those outside of rounds by "".
    """

    def __init__(self, project: Project, coder: str, in_round: str = "") -> None:
        self._project = project
        self.coder = coder
        self._places = in_round
        self._drafts = DraftFile(project.path, coder)

    def last_source(self) -> str | None:
        """Give the source this coder had open last, None where there is none."""
        with self._project.reading() as connection:
            return desk_store.last_bookmarked(connection, self.coder, self._places)

    def bookmark(self, source: str) -> int:
        """Give where this coder stopped reading, in code points."""
        with self._project.reading() as connection:
            return desk_store.bookmark(connection, source, self.coder, self._places)

    def set_bookmark(self, source: str, position: int) -> None:
        """Remember where this coder stopped reading, unless another program is writing. Raises KodingError."""
        with self._project.at_once() as connection:
            desk_store.write_bookmark(connection, source, self.coder, position, self._places)

    def recent_codes(self, most: int) -> tuple[list[str], list[str]]:
        """Give the codes by their digits ("" where one is free), and those codes from the longest unused on."""
        with self._project.reading() as connection:
            return desk_store.recent_codes(connection, self.coder, most)

    def keep_recent_codes(self, digits: Sequence[str], used: Sequence[str]) -> None:
        """Remember the recent codes, unless another program is writing. Raises KodingError."""
        with self._project.at_once() as connection:
            desk_store.write_recent_codes(connection, self.coder, digits, used)

    def draft(self) -> MemoDraft | None:
        """Give the memo this coder was writing when the screen was ended from outside, None where there is none."""
        return self._drafts.read()

    def keep_draft(self, draft: MemoDraft) -> None:
        """Keep a memo that is being written, beside the study."""
        self._drafts.write(draft)

    def drop_draft(self) -> None:
        """Take the draft away: the memo is in the study, or not wanted."""
        self._drafts.drop()

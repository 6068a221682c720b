"""The list of sources with how far the coder has come in each."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from koding.tui.bench import SourceProgress
from koding.tui.messages import SourceChosen
from koding.tui.widgets.listing import Listing, Row


class SourceList(Listing):
    """One row a source: its name, a pencil for a memo, turns coded of turns counted, and a tick when all are."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._current = ""

    def show_sources(
        self, sources: Sequence[SourceProgress], current: str, memos: Collection[str] = frozenset()
    ) -> None:
        """Show these sources, `current` as the open one; those in `memos` (GUIDs) have a memo."""
        rows = []
        for state in sources:
            here = state.guid == current
            done = state.counted_turns > 0 and state.coded_turns >= state.counted_turns
            name = (("▸ " if here else "  ", "strong"), (state.title or state.name, "strong" if here else ""))
            count = f" {state.coded_turns}/{state.counted_turns}"
            memo = " ✎" if state.guid in memos else ""
            right = ((memo, ""), (" ✓" if done else "", "strong"), (count, "" if state.coded_turns else "dim"))
            rows.append(Row(state.guid, (name,), right))
        moved = current != self._current
        self._current = current
        index = next((place for place, state in enumerate(sources) if state.guid == current), 0)
        self.show_rows(rows, index if moved else None)

    def chosen(self) -> None:
        """Open the marked source."""
        if self.row:
            self.post_message(SourceChosen(self.row.id))

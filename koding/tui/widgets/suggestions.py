"""The suggestions for the turn at hand, each with the one line that says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len, set_cell_size

from koding.i18n import _
from koding.model.coding import Suggestion
from koding.model.modes import SuggestionMode
from koding.tui.actions import ACTIONS, key_name
from koding.tui.glyphs import Look, visible
from koding.tui.messages import SuggestionChosen, SuggestionShown
from koding.tui.widgets.listing import Listing, Row, wrap_words

#: Lines that a reason may take before it is cut, but for the marked one, which stands in full.
_REASON_LINES = 3
#: Cells that the frame takes from its title.
_FRAME = 2
#: Cells of a label that stay beside its facets.
_LABEL = 8


class SuggestionList(Listing):
    """One row a suggestion: glyph and label, how sure, and why."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, empty=_("None for this turn."))
        self.border_title = _("Suggestions")
        self.suggestions: tuple[Suggestion, ...] = ()
        self._show: tuple[Callable[[str], Look], Callable[[str], str]] | None = None

    def withhold(self, mode: SuggestionMode | None, *, in_round: bool) -> None:
        """Say what is kept back by a mode, `in_round` by that of a blind round, or (None) that there is nothing."""
        match mode:
            case SuggestionMode.BLIND if in_round:
                self.empty = _("This round is coded blind: nobody sees suggestions.")
            case SuggestionMode.BLIND:
                self.empty = _("Coders see no suggestions in this study.")
            case SuggestionMode.AFTER:
                self.empty = _("Coders see a turn's suggestions once they have coded or passed it.")
            case _:
                self.empty = _("None for this turn.")
        self.refresh()

    def show_suggestions(
        self,
        suggestions: Sequence[Suggestion],
        look: Callable[[str], Look],
        label: Callable[[str], str],
        at: Suggestion | None = None,
    ) -> None:
        """Show these suggestions, the mark on `at` if it is among them."""
        self._show = (look, label)
        kept = at or self.current
        self.suggestions = tuple(suggestions)
        index = self.suggestions.index(kept) if kept in self.suggestions else min(self.index, len(suggestions) - 1)
        self._fill(max(index, 0))

    def _fill(self, index: int) -> None:
        if self._show is None:
            return
        self.border_title = self._named()
        look, label = self._show
        width = max(self.scrollable_content_region.width - 3, 12)
        rows = []
        for place, one in enumerate(self.suggestions):
            seen = look(one.code)
            facets = visible("".join(f" · {value}" for value in one.facets.values()))
            # A denied reason must be seen as denied: where there is no room for both, the label is cut.
            named = _cut(visible(label(one.code)), max(width - cell_len(facets), _LABEL))
            title = ((f"{seen.glyph} ", seen.tint), (named, "strong"), (facets, "alert"))
            reason = wrap_words(one.why, width)
            if place != index and len(reason) > _REASON_LINES:
                reason = [*reason[: _REASON_LINES - 1], _cut(f"{reason[_REASON_LINES - 1]} …", width)]
            reasons = ((("  ", ""), (line, "dim")) for line in reason)
            # No percentage: a score says which reason is stronger, not how often such a suggestion is right.
            rows.append(Row(str(place), (title, *reasons), ()))
        self.show_rows(rows, index)

    def _named(self) -> str:
        """Give the name of the list with the keys that decide; where there is no room for both, the keys."""
        decisions = "  ".join(_decisions()) if self.suggestions else ""
        named = "  ".join(filter(None, (_("Suggestions"), decisions)))
        return named if cell_len(named) <= self.outer_size.width - _FRAME else decisions or named

    def on_resize(self) -> None:
        """Wrap the reasons anew."""
        self._fill(self.index)

    @property
    def current(self) -> Suggestion | None:
        """Give the marked suggestion."""
        return self.suggestions[self.index] if self.index < len(self.suggestions) else None

    def marked(self) -> None:
        """Tell which one is marked, and show its reason in full."""
        self._fill(self.index)
        self.post_message(SuggestionShown(self.index))

    def clicked(self) -> None:
        """Only mark: accepting needs a key, so that a stray click decides nothing."""
        self.marked()

    def chosen(self) -> None:
        """Ask for the marked one to be accepted."""
        self.post_message(SuggestionChosen(self.index))


def _decisions() -> list[str]:
    """Give the keys that decide on a suggestion, with what they do."""
    decide = [action for action in ACTIONS if action.id in {"accept", "reject"}]
    return [f"{key_name(action.keys[0])} {_(action.footer)}" for action in decide]


def _cut(text: str, width: int) -> str:
    """Give a text of at most `width` cells, with an ellipsis where it is cut."""
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"

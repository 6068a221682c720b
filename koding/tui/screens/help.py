"""All keys, from the registry."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from koding.i18n import _
from koding.tui.actions import ACTIONS, GROUPS, Where, key_name, keys_of, label_of
from koding.tui.widgets.listing import Listing, Piece, Row, wrap_words

_KEYS = 20
#: Cells from which the long help of an action has room beside its name.
_ROOMY = 84


class HelpList(Listing):
    """The actions by group."""

    def fill(self, *, resolving: bool) -> None:
        """Write every action on a row of its own; only those among disagreements, or all."""
        width = self.scrollable_content_region.width
        rows = (
            []
            if resolving
            else [Row("intro", tuple((("  " + line, "dim"),) for line in wrap_words(_HINT(), max(width - 4, 20))))]
        )
        shown = [action for action in ACTIONS if not resolving or action.where is Where.RESOLVING]
        for group in (group for group in GROUPS if any(action.group == group for action in shown)):
            rows.append(Row(group, ((("", ""),), ((f"  {_(group)}", "strong"),))))
            for action in (action for action in shown if action.group == group):
                keys = keys_of(action)
                pad = " " * max(1, _KEYS - cell_len(keys))
                text = _(action.help).format(digit="")
                if action.extends:
                    text = _("{key} selects").format(key=key_name(action.extends[0]))
                line: tuple[Piece, ...] = (("  " + keys, "strong"), (pad, ""), (label_of(action), ""))
                if width >= _ROOMY and text != _(action.label):
                    line = (("  " + keys, "strong"), (pad, ""), (f"{label_of(action):<30}", ""), (text, "dim"))
                elif action.extends:
                    line = (*line, (f"  {text}", "dim"))
                rows.append(Row(action.id, (line,)))
        self.show_rows(rows)


def _HINT() -> str:  # noqa: N802 - a constant that is translated when it is read
    return _(
        "Mouse: drag selects, a double click takes the word, a triple click the sentence; a click on a code "
        "in the tree puts it on the selection, a click on a stripe in the margin goes to its coding."
    )


class HelpScreen(ModalScreen[None]):
    """Reads as the manual's table of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,f1,q", "leave", show=False)]

    def __init__(self, *, resolving: bool = False) -> None:
        """Show all keys; with `resolving` those of the disagreements alone."""
        super().__init__()
        self._resolving = resolving

    def compose(self) -> ComposeResult:
        """Lay the dialogue out."""
        with Vertical(id="help", classes="dialogue"):
            yield HelpList(id="help-list")

    def on_mount(self) -> None:
        """Write the keys."""
        box = self.query_one("#help")
        box.border_title = _("Keys")
        box.border_subtitle = _("↑↓ move   Esc close")
        self.query_one(HelpList).focus()
        self.call_after_refresh(self.query_one(HelpList).fill, resolving=self._resolving)

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)

"""Writing a memo."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.markup import escape
from textual.screen import ModalScreen
from textual.widgets import TextArea

from koding.i18n import _


class MemoScreen(ModalScreen[str | None]):
    """A page to write on. Escape keeps what was written: nothing is lost by closing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,ctrl+s", "keep", show=False, priority=True)]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title, self._text = title, text

    def compose(self) -> ComposeResult:
        """Lay the dialogue out."""
        with Vertical(id="memo", classes="dialogue"):
            yield TextArea(self._text, id="memo-text", soft_wrap=True)

    def on_mount(self) -> None:
        """Be ready to write at the end."""
        box = self.query_one("#memo")
        box.border_title = escape(self._title)
        box.border_subtitle = _("Esc keep and close   Ctrl z undo")
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()

    def action_keep(self) -> None:
        """Close and keep."""
        self.dismiss(self.query_one(TextArea).text)

"""Writing a memo: no text is lost by closing, by a study that cannot be written to, or by a power cut."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.markup import escape
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Static, TextArea

from koding.errors import KodingError
from koding.i18n import _

#: Seconds of typing that an end from outside may cost.
_DRAFT_EVERY = 1.0


class MemoScreen(ModalScreen[None]):
    """A page to write on. Escape keeps what was written, as everything in koding is kept; it closes when it is on disk.

    `keep` writes the memo and raises KodingError where it cannot: the page stays open then. `remember` keeps a draft
    of what was typed so far, or drops it (None).
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+s", "keep", show=False, priority=True),
        Binding("ctrl+g", "leave", show=False, priority=True),
    ]

    def __init__(
        self, title: str, text: str, keep: Callable[[str], None], remember: Callable[[str | None], None]
    ) -> None:
        super().__init__()
        self._title, self._text = title, text
        self._keep, self._remember = keep, remember
        self._drafting: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay the dialogue out."""
        with Vertical(id="memo", classes="dialogue"):
            yield TextArea(self._text, id="memo-text", soft_wrap=True)
            yield Static("", id="memo-fault", markup=False)

    def on_mount(self) -> None:
        """Be ready to write at the end."""
        box = self.query_one("#memo")
        box.border_title = escape(self._title)
        box.border_subtitle = _("Esc keep and close   Ctrl g leave as it was")
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()

    def on_text_area_changed(self) -> None:
        """Keep a draft a moment later."""
        if self._drafting is None and self.query_one(TextArea).text != self._text:
            self._drafting = self.set_timer(_DRAFT_EVERY, self._draft)

    def _draft(self) -> None:
        self._drafting = None
        self._remember(self.query_one(TextArea).text)

    def kept(self) -> bool:
        """Keep what stands here; where that cannot be, say why, keep a draft of it and tell that it was not kept."""
        text = self.query_one(TextArea).text
        fault = self.query_one("#memo-fault", Static)
        try:
            self._keep(text)
        except KodingError as error:
            self._remember(text)
            fault.update(_("Not kept: {reason}").format(reason=error))
            fault.display = True
            return False
        if self._drafting is not None:
            self._drafting.stop()
        return True

    def action_keep(self) -> None:
        """Keep and close."""
        if self.kept():
            self.dismiss(None)

    def action_leave(self) -> None:
        """Close and leave the memo as it was."""
        if self._drafting is not None:
            self._drafting.stop()
        self._remember(None)
        self.dismiss(None)

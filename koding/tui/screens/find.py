"""The find bar at the foot of the coding screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from koding.i18n import _


class FindBar(Horizontal):
    """A line to type what to find; the text moves to the first match while one types."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "again(1)", show=False),
        Binding("up", "again(-1)", show=False),
    ]

    @dataclass
    class Sought(Message):
        """Something is looked for, from `origin` on."""

        text: str
        origin: int

    @dataclass
    class Again(Message):
        """The next (`by` 1) or the previous match is wanted."""

        by: int

    def __init__(self, origin: int, text: str = "") -> None:
        super().__init__(id="find")
        self._origin, self._text = origin, text

    def compose(self) -> ComposeResult:
        """Lay the bar out."""
        yield Static(_("Find"), id="find-label", markup=False)
        yield Input(self._text, compact=True, id="find-text")
        yield Static("", id="find-count", markup=False)
        yield Static(_("⏎ next  ↑ back  Esc close"), id="find-hint", markup=False)

    def on_mount(self) -> None:
        """Be ready to type."""
        self.focus_input()

    def tell(self, count: str) -> None:
        """Say which of how many matches this is."""
        self.query_one("#find-count", Static).update(count)

    def focus_input(self) -> None:
        """Be ready to type."""
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for what stands there now."""
        event.stop()
        self.post_message(self.Sought(event.value, self._origin))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next match."""
        event.stop()
        self.post_message(self.Again(1))

    def action_again(self, by: int) -> None:
        """Go on, or back."""
        self.post_message(self.Again(by))

"""The two lines at the foot: what is at the cursor or what just happened, and the keys that count now."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from koding.i18n import _
from koding.tui.actions import ACTIONS, Where, key_name
from koding.tui.glyphs import inked, visible
from koding.tui.widgets.listing import Piece, shorten


class Statusbar(Widget):
    """What is at the cursor at the left (or a message until the next key), where we are at the right."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--dim", "bar--message", "bar--fault"}

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._here: tuple[Piece, ...] = ()
        self._place = ""
        self._message = ""
        self._fault = False

    @property
    def message(self) -> str:
        """Give the message that stands, "" where none does."""
        return self._message

    @property
    def text(self) -> str:
        """Give what the line says, without its looks."""
        left = self._message or "".join(text for text, _look in self._here)
        return f"{left}  {self._place}"

    def show(self, here: tuple[Piece, ...], place: str) -> None:
        """Show what is at the cursor and where we are."""
        if (here, place) != (self._here, self._place):
            self._here, self._place = here, place
            self.refresh()

    def say(self, message: str, *, fault: bool = False) -> None:
        """Show a message until the next key; an empty one clears it."""
        if (message, fault) != (self._message, self._fault):
            self._message, self._fault = message, fault
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        del y
        base, width = self.rich_style, self.size.width
        dim = base + self.get_component_rich_style("bar--dim", partial=True)
        place = f"  {self._place} "
        if self._message:
            name = "bar--fault" if self._fault else "bar--message"
            pieces = [Segment(f" {visible(self._message)}", base + self.get_component_rich_style(name, partial=True))]
            if cell_len(self._message) + cell_len(place) >= width:
                place = ""
        else:
            pieces = [Segment(" ", base)]
            for text, look in self._here:
                style = dim if look == "dim" else base
                if look.startswith("#"):
                    style = base + Style(color=inked(look, dark=self.app.current_theme.dark))
                pieces.append(Segment(visible(text), style))
        return Strip([*shorten(pieces, width - cell_len(place), base), Segment(place, dim)], width)


class Keybar(Widget):
    """The keys that count where the focus is, as many as fit."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--key", "bar--dim"}

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._where = Where.TRANSCRIPT

    def show(self, where: Where) -> None:
        """Show the keys for this kind of pane."""
        if where is not self._where:
            self._where = where
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        del y
        base, width = self.rich_style, self.size.width
        key_style = base + self.get_component_rich_style("bar--key", partial=True)
        dim = base + self.get_component_rich_style("bar--dim", partial=True)
        last = next(action for action in ACTIONS if action.id == "help")
        shown = [a for a in ACTIONS if a.footer and a is not last and a.where in {Where.SCREEN, self._where}]
        shown.sort(key=lambda action: action.where is Where.SCREEN)
        room = width - cell_len(key_name(last.keys[0]) + _(last.footer)) - 4
        pieces = [Segment(" ", base)]
        used = 1
        for action in shown:
            name, label = key_name(action.keys[0]), _(action.footer)
            size = cell_len(name) + cell_len(label) + 3
            if used + size > room:
                continue
            pieces += [Segment(name, key_style), Segment(f" {label}  ", dim)]
            used += size
        pieces += [Segment(key_name(last.keys[0]), key_style), Segment(f" {_(last.footer)}", dim)]
        return Strip(pieces).adjust_cell_length(width, base)

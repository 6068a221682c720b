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
from koding.tui.widgets.listing import Piece, shorten, wrap_words


class Statusbar(Widget):
    """What is at the cursor at the left (or a message until the cursor moves), where we are at the right.

    A fault that stands has lines of its own above, until something could be written again or it is put away. A message
    that does not fit in a line takes more.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--dim", "bar--message", "bar--fault", "bar--alert"}

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._here: tuple[Piece, ...] = ()
        self._place = ""
        self._message = ""
        self._kind = "message"
        self._standing = ""
        self._above: list[tuple[str, str]] = []

    @property
    def message(self) -> str:
        """Give the message or the fault that stands, "" where neither does."""
        return self._message or self._standing

    @property
    def standing(self) -> str:
        """Give the fault that stands, "" where none does."""
        return self._standing

    @property
    def text(self) -> str:
        """Give what the lines say, without their looks."""
        left = self._message or "".join(text for text, _look in self._here)
        return f"{self._standing}  {left}  {self._place}".strip()

    def show(self, here: tuple[Piece, ...], place: str) -> None:
        """Show what is at the cursor and where we are."""
        if (here, place) != (self._here, self._place):
            self._here, self._place = here, place
            self.refresh()

    def say(self, message: str, *, kind: str = "message") -> None:
        """Show a message until the cursor moves; an empty one clears it. `kind` is message, alert or fault."""
        if (message, kind) != (self._message, self._kind):
            self._message, self._kind = message, kind
            self._arrange()

    def stand(self, fault: str) -> None:
        """Show a fault that stands; an empty one takes it away."""
        if fault != self._standing:
            self._standing = fault
            self._arrange()

    def on_resize(self) -> None:
        """Wrap anew."""
        self._arrange()

    def _arrange(self) -> None:
        """Wrap what does not fit in one line, and take the lines that this needs."""
        width = max(self.size.width - 2, 20)
        above: list[tuple[str, str]] = []
        if self._standing:
            text = f"{self._standing}  {_('(Esc puts this away)')}"
            above += [(line, "fault") for line in wrap_words(visible(text), width)]
        if cell_len(self._message) > width:
            above += [(line, self._kind) for line in wrap_words(visible(self._message), width)]
        self._above = above
        if self.styles.height is None or self.styles.height.value != len(above) + 1:
            self.styles.height = len(above) + 1
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        base, width = self.rich_style, self.size.width
        if y < len(self._above):
            text, kind = self._above[y]
            return Strip([Segment(f" {text}", base + self._look(kind))]).adjust_cell_length(width, base)
        dim = base + self._look("dim")
        place = f"  {self._place} "
        if self._message and cell_len(self._message) <= max(width - 2, 20):
            pieces = [Segment(f" {visible(self._message)}", base + self._look(self._kind))]
            if cell_len(self._message) + cell_len(place) >= width:
                place = ""
        else:
            pieces = [Segment(" ", base)]
            for text, look in self._here:
                style = base + self._look(look) if look in {"dim", "alert"} else base
                if look.startswith("#"):
                    style = base + Style(color=inked(look, dark=self.app.current_theme.dark))
                pieces.append(Segment(visible(text), style))
        return Strip([*shorten(pieces, width - cell_len(place), base), Segment(place, dim)], width)

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"bar--{name}", partial=True)


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
        # The way out and the way to all the others always stand there.
        last = [action for action in ACTIONS if action.id in {"quit", "help"}]
        here = {self._where} if self._where is Where.RESOLVING else {Where.SCREEN, self._where}
        shown = [a for a in ACTIONS if a.footer and a not in last and a.where in here]
        shown.sort(key=lambda action: action.where is Where.SCREEN)
        room = width - sum(cell_len(key_name(one.keys[0]) + _(one.footer)) + 3 for one in last)
        pieces = [Segment(" ", base)]
        used = 1
        for action in shown:
            name, label = key_name(action.keys[0]), _(action.footer)
            size = cell_len(name) + cell_len(label) + 3
            if used + size > room:
                continue
            pieces += [Segment(name, key_style), Segment(f" {label}  ", dim)]
            used += size
        for action in sorted(last, key=lambda action: action.id == "help"):
            pieces += [Segment(key_name(action.keys[0]), key_style), Segment(f" {_(action.footer)}  ", dim)]
        return Strip(pieces).adjust_cell_length(width, base)

"""Text to be read, scrolled by keys: lines of pieces, made anew for every width."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from koding.tui.glyphs import inked, visible
from koding.tui.widgets.listing import Piece

#: Before a colour: a look that shows without colour too.
UNDERLINED = "underlined "
#: Gives lines of at most so many cells.
Maker = Callable[[int], Sequence[Sequence[Piece]]]


class Lines(ScrollView, can_focus=False):
    """Lines that a screen gives, as they fit."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"list--dim", "list--strong", "list--alert"}  # noqa: RUF012 - Textual's declaration

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._maker: Maker = lambda _width: []
        self._lines: Sequence[Sequence[Piece]] = []

    def show(self, maker: Maker) -> None:
        """Show what `maker` gives, from the top."""
        self._maker = maker
        self.scroll_to(y=0, animate=False)
        self.refit()

    def on_resize(self) -> None:
        """Make the lines anew."""
        self.refit()

    def refit(self) -> None:
        """Make the lines for the width there is."""
        width = max(self.scrollable_content_region.width, 8)
        self._lines = self._maker(width)
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    @property
    def text(self) -> str:
        """Give what stands here, line by line."""
        return "\n".join("".join(text for text, _look in line) for line in self._lines)

    def notify_style_update(self) -> None:
        """Draw anew when the theme changes."""
        super().notify_style_update()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width, base, line = self.scrollable_content_region.width, self.rich_style, y + self.scroll_offset.y
        if line >= len(self._lines):
            return Strip.blank(width, base)
        segments = [Segment(visible(text), base + self._style(look)) for text, look in self._lines[line]]
        return Strip(segments).adjust_cell_length(width, base)

    def _style(self, look: str) -> Style:
        if look.startswith("#"):
            return Style(color=inked(look, dark=self.app.current_theme.dark))
        if look.startswith(UNDERLINED):
            tint = inked(look.removeprefix(UNDERLINED), dark=self.app.current_theme.dark)
            return Style(color=tint, underline=True)
        return self.get_component_rich_style(f"list--{look}", partial=True) if look else Style.null()


def flowing(pieces: Sequence[Piece], width: int, indent: str = "") -> list[list[Piece]]:
    """Break pieces of running text into lines of at most `width` cells at white space; `indent` begins every line."""
    lines: list[list[Piece]] = [[(indent, "")]]
    used = cell_len(indent)
    for text, look in pieces:
        for number, word in enumerate(text.replace("\n", " ").split(" ")):
            gap = " " if number else ""
            if used + cell_len(gap + word) > width and used > cell_len(indent):
                lines.append([(indent, "")])
                used, gap = cell_len(indent), ""
            if gap + word:
                _append(lines[-1], gap + word, look)
                used += cell_len(gap + word)
    return lines


def _append(line: list[Piece], text: str, look: str) -> None:
    if line[-1][1] == look:
        line[-1] = (line[-1][0] + text, look)
    else:
        line.append((text, look))

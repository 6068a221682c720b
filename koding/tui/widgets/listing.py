"""A list drawn line by line: the base of the sources, the codebook, the suggestions and every choice in a dialogue.

Texts are drawn as they are (no markup), rows may have several lines, and only the rows in sight are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from koding.tui.actions import ACTIONS, Where
from koding.tui.glyphs import inked, visible

#: A piece of a line: its text, and the name of a look ("dim", "strong", ...) or a colour "#rrggbb".
Piece = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One choice: an identity, the pieces of each of its lines, and what stands at the right of the first line."""

    id: str
    lines: tuple[tuple[Piece, ...], ...]
    right: tuple[Piece, ...] = field(default=())


def list_bindings() -> list[BindingType]:
    """Give the keys of a list from the registry."""
    return [
        Binding(key, command, action.label, show=False)
        for action in ACTIONS
        if action.where is Where.LIST
        for key, command in action.bindings()
    ]


class Listing(ScrollView, can_focus=True):
    """Rows with one of them marked."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = list_bindings()
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"list--{name}" for name in ("dim", "strong", "mark", "mark-away", "alert", "key")
    }

    def __init__(self, *, id: str | None = None, empty: str = "") -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.rows: tuple[Row, ...] = ()
        self.index = 0
        self.empty = empty
        self._tops: list[int] = []
        self._line_rows: list[int] = []

    # -- content

    def show_rows(self, rows: Sequence[Row], index: int | None = None) -> None:
        """Show these rows, the mark on `index` (where it was, if not given)."""
        if index is None and self.rows == tuple(rows):
            return
        self.rows = tuple(rows)
        self._tops, self._line_rows = [], []
        for number, row in enumerate(self.rows):
            self._tops.append(len(self._line_rows))
            self._line_rows.extend([number] * len(row.lines))
        if index is not None:
            self.index = index
        self.index = max(0, min(self.index, len(self.rows) - 1))
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._line_rows))
        if index is not None:
            self._reveal()
        self.refresh()

    @property
    def row(self) -> Row | None:
        """Give the marked row."""
        return self.rows[self.index] if self.rows else None

    def move_to(self, index: int) -> None:
        """Put the mark on a row, and tell."""
        index = max(0, min(index, len(self.rows) - 1))
        if index != self.index and self.rows:
            self.index = index
            self._reveal()
            self.refresh()
            self.marked()

    def marked(self) -> None:
        """React to another row being marked."""

    def chosen(self) -> None:
        """React to the marked row being chosen."""

    def clicked(self) -> None:
        """React to a row being clicked; it is marked already."""
        self.chosen()

    def _reveal(self) -> None:
        if self.rows:
            top, height = self._tops[self.index], len(self.rows[self.index].lines)
            self.scroll_to_region(Region(0, top, 1, height), animate=False, force=True)

    # -- keys and mouse

    def action_row(self, by: int) -> None:
        """Move the mark."""
        self.move_to(self.index + by)

    def action_page(self, by: int) -> None:
        """Move the mark by what fits."""
        self.move_to(self.index + by * max(1, self.size.height - 1))

    def action_choose(self) -> None:
        """Choose the marked row."""
        if self.rows:
            self.chosen()

    def action_fold(self, folded: bool) -> None:
        """Fold or unfold, where rows have rows below them."""

    def on_click(self, event: events.Click) -> None:
        """Mark and choose the row under the mouse."""
        line = event.y - self.gutter.top + self.scroll_offset.y
        if 0 <= line < len(self._line_rows):
            self.move_to(self._line_rows[line])
            self.clicked()

    # -- drawing

    def on_focus(self) -> None:
        """Show the mark strongly."""
        self.refresh()

    def on_blur(self) -> None:
        """Show the mark quietly."""
        self.refresh()

    def on_resize(self) -> None:
        """Fit the rows to the new size."""
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._line_rows))

    def notify_style_update(self) -> None:
        """Draw anew when the theme changes."""
        super().notify_style_update()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        base = self.rich_style
        if line >= len(self._line_rows):
            said = wrap_words(self.empty, width) if not self.rows else []
            if y < len(said):
                return Strip([Segment(said[y], base + self._look("dim"))]).adjust_cell_length(width, base)
            return Strip.blank(width, base)
        number = self._line_rows[line]
        row, offset = self.rows[number], line - self._tops[number]
        if number == self.index:
            base += self._look("mark" if self.has_focus else "mark-away")
        right = [Segment(visible(text), base + self._look(look)) for text, look in row.right] if offset == 0 else []
        taken = sum(cell_len(segment.text) for segment in right)
        pieces = [Segment(visible(text), base + self._look(look)) for text, look in row.lines[offset]]
        left = shorten(pieces, width - taken, base)
        return Strip([*left, *right], width)

    def _look(self, name: str) -> Style:
        if not name:
            return Style.null()
        if name.startswith("#"):
            return Style(color=inked(name, dark=self.app.current_theme.dark))
        return self.get_component_rich_style(f"list--{name}", partial=True)


def shorten(pieces: list[Segment], width: int, base: Style) -> list[Segment]:
    """Give the pieces at exactly `width` cells, with an ellipsis where they are cut."""
    strip = Strip(pieces)
    if strip.cell_length > width > 1:
        strip = Strip([*strip.crop(0, width - 1), Segment("…", base)])
    return list(strip.adjust_cell_length(max(width, 0), base))


def wrap_words(text: str, width: int) -> list[str]:
    """Break `text` into lines of at most `width` cells, at spaces where it can."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if cell_len(joined) <= width or not line:
            line = joined
        else:
            lines.append(line)
            line = word
    return [*lines, line] if line else lines

"""The transcript: a cursor and a selection in code points over pre-wrapped rows, drawn line by line.

Nothing that happens on a key depends on the length of the source: rows are wrapped once per width, codings are looked
up by place, and only changed rows are drawn again.
"""

from __future__ import annotations

import re
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from koding.model.motion import sentence_at, turn_bounds, word_at
from koding.model.transcript import Transcript
from koding.model.wrap import RowKind, lay_out
from koding.tui.actions import ACTIONS, Where
from koding.tui.glyphs import cell_widths
from koding.tui.messages import CursorMoved, StripeClicked, ViewportMoved
from koding.tui.widgets.painting import Inks, Painter, View
from koding.tui.widgets.steps import Unit, step

#: Rows kept in sight above and below the cursor.
_CONTEXT = 2


def transcript_bindings() -> list[BindingType]:
    """Give the keys of the transcript from the registry."""
    return [
        Binding(key, command if command.startswith("move") else f"screen.{command}", action.label, show=False)
        for action in ACTIONS
        if action.where is Where.TRANSCRIPT
        for key, command in action.bindings()
    ]


class TranscriptPane(ScrollView, can_focus=True):
    """The open source, with its own cursor and selection."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = transcript_bindings()
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"transcript--{name}"
        for name in ("quiet", "speaker", "group", "selection", "cursor", "match", "evidence", "offer")
    }

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.painter = Painter()
        self.held: int | None = None
        self._goal: int | None = None
        self._dragging = False
        self._drag_timer: Timer | None = None
        self._drag_by = 0
        self._text_width = self._row_width = self._height = 0
        self._stale = True

    # -- content

    @property
    def transcript(self) -> Transcript:
        """Give the open source."""
        return self.painter.transcript

    @property
    def view(self) -> View:
        """Give what is seen of the source besides its text."""
        return self.painter.view

    @property
    def cursor(self) -> int:
        """Give the cursor's position in code points."""
        return self.view.cursor

    @property
    def selection(self) -> tuple[int, int] | None:
        """Give the selected span, None where nothing is selected."""
        return self.view.selection

    def place(self) -> int:
        """Give the place to come back to: the cursor, or the first words in sight where it was scrolled away from."""
        layout, top = self.painter.layout, self.scroll_offset.y
        if layout is None or top <= layout.row_of(self.cursor) < top + max(self._height, 1):
            return self.cursor
        return layout.clamp(layout.starts[min(top, len(layout) - 1)])

    def show(self, transcript: Transcript, view: View, position: int) -> None:
        """Open a source with the cursor at `position`."""
        self.painter.transcript, self.painter.view = transcript, view
        self.held = self._goal = None
        view.selection = None
        view.cursor = max(0, min(position, len(transcript.text)))
        self._text_width = 0
        self._lay_out()
        if self.painter.layout is not None:
            view.cursor = self.painter.layout.clamp(view.cursor)
            self._reveal(jump=True)
            self._tell_viewport()
        self.post_message(CursorMoved(view.cursor))

    def _lay_out(self) -> None:
        width = self._row_width = self.scrollable_content_region.width
        if width < 1 or not self.transcript.guid:
            return
        text_width = self.painter.fit(width)
        if text_width != self._text_width or self.painter.layout is None:
            kept = self._top_position()
            self._text_width = text_width
            # One cell is kept for the cursor after the last character.
            self.painter.layout = lay_out(self.transcript, text_width - 1, cell_widths)
            self.virtual_size = Size(width, len(self.painter.layout))
            if kept is not None:
                self.scroll_to(y=self.painter.layout.row_of(kept), animate=False)
        self.painter.forget()
        self.refresh()

    def _top_position(self) -> int | None:
        layout, row = self.painter.layout, self.scroll_offset.y
        if layout is None or self._text_width == 0 or row >= len(layout):
            return None
        return layout.starts[row]

    def redraw(self) -> None:
        """Draw what is in sight anew, because codings, suggestions or matches have changed."""
        self.painter.forget()
        self.refresh()

    def redraw_span(self, start: int, end: int) -> None:
        """Draw the rows of a span anew."""
        layout = self.painter.layout
        if layout is not None:
            first, last = layout.row_of(start) - 1, layout.row_of(max(start, end - 1)) + 1
            self.painter.forget(first, last)
            self._refresh_rows(first, last)

    def _refresh_rows(self, first: int, last: int) -> None:
        top = self.scroll_offset.y
        first, last = max(first, top), min(last, top + self.size.height - 1)
        if first <= last:
            self.refresh_lines(first, last - first + 1)

    # -- cursor and selection

    def action_move(self, unit: Unit, by: int, extend: bool = False) -> None:
        """Move the cursor by a unit; `extend` takes the selection along."""
        layout = self.painter.layout
        if layout is None:
            return
        if unit in {"line", "page"}:
            row = layout.row_of(self.cursor)
            if self._goal is None:
                self._goal = layout.column(row, self.cursor)
            rows = by if unit == "line" else by * max(1, self.size.height - _CONTEXT)
            target = row + rows
            index = layout.text_index(max(0, min(target, len(layout) - 1)))
            if unit == "line" or layout.text_rows[index] == row:
                index = max(0, min(layout.text_index(row) + by, len(layout.text_rows) - 1))
            position = layout.position(layout.text_rows[index], self._goal)
            goal: int | None = self._goal
        else:
            if not extend and self.selection and unit == "character":
                position = self.selection[by > 0]
            else:
                position = step(self.transcript, layout, self.cursor, unit, by, extend=extend)
            goal = None
        self.go(position, extend=extend)
        self._goal = goal

    def go(self, position: int, *, extend: bool = False, jump: bool = False) -> None:
        """Put the cursor at `position`; `jump` brings it to the upper third where it is out of sight."""
        layout = self.painter.layout
        if layout is None:
            return
        before, selected = self.cursor, self.selection
        position = layout.clamp(position)
        if extend:
            self.held = before if self.held is None else self.held
        else:
            self.held = None
        self._goal = None
        self._place(position, before, selected, jump=jump)

    def select(self, start: int, end: int) -> None:
        """Select a span, the cursor at its end."""
        before, selected = self.cursor, self.selection
        self.held = start
        self._goal = None
        self._place(end, before, selected, jump=True)

    def clear_selection(self) -> None:
        """Drop the selection."""
        selected, self.held = self.selection, None
        self._place(self.cursor, self.cursor, selected, jump=False)

    def _place(self, position: int, before: int, selected: tuple[int, int] | None, *, jump: bool) -> None:
        layout, view = self.painter.layout, self.view
        if layout is None:
            return
        view.cursor = position
        view.selection = None
        if self.held is not None and self.held != position:
            view.selection = (min(self.held, position), max(self.held, position))
        if view.selection == selected:
            for row in {layout.row_of(before), layout.row_of(position)}:
                self._refresh_rows(row, row)
        else:
            touched = [before, position, *(selected or ()), *(view.selection or ())]
            if selected and view.selection and self.held in selected:
                touched = [before, position]
            rows = [layout.row_of(one) for one in touched]
            self._refresh_rows(min(rows), max(rows))
        self._reveal(jump=jump)
        self.post_message(CursorMoved(position))

    def _reveal(self, *, jump: bool) -> None:
        layout, height = self.painter.layout, self.scrollable_content_region.height
        if layout is None or height < 1:
            return
        row, top = layout.row_of(self.cursor), self.scroll_offset.y
        context = min(_CONTEXT, (height - 1) // 2)
        if row - context >= top and row + context < top + height:
            return
        target = row - context if row - context < top else row + context - height + 1
        if jump:
            target = row - height // 3
        self.scroll_to(y=max(0, min(target, len(layout) - height)), animate=False, force=True)

    # -- mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor, or start a selection, or take a stripe."""
        if event.button != 1 or self.painter.layout is None:
            return
        self.focus()
        stripe = self._stripe_at(event.x, event.y)
        if stripe:
            self.post_message(StripeClicked(stripe))
            return
        self.go(self._position_at(event.x, event.y), extend=event.shift)
        self._dragging = True
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Stretch the selection; past the edge the text scrolls along."""
        if not self._dragging:
            return
        self._drag_to(event.x, event.y)
        height = self.size.height
        self._drag_by = -1 if event.y < self.gutter.top else 1 if event.y >= height else 0
        if self._drag_by and self._drag_timer is None:
            self._drag_timer = self.set_interval(0.05, self._drag_on)

    def _drag_on(self) -> None:
        if self._drag_by:
            self._drag_to(self.size.width, -1 if self._drag_by < 0 else self.size.height)

    def _drag_to(self, x: int, y: int) -> None:
        layout = self.painter.layout
        if layout is None:
            return
        position = self._position_at(x, y)
        anchor = self.cursor if self.held is None else self.held
        if position >= anchor and position != self.cursor:
            # The character under the mouse is part of what was dragged over.
            position = layout.character_end(layout.row_of(position), position)
        if position != self.cursor:
            self.go(position, extend=True)

    def on_mouse_up(self) -> None:
        """End the selection."""
        self._dragging = False
        self.release_mouse()
        if self._drag_timer is not None:
            self._drag_timer.stop()
            self._drag_timer = None

    def on_click(self, event: events.Click) -> None:
        """Select the word on a double click, the sentence on a triple one."""
        if event.chain == 2:  # noqa: PLR2004 - a double click
            self.select(*word_at(self.transcript.text, self.cursor))
        elif event.chain >= 3:  # noqa: PLR2004 - a triple click
            low, high = turn_bounds(self.transcript, self.cursor)
            self.select(*sentence_at(self.transcript.text, low, high, self.cursor))

    def _position_at(self, x: int, y: int) -> int:
        layout = self.painter.layout
        if layout is None:
            return 0
        x, y = x - self.gutter.left, y - self.gutter.top
        row = max(0, min(y + self.scroll_offset.y, len(layout) - 1))
        if layout.kinds[row] is not RowKind.TEXT:
            row = min(row + 1, len(layout) - 1) if layout.kinds[row] is RowKind.HEADING else max(row - 1, 0)
        if layout.kinds[row] is not RowKind.TEXT:
            row = layout.row_of(layout.starts[row])
        return layout.position(row, x - self.painter.margin)

    def _stripe_at(self, x: int, y: int) -> str:
        layout, row = self.painter.layout, y - self.gutter.top + self.scroll_offset.y
        lane = self.painter.lanes - (x - self.gutter.left)
        if layout is None or row >= len(layout) or not 0 <= lane < self.painter.lanes:
            return ""
        start = layout.starts[row]
        for coding in self.view.codings.overlapping(start, max(layout.ends[row], start + 1)):
            if self.view.codings.lane(coding.guid) == lane:
                return coding.guid
        return ""

    # -- drawing

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell which turns are in sight now."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._tell_viewport()

    def visible_turns(self) -> tuple[int, int]:
        """Give the first and the last turn in sight, as indexes (0, -1 where none is)."""
        layout, top = self.painter.layout, self.scroll_offset.y
        if layout is None:
            return 0, -1
        bottom = min(top + self.size.height, len(layout)) - 1
        return max(layout.turns[min(top, len(layout) - 1)], 0), layout.turns[max(bottom, 0)]

    def _tell_viewport(self) -> None:
        self.post_message(ViewportMoved(*self.visible_turns()))

    def find(self, query: re.Pattern[str] | None) -> None:
        """Mark the matches of `query`."""
        self.view.query = query
        self.redraw()

    def on_focus(self) -> None:
        """Show the cursor."""
        self._restyle()

    def on_blur(self) -> None:
        """Show the cursor quietly."""
        self._restyle()

    def on_resize(self) -> None:
        """Wrap to the new width."""
        before, in_sight = self._text_width, self.place() == self.cursor
        self._lay_out()
        if before and in_sight and self.size.height < self._height:
            # A message took a row or two.
            self._reveal(jump=False)
        self._height = self.size.height
        if before == 0 and self.painter.layout is not None:
            self.view.cursor = self.painter.layout.clamp(self.cursor)
            self._reveal(jump=True)
        self._tell_viewport()

    def notify_style_update(self) -> None:
        """Take the theme's styles."""
        super().notify_style_update()
        self._restyle()

    def _restyle(self) -> None:
        self._stale = True
        self.refresh()

    def _take_styles(self) -> None:
        self._stale = False
        ink = {
            name.removeprefix("transcript--"): self.get_component_rich_style(name, partial=True)
            for name in self.COMPONENT_CLASSES
        }
        base = self.rich_style
        for name in ("quiet", "speaker", "group", "offer"):
            ink[name] = base + ink[name]
        ground = base.bgcolor.get_truecolor().hex if base.bgcolor else "#16191e"
        if not self.has_focus:
            ink["cursor"] = Style(underline=True)
        dark = self.app.current_theme.dark
        self.painter.restyle(Inks(base=base, ground=ground, dark=dark, colourless=self.app.no_color, **ink))

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        if self._stale:
            self._take_styles()
        return self.painter.strip(y + self.scroll_offset.y, self._row_width, top=y == 0)

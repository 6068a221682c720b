"""Wrapping a transcript to the cells of a screen, and the way back from a cell to the code point under it.

The text is never changed: a layout is a list of rows, each a span of the source. A speaker's mark ("[00:12] Amina: ")
gets a heading row of its own, turns are set apart by an empty row, and single line breaks inside a turn that is wrapped
by hand flow together again. Cells come from a width function, since only the screen knows how wide it draws a glyph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from koding.model.transcript import Transcript

#: Gives the cells of every code point of a string, in its context there (0 for what joins the character before it).
Widths = Callable[[str], Sequence[int]]

#: Code points that every terminal draws in one cell; anything else goes the slow way through the width function.
_UNEVEN = re.compile("[^ -~\xa1-\xac\xae-\u02ff\u2010-\u2015\u2018-\u201f\u2026]")
#: Lengths (code points) of a line that somebody wrapped by hand: its line break is a space to the reader.
_HAND_WRAPPED = range(55, 101)


class RowKind(IntEnum):
    """What a row of the screen shows."""

    TEXT = 0
    HEADING = 1
    BLANK = 2


@dataclass
class Layout:
    """The rows of a wrapped transcript.

    Row `i` shows `[starts[i], ends[i])` of the source (a heading row: the speaker's mark), is of kind `kinds[i]` and
    belongs to turn `turns[i]` (-1 before the first turn). `width` is in cells; `flat` is the text with every line break
    and tab as a space, equally long.
    """

    width: int
    flat: str
    widths: Widths
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    kinds: list[RowKind] = field(default_factory=list)
    turns: list[int] = field(default_factory=list)
    text_rows: list[int] = field(default_factory=list)
    _text_starts: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        """Give the number of rows."""
        return len(self.starts)

    def row_of(self, position: int) -> int:
        """Give the text row that shows `position` (the nearest before it where none does)."""
        index = bisect_right(self._text_starts, position) - 1
        return self.text_rows[max(index, 0)]

    def text_index(self, row: int) -> int:
        """Give the index in `text_rows` of the last text row at or above `row` (0 where there is none above)."""
        return max(bisect_right(self.text_rows, row) - 1, 0)

    def clamp(self, position: int) -> int:
        """Give the nearest position that is shown: out of marks, gaps and the space at a row's end."""
        row = self.row_of(position)
        inside = min(max(position, self.starts[row]), self.ends[row])
        if position > inside:
            after = bisect_right(self._text_starts, position)
            if after < len(self._text_starts):
                following = self.text_rows[after]
                if self.turns[following] != self.turns[row]:
                    return self.starts[following]
        return inside

    def column(self, row: int, position: int) -> int:
        """Give the cell in `row` where the code point at `position` begins."""
        start, end = self.starts[row], min(position, self.ends[row])
        if _UNEVEN.search(self.flat, start, self.ends[row]) is None:
            return max(end - start, 0)
        return sum(self.widths(self.flat[start : self.ends[row]])[: max(end - start, 0)])

    def position(self, row: int, column: int) -> int:
        """Give the position of the character under cell `column` of `row`; the row's end past its last character."""
        start, end = self.starts[row], self.ends[row]
        if column <= 0:
            return start
        if _UNEVEN.search(self.flat, start, end) is None:
            return min(start + column, end)
        used, found = 0, start
        for offset, cells in enumerate(self.widths(self.flat[start:end])):
            if cells == 0:
                continue
            if used > column:
                return found
            found = start + offset
            used += cells
        return end if used <= column else found

    def step(self, position: int, by: int) -> int:
        """Give the position one character before (`by` -1) or after (`by` 1), over joined code points and marks."""
        row = self.row_of(position)
        start, end = self.starts[row], self.ends[row]
        index = self.text_index(row)
        if by > 0:
            if position >= end:
                return self.starts[self.text_rows[index + 1]] if index + 1 < len(self.text_rows) else end
            following = self._boundary_after(row, position)
            return self.clamp(following) if following == end else following
        if position <= start:
            if index == 0:
                return start
            before = self.text_rows[index - 1]
            # Where the row above ends in a split word, its end is this row's start: step over its last character.
            edge = self.ends[before]
            return edge if edge < start else self._boundary_before(before, edge)
        return self._boundary_before(row, position)

    def character_end(self, row: int, position: int) -> int:
        """Give where the character that begins at `position` of `row` ends (joined code points are one)."""
        return self._boundary_after(row, position) if position < self.ends[row] else position

    def _offsets(self, row: int) -> list[int]:
        start, end = self.starts[row], self.ends[row]
        cells = self.widths(self.flat[start:end])
        return [start + offset for offset, width in enumerate(cells) if width or offset == 0]

    def _boundary_after(self, row: int, position: int) -> int:
        return next((offset for offset in self._offsets(row) if offset > position), self.ends[row])

    def _boundary_before(self, row: int, position: int) -> int:
        offsets = [offset for offset in self._offsets(row) if offset < position]
        return offsets[-1] if offsets else self.starts[row]

    def add(self, kind: RowKind, start: int, end: int, turn: int) -> None:
        """Add a row at the end; rows come in the order of the text."""
        if kind is RowKind.TEXT:
            self.text_rows.append(len(self.starts))
            self._text_starts.append(start)
        self.starts.append(start)
        self.ends.append(end)
        self.kinds.append(kind)
        self.turns.append(turn)


def lay_out(transcript: Transcript, width: int, widths: Widths) -> Layout:
    """Wrap `transcript` to rows of at most `width` cells (at least 2)."""
    text = transcript.text
    layout = Layout(max(width, 2), text.replace("\n", " ").replace("\t", " "), widths)
    turns = transcript.turns
    first = turns[0].mark if turns else len(text)
    if text[:first].strip():
        _add_block(layout, text, 0, _content_end(text, 0, first), -1)
        layout.add(RowKind.BLANK, first, first, -1)
    headed = len(turns) > 1 or any(turn.speaker for turn in turns)
    for index, turn in enumerate(turns):
        following = turns[index + 1].mark if index + 1 < len(turns) else len(text)
        end = turn.end
        if text[end:following].strip():
            end = _content_end(text, end, following)
        if headed:
            layout.add(RowKind.HEADING, turn.mark, turn.start, index)
        _add_block(layout, text, turn.start, end, index)
        layout.add(RowKind.BLANK, end, end, index)
    if not layout.text_rows:
        layout.add(RowKind.TEXT, 0, 0, -1)
    return layout


def _content_end(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())


def _add_block(layout: Layout, text: str, start: int, end: int, turn: int) -> None:
    for first, last in _paragraphs(text, start, end, flowing=turn >= 0):
        if last - first <= layout.width and _UNEVEN.search(layout.flat, first, last) is None:
            layout.add(RowKind.TEXT, first, last, turn)
            continue
        even = _UNEVEN.search(layout.flat, first, last) is None
        wrap = _wrap_even if even else _wrap_uneven
        for row_start, row_end in wrap(layout, first, last):
            layout.add(RowKind.TEXT, row_start, row_end, turn)


def _paragraphs(text: str, start: int, end: int, *, flowing: bool) -> Iterator[tuple[int, int]]:
    """Give the spans between the line breaks that a reader sees as breaks."""
    first = line = start
    while (found := text.find("\n", line, end)) >= 0:
        hand_wrapped = flowing and found - line in _HAND_WRAPPED and text[found + 1 : found + 2] != "\n"
        if not hand_wrapped:
            yield first, found
            first = found + 1
        line = found + 1
    yield first, end


def _wrap_even(layout: Layout, start: int, end: int) -> Iterator[tuple[int, int]]:
    find, flat, width = layout.flat.rfind, layout.flat, layout.width
    while end - start > width:
        cut = find(" ", start, start + width + 1)
        if cut <= start:
            yield start, start + width
            start += width
        else:
            yield start, cut
            start = cut + 1
            while start < end and flat[start] == " ":
                start += 1
    yield start, end


def _wrap_uneven(layout: Layout, start: int, end: int) -> Iterator[tuple[int, int]]:
    flat, width, base = layout.flat, layout.width, start
    cells = layout.widths(flat[start:end])
    used, space, position = 0, -1, start
    while position < end:
        used += cells[position - base]
        if flat[position] == " ":
            space = position
        if used <= width or position == start:
            position += 1
            continue
        if space > start:
            yield start, space
            start = space + 1
        else:
            yield start, position
            start = position
        used, space, position = 0, -1, start
    yield start, end

"""Drawing the rows of a transcript: margin with stripes and glyphs, speech with tints, selection and cursor."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from koding.model.coding import Coding
from koding.model.spans import SpanIndex
from koding.model.transcript import Role, Transcript
from koding.model.wrap import Layout, RowKind
from koding.tui.glyphs import UNKNOWN_LOOK, Look, blend, inked, visible

#: Cells of the widest comfortable line, and of the least room in which labels stand beside the text.
MEASURE, LABELS = 78, 18
#: Shares of a family's tint in the ground behind coded words: plain, and for the coding at the cursor.
_TINT_DARK, _TINT_LIGHT = (0.20, 0.40), (0.38, 0.70)
#: What is left of the tint of a coding that is not counted (a denied reason).
_DENIED = 0.45


@dataclass
class Inks:
    """The styles that the theme gives; `ground` is the colour behind the text, "#rrggbb"."""

    base: Style = field(default_factory=Style)
    quiet: Style = field(default_factory=Style)
    speaker: Style = field(default_factory=Style)
    group: Style = field(default_factory=Style)
    selection: Style = field(default_factory=Style)
    cursor: Style = field(default_factory=Style)
    match: Style = field(default_factory=Style)
    evidence: Style = field(default_factory=Style)
    offer: Style = field(default_factory=Style)
    ground: str = "#16191e"
    dark: bool = True
    colourless: bool = False


@dataclass
class View:
    """What is to be seen of a source besides its text."""

    codings: SpanIndex[Coding] = field(default_factory=SpanIndex)
    others: SpanIndex[Coding] = field(default_factory=SpanIndex)
    look: Callable[[str], Look] = lambda _key: UNKNOWN_LOOK
    label: Callable[[str], str] = str
    group: Callable[[str], str] = lambda _speaker: ""
    cursor: int = 0
    selection: tuple[int, int] | None = None
    focus: str = ""
    offers: Callable[[int], list[tuple[int, int]]] = lambda _turn: []
    denied: Callable[[Coding], bool] = lambda _coding: False
    offered: tuple[int, int] | None = None
    evidence: tuple[tuple[int, int], ...] = ()
    query: re.Pattern[str] | None = None


class Painter:
    """Draws rows of a layout; the same row with the same view always looks the same."""

    def __init__(self) -> None:
        self.inks = Inks()
        self.view = View()
        self.transcript = Transcript("", "", "", (), {})
        self.layout: Layout | None = None
        self.lanes = 3
        self.text_width = 10
        self.label_room = 0
        self._kept: dict[tuple[int, bool], Strip] = {}
        self._mixed: dict[tuple[object, ...], Style] = {}

    def fit(self, width: int) -> int:
        """Divide `width` cells into margin, text and labels; gives the cells of the text."""
        self.lanes = 3 if width < 64 else 5  # noqa: PLR2004 - a narrow pane
        text = width - self.margin - 1
        self.label_room = text - MEASURE - 2 if text - MEASURE - 2 >= LABELS else 0
        self.text_width = max(min(text, MEASURE), 10)
        return self.text_width

    @property
    def margin(self) -> int:
        """Give the cells left of the text: one for suggestions, the lanes, a space."""
        return self.lanes + 2

    def forget(self, first: int = 0, last: int | None = None) -> None:
        """Drop the drawn rows from `first` to `last` (all of them), because the view has changed there."""
        if last is None or last - first > len(self._kept):
            self._kept.clear()
            return
        for row in range(first, last + 1):
            self._kept.pop((row, True), None)
            self._kept.pop((row, False), None)

    def restyle(self, inks: Inks) -> None:
        """Take other styles."""
        self.inks = inks
        self._mixed.clear()
        self.forget()

    def strip(self, row: int, width: int, *, top: bool) -> Strip:
        """Draw a row; `top` is the first row in sight, where stripes show their glyph again."""
        layout = self.layout
        if layout is None or row >= len(layout):
            return Strip.blank(width, self.inks.base)
        start, end, view = layout.starts[row], layout.ends[row], self.view
        if layout.kinds[row] is not RowKind.TEXT:
            busy = False
        else:
            busy = start <= view.cursor <= end
            busy = busy or (view.selection is not None and view.selection[0] <= end and start <= view.selection[1])
        strip = None if busy else self._kept.get((row, top))
        if strip is None:
            strip = self._draw(layout, row, width, top=top)
            if not busy:
                self._kept[row, top] = strip
        return strip

    def _draw(self, layout: Layout, row: int, width: int, *, top: bool) -> Strip:
        kind = layout.kinds[row]
        if kind is RowKind.HEADING:
            segments = self._heading(layout, row)
        elif kind is RowKind.BLANK:
            segments = self._gap(layout, row)
        else:
            segments = self._text(layout, row, top=top)
        return Strip(segments).adjust_cell_length(width, self.inks.base)

    def _heading(self, layout: Layout, row: int) -> list[Segment]:
        inks, number = self.inks, layout.turns[row]
        turn = self.transcript.turns[number]
        speaker = self.transcript.speaker_of(turn)
        group = self.view.group(turn.speaker)
        name = visible(turn.speaker) or "—"
        style = inks.speaker if speaker.counted else inks.group
        stripes = self._through(layout.starts[row], layout.ends[row])
        place = f"{number + 1}" if turn.time is None else f"{clock(turn.time)}  {number + 1}"
        pieces = [*stripes, Segment(name, style), Segment(f"  {visible(group)}" if group else "", inks.group)]
        room = self.margin + self.text_width - cell_len(place)
        line = Strip(pieces).adjust_cell_length(max(room, 0), inks.base)
        return [*line, Segment(place, inks.group)]

    def _gap(self, layout: Layout, row: int) -> list[Segment]:
        position = layout.ends[row]
        return self._through(position, position + 1)

    def _through(self, start: int, end: int) -> list[Segment]:
        """Draw the margin of a row without speech: only what runs on through it."""
        running = [one for one in self.view.codings.overlapping(start, end) if one.start < start and one.end > end]
        return self._margin(running, " ", starts_from=-1)

    def _margin(self, codings: list[Coding], offer: str, *, starts_from: int) -> list[Segment]:
        view, inks = self.view, self.inks
        cells, crowded = [Segment(" ", inks.base)] * self.lanes, False
        for coding in reversed(codings):
            lane = view.codings.lane(coding.guid)
            if lane >= self.lanes:
                crowded = True
                continue
            look = view.look(coding.code)
            denied = view.denied(coding)
            mark = look.glyph if 0 <= starts_from <= coding.start else "┊" if denied else "│"
            style = self._stroke(look.tint, bold=coding.guid == view.focus)
            cells[self.lanes - 1 - lane] = Segment(mark, style)
        if crowded:
            cells[0] = Segment("⋮", inks.group)
        return [Segment(offer, inks.offer), *cells, Segment(" ", inks.base)]

    def _stroke(self, tint: str, *, bold: bool = False, dim: bool = False, denied: bool = False) -> Style:
        """Give the style of a stripe or label; a label of what is denied is struck out."""
        key = (tint, bold, dim, denied)
        style = self._mixed.get(key)
        if style is None:
            style = self._mixed[key] = self.inks.base + Style(
                color=inked(tint, dark=self.inks.dark), bold=bold, dim=dim, strike=denied
            )
        return style

    def _text(self, layout: Layout, row: int, *, top: bool) -> list[Segment]:
        start, end, turn = layout.starts[row], layout.ends[row], layout.turns[row]
        codings = self.view.codings.overlapping(start, max(end, start + 1))
        segments = self._margin(codings, self._offer(start, end, turn), starts_from=0 if top else start)
        segments += self._speech(layout, row, codings)
        if self.view.others and self.view.others.touches(start, max(end, start + 1)):
            segments += self._beside(segments, self._others(start, end, top=top))
        elif self.label_room:
            labels: list[Segment] = []
            for coding in codings:
                if coding.start >= start:
                    look = self.view.look(coding.code)
                    denied, memo = self.view.denied(coding), " ✎" if coding.memo else ""
                    name = visible(self.view.label(coding.code))
                    # Struck out and crossed, since few terminals without colours strike anything out.
                    labels.append(Segment(f"{look.glyph} ", self._stroke(look.tint)))
                    labels.append(Segment(name, self._stroke(look.tint, denied=denied)))
                    labels.append(Segment(f"{' ✗' if denied else ''}{memo}  ", self._stroke(look.tint)))
            if labels:
                segments += self._beside(segments, labels)
        return segments

    def _beside(self, segments: list[Segment], labels: list[Segment]) -> list[Segment]:
        used = sum(cell_len(segment.text) for segment in segments)
        room = self.label_room or 8
        gap = max(self.margin + self.text_width + (2 if self.label_room else -room), used + 1) - used
        return [Segment(" " * gap, self.inks.base), *Strip(labels).crop(0, room)]

    def _others(self, start: int, end: int, *, top: bool) -> list[Segment]:
        found = []
        for coding in self.view.others.overlapping(start, max(end, start + 1)):
            look = self.view.look(coding.code)
            style = self._stroke(look.tint, dim=True)
            begins = top or coding.start >= start
            who = f"{look.glyph} {visible(coding.coder)} " if begins and self.label_room else look.glyph
            found.append(Segment(who if begins else "┆", style))
        return found

    def _offer(self, start: int, end: int, turn: int) -> str:
        if turn < 0:
            return " "
        offered = self.view.offered
        for first, _last in self.view.offers(turn):
            if start <= first < max(end, start + 1):
                return "▸" if offered and offered[0] == first else "◦"
        return " "

    def _speech(self, layout: Layout, row: int, codings: list[Coding]) -> list[Segment]:
        start, end, view = layout.starts[row], layout.ends[row], self.view
        flat = layout.flat
        cuts = {start, end}
        for coding in codings:
            cuts.update((coding.start, coding.end))
        spans = list(view.evidence)
        matches = self._matches(layout, start, end)
        for extra in (*spans, *matches, *filter(None, (view.selection, view.offered))):
            cuts.update(extra)
        at_cursor = start <= view.cursor <= end and layout.row_of(view.cursor) == row
        cursor_end = -1
        if at_cursor:
            cursor_end = layout.character_end(row, view.cursor)
            cuts.update((view.cursor, cursor_end))
        places = sorted(cut for cut in cuts if start <= cut <= end)
        quiet = self._is_quiet(layout.turns[row])
        pieces: list[tuple[int, int, Style]] = []
        # The shortest coding comes first: the most particular one gives the tint.
        ranked = sorted(codings, key=lambda one: (one.end - one.start, one.guid))
        for first, last in pairwise(places):
            here = [coding for coding in ranked if coding.start <= first < coding.end]
            style = self._mix(
                view.look(here[0].code).tint if here else "",
                bool(here) and view.denied(here[0]),
                len(here) > 1,
                bool(view.focus) and any(coding.guid == view.focus for coding in here),
                quiet,
                _within(first, [view.offered] if view.offered else []),
                _within(first, spans),
                _within(first, matches),
                view.selection is not None and view.selection[0] <= first < view.selection[1],
                at_cursor and first == view.cursor,
            )
            # Neighbours that look the same are one segment: less to send to the terminal.
            if pieces and pieces[-1][2] is style:
                pieces[-1] = (pieces[-1][0], last, style)
            else:
                pieces.append((first, last, style))
        segments = [Segment(visible(flat[first:last]), style) for first, last, style in pieces]
        if at_cursor and view.cursor >= end:
            segments.append(Segment(" ", self.inks.base + self.inks.cursor))
        return segments

    def _matches(self, layout: Layout, start: int, end: int) -> list[tuple[int, int]]:
        query = self.view.query
        if query is None:
            return []
        reach = 2 * len(query.pattern)
        low, high = max(0, start - reach), min(len(layout.flat), end + reach)
        return [found.span() for found in query.finditer(layout.flat, low, high) if found.end() > start]

    def _is_quiet(self, turn: int) -> bool:
        if turn < 0:
            return True
        return self.transcript.speaker_of(self.transcript.turns[turn]).role is Role.INTERVIEWER

    def _mix(  # noqa: PLR0913, PLR0917 - the look of a word has this many causes
        self, tint: str, denied: bool, overlap: bool, focus: bool, quiet: bool, offered: bool, evidence: bool,
        match: bool, selected: bool, cursor: bool,
    ) -> Style:  # fmt: skip
        key = (tint, denied, overlap, focus, quiet, offered, evidence, match, selected, cursor)
        style = self._mixed.get(key)
        if style is not None:
            return style
        inks = self.inks
        style = inks.base + inks.quiet if quiet else inks.base
        if offered:
            style += Style(bgcolor=blend(inks.ground, "#8899aa", 0.16))
        if tint:
            share = (_TINT_DARK if inks.dark else _TINT_LIGHT)[focus] * (_DENIED if denied else 1)
            style += Style(bgcolor=blend(inks.ground, tint, share), underline=overlap or inks.colourless)
            if inks.colourless:
                style += Style(bold=overlap or focus)
            if denied:
                style += Style(italic=True)
        if evidence:
            style += inks.evidence
        if match:
            style += inks.match
        if selected:
            style += inks.selection
        if cursor:
            # Without colours the cursor in a reversed selection is the one cell that is not reversed.
            style += Style(reverse=False, bold=True) if inks.colourless and selected else inks.cursor
        self._mixed[key] = style
        return style


def _within(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def clock(milliseconds: int) -> str:
    """Give a time in the recording as h:mm:ss, or m:ss under an hour."""
    seconds = milliseconds // 1000
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"

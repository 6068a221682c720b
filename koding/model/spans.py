"""An index of spans over a source: who lies here, who comes next, and in which lane of the margin each is drawn.

Spans are kept by fixed blocks of characters, so that a look at the visible rows costs what is visible, whether the
source holds ten codings or twenty thousand, and whether it is one turn or five hundred.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from typing import Generic, Protocol, TypeVar

#: Code points to a block: some rows of text, so that a look at one row meets few spans that do not touch it.
BLOCK = 512
#: Code points by which two spans must be apart to share a lane, so that both show on the row they share.
LANE_GAP = 80
#: Spans looked at when one goes, so that a key costs the same in a text where all of them hang together.
_MOST_MOVES = 256


class Spanned(Protocol):
    """Anything with an identity and a half-open span in code points."""

    @property
    def guid(self) -> str:
        """Identity."""
        ...

    @property
    def start(self) -> int:
        """First code point."""
        ...

    @property
    def end(self) -> int:
        """One past the last code point."""
        ...


T = TypeVar("T", bound=Spanned)


def reading_order(span: Spanned) -> tuple[int, int, str]:
    """Order spans as they are read: by start, the longer first, then by GUID."""
    return span.start, -span.end, span.guid


class SpanIndex(Generic[T]):
    """Spans of one source by place; adding and removing touch only the blocks concerned."""

    def __init__(self, spans: Iterable[T] = ()) -> None:
        self._blocks: dict[int, dict[str, T]] = {}
        self._spans: dict[str, T] = {}
        self._lanes: dict[str, int] = {}
        ordered = sorted(spans, key=reading_order)
        self._order = [(span.start, span.guid) for span in ordered]
        for span in ordered:
            self._enter(span)
        self._assign_lanes(ordered)
        self._order.sort()

    def __len__(self) -> int:
        """Give the number of spans."""
        return len(self._spans)

    def __iter__(self) -> Iterator[T]:
        """Give the spans in reading order."""
        return iter(sorted(self._spans.values(), key=reading_order))

    def __contains__(self, guid: object) -> bool:
        """Tell whether a span with this GUID is here."""
        return guid in self._spans

    def get(self, guid: str) -> T | None:
        """Give the span with this GUID."""
        return self._spans.get(guid)

    def add(self, span: T) -> None:
        """Add a span, or put it in the place of the one with the same GUID (which keeps its lane if it can)."""
        lane = self._lanes.get(span.guid)
        if span.guid in self._spans:
            self.remove(span.guid)
        taken = {self._lanes[other.guid] for other in self.overlapping(span.start - LANE_GAP, span.end + LANE_GAP)}
        if lane is None or lane in taken:
            lane = next(number for number in range(len(taken) + 1) if number not in taken)
        self._lanes[span.guid] = lane
        self._enter(span)
        insort(self._order, (span.start, span.guid))

    def remove(self, guid: str) -> None:
        """Take the span with this GUID out; nothing happens if it is not here."""
        span = self._spans.pop(guid, None)
        if span is None:
            return
        del self._lanes[guid]
        del self._order[bisect_left(self._order, (span.start, guid))]
        for number in self._numbers(span.start, span.end):
            block = self._blocks[number]
            del block[guid]
            if not block:
                del self._blocks[number]

    def close_gaps(self, start: int, end: int) -> bool:
        """Move the spans near [start, end) towards the text where a lane has become free; tell whether any moved."""
        waiting = self._beside(start, end)
        moved = False
        for _step in range(_MOST_MOVES):
            if not waiting:
                break
            span = waiting.pop(0)
            beside = self._beside(span.start, span.end)
            taken = {self._lanes[other.guid] for other in beside if other.guid != span.guid}
            lane = next(number for number in range(len(taken) + 1) if number not in taken)
            if lane < self._lanes[span.guid]:
                # Where it was there is room now for those beside it.
                self._lanes[span.guid] = lane
                moved = True
                waiting += [other for other in beside if other.guid != span.guid and other not in waiting]
        return moved

    def _beside(self, start: int, end: int) -> list[T]:
        found = self.overlapping(start - LANE_GAP, end + LANE_GAP)
        return sorted(found, key=lambda span: (self._lanes[span.guid], span.start, span.guid))

    def overlapping(self, start: int, end: int) -> list[T]:
        """Give the spans that share at least one code point with [start, end), in reading order."""
        found = {
            guid: span
            for number in self._numbers(start, end)
            for guid, span in self._blocks.get(number, {}).items()
            if span.start < end and start < span.end
        }
        return sorted(found.values(), key=reading_order)

    def touches(self, start: int, end: int) -> bool:
        """Tell whether any span shares a code point with [start, end)."""
        return any(
            span.start < end and start < span.end
            for number in self._numbers(start, end)
            for span in self._blocks.get(number, {}).values()
        )

    def at(self, position: int) -> list[T]:
        """Give the spans that cover the code point at `position`, the shortest first."""
        return sorted(self.overlapping(position, position + 1), key=lambda span: (span.end - span.start, span.guid))

    def after(self, position: int) -> T | None:
        """Give the first span that starts after `position`."""
        index = bisect_right(self._order, (position, "\U0010ffff"))
        return self._spans[self._order[index][1]] if index < len(self._order) else None

    def before(self, position: int) -> T | None:
        """Give the last span that starts before `position`."""
        index = bisect_left(self._order, (position, "")) - 1
        return self._spans[self._order[index][1]] if index >= 0 else None

    def lane(self, guid: str) -> int:
        """Give the lane (0 nearest the text) in which the span is drawn; spans close to each other never share one."""
        return self._lanes[guid]

    @staticmethod
    def _numbers(start: int, end: int) -> range:
        return range(start // BLOCK, max(end - 1, start) // BLOCK + 1)

    def _enter(self, span: T) -> None:
        self._spans[span.guid] = span
        for number in self._numbers(span.start, span.end):
            self._blocks.setdefault(number, {})[span.guid] = span

    def _assign_lanes(self, ordered: list[T]) -> None:
        """Give every span the lowest lane that is free where it starts (a sweep over the starts)."""
        busy: list[tuple[int, int]] = []
        free: list[int] = []
        lanes = 0
        for span in ordered:
            while busy and busy[0][0] + LANE_GAP <= span.start:
                heapq.heappush(free, heapq.heappop(busy)[1])
            if free:
                lane = heapq.heappop(free)
            else:
                lane, lanes = lanes, lanes + 1
            self._lanes[span.guid] = lane
            heapq.heappush(busy, (span.end, lane))

"""Carrying spans from one version of a text to another, where what they cover stands unchanged.

The two texts are aligned by lines first and, inside the stretches of lines that differ, by words (both with
difflib's longest matching blocks), so that a long interview with a few corrections is cheap. A span is carried over
only if the whole of it lies in one aligned stretch or in aligned stretches that touch in both texts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# A line takes the blank lines after it along: alone they match everywhere and make the alignment slow.
_LINE = re.compile(r"[^\n]*\n+|[^\n]+")
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """`length` code points that are the same at `old` in the old text and at `new` in the new one."""

    old: int
    new: int
    length: int


class Alignment:
    """Which parts of an old text stand in a new one, and where."""

    def __init__(self, old: str, new: str) -> None:
        self._new = new
        self._stretches = _joined(_align(old, new, _LINE, (_TOKEN,)))
        self._starts = [stretch.old for stretch in self._stretches]

    def move(self, start: int, end: int) -> tuple[int, int] | None:
        """Give the span of [start, end) in the new text, None where its text has changed or gone."""
        index = bisect_right(self._starts, start) - 1
        if index < 0:
            return None
        stretch = self._stretches[index]
        if end > stretch.old + stretch.length:
            return None
        shift = stretch.new - stretch.old
        return start + shift, end + shift

    def nearest(self, start: int, end: int) -> tuple[int, int] | None:
        """Give the span in the new text that came in the place of [start, end), None where nothing did.

        An edge in a stretch that stands moves with it; one in a stretch that changed goes to that stretch's edge in
        the new text, so that all that replaced the old words is within. White space at the edges is left out.
        """
        new_start, new_end = self._edge(start, last=False), self._edge(end, last=True)
        words = self._new[new_start:new_end]
        new_start += len(words) - len(words.lstrip())
        new_end = new_start + len(words.strip())
        return (new_start, new_end) if new_start < new_end else None

    def _edge(self, place: int, *, last: bool) -> int:
        """Give the place in the new text of an edge: where a span begins, or (`last`) where it ends."""
        # A span that begins where a stretch does begins in it; one that ends where a stretch does ends in that one.
        index = (bisect_left(self._starts, place) if last else bisect_right(self._starts, place)) - 1
        before = self._stretches[index] if index >= 0 else Stretch(0, 0, 0)
        within = place - before.old
        if within < before.length or (last and within == before.length):
            return before.new + within
        if not last:
            return before.new + before.length
        return self._stretches[index + 1].new if index + 1 < len(self._stretches) else len(self._new)


def _pieces(text: str, pattern: re.Pattern[str]) -> list[str]:
    return pattern.findall(text)


def _offsets(pieces: Sequence[str]) -> list[int]:
    offsets, position = [0], 0
    for piece in pieces:
        position += len(piece)
        offsets.append(position)
    return offsets


def _align(
    old: str, new: str, pattern: re.Pattern[str], finer: Sequence[re.Pattern[str]], shift: tuple[int, int] = (0, 0)
) -> Iterator[Stretch]:
    old_pieces, new_pieces = _pieces(old, pattern), _pieces(new, pattern)
    old_at, new_at = _offsets(old_pieces), _offsets(new_pieces)
    matcher = SequenceMatcher(None, old_pieces, new_pieces, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        place = (shift[0] + old_at[old_from], shift[1] + new_at[new_from])
        if tag == "equal":
            yield Stretch(*place, old_at[old_to] - old_at[old_from])
        elif tag == "replace" and finer:
            yield from _align(
                old[old_at[old_from] : old_at[old_to]],
                new[new_at[new_from] : new_at[new_to]],
                finer[0],
                finer[1:],
                place,
            )


def _joined(stretches: Iterator[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for stretch in stretches:
        last = joined[-1] if joined else None
        if last and last.old + last.length == stretch.old and last.new + last.length == stretch.new:
            joined[-1] = Stretch(last.old, last.new, last.length + stretch.length)
        else:
            joined.append(stretch)
    return joined

"""Looking for words in the open source: all matches are known, so that each can be told by its number."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Match:
    """A match: where it starts, which of how many it is (from 1), and whether the search went round an end."""

    start: int
    number: int
    count: int
    wrapped: bool


class Search:
    """What is looked for, as it was typed last; capitals do not matter."""

    def __init__(self) -> None:
        self.pattern: re.Pattern[str] | None = None
        self._found: tuple[re.Pattern[str], str, list[int]] | None = None

    def look_for(self, words: str) -> None:
        """Look for these words from now on; for nothing where there are none."""
        self.pattern = re.compile(re.escape(words), re.IGNORECASE) if words else None

    def starts(self, text: str, reachable: Callable[[int], bool]) -> list[int]:
        """Give where every match in a text starts, as far as the cursor can go there (not in a speaker's mark)."""
        if self.pattern is None:
            return []
        if self._found is None or self._found[0] is not self.pattern or self._found[1] is not text:
            self._found = (self.pattern, text, [])
            self._found[2].extend(filter(reachable, (found.start() for found in self.pattern.finditer(text))))
        return self._found[2]

    def match(self, text: str, position: int, by: int, reachable: Callable[[int], bool]) -> Match | None:
        """Give the first match after `position` (`by` 1) or the last before it (-1), going round; None for none."""
        starts = self.starts(text, reachable)
        if not starts:
            return None
        index = bisect_right(starts, position) if by > 0 else bisect_left(starts, position) - 1
        wrapped = not 0 <= index < len(starts)
        index %= len(starts)
        return Match(starts[index], index + 1, len(starts), wrapped)

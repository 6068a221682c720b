"""Words as koding counts them: stretches between white space that hold at least one letter or digit.

So "(...)" and "–" are none, "[ler]" and "ikke-norsk" are one each.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"\w\S*")


def count_words(text: str, start: int = 0, end: int | None = None) -> int:
    """Give how many words lie in [start, end) of the text."""
    return len(_WORD.findall(text, start, len(text) if end is None else end))


def word_starts(text: str) -> list[int]:
    """Give where each word's first letter or digit stands, in code points."""
    return [match.start() for match in _WORD.finditer(text)]

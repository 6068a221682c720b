r"""Footnotes: a word processor's notes stand below the text, and are nobody's speech.

The reference stays where it is as `[1]`; the notes follow the text after an empty line, `[1] ...` on a line each, as a
printed page has them. `notes_start` finds that block again, so that no turn reaches into it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_NOTE = re.compile(r"\[(\d{1,4})\] \S")


def reference(number: int) -> str:
    """Give what stands in the text for a note, numbered from 1."""
    return f"[{number}]"


def with_notes(text: str, notes: Sequence[str]) -> str:
    """Give the text with its notes below it, each as one line, numbered from 1."""
    if not notes:
        return text
    lines = "".join(f"[{number}] {' '.join(note.split()) or '–'}\n" for number, note in enumerate(notes, start=1))
    return f"{text.rstrip(chr(10))}\n\n{lines}"


def notes_start(text: str) -> int:
    """Give where the notes below a text begin, the text's length where there are none.

    They are its last lines, after an empty one, numbered from 1 without a gap, and the text refers to the first.
    """
    end = len(text.rstrip())
    position, number, block = end, None, len(text)
    while position > 0:
        line = text.rfind("\n", 0, position) + 1
        found = _NOTE.match(text, line, end)
        if not found or (number is not None and int(found[1]) != number - 1):
            break
        number, block, position = int(found[1]), line, line - 1
    if number != 1 or text[max(0, block - 2) : block] != "\n\n" or text.find(reference(1), 0, block) < 0:
        return len(text)
    return block

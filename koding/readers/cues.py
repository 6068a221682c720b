"""Cues: what subtitle files and speech recognisers give, short stretches with times, merged into turns.

Cues of one speaker in a row are one turn. Where nobody is named the text is cut into blocks at pauses, sentence ends
or, for speech set down without either, after a minute, so that every stretch has its time and no block is endless.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from koding.model.transcript import Turn, clock

#: A silence of this many milliseconds begins a new line in a turn, and a new block where nobody is named.
PAUSE = 2000
#: What a block without speaker holds at least before a pause ends it, and before a sentence's end does (words).
_LEAST_WORDS, _ENOUGH_WORDS = 12, 60
#: After this many words or milliseconds a block ends wherever the cue does.
_MOST_WORDS, _LONGEST = 120, 60_000
_SENTENCE_END = (".", "!", "?", "…")
_BLANKS = re.compile(r"\s+")
_LONGEST_LABEL = 80
_LATEST = 1000 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Cue:
    """A stretch of speech: its times in milliseconds (None where none is given), who speaks ("" for nobody named)."""

    start: int | None
    end: int | None
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A readable text made of cues, and its turns as spans in it."""

    text: str
    turns: tuple[Turn, ...]


def seconds(value: object) -> int | None:
    """Give a recogniser's number of seconds in milliseconds, None for what is no time of a recording."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return None
    return within_reason(round(value * 1000)) if abs(value) < _LATEST else None


def within_reason(time: int) -> int | None:
    """Give a time in milliseconds back, None where no recording has it."""
    return time if 0 <= time < _LATEST else None


def label_of(name: object) -> str:
    """Give a speaker's label fit for the beginning of a line: one line, without a colon at its end."""
    return _BLANKS.sub(" ", str(name)).strip()[:_LONGEST_LABEL].strip(" :") if isinstance(name, (str, int)) else ""


def compose(cues: Sequence[Cue]) -> Spoken:
    """Give the text and turns of cues: a line `[00:00:12] Amina: ...` for each turn, white space made single."""
    pieces: list[str] = []
    turns: list[Turn] = []
    position = 0
    for block in _blocks(cues):
        first = block[0]
        head = f"[{clock(first.start)}] " if first.start is not None else ""
        head += f"{first.speaker}: " if first.speaker else ""
        speech = _speech(block)
        start = position + len(head)
        turns.append(Turn(position, start, start + len(speech), first.speaker, first.start))
        pieces += (head, speech, "\n")
        position = start + len(speech) + 1
    return Spoken("".join(pieces), tuple(turns))


def _speech(block: Sequence[Cue]) -> str:
    pieces: list[str] = []
    before: Cue | None = None
    for cue in block:
        if before is not None:
            pieces.append("\n" if _silence(before, cue) >= PAUSE else " ")
        pieces.append(cue.text)
        before = cue
    return "".join(pieces)


def _blocks(cues: Sequence[Cue]) -> list[list[Cue]]:
    blocks: list[list[Cue]] = []
    words = 0
    for cue in cues:
        text = _BLANKS.sub(" ", cue.text).strip()
        if not text:
            continue
        clean = Cue(cue.start, cue.end, cue.speaker, text)
        if (
            blocks
            and blocks[-1][0].speaker == cue.speaker
            and not (not cue.speaker and _is_full(blocks[-1], words, clean))
        ):
            blocks[-1].append(clean)
        else:
            blocks.append([clean])
            words = 0
        words += text.count(" ") + 1
    return blocks


def _is_full(block: Sequence[Cue], words: int, cue: Cue) -> bool:
    """Whether a block without speaker ends before `cue`."""
    first, last = block[0], block[-1]
    if _silence(last, cue) >= PAUSE and words >= _LEAST_WORDS:
        return True
    if words >= _ENOUGH_WORDS and last.text.endswith(_SENTENCE_END):
        return True
    if words >= _MOST_WORDS:
        return True
    if words < _LEAST_WORDS or first.start is None or cue.start is None:
        return False
    return cue.start - first.start >= _LONGEST


def _silence(before: Cue, after: Cue) -> int:
    if before.end is None or after.start is None:
        return 0
    return after.start - before.end

"""One step of the cursor by a unit of the text, over what is not speech (marks, gaps)."""

from __future__ import annotations

from typing import Literal

from koding.model import motion
from koding.model.transcript import Transcript
from koding.model.wrap import Layout

Unit = Literal["character", "line", "word", "sentence", "turn", "edge", "page", "source"]


def step(transcript: Transcript, layout: Layout, position: int, unit: Unit, by: int, *, extend: bool) -> int:  # noqa: PLR0913
    """Give where the cursor comes from `position` by one `unit` on (`by` 1) or back (`by` -1).

    With `extend` a word on ends at the word's end, so that the selection holds no space after it.
    """
    text = transcript.text
    if unit == "character":
        return layout.step(position, by)
    if unit == "word":
        return _word_back(transcript, position) if by < 0 else _word_on(transcript, position, extend=extend)
    if unit == "sentence":
        return _sentence_on(transcript, position) if by > 0 else _sentence_back(transcript, position)
    if unit == "turn":
        return (motion.next_turn if by > 0 else motion.previous_turn)(transcript, position)
    if unit == "edge":
        row = layout.row_of(position)
        return layout.ends[row] if by > 0 else layout.starts[row]
    return len(text) if by > 0 else 0


def _word_on(transcript: Transcript, position: int, *, extend: bool) -> int:
    move = motion.word_end if extend else motion.next_word
    found = move(transcript.text, position)
    index = transcript.turn_index(max(found - 1, 0) if extend else found)
    if index is not None and found <= transcript.turns[index].start and extend:
        return move(transcript.text, transcript.turns[index].start)
    if index is not None and found < transcript.turns[index].start:
        return transcript.turns[index].start
    return found


def _word_back(transcript: Transcript, position: int) -> int:
    found = motion.previous_word(transcript.text, position)
    while (index := transcript.turn_index(found)) is not None and found < transcript.turns[index].start:
        mark = transcript.turns[index].mark
        before = motion.previous_word(transcript.text, mark)
        if before >= mark:
            return position
        found = before
        if mark == 0:
            return transcript.turns[index].start
    return found


def _sentence_on(transcript: Transcript, position: int) -> int:
    low, high = motion.turn_bounds(transcript, position)
    found = motion.next_sentence(transcript.text, low, high, position)
    return found if found < high else motion.next_turn(transcript, position)


def _sentence_back(transcript: Transcript, position: int) -> int:
    low, high = motion.turn_bounds(transcript, position)
    if position > low:
        return motion.previous_sentence(transcript.text, low, high, position)
    before = motion.previous_turn(transcript, position)
    if before >= position:
        return position
    low, high = motion.turn_bounds(transcript, before)
    return motion.sentence_at(transcript.text, low, high, max(low, high - 1))[0]

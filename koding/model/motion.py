"""Moving through the text by word, sentence and turn; all positions are code points of the stored text.

Everything here looks only at the neighbourhood of the position, never at the whole source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from koding.model.transcript import Transcript

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
#: The longest word we look back for, and how far a sentence is looked for on either side, in code points.
_WORD_REACH = 120
_SENTENCE_REACH = 1500
#: A stretch longer than this (code points) without a full stop is spoken text: it is cut at its pauses.
_LONG_STRETCH = 400
#: Where it has no pauses either, a block begins about every so many code points, at a word that opens a clause.
_BLOCK = 140
_CLAUSE = re.compile(r"\s(?=(?:og|men|så|fordi|for|da|når|då)\s)")
_SPACE = re.compile(r"\s+")

#: A remark in brackets right after a full stop ("[ler]", "(...)") belongs to the sentence before it.
_STOP = re.compile(r"(?P<stop>[.!?…]+)[\"'»”’)\]]*(?:\s+[\[(][^\])\n]{0,24}[\])])?(?P<gap>\s+)|(?P<blank>\n\s*\n)\s*")
_PAUSE = re.compile(r"(?:\((?:\.\.\.|…|pause[^)]*)\)|\[pause[^\]]*\]|\.\.\.|…|,)\s+")
_ABBREVIATIONS = frozenset({
    "bl.a", "f.eks", "bl", "ca", "kl", "nr", "osv", "mfl", "dvs", "evt", "d.v.s", "o.l", "jf", "pga", "mht",
    "ift", "ang", "inkl", "ekskl", "tlf", "st", "dr", "hr", "fr", "jan", "feb", "apr", "aug", "sept", "okt", "nov",
    "des", "m.m", "m.fl", "o.s.v", "t.d", "i.e", "maks", "min", "gj.sn",
})  # fmt: skip


def next_word(text: str, position: int) -> int:
    """Give the start of the next word after `position`, the text's end where there is none."""
    found = _WORD.search(text, position)
    if found and found.start() == position:
        found = _WORD.search(text, found.end())
    return found.start() if found else len(text)


def word_end(text: str, position: int) -> int:
    """Give the end of the word at or after `position`, the text's end where there is none."""
    found = _WORD.search(text, position)
    return found.end() if found else len(text)


def previous_word(text: str, position: int) -> int:
    """Give the start of the word before `position` (of this word, inside one); 0 where there is none."""
    high = position
    while high > 0:
        low = max(0, high - _WORD_REACH)
        start = max((match.start() for match in _WORD.finditer(text, low, high)), default=-1)
        if start >= 0:
            while start == low and start > 0 and _WORD.match(text[start - 1]):
                start = low = start - 1
            return start
        high = low
    return 0


def word_at(text: str, position: int) -> tuple[int, int]:
    """Give the word that covers `position`, or the single code point there."""
    low = max(0, position - _WORD_REACH)
    for match in _WORD.finditer(text, low, min(len(text), position + _WORD_REACH)):
        if match.start() <= position < match.end():
            return match.span()
    return position, min(position + 1, len(text))


def sentence_at(text: str, low: int, high: int, position: int) -> tuple[int, int]:
    """Give the sentence around `position` inside [low, high) (a turn), without the space after it.

    A sentence ends at a full stop, question mark, exclamation mark or ellipsis that is not an abbreviation and not
    followed by a lower-case letter, or at an empty line. Speech written without full stops is cut at its pauses, and
    where it has none into blocks of about 25 words.
    """
    position = min(max(position, low), high)
    near_low, near_high = max(low, position - _SENTENCE_REACH), min(high, position + _SENTENCE_REACH)
    starts = [near_low, *_sentence_starts(text, near_low, near_high)]
    start, end = _around(starts, position, near_high)
    if end - start > _LONG_STRETCH:
        starts = [start, *(match.end() for match in _PAUSE.finditer(text, start, end))]
        start, end = _around(starts, position, end)
    if end - start > _LONG_STRETCH:
        first, last = _block(text, low, high, position)
        start, end = max(start, first), min(end, last)
    return _trim_left(text, start, end), start + len(text[start:end].rstrip())


def _block(text: str, low: int, high: int, position: int) -> tuple[int, int]:
    """Give the block around `position` of speech set down without stops and pauses; the same from all of its places."""
    number = (min(position, high - 1) - low) // _BLOCK
    start = _block_start(text, low, high, number)
    if start > position or start == high:
        return _block_start(text, low, high, number - 1), start
    return start, _block_start(text, low, high, number + 1)


def _block_start(text: str, low: int, high: int, number: int) -> int:
    """Give where a block begins: at a word that opens a clause, else at a word, from its place on a fixed grid."""
    grid = low + number * _BLOCK
    if number <= 0 or grid > high - _BLOCK // 2:
        return low if number <= 0 else high
    reach = grid + _BLOCK // 2
    found = _CLAUSE.search(text, grid, reach) or _SPACE.search(text, grid, reach)
    return found.end() if found else grid


def _trim_left(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _around(starts: list[int], position: int, high: int) -> tuple[int, int]:
    start = max((found for found in starts if found <= position), default=starts[0])
    return start, min((found for found in starts if found > position), default=high)


def _sentence_starts(text: str, low: int, high: int) -> Iterator[int]:
    for match in _STOP.finditer(text, low, high):
        if match["blank"] or (match.end() < high and _ends_sentence(text, low, match)):
            yield match.end()


def _ends_sentence(text: str, low: int, match: re.Match[str]) -> bool:
    if "\n" in match["gap"].replace("\n", "", 1):
        return True
    opening = text[match.end()]
    if opening.islower():
        return False
    if match["stop"] != ".":
        return True
    word = re.search(r"[\w.]+$", text[max(low, match.start() - 12) : match.start()])
    if word is None:
        return True
    return word[0].lower() not in _ABBREVIATIONS and not (word[0].isdigit() and opening.isdigit())


def next_sentence(text: str, low: int, high: int, position: int) -> int:
    """Give the start of the sentence after the one at `position`; `high` where it is the last."""
    end = sentence_at(text, low, high, position)[1]
    following = _trim_left(text, max(end, position + 1), high)
    return min(following, high)


def previous_sentence(text: str, low: int, high: int, position: int) -> int:
    """Give the start of the sentence at `position`, or of the one before it if `position` is that start."""
    start = sentence_at(text, low, high, position)[0]
    if start < position or position <= low:
        return min(start, position)
    before = low + len(text[low:position].rstrip()) if position - low < _SENTENCE_REACH else position
    while before == position and before > low and text[before - 1].isspace():
        before -= 1
    return sentence_at(text, low, high, max(low, before - 1))[0]


def turn_bounds(transcript: Transcript, position: int) -> tuple[int, int]:
    """Give the speech of the turn at `position`, or the text before the first turn."""
    index = transcript.turn_index(position)
    if index is None:
        return 0, transcript.turns[0].mark if transcript.turns else len(transcript.text)
    turn = transcript.turns[index]
    return turn.start, max(turn.end, turn.start)


def next_turn(transcript: Transcript, position: int) -> int:
    """Give the start of the speech of the next turn; the end of the last turn where there is none."""
    index = transcript.turn_index(position)
    following = 0 if index is None else index + 1
    if following < len(transcript.turns):
        return transcript.turns[following].start
    return transcript.turns[-1].end if transcript.turns else len(transcript.text)


def previous_turn(transcript: Transcript, position: int) -> int:
    """Give the start of this turn's speech, or of the turn before where `position` is at or before that start."""
    index = transcript.turn_index(position)
    if index is None:
        return 0
    turn = transcript.turns[index]
    if position > turn.start:
        return turn.start
    return transcript.turns[index - 1].start if index else turn.start


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the span without white space at its ends; where there is nothing else, (start, start)."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def within_speech(transcript: Transcript, start: int, end: int) -> tuple[int, int]:
    """Give the span without white space and without a speaker's mark at its ends."""
    first = transcript.turn_index(start)
    if first is not None and start < transcript.turns[first].start:
        start = min(transcript.turns[first].start, end)
    last = transcript.turn_index(max(end - 1, start))
    if last is not None and transcript.turns[last].mark < end <= transcript.turns[last].start and last:
        end = max(start, transcript.turns[last - 1].end)
    return trim(transcript.text, start, end)

r"""Where a line may begin a turn: every form in which transcripts write a speaker's mark, found but not yet judged.

Lines end at `\\n` alone. One pass over the lines, each looked at with expressions of bounded length, so that the time
grows with the text and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from koding.readers.markdown import is_divider
from koding.readers.speakers import is_plausible

_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_RANGE = rf"{_TIME}(?:[ ]?(?:-->|[-–])[ ]?{_TIME})?"
_ENCLOSED = rf"(?:\[[ ]?{_RANGE}[ ]?\]|\([ ]?{_RANGE}[ ]?\)|<{_RANGE}>|\#{_TIME}(?:-\d)?\#)"
_STAMP = rf"(?:{_ENCLOSED}|{_RANGE})"
_LABEL = r"[^\W_][^:\n\t\[\]<>*|]{0,59}?"
# What stands in square brackets after a label is a note of the transcriber's, unless it is a time.
_NOTE = r"(?:[ \t]{0,3}\[(?![ \d])[^\[\]\n:]{1,60}\])?"
_INDENT = r"[ \t]{0,8}"
_DASH = r"(?:[-–,][ \t]{0,8})?"

_COLON = re.compile(
    rf"{_INDENT}(?P<bold>\*{{1,3}})?(?:(?P<before>{_STAMP})[ \t]{{0,8}}{_DASH})?(?P<bold2>\*{{1,3}})?"
    rf"(?P<label>{_LABEL}){_NOTE}(?:[ \t]{{0,8}}(?P<inside>{_ENCLOSED}))?[ \t]?(?(bold)\*{{0,3}})(?(bold2)\*{{0,3}})"
    rf"{_NOTE}:(?(bold)\*{{0,3}})(?(bold2)\*{{0,3}})(?!\d|//)(?:[ \t]{{0,8}}(?P<after>{_ENCLOSED}))?"
)
_VOICE = re.compile(rf"{_INDENT}<v(?:\.[^\s>]{{1,40}})?[ \t]+(?P<label>[^>\n]{{1,80}}?)[ \t]*>")
_STAMPED = re.compile(rf"{_INDENT}\*{{0,3}}(?P<label>{_LABEL})[ \t]+{_DASH}(?P<stamp>{_STAMP})[ \t*]*(?=\n|\Z)")
_STAMP_FIRST = re.compile(rf"{_INDENT}\*{{0,3}}(?P<stamp>{_STAMP})[ \t]+{_DASH}(?P<label>{_LABEL})[ \t*]*(?=\n|\Z)")
_STAMP_ALONE = re.compile(rf"{_INDENT}(?P<stamp>{_STAMP})(?P<settings>[ \t][a-z]+:[^\n]{{0,80}})?[ \t]*(?=\n|\Z)")
_ALONE = re.compile(rf"{_INDENT}\*{{0,3}}(?P<label>{_LABEL})[ \t*]{{0,8}}(?=\n|\Z)")
_TABBED = re.compile(rf"[ ]{{0,8}}(?:(?P<stamp>{_STAMP})\t)?(?P<label>{_LABEL})[ ]*\t(?=[^\n])")
_STAMP_OPENS = re.compile(r"[ \t]{0,8}[\d\[(<#]")
_CUE_NUMBER = re.compile(r"[ \t]*\d{1,6}[ \t]*\n")
_FIRST_TIME = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?")
_LONGEST_STAMPED_LINE = 100
# Indent, bold, a range of times, the longest label, another range: no mark has its colon later on the line.
_FARTHEST_COLON = 200


class Form(StrEnum):
    """How a mark is written."""

    COLON = "colon"
    VOICE = "voice"
    STAMPED = "stamped"
    TABBED = "tabbed"


@dataclass(slots=True)
class Candidate:
    """A line that may begin a turn.

    `mark` is where the mark's first line begins, `after` where the mark ends (the speech may stand on later lines),
    both in code points. `opens` tells that a blank line, or nothing, stands before it; `bare` that no speech follows
    on its own line, `firm` that bold or a time sets it off from speech. `time` is in milliseconds.
    """

    mark: int
    after: int
    label: str
    form: Form
    time: int | None
    opens: bool
    bare: bool
    firm: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """Lines from `start` to `end` that no one says (a heading, a cue's times), with the time they give."""

    start: int
    end: int
    time: int | None = None


@dataclass(slots=True)
class Survey:
    """What one pass over the lines has found; `lines` and `paragraphs` hold where those with text begin."""

    candidates: list[Candidate] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)


def milliseconds(stamp: str) -> int | None:
    """Give the first time in `stamp` ("[00:12:31]", "0:12", "00:01.5") in milliseconds; None where there is none."""
    found = _FIRST_TIME.search(stamp)
    if not found:
        return None
    hours, minutes, seconds, fraction = found.groups()
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "").ljust(3, "0"))


def survey(text: str, start: int = 0) -> Survey:
    """Find every line from `start` on that may begin a turn, and every line that is no speech."""
    return _Surveyor(text).run(start)


class _Surveyor:
    """The state of the pass: what the line before was."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found = Survey()
        self.blank_before = True
        self.line_before: int | None = None
        self.stamp_line: Break | None = None

    def run(self, start: int) -> Survey:
        text, length, position = self.text, len(self.text), start
        while position < length:
            end = text.find("\n", position)
            end = length if end < 0 else end
            if end == position or text[position:end].isspace():
                self.blank_before, self.line_before, self.stamp_line = True, None, None
            else:
                self.blank_before = self._line(position, end)
                self.line_before = position
            position = end + 1
        return self.found

    def _line(self, position: int, end: int) -> bool:
        """Read a line with text; true where what follows begins anew, as after a blank line."""
        if self.text[position] in " #-*_=" and is_divider(self.text, position):
            self.found.breaks.append(Break(position, end))
            self.stamp_line = None
            return True
        self.found.lines.append(position)
        if self.blank_before:
            self.found.paragraphs.append(position)
        candidate = self._candidate(position, end)
        if candidate:
            self._join_stamp_line(candidate)
            self.found.candidates.append(candidate)
            self.stamp_line = None
        elif self._stamp_alone(position, end):
            self.found.lines.pop()
        else:
            self.stamp_line = None
        return False

    def _candidate(self, position: int, end: int) -> Candidate | None:
        text = self.text
        colon = text.find(":", position, min(end, position + _FARTHEST_COLON)) >= 0
        found = _COLON.match(text, position) if colon else None
        if found:
            stamp = found["before"] or found["inside"] or found["after"] or ""
            candidate = self._make(position, end, found, Form.COLON, stamp)
            candidate.firm = bool(stamp or found["bold"] or found["bold2"])
            return candidate
        found = _VOICE.match(text, position) if text[position] in "< \t" else None
        if found:
            return self._make(position, end, found, Form.VOICE, "")
        if colon and end - position <= _LONGEST_STAMPED_LINE:
            found = _STAMP_FIRST.match(text, position) or _STAMPED.match(text, position)
            if found:
                return self._make(position, end, found, Form.STAMPED, found["stamp"])
        found = _TABBED.match(text, position) if "\t" in text[position:end] else None
        if found:
            return self._make(position, end, found, Form.TABBED, found["stamp"] or "")
        return None

    def _make(self, position: int, end: int, found: re.Match[str], form: Form, stamp: str) -> Candidate:
        after = found.end()
        return Candidate(
            mark=position,
            after=after,
            label=found["label"].rstrip(),
            form=form,
            time=milliseconds(stamp),
            opens=self.blank_before,
            bare=after >= end or self.text[after:end].isspace(),
        )

    def _stamp_alone(self, position: int, end: int) -> bool:
        """Read a line that is only a time: it belongs to the label on the line before, or to the line after."""
        if end - position > _LONGEST_STAMPED_LINE or not _STAMP_OPENS.match(self.text, position):
            return False
        found = _STAMP_ALONE.match(self.text, position)
        if not found:
            return False
        time = milliseconds(found["stamp"])
        before = self.line_before
        if "-->" in found["stamp"]:
            numbered = before is not None and _CUE_NUMBER.match(self.text, before)
            self.stamp_line = Break(before if numbered and before is not None else position, end, time)
            self.found.breaks.append(self.stamp_line)
            return True
        label = _ALONE.match(self.text, before) if before is not None else None
        if label and before is not None and is_plausible(label["label"].rstrip()) and not self._is_claimed(before):
            opens = bool(self.found.paragraphs) and self.found.paragraphs[-1] == before
            self.found.candidates.append(
                Candidate(before, end, label["label"].rstrip(), Form.STAMPED, time, opens=opens, bare=True)
            )
            return True
        self.stamp_line = Break(position, end, time)
        return True

    def _is_claimed(self, position: int) -> bool:
        """Whether the line at `position` is already (part of) a candidate."""
        return bool(self.found.candidates) and self.found.candidates[-1].mark >= position

    def _join_stamp_line(self, candidate: Candidate) -> None:
        """Let a mark right below a line with only a time begin at that line and have its time."""
        if self.stamp_line is None:
            return
        candidate.mark = self.stamp_line.start
        candidate.opens = candidate.opens or candidate.mark in self.found.paragraphs[-1:]
        if candidate.time is None:
            candidate.time = self.stamp_line.time
        if self.found.breaks and self.found.breaks[-1] is self.stamp_line:
            self.found.breaks.pop()

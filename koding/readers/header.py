"""Header lines: what stands above the conversation (`Dato: ...`, `Til stede: ...`, a title, front matter)."""

from __future__ import annotations

import re
from collections.abc import Collection

from koding.readers.manner import spoken_label
from koding.readers.markdown import front_matter_end, heading_at
from koding.readers.speakers import is_header_key, role_word

_KEY_LINE = re.compile(r"[ \t]{0,8}\*{0,3}(?P<key>[^\W\d][^:\n*]{0,40}?)\*{0,3}[ \t]?:\*{0,3}(?P<value>[^\n]*)")
_BRACKETED = re.compile(r"[ \t]*\[[^\[\]]*\]$")
_FILE_LINE = re.compile(r"WEBVTT\b|(?:Kind|Language|NOTE)\b[: ]")
_MOST_LINES = 80
_MOST_TITLE_LINES = 3
_LONGEST_TITLE = 100
_MOST_NAME_WORDS = 8
_GREETINGS = frozenset(
    {"hei", "hallo", "ja", "jo", "nei", "velkommen", "takk", "god", "mhm", "hm", "ok", "okei", "så", "da"}
)


def header_end(text: str, labels: Collection[str] = ()) -> int:
    """Give where the header ends: after its last line, and 0 for a text without one.

    `labels` are those that begin several lines, or that an informants file names. A line `Intervjuer: Kari Hansen`
    among header lines tells who the interviewer is; `Intervjuer: Kan du fortelle?` is the first turn.
    """
    return _Header(text, labels).find()


class _Header:
    """A walk down the first lines; lines of doubt are taken in when a sure one, or the block's end, follows."""

    def __init__(self, text: str, labels: Collection[str]) -> None:
        self.text = text
        self.labels = labels
        self.sure = front_matter_end(text)
        self.in_block = False
        self.titles = 0
        self.line_before = ""

    def find(self) -> int:
        position = self.sure
        for _ in range(_MOST_LINES):
            if position >= len(self.text):
                break
            end = self.text.find("\n", position)
            end = len(self.text) if end < 0 else end
            line = self.text[position:end]
            following = min(end + 1, len(self.text))
            if not self._take(line, position, following):
                return self.sure
            self.line_before = line
            position = following
        return self.sure

    def _take(self, line: str, position: int, following: int) -> bool:
        """Take `line` in if it may belong to the header; false ends the walk."""
        if not line or line.isspace():
            if self.in_block:
                self.sure = following
            self.in_block = False
            return True
        if heading_at(self.text, position) is not None or _FILE_LINE.match(line):
            self.sure = following
            return True
        found = _KEY_LINE.match(line)
        if found and is_header_key(found["key"].strip()):
            self.sure = following
            self.in_block = True
            return True
        if found:
            # A line of a block of header lines, or a person above the first of them.
            return (self.in_block or self.sure == 0) and self._describes(found["key"].strip(), found["value"].strip())
        if self.in_block:
            return line[0] in " \t" or self.line_before.rstrip().endswith((",", ";", "-", " og"))
        self.titles += 1
        return self.sure == 0 and self.titles <= _MOST_TITLE_LINES and len(line) <= _LONGEST_TITLE

    def _describes(self, key: str, value: str) -> bool:
        """Whether `key: value` says something of the interview rather than opening the conversation."""
        key = _BRACKETED.sub("", spoken_label(key))
        if not role_word(key) and key not in self.labels:
            return True
        words = value.split()
        if not words or len(words) > _MOST_NAME_WORDS or value[-1] in ".?!…:" or len(key) == 1:
            return False
        first = words[0].strip(",").casefold()
        return first not in _GREETINGS and (value[0].isupper() or value[0].isdigit())

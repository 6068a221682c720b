"""oTranscribe (.otr): JSON with the transcript as HTML, in which times are spans that lead into the recording."""

from __future__ import annotations

import re
from dataclasses import dataclass

from koding.errors import KodingError
from koding.i18n import _
from koding.model.transcript import Turn
from koding.readers.hypertext import Hypertext
from koding.readers.jsonfiles import scalar_text
from koding.readers.marks import milliseconds
from koding.readers.turns import recognise

_STAMP = re.compile(r"[ \t]*(?P<time>(?:\d{1,2}:)?\d{1,2}:\d{2})(?=\s|$)[ \t]*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Otr:
    """The text of an .otr file.

    `turns` are its stretches between times where nobody is named as speaking; None where the marks in the text, with
    their times, tell the turns.
    """

    text: str
    turns: tuple[Turn, ...] | None


def is_otr(content: object) -> bool:
    """Whether parsed JSON is oTranscribe's."""
    return isinstance(content, dict) and isinstance(content.get("text"), str) and "media" in content


def read_otr(content: object, where: str = "") -> Otr:
    """Read oTranscribe's parsed JSON. Raises KodingError where there is no text in it."""
    walker = Hypertext()
    walker.feed(scalar_text(content.get("text")) if isinstance(content, dict) else "")
    text = walker.text()
    if not text.strip():
        raise KodingError(
            _("{where} holds no text.").format(where=where or _("The file")),
            _("Check that it is the right file, and that it is saved."),
        )
    return Otr(text, _timed(text) if recognise(text).author_text else None)


def _timed(text: str) -> tuple[Turn, ...] | None:
    """Give the stretches that begin with a time on a line's beginning, None where there are none."""
    stamps = [found for found in _STAMP.finditer(text) if found.start() == 0 or text[found.start() - 1] == "\n"]
    if not stamps:
        return None
    edges = [found.start() for found in stamps[1:]] + [len(text)]
    turns = [
        _stretch(text, found.start(), found.end(), edge, milliseconds(found["time"]))
        for found, edge in zip(stamps, edges, strict=True)
    ]
    if text[: stamps[0].start()].strip():
        turns.insert(0, _stretch(text, 0, 0, stamps[0].start(), None))
    return tuple(turns)


def _stretch(text: str, mark: int, start: int, end: int, time: int | None) -> Turn:
    speech = text[start:end]
    start += len(speech) - len(speech.lstrip())
    return Turn(mark, start, max(start, mark + len(text[mark:end].rstrip())), "", time)

"""Subtitles: WebVTT (Teams, Zoom, Autotekst) and SubRip (.srt), read for who says what and when.

After the W3C's WebVTT (voices, entities, notes, styles); SubRip has no standard and is read as it is met, with a comma
or a full stop in the times. One pass over the lines; what is no cue is left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from koding.errors import KodingError
from koding.i18n import _, ngettext
from koding.readers.cues import Cue, Spoken, compose, label_of, within_reason
from koding.readers.text import read_text
from koding.readers.turns import recognise

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMING = re.compile(rf"[ \t]*{_TIME}[ \t]*--?>[ \t]*{_TIME}(?:[ \t].*)?")
_NUMBER = re.compile(r"[ \t]*\d{1,9}[ \t]*")
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z]*)(?P<classes>\.[^\s<>]*)?(?:[ \t]+(?P<rest>[^<>]*))?>")
_INNER_TIME = re.compile(r"<\d[\d:.]{4,20}>")
_POSITION = re.compile(r"\{\\[^{}]{0,40}\}")
_PREFIX = re.compile(r"(?P<label>[^\W\d_][^:\n<>\[\]]{0,47}):(?=\s|$)[ \t]*")
# What is written in other angle brackets ("<ler>") is the transcriber's.
_TAGS = frozenset({"v", "c", "i", "b", "u", "ruby", "rt", "lang", "font"})
_BLOCKS = ("NOTE", "STYLE", "REGION")
# A file whose captions roll has most of its cues begin with the line that the one before ended in.
_ROLLING_SHARE = 1 / 3
_LEAST_ROLLING = 5


@dataclass(frozen=True, slots=True)
class Subtitles:
    """Text and turns of a subtitle file; `notes` are lines for the researcher."""

    spoken: Spoken
    encoding: str
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Timed:
    """A cue as the file has it: times and lines."""

    start: int | None
    end: int | None
    lines: list[str] = field(default_factory=list)


def is_timing(line: str) -> bool:
    """Whether a line gives a cue's times (`00:00:01,000 --> 00:00:03,500`)."""
    return _TIMING.fullmatch(line) is not None


def read_subtitles(data: bytes, where: str = "") -> Subtitles:
    """Read a WebVTT or SubRip file, in any encoding that `read_text` knows.

    Cues of one speaker (a voice `<v Amina>`, or a name and colon that recurs) are merged into turns. Raises KodingError
    for a file without cues.
    """
    where = where or _("The file")
    decoded = read_text(data, where)
    timed, dropped = _cues_of(decoded.text)
    if not timed:
        raise KodingError(
            _("{where} holds no cues (lines such as 00:00:01.000 --> 00:00:03.500 with text below).").format(
                where=where
            ),
            _("Check that it is a whole WebVTT or SubRip file."),
        )
    notes = [decoded.note] if decoded.note else []
    rolled = _unroll(timed)
    if rolled:
        notes.append(_("The captions roll: lines that come again were taken once."))
    if dropped:
        notes.append(
            ngettext(
                "{count} line outside the cues was left out.", "{count} lines outside the cues were left out.", dropped
            ).format(count=dropped)
        )
    cues = list(_voices(timed))
    if not any(cue.speaker for cue in cues):
        cues = _prefixed(cues)
    return Subtitles(compose(cues), decoded.encoding, tuple(notes))


def _cues_of(text: str) -> tuple[list[_Timed], int]:
    """Give the cues of a file and the number of lines that are in none of them."""
    standard = text.lstrip("\ufeff \n").startswith("WEBVTT")
    cues: list[_Timed] = []
    dropped = 0
    place = "head" if standard else "outside"
    lines = text.split("\n")
    for index, line in enumerate(lines):
        found = _TIMING.fullmatch(line)
        blank_before = index > 0 and not lines[index - 1].strip()
        if found:
            times = found.groups()
            cues.append(_Timed(_milliseconds(times[:4]), _milliseconds(times[4:])))
            place = "cue"
        elif not line.strip():
            # SubRip files have empty lines within a cue; in WebVTT one ends it.
            place = "outside" if standard and place != "head" else place
        elif _names_cue(lines, index, standard=standard and blank_before):
            continue
        elif place == "cue":
            cues[-1].lines.append(line)
        elif standard and blank_before and line.startswith(_BLOCKS):
            place = "note"
        elif place == "outside":
            dropped += 1
    return cues, dropped


def _names_cue(lines: list[str], index: int, *, standard: bool) -> bool:
    """Whether the line is a cue's number, or in WebVTT its name, with the times right below it."""
    if index + 1 >= len(lines) or not _TIMING.fullmatch(lines[index + 1]):
        return False
    return standard or _NUMBER.fullmatch(lines[index]) is not None


def _milliseconds(parts: tuple[str | None, ...]) -> int | None:
    hours, minutes, whole, fraction = (part or "0" for part in parts)
    return within_reason(
        ((int(hours) * 60 + int(minutes)) * 60 + int(whole)) * 1000 + int(fraction.ljust(3, "0")),
    )


def _unroll(cues: list[_Timed]) -> bool:
    """Take out of rolling captions the lines that the cue before has shown already; true where they roll."""
    plain = [[_plain(line) for line in cue.lines] for cue in cues]
    again = [index for index in range(1, len(cues)) if plain[index][:1] == _last(plain[index - 1]) != []]
    # A cue that says the same as the one before may be meant; one that goes on below it rolls.
    rolling = sum(1 for index in again if len(plain[index]) > 1)
    if rolling < _LEAST_ROLLING or rolling < len(cues) * _ROLLING_SHARE:
        return False
    for index in again:
        del cues[index].lines[0]
    return True


def _last(lines: list[str]) -> list[str]:
    return [line for line in lines if line][-1:]


def _plain(line: str) -> str:
    return " ".join(_TAG.sub("", _INNER_TIME.sub("", line)).split())


def _voices(cues: list[_Timed]) -> Iterator[Cue]:
    """Give the cues' text by its voices; a cue that names nobody goes on with who spoke last."""
    speaker = ""
    for cue in cues:
        text = _POSITION.sub("", _INNER_TIME.sub("", "\n".join(cue.lines)))
        pieces: list[str] = []
        position = 0
        for tag in _TAG.finditer(text):
            name = tag["name"].lower()
            if name not in _TAGS:
                continue
            pieces.append(text[position : tag.start()])
            position = tag.end()
            if name == "v" and not tag["close"]:
                yield _piece(cue, speaker, pieces)
                pieces = []
                speaker = label_of(html.unescape(tag["rest"] or ""))
        yield _piece(cue, speaker, [*pieces, text[position:]])


def _piece(cue: _Timed, speaker: str, pieces: list[str]) -> Cue:
    return Cue(cue.start, cue.end, speaker, html.unescape("".join(pieces)))


def _prefixed(cues: list[Cue]) -> list[Cue]:
    """Take names before a colon for speakers where `recognise` does; a line without one is whose the last was."""
    lines = [(cue, line.strip()) for cue in cues for line in cue.text.split("\n") if line.strip()]
    turns = recognise("\n".join(line for _cue, line in lines)).turns
    labels = {turn.speaker for turn in turns if turn.speaker}
    named: list[Cue] = []
    speaker = ""
    for cue, line in lines if labels else ():
        found = _PREFIX.match(line)
        label = found["label"].strip() if found else ""
        if found and label in labels:
            speaker = label
            named.append(replace(cue, speaker=label, text=line[found.end() :]))
        else:
            named.append(replace(cue, speaker=speaker, text=line))
    return named or cues

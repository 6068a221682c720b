"""What speech recognisers of the Whisper family write as JSON: segments or words, with times and perhaps speakers.

Read are the forms of OpenAI's whisper and its API, faster-whisper, whisperX (`segments` with `words`, speakers from
diarisation), whisper.cpp (`transcription` with `offsets`) and the Transformers pipeline that NB-Whisper runs in
(`chunks` with `timestamp`, by sentence or by word; `speakers` beside them).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from koding.errors import KodingError
from koding.i18n import _, ngettext
from koding.readers.cues import Cue, Spoken, compose, label_of, seconds, within_reason
from koding.readers.jsonfiles import scalar_text

#: Where the stretches are, best first: by speaker, by segment, by word.
_LISTS = ("speakers", "segments", "transcription", "chunks", "word_segments", "words")
_MARKS_OF_SPEECH = ("start", "timestamp", "offsets", "timestamps", "speaker", "words")


@dataclass(frozen=True, slots=True)
class Recognised:
    """Text and turns of a recogniser's file; `notes` are lines for the researcher."""

    spoken: Spoken
    notes: tuple[str, ...] = ()


def is_whisper(content: object) -> bool:
    """Whether parsed JSON is a recogniser's transcript."""
    return bool(_stretches(content)) or (
        isinstance(content, dict) and isinstance(content.get("text"), str) and "media" not in content
    )


def read_whisper(content: object, where: str = "") -> Recognised:
    """Read a recogniser's transcript from parsed JSON. Raises KodingError where there is no speech in it."""
    stretches = _stretches(content)
    cues = list(_cues(stretches))
    if not cues and isinstance(content, dict):
        # Word by word, so that a text without times is cut into blocks too.
        cues = [Cue(None, None, "", word) for word in scalar_text(content.get("text")).split()]
    spoken = compose(cues)
    if not spoken.turns:
        raise KodingError(
            _("{where} holds no speech.").format(where=where or _("The file")),
            _("Check that the recogniser was run to its end."),
        )
    notes: list[str] = []
    speakers = len({cue.speaker for cue in cues if cue.speaker})
    if speakers:
        notes.append(
            ngettext(
                "{count} speaker, as the recogniser told them apart; check who is who.",
                "{count} speakers, as the recogniser told them apart; check who is who.",
                speakers,
            ).format(count=speakers)
        )
    else:
        notes.append(_("Nobody is named as speaking; the text was cut into blocks by its pauses and length."))
    untimed = sum(1 for cue in cues if cue.start is None)
    if untimed and untimed < len(cues):
        notes.append(
            ngettext("{count} stretch has no time.", "{count} stretches have no time.", untimed).format(count=untimed)
        )
    return Recognised(spoken, tuple(notes))


def _stretches(content: object) -> list[dict[str, Any]]:
    """Give the list of stretches, an empty one where there is none."""
    candidates: list[Any] = [content] if isinstance(content, list) else []
    if isinstance(content, dict):
        candidates = [content.get(name) for name in _LISTS]
        result = content.get("result")
        if isinstance(result, dict):
            candidates += [result.get(name) for name in _LISTS]
    for candidate in candidates:
        found = [one for one in candidate if isinstance(one, dict)] if isinstance(candidate, list) else []
        if any(_written(one).strip() and one.keys() & set(_MARKS_OF_SPEECH) for one in found):
            return found
    return []


def _cues(stretches: list[dict[str, Any]]) -> Iterator[Cue]:
    for stretch in stretches:
        words = stretch.get("words")
        speaker = _speaker(stretch)
        if isinstance(words, list):
            named = [word for word in words if isinstance(word, dict)]
            if len({_speaker(word) for word in named} - {""}) > 1:
                yield from _by_word(named, speaker)
                continue
        start, end = _times(stretch)
        yield Cue(start, end, speaker, _written(stretch))


def _by_word(words: list[dict[str, Any]], speaker: str) -> Iterator[Cue]:
    """Give the words of a segment in which the speaker changes; a word that names nobody goes with the one before."""
    speaker = next((name for word in words if (name := _speaker(word))), speaker)
    for word in words:
        speaker = _speaker(word) or speaker
        start, end = _times(word)
        yield Cue(start, end, speaker, _written(word))


def _written(stretch: dict[str, Any]) -> str:
    return scalar_text(stretch.get("text")) or scalar_text(stretch.get("word"))


def _speaker(stretch: dict[str, Any]) -> str:
    name = stretch.get("speaker", stretch.get("speaker_label"))
    return label_of(scalar_text(name) if isinstance(name, str) else name)


def _times(stretch: dict[str, Any]) -> tuple[int | None, int | None]:
    offsets = stretch.get("offsets")
    if isinstance(offsets, dict):
        # whisper.cpp gives milliseconds.
        return _whole(offsets.get("from")), _whole(offsets.get("to"))
    stamp = stretch.get("timestamp")
    if isinstance(stamp, list) and len(stamp) == len(("start", "end")):
        return seconds(stamp[0]), seconds(stamp[1])
    return seconds(stretch.get("start")), seconds(stretch.get("end"))


def _whole(value: object) -> int | None:
    return within_reason(value) if isinstance(value, int) and not isinstance(value, bool) else None

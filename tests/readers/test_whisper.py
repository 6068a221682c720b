"""Whisper's JSON in the forms of its family: segments, words, chunks, speakers."""

from __future__ import annotations

import json

import pytest

from koding.errors import KodingError
from koding.readers.whisper import is_whisper, read_whisper
from tests.readers.transcript_files import WHISPER

Said = list[tuple[int | None, str, str]]


def read(content: object) -> Said:
    assert is_whisper(content)
    spoken = read_whisper(content).spoken
    return [(turn.time, turn.speaker, spoken.text[turn.start : turn.end]) for turn in spoken.turns]


def test_segments_with_speakers_are_turns() -> None:
    assert read(json.loads(WHISPER)) == [
        (0, "SPEAKER_00", "og så flyttet vi ingen hilste på øya"),
        (4200, "SPEAKER_01", "hvorfor det"),
    ]
    assert "check who is who" in read_whisper(json.loads(WHISPER)).notes[0]


def test_a_segment_in_which_the_speaker_changes_is_cut_at_the_word() -> None:
    words = [
        {"word": "hvorfor", "start": 0.1, "end": 0.5, "speaker": "A"},
        {"word": "dro"},
        {"word": "du", "start": 0.8, "end": 1.0, "speaker": "A"},
        {"word": "ingen", "start": 1.1, "end": 1.4, "speaker": "B"},
        {"word": "jobb", "start": 1.4, "end": 1.9},
    ]
    content = {"segments": [{"start": 0.1, "end": 1.9, "text": "hvorfor dro du ingen jobb", "words": words}]}
    assert read(content) == [(100, "A", "hvorfor dro du"), (1100, "B", "ingen jobb")]


@pytest.mark.parametrize(
    "content",
    [
        {"chunks": [{"timestamp": [0.0, 1.0], "text": " vi dro"}, {"timestamp": [1.0, None], "text": "hjem"}]},
        {"chunks": [{"timestamp": [0.0, 0.5], "text": text} for text in (" vi", " dro", " hjem")]},
        {"transcription": [{"offsets": {"from": 0}, "text": "vi"}, {"offsets": {"from": 9}, "text": "dro hjem"}]},
        {"word_segments": [{"word": word, "start": 0.0, "end": 0.2} for word in ("vi", "dro", "hjem")]},
        {"result": {"segments": [{"start": 0, "end": 1, "text": "vi dro hjem"}]}},
        [{"start": 0, "end": 1, "text": "vi dro"}, {"start": 1, "end": 2, "text": "hjem"}],
    ],
)  # fmt: skip
def test_forms_of_the_family(content: object) -> None:
    assert read(content) == [(0, "", "vi dro hjem")]


def test_speakers_beside_chunks_go_first() -> None:
    content = {
        "chunks": [{"timestamp": [0.0, 2.0], "text": " hei hallo"}],
        "speakers": [
            {"speaker": "S0", "timestamp": [0.0, 1.0], "text": " hei"},
            {"speaker": "S1", "timestamp": [1.0, 2.0], "text": " hallo"},
        ],
    }
    assert read(content) == [(0, "S0", "hei"), (1000, "S1", "hallo")]


def test_text_alone_is_a_turn_without_time() -> None:
    assert read({"text": "vi dro hjem"}) == [(None, "", "vi dro hjem")]


def test_speech_without_speakers_or_punctuation_is_cut_into_blocks() -> None:
    segments = [
        {"start": 3.0 * n, "end": 3.0 * n + 3, "text": " og så gikk vi videre til neste sted"} for n in range(200)
    ]
    spoken = read_whisper({"segments": segments}).spoken
    assert len(spoken.turns) >= 8
    for turn in spoken.turns:
        assert len(spoken.text[turn.start : turn.end].split()) <= 130
        assert turn.time is not None


@pytest.mark.parametrize("time", [float("nan"), float("inf"), -1, 1e300, "1.0", True, None, [1]])
def test_times_that_are_none_are_left_out(time: object) -> None:
    assert read({"segments": [{"start": time, "end": time, "text": "hei"}]}) == [(None, "", "hei")]


def test_half_of_a_pair_of_units_becomes_a_sign_that_can_be_stored() -> None:
    ((_time, _name, speech),) = read(json.loads(r'{"segments": [{"start": 0, "text": "hei \ud83d du \ud83d\ude42"}]}'))
    assert speech == "hei \ufffd du \U0001f642"


@pytest.mark.parametrize("content", [{}, [], 3, "a", None, {"segments": 3}, {"media": "a", "text": "b"}, [[]]])
def test_other_json_is_no_transcript(content: object) -> None:
    assert not is_whisper(content)


def test_a_silent_recording_is_refused() -> None:
    with pytest.raises(KodingError, match=r"int\.json holds no speech"):
        read_whisper({"text": "", "segments": []}, "int.json")

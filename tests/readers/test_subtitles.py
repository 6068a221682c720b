"""WebVTT and SubRip: who says what, and when."""

from __future__ import annotations

from itertools import pairwise

import pytest

from koding.errors import KodingError
from koding.readers.subtitles import Subtitles, read_subtitles
from tests.readers.transcript_files import SRT, VTT

Said = list[tuple[int | None, str, str]]


def said(found: Subtitles) -> Said:
    text = found.spoken.text
    return [(turn.time, turn.speaker, text[turn.start : turn.end]) for turn in found.spoken.turns]


def read(text: str) -> Said:
    return said(read_subtitles(text.encode()))


def test_cues_of_one_voice_are_one_turn_with_its_time() -> None:
    found = read_subtitles(VTT.encode())
    assert said(found) == [
        (1000, "Kari Int", "Hvorfor flyttet du fra Sundøy?"),
        (4000, "Amina", "Det var stille & langt.\nIngen hilste."),
    ]
    assert found.notes == ()
    assert found.spoken.text.startswith("[00:00:01] Kari Int: Hvorfor flyttet")


def test_names_before_a_colon_are_speakers_in_subrip() -> None:
    assert read(SRT) == [
        (1000, "Int", "Hvorfor flyttet du?"),
        (4000, "Amina", "Det var stille. Ingen hilste."),
        (9000, "Int", "Nei vel."),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("content", [VTT, SRT])
def test_programs_save_them_in_many_ways(encoding: str, ends: str, content: str) -> None:
    found = read_subtitles(content.replace("\n", ends).encode(encoding))
    assert said(found) == read(content)
    assert bool(found.notes) == (encoding == "cp1252" and content is VTT)


def test_two_voices_in_a_cue() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v.loud Int>Ja?</v> <v Amina Ali>Nei &lt;ler&gt; <ler></v>\n"
    assert read(text) == [(1000, "Int", "Ja?"), (1000, "Amina Ali", "Nei <ler> <ler>")]


def test_a_cue_that_names_nobody_goes_on_with_who_spoke() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Amina>For jobben\n\n00:02.000 --> 00:03.000\nog broren min\n"
    assert read(text) == [(1000, "Amina", "For jobben og broren min")]


def test_notes_styles_and_times_within_a_cue_are_no_speech() -> None:
    text = (
        "WEBVTT - Intervju\nKind: captions\n\nSTYLE\n::cue {color: red}\n\nNOTE\nto\nlinjer\n\nbegynnelse\n"
        "00:01.000 --> 00:02.000 line:90%\nog <00:00:01.500><c.gul>så</c>\n\nNOTE slutt\n"
    )
    found = read_subtitles(text.encode())
    assert said(found) == [(1000, "", "og så")]
    assert found.notes == ()


def test_subrip_as_it_is_met() -> None:
    text = "\n1\n00:00:01.5 -> 00:00:02,000 X1:1\n{\\an8}<i>Og så</i>\n\ndro vi\n3\n1:00:00,000 --> 1:00:01,000\nhjem"
    assert read(text) == [(1500, "", "Og så dro vi\nhjem")]


def test_lines_outside_the_cues_are_counted() -> None:
    found = read_subtitles(b"WEBVTT\n\n00:01.000 --> 00:02.000\nJa\n\nlost\n\n00:02.000 --> 00:03.000\nNei\n")
    assert said(found) == [(1000, "", "Ja Nei")]
    assert found.notes == ("1 line outside the cues was left out.",)


def test_rolling_captions_are_taken_once() -> None:
    lines = [f"linje {number}" for number in range(12)]
    shown = [lines[0], *(f"{before}\n{now}" for before, now in pairwise(lines))]
    cues = "".join(f"00:{at:02}.000 --> 00:{at + 1:02}.000\n{text}\n\n" for at, text in enumerate(shown))
    found = read_subtitles(f"WEBVTT\n\n{cues}".encode())
    assert " ".join(speech for _time, _name, speech in said(found)) == " ".join(lines)
    assert "roll" in found.notes[0]


def test_speech_without_names_or_full_stops_is_cut_into_blocks_with_times() -> None:
    clocks = [f"{number // 60:02}:{number % 60:02}" for number in range(600)]
    cues = "".join(f"{clock}.000 --> {clock}.900\nog så gikk vi videre\n\n" for clock in clocks)
    turns = read_subtitles(f"WEBVTT\n\n{cues}".encode()).spoken.turns
    assert len(turns) > 20
    assert all(turn.end - turn.start < 1000 for turn in turns)
    assert [turn.time for turn in turns] == sorted({turn.time for turn in turns})


def test_a_silence_ends_a_block_of_nobody() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:05.000\nvi dro derfra fordi det ikke var noen skole for barna i den kommunen\n\n"
        "00:09.000 --> 00:10.000\nnei\n"
    )
    assert [time for time, _name, _speech in read(text)] == [1000, 9000]


@pytest.mark.parametrize("data", [b"WEBVTT\n\nbare tekst\n", b"", b"1\n00:00 --> 00:01\nhei"])
def test_a_file_without_cues_is_refused(data: bytes) -> None:
    with pytest.raises(KodingError, match=r"int\.vtt holds no cues"):
        read_subtitles(data, "int.vtt")

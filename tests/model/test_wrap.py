"""Wrapping a transcript to the cells of a screen, and the way back."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from koding.model.transcript import Transcript, Turn
from koding.model.wrap import RowKind, lay_out


def widths(text):
    """Two cells for wide characters, none for combining ones, one for the rest."""
    wide = unicodedata.east_asian_width
    return [0 if unicodedata.combining(char) else 2 if wide(char) in "WF" else 1 for char in text]


def talk(*turns, before=""):
    text, found = before, []
    for speaker, speech in turns:
        mark = len(text)
        text += f"{speaker}: "
        found.append(Turn(mark, len(text), len(text) + len(speech), speaker))
        text += speech + "\n\n"
    return Transcript("guid", "name", text, tuple(found), {})


def shown(transcript, width):
    layout = lay_out(transcript, width, widths)
    return [(layout.kinds[row], transcript.text[layout.starts[row] : layout.ends[row]]) for row in range(len(layout))]


def test_a_turn_has_a_heading_its_speech_and_an_empty_row():
    rows = shown(talk(("Int", "Hva da?"), ("Amina", "Ingenting [ler].")), 40)
    assert rows == [
        (RowKind.HEADING, "Int: "), (RowKind.TEXT, "Hva da?"), (RowKind.BLANK, ""),
        (RowKind.HEADING, "Amina: "), (RowKind.TEXT, "Ingenting [ler]."), (RowKind.BLANK, ""),
    ]  # fmt: skip


def test_header_lines_before_the_first_turn_stand_on_rows_of_their_own():
    header = "Konstruert: Ja. Oppdiktet intervju, ingen virkelig informant.\nDato: i dag\n\n"
    rows = shown(talk(("A", "Ja."), before=header), 70)
    assert [text for kind, text in rows if kind is RowKind.TEXT] == [
        "Konstruert: Ja. Oppdiktet intervju, ingen virkelig informant.",
        "Dato: i dag",
        "Ja.",
    ]


def test_speech_wrapped_by_hand_flows_together():
    by_hand = "Jeg bodde der i fire år og kjente nesten ingen i hele bygda, ikke\nengang naboen."
    texts = [text for kind, text in shown(talk(("A", by_hand)), 200) if kind is RowKind.TEXT]
    assert texts == [by_hand]


def test_short_lines_inside_a_turn_stay_lines():
    texts = [text for kind, text in shown(talk(("A", "Først dette.\nSå dette.")), 60) if kind is RowKind.TEXT]
    assert texts == ["Først dette.", "Så dette."]


def test_a_text_without_speakers_has_no_headings():
    text = "Et leserinnlegg om byen."
    layout = lay_out(Transcript("g", "n", text, (Turn(0, 0, len(text), ""),), {}), 30, widths)
    assert RowKind.HEADING not in layout.kinds


def test_cells_of_wide_characters_lead_back_to_their_code_points():
    layout = lay_out(talk(("A", "a日本b")), 30, widths)
    row = layout.text_rows[0]
    start = layout.starts[row]
    assert [layout.column(row, start + offset) for offset in range(5)] == [0, 1, 3, 5, 6]
    assert [layout.position(row, cell) - start for cell in range(7)] == [0, 1, 1, 2, 2, 3, 4]


def test_one_step_goes_over_joined_code_points():
    layout = lay_out(talk(("A", "e\u0301t")), 30, widths)
    start = layout.starts[layout.text_rows[0]]
    assert layout.step(start, 1) == start + 2
    assert layout.step(start + 2, -1) == start


speech = st.text(alphabet="ab øÅé日👩\u0301\n\t.,[]–", max_size=200)
turns = st.lists(st.tuples(st.sampled_from(["Int", "Amina", "R1"]), speech.map(str.strip)), max_size=6)


@given(turns, st.integers(4, 40))
def test_every_code_point_of_speech_is_shown_once_and_in_order(said, width):
    transcript = talk(*said)
    layout = lay_out(transcript, width, widths)
    shown_of = dict.fromkeys(range(len(said)), "")
    seen = 0
    for row in layout.text_rows if said else []:
        assert layout.starts[row] >= seen
        seen = layout.ends[row]
        shown_of[layout.turns[row]] += transcript.text[layout.starts[row] : seen]
    for number, (_speaker, words) in enumerate(said):
        assert "".join(shown_of[number].split()) == "".join(words.split())


@given(turns, st.integers(4, 40))
def test_no_row_is_wider_than_the_screen(said, width):
    layout = lay_out(talk(*said), width, widths)
    for row in layout.text_rows:
        cells = sum(widths(layout.flat[layout.starts[row] : layout.ends[row]]))
        assert cells <= width


@given(turns, st.integers(4, 40), st.data())
def test_a_cell_and_its_position_agree(said, width, data):
    layout = lay_out(talk(*said), width, widths)
    row = data.draw(st.sampled_from(layout.text_rows))
    cell = data.draw(st.integers(0, width))
    position = layout.position(row, cell)
    assert layout.starts[row] <= position <= layout.ends[row]
    assert layout.column(row, position) <= cell


@given(turns, st.integers(4, 40))
def test_stepping_on_reaches_the_end_and_stepping_back_the_start(said, width):
    transcript = talk(*said)
    layout = lay_out(transcript, width, widths)
    position, visited = layout.starts[layout.text_rows[0]], []
    first = position
    while (following := layout.step(position, 1)) != position:
        assert following > position
        visited.append(position)
        position = following
    assert position == layout.ends[layout.text_rows[-1]]
    while (before := layout.step(position, -1)) != position:
        assert before < position
        position = before
    assert position == first

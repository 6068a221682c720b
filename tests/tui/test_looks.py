"""Glyphs and tints: what a code looks like, with colours and without."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inmemory import code, codebook
from rich.cells import cell_len

from koding.model.codebook import Codebook
from koding.tui.desk import RecentCodes
from koding.tui.glyphs import SERIES, TINTS, cell_widths, looks, visible

#: Linear RGB as people with protanopia and deuteranopia see it (Machado, Oliveira and Fernandes 2009, severity 1).
SEEN = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}


def linear(colour):
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def lab(colour, seen):
    rgb = [max(0.0, sum(a * b for a, b in zip(row, linear(colour), strict=True))) for row in SEEN[seen]]
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    x, y, z = (sum(a * b for a, b in zip(row, rgb, strict=True)) / w for row, w in zip(rows, white, strict=True))
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("seen", SEEN)
def test_tints_lie_apart_for_every_eye(seen):
    for one, other in combinations(TINTS, 2):
        distance = sum((a - b) ** 2 for a, b in zip(lab(one, seen), lab(other, seen), strict=True)) ** 0.5
        assert distance > 8, (one, other, distance)


def test_tints_can_be_read_on_the_dark_ground():
    ground = sum(a * b for a, b in zip(linear("#16191e"), (0.2126, 0.7152, 0.0722), strict=True))
    for tint in TINTS:
        light = sum(a * b for a, b in zip(linear(tint), (0.2126, 0.7152, 0.0722), strict=True))
        assert (light + 0.05) / (ground + 0.05) > 4.5


def test_every_glyph_takes_one_cell():
    assert all(cell_len(glyph) == 1 for series in SERIES for glyph in series)
    glyphs = [glyph for series in SERIES for glyph in series]
    assert len(set(glyphs)) == len(glyphs)


def test_codes_of_a_family_share_a_tint_and_differ_in_glyph():
    found = looks(codebook())
    assert found["ensomhet"].tint == found["ensomhet.isolasjon"].tint
    assert len({look.glyph for look in found.values()}) == len(found)
    assert len({found[key].tint for key in ("ensomhet", "studier", "arbeid", "tjenester")}) == 4


def test_more_families_than_tints_still_have_looks():
    codes = tuple(code(f"f{number}", f"F{number}") for number in range(30))
    assert len(looks(Codebook("g", "i", "t", codes))) == 30


@given(st.text())
def test_what_goes_to_the_terminal_has_no_control_characters_and_as_many_code_points(text):
    shown = visible(text)
    assert len(shown) == len(text)
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in shown)


@given(st.text(alphabet="aå日👩\u200d🏫\u0301\ufe0f "))
def test_cells_add_up_to_what_is_drawn(text):
    text = f"a{text}"  # a joiner with nothing before it has no meaning
    assert sum(cell_widths(text)) == cell_len(text)


def test_a_recent_code_keeps_its_digit_and_the_longest_unused_gives_way():
    recent = RecentCodes()
    for number in range(9):
        recent.use(f"code{number}")
    recent.use("code0")
    recent.use("new")
    assert recent.digit("code0") == "1"
    assert recent.digit("new") == "2"
    assert recent.digit("code1") == ""


def test_a_code_that_has_a_digit_does_not_move_whatever_is_used():
    recent = RecentCodes(["a", "", "b"], ["b", "a"])
    assert not recent.use("b")
    assert recent.use("c")
    assert (recent.slots, recent.used) == (["a", "c", "b"], ["a", "b", "c"])
    assert recent.of_digit(2) == "c"
    assert recent.of_digit(9) == ""


def test_digits_go_on_after_a_restart_as_if_there_had_been_none():
    letters = "abcdefghijkabdklmc"
    whole = RecentCodes()
    for letter in letters:
        whole.use(letter)
    first = RecentCodes()
    for letter in letters[:12]:
        first.use(letter)
    second = RecentCodes(first.slots, first.used)
    for letter in letters[12:]:
        second.use(letter)
    assert (second.slots, second.used) == (whole.slots, whole.used)

"""Going about: the cursor, jumps, finding, sources, panes, and small screens."""

from __future__ import annotations

import pytest
from inmemory import FakeBench, transcript
from textual.widgets import Input

from koding.errors import StudyDamaged
from koding.model.coding import Coding
from koding.tui.app import KodingApp
from koding.tui.screens.desk_screen import DeskScreen
from koding.tui.widgets.codebook import CodeTree, Definition
from koding.tui.widgets.sources import SourceList
from koding.tui.widgets.suggestions import SuggestionList


def here(desktop, length=12):
    return desktop.pane.transcript.text[desktop.pane.cursor : desktop.pane.cursor + length]


async def test_the_cursor_goes_by_word_sentence_and_turn_over_the_marks(open_desktop):
    async with open_desktop() as desktop:
        await desktop.put_cursor("Ja. Det")
        await desktop.press("ctrl+right")
        assert here(desktop).startswith("Det var")
        await desktop.press("alt+right")
        assert here(desktop).startswith("Telefonen")
        await desktop.press("J")
        assert here(desktop) == "Mhm.\n\n[00:03"
        await desktop.press("ctrl+right")
        assert here(desktop).startswith("Det var ikke")
        await desktop.press("ctrl+left")
        assert here(desktop).startswith("Mhm.")
        await desktop.press("k")
        assert here(desktop).startswith("Så sa jeg")
        await desktop.press("K", "K")
        assert here(desktop).startswith("Kan du")


async def test_the_cursor_never_stands_in_a_mark(open_desktop):
    async with open_desktop() as desktop:
        await desktop.press("ctrl+home")
        turns = desktop.pane.transcript.turns
        for key in ["right"] * 60 + ["down"] * 12 + ["b"] * 8 + ["up"] * 5 + ["left"] * 30:
            await desktop.press(key)
            assert not any(turn.mark <= desktop.pane.cursor < turn.start for turn in turns)


async def test_up_and_down_keep_the_column(open_desktop):
    async with open_desktop() as desktop:
        await desktop.put_cursor("Telefonen ringte")
        before = desktop.pane.cursor
        await desktop.press("down", "down", "up", "up")
        assert desktop.pane.cursor == before


async def test_the_next_uncoded_turn_is_an_informants(open_desktop):
    async with open_desktop() as desktop:
        await desktop.press("n")
        assert here(desktop).startswith("Ja. Det var")
        await desktop.press("enter", "enter", "ctrl+home", "n")
        assert here(desktop).startswith("Det var ikke")
        await desktop.press("n", "N")
        assert here(desktop).startswith("Det var ikke")


async def test_from_coding_to_coding(open_desktop):
    async with open_desktop() as desktop:
        for place in ("Sjefen", "Telefonen"):
            await desktop.put_cursor(place)
            await desktop.press("c", "enter")
        await desktop.press("ctrl+home", "full_stop", "full_stop")
        assert here(desktop).startswith("Sjefen")
        await desktop.press("comma")
        assert here(desktop).startswith("Telefonen")
        await desktop.press("comma")
        assert desktop.screen.status.message


async def test_finding_goes_to_the_match_while_one_types(open_desktop):
    async with open_desktop() as desktop:
        await desktop.press("slash")
        await desktop.write("JEG")
        assert here(desktop, 3).lower() == "jeg"
        first = desktop.pane.cursor
        await desktop.press("enter")
        second = desktop.pane.cursor
        assert second > first
        assert here(desktop, 3).lower() == "jeg"
        await desktop.press("up")
        assert desktop.pane.cursor == first
        await desktop.press("escape")
        assert desktop.pane.has_focus
        assert not desktop.app.screen.query(Input)


async def test_finding_takes_brackets_as_they_are_and_says_when_there_is_nothing(open_desktop):
    async with open_desktop() as desktop:
        await desktop.press("slash")
        await desktop.write("[ler]")
        assert here(desktop, 5) == "[ler]"
        await desktop.write("zz")
        assert desktop.screen.status.message


async def test_brackets_stand_on_the_screen_as_in_the_text(open_desktop):
    async with open_desktop() as desktop:
        shown = "\n".join(desktop.rows())
        assert "[ler]" in shown
        assert "Marit [NAV]" in shown
        sources = desktop.screen.query_one(SourceList)
        assert any("int02_[yusuf]" in sources.render_line(y).text for y in range(4))
        definition = desktop.screen.query_one(Definition)
        assert any("[ler]" in "".join(text for text, _look in line) for line in definition._lines)


async def test_wide_characters_select_and_code_whole(open_desktop):
    async with open_desktop() as desktop:
        await desktop.put_cursor("👩‍🏫")
        await desktop.press("shift+right", "c", "enter")
        assert desktop.words(desktop.codings[0]) == "👩‍🏫"
        await desktop.put_cursor("日本語")
        await desktop.press("shift+right", "shift+right", "2", "1")
        assert desktop.words(desktop.codings[1]) == "日本"


async def test_every_row_fills_the_pane_exactly_whatever_is_in_it(open_desktop):
    async with open_desktop() as desktop:
        for words in ("👩‍🏫", "日本語", "[ler]"):
            await desktop.put_cursor(words)
            await desktop.press("V", "c", "enter")
        width = desktop.pane.scrollable_content_region.width
        assert {desktop.pane.render_line(y).cell_length for y in range(desktop.pane.size.height)} == {width}


async def test_sources_open_from_the_list_and_are_left_where_one_was(open_desktop):
    async with open_desktop() as desktop:
        await desktop.put_cursor("Sjefen")
        place, first = desktop.pane.cursor, desktop.source
        await desktop.press("shift+tab", "down", "enter")
        assert desktop.source != first
        assert desktop.pane.has_focus
        await desktop.press("less_than_sign")
        assert desktop.source == first
        assert desktop.pane.cursor == place


async def test_progress_and_counts_follow_a_coding(open_desktop):
    async with open_desktop() as desktop:
        await desktop.put_cursor("Telefonen")
        await desktop.press("c", *"isol", "enter")
        sources, tree = desktop.screen.query_one(SourceList), desktop.screen.query_one(CodeTree)
        assert sources.render_line(0).text.rstrip().endswith("1/5")
        row = next(row for row in tree.rows if row.id == "ensomhet.isolasjon")
        assert row.right[-1][0].strip() == "1"


async def test_families_fold(open_desktop):
    async with open_desktop() as desktop:
        await desktop.press("tab", "home", "left")
        tree = desktop.screen.query_one(CodeTree)
        assert "ensomhet.isolasjon" not in [row.id for row in tree.rows]
        await desktop.press("right")
        assert "ensomhet.isolasjon" in [row.id for row in tree.rows]


async def test_what_stands_around_the_text_follows_when_the_cursor_rests(open_desktop, monkeypatch):
    async with open_desktop() as desktop:
        await desktop.put_cursor("Sjefen")
        await desktop.press("c", *"relev", "enter")
        await desktop.put_cursor("Kan du")
    monkeypatch.setattr(DeskScreen, "rest_after", 0.01)
    async with open_desktop(desktop.bench) as desktop:
        await desktop.put_cursor("Sjefen")
        await desktop.pilot.pause(0.1)
        assert "Relevant arbeid" in desktop.status


async def test_the_definition_follows_the_code_in_focus(open_desktop):
    async with open_desktop() as desktop:
        await desktop.press("tab", "home", "down", "down")
        assert desktop.screen.query_one(Definition).code.key == "ensomhet.ingen_hjelp"


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (200, 60)])
async def test_the_transcript_has_room_on_every_screen(open_desktop, size):
    async with open_desktop(size=size) as desktop:
        assert desktop.pane.size.width >= 46
        assert "Kan du fortelle" in "\n".join(desktop.rows())


async def test_on_a_small_screen_one_panel_stands_at_a_time_and_tab_reaches_all(open_desktop):
    async with open_desktop(size=(80, 24)) as desktop:
        seen = []
        for _round in range(4):
            await desktop.press("tab")
            panels = [desktop.screen.query_one(kind) for kind in (SourceList, CodeTree, SuggestionList)]
            on_screen = [panel.id for panel in panels if panel.display and panel.size.width]
            assert len(on_screen) == 1
            seen.append(desktop.screen.focused.id)
        assert set(seen) == {"codebook", "suggestions", "sources", "transcript"}
        await desktop.press("p")
        assert desktop.pane.size.width > 70


async def test_panels_hide_and_the_text_takes_the_room(open_desktop):
    async with open_desktop() as desktop:
        before = desktop.pane.size.width
        await desktop.put_cursor("Sjefen")
        await desktop.press("f2")
        assert desktop.pane.size.width > before
        assert "Sjefen" in "\n".join(desktop.rows())
        await desktop.press("p")
        assert desktop.pane.size.width > 100


async def test_without_colours_glyphs_and_styles_carry_all(open_desktop, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_desktop() as desktop:
        await desktop.put_cursor("Telefonen")
        await desktop.press("c", *"isol", "enter")
        column, y = desktop.cell_of("Telefonen")
        strip = desktop.pane.render_line(y - 1)
        assert desktop.screen.desk.looks["ensomhet.isolasjon"].glyph in strip.text
        coded = list(strip.crop(column, column + 5))
        assert all(segment.style.underline for segment in coded)
        await desktop.press("v")
        assert any(segment.style.reverse for segment in desktop.pane.render_line(y - 1))


async def test_the_study_opens_after_the_first_frame_and_is_closed_at_the_end():
    bench = FakeBench()
    app = KodingApp(lambda: bench)
    async with app.run_test() as pilot:
        await pilot.pause(0.1)
        assert app.coding.desk.bench is bench
        await pilot.press("J", "ctrl+q")
    assert bench.closed
    assert bench.bookmarks


async def test_a_study_that_cannot_be_opened_ends_the_screen_with_the_fault():
    def broken():
        raise StudyDamaged("This is no study.")

    app = KodingApp(broken)
    async with app.run_test() as pilot:
        await pilot.pause(0.1)
    assert isinstance(app.return_value, StudyDamaged)


async def test_a_study_without_sources_says_what_to_do(open_desktop):
    class Empty(FakeBench):
        def outline(self):
            return []

    async with open_desktop(Empty()) as desktop:
        assert "import" in desktop.screen.status.message
        await desktop.press("j", "enter", "n", "s", "x", "v", "u", "slash", "a", "escape", "J")


async def test_a_text_without_speakers_can_be_read_and_coded(open_desktop):
    one = transcript("essay", [("Int", "Byen er stor.")])
    plain = type(one)("g", "essay", "Byen er stor. Folk flytter dit.", (type(one.turns[0])(0, 0, 31, ""),), {})
    async with open_desktop(FakeBench([plain])) as desktop:
        await desktop.press("j", "enter", "enter")
        assert desktop.coded() == [("ensomhet", "Folk flytter dit.")]


async def test_finding_goes_on_after_the_bar_is_closed_and_says_which_of_how_many(open_desktop):
    async with open_desktop() as desktop:
        count = desktop.pane.transcript.text.lower().count("jeg")
        await desktop.press("slash")
        await desktop.write("jeg")
        assert desktop.screen.status.message == f"1 of {count}"
        await desktop.press("enter", "escape", "g")
        assert desktop.screen.status.message == f"3 of {count}"
        assert here(desktop, 3).lower() == "jeg"
        await desktop.press("escape", "G")
        assert desktop.screen.status.message == f"2 of {count}"
        await desktop.press("ctrl+end", "g")
        assert desktop.screen.status.message == f"1 of {count}, from the top again"
        await desktop.press("G")
        assert desktop.screen.status.message == f"{count} of {count}, from the end again"


async def test_finding_goes_on_in_the_next_source(open_desktop):
    async with open_desktop() as desktop:
        await desktop.press("slash")
        await desktop.write("jeg")
        await desktop.press("escape", "greater_than_sign", "g")
        assert desktop.screen.status.message.startswith("1 of ")
        assert here(desktop, 3).lower() == "jeg"


async def test_finding_what_stands_in_a_speakers_mark_alone_finds_nothing(open_desktop):
    async with open_desktop() as desktop:
        await desktop.press("slash")
        await desktop.write("[00:")
        assert "Not in this source" in desktop.screen.status.message


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
async def test_the_keys_one_tries_to_leave_with_say_how_and_leave_the_second_time(open_desktop, key):
    async with open_desktop() as desktop:
        await desktop.press(key)
        assert "saved" in desktop.screen.status.message
        assert not desktop.bench.closed
        await desktop.press("J", key)
        assert not desktop.bench.closed
        await desktop.press(key)
    assert desktop.bench.closed


async def test_a_source_that_was_only_looked_at_is_the_one_to_come_back_to(open_desktop):
    async with open_desktop() as desktop:
        await desktop.press("greater_than_sign")
        second = desktop.source
        await desktop.press("ctrl+q")
    assert desktop.bench.last_source() == second


async def test_the_place_that_was_scrolled_to_is_come_back_to_although_the_cursor_stayed(open_desktop):
    talk = [("Samira", f"Dette er setning nummer {number} av mange.") for number in range(80)]
    async with open_desktop(FakeBench([transcript("lang", talk)])) as desktop:
        desktop.pane.scroll_to(y=100, animate=False, force=True)
        await desktop.pilot.pause()
        top = desktop.rows()[1]
        await desktop.press("ctrl+q")
    async with open_desktop(desktop.bench) as desktop:
        assert desktop.pane.cursor > 0
        shown = "\n".join(desktop.rows())
        assert top.split("setning")[-1].strip() in shown or desktop.pane.scroll_offset.y > 80


async def test_a_visitor_sees_what_the_others_coded_from_the_start():
    bench = FakeBench()
    guid = next(iter(bench.transcripts))
    start = bench.transcripts[guid].text.index("Telefonen")
    bench.theirs = [Coding("t1", guid, start, start + 9, "studier", "bo")]
    app = KodingApp(bench, others=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "t hides it" in app.coding.status.message
        assert len(app.coding.desk.others) == 1


async def test_selected_words_are_copied_as_they_stand_in_the_text(open_desktop):
    async with open_desktop() as desktop:
        await desktop.put_cursor("👩‍🏫 og spurte")
        await desktop.press("shift+right", "ctrl+shift+right", "ctrl+c")
        assert desktop.app.clipboard == "👩‍🏫 og"
        assert "2 words" in desktop.screen.status.message
        assert not desktop.bench.closed

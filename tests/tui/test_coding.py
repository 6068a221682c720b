"""Coding: what is selected, how a code gets on it, and how it comes off again."""

from __future__ import annotations

from inmemory import FakeBench

from koding.errors import StudyLocked
from koding.model.coding import Coding, MemoTarget
from koding.tui.widgets.codebook import Definition
from koding.tui.widgets.sources import SourceList

SENTENCE = "Ingen kom, ikke en nabo, ikke en fra kurset."


async def test_a_code_picked_by_typing_goes_on_the_sentence_at_the_cursor(open_desktop):
    async with open_desktop() as desktop:
        await desktop.put_cursor("ikke en nabo")
        await desktop.press("enter")
        await desktop.write("isol")
        await desktop.press("enter")
        assert desktop.coded() == [("ensomhet.isolasjon", SENTENCE)]
        assert "Isolasjon" in desktop.status


async def test_a_code_goes_on_what_is_selected_by_words(open_desktop):
    async with open_desktop() as desktop:
        await desktop.put_cursor("Ingen kom")
        await desktop.press("ctrl+shift+right", "ctrl+shift+right", "c")
        await desktop.write("ensom")
        await desktop.press("enter")
        assert desktop.coded() == [("ensomhet", "Ingen kom")]
        assert desktop.pane.selection is None


async def test_selecting_again_takes_the_next_sentence_along(open_desktop):
    async with open_desktop() as desktop:
        await desktop.put_cursor(SENTENCE)
        await desktop.press("v", "v")
        start, end = desktop.pane.selection
        text = desktop.pane.transcript.text
        assert text[start:end] == f"{SENTENCE} Så sa jeg til meg selv at sånn kan det ikke bli."


async def test_a_whole_turn_is_coded_without_its_mark_and_the_space_around(open_desktop):
    async with open_desktop() as desktop:
        await desktop.put_cursor("Mhm.")
        await desktop.press("shift+down", "shift+down", "ctrl+shift+down", "c", "enter")
        words = desktop.words(desktop.codings[0])
        assert words == words.strip()
        assert not words.startswith("[00:")


async def test_escape_in_the_picker_codes_nothing(open_desktop):
    async with open_desktop() as desktop:
        await desktop.press("enter", "escape")
        assert desktop.codings == []


async def test_a_recent_code_goes_on_by_its_digit_and_keeps_it(open_desktop):
    async with open_desktop() as desktop:
        for place, typed in (("Telefonen", "isol"), ("Sjefen", "relev")):
            await desktop.put_cursor(place)
            await desktop.press("c")
            await desktop.write(typed)
            await desktop.press("enter")
        await desktop.put_cursor("Hvis jeg")
        await desktop.press("1")
        await desktop.put_cursor("Det var det samme")
        await desktop.press("2")
        assert [code for code, _words in desktop.coded()] == [
            "ensomhet.isolasjon", "arbeid.relevant", "ensomhet.isolasjon", "arbeid.relevant",
        ]  # fmt: skip


async def test_a_digit_without_a_code_says_so(open_desktop):
    async with open_desktop() as desktop:
        await desktop.press("7")
        assert "7" in desktop.screen.status.message
        assert desktop.codings == []


async def test_a_folder_cannot_be_put_on_text(open_desktop):
    async with open_desktop() as desktop:
        desktop.screen.code_tree.reveal("tjenester")
        await desktop.press("tab", "enter")
        assert "Tjenester" in desktop.screen.status.message
        assert desktop.codings == []


async def test_two_codes_may_overlap_and_the_margin_shows_both(open_desktop):
    async with open_desktop() as desktop:
        await desktop.put_cursor(SENTENCE)
        await desktop.press("c", *"isol", "enter")
        await desktop.put_cursor(SENTENCE)
        await desktop.press("V", "c", *"fagsk", "enter")
        looks = desktop.screen.desk.looks
        shown = "\n".join(desktop.rows())
        assert looks["ensomhet.isolasjon"].glyph in shown
        assert looks["studier.fagskole"].glyph in shown
        await desktop.put_cursor(SENTENCE)
        assert "Isolasjon" in desktop.status
        assert "Fagskole" in desktop.status


async def test_removing_asks_which_where_codings_overlap(open_desktop):
    async with open_desktop() as desktop:
        await desktop.put_cursor(SENTENCE)
        await desktop.press("c", *"isol", "enter")
        await desktop.put_cursor(SENTENCE)
        await desktop.press("V", "c", *"fagsk", "enter")
        await desktop.put_cursor(SENTENCE)
        await desktop.press("x", "down", "enter")
        assert [code for code, _words in desktop.coded()] == ["ensomhet.isolasjon"]


async def test_removing_where_nothing_is_says_so(open_desktop):
    async with open_desktop() as desktop:
        await desktop.press("x")
        assert desktop.screen.status.message


async def test_undo_and_redo(open_desktop):
    async with open_desktop() as desktop:
        await desktop.put_cursor(SENTENCE)
        await desktop.press("c", *"isol", "enter", "u")
        assert desktop.codings == []
        assert not desktop.screen.desk.codings.touches(0, 10_000)
        await desktop.press("ctrl+r")
        assert desktop.coded() == [("ensomhet.isolasjon", SENTENCE)]
        await desktop.press("u", "u")
        assert "nothing to undo" in desktop.screen.status.message


async def test_undo_of_a_change_in_another_source_names_it(open_desktop):
    async with open_desktop() as desktop:
        await desktop.press("enter", "enter")
        await desktop.press("greater_than_sign", "u")
        assert "int01_samira" in desktop.screen.status.message
        assert desktop.bench.made == {}


async def test_the_code_of_a_coding_can_be_changed(open_desktop):
    async with open_desktop() as desktop:
        await desktop.put_cursor(SENTENCE)
        await desktop.press("c", *"isol", "enter", "o", *"hjelp", "enter")
        assert desktop.coded() == [("ensomhet.ingen_hjelp", SENTENCE)]


async def test_a_coding_can_be_fitted_to_the_selection(open_desktop):
    async with open_desktop() as desktop:
        await desktop.put_cursor(SENTENCE)
        await desktop.press("c", *"isol", "enter")
        await desktop.put_cursor("ikke en nabo")
        await desktop.press("ctrl+shift+right", "ctrl+shift+right", "ctrl+shift+right", "e")
        assert desktop.coded() == [("ensomhet.isolasjon", "ikke en nabo")]


async def test_the_same_code_twice_on_the_same_words_is_refused_in_one_line(open_desktop):
    async with open_desktop() as desktop:
        await desktop.put_cursor(SENTENCE)
        await desktop.press("c", *"isol", "enter", "1")
        assert len(desktop.codings) == 1
        assert "already" in desktop.screen.status.message


async def test_a_locked_study_is_said_and_nothing_is_shown_as_coded(open_desktop):
    class Locked(FakeBench):
        def code(self, *_args, **_more):
            raise StudyLocked("The study is locked.", "Try again.")

    async with open_desktop(Locked()) as desktop:
        await desktop.press("enter", "enter")
        assert desktop.screen.status.message == "The study is locked. Try again."
        assert len(desktop.screen.desk.codings) == 0


async def test_facets_are_set_side_by_side(open_desktop):
    async with open_desktop() as desktop:
        await desktop.put_cursor("Sjefen")
        await desktop.press("c", *"relev", "enter", "f", "left", "down", "right", "enter")
        assert dict(desktop.codings[0].facets) == {"status": "avvist", "stemme": "egen"}
        await desktop.put_cursor("Kan du")
        await desktop.put_cursor("Sjefen")
        assert "avvist" in desktop.status
        await desktop.press("f", "right", "enter")
        assert dict(desktop.codings[0].facets) == {"stemme": "egen"}


async def test_a_memo_on_a_coding_a_source_and_a_code(open_desktop):
    async with open_desktop() as desktop:
        await desktop.press("m")
        await desktop.write("God start")
        await desktop.press("escape")
        await desktop.put_cursor("Sjefen")
        await desktop.press("c", *"relev", "enter", "m")
        await desktop.write("sjekk [lyd]")
        await desktop.press("escape")
        await desktop.press("ctrl+n")
        await desktop.write("se definisjon")
        await desktop.press("escape")
        coding = desktop.codings[0]
        code = desktop.bench.codebook.by_key["arbeid.relevant"]
        assert desktop.bench.memos == {
            (MemoTarget.SOURCE, desktop.source): "God start",
            (MemoTarget.CODING, coding.guid): "sjekk [lyd]",
            (MemoTarget.CODE, code.guid): "se definisjon",
        }


async def test_other_coders_are_shown_only_when_asked_for(open_desktop):
    bench = FakeBench()
    guid = next(iter(bench.transcripts))
    start = bench.transcripts[guid].text.index("Telefonen")
    bench.theirs = [Coding("t1", guid, start, start + 9, "studier", "bo")]
    async with open_desktop(bench) as desktop:
        glyph = desktop.screen.desk.looks["studier"].glyph
        assert glyph not in "".join(desktop.rows())
        await desktop.press("t")
        assert glyph in "".join(desktop.rows())


async def test_what_another_process_wrote_appears(open_desktop):
    async with open_desktop() as desktop:
        start = desktop.pane.transcript.text.index("Telefonen")
        desktop.bench.made["x1"] = Coding("x1", desktop.source, start, start + 9, "studier", "anna")
        desktop.bench.stale = True
        desktop.screen._look_round()
        assert "x1" in desktop.screen.desk.codings


async def test_what_has_a_memo_is_marked_and_a_codes_memo_stands_under_its_definition(open_desktop):
    async with open_desktop() as desktop:
        await desktop.press("m")
        await desktop.write("God start")
        await desktop.press("escape", "tab", "home", "m")
        await desktop.write("Se reglene")
        await desktop.press("escape")
        sources, tree = desktop.screen.query_one(SourceList), desktop.screen.code_tree
        assert "✎" in sources.render_line(0).text
        assert "✎" not in sources.render_line(1).text
        assert "✎" in tree.render_line(0).text
        assert "✎" not in tree.render_line(1).text
        shown = "\n".join("".join(text for text, _look in line) for line in desktop.screen.query_one(Definition)._lines)
        assert "Se reglene" in shown
        assert shown.splitlines()[0].endswith("Ensomhet ✎")
        await desktop.press("m", *["backspace"] * len("Se reglene"), "escape")
        assert "✎" not in tree.render_line(0).text
        assert "taken away" in desktop.screen.status.message


async def test_undo_goes_to_what_it_took_back_also_in_another_source(open_desktop):
    async with open_desktop() as desktop:
        first = desktop.source
        await desktop.put_cursor(SENTENCE)
        await desktop.press("c", *"isol", "enter", "x")
        await desktop.press("ctrl+end", "u")
        assert desktop.pane.transcript.text[desktop.pane.cursor :].startswith(SENTENCE)
        assert "Isolasjon" in desktop.screen.status.text or "isolasjon" in desktop.screen.status.message
        await desktop.press("greater_than_sign", "u")
        assert desktop.source == first
        assert desktop.pane.transcript.text[desktop.pane.cursor :].startswith(SENTENCE)
        assert "int01_samira" in desktop.screen.status.message


async def test_a_coding_that_nobody_is_counted_for_is_made_and_said(open_desktop):
    async with open_desktop() as desktop:
        await desktop.put_cursor("Kan du fortelle")
        await desktop.press("c")
        assert any("not be counted" in str(one.render()) for one in desktop.app.screen.query(".note"))
        await desktop.press("enter")
        assert [code for code, _words in desktop.coded()] == ["ensomhet"]
        assert "not be counted" in desktop.screen.status.message
        await desktop.put_cursor("Mhm.")
        await desktop.put_cursor("Kan du fortelle")
        assert "not counted" in desktop.status
        await desktop.put_cursor("Telefonen")
        await desktop.press("c")
        assert not desktop.app.screen.query(".note")
        await desktop.press("enter")
        assert "counted" not in desktop.status


async def test_a_denied_reason_looks_different_in_the_margin_and_beside_the_text(open_desktop):
    async with open_desktop(size=(200, 50)) as desktop:
        await desktop.put_cursor(SENTENCE)
        await desktop.press("V", "c", *"isol", "enter")
        before = desktop.rows()
        assert any("│" in row for row in before)
        assert not any("┊" in row or "✗" in row for row in before)
        await desktop.put_cursor(SENTENCE)
        await desktop.press("f", "left", "enter")
        assert dict(desktop.codings[0].facets) == {"status": "avvist"}
        after = desktop.rows()
        assert any("┊" in row for row in after)
        assert any("Isolasjon ✗" in row for row in after)


async def test_stripes_move_up_to_the_text_when_one_between_goes(open_desktop):
    async with open_desktop() as desktop:
        await desktop.put_cursor(SENTENCE)
        for typed in ("isol", "fagsk", "relev"):
            await desktop.press("c", *typed, "enter")
        lanes = desktop.screen.desk.codings.lane
        assert sorted(lanes(coding.guid) for coding in desktop.codings) == [0, 1, 2]
        await desktop.press("x", "enter")
        assert sorted(lanes(coding.guid) for coding in desktop.codings) == [0, 1]


async def test_a_digit_keeps_its_code_after_a_restart_and_stands_in_the_tree(open_desktop):
    async with open_desktop() as desktop:
        for place, typed in (("Telefonen", "isol"), ("Sjefen", "relev"), ("Hvis jeg", "isol")):
            await desktop.put_cursor(place)
            await desktop.press("c", *typed, "enter")
        digits = {row.id: row.lines[0][0][0].strip() for row in desktop.screen.code_tree.rows}
        assert (digits["ensomhet.isolasjon"], digits["arbeid.relevant"]) == ("1", "2")
        left = desktop.bench
    async with open_desktop(left) as desktop:
        again = {row.id: row.lines[0][0][0].strip() for row in desktop.screen.code_tree.rows}
        assert again == digits
        await desktop.put_cursor("Det var det samme")
        await desktop.press("2")
        assert desktop.codings[-1].code == "arbeid.relevant"

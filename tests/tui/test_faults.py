"""When the study cannot be written to: it is said until it is over, in full, and no word of a memo is lost."""

from __future__ import annotations

from inmemory import FakeBench, transcript
from textual.widgets import TextArea

from koding.errors import StudyLocked
from koding.model.coding import MemoDraft, MemoTarget
from koding.tui.screens.memo import MemoScreen

BUSY = "flyttegrunner-fra-distrikt-til-by.koding is busy: another program is writing to it."
HINT = "Nothing was changed. Try again in a moment."


class Busy(FakeBench):
    """A study that another program holds until `free`."""

    free = False

    def _check(self):
        if not self.free:
            raise StudyLocked(BUSY, HINT)

    def code(self, *args, **more):
        self._check()
        return super().code(*args, **more)

    def set_memo(self, *args):
        self._check()
        super().set_memo(*args)

    def set_bookmark(self, *args):
        self._check()
        super().set_bookmark(*args)

    def keep_recent_codes(self, *args):
        self._check()
        super().keep_recent_codes(*args)


def foot(desktop):
    status = desktop.screen.status
    return [status.render_line(y).text for y in range(status.size.height)]


async def test_a_fault_stands_whatever_is_pressed_until_something_was_written(open_desktop):
    async with open_desktop(Busy()) as desktop:
        await desktop.press("enter", "enter", "j", "n", "down", "7")
        assert desktop.screen.status.standing == f"{BUSY} {HINT}"
        assert "7" in desktop.screen.status.message
        desktop.bench.free = True
        await desktop.press("enter", "enter")
        assert len(desktop.codings) == 1
        assert desktop.screen.status.standing == ""


async def test_a_fault_can_be_put_away_and_the_selection_stays(open_desktop):
    async with open_desktop(Busy()) as desktop:
        await desktop.press("v", "enter", "enter", "escape")
        assert desktop.screen.status.standing == ""
        assert desktop.pane.selection is not None


async def test_a_fault_is_read_in_full_on_a_small_screen_and_the_cursor_stays_in_sight(open_desktop):
    async with open_desktop(Busy(), size=(80, 24)) as desktop:
        await desktop.press("ctrl+end", "enter", "enter")
        await desktop.pilot.pause()
        lines = foot(desktop)
        assert len(lines) >= 3
        assert {len(line) for line in lines} == {80}
        read = " ".join(line.strip() for line in lines)
        assert f"{BUSY} {HINT}" in read
        pane = desktop.pane
        row = pane.painter.layout.row_of(pane.cursor)
        assert pane.scroll_offset.y <= row < pane.scroll_offset.y + pane.size.height
        await desktop.press("escape")
        await desktop.pilot.pause()
        assert len(foot(desktop)) == 1


async def test_what_is_no_fault_of_the_study_goes_when_the_cursor_moves(open_desktop):
    async with open_desktop() as desktop:
        await desktop.press("c", "enter", "home", "c", "enter")
        assert "already" in desktop.screen.status.message
        await desktop.press("J")
        assert desktop.screen.status.message == ""


async def test_a_place_that_cannot_be_kept_just_now_is_kept_later_without_a_word(open_desktop):
    async with open_desktop(Busy()) as desktop:
        await desktop.press("J")
        desktop.screen._look_round()
        assert desktop.screen.status.message == ""
        desktop.bench.free = True
        desktop.screen._look_round()
        assert desktop.bench.bookmarks[desktop.source] == desktop.pane.cursor


async def test_a_memo_that_cannot_be_kept_stays_open_with_its_text_and_says_why(open_desktop):
    async with open_desktop(Busy()) as desktop:
        await desktop.press("m")
        await desktop.write("viktig")
        await desktop.press("escape")
        dialogue = desktop.app.screen
        assert isinstance(dialogue, MemoScreen)
        assert dialogue.query_one(TextArea).text == "viktig"
        fault = dialogue.query_one("#memo-fault")
        assert fault.display
        assert BUSY in str(fault.render())
        assert desktop.bench.drafted.text == "viktig"
        desktop.bench.free = True
        await desktop.press("escape")
        assert desktop.bench.memos == {(MemoTarget.SOURCE, desktop.source): "viktig"}
        assert desktop.bench.drafted is None


async def test_leaving_while_a_memo_is_open_keeps_it_or_stays(open_desktop):
    async with open_desktop(Busy()) as desktop:
        await desktop.press("m")
        await desktop.write("viktig")
        await desktop.press("ctrl+q")
        assert isinstance(desktop.app.screen, MemoScreen)
        assert not desktop.bench.closed
        desktop.bench.free = True
        await desktop.press("ctrl+q")
    assert list(desktop.bench.memos.values()) == ["viktig"]
    assert desktop.bench.closed


async def test_a_memo_that_was_being_written_at_a_power_cut_comes_up_again(open_desktop, monkeypatch):
    monkeypatch.setattr("koding.tui.screens.memo._DRAFT_EVERY", 0.01)
    async with open_desktop() as desktop:
        await desktop.press("m")
        await desktop.write("halvvei")
        await desktop.pilot.pause(0.05)
        # The screen is ended from outside here: nothing is kept but the draft.
        assert desktop.bench.memos == {}
        left = desktop.bench
    async with open_desktop(left) as desktop:
        await desktop.pilot.pause()
        assert isinstance(desktop.app.screen, MemoScreen)
        await desktop.write(" videre")
        await desktop.press("escape")
        assert list(left.memos.values()) == ["halvvei videre"]
        assert left.drafted is None


async def test_a_draft_that_is_kept_already_is_not_asked_about(open_desktop):
    bench = FakeBench([transcript()])
    guid = next(iter(bench.transcripts))
    bench.memos[MemoTarget.SOURCE, guid] = "samme"
    bench.drafted = MemoDraft(MemoTarget.SOURCE, guid, "int01", "samme")
    async with open_desktop(bench) as desktop:
        await desktop.pilot.pause()
        assert not isinstance(desktop.app.screen, MemoScreen)
        assert bench.drafted is None


async def test_a_memo_can_be_left_as_it_was(open_desktop):
    async with open_desktop() as desktop:
        await desktop.press("m")
        await desktop.write("nei")
        await desktop.press("ctrl+g")
        assert desktop.bench.memos == {}
        assert desktop.bench.drafted is None
        assert not isinstance(desktop.app.screen, MemoScreen)

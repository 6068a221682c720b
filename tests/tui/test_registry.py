"""One registry of actions: keys, footer, help and palette say the same."""

from __future__ import annotations

from collections import Counter

import pytest

from koding.i18n import _
from koding.tui.actions import ACTIONS, GROUPS, Where, key_name, keys_of, label_of
from koding.tui.palette import Palette, commands
from koding.tui.screens.coding import CodingScreen
from koding.tui.screens.help import HelpList
from koding.tui.screens.resolving import ResolvingScreen
from koding.tui.widgets.listing import Listing, wrap_words
from koding.tui.widgets.statusbar import Keybar
from koding.tui.widgets.transcript import TranscriptPane

ALTGR = {
    "at", "dollar_sign", "left_curly_bracket", "right_curly_bracket", "left_square_bracket", "right_square_bracket",
    "backslash", "tilde", "vertical_line", "circumflex_accent", "grave_accent",
}  # fmt: skip


@pytest.mark.parametrize("places", [{Where.TRANSCRIPT, Where.SCREEN}, {Where.LIST, Where.SCREEN}, {Where.RESOLVING}])
def test_no_key_means_two_things_in_one_place(places):
    actions = [action for action in ACTIONS if action.where in places]
    keys = [key for action in actions for key, _command in action.bindings()]
    assert [key for key, times in Counter(keys).items() if times > 1] == []


def test_no_key_needs_alt_gr_on_a_norwegian_keyboard():
    keys = {key for action in ACTIONS for key, _command in action.bindings()}
    assert not {key.split("+")[-1] for key in keys} & ALTGR


def test_every_action_has_a_method_behind_it_a_group_and_a_help():
    homes = {
        Where.SCREEN: CodingScreen,
        Where.TRANSCRIPT: TranscriptPane,
        Where.LIST: Listing,
        Where.RESOLVING: ResolvingScreen,
    }
    for action in ACTIONS:
        method = "action_" + action.command.partition("(")[0]
        assert hasattr(homes[action.where], method) or hasattr(CodingScreen, method), action.id
        assert action.group in GROUPS
        assert action.help
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)


def test_every_key_of_the_widgets_comes_from_the_registry():
    known = {key for action in ACTIONS for key, _command in action.bindings()}
    for widget in (CodingScreen, ResolvingScreen, TranscriptPane, Listing):
        assert {binding.key for binding in widget.__dict__.get("BINDINGS", [])} <= known


async def test_help_lists_every_action_with_its_keys(open_desktop):
    async with open_desktop() as desktop:
        await desktop.press("question_mark")
        await desktop.pilot.pause(0.05)
        rows = desktop.app.screen.query_one(HelpList).rows
        shown = {row.id: "".join(text for line in row.lines for text, _look in line) for row in rows}
        for action in ACTIONS:
            assert label_of(action) in shown[action.id]
            assert keys_of(action) in shown[action.id]
            for key in action.extends:
                assert key_name(key) in shown[action.id]


async def test_the_palette_has_every_action_once_and_every_source(open_desktop):
    async with open_desktop() as desktop:
        await desktop.press("c", "enter")
        found = commands(desktop.screen)
        names = [command.name for command in found]
        assert [name for name, times in Counter(names).items() if times > 1] == []
        for action in ACTIONS:
            shown = action.where is not Where.RESOLVING and action.id != "code_here"
            if shown and not action.id.startswith("recent_"):
                assert label_of(action) in names
        assert "Code with Ensomhet" in names
        assert any("int02_[yusuf]" in name for name in names)


async def test_the_palette_explains_the_marked_command_in_full_on_a_small_screen(open_desktop):
    async with open_desktop(size=(80, 24)) as desktop:
        await desktop.press("ctrl+p")
        for action in ACTIONS:
            explained = desktop.app.screen.query_one("#explained")
            lines = wrap_words(_(action.help), explained.size.width or 70)
            assert len(lines) <= 2, action.id


async def test_an_action_runs_from_the_palette(open_desktop):
    async with open_desktop() as desktop:
        await desktop.press("ctrl+p")
        assert isinstance(desktop.app.screen, Palette)
        await desktop.write("select turn")
        await desktop.press("enter")
        await desktop.pilot.pause(0.05)
        assert desktop.pane.selection is not None


async def test_every_motion_runs_from_the_palette(open_desktop):
    async with open_desktop(size=(80, 24)) as desktop:
        for command in commands(desktop.screen):
            if command.action is not None and command.action.command.startswith("move"):
                await command.run(desktop.screen)
        assert desktop.pane.cursor == len(desktop.pane.transcript.text.rstrip())


@pytest.mark.parametrize("width", [40, 80, 120, 200])
async def test_the_footer_always_ends_with_help_and_cuts_no_key(open_desktop, width):
    async with open_desktop(size=(width, 24)) as desktop:
        text = desktop.screen.query_one(Keybar).render_line(0).text
        assert len(text) == width
        assert text.rstrip().endswith("help")


async def test_pictures_can_be_taken(open_desktop):
    async with open_desktop() as desktop:
        await desktop.press("n", "V", "c", "enter")
        assert "Telefonen" in desktop.app.export_screenshot().replace("&#160;", " ")

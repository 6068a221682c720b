"""Suggestions: shown for the turn at hand, decided by the coder, and nothing until then."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from inmemory import FakeSuggester

from koding.model.coding import Origin, Verdict
from koding.tui.screens import desk_screen
from koding.tui.widgets.suggestions import SuggestionList


class SlowSuggester(FakeSuggester):
    """Answers nothing until it may go on."""

    def __init__(self):
        super().__init__()
        self.go_on = asyncio.Event()

    async def suggest(self, source, turn_indexes):
        await self.go_on.wait()
        async for answer in super().suggest(source, turn_indexes):
            yield answer


def offered(desktop):
    return [one.code for one in desktop.screen.query_one(SuggestionList).suggestions]


async def settled(desktop):
    for _turn in range(5):
        await desktop.pilot.pause(0.02)


async def test_the_turn_at_hand_shows_its_suggestions_with_the_reason(open_desktop, suggester):
    async with open_desktop(suggester=suggester) as desktop:
        await settled(desktop)
        await desktop.put_cursor("Ja. Det")
        assert offered(desktop) == ["ensomhet.isolasjon", "ensomhet"]
        panel = desktop.screen.query_one(SuggestionList)
        assert "Telefonen ringte aldri." in panel.render_line(1).text
        assert desktop.codings == []


async def test_only_informants_are_suggested_on_and_those_in_sight_first(open_desktop, suggester):
    async with open_desktop(suggester=suggester) as desktop:
        await settled(desktop)
        assert set(suggester.asked) == set(desktop.pane.transcript.counted_turns())
        assert suggester.asked[0] == 1


async def test_next_and_accept(open_desktop, suggester):
    async with open_desktop(suggester=suggester) as desktop:
        await settled(desktop)
        await desktop.press("ctrl+home", "s", "a")
        assert desktop.coded() == [("ensomhet.isolasjon", "Telefonen ringte aldri.")]
        assert desktop.codings[0].origin is Origin.ACCEPTED
        assert offered(desktop) == ["ensomhet"]


async def test_going_through_all_of_them_and_back(open_desktop, suggester):
    async with open_desktop(suggester=suggester) as desktop:
        await settled(desktop)
        await desktop.press("ctrl+home")
        seen = []
        for _step in range(4):
            await desktop.press("s")
            seen.append(desktop.screen.suggestion_list.current.code)
        assert seen == ["ensomhet.isolasjon", "ensomhet", "arbeid", "tjenester.helse"]
        await desktop.press("s")
        assert desktop.screen.status.message
        await desktop.press("S")
        assert desktop.screen.suggestion_list.current.code == "arbeid"


async def test_while_the_source_is_read_it_is_said_that_more_may_come(open_desktop):
    suggester = SlowSuggester()
    async with open_desktop(suggester=suggester) as desktop:
        await settled(desktop)
        await desktop.press("ctrl+home", "s")
        assert "being read" in desktop.screen.status.message
        suggester.go_on.set()
        await settled(desktop)
        await desktop.press("ctrl+end", "s")
        assert desktop.screen.status.message == "No more suggestions in this direction."


async def test_reject_leaves_no_coding_and_does_not_come_back(open_desktop, suggester):
    async with open_desktop(suggester=suggester) as desktop:
        await settled(desktop)
        await desktop.press("ctrl+home", "s", "r")
        assert desktop.codings == []
        assert Verdict.REJECTED in desktop.bench.decided.values()
        assert offered(desktop) == ["ensomhet"]
        desktop.screen.open_source(desktop.source)
        await settled(desktop)
        await desktop.put_cursor("Ja. Det")
        assert offered(desktop) == ["ensomhet"]


async def test_accept_as_another_code(open_desktop, suggester):
    async with open_desktop(suggester=suggester) as desktop:
        await settled(desktop)
        await desktop.press("ctrl+home", "s", "A", *"fagsk", "enter")
        assert desktop.coded() == [("studier.fagskole", "Telefonen ringte aldri.")]
        assert desktop.codings[0].origin is Origin.EDITED


async def test_a_denied_reason_is_accepted_as_denied(open_desktop, suggester):
    async with open_desktop(suggester=suggester) as desktop:
        await settled(desktop)
        await desktop.put_cursor("Det var ikke jobben")
        await desktop.press("a")
        assert dict(desktop.codings[0].facets) == {"status": "avvist"}


async def test_what_is_coded_already_is_not_suggested(open_desktop, suggester):
    async with open_desktop(suggester=suggester) as desktop:
        await settled(desktop)
        await desktop.put_cursor("Telefonen")
        await desktop.press("c", *"isol", "enter")
        assert offered(desktop) == ["ensomhet"]


async def test_on_a_small_screen_the_reason_comes_up(open_desktop, suggester):
    async with open_desktop(suggester=suggester, size=(80, 24)) as desktop:
        await settled(desktop)
        await desktop.press("s")
        assert desktop.screen.query_one(SuggestionList).display


async def test_the_keys_that_decide_stand_above_what_they_decide_on(open_desktop, suggester):
    async with open_desktop(suggester=suggester) as desktop:
        await settled(desktop)
        panel = desktop.screen.query_one(SuggestionList)
        await desktop.put_cursor("Ja. Det")
        assert panel.border_title == "Suggestions  a accept  r reject"
        await desktop.press("ctrl+home")
        assert panel.border_title == "Suggestions"


async def test_on_a_small_screen_no_key_that_decides_is_cut(open_desktop, suggester):
    async with open_desktop(suggester=suggester, size=(80, 24)) as desktop:
        await settled(desktop)
        await desktop.press("s")
        await desktop.put_cursor("Ja. Det")
        panel = desktop.screen.query_one(SuggestionList)
        assert panel.border_title == "a accept  r reject"
        await desktop.pilot.pause()
        assert "a accept  r reject<" in desktop.app.export_screenshot().replace("&#160;", " ")
        await desktop.press("ctrl+home")
        assert panel.border_title == "Suggestions"


async def test_a_denial_is_seen_however_long_the_code_is_called(open_desktop, suggester):
    async with open_desktop(suggester=suggester, size=(80, 24)) as desktop:
        await settled(desktop)
        await desktop.press("s")
        panel = desktop.screen.query_one(SuggestionList)
        (denied,) = [one for turn in desktop.screen.desk.transcript.counted_turns()
                     for one in desktop.screen.desk.open_suggestions(turn) if one.facets]  # fmt: skip
        panel.show_suggestions([denied], desktop.screen.desk.look, lambda _key: "A code with a long label " * 3)
        row = panel.render_line(0).text
        assert "▲ A code with" in row
        assert "… · avvist" in row


async def test_the_reason_of_the_marked_one_stands_in_full(open_desktop, suggester):
    async with open_desktop(suggester=suggester, size=(80, 24)) as desktop:
        await settled(desktop)
        await desktop.press("s")
        panel, desk = desktop.screen.query_one(SuggestionList), desktop.screen.desk
        long = "match: “ringte ... aldri” · " * 6 + "the end"
        two = [replace(one, why=long) for one in panel.suggestions]
        panel.show_suggestions(two, desk.look, desk.label)
        first, second = reasons(panel)
        assert first == long
        assert second.endswith("…")
        panel.focus()
        await desktop.press("down")
        first, second = reasons(panel)
        assert first.endswith("…")
        assert second == long


def reasons(panel):
    return [" ".join(line[-1][0] for line in row.lines[1:]) for row in panel.rows]


class Fragile(FakeSuggester):
    """Has ended, and works again when it is started anew."""

    def __init__(self):
        super().__init__()
        self.starts = 0

    @property
    def failed(self):
        return self.starts < 2

    @property
    def status(self):
        return "No suggestions: it is gone." if self.failed else "Ready."

    async def start(self, codebook):
        self.starts += 1
        await super().start(codebook)


async def test_a_suggester_that_is_gone_is_started_again_with_the_next_source(open_desktop):
    suggester = Fragile()
    async with open_desktop(suggester=suggester) as desktop:
        await settled(desktop)
        assert suggester.starts == 1
        await desktop.press("greater_than_sign")
        await settled(desktop)
        assert suggester.starts == 2
        await desktop.press("less_than_sign")
        await settled(desktop)
        assert suggester.starts == 2


async def test_that_it_is_gone_is_said_while_the_cursor_rests(open_desktop, suggester, monkeypatch):
    monkeypatch.setattr(desk_screen, "_LOOK_EVERY", 0.02)
    async with open_desktop(suggester=suggester) as desktop:
        await settled(desktop)
        assert "it is gone" not in desktop.status
        suggester.status, suggester.failed = "No suggestions: it is gone.", True
        await settled(desktop)
        assert "it is gone" in desktop.status


async def test_on_a_small_screen_too_it_is_said_that_there_are_none(open_desktop):
    async with open_desktop(suggester=Fragile(), size=(80, 24)) as desktop:
        await settled(desktop)
        await desktop.press("down")
        assert "it is gone" in desktop.status
        await desktop.press("greater_than_sign")
        await settled(desktop)
        await desktop.press("down")
        assert "Ready" not in desktop.status


async def test_without_a_suggester_nothing_is_missed(open_desktop):
    async with open_desktop() as desktop:
        await desktop.press("s", "a", "r")
        assert desktop.codings == []
        assert desktop.screen.status.message


async def test_the_suggester_is_ended_with_the_screen(open_desktop):
    suggester = FakeSuggester()
    async with open_desktop(suggester=suggester) as desktop:
        await desktop.press("ctrl+q")
    assert suggester.closed

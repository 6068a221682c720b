"""When a round shows suggestions: at once, after the coder's own judgement, or never."""

from __future__ import annotations

from contextlib import asynccontextmanager, closing

from inmemory import FakeBench

from koding.model.modes import SuggestionMode
from koding.model.rounds import RoundMode
from koding.session.rounds import new_round
from koding.session.study_file import open_study
from koding.session.workbench import Workbench
from koding.tui.widgets.suggestions import SuggestionList


def bench_in(mode):
    bench = FakeBench()
    bench.suggestion_mode = mode
    return bench


def offered(desktop):
    return [one.code for one in desktop.screen.query_one(SuggestionList).suggestions]


async def settled(desktop):
    for _turn in range(5):
        await desktop.pilot.pause(0.02)


async def test_after_shows_a_turn_that_was_passed(open_desktop, suggester):
    async with open_desktop(bench_in(SuggestionMode.AFTER), suggester) as desktop:
        await settled(desktop)
        await desktop.put_cursor("Ja. Det")
        assert offered(desktop) == []
        await desktop.put_cursor("Det var ikke jobben")
        assert offered(desktop) == []
        await desktop.put_cursor("Ja. Det")
        assert offered(desktop) == ["ensomhet.isolasjon", "ensomhet"]


async def test_after_shows_a_turn_that_was_coded(open_desktop, suggester):
    async with open_desktop(bench_in(SuggestionMode.AFTER), suggester) as desktop:
        await settled(desktop)
        await desktop.put_cursor("Ja. Det")
        start = desktop.pane.cursor
        desktop.screen.desk.code(start, start + 3, "arbeid")
        desktop.screen.show_suggestions()
        assert offered(desktop) == ["ensomhet.isolasjon", "ensomhet"]


async def test_after_goes_to_none_that_it_does_not_show(open_desktop, suggester):
    async with open_desktop(bench_in(SuggestionMode.AFTER), suggester) as desktop:
        await settled(desktop)
        await desktop.press("ctrl+home", "s")
        assert desktop.screen.suggestion_list.current is None


async def test_blind_never_starts_the_suggester(open_desktop, suggester):
    async with open_desktop(bench_in(SuggestionMode.BLIND), suggester) as desktop:
        await settled(desktop)
        await desktop.put_cursor("Ja. Det")
        await desktop.put_cursor("Det var ikke jobben")
        await desktop.put_cursor("Ja. Det")
        assert offered(desktop) == []
        assert suggester.asked == []
        assert desktop.screen.feed is None


def said(panel):
    return " ".join(panel.render_line(y).text.strip() for y in range(3)).strip()


async def test_the_panel_says_what_is_kept_back(open_desktop, suggester):
    async with open_desktop(bench_in(SuggestionMode.AFTER), suggester) as desktop:
        await settled(desktop)
        await desktop.put_cursor("Ja. Det")
        panel = desktop.screen.query_one(SuggestionList)
        assert "once they have coded or passed it" in said(panel)
        desktop.bench.suggestion_mode = SuggestionMode.BLIND
        desktop.screen.show_suggestions()
        assert "no suggestions in this study" in said(panel)
        desktop.bench.blind = True
        desktop.screen.show_suggestions()
        assert "coded blind" in said(panel)
        desktop.bench.suggestion_mode = SuggestionMode.OPEN
        await desktop.press("ctrl+home")
        assert said(panel) == "None for this turn."


@asynccontextmanager
async def in_round_after(study, open_desktop, suggester):
    """Give the desktop of a coder in a round of the mode *after*, at a turn that has suggestions."""
    with open_study(study) as project:
        new_round(project, "r", sources=["samira"], mode=RoundMode.AFTER, by="Lead")
    with closing(Workbench.open(study, "Kari")) as bench:
        async with open_desktop(bench, suggester) as desktop:
            await settled(desktop)
            await desktop.put_cursor("Telefonen")
            yield desktop


async def test_a_round_shows_a_turn_after_it_was_coded_or_passed(study, open_desktop, suggester):
    async with in_round_after(study, open_desktop, suggester) as desktop:
        assert offered(desktop) == []
        assert "once they have coded or passed it" in said(desktop.screen.query_one(SuggestionList))
        await desktop.put_cursor("Den var fin")
        assert offered(desktop) == []
        await desktop.put_cursor("Telefonen")
        assert offered(desktop) == ["ensomhet.isolasjon", "arbeid"]
        await desktop.put_cursor("Den var fin")
        start = desktop.pane.cursor
        desktop.screen.desk.code(start, start + 3, "arbeid")
        desktop.screen.show_suggestions()
        assert offered(desktop) == ["ensomhet"]


async def test_what_was_passed_before_a_round_is_not_passed_in_it(study, open_desktop, suggester):
    with closing(Workbench.open(study, "Kari")) as bench:
        source = bench.outline()[0].guid
        bench.set_bookmark(source, len(bench.transcript(source).text) - 1)
    async with in_round_after(study, open_desktop, suggester) as desktop:
        assert offered(desktop) == []

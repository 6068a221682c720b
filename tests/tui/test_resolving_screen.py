"""Going through disagreements with keys: what is seen, what is decided, and that it is on disk at once."""

from __future__ import annotations

from contextlib import asynccontextmanager, closing

import pytest
from textual.widgets import Input, TextArea

from koding.model.resolution import Certainty
from koding.session.differing import differences
from koding.session.resolving import Resolver
from koding.session.study_file import open_study
from koding.session.workbench import Workbench
from koding.tui.app import KodingApp, ResolvingApp
from koding.tui.screens.help import HelpList, HelpScreen
from koding.tui.screens.picker import CodePicker
from koding.tui.screens.resolving import ResolvingScreen
from koding.tui.widgets.lines import Lines
from tests.studies import code_words


@pytest.fixture
def coded(study):
    with closing(Workbench.open(study, "Kari")) as bench:
        code_words(bench, "samira", "Telefonen ringte aldri", "ensomhet", retning="fra")
        code_words(bench, "samira", "jobb hadde jeg", "arbeid")
        code_words(bench, "meeting", "Husleia var høy", "arbeid.inntekt")
    with closing(Workbench.open(study, "Ola")) as bench:
        code_words(bench, "samira", "ringte aldri", "ensomhet")
        code_words(bench, "samira", "jobb hadde", "arbeid.relevant")
        code_words(bench, "meeting", "alene", "ensomhet")
    return study


@asynccontextmanager
async def resolving(study, size=(80, 24)):
    with closing(Resolver.open(study, "Lead")) as resolver:
        app = ResolvingApp(resolver)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield app, pilot


def passage(app):
    return app.screen.query_one("#passage", Lines).text


def kept(study):
    with open_study(study) as project:
        return [one.resolution for one in differences(project)]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 15)])
async def test_passage_codings_and_definitions_are_seen(coded, size):
    async with resolving(coded, size) as (app, _pilot):
        text = " ".join(passage(app).split())
        for part in ("Hvorfor flyttet du?", "Telefonen ringte aldri", "Samira", "1 Kari", "2 Ola", "Ensomhet", "Open"):
            assert part in text
        title = str(app.screen.query_one("#passage").border_title)
        assert title == "1 of 4: samira · different spans"
        assert "ensomhet" in app.screen.query_one("#meanings", Lines).text
        assert "0 of 4 decided" in app.screen.status.text


async def test_a_key_takes_what_one_coder_gave_and_it_is_on_disk(coded):
    async with resolving(coded) as (app, pilot):
        await pilot.press("2")
        (first, *_rest) = kept(coded)
        assert (first.verdict, first.coder) == ("Ola", "Lead")
        assert "Decided by Lead: Ola" in passage(app)
        assert "1 of 4 decided" in app.screen.status.text
        await pilot.press("9")
        assert "no coder 9" in app.screen.status.text


async def test_every_decision_has_a_key(coded):
    async with resolving(coded) as (app, pilot):
        await pilot.press("b", "n", "0", "n", "c")
        assert isinstance(app.screen, CodePicker)
        await pilot.press(*"inntekt", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ResolvingScreen)
        assert [one.verdict if one else "" for one in kept(coded)] == ["both", "neither", "other", ""]


async def test_one_goes_on_back_and_to_the_next_open_one(coded):
    async with resolving(coded) as (app, pilot):
        await pilot.press("N")
        assert "No more" in app.screen.status.text
        await pilot.press("n", "1", "N", "1", "o")
        assert app.screen.place == 2
        await pilot.press("right", "right")
        assert app.screen.place == 3
        assert "No more" in app.screen.status.text
        await pilot.press("1", "o", "1", "o")
        assert "All disagreements are decided" in app.screen.status.text


async def test_why_certainty_and_keywords_are_kept_before_and_after_deciding(coded):
    async with resolving(coded) as (app, pilot):
        await pilot.press("w")
        app.screen.query_one(TextArea).text = "Hele setningen hører med."
        await pilot.press("escape", "s")
        await pilot.pause()
        assert kept(coded)[0] is None
        await pilot.press("1")
        first = kept(coded)[0]
        assert (first.why, first.certainty) == ("Hele setningen hører med.", Certainty.SURE)
        await pilot.press("s", "k")
        app.screen.query_one(Input).value = "telefon, alene"
        await pilot.press("enter")
        await pilot.pause()
        first = kept(coded)[0]
        assert (first.verdict, first.certainty, first.keywords) == ("Kari", Certainty.UNSURE, ("telefon", "alene"))
        assert "unsure · telefon, alene" in passage(app)
        await pilot.press("n", "N")
        assert "Hele setningen hører med." in passage(app)


async def test_what_is_written_before_deciding_is_there_again_and_leaving_says_that_it_goes(coded):
    async with resolving(coded) as (app, pilot):
        await pilot.press("w")
        app.screen.query_one(TextArea).text = "Hele setningen hører med."
        await pilot.press("escape", "n")
        await pilot.pause()
        assert "Hele setningen" not in passage(app)
        await pilot.press("N")
        assert "Hele setningen" in passage(app)
        await pilot.press("q")
        await pilot.pause()
        assert "1 undecided one goes" in app.screen.status.text
        assert app.is_running
        await pilot.press("1")
        assert kept(coded)[0].why == "Hele setningen hører med."
        await pilot.press("q")
        await pilot.pause()
        assert not app.is_running


async def test_ctrl_q_says_it_too_before_it_leaves(coded):
    async with resolving(coded) as (app, pilot):
        await pilot.press("w")
        app.screen.query_one(TextArea).text = "Hele setningen hører med."
        await pilot.press("escape", "n", "ctrl+q")
        await pilot.pause()
        assert "1 undecided one goes" in app.screen.status.text
        assert app.is_running
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert not app.is_running


async def test_a_decision_is_taken_back_with_a_key(coded):
    async with resolving(coded) as (app, pilot):
        await pilot.press("1", "x")
        assert kept(coded)[0] is None
        await pilot.press("x")
        assert "Nothing has been decided" in app.screen.status.text
        await pilot.press("2", "u")
        assert kept(coded)[0] is None
        assert "Undone" in app.screen.status.text


async def test_help_opens_and_escape_leaves(coded):
    async with resolving(coded) as (app, pilot):
        await pilot.press("question_mark")
        assert isinstance(app.screen, HelpScreen)
        await pilot.pause()
        shown = {row.id for row in app.screen.query_one(HelpList).rows}
        assert {"both", "why", "finish"} <= shown
        assert "word_on" not in shown
        assert "intro" not in shown
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert not app.is_running


async def test_the_screen_opens_from_coding_and_goes_back(coded):
    app = KodingApp(Workbench.open(coded, "Kari"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("D")
        await pilot.pause()
        assert isinstance(app.screen, ResolvingScreen)
        await pilot.press("1", "escape")
        await pilot.pause()
        assert app.screen is app.coding
    assert kept(coded)[0].coder == "Kari"


async def test_without_two_coders_it_says_so(study):
    app = KodingApp(Workbench.open(study, "Kari"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("D")
        await pilot.pause()
        assert app.screen is app.coding
        assert "two coders" in app.coding.status.text

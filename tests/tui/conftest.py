from __future__ import annotations

from contextlib import asynccontextmanager

import pytest
from inmemory import FakeBench, FakeSuggester
from textual import events

from koding.tui.app import KodingApp
from koding.tui.screens.desk_screen import DeskScreen

#: Names of keys that Textual does not call by their character.
KEY_NAMES = {"[": "left_square_bracket", "]": "right_square_bracket"}


class Desktop:
    """The screen over a study in memory, driven by keys and read as a person would."""

    def __init__(self, app, pilot, bench):
        self.app, self.pilot, self.bench = app, pilot, bench

    @property
    def screen(self):
        return self.app.coding

    @property
    def pane(self):
        return self.screen.pane

    @property
    def source(self):
        return self.screen.desk.source

    @property
    def codings(self):
        return sorted(self.bench.codings(self.source), key=lambda one: (one.start, one.end, one.code))

    @property
    def status(self):
        return self.screen.status.text

    def words(self, coding):
        return self.bench.transcripts[coding.source].text[coding.start : coding.end]

    def coded(self):
        return [(coding.code, self.words(coding)) for coding in self.codings]

    async def press(self, *keys):
        """Press keys one after another, each answered before the next; Pilot's own pauses are left out."""
        for key in keys:
            name = KEY_NAMES.get(key, key)
            character = key if len(key) == 1 else " " if key == "space" else None
            self.app.post_message(events.Key(name, character))
            await self.pilot.pause(0)
            await self.pilot.pause(0)

    async def write(self, text):
        await self.press(*("space" if char == " " else char for char in text))

    async def put_cursor(self, words):
        """Put the cursor where `words` begin in the open source."""
        self.pane.go(self.pane.transcript.text.index(words), jump=True)
        await self.pilot.pause()

    def rows(self):
        """Give the transcript as it stands on the screen."""
        return [self.pane.render_line(y).text for y in range(self.pane.size.height)]

    def cell_of(self, words):
        """Give where `words` stand on the screen, as an offset in the transcript pane."""
        for y, row in enumerate(self.rows()):
            if words in row:
                return row.index(words), y + 1  # a row for the pane's title
        raise AssertionError(words)


@pytest.fixture(autouse=True)
def _no_rest(monkeypatch):
    """Let everything follow every step of the cursor, so that a test need not wait."""
    monkeypatch.setattr(DeskScreen, "rest_after", 0)


@pytest.fixture
def open_desktop():
    """Open the screen; a context manager that takes the bench, the suggester and the size."""

    @asynccontextmanager
    async def opened(bench=None, suggester=None, size=(120, 40)):
        bench = bench or FakeBench()
        app = KodingApp(bench, suggester)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Desktop(app, pilot, bench)

    return opened


@pytest.fixture
def suggester():
    return FakeSuggester()

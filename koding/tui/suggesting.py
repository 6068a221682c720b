"""Feeding the screen with suggestions: the turns in sight first, then the rest of the source in small portions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from koding.model.codebook import Codebook
from koding.model.coding import Suggestion
from koding.model.transcript import Transcript
from koding.tui.bench import Suggester

#: Turns asked for at a time: few enough that turns newly in sight wait for no more than a moment.
PORTION = 12


class SuggestionFeed:
    """Asks a suggester for what is not known yet, the turns in sight before all others."""

    def __init__(self, suggester: Suggester, receive: Callable[[str, dict[int, list[Suggestion]]], None]) -> None:
        self._suggester = suggester
        self._receive = receive
        self._wake = asyncio.Event()
        self._transcript: Transcript | None = None
        self._waiting: list[int] = []
        self._visible = (0, -1)
        self._learning: asyncio.Task[None] | None = None
        self._told = ""
        self._asked: list[int] = []

    @property
    def status(self) -> str:
        """Give one line on how the suggester is."""
        return self._suggester.status

    @property
    def failed(self) -> bool:
        """Tell whether the suggester is gone."""
        return self._suggester.failed

    @property
    def busy(self) -> bool:
        """Tell whether some turns of the source are not answered yet."""
        return bool(self._waiting or self._asked) and not self.failed

    def has_news(self) -> bool:
        """Tell whether the status is another than when this was asked last."""
        before, self._told = self._told, self.status
        return self._told != before

    def open(self, transcript: Transcript) -> None:
        """Turn to another source."""
        self._transcript = transcript
        self._waiting = transcript.counted_turns()
        self._wake.set()

    def look_at(self, first: int, last: int) -> None:
        """Note which turns are in sight."""
        self._visible = (first, last)

    def _portion(self) -> list[int]:
        first, last = self._visible
        portion = [turn for turn in self._waiting if first <= turn <= last][:PORTION]
        if not portion:
            # What comes next is read next; what lies before the screen comes last.
            start = next((place for place, turn in enumerate(self._waiting) if turn > last), 0)
            portion = self._waiting[start : start + PORTION]
        asked = set(portion)
        self._waiting = [turn for turn in self._waiting if turn not in asked]
        return portion

    async def run(self, codebook: Codebook) -> None:
        """Start the suggester and feed until cancelled. One that is gone is started again with the next source."""
        await self._suggester.start(codebook)
        fed = False
        while True:
            await self._wake.wait()
            self._wake.clear()
            if fed and self._suggester.failed:
                await self._suggester.start(codebook)
            fed = True
            while self._waiting and self._transcript is not None:
                await self._ask(self._transcript, self._portion())
            # First what is known already: learning may take seconds, and goes on beside.
            if self._learning is None or self._learning.done():
                self._learning = asyncio.create_task(self._learn())

    async def _learn(self) -> None:
        """Let the suggester learn from what has been coded; where it did, everything is asked again."""
        if await self._suggester.learn() and self._transcript is not None:
            self.open(self._transcript)

    async def _ask(self, transcript: Transcript, portion: list[int]) -> None:
        self._asked = portion
        found = {turn: suggestions async for turn, suggestions in self._suggester.suggest(transcript, portion)}
        self._asked = []
        if transcript is self._transcript:
            self._receive(transcript.guid, found)
        await asyncio.sleep(0)

    async def close(self) -> None:
        """End the suggester."""
        if self._learning is not None:
            self._learning.cancel()
        await self._suggester.close()

"""The pictures of the coding screen in the docs: `python -m tests.pictures` draws them from the demo study."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from koding.session.demonstration import CODER, make_demo
from koding.session.workbench import Workbench
from koding.suggest.process.client import SuggestionClient
from koding.tui.app import KodingApp

IMAGES = Path(__file__).parent.parent / "docs" / "images"
SIZES = ((120, 40), (80, 24))
#: The scene: a source, where the cursor is put first, and the code that is suggested there.
SOURCE, WORDS, SUGGESTED = "int04_tesfay", "Sju måneder, ja.", "tjenester.helse"
#: Seconds the suggester gets to answer for the turns in sight.
PATIENCE = 12.0


async def draw(study: Path, size: tuple[int, int]) -> str:
    """Give the screen as SVG: a passage with codings that overlap, and a suggestion that says why."""
    app = KodingApp(lambda: Workbench.open(study, CODER), SuggestionClient())
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.5)
        screen = app.coding
        source = next(state.guid for state in screen.desk.sources if state.name == SOURCE)
        screen.open_source(source)
        screen.pane.go(screen.pane.transcript.text.index(WORDS), jump=True)
        waited = 0.0
        while waited < PATIENCE and not any(one.code == SUGGESTED for one in screen.suggestion_list.suggestions):
            await pilot.pause(0.5)
            waited += 0.5
        await pilot.press("s")
        while waited < PATIENCE and getattr(screen.suggestion_list.current, "code", "") != SUGGESTED:
            await pilot.press("s")
            await pilot.pause(0.2)
            waited += 0.2
        await pilot.pause(0.5)
        picture = app.export_screenshot(title="koding")
        await screen.leave()
    # Without this the runs of spaces that align the columns collapse in some viewers.
    return picture.replace("<text ", '<text xml:space="preserve" ')


def main() -> None:
    """Draw all pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        study = Path(place) / "flyttegrunner.koding"
        make_demo(study)
        for size in SIZES:
            target = IMAGES / f"coding-{size[0]}x{size[1]}.svg"
            target.write_text(asyncio.run(draw(study, size)), encoding="utf-8")
            print(target.name)


if __name__ == "__main__":
    main()

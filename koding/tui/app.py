"""The Textual application: it wires the coding screen to a study and a suggester, and no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import App
from textual.reactive import Reactive
from textual.screen import Screen
from textual.theme import Theme

from koding.errors import KodingError
from koding.tui.bench import Bench, Suggester
from koding.tui.screens.coding import CodingScreen

if TYPE_CHECKING:
    from koding.session.resolving import Resolver

DARK = Theme(
    name="koding-dark", primary="#7fa7d9", secondary="#8fb8a8", accent="#e6b566", warning="#e6b566", error="#e07a72",
    success="#86c08a", foreground="#d8dce2", background="#16191e", surface="#1b1f25", panel="#232830", dark=True,
    variables={"quiet": "#8a94a2", "selected": "#2f4a6b", "matched": "#5c4a1e"},
)  # fmt: skip
LIGHT = Theme(
    name="koding-light", primary="#2f5f96", secondary="#3c6f5e", accent="#8a5a00", warning="#8a5a00", error="#a3332b",
    success="#2f6b35", foreground="#23262b", background="#fbfaf7", surface="#f3f1ec", panel="#e7e4dc", dark=False,
    variables={"quiet": "#6b6f76", "selected": "#bfd4ec", "matched": "#f3dfae"},
)  # fmt: skip
_THEMES = {theme.name: theme for theme in (DARK, LIGHT)}


class StudyApp(App[KodingError | None]):
    """What koding's screens have in common: their looks."""

    TITLE = "koding"
    # The theme from the start: one that is set later has all style sheets read twice before the first frame.
    theme: Reactive[str] = Reactive(DARK.name)
    CSS_PATH = "koding.tcss"
    #: Ours is drawn from the registry and speaks the language of the interface.
    ENABLE_COMMAND_PALETTE = False

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Give the two looks; there are no others."""
        return _THEMES

    def _may_leave(self) -> bool:
        """Ask the screen of disagreements, where it is open: what is written there goes with it."""
        from koding.tui.screens.resolving import ResolvingScreen

        return all(screen.may_leave() for screen in self.screen_stack if isinstance(screen, ResolvingScreen))

    async def action_quit(self) -> None:
        """Leave."""
        if self._may_leave():
            self.exit()


class ResolvingApp(StudyApp):
    """Going through what coders differ on, without a screen to code in."""

    def __init__(self, resolver: Resolver) -> None:
        super().__init__()
        self._resolver = resolver

    def get_default_screen(self) -> Screen[None]:
        """Give the screen of disagreements."""
        from koding.tui.screens.resolving import ResolvingScreen

        return ResolvingScreen(self._resolver)


class KodingApp(StudyApp):
    """koding's coding screen over a study; the study may be opened after the first frame (a callable)."""

    def __init__(
        self,
        workbench: Bench | Callable[[], Bench],
        suggester: Suggester | Callable[[], Suggester] | None = None,
        *,
        others: bool = False,
    ) -> None:
        super().__init__()
        self._workbench = workbench
        self._suggester = suggester
        self._others = others

    def get_default_screen(self) -> Screen[None]:
        """Give the coding screen."""
        self.coding = CodingScreen(self._workbench, self._suggester, others=self._others)
        return self.coding

    async def action_quit(self) -> None:
        """Close the study and leave; a memo that is being written is kept first."""
        from koding.tui.screens.memo import MemoScreen

        if isinstance(self.screen, MemoScreen) and not self.screen.kept():
            return
        if not self._may_leave():
            return
        await self.coding.leave()
        self.exit()

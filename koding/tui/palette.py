"""The command palette: every action of the registry, and every source, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from koding.i18n import _
from koding.tui.actions import ACTIONS, Action, Where, keys_of, label_of
from koding.tui.messages import SourceChosen
from koding.tui.screens.coding import CodingScreen
from koding.tui.widgets.listing import Listing


class ActionProvider(Provider):
    """Finds actions and sources."""

    def _commands(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        screen = self.screen
        if not isinstance(screen, CodingScreen):
            return
        for action in ACTIONS:
            keys = keys_of(action)
            yield f"{label_of(action)}  {keys}".strip(), _(action.help).format(digit=""), partial(self._run, action)
        for state in screen.desk.sources:
            name = _("Open {source}").format(source=state.title or state.name)
            yield name, "", partial(screen.post_message, SourceChosen(state.guid))

    async def _run(self, action: Action) -> None:
        screen = self.screen
        if not isinstance(screen, CodingScreen):
            return
        if action.where is Where.TRANSCRIPT and action.command.startswith("move"):
            await screen.pane.run_action(action.command)
        elif action.where is Where.LIST:
            target = screen.focused if isinstance(screen.focused, Listing) else screen.code_tree
            await target.run_action(action.command)
        else:
            await screen.run_action(action.command)

    async def discover(self) -> Hits:
        """Give everything while nothing is typed."""
        for name, text, run in self._commands():
            yield DiscoveryHit(Content(name), run, text=name, help=text)

    async def search(self, query: str) -> Hits:
        """Give what fits."""
        matcher = self.matcher(query)
        for name, text, run in self._commands():
            score = matcher.match(name)
            if score > 0:
                yield Hit(score, matcher.highlight(name), run, text=name, help=text)

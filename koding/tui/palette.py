"""The command palette: every action of the registry, and every source, by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from koding.i18n import _
from koding.tui.actions import (
    ACTIONS,
    CODE,
    JUMP,
    LISTS,
    LOOK,
    MOVE,
    SELECT,
    SUGGEST,
    Action,
    Where,
    keys_of,
    label_of,
)  # fmt: skip
from koding.tui.messages import SourceChosen
from koding.tui.resolving_actions import DIFFER
from koding.tui.screens.picker import ChoiceList, Choosing
from koding.tui.widgets.listing import Listing, Row

if TYPE_CHECKING:
    from koding.tui.screens.coding import CodingScreen

#: Actions that are another's by another key.
_SAME = {"code_here"}
#: What is looked for here comes first; the ways to move are many, and in the fingers.
_ORDER = (CODE, SUGGEST, JUMP, SELECT, LOOK, DIFFER, LISTS, MOVE)


@dataclass(frozen=True)
class Command:
    """One thing to do: its name, its keys, what it does, and the action or the source (a GUID) behind it."""

    name: str
    keys: str
    help: str
    action: Action | None = None
    source: str = ""

    async def run(self, screen: CodingScreen) -> None:
        """Do it."""
        action = self.action
        if action is None:
            screen.post_message(SourceChosen(self.source))
        elif action.where is Where.TRANSCRIPT and action.command.startswith("move"):
            await screen.pane.run_action(action.command)
        elif action.where is Where.LIST:
            target = screen.focused if isinstance(screen.focused, Listing) else screen.code_tree
            await target.run_action(action.command)
        else:
            await screen.run_action(action.command)


def commands(screen: CodingScreen) -> list[Command]:
    """Give all commands, each once: what is done to codings first, then the sources, last the ways to move."""
    found = list(_actions(screen))
    moves = [command for command in found if command.action is not None and command.action.group in {LISTS, MOVE}]
    return [*(command for command in found if command not in moves), *_sources(screen), *moves]


def _actions(screen: CodingScreen) -> Iterator[Command]:
    desk = screen.desk
    offered = [action for action in ACTIONS if action.id not in _SAME and action.where is not Where.RESOLVING]
    for action in sorted(offered, key=lambda action: _ORDER.index(action.group)):
        name, text = label_of(action), _(action.help)
        if action.id.startswith("recent_"):
            digit = action.keys[0]
            key = desk.recent.of_digit(int(digit))
            if not key:
                continue
            name = _("Code with {code}").format(code=desk.label(key))
        yield Command(name, keys_of(action), text, action)


def _sources(screen: CodingScreen) -> Iterator[Command]:
    for state in screen.desk.sources:
        yield Command(_("Open {source}").format(source=state.title or state.name), "", "", source=state.guid)


def fitting(found: Sequence[Command], typed: str) -> list[Command]:
    """Give the commands that hold every word typed, those that begin a word of the name first."""
    words = typed.casefold().split()
    ranked: list[tuple[int, int, Command]] = []
    for place, command in enumerate(found):
        name = command.name.casefold()
        both = f"{name} {command.help.casefold()}"
        if all(word in both for word in words):
            begins = all(any(part.startswith(word) for part in name.split()) for word in words)
            inside = all(word in name for word in words)
            ranked.append((0 if begins else 1 if inside else 2, place, command))
    return [command for _rank, _place, command in sorted(ranked, key=lambda one: one[:2])]


class Palette(Choosing[Command | None]):
    """Type a part of what you want to do; the whole of what it does stands below."""

    def __init__(self, found: Sequence[Command]) -> None:
        super().__init__()
        self._all = list(found)
        self._shown: list[Command] = []

    def compose(self) -> ComposeResult:
        """Lay the dialogue out."""
        with Vertical(id="palette", classes="dialogue"):
            yield Input(placeholder=_("Type a part of what you want to do"), compact=True, id="typed")
            yield ChoiceList(id="choices", empty=_("Nothing is called that."))
            yield Static("", id="explained", markup=False)

    def on_mount(self) -> None:
        """Show everything."""
        box = self.query_one("#palette")
        box.border_title = _("Commands")
        box.border_subtitle = _("⏎ take   ↑↓ move   Esc leave")
        self.query_one(Input).focus()
        self._fill("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits."""
        self._fill(event.value)

    def on_input_submitted(self) -> None:
        """Do the marked one."""
        self.action_take()

    def _fill(self, typed: str) -> None:
        self._shown = fitting(self._all, typed)
        rows = [
            Row(str(place), (((f" {command.name}", ""),),), ((f" {command.keys} ", "key"),))
            for place, command in enumerate(self._shown)
        ]
        self.choices.show_rows(rows, 0)
        self.marked()

    def marked(self) -> None:
        """Explain the marked one."""
        row = self.choices.row
        command = self._shown[int(row.id)] if row is not None else None
        text = command.help if command is not None and command.help.rstrip(".") != command.name else ""
        self.query_one("#explained", Static).update(text)

    def action_take(self) -> None:
        """Do the marked one."""
        if self.choices.row is not None:
            self.dismiss(self._shown[int(self.choices.row.id)])

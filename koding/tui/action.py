"""What an action of a screen is, and where its keys count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Where(StrEnum):
    """Where a key counts: everywhere in the coding screen, in one kind of pane, or among the disagreements."""

    SCREEN = "screen"
    TRANSCRIPT = "transcript"
    LIST = "list"
    RESOLVING = "resolving"


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can do.

    `command` is the method behind it (`action_` left out, arguments in parentheses). `extends` are the keys that do the
    same and take the selection along. `footer` is a short label for the footer, empty for none. Texts are untranslated.
    """

    id: str
    command: str
    label: str
    help: str
    group: str
    keys: tuple[str, ...] = ()
    where: Where = Where.SCREEN
    extends: tuple[str, ...] = ()
    footer: str = ""

    def bindings(self) -> Iterator[tuple[str, str]]:
        """Give every key with the command it runs."""
        for key in self.keys:
            yield key, self.command
        for key in self.extends:
            yield key, self.command.replace(")", ", True)")

"""The floor for the screen: a Textual app that shows one line and changes it at every key."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static


class EmptyApp(App[None]):
    """One line of text."""

    count = 0

    def compose(self) -> ComposeResult:
        """Show the line."""
        yield Static("READY", id="line")

    def on_key(self, _event: Key) -> None:
        """Change the line."""
        self.count += 1
        self.query_one("#line", Static).update(f"key {self.count}")


if __name__ == "__main__":
    EmptyApp().run()

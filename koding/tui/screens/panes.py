"""The frame of the coding screen: its panes, which of them are shown, and where the focus goes."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widget import Widget

from koding.tui.actions import Where
from koding.tui.widgets.codebook import CodeTree, Definition
from koding.tui.widgets.listing import Listing
from koding.tui.widgets.sources import SourceList
from koding.tui.widgets.statusbar import Keybar, Statusbar
from koding.tui.widgets.suggestions import SuggestionList
from koding.tui.widgets.transcript import TranscriptPane

#: Cells of the screen from which all panels stand beside the transcript; below it one at a time.
WIDE = 104
_PANELS = ("sources", "codebook", "suggestions")


class PaneScreen(Screen[None]):
    """Sources, transcript, codebook and suggestions side by side, as far as the size allows."""

    def __init__(self) -> None:
        super().__init__()
        self.panels = set(_PANELS)
        self.side = "codebook"

    def compose(self) -> ComposeResult:
        """Lay the panes out."""
        with Horizontal(id="desk"):
            yield SourceList(id="sources")
            yield TranscriptPane(id="transcript")
            with Vertical(id="right"):
                yield CodeTree(id="codebook")
                yield Definition(id="definition")
                yield SuggestionList(id="suggestions")
        yield Statusbar(id="status")
        yield Keybar(id="keys")

    @property
    def pane(self) -> TranscriptPane:
        """Give the transcript pane."""
        return self.query_one("#transcript", TranscriptPane)

    @property
    def code_tree(self) -> CodeTree:
        """Give the codebook pane."""
        return self.query_one("#codebook", CodeTree)

    @property
    def suggestion_list(self) -> SuggestionList:
        """Give the suggestions pane."""
        return self.query_one("#suggestions", SuggestionList)

    @property
    def status(self) -> Statusbar:
        """Give the status line."""
        return self.query_one("#status", Statusbar)

    @property
    def wide(self) -> bool:
        """Tell whether all panels have room beside the transcript."""
        return self.size.width >= WIDE

    def on_resize(self) -> None:
        """Arrange the panels for the size."""
        self.arrange_panels()

    def shown_panels(self) -> list[str]:
        """Give the panels on the screen, from left to right and down."""
        return [name for name in _PANELS if (name in self.panels if self.wide else name == self.side)]

    def arrange_panels(self) -> None:
        """Show the panels that are wanted and fit; a hidden one loses the focus."""
        shown = self.shown_panels()
        self.query_one("#sources").display = "sources" in shown
        self.query_one("#codebook").display = "codebook" in shown
        self.query_one("#definition").display = "codebook" in shown
        self.query_one("#suggestions").display = "suggestions" in shown
        self.query_one("#right").display = "codebook" in shown or "suggestions" in shown
        self.set_class(not self.wide, "narrow")
        if isinstance(self.focused, Listing) and self.focused.id in _PANELS and self.focused.id not in shown:
            self.pane.focus()

    def on_descendant_focus(self) -> None:
        """Show the keys that count now."""
        self.query_one("#keys", Keybar).show(Where.LIST if isinstance(self.focused, Listing) else Where.TRANSCRIPT)

    def focus_order(self) -> list[Widget]:
        """Give the panes that can have the focus, in the order of the Tab key."""
        names = ("sources", "transcript", "codebook", "suggestions")
        usable = [name for name in names if name == "transcript" or not self.wide or name in self.panels]
        return [self.query_one(f"#{name}") for name in usable]

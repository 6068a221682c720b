"""Setting the facets of a coding: one row a facet, its values side by side."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical

from koding.i18n import _
from koding.model.codebook import Codebook, Facet
from koding.model.coding import Coding
from koding.tui.screens.picker import ChoiceList, Choosing
from koding.tui.widgets.listing import Piece, Row


class FacetScreen(Choosing[dict[str, str] | None]):
    """Up and down change the facet, left and right its value; Enter keeps, Escape leaves as it was."""

    BINDINGS = [  # noqa: RUF012 - Textual's declaration
        Binding("left", "value(-1)", show=False, priority=True),
        Binding("right,space", "value(1)", show=False, priority=True),
    ]

    def __init__(self, codebook: Codebook, coding: Coding, label: str, variables: Mapping[str, str]) -> None:
        super().__init__()
        self._facets = codebook.facets
        self._label = label
        self._variables = variables
        self._chosen = dict(coding.facets)

    def compose(self) -> ComposeResult:
        """Lay the dialogue out."""
        with Vertical(id="facets", classes="dialogue"):
            yield ChoiceList(id="choices")

    def on_mount(self) -> None:
        """Show the facets."""
        box = self.query_one("#facets")
        box.border_title = _("Facets")
        box.border_subtitle = _("←→ value   ↑↓ facet   ⏎ keep   Esc leave")
        self.choices.styles.height = 3 * len(self._facets)
        self._fill()

    def _fill(self) -> None:
        self.choices.show_rows([self._row(facet) for facet in self._facets])

    def _row(self, facet: Facet) -> Row:
        current = self._chosen.get(facet.key, "")
        default = facet.default_for(self._variables)
        names = [("", _("not set"))] if not default else [("", _("default"))]
        names += [(value.key, value.label) for value in facet.values]
        pieces: list[Piece] = [(" ", "")]
        for key, name in names:
            here = key == current
            pieces.append((f"{'●' if here else '○'} {name}  ", "strong" if here else "dim"))
        meaning = next((value.description for value in facet.values if value.key == current), "")
        if not current and default:
            label = next((value.label for value in facet.values if value.key == default), default)
            meaning = _("counts as {value}").format(value=label)
        heading: tuple[Piece, ...] = ((facet.label, "strong"), (f"  {meaning or facet.description}", "dim"))
        return Row(facet.key, (heading, tuple(pieces), (("", ""),)))

    def action_value(self, by: int) -> None:
        """Take the next value of the marked facet."""
        facet = self._facets[self.choices.index]
        keys = ("", *facet.keys())
        current = self._chosen.get(facet.key, "")
        index = keys.index(current) if current in keys else 0
        key = keys[(index + by) % len(keys)]
        if key:
            self._chosen[facet.key] = key
        else:
            self._chosen.pop(facet.key, None)
        self._fill()

    def action_take(self) -> None:
        """Keep what is set."""
        self.dismiss(dict(self._chosen))

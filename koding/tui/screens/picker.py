"""Choosing a code by typing a part of its name, and choosing among codings that overlap."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from koding.i18n import _
from koding.model.codebook import Code
from koding.model.coding import Coding
from koding.tui.desk import Desk
from koding.tui.glyphs import visible
from koding.tui.shelf import Shelf
from koding.tui.widgets.codebook import Definition
from koding.tui.widgets.listing import Listing, Piece, Row

#: Code points of the text that a dialogue quotes.
_QUOTED = 160
Result = TypeVar("Result")


class ChoiceList(Listing, can_focus=False):
    """The rows of a dialogue; the dialogue moves the mark."""

    def marked(self) -> None:
        """Tell the dialogue."""
        if isinstance(self.screen, Choosing):
            self.screen.marked()

    def chosen(self) -> None:
        """Tell the dialogue."""
        if isinstance(self.screen, Choosing):
            self.screen.action_take()


class Choosing(ModalScreen[Result], Generic[Result]):
    """A dialogue with a list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("enter", "take", show=False),
        Binding("up,shift+tab", "mark(-1)", show=False, priority=True),
        Binding("down,tab", "mark(1)", show=False, priority=True),
        Binding("pageup", "mark(-8)", show=False, priority=True),
        Binding("pagedown", "mark(8)", show=False, priority=True),
    ]

    @property
    def choices(self) -> ChoiceList:
        """Give the list."""
        return self.query_one(ChoiceList)

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)

    def action_mark(self, by: int) -> None:
        """Move the mark."""
        self.choices.move_to(self.choices.index + by)

    def action_take(self) -> None:
        """Choose the marked row."""

    def marked(self) -> None:
        """React to another row being marked."""


def quote(text: str) -> str:
    """Give a text in quotation marks, shortened in the middle."""
    text = " ".join(visible(text).split())
    if len(text) > _QUOTED:
        text = f"{text[: _QUOTED // 2]} … {text[-_QUOTED // 2 :]}"
    return f"«{text}»"


def matching(codes: tuple[Code, ...], typed: str) -> list[Code]:
    """Give the codes on offer that fit what was typed, the best first; all of them where nothing was.

    A code fits if every word typed begins a word of its label, key or gloss, or else is found inside one.
    """
    words = typed.casefold().split()
    ranked: list[tuple[int, int, Code]] = []
    for place, code in enumerate(codes):
        if not code.offered:
            continue
        names = f"{code.label} {code.key.replace('.', ' ')} {code.gloss}".casefold()
        parts = names.replace("-", " ").replace("/", " ").split()
        score = 0
        for word in words:
            if code.label.casefold().startswith(word):
                continue
            if any(part.startswith(word) for part in parts):
                score += 1
            elif word in names:
                score += 3
            else:
                break
        else:
            ranked.append((score, place, code))
    return [code for _score, _place, code in sorted(ranked, key=lambda found: found[:2])]


class CodePicker(Choosing[str | None]):
    """Type a part of a code's name; Enter takes the marked one. Its definition stands below."""

    def __init__(self, desk: Desk | Shelf, title: str, text: str, note: str = "") -> None:
        super().__init__()
        self._desk, self._title, self._text, self._note = desk, title, text, note

    def compose(self) -> ComposeResult:
        """Lay the dialogue out."""
        with Vertical(id="picker", classes="dialogue"):
            yield Static(quote(self._text), classes="quoted", markup=False)
            if self._note:
                yield Static(self._note, classes="note", markup=False)
            yield Input(placeholder=_("Type a part of the code's name"), compact=True, id="typed")
            yield ChoiceList(id="choices", empty=_("No code is called that."))
            yield Definition(id="picked")

    def on_mount(self) -> None:
        """Show all codes."""
        self.query_one("#picker").border_title = self._title
        self.query_one("#picker").border_subtitle = _("⏎ take   ↑↓ move   Esc leave")
        self.query_one(Input).focus()
        self._fill("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the codes that fit."""
        self._fill(event.value)

    def on_input_submitted(self) -> None:
        """Take the marked code."""
        self.action_take()

    def _fill(self, typed: str) -> None:
        desk = self._desk
        codes = matching(desk.codebook.codes, typed)
        if not typed.strip():
            recent = {key: place for place, key in enumerate(desk.recent.slots) if key}
            codes.sort(key=lambda code: recent.get(code.key, len(recent)))
        rows = []
        for code in codes:
            look = desk.look(code.key)
            family = desk.codebook.family(code.key)
            pieces: tuple[Piece, ...] = (
                (f"{desk.recent.digit(code.key) or ' '} ", "key"),
                (f"{look.glyph} ", look.tint),
                (code.label, "strong"),
                (f"  {family.label}" if family.key != code.key else "", "dim"),
            )
            rows.append(Row(code.key, (pieces,), ((f" {code.key}", "dim"),)))
        self.choices.show_rows(rows, 0)
        self.marked()

    def marked(self) -> None:
        """Show the definition of the marked code."""
        row = self.choices.row
        if row is not None:
            self.query_one(Definition).show_code(self._desk.code_of(row.id), self._desk.look(row.id))

    def action_take(self) -> None:
        """Take the marked code."""
        if self.choices.row is not None:
            self.dismiss(self.choices.row.id)


class CodingChooser(Choosing[str | None]):
    """Choose one of the codings that lie at the cursor; gives its GUID."""

    def __init__(self, desk: Desk, title: str, codings: list[Coding]) -> None:
        super().__init__()
        self._desk, self._title, self._codings = desk, title, codings

    def compose(self) -> ComposeResult:
        """Lay the dialogue out."""
        with Vertical(id="chooser", classes="dialogue"):
            yield ChoiceList(id="choices")

    def on_mount(self) -> None:
        """Show the codings."""
        box = self.query_one("#chooser")
        box.border_title = self._title
        box.border_subtitle = _("⏎ take   ↑↓ move   Esc leave")
        rows = []
        for coding in self._codings:
            look = self._desk.look(coding.code)
            facets = " · ".join(coding.facets.values())
            text = quote(self._desk.transcript.text[coding.start : coding.end])
            title = ((f"{look.glyph} ", look.tint), (self._desk.label(coding.code), "strong"), (f"  {facets}", "dim"))
            rows.append(Row(coding.guid, (title, (("  ", ""), (text, "dim")))))
        self.choices.show_rows(rows, 0)
        self.choices.styles.height = min(2 * len(rows), 14)

    def action_take(self) -> None:
        """Take the marked coding."""
        if self.choices.row is not None:
            self.dismiss(self.choices.row.id)

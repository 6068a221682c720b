"""The codebook as a tree with counts, and the definition of the code in focus."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from koding.i18n import _
from koding.model.codebook import Code, Codebook
from koding.tui.glyphs import UNKNOWN_LOOK, Look, inked, visible
from koding.tui.messages import CodeChosen, CodeShown
from koding.tui.widgets.listing import Listing, Piece, Row, wrap_words


class CodeTree(Listing):
    """One row a code: its digit if it has one, its glyph and label, a pencil for a memo, and this coder's codings."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.codebook: Codebook | None = None
        self._looks: Mapping[str, Look] = {}
        self._folded: set[str] = set()
        self._counts: Mapping[str, int] = {}
        self._digit: Callable[[str], str] = str
        self._memos: Collection[str] = frozenset()

    def show_codebook(
        self,
        codebook: Codebook,
        looks: Mapping[str, Look],
        counts: Mapping[str, int],
        digit: Callable[[str], str],
        memos: Collection[str] = frozenset(),
    ) -> None:
        """Show the codes with their counts; `digit` gives a code's digit, those in `memos` (GUIDs) have a memo."""
        self.codebook, self._looks, self._counts, self._digit = codebook, looks, dict(counts), digit
        self._memos = memos
        self._fill()

    def _fill(self, key: str | None = None) -> None:
        if self.codebook is None:
            return
        rows = [self._row(self.codebook, code) for code in self._unfolded(self.codebook, None)]
        index = next((place for place, row in enumerate(rows) if row.id == key), None) if key else None
        if rows != list(self.rows) or index is not None:
            self.show_rows(rows, index)

    def _unfolded(self, codebook: Codebook, parent: str | None) -> list[Code]:
        found: list[Code] = []
        for code in codebook.children(parent):
            found.append(code)
            if code.key not in self._folded:
                found.extend(self._unfolded(codebook, code.key))
        return found

    def _row(self, codebook: Codebook, code: Code) -> Row:
        look = self._looks.get(code.key, UNKNOWN_LOOK)
        count = self._counts.get(code.key, 0)
        folded = code.key in self._folded and bool(codebook.children(code.key))
        pieces: tuple[Piece, ...] = (
            (f"{self._digit(code.key) or ' '} ", "key"),
            ("  " * codebook.depth(code.key), ""),
            (f"{look.glyph} ", look.tint),
            (code.label + (" +" if folded else ""), "strong" if code.parent is None else ""),
        )
        memo = " ✎" if code.guid in self._memos else ""
        return Row(code.key, (pieces,), ((memo, ""), (f" {count or '·'}", "" if count else "dim")))

    def reveal(self, key: str) -> None:
        """Put the mark on a code, unfolding what hides it; nothing is told."""
        if self.codebook is None or key not in self.codebook.by_key or (self.row and self.row.id == key):
            return
        self._folded -= {code.key for code in self.codebook.lineage(key)} - {key}
        self._fill(key)

    def action_fold(self, folded: bool) -> None:
        """Fold the marked family away, or unfold it; on a code without codes below, go to its parent."""
        if self.codebook is None or self.row is None:
            return
        code = self.codebook.by_key[self.row.id]
        if folded and (code.key in self._folded or not self.codebook.children(code.key)):
            if code.parent:
                self._fill(code.parent)
                self.marked()
            return
        (self._folded.add if folded else self._folded.discard)(code.key)
        self._fill(code.key)

    def marked(self) -> None:
        """Tell whose definition to show."""
        if self.row:
            self.post_message(CodeShown(self.row.id))

    def chosen(self) -> None:
        """Ask for the marked code to be applied."""
        if self.row:
            self.post_message(CodeChosen(self.row.id))

    def clicked(self) -> None:
        """Show the code's definition and ask for it to be applied."""
        self.marked()
        if self.row:
            self.post_message(CodeChosen(self.row.id, clicked=True))


class Definition(ScrollView, can_focus=False):
    """MacQueen's parts of the code in focus, read in a few lines."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"list--dim", "list--strong"}  # noqa: RUF012 - Textual's declaration

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.code: Code | None = None
        self.memo = ""
        self._look = UNKNOWN_LOOK
        self._lines: list[list[Piece]] = []

    def show_code(self, code: Code | None, look: Look, memo: str = "") -> None:
        """Show a code's definition, with the coder's memo on it."""
        if code != self.code:
            self.scroll_to(y=0, animate=False)
        if (code, memo) != (self.code, self.memo):
            self.code, self._look, self.memo = code, look, memo
            self._arrange()

    def on_resize(self) -> None:
        """Wrap anew."""
        self._arrange()

    def _arrange(self) -> None:
        width = max(self.scrollable_content_region.width, 8)
        self._lines = definition_lines(self.code, self._look, width, self.memo) if self.code else []
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width, base, line = self.scrollable_content_region.width, self.rich_style, y + self.scroll_offset.y
        if line >= len(self._lines):
            return Strip.blank(width, base)
        segments = []
        for text, look in self._lines[line]:
            if look.startswith("#"):
                style = base + Style(color=inked(look, dark=self.app.current_theme.dark))
            else:
                style = base + self.get_component_rich_style(f"list--{look}", partial=True) if look else base
            segments.append(Segment(visible(text), style))
        return Strip(segments).adjust_cell_length(width, base)


def definition_lines(code: Code, look: Look, width: int, memo: str = "") -> list[list[Piece]]:
    """Give a code's parts as lines of at most `width` cells, and last the coder's memo."""
    label = wrap_words(code.label, max(width - (4 if memo else 2), 8))
    lines: list[list[Piece]] = [[(f"{look.glyph} ", look.tint), (label[0] if label else "", "strong")]]
    lines += [[("  ", ""), (line, "strong")] for line in label[1:]]
    if memo:
        # At the top too, since the memo itself may lie below what the pane shows.
        lines[-1].append((" ✎", "strong"))
    lines.append([(code.key, "dim")])
    parts = [
        ("", code.definition or code.short),
        # The texts are sentences of their own ("Bruk koden når ..."): the headings say only what goes in and what not.
        (_("Include"), code.use),
        (_("Leave out"), code.not_use),
        *((_("E.g."), f"«{example.text}»") for example in code.examples[:2]),
        *((_("But not"), f"«{example.text}»") for example in code.counterexamples[:1]),
        (_("✎ Memo"), memo),
    ]
    for heading, text in parts:
        if not text:
            continue
        lines.append([])
        indent = f"{heading}  " if heading else ""
        for number, line in enumerate(wrap_words(indent + text, width)):
            if number == 0 and heading:
                lines.append([(heading, "dim"), (line[len(heading) :], "")])
            else:
                lines.append([(line, "")])
    return lines

"""A disagreement as lines of text: its passage, what each coder gave, the definitions, what was decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from koding.i18n import _
from koding.model.coding import Coding
from koding.model.disagreement import Disagreement, Kind
from koding.model.resolution import BOTH, NEITHER, OTHER, Certainty, Decision
from koding.model.transcript import Transcript
from koding.tui.glyphs import TINTS
from koding.tui.screens.picker import quote
from koding.tui.shelf import Shelf
from koding.tui.widgets.codebook import definition_lines
from koding.tui.widgets.lines import UNDERLINED, flowing
from koding.tui.widgets.listing import Piece

if TYPE_CHECKING:
    from koding.session.differing import Difference

#: Code points of the text around a passage that are shown, in its turn and in those beside it: where there is room,
#: and on a small screen.
_ROOMY, _TIGHT = (260, 140), (110, 60)
#: Cells from which there is room.
_WIDE = 90

Line = list[Piece]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one coder gave, with the key that takes it."""

    key: str
    coder: str
    codings: tuple[Coding, ...]


def kind_label(kind: Kind) -> str:
    """Say how the coders differ."""
    return {
        Kind.ONLY: _("only some coded"),
        Kind.CODE: _("different codes"),
        Kind.SPAN: _("different spans"),
        Kind.FACET: _("different facets"),
    }[kind]


def passage_lines(transcript: Transcript, one: Disagreement, width: int) -> list[Line]:
    """Give the turns of a disagreement with a little of those beside: strong what all coded, tinted what some did."""
    touched = [index for index, _turn in transcript.turns_in(one.start, one.end)]
    if not touched:
        return flowing([(transcript.text[one.start : one.end], "strong")], width)
    lines: list[Line] = []
    around, beside = _ROOMY if width >= _WIDE else _TIGHT
    for index in range(max(0, touched[0] - 1), min(len(transcript.turns), touched[-1] + 2)):
        turn = transcript.turns[index]
        if turn.speaker:
            lines.append([(turn.speaker, "dim")])
        if index in touched:
            low, high = max(turn.start, one.start - around), min(turn.end, one.end + around)
            pieces = _marked(transcript.text, one, low, high)
        elif index < touched[0]:
            low, high = max(turn.start, turn.end - beside), turn.end
            pieces = [(transcript.text[low:high], "dim")]
        else:
            low, high = turn.start, min(turn.end, turn.start + beside)
            pieces = [(transcript.text[low:high], "dim")]
        before = [("…", "dim")] if low > turn.start else []
        after = [("…", "dim")] if high < turn.end else []
        lines += flowing([*before, *pieces, *after], width, "  ")
    return lines


def _marked(text: str, one: Disagreement, low: int, high: int) -> list[Piece]:
    """Cut a stretch where codings begin and end; each part looks by who coded it."""
    edges = sorted({low, high, *(place for coding in one.codings for place in (coding.start, coding.end))})
    edges = [place for place in edges if low <= place <= high]
    pieces: list[Piece] = []
    for start, end in pairwise(edges):
        who = {coding.coder for coding in one.codings if coding.start <= start and end <= coding.end}
        look = ""
        if len(who) > 1:
            look = "strong"
        elif who:
            look = UNDERLINED + TINTS[one.coders.index(who.pop()) % len(TINTS)]
        pieces.append((text[start:end], look))
    return pieces


def coding_lines(entries: Sequence[Entry], transcript: Transcript, shelf: Shelf, width: int) -> list[Line]:
    """Give what each coder gave: codes, facets, words and memos."""
    lines: list[Line] = []
    # Where all stand on the same words, the passage shows them already.
    apart = len({(coding.start, coding.end) for entry in entries for coding in entry.codings}) > 1
    for entry in entries:
        head: Line = [(f"{entry.key} ", "alert"), (entry.coder, "strong")]
        if not entry.codings:
            lines.append([*head, (f"  {_('nothing here')}", "dim")])
        else:
            lines.append(head)
        for coding in entry.codings:
            look = shelf.look(coding.code)
            facets = " · ".join(coding.facets.values())
            lines.append(
                [("  ", ""), (f"{look.glyph} ", look.tint), (shelf.label(coding.code), ""), (f"  {facets}", "dim")]
            )
            if apart:
                lines += flowing([(quote(transcript.text[coding.start : coding.end]), "dim")], width, "    ")
            if coding.memo:
                lines += flowing([(f"✎ {coding.memo}", "")], width, "    ")
    return lines


def definitions(codes: Sequence[str], shelf: Shelf, width: int) -> list[Line]:
    """Give the definitions of codes, one after the other."""
    lines: list[Line] = []
    for key in codes:
        code = shelf.code_of(key)
        if code is not None:
            lines += [*([[]] if lines else []), *definition_lines(code, shelf.look(key), width)]
    return lines


def decided_line(one: Difference, draft: Decision) -> Callable[[int], list[Line]]:
    """Say what was decided, why, how surely and with which keywords."""
    names = {BOTH: _("both"), NEITHER: _("neither"), OTHER: _("another code")}
    if one.resolution is not None:
        verdict = names.get(one.resolution.verdict, one.resolution.verdict)
        head = _("Decided by {coder}: {verdict}").format(coder=one.resolution.coder, verdict=verdict)
    elif one.stale is not None:
        verdict = names.get(one.stale.verdict, one.stale.verdict)
        head = _("Open again, a coding has changed since: {coder} had decided {verdict}").format(
            coder=one.stale.coder, verdict=verdict
        )
    else:
        head = _("Open")
    certainty = {None: "", Certainty.SURE: _("sure"), Certainty.UNSURE: _("unsure")}[draft.certainty]
    rest = " · ".join(part for part in (certainty, ", ".join(draft.keywords)) if part)

    def lines(width: int) -> list[Line]:
        found = flowing([(head, "strong"), (f"  {rest}" if rest else "", "dim")], width)
        if draft.why:
            found += flowing([(draft.why, "")], width, "  ")
        return found

    return lines

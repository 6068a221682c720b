"""Remarks: what a word processor's file holds that its text does not, one line for each kind of thing."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

from koding.i18n import _, ngettext


class Thing(StrEnum):
    """A kind of thing on the page, or in the file, that is not in the line of the text."""

    BOX = "text box"
    CITED = "footnote below the text"
    LOST = "footnote without a text"
    DELETION = "tracked deletion"
    COMMENT = "comment"
    PICTURE = "picture"
    RUNNING = "page header or footer"
    SYMBOL = "sign from a symbol font"


def remarks(counts: Counter[Thing]) -> tuple[str, ...]:
    """Give a line for the researcher for every kind of thing that there is one of."""
    return tuple(_line(thing, counts[thing]).format(count=counts[thing]) for thing in Thing if counts[thing])


def _line(thing: Thing, count: int) -> str:
    lines = {
        Thing.BOX: ngettext(
            "{count} text box was put after its paragraph.",
            "{count} text boxes were put after their paragraphs.",
            count,
        ),
        Thing.CITED: ngettext(
            "{count} footnote stands below the text.", "{count} footnotes stand below the text.", count
        ),
        Thing.LOST: ngettext("{count} footnote was left out.", "{count} footnotes were left out.", count),
        Thing.DELETION: ngettext(
            "{count} tracked deletion was left out.", "{count} tracked deletions were left out.", count
        ),
        Thing.COMMENT: ngettext("{count} comment was left out.", "{count} comments were left out.", count),
        Thing.PICTURE: ngettext("{count} picture was left out.", "{count} pictures were left out.", count),
        Thing.RUNNING: _("Page headers and footers were left out."),
        Thing.SYMBOL: ngettext(
            "{count} sign from a symbol font stands as \N{REPLACEMENT CHARACTER}.",
            "{count} signs from a symbol font stand as \N{REPLACEMENT CHARACTER}.",
            count,
        ),
    }
    return lines[thing]

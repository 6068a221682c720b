"""The look of a code: a glyph that stands without colour, and one of twelve tints for its family.

A family's codes share a series of related shapes (the family filled, its children variants) and a tint. The tints lie
apart under protanopia and deuteranopia too, and the glyphs carry the difference where a terminal has fewer colours or
none. All glyphs take one cell and none has an emoji form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rich.cells import split_graphemes

from koding.model.codebook import Codebook

#: Shapes by family; the first is the family's own.
SERIES = (
    "●○◐◑◒◓◔◕◉◎◍", "■□▣▤▥▦▧▨▩◧◨", "▲△◭◮◬▴▵", "◆◇◈◊⬖⬗⬘⬙", "▼▽▾▿⧨⧩", "★☆✦✧✪✫✬✭✮✯",
    "►▻▸▹⊳⊵", "✚✛✜✙✢✣✤✥", "◄◅◂◃⊲⊴", "✱✲✻✼✽✾✿❀", "⬢⬡⏣⌬", "♩♪♫♬♭♮♯",
)  # fmt: skip
#: Tints on a dark ground.
TINTS = (
    "#8fe3d4", "#7c84f8", "#d9765c", "#7396c8", "#f5f0a0", "#e2823a",
    "#d18fa0", "#9ed3f7", "#cfc9a0", "#b3a6f7", "#e9b85f", "#8ed832",
)  # fmt: skip
NAMELESS = "#9aa4b2"


@dataclass(frozen=True, slots=True)
class Look:
    """How a code is drawn: `glyph` is one cell, `tint` "#rrggbb"."""

    glyph: str
    tint: str


def looks(codebook: Codebook) -> dict[str, Look]:
    """Give the look of every code.

    A family gets the tint nearest to the colour its codebook names, each tint once while they last.
    """
    found: dict[str, Look] = {}
    free = list(TINTS)
    for number, family in enumerate(codebook.families):
        free = free or list(TINTS)
        wanted = codebook.colour(family.key)
        tint = min(free, key=lambda tint: _distance(tint, wanted)) if _rgb(wanted) else free[0]
        free.remove(tint)
        members = [code.key for code in codebook.codes if codebook.family(code.key).key == family.key]
        series = SERIES[number % len(SERIES)]
        for place, key in enumerate(members):
            glyph = series[0] if place == 0 else series[1 + (place - 1) % (len(series) - 1)]
            found[key] = Look(glyph, tint)
    return found


UNKNOWN_LOOK = Look("◌", NAMELESS)


def blend(ground: str, tint: str, share: float) -> str:
    """Give `ground` with `share` (0 to 1) of `tint` over it, all "#rrggbb"."""
    low, high = _rgb(ground), _rgb(tint)
    if low is None or high is None:
        return tint
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(low, high, strict=True))


@lru_cache(maxsize=64)
def inked(tint: str, *, dark: bool) -> str:
    """Give the tint as a colour for glyphs and labels: as it is on a dark ground, deeper on a light one."""
    return tint if dark else blend(tint, "#000000", 0.45)


@lru_cache(maxsize=256)
def _rgb(colour: str) -> tuple[int, int, int] | None:
    digits = colour.removeprefix("#")
    if len(digits) != 6:  # noqa: PLR2004 - two digits for each of red, green, blue
        return None
    try:
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    except ValueError:
        return None


def _distance(one: str, other: str) -> float:
    """Tell two colours apart by the weighted distance in RGB known as "redmean"."""
    first, second = _rgb(one), _rgb(other)
    if first is None or second is None:
        return 0.0
    red = (first[0] + second[0]) / 2
    dr, dg, db = (a - b for a, b in zip(first, second, strict=True))
    return (2 + red / 256) * dr * dr + 4 * dg * dg + (2 + (255 - red) / 256) * db * db


def cell_widths(text: str) -> Sequence[int]:
    """Give the cells of every code point as the terminal draws it; 0 for what joins the character before."""
    widths = [0] * len(text)
    for start, _end, cells in split_graphemes(text)[0]:
        widths[start] = cells
    return widths


#: Control characters are drawn as a dot, code point for code point, so that they never reach the terminal.
_CONTROLS = (
    *range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F,
)  # fmt: skip
_VISIBLE = dict.fromkeys(_CONTROLS, "·") | {9: " ", 10: " ", 0xAD: "-", 0x2028: " ", 0x2029: " "}


def visible(text: str) -> str:
    """Give `text` as it may be sent to a terminal: equally many code points, no control characters."""
    return text.translate(_VISIBLE)

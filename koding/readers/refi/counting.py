"""How the writer of a foreign file counted its positions, found from what it quotes and where its words begin.

The standard says Unicode code points from 0, end exclusive. In the field: NVivo for Windows counts UTF-16 code units
with CRLF as two; ATLAS.ti writes CRLF and counts each as one; some count the byte order mark; some count bytes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from koding.i18n import N_
from koding.model.refi import xml_text

CODE_POINTS = N_("code points")
UTF16 = N_("UTF-16 units")
BYTES = N_("bytes")
_WORD = re.compile(r"\w")
_SPACES = re.compile(r"\s+")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_WIDE = re.compile(r"[^\x00-\x7f]")
_CRLF = re.compile("\r\n")
_CUT = ("…", "...")
# A quoted text shorter than this may stand anywhere.
_TELLING = 3
# By how much of the selections another count must beat the expected one at word boundaries.
_MARGIN = 0.1
_LEAST = 2

Mapping = Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Counting:
    """A way to count; `crlf` is 1 or 2 positions for CRLF, `mark` how many positions the byte order mark took."""

    unit: str = CODE_POINTS
    crlf: int = 1
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """The way that was found, what gives the place in the text for a position, and by what ("" where none differ)."""

    counting: Counting
    place: Mapping
    by: str


class Claimed(Protocol):
    """A selection as the file has it: positions as counted there, and the name, which may be the quoted text."""

    start: int
    end: int
    name: str


@dataclass(slots=True)
class Claim:
    """A selection that is nothing more than that."""

    start: int
    end: int
    name: str


BY_QUOTES, BY_WORDS, BY_ORIGIN = N_("quoted text"), N_("word boundaries"), N_("the tool that wrote it")


def find_counting(raw: str, *, marked: bool, claims: Sequence[Claimed], origin: str) -> Counted:
    r"""Find how the positions in `claims` were counted in a file's text.

    `raw` is the decoded text with the file's own line ends and without byte order mark, `marked` whether it had one,
    `origin` the tool. Places are in the text with `\n` line ends.
    """
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    expected = _expected(origin, crlf="\r\n" in raw)
    first = _mapping(raw, expected)
    telling = [claim for claim in claims if len(claim.name.strip()) >= _TELLING]
    if not claims or (raw.isascii() and raw == text and not marked):
        return Counted(expected, first, "")
    hits = _quoted(text, telling, first)
    if telling and hits == len(telling):
        return Counted(expected, first, "" if _plain(raw, marked=marked) else BY_QUOTES)
    # Of our own files we know how they count: only what they quote can say otherwise.
    own = origin.startswith("koding")
    best, differs = _best(raw, text, claims, Counted(expected, first, BY_ORIGIN), marked=marked, by_words=not own)
    if not differs:
        return Counted(expected, first, "")
    if best.place is first and hits:
        return Counted(expected, first, BY_QUOTES)
    return best


def _best(  # noqa: PLR0913 - what there is to go by
    raw: str, text: str, claims: Sequence[Claimed], expected: Counted, *, marked: bool, by_words: bool
) -> tuple[Counted, bool]:
    """Give the count that fits best, and whether any other than the expected one gives other places."""
    telling = [claim for claim in claims if len(claim.name.strip()) >= _TELLING]
    spans = {(expected.place(claim.start), expected.place(claim.end)) for claim in claims}
    best, hits, words = expected, _quoted(text, telling, expected.place), _bounded(text, claims, expected.place)
    differs = False
    for counting in _candidates(raw, marked=marked):
        place = _mapping(raw, counting)
        if {(place(claim.start), place(claim.end)) for claim in claims} == spans:
            continue
        differs = True
        found, edges = _quoted(text, telling, place), _bounded(text, claims, place)
        if found > hits:
            best, hits, words = Counted(counting, place, BY_QUOTES), found, edges
        elif by_words and found == hits and edges >= words + max(_LEAST, _MARGIN * 2 * len(claims)):
            best, words = Counted(counting, place, BY_WORDS), edges
    return best, differs


def _plain(raw: str, *, marked: bool) -> bool:
    """Whether counting code points and UTF-16 units, line ends and marks is all the same here."""
    return not marked and "\r" not in raw and _ASTRAL.search(raw) is None


def _expected(origin: str, *, crlf: bool) -> Counting:
    tool = origin.casefold()
    if "nvivo" in tool:
        return Counting(UTF16, 2 if crlf else 1)
    if "atlas" in tool or "koding" in tool:
        return Counting(CODE_POINTS, 1)
    return Counting(CODE_POINTS, 2 if crlf else 1)


def _candidates(raw: str, *, marked: bool) -> Iterator[Counting]:
    units = [CODE_POINTS]
    if _ASTRAL.search(raw):
        units.append(UTF16)
    if not raw.isascii():
        units.append(BYTES)
    for unit in units:
        for crlf in (1, 2) if "\r\n" in raw else (1,):
            yield Counting(unit, crlf)
            if marked:
                yield Counting(unit, crlf, 3 if unit == BYTES else 1)


def _mapping(raw: str, counting: Counting) -> Mapping:
    """Give what turns a position so counted into a place in the text with LF line ends."""
    base = raw if counting.crlf == 2 else raw.replace("\r\n", "\n")  # noqa: PLR2004 - CR and LF
    crlf = [match.start() for match in _CRLF.finditer(base)]
    pattern = {UTF16: _ASTRAL, BYTES: _WIDE}.get(counting.unit)
    wide = [match.start() for match in pattern.finditer(base)] if pattern else []
    starts, extra, sums = [], 0, [0]
    for index in wide:
        starts.append(index + extra)
        extra += 1 if counting.unit == UTF16 else len(base[index].encode("utf-8", "surrogatepass")) - 1
        sums.append(extra)
    mark = counting.mark

    def place(position: int) -> int:
        position = max(0, position - mark)
        passed = bisect_left(starts, position)
        if passed:
            # A position inside a wide character is that character's.
            position = max(wide[passed - 1], position - sums[passed])
        return position - bisect_left(crlf, position)

    return place


def _said(text: str) -> str:
    return _SPACES.sub(" ", xml_text(text)).strip()


def _quoted(text: str, claims: Sequence[Claimed], place: Mapping) -> int:
    """Count the selections whose name is the text at their place, cut or whole."""
    hits = 0
    for claim in claims:
        found, name = text[place(claim.start) : place(claim.end)], claim.name
        if found == name:
            hits += 1
            continue
        found, name = _said(found), _said(name)
        if found == name:
            hits += 1
        elif name.endswith(_CUT):
            cut = name.removesuffix("…").rstrip(".").rstrip()
            hits += len(cut) >= _TELLING and found.startswith(cut)
    return hits


def _bounded(text: str, claims: Sequence[Claimed], place: Mapping) -> int:
    """Count the edges that stand between words rather than inside one."""
    return sum(_edge(text, place(claim.start)) + _edge(text, place(claim.end)) for claim in claims)


def _edge(text: str, at: int) -> bool:
    if not 0 <= at <= len(text):
        return False
    inside = 0 < at < len(text) and _WORD.match(text[at - 1]) and _WORD.match(text[at])
    return not inside

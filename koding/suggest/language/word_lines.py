"""What is known of words, written a line a word, so that some words are found again without reading the others.

    form <tab> lemma <tab> Nynorsk lemma <tab> 1 in a dictionary, 0 in none <tab> parts of the compound, - for none

What nobody has asked is empty. Newer lines are written after older ones, and count before them.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

_LEVEL: Final = 1
_TAB: Final = "\t"
_NO_PARTS: Final = "-"
#: Begins what takes the place of all that was written before.
_WHOLE: Final = b"="
#: Pieces that are searched one after the other before they are written together.
_PIECES: Final = 8


class Line(NamedTuple):
    """What is known of a word; None where nobody has asked."""

    lemma: str | None = None
    nynorsk: str | None = None
    known: bool | None = None
    parts: frozenset[str] | None = None


#: What is known of a word that nobody has asked for.
NOTHING: Final = Line()


class WordLines:
    """Lines that were written at some time."""

    def __init__(self, data: bytes = b"") -> None:
        self.pieces: list[list[str]] = []
        rest = data.removeprefix(_WHOLE)
        try:
            while rest:
                reader = zlib.decompressobj()
                text = (reader.decompress(rest) + reader.flush()).decode("utf-8", "surrogatepass")
                if not reader.eof:
                    break
                rest = reader.unused_data
                self.pieces.append(text.split("\n"))
        except (zlib.error, ValueError):
            # What is no such memory is left alone: dictionaries know it all.
            return

    def __bool__(self) -> bool:
        return bool(self.pieces)

    def of(self, form: str) -> Line:
        """Give what is known of a word."""
        if not self.pieces:
            return NOTHING
        start = form + _TAB
        for piece in reversed(self.pieces):
            at = bisect_left(piece, start)
            if at < len(piece) and piece[at].startswith(start):
                return _read(piece[at])
        return NOTHING

    def with_lines(self, lines: Iterable[tuple[str, Line]]) -> bytes:
        """Write lines of words, to be added to these with `joined`."""
        found = {form: _written(form, line) for form, line in lines if _TAB not in form and "\n" not in form}
        if not found:
            return b""
        start = b""
        if len(self.pieces) >= _PIECES:
            start = _WHOLE
            older = {line.partition(_TAB)[0]: line for piece in self.pieces for line in piece}
            found = older | found
        return start + _packed(found.values())


def joined(before: bytes, data: bytes) -> bytes:
    """Give what is remembered once `data` has been written."""
    return data.removeprefix(_WHOLE) if data.startswith(_WHOLE) else before + data


def merged(written: Sequence[bytes]) -> bytes:
    """Give as one what several have written that remembered the same before, for `joined`."""
    written = [data for data in written if data]
    if len(written) < 2:  # noqa: PLR2004 - one is what it is
        return written[0] if written else b""
    found: dict[str, str] = {}
    for line in (line for data in written for piece in WordLines(data).pieces for line in piece):
        form = line.partition(_TAB)[0]
        other = found.get(form, line)
        found[form] = line if line == other else _written(form, _both(_read(line), _read(other)))
    start = _WHOLE if any(data.startswith(_WHOLE) for data in written) else b""
    return start + _packed(found.values())


def _both(one: Line, other: Line) -> Line:
    """Give what either tells of a word."""
    told = {name: value for name, value in one._asdict().items() if value is not None}
    return other._replace(**told)


def _packed(lines: Iterable[str]) -> bytes:
    # The tab is part of what is compared, as it is when a word is looked up.
    return zlib.compress("\n".join(sorted(lines)).encode("utf-8", "surrogatepass"), _LEVEL)


def _written(form: str, line: Line) -> str:
    known = "" if line.known is None else str(int(line.known))
    parts = "" if line.parts is None else " ".join(sorted(line.parts)) or _NO_PARTS
    return _TAB.join((form, line.lemma or "", line.nynorsk or "", known, parts))


def _read(text: str) -> Line:
    fields = text.split(_TAB)
    if len(fields) != len(Line._fields) + 1:
        return NOTHING
    _form, lemma, nynorsk, known, parts = fields
    split = frozenset(() if parts == _NO_PARTS else parts.split()) if parts else None
    return Line(lemma or None, nynorsk or None, known == "1" if known else None, split)

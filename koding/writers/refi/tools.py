"""What some tools are known to need otherwise than the standard says (docs/interchange.md tells how it is known)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from koding.model.refi import CODEBOOK_NAMESPACE

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_OLD_CODEBOOK = "urn:QDA-XML:codebook:0:4"


@dataclass(frozen=True, slots=True)
class Tool:
    """How a tool wants its files: CRLF line ends, how they count, UTF-16 units, a byte order mark, which codebook.

    `name` is put beside koding's own in @origin, so that we read our own file as we wrote it.
    """

    name: str = ""
    crlf: bool = False
    crlf_counts_two: bool = False
    utf16: bool = False
    mark: bool = False
    codebook: str = CODEBOOK_NAMESPACE


STANDARD = Tool()
TOOLS = {
    "nvivo": Tool("NVivo", crlf=True, crlf_counts_two=True, utf16=True, mark=True),
    "maxqda": Tool("MAXQDA", crlf=True, codebook=_OLD_CODEBOOK),
    "atlasti": Tool("ATLAS.ti", crlf=True, codebook=_OLD_CODEBOOK),
    "qualcoder": STANDARD,
}


def text_bytes(text: str, tool: Tool) -> bytes:
    """Give a text as the file of it."""
    data = (text.replace("\n", "\r\n") if tool.crlf else text).encode("utf-8")
    # A text that itself begins with this character would lose it: every reader takes the first one for a mark.
    return b"\xef\xbb\xbf" + data if tool.mark or text.startswith("\ufeff") else data


def counter(text: str, tool: Tool) -> Callable[[int], int]:
    """Give what turns a place in the text (code points) into a position as the tool counts it."""
    if not tool.utf16 and not tool.crlf_counts_two:
        return lambda place: place
    astral = [match.start() for match in _ASTRAL.finditer(text)] if tool.utf16 else []
    ends = [index for index, one in enumerate(text) if one == "\n"] if tool.crlf_counts_two else []
    return lambda place: place + bisect_left(astral, place) + bisect_left(ends, place)

"""HTML as the run of its text, with every position in it: for tools that count bytes of text and no tags.

The text of such a page has no sign between one paragraph and the next. Here a block begins a new line; `start` and
`end` carry positions over.
"""

from __future__ import annotations

import hashlib
import html
import re
from bisect import bisect_left, bisect_right

# No part runs over the next tag's beginning but a quoted value, so that the time grows with the page and nothing else.
_TAG = re.compile(
    r"<(?:[!?][^<>]*>|(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]{0,40})"
    r"(?:[^\"'<>]|\"[^\"]{0,20000}\"|'[^']{0,20000}')*+>)"
)
_BLOCK_NAMES = (
    "address article aside blockquote body br caption dd details div dl dt figcaption figure footer form h1 h2 h3 h4 "
    "h5 h6 header hr html li main nav ol p pre section summary table tbody tfoot thead title tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_CELLS = frozenset({"td", "th"})
_BLANK = " \t\n\f"


class BareText:
    """The text of a page: `text` as it is stored, `size` what the page's own text has in bytes of UTF-8."""

    def __init__(self, source: str) -> None:
        self.size = 0
        self._pieces: list[str] = []
        self._length = 0
        self._last = ""
        # Where each run of text begins: in bytes of the page's text, and in code points of ours.
        self._bytes: list[int] = []
        self._points: list[int] = []
        self._runs: list[str] = []
        self._read(_without_comments(source.replace("\r\n", "\n").replace("\r", "\n")))
        self.text = "".join(self._pieces)

    @property
    def sha256(self) -> str:
        """Give the hex digest of the text in UTF-8."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    def start(self, position: int) -> int:
        """Give where in `text` a span begins whose first byte is at `position`."""
        return self._point(bisect_right(self._bytes, position) - 1, position)

    def end(self, position: int) -> int:
        """Give where in `text` a span ends whose last byte is before `position`."""
        return self._point(bisect_left(self._bytes, position) - 1, position)

    def _point(self, index: int, position: int) -> int:
        if index < 0:
            return 0
        within = position - self._bytes[index]
        run = self._runs[index]
        if not run.isascii():
            within = len(run.encode("utf-8")[:within].decode("utf-8", "ignore"))
        return self._points[index] + min(within, len(run))

    def _read(self, source: str) -> None:
        position = 0
        begun = after_pre = False
        for found in _TAG.finditer(source):
            run = source[position : found.start()]
            # A parser of pages passes over blanks before the first element, and over a line end after <pre>.
            begun = self._run(run.removeprefix("\n") if after_pre else run, begun=begun) or begun
            position = found.end()
            name = (found["name"] or "").lower()
            begun = begun or bool(name)
            after_pre = name == "pre" and not found["close"]
            if name in _BLOCKS:
                self._break()
            elif name in _CELLS and not found["close"] and self._last not in {"", "\n"}:
                self._put("\t")
        self._run(source[position:], begun=begun)
        self._break()

    def _run(self, written: str, *, begun: bool) -> bool:
        run = html.unescape(written if begun else written.lstrip(_BLANK)).replace("\0", "\N{REPLACEMENT CHARACTER}")
        if not run:
            return False
        run = run.encode("utf-8", "replace").decode("utf-8")
        self._bytes.append(self.size)
        self._points.append(self._length)
        self._runs.append(run)
        self.size += len(run.encode("utf-8"))
        self._put(run)
        return True

    def _break(self) -> None:
        if self._last not in {"", "\n"}:
            self._put("\n")

    def _put(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)
        self._last = piece[-1]


def _without_comments(source: str) -> str:
    pieces: list[str] = []
    position = 0
    while (opened := source.find("<!--", position)) >= 0 and (closed := source.find("-->", opened + 4)) >= 0:
        pieces.append(source[position:opened])
        position = closed + 3
    return "".join(pieces) + source[position:]

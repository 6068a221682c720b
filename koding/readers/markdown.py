"""Markdown: the text stays as it is written, marks and all; here is what of it is not speech.

A researcher who opens the file sees asterisks and number signs, so the source has them too and every position is the
file's. A front matter block and headings are lines about the interview, and bold is only a way to write a speaker's
mark (`**Amina:**`), which `marks` reads in any text.
"""

from __future__ import annotations

import re

from koding.readers.text import Decoded, read_text

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:(?!(?:---|\.\.\.)[ \t]*(?:\n|\Z)).*\n)*(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?P<title>[^\n]*)")
_RULE = re.compile(r" {0,3}(?:-{3,}|\*{3,}|_{3,}|={3,})[ \t]*(?=\n|\Z)")


def read_markdown(data: bytes, where: str = "") -> Decoded:
    """Decode a Markdown file; see `read_text`."""
    return read_text(data, where)


def front_matter_end(text: str) -> int:
    """Give where a leading front matter block ends (after its closing line), 0 where there is none."""
    found = _FRONT_MATTER.match(text)
    return found.end() if found else 0


def heading_at(text: str, position: int) -> str | None:
    """Give the title of the heading on the line that begins at `position`, None where the line is no heading."""
    found = _HEADING.match(text, position)
    return found["title"].rstrip(" \t#") if found else None


def is_divider(text: str, position: int) -> bool:
    """Whether the line that begins at `position` is a heading or a drawn rule: not speech."""
    return bool(_HEADING.match(text, position) or _RULE.match(text, position))

"""Cells that no spreadsheet takes for a formula.

Excel, LibreOffice and Google Sheets run a cell that begins with one of = + - @ (or with a tab or carriage return
before it), also when it comes from a CSV file. Such text gets an apostrophe in front, which spreadsheets show as text.
Text that already has apostrophes in front of such a sign gets one more, so that `unguarded` gives back the original.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guarded(text: str) -> str:
    """Give the text as a cell that is never a formula."""
    return "'" + text if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Give back the text that `guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text

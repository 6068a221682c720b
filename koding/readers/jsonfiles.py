"""JSON as transcribing programs write it: parsed within bounds."""

from __future__ import annotations

import json
from typing import Any

from koding.errors import KodingError
from koding.i18n import _
from koding.readers.text import read_text

_LARGEST = 100 * 1024 * 1024


def parse_json(data: bytes, where: str = "") -> Any:
    """Parse a JSON file. Raises KodingError for what is no JSON, is nested beyond reason or larger than 100 MB."""
    where = where or _("The file")
    if len(data) > _LARGEST:
        raise KodingError(
            _("{where} is far larger than a transcript; it was not read.").format(where=where),
            _("Write the transcript as .vtt or .srt and import that."),
        )
    try:
        return json.loads(read_text(data, where).text)
    except json.JSONDecodeError as fault:
        raise KodingError(
            _("{where}, line {line}: the JSON is broken.").format(where=where, line=fault.lineno),
            _("Write it again with the program that made it."),
        ) from fault
    except (ValueError, RecursionError) as fault:
        raise KodingError(
            _("{where} is no JSON that a transcript could be in.").format(where=where),
            _("Write it again with the program that made it."),
        ) from fault


def scalar_text(value: object) -> str:
    """Give a JSON text as one that can be stored, "" for any other value: half a surrogate pair becomes a sign."""
    if not isinstance(value, str):
        return ""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "")
    return value.replace("\0", "")

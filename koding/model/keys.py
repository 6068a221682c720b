"""Keys for codes that come with names only: letters, digits, `-` and `_`, dotted after their place in the tree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_OTHER = re.compile(r"[^\w-]+")
_BLANK = "kode"


def key_segment(name: str) -> str:
    """Give a name as one segment of a key: lower case, what is no letter or digit as `_`, "kode" for nothing left."""
    plain = unicodedata.normalize("NFC", name).lower()
    return _OTHER.sub("_", plain).strip("_-") or _BLANK


def key_below(parent: str | None, name: str, taken: Collection[str]) -> str:
    """Give a key for a code of this name below `parent` (a key, None for the top) that none of `taken` has."""
    stem = key_segment(name)
    stem = f"{parent}.{stem}" if parent else stem
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}_{number}"
    return key

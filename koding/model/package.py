"""What a replication package needs: keyed hashes, GUIDs that give nothing away, quotes found, and texts that stand in.

A plain hash of a transcript lets anyone who guesses the text confirm the guess, and so does a GUID that is made from
that hash. Both are therefore keyed (HMAC-SHA256, RFC 2104): only who has the key can tell whether a text is the one.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import uuid
from collections.abc import Iterable, Sequence

#: As many words in a row as a quote has at least; shorter runs occur in anybody's speech.
QUOTE_WORDS = 6
_WORD = re.compile(r"\w+")
_GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def keyed_hash(key: bytes, text: str) -> str:
    """Give the HMAC-SHA256 of a stored text (its UTF-8 bytes) as hexadecimal."""
    return hmac.new(key, text.encode("utf-8"), hashlib.sha256).hexdigest()


class Mask:
    """Gives GUIDs another face by a key: the same key gives the same, nobody without it can go back or confirm."""

    def __init__(self, key: bytes, guids: Iterable[str]) -> None:
        """Take the key and the GUIDs to be masked; all others stay."""
        self._faces = {guid: _face(key, guid) for guid in guids}

    def guid(self, guid: str) -> str:
        """Give a GUID's face."""
        return self._faces.get(guid, guid)

    def within(self, text: str) -> str:
        """Give `text` with every GUID in it masked."""
        return _GUID.sub(lambda found: self.guid(found[0]), text)


def _face(key: bytes, guid: str) -> str:
    digest = hmac.new(key, b"guid\x1f" + guid.encode(), hashlib.sha256).digest()
    return str(uuid.UUID(bytes=digest[:16], version=5))


class Quotes:
    """Finds words taken from transcripts."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._runs = {run for text in texts for run in _runs(text)}

    def inside(self, text: str) -> bool:
        """Tell whether `text` shares a run of QUOTE_WORDS words with a transcript."""
        return not self._runs.isdisjoint(_runs(text))


def _runs(text: str) -> Iterable[int]:
    words = _WORD.findall(text.casefold())
    return (hash(tuple(words[place : place + QUOTE_WORDS])) for place in range(len(words) - QUOTE_WORDS + 1))


def stand_in(characters: int, sentences: Sequence[tuple[int, int]]) -> str:
    """Give a text of so many code points that says nothing, and whose sentences lie at these spans."""
    text = ["x"] * characters
    end_before = 0
    for start, end in sentences:
        text[end_before:start] = " " * (start - end_before)
        text[start] = "X"
        text[end - 1] = "."
        end_before = end
    return "".join(text)


def masked_labels(labels: Sequence[str], people: Sequence[str]) -> list[str]:
    """Give labels that name nobody: the informant (or role) of each, numbered where several have the same."""
    given: list[str] = []
    for label, person in zip(labels, people, strict=True):
        name, number = person if label else "", 1
        while label and name in given:
            number += 1
            name = f"{person} {number}"
        given.append(name)
    return given

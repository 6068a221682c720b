"""GUIDs: the same content always gets the same one (uuid5), so that files can be merged; new acts get a fresh one."""

from __future__ import annotations

import uuid

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://koding.invalid/identity")


def content_guid(kind: str, *parts: str) -> str:
    """Give the GUID of a thing that is known by its content.

    `kind` names the entity ("source", "code", "coder" ...); `parts` are what makes it that one and no other. Parts are
    joined by U+001F, which no name holds, so that ("ab", "c") and ("a", "bc") differ.
    """
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join((kind, *parts))))


def fresh_guid() -> str:
    """Give a GUID for an act (a coding, a memo, a change) that happens once."""
    return str(uuid.uuid4())

"""Lines through a pipe.

Without Python's buffers: a thread that waits in one holds its lock, which aborts the process at its end.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final

_CHUNK: Final = 2**18


def lines(descriptor: int) -> Iterator[bytes]:
    """Give the lines of a file descriptor, without their line ends; what comes after the last of those is left out."""
    pending = bytearray()
    while chunk := os.read(descriptor, _CHUNK):
        pending += chunk
        *found, rest = pending.split(b"\n") if b"\n" in chunk else [pending]
        yield from map(bytes, found)
        pending = rest


def write(descriptor: int, line: bytes) -> None:
    """Write a line, with its line end, to a file descriptor. Raises OSError where nobody reads it."""
    rest = memoryview(line)
    while rest:
        rest = rest[os.write(descriptor, rest) :]

"""Whole numbers as bytes: unsigned, the lowest byte first on every machine; four each, or as few as a row needs."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Collection, Sequence
from typing import Final

#: The kind of array that holds them.
NUMBER: Final = "I"
#: Bytes of such a number, and the kinds of array by how many bytes their numbers take.
_SIZE: Final = array(NUMBER).itemsize
_KINDS: Final = {array(kind).itemsize: kind for kind in ("B", "H", NUMBER)}


def bytes_of(numbers: array[int]) -> bytes:
    """Give numbers as bytes."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def numbers_of(content: bytes, kind: str = NUMBER) -> array[int]:
    """Give the numbers that `bytes_of` made bytes of. Raises ValueError where the bytes come to no whole number."""
    found = array(kind)
    found.frombytes(content)
    if sys.byteorder == "big":
        found.byteswap()
    return found


def bytes_of_rows(*rows: Collection[int]) -> bytes:
    """Give rows of numbers as bytes, each number in as few of them as the highest of its row needs."""
    narrow = [_narrow(row) for row in rows]
    heading = array(NUMBER, [number for row in narrow for number in (row.itemsize, len(row))])
    return b"".join(map(bytes_of, (heading, *narrow)))


def rows_of(content: bytes, count: int) -> tuple[Sequence[array[int]], int]:
    """Give so many rows that `bytes_of_rows` made bytes of, and where in `content` they end.

    Raises:
        ValueError: the bytes are no such rows.
    """
    at = 2 * count * _SIZE
    heading = numbers_of(content[:at])
    rows: list[array[int]] = []
    for size, length in zip(heading[::2], heading[1::2], strict=True):
        row = numbers_of(content[at : at + size * length], _KINDS.get(size, NUMBER))
        if len(row) < length:
            raise ValueError("numbers are missing")
        rows.append(row)
        at += size * length
    if len(rows) < count:
        raise ValueError("rows are missing")
    return rows, at


def _narrow(row: Collection[int]) -> array[int]:
    for kind in _KINDS.values():
        try:
            return array(kind, row)
        except OverflowError:
            continue
    raise OverflowError("a number is too large")

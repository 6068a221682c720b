"""Whole numbers as bytes: unsigned, four bytes each, the lowest first on every machine."""

from __future__ import annotations

import sys
from array import array
from typing import Final

#: The kind of array that holds them.
NUMBER: Final = "I"


def bytes_of(numbers: array[int]) -> bytes:
    """Give numbers as bytes."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def numbers_of(content: bytes) -> array[int]:
    """Give the numbers that `bytes_of` made bytes of. Raises ValueError where the bytes come to no whole number."""
    found = array(NUMBER)
    found.frombytes(content)
    if sys.byteorder == "big":
        found.byteswap()
    return found

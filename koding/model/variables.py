"""Variables: what is known of an informant, and the order in which a person expects to see the values."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
# æ, ø and å follow z; ä and ö, which Swedish and German names bring, stand with æ and ø as in Norwegian registers.
_LAST_LETTERS = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})

SortKey = tuple[int, float, str, str]


class VariableKind(StrEnum):
    """What the values of a variable are."""

    TEXT = "text"
    NUMBER = "number"
    ORDERED = "ordered"


def parse_number(value: str) -> float | None:
    """Give the number that `value` writes (decimal point or decimal comma), or None where it writes none."""
    return float(value.replace(",", ".")) if _NUMBER.fullmatch(value) else None


def norwegian_key(text: str) -> str:
    """Give a key that sorts `text` as Norwegian does: case aside, accents aside, æ, ø, å last.

    `aa` is two letters: in names of people and places it may be read as å, which only the reader can know.
    """
    folded = unicodedata.normalize("NFC", text.casefold()).translate(_LAST_LETTERS)
    if folded.isascii():
        return folded
    return "".join(letter for letter in unicodedata.normalize("NFD", folded) if not unicodedata.combining(letter))


@dataclass(frozen=True)
class Variable:
    """A column of what is known of the informants; `categories` are an ordered variable's values, lowest first."""

    name: str
    kind: VariableKind = VariableKind.TEXT
    categories: tuple[str, ...] = ()

    @cached_property
    def _rank(self) -> dict[str, int]:
        return {category: rank for rank, category in enumerate(self.categories)}

    def sort_key(self, value: str) -> SortKey:
        """Give the key that orders values of this variable.

        Numbers go by value, ordered categories by their place, text in Norwegian order. A value that does not fit the
        kind comes after those that do, and an empty one last.
        """
        if not value:
            return (2, 0.0, "", "")
        if self.kind is VariableKind.ORDERED and value in self._rank:
            return (0, float(self._rank[value]), "", value)
        number = parse_number(value) if self.kind is VariableKind.NUMBER else None
        if number is not None:
            return (0, number, "", value)
        return (1, 0.0, norwegian_key(value), value)

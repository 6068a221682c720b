"""What a denial is: of the reason itself, of a thing that is said not to be there, or plain (see `negation`)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

#: Stands for a denying word that nobody has asked for yet.
UNTOLD: Final = -2


class Kind(StrEnum):
    """What a denial is about."""

    FRAMED = "framed"
    PLAIN = "plain"
    LACK = "lack"


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial; `word` is the index of the denying word in the sentence."""

    word: int
    kind: Kind

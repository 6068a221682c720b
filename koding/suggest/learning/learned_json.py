"""What was learned as bytes, for keeping in a study: numbers for terms and codes, compressed JSON.

The text itself is not in it, only the lemmas of what was coded. Imported in the suggester's processes only (numpy).
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from koding.suggest.learning.background import Background
from koding.suggest.learning.learned import VERSION, Bin, Cut, Learned
from koding.suggest.learning.prior import read, written
from koding.suggest.learning.spoken import Codes, Exchange, Said

_LEVEL: Final = 6


class LearnedFault(ValueError):
    """What was kept is nothing that was learned."""


def pack(learned: Learned) -> bytes:
    """Write down what was learned."""
    numbers: dict[str, int] = {}

    def numbered(terms: Sequence[str]) -> list[int]:
        return [numbers.setdefault(term, len(numbers)) for term in terms]

    codes, background = learned.codes, learned.background
    own = [
        [key, family, numbered(text), numbered(definition)]
        for key, family, text, definition in zip(
            codes.keys, codes.families, codes.texts, codes.definitions, strict=True
        )
    ]

    def said(found: Said) -> list[Any]:
        coded = sorted(codes.number[key] for key in found.codes if key in codes.number)
        return [numbered(found.terms), found.words, coded]

    def worded(found: Said) -> list[Any]:
        return [*said(found), numbered(found.forms)]

    def told(exchanges: Iterable[Exchange], each_said: Callable[[Said], list[Any]]) -> list[Any]:
        return [
            [each.source, numbered(each.question), [each_said(found) for found in each.sentences]] for each in exchanges
        ]

    cut = learned.cut
    record = {
        "version": VERSION,
        "codes": own,
        "examples": [worded(example) for example in codes.examples],
        # Of the study only terms are kept; what comes with the codebook is no secret.
        "exchanges": told(learned.exchanges, said),
        "background": told(background.exchanges, worded),
        "choice": written(learned.choice),
        "cut": [cut.least, cut.bins],
        "codings": dict(sorted(learned.codings.items())),
        "terms": list(numbers),
    }
    return zlib.compress(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode(), _LEVEL)


def unpack(data: bytes) -> Learned:
    """Read back what `pack` wrote.

    Raises:
        LearnedFault: the bytes are something else, or of another version.
    """
    try:
        record = json.loads(zlib.decompress(data))
        if record["version"] != VERSION:
            raise LearnedFault(record["version"])
        return _learned(record)
    except (zlib.error, KeyError, TypeError, IndexError, ValueError) as fault:
        raise LearnedFault(str(fault)) from fault


def _learned(record: Mapping[str, Any]) -> Learned:
    terms: list[str] = record["terms"]

    def named(numbers: Sequence[int]) -> tuple[str, ...]:
        return tuple(terms[number] for number in numbers)

    keys, families, texts, definitions = zip(*record["codes"], strict=True)

    def said(terms: Sequence[int], count: int, coded: Sequence[int], forms: Sequence[int] = ()) -> Said:
        return Said(named(terms), count, codes=frozenset(keys[number] for number in coded), forms=named(forms))

    def told(exchanges: Iterable[Sequence[Any]]) -> list[Exchange]:
        return [
            Exchange(source, named(question), tuple(said(*found) for found in sentences))
            for source, question, sentences in exchanges
        ]

    codes = Codes(
        keys,
        families,
        [named(text) for text in texts],
        [named(text) for text in definitions],
        [said(*example) for example in record["examples"]],
    )
    least, bins = record["cut"]
    return Learned(
        told(record["exchanges"]),
        Background(codes, told(record["background"])),
        read(record["choice"]),
        Cut(least, tuple(Bin(*each) for each in bins)),
        record["codings"],
    )

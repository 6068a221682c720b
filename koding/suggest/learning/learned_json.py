"""What was learned as bytes, for keeping in a study: numbers for terms and codes, compressed JSON.

The text itself is not in it, only the lemmas of what was coded. Imported in the suggester's processes only (numpy).
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from koding.suggest.learning.features import Codes, Exchange, Said
from koding.suggest.learning.learned import VERSION, Bin, Cut, Learned
from koding.suggest.learning.logistic import Line

_LEVEL: Final = 6


class LearnedFault(ValueError):
    """What was kept is nothing that was learned."""


def pack(learned: Learned) -> bytes:
    """Write down what was learned."""
    numbers: dict[str, int] = {}

    def numbered(terms: Sequence[str]) -> list[int]:
        return [numbers.setdefault(term, len(numbers)) for term in terms]

    codes = learned.codes
    own = [
        [key, family, numbered(text)] for key, family, text in zip(codes.keys, codes.families, codes.texts, strict=True)
    ]
    exchanges = [
        [each.source, numbered(each.question), [_said(said, numbered, codes) for said in each.sentences]]
        for each in learned.exchanges
    ]
    cut = learned.cut
    record = {
        "version": VERSION,
        "codes": own,
        "exchanges": exchanges,
        "weights": learned.line.weights.tolist(),
        "constant": learned.line.constant,
        "cut": [cut.new, cut.ruled, cut.bins],
        "codings": dict(sorted(learned.codings.items())),
        "terms": list(numbers),
    }
    return zlib.compress(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode(), _LEVEL)


def _said(said: Said, numbered: Any, codes: Codes) -> list[Any]:
    coded = sorted(codes.number[key] for key in said.codes if key in codes.number)
    return [numbered(said.terms), said.words, coded]


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

    keys, families, texts = zip(*record["codes"], strict=True)
    codes = Codes(keys, families, [named(text) for text in texts])
    exchanges = [
        Exchange(
            source,
            named(question),
            tuple(
                Said(named(found), words, codes=frozenset(codes.keys[number] for number in coded))
                for found, words, coded in sentences
            ),
        )
        for source, question, sentences in record["exchanges"]
    ]
    line = Line(np.array(record["weights"], np.float64), float(record["constant"]))
    new, ruled, bins = record["cut"]
    return Learned(codes, exchanges, line, Cut(new, ruled, tuple(Bin(*each) for each in bins)), record["codings"])

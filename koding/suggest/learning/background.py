"""What is known before a study's own codings: the codebook's texts, and what coders of other studies gave its codes.

Imported in the suggester's processes only (numpy).
"""

from __future__ import annotations

from collections.abc import Sequence

from koding.suggest.learning.spoken import Block, Codes, Exchange
from koding.suggest.learning.taught import Taught
from koding.suggest.learning.terms import Vocabulary
from koding.suggest.learning.wordings import Wordings


class Background:
    """What other studies teach of the codes; `taught` is None where there are none with this codebook."""

    def __init__(self, codes: Codes, exchanges: Sequence[Exchange] = ()) -> None:
        """Take the coded exchanges of other studies."""
        self.codes = codes
        self.exchanges = tuple(exchanges)
        self.wordings = Wordings(codes, exchanges)
        self.vocabulary = vocabulary(exchanges, codes)
        self.taught: Taught | None = None
        if exchanges:
            self.taught = Taught(blocks(exchanges, codes, self.vocabulary), codes, self.vocabulary)


def vocabulary(exchanges: Sequence[Exchange], codes: Codes) -> Vocabulary:
    """Make the vocabulary of exchanges and the codes' own texts."""
    return Vocabulary.of([*(said.terms for exchange in exchanges for said in exchange.sentences), *codes.texts])


def blocks(exchanges: Sequence[Exchange], codes: Codes, known: Vocabulary) -> list[Block]:
    """Give the exchanges of each source as a block, in the order of their names."""
    by_source: dict[str, list[Exchange]] = {}
    for exchange in exchanges:
        by_source.setdefault(exchange.source, []).append(exchange)
    return [Block(by_source[source], codes, known) for source in sorted(by_source)]

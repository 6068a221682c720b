"""A suggester of one's own for koding: proposes the code whose example a sentence resembles most.

Likeness is shared letters, three at a time. Put a language model or sentence embeddings in the place of `trigrams` and
`likeness`, and the rest can stay.
"""

from __future__ import annotations

from collections.abc import Iterator

from koding.model.codebook import Codebook
from koding.suggest.extension import Proposal, SpokenTurn

#: Likeness from which a code is proposed, and words that a sentence has at least.
ENOUGH = 0.5
WORDS = 4


class NearestExample:
    """Compares each sentence with every example in the codebook."""

    #: Change it whenever the proposals may: results are kept in the study under it.
    version = "1.0"

    def __init__(self, codebook: Codebook) -> None:
        self.examples = [
            (code.key, example.text, trigrams(example.text))
            for code in codebook.codes
            if code.codable
            for example in code.examples
        ]

    def suggest(self, turn: SpokenTurn) -> Iterator[Proposal]:
        """Give the nearest code of each sentence, where it is near enough."""
        for sentence in turn.sentences:
            if len(sentence.lemmas) < WORDS or not self.examples:
                continue
            own = trigrams(sentence.text)
            score, code, text = max((likeness(own, other), code, text) for code, text, other in self.examples)
            if score >= ENOUGH:
                yield Proposal(sentence.start, sentence.end, code, score, why=f"ligner eksempelet «{text}»")


def make(codebook: Codebook) -> NearestExample:
    """Make the suggester; the entry point names this."""
    return NearestExample(codebook)


def trigrams(text: str) -> set[str]:
    """Give all runs of three letters, lower case, with the edges of the text marked."""
    line = f" {' '.join(text.lower().split())} "
    return {line[at : at + 3] for at in range(len(line) - 2)}


def likeness(one: set[str], other: set[str]) -> float:
    """Give how much two sets share, from 0 to 1 (Dice)."""
    return 2 * len(one & other) / (len(one) + len(other))

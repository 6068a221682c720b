"""What learning sees of a sentence and a code: features of the pair, the same ones whichever code it is.

A study has many codes, few codings of each, and interviews that hardly share words. One model over all pairs
therefore learns how much to trust the codebook's indicators, the likeness to the code's own text in the codebook, and
the likeness to what coders have given that code, in this study and in others; the sentence, its turn and the question
that it answers each have their say. What is coded in a source never speaks about that same source.

Imported in the suggester's processes only (numpy).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from koding.suggest.learning.background import Background
from koding.suggest.learning.spoken import Block, Codes, Exchange, Level
from koding.suggest.learning.taught import Taught
from koding.suggest.learning.terms import Bags, Floats, Vocabulary

_LEVELS: Final = {Level.SENTENCE: "", Level.TURN: "turn_", Level.QUESTION: "question_"}
#: Of what was coded, in the study itself and ("known_") in others.
_CODED: Final = ("words", "turn_words", "question_words", "coded", "coded_above", "turn_coded", "coded_beside", "prior")
#: The features in their order. Those that end in "_above" are as far as the code is above the mean of all codes.
FEATURES: Final = (
    "rule", "rule_score", "rule_best", "rule_gap", "rule_denied", "rule_supposed", "rule_among", "rule_length",
    "rule_text", "rule_before", "rule_after", "rule_family", "rule_family_before", "rule_family_after",
    "text", "text_above", "text_most", "text_before", "text_after", "turn_text", "turn_text_above", "question_text",
    "example",
    *_CODED,
    *("known_" + name for name in _CODED),
    "wording", "wording_spread", "wording_gap", "wording_most", "wording_before", "wording_after", "wording_turn",
    "question_wording",
)  # fmt: skip
#: The features of a sentence that say whether it carries a code at all.
SILENCE: Final = (
    "length", "turn_length", "first", "rule", "rule_score", "rule_before", "rule_after", "text", "wording",
    "silent_wording",
)  # fmt: skip
#: Features that know the rules.
OF_RULES: Final = frozenset(name for name in (*FEATURES, *SILENCE) if name.startswith("rule"))
#: Features that know what coders of other studies gave.
OF_OTHERS: Final = frozenset(name for name in FEATURES if name.startswith("known_"))
#: Which features a channel feeds, each in proportion.
FED: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("text", "text_above"),
    "turn_text": ("turn_text", "turn_text_above"),
    "coded": ("coded", "coded_above"),
    "known_coded": ("known_coded", "known_coded_above"),
    "wording": ("wording", "wording_gap"),
}
_MOST_RULES: Final = 5


class Channel(NamedTuple):
    """What each term of the texts of a level says for each code: a row for each entry of `bags`."""

    name: str
    level: Level
    vocabulary: Vocabulary
    bags: Bags
    table: Floats
    weighted: bool

    def sums(self) -> Floats:
        """Give what each text says for each code."""
        return self.bags.sums(self.table, weighted=self.weighted)

    def worths(self, text: int, code: int) -> list[tuple[str, float]]:
        """Give for each term of a text what it says for a code, above what it says for the mean of codes."""
        here = slice(int(self.bags.starts[text]), int(self.bags.starts[text + 1]))
        rows = self.table[here]
        # A word that speaks for every code alike tells that something is said, and not what.
        found = rows[:, code] - (rows.mean(1) if rows.shape[1] > 1 else 0.0)
        if self.weighted:
            found = found * self.bags.weights[here]
        terms = (self.vocabulary.terms[number] for number in self.bags.terms[here].tolist())
        return list(zip(terms, found.tolist(), strict=True))


class Pairs(NamedTuple):
    """The sentences of a source with every code.

    `features` are sentences x codes x `FEATURES`, `silence` sentences x `SILENCE`.
    """

    block: Block
    features: Floats
    silence: Floats
    channels: tuple[Channel, ...]


def pairs(exchanges: Sequence[Exchange], taught: Taught, background: Background) -> Pairs:
    """Give the features of every sentence of exchanges of one source, with its own codings left out."""
    codes = taught.codes
    block = Block(exchanges, codes, taught.vocabulary)
    channels = [*_own_text(block, taught), *_coded(block, taught, "")]
    values = _of_rules(block, codes)
    if background.taught is not None:
        other = Block(exchanges, codes, background.vocabulary)
        found = list(_coded(other, background.taught, "known_"))
        channels += found
        values |= _of_coded(other, background.taught, found, "known_")
    silent, wordings = _wordings(exchanges, background)
    channels += wordings
    values |= _of_texts(block, codes, channels)
    values |= _of_coded(block, taught, channels, "")
    values |= _of_wordings(block, wordings)
    values["rule_text"] = values["rule"] * values["text"]
    features = np.zeros((len(block), len(codes), len(FEATURES)), np.float32)
    for place, name in enumerate(FEATURES):
        if name in values:
            features[..., place] = values[name]
    return Pairs(block, features, _silence(block, values, silent), tuple(channels))


# -- what speaks ------------------------------------------------------------------------------------------------------


def _own_text(block: Block, taught: Taught) -> list[Channel]:
    return [
        Channel(prefix + "text", level, taught.vocabulary, bags, taught.texts[bags.terms], weighted=True)
        for level, prefix in _LEVELS.items()
        for bags in (block.bags[level],)
    ]


def _coded(block: Block, taught: Taught, whose: str) -> list[Channel]:
    found = []
    for level, prefix in _LEVELS.items():
        bags = block.bags[level]
        terms, places = np.unique(bags.terms, return_inverse=True)
        odds = taught.odds(level, terms, block.source)[places]
        found.append(Channel(whose + prefix + "words", level, taught.vocabulary, bags, odds, weighted=False))
        if level is not Level.QUESTION:
            centres = taught.centres(terms, block.source)[places]
            found.append(Channel(whose + prefix + "coded", level, taught.vocabulary, bags, centres, weighted=True))
    return found


def _wordings(exchanges: Sequence[Exchange], background: Background) -> tuple[Floats, list[Channel]]:
    """Give what the sentences say for silence, and the wordings' channels."""
    wordings = background.wordings
    said, asked = wordings.said(exchanges), wordings.asked(exchanges)
    above = wordings.above(said)
    silent = said.sums(above[:, -1:], weighted=True)[:, 0]
    return silent, [
        Channel("wording", Level.SENTENCE, wordings.vocabulary, said, above[:, :-1], weighted=True),
        Channel(
            "question_wording", Level.QUESTION, wordings.vocabulary, asked, wordings.above(asked)[:, :-1], weighted=True
        ),
    ]


# -- what it comes to -------------------------------------------------------------------------------------------------


def _of_rules(block: Block, codes: Codes) -> dict[str, Floats]:
    rules, membership = block.rules, codes.membership
    ruled = (rules > 0).astype(np.float32)
    best = rules.max(1, keepdims=True)
    family = np.asarray(rules @ membership @ membership.T, np.float32)
    return {
        "rule": ruled,
        "rule_score": rules,
        "rule_best": ruled * (rules == best),
        "rule_gap": ruled * (best - rules),
        "rule_denied": block.denied,
        "rule_supposed": block.supposed,
        "rule_among": ruled * np.minimum(ruled.sum(1, keepdims=True), _MOST_RULES),
        "rule_length": ruled * np.log1p(block.words)[:, None],
        "rule_before": block.beside(rules, -1),
        "rule_after": block.beside(rules, 1),
        "rule_family": family - rules,
        "rule_family_before": block.beside(family, -1),
        "rule_family_after": block.beside(family, 1),
    }


def _of_texts(block: Block, codes: Codes, channels: Sequence[Channel]) -> dict[str, Floats]:
    sums = {each.name: each.sums() for each in channels if each.name.endswith("text")}
    text, turn = sums["text"], sums["turn_text"][block.turns]
    return {
        "text": text,
        "text_above": _above(text),
        "text_most": ((text == text.max(1, keepdims=True)) & (text > 0)).astype(np.float32),
        "text_before": block.beside(text, -1),
        "text_after": block.beside(text, 1),
        "turn_text": turn,
        "turn_text_above": _above(turn),
        "question_text": sums["question_text"][block.turns],
        "example": _likest_example(block, codes),
    }


def _of_coded(block: Block, taught: Taught, channels: Sequence[Channel], whose: str) -> dict[str, Floats]:
    names = ("words", "turn_words", "question_words", "coded", "turn_coded")
    sums = {each.name.removeprefix(whose): each.sums() for each in channels if each.name in {whose + n for n in names}}
    coded = sums["coded"]
    found = {
        "words": sums["words"],
        "turn_words": sums["turn_words"][block.turns],
        "question_words": sums["question_words"][block.turns],
        "coded": coded,
        "coded_above": _above(coded),
        "turn_coded": sums["turn_coded"][block.turns],
        "coded_beside": block.beside(coded, -1) + block.beside(coded, 1),
        "prior": np.broadcast_to(taught.prior(block.source)[None, :], coded.shape),
    }
    return {whose + name: value for name, value in found.items()}


def _of_wordings(block: Block, channels: Sequence[Channel]) -> dict[str, Floats]:
    sums = {each.name: each.sums() for each in channels}
    said = sums["wording"]
    turns = np.zeros((len(block.sizes), said.shape[1]), np.float32)
    np.add.at(turns, block.turns, said)
    best = said.max(1, keepdims=True)
    return {
        "wording": said,
        "wording_spread": said / (said.std(1, keepdims=True) + 1e-6),
        "wording_gap": said - best,
        "wording_most": ((said == best) & (said > 0)).astype(np.float32),
        "wording_before": block.beside(said, -1),
        "wording_after": block.beside(said, 1),
        "wording_turn": (turns / np.maximum(1, block.sizes)[:, None])[block.turns],
        "question_wording": sums["question_wording"][block.turns],
    }


def _silence(block: Block, values: Mapping[str, Floats], silent: Floats) -> Floats:
    ruled = np.asarray((block.rules > 0).any(1, keepdims=True), np.float32)
    first = np.ones(len(block), np.float32)
    first[1:] = block.turns[1:] != block.turns[:-1]
    found = {
        "length": np.log1p(block.words),
        "turn_length": np.log1p(block.sizes.astype(np.float32))[block.turns],
        "first": first,
        "rule": ruled[:, 0],
        "rule_score": block.rules.max(1),
        "rule_before": block.beside(ruled, -1)[:, 0],
        "rule_after": block.beside(ruled, 1)[:, 0],
        "text": values["text"].max(1),
        "wording": values["wording"].max(1),
        "silent_wording": silent,
    }
    return np.stack([found[name] for name in SILENCE], 1).astype(np.float32)


def _likest_example(block: Block, codes: Codes) -> Floats:
    """Give how like each sentence is to the likest example of each code in the codebook (cosine)."""
    found = np.zeros((len(block), len(codes)), np.float32)
    bags = block.bags[Level.SENTENCE]
    if not codes.examples:
        return found
    examples = block.vocabulary.bags(said.terms for said in codes.examples)
    dense = np.zeros((len(block.vocabulary), len(examples)), np.float32)
    dense[examples.terms, examples.rows] = examples.weights
    like = bags.sums(dense[bags.terms], weighted=True)
    for place, said in enumerate(codes.examples):
        for key in said.codes:
            column = found[:, codes.number[key]]
            np.maximum(column, like[:, place], out=column)
    return found


def _above(values: Floats) -> Floats:
    return np.asarray(values - values.mean(1, keepdims=True), np.float32)

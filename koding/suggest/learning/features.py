"""What learning sees of a sentence and a code: features of the pair, the same ones whichever code it is.

A study has many codes, few codings of each, and interviews that hardly share words. One linear model over all pairs
therefore learns how much to trust the codebook's indicators, the likeness to the code's own text in the codebook, and
the likeness to what the coder has given that code elsewhere; the sentence, its turn and the question that it answers
each have their say. What is coded in a source never speaks about that same source.

Imported in the suggester's processes only (numpy).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from koding.suggest.learning.terms import Bags, Floats, Indexes, Vocabulary

#: Codings at which what was coded weighs as much as what is known of a word in general, by level.
_CAUTION: Final = {"sentence": 5.0, "turn": 8.0, "question": 8.0}


class Level(StrEnum):
    """The three texts that speak about a sentence."""

    SENTENCE = "sentence"
    TURN = "turn"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence: its terms, its words in number, the rules' score by code key, and the coder's codes."""

    terms: tuple[str, ...]
    words: int
    rules: Mapping[str, float] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Exchange:
    """A turn of a source (by GUID) with the terms of the question before it."""

    source: str
    question: tuple[str, ...]
    sentences: tuple[Said, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """Give the terms of the whole turn."""
        return tuple(term for said in self.sentences for term in said.terms)


class Codes:
    """The codes that can be suggested, in the codebook's order, with their families and their own texts' terms."""

    def __init__(self, keys: Sequence[str], families: Sequence[str], texts: Sequence[Sequence[str]]) -> None:
        self.keys = tuple(keys)
        self.families = tuple(families)
        self.texts = tuple(tuple(text) for text in texts)
        self.number = {key: number for number, key in enumerate(self.keys)}
        names = sorted(set(families))
        self.membership = np.array([[family == name for name in names] for family in families], np.float32)

    def __len__(self) -> int:
        return len(self.keys)


class Block:
    """Exchanges of one source as arrays; `turns` has for each sentence the number of its exchange."""

    def __init__(self, exchanges: Sequence[Exchange], codes: Codes, vocabulary: Vocabulary) -> None:
        self.source = exchanges[0].source
        sentences = [said for exchange in exchanges for said in exchange.sentences]
        self.sizes = np.array([len(exchange.sentences) for exchange in exchanges])
        self.turns = np.repeat(np.arange(len(exchanges)), self.sizes)
        self.words = np.array([said.words for said in sentences], np.float32)
        self.rules = np.zeros((len(sentences), len(codes)), np.float32)
        self.coded = np.zeros((len(sentences), len(codes)), bool)
        for row, said in enumerate(sentences):
            for key, score in said.rules.items():
                if key in codes.number:
                    self.rules[row, codes.number[key]] = score
            self.coded[row, [codes.number[key] for key in sorted(said.codes) if key in codes.number]] = True
        self.bags = {
            Level.SENTENCE: vocabulary.bags(said.terms for said in sentences),
            Level.TURN: vocabulary.bags(exchange.terms for exchange in exchanges),
            Level.QUESTION: vocabulary.bags(exchange.question for exchange in exchanges),
        }

    def __len__(self) -> int:
        return len(self.turns)

    def coded_at(self, level: Level) -> npt.NDArray[np.bool_]:
        """Give what is coded at a level: a turn, and its question, carry what any of its sentences does."""
        if level is Level.SENTENCE:
            return self.coded
        found = np.zeros((len(self.sizes), self.coded.shape[1]), bool)
        np.logical_or.at(found, self.turns, self.coded)
        return found

    def beside(self, values: Floats, step: int) -> Floats:
        """Give the values of the sentence before (-1) or after (1) in the same turn, zero where there is none."""
        found = np.zeros_like(values)
        same = (self.turns[1:] == self.turns[:-1])[:, None]
        if step < 0:
            found[1:] = values[:-1] * same
        else:
            found[:-1] = values[1:] * same
        return found


class _Counts(NamedTuple):
    """What was coded: for each term (a row of `terms`, or all where that is None) how many texts of each code hold it.

    `weights` are the same with the terms' weights for ones. `seen` counts the texts that hold the term, coded or not;
    `coded` the texts of each code, `texts` all of them.
    """

    terms: Indexes | None
    counts: Floats
    weights: Floats
    seen: Floats
    coded: Floats
    texts: int

    def within(self, terms: Indexes) -> _Counts:
        """Give the rows of these terms (ascending), zero for those that are not here."""
        if self.terms is None:
            return _Counts(terms, self.counts[terms], self.weights[terms], self.seen[terms], self.coded, self.texts)
        places = np.searchsorted(self.terms, terms)
        places[places == len(self.terms)] = 0
        here = (self.terms[places] == terms).astype(np.float32) if len(self.terms) else np.zeros(len(terms), np.float32)
        if not len(self.terms):
            empty = np.zeros((len(terms), self.counts.shape[1]), np.float32)
            return _Counts(terms, empty, empty, here, self.coded, self.texts)
        rows = here[:, None]
        return _Counts(
            terms, self.counts[places] * rows, self.weights[places] * rows, self.seen[places] * here, self.coded,
            self.texts,
        )  # fmt: skip

    def less(self, other: _Counts) -> _Counts:
        """Take away what another has of the same terms."""
        return _Counts(
            self.terms, self.counts - other.counts, self.weights - other.weights, self.seen - other.seen,
            self.coded - other.coded, self.texts - other.texts,
        )  # fmt: skip


class Taught:
    """What the coder has given each code, by source, so that a source can be left out."""

    def __init__(self, blocks: Sequence[Block], codes: Codes, vocabulary: Vocabulary) -> None:
        self.codes = codes
        self.vocabulary = vocabulary
        self._own: dict[str, list[dict[Level, _Counts]]] = {}
        self._all: dict[Level, _Counts] = {}
        for level in Level:
            shape = (len(vocabulary), len(codes))
            whole = [np.zeros(shape, np.float32), np.zeros(shape, np.float32), np.zeros(shape[0], np.float32)]
            coded, texts = np.zeros(len(codes), np.float32), 0
            self._all[level] = _Counts(None, whole[0], whole[1], whole[2], coded, texts)
        for block in blocks:
            self._take_in(block)
        own = vocabulary.bags(codes.texts)
        self.texts = np.zeros((len(vocabulary), len(codes)), np.float32)
        self.texts[own.terms, own.rows] = own.weights
        # A code's likeness to what was coded is the cosine with the sum of it.
        self._lengths = np.linalg.norm(self._all[Level.SENTENCE].weights, axis=0)

    def _take_in(self, block: Block) -> None:
        levels: dict[Level, _Counts] = {}
        for level, bags in block.bags.items():
            found = levels[level] = _counted(bags, block.coded_at(level))
            whole = self._all[level]
            assert found.terms is not None
            whole.counts[found.terms] += found.counts
            whole.weights[found.terms] += found.weights
            whole.seen[found.terms] += found.seen
            whole.coded[:] += found.coded
            self._all[level] = whole._replace(texts=whole.texts + found.texts)
        self._own.setdefault(block.source, []).append(levels)

    def _without(self, level: Level, terms: Indexes, source: str) -> _Counts:
        found = self._all[level].within(terms)
        for own in self._own.get(source, ()):
            found = found.less(own[level].within(terms))
        return found

    def prior(self, source: str) -> Floats:
        """Give the logarithm of how large a share of sentences outside the source carry each code."""
        found = self._without(Level.SENTENCE, np.zeros(0, np.int64), source)
        return np.asarray(np.log((found.coded + 0.5) / (found.texts + 1)), np.float32)

    def odds(self, level: Level, terms: Indexes, source: str) -> Floats:
        """Give for each term how much more often it stands where a code is, as a logarithm that few codings shrink."""
        found = self._without(level, terms, source)
        caution = _CAUTION[level]
        share = (found.seen + 0.5) / (found.texts + 1)
        odds = np.log((found.counts + caution * share[:, None]) / (found.coded + caution) / share[:, None])
        odds[found.seen < 1] = 0
        return odds.astype(np.float32)

    def centres(self, terms: Indexes, source: str) -> Floats:
        """Give the weights of the terms in what was coded with each code outside the source, scaled to length 1."""
        found = self._without(Level.SENTENCE, terms, source)
        squares = self._lengths**2
        for own in self._own.get(source, ()):
            # |a - b|² over the terms of b alone: elsewhere a stays as it is.
            mine = own[Level.SENTENCE]
            assert mine.terms is not None
            before = self._all[Level.SENTENCE].weights[mine.terms]
            squares = squares - (before**2).sum(0) + ((before - mine.weights) ** 2).sum(0)
        return np.asarray(found.weights / np.maximum(1.0, np.sqrt(np.maximum(squares, 0))), np.float32)


def _counted(bags: Bags, coded: npt.NDArray[np.bool_]) -> _Counts:
    terms, places = np.unique(bags.terms, return_inverse=True)
    counts = np.zeros((len(terms), coded.shape[1]), np.float32)
    weights = np.zeros_like(counts)
    of_text = coded[bags.rows].astype(np.float32)
    np.add.at(counts, places, of_text)
    np.add.at(weights, places, of_text * bags.weights[:, None])
    seen = np.bincount(places, minlength=len(terms)).astype(np.float32)
    return _Counts(terms, counts, weights, seen, coded.sum(0).astype(np.float32), len(bags))


class Tables(NamedTuple):
    """What each term of a block says for each code, in each of its texts (rows as in the bags' `terms`)."""

    own_text: dict[Level, Floats]
    centres: Floats
    odds: dict[Level, Floats]


def tables(block: Block, taught: Taught) -> Tables:
    """Look up the terms of a block, with what is coded in its own source left out."""
    own_text, odds = {}, {}
    for level, bags in block.bags.items():
        terms, places = np.unique(bags.terms, return_inverse=True)
        own_text[level] = taught.texts[bags.terms]
        odds[level] = taught.odds(level, terms, block.source)[places]
        if level is Level.SENTENCE:
            centres = taught.centres(terms, block.source)[places]
    return Tables(own_text, centres, odds)


#: The features in their order. Those that end in "_above" are as far as the code is above the mean of all codes.
FEATURES: Final = (
    "rule", "rule_score", "rule_family", "rule_family_before", "rule_family_after",
    "text", "text_above", "text_most", "text_before", "turn_text", "turn_text_above", "question_text",
    "coded", "coded_above", "coded_beside", "words", "turn_words", "question_words",
    "prior", "length", "turn_length",
)  # fmt: skip
#: Features that know the rules.
OF_RULES: Final = frozenset(name for name in FEATURES if name.startswith("rule"))


def pair_features(block: Block, taught: Taught, found: Tables | None = None) -> Floats:
    """Give the features of every sentence of a block with every code: sentences x codes x `FEATURES`."""
    said = found or tables(block, taught)
    turns, membership = block.turns, taught.codes.membership
    text = block.bags[Level.SENTENCE].sums(said.own_text[Level.SENTENCE], weighted=True)
    turn_text = block.bags[Level.TURN].sums(said.own_text[Level.TURN], weighted=True)[turns]
    coded = block.bags[Level.SENTENCE].sums(said.centres, weighted=True)
    family = np.asarray(block.rules @ membership @ membership.T, np.float32)
    values: dict[str, Floats] = {
        "rule": (block.rules > 0).astype(np.float32),
        "rule_score": block.rules,
        "rule_family": family - block.rules,
        "rule_family_before": block.beside(family, -1),
        "rule_family_after": block.beside(family, 1),
        "text": text,
        "text_above": _above(text),
        "text_most": ((text == text.max(1, keepdims=True)) & (text > 0)).astype(np.float32),
        "text_before": block.beside(text, -1),
        "turn_text": turn_text,
        "turn_text_above": _above(turn_text),
        "question_text": block.bags[Level.QUESTION].sums(said.own_text[Level.QUESTION], weighted=True)[turns],
        "coded": coded,
        "coded_above": _above(coded),
        "coded_beside": block.beside(coded, -1) + block.beside(coded, 1),
        "words": block.bags[Level.SENTENCE].sums(said.odds[Level.SENTENCE], weighted=False),
        "turn_words": block.bags[Level.TURN].sums(said.odds[Level.TURN], weighted=False)[turns],
        "question_words": block.bags[Level.QUESTION].sums(said.odds[Level.QUESTION], weighted=False)[turns],
        "prior": taught.prior(block.source)[None, :],
        "length": np.log1p(block.words)[:, None],
        "turn_length": np.log1p(block.sizes.astype(np.float32))[turns][:, None],
    }
    shape = (len(block), len(taught.codes), len(FEATURES))
    features = np.empty(shape, np.float32)
    for place, name in enumerate(FEATURES):
        features[..., place] = values[name]
    return features


def _above(values: Floats) -> Floats:
    return np.asarray(values - values.mean(1, keepdims=True), np.float32)

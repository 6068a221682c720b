"""Where the patterns of a codebook match in a sentence: by lemma, in order, over pauses and hesitation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain
from operator import attrgetter, or_
from typing import Final, NamedTuple

import numpy as np

from koding.suggest.language.sentences import Unit
from koding.suggest.language.tokens import BREAK, Words
from koding.suggest.meaning.denials import Denial
from koding.suggest.rules.index import RuleIndex
from koding.suggest.rules.rule import INTEGER, THERE, Known, Path, Rule, in_part

_bits_of: Final = attrgetter("bits")
#: A word that phrases wait at: its sentence and its place there.
_Waiting = tuple[int, int, Known]


class Found(NamedTuple):
    """A rule that matched: its words' indexes, and whether one of them fits only in part.

    `denial` tells how it is denied. `undone` tells that a condition of the past undoes the denial: "hvis jeg ikke hadde
    vært ensom" says that I was.
    """

    rule: Rule
    at: tuple[int, ...]
    words: frozenset[int]
    family: str
    part: bool
    denial: Denial | None = None
    undone: bool = False

    @property
    def score(self) -> float:
        """Give how much the match is worth, in (0, 1)."""
        return in_part(self.rule.worth) if self.part else self.rule.worth


def matches(unit: Unit, known: Sequence[Known], families: Mapping[str, str]) -> list[Found]:
    """Give every match in a sentence; `known` has what each word can be, `families` the family of each code."""
    found: list[Found] = []
    present = 0
    for anchor, word in enumerate(known):
        found += [_found(rule, (anchor,), known, families) for rule in word.words]
        if word.phrases and not present:
            present = _present(known)
        for rule in word.phrases:
            if rule.needed & present == rule.needed:
                at = _match(rule, unit.words, known, anchor)
                if at is not None:
                    found.append(_found(rule, at, known, families))
    return found


def best_matches(
    units: Sequence[Unit], known: Sequence[Sequence[Known]], families: Mapping[str, str]
) -> list[list[Found]]:
    """Give the matches in each of several sentences, of those of one code on the same words the first of the best."""
    found: list[list[Found]] = []
    waiting: list[_Waiting] = []
    # Every word of every text comes by here.
    for number, words in enumerate(known):
        here: list[Found] = []
        for anchor, word in enumerate(words):
            if word.alone:
                at = (anchor,)
                these = frozenset(at)
                for rule, part in word.alone:
                    # tuple.__new__ spares a call.
                    here.append(tuple.__new__(Found, (rule, at, these, families[rule.code], part, None, False)))
            if word.phrases:
                waiting.append((number, anchor, word))
        found.append(here)
    best: dict[tuple[int, str, tuple[int, ...], bool], Found] = {}
    for number, anchor, rule in _likely(known, waiting):
        over = _match(rule, units[number].words, known[number], anchor)
        if over is None:
            continue
        match = _found(rule, over, known[number], families)
        key = number, rule.code, over, rule.excepting
        before = best.setdefault(key, match)
        if before is not match and before.score < match.score:
            best[key] = match
    for (number, *_key), match in best.items():
        found[number].append(match)
    return found


def _found(rule: Rule, at: tuple[int, ...], known: Sequence[Known], families: Mapping[str, str]) -> Found:
    """Give the match of a rule on some words; some may fit their slots only in part."""
    part = False
    for number, index in zip(rule.slots, at, strict=True):
        if number not in known[index].whole:
            part = True
            break
    return Found(rule, at, frozenset(at), families[rule.code], part)


def _likely(known: Sequence[Sequence[Known]], waiting: Sequence[_Waiting]) -> Iterator[tuple[int, int, Rule]]:
    """Give the phrases that wait at words and of which two others are in the sentence, the one that is rarest and one.

    Those are looked for in all sentences at once: a word waits with some eight phrases, and one in ten is there.
    """
    if not waiting:
        return
    wanted = np.frombuffer(b"".join([word.wanted for _number, _anchor, word in waiting]), INTEGER).reshape(-1, 2)
    sizes = np.fromiter([len(word.phrases) for _number, _anchor, word in waiting], np.int64, len(waiting))
    sentences = np.repeat(np.fromiter([number for number, _anchor, _word in waiting], np.int64, len(waiting)), sizes)
    present = list(map(_present, known))
    room = max(max(present).bit_length(), int(wanted.max()) + 1) + 7 >> 3
    there = np.frombuffer(b"".join([bits.to_bytes(room, "little") for bits in present]), np.uint8)
    starts, (rarest, other) = sentences * room, wanted.T
    likely = np.flatnonzero(there[starts + (rarest >> 3)] >> (rarest & 7) & 1)
    other = other[likely]
    likely = likely[(there[starts[likely] + (other >> 3)] >> (other & 7) & 1) > 0]
    owners = np.repeat(np.arange(len(waiting)), sizes)[likely]
    places = likely - (np.cumsum(sizes) - sizes)[owners]
    for owner, place in zip(owners.tolist(), places.tolist(), strict=True):
        number, anchor, word = waiting[owner]
        yield number, anchor, word.phrases[place]


def _present(known: Iterable[Known]) -> int:
    """Give the slots that some word of a sentence fits, as bits."""
    return reduce(or_, map(_bits_of, known), THERE)


def known_words(index: RuleIndex, unit: Unit, language: str) -> list[Known]:
    """Give what each word of a sentence can be."""
    return list(map(index.known(language).__getitem__, _words_of(unit)))


def known_in_all(index: RuleIndex, spoken: Sequence[tuple[Unit, str]]) -> list[list[Known]]:
    """Give what each word of several sentences can be, each in its language; what is new is worked out together."""
    known: list[list[Known]] = []
    new: defaultdict[str, list[int]] = defaultdict(list)
    for number, (unit, language) in enumerate(spoken):
        met = list(filter(None, map(index.known(language).get, _words_of(unit))))
        if len(met) < len(unit.words.forms):
            new[language].append(number)
        known.append(met)
    for language, numbers in new.items():
        units = [spoken[number][0] for number in numbers]
        index.meet(chain.from_iterable([unit.words.forms for unit in units if unit.lemmas is None]), language)
        for number, unit in zip(numbers, units, strict=True):
            known[number] = known_words(index, unit, language)
    return known


def _words_of(unit: Unit) -> Iterable[str | tuple[str, str]]:
    """Give the words of a sentence as they are looked up: forms, with their lemmas where these are known."""
    return unit.words.forms if unit.lemmas is None else zip(unit.words.forms, unit.lemmas, strict=True)


def _match(rule: Rule, words: Words, known: Sequence[Known], anchor: int) -> tuple[int, ...] | None:
    """Match the phrase around the word at `anchor`; give the indexes of its words."""
    before: tuple[int, ...] = ()
    if rule.before is not None:
        met = _walk(rule.before, words, known, anchor, -1)
        if met is None:
            return None
        before = met
        if rule.is_apart:
            # The words of a phrase are those nearest each other.
            number = rule.slots[rule.anchor]
            for index in range(before[0] + 1, anchor):
                if number in known[index].fits:
                    return None
    if rule.after is None:
        return (*reversed(before), anchor)
    after = _walk(rule.after, words, known, anchor, 1)
    return None if after is None else (*reversed(before), anchor, *after)


def _walk(path: Path, words: Words, known: Sequence[Known], at: int, step: int) -> tuple[int, ...] | None:
    """Match the slots on one side of the word `at`; nearest words first."""
    number, left, further = path
    next_to = at + step if left == 0 else -1
    end = len(known) - 1 if step > 0 else 0
    while at != end:
        at += step
        word = known[at]
        if number in word.fits:
            # The mark between two words stands before the later one.
            if at == next_to and words.before[at if step > 0 else at + 1] == BREAK and not word.hesitates:
                return None
            if further is None:
                return (at,)
            rest = _walk(further, words, known, at, step)
            if rest is not None:
                return (at, *rest)
        if not word.hesitates:
            if left == 0:
                return None
            left -= 1
    return None

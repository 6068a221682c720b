"""Where the patterns of a codebook match in a sentence: by lemma, in order, over pauses and hesitation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import attrgetter, or_
from typing import Final, NamedTuple

from koding.suggest.language.sentences import Unit
from koding.suggest.language.tokens import BREAK, Words
from koding.suggest.meaning.denials import Denial
from koding.suggest.rules.index import RuleIndex
from koding.suggest.rules.rule import THERE, Known, Path, Rule, in_part

_bits_of: Final = attrgetter("bits")


class Found(NamedTuple):
    """A rule that matched: its words' indexes, and whether one of them fits only in part or misspelt.

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


def matches(unit: Unit, known: Sequence[Known], families: dict[str, str]) -> list[Found]:
    """Give every match in a sentence; `known` has what each word can be, `families` the family of each code."""
    found: list[Found] = []
    present = 0
    for anchor, word in enumerate(known):
        if not word.waking:
            continue
        if not present:
            present = _present(known)
        for needed, rule in word.waking:
            if needed & present != needed:
                continue
            at = (anchor,) if len(rule.slots) == 1 else _match(rule, unit.words, known, anchor)
            if at is not None:
                found.append(Found(rule, at, frozenset(at), families[rule.code], _in_part(rule, known, at)))
    return found


def best_matches(unit: Unit, known: Sequence[Known], families: dict[str, str]) -> list[Found]:
    """Give the matches in a sentence, of those of one code on the same words the first of the best."""
    found: list[Found] = []
    phrases: dict[tuple[str, tuple[int, ...], bool], Found] = {}
    present = _present(known)
    # Every word of every text comes by here.
    for anchor, word in enumerate(known):
        alone, wanted = word.alone, word.wanted
        if alone:
            at = (anchor,)
            here = frozenset(at)
            for rule, part in alone:
                # tuple.__new__ spares a call.
                found.append(tuple.__new__(Found, (rule, at, here, families[rule.code], part, None, False)))
        met = wanted & present
        if not met:
            continue
        # Hundreds of bits are dear to compare; most phrases are told by one.
        rarest = met.to_bytes((wanted.bit_length() + 7) >> 3, "little")
        for byte, bit, needed, rule in word.phrases:
            if rarest[byte] & bit and needed & present == needed:
                over = _match(rule, unit.words, known, anchor)
                if over is None:
                    continue
                match = Found(rule, over, frozenset(over), families[rule.code], _in_part(rule, known, over))
                before = phrases.setdefault((rule.code, over, rule.excepting), match)
                if before is not match and before.score < match.score:
                    phrases[rule.code, over, rule.excepting] = match
    found.extend(phrases.values())
    return found


def _present(known: Iterable[Known]) -> int:
    """Give the slots that some word of a sentence fits, as bits."""
    return reduce(or_, map(_bits_of, known), THERE)


def _in_part(rule: Rule, known: Sequence[Known], at: Sequence[int]) -> bool:
    """Tell whether a word of a match fits its slot only in part, or misspelt."""
    return any(number not in known[index].whole for number, index in zip(rule.slots, at, strict=True))


def known_words(index: RuleIndex, unit: Unit, language: str) -> list[Known]:
    """Give what each word of a sentence can be."""
    memory = index.known(language)
    forms = unit.words.forms
    words = forms if unit.lemmas is None else zip(forms, unit.lemmas, strict=True)
    return list(map(memory.__getitem__, words))


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
            if any(number in known[index].fits for index in range(before[0] + 1, anchor)):
                return None
    if rule.after is None:
        return (*reversed(before), anchor)
    after = _walk(rule.after, words, known, anchor, 1)
    return None if after is None else (*reversed(before), anchor, *after)


def _walk(path: Path, words: Words, known: Sequence[Known], at: int, step: int) -> tuple[int, ...] | None:
    """Match the slots on one side of the word `at`; nearest words first."""
    number, left, further = path
    next_to = at + step if left == 0 else -1
    end = len(words) - 1 if step > 0 else 0
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

"""Where the patterns of a codebook match in a sentence: by lemma, in order, over pauses and hesitation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from koding.suggest.language.sentences import Unit
from koding.suggest.language.tokens import BREAK, Word
from koding.suggest.meaning.denials import Denial
from koding.suggest.rules.index import Known, Path, Rule, RuleIndex

_WEAK, _STRONG, _PER_WORD, _STRONGEST, _PART = 0.35, 0.6, 0.08, 0.84, 0.9
_SEVERAL = 2


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
        words = len(self.at) - 1
        whole = _WEAK if self.rule.pattern.weak else min(_STRONG + _PER_WORD * words, _STRONGEST)
        return whole * _PART if self.part else whole


def matches(unit: Unit, known: Sequence[Known], families: dict[str, str]) -> list[Found]:
    """Give every match in a sentence; `known` has what each word can be, `families` the family of each code."""
    found: list[Found] = []
    present = -1
    for anchor, word in enumerate(known):
        if not word.waking:
            continue
        if present < 0:
            present = 0
            for other in known:
                present |= other.bits
        for needed, rule in word.waking:
            if needed & present != needed:
                continue
            at = (anchor,) if len(rule.slots) == 1 else _match(rule, unit.words, known, anchor)
            if at is not None:
                found.append(Found(rule, at, frozenset(at), families[rule.code], _in_part(rule, known, at)))
    return found


def _in_part(rule: Rule, known: Sequence[Known], at: Sequence[int]) -> bool:
    """Tell whether a word of a match fits its slot only in part, or misspelt."""
    if len(at) == 1:
        return rule.slots[0] not in known[at[0]].whole
    return any(number not in known[index].whole for number, index in zip(rule.slots, at, strict=True))


def best(found: list[Found]) -> list[Found]:
    """Keep the best of the matches of one code on the same words."""
    if len(found) < _SEVERAL:
        return found
    kept: dict[tuple[str, tuple[int, ...], bool], Found] = {}
    for match in found:
        key = (match.rule.code, match.at, match.rule.excepting)
        before = kept.get(key)
        if before is None or before.score < match.score:
            kept[key] = match
    return list(kept.values())


def known_words(index: RuleIndex, unit: Unit, language: str) -> list[Known]:
    """Give what each word of a sentence can be."""
    look_up, memory = index.look_up, index.known(language)
    if unit.lemmas is None:
        return [memory.get(word.form) or look_up(word.form, language) for word in unit.words]
    pairs = zip([word.form for word in unit.words], unit.lemmas, strict=True)
    return [memory.get(pair) or look_up(pair[0], language, pair[1]) for pair in pairs]


def _match(rule: Rule, words: Sequence[Word], known: Sequence[Known], anchor: int) -> tuple[int, ...] | None:
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


def _walk(path: Path, words: Sequence[Word], known: Sequence[Known], at: int, step: int) -> tuple[int, ...] | None:
    """Match the slots on one side of the word `at`; nearest words first."""
    number, left, further = path
    tight = left == 0
    hesitated = False
    index = at + step
    end = len(words) if step > 0 else -1
    while index != end:
        word = known[index]
        # The mark between two words stands before the later one.
        if tight and not hesitated and words[index if step > 0 else index + 1].before == BREAK and not word.hesitates:
            return None
        if number in word.fits:
            if further is None:
                return (index,)
            rest = _walk(further, words, known, index, step)
            if rest is not None:
                return (index, *rest)
        if word.hesitates:
            hesitated = True
        elif left == 0:
            return None
        else:
            left -= 1
        index += step
    return None

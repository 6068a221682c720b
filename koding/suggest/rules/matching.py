"""Where the patterns of a codebook match in a sentence: by lemma, in order, over pauses and hesitation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from koding.suggest.language.sentences import Unit
from koding.suggest.language.tokens import BREAK, Word, word_set
from koding.suggest.meaning.denials import Denial
from koding.suggest.rules.index import Known, Rule, RuleIndex

_WEAK, _STRONG, _PER_WORD, _STRONGEST, _PART = 0.35, 0.6, 0.08, 0.84, 0.9
_SEVERAL = 2
_HESITATION = word_set("eh ehm eeh øh øhm øø æh æhm hm hmm mm mhm liksom lissom altså asså jo")


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


def matches(unit: Unit, known: Sequence[Known], families: dict[str, str]) -> Iterator[Found]:
    """Give every match in a sentence; `known` has what each word can be, `families` the family of each code."""
    present = 0
    for word in known:
        present |= word.bits
    sentence = _Sentence(unit.words, known)
    for anchor, word in enumerate(known):
        for needed, rule in word.waking:
            if needed & present != needed:
                continue
            at = _match(rule, sentence, anchor)
            if at is not None:
                part = any(rule.slots[place] not in known[index].whole for place, index in enumerate(at))
                yield Found(rule, at, frozenset(at), families[rule.code], part)


def best(found: Iterator[Found]) -> list[Found]:
    """Keep the best of the matches of one code on the same words."""
    every = list(found)
    if len(every) < _SEVERAL:
        return every
    kept: dict[tuple[str, tuple[int, ...], bool], Found] = {}
    for match in every:
        key = (match.rule.code, match.at, match.rule.excepting)
        before = kept.get(key)
        if before is None or before.score < match.score:
            kept[key] = match
    return list(kept.values())


def known_words(index: RuleIndex, unit: Unit, language: str) -> list[Known]:
    """Give what each word of a sentence can be."""
    look_up = index.look_up
    if unit.lemmas is None:
        memory = index.known(language)
        return [memory.get(word.form) or look_up(word.form, language) for word in unit.words]
    pairs = zip(unit.words, unit.lemmas, strict=True)
    return [look_up(word.form, language, lemma) for word, lemma in pairs]


class _Sentence(NamedTuple):
    """The words of a sentence, and what each can be."""

    words: Sequence[Word]
    known: Sequence[Known]


def _match(rule: Rule, sentence: _Sentence, anchor: int) -> tuple[int, ...] | None:
    """Match the phrase around the word at `anchor`; give the indexes of its words."""
    if len(rule.slots) == 1:
        return (anchor,)
    before = _walk(rule, sentence, rule.anchor, anchor, step=-1)
    if before is None:
        return None
    if before and rule.gaps[rule.anchor]:
        # The words of a phrase are those nearest each other.
        number = rule.slots[rule.anchor]
        if any(number in sentence.known[index].fits for index in range(before[0] + 1, anchor)):
            return None
    after = _walk(rule, sentence, rule.anchor, anchor, step=1)
    return None if after is None else (*reversed(before), anchor, *after)


def _walk(rule: Rule, sentence: _Sentence, place: int, at: int, *, step: int) -> tuple[int, ...] | None:
    """Match the slots on one side of `place`, which stands on the word `at`; nearest words first."""
    target = place + step
    if not 0 <= target < len(rule.slots):
        return ()
    number = rule.slots[target]
    words, known = sentence
    left = rule.gaps[max(place, target)]
    tight = left == 0
    index = at + step
    hesitated = False
    while 0 <= index < len(words):
        # The mark between two words stands before the later one.
        if tight and words[max(index, index - step)].before == BREAK and not hesitated and not _hesitates(words[index]):
            return None
        if number in known[index].fits:
            rest = _walk(rule, sentence, target, index, step=step)
            if rest is not None:
                return (index, *rest)
        if _hesitates(words[index]):
            hesitated = True
        elif left == 0:
            return None
        else:
            left -= 1
        index += step
    return None


def _hesitates(word: Word) -> bool:
    return word.form in _HESITATION or word.form.endswith("-")

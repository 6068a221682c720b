"""Readings learned from sentences, lines of weights over the signs around a reason: is it denied, is it meant as one?

The weights stand in `readings.json`; `python -m benchmarks.reading` makes them from the constructed sentences in
`corpora/ovingssetninger` and the coded interviews, and tells how they do on writers left out.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import repeat
from math import exp
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.tokens import NO_WORDS, Words
from koding.suggest.meaning.glances import glance
from koding.suggest.meaning.names import KIND, MAY_DENY, TOLD, WORD, Names
from koding.suggest.meaning.numbered import Flags, Forms, Ints, Numbered
from koding.suggest.meaning.plain_words import NOT, PlainWords
from koding.suggest.meaning.runs import each_once, sums
from koding.suggest.meaning.sign_groups import OWN, Groups, spelt
from koding.suggest.meaning.signs import AFTER, OTHER, Setting, Sign, signs
from koding.suggest.meaning.small_talk import TOLD as SMALL_TALK_TOLD
from koding.suggest.meaning.small_talk import SmallTalk
from koding.suggest.meaning.weighing import At, Weighing, packed, unpacked

FILE: Final = Path(__file__).with_name("readings.json")


#: The column of what a form shows at a glance.
_SHOWN: Final = TOLD + SMALL_TALK_TOLD
#: What more it takes to be sure, in thousandths of the odds' logarithm.
_SURER: Final = 2_000


class Weights:
    """A line: the constant, the value from which it says yes, the weight of each sign, all in thousandths."""

    def __init__(self, constant: int, cut: int, groups: Groups) -> None:
        self.constant = constant
        self.cut = cut
        self.groups = groups

    @property
    def least(self) -> int:
        """Give what signs must weigh for a yes."""
        return self.cut - self.constant

    @cached_property
    def signs(self) -> Mapping[str, int]:
        """Give what each sign weighs."""
        return spelt(self.groups)

    def given(self, found: Iterable[Sign]) -> dict[int, float]:
        """Give what each word of the sentence gives to the value."""
        given = defaultdict[int, float](float)
        # Most signs weigh nothing; what does is told apart from the same sign of the same words.
        for name, places in dict.fromkeys([sign for sign in found if sign[0] in self.signs]):
            weight = self.signs[name]
            for index in places:
                given[index] += weight / len(places)
        return given


class Weighed(NamedTuple):
    """What is told of a reason, or what stands around it, as it weighs in either reading, in thousandths."""

    denied: int
    meant: int


class Readings(NamedTuple):
    """The readings that koding comes with; `known` are the plain words that signs tell apart.

    `hint` reads only which words a sentence and the next have: what it finds no denial in is not read closely.
    """

    known: frozenset[str]
    hint: Weights
    denied: Weights
    meant: Weights


@cache
def readings() -> Readings:
    """Give the readings, read once."""
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    return Readings(frozenset(kept["known"]), Weights(*kept["hint"]), Weights(*kept["denied"]), Weights(*kept["meant"]))


class Reader:
    """Reads, for many sentences at once, whether reasons are denied, whether words are meant as one, what is small talk."""

    def __init__(self, lexicon: Lexicon) -> None:
        known, hint, self._denied, meant = readings()
        self._plain = PlainWords(lexicon, known, OTHER)
        own = [name for weights in (self._denied, meant) for name in weights.groups.get(OWN, ())]
        names = Names(self._plain, known, " ".join(own).split(" "))
        self._hint = _Hint(names, hint)
        self._weighing = Weighing(names, packed(self._denied.groups, meant.groups))
        self.denies_from, self._means_from = self._denied.least, meant.least
        self._small_talk = SmallTalk(self._plain, TOLD)
        self._forms = Forms(lambda form: (*names.tell(form), *self._small_talk.tell(form), glance(form)), _SHOWN + 1)

    def hear(
        self,
        turns: Sequence[Sequence[Words]],
        which: Sequence[tuple[int, int]],
        asks: Sequence[bool],
    ) -> Numbered:
        """Take sentences in: those of `turns` that are told by turn and number in `which`, and whether they ask."""
        return Numbered(turns, which, asks, self._forms)

    def weigh(self, signs: Sequence[str]) -> Weighed:
        """Give what signs beside the words weigh."""
        denied, meant = unpacked(np.array([self._weighing.of_signs(signs)]))
        return Weighed(int(denied[0]), int(meant[0]))

    def shown(self, heard: Numbered) -> tuple[list[int], list[int]]:
        """Give what each sentence shows at a glance, and what those after them do."""
        own, after = [heard.together(_SHOWN, stretches).tolist() for stretches in (heard.own, heard.after)]
        return own, after

    def small_talk(self, heard: Numbered, sentences: Sequence[int]) -> list[int]:
        """Give those of some sentences that are small talk, whatever is matched in them."""
        if not sentences:
            return []
        which = np.array(sentences, np.int64)
        found: list[int] = which[self._small_talk.find(heard, which)].tolist()
        return found

    def may_deny(self, heard: Numbered) -> list[bool]:
        """Tell in which sentences, or the next, a word stands that a denial is told by."""
        found: list[bool] = self._hint.find(heard).tolist()
        return found

    def values(self, heard: Numbered) -> Values:
        """Give what reasons weigh in sentences that were heard."""
        return Values(self._weighing, heard)

    def denies(self, value: Weighed, beside: Weighed, *, lack: bool) -> bool:
        """Tell whether a reason is denied; it takes more to be sure where the rules let it stand as a lack."""
        return value.denied + beside.denied >= self.denies_from + lack * _SURER

    def means(self, value: Weighed, beside: Weighed) -> bool:
        """Tell whether a word may be meant as a reason, and not in another sense."""
        return value.meant + beside.meant >= self._means_from

    def denier(self, setting: Setting, evidence: Sequence[int]) -> int:
        """Give the word that denies a reason that is denied, by its index.

        Words of the next sentence are counted on from those of this one. It is a word that denials are told by, a
        negation above all, the nearest of the sentence itself where it has one; else the word that weighed most.
        """
        words, plain = setting.words, self._plain
        telling = [
            (index >= len(words), plain[form][1] != NOT, abs(index - evidence[0]), index)
            for index, form in enumerate((*words.forms, *setting.after.forms))
            if index not in evidence and plain.of(form).may_deny
        ]
        if telling:
            return min(telling)[-1]
        # An indicator may hold the negation itself: "ikke legen".
        own = [index for index in evidence if plain[words.forms[index]][1] == NOT]
        if own:
            return own[0]
        # The sentence before has no words that it could be.
        given = self._denied.given(signs(setting._replace(before=NO_WORDS), evidence, plain))
        others = given.keys() - {-1, *evidence}
        return max(others, key=lambda index: (given[index], -index), default=evidence[0])


class Values(dict[At, Weighed]):
    """What the words around reasons weigh; those that are looked up together cost least."""

    def __init__(self, weighing: Weighing, heard: Numbered) -> None:
        super().__init__()
        self._weighing = weighing
        self._heard = heard

    def look_up(self, reasons: Iterable[At]) -> None:
        """Look reasons up."""
        # Several indicators match on the same words.
        different = list(dict.fromkeys(reasons))
        denied, meant = unpacked(self._weighing.around(self._heard, different))
        # tuple.__new__ spares a call for each.
        weighed = map(tuple.__new__, repeat(Weighed), zip(denied.tolist(), meant.tolist(), strict=True))
        self.update(zip(different, weighed, strict=True))

    def __missing__(self, reason: At) -> Weighed:
        """Look a reason up that was not looked up with others."""
        self.look_up([reason])
        return self[reason]


@lru_cache(maxsize=2)
def reader_for(lexicon: Lexicon) -> Reader:
    """Give the reader that goes by a lexicon, made once: it remembers what is told of each form."""
    return Reader(lexicon)


class _Hint:
    """A first look at which words a sentence and the next have."""

    def __init__(self, names: Names, weights: Weights) -> None:
        self._least = weights.least
        # What each word of a sentence weighs, and then each of the next.
        said = [f"{name}{word}" for name in ("", f"{AFTER} ") for word in names.lined]
        self._weights = np.array([weights.signs.get(sign, 0) for sign in said], np.int64)

    def find(self, heard: Numbered) -> Flags:
        """Tell in which sentences a denial may be told."""
        told = heard.together(MAY_DENY, heard.own) | heard.together(MAY_DENY, heard.after)
        telling = told.nonzero()[0]
        found: list[Ints] = []
        which: list[Ints] = []
        for first, stretches in (0, heard.own), (len(self._weights) // 2, heard.after):
            places, rows = heard.places(stretches.of(telling))
            words, kinds = heard.column(WORD)[places], heard.column(KIND)[places]
            other = kinds != words
            for said, of in (words, rows), (kinds[other], rows[other]):
                numbers = said + first
                weighing = self._weights[numbers].nonzero()[0]
                found.append(of[weighing])
                which.append(numbers[weighing])
        rows, which_once = each_once(np.concatenate(found), np.concatenate(which), len(self._weights))
        may = np.zeros(len(heard.asks), np.bool_)
        may[telling] = sums(self._weights[which_once], rows, len(telling)) >= self._least
        return may


def chance(value: float) -> float:
    """Give the probability whose odds have this logarithm."""
    return 1 / (1 + exp(-value))

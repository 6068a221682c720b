"""Whether a sentence is small talk: chat, sayings, the weather, childhood, what is on television; nothing to code.

A line of weights over the sentence's words, learned from sentences that hold a theme word in another sense and from
such as tell a reason (`python -m benchmarks.small_talk`, which also tells how it does on writers left out). It looks at
the whole sentence, whatever was matched in it, where `reader` looks at what stands around a match.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from koding.suggest.language.tokens import BREAK
from koding.suggest.meaning.numbered import Columns, Flags, Ints, Numbered
from koding.suggest.meaning.plain_words import HESITATION, PlainWords
from koding.suggest.meaning.runs import Runs, each_once, moved, sums
from koding.suggest.meaning.signs import END, MARK, START, Setting

FILE: Final = Path(__file__).with_name("small_talk.json")
ASKS: Final = "?"
#: Begins a trait that is a form as it stands, one that is the length; stands for the rest of a word.
_FORM, _SIZE, _REST = "=", "#", "*"
#: Words in a run, of plain words and of forms.
_RUN, _RUN_OF_FORMS = 3, 2
_LETTERS, _FIRST, _LAST = 5, 4, 3
_LENGTHS: Final = (4, 7, 11, 15, 21, 29)
_BOUNDS: Final = (START, END, MARK, ASKS)
_NOTHING: Final = len(_BOUNDS)
#: How many numbers are told of a form.
TOLD: Final = 5


class Learned(NamedTuple):
    """The logarithm of the odds that a sentence is worth coding: a constant, the least it takes, a weight per trait.

    All are whole thousandths.
    """

    constant: int
    least: int
    weights: dict[str, int]

    def value(self, traits: Iterator[str]) -> int:
        """Give the logarithm of the odds, in thousandths."""
        return self.constant + sum(self.weights[trait] for trait in set(traits) if trait in self.weights)


@cache
def learned() -> Learned:
    """Give the weights that koding comes with, read once."""
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    return Learned(kept["constant"], kept["least"], kept["weights"])


class SmallTalk:
    """Tells small talk; what it tells of a form stands from column `first` on."""

    def __init__(self, plain: PlainWords, first: int) -> None:
        self._plain = plain
        self._constant, self._least = learned()[:2]
        weights = dict(learned().weights)
        self._sizes = np.array([weights.pop(f"{_SIZE}{size}", 0) for size in range(len(_LENGTHS) + 1)], np.int64)
        parts = {trait: weight for trait, weight in weights.items() if _REST in trait}
        numbered = {trait: number for number, trait in enumerate(parts, 1)}
        self._firsts = {trait[:-1]: number for trait, number in numbered.items() if trait[-1] == _REST}
        self._lasts = {trait[1:]: number for trait, number in numbered.items() if trait[0] == _REST}
        of_forms = {trait[1:]: weight for trait, weight in weights.items() if trait[0] == _FORM}
        of_words = {trait: weight for trait, weight in weights.items() if trait[0] != _FORM and trait not in parts}
        self._words, words, self._word_runs = _runs_of(of_words, _RUN)
        self._forms, forms, self._form_runs = _runs_of(of_forms, _RUN_OF_FORMS)
        # What is told by a number of its own: words, forms, how a word begins or ends. Runs are counted on from there.
        self._of_forms, self._of_parts = len(words), len(words) + len(forms)
        told = [*words, *forms, 0, *parts.values()]
        self._weights = np.concatenate([told, *(runs.weights for runs in (*self._word_runs, *self._form_runs))])
        word, form, hesitates, self._begins, self._ends = range(first, first + TOLD)
        self._columns = Columns(word, form, hesitates, *range(len(_BOUNDS)))

    def tell(self, form: str) -> tuple[int, ...]:
        """Give what is told of a form, by column: its word, itself, whether it hesitates, how it begins and ends."""
        word = self._words.get(self._plain.of(form).plain, _NOTHING)
        own = self._forms.get(form, _NOTHING)
        if form in HESITATION:
            return word, own, 1, 0, 0
        if len(form) < _LETTERS:
            return word, own, 0, 0, 0
        return word, own, 0, self._firsts.get(form[:_FIRST], 0), self._lasts.get(form[-_LAST:], 0)

    def find(self, heard: Numbered, which: Ints) -> Flags:
        """Tell which of some sentences are small talk, whatever is matched in them."""
        own = heard.own.of(which)
        line = heard.line(own, self._columns)
        asking = line.ends[heard.asks[which]]
        line.words[asking] = line.kinds[asking] = _BOUNDS.index(ASKS)
        count = len(line.starts)
        places, of_words = heard.places(own)
        found = [line.words, line.kinds + self._of_forms]
        found += [heard.column(column)[places] + self._of_parts for column in (self._begins, self._ends)]
        rows = [line.rows, line.rows, of_words, of_words]
        # Most weigh nothing.
        telling = [self._weights[each].nonzero()[0] for each in found]
        found = [each[some] for each, some in zip(found, telling, strict=True)]
        rows = [each[some] for each, some in zip(rows, telling, strict=True)]
        passed = len(self._weights) - sum(map(len, (*self._word_runs, *self._form_runs)))
        for said, every in (line.words, self._word_runs), (line.kinds, self._form_runs):
            for size, runs in enumerate(every, 2):
                places, some = runs.find(*moved(said, size))
                found.append(some + passed)
                rows.append(line.rows[places])
                passed += len(runs)
        once, of_once = each_once(np.concatenate(rows), np.concatenate(found), len(self._weights))
        value = sums(self._weights[of_once], once, count) + self._constant
        sizes = line.ends - line.starts + 1
        return value + self._sizes[np.searchsorted(_LENGTHS, sizes)] < self._least


def traits(setting: Setting, plain: PlainWords) -> Iterator[str]:
    """Give the traits of a sentence: runs of its words as they stand and in one spelling, their ends, its length."""
    forms, words = [START], [START]
    for index, word in enumerate(setting.words):
        if word.before == BREAK and index:
            forms.append(MARK)
            words.append(MARK)
        if word.form not in HESITATION:
            forms.append(word.form)
            words.append(plain.of(word.form).plain)
            if len(word.form) >= _LETTERS:
                yield from _parts_of(word.form)
    for found in forms, words:
        found.append(ASKS if setting.asks else END)
    yield from _spelt(words, "", _RUN)
    yield from _spelt(forms, _FORM, _RUN_OF_FORMS)
    yield f"{_SIZE}{sum(len(forms) > length for length in _LENGTHS)}"


def _parts_of(form: str) -> tuple[str, str]:
    return f"{form[:_FIRST]}{_REST}", f"{_REST}{form[-_LAST:]}"


def _spelt(words: Sequence[str], name: str, most: int) -> Iterator[str]:
    for count in range(1, most + 1):
        for place in range(len(words) - count + 1):
            yield name + " ".join(words[place : place + count])


def _runs_of(weights: Mapping[str, int], longest: int) -> tuple[dict[str, int], list[int], list[Runs]]:
    """Give the numbers of the words of some runs, what each word weighs by itself, and the longer runs by length."""
    bounds = dict.fromkeys(_BOUNDS)
    names = [*bounds, "", *sorted(set(" ".join(weights).split(" ")) - bounds.keys())]
    numbers = {name: number for number, name in enumerate(names)}
    found: list[dict[str, int]] = [{} for _size in range(longest)]
    for run, weight in weights.items():
        found[run.count(" ")][run] = weight
    return numbers, [found[0].get(name, 0) for name in names], [Runs(numbers, each) for each in found[1:]]

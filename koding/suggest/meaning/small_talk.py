"""Whether a sentence is small talk: chat, sayings, the weather, childhood, what is on television; nothing to code.

A line of weights over the sentence's words, learned from sentences that hold a theme word in another sense and from
such as tell a reason (`python -m benchmarks.small_talk`, which also tells how it does on writers left out). It looks at
the whole sentence, whatever was matched in it, where `reader` looks at what stands around a match.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.tokens import BREAK
from koding.suggest.meaning.plain_words import HESITATION, PlainWords
from koding.suggest.meaning.signs import END, MARK, OTHER, START, Setting

FILE: Final = Path(__file__).with_name("small_talk.json")
ASKS: Final = "?"
#: Words in a run, of plain words and of forms.
_RUN, _RUN_OF_FORMS = 3, 2
_LETTERS, _FIRST, _LAST = 5, 4, 3
_LENGTHS: Final = (4, 7, 11, 15, 21, 29)


class Line(NamedTuple):
    """The logarithm of the odds that a sentence is worth coding: a constant, the least it takes, a weight per trait."""

    constant: float
    least: float
    weights: dict[str, float]

    def value(self, setting: Setting, plain: PlainWords) -> float:
        """Give the logarithm of the odds."""
        weights = self.weights
        return self.constant + sum([weights.get(trait, 0.0) for trait in dict.fromkeys(traits(setting, plain))])


@cache
def line() -> Line:
    """Give the line that koding comes with, read once."""
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    return Line(kept["constant"], kept["least"], kept["weights"])


class SmallTalk:
    """Tells small talk."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._plain = PlainWords(lexicon, frozenset(), OTHER)
        self._setting: Setting | None = None
        self._is_small_talk = False

    def is_small_talk(self, setting: Setting) -> bool:
        """Tell whether a sentence is small talk, whatever words it holds."""
        if setting is not self._setting:
            # All codes of a sentence ask, one after the other.
            learned = line()
            self._is_small_talk = learned.value(setting, self._plain) < learned.least
            self._setting = setting
        return self._is_small_talk


def traits(setting: Setting, plain: PlainWords) -> Iterator[str]:
    """Give the traits of a sentence: runs of its words as they stand and in one spelling, their ends, its length."""
    forms, words = [START], [START]
    for word in setting.words:
        if word.before == BREAK and len(forms) > 1:
            forms.append(MARK)
            words.append(MARK)
        if word.form not in HESITATION:
            forms.append(word.form)
            words.append(plain.plain(word.form))
            if len(word.form) >= _LETTERS:
                yield f"{word.form[:_FIRST]}-"
                yield f"-{word.form[-_LAST:]}"
    for found in forms, words:
        found.append(ASKS if setting.asks else END)
    yield from _runs(words, "", _RUN)
    yield from _runs(forms, "=", _RUN_OF_FORMS)
    yield f"size {sum(len(forms) > length for length in _LENGTHS)}"


def _runs(words: Sequence[str], name: str, most: int) -> Iterator[str]:
    for count in range(1, most + 1):
        for place in range(len(words) - count + 1):
            yield name + " ".join(words[place : place + count])

"""What a suggestion shows of its reason: the spans that decided, and one line that names them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from koding.i18n import _
from koding.model.coding import Evidence
from koding.suggest.language.sentences import Unit
from koding.suggest.language.tokens import Word

#: Matches that the line names; more are hinted at.
SHOWN: Final = 3

#: For each match, its spans.
_Runs = Sequence[Sequence[tuple[int, int]]]


class Wording:
    """The sentences of the reason, in the language of the interface as it is when this is made."""

    def __init__(self) -> None:
        self._quoted = _("“{text}”")
        self._match = _("match: {evidence}")
        self._denied = _("match: {evidence} (denied by {word})")
        self._answer = _("{word} to the question about {evidence}")

    def why(self, text: str, runs: _Runs, denier: Word | None) -> str:
        """Give the line for matches on these spans of `text`; `denier` is the word that denies them."""
        if denier is None:
            return self._match.format(evidence=self._named(text, runs))
        word = self._quoted.format(text=text[denier.start : denier.end])
        return self._denied.format(evidence=self._named(text, runs), word=word)

    def answer(self, word: str, question: str, runs: _Runs) -> str:
        """Give the line for a yes or no (`word`) to a question that matches on these spans."""
        return self._answer.format(word=self._quoted.format(text=word), evidence=self._named(question, runs))

    def facet(self, label: str, text: str, run: Sequence[tuple[int, int]]) -> str:
        """Give what the line adds for a proposed facet: its value's label, and the words on the spans of `run`."""
        # A label stands first in a list and here within a line.
        shown = label[:1].lower() + label[1:]
        return f" · {shown}: {self._quoted.format(text=_phrase(text, run))}"

    def _named(self, text: str, runs: _Runs) -> str:
        if len(runs) == 1:
            return self._quoted.format(text=_phrase(text, runs[0]))
        shown = dict.fromkeys(self._quoted.format(text=_phrase(text, run)) for run in runs)
        return ", ".join(list(shown)[:SHOWN]) + (", …" if len(shown) > SHOWN else "")


def _phrase(text: str, run: Sequence[tuple[int, int]]) -> str:
    return " ... ".join([" ".join(text[start:end].split()) for start, end in run])


def spans(unit: Unit, at: Sequence[int]) -> list[tuple[int, int]]:
    """Give the spans of the words at the indexes `at` (ascending), words that follow each other in one."""
    found: list[tuple[int, int]] = []
    first = last = at[0]
    for index in at[1:]:
        if index > last + 1:
            found.append(unit.words.span(first, last))
            first = index
        last = index
    found.append(unit.words.span(first, last))
    return found


def evidence(runs: _Runs, offset: int) -> tuple[Evidence, ...]:
    """Give the spans of all matches, in order and apart, moved by `offset` code points."""
    if len(runs) == 1:
        # The spans of one match stand in order and apart.
        return tuple([Evidence(start + offset, end + offset) for start, end in runs[0]])
    merged: list[tuple[int, int]] = []
    for start, end in sorted({span for run in runs for span in run}):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple([Evidence(start + offset, end + offset) for start, end in merged])

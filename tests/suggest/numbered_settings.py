"""Sentences in their settings, as numbers."""

from __future__ import annotations

from collections.abc import Sequence

from koding.suggest.language.tokens import Words
from koding.suggest.meaning.numbered import Forms, Numbered
from koding.suggest.meaning.signs import Setting

#: Turns by the words of their sentences, which sentences are told of by turn and number, and whether these ask.
Told = tuple[list[list[Words]], list[tuple[int, int]], list[bool]]


def told(settings: Sequence[Setting]) -> Told:
    """Give settings as the turns that they are, each of up to three sentences."""
    turns = [[*filter(None, [each.before]), each.words, *filter(None, [each.after])] for each in settings]
    which = [(turn, 1 if each.before else 0) for turn, each in enumerate(settings)]
    return turns, which, [each.asks for each in settings]


def numbered(settings: Sequence[Setting], forms: Forms) -> Numbered:
    """Give settings as numbers."""
    return Numbered(*told(settings), forms)

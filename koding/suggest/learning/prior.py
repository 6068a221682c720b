"""What is known before a study teaches anything: how far each kind of evidence has been worth trusting elsewhere.

`prior.json` holds, for each feature, its mean and spread in constructed interviews with codings, and the weight that
they gave it (see `benchmarks/learning.py`, which makes it). No word is in it: it serves any codebook.

Imported in the suggester's processes only (numpy).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from koding.suggest.learning.choice import Choice, Scale
from koding.suggest.learning.features import FEATURES, OF_OTHERS, OF_RULES, SILENCE

_FILE: Final = Path(__file__).with_name("prior.json")
#: The name of the constant among the weights for silence.
CONSTANT: Final = "constant"


def left_out(*, with_rules: bool, with_others: bool) -> frozenset[str]:
    """Give the features that say nothing without the rules, or without other studies with the same codes."""
    return (frozenset() if with_rules else OF_RULES) | (frozenset() if with_others else OF_OTHERS)


def name_of(*, with_rules: bool, with_others: bool) -> str:
    """Give the name of the prior for what there is to go by."""
    return ("rules" if with_rules else "no rules") + (", others" if with_others else ", no others")


@lru_cache(maxsize=1)
def _all() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found


def prior(*, with_rules: bool, with_others: bool) -> Choice:
    """Give the choice that a study's codings start from."""
    return read(_all()[name_of(with_rules=with_rules, with_others=with_others)])


def read(record: Mapping[str, Any]) -> Choice:
    """Read a choice as `written` gives it."""
    pair, silence = record["pair"], record["silence"]
    return Choice(
        _scale([pair[name] for name in FEATURES]),
        _scale([silence[name] for name in SILENCE]),
        np.array([pair[name][2] for name in FEATURES], np.float64),
        np.array([*(silence[name][2] for name in SILENCE), record[CONSTANT]], np.float64),
    )


def written(choice: Choice) -> dict[str, Any]:
    """Give a choice as values that JSON carries."""
    return {
        "pair": _rows(FEATURES, choice.pair, choice.weights.tolist()),
        "silence": _rows(SILENCE, choice.silence, choice.silent_weights.tolist()[:-1]),
        CONSTANT: float(choice.silent_weights[-1]),
    }


def _scale(rows: Sequence[Sequence[float]]) -> Scale:
    return Scale(np.array([row[0] for row in rows], np.float64), np.array([row[1] for row in rows], np.float64))


def _rows(names: Sequence[str], scale: Scale, weights: Sequence[float]) -> dict[str, list[float]]:
    return {name: row for name, *row in zip(names, scale.mean.tolist(), scale.spread.tolist(), weights, strict=True)}

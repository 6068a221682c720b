"""How much learning helps, material by material, and the weights that every study's learning starts from.

    python -m benchmarks.learning            each material learns from its own other sources, with a prior and an
                                             experience that know nothing of that material
    python -m benchmarks.learning --write    the prior of all materials, into koding/suggest/learning/prior.json

The materials are those in `codebooks/erfaring` that have several sources. For the same numbers to the last digit, set
OPENBLAS_NUM_THREADS=1 in the environment.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from koding.material import material_folder
from koding.model.evaluation import Score
from koding.session.opening import read_codebook_file
from koding.suggest.learning import prior
from koding.suggest.learning.background import Background, blocks, vocabulary
from koding.suggest.learning.choice import Choice, Scale
from koding.suggest.learning.exchanges import exchange, hear
from koding.suggest.learning.experience import Past, experience
from koding.suggest.learning.features import FEATURES, SILENCE
from koding.suggest.learning.learned import Lessons, train
from koding.suggest.learning.spoken import Exchange
from koding.suggest.learning.taught import Taught
from koding.suggest.learning.teaching import Teacher
from koding.suggest.rules.suggester import RuleSuggester

CODEBOOK: Final = "flyttegrunner.yaml"
#: A material stands for at most so many sentences, so that a large one does not drown the others.
MOST_FOR_ONE: Final = 750
#: The variance of a scaled weight around nothing, where the prior itself is learned.
TRUST: Final = 0.5
_LEAST_SOURCES: Final = 3
_SPREAD: Final = 1e-6
_DIGITS: Final = 5


@dataclass(frozen=True)
class Material:
    """A set's turns with what the rules find in them, by source, and its codings."""

    name: str
    sources: tuple[tuple[Exchange, ...], ...]
    codings: Counter[str]

    @property
    def whole(self) -> str:
        """Give the name of what the material belongs to: `a` for `a/sentences`."""
        return self.name.partition("/")[0]

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Give all turns."""
        return tuple(each for source in self.sources for each in source)


def materials(teacher: Teacher) -> list[Material]:
    """Read the materials of the codebook's experience."""
    by_set: dict[str, dict[str, list[Past]]] = {}
    for past in experience(teacher.codebook):
        by_set.setdefault(past.set_, {}).setdefault(past.source, []).append(past)
    rules = RuleSuggester(teacher.codebook)
    found = []
    for name, sources in by_set.items():
        read = tuple(tuple(_read(past, rules, teacher)) for past in sources.values())
        found.append(Material(name, read, Counter(m.code for s in sources.values() for p in s for m in p.marks)))
    return found


def _read(past: Sequence[Past], rules: RuleSuggester, teacher: Teacher) -> Iterator[Exchange]:
    for each, heard in zip(past, hear([each.turn for each in past], rules, None, past[0].source), strict=True):
        yield exchange(heard, teacher.reader, each.source, each.marks)


def background(teacher: Teacher, others: Iterable[Material]) -> Background:
    """Give what other materials teach."""
    return Background(teacher.codes, tuple(each for other in others for each in other.exchanges))


def weights(teacher: Teacher, known: Sequence[Material], *, with_rules: bool, with_others: bool) -> Choice:
    """Learn how far each kind of evidence can be trusted: each material with the others as its experience."""
    features, silence, coded, shares = [], [], [], []
    for material in known:
        if len(material.sources) < _LEAST_SOURCES:
            continue
        others = [other for other in known if other.whole != material.whole] if with_others else []
        behind = background(teacher, others)
        own = vocabulary(material.exchanges, teacher.codes)
        taught = Taught(blocks(material.exchanges, teacher.codes, own), teacher.codes, own)
        lessons = Lessons.of(material.sources, taught, behind, with_rules=with_rules)
        features.append(lessons.features)
        silence.append(lessons.silence)
        coded.append(lessons.coded)
        shares.append(np.full(len(lessons.coded), min(1.0, MOST_FOR_ONE / len(lessons.coded))))
    pairs, silent = np.concatenate(features), np.concatenate(silence)
    gone = prior.left_out(with_rules=with_rules, with_others=with_others)
    start = Choice(
        _scale(pairs.reshape(-1, len(FEATURES)), FEATURES, gone),
        _scale(silent, SILENCE, gone),
        np.zeros(len(FEATURES)),
        np.zeros(len(SILENCE) + 1),
    )
    return start.fitted(pairs, silent, np.concatenate(coded), np.concatenate(shares), TRUST)


def _scale(rows: Any, names: Sequence[str], gone: frozenset[str]) -> Scale:
    spread = rows.std(0, dtype=np.float64) + _SPREAD
    # What is left out is nothing everywhere, and must stay nothing where a study has it after all.
    spread[[place for place, name in enumerate(names) if name in gone]] = 1
    return Scale(rows.mean(0, dtype=np.float64), spread)


def tried(material: Material, start: Choice, behind: Background, *, with_rules: bool) -> Score:
    """Give hits and faults, each source by what the others teach."""
    score = Score()
    for number, own in enumerate(material.sources):
        rest = [each for place, source in enumerate(material.sources) if place != number for each in source]
        codings = Counter(code for each in rest for said in each.sentences for code in said.codes)
        learned = train(rest, behind, codings, with_rules=with_rules, start=start)
        assert learned is not None
        turns = own if with_rules else [_unruled(each) for each in own]
        pairs = learned.pairs(turns)
        shown = learned.cut.shows(learned.judged(pairs))
        score += _score(shown, pairs.block.coded)
    return score


def _unruled(turn: Exchange) -> Exchange:
    return replace(turn, sentences=tuple(replace(said, rules={}) for said in turn.sentences))


def _score(shown: Any, coded: Any) -> Score:
    return Score(int((shown & coded).sum()), int((shown & ~coded).sum()), int((coded & ~shown).sum()))


def rules_alone(material: Material) -> Score:
    """Give hits and faults of the rules."""
    found = [(set(said.rules), said.codes) for each in material.exchanges for said in each.sentences]
    return Score(
        sum(len(said & coded) for said, coded in found),
        sum(len(said - coded) for said, coded in found),
        sum(len(coded - said) for said, coded in found),
    )


def _line(score: Score) -> str:
    return f"{score.f1 or 0:.3f} ({score.precision or 0:.2f}, {score.recall or 0:.2f})"


def main() -> None:
    """Print the table, or write the prior."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--write", action="store_true", help="write the prior of all materials")
    parser.add_argument("--only", help="one material")
    asked = parser.parse_args()
    teacher = Teacher(read_codebook_file(material_folder("codebooks") / CODEBOOK))
    known = materials(teacher)
    ways = [(with_rules, with_others) for with_rules in (True, False) for with_others in (True, False)]
    if asked.write:
        record = {
            prior.name_of(with_rules=rules, with_others=others): _rounded(
                prior.written(weights(teacher, known, with_rules=rules, with_others=others))
            )
            for rules, others in ways
        }
        Path(prior.__file__).with_name("prior.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
        return
    for material in known:
        if len(material.sources) < _LEAST_SOURCES or asked.only not in (None, material.name):
            continue
        others = [other for other in known if other.whole != material.whole]
        print(f"{material.name}: rules {_line(rules_alone(material))}", flush=True)
        for with_rules, with_others in ways:
            began = time.process_time()
            start = weights(teacher, others, with_rules=with_rules, with_others=with_others)
            behind = background(teacher, others if with_others else ())
            name = prior.name_of(with_rules=with_rules, with_others=with_others)
            score = tried(material, start, behind, with_rules=with_rules)
            print(f"  learned, {name}: {_line(score)}  {time.process_time() - began:.0f} s", flush=True)


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{_DIGITS}g}")
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    return [_rounded(each) for each in value]


if __name__ == "__main__":
    main()

"""Learn what small talk is, and judge it.

    python -m benchmarks.small_talk            learn from all writers, and write koding/suggest/meaning/small_talk.json
    python -m benchmarks.small_talk --judge    leave each writer out in turn, learn from the others, and count

The material is constructed: the sentences that `benchmarks.reading` learns from, those in another sense against all
others, and the coded sentences of the interviews, which are worth coding. Each writer's interviews go with the writer.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.reading import INTERVIEWS, SENTENCES, Rows, fit, in_thousandths, write_learned
from koding.suggest.language.memory import RememberingLexicon
from koding.suggest.language.sentences import asks, units
from koding.suggest.meaning import small_talk
from koding.suggest.meaning.plain_words import PlainWords
from koding.suggest.meaning.signs import OTHER, Setting

CHAT = "annen_betydning"
CODED = "intervju"
#: A trait is learned where it stands in so many sentences.
LEAST = 4
#: Probability under which a sentence is small talk.
CUT = 0.45
#: What a coded sentence of an interview counts beside one that was written to be judged.
CODED_SHARE = 0.5
SMALLEST = 0.01
#: Ten sentences' worth of doubt about each weight.
RIDGE = 10.0


@dataclass(frozen=True)
class Example:
    """A sentence: who wrote it, of what kind, the row it is part of, what it counts, and its traits."""

    writer: str
    kind: str
    row: tuple[str, int]
    share: float
    traits: frozenset[str]


def examples() -> Iterator[Example]:
    """Give the sentences of the material."""
    plain = PlainWords(RememberingLexicon(), frozenset(), OTHER)
    for path, writer in SENTENCES.items():
        for number, row in enumerate(_rows(path)):
            yield from _of(writer, row["kind"], (str(path), number), row["text"], plain)
    for path, writer in INTERVIEWS.items():
        for number, row in enumerate(_rows(path)):
            yield from _of(writer, CODED, (str(path), number), row["text"], plain)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _of(writer: str, kind: str, row: tuple[str, int], text: str, plain: PlainWords) -> Iterator[Example]:
    found = units(text)
    share = (CODED_SHARE if kind == CODED else 1.0) / max(1, len(found)) ** 0.5
    for unit in found:
        traits = frozenset(small_talk.traits(Setting(unit.words, asks=asks(text, unit)), plain))
        yield Example(writer, kind, row, share, traits)


def learn(found: Sequence[Example]) -> tuple[dict[str, float], float]:
    """Give the weight of each trait, and the constant; small talk and what is worth coding count alike in all."""
    counts = Counter(trait for each in found for trait in each.traits)
    names = {trait: at for at, trait in enumerate(sorted(name for name, count in counts.items() if count >= LEAST))}
    places = [sorted(names[trait] for trait in each.traits if trait in names) for each in found]
    row = np.repeat(np.arange(len(places)), [len(each) for each in places])
    column = np.fromiter((at for each in places for at in each), np.int64, len(row))
    truths = np.array([each.kind != CHAT for each in found], np.float64)
    shares = np.array([each.share for each in found])
    shares[truths == 0] *= shares[truths == 1].sum() / shares[truths == 0].sum()
    shares *= len(shares) / shares.sum()
    line = fit(Rows(row, column, len(places), len(names)), truths, shares, RIDGE)
    return dict(zip(names, line[:-1].tolist(), strict=True)), float(line[-1])


def judge(found: Sequence[Example]) -> None:
    """Leave each writer out in turn, and print how many of that one's sentences are taken for small talk."""
    taken: Counter[tuple[str, str, float]] = Counter()
    every: Counter[tuple[str, str]] = Counter()
    for writer in sorted({each.writer for each in found}):
        weights, constant = learn([each for each in found if each.writer != writer])
        best: dict[tuple[str, tuple[str, int]], float] = defaultdict(float)
        for each in found:
            if each.writer == writer:
                chance = 1 / (1 + np.exp(-constant - sum(weights.get(trait, 0.0) for trait in each.traits)))
                best[each.kind, each.row] = max(best[each.kind, each.row], chance)
        for (kind, _row), chance in best.items():
            every[writer, kind] += 1
            for cut in (0.3, CUT, 0.5):
                taken[writer, kind, cut] += bool(chance < cut)
    for (writer, kind), count in sorted(every.items(), key=lambda item: (item[0][1], item[0][0])):
        told = "  ".join(f"under {cut:.2f}: {taken[writer, kind, cut]}" for cut in (0.3, CUT, 0.5))
        print(f"{kind:16} {writer:10} of {count}: {told}")


def main() -> int:
    """Learn and write the weights, or judge."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.small_talk", description=__doc__)
    parser.add_argument("--judge", action="store_true", help="tell how it does on writers left out; write nothing")
    arguments = parser.parse_args()
    found = list(examples())
    if arguments.judge:
        judge(found)
        return 0
    write_learned(small_talk.FILE, learned_content(found), len(found))
    return 0


def learned_content(found: Sequence[Example]) -> dict[str, object]:
    """Learn, and give what was learned as it is kept."""
    weights, constant = learn(found)
    return {
        "constant": in_thousandths(constant),
        "least": in_thousandths(float(np.log(CUT / (1 - CUT)))),
        "weights": {
            trait: in_thousandths(weight, 2) for trait, weight in sorted(weights.items()) if abs(weight) >= SMALLEST
        },
    }


if __name__ == "__main__":
    sys.exit(main())

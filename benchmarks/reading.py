"""Learn the readings that koding comes with (is a reason denied, is it meant as one), and judge them.

    python -m benchmarks.reading            learn from all writers, and write koding/suggest/meaning/readings.json
    python -m benchmarks.reading --judge    leave each writer out in turn, learn from the others, and count

The material is constructed: the sentences in corpora/ovingssetninger, proveintervjuer and ettertest, each file with its
kinds, and coded interviews. A sentence is learned from once for each match of its code's family. The method is logistic
regression with a ridge, by accelerated steps down the slope, the same for the same material.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.material import ROOT, codebook
from koding.session.importing import Importer, read_informants_file
from koding.session.opening import create_study
from koding.store import sources as sources_store
from koding.suggest.language.languages import language_of
from koding.suggest.language.memory import RememberingLexicon
from koding.suggest.language.sentences import Unit, units
from koding.suggest.meaning import reader
from koding.suggest.meaning.denials import Kind
from koding.suggest.meaning.plain_words import CLASSES, PlainWords
from koding.suggest.meaning.sign_groups import grouped
from koding.suggest.meaning.signs import OTHER, OWN, signs
from koding.suggest.process.protocol import TurnText
from koding.suggest.process.requests import Asking
from koding.suggest.rules.denying import Considered
from koding.suggest.rules.suggester import RuleSuggester

CORPORA = ROOT / "corpora"
QUESTION = "Hvordan var det?"
DENIED, STANDS, NOTHING = "denied", "stands", "nothing"
#: Sentences by writer (the one who wrote koding's corpora has several files), and interviews with their codings.
SENTENCES = {
    CORPORA / "proveintervjuer" / "setninger.csv": "skriver1",
    CORPORA / "ettertest" / "setninger.csv": "skriver1",
    **{path: path.stem for path in sorted((CORPORA / "ovingssetninger").glob("*.csv"))},
}
INTERVIEWS = {
    CORPORA / "proveintervjuer" / "codings_fasit.csv": "skriver1",
    CORPORA / "ettertest" / "codings_fasit.csv": "skriver1",
    CORPORA / "flytting_etter_bosetting" / "codings_kari.csv": "demo",
}
#: A sign is learned where it stands in so many sentences, a word told apart from so many.
LEAST, LEAST_WORDS = 4, 4
RIDGE, STEPS = 3.0, 150
#: Probability from which a reason counts as denied, and from which it counts as meant.
CUT, CUT_MEANT = 0.33, 0.65
#: Weights nearer to nothing are left out.
SMALLEST = 0.02
#: The demo's codings are those of a hurried coder, and what else a denying sentence names may be denied as well.
DEMO, ASIDE = 0.5, 0.3
#: A sentence of an interview that nobody has coded may hold a reason all the same.
UNCODED = 0.04

#: Share of the denied reasons that a first look at the words may miss.
MISSED = 0.02
#: Begin the signs that tell what the rules take for a denial.
DENYING = frozenset(f"=rule {kind}" for kind in Kind)
RULED = ("=rule ", "=refused")
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """A match in a sentence, who wrote it, what it is, and its signs. `sentence` is what is judged as one."""

    writer: str
    kind: str
    sentence: tuple[str, ...]
    truth: str
    considered: Considered
    signs: frozenset[str] = frozenset()


# -- material ------------------------------------------------------------------------------------------------------


def examples(rules: RuleSuggester) -> Iterator[Example]:
    """Give every match in the material whose truth is known."""
    for path, writer in SENTENCES.items():
        yield from _of_sentences(rules, path, writer)
    for path, writer in INTERVIEWS.items():
        yield from _of_interviews(rules, path, writer)


def _of_sentences(rules: RuleSuggester, path: Path, writer: str) -> Iterator[Example]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows):
        family = row["code"].partition(".")[0]
        own = {"avvist": DENIED, "annen_betydning": NOTHING}.get(row["kind"], STANDS)
        turn = TurnText(0, 0, row["text"], language_of([row["text"]]), QUESTION)
        for each in rules.considered(turn, units(row["text"])):
            truth = own if family in {"", each.match.family} else NOTHING
            # What else an asserting sentence names may be denied there: "Skolen var fin, men jobb fantes ikke."
            if truth is own or row["kind"] != "hevdet":
                name = (path.parent.name, path.stem, str(number), each.match.family)
                yield Example(writer, row["kind"], name, truth, each)


def _of_interviews(rules: RuleSuggester, path: Path, writer: str) -> Iterator[Example]:
    gold: dict[str, list[tuple[int, int, str, bool]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            family, denied = row["code"].partition(".")[0], row["status"] == "avvist"
            gold[row["source"]].append((int(row["start"]), int(row["end"]), family, denied))
    for source, turn in _turns(path.parent):
        for each in rules.considered(turn, units(turn.text)):
            start, end = (turn.start + at for at in (each.place.unit.start, each.place.unit.end))
            truth = _truth(gold[source], start, end, each.match.family)
            name = (source, str(start), each.match.family)
            yield Example(writer, "intervju", name, truth, each)


def _truth(gold: Sequence[tuple[int, int, str, bool]], start: int, end: int, family: str) -> str:
    """Give what the codings say of a family on a sentence: half of either lies in the other."""
    found = NOTHING
    for first, after, coded, denied in gold:
        shared = min(end, after) - max(start, first)
        if coded == family and shared > 0 and (2 * shared >= end - start or 2 * shared >= after - first):
            if denied:
                return DENIED
            found = STANDS
    return found


def _turns(folder: Path) -> Iterator[tuple[str, TurnText]]:
    """Give the turns that are counted, of every interview in a folder."""
    informants = read_informants_file(folder / "informants.csv")
    with tempfile.TemporaryDirectory() as place:
        study = Path(place) / "s.koding"
        with create_study(study, codebook(), "reading") as project:
            Importer(project, "reading", informants).run(sorted(folder.glob("*.txt")))
            with project.reading() as connection:
                records = sources_store.sources(connection)
                transcripts = [(each.name, sources_store.transcript(connection, each)) for each in records]
    for name, transcript in transcripts:
        for turn in Asking(transcript, codebook()).turn_texts(range(len(transcript.turns))):
            yield name, turn


# -- learning ------------------------------------------------------------------------------------------------------


def with_signs(found: Sequence[Example], lexicon: RememberingLexicon) -> tuple[list[Example], frozenset[str]]:
    """Give the examples with their signs, each sign of a sentence once, and the words that they tell apart."""
    namer = PlainWords(lexicon, frozenset(), OTHER)
    met: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for each in found:
        place = _sentence(each.considered.place.unit)
        met[place] = {namer.plain(form) for form in place}
    counts = Counter(word for words in met.values() for word in words)
    known = frozenset(word for word, count in counts.items() if count >= LEAST_WORDS)
    plain = PlainWords(lexicon, known, OTHER)
    told: dict[object, Example] = {}
    for each in found:
        match, place, others = each.considered
        setting = place.setting
        assert setting is not None
        names = frozenset(sign for sign, _ in signs(setting, match.at, plain)) | frozenset(others)
        told.setdefault((each.sentence, place.unit.start, names), replace(each, signs=names))
    return list(told.values()), known


def _sentence(unit: Unit) -> tuple[str, ...]:
    return tuple(word.form for word in unit.words)


@dataclass(frozen=True)
class Rows:
    """Examples as rows of a sparse matrix of signs."""

    row: npt.NDArray[np.int64]
    column: npt.NDArray[np.int64]
    rows: int
    columns: int

    def times(self, weights: Floats) -> Floats:
        """Give the sum of the weights in each row."""
        return np.bincount(self.row, weights=weights[self.column], minlength=self.rows)

    def turned(self, amounts: Floats) -> Floats:
        """Give the sum of the rows' amounts in each column."""
        return np.bincount(self.column, weights=amounts[self.row], minlength=self.columns)


def rows_of(found: Sequence[Example], names: Mapping[str, int]) -> Rows:
    """Give the examples as rows; signs without a name are left out."""
    places = [sorted(names[sign] for sign in each.signs if sign in names) for each in found]
    row = np.repeat(np.arange(len(places)), [len(each) for each in places])
    column = np.fromiter((at for each in places for at in each), np.int64, len(row))
    return Rows(row, column, len(places), len(names))


def learn_denied(found: Sequence[Example]) -> tuple[dict[str, float], float]:
    """Learn whether a reason is denied; its own words do not tell."""
    return learn(found, lambda each: each.truth == DENIED, _share, lambda sign: not sign.startswith(OWN))


def learn_hint(found: Sequence[Example], known: frozenset[str]) -> tuple[dict[str, float], float]:
    """Learn what the words of a sentence and the next, in no order, tell of a denial."""
    words = known | CLASSES
    return learn(found, lambda each: each.truth == DENIED, _share, lambda sign: sign.removeprefix("N ") in words)


def hint_cut(found: Sequence[Example], learned: tuple[dict[str, float], float]) -> float:
    """Give the probability that nearly all denied reasons are above."""
    weights, constant = learned
    values = [constant + sum(weights.get(sign, 0.0) for sign in each.signs) for each in found if each.truth == DENIED]
    return reader.chance(float(np.quantile(values, MISSED)))


def learn_meant(found: Sequence[Example]) -> tuple[dict[str, float], float]:
    """Learn whether a word is meant as a reason, denied or not; what else a sentence names is left out."""
    used = [each for each in found if each.truth != NOTHING or each.kind in {"annen_betydning", "intervju"}]
    return learn(used, lambda each: each.truth != NOTHING, _share_meant, lambda sign: not sign.startswith(RULED))


def learn(
    found: Sequence[Example],
    is_true: Callable[[Example], bool],
    share: Callable[[Example], float],
    counts: Callable[[str], bool],
) -> tuple[dict[str, float], float]:
    """Fit the weights of the signs that count, and the constant."""
    stands = defaultdict[str, set[tuple[str, ...]]](set)
    for each in found:
        for sign in filter(counts, each.signs):
            stands[sign].add(each.sentence)
    names = {sign: at for at, sign in enumerate(sorted(sign for sign, where in stands.items() if len(where) >= LEAST))}
    rows = rows_of(found, names)
    truths = np.array([is_true(each) for each in found], np.float64)
    times = Counter(each.sentence for each in found)
    shares = np.array([share(each) / times[each.sentence] ** 0.5 for each in found])
    line = fit(rows, truths, shares, RIDGE)
    return dict(zip(names, line[:-1].tolist(), strict=True)), float(line[-1])


def _share(each: Example) -> float:
    aside = each.kind == "avvist" and each.truth == NOTHING
    return DEMO if each.writer == "demo" else ASIDE if aside else 1.0


def _share_meant(each: Example) -> float:
    return UNCODED if each.kind == "intervju" and each.truth == NOTHING else 1.0


def fit(rows: Rows, truths: Floats, shares: Floats, ridge: float) -> Floats:
    """Fit by Nesterov's accelerated slope, begun anew where it overshoots; the constant comes last."""
    level = float(shares @ truths / shares.sum())
    line = np.zeros(rows.columns + 1)
    line[-1] = np.log(level / (1 - level))
    step = 1 / (0.25 * _steepest(rows, shares) + ridge)
    ahead, pace = line.copy(), 1.0
    for _step in range(STEPS):
        wrong = shares * (1 / (1 + np.exp(-(rows.times(ahead[:-1]) + ahead[-1]))) - truths)
        slope = np.append(rows.turned(wrong) + ridge * ahead[:-1], wrong.sum())
        moved = ahead - step * slope
        if slope @ (moved - line) > 0:
            pace, ahead = 1.0, moved
        else:
            quicker = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
            ahead = moved + (pace - 1) / quicker * (moved - line)
            pace = quicker
        line = moved
    return line


def _steepest(rows: Rows, shares: Floats) -> float:
    """Give the largest eigenvalue of the weighed rows, a little over, by repeated multiplication."""
    way, size = np.ones(rows.columns + 1), 1.0
    for _step in range(20):
        met = shares * (rows.times(way[:-1]) + way[-1])
        way = np.append(rows.turned(met), met.sum())
        size = float(np.sqrt(way @ way))
        way /= size
    return size * 1.05


# -- judging -------------------------------------------------------------------------------------------------------


def judge(found: Sequence[Example], writer: str) -> None:
    """Learn from all writers but one, and print how many of that one's sentences come as denied."""
    weights, constant = learn_denied([each for each in found if each.writer != writer])
    own = [each for each in found if each.writer == writer]
    ruled = [float(not DENYING.isdisjoint(each.signs)) for each in own]
    values = [constant + sum(weights.get(sign, 0.0) for sign in each.signs) for each in own]
    print(f"{writer}: rules by themselves   {_counted(own, ruled, 0.5)}")
    for cut in (0.25, CUT, 0.45):
        print(f"{writer}: learned, cut {cut:.2f}     {_counted(own, [reader.chance(value) for value in values], cut)}")


def _counted(found: Sequence[Example], chances: Sequence[float], cut: float) -> str:
    highest: dict[tuple[str, str, tuple[str, ...]], float] = defaultdict(float)
    for each, chance in zip(found, chances, strict=True):
        key = (each.kind, each.truth, each.sentence)
        highest[key] = max(highest[key], chance)
    every = Counter((kind, truth) for kind, truth, _ in highest)
    denied = Counter((kind, truth) for (kind, truth, _), chance in highest.items() if chance >= cut)
    return "  ".join(f"{kind}/{truth} {denied[kind, truth]}/{every[kind, truth]}" for kind, truth in sorted(every))


def _kept(learned: tuple[dict[str, float], float], cut: float) -> list[object]:
    """Give a line as it is kept, in thousandths: the constant, the cut as odds, the weights that matter."""
    weights, constant = learned
    kept = {sign: in_thousandths(weight, 2) for sign, weight in sorted(weights.items()) if abs(weight) >= SMALLEST}
    return [in_thousandths(constant), in_thousandths(float(np.log(cut / (1 - cut)))), grouped(kept)]


def in_thousandths(weight: float, digits: int = 3) -> int:
    """Give a weight in thousandths, rounded to so many digits."""
    return round(1000 * round(weight, digits))


def main() -> int:
    """Learn and write the weights, or judge."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("--judge", action="store_true", help="tell how it does on writers left out; write nothing")
    parser.add_argument("--without", metavar="WRITER", help="leave a writer out altogether")
    arguments = parser.parse_args()
    lexicon = RememberingLexicon()
    found, known = with_signs(list(examples(RuleSuggester(codebook(), lexicon))), lexicon)
    found = [each for each in found if each.writer != arguments.without]
    if arguments.judge:
        for writer in sorted({each.writer for each in found}):
            judge(found, writer)
        return 0
    write_learned(reader.FILE, learned_content(found, known), len(found))
    return 0


def learned_content(found: Sequence[Example], known: frozenset[str]) -> dict[str, object]:
    """Learn the readings, and give them as they are kept."""
    hint = learn_hint(found, known)
    return {
        "known": sorted(known),
        "hint": _kept(hint, hint_cut(found, hint)),
        "denied": _kept(learn_denied(found), CUT),
        "meant": _kept(learn_meant(found), CUT_MEANT),
    }


def write_learned(file: Path, content: Mapping[str, object], examples: int) -> None:
    """Write what was learned, a weight to a line, and say so."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), indent=0)
    file.write_text(text + "\n", encoding="utf-8")
    print(f"{examples} examples, {len(text):,} characters: {file}")


if __name__ == "__main__":
    sys.exit(main())

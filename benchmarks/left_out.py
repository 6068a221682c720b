"""How the readings do on a writer they have not learned from: each is left out in turn, and the others teach.

    python -m benchmarks.left_out               every writer of corpora/ovingssetninger who wrote denials to be varied
    python -m benchmarks.left_out skriver7      that one alone

Learned and judged are all readings (denial, meaning, small talk); the rules and the codebook stay as they are.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from benchmarks import reading, small_talk
from benchmarks.judging import QUESTION
from benchmarks.material import codebook
from koding.suggest.language.languages import language_of
from koding.suggest.language.memory import RememberingLexicon
from koding.suggest.language.sentences import units
from koding.suggest.meaning import reader
from koding.suggest.meaning import small_talk as chat
from koding.suggest.process.protocol import TurnText
from koding.suggest.rules.suggester import RuleSuggester

#: What is counted of each kind of sentence.
TOLD = {
    "avvist": "comes as denied",
    "hevdet": "comes as denied alone",
    "ekte": "found",
    "annen_betydning": "something is suggested",
}


def writers() -> dict[str, Path]:
    """Give the writers who can be left out, with their sentences."""
    found = {writer: path for path, writer in reading.SENTENCES.items() if path.parent.name == "ovingssetninger"}
    return {writer: path for writer, path in found.items() if "hevdet" in path.read_text(encoding="utf-8")}


@contextmanager
def learned_without(
    writer: str, found: Sequence[reading.Example], known: frozenset[str], talk: Sequence[small_talk.Example]
) -> Iterator[None]:
    """Let the readings be those that the others teach."""
    with tempfile.TemporaryDirectory() as place:
        readings, line = Path(place) / "readings.json", Path(place) / "small_talk.json"
        others = [each for each in found if each.writer != writer]
        readings.write_text(json.dumps(reading.learned_content(others, known)), encoding="utf-8")
        spoken = [each for each in talk if each.writer != writer]
        line.write_text(json.dumps(small_talk.learned_content(spoken)), encoding="utf-8")
        with mock.patch.object(reader, "FILE", readings), mock.patch.object(chat, "FILE", line):
            _forget()
            yield
        _forget()


def _forget() -> None:
    reader.readings.cache_clear()
    reader.reader_for.cache_clear()
    chat.learned.cache_clear()


def judge(path: Path, rules: RuleSuggester) -> Counter[tuple[str, str]]:
    """Count the sentences of a writer by kind and language, and those of which it is told."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    turns = [(TurnText(0, 0, row["text"], language_of([row["text"]]), QUESTION), units(row["text"])) for row in rows]
    counts: Counter[tuple[str, str]] = Counter()
    for row, items in zip(rows, rules.suggest_all(turns), strict=True):
        family = row["code"].partition(".")[0]
        said = {(item.code.partition(".")[0], item.facets.get("status") == "avvist") for item in items}
        denied, stands = (family, True) in said, (family, False) in said
        told = {"avvist": denied, "hevdet": denied and not stands, "annen_betydning": bool(said)}
        for language in ("", row["language"]):
            counts[row["kind"], language] += 1
            counts[f"{row['kind']} told", language] += told.get(row["kind"], stands)
    return counts


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.left_out", description=__doc__)
    parser.add_argument("writers", nargs="*", help="writers to leave out (default: all that can be)")
    arguments = parser.parse_args()
    lexicon = RememberingLexicon()
    found, known = reading.with_signs(list(reading.examples(RuleSuggester(codebook(), lexicon))), lexicon)
    talk = list(small_talk.examples())
    every: Counter[tuple[str, str]] = Counter()
    paths = writers()
    for writer in arguments.writers or sorted(paths):
        with learned_without(writer, found, known, talk):
            counts = judge(paths[writer], RuleSuggester(codebook(), lexicon))
        every += counts
        print(writer, _line(counts, ""), flush=True)
    for language in ("", "nb", "nn", "dialekt"):
        print(language or "all", _line(every, language))
    return 0


def _line(counts: Counter[tuple[str, str]], language: str) -> str:
    return ", ".join(
        f"{kind} {told} {counts[f'{kind} told', language]} of {counts[kind, language]}" for kind, told in TOLD.items()
    )


if __name__ == "__main__":
    sys.exit(main())

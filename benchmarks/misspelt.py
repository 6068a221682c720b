"""How often a reason is still found where one letter is wrong in a word that told it.

    python -m benchmarks.misspelt

The sentences are those of `corpora/` that were written to teach the readings, and those of the set that was read after
it had judged. Every word of seven letters and more that decided a suggestion is misspelt in four ways, each once, at a
place drawn with a seed: a letter left out, written twice, another, swapped with its neighbour. The first letter is
right. What is a word all the same is told apart: that cannot be understood.
"""

from __future__ import annotations

import csv
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.judging import CORPORA, QUESTION, SENTENCES
from benchmarks.material import codebook
from koding.suggest.language.languages import language_of
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import units
from koding.suggest.process.protocol import TurnText
from koding.suggest.rules.misspelling import LETTERS
from koding.suggest.rules.suggester import RuleSuggester

SEED = 7
ALPHABET = "abdefghijklmnoprstuvyæøå"
#: Sentences that name a reason, and those beside another sentence that do.
TELLING = frozenset({"eksplisitt", "ekte", "hevdet"})
#: How a word is misspelt at a place.
FAULTS: dict[str, Callable[[str, int], str]] = {
    "a letter left out": lambda word, at: word[:at] + word[at + 1 :],
    "written twice": lambda word, at: word[:at] + word[at] + word[at:],
    "another letter": lambda word, at: (
        word[:at] + ALPHABET[(ALPHABET.find(word[at]) + 7) % len(ALPHABET)] + word[at + 1 :]
    ),
    "swapped": lambda word, at: word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
}


def sentences() -> Iterator[str]:
    """Give the sentences that tell a reason."""
    paths: list[Path] = [*sorted((CORPORA / "ovingssetninger").glob("skriver*.csv")), CORPORA / "ettertest" / SENTENCES]
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            yield from (row["text"] for row in csv.DictReader(file) if row["kind"] in TELLING)


def found(rules: RuleSuggester, text: str) -> dict[str, list[tuple[int, int]]]:
    """Give the families that are found, with the places of what decided."""
    families: dict[str, list[tuple[int, int]]] = {}
    for item in rules.suggest(TurnText(0, 0, text, language_of([text]), QUESTION), units(text)):
        families.setdefault(item.code.partition(".")[0], []).extend((span.start, span.end) for span in item.evidence)
    return families


def main() -> int:
    """Print the figures."""
    drawn = random.Random(SEED)
    lexicon = Lexicon()
    rules = RuleSuggester(codebook(), lexicon)
    every: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for text in sentences():
        for family, spans in found(rules, text).items():
            for match in re.finditer(rf"\b[^\W\d_]{{{LETTERS},}}\b", text):
                start, end = match.span()
                if match.group()[0].isupper() or not any(begin < end and start < stop for begin, stop in spans):
                    continue
                for fault, misspell in FAULTS.items():
                    misspelt = misspell(match.group(), drawn.randrange(1, end - start - 1))
                    if misspelt == match.group():
                        continue
                    if lexicon.knows(misspelt):
                        words[fault] += 1
                        continue
                    every[fault] += 1
                    kept[fault] += family in found(rules, text[:start] + misspelt + text[end:])
    for fault, count in every.items():
        print(f"{fault:18} found {kept[fault]} of {count} ({kept[fault] / count:.2f}), another word {words[fault]}")
    print(f"{'all':18} found {kept.total()} of {every.total()} ({kept.total() / every.total():.2f})")
    return 0


if __name__ == "__main__":
    sys.exit(main())

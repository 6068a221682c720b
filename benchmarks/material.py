"""Made-up study material of any size, the same for the same seed."""

from __future__ import annotations

import random
from pathlib import Path

from koding.model.codebook import Codebook
from koding.readers.codebook_yaml import read_codebook_file

ROOT = Path(__file__).parent.parent
CODEBOOK = ROOT / "codebooks" / "flyttegrunner.yaml"
#: Words a turn of an informant has, about.
TURN_WORDS = 60


def codebook() -> Codebook:
    """Read the moving-reason codebook."""
    return read_codebook_file(CODEBOOK)


def vocabulary() -> list[str]:
    """Give the words of the constructed corpora, as often as they occur there."""
    words: list[str] = []
    for path in sorted((ROOT / "corpora").rglob("*.txt")):
        words.extend(path.read_text(encoding="utf-8").split())
    return [word for word in words if not word.endswith(":")]


def interview(words: list[str], size: int, seed: int) -> str:
    """Give an interview of about `size` words: an interviewer's short turns and an informant's long ones."""
    chance = random.Random(seed)
    turns, made = [], 0
    while made < size:
        question = " ".join(chance.choices(words, k=8))
        answer = " ".join(chance.choices(words, k=min(TURN_WORDS, max(1, size - made - 8))))
        turns.append(f"I: {question}\n\nInformant: {answer}\n")
        made += 8 + TURN_WORDS
    return "\n".join(turns)


def write_interviews(folder: Path, count: int, size: int) -> list[Path]:
    """Write `count` interviews of `size` words and give their paths."""
    words = vocabulary()
    paths = []
    for number in range(count):
        path = folder / f"intervju{number:04d}.txt"
        path.write_text(interview(words, size, number), encoding="utf-8")
        paths.append(path)
    return paths

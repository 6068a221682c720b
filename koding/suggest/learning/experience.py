"""Coded talk that comes with a codebook: what coders of other studies gave its codes.

It lies in `codebooks/erfaring/ID.jsonl`, ID being the codebook's, one turn a line: `set` (the material), `source`,
`language`, `question`, `text`, and `codings` as [start, end, code], half-open, in code points of the text. A file that
people can read and extend; a codebook without one has no such experience. Imported in the suggester's processes only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from koding.material import material_folder
from koding.model.codebook import Codebook
from koding.suggest.language.sentences import units
from koding.suggest.learning.exchanges import Heard, exchange
from koding.suggest.learning.lessons import Lesson, Mark
from koding.suggest.learning.spoken import Exchange
from koding.suggest.learning.terms import TermReader
from koding.suggest.process.protocol import TurnText

_FOLDER: Final = "erfaring"
_PLAIN: Final = re.compile(r"[\w-]+")
#: A sentence of so many words that stands in two texts is the same talk.
_TELLING_WORDS: Final = 5


class Past(NamedTuple):
    """A coded turn of another study, in the material `set_`."""

    set_: str
    source: str
    turn: TurnText
    marks: tuple[Mark, ...]


def experience(codebook: Codebook) -> Iterator[Past]:
    """Give the coded turns that come with a codebook, in the file's order, without those of codes that it has not.

    Raises:
        ValueError, KeyError: the file is not what it should be.
    """
    if not _PLAIN.fullmatch(codebook.id):
        return
    path = material_folder("codebooks") / _FOLDER / f"{codebook.id}.jsonl"
    if not path.is_file():
        return
    known = {code.key for code in codebook.codes if code.codable}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        record = json.loads(line)
        turn = TurnText(number, 0, record["text"], record["language"], record["question"])
        marks = tuple(Mark(*mark) for mark in record["codings"])
        if known.issuperset(mark.code for mark in marks):
            yield Past(record["set"], record["source"], turn, marks)


def without(past: Iterator[Past], lessons: Collection[Lesson]) -> Iterator[Past]:
    """Leave out the turns that share a sentence with lessons: a study's own talk is no experience from elsewhere."""
    own = {sentence for lesson in lessons for turn in lesson.turns for sentence in _sentences(turn.text)}
    return (each for each in past if own.isdisjoint(_sentences(each.turn.text)))


def _sentences(text: str) -> Iterator[tuple[str, ...]]:
    for unit in units(text):
        if len(unit.words) >= _TELLING_WORDS:
            yield unit.words.forms


def exchanges(past: Iterator[Past], reader: TermReader) -> Iterator[Exchange]:
    """Read turns of other studies; what rules find in them is of no matter."""
    for each in past:
        yield exchange(Heard(each.turn, units(each.turn.text), ()), reader, each.source, each.marks)

"""What is taught to the suggester: the turns of a source with one coder's codings, and how they get to the school.

The school is a process of its own (`school`), so that neither a screen nor the suggester that works for it waits while
something is learned. Imports nothing heavy.
"""

from __future__ import annotations

import contextlib
import json
import sys
from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

from koding.i18n import _, language
from koding.model.codebook import Codebook
from koding.model.evaluation import Judged
from koding.suggest.process.children import SuggesterFault, started
from koding.suggest.process.codebook_json import from_json, to_json
from koding.suggest.process.protocol import TurnText

#: Part of the fingerprint of what was learned: a change of method trains anew.
METHOD: Final = "learned/2"
_COMMAND: Final[Sequence[str]] = (sys.executable, "-P", "-m", "koding.suggest.learning.school")


class Mark(NamedTuple):
    """A coding as it is taught: its span in the source, its code's key, and whether it is gold in an evaluation.

    An accepted suggestion is not: it would judge the suggester by itself.
    """

    start: int
    end: int
    code: str
    gold: bool = True


@dataclass(frozen=True, slots=True)
class Lesson:
    """The counted turns of a source (by GUID) with one coder's codings in it."""

    source: str
    turns: tuple[TurnText, ...]
    marks: tuple[Mark, ...]

    def as_far_as_coded(self) -> Lesson:
        """Give the lesson up to the last coded turn: what lies behind it may not have been read yet."""
        last = max((mark.start for mark in self.marks), default=-1)
        return Lesson(self.source, tuple(turn for turn in self.turns if turn.start <= last), self.marks)


class Task(StrEnum):
    """What the school is to do."""

    LEARN = "learn"
    EVALUATE = "evaluate"


@dataclass(frozen=True, slots=True)
class Order:
    """A task with its codebook and its lessons."""

    task: Task
    codebook: Codebook
    lessons: tuple[Lesson, ...]

    def written(self) -> bytes:
        """Give the order as one line of JSON."""
        lessons = [[lesson.source, [astuple(turn) for turn in lesson.turns], lesson.marks] for lesson in self.lessons]
        record = {"task": self.task, "codebook": to_json(self.codebook), "lessons": lessons, "language": language()}
        return json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass")

    @classmethod
    def read(cls, line: bytes) -> Order:
        """Read an order back. Raises KeyError, TypeError or ValueError for what is none."""
        record = json.loads(line.decode("utf-8", "surrogatepass"))
        lessons = tuple(
            Lesson(source, tuple(TurnText(*turn) for turn in turns), tuple(Mark(*mark) for mark in marks))
            for source, turns, marks in record["lessons"]
        )
        return cls(Task(record["task"]), from_json(record["codebook"]), lessons)


#: Told how many steps of how many are done.
Progress = Callable[[int, int], None]


def learn(codebook: Codebook, lessons: Iterable[Lesson]) -> bytes:
    """Learn from lessons; give what was learned, empty where there is too little to learn from.

    Raises:
        SuggesterFault: the school cannot be started, or ended before it was done.
    """
    taught = tuple(lesson.as_far_as_coded() for lesson in lessons)
    return b64decode(_run(Order(Task.LEARN, codebook, taught))["learned"])


def judge(
    codebook: Codebook, lessons: Sequence[Lesson], on_progress: Progress = lambda _done, _of: None
) -> list[Judged]:
    """Suggest on each source by what the others teach; give its sentences with what each system suggests.

    Raises:
        SuggesterFault: as `learn`.
    """
    rows = _run(Order(Task.EVALUATE, codebook, tuple(lessons)), on_progress)["units"]
    return [
        Judged(
            source, turn, start, end, frozenset(gold), {name: frozenset(codes) for name, codes in systems.items()},
            frozenset(left_out),
        )
        for source, turn, start, end, gold, systems, left_out in rows
    ]  # fmt: skip


def _run(order: Order, on_progress: Progress = lambda _done, _of: None) -> Mapping[str, Any]:
    process = started(_COMMAND)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        with contextlib.suppress(OSError):
            process.stdin.write(order.written() + b"\n")
            process.stdin.close()
        for line in process.stdout:
            record: dict[str, Any] = json.loads(line)
            if "done" in record:
                on_progress(int(record["done"]), int(record["of"]))
            elif "fault" in record:
                raise SuggesterFault(_("The suggester cannot go on: {reason}").format(reason=record["fault"]))
            else:
                return record
        code = process.wait()
        raise SuggesterFault(_("The suggester ended unexpectedly (exit code {code}).").format(code=code))
    finally:
        process.kill()
        process.wait()
        process.stdout.close()

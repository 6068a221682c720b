"""A source as it is read: immutable text, the turns in it, and who speaks them.

All positions are half-open spans [start, end) in Unicode code points of the stored text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Role(StrEnum):
    """What a speaker is in the conversation."""

    INFORMANT = "informant"
    INTERVIEWER = "interviewer"
    INTERPRETER = "interpreter"
    OTHER = "other"


#: Roles whose speech is the informant's own ground: suggested on, counted and agreed on.
COUNTED_ROLES = frozenset({Role.INFORMANT, Role.INTERPRETER})


def clock(time: int) -> str:
    """Give milliseconds from the start of a recording as 00:12:31, to the second."""
    minutes, rest = divmod(time // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest:02}"


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's stretch of a source.

    `mark` is where the speaker's mark begins ("[00:12] Amina: "), `start` where the speech begins, `end` where it ends
    (trailing white space left out); `mark <= start <= end`. `speaker` is the label as the transcript writes it, empty
    for a text without speakers. `time` is milliseconds from the start of the recording, None where none is given.
    """

    mark: int
    start: int
    end: int
    speaker: str
    time: int | None = None


@dataclass(frozen=True, slots=True)
class Informant:
    """The person behind one or more speakers; `variables` maps a variable's name to this person's value."""

    guid: str
    name: str
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A label in one source, with the role it plays and the informant it stands for.

    `guessed` is true until a person (an informants file, a correction) has said who it is.
    """

    label: str
    role: Role
    informant: Informant | None = None
    guessed: bool = False

    @property
    def counted(self) -> bool:
        """Whether what this speaker says is counted, suggested on and agreed on."""
        return self.role in COUNTED_ROLES and self.informant is not None


UNKNOWN_SPEAKER = Speaker("", Role.OTHER, None, guessed=True)


@dataclass(frozen=True)
class Transcript:
    """A source's text with its turns and speakers.

    `guid` and `name` are the source's; `name` is the file's stem. `turns` are in order and do not overlap. `speakers`
    maps every label in `turns` to who it is. `language` is "nb" or "nn" for the source as a whole.
    """

    guid: str
    name: str
    text: str
    turns: tuple[Turn, ...]
    speakers: Mapping[str, Speaker]

    @cached_property
    def _starts(self) -> list[int]:
        return [turn.mark for turn in self.turns]

    def turn_index(self, position: int) -> int | None:
        """Give the index of the turn at `position` (its mark included), or None before the first turn."""
        index = bisect_right(self._starts, position) - 1
        return index if index >= 0 else None

    def turns_in(self, start: int, end: int) -> Iterator[tuple[int, Turn]]:
        """Give the turns whose speech shares at least one code point with [start, end), with their index."""
        index = max(0, bisect_right(self._starts, start) - 1)
        while index < len(self.turns) and self.turns[index].mark < end:
            turn = self.turns[index]
            if turn.start < end and start < turn.end:
                yield index, turn
            index += 1

    def speaker_of(self, turn: Turn) -> Speaker:
        """Give who speaks `turn`."""
        return self.speakers.get(turn.speaker, UNKNOWN_SPEAKER)

    def counted_turns(self) -> list[int]:
        """Give the indexes of the turns that are an informant's own ground."""
        return [index for index, turn in enumerate(self.turns) if self.speaker_of(turn).counted]

"""Codings, memos and suggestions: what is said about a span of a source, by whom, and where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

#: The name under which resolved codings stand beside the coders' own; nobody codes under it.
RESOLVED = "resolved"


class Origin(StrEnum):
    """How a coding came to be."""

    MANUAL = "manual"
    ACCEPTED = "accepted"
    EDITED = "edited"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Coding:
    """A code on a span by a coder.

    `source` is the source's GUID, `code` the code's key, `coder` the coder's name. The span is half-open, in code
    points. `facets` maps a facet's key to one of its values. `suggester` names the version of the suggester that a
    coding with origin accepted or edited came from, `round` is the GUID of the round it was made in ("" for none).
    Times are ISO 8601 in UTC.
    """

    guid: str
    source: str
    start: int
    end: int
    code: str
    coder: str
    facets: Mapping[str, str] = field(default_factory=dict)
    memo: str = ""
    origin: Origin = Origin.MANUAL
    suggester: str = ""
    created: str = ""
    modified: str = ""
    round: str = ""


class MemoTarget(StrEnum):
    """What a memo is about."""

    CODING = "coding"
    SOURCE = "source"
    CODE = "code"
    STUDY = "study"


@dataclass(frozen=True, slots=True)
class MemoDraft:
    """A memo under way: what it is about (`guid`, called `name` on the screen) and the text so far."""

    target: MemoTarget
    guid: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of the text that decided a suggestion; half-open, in code points of the source."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code that the suggester proposes for a unit of meaning (a sentence) in a source.

    `source` is the source's GUID. `score` is in (0, 1]. `origin` names the part that proposed it ("rules"), `why` is
    one line in the language of the interface that names what matched, `evidence` the spans that decided. It counts
    nowhere until a coder accepts it.
    """

    source: str
    start: int
    end: int
    code: str
    score: float
    origin: str
    why: str
    facets: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()


class Verdict(StrEnum):
    """What a coder decided about a suggestion."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"

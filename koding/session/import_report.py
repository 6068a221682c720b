"""What an import did, for whoever tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from koding.errors import KodingError
from koding.session.people import Told
from koding.session.reanchoring import Reanchored
from koding.session.speaking import Casting


@dataclass(frozen=True, slots=True)
class Fault:
    """A file that could not be imported, and why."""

    path: Path
    error: KodingError


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came in of a new source: its format (as `Document.format`), turns and words."""

    format: str
    turns: int
    words: int


@dataclass
class ImportReport:
    """What an import did: names of sources by outcome, notes (source, line), guesses and faults.

    `arrivals` says of every imported source what came in.
    `told` is what the informants file told, None without one.
    """

    imported: list[str] = field(default_factory=list)
    arrivals: dict[str, Arrival] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    reanchored: list[Reanchored] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    guessed: list[tuple[str, Casting]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    told: Told | None = None

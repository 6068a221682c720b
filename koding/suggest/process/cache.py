"""What whoever has a study lends the suggester: a place to keep results in, and sources that are read when needed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from koding.model.transcript import Transcript
from koding.suggest.process import parts


class Kept(NamedTuple):
    """What is to be kept of a source: analysis and concordance with their fingerprint, and sheets by group.

    `sought` are the parts that were missing.
    """

    source: str
    language: str
    analysis: tuple[str, bytes, bytes] | None
    sheets: Mapping[str, tuple[str, bytes]]
    sought: tuple[str, ...] = ()


class Cache(Protocol):
    """Where results are kept. It never raises: what cannot be kept is made again the next time."""

    def words(self, pipeline: str) -> bytes:
        """Give what is remembered of words, empty where nothing is."""
        ...

    def keep_words(self, pipeline: str, data: bytes) -> None:
        """Keep what was learned of words, as `word_lines.joined` joins it to what is remembered."""
        ...

    def stamp(self, transcript: Transcript) -> parts.Stamp | None:
        """Give the stamp of a source; None where what is kept says nothing of it as it stands here."""
        ...

    def analysis(self, source: str, fingerprint: str) -> bytes:
        """Give the kept analysis of a source, empty where there is none of this fingerprint."""
        ...

    def concordance(self, source: str, fingerprint: str) -> bytes:
        """Give the kept concordance of a source, empty where there is none of this fingerprint."""
        ...

    def sheets(self, source: str, language: str) -> Mapping[str, tuple[str, bytes]]:
        """Give the kept sheets of a source: group to (fingerprint of the source, data)."""
        ...

    def keep(self, kept: Sequence[Kept]) -> None:
        """Keep analyses and sheets of sources in the place of earlier ones, all or none."""
        ...

    def definition(self, fingerprint: str) -> bytes:
        """Give what a family with this fingerprint consisted of, empty where that is not known."""
        ...

    def keep_definitions(self, definitions: Mapping[str, tuple[str, bytes]]) -> None:
        """Keep what families consist of: fingerprint to (part, definition)."""
        ...

    def drop_stale(self, groups: Sequence[str]) -> None:
        """Drop what is kept of sources that are gone, and the sheets of all but these groups."""
        ...


@dataclass(frozen=True)
class Held:
    """A source that is read when it is needed: all of it, or no more than some turns (by index) and its text.

    `stamp` is None where nothing can be kept of it.
    """

    guid: str
    stamp: parts.Stamp | None
    read: Callable[[Collection[int] | None], Transcript]

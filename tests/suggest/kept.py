"""A cache in memory for the tests, which counts what is written to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from koding.model.transcript import Transcript
from koding.suggest.language.word_lines import joined
from koding.suggest.process.cache import Kept
from koding.suggest.process.parts import Stamp, stamp


class KeptInMemory:
    """Keeps as a study does, and remembers what was asked of it."""

    def __init__(self) -> None:
        self.lexicon: dict[str, bytes] = {}
        self.analyses: dict[str, tuple[str, bytes]] = {}
        self.found: dict[tuple[str, str], dict[str, tuple[str, bytes]]] = {}
        self.written: list[tuple[str, bool, list[str]]] = []
        self.groups: list[str] = []
        self.concordances: dict[str, tuple[str, bytes]] = {}
        self.definitions: dict[str, tuple[str, bytes]] = {}

    def words(self, pipeline: str) -> bytes:
        return self.lexicon.get(pipeline, b"")

    def keep_words(self, pipeline: str, data: bytes) -> None:
        self.lexicon = {pipeline: joined(self.lexicon.get(pipeline, b""), data)}

    def analysis(self, source: str, fingerprint: str) -> bytes:
        kept, data = self.analyses.get(source, ("", b""))
        return data if kept == fingerprint else b""

    def stamp(self, transcript: Transcript) -> Stamp:
        return stamp(transcript)

    def concordance(self, source: str, fingerprint: str) -> bytes:
        kept, data = self.concordances.get(source, ("", b""))
        return data if kept == fingerprint else b""

    def sheets(self, source: str, language: str) -> Mapping[str, tuple[str, bytes]]:
        return self.found.get((source, language), {})

    def keep(self, kept: Sequence[Kept]) -> None:
        for one in kept:
            if one.analysis is not None:
                fingerprint, analysis, concordance = one.analysis
                self.analyses[one.source] = (fingerprint, analysis)
                self.concordances[one.source] = (fingerprint, concordance)
            self.found.setdefault((one.source, one.language), {}).update(one.sheets)
            self.written.append((one.source, one.analysis is not None, sorted(one.sheets)))

    def definition(self, fingerprint: str) -> bytes:
        return self.definitions.get(fingerprint, ("", b""))[1]

    def keep_definitions(self, definitions: Mapping[str, tuple[str, bytes]]) -> None:
        self.definitions.update(definitions)

    def drop_stale(self, groups: Sequence[str]) -> None:
        self.groups = list(groups)

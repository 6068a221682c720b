"""A cache in memory for the tests, which counts what is written to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class KeptInMemory:
    """Keeps as a study does, and remembers what was asked of it."""

    def __init__(self) -> None:
        self.lexicon: dict[str, bytes] = {}
        self.analyses: dict[str, tuple[str, bytes]] = {}
        self.found: dict[tuple[str, str], dict[str, tuple[str, bytes]]] = {}
        self.written: list[tuple[str, bool, list[str]]] = []
        self.parts: list[str] = []

    def words(self, pipeline: str) -> bytes:
        return self.lexicon.get(pipeline, b"")

    def keep_words(self, pipeline: str, data: bytes) -> None:
        self.lexicon = {pipeline: data}

    def analysis(self, source: str, fingerprint: str) -> bytes:
        kept, data = self.analyses.get(source, ("", b""))
        return data if kept == fingerprint else b""

    def results(self, source: str, language: str) -> Mapping[str, tuple[str, bytes]]:
        return self.found.get((source, language), {})

    def keep(
        self,
        source: str,
        language: str,
        analysis: tuple[str, bytes] | None,
        results: Mapping[str, tuple[str, bytes]],
    ) -> None:
        if analysis is not None:
            self.analyses[source] = analysis
        self.found.setdefault((source, language), {}).update(results)
        self.written.append((source, analysis is not None, sorted(results)))

    def drop_stale(self, parts: Sequence[str]) -> None:
        self.parts = list(parts)

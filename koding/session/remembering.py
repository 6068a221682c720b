"""Keeping what the suggester found in the study itself. Raises nothing: a study that cannot be written to is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from koding.errors import KodingError
from koding.store import suggestions as store
from koding.store.project import Connection, Project


class StudyCache:
    """The suggester's memory in an open study.

    Where a write fails once (a study for reading only, another program that holds it), no other is tried.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._writes = True

    def words(self, pipeline: str) -> bytes:
        """Give what is remembered of words, empty where nothing is."""
        with self._project.reading() as connection:
            return store.lexicon(connection, pipeline)

    def keep_words(self, pipeline: str, data: bytes) -> None:
        """Keep what is remembered of words."""
        self._write(lambda connection: store.keep_lexicon(connection, pipeline, data))

    def analysis(self, source: str, fingerprint: str) -> bytes:
        """Give the kept analysis of a source, empty where there is none of this fingerprint."""
        with self._project.reading() as connection:
            return store.analysis(connection, source, fingerprint) or b""

    def results(self, source: str, language: str) -> Mapping[str, tuple[str, bytes]]:
        """Give the kept suggestions of a source: part to (fingerprint, data)."""
        with self._project.reading() as connection:
            return store.results(connection, source, language)

    def keep(
        self,
        source: str,
        language: str,
        analysis: tuple[str, bytes] | None,
        results: Mapping[str, tuple[str, bytes]],
    ) -> None:
        """Keep an analysis (fingerprint, data) and results of a source in the place of earlier ones."""

        def write(connection: Connection) -> None:
            if analysis is not None:
                store.keep_analysis(connection, source, *analysis)
            store.keep_results(connection, source, language, results)

        self._write(write)

    def drop_stale(self, parts: Sequence[str]) -> None:
        """Drop what is kept of sources that are gone and of parts that there are no more."""
        self._write(lambda connection: store.drop_stale(connection, parts))

    def _write(self, work: Callable[[Connection], None]) -> None:
        if not self._writes:
            return
        try:
            with self._project.deriving() as connection:
                work(connection)
        except KodingError:
            self._writes = False

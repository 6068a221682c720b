"""Keeping what the suggester found in the study itself. Raises nothing: a study that cannot be written to is read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from koding.errors import KodingError
from koding.model.transcript import Speaker, Transcript
from koding.store import sources
from koding.store import suggestions as store
from koding.store.project import Connection, Project
from koding.store.sources import SourceRecord
from koding.suggest.language.word_lines import joined
from koding.suggest.process import parts
from koding.suggest.process.cache import Held, Kept
from koding.suggest.process.parts import Stamp


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
        """Keep what was learned of words, beside what is remembered or in its place."""

        def write(connection: Connection) -> None:
            store.keep_lexicon(connection, pipeline, joined(store.lexicon(connection, pipeline), data))

        self._write(write)

    def analysis(self, source: str, fingerprint: str) -> bytes:
        """Give the kept analysis of a source, empty where there is none of this fingerprint."""
        with self._project.reading() as connection:
            return store.analysis(connection, source, fingerprint) or b""

    def stamp(self, transcript: Transcript) -> Stamp | None:
        """Give the stamp of a source; None where the study has another text, other turns or people by now."""
        with self._project.reading() as connection:
            record = next((one for one in sources.sources(connection) if one.guid == transcript.guid), None)
            if record is None or sources.transcript(connection, record) != transcript:
                return None
            return _stamp(store.contents(connection, transcript.guid)[transcript.guid], transcript.speakers)

    def concordance(self, source: str, fingerprint: str) -> bytes:
        """Give the kept concordance of a source, empty where there is none of this fingerprint."""
        with self._project.reading() as connection:
            return store.concordance(connection, source, fingerprint) or b""

    def sheets(self, source: str, language: str) -> Mapping[str, tuple[str, bytes]]:
        """Give the kept sheets of a source: group to (fingerprint of the source, data)."""
        with self._project.reading() as connection:
            return store.results(connection, source, language)

    def keep(self, kept: Sequence[Kept]) -> None:
        """Keep analyses and sheets of sources in the place of earlier ones, all or none."""

        def write(connection: Connection) -> None:
            for one in kept:
                if one.analysis is not None:
                    store.keep_analysis(connection, one.source, *one.analysis)
                store.keep_results(connection, one.source, one.language, one.sheets)

        self._write(write)

    def definition(self, fingerprint: str) -> bytes:
        """Give what a family with this fingerprint consisted of, empty where that is not known."""
        with self._project.reading() as connection:
            return store.definition(connection, fingerprint) or b""

    def keep_definitions(self, definitions: Mapping[str, tuple[str, bytes]]) -> None:
        """Keep what families consist of: fingerprint to (part, definition)."""
        self._write(lambda connection: store.keep_definitions(connection, definitions))

    def drop_stale(self, groups: Sequence[str]) -> None:
        """Drop what is kept of sources that are gone, and the sheets of all but these groups."""
        self._write(lambda connection: store.drop_stale(connection, groups))

    def _write(self, work: Callable[[Connection], None]) -> None:
        if not self._writes:
            return
        try:
            with self._project.deriving() as connection:
                work(connection)
        except KodingError:
            self._writes = False


def held(project: Project, records: Sequence[SourceRecord]) -> Iterator[Held]:
    """Give sources that are read when they are needed, and known by their stamps until then."""
    with project.reading() as connection:
        contents = store.contents(connection)
        speakers = sources.speakers(connection, [record.guid for record in records])

    for record in records:
        yield _held(project, record, contents[record.guid], speakers.get(record.guid, {}))


def _held(project: Project, record: SourceRecord, content: str, speakers: Mapping[str, Speaker]) -> Held:
    def read(wanted: Collection[int] | None) -> Transcript:
        with project.reading() as connection:
            if wanted is None:
                return sources.transcript(connection, record)
            return sources.excerpt(connection, record, speakers, wanted)

    return Held(record.guid, _stamp(content, speakers), read)


def _stamp(content: str, speakers: Mapping[str, Speaker]) -> Stamp:
    return Stamp(parts.digest(content, parts.roles(speakers)), parts.people(speakers))

"""Bringing transcripts and informants into a study, and a changed transcript in again."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from koding.errors import Conflict, KodingError
from koding.i18n import _
from koding.model.identity import content_guid
from koding.model.transcript import Informant, Speaker, Turn
from koding.model.words import count_words
from koding.readers.documents import OWN_TURNS, SURVEY, Document, file_name, read_document, source_name
from koding.readers.informants import InformantTable, read_informants
from koding.readers.manner import spoken_label
from koding.readers.turns import recognise
from koding.session.folders import gather
from koding.session.import_report import Arrival, Fault, ImportReport
from koding.session.people import no_longer_told, refuse_facet_names, renamed, take_away_emptied, told
from koding.session.reanchoring import reanchor, refusal
from koding.session.speaking import as_table, cast, standing_casting, unmatched
from koding.store import sources as store
from koding.store.journal import Change
from koding.store.project import Project

#: How many sources the journal names for an import.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class _Incoming:
    path: Path
    name: str
    document: Document
    text_sha256: str


def expand(paths: Iterable[Path]) -> list[Path]:
    """Replace folders by the readable files in them, sorted by name (see `folders.gather`). Raises KodingError."""
    return gather(paths).files


def read_informants_file(path: Path) -> InformantTable:
    """Read an informants file. Raises KodingError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise KodingError(_("{file} cannot be read: {reason}.").format(file=path, reason=error.strerror)) from error
    return read_informants(data, path.name)


class Importer:
    """One import into a study: all the good files in one change, or none where a file is bad."""

    def __init__(self, project: Project, coder: str, informants: InformantTable | None = None) -> None:
        self._project = project
        self._coder = coder
        self._table = informants
        self._report = ImportReport()

    def run(
        self,
        paths: Sequence[Path],
        *,
        carry_over: bool = False,
        skip_bad: bool = False,
        progress: Callable[[int], None] = lambda _done: None,
        writing: Callable[[], None] = lambda: None,
    ) -> ImportReport:
        """Import files and the informants.

        `carry_over` lets a changed file replace its source, with the codings whose text stands. Where a file is bad,
        nothing is written (the report's `faults` say what) unless `skip_bad`. `progress` is told after every file,
        `writing` when all are read.
        """
        if self._table is not None:
            refuse_facet_names(self._table, self._project.codebook())
        with self._project.reading() as connection:
            by_name = {record.name: record for record in store.sources(connection)}
        by_text = {record.text_sha256: record.name for record in by_name.values()}
        new: list[_Incoming] = []
        seen: dict[str, Path] = {}
        changed: list[tuple[_Incoming, store.SourceRecord]] = []
        unchanged: list[_Incoming] = []
        gathered = gather(paths)
        self._report.notes.extend(gathered.notes)
        for done, path in enumerate(gathered.files, start=1):
            try:
                incoming = self._read(path)
                standing = by_name.get(incoming.name)
                self._refuse_twin(incoming, seen)
                if standing is None and incoming.text_sha256 not in by_text:
                    new.append(incoming)
                    by_text[incoming.text_sha256] = incoming.name
                elif standing is None:
                    twin = by_text[incoming.text_sha256]
                    self._report.unchanged.append(incoming.name)
                    self._note(
                        incoming.name, _("it has the same text as {name}, and is not taken in again").format(name=twin)
                    )
                elif standing.text_sha256 == incoming.text_sha256:
                    self._report.unchanged.append(incoming.name)
                    unchanged.append(incoming)
                elif carry_over:
                    changed.append((incoming, standing))
                else:
                    raise refusal(self._project, standing, path, incoming.document.text)
            except KodingError as error:
                self._report.faults.append(Fault(path, error))
            progress(done)
        if self._report.faults and not skip_bad:
            return self._report
        writing()
        self._write(new, changed, unchanged)
        return self._report

    @staticmethod
    def _refuse_twin(incoming: _Incoming, seen: dict[str, Path]) -> None:
        first = seen.setdefault(incoming.name, incoming.path)
        if first is not incoming.path:
            raise KodingError(
                _("It would be called {name}, as {other} is.").format(name=incoming.name, other=first),
                _("Rename one of the files: a source is called by its file's name without the ending."),
            )

    def _note(self, name: str, line: str) -> None:
        self._report.notes.append((name, line))

    def _read(self, path: Path) -> _Incoming:
        document = read_document(path)
        name = source_name(path)
        lines = [*document.notes]
        if name != unicodedata.normalize("NFC", path.stem):
            lines.insert(
                0, _("the file's name has letters that no name can have; the source is called {name}").format(name=name)
            )
        if document.informants is not None:
            own, renamings = renamed(document.informants, self._project.codebook())
            document = replace(document, informants=own)
            lines += renamings
        for line in lines:
            self._note(name, line)
        return _Incoming(path, name, document, store.sha256(document.text.encode("utf-8")))

    def _write(
        self,
        new: Sequence[_Incoming],
        changed: Sequence[tuple[_Incoming, store.SourceRecord]],
        unchanged: Sequence[_Incoming],
    ) -> None:
        names = [*(incoming.name for incoming in new), *(incoming.name for incoming, _standing in changed)]
        detail = ", ".join(names if len(names) <= _NAMED else [*names[:_NAMED], "…"]) or "informants"
        with self._project.change(coder=self._coder, action="import", detail=detail) as change:
            connection = self._project.connection
            known = store.sources(connection)
            _refuse_crossed(new, changed, {record.name: record for record in known})
            before = store.informants(connection)
            self._write_people(change, [*new, *(incoming for incoming, _standing in changed), *unchanged])
            for incoming in new:
                store.store_text(connection, incoming.document.text, incoming.text_sha256)
            taken = {record.guid for record in known}
            first = max((record.position for record in known), default=-1) + 1
            records = [
                self._record(incoming, taken, number, change.at) for number, incoming in enumerate(new, start=first)
            ]
            segmented = [self._segment(incoming) for incoming in new]
            change.insert(
                "source", (self._row(record, sum(s.words)) for record, s in zip(records, segmented, strict=True))
            )
            change.insert(
                "segmentation",
                (store.segmentation_row(record.guid, s) for record, s in zip(records, segmented, strict=True)),
            )
            for record, segmentation, incoming in zip(records, segmented, new, strict=True):
                self._write_speakers(change, record, segmentation, own=incoming.document.informants)
                self._report.imported.append(record.name)
                if not segmentation.turns:
                    self._note(record.name, _("Nothing in it was taken for speech."))
                self._report.arrivals[record.name] = Arrival(
                    record.format, len(segmentation.turns), sum(segmentation.words)
                )
            for incoming, standing in changed:
                self._replace(change, incoming, standing)
            if self._table is not None:
                for record in known:
                    self._speak_again(change, record)
                self._tell_of_table(change, self._table, before)

    def _tell_of_table(self, change: Change, table: InformantTable, before: Mapping[str, Informant]) -> None:
        """Say which lines of the informants file are about nobody, and what it does not tell any more."""
        connection = self._project.connection
        speakers = store.speakers(connection)
        labels = {record.name: speakers.get(record.guid, {}) for record in store.sources(connection)}
        where = table.where or _("the informants file")
        for line in (
            *unmatched(table, labels),
            *filter(None, [no_longer_told(table, before)]),
            *take_away_emptied(change, connection, before),
        ):
            self._note(where, line)
        self._report.told = told(table, labels, change.entries)

    def _labels(self, name: str) -> frozenset[str]:
        return self._table.labels(name) if self._table else frozenset()

    def _informant_values(self) -> dict[str, dict[str, str]]:
        """Give every informant the file names with a value for each of its variables, "" where it has none."""
        if self._table is None:
            return {}
        names = [variable.name for variable in self._table.variables]
        return {
            informant: {name: values.get(name, "") for name in names}
            for informant, values in self._table.informants.items()
        }

    def _write_people(self, change: Change, incoming: Sequence[_Incoming]) -> None:
        """Write the informants and variables of the informants file, and of sources that hold their own.

        Where both say something of a person, the informants file is right.
        """
        connection = self._project.connection
        tables = [one.document.informants for one in incoming if one.document.informants is not None]
        for table in (*tables, *([self._table] if self._table else [])):
            store.write_variables(change, connection, table.variables)
        for table in tables:
            store.write_informants(change, connection, table.informants)
        store.write_informants(change, connection, self._informant_values())

    def _segment(self, incoming: _Incoming, known: frozenset[str] = frozenset()) -> store.Segmentation:
        document = incoming.document
        if document.turns is not None:
            return self._counted(document.text, document.turns)
        return self._segmentation(document.text, self._labels(incoming.name) | known)

    @classmethod
    def _segmentation(cls, text: str, labels: frozenset[str]) -> store.Segmentation:
        return cls._counted(text, recognise(text, labels).turns)

    @staticmethod
    def _counted(text: str, turns: tuple[Turn, ...]) -> store.Segmentation:
        return store.Segmentation(turns, tuple(count_words(text, turn.start, turn.end) for turn in turns))

    @staticmethod
    def _record(incoming: _Incoming, taken: Collection[str], position: int, at: str) -> store.SourceRecord:
        document = incoming.document
        guid = content_guid("source", incoming.text_sha256)
        if guid in taken:
            # A source that was imported with this very text has another one by now.
            guid = content_guid("source", incoming.text_sha256, incoming.name)
        return store.SourceRecord(
            guid=guid,
            name=incoming.name,
            title=incoming.name,
            file_name=file_name(incoming.path),
            file_sha256=document.file_sha256,
            text_sha256=incoming.text_sha256,
            encoding=document.encoding,
            format=document.format,
            characters=len(document.text),
            words=0,
            position=position,
            created=at,
        )

    @staticmethod
    def _row(record: store.SourceRecord, words: int) -> tuple[object, ...]:
        return (
            record.guid,
            record.name,
            record.title,
            record.file_name,
            record.file_sha256,
            record.text_sha256,
            record.encoding,
            record.format,
            record.characters,
            words,
            record.position,
            record.created,
        )

    def _write_speakers(
        self,
        change: Change,
        record: store.SourceRecord,
        segmentation: store.Segmentation,
        known: Mapping[str, Speaker] | None = None,
        own: InformantTable | None = None,
    ) -> None:
        """Write who speaks; a label the informants file does not name keeps what was `known` of it.

        `own` is what the source itself says of its speakers.
        """
        castings = [
            standing_casting(known[casting.label]) if casting.guessed and known and casting.label in known else casting
            for casting in cast(record.name, segmentation.turns, self._table, own)
        ]
        connection = self._project.connection
        strangers: dict[str, dict[str, str]] = {
            casting.informant: {} for casting in castings if casting.informant and casting.guessed
        }
        store.write_informants(change, connection, strangers)
        store.write_speakers(
            change,
            connection,
            record.guid,
            ((casting.label, casting.role, casting.informant, casting.guessed) for casting in castings),
        )
        self._report.guessed.extend((record.name, casting) for casting in castings if casting.guessed)

    def _speak_again(self, change: Change, record: store.SourceRecord) -> None:
        """Map a source that was here before by the new informants file, where the file says anything about it."""
        if self._table is None:
            return
        connection = self._project.connection
        standing = store.segmentation_of(connection, record.guid)
        labels = {turn.speaker for turn in standing.turns}
        new_labels = {row.speaker for row in self._table.rows if row.source == record.name} - labels
        if not new_labels and all(self._table.find(record.name, label) is None for label in labels):
            return
        segmentation = standing
        if new_labels and record.format not in OWN_TURNS:
            text = store.read_text(connection, record.guid)
            named = self._labels(record.name)
            folded = {label.casefold() for label in named}
            # A label that the file names without its brackets loses them; the others are known for labels.
            standing_labels = {label for label in labels if spoken_label(label, folded) == label or label in named}
            segmentation = self._segmentation(text, frozenset(standing_labels | named))
        if segmentation != standing:
            _guid, row_labels, turns = store.segmentation_row(record.guid, segmentation)
            change.update("segmentation", record.guid, {"labels": row_labels, "turns": turns})
        known = store.speakers(connection, [record.guid]).get(record.guid, {})
        own = as_table(known) if record.format == SURVEY else None
        self._write_speakers(change, record, segmentation, known, own)

    def _replace(self, change: Change, incoming: _Incoming, standing: store.SourceRecord) -> None:
        connection = self._project.connection
        text = incoming.document.text
        moved = reanchor(change, self._project, standing, text)
        store.store_text(connection, text, incoming.text_sha256)
        known = store.speakers(connection, [standing.guid]).get(standing.guid, {})
        segmentation = self._segment(incoming, frozenset(known) - {""})
        document = incoming.document
        change.update(
            "source",
            standing.guid,
            {
                "file_name": file_name(incoming.path),
                "file_sha256": document.file_sha256,
                "text_sha256": incoming.text_sha256,
                "encoding": document.encoding,
                "format": document.format,
                "characters": len(text),
                "words": sum(segmentation.words),
            },
        )
        _guid, labels, turns = store.segmentation_row(standing.guid, segmentation)
        change.update("segmentation", standing.guid, {"labels": labels, "turns": turns})
        self._write_speakers(change, standing, segmentation, known, own=document.informants)
        self._report.reanchored.append(moved)


def _refuse_crossed(
    new: Sequence[_Incoming],
    changed: Sequence[tuple[_Incoming, store.SourceRecord]],
    now: Mapping[str, store.SourceRecord],
) -> None:
    """Raise Conflict where another import has been at the same sources since ours looked.

    `now` are the study's sources by name, read under the lock.
    """
    names = [one.name for one in new if one.name in now]
    names += [one.name for one, was in changed if now.get(one.name) != was]
    if names:
        raise Conflict(
            _("Another program has imported {names} meanwhile; nothing was imported here.").format(
                names=", ".join(names)
            ),
            _("Run the import again."),
        )

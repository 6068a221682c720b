"""Codings in from a CSV table and out to one."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from koding.errors import KodingError
from koding.i18n import _
from koding.model.cells import unguarded
from koding.model.codebook import Code
from koding.model.coding import RESOLVED, Coding, MemoTarget, Origin
from koding.model.identity import content_guid
from koding.model.rounds import Round
from koding.readers.codings_csv import BadRow, CodingRow, CodingTable
from koding.session.coder_names import refuse_reserved
from koding.session.differing import record_of
from koding.store import codings as store
from koding.store import sources as sources_store
from koding.store.journal import Change
from koding.store.project import Project

#: How far from its edges a quoted text is shown in a report.
_SHOWN = 40


@dataclass
class CodingsReport:
    """What an import of codings did: how many came in, how many stood already, and the rows that could not.

    `repeated` are rows of the table that say what an earlier one says.
    """

    imported: int = 0
    repeated: int = 0
    standing: int = 0
    bad: list[BadRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ExportedCoding:
    """A coding with the name of its source and the text it stands on."""

    source: str
    coding: Coding
    text: str


class CodingsImporter:
    """Imports codings into a study: all rows in one change, or none where a row is bad."""

    def __init__(self, project: Project, coder: str, in_round: Round | None = None) -> None:
        """Take the study, the coder of rows that name none ("" to refuse such rows), and the round they were made in.

        In a round a row is bad whose passage or coder does not belong to it.
        """
        self._project = project
        self._coder = coder
        self._round = in_round
        refuse_reserved(coder)
        self._codebook = project.codebook()
        self._guids = {code.key: code.guid for code in self._codebook.codes}
        with project.reading() as connection:
            self._sources = {record.name: record for record in sources_store.sources(connection)}
        self._texts: dict[str, str] = {}

    def run(self, table: CodingTable, *, skip_bad: bool = False) -> CodingsReport:
        """Import the rows. Where one is bad nothing is written, unless `skip_bad`.

        Raises KodingError where a facet column is none of the codebook's.
        """
        facets = {facet.key: facet.keys() for facet in self._codebook.facets}
        strange = [name for name in table.facet_columns if name not in facets]
        if strange:
            raise KodingError(
                _("The codebook has no facet called {name}.").format(name=strange[0]),
                _("Its facets are: {names}.").format(names=", ".join(facets) or _("none")),
            )
        report = CodingsReport(bad=list(table.bad))
        good: list[Coding] = []
        first: dict[tuple[object, ...], CodingRow] = {}
        for written in map(self._as_written, table.rows):
            row = self._mapped(written)
            reason = next(self._faults(row, facets), "") or self._repeated(written, first)
            if reason:
                report.bad.append(BadRow(row.line, reason))
            else:
                good.append(self._coding(row))
        report.bad.sort(key=lambda bad: bad.line)
        if report.bad and not skip_bad:
            return report
        self._write(good, report)
        return report

    @staticmethod
    def _as_written(row: CodingRow) -> CodingRow:
        """Give the row as it was before an export kept spreadsheets from taking its cells for formulas."""
        text = None if row.text is None else unguarded(row.text)
        return replace(
            row, source=unguarded(row.source), coder=unguarded(row.coder), memo=unguarded(row.memo), text=text
        )

    def _mapped(self, row: CodingRow) -> CodingRow:
        """Give the row with the code that its code was merged into since, where it was."""
        return replace(row, code=self._codebook.heir(row.code).key) if row.code in self._codebook.by_key else row

    def _faults(self, row: CodingRow, facets: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
        """Say why a row cannot be a coding of this study, the first reason first; nothing where it can."""
        record = self._sources.get(row.source)
        code = self._codebook.by_key.get(row.code)
        if record is None:
            yield _("no source is called {name}").format(name=row.source)
        elif code is None:
            yield _("the codebook has no code {key}").format(key=row.code)
        else:
            if not 0 <= row.start < row.end <= record.characters:
                yield _("the span {start}-{end} is not within the text (0-{characters})").format(
                    start=row.start, end=row.end, characters=record.characters
                )
            yield from self._faults_of_coder(row, record)
            yield from self._faults_of_code(row, code, facets)
            found = "" if row.text is None else self._text(record.guid)[row.start : row.end]
            if (row.text or "").strip() != found.strip():
                yield _("the text does not match the source, which has «{found}» there").format(found=found[:_SHOWN])

    def _faults_of_coder(self, row: CodingRow, record: sources_store.SourceRecord) -> Iterator[str]:
        coder = row.coder or self._coder
        if not coder:
            yield _("no coder is named; give one with --coder")
        if coder.strip().casefold() == RESOLVED:
            yield _("“{name}” is what resolved codings are called; no coder can have that name").format(name=coder)
        if self._round is not None and not self._round.has_coder(coder):
            yield _("{coder} has no part in the round").format(coder=coder)
        if self._round is not None and not self._round.touches(record.guid, row.start, row.end):
            yield _("the passage is not in the round")

    @staticmethod
    def _faults_of_code(row: CodingRow, code: Code, facets: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
        if not code.codable:
            yield _("{key} is a folder and cannot be used as a code").format(key=row.code)
        if code.retired:
            yield _("{key} is retired; give another code, or bring it back with koding codebook restore").format(
                key=row.code
            )
        wrong = [key for key, value in row.facets.items() if value and value not in facets[key]]
        if wrong:
            yield "; ".join(
                _("{value} is no value of {facet} (it has {values})").format(
                    value=row.facets[key], facet=key, values=", ".join(facets[key])
                )
                for key in wrong
            )

    def _repeated(self, row: CodingRow, first: dict[tuple[object, ...], CodingRow]) -> str:
        """Say where the coding stands in the table already, "" where it does not; what repeats all of it is let be."""
        earlier = first.setdefault((row.source, row.start, row.end, row.code, row.coder or self._coder), row)
        if earlier is row or (earlier.facets == row.facets and earlier.memo == row.memo):
            return ""
        return _("the coding stands on line {line} already, with other facets or memo").format(line=earlier.line)

    def _text(self, source: str) -> str:
        if source not in self._texts:
            with self._project.reading() as connection:
                self._texts[source] = sources_store.read_text(connection, source)
        return self._texts[source]

    def _coding(self, row: CodingRow) -> Coding:
        source = self._sources[row.source].guid
        coder = row.coder or self._coder
        place = [source, str(row.start), str(row.end), row.code, coder]
        in_round = self._round.guid if self._round else ""
        if in_round:
            place.append(in_round)
        return Coding(
            guid=content_guid("coding", *place),
            source=source,
            start=row.start,
            end=row.end,
            code=row.code,
            coder=coder,
            facets=row.facets,
            memo=row.memo,
            origin=Origin.IMPORTED,
            round=in_round,
        )

    def _write(self, good: Sequence[Coding], report: CodingsReport) -> None:
        actor = self._coder or (good[0].coder if good else "")
        count = str(len(good))
        with self._project.change(coder=actor, action="import codings", detail=count) as change:
            connection = self._project.connection
            for name in sorted({coding.coder for coding in good}):
                store.write_coder(change, connection, name)
            places, guids = store.coding_places(connection)
            new: list[Coding] = []
            for coding in good:
                place = (
                    coding.source,
                    store.coder_guid(coding.coder),
                    coding.start,
                    coding.end,
                    self._guids[coding.code],
                    coding.round,
                )
                # A GUID that is taken is this very coding, with edges or code edited since it was imported.
                if place not in places and coding.guid not in guids:
                    places.add(place)
                    guids.add(coding.guid)
                    new.append(replace(coding, created=change.at, modified=change.at))
            report.imported = len(new)
            report.repeated = len(good) - len({coding.guid for coding in good})
            report.standing = len(good) - len(new) - report.repeated
            if new:
                change.insert("coding", (store.coding_row(coding, self._guids[coding.code]) for coding in new))
                self._write_memos(change, new)

    def _write_memos(self, change: Change, codings: Sequence[Coding]) -> None:
        rows = [
            (
                content_guid("memo", coding.guid, coding.coder),
                MemoTarget.CODING.value,
                coding.guid,
                store.coder_guid(coding.coder),
                coding.memo,
                change.at,
                change.at,
            )
            for coding in codings
            if coding.memo
        ]
        if rows:
            change.insert("memo", rows)


def exported(project: Project, coder: str | None = None, in_round: Round | None = None) -> Iterator[ExportedCoding]:
    """Give the study's codings (or one coder's, or one round's) as rows of a table, by source, place, code and coder.

    The coder "resolved" is the record: what is undisputed and what was decided about disagreements.
    """
    with project.reading() as connection:
        names = {record.guid: record.name for record in sources_store.sources(connection)}
        found: Iterable[Coding]
        if coder == RESOLVED:
            found = record_of(project, in_round).codings
        else:
            found = store.codings(connection, coder=coder, in_round=in_round.guid if in_round else None)
        for source, codings in itertools.groupby(found, key=lambda c: c.source):
            text = sources_store.read_text(connection, source)
            for coding in codings:
                yield ExportedCoding(names[source], coding, text[coding.start : coding.end])

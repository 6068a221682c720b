"""Merging copies, beside a plain sqlite3 that puts the same new rows and journal lines into the same tables."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Result, timed
from benchmarks.store import rows, study
from koding.readers.codings_csv import CodingTable
from koding.session.exchange import CodingsImporter
from koding.session.merging import merge
from koding.store.project import Project


def _code(path: Path, coder: str, count: int, seed: int) -> None:
    with Project.open(path) as project:
        table = CodingTable(tuple(rows(project, count, seed)), tuple(facet.key for facet in project.codebook().facets))
        CodingsImporter(project, coder).run(table)


def _copies(folder: Path, copies: int, common: int, own: int) -> tuple[Path, list[Path]]:
    """Make a study that has `common` codings, and copies in which another coder each has made `own` more."""
    study(folder, "target", 100, 2000).close()
    target = folder / "target.koding"
    _code(target, "Kari", common, 0)
    paths = [Path(shutil.copy(target, folder / f"copy{number:02d}.koding")) for number in range(copies)]
    for number, path in enumerate(paths, start=1):
        _code(path, f"Coder {number:02d}", own, number)
    return target, paths


def _floor(target: Path, paths: list[Path]) -> float:
    """Time the bare rows: those the target lacks, out of every copy and into a copy of the target."""
    bare = Path(shutil.copy(target, target.with_name("floor.koding")))
    connection = sqlite3.connect(bare, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")

    def work() -> None:
        connection.execute("BEGIN")
        for path in paths:
            other = sqlite3.connect(path)
            coder = other.execute("SELECT guid, name FROM coder ORDER BY rowid DESC LIMIT 1").fetchone()
            connection.execute("INSERT INTO coder VALUES (?, ?)", coder)
            content = other.execute("SELECT * FROM coding WHERE coder = ?", coder[:1]).fetchall()
            places = ", ".join("?" * len(content[0]))
            connection.executemany(f"INSERT INTO coding VALUES ({places})", content)
            (last,) = other.execute("SELECT max(id) FROM change").fetchone()
            connection.executemany(
                "INSERT INTO entry (change, entity, guid, before, after) VALUES (1, ?, ?, ?, ?)",
                other.execute("SELECT entity, guid, before, after FROM entry WHERE change = ?", (last,)),
            )
            other.close()
        connection.execute("COMMIT")

    seconds = timed(work)
    connection.close()
    return seconds


def merging(folder: Path, copies: int, common: int, own: int) -> Result:
    """Merge so many copies at once."""
    target, paths = _copies(folder, copies, common, own)
    base = _floor(target, paths)
    with Project.open(target) as project:
        ours = timed(lambda: merge(project, paths, coder="Lead"))
    name = f"merge of {copies} copies of {common:,} codings, {own:,} new in each"
    return Result(name, ours, base, 6)


def results(*, quick: bool) -> Iterator[Result]:
    """Give the figures of merging; `quick` with a tenth of the copies."""
    copies = 5 if quick else 50
    for common, own in ((20_000, 400), (1000, 20_000)):
        with tempfile.TemporaryDirectory() as place:
            yield merging(Path(place), copies, common, own)

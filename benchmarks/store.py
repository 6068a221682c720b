"""The store beside a plain sqlite3 that does the same raw work: import, durable codings, bulk import, matrix."""

from __future__ import annotations

import hashlib
import itertools
import random
import sqlite3
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

from benchmarks import material
from benchmarks.measure import Result, median, timed
from koding.readers.codings_csv import CodingRow, CodingTable
from koding.session.exchange import CodingsImporter
from koding.session.importing import Importer
from koding.session.reporting import matrix_report
from koding.session.workbench import Workbench
from koding.store.project import Project

CODER = "Kari"
INFORMANTS = "source,speaker,informant,role,gruppe\n"
GROUPS = ("flyktning", "kommuneansatt", "IMDi-ansatt")


def plain(path: Path) -> sqlite3.Connection:
    """Open a plain database with the same guarantees: WAL, and every commit on disk."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def imports(folder: Path, count: int, size: int) -> Result:
    """Import transcripts, beside reading, hashing and inserting their text with a full-text index."""
    paths = material.write_interviews(folder, count, size)
    connection = plain(folder / "floor.db")
    connection.execute("CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT, sha256 TEXT, text TEXT)")
    connection.execute("CREATE VIRTUAL TABLE search USING fts5(text, content='source', content_rowid='id')")

    def floor() -> None:
        connection.execute("BEGIN")
        for path in paths:
            data = path.read_bytes()
            row = (path.stem, hashlib.sha256(data).hexdigest(), data.decode("utf-8"))
            cursor = connection.execute("INSERT INTO source (name, sha256, text) VALUES (?, ?, ?)", row)
            connection.execute("INSERT INTO search (rowid, text) VALUES (?, ?)", (cursor.lastrowid, row[2]))
        connection.execute("COMMIT")

    base = timed(floor)
    connection.close()
    with Project.create(folder / "import.koding", material.codebook(), coder=CODER) as project:
        ours = timed(lambda: Importer(project, CODER).run(paths))
    return Result(f"import of {count:,} x {size:,} words", ours, base, 8)


def rows(project: Project, count: int, seed: int) -> Iterator[CodingRow]:
    """Give random codings on the study's sources."""
    chance = random.Random(seed)
    sources = [
        (name, characters) for name, characters in project.connection.execute("SELECT name, characters FROM source")
    ]
    codes = [code.key for code in project.codebook().codes if code.codable]
    facets: list[dict[str, str]] = [{}]
    for facet in project.codebook().facets:
        facets.extend({facet.key: value.key} for value in facet.values)
    placed: set[tuple[str, int, int, str]] = set()
    while len(placed) < count:
        name, characters = chance.choice(sources)
        start = chance.randrange(0, characters - 200)
        place = (name, start, start + chance.randrange(20, 180), chance.choice(codes))
        if place not in placed:  # a coder puts a code once on a span
            placed.add(place)
            yield CodingRow(len(placed), *place, "", chance.choice(facets), "", None)


def study(folder: Path, name: str, sources: int, words: int) -> Project:
    """Make a study of so many interviews, every informant in a group."""
    texts = folder / f"{name}-texts"
    texts.mkdir()
    paths = material.write_interviews(texts, sources, words)
    lines = [f"{path.stem},Informant,F{number:03d},informant,{GROUPS[number % 3]}" for number, path in enumerate(paths)]
    from koding.readers.informants import read_informants

    table = read_informants((INFORMANTS + "\n".join(lines) + "\n").encode(), "informants.csv")
    project = Project.create(folder / f"{name}.koding", material.codebook(), coder=CODER)
    Importer(project, CODER, table).run(paths)
    return project


def _plain_codings(path: Path) -> sqlite3.Connection:
    """Make a plain table of codings with the indexes any tool would have."""
    connection = plain(path)
    connection.execute(
        "CREATE TABLE coding (guid TEXT PRIMARY KEY, source TEXT, start INTEGER, stop INTEGER, code TEXT, "
        "coder TEXT, facets TEXT, created TEXT)"
    )
    connection.execute("CREATE INDEX by_source ON coding (source, coder, start)")
    connection.execute("CREATE INDEX by_code ON coding (coder, code)")
    return connection


def _insert(connection: sqlite3.Connection, content: list[tuple[object, ...]]) -> None:
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO coding VALUES (?, ?, ?, ?, ?, ?, ?, ?)", content)
    connection.execute("COMMIT")


def bulk(folder: Path, count: int) -> tuple[Result, Project, sqlite3.Connection]:
    """Import codings in bulk, beside one executemany of the same rows."""
    project = study(folder, f"bulk{count}", 200, 2000)
    table = CodingTable(tuple(rows(project, count, 1)), tuple(facet.key for facet in project.codebook().facets))
    floor = _plain_codings(folder / f"bulk{count}.db")
    content = [
        (str(uuid.uuid4()), row.source, row.start, row.end, row.code, CODER, str(row.facets), "2026-01-01T00:00:00Z")
        for row in table.rows
    ]
    base = timed(lambda: _insert(floor, content))
    ours = timed(lambda: CodingsImporter(project, CODER).run(table))
    if project.connection.execute("SELECT count(*) FROM coding").fetchone()[0] != count:
        message = "the codings were not imported: nothing was measured"
        raise AssertionError(message)
    return Result(f"bulk import of {count:,} codings", ours, base, 12), project, floor


def durable(folder: Path, count: int) -> Result:
    """Make one coding durable in a study that has so many, beside one raw commit."""
    _result, project, floor = bulk(folder, count)
    project.close()
    bench = Workbench.open(folder / f"bulk{count}.koding", CODER)
    source = bench.sources()[0].guid
    code = next(code.key for code in bench.codebook.codes if code.codable)
    numbers = itertools.count(10)

    def ours() -> None:
        start = next(numbers)
        bench.code(source, start, start + 15, code)

    def raw() -> None:
        floor.execute(
            "INSERT INTO coding VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (str(uuid.uuid4()), "s", 1, 2, code, CODER, "{}", "2026-01-01T00:00:00Z"),
        )

    base = median(raw, 60)
    result = Result(f"one durable coding at {count:,} codings", median(ours, 60), base, 10)
    bench.close()
    floor.close()
    return result


_GROUP_BY = """
SELECT c.code, v.value, count(DISTINCT s.informant) FROM coding c
JOIN speaker s ON s.source = c.source AND s.role = 'informant'
JOIN value v ON v.informant = s.informant
WHERE c.facets NOT LIKE '%avvist%'
GROUP BY c.code, v.value
"""


def matrix(folder: Path, count: int) -> Result:
    """Count the theme matrix, beside a raw GROUP BY over the same rows that goes by file and not by who speaks."""
    _result, project, floor = bulk(folder, count)
    floor.close()
    base = median(lambda: project.connection.execute(_GROUP_BY).fetchall(), 3)
    ours = median(lambda: matrix_report(project, ["gruppe"]), 3)
    project.close()
    return Result(f"matrix over {count:,} codings", ours, base, 3)


def results(*, quick: bool) -> Iterator[Result]:
    """Give the store's figures; `quick` on a tenth of the material."""
    many = 20_000 if quick else 200_000
    with tempfile.TemporaryDirectory() as place:
        yield imports(Path(place), 100 if quick else 1000, 9000)
    with tempfile.TemporaryDirectory() as place:
        result, project, floor = bulk(Path(place), many)
        project.close()
        floor.close()
        yield result
    for count in (2000, many):
        with tempfile.TemporaryDirectory() as place:
            yield durable(Path(place), count)
    with tempfile.TemporaryDirectory() as place:
        yield matrix(Path(place), many)

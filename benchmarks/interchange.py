"""Projects to REFI-QDA and back, beside writing and reading the same XML and texts with no checks and no study."""

from __future__ import annotations

import itertools
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import store
from benchmarks.measure import Result, timed
from koding.readers.codings_csv import CodingTable
from koding.session.exchange import CodingsImporter
from koding.session.interchange.exporting import export_project
from koding.session.interchange.projects import import_project
from koding.store import sources as sources_store
from koding.store.project import Project

#: Words of an interview, and the largest package beside the smallest.
_WORDS = 2000
_LARGE, _SMALL = (1000, 200_000), (100, 20_000)


def raw_export(project: Project, path: Path) -> None:
    """Write the texts and one element for each coding, unchecked."""
    connection = project.connection
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        root = ET.Element("Project")
        for record in sources_store.sources(connection):
            text = sources_store.read_text(connection, record.guid)
            archive.writestr(f"sources/{record.guid}.txt", text)
            element = ET.SubElement(root, "TextSource", guid=record.guid)
            rows = connection.execute(
                'SELECT guid, start, "end", code, coder FROM coding WHERE source = ? ORDER BY start', (record.guid,)
            )
            for guid, start, end, code, coder in rows:
                place = {"guid": guid, "startPosition": str(start), "endPosition": str(end), "name": text[start:end]}
                selection = ET.SubElement(element, "PlainTextSelection", place)
                coding = ET.SubElement(selection, "Coding", guid=guid, creatingUser=coder)
                ET.SubElement(coding, "CodeRef", targetGUID=code)
        archive.writestr("project.qde", ET.tostring(root, encoding="unicode"))


def raw_import(package: Path, path: Path) -> None:
    """Read the XML and the texts of a package and put them in plain tables."""
    connection = store.plain(path)
    connection.execute("CREATE TABLE text (guid TEXT PRIMARY KEY, text TEXT)")
    connection.execute("CREATE TABLE coding (guid TEXT PRIMARY KEY, source TEXT, start INT, stop INT, code TEXT)")
    connection.execute("BEGIN")
    with zipfile.ZipFile(package) as archive:
        root = ET.fromstring(archive.read("project.qde"))  # noqa: S314 - our own file
        for source in root.iter("{*}TextSource"):
            guid = source.get("guid", "")
            connection.execute("INSERT INTO text VALUES (?, ?)", (guid, archive.read(f"sources/{guid}.txt").decode()))
            rows = (
                (
                    coding.get("guid"),
                    guid,
                    one.get("startPosition"),
                    one.get("endPosition"),
                    coding[0].get("targetGUID"),
                )
                for one in source.iter("{*}PlainTextSelection")
                for coding in one.iter("{*}Coding")
            )
            connection.executemany("INSERT INTO coding VALUES (?, ?, ?, ?, ?)", rows)
    connection.execute("COMMIT")
    connection.close()


def both_ways(folder: Path, sources: int, codings: int) -> tuple[Result, Result]:
    """Export a study of so many sources and codings, and import what was written."""
    study = store.study(folder, "interchange", sources, _WORDS)
    wanted = tuple(itertools.islice(store.rows(study, codings, 1), codings))
    CodingsImporter(study, store.CODER).run(CodingTable(wanted, tuple(one.key for one in study.codebook().facets)))
    package = folder / "ours.qdpx"
    floor = timed(lambda: raw_export(study, folder / "floor.qdpx"))
    out = timed(lambda: export_project(study, package))
    study.close()
    base = timed(lambda: raw_import(package, folder / "floor.db"))
    back = timed(lambda: import_project(package, folder / "back.koding", store.CODER))
    what = f"{sources:,} sources with {codings:,} codings"
    return Result(f"export of {what}", out, floor, 6), Result(f"import of {what}", back, base, 12)


def results(*, quick: bool) -> Iterator[Result]:
    """Give the figures, and how time grows with size: ten times the project beside ten times the time."""
    with tempfile.TemporaryDirectory() as place:
        small = both_ways(Path(place), *_SMALL)
    yield from small
    if quick:
        return
    with tempfile.TemporaryDirectory() as place:
        large = both_ways(Path(place), *_LARGE)
    yield from large
    for one, ten in zip(small, large, strict=True):
        # Beside the floor of the same moment: a machine that others use is not as fast from one minute to the next.
        way = one.name.split(" ", maxsplit=1)[0]
        yield Result(f"{way}: ten times the project, as times the floor", ten.ratio, one.ratio, 1.5, "x floor")

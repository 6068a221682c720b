"""Project files as other tools write them, made small for one test each, and the shared samples where they are."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree

from koding.session.interchange.exporting import export_project
from koding.session.interchange.projects import import_project
from koding.session.interchange.report import ProjectReport
from koding.store.project import Project
from tests.studies import CHECKOUT

REFI = CHECKOUT.parent / "shared" / "refi"
needs_schema = pytest.mark.skipif(
    not (REFI / "schema").is_dir(), reason="the schemas of the standard are not part of this project"
)
needs_samples = pytest.mark.skipif(
    not (REFI / "samples").is_dir(), reason="sample files of other tools are not part of this project"
)
NAMESPACE = "urn:QDA-XML:project:1.0"
CODE, OTHER_CODE = "11111111-1111-4111-8111-111111111111", "11111111-1111-4111-8111-222222222222"
KARI, OLA = "22222222-2222-4222-8222-111111111111", "22222222-2222-4222-8222-222222222222"
SOURCE, OTHER_SOURCE = "33333333-3333-4333-8333-111111111111", "33333333-3333-4333-8333-222222222222"
USERS = f'<Users><User guid="{KARI}" name="Kari"/><User guid="{OLA}" name="Ola"/></Users>'
CODES = (
    f'<CodeBook><Codes><Code guid="{CODE}" name="Følelser" isCodable="true" color="#ff0000"/>'
    f'<Code guid="{OTHER_CODE}" name="Arbeid" isCodable="true"/></Codes></CodeBook>'
)


def guid(number: int, kind: int = 4) -> str:
    """Give a GUID for the n-th thing of a kind."""
    return f"{kind:08x}-0000-4000-8000-{number:012x}"


def coding(number: int, code: str = CODE, user: str = KARI, more: str = "") -> str:
    who = f' creatingUser="{user}"' if user else ""
    return f'<Coding guid="{guid(number, 6)}"{who}><CodeRef targetGUID="{code}"/>{more}</Coding>'


def selection(number: int, start: object, end: object, name: str = "", inner: str | None = None) -> str:
    quoted = name.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    said = f' name="{quoted}"' if name else ""
    content = coding(number) if inner is None else inner
    return (
        f'<PlainTextSelection guid="{guid(number, 5)}" startPosition="{start}" endPosition="{end}"{said}>'
        f"{content}</PlainTextSelection>"
    )


def source(inner: str = "", path: str | None = None, name: str = "intervju", this: str = SOURCE) -> str:
    where = f"internal://{this}.txt" if path is None else path
    return f'<TextSource guid="{this}" name="{name}" plainTextPath="{where}">{inner}</TextSource>'


def sources(*inner: str) -> str:
    return f"<Sources>{''.join(inner)}</Sources>"


def project(
    *parts: str, origin: str = "Somebody 1.0", namespace: str = NAMESPACE, users: str = USERS, codes: str = CODES
) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<Project name="Prøve" origin="{origin}" xmlns="{namespace}">{users}{codes}{"".join(parts)}</Project>'
    )


def package(
    path: Path, xml: str | bytes, texts: Mapping[str, str | bytes] | None = None, qde: str = "project.qde"
) -> Path:
    """Write a package; texts by name under sources/, or by whole path where the name has a slash."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(qde, xml)
        for name, text in (texts or {}).items():
            data = text if isinstance(text, bytes) else text.encode()
            archive.writestr(name if "/" in name else f"sources/{name}", data)
    return path


def one_source(path: Path, text: str | bytes, *selections: str, origin: str = "Somebody 1.0") -> Path:
    """Write a package of one source with these selections."""
    return package(path, project(sources(source("".join(selections))), origin=origin), {f"{SOURCE}.txt": text})


def brought_in(file: Path) -> tuple[Path, ProjectReport]:
    """Import a file into a new study beside it."""
    study = file.with_suffix(".koding")
    return study, import_project(file, study, "tester")


def sent_out(study: Path, name: str = "out.qdpx", tool: str = "") -> Path:
    """Export a study to a file beside it."""
    file = study.with_name(name)
    with Project.open(study) as opened:
        export_project(opened, file, tool)
    return file


def codings(study: Path) -> list[tuple[str, str, str]]:
    """Give (words, code label, coder) of every coding, by place."""
    connection = sqlite3.connect(study)
    try:
        rows = connection.execute(
            'SELECT t.text, c.start, c."end", k.label, w.name FROM coding c JOIN source s ON s.guid = c.source '
            "JOIN text t ON t.sha256 = s.text_sha256 JOIN code k ON k.guid = c.code JOIN coder w ON w.guid = c.coder "
            'ORDER BY s.position, c.start, c."end", k.position, w.name'
        ).fetchall()
    finally:
        connection.close()
    return [(text[start:end], label, coder) for text, start, end, label, coder in rows]


def words(study: Path) -> list[str]:
    return [text for text, _code, _coder in codings(study)]


def table(study: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(study)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def xml_of(file: Path) -> etree._Element:
    """Give the project element of a file."""
    if file.suffix == ".qde":
        data = file.read_bytes()
    else:
        with zipfile.ZipFile(file) as archive:
            name = next(one for one in archive.namelist() if one.lower().endswith(".qde"))
            data = archive.read(name)
    return etree.fromstring(data.removeprefix(b"\xef\xbb\xbf"))


def texts_of(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.startswith("sources/")}


def sidecar_of(file: Path) -> dict[str, object]:
    with zipfile.ZipFile(file) as archive:
        return json.loads(archive.read("koding.json"))


def elements(root: etree._Element) -> Counter[str]:
    """Count elements by name."""
    return Counter(etree.QName(one).localname for one in root.iter() if isinstance(one.tag, str))


def found(root: etree._Element, name: str) -> list[etree._Element]:
    return [one for one in root.iter() if isinstance(one.tag, str) and etree.QName(one).localname == name]


def schema_faults(root: etree._Element, name: str = "Project.xsd") -> list[str]:
    """Give what the schema says of a project, nothing for a valid one or where the schema is not at hand."""
    if not (REFI / "schema" / name).exists():
        return []
    schema = etree.XMLSchema(etree.parse(str(REFI / "schema" / name)))
    schema.validate(root)
    return [str(error) for error in schema.error_log]

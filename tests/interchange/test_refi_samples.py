"""Files that other tools wrote come in with what their XML holds and go out again whole; ours open in other readers."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from koding.model.refi import CODEBOOK, PROJECT
from koding.readers.codebook_yaml import read_codebook_file
from koding.session.interchange.projects import check_file, import_project
from koding.session.opening import check_study
from koding.session.workbench import Workbench
from koding.store.project import Project
from tests.interchange.packages import (
    REFI,
    brought_in,
    elements,
    found,
    needs_samples,
    needs_schema,
    schema_faults,
    sent_out,
    table,
    xml_of,
)
from tests.studies import CODEBOOKS, code_words, state_of

SAMPLES = REFI / "samples"
PROJECTS = sorted(path.relative_to(SAMPLES) for path in SAMPLES.rglob("*.qd[pe]*")) if SAMPLES.is_dir() else []
XSD = "{http://www.w3.org/2001/XMLSchema}"


@needs_samples
@pytest.mark.parametrize("name", PROJECTS, ids=str)
def test_a_sample_comes_in_with_what_its_xml_holds(name, tmp_path):
    counted = elements(xml_of(SAMPLES / name))
    study = tmp_path / "a.koding"
    report = import_project(SAMPLES / name, study, "tester")
    assert report.codes == counted["Code"]
    # A coding of a PDF may stand twice under one GUID: on the rectangle and on the text in it.
    assert report.codings + report.codings_lost == len(
        {one.get("guid") for one in found(xml_of(SAMPLES / name), "Coding")}
    )
    told = check_file(SAMPLES / name).counts
    assert told["Coding"] == report.codings + report.codings_lost
    selections = [one for tag in counted if tag.endswith("Selection") for one in found(xml_of(SAMPLES / name), tag)]
    # QualCoder writes what a note is about as a selection in the note.
    assert told["Selection"] == sum(etree.QName(one.getparent()).localname != "Note" for one in selections)
    kinds = ("TextSource", "Representation", "Transcript", "TextDescription")
    media = ("Sources", "PDFSource", "AudioSource", "VideoSource", "PictureSource")
    texts = [
        one
        for kind in kinds
        for one in found(xml_of(SAMPLES / name), kind)
        if etree.QName(one.getparent()).localname in media
    ]
    assert report.sources + sum(report.carried[kind] for kind in kinds) == len(texts)
    assert report.codings == table(study, "SELECT count(*) FROM coding")[0][0]
    assert report.sources == table(study, "SELECT count(*) FROM source")[0][0]
    with Project.open(study) as opened:
        assert check_study(opened) == []


@needs_samples
@pytest.mark.parametrize("name", PROJECTS, ids=str)
def test_a_sample_goes_out_with_all_its_elements_valid(name, tmp_path):
    study = tmp_path / "a.koding"
    import_project(SAMPLES / name, study, "tester")
    out = sent_out(study)
    before, after = elements(xml_of(SAMPLES / name)), elements(xml_of(out))
    # A note whose text lay in a file may come back inside the XML.
    assert before - after == {}
    assert set(after - before) <= {"PlainTextContent"}
    assert schema_faults(xml_of(out)) == []
    assert check_file(out).findings == []
    guids = {one.get("guid") for one in xml_of(SAMPLES / name).iter() if one.get("guid")}
    assert guids == {one.get("guid") for one in xml_of(out).iter() if one.get("guid")}


@needs_samples
@pytest.mark.parametrize("name", PROJECTS, ids=str)
def test_a_sample_that_comes_in_twice_changes_nothing(name, tmp_path):
    study = tmp_path / "a.koding"
    import_project(SAMPLES / name, study, "tester")
    before = state_of(study)
    import_project(SAMPLES / name, study, "tester")
    assert state_of(study) == before


@needs_samples
def test_every_quote_of_the_samples_is_at_its_span(tmp_path):
    """qc writes line numbers in @name, QualCoder the text: where a name is the text, the coding stands on it."""
    study, _ = brought_in(Path(shutil.copy(SAMPLES / "qualcoder_generated" / "Demo.qdpx", tmp_path / "a.qdpx")))
    rows = table(
        study,
        'SELECT substr(t.text, c.start + 1, c."end" - c.start) FROM coding c JOIN source s ON s.guid = c.source JOIN text t ON t.sha256 = s.text_sha256',
    )
    assert rows == [("Jeg følte meg «sett» – endelig & alltid",)]


@needs_samples
@pytest.mark.parametrize("path", sorted(SAMPLES.rglob("*.qdc")) if SAMPLES.is_dir() else [], ids=lambda path: path.name)
def test_a_sample_codebook_comes_in_with_its_codes(path, tmp_path, koding):
    out = tmp_path / "a.yaml"
    ran = koding("codebook", "import", path, out)
    if not path.read_bytes().rstrip().endswith(b">") or b"</CodeBook>" not in path.read_bytes():
        assert (ran.code, "the XML is damaged" in ran.err) == (1, True)
        return
    assert ran.code == 0
    codes = len(re.findall(rb"<Code\s", path.read_bytes()))
    assert len(re.findall(r"^\s*- key: ", out.read_text(), re.MULTILINE)) == codes


# Our table of the standard


@needs_schema
@pytest.mark.parametrize(
    ("name", "shapes", "root"), [("Project.xsd", PROJECT, "Project"), ("Codebook.xsd", CODEBOOK, "CodeBook")]
)
def test_our_table_of_the_standard_is_its_schema(name, shapes, root):
    schema = etree.parse(str(REFI / "schema" / name)).getroot()
    types = {one.get("name"): one for one in schema.iter(f"{XSD}complexType")}
    simple = {
        "xsd:string": "string",
        "GUIDType": "guid",
        "xsd:dateTime": "time",
        "xsd:integer": "integer",
        "xsd:boolean": "boolean",
        "RGBType": "colour",
        "typeOfVariableType": "variable",
        "directionType": "direction",
        "LineStyleType": "line",
        "ShapeType": "shape",
        "xsd:decimal": "decimal",
        "xsd:date": "date",
    }
    waiting, seen = [(root, f"{root}Type")], set()
    while waiting:
        element, type_name = waiting.pop()
        if element in seen:
            continue
        seen.add(element)
        of_schema, ours = types[type_name], shapes[element]
        attributes = {one.get("name"): simple[one.get("type")] for one in of_schema.findall(f"{XSD}attribute")}
        assert dict(ours.attributes) == attributes, element
        assert ours.required == {
            one.get("name") for one in of_schema.findall(f"{XSD}attribute") if one.get("use") == "required"
        }
        children = list(of_schema.iter(f"{XSD}element"))
        assert list(ours.order) == [one.get("name") for one in children], element
        needed = {one.get("name") for one in children if one.get("minOccurs", "1") != "0"} if not ours.free else set()
        assert set(ours.needed) == needed, element
        once = {one.get("name") for one in children if one.get("maxOccurs", "1") == "1"} if not ours.free else set()
        assert ours.once == once, element
        for one in children:
            kind = one.get("type")
            if kind in types:
                target = ours.types[one.get("name")]
                if target == one.get("name"):
                    waiting.append((target, kind))
            else:
                assert ours.types[one.get("name")] == {"string": "text"}.get(simple[kind], simple[kind])
    assert seen == set(shapes)


# Other people's readers


@pytest.fixture
def exported(study):
    bench = Workbench.open(study, "Åse")
    code_words(bench, "samira", "🙂, men dyr", "hverdag.bolig")
    code_words(bench, "samira", "Telefonen ringte aldri", "arbeid.relevant", retning="fra")
    code_words(bench, "meeting", "alene hele vinteren", "ensomhet")
    bench.close()
    return sent_out(study)


def test_pyrefiqda_opens_what_we_write_and_finds_every_quote(exported, tmp_path):
    pyrefiqda = pytest.importorskip("pyrefiqda", reason="comes with the test extra")
    read = pyrefiqda.RefiProject.load(exported, extract_dir=tmp_path / "theirs")
    quotes = {}
    for one in read.sources.text_source:
        path = one.plain_text_path.removeprefix("internal://")
        text = (tmp_path / "theirs" / "sources" / path).read_text(encoding="utf-8")
        for selection in one.plain_text_selection:
            if selection.coding:
                quotes[selection.name] = text[selection.start_position : selection.end_position]
    assert len(quotes) == 3
    assert all(name == said for name, said in quotes.items())
    assert (len(read.users.user), len(read.cases.case), len(read.notes.note if read.notes else [])) == (1, 5, 0)


@needs_schema
def test_xmlschema_finds_what_we_write_valid(exported):
    xmlschema = pytest.importorskip("xmlschema", reason="comes with the test extra")
    with zipfile.ZipFile(exported) as archive:
        xmlschema.XMLSchema(str(REFI / "schema" / "Project.xsd")).validate(archive.read("project.qde").decode())


def test_a_codebook_that_went_out_is_valid_and_comes_back(tmp_path, koding):
    ours = CODEBOOKS / "flyttegrunner.yaml"
    assert koding("codebook", "export", ours, tmp_path / "a.qdc").code == 0
    root = etree.parse(str(tmp_path / "a.qdc")).getroot()
    assert schema_faults(root, "Codebook.xsd") == []
    assert koding("project", "check", tmp_path / "a.qdc").code == 0
    assert koding("codebook", "import", tmp_path / "a.qdc", tmp_path / "b.yaml").code == 0
    before, after = read_codebook_file(ours), read_codebook_file(tmp_path / "b.yaml")
    parts = ("guid", "key", "label", "short", "definition", "use", "not_use", "codable", "sensitive", "parent", "gloss")
    for old, new in zip(before.codes, after.codes, strict=True):
        assert [getattr(new, part) for part in parts] == [getattr(old, part) for part in parts]
        assert [one.text for one in new.examples] == [one.text for one in old.examples]
        assert after.colour(new.key).lower() == before.colour(old.key).lower()


def test_the_report_tells_what_was_stored(exported, koding, tmp_path):
    ran = koding("project", "import", exported, tmp_path / "again", "--report", tmp_path / "r.json")
    report = json.loads((tmp_path / "r.json").read_text())
    assert (ran.code, report["outcome"], report["codings_lost"], report["warnings"]) == (0, "import", 0, [])
    assert (report["codes"], report["sources"], report["codings"]) == (8, 3, 3)
    checked = json.loads(koding("project", "check", exported, "--format", "json").out)
    assert (checked["conforms"], checked["counts"]["Coding"]) == (True, 3)

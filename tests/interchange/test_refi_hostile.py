"""Files that want harm, or are only broken: one clear sentence, exit 1, nothing half-imported, in bounded memory and time."""

from __future__ import annotations

import copy
import io
import json
import random
import struct
import time
import zipfile

import pytest
from lxml import etree

from koding.errors import KodingError
from koding.session.interchange.projects import check_file, import_project
from koding.session.opening import check_study
from koding.store.project import Project
from tests.interchange.packages import (
    CODE,
    REFI,
    SOURCE,
    one_source,
    package,
    project,
    schema_faults,
    selection,
    sent_out,
    sidecar_of,
    source,
    sources,
    table,
    words,
    xml_of,
)
from tests.studies import state_of

#: Samples whose shapes are taken apart.
SHAPES = ("qualcoder_generated/Demo.qdpx", "atlasti_skyloom/TestProject.qdpx")


def refused(file, words_of_it):
    """Assert that a file is refused in words, and that no study is left behind."""
    study = file.with_name("new.koding")
    with pytest.raises(KodingError, match=words_of_it) as fault:
        import_project(file, study, "tester")
    assert "\n" not in str(fault.value)
    assert [one.name for one in file.parent.iterdir() if "koding" in one.name] == []


def test_a_document_type_is_refused(tmp_path):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    refused(
        package(tmp_path / "a.qdpx", project("<Description>&b;</Description>").replace("?>\n", f"?>\n{bomb}")),
        "document type",
    )


def test_an_external_entity_reads_no_file_of_this_machine(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("hemmelig")
    xml = project().replace("?>\n", f'?>\n<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>')
    refused(package(tmp_path / "a.qdpx", xml), "document type")


@pytest.mark.parametrize(
    "path",
    [
        "internal://../../etc/passwd",
        "../../../etc/passwd",
        "/etc/passwd",
        "file:///etc/passwd",
        "absolute:///etc/passwd",
        "internal://..\\..\\x",
    ],
)
def test_no_path_leaves_the_package(tmp_path, path):
    xml = project(sources(source(selection(1, 0, 3), path=path)))
    file = package(
        tmp_path / "a.qdpx", xml, {"../../etc/passwd": "root", "/etc/passwd": "root", f"{SOURCE}.txt": "Han"}
    )
    study = tmp_path / "a.koding"
    report = import_project(file, study, "tester")
    assert (report.sources, report.codings_lost) == (0, 1)
    assert "root" not in str(table(study, "SELECT text FROM text"))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.koding", "a.qdpx"]
    with zipfile.ZipFile(sent_out(study)) as out:
        assert all(name in {"project.qde", "koding.json"} or name.startswith("sources/") for name in out.namelist())
        assert not any(".." in name for name in out.namelist())


def test_a_part_that_inflates_beyond_reason_is_refused(tmp_path):
    file = package(tmp_path / "a.qdpx", project(sources(source())), {f"{SOURCE}.txt": b"0" * 30_000_000})
    refused(file, "unpacks to far more")


def test_xml_that_inflates_beyond_reason_is_refused_while_it_is_read(tmp_path):
    xml = project("<Description>" + " " * 60_000_000 + "</Description>")
    refused(package(tmp_path / "a.qdpx", xml), "unpacks to far more")


def test_elements_that_lie_too_deep_are_refused(tmp_path):
    deep = f'<Code guid="{CODE}" name="x" isCodable="true">' * 5000 + "</Code>" * 5000
    refused(
        package(tmp_path / "a.qdpx", project(codes=f"<CodeBook><Codes>{deep}</Codes></CodeBook>")),
        "more elements, or deeper",
    )


def test_more_elements_than_a_project_has_are_refused_as_they_are_met(tmp_path, monkeypatch):
    monkeypatch.setattr("koding.readers.refi.xml.MOST_ELEMENTS", 500)
    inner = "".join(selection(number, 0, 3) for number in range(300))
    refused(one_source(tmp_path / "a.qdpx", "Han.", inner), "more elements, or deeper")


def test_a_zip_file_with_an_endless_list_of_names_is_refused_before_it_is_read(tmp_path):
    file = one_source(tmp_path / "a.qdpx", "Han.")
    data = bytearray(file.read_bytes())
    at = data.rfind(b"PK\x05\x06")
    struct.pack_into("<I", data, at + 12, 900_000_000)
    file.write_bytes(data)
    refused(file, "unpacks to far more")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "damaged"),
        (b"PK\x03\x04 not really", "damaged"),
        (b"%PDF-1.4", "damaged"),
        (b"<CodeBook xmlns='urn:QDA-XML:project:1.0'><Project/></CodeBook>", "not a REFI-QDA project"),
        (b"<Project><Users></Project>", "damaged"),
        (b'<?xml version="1.0" encoding="klingon"?><Project name="x"/>', "damaged"),
    ],
)
def test_what_is_no_project_is_refused(tmp_path, content, said):
    file = tmp_path / "a.qde"
    file.write_bytes(content)
    refused(file, said)


def test_a_package_without_a_project_is_refused(tmp_path):
    refused(package(tmp_path / "a.qdpx", b"", {}, qde="readme.txt"), "holds no project")


def test_an_encrypted_package_is_refused(tmp_path):
    file = one_source(tmp_path / "a.qdpx", "Han.")
    data = bytearray(file.read_bytes())
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(magic)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(magic, at + 4)
    file.write_bytes(data)
    refused(file, "damaged")


def test_a_refusal_is_one_line_and_exit_1(tmp_path, koding):
    file = tmp_path / "a.qdpx"
    file.write_bytes(b"PK\x03\x04")
    for arguments in (("import", file, tmp_path / "s"), ("check", file)):
        ran = koding("project", *arguments)
        assert (ran.code, len(ran.err.splitlines())) == (1, 1)
        assert "inside koding" not in ran.err
    assert not (tmp_path / "s.koding").exists()


def test_what_is_refused_halfway_leaves_a_standing_study_as_it_was(study, tmp_path, monkeypatch):
    out = sent_out(study)
    bare = tmp_path / "bare.koding"
    import_project(one_source(tmp_path / "a.qdpx", "Han flyttet.", selection(1, 0, 3)), bare, "tester")
    before = state_of(bare), table(bare, "SELECT count(*) FROM change")

    def fail(*_arguments):
        raise KodingError("halfway")

    monkeypatch.setattr("koding.session.interchange.importing.carry_rest", fail)
    with pytest.raises(KodingError, match="halfway"):
        import_project(out, bare, "tester")
    assert (state_of(bare), table(bare, "SELECT count(*) FROM change")) == before


def with_sidecar(file, change):
    """Give the package with another sidecar: `change` gets its content."""
    content = sidecar_of(file)
    change(content["rows"])
    other = file.with_name("other.qdpx")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            new.writestr(name, json.dumps(content) if name == "koding.json" else old.read(name))
    return other


def set_column(entity, column, value):
    def change(rows):
        one = rows[entity]
        place = one["columns"].index(column)
        for row in one["rows"]:
            row[place] = value

    return change


@pytest.mark.parametrize(
    ("entity", "column", "value"),
    [
        ("codebook", "facets", "[3]"),
        ("codebook", "rules", None),
        ("code", "examples", "{"),
        ("code", "position", "x"),
        ("code", "key", "samme"),
        ("segmentation", "turns", "[[0,0,99999,0,null,3]]"),
        ("segmentation", "labels", "7"),
        ("speaker", "role", "sjef"),
        ("speaker", "informant", "nobody"),
        ("variable", "kind", "colour"),
        ("study", "suggesting", "always"),
        ("source", "format", 7),
        ("source", "words", "x"),
    ],
)
def test_a_sidecar_cannot_make_a_study_that_does_not_hold_together(study, entity, column, value):
    file = with_sidecar(sent_out(study), set_column(entity, column, value))
    again = file.with_name("again.koding")
    try:
        import_project(file, again, "tester")
    except KodingError:
        assert not again.exists()
        return
    with Project.open(again) as opened:
        assert check_study(opened) == []
        assert opened.codebook().codes
    assert sent_out(again, "out2.qdpx").exists()


def mutated(data: bytes, noise: random.Random) -> bytes:
    """Give the bytes with a few of them changed, gone, doubled or cut off."""
    changed = bytearray(data)
    for _ in range(noise.choice([1, 3, 20])):
        at = noise.randrange(len(changed) or 1)
        match noise.randrange(4):
            case 0:
                changed[at : at + 1] = noise.randbytes(1)
            case 1:
                del changed[at : at + noise.choice([1, 30, 400])]
            case 2:
                changed[at:at] = changed[at : at + 60]
            case _:
                changed = changed[: max(1, at)] if noise.random() < 0.1 else changed
    return bytes(changed)


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_package_ends_in_words_or_in_a_sound_study(study, tmp_path, seed):
    noise = random.Random(seed)
    whole = sent_out(study).read_bytes()
    file = tmp_path / "fuzz.qdpx"
    if seed % 2:
        file.write_bytes(mutated(whole, noise))
    else:
        with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(file, "w") as new:
            for name in old.namelist():
                data = old.read(name)
                new.writestr(name, mutated(data, noise) if noise.random() < 0.6 else data)
    began = time.monotonic()
    again = tmp_path / "fuzz.koding"
    try:
        import_project(file, again, "tester")
    except KodingError:
        assert not again.exists()
    else:
        with Project.open(again) as opened:
            assert check_study(opened) == []
        assert check_file(sent_out(again, "fuzz2.qdpx")).findings == []
    assert time.monotonic() - began < 30


def test_a_text_with_a_zero_byte_is_carried_and_not_read(tmp_path):
    study = tmp_path / "a.koding"
    report = import_project(one_source(tmp_path / "a.qdpx", b"Han\0flyttet", selection(1, 0, 3)), study, "tester")
    assert (report.sources, report.codings_lost) == (0, 1)
    assert words(study) == []


ODD = ["", "x", "-1", "9" * 20, "true", "#fff", "internal://../x", "<&>", "æ🙂", "00000000-0000-0000-0000-000000000000"]


def misshapen(xml: bytes, noise: random.Random) -> bytes:
    """Give XML that is whole, with elements moved, doubled, gone and renamed, and attributes that hold something odd."""
    root = etree.fromstring(xml.removeprefix(b"\xef\xbb\xbf"))
    for _ in range(noise.choice([1, 3, 10, 40])):
        every = [one for one in root.iter() if isinstance(one.tag, str) and one is not root]
        if not every:
            break
        one, other = noise.choice(every), noise.choice(every)
        match noise.randrange(6):
            case 0:
                one.getparent().remove(one)
            case 1:
                one.getparent().append(copy.deepcopy(one))
            case 2 if one not in other.iterancestors() and one is not other:
                other.append(one)
            case 3:
                one.tag = other.tag
            case 4:
                one.text = noise.choice(ODD)
            case _ if one.attrib:
                one.set(noise.choice(list(one.attrib)), noise.choice([*ODD, *other.attrib.values()]))
    return etree.tostring(root)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("name", ["", *SHAPES])
def test_a_misshapen_project_ends_in_words_or_in_a_sound_study_that_goes_out_valid(study, tmp_path, seed, name):
    if name and not (REFI / "samples").is_dir():
        pytest.skip("sample files of other tools are not part of this project")
    whole = REFI / "samples" / name if name else sent_out(study)
    noise = random.Random(seed)
    file = tmp_path / "odd.qdpx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, misshapen(data, noise) if part.lower().endswith(".qde") else data)
    again = tmp_path / "odd.koding"
    try:
        import_project(file, again, "tester")
    except KodingError:
        assert not again.exists()
        return
    with Project.open(again) as opened:
        assert check_study(opened) == []
    out = sent_out(again, "odd2.qdpx")
    assert check_file(out).findings == []
    assert schema_faults(xml_of(out)) == []

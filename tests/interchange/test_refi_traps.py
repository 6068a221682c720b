"""What goes wrong with REFI-QDA in the field, part 1: offsets, packages, XML. A test for each trap, by its number."""

from __future__ import annotations

import zipfile

import pytest

from koding.errors import KodingError
from koding.model.coding import MemoTarget
from koding.session.interchange.projects import check_file
from koding.session.opening import check_study
from koding.session.workbench import Workbench
from koding.store.project import Project
from tests.interchange.packages import (
    CODE,
    CODES,
    KARI,
    OTHER_SOURCE,
    SOURCE,
    brought_in,
    coding,
    codings,
    elements,
    found,
    guid,
    one_source,
    package,
    project,
    schema_faults,
    selection,
    sent_out,
    source,
    sources,
    table,
    texts_of,
    words,
    xml_of,
)
from tests.studies import bring_in, code_words, new_study

EMOJI = "Jeg var 🙂 glad. Så flyttet jeg til Bergen."


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def at(text: str, phrase: str) -> tuple[int, int]:
    start = text.index(phrase)
    return start, start + len(phrase)


def units(text: str, phrase: str) -> tuple[int, int]:
    start = utf16(text[: text.index(phrase)])
    return start, start + utf16(phrase)


# Offsets


def test_01_positions_are_code_points_and_the_end_is_exclusive(tmp_path):
    study, _ = brought_in(one_source(tmp_path / "a.qdpx", EMOJI, selection(1, *at(EMOJI, "flyttet"), "flyttet")))
    assert words(study) == ["flyttet"]
    out = xml_of(sent_out(study))
    placed = found(out, "PlainTextSelection")[0]
    assert (int(placed.get("startPosition")), int(placed.get("endPosition"))) == at(EMOJI, "flyttet")


def test_02_nvivo_for_windows_counts_utf16_with_crlf_as_two_and_writes_no_quotes(tmp_path):
    text = "Hei 🙂!\r\n" + "\r\n".join(f"Linje {number} om flytting til byen." for number in range(40))
    phrases = [f"Linje {number} om" for number in range(0, 40, 4)]
    chosen = [selection(n, *units(text, phrase)) for n, phrase in enumerate(phrases)]
    study, report = brought_in(
        one_source(tmp_path / "a.qdpx", text.encode("utf-8-sig"), *chosen, origin="NVivo 12.6 for Windows")
    )
    assert words(study) == phrases
    assert "UTF-16" in report.positions["intervju"]


def test_02_utf16_is_found_by_word_boundaries_whatever_tool_it_was(tmp_path):
    text = "🙂🙂🙂 " + " ".join(f"ordet{number}" for number in range(60))
    phrases = [f"ordet{number}" for number in range(10, 60, 3)]
    chosen = [selection(n, *units(text, phrase)) for n, phrase in enumerate(phrases)]
    study, report = brought_in(one_source(tmp_path / "a.qdpx", text, *chosen))
    assert words(study) == phrases
    assert report.positions["intervju"].endswith("(by word boundaries)")


def test_03_a_byte_order_mark_is_taken_off_and_not_counted(tmp_path):
    text = "Blåbær og tyttebær i skogen"
    study, _ = brought_in(
        one_source(tmp_path / "a.qdpx", text.encode("utf-8-sig"), selection(1, *at(text, "tyttebær"), "tyttebær"))
    )
    assert words(study) == ["tyttebær"]
    assert table(study, "SELECT text FROM text") == [(text,)]


def test_03_a_byte_order_mark_that_was_counted_is_found_by_the_quote(tmp_path):
    text = "Blåbær og tyttebær i skogen"
    start, end = at(text, "tyttebær")
    study, report = brought_in(
        one_source(tmp_path / "a.qdpx", text.encode("utf-8-sig"), selection(1, start + 1, end + 1, "tyttebær"))
    )
    assert words(study) == ["tyttebær"]
    assert "byte order mark as 1" in report.positions["intervju"]


def test_04_atlasti_writes_crlf_and_counts_it_as_one(tmp_path):
    text = "Første linje\nandre linje\ntredje linje"
    study, _ = brought_in(
        one_source(
            tmp_path / "a.qdpx",
            text.replace("\n", "\r\n"),
            selection(1, *at(text, "tredje linje"), "tredje linje"),
            origin="ATLAS.ti 9",
        )
    )
    assert words(study) == ["tredje linje"]
    assert table(study, "SELECT text FROM text") == [(text,)]


def test_05_maxqda_writes_plain_lf(tmp_path):
    text = "Første linje\nandre linje"
    study, _ = brought_in(
        one_source(tmp_path / "a.qdpx", text, selection(1, *at(text, "andre"), ""), origin="MAXQDA 24.7")
    )
    assert words(study) == ["andre"]


@pytest.mark.parametrize("how", ["points", "utf16", "one", "marked", "bytes"])
def test_06_the_count_is_found_for_each_source_by_its_quotes(tmp_path, how):
    text = "Æ 🙂 sa hun.\r\nSå dro 🙂 de.\r\nTil Bodø i går kveld."
    plain = text.replace("\r\n", "\n")
    place = {
        "points": lambda phrase: at(text, phrase),
        "utf16": lambda phrase: units(text, phrase),
        "one": lambda phrase: at(plain, phrase),
        "marked": lambda phrase: tuple(one + 1 for one in at(plain, phrase)),
        "bytes": lambda phrase: (
            len(text[: text.index(phrase)].encode()),
            len(text[: text.index(phrase) + len(phrase)].encode()),
        ),
    }[how]
    phrases = ["sa hun", "dro 🙂 de", "Bodø i går"]
    chosen = [selection(n, *place(phrase), phrase) for n, phrase in enumerate(phrases)]
    study, report = brought_in(one_source(tmp_path / "a.qdpx", text.encode("utf-8-sig"), *chosen))
    assert words(study) == phrases
    assert "by quoted text" in report.positions["intervju"]


def test_06_two_sources_of_one_file_may_be_counted_in_two_ways(tmp_path):
    chosen = [
        source(selection(1, *at(EMOJI, "flyttet"), "flyttet"), name="en"),
        source(selection(2, *units(EMOJI, "flyttet"), "flyttet"), name="to", this=OTHER_SOURCE),
    ]
    file = package(
        tmp_path / "a.qdpx", project(sources(*chosen)), {f"{SOURCE}.txt": EMOJI, f"{OTHER_SOURCE}.txt": EMOJI + " "}
    )
    study, report = brought_in(file)
    assert words(study) == ["flyttet", "flyttet"]
    assert report.positions["to"].startswith("positions count UTF-16 units")


def test_07_a_name_is_evidence_and_never_truth(tmp_path):
    text = "Han bodde der i fire år. Så flyttet han."
    chosen = [
        selection(1, *at(text, "fire år"), ""),
        selection(2, *at(text, "flyttet"), "line:12"),
        selection(3, *at(text, "bodde"), "min beste tittel"),
        selection(4, *at(text, "Han bodde der i"), "Han bodde…"),
    ]
    study, _ = brought_in(one_source(tmp_path / "a.qdpx", text, *chosen))
    assert words(study) == ["Han bodde der i", "bodde", "fire år", "flyttet"]


def test_08_a_text_inside_the_xml_may_hold_escaped_cr_and_we_never_write_any(tmp_path):
    inside = f'<TextSource guid="{SOURCE}" name="i"><PlainTextContent>En&#13;\nto tre</PlainTextContent>{selection(1, 3, 5, "to")}</TextSource>'
    study, _ = brought_in(package(tmp_path / "a.qdpx", project(sources(inside))))
    assert table(study, "SELECT text FROM text") == [("En\nto tre",)]
    assert words(study) == ["to"]
    bench = Workbench.open(study, "Kari")
    bench.set_memo(MemoTarget.CODING, guid_of_first(study), "side\x0cslutt")
    bench.close()
    out = sent_out(study)
    with zipfile.ZipFile(out) as archive:
        assert b"\r" not in archive.read("project.qde")
    assert b"side\x0cslutt" in texts_of(out).values()


def guid_of_first(study):
    return table(study, "SELECT guid FROM coding")[0][0]


def test_09_nothing_of_a_text_is_normalised(tmp_path):
    text = "  e\u0301 og é \x0b\x0c\u2028  \n\n"
    study, _ = brought_in(one_source(tmp_path / "a.qdpx", text, selection(1, 2, 4, "")))
    assert table(study, "SELECT text FROM text") == [(text,)]
    assert texts_of(sent_out(study))[f"sources/{SOURCE}.txt"] == text.encode()


@pytest.mark.parametrize(("start", "end"), [(5, 5), (7, 3), (-4, -1), (900, 990), ("x", 3)])
def test_10_spans_that_are_none_are_counted_and_carried(tmp_path, start, end):
    good = selection(2, 0, 3, "Han")
    study, report = brought_in(one_source(tmp_path / "a.qdpx", "Han flyttet.", selection(1, start, end), good))
    assert words(study) == ["Han"]
    assert report.codings_lost == 1
    assert report.outcome == "warn"
    kept = found(xml_of(sent_out(study)), "Coding")
    assert [one.get("guid") for one in kept if one.get("guid") == guid(1, 6)] == [guid(1, 6)]


def test_10_a_span_that_goes_past_the_end_is_cut_there_and_told(tmp_path):
    study, report = brought_in(one_source(tmp_path / "a.qdpx", "Han flyttet.", selection(1, 4, 14)))
    assert words(study) == ["flyttet."]
    assert any("past the end" in line for line in report.warnings)


# Package


@pytest.mark.parametrize("folder", ["sources", "Sources", "SOURCES"])
@pytest.mark.parametrize("qde", ["project.qde", "Project.qde", "Mitt prosjekt.qde"])
def test_11_folders_and_the_project_go_by_several_names(tmp_path, folder, qde):
    xml = project(sources(source(selection(1, 0, 3, "Han"))))
    study, _ = brought_in(
        package(tmp_path / "a.qdpx", xml, {f"{folder}/{SOURCE}.txt": "Han flyttet.", "sources/.root": b""}, qde=qde)
    )
    assert words(study) == ["Han"]


@pytest.mark.parametrize(
    "path",
    [
        "internal://{}.txt",
        "internal://sources/{}.txt",
        "{}.txt",
        "internal:/{}.txt",
        "internal:{}.txt",
        "relative:///{}.txt",
    ],
)
def test_12_paths_have_several_forms(tmp_path, path):
    xml = project(sources(source(selection(1, 0, 3, "Han"), path=path.format(SOURCE))))
    study, _ = brought_in(package(tmp_path / "a.qdpx", xml, {f"{SOURCE}.txt": "Han flyttet."}))
    assert words(study) == ["Han"]


def test_12_paths_that_name_a_persons_machine_are_not_passed_on(tmp_path):
    media = f'<PictureSource guid="{guid(1, 7)}" path="absolute:///C:/Users/kari/bilde.png" currentPath="/home/kari/b.png"/>'
    xml = project(sources(media)).replace("<Project ", '<Project basePath="/home/kari" ')
    study, _ = brought_in(package(tmp_path / "a.qdpx", xml))
    out = sent_out(study)
    with zipfile.ZipFile(out) as archive:
        assert all(b"kari/" not in archive.read(name) for name in archive.namelist())
    assert elements(xml_of(out))["PictureSource"] == 1


def test_13_we_write_plain_texts_in_a_lower_case_folder_and_rich_text_only_where_it_is_one(study):
    out = sent_out(study)
    assert all(name.startswith("sources/") and name.endswith(".txt") for name in texts_of(out))
    assert [one.get("richTextPath") for one in found(xml_of(out), "TextSource")] == [None] * 3


def test_13_a_rich_text_that_came_along_goes_out_again(tmp_path):
    text = f'<TextSource guid="{SOURCE}" name="i" plainTextPath="internal://{SOURCE}.txt" richTextPath="internal://r.docx"/>'
    file = package(tmp_path / "a.qdpx", project(sources(text)), {f"{SOURCE}.txt": "Hei.", "r.docx": b"PK-docx"})
    study, _ = brought_in(file)
    assert texts_of(sent_out(study))["sources/r.docx"] == b"PK-docx"


def test_14_a_file_that_is_larger_than_a_project_can_hold_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("koding.readers.refi.package.LARGEST_TEXT", 100)
    file = one_source(tmp_path / "a.qdpx", "Hei. " * 100)
    with pytest.raises(KodingError, match="unpacks to far more"):
        brought_in(file)
    assert not file.with_suffix(".koding").exists()


# XML


@pytest.mark.parametrize("namespace", ["urn:QDA-XML:project:1.0", "urn:QDA-XML:project:0:10", ""])
def test_15_the_namespace_does_not_decide(tmp_path, namespace):
    xml = project(sources(source(selection(1, 0, 3, "Han"))), namespace=namespace)
    file = package(tmp_path / "a.qdpx", xml, {f"{SOURCE}.txt": "Han flyttet."})
    study, _ = brought_in(file)
    assert words(study) == ["Han"]
    assert bool(check_file(file).findings) == (namespace != "urn:QDA-XML:project:1.0")


@pytest.mark.parametrize(
    "namespace", ["urn:QDA-XML:codebook:1.0", "urn:QDA-XML:codebook:0:4", "urn:QDA-XML:codebook:1:0"]
)
def test_15_nor_does_that_of_a_codebook(tmp_path, koding, namespace):
    file = tmp_path / "a.qdc"
    file.write_text(
        f'<CodeBook xmlns="{namespace}"><Codes><Code guid="{CODE}" name="Æ" isCodable="true"/></Codes></CodeBook>'
    )
    assert koding("codebook", "import", file, tmp_path / "a.yaml").code == 0
    assert "label: Æ" in (tmp_path / "a.yaml").read_text()


def test_16_parts_in_the_wrong_order_and_case_are_read_and_put_right(tmp_path):
    codes = CODES.replace("<CodeBook>", "<Codebook>").replace("</CodeBook>", "</Codebook>")
    inside = source("<Coding/>" + selection(1, 0, 3, "Han") + "<Description>til slutt</Description>")
    xml = project(sources(inside), codes, codes="")
    file = package(tmp_path / "a.qdpx", xml, {f"{SOURCE}.txt": "Han flyttet."})
    assert any("wrong order" in one.what for one in check_file(file).findings)
    study, _ = brought_in(file)
    assert words(study) == ["Han"]
    out = sent_out(study)
    assert check_file(out).findings == []
    assert schema_faults(xml_of(out)) == []


def test_17_no_empty_list_is_ever_written(tmp_path):
    study, _ = brought_in(
        package(
            tmp_path / "a.qdpx",
            project("<Sources/><Sets/><Notes/>", users="<Users/>", codes="<CodeBook><Codes/></CodeBook>"),
        )
    )
    out = xml_of(sent_out(study))
    assert list(out) == []
    assert schema_faults(out) == []


def test_17_an_empty_codebook_is_read_and_cannot_be_written(tmp_path, koding):
    file = tmp_path / "empty.qdc"
    file.write_text('<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Taguette 1.5.2"><Codes/><Sets/></CodeBook>')
    ran = koding("codebook", "import", file, tmp_path / "empty.yaml")
    assert (ran.code, "holds no codes" in ran.err) == (0, True)
    assert koding("project", "check", file).code == 1


def test_18_members_of_a_set_are_named_in_three_ways(tmp_path):
    members = f'<MemberCode guid="{{{CODE.upper()}}}"/><MemberCode targetGUID="{CODE}"/><MemberNote>{CODE}</MemberNote>'
    xml = project(f'<Sets><Set guid="{guid(1, 8)}" name="Sett">{members}</Set></Sets>')
    study, _ = brought_in(package(tmp_path / "a.qdpx", xml))
    out = xml_of(sent_out(study))
    assert [one.get("targetGUID") for one in found(out, "MemberCode")] == [f"{{{CODE.upper()}}}"] * 2
    assert len(found(out, "MemberNote")) == 1
    assert schema_faults(out) == []


def test_19_control_characters_never_reach_the_xml_and_are_not_lost(tmp_path):
    study = new_study(tmp_path / "s.koding")
    bring_in(study, {"intervju": "Side en\x0cside to\x0bog <tre> & \x1fmer"})
    bench = Workbench.open(study, "Kari")
    code_words(bench, "intervju", "en\x0cside to\x0bog <tre> & \x1fm", "ensomhet")
    bench.close()
    out = sent_out(study)
    root = xml_of(out)
    (quote,) = [one.get("name") for one in found(root, "PlainTextSelection") if one.get("name")]
    assert quote == "en\ufffdside to\ufffdog <tre> & \ufffdm"
    assert schema_faults(root) == []
    again, _ = brought_in(out)
    assert words(again) == ["en\x0cside to\x0bog <tre> & \x1fm"]


def test_20_text_that_comments_and_cdata_split_is_one_text(tmp_path):
    inside = f'<TextSource guid="{SOURCE}" name="i"><PlainTextContent>Han <!-- x -->flyttet <![CDATA[& dro]]><?pi?> hjem</PlainTextContent>{selection(1, 4, 11, "flyttet")}</TextSource>'
    study, _ = brought_in(package(tmp_path / "a.qdpx", project(sources(inside))))
    assert table(study, "SELECT text FROM text") == [("Han flyttet & dro hjem",)]
    assert words(study) == ["flyttet"]


def test_an_import_leaves_a_sound_study(tmp_path):
    study, _ = brought_in(
        one_source(
            tmp_path / "a.qdpx",
            EMOJI,
            selection(1, 0, 3),
            selection(2, 9, 9),
            selection(3, 0, 3, "", coding(9, user=KARI)),
        )
    )
    with Project.open(study) as opened:
        assert check_study(opened) == []
    assert codings(study) == [("Jeg", "Følelser", "Kari")]

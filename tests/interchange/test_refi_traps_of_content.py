"""What goes wrong with REFI-QDA in the field, part 2: identity and content. A test for each trap, by its number."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from koding.model.coding import MemoTarget
from koding.session.interchange.projects import check_file, import_project
from koding.session.opening import check_study
from koding.session.workbench import Workbench
from koding.store.project import Project
from tests.interchange.packages import (
    CODE,
    CODES,
    KARI,
    OLA,
    OTHER_CODE,
    OTHER_SOURCE,
    SOURCE,
    brought_in,
    coding,
    codings,
    elements,
    found,
    guid,
    package,
    project,
    schema_faults,
    selection,
    sent_out,
    sidecar_of,
    source,
    sources,
    table,
    texts_of,
    words,
    xml_of,
)
from tests.studies import code_words, state_of

TEXT = "Han bodde der i fire år. Så flyttet han hjem."


def with_text(path, *parts, codes=CODES, **more):
    return package(
        path, project(*parts, codes=codes, **more), {f"{SOURCE}.txt": TEXT, f"{OTHER_SOURCE}.txt": TEXT + " Ja."}
    )


def attributes(root, name):
    return [dict(one.attrib) for one in found(root, name)]


# Identity


def test_21_guids_are_one_thing_in_braces_and_either_case_and_go_out_as_they_came(tmp_path):
    upper = f"{{{CODE.upper()}}}"
    codes = CODES.replace(CODE, upper)
    study, _ = brought_in(with_text(tmp_path / "a.qdpx", sources(source(selection(1, 0, 3))), codes=codes))
    assert codings(study) == [("Han", "Følelser", "Kari")]
    out = xml_of(sent_out(study))
    assert attributes(out, "Code")[0]["guid"] == upper
    assert attributes(out, "CodeRef") == [{"targetGUID": upper}]


def test_22_one_guid_may_stand_on_things_of_two_kinds(tmp_path):
    case = f'<Cases><Case guid="{CODE}" name="Amina"><SourceRef targetGUID="{SOURCE}"/></Case></Cases>'
    area = f'<PDFSelection guid="{guid(1, 5)}" page="0" firstX="1" firstY="2" secondX="3" secondY="4">{coding(1)}</PDFSelection>'
    inside = f'<Representation guid="{OTHER_SOURCE}" plainTextPath="internal://{SOURCE}.txt">{selection(1, 0, 3)}</Representation>'
    pdf = f'<PDFSource guid="{SOURCE}" name="rapport.pdf" path="internal://x.pdf">{area}{inside}</PDFSource>'
    study, report = brought_in(with_text(tmp_path / "a.qdpx", case, sources(pdf)))
    assert (words(study), report.codings_lost) == (["Han"], 0)
    out = xml_of(sent_out(study))
    assert [one["guid"] for one in attributes(out, "Case")] == [CODE]
    assert elements(out)["PDFSelection"] == 1
    assert schema_faults(out) == []


def test_23_what_we_export_twice_has_the_same_guids_and_bytes(study):
    first, second = sent_out(study, "a.qdpx"), sent_out(study, "b.qdpx")
    assert first.read_bytes() == second.read_bytes()
    again, _ = brought_in(first)
    before = state_of(again)
    assert import_project(second, again, "tester").record()["codings"] == 0
    assert state_of(again) == before


def test_24_references_to_nothing_and_empty_ones_do_no_harm(tmp_path):
    stranger = "99999999-9999-4999-8999-999999999999"
    case = f'<Cases><Case guid="{guid(1, 8)}" name="F1"><SourceRef targetGUID="{stranger}"/></Case></Cases>'
    inner = selection(1, 0, 3, "", coding(1, user=stranger)) + selection(2, 4, 9, "", coding(2, user=""))
    notes = f'<Notes><Note guid="{guid(1, 9)}" creatingUser=""><PlainTextContent>logg</PlainTextContent></Note></Notes>'
    lost = selection(3, 0, 3, "", coding(3, code=stranger))
    study, report = brought_in(with_text(tmp_path / "a.qdpx", case, sources(source(inner + lost)), notes))
    assert [(text, who) for text, _code, who in codings(study)] == [
        ("Han", "user 99999999"),
        ("bodde", "unknown coder"),
    ]
    assert report.codings_lost == 1
    out = xml_of(sent_out(study))
    assert schema_faults(out) == []
    assert [one.get("creatingUser") for one in attributes(out, "Coding")] == [stranger, KARI, None] or elements(out)[
        "Coding"
    ] == 3


# Content


def test_25_several_codes_of_a_span_are_several_codings_in_one_selection(tmp_path, study):
    both = selection(1, 0, 3, "", coding(1) + coding(2, code=OTHER_CODE))
    quote = selection(2, 4, 9, "bodde", "")
    mine, _ = brought_in(with_text(tmp_path / "a.qdpx", sources(source(both + quote))))
    assert codings(mine) == [("Han", "Følelser", "Kari"), ("Han", "Arbeid", "Kari")]
    out = xml_of(sent_out(mine))
    assert [len(found(one, "Coding")) for one in found(out, "PlainTextSelection")] == [2, 0]
    bench = Workbench.open(study, "Kari")
    for code in ("arbeid", "ensomhet"):
        code_words(bench, "essay", "Folk flytter", code)
    bench.close()
    ours = xml_of(sent_out(study))
    assert [len(found(one, "CodeRef")) for one in found(ours, "Coding")] == [1, 1]
    assert [len(found(one, "Coding")) for one in found(ours, "PlainTextSelection") if one.get("name")] == [2]


def test_26_a_coding_of_a_whole_source_is_no_span_from_0_to_its_end(tmp_path):
    study, report = brought_in(with_text(tmp_path / "a.qdpx", sources(source(coding(1)))))
    assert (codings(study), report.codings_lost) == ([], 1)
    out = xml_of(sent_out(study))
    assert [one.getparent().tag.rpartition("}")[2] for one in found(out, "Coding")] == ["TextSource"]


def test_27_two_coders_who_say_the_same_are_two_codings(tmp_path):
    twice = selection(1, 0, 3, "", coding(1) + coding(2, user=OLA))
    study, _ = brought_in(with_text(tmp_path / "a.qdpx", sources(source(twice))))
    assert codings(study) == [("Han", "Følelser", "Kari"), ("Han", "Følelser", "Ola")]
    again, _ = brought_in(sent_out(study))
    assert codings(again) == codings(study)


def test_28_folders_stay_folders_their_children_survive_and_one_that_is_coded_with_is_a_code(tmp_path):
    tree = (
        f'<CodeBook><Codes><Code guid="{CODE}" name="Mappe" isCodable="false">'
        f'<Code guid="{OTHER_CODE}" name="Barn" isCodable="true"/></Code>'
        f'<Code guid="{guid(1, 8)}" name="Tom mappe" isCodable="0"/></Codes></CodeBook>'
    )
    study, report = brought_in(with_text(tmp_path / "a.qdpx", sources(source(selection(1, 0, 3))), codes=tree))
    assert table(study, "SELECT key, codable FROM code ORDER BY position") == [
        ("mappe", 1),
        ("mappe.barn", 1),
        ("tom_mappe", 0),
    ]
    assert any("folder has codings" in line for line in report.warnings)
    out = xml_of(sent_out(study))
    assert [one["isCodable"] for one in attributes(out, "Code")] == ["false", "true", "false"]


def test_29_a_tree_that_names_only_hint_at_is_not_built(tmp_path):
    flat = "".join(
        f'<Code guid="{guid(n, 8)}" name="{name}" isCodable="true"/>'
        for n, name in enumerate(["Coke::diet Coke", "Coke", "a.b"])
    )
    study, _ = brought_in(with_text(tmp_path / "a.qdpx", codes=f"<CodeBook><Codes>{flat}</Codes></CodeBook>"))
    assert table(study, "SELECT label, parent FROM code ORDER BY position") == [
        ("Coke::diet Coke", None),
        ("Coke", None),
        ("a.b", None),
    ]


@pytest.mark.parametrize(
    ("written", "ours"),
    [
        ("#f80", "#ff8800"),
        ("#FF8800", "#ff8800"),
        ("rgb(255, 136, 0)", "#ff8800"),
        ("#ff8800cc", "#ff8800"),
        ("rgba(255,136,0,0.5)", "#ff8800"),
        ("orange", None),
    ],
)
def test_30_colours_of_every_form_become_one_and_what_is_none_is_told(tmp_path, written, ours):
    codes = CODES.replace("#ff0000", written)
    study, report = brought_in(with_text(tmp_path / "a.qdpx", codes=codes))
    out = xml_of(sent_out(study))
    colour = attributes(out, "Code")[0].get("color")
    assert (colour.lower() if colour else None) == ours
    assert report.dropped["Code@color"] == (ours is None)
    assert schema_faults(out) == []


def note(number, text, more=""):
    return f'<Note guid="{guid(number, 9)}" creatingUser="{KARI}" name="n"{more}><PlainTextContent>{text}</PlainTextContent></Note>'


def reference(number):
    return f'<NoteRef targetGUID="{guid(number, 9)}"/>'


def test_31_memos_come_by_reference_by_link_and_as_descriptions(tmp_path):
    inner = (
        selection(1, 0, 3, "", coding(1, more=reference(1)))
        + selection(2, 4, 9, "", coding(2) + reference(2))
        + selection(3, 10, 13, "", coding(3))
        + selection(4, 14, 15, "", "<Description>kommentar</Description>" + coding(4))
    )
    link = f'<Links><Link guid="{guid(1, 10)}" originGUID="{guid(3, 9)}" targetGUID="{guid(3, 5)}"/></Links>'
    notes = f"<Notes>{note(1, 'på kodingen')}{note(2, 'på utvalget')}{note(3, 'ved lenke')}{note(4, 'løs')}</Notes>"
    study, report = brought_in(with_text(tmp_path / "a.qdpx", sources(source(inner)), notes, link))
    memos = dict(table(study, "SELECT target, text FROM memo WHERE kind = 'coding'"))
    assert memos == {
        guid(1, 6): "på kodingen",
        guid(2, 6): "på utvalget",
        guid(3, 6): "ved lenke",
        guid(4, 6): "kommentar",
    }
    assert report.carried["Note"] == 1
    out = xml_of(sent_out(study))
    assert elements(out) == elements(xml_of(tmp_path / "a.qdpx"))
    assert [one.text for one in found(out, "Description")] == ["kommentar"]


def test_32_an_unnamed_case_of_one_source_is_named_by_it_and_its_variables_are_its_informants(tmp_path):
    variable, case = guid(1, 11), guid(2, 11)
    parts = (
        f'<Variables><Variable guid="{variable}" name="Kjønn" typeOfVariable="Text"/></Variables>'
        f'<Cases><Case guid="{case}"><VariableValue><VariableRef targetGUID="{variable}"/><TextValue>kvinne</TextValue>'
        f'</VariableValue><SourceRef targetGUID="{SOURCE}"/></Case></Cases>'
    )
    study, _ = brought_in(with_text(tmp_path / "a.qdpx", parts, sources(source(name="Amina"))))
    rows = table(study, "SELECT i.name, v.value FROM informant i JOIN value v ON v.informant = i.guid")
    assert rows == [("Amina", "kvinne")]
    assert table(study, "SELECT i.name FROM speaker s JOIN informant i ON i.guid = s.informant") == [("Amina",)]
    assert attributes(xml_of(sent_out(study)), "Case") == [{"guid": case}]


@pytest.mark.parametrize(
    ("value", "kind"), [("3", "Integer"), ("3.50", "Float"), ("3,14", "Text"), ("1e-05", "Text"), ("NaN", "Text")]
)
def test_33_numbers_that_the_standard_has_no_form_for_are_written_as_text(tmp_path, value, kind):
    variable = guid(1, 11)
    parts = (
        f'<Variables><Variable guid="{variable}" name="Botid" typeOfVariable="Float"/></Variables>'
        f'<Cases><Case guid="{guid(2, 11)}" name="F1"><VariableValue><VariableRef targetGUID="{variable}"/>'
        f"<FloatValue>{value}</FloatValue></VariableValue></Case>"
        f'<Case guid="{guid(3, 11)}" name="F2"><VariableValue><VariableRef targetGUID="{variable}"/></VariableValue></Case></Cases>'
    )
    study, _ = brought_in(with_text(tmp_path / "a.qdpx", parts))
    out = xml_of(sent_out(study))
    assert schema_faults(out) == []
    assert [one["typeOfVariable"] for one in attributes(out, "Variable")] in ([kind], ["Float"])
    values = [one.text for name in ("TextValue", "IntegerValue", "FloatValue") for one in found(out, name)]
    assert values == [value]
    assert elements(out)["VariableRef"] == 2


def test_34_times_are_utc_with_a_z_whatever_they_were(tmp_path):
    times = ["2026-05-17T10:30:00+02:00", "2026-05-17T10:30:00", "2026-05-17T10:30:00Z", "17.05.2026"]
    inner = "".join(
        selection(n, n, n + 3, "", coding(n).replace(" creatingUser", f' creationDateTime="{time}" creatingUser'))
        for n, time in enumerate(times)
    )
    study, _ = brought_in(with_text(tmp_path / "a.qdpx", sources(source(inner))))
    stored = [time for (time,) in table(study, "SELECT created FROM coding ORDER BY start")]
    assert stored[:3] == ["2026-05-17T08:30:00Z", "2026-05-17T10:30:00Z", "2026-05-17T10:30:00Z"]
    written = [one["creationDateTime"] for one in attributes(xml_of(sent_out(study)), "Coding")]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", time) for time in written)


def test_35_the_text_of_a_pdf_is_its_representation_and_the_rectangles_are_carried(tmp_path):
    area = f'<PDFSelection guid="{guid(9, 5)}" page="0" firstX="1" firstY="2" secondX="3" secondY="4">{coding(9)}</PDFSelection>'
    inside = f'<Representation guid="{OTHER_SOURCE}" plainTextPath="internal://{SOURCE}.txt">{selection(1, 0, 3)}</Representation>'
    pdf = f'<PDFSource guid="{SOURCE}" name="rapport.pdf" path="internal://x.pdf">{inside}{area}</PDFSource>'
    file = package(tmp_path / "a.qdpx", project(sources(pdf)), {f"{SOURCE}.txt": TEXT, "x.pdf": b"%PDF-1.4"})
    study, report = brought_in(file)
    assert (words(study), report.codings_lost) == (["Han"], 1)
    assert table(study, "SELECT name FROM source") == [("rapport",)]
    out = sent_out(study)
    assert elements(xml_of(out)) == elements(xml_of(file))
    assert schema_faults(xml_of(out)) == []
    assert texts_of(out)["sources/x.pdf"] == b"%PDF-1.4"


def test_36_a_transcripts_selections_lie_between_sync_points_that_may_be_half_filled(tmp_path):
    points = "".join(
        f'<SyncPoint guid="{guid(n, 12)}"{place}/>'
        for n, place in enumerate(
            [' position="4" timeStamp="900"', ' position="9"', ' timeStamp="4000"', ' position="0"']
        )
    )

    def between(number, first, last):
        return (
            f'<TranscriptSelection guid="{guid(number, 5)}" fromSyncPoint="{guid(first, 12)}" toSyncPoint="{guid(last, 12)}">'
            f"{coding(number)}</TranscriptSelection>"
        )

    transcript = f'<Transcript guid="{OTHER_SOURCE}" plainTextPath="internal://{SOURCE}.txt">{between(1, 0, 1)}{between(2, 0, 2)}{points}</Transcript>'
    sound = f'<AudioSource guid="{SOURCE}" name="opptak.mp3">{transcript}<AudioSelection guid="{guid(3, 5)}" begin="1" end="2">{coding(3)}</AudioSelection></AudioSource>'
    file = with_text(tmp_path / "a.qdpx", sources(sound))
    study, report = brought_in(file)
    assert (words(study), report.codings_lost) == (["bodde"], 2)
    bench = Workbench.open(study, "Kari")
    bench.code(bench.sources()[0].guid, 25, 27, "arbeid")
    bench.close()
    out = xml_of(sent_out(study))
    assert schema_faults(out) == []
    kept, made = elements(xml_of(file)), elements(out)
    assert (made["SyncPoint"] - kept["SyncPoint"], made["TranscriptSelection"] - kept["TranscriptSelection"]) == (2, 1)
    again, _ = brought_in(sent_out(study, "again.qdpx"))
    assert words(again) == ["bodde", "Så"]


def test_37_codes_and_sources_keep_the_order_of_the_document(tmp_path):
    names = ["ø", "a", "Å", "b", "1"]
    codes = "".join(f'<Code guid="{guid(n, 8)}" name="{name}" isCodable="true"/>' for n, name in enumerate(names))
    texts = {f"{guid(n, 13)}.txt": f"Tekst {name}" for n, name in enumerate(names)}
    inside = sources(*(source(name=name, this=guid(n, 13)) for n, name in enumerate(names)))
    file = package(tmp_path / "a.qdpx", project(inside, codes=f"<CodeBook><Codes>{codes}</Codes></CodeBook>"), texts)
    study, _ = brought_in(file)
    out = xml_of(sent_out(study))
    assert [one["name"] for one in attributes(out, "Code")] == names
    assert [one["name"] for one in attributes(out, "TextSource")] == names


def test_38_what_the_schema_has_no_place_for_goes_beside_it_and_never_into_invented_elements(study):
    bench = Workbench.open(study, "Kari")
    made = code_words(bench, "samira", "Telefonen ringte aldri", "arbeid.relevant", retning="fra", status="avvist")
    bench.set_memo(MemoTarget.CODING, made.guid, "hva mener hun?")
    bench.close()
    out = sent_out(study)
    root = xml_of(out)
    assert schema_faults(root) == []
    assert check_file(out).findings == []
    assert b"avvist" not in etree.tostring(root)
    assert "avvist" in str(sidecar_of(out)["rows"])
    again, report = brought_in(out)
    assert report.outcome == "import"
    (row,) = table(again, "SELECT facets FROM coding")
    assert row == ('{"retning":"fra","status":"avvist"}',)
    with Project.open(again) as opened:
        assert check_study(opened) == []


def test_who_speaks_is_told_to_other_tools_as_selections_of_cases(study):
    root = xml_of(sent_out(study))
    placed = {one.get("guid"): one for one in found(root, "PlainTextSelection")}
    texts = {f"sources/{one.get('guid')}.txt": one for one in found(root, "TextSource")}
    said = {}
    for case in found(root, "Case"):
        for one in found(case, "SelectionRef"):
            selection_ = placed[one.get("targetGUID")]
            text = texts_of(study.with_name("out.qdpx"))[f"sources/{selection_.getparent().get('guid')}.txt"].decode()
            said.setdefault(case.get("name"), []).append(
                text[int(selection_.get("startPosition")) : int(selection_.get("endPosition"))]
            )
    assert said["F02"] == ["Vi fikk ikke være med og velge bolig. Husleia var høy."]
    assert said["F03"] == ["Hun sier at hun var alene hele vinteren.", "Takk."]
    assert set(said) == {"F01", "F02", "F03", "K01", "S01"}
    assert len(texts) == 3

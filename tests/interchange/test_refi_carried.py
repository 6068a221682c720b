"""What koding has no place for goes through a study unharmed, also when the study is worked on meanwhile."""

from __future__ import annotations

import json
import zipfile

import pytest

from koding.model.coding import MemoTarget, Suggestion
from koding.model.exchange import Node, Selection, Source
from koding.model.exchange_json import from_json, to_json
from koding.model.resolution import Decision
from koding.model.rounds import RoundMode
from koding.session.interchange.projects import import_project
from koding.session.opening import check_study
from koding.session.resolving import Resolver
from koding.session.rounds import new_round, rounds
from koding.session.workbench import Workbench
from koding.store.project import Project
from tests.interchange.packages import (
    KARI,
    SOURCE,
    brought_in,
    coding,
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
    words,
    xml_of,
)
from tests.studies import code_words, guid_of, state_of

TEXT = "Han bodde der i fire år. Så flyttet han hjem."


def foreign(path, *selections, more=""):
    return package(path, project(sources(source("".join(selections))), more), {f"{SOURCE}.txt": TEXT})


def placed(root):
    return {
        one.get("guid"): (int(one.get("startPosition")), int(one.get("endPosition")), len(found(one, "Coding")))
        for one in found(root, "PlainTextSelection")
    }


def test_a_selection_goes_out_as_it_came(tmp_path):
    both = selection(1, 4, 9, "min tittel", coding(1) + coding(2, user=""))
    study, _ = brought_in(foreign(tmp_path / "a.qdpx", both, selection(2, 0, 3, "sitat", "")))
    root = xml_of(sent_out(study))
    assert placed(root) == {guid(1, 5): (4, 9, 2), guid(2, 5): (0, 3, 0)}
    assert [one.get("name") for one in found(root, "PlainTextSelection")] == ["sitat", "min tittel"]
    assert [one.get("creatingUser") for one in found(root, "Coding")] == [KARI, None]


def test_a_coding_that_gets_new_edges_leaves_its_selection(tmp_path):
    study, _ = brought_in(
        foreign(
            tmp_path / "a.qdpx",
            selection(1, 4, 9, "min tittel", coding(1) + coding(2, code="11111111-1111-4111-8111-222222222222")),
        )
    )
    bench = Workbench.open(study, "Kari")
    source_guid = bench.sources()[0].guid
    moved = next(one for one in bench.codings(source_guid) if one.guid == guid(1, 6))
    bench.resize(moved, 4, 13)
    bench.close()
    root = xml_of(sent_out(study))
    assert sorted(placed(root).values()) == [(4, 9, 1), (4, 13, 1)]
    assert {one.get("guid") for one in found(root, "Coding")} == {guid(1, 6), guid(2, 6)}
    assert schema_faults(root) == []


def test_a_coding_that_is_removed_takes_its_selection_along(tmp_path):
    study, _ = brought_in(foreign(tmp_path / "a.qdpx", selection(1, 4, 9), selection(2, 0, 3, "sitat", "")))
    bench = Workbench.open(study, "Kari")
    bench.remove(bench.codings(bench.sources()[0].guid)[0])
    bench.close()
    assert placed(xml_of(sent_out(study))) == {guid(2, 5): (0, 3, 0)}


def test_a_description_that_became_a_memo_goes_out_as_it_then_reads(tmp_path):
    inner = "<Description>først</Description>" + coding(1)
    study, _ = brought_in(foreign(tmp_path / "a.qdpx", selection(1, 4, 9, "", inner)))
    bench = Workbench.open(study, "Kari")
    bench.set_memo(MemoTarget.CODING, guid(1, 6), "siden")
    bench.close()
    root = xml_of(sent_out(study))
    assert [one.text for one in found(root, "Description")] == ["siden"]
    assert elements(root)["Note"] == 0
    bench = Workbench.open(study, "Kari")
    bench.set_memo(MemoTarget.CODING, guid(1, 6), "")
    bench.close()
    assert found(xml_of(sent_out(study)), "Description") == []


def test_elements_no_schema_knows_are_kept_beside_the_xml(tmp_path):
    strange = '<x:Farge xmlns:x="urn:other" styrke="3"><x:Tone>dyp</x:Tone></x:Farge><Kart guid="g"/>'
    study, report = brought_in(foreign(tmp_path / "a.qdpx", selection(1, 4, 9), more=strange))
    assert set(report.carried) == {"{urn:other}Farge", "Kart"}
    out = sent_out(study)
    assert schema_faults(xml_of(out)) == []
    assert "styrke" in str(sidecar_of(out)["rows"]["carried"])
    again, _ = brought_in(out)
    assert state_of(again)["carried"].keys() >= {
        row for row in state_of(study)["carried"] if "Farge" in str(state_of(study)["carried"][row])
    }
    assert "dyp" in str(sidecar_of(sent_out(again, "again.qdpx"))["rows"]["carried"])


def test_links_graphs_and_sets_are_kept(tmp_path):
    graph = f'<Graphs><Graph guid="{guid(1, 8)}" name="kart"><Vertex guid="{guid(2, 8)}" firstX="1" firstY="2" shape="Oval"/></Graph></Graphs>'
    link = f'<Links><Link guid="{guid(3, 8)}" direction="OneWay" originGUID="{guid(1, 5)}" targetGUID="{guid(2, 5)}"/></Links>'
    sets = f'<Sets><Set guid="{guid(4, 8)}" name="alder: 34"><MemberSource targetGUID="{SOURCE}"/></Set></Sets>'
    file = foreign(tmp_path / "a.qdpx", selection(1, 4, 9), selection(2, 0, 3), more=link + sets + graph)
    study, report = brought_in(file)
    assert (report.carried["Link"], report.carried["Set"], report.carried["Graph"]) == (1, 1, 1)
    assert elements(xml_of(sent_out(study))) == elements(xml_of(file))


def test_two_tools_projects_live_in_one_study(tmp_path):
    study, _ = brought_in(foreign(tmp_path / "a.qdpx", selection(1, 4, 9)))
    other = package(
        tmp_path / "b.qdpx",
        project(sources(source(selection(7, 14, 21, "i fire"), this=guid(1, 13)))),
        {f"{guid(1, 13)}.txt": TEXT},
    )
    report = import_project(other, study, "tester")
    assert (report.codes, report.sources, report.codings, report.standing["sources"]) == (0, 0, 1, 1)
    assert words(study) == ["bodde", "i fire "]
    root = xml_of(sent_out(study))
    assert schema_faults(root) == []
    assert len(found(root, "TextSource")) == 1
    with Project.open(study) as opened:
        assert check_study(opened) == []


def test_decisions_about_suggestions_come_back(study):
    bench = Workbench.open(study, "Kari")
    source_guid = guid_of(bench, "essay")
    bench.reject(Suggestion(source_guid, 0, 13, "arbeid", 0.5, "rules", "arbeid"))
    bench.close()
    again, _ = brought_in(sent_out(study))
    assert state_of(again)["decision"] == state_of(study)["decision"] != {}


def test_parts_of_the_model_come_back_from_json():
    node = Node("SyncPoint", {"guid": "a"}, [Node("x", text="y")])
    part = Source("g", "navn", "tekst", description="", selections=[Selection("s", 1, 2, extra=[node])], wrapper=node)
    assert from_json(Source, to_json(part)) == part


def test_rounds_and_the_codings_made_in_them_come_back(study):
    bench = Workbench.open(study, "Kari")
    first = code_words(bench, "essay", "Folk flytter", "arbeid")
    bench.close()
    with Project.open(study) as project_, project_.change(coder="Kari", action="new round") as change:
        change.insert("round", [(guid(1, 14), "runde 1", "blind", "turn", 1, "[]", "[]", 0)])
        change.insert("round_part", [(guid(2, 14), guid(1, 14), first.source, None, None)])
        again_in_it = dict(change.current("coding", first.guid)) | {"guid": guid(3, 14), "round": guid(1, 14)}
        change.put("coding", again_in_it)
    back, report = brought_in(sent_out(study))
    assert (report.outcome, report.codings) == ("import", 2)
    assert state_of(back) == state_of(study)


@pytest.mark.parametrize("mode", RoundMode)
def test_a_round_comes_back_with_its_mode(study, mode):
    with Project.open(study) as project_:
        made = new_round(project_, "runde 1", turns=2, seed=1, mode=mode, by="Lead")
    back, _report = brought_in(sent_out(study))
    with Project.open(back) as project_:
        assert rounds(project_) == [made]


def test_what_was_decided_comes_back_and_is_no_coders_coding_in_the_xml(study):
    for coder, code in (("Kari", "arbeid"), ("Ola", "ensomhet")):
        bench = Workbench.open(study, coder)
        code_words(bench, "essay", "Folk flytter", code, retning="fra")
        bench.close()
    resolver = Resolver.open(study, "Lead")
    resolver.decide(resolver.differences[0], Decision("Ola", why="Det står der."))
    resolver.close()
    file = sent_out(study)
    assert [user.get("name") for user in found(xml_of(file), "User")] == ["Kari", "Ola", "Lead"]
    assert elements(xml_of(file))["Coding"] == 2
    back, report = brought_in(file)
    assert (report.codings, report.warnings) == (2, [])
    assert state_of(back) == state_of(study)
    with Project.open(back) as project_:
        assert check_study(project_) == []
    import_project(file, back, "tester")
    assert state_of(back) == state_of(study)


def test_a_resolved_coding_that_lies_on_no_text_is_left_out(study):
    for coder, code in (("Kari", "arbeid"), ("Ola", "ensomhet")):
        bench = Workbench.open(study, coder)
        code_words(bench, "essay", "Folk flytter", code)
        bench.close()
    resolver = Resolver.open(study, "Lead")
    resolver.decide(resolver.differences[0], Decision("Ola"))
    resolver.close()
    content = sidecar_of(sent_out(study))
    table = content["rows"]["resolved"]
    table["rows"][0][table["columns"].index("end")] = 10**6
    file = sent_out(study, "odd.qdpx")
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, json.dumps(content) if name == "koding.json" else data)
    back, _report = brought_in(file)
    with Project.open(back) as project_:
        assert check_study(project_) == []
    assert len(state_of(back)["coding"]) == 2

"""koding to REFI-QDA and back: nothing changes, with koding's own file beside the XML and, as far as the XML goes, without."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from koding.model.codebook import Code, Codebook, Example, Facet, FacetValue
from koding.model.coding import MemoTarget
from koding.model.identity import content_guid
from koding.model.refi import xml_text
from koding.session.interchange.projects import check_file, import_project
from koding.session.opening import check_study
from koding.session.workbench import Workbench
from koding.store.codings import write_coder, write_memo
from koding.store.project import Project
from tests.interchange.packages import brought_in, found, schema_faults, sent_out, table, texts_of, xml_of
from tests.studies import bring_in, state_of

LETTERS = "abcæøåÆØÅé 🙂👩‍👩‍👧<>&\"'«»…"
CONTROLS = "\x0b\x0c\x1e\x1f\x1a"
names = st.text(LETTERS, min_size=1, max_size=12).filter(lambda name: name.strip() == name and name)
wild_names = st.text(LETTERS + "\x01\x1f", min_size=1, max_size=12).filter(lambda name: name.strip())
lines = st.text(LETTERS + CONTROLS + "\t", min_size=1, max_size=30)
texts = st.lists(
    st.tuples(
        st.sampled_from(["I: ", "Amina: ", "R: ", ""]), lines, st.sampled_from(["\n", "\r\n", "\n\n", "\r\n\r\n"])
    ),
    min_size=1,
    max_size=6,
).map(lambda parts: "🙂 innledning\r\n" + "".join(mark + line + end for mark, line, end in parts))


@st.composite
def codebooks(draw) -> Codebook:
    count = draw(st.integers(1, 5))
    codes: list[Code] = []
    for number in range(count):
        parent = draw(st.sampled_from([None, *(code.key for code in codes)]))
        key = f"{parent}.k{number}" if parent else f"k{number}"
        codes.append(
            Code(
                guid=content_guid("test code", key, str(count)),
                key=key,
                label=draw(wild_names),
                parent=parent,
                short=draw(st.sampled_from(["", "Kort: æøå", "Definisjon\n\nDøme: nei"])),
                definition=draw(st.sampled_from(["", "Hele\n\nsaken", " blank "])),
                use=draw(st.sampled_from(["", "alltid \x0b"])),
                examples=tuple(Example(text, "nn") for text in draw(st.lists(wild_names, max_size=2))),
                colour=draw(st.sampled_from(["", "#c4475b", "#C4475B"])),
                codable=number == 0 or draw(st.booleans()),
                sensitive=draw(st.booleans()),
            )
        )
    facet = Facet("retning", "Retning", (FacetValue("fra", "Fra"), FacetValue("til", "Til")))
    return Codebook(
        content_guid("test book"),
        "bok",
        draw(wild_names),
        tuple(codes),
        (facet,),
        draw(st.sampled_from(["nb", "nn", "en"])),
    )


@st.composite
def studies(draw) -> Path:
    folder = Path(tempfile.mkdtemp())
    book = draw(codebooks())
    path = folder / "study.koding"
    Project.create(path, book, coder="tester").close()
    contents = draw(st.lists(texts, min_size=1, max_size=3, unique_by=lambda text: text.replace("\r\n", "\n")))
    informants = (
        "source,speaker,informant,role,gruppe,alder\n*,Amina,F 1 æ,informant,flyktning,34\n*,I,,interviewer,,\n"
    )
    bring_in(
        path,
        {f"intervju {number} æ": text for number, text in enumerate(contents)},
        draw(st.sampled_from(["", informants])),
    )
    codable = [code.key for code in book.codes if code.codable]
    for coder in ("Kari Nordmann", "Åse"):
        bench = Workbench.open(path, coder)
        for state in bench.sources():
            length = len(bench.transcript(state.guid).text)
            for _ in range(draw(st.integers(0, 3))):
                start = draw(st.integers(0, length - 1))
                end = draw(st.integers(start + 1, length))
                # Both coders often take the same span, and spans nest and overlap.
                start, end = draw(st.sampled_from([(start, end), (0, min(9, length)), (0, length)]))
                key = draw(st.sampled_from(codable))
                if not any(
                    one.start == start and one.end == end and one.code == key for one in bench.codings(state.guid)
                ):
                    made = bench.code(state.guid, start, end, key, draw(st.sampled_from([{}, {"retning": "fra"}])))
                    if draw(st.booleans()):
                        bench.set_memo(MemoTarget.CODING, made.guid, draw(lines))
        bench.close()
    with Project.open(path) as project, project.change(coder="tester", action="memo") as change:
        write_coder(change, project.connection, "Odd \x01 navn")
        (study,) = [guid for (guid,) in project.connection.execute("SELECT guid FROM study")]
        for kind, target in ((MemoTarget.STUDY, study), (MemoTarget.CODE, book.codes[0].guid)):
            write_memo(change, project.connection, kind=kind, target=target, coder="Odd \x01 navn", text=draw(lines))
    return path


# Each example is a study made and carried over: what fails is read from the example, not from a long shrinking of it.
SLOW = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


@SLOW
@given(studies())
def test_a_study_goes_out_and_comes_back_as_it_was(study):
    out = sent_out(study)
    assert check_file(out).findings == []
    assert schema_faults(xml_of(out)) == []
    again, report = brought_in(out.rename(out.with_name("again.qdpx")))
    assert (report.outcome, report.warnings) == ("import", [])
    assert state_of(again) == state_of(study)
    assert sent_out(again, "twice.qdpx").read_bytes() == (study.with_name("again.qdpx")).read_bytes()
    with Project.open(again) as project:
        assert check_study(project) == []


def what_the_format_holds(study):
    """Give all of a study that REFI-QDA has a place for, control characters as XML shows them."""
    with Project.open(study) as project:
        book = project.codebook()
    rows = {
        # In the order of a tree: where a study has another, only its own file says so.
        "codes": sorted(
            (
                code.guid,
                xml_text(code.label),
                code.parent is None,
                code.codable,
                code.sensitive,
                book.colour(code.key).lower(),
            )
            for code in book.codes
        ),
        "texts": table(
            study,
            "SELECT s.guid, s.title, t.text FROM source s JOIN text t ON t.sha256 = s.text_sha256 ORDER BY s.position",
        ),
        "codings": sorted(
            table(
                study,
                'SELECT c.guid, c.source, c.start, c."end", c.code, w.name, c.created FROM coding c JOIN coder w ON w.guid = c.coder',
            )
        ),
        "values": sorted(
            table(study, "SELECT i.guid, i.name, v.value FROM informant i JOIN value v ON v.informant = i.guid")
        ),
        "memos": sorted(
            table(study, "SELECT m.guid, m.kind, m.text, w.name FROM memo m JOIN coder w ON w.guid = m.coder")
        ),
    }
    return {
        name: [
            tuple(xml_text(cell) if isinstance(cell, str) and name not in {"texts", "memos"} else cell for cell in row)
            for row in found
        ]
        for name, found in rows.items()
    }


def without_sidecar(file: Path) -> Path:
    """Give the package as another tool would leave it: without koding's own file."""
    bare = file.with_name("bare.qdpx")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(bare, "w") as new:
        for name in old.namelist():
            if name != "koding.json":
                new.writestr(name, old.read(name))
    return bare


@SLOW
@given(studies())
def test_without_kodings_own_file_all_that_the_format_holds_comes_back(study):
    again, _ = brought_in(without_sidecar(sent_out(study)))
    before, after = what_the_format_holds(study), what_the_format_holds(again)
    for both in (before, after):
        both["memos"] = [(guid, kind, text, xml_text(who)) for guid, kind, text, who in both["memos"]]
    assert after == before


@SLOW
@given(studies(), st.sampled_from(["nvivo", "maxqda", "atlasti", "qualcoder"]))
def test_what_is_written_for_a_tool_reads_back_the_same(study, tool):
    out = sent_out(study, tool=tool)
    assert check_file(out).findings == []
    again, _ = brought_in(without_sidecar(out))
    assert what_the_format_holds(again)["codings"] == what_the_format_holds(study)["codings"]
    assert what_the_format_holds(again)["texts"] == what_the_format_holds(study)["texts"]


@SLOW
@given(studies())
def test_every_quote_is_the_text_at_its_span(study):
    out = sent_out(study)
    files = texts_of(out)
    for source in found(xml_of(out), "TextSource"):
        text = files[f"sources/{source.get('guid')}.txt"].decode()
        for one in found(source, "PlainTextSelection"):
            if one.get("name") is not None:
                assert one.get("name") == xml_text(text[int(one.get("startPosition")) : int(one.get("endPosition"))])


def test_importing_twice_changes_nothing(study):
    out = sent_out(study)
    again, first = brought_in(out)
    before = state_of(again), table(again, "SELECT count(*) FROM change")
    second = import_project(out, again, "tester")
    assert (state_of(again), table(again, "SELECT count(*) FROM change")) == before
    assert (second.codes, second.sources, second.codings) == (0, 0, 0)
    assert second.standing["sources"] == first.sources == 3


def test_a_project_goes_into_a_study_that_stands(study, tmp_path):
    out = sent_out(study)
    bench = Workbench.open(study, "Kari")
    source = bench.sources()[0].guid
    bench.code(source, 0, 9, "arbeid")
    bench.close()
    newer = sent_out(study, "newer.qdpx")
    again, _ = brought_in(out)
    report = import_project(newer, again, "tester")
    assert (report.codes, report.sources, report.codings) == (0, 0, 1)
    assert table(again, "SELECT guid FROM coding") == table(study, "SELECT guid FROM coding")


@pytest.mark.parametrize("change", ["name", "project", "rows"])
def test_a_sidecar_that_does_not_fit_is_used_for_what_fits(study, change, tmp_path):
    out = sent_out(study)
    other = tmp_path / "changed.qdpx"
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "project.qde" and change == "name":
                data = data.replace(b'name="Isolasjon"', b'name="Omd\xc3\xb8pt"')
            if name == "koding.json" and change == "project":
                data = b"{]"
            if name == "koding.json" and change == "rows":
                data = data.replace(b'"columns"', b'"kolonner"')
            new.writestr(name, data)
    again = tmp_path / "again.koding"
    report = import_project(other, again, "tester")
    with Project.open(again) as project:
        assert check_study(project) == []
        labels = [code.label for code in project.codebook().codes]
    assert ("Omdøpt" in labels) == (change == "name")
    assert report.sources == 3
    assert bool(report.warnings) == (change != "rows")

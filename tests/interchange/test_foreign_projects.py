"""Projects of Taguette, QualCoder and qualitative-coding, read into the exchange model."""

from __future__ import annotations

import sqlite3
import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.errors import KodingError
from koding.model.exchange import Project, Source
from koding.readers.projects.bare_html import BareText
from koding.readers.projects.names import in_order
from koding.session.foreign import recognise
from koding.store import foreign
from tests.interchange.foreign_projects import (
    INTERVIEW,
    PAGE,
    PAGE_RUN,
    QUALCODER,
    coded,
    database,
    qc,
    qualcoder,
    taguette,
)


def read(path: Path, wanted: str = "") -> Project:
    found = recognise(path)
    assert found is not None
    return found.read(wanted)


def tree(project: Project) -> list[tuple[str, str | None, bool]]:
    names = {code.guid: code.name for code in project.codes}
    return [(code.name, names[code.parent] if code.parent else None, code.codable) for code in project.codes]


def codings(project: Project) -> list[tuple[str, str, str]]:
    """Give the text, code and coder of every coding."""
    codes = {code.guid: code.name for code in project.codes}
    users = {user.guid: user.name for user in project.users} | {"": ""}
    return [
        (source.text[selection.start : selection.end], codes[coding.code], users[coding.user])
        for source in project.sources
        for selection in source.selections
        for coding in selection.codings
    ]


class TestTaguette:
    def test_everything_comes_in(self, tmp_path: Path) -> None:
        file = taguette(
            tmp_path / "project.sqlite3",
            [("ingen jobb på øya 😀", [1, 2]), ("for meg & ham.Og så ensomt", [3]), ("Åse", []), ("én", [2])],
        )
        project = read(file)
        assert (project.name, project.origin, project.description) == ("Prosjekt 1", "Taguette", "Om flytting")
        (source,) = project.sources
        assert source.text == (
            "I: Hvorfor flyttet du, Åse?\n\nR: Det var ingen jobb på øya 😀 for meg & ham.\nOg så ensomt.\nén\nto\n"
        )
        assert (source.name, source.description, source.created) == ("intervju1.docx", "Første", "2026-11-22T15:15:45Z")
        assert codings(project) == [
            ("ingen jobb på øya 😀", "mangel", "admin"),
            ("ingen jobb på øya 😀", "arbeid", "admin"),
            ("for meg & ham.\nOg så ensomt", "St. Olav", "kari"),
            ("én", "arbeid", "kari"),
        ]
        assert [selection.name for selection in source.selections if not selection.codings] == ["Åse"]
        assert tree(project) == [("arbeid", None, True), ("mangel", "arbeid", True), ("St. Olav", None, True)]
        assert project.codes[0].description == "Om arbeid"
        assert project.warnings == ["1 code was put below another by the dot in its name."]
        assert project.codings_lost == 0

    def test_codes_have_the_guids_of_taguettes_own_codebook_files(self, tmp_path: Path) -> None:
        project = read(taguette(tmp_path / "p.sqlite3", []))
        namespace = uuid.UUID("51B2B2B7-27EB-4ECB-9D56-E75B0A0496C2")
        assert {code.guid for code in project.codes} == {
            str(uuid.uuid5(namespace, path)) for path in ("arbeid", "arbeid.mangel", "St. Olav")
        }

    def test_the_same_file_gives_the_same_project(self, tmp_path: Path) -> None:
        file = taguette(tmp_path / "p.sqlite3", [("Åse", [1])])
        assert read(file) == read(file)

    def test_one_of_several_projects_must_be_named(self, tmp_path: Path) -> None:
        file = taguette(tmp_path / "p.sqlite3", [("Åse", [1])], projects=2)
        with pytest.raises(KodingError, match=r"several projects: Prosjekt 1, Prosjekt 2"):
            read(file)
        with pytest.raises(KodingError, match="holds no project called Prosjekt 3"):
            read(file, "Prosjekt 3")
        assert read(file, "Prosjekt 2").sources == []
        assert len(codings(read(file, "Prosjekt 1"))) == 1

    def test_highlights_that_do_not_fit_are_said(self, tmp_path: Path) -> None:
        file = taguette(tmp_path / "p.sqlite3", [("Åse", [1]), ("ensomt", [2])])
        connection = sqlite3.connect(file)
        connection.execute("UPDATE highlights SET end_offset = 100000 WHERE id = 1")
        connection.execute("UPDATE highlights SET snippet = '<p>noe annet</p>' WHERE id = 2")
        connection.commit()
        connection.close()
        project = read(file)
        assert project.codings_lost == 1
        assert project.warnings[1:] == [
            "1 highlight stands on other words than Taguette shows; check it.",
            "1 highlight was left out: it stands outside its text.",
        ]


class TestBareText:
    def test_bytes_of_the_run_are_found_in_the_lines(self) -> None:
        bare = BareText(PAGE)
        assert bare.size == len(PAGE_RUN.encode())
        for quote in ("Åse", "ingen jobb på øya 😀", "én", "to", "& ham."):
            first = len(PAGE_RUN[: PAGE_RUN.index(quote)].encode())
            assert bare.text[bare.start(first) : bare.end(first + len(quote.encode()))] == quote

    @given(st.lists(st.text("aæ😀 <>&", min_size=1, max_size=8), min_size=1, max_size=6))
    def test_whatever_the_paragraphs_hold(self, paragraphs: list[str]) -> None:
        from html import escape

        bare = BareText("<div></div>" + "".join(f"<p>{escape(text)}</p>" for text in paragraphs))
        assert bare.size == sum(len(text.encode()) for text in paragraphs)
        first = 0
        for text in paragraphs:
            last = first + len(text.encode())
            assert bare.text[bare.start(first) : bare.end(last)] == text
            first = last

    def test_comments_and_broken_tags_cost_no_more_than_their_length(self) -> None:
        for piece in ("<!--", "<a ", "<a '", '<a "', "<!x", "<p>"):
            assert BareText(piece * 50_000).size <= len(piece) * 50_000
        assert BareText("<!-- <p>nei</p> --><p>ja</p>").text == "ja\n"


class TestQualCoder:
    def test_everything_comes_in(self, tmp_path: Path) -> None:
        start = INTERVIEW.index("Hvorfor")
        folder = qualcoder(
            tmp_path / "flytting.qda",
            {
                "code_text": [
                    coded("ingen jobb", 1, memo="Sikker", important=1),
                    coded("ingen jobb", 1, owner="Ola"),
                    coded("Hvorfor flyttet du?\r\nR: Det", 2),
                ],
                "annotation": [
                    {"fid": 1, "pos0": start, "pos1": start + 7, "memo": "Godt spurt", "owner": "Ola", "date": ""},
                ],
                "cases": [{"caseid": 1, "name": "Amina", "memo": "Ung"}, {"caseid": 2, "name": "Int", "memo": ""}],
                "case_text": [
                    {"caseid": 1, "fid": 1, "pos0": INTERVIEW.index("R: "), "pos1": len(INTERVIEW)},
                    {"caseid": 2, "fid": 1, "pos0": 0, "pos1": len(INTERVIEW)},
                ],
                "attribute_type": [
                    {"name": "alder", "caseOrFile": "case", "valuetype": "numeric", "memo": "år"},
                    {"name": "sted", "caseOrFile": "file", "valuetype": "character", "memo": ""},
                ],
                "attribute": [
                    {"name": "alder", "attr_type": "case", "value": "31", "id": 1},
                    {"name": "alder", "attr_type": "case", "value": "", "id": 2},
                    {"name": "sted", "attr_type": "file", "value": "Fjordvik", "id": 1},
                ],
                "journal": [{"name": "Uke 1", "jentry": "Vi begynte.", "date": "2026-11-22 10:00:00", "owner": "Kari"}],
                "code_image": [{"id": 2, "cid": 1}],
            },
        )
        project = read(folder)
        assert (project.name, project.origin, project.description) == ("flytting", "QualCoder 3.6", "Om prosjektet")
        assert tree(project) == [
            ("Grunner", None, False),
            ("Arbeid", "Grunner", False),
            ("ingen jobb", "Arbeid", True),
            ("Arbeid!", None, True),
        ]
        assert (project.codes[2].colour, project.codes[2].description) == ("#ff6600", "Mangler jobb")
        (source,) = project.sources
        assert source.text == INTERVIEW.replace("\r\n", "\n")
        assert codings(project) == [
            ("Hvorfor flyttet du?\nR: Det", "Arbeid!", "Kari"),
            ("ingen jobb", "ingen jobb", "Kari"),
            ("ingen jobb", "ingen jobb", "Ola"),
        ]
        notes = {note.guid: note.text for note in project.notes}
        (sure,) = (coding.notes for one in source.selections for coding in one.codings if coding.notes)
        assert [notes[guid] for guid in sure] == ["Sikker"]
        (asked,) = (one for one in source.selections if one.notes)
        assert (source.text[asked.start : asked.end], notes[asked.notes[0]]) == ("Hvorfor", "Godt spurt")
        assert [notes[guid] for guid in project.note_refs] == ["Vi begynte."]
        assert [(one.name, one.kind, one.description) for one in project.variables] == [
            ("alder", "Integer", "år"),
            ("sted", "Text", None),
        ]
        amina, asks = project.cases
        assert (amina.name, amina.description, [value.value for value in amina.values]) == ("Amina", "Ung", ["31"])
        (hers,) = (one for one in source.selections if one.guid in amina.selections)
        assert source.text[hers.start :] == "R: Det var ingen jobb der.\n"
        assert (asks.sources, asks.selections, asks.values) == ((source.guid,), (), [])
        assert [value.value for value in source.values] == ["Fjordvik"]
        assert project.codings_lost == 1
        assert project.dropped == {"important": 1}
        assert project.warnings == [
            "1 source without a text was left out.",
            "1 coding of a picture or recording was left out.",
            "QualCoder does not say which time zone its times are in; taken as UTC.",
        ]

    def test_positions_in_utf_16_are_found_out_by_the_words_kept_beside_them(self, tmp_path: Path) -> None:
        def utf16(quote: str) -> dict[str, object]:
            start = len(INTERVIEW[: INTERVIEW.index(quote)].encode("utf-16-le")) // 2
            return coded(quote, 1) | {"pos0": start, "pos1": start + len(quote)}

        folder = qualcoder(tmp_path / "p.qda", {"code_text": [utf16("ingen jobb"), utf16("Hvorfor flyttet")]})
        assert [text for text, *_rest in codings(read(folder))] == ["Hvorfor flyttet", "ingen jobb"]

    def test_codes_below_codes_as_in_version_4(self, tmp_path: Path) -> None:
        schema = QUALCODER.replace("color text, unique", "color text, supercid integer, unique")
        rows = [{"cid": 1, "name": "jobb"}, {"cid": 2, "name": "ingen jobb", "supercid": 1}]
        project = read(qualcoder(tmp_path / "p.qda", {"code_name": rows}, schema))
        assert tree(project)[2:] == [("jobb", None, True), ("ingen jobb", "jobb", True)]

    def test_codings_without_a_place_or_a_code_are_counted(self, tmp_path: Path) -> None:
        rows = [
            coded("ingen", 1, pos1=10_000),
            coded("ingen", 99),
            coded("jobb", 1, fid=77),
            coded("flyttet", 1, pos0=9, pos1=3),
            coded("der", 2, seltext="dit"),
        ]
        project = read(qualcoder(tmp_path / "p.qda", {"code_text": rows}))
        assert project.codings_lost == 4
        assert codings(project) == [("der", "Arbeid!", "Kari")]
        assert "1 coding stands on other words than QualCoder kept with it; check it." in project.warnings

    def test_the_database_itself_may_be_named(self, tmp_path: Path) -> None:
        folder = qualcoder(tmp_path / "flytting.qda", {})
        assert read(folder / "data.qda") == read(folder)


class TestQualitativeCoding:
    LINES = ((1, "ingen_jobb", "kari"), (1, "ny_kode", "ola"), (3, "ensomhet", "kari"))

    def test_everything_comes_in(self, tmp_path: Path) -> None:
        project = read(qc(tmp_path / "qc_project", self.LINES))
        assert (project.name, project.origin) == ("qc_project", "qualitative-coding")
        assert tree(project) == [
            ("grunner", None, True),
            ("arbeid", "grunner", True),
            ("ingen_jobb", "arbeid", True),
            ("ensomhet", "grunner", True),
            ("annet", None, True),
            ("ny_kode", None, True),
        ]
        assert codings(project) == [
            ("ikke var jobb der.", "ingen_jobb", "kari"),
            ("ikke var jobb der.", "ny_kode", "ola"),
            ("Og så var det ensomt.", "ensomhet", "kari"),
        ]
        assert [source.name for source in project.sources] == ["runde1/amina"]
        assert [note.text for note in project.notes] == ["Noe slår meg.\n"]
        assert (project.codings_lost, project.warnings) == (0, [])

    def test_lines_that_are_not_there_are_counted(self, tmp_path: Path) -> None:
        project = read(qc(tmp_path / "p", [(2, "ensomhet", "kari"), (40, "ensomhet", "kari"), (0, "annet", "ola")]))
        assert [text for text, *_rest in codings(project)] == ["Jeg flyttet fordi det"]
        assert project.codings_lost == 2
        assert project.warnings == ["2 coded lines were left out: their texts have no such lines."]

    @pytest.mark.parametrize(
        "settings", ["corpus_dir: ../elsewhere\n", "database: /etc/passwd\n", "codebook: ../../x.yaml\n"]
    )
    def test_no_file_outside_the_folder_is_read(self, tmp_path: Path, settings: str) -> None:
        with pytest.raises(KodingError, match="lies outside it"):
            recognise(qc(tmp_path / "p", self.LINES, settings))

    def test_no_document_outside_the_corpus_is_read(self, tmp_path: Path) -> None:
        folder = qc(tmp_path / "p", self.LINES)
        (tmp_path / "secret.txt").write_text("hemmelig")
        connection = sqlite3.connect(folder / "qualitative_coding.sqlite3")
        connection.execute("UPDATE document SET file_path = '../../secret.txt'")
        connection.commit()
        connection.close()
        with pytest.raises(KodingError, match="lies outside it"):
            read(folder)


class TestRecognising:
    def test_what_is_no_project_is_none(self, tmp_path: Path, study: Path) -> None:
        (tmp_path / "text.sqlite3").write_text("no database")
        (tmp_path / "folder").mkdir()
        other = database(tmp_path / "other.db", "CREATE TABLE source (id integer, name text);", {})
        for path in (study, tmp_path / "text.sqlite3", tmp_path / "folder", other, tmp_path / "missing"):
            assert recognise(path) is None

    def test_a_view_is_not_read_as_a_table(self, tmp_path: Path) -> None:
        endless = (
            "CREATE VIEW code_text AS WITH RECURSIVE n(cid) AS (SELECT 1 UNION ALL SELECT cid + 1 FROM n) "
            "SELECT cid, 1 AS fid, 'x' AS seltext, 0 AS pos0, 1 AS pos1, 'x' AS owner FROM n;"
        )
        schema = QUALCODER.replace("CREATE TABLE code_text", "CREATE TABLE code_text_old") + endless
        assert recognise(qualcoder(tmp_path / "p.qda", {}, schema)) is None

    def test_a_database_that_is_open_elsewhere_is_refused(self, tmp_path: Path) -> None:
        folder = qualcoder(tmp_path / "p.qda", {})
        connection = sqlite3.connect(folder / "data.qda")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("INSERT INTO cases (name) VALUES ('x')")
        connection.commit()
        with pytest.raises(KodingError, match="is open in the program it belongs to"):
            recognise(folder)
        connection.close()
        assert len(read(folder).cases) == 1

    def test_a_broken_database_is_refused(self, tmp_path: Path) -> None:
        folder = qualcoder(tmp_path / "p.qda", {"code_text": [coded("ingen", 1)]})
        file = folder / "data.qda"
        file.write_bytes(file.read_bytes()[:5000] + b"\xff" * 3000)
        with pytest.raises(KodingError, match="is no whole database"):
            read(folder)

    def test_reading_leaves_the_folder_as_it_was(self, tmp_path: Path) -> None:
        folder = qualcoder(tmp_path / "p.qda", {})
        before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        read(folder)
        assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_trees_in_circles_are_broken_up() -> None:
    assert in_order(["a", "b", "c"], {"a": "b", "b": "a", "c": "c"}) == [("c", None), ("a", None), ("b", "a")]
    assert in_order(["a", "b"], {"a": "b", "b": None}) == [("b", None), ("a", "b")]


def test_a_source_is_known_by_its_text(tmp_path: Path) -> None:
    def guid(source: Source) -> str:
        return source.guid

    one, other = (read(qc(tmp_path / name, [])) for name in ("a", "b"))
    assert [guid(source) for source in one.sources] == [guid(source) for source in other.sources]


def test_a_database_beyond_reason_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = qualcoder(tmp_path / "p.qda", {"code_text": [coded("ingen", 1), coded("jobb", 1)]})
    for bound, least in (("_MOST_ROWS", 3), ("_MOST_BYTES", 100), ("_LARGEST", 1000)):
        with monkeypatch.context() as patch:
            patch.setattr(foreign, bound, least)
            with pytest.raises(KodingError, match="holds far more than a project of interviews"):
                read(folder)
    assert len(codings(read(folder))) == 2


def test_reading_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = qualcoder(tmp_path / "p.qda", {"code_text": [coded("ingen", 1)]})
    monkeypatch.setattr(foreign, "_MOST_SECONDS", -1)
    monkeypatch.setattr(foreign, "_STEPS", 1)
    with pytest.raises(KodingError, match="is no whole database"):
        read(folder)

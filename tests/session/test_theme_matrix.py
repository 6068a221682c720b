"""The theme matrix against an independent count with pandas over what koding exports: cell for cell, N for N."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koding.errors import KodingError, UsageFault
from koding.model.matrix import Measure
from koding.readers.codings_csv import read_codings
from koding.session.exchange import CodingsImporter, exported
from koding.session.importing import Importer, read_informants_file
from koding.session.opening import create_study, source_summaries, spoken_turns
from koding.session.reporting import matrix_report
from koding.session.workbench import Workbench
from koding.store.project import Project
from koding.writers.codings_csv import codings_csv
from tests import pandas_matrix
from tests.studies import CODEBOOK, CODEBOOKS, CORPORA, bring_in, code_words, codebook, guid_of, introduced, new_study

MOVING = CODEBOOKS / "flyttegrunner.yaml"
MEASURES = ["informants", "segments", "words", "rate"]
QUESTIONS = {
    "by group": {"by": ["gruppe"]},
    "by two variables": {"by": ["gruppe", "flytting"]},
    "by a variable with gaps": {"by": ["botid"]},
    "one coder": {"by": ["gruppe"], "coder": "Kari"},
    "denied reasons": {"by": ["gruppe"], "facets": {"status": frozenset({"avvist"})}},
    "ascribed reasons": {"by": ["gruppe"], "facets": {"stemme": frozenset({"tilskrevet"})}},
    "two filters": {
        "by": ["husholdning"],
        "facets": {"stemme": frozenset({"egen"}), "retning": frozenset({"fra", "til"})},
    },
    "split by a facet": {"by": ["retning"]},
    "a facet across groups": {"by": ["gruppe", "retning"]},
    "a facet before groups": {"by": ["stemme", "gruppe"]},
}


def counted(project: Project, codebook_text: str) -> pandas_matrix.Count:
    """Give what the study exports to the independent count."""
    facets = [facet.key for facet in project.codebook().facets]
    table = codings_csv([(row.source, row.coding, row.text) for row in exported(project)], facets)
    turns = {
        source.name: [
            {
                "start": turn.turn.start,
                "end": turn.turn.end,
                "informant": turn.speaker.informant.name if turn.speaker.informant else None,
                "role": turn.speaker.role.value,
                "variables": dict(turn.speaker.informant.variables) if turn.speaker.informant else {},
                "text": turn.text,
            }
            for turn in spoken_turns(project, source.name)
        ]
        for source in source_summaries(project)
    }
    return pandas_matrix.Count(codebook_text, table, turns)


def agree(project: Project, count: pandas_matrix.Count, measure: str, question: dict, *, families: bool = False) -> int:
    """Assert that both counts give the same matrix, and give how many cells are not empty."""
    matrix = matrix_report(project, measure=Measure(measure), families_only=families, **question).matrix
    expected = count.matrix(
        pandas_matrix.Question(question["by"], measure, question.get("facets", {}), question.get("coder"))
    )
    assert {column.values: column.informants for column in matrix.columns} == expected["columns"]
    assert matrix.total.informants == expected["total"]
    found = {}
    for row in matrix.rows:
        found.update({(row.code, column.values): cell for column, cell in zip(matrix.columns, row.values, strict=True)})
        found[row.code, None] = row.total
    cells = expected["cells"]
    if families:
        cells = {(code, place): cell for (code, place), cell in cells.items() if "." not in code}
    assert found == pytest.approx(cells, abs=1e-9)
    return sum(1 for value in found.values() if value)


@pytest.fixture(scope="module")
def real_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a study of the interviews and meetings that come with koding, with all codings there are of them."""
    if not MOVING.exists():
        pytest.skip("the codebook is not there yet")
    path = tmp_path_factory.mktemp("real") / "real.koding"
    with create_study(path, MOVING, "tester") as project:
        for corpus in (CORPORA / "flytting_etter_bosetting", CORPORA / "dialogmoter_bolig"):
            report = Importer(project, "tester", read_informants_file(corpus / "informants.csv")).run([corpus])
            assert report.faults == []
            for file in sorted(corpus.glob("codings_*.csv")):
                assert CodingsImporter(project, "").run(read_codings(file.read_bytes(), file.name)).bad == []
    return path


@pytest.fixture(scope="module")
def real_count(real_study: Path) -> pandas_matrix.Count:
    with Project.open(real_study) as project:
        return counted(project, MOVING.read_text(encoding="utf-8"))


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("question", list(QUESTIONS.values()), ids=list(QUESTIONS))
def test_the_matrix_of_the_real_corpora_is_what_pandas_counts(
    real_study: Path, real_count: pandas_matrix.Count, question: dict, measure: str
) -> None:
    with Project.open(real_study) as project:
        assert agree(project, real_count, measure, question) > 0
        assert agree(project, real_count, measure, question, families=True) > 0


def test_the_meetings_of_the_real_corpora_are_coded_in_the_speech_of_both_groups(
    real_count: pandas_matrix.Count,
) -> None:
    told = real_count.touched(pandas_matrix.Question(["gruppe"]))
    meetings = told[told.source.str.startswith("dialogmote")]
    assert {who.get("gruppe") for who in meetings.variables} == {"flyktning", "kommuneansatt"}


def test_codings_of_a_dialogue_meeting_fall_to_the_groups_of_those_who_speak(study: Path) -> None:
    bench = Workbench.open(study, "Kari")
    code_words(bench, "meeting", "ikke være med", "arbeid.relevant")
    code_words(bench, "meeting", "på grunn av jobb", "arbeid.inntekt")
    code_words(bench, "meeting", "alene hele vinteren", "ensomhet")
    code_words(bench, "meeting", "Hvem vil begynne", "ensomhet")
    bench.close()
    with Project.open(study) as project:
        matrix = matrix_report(project, ["gruppe"]).matrix
    assert [column.values[0] for column in matrix.columns] == ["ansatt", "flyktning", "skribent"]
    rows = {row.code: (*row.values, row.total) for row in matrix.rows}
    assert rows["arbeid"] == (1, 1, 0, 2)
    assert rows["arbeid.relevant"] == (0, 1, 0, 1)
    assert rows["arbeid.inntekt"] == (1, 0, 0, 1)
    assert rows["ensomhet"] == (0, 1, 0, 1)


# Studies made up: a few speakers of two groups and none, codings anywhere, also across turns and on marks.

PEOPLE = ["Amina", "Oddvar", "Nadia", "Tolk", "I"]
SPEECH = st.text(st.sampled_from("ab å.(…) 🙂\t9-"), min_size=1, max_size=24).map(lambda text: f"x{text}".rstrip())
SOURCE = st.lists(st.tuples(st.sampled_from(PEOPLE), SPEECH), min_size=1, max_size=8).map(
    lambda turns: "I: Ja?\nAmina: Ja.\n" + "".join(f"{name}: {speech}\n" for name, speech in turns)
)
TABLE = """\
source,speaker,informant,role,gruppe,botid
*,I,,interviewer,,
*,Amina,F02,informant,flyktning,10
*,Nadia,F03,informant,flyktning,
*,Tolk,F03,interpreter,flyktning,
*,Oddvar,K01,informant,ansatt,2
"""
CODABLE = [code.key for code in codebook().codes if code.codable]
CODING = st.tuples(
    st.integers(0, 2),
    st.integers(0, 200),
    st.integers(1, 40),
    st.sampled_from(CODABLE),
    st.sampled_from(["Kari", "Ola"]),
    st.sampled_from(["", "fra", "til"]),
    st.sampled_from(["", "egen", "tilskrevet"]),
    st.sampled_from(["", "", "planlagt", "avvist"]),
)
ASKED = st.fixed_dictionaries(
    {"by": st.lists(st.sampled_from(["gruppe", "botid", "retning", "stemme"]), min_size=1, max_size=2, unique=True)},
    optional={
        "coder": st.sampled_from(["Kari", "Ola"]),
        "facets": st.dictionaries(
            st.sampled_from(["retning", "stemme", "status"]), st.just(None), min_size=1, max_size=2
        ).flatmap(
            lambda keys: st.fixed_dictionaries(
                {
                    key: st.frozensets(st.sampled_from(codebook().facet(key).keys()), min_size=1)  # type: ignore[union-attr]
                    for key in keys
                }
            )
        ),
    },
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    sources=st.lists(SOURCE, min_size=1, max_size=3, unique=True),
    codings=st.lists(CODING, min_size=1, max_size=12),
    asked=st.lists(ASKED, min_size=1, max_size=3),
)
def test_the_matrix_of_any_study_is_what_pandas_counts(
    template: Path, sources: list[str], codings: list[tuple], asked: list[dict]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = new_study(Path(folder) / "any.koding")
        texts = {f"s{number}": text for number, text in enumerate(sources)}
        bring_in(path, texts, TABLE)
        # A coder puts a code once on a span: the first line of each stands.
        lines = {("s0", "0", "5", "arbeid", name): ("", "", "") for name in ("Kari", "Ola")}
        for number, start, width, *rest in codings:
            name = f"s{number % len(sources)}"
            first = start % (len(texts[name]) - 1)
            place = (name, str(first), str(min(len(texts[name]), first + width)))
            lines.setdefault((*place, *rest[:2]), tuple(rest[2:]))
        rows = [",".join([*what, *facets]) for what, facets in lines.items()]
        table = "\n".join(["source,start,end,code,coder,retning,stemme,status", *rows])
        with Project.open(path) as project:
            assert CodingsImporter(project, "").run(read_codings(table.encode(), "any.csv")).bad == []
            count = counted(project, CODEBOOK)
            for question in asked:
                for measure in MEASURES:
                    agree(project, count, measure, question)


# What a person may ask, and what the answer says of itself.


@pytest.mark.parametrize(
    ("question", "known"),
    [
        ({"by": ["grupper"]}, "gruppe"),
        ({"by": ["gruppe"], "coder": "Karin"}, "Kari"),
        ({"by": ["gruppe"], "facets": {"statuss": frozenset({"avvist"})}}, "status"),
        ({"by": ["gruppe"], "facets": {"status": frozenset({"avist"})}}, "avvist"),
    ],
)
def test_a_name_the_study_does_not_know_is_answered_with_those_it_does(study: Path, question: dict, known: str) -> None:
    introduced(Workbench.open(study, "Kari")).close()
    with Project.open(study) as project, pytest.raises(UsageFault) as refused:
        matrix_report(project, **question)
    assert f"Did you mean {known}?" in refused.value.hint


def test_columns_follow_the_order_of_their_variable(study: Path) -> None:
    def columns(name: str) -> list[str]:
        with Project.open(study) as project:
            return [column.values[0] for column in matrix_report(project, [name]).matrix.columns]

    assert columns("botid") == ["2", "4", "10", ""]
    assert columns("bosted") == ["land", "tettsted", "by", ""]
    assert columns("gruppe") == ["ansatt", "flyktning", "skribent"]


def test_the_note_names_unit_coders_sources_and_what_was_left_out(study: Path) -> None:
    bench = Workbench.open(study, "Kari")
    code_words(bench, "samira", "dyr", "hverdag.bolig")
    bench.close()
    with Project.open(study) as project:
        note = matrix_report(project, ["gruppe"]).note
        assert "N = 5 informants who speak in the study's 3 sources" in note
        assert "Coder: Kari." in note
        assert "2 sources have no coding yet" in note
        assert "status = avvist are left out" in note
        assert "No tests of significance" in note
        filtered = matrix_report(project, ["gruppe"], facets={"status": frozenset({"planlagt"})}, minimum=5).note
        assert "Only codings with status = planlagt." in filtered
        assert "some informants but fewer than 5" in filtered


def test_a_published_matrix_hides_small_cells_in_every_measure(study: Path) -> None:
    bench = Workbench.open(study, "Kari")
    for _time, words in enumerate(("Telefonen", "ringte", "aldri")):
        code_words(bench, "samira", words, "ensomhet")
    bench.close()
    with Project.open(study) as project:
        for measure in Measure:
            matrix = matrix_report(project, ["gruppe"], measure=measure, minimum=2).matrix
            row = next(row for row in matrix.rows if row.code == "ensomhet")
            assert (*row.values, row.total) == (None, None, None, None)
            whole = matrix_report(project, ["gruppe"], measure=measure, minimum=1).matrix
            assert None not in next(row for row in whole.rows if row.code == "ensomhet").values


def test_a_study_without_sources_or_codings_gives_an_empty_matrix(tmp_path: Path) -> None:
    path = new_study(tmp_path / "s.koding")
    with Project.open(path) as project:
        with pytest.raises(KodingError, match="no variable"):
            matrix_report(project, ["gruppe"])
        matrix = matrix_report(project, ["retning"]).matrix
    assert (matrix.columns, matrix.total.informants) == ((), 0)
    assert {row.total for row in matrix.rows} == {0}


def test_codings_are_counted_as_soon_as_they_are_made_and_no_longer_than_they_stand(study: Path) -> None:
    bench = Workbench.open(study, "Kari")

    def total() -> float | None:
        with Project.open(study) as project:
            matrix = matrix_report(project, ["gruppe"]).matrix
            return next(row.total for row in matrix.rows if row.code == "hverdag")

    assert total() == 0
    coding = code_words(bench, "samira", "dyr", "hverdag.bolig.leie")
    assert total() == 1
    bench.set_facets(coding, {"status": "avvist"})
    assert total() == 0
    bench.undo()
    assert total() == 1
    bench.undo()
    assert total() == 0
    assert guid_of(bench, "samira") == coding.source
    bench.close()


def test_what_two_coders_have_coded_alike_is_one_passage(study: Path) -> None:
    for coder, words in (("Kari", "ikke være med"), ("Ola", "være med og velge"), ("Ola", "Husleia var høy")):
        bench = Workbench.open(study, coder)
        code_words(bench, "meeting", words, "arbeid")
        bench.close()

    def cells(measure: Measure, coder: str | None = None) -> tuple[tuple[float | None, ...], str]:
        with Project.open(study) as project:
            report = matrix_report(project, ["gruppe"], measure=measure, coder=coder)
        return next(row.values for row in report.matrix.rows if row.code == "arbeid"), report.note

    together, note = cells(Measure.SEGMENTS)
    assert together == (0, 2, 0)
    assert "coded passages" in note
    assert "Coders, taken together: Kari, Ola." in note
    alone, note = cells(Measure.SEGMENTS, "Ola")
    assert alone == (0, 2, 0)
    assert "Cells are codings;" in note
    rates = [cells(Measure.RATE, coder)[0][1] for coder in (None, "Ola", "Kari")]
    assert rates[0] == rates[1] == 2 * rates[2]


def test_one_coders_own_codings_count_each_by_itself(study: Path) -> None:
    bench = Workbench.open(study, "Kari")
    code_words(bench, "meeting", "ikke være med", "arbeid")
    code_words(bench, "meeting", "være med og velge", "arbeid")
    bench.close()
    with Project.open(study) as project:
        for coder in (None, "Kari"):
            rows = matrix_report(project, ["gruppe"], measure=Measure.SEGMENTS, coder=coder).matrix.rows
            assert next(row.total for row in rows if row.code == "arbeid") == 2

"""The codebook file: read as strings, every fault with line, key and remedy."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.errors import KodingError
from koding.model.codebook import Codebook, Example, Indicators
from koding.model.identity import content_guid
from koding.readers.codebook_yaml import Problem, check_codebook, read_codebook

CODEBOOKS = sorted((Path(__file__).parents[2] / "codebooks").glob("*.yaml"))

GOOD = """\
codebook:
  id: prove
  title: Prøvekodebok
  language: nb
  version: 1.10
  description: >-
    To linjer
    blir en.
  rules:
    - Kod det mest presise.
facets:
  - key: stemme
    label: Stemme
    default: egen
    default_by:
      variable: gruppe
      values: {IMDi-ansatt: tilskrevet}
    values:
      - {key: egen, label: Egen}
      - {key: tilskrevet, label: Tilskrevet, description: andres grunn}
  - key: status
    label: Status
    uncounted: [avvist]
    values:
      - {key: avvist, label: Avvist}
codes:
  - key: trygghet
    label: Trygghet
    short: no
    colour: "#C4475B"
    codable: nei
    children:
      - key: trygghet.true
        label: true
        sensitive: yes
        examples:
          - De trua oss.
          - {text: Dei truga oss., language: nn}
        counterexamples: []
        indicators:
          nb: [true, no, 'vold ?']
          nn: [truge]
          except: [true nok]
  - key: bli
    label: Bli
"""


def good() -> Codebook:
    return read_codebook(GOOD.encode(), "prove.yaml")


def problems(text: str) -> list[Problem]:
    return check_codebook(text.encode(), "prove.yaml")


def only(text: str) -> Problem:
    (problem,) = problems(text)
    return problem


def test_the_head_of_the_file() -> None:
    codebook = good()
    assert (codebook.id, codebook.title, codebook.language, codebook.version) == ("prove", "Prøvekodebok", "nb", "1.10")
    assert codebook.description == "To linjer blir en."
    assert codebook.rules == ("Kod det mest presise.",)
    assert codebook.guid == content_guid("codebook", "prove")


def test_codes_stand_in_the_order_of_the_file_with_parents_first() -> None:
    codebook = good()
    assert [(code.key, code.parent) for code in codebook.codes] == [
        ("trygghet", None), ("trygghet.true", "trygghet"), ("bli", None),
    ]  # fmt: skip
    assert codebook.by_key["bli"].guid == content_guid("code", "prove", "bli")
    assert codebook.colour("trygghet.true") == "#c4475b"


def test_norwegian_words_stay_words() -> None:
    threat = good().by_key["trygghet.true"]
    assert threat.label == "true"
    assert threat.indicators == Indicators(("true", "no", "vold ?"), ("truge",), ("true nok",))
    assert good().by_key["trygghet"].short == "no"


def test_yes_and_no_in_both_languages() -> None:
    codebook = good()
    assert [(code.codable, code.sensitive) for code in codebook.codes] == [(False, False), (True, True), (True, False)]


def test_examples_have_the_codebooks_language_unless_they_say() -> None:
    assert good().by_key["trygghet.true"].examples == (
        Example("De trua oss.", "nb"),
        Example("Dei truga oss.", "nn"),
    )


def test_facets_with_defaults_and_uncounted_values() -> None:
    voice, status = good().facets
    assert voice.keys() == ("egen", "tilskrevet")
    assert voice.default_for({"gruppe": "IMDi-ansatt"}) == "tilskrevet"
    assert voice.default_for({"gruppe": "flyktning"}) == "egen"
    assert status.uncounted == {"avvist"}


@pytest.mark.parametrize(
    ("old", "new", "key", "message", "hint"),
    [
        ("    short: no", "    shrot: no", "trygghet", "shrot", "short"),
        ("facets:", "fasetter:", "", "fasetter", "facets"),
        ("    label: Bli", "    gloss: Staying", "bli: label", "missing", "label"),
        ("key: bli", "key: trygghet", "trygghet: key", "already on line 27", "own"),
        ("key: trygghet.true", "key: vold.true", "vold.true: key", "trygghet", "trygghet.true"),
        ("key: bli", "key: bli her", "bli her: key", "no key", "letters"),
        ("key: bli", "key: trygghet.bli", "trygghet.bli: key", "dotted", "trygghet"),
        ('"#C4475B"', "rød", "trygghet: colour", "rød", "#c4475b"),
        ("codable: nei", "codable: kanskje", "trygghet: codable", "kanskje", "yes"),
        ("default: egen", "default: eigen", "stemme: default", "eigen", "egen"),
        ("{IMDi-ansatt: tilskrevet}", "{IMDi-ansatt: tilskreve}", "IMDi-ansatt", "tilskreve", "tilskrevet"),
        ("uncounted: [avvist]", "uncounted: [avist]", "status: uncounted", "avist", "avvist"),
        ("key: status", "key: memo", "memo: key", "column", "Rename"),
        ("key: status", "key: stemme", "stemme: key", "two facets", "Rename"),
        ("language: nb", "language: no", "codebook: language", "no", "nb"),
        ("language: nn", "language: nynorsk", "language", "nynorsk", "nn"),
        ("  id: prove", "  version2: x", "codebook", "version2", "version"),
        ("nn: [truge]", "nn: truge", "indicators: nn", "list", "dash"),
        ("- De trua oss.", "- [De trua oss.]", "examples", "keys with values", "text"),
        ("short: no", "short: [no]", "trygghet: short", "text", "Quote"),
        ("codable: nei", "colour: '#000000'", "trygghet", "already on line 30", "Keep"),
    ],
)
def test_a_fault_names_line_key_and_remedy(old: str, new: str, key: str, message: str, hint: str) -> None:
    assert GOOD.count(old) == 1
    found = problems(GOOD.replace(old, new))
    line = GOOD[: GOOD.index(old)].count("\n") + 1
    problem = next(problem for problem in found if message in problem.message and key in problem.key)
    # A missing key is reported where its mapping begins, one line up.
    assert problem.line in {line, line - 1}
    assert hint in problem.hint


def test_the_id_is_needed_for_the_identity_of_codes() -> None:
    problem = only(GOOD.replace("  id: prove\n", ""))
    assert problem.key == "codebook: id"


def test_all_faults_are_told_and_the_first_one_raised() -> None:
    bad = GOOD.replace("codable: nei", "codable: tja").replace("    label: Bli", "    lable: Bli")
    assert [problem.line for problem in problems(bad)] == [31, 44, 45]
    with pytest.raises(KodingError) as caught:
        read_codebook(bad.encode(), "prove.yaml")
    assert "prove.yaml, line 31" in caught.value.message
    assert "2 more problems" in caught.value.hint


def test_indicators_can_be_checked_by_whoever_reads_them() -> None:
    def check(indicator: str, fields: Mapping[str, tuple[str, ...]]) -> str | None:
        assert not fields
        return "Use a word." if indicator == "vold ?" else None

    (problem,) = check_codebook(GOOD.encode(), "prove.yaml", check)
    assert (problem.line, problem.key, problem.hint) == (41, "trygghet.true: indicators", "Use a word.")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("codes:\n  - key: a\n   label: b\n", 3, "YAML"),
        ("codes: [a\n", 2, "YAML"),
        ("a: &x [1]\nb: *x\n", 2, "refers"),
        ("a: b\n---\nc: d\n", 2, "second document"),
        ("[" * 60 + "]" * 60, 1, "deep"),
        ("? [a]\n: b\n", 1, "key"),
        ("bare tekst\n", 1, "codebook"),
        ("", 1, "codebook"),
        ("a: b\nc: lang tekst" + " ord" * 40 + "\x07\n", 2, "control"),
        ("a: lang tekst \0 her", 1, "not a text file"),
    ],
)
def test_what_is_no_codebook_is_one_problem(text: str, line: int, message: str) -> None:
    problem = only(text)
    assert problem.line == line
    assert message in problem.message
    assert "\n" not in problem.sentence()


def test_a_codebook_without_codes_is_refused() -> None:
    assert only("codebook: {id: a}\n").key == "codes"


@pytest.mark.parametrize("path", CODEBOOKS, ids=lambda path: path.stem)
def test_the_shipped_codebooks_are_good(path: Path) -> None:
    assert check_codebook(path.read_bytes(), path.name) == []
    codebook = read_codebook(path.read_bytes(), path.name)
    assert len(codebook.by_key) == len(codebook.codes)
    assert all(codebook.colour(code.key) for code in codebook.codes)


SCRAPS = st.lists(st.sampled_from([*GOOD.splitlines(), "  - {", "&a b", "- *a", "\t", "? x", "!!int 3", "key:"]))


@given(SCRAPS)
def test_any_file_is_a_codebook_or_has_problems(lines: list[str]) -> None:
    data = "\n".join(lines).encode()
    found = check_codebook(data, "prove.yaml")
    if found:
        assert all(problem.line >= 1 and problem.message and problem.hint for problem in found)
        with pytest.raises(KodingError, match=r"prove\.yaml, line"):
            read_codebook(data, "prove.yaml")
    else:
        assert read_codebook(data, "prove.yaml").codes


def test_a_fault_is_one_line_however_long_and_broken_up_the_value_is() -> None:
    data = GOOD.replace("title: Prøvekodebok", 'title: x\n  colour: "' + "rød\\n" * 500 + '"').encode()
    data = data.replace(b"language: nb", b'language: "' + b"a\\nb" * 500 + b'"')
    with pytest.raises(KodingError) as raised:
        read_codebook(data, "bok.yaml")
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 600

"""A codebook is tried out on a study: what each indicator matches, what is silenced, and which never fire."""

from __future__ import annotations

import pytest

from koding.readers.codebook_yaml import read_codebook
from koding.session.indicators import IndicatorUse, indicator_uses
from koding.store.project import Project
from tests import studies

BOOK = """\
codebook: {id: prove, title: Prøve, language: nb, version: "1"}
codes:
  - key: arbeid
    label: Arbeid
    colour: "#2f6fb3"
    indicators: {nb: [jobb, "fabrikk ?"], nn: [jobb, arbeidsplass], except: [jobb hadde jeg, ikke jobben]}
  - key: ensomhet
    label: Ensomhet
    colour: "#c4475b"
    indicators: {nb: [ringte ... aldri, alene]}
  - key: mappe
    label: Mappe
    colour: "#3f8f4f"
    codable: "no"
    indicators: {nb: [telefon]}
"""


@pytest.fixture(scope="module")
def uses(tmp_path_factory) -> dict[tuple[str, str], IndicatorUse]:
    path = studies.small_study(tmp_path_factory.mktemp("indicators") / "study.koding")
    with Project.open(path) as project:
        found = indicator_uses(project, read_codebook(BOOK.encode(), "prove.yaml"))
    assert [use.code for use in found] == ["arbeid"] * 5 + ["ensomhet"] * 2
    return {(use.code, use.indicator): use for use in found}


def test_an_indicator_of_both_languages_is_counted_once(uses):
    use = uses["arbeid", "jobb"]
    assert (use.matches, use.silenced, use.sources) == (2, 1, {"samira", "meeting"})


def test_an_example_is_one_that_stands(uses):
    example = uses["arbeid", "jobb"].example
    assert example is not None
    assert (example.source, example.text) == ("meeting", "De drar på grunn av jobb, tror vi.")
    assert studies.TEXTS["meeting"][example.start : example.end] == example.text


def test_an_exception_is_counted_like_an_indicator(uses):
    use = uses["arbeid", "jobb hadde jeg"]
    assert (use.excepting, use.matches, use.silenced) == (True, 1, 0)


@pytest.mark.parametrize("key", [("arbeid", "fabrikk ?"), ("arbeid", "arbeidsplass")])
def test_an_indicator_that_never_fires_is_there_with_nothing(uses, key):
    use = uses[key]
    assert (use.matches, use.sources, use.example) == (0, set(), None)


def test_only_what_informants_say_is_read(uses):
    assert uses["ensomhet", "alene"].sources == {"meeting"}
    assert uses["ensomhet", "ringte ... aldri"].matches == 1

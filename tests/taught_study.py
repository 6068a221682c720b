"""A study to learn from: what each code is about shows in words that the codebook does not know."""

from __future__ import annotations

from pathlib import Path
from random import Random

from koding.readers.codebook_yaml import read_codebook
from koding.readers.informants import read_informants
from koding.session.importing import Importer
from koding.session.workbench import Workbench
from koding.store.project import Project

CODEBOOK = """\
codebook: {id: stoff, title: Stoff, language: nb, version: "1.0"}
codes:
  - {key: hav, label: HAV, indicators: {nb: [torsk]}}
  - {key: fjell, label: FJELL}
  - {key: by, label: BY}
"""
WORDS = {
    "hav": ["fjorden", "garnet", "krabben", "moloen", "sjarken", "torsken"],
    "fjell": ["varden", "stien", "toppen", "skaret", "snøskavlen", "reinlaven"],
    "by": ["trikken", "kinoen", "heisen", "kafeen", "fortauet", "rundkjøringen"],
}
REST = ["kaffen", "sekken", "onsdagen", "hunden", "telefonen", "skjorta", "brødet", "klokka", "stolen", "vinduet"]
INFORMANTS = "source,speaker,informant,role\n*,I,,interviewer\n*,R,F1,informant\n"
CODER = "Kari"


def source_text(name: str, turns: int = 15) -> tuple[str, list[tuple[int, int, str]]]:
    """Give a source's text, and the (start, end, code) of the sentences that carry a code."""
    random = Random(name)
    text, coded = "", []
    for _turn in range(turns):
        text += "I: Kan du fortelle mer?\nR: "
        for sentence in range(2):
            code = random.choice([*WORDS, None, None, None])
            words = random.sample(WORDS[code] if code else REST, 2)
            said = f"Jeg husker {words[0]} og {words[1]} og {random.choice(REST)}."
            if code:
                coded.append((len(text), len(text) + len(said), code))
            text += said + ("\n" if sentence else " ")
    return text, coded


def taught_study(path: Path, sources: int = 5, *, uncoded: int = 1) -> Path:
    """Make a study whose sources are coded by one coder, but for the last `uncoded`."""
    folder = path.parent / "texts"
    folder.mkdir()
    texts = {f"s{number}": source_text(f"s{number}") for number in range(sources + uncoded)}
    for name, (text, _coded) in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    Project.create(path, read_codebook(CODEBOOK.encode(), "stoff.yaml"), coder="tester").close()
    with Project.open(path) as project:
        Importer(project, "tester", read_informants(INFORMANTS.encode(), "i.csv")).run([folder])
    code_as(path, CODER, [f"s{number}" for number in range(sources)])
    return path


def code_as(path: Path, coder: str, names: list[str], *, every: int = 1) -> None:
    """Let a coder code sources: every sentence that carries a code, or one in so many."""
    bench = Workbench.open(path, coder)
    try:
        guids = {state.name: state.guid for state in bench.sources()}
        for name in names:
            text, coded = source_text(name)
            assert bench.transcript(guids[name]).text == text
            for start, end, code in coded[::every]:
                bench.code(guids[name], start, end, code)
    finally:
        bench.close()

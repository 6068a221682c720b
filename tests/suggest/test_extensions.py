"""Suggesters of others: found by their entry point, heard beside koding's own, and left out where they fail."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from kept import KeptInMemory
from suggest_samples import codebook, covered, transcript

from koding.model.codebook import Codebook, Example
from koding.model.coding import Suggestion
from koding.suggest.extension import Extensions, Proposal, SpokenTurn, Suggester
from koding.suggest.process import protocol
from koding.suggest.process.batch import suggest_all
from koding.suggest.process.children import Crew, crew
from koding.suggest.process.client import SuggestionClient
from koding.suggest.process.keeping import Keeper
from koding.suggest.process.protocol import TurnText

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "koding-eksempel"
BOOK = codebook({"ensomhet": ["ensom"], "arbeid": ["få jobb"]})
INTERVIEW = transcript("I: Var du ensom?", "R: Det ringte sjelden noen på døra mi. Jeg var ensom.")
Install = Callable[..., None]


def with_examples(book: Codebook) -> Codebook:
    first, *rest = book.codes
    examples = (Example("Det ringte nesten aldri noen på døra."),)
    return replace(book, codes=(replace(first, examples=examples), *rest))


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Put a package in place as pip leaves it: the module, and the record that names its entry point."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def put(name: str, version: str, points: dict[str, str], module: Path | str) -> None:
        record = tmp_path / f"{name.replace('-', '_')}-{version}.dist-info"
        record.mkdir()
        (record / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", "utf-8")
        lines = "".join(f"{key} = {value}\n" for key, value in points.items())
        (record / "entry_points.txt").write_text(f"[koding.suggesters]\n{lines}", "utf-8")
        if isinstance(module, Path):
            shutil.copy(module, tmp_path)
        else:
            (tmp_path / f"{name.replace('-', '_')}.py").write_text(module, "utf-8")

    return put


@pytest.fixture
def example(install: Install) -> None:
    """Install the example of the docs by its own pyproject.toml."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
    points = project["entry-points"]["koding.suggesters"]
    install(project["name"], project["version"], points, EXAMPLE / "koding_eksempel.py")


def heard(**more: object) -> tuple[list[Suggestion], list[str]]:
    """Give what all suggesters say of the interview, and the notes."""
    notes: list[str] = []
    found = list(suggest_all(with_examples(BOOK), [INTERVIEW], on_note=notes.append, **more))
    return found, notes


@pytest.mark.usefixtures("either_way")
def test_the_example_of_the_docs_suggests_beside_the_rules(example: None) -> None:
    (near, rule), notes = heard()
    assert notes == []
    assert (near.code, near.origin, rule.origin) == ("ensomhet", "eksempel/1.0", "rules")
    assert covered(INTERVIEW.text, near)[0] == "Det ringte sjelden noen på døra mi."
    assert "nesten aldri" in near.why
    assert 0.5 <= near.score <= 1


def test_the_process_tells_which_extensions_there_are(example: None) -> None:
    ready: list[protocol.Ready] = []
    list(suggest_all(BOOK, [INTERVIEW], on_ready=ready.append))
    assert ready[0].extensions == {"eksempel": "1.0"}


def test_what_an_extension_finds_is_kept_and_sought_again_for_another_version(
    example: None, install: Install, tmp_path: Path
) -> None:
    cache = KeptInMemory()
    first, _ = heard(cache=cache)
    assert "extension:eksempel" in cache.written[0][2]
    assert heard(cache=cache)[0] == first
    assert len(cache.written) == 1
    module = tmp_path / "koding_eksempel.py"
    # Of another length: what was compiled is taken for current where time and length are the same.
    module.write_text(module.read_text("utf-8").replace('version = "1.0"', 'version = "2.0.1"'), "utf-8")
    (near, _), _ = heard(cache=cache)
    assert near.origin == "eksempel/2.0.1"
    assert cache.written[1][1:] == (False, ["extension:eksempel"])


async def test_a_screen_hears_it_too(example: None) -> None:
    for cache in (None, KeptInMemory()):
        client = SuggestionClient(cache=cache)
        await client.start(with_examples(BOOK))
        ((_, items),) = [answer async for answer in client.suggest(INTERVIEW, [1])]
        assert [item.origin for item in items] == ["eksempel/1.0", "rules"]
        await client.close()


FAILING = {
    "cannot be imported": "import nothing_of_the_kind\n",
    "raises when made": "def make(codebook):\n    raise RuntimeError('no\\nmodel')\n",
    "ends the program": "import sys\ndef make(codebook):\n    sys.exit(4)\n",
    "has no version": "class make:\n    def __init__(self, codebook): pass\n    def suggest(self, turn): return []\n",
    "raises on a turn": (
        "class make:\n    version = '1'\n    def __init__(self, codebook): pass\n"
        "    def suggest(self, turn): raise RuntimeError('no')\n"
    ),
    "prints": (
        "class make:\n    version = '1'\n    def __init__(self, codebook): print('hello')\n"
        "    def suggest(self, turn):\n        print('hello')\n        raise RuntimeError('no')\n"
    ),
}


@pytest.mark.parametrize("fault", list(FAILING))
def test_one_that_fails_is_a_note_and_the_rules_go_on(install: Install, fault: str) -> None:
    install("broken", "1", {"broken": "broken:make"}, FAILING[fault])
    cache = KeptInMemory()
    (rule,), notes = heard(cache=cache)
    assert rule.origin == "rules"
    (note,) = notes
    assert "broken" in note
    assert "\n" not in note
    assert all("extension:broken" not in written[2] for written in cache.written)


FAILS_ON_A_WORD = """
class make:
    version = '1'
    def __init__(self, codebook): pass
    def suggest(self, turn):
        if "lakseslakteri" in turn.text:
            raise RuntimeError("no")
        return []
"""


def test_one_that_fails_in_one_process_is_left_out_by_all(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    install("broken", "1", {"broken": "broken:make"}, FAILS_ON_A_WORD)
    monkeypatch.setenv("KODING_PROCESSES", "2")
    asked: list[tuple[str, ...] | None] = []
    encode = protocol.encode

    def seen(message: protocol.Request | protocol.Reply) -> bytes:
        if isinstance(message, protocol.Suggest):
            asked.append(message.parts)
        return encode(message)

    monkeypatch.setattr(protocol, "encode", seen)
    cache, notes = KeptInMemory(), []
    sources = [transcript("R: Jeg fikk jobb på lakseslakteriet.", guid=f"s{number}") for number in range(30)]
    found = list(suggest_all(BOOK, sources, cache=cache, on_note=notes.append))
    assert [(item.source, item.origin) for item in found] == [(source.guid, "rules") for source in sources]
    assert len(notes) == 1
    assert "extension:broken" in asked[0]
    assert "extension:broken" not in asked[-1]
    assert all(written[2] == ["families"] for written in cache.written)


def test_where_there_are_extensions_one_process_reads(install: Install) -> None:
    assert crew(extended=Keeper(BOOK, None, "").extended).share
    install("broken", "1", {"broken": "broken:make"}, FAILS_ON_A_WORD)
    assert crew(extended=Keeper(BOOK, None, "").extended) == Crew()


class Fixed:
    """Proposes the same for every turn."""

    version = "1"

    def __init__(self, *proposals: Proposal) -> None:
        self.proposals = proposals
        self.turns: list[SpokenTurn] = []

    def suggest(self, turn: SpokenTurn) -> tuple[Proposal, ...]:
        self.turns.append(turn)
        return self.proposals


def loaded(suggester: Suggester) -> Extensions:
    extensions = Extensions(BOOK)
    extensions._loaded["fixed"] = suggester
    return extensions


TURN = TurnText(0, 100, "Jeg var ensom.", "nb")
SPOKEN = SpokenTurn(TURN.text, "nb", ())
GOOD = Proposal(4, 14, "ensomhet", 0.7, "to\nlinjer", {"status": "avvist"}, ((8, 13), (4, 7)))


def test_positions_become_those_of_the_source_and_the_reason_one_line() -> None:
    (item,) = loaded(Fixed(GOOD)).suggest("fixed", TURN, SPOKEN, "s")
    assert (item.start, item.end, item.source, item.origin) == (104, 114, "s", "fixed/1")
    assert [(part.start, part.end) for part in item.evidence] == [(104, 107), (108, 113)]
    assert item.why == "to linjer"
    assert dict(item.facets) == {"status": "avvist"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": -1},
        {"end": 15},
        {"start": 14},
        {"code": "ukjent"},
        {"score": 0},
        {"score": 1.5},
        {"score": float("nan")},
        {"facets": {"status": "ukjent"}},
        {"facets": {"ukjent": "avvist"}},
        {"evidence": ((3, 6),)},
        {"evidence": ((8, 8),)},
    ],
    ids=str,
)
def test_a_proposal_that_makes_no_sense_leaves_the_extension_out(wrong: dict[str, object]) -> None:
    extensions = loaded(Fixed(replace(GOOD, **wrong)))
    assert extensions.suggest("fixed", TURN, SPOKEN, "s") == []
    assert "fixed" not in extensions.versions
    assert len(extensions.notes) == 1
    assert extensions.suggest("fixed", TURN, SPOKEN, "s") == []


def test_an_extension_gets_sentences_with_lemmas(install: Install) -> None:
    install(
        "lemmas",
        "1",
        {"lemmas": "lemmas:make"},
        "from koding.suggest.extension import Proposal\n"
        "class make:\n    version = '1'\n    def __init__(self, codebook): pass\n"
        "    def suggest(self, turn):\n        for each in turn.sentences:\n"
        "            why = f'{turn.language} {turn.question} {\" \".join(each.lemmas)}'\n"
        "            yield Proposal(each.start, each.end, 'arbeid', 1, why)\n",
    )
    found, _ = heard()
    first, second = [item.why.split() for item in found if item.code == "arbeid"]
    assert first[:5] == ["nb", "Var", "du", "ensom?", "den"]
    assert {"ringe", "dør"} <= set(first)
    assert second[4:] == ["jeg", "være", "ensom"]


def test_the_example_can_be_built_where_its_backend_is_there(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="hatchling is not installed here, and a test fetches nothing")
    offline = ("--no-deps", "--no-index", "--no-build-isolation")
    built = subprocess.run(
        [sys.executable, "-m", "pip", "install", *offline, "--target", str(tmp_path / "site"), str(EXAMPLE)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "site" / "koding_eksempel.py").exists()

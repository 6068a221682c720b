"""What every test stands on: English messages, a named person, and a small study to work in."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from koding.suggest.language.pipeline import MODEL, is_installed
from tests.studies import copied, small_study

# Read at the first string and the first write: set before any test runs, whatever machine it runs on.
os.environ["KODING_LANG"] = "en"
os.environ["KODING_CODER"] = "tester"
# Each process that suggests would spend half its time on loading the model: tests have it by `with_model`, `either_way`.
os.environ["KODING_MODEL"] = "off"
for name in ("KODING_DEBUG", "KODING_JOURNAL_MODE", "KODING_LOCK_WAIT", "KODING_PROCESSES", "COLUMNS", "FORCE_COLOR"):
    os.environ.pop(name, None)

# No test is decided by how long it took.
settings.register_profile("koding", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("koding")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the small study, made once; tests work on copies."""
    return small_study(tmp_path_factory.mktemp("template") / "small.koding")


@pytest.fixture
def study(template: Path, tmp_path: Path) -> Path:
    """Give a small study of the test's own."""
    return copied(template, tmp_path)


@pytest.fixture
def with_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Suggest with the language model; where it is not installed, the test is left out."""
    monkeypatch.delenv("KODING_MODEL")
    if not is_installed():
        pytest.skip(f"{MODEL} is not installed")


@pytest.fixture(params=["without the model", "with the model"])
def either_way(request: pytest.FixtureRequest) -> None:
    """Run the test without the language model and, where it is installed, with it."""
    if request.param == "with the model":
        request.getfixturevalue("with_model")


@dataclass(frozen=True)
class Ran:
    """What a command did: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Koding = Callable[..., Ran]


@pytest.fixture
def koding(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Koding]:
    """Run the koding command in this process, as the entry point does."""
    from koding.cli.main import main

    def run(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["koding", *map(str, arguments)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capfd.readouterr()
        status = ended.value.code
        assert isinstance(status, int)
        return Ran(status, printed.out, printed.err)

    return run  # type: ignore[return-value]

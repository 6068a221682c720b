"""Whether the language model is there, and putting it in place; pip and spaCy are played, the files are real."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from koding.session import models
from koding.session.models import ModelInstallFault, ModelStatus, find_wheel, install_model, model_status
from koding.suggest.language.pipeline import MODEL

Program = Callable[[Sequence[str]], subprocess.CompletedProcess[str]]


def wheel(folder: Path, version: str = "3.8.0", name: str = "core_news_sm") -> Path:
    """Write a wheel that looks like the model's."""
    file = folder / f"{MODEL}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(f"{MODEL}/meta.json", json.dumps({"lang": "nb", "name": name, "version": version}))
    return file


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KODING_LANG", "en")


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Let every program succeed, and give what was run."""
    seen: list[list[str]] = []

    def run(arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
        seen.append(list(arguments))
        return subprocess.CompletedProcess(arguments, 0, "", "")

    monkeypatch.setattr(models, "_run", run)
    return seen


def fails(monkeypatch: pytest.MonkeyPatch, which: str, output: str) -> None:
    """Let the program whose arguments contain `which` fail with this output."""

    def run(arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
        failed = any(which in argument for argument in arguments)
        return subprocess.CompletedProcess(arguments, int(failed), output if failed else "", "")

    monkeypatch.setattr(models, "_run", run)


def test_a_wheel_is_installed_without_a_network_and_tried(tmp_path: Path, ran: list[list[str]]) -> None:
    file = wheel(tmp_path)
    install_model(file)
    pip, trial = ran
    assert pip[:2] == ["-m", "pip"]
    assert {"--no-deps", "--no-index", str(file)} <= set(pip)
    assert "spacy.load" in trial[1]


def test_the_newest_wheel_of_a_folder_is_taken(tmp_path: Path) -> None:
    for version in ("3.8.0", "3.10.0", "3.9.1"):
        wheel(tmp_path, version)
    (tmp_path / "README.md").write_text("en annen fil")
    assert find_wheel(tmp_path).name == f"{MODEL}-3.10.0-py3-none-any.whl"


def test_a_local_version_is_a_version(tmp_path: Path) -> None:
    assert find_wheel(wheel(tmp_path, "3.8.0+lokal.1")).name.startswith(MODEL)


def test_what_is_no_model_is_refused_before_pip_is_asked(tmp_path: Path, ran: list[list[str]]) -> None:
    text = tmp_path / f"{MODEL}-1.0-py3-none-any.whl"
    text.write_text("ingen zip")
    other = tmp_path / "numpy-2.0-py3-none-any.whl"
    other.write_bytes(b"")
    nested = tmp_path / "other"
    nested.mkdir()
    wrong = wheel(nested, name="core_web_sm")
    for file in (text, other, wrong):
        with pytest.raises(ModelInstallFault, match="is not a wheel"):
            install_model(file)
    with pytest.raises(ModelInstallFault, match="no file"):
        install_model(tmp_path / "borte.whl")
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(ModelInstallFault, match="no wheel"):
        install_model(empty)
    assert ran == []


def test_without_a_file_spacy_fetches_it(ran: list[list[str]]) -> None:
    install_model(None)
    assert ran[0] == ["-m", "spacy", "download", MODEL]


@pytest.mark.parametrize(
    "output",
    [
        "requests.exceptions.ConnectionError: Max retries exceeded",
        "ERROR: Could not find a version that satisfies\nERROR: No matching distribution found",
        "socket.gaierror: [Errno -3] Temporary failure in name resolution",
    ],
)
def test_no_network_is_said_with_the_way_out(monkeypatch: pytest.MonkeyPatch, output: str) -> None:
    fails(monkeypatch, "download", output)
    with pytest.raises(ModelInstallFault, match="no way to the internet") as caught:
        install_model(None)
    assert "koding model install FILE" in str(caught.value)


def test_another_fault_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fails(monkeypatch, "download", "Traceback\n  here\nERROR: no space left on device\nmore")
    with pytest.raises(ModelInstallFault, match="no space left on device") as caught:
        install_model(None)
    assert "\n" not in str(caught.value)
    fails(monkeypatch, "pip", "error: externally-managed-environment")
    with pytest.raises(ModelInstallFault, match="externally-managed"):
        install_model(wheel(tmp_path))


def test_a_model_that_does_not_load_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fails(monkeypatch, "spacy.load", "OSError: [E053] Could not read config file")
    with pytest.raises(ModelInstallFault, match=r"does not load.*E053"):
        install_model(wheel(tmp_path))


def test_a_python_without_pip_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(models.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(ModelInstallFault, match="no pip") as caught:
        install_model(wheel(tmp_path))
    assert f"{sys.executable} -m ensurepip" in str(caught.value)


@pytest.mark.parametrize(
    ("versions", "setting", "used", "said"),
    [
        ({MODEL: "", "spacy": "3.8.2"}, "", False, "is not installed"),
        ({MODEL: "3.8.0", "spacy": "3.8.2"}, "", True, "3.8.0 is installed (spaCy 3.8.2)"),
        ({MODEL: "3.8.0", "spacy": "3.8.2"}, "off", False, "KODING_MODEL=off"),
        ({MODEL: "3.7.0", "spacy": "3.8.2"}, "", False, "another release of spaCy"),
    ],
)
def test_the_status_tells_how_it_is(
    monkeypatch: pytest.MonkeyPatch, versions: dict[str, str], setting: str, used: bool, said: str
) -> None:
    monkeypatch.setattr(models, "_version", versions.__getitem__)
    monkeypatch.setenv("KODING_MODEL", setting)
    found = model_status()
    assert isinstance(found, ModelStatus)
    assert (found.installed, found.used) == (bool(versions[MODEL]), used)
    assert said in " ".join(found.lines())

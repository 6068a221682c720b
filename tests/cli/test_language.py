"""What click says of itself is said in the language of the interface too."""

from __future__ import annotations

import ast
import gettext
import os
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from koding.cli import language

#: What earlier versions of click say.
EARLIER = {"No such option: {name}", "{value!r} is not one of {choices}.", "Positional arguments"}


def words_of_click() -> Iterator[str]:
    """Give every string that the installed click marks for translation."""
    for file in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}:
                yield from (part.value for part in node.args if isinstance(part, ast.Constant))


def test_the_marked_words_are_those_of_click() -> None:
    marked = {word for words in language.CLICK_WORDS for word in ([words] if isinstance(words, str) else words)}
    # Click puts these together from the kind of a path.
    composed = {"File", "Directory", "Path", "required"}
    assert marked - set(words_of_click()) - EARLIER - composed == set()


@pytest.fixture
def norwegian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give a catalogue of two words as that of Bokmål."""
    messages = pytest.importorskip("babel.messages.mofile")
    from babel.messages.catalog import Catalog

    catalogue = Catalog(locale="nb")
    catalogue.add("Usage:", "Bruk:")
    catalogue.add("Missing argument", "Det mangler et argument:")
    file = tmp_path / "nb" / "LC_MESSAGES" / "koding.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as stream:
        messages.write_mo(stream, catalogue)
    monkeypatch.setattr(language, "LOCALE_FOLDER", tmp_path)
    monkeypatch.setenv("KODING_LANG", "nb")
    monkeypatch.setenv("LANGUAGE", os.environ.get("LANGUAGE", ""))
    yield
    gettext.textdomain("messages")


def test_click_speaks_the_language_of_the_interface(koding, norwegian: None, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = koding("sources")
    assert wrong.code == 2
    assert wrong.err.startswith("Bruk: koding sources")
    assert "Det mangler et argument: 'STUDY'." in wrong.err
    monkeypatch.setenv("KODING_LANG", "en")
    assert koding("sources").err.startswith("Usage: koding sources")

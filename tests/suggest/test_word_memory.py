"""What the dictionaries said of words is remembered, and answers without them."""

from __future__ import annotations

import pytest
from simplemma.strategies import DictionaryLookupStrategy

from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.memory import RememberingLexicon

WORDS = ["jentene", "arbeidsmarkedet", "einsam", "ensomme", "itj", "spesialistar", "xyzæøå", "sommerjobben", "å", "-"]


def ask(lexicon: Lexicon) -> list[object]:
    """Ask all there is to ask."""
    return [
        (
            lexicon.lemma(word, language),
            lexicon.keys(word, language),
            lexicon.knows(word),
            lexicon.parts(word),
            lexicon.is_inflected_verb(word),
        )
        for word in WORDS
        for language in ("nb", "nn")
    ]


def without_dictionaries(patch: pytest.MonkeyPatch) -> None:
    def refuse(*_asked: object) -> None:
        pytest.fail("a dictionary was asked")

    patch.setattr(DictionaryLookupStrategy, "get_lemma", refuse)


def test_it_answers_as_the_dictionaries_do() -> None:
    lexicon = RememberingLexicon()
    assert ask(lexicon) == ask(Lexicon())
    assert ask(lexicon) == ask(Lexicon())


def test_what_was_written_down_needs_no_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    first = RememberingLexicon()
    answers = ask(first)
    data = first.written()
    second = RememberingLexicon()
    second.remember(data)
    without_dictionaries(monkeypatch)
    assert ask(second) == answers
    assert second.written() == b""


def test_only_what_is_new_is_written_down_again() -> None:
    lexicon = RememberingLexicon()
    assert lexicon.written() == b""
    lexicon.lemma("jentene")
    assert lexicon.written()
    lexicon.lemma("jentene")
    assert lexicon.written() == b""
    lexicon.lemma("guttene")
    again = RememberingLexicon()
    again.remember(lexicon.written())
    assert again.lemma("jentene") == "jente"


@pytest.mark.parametrize("data", [b"", b"nonsense", b"x\x9c\x8b\x05\x00\x00\x01\x00\x01"])
def test_what_is_no_memory_is_left_alone(data: bytes) -> None:
    lexicon = RememberingLexicon()
    lexicon.remember(data)
    assert lexicon.lemma("jentene") == "jente"

"""What the dictionaries said of words is remembered, and answers without them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.suggest.language import linguistics
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.memory import RememberingLexicon
from koding.suggest.language.word_lines import Line, WordLines, joined, merged
from koding.suggest.rules.set_phrases import SetPhrases

WORDS = ["jentene", "arbeidsmarkedet", "einsam", "ensomme", "itj", "spesialistar", "xyzæøå", "sommerjobben", "å", "-"]
WORD = st.none() | st.sampled_from(["jobb", "å", "før-jul"])
PARTS = st.none() | st.frozensets(st.sampled_from(["jobb", "sommer"]))


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
    def refuse() -> None:
        pytest.fail("the dictionaries were asked")

    patch.setattr(linguistics, "entries", refuse)


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


def test_set_phrases_are_read_without_a_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    without_dictionaries(monkeypatch)
    assert SetPhrases(RememberingLexicon())


def test_what_is_learned_later_is_joined_to_what_was_written_first(monkeypatch: pytest.MonkeyPatch) -> None:
    data, asked = b"", WORDS * 2
    for number in range(len(asked)):
        # More pieces than are searched one after the other.
        lexicon = RememberingLexicon()
        lexicon.remember(data)
        lexicon.lemma(asked[number], "nb" if number < len(WORDS) else "nn")
        lexicon.parts(asked[number])
        data = joined(data, lexicon.written())
    last = RememberingLexicon()
    last.remember(data)
    without_dictionaries(monkeypatch)
    fresh = [(last.lemma(word), last.lemma(word, "nn"), last.parts(word)) for word in WORDS]
    monkeypatch.undo()
    lexicon = Lexicon()
    assert fresh == [(lexicon.lemma(word), lexicon.lemma(word, "nn"), lexicon.parts(word)) for word in WORDS]


def test_what_several_have_learned_is_put_together_as_if_one_had(monkeypatch: pytest.MonkeyPatch) -> None:
    before = b""
    for word in WORDS * 2:
        # More pieces than are searched one after the other, and fewer.
        alone, several = RememberingLexicon(), [RememberingLexicon() for _ in range(3)]
        for lexicon in (alone, *several):
            lexicon.remember(before)
        for number, own in enumerate((f"{word}saken", f"{word}dagen", f"{word}dagen")):
            for lexicon in (alone, several[number]):
                lexicon.lemma(own)
                lexicon.lemma(word)
                if number:
                    lexicon.parts(own)
                    lexicon.lemma(own, "nn")
        data = merged([lexicon.written() for lexicon in several])
        assert data == alone.written()
        before = joined(before, data)
    last = RememberingLexicon()
    last.remember(before)
    without_dictionaries(monkeypatch)
    assert all(last.lemma(f"{word}saken") and last.parts(f"{word}dagen") is not None for word in WORDS)


def test_what_nobody_has_learned_is_nothing() -> None:
    assert merged([]) == merged([b"", b""]) == b""
    lexicon = RememberingLexicon()
    lexicon.lemma("kålrabien")
    data = lexicon.written()
    assert merged([b"", data]) == data


@given(st.dictionaries(st.text(min_size=1), st.builds(Line, WORD, WORD, st.none() | st.booleans(), PARTS), max_size=9))
def test_lines_come_back_as_they_were(known: dict[str, Line]) -> None:
    lines = WordLines(WordLines().with_lines(known.items()))
    for form, line in known.items():
        assert lines.of(form) == (line if not {"\t", "\n"} & set(form) else Line())
    assert lines.of("-") == known.get("-", Line())


def test_only_what_is_new_is_written_down_again() -> None:
    lexicon = RememberingLexicon()
    assert lexicon.written() == b""
    lexicon.lemma("dyrkingsmetodene")
    assert lexicon.written()
    lexicon.lemma("dyrkingsmetodene")
    assert lexicon.written() == b""
    lexicon.lemma("kålrabien")
    again = RememberingLexicon()
    again.remember(lexicon.written())
    assert again.lemma("dyrkingsmetodene") == "dyrkingsmetode"


@pytest.mark.parametrize("data", [b"", b"nonsense", b"x\x9c\x8b\x05\x00\x00\x01\x00\x01"])
def test_what_is_no_memory_is_left_alone(data: bytes) -> None:
    lexicon = RememberingLexicon()
    lexicon.remember(data)
    assert lexicon.lemma("jentene") == "jente"

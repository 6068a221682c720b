"""Words as counts see them: between white space, with a letter or digit in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.model.words import count_words, word_starts

TEXTS = st.text(st.sampled_from("aåz9_ .,-()[]🙂\n\t\u00a0–"), max_size=60)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("  \n ", 0),
        ("(...) –", 0),
        ("Telefonen ringte aldri.", 3),
        ("[ler] ikke-norsk", 2),
        ("… ja", 1),
        ("1,5 prosent", 2),
        ("Å være på Røst", 4),
        ("🙂 fin", 1),
        ("flytt- eh", 2),
    ],
)
def test_words_are_counted_as_a_reader_would(text: str, words: int) -> None:
    assert count_words(text) == words


@given(TEXTS)
def test_as_many_words_start_as_there_are(text: str) -> None:
    starts = word_starts(text)
    assert len(starts) == count_words(text) == sum(any(c.isalnum() or c == "_" for c in w) for w in text.split())
    assert all(text[start].isalnum() or text[start] == "_" for start in starts)


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_a_stretch_is_counted_as_its_own_text(text: str, start: int, width: int) -> None:
    start = min(start, len(text))
    assert count_words(text, start, start + width) == count_words(text[start : start + width])

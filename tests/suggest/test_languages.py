"""Bokmål, or Nynorsk and dialect, decided for a speaker over all that was said."""

from __future__ import annotations

import pytest
from suggest_samples import transcript

from koding.suggest.language.languages import language_of, speaker_languages


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Jeg vet ikke hvorfor vi flyttet, men det ble ikke noe av.", "nb"),
        ("Eg veit ikkje kvifor vi flytta, men det vart ikkje noko av.", "nn"),
        ("Æ veit itj koffor vi flytta, det bare va sånn.", "nn"),
        ("", "nb"),
        ("Oslo.", "nb"),
        ("Jeg sa til han: «eg», sier du, ikke jeg, men det er ikke noe.", "nb"),
    ],
)
def test_small_words_decide(text: str, language: str) -> None:
    assert language_of([text]) == language


def test_a_speaker_has_one_language_even_where_a_turn_says_nothing_of_it() -> None:
    found = speaker_languages(
        transcript("I: Hvorfor dro dere ikke før?", "R: Oslo.", "R: Eg veit ikkje, eg var åleine.", "I: Ja vel.")
    )
    assert found == {"I": "nb", "R": "nn"}

"""Small talk holds theme words and is nothing to code; what tells a reason is never taken for it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numbered_settings import numbered

from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import units
from koding.suggest.language.tokens import words
from koding.suggest.meaning.numbered import Forms
from koding.suggest.meaning.plain_words import PlainWords
from koding.suggest.meaning.signs import OTHER, Setting
from koding.suggest.meaning.small_talk import TOLD, SmallTalk, learned, traits

PLAIN = PlainWords(Lexicon(), frozenset(), OTHER)
SMALL_TALK = SmallTalk(PLAIN, 0)
FORMS = Forms(SMALL_TALK.tell, TOLD)


def is_small_talk(*settings: Setting) -> list[bool]:
    return SMALL_TALK.find(numbered(settings, FORMS), np.arange(len(settings))).tolist()


def setting(text: str) -> Setting:
    (unit,) = units(text)
    return Setting(unit.words, asks=text.endswith("?"))


@pytest.mark.parametrize(
    "text",
    [
        "Skal vi sitte her, eller er det mer stille på kjøkkenet?",
        "Bestemor pleide å si at den som er redd, ikke skal gå i skogen.",
        "I dag har bussen til skolen ny sjåfør, så du det?",
        "Skal me ta kaffien først, eller byrjar du å spørje?",
    ],
)
def test_chat_and_sayings_are_small_talk(text: str) -> None:
    assert is_small_talk(setting(text)) == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Jeg var ensom der, så vi flyttet til Oslo.",
        "Det var ikke jobben som gjorde at vi dro.",
        "Eg fekk ikkje arbeid i bygda, difor reiste me.",
        "Vi hadde fire timer til nærmeste spesialist.",
    ],
)
def test_what_tells_a_reason_is_not(text: str) -> None:
    assert is_small_talk(setting(text)) == [False]


def test_traits_are_of_the_words_in_one_spelling_and_as_they_stand() -> None:
    found = set(traits(setting("Eg var ikkje heime, altså?"), PLAIN))
    assert {"jeg var ikke", "=eg var", "=ikkje heime", "=?"} <= found
    assert "=altså" not in found


WORDS = st.sampled_from(
    [
        "hva",
        "kaffen,",
        "bestemor",
        "skogen,",
        "vi",
        "flyttet",
        "eh",
        "ikkje",
        "jobben",
        "arbeidslaus",
        "skole-,",
        "*",
        "=",
        "#",
        "?",
    ]
)


@given(st.lists(st.tuples(st.lists(WORDS, min_size=1, max_size=30), st.booleans()), min_size=1, max_size=4))
def test_looked_up_together_they_are_what_their_traits_tell(said: list[tuple[list[str], bool]]) -> None:
    settings = [Setting(words(" ".join(spoken)), asks=asks) for spoken, asks in said]
    least = learned().least
    assert is_small_talk(*settings) == [learned().value(traits(each, PLAIN)) < least for each in settings]

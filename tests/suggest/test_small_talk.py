"""Small talk holds theme words and is nothing to code; what tells a reason is never taken for it."""

from __future__ import annotations

import pytest

from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import units
from koding.suggest.meaning.plain_words import PlainWords
from koding.suggest.meaning.signs import OTHER, Setting
from koding.suggest.meaning.small_talk import SmallTalk, traits

LEXICON = Lexicon()


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
    assert SmallTalk(LEXICON).is_small_talk(setting(text))


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
    assert not SmallTalk(LEXICON).is_small_talk(setting(text))


def test_traits_are_of_the_words_in_one_spelling_and_as_they_stand() -> None:
    found = set(traits(setting("Eg var ikkje heime, altså?"), PlainWords(LEXICON, frozenset(), OTHER)))
    assert {"jeg var ikke", "=eg var", "=ikkje heime", "=?"} <= found
    assert "=altså" not in found

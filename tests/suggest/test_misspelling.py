"""A word that no dictionary has meets the codebook's word that it is one letter, or a learner's ending, away from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from suggest_samples import codebook, shipped_rules

from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import units
from koding.suggest.process.protocol import TurnText
from koding.suggest.rules.misspelling import LETTERS, Likeness, one_letter_apart
from koding.suggest.rules.suggester import RuleSuggester

LEXICON = Lexicon()
_LETTERS = "abeknst"


def codes(indicator: str, text: str) -> list[str]:
    rules = RuleSuggester(codebook({"a": [indicator]}), LEXICON)
    return [item.code for item in rules.suggest(TurnText(0, 0, text, "nb"), units(text))]


@pytest.mark.parametrize(
    ("indicator", "text"),
    [
        ("ensomhet", "Det var ensommhet."),
        ("familie", "Jeg savner familen min."),
        ("spesialist", "Jeg trengte en spesalist."),
        ("sykehus", "Det er langt til sykehuest."),
        ("rasisme", "Vi møtte rassisme."),
        ("universitet", "Det er ingen universtet her."),
        ("introduksjonsprogram*", "Introdukjsonsprogrammet er ferdig."),
        ("barnehageplass*", "Vi fikk ikke barnehagepalss."),
        ("sosialhjelp*", "Vi levde av soialhjelpen."),
        ("sosialhjelp*", "Vi levde av soisalhjelpen."),
        ("spesialist", "Vi ventet på en spesialsit."),  # seems a compound of what would be too short a word
        ("familie", "Jeg savner famlie."),  # a letter of seven is missing
        ("barn", "Barnene mine er her."),
        ("familie", "Familia er i Oslo."),
    ],
)
def test_a_misspelt_word_is_found(indicator: str, text: str) -> None:
    assert codes(indicator, text) == ["a"]


@pytest.mark.parametrize(
    ("indicator", "text"),
    [
        ("hjelpe", "Jeg helte vann i glasset."),  # both are words
        ("lege", "Jeg leeg på sofaen."),  # too short
        ("ensomhet", "Det var ensokmhhet."),  # two letters
        ("familie", "Vi hadde en zamilie."),  # another first letter
        ("arbeid", "Vi fikk til et samarbeid."),
        ("flyktning", "Det er et flystyrt."),
        ("barnehage", "Det var en barnehale."),  # a compound
    ],
)
def test_another_word_is_not_taken_for_a_misspelling(indicator: str, text: str) -> None:
    assert codes(indicator, text) == []


def test_a_misspelt_word_counts_as_the_word_it_was_meant_for() -> None:
    rules = RuleSuggester(codebook({"a": ["ensomhet"]}), LEXICON)
    word, misspelt, part = (
        next(rules.suggest(TurnText(0, 0, text, "nb"), units(text))).score
        for text in ("Ensomhet.", "Ensommhet.", "Kveldsensomhet.")
    )
    assert word == misspelt > part


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Vi dro på grunn av ensommhet.", "ensomhet"),
        ("Det var mye ensommhet der.", "ensomhet"),
        ("Det var mye rassisme der.", "trygghet.rasisme"),
        ("Det var for langt til sykehuest.", "tjenester.helse"),
        ("Det var for langt til spesialsit.", "tjenester.helse"),
        ("Eg flytta på grunn av einsmeda.", "ensomhet"),
    ],
)
def test_the_shipped_codebook_finds_misspelt_reasons(text: str, code: str) -> None:
    found = shipped_rules().suggest(TurnText(0, 0, text, "nb"), units(text))
    assert code in [item.code for item in found]


def edits(word: str) -> set[str]:
    """Give every word one letter away, by trying them all."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    less = {first + last[1:] for first, last in cuts if last}
    more = {first + letter + last for first, last in cuts for letter in _LETTERS}
    other = {first + letter + last[1:] for first, last in cuts if last for letter in _LETTERS}
    swapped = {first + last[1] + last[0] + last[2:] for first, last in cuts if len(last) > 1}
    return (less | more | other | swapped) - {word}


@given(st.text(_LETTERS, min_size=1, max_size=7), st.text(_LETTERS, min_size=1, max_size=7))
def test_one_letter_apart_is_one_edit_and_no_more(one: str, other: str) -> None:
    assert one_letter_apart(one, other) == (other in edits(one))


@given(st.text(_LETTERS, min_size=2, max_size=8), st.data())
def test_every_edit_is_one_letter_apart_both_ways(word: str, data: st.DataObject) -> None:
    edited = data.draw(st.sampled_from(sorted(edits(word))))
    assert one_letter_apart(word, edited)
    assert one_letter_apart(edited, word)


@pytest.mark.parametrize("word", ["familie", "ensomhet", "sosialhjelp", "universitet"])
def test_every_edit_but_of_the_first_letter_is_understood(word: str) -> None:
    for edit in edits(word):
        if edit[0] == word[0] and max(len(edit), len(word)) >= LETTERS:
            assert word in Likeness([word], []).meant(edit)
            for ending in ("", "n", "stida"):
                assert word in Likeness([], [word]).begun(edit + ending)

"""Words and sentences of transcribed speech, always as spans of the text as it stands."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.suggest.language.sentences import BLOCK_WORDS, LONG_WORDS, bounded, sentences, units
from koding.suggest.language.tokens import BREAK, NOTHING, PAUSE, Words, words


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_notes_of_the_transcriber_are_no_words() -> None:
    assert [word.form for word in words("Ja (ler) det [latter] var (...) sånn (pause 3 sek) der")] == [
        *("ja", "det", "var", "sånn", "der")
    ]


def test_speech_in_brackets_is_speech() -> None:
    assert "jobben" in [word.form for word in words("Vi dro (det var ikke jobben) i mai")]


def test_what_stands_between_words_is_kept() -> None:
    text = "Ja, jeg ... vet (ler) ikke – nei"
    assert [(word.form, word.before) for word in words(text)] == [
        ("ja", NOTHING),
        ("jeg", BREAK),
        ("vet", PAUSE),
        ("ikke", PAUSE),
        ("nei", BREAK),
    ]


def test_decomposed_letters_are_one_word_whose_span_is_the_text_as_it_stands() -> None:
    text = unicodedata.normalize("NFD", "Åleine på Østlandet")
    found = words(text)
    assert [word.form for word in found] == ["åleine", "på", "østlandet"]
    assert text[found[0].start : found[0].end] == unicodedata.normalize("NFD", "Åleine")


def test_hyphens_hold_a_word_together_and_a_broken_word_keeps_its_hyphen() -> None:
    assert [word.form for word in words("NAV-veilederen sa flytt- flytte")] == [
        "nav-veilederen",
        "sa",
        "flytt-",
        "flytte",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi bodde der. Så dro vi.", ["Vi bodde der.", "Så dro vi."]),
        ("vi bodde der. så dro vi.", ["vi bodde der.", "så dro vi."]),
        ("Vi var der f.eks. to år, ca. to. Ja.", ["Vi var der f.eks. to år, ca. to.", "Ja."]),
        ("Vi kom 12. mai. Ja.", ["Vi kom 12. mai.", "Ja."]),
        ("Vi kom i 2015. Det snødde.", ["Vi kom i 2015.", "Det snødde."]),
        ("Per A. Hansen kom.", ["Per A. Hansen kom."]),
        ("Jeg bodde i kommune A. Der var det stille.", ["Jeg bodde i kommune A.", "Der var det stille."]),
        ("Jeg ... ville hjem.", ["Jeg ... ville hjem."]),
        ("Jeg savnet ... Amina hele tiden.", ["Jeg savnet ... Amina hele tiden."]),
        ("Og så ... Det var alt.", ["Og så ...", "Det var alt."]),
        ("Og så (...) nei.", ["Og så (...) nei."]),
        ("«Hvorfor?» spurte de. «Derfor!» Ja.", ["«Hvorfor?» spurte de.", "«Derfor!»", "Ja."]),
        ("Hva?! Nei.", ["Hva?!", "Nei."]),
        ("Mat, klær osv. Det gikk.", ["Mat, klær osv.", "Det gikk."]),
        ("En linje\nog mer av den.\n\nNytt avsnitt", ["En linje\nog mer av den.", "Nytt avsnitt"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_of_norwegian(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_speech_without_full_stops_is_cut_where_a_clause_opens() -> None:
    clause = "vi satt der inne hele vinteren med lyset på"
    text = f"{clause} men {clause} så {clause} og {clause} fordi {clause} men {clause}"
    found = split(text)
    assert len(found) > 1
    assert all(part.split()[0] in {"men", "så", "og", "fordi"} for part in found[1:])


def test_a_written_sentence_stays_whole_however_long() -> None:
    text = "Da vi kom, " + "og det var lenge siden, " * LONG_WORDS + "var det vinter."
    assert split(text) == [text]


@given(st.lists(st.sampled_from(["hus", "og", "vi", "(...)", "dro", ",", "...", "så"]), min_size=1, max_size=300))
def test_blocks_never_grow_long_nor_lose_a_word(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = units(text)
    assert [word for unit in found for word in unit.words] == list(words(text))
    assert all(len(unit.words) <= LONG_WORDS + BLOCK_WORDS for unit in found)


@given(st.text(alphabet=st.sampled_from("aÅøb  ,.?!:;-\n"), max_size=60))
def test_words_stand_where_their_letters_do(text: str) -> None:
    found = words(text)
    spans = [piece.span() for piece in re.finditer(r"\w+(?:-\w+)*-?", text)]
    # One by one first: where all of them stand is worked out in another way.
    each = [found[index] for index in range(-len(spans), len(spans))]
    assert [(word.start, word.end) for word in each] == [*spans, *spans]
    last = len(spans) - 1
    assert all(found.span(first, last) == (spans[first][0], spans[last][1]) for first in range(len(spans)))
    assert [(word.start, word.end) for word in found] == spans
    assert found.forms == tuple(text[start:end].lower() for start, end in spans)
    assert list(found.before) == [word.before for word in found]
    assert found[1:] == Words.of(list(found)[1:])


@given(st.text(alphabet=st.sampled_from('aÅø .?!…\n"»(),-1'), max_size=200))
def test_sentences_are_ordered_apart_and_hold_all_but_white_space(text: str) -> None:
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    inside = {place for start, end in spans for place in range(start, end)}
    assert all(place in inside or letter.isspace() for place, letter in enumerate(text))
    assert all(not text[start].isspace() and not text[end - 1].isspace() for start, end in spans)


def test_sentences_of_a_pipeline_are_kept_within_the_same_rules() -> None:
    text = "Vi dro.  Vi kom."
    assert bounded(text, [0, 9]) == [(0, 7), (9, 16)]

"""Lemmas across written languages and dialect, and the parts of compounds."""

from __future__ import annotations

import pytest

from koding.suggest.language.linguistics import Lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon()


def has_part(lexicon: Lexicon, compound: str, keyword: str) -> bool:
    """Tell whether a keyword is the first or the last part of a compound, or all of it, inflected."""
    wanted = lexicon.keys(keyword)
    return any(not wanted.isdisjoint(lexicon.keys(word)) for word in (compound, *lexicon.parts(compound)))


@pytest.mark.parametrize(
    ("form", "language", "meets"),
    [
        ("ensomme", "nb", "ensom"),
        ("vennene", "nb", "venn"),
        ("fikk", "nb", "få"),
        ("einsame", "nn", "ensom"),
        ("åleine", "nn", "alene"),
        ("studerer", "nn", "studere"),
        ("søkjer", "nn", "søke"),
        ("vener", "nn", "venn"),
        ("skulen", "nn", "skole"),
        ("vart", "nn", "bli"),
        ("itj", "nb", "ikke"),
        ("æ", "nb", "jeg"),
    ],
)
def test_forms_of_a_word_meet(lexicon: Lexicon, form: str, language: str, meets: str) -> None:
    assert lexicon.keys(form, language) & lexicon.keys(meets, "nb")


@pytest.mark.parametrize(
    ("one", "other"), [("meg", "jeg"), ("legge", "lege"), ("by", "bygge"), ("jobb", "jobbe"), ("er", "vær")]
)
def test_different_words_do_not_meet(lexicon: Lexicon, one: str, other: str) -> None:
    assert not lexicon.keys(one, "nb") & lexicon.keys(other, "nb")


@pytest.mark.parametrize(
    ("compound", "keyword"),
    [
        ("arbeidsmarkedet", "arbeid"),
        ("sommerjobben", "jobb"),
        ("lærerjobb", "jobb"),
        ("jobbtilbudet", "jobb"),
        ("skolevegen", "skole"),
        ("hudspesialisten", "spesialist"),
        ("flyktningtjenesten", "tjeneste"),
        ("spesialisthelsetjenesten", "spesialist"),
        ("hverdagsrasisme", "rasisme"),
        ("studieplassen", "studie"),
        ("barnehageplass", "plass"),
        ("fastlegen", "lege"),
        ("bussturen", "buss"),
        ("barneskolen", "skole"),
        ("NAV-veileder".lower(), "veileder"),
        ("norskkurset", "kurs"),
        ("husleia", "hus"),
        ("spesialister", "spesialist"),
    ],
)
def test_a_keyword_is_found_first_or_last_in_a_compound(lexicon: Lexicon, compound: str, keyword: str) -> None:
    assert has_part(lexicon, compound, keyword)


@pytest.mark.parametrize(
    ("word", "keyword"),
    [
        ("samarbeid", "arbeid"),
        ("medarbeider", "arbeid"),
        ("utdanning", "dans"),
        ("vennlig", "venn"),
        ("leiligheten", "leie"),
        ("tolkning", "tolk"),
        ("skolering", "skole"),
        ("vennskap", "skap"),
        ("familie", "lie"),
        ("byråd", "by"),
        ("helsing", "helse"),
    ],
)
def test_letters_alike_are_no_part(lexicon: Lexicon, word: str, keyword: str) -> None:
    assert not has_part(lexicon, word, keyword)


@pytest.mark.parametrize(
    ("form", "verb"), [("savnet", True), ("savner", True), ("fikk", True), ("skolen", False), ("legen", False)]
)
def test_a_finite_verb_is_told_from_a_noun(lexicon: Lexicon, form: str, verb: bool) -> None:
    assert lexicon.is_inflected_verb(form) is verb

"""The indicator language: what a researcher writes, what it comes to, and what is said about a slip."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.suggest.rules.patterns import GAP_WORDS, IndicatorFault, Match, Slot, Term, parse


def test_a_word_is_matched_by_lemma_and_case_does_not_matter() -> None:
    pattern = parse("Ensom")
    assert pattern.slots == (Slot((Term(Match.LEMMA, "ensom"),)),)
    assert not pattern.weak


def test_words_of_a_phrase_stand_next_to_each_other() -> None:
    assert [slot.gap for slot in parse("ingen gode venner").slots] == [0, 0, 0]


@pytest.mark.parametrize("dots", ["...", "…"])
def test_dots_are_a_gap_before_the_next_word(dots: str) -> None:
    assert [slot.gap for slot in parse(f"ringte {dots} aldri").slots] == [0, GAP_WORDS]


def test_alternatives_share_a_place() -> None:
    first, second = parse("savne|lengte ... =mamma|familie*|*søster").slots
    assert [term.text for term in first.terms] == ["savne", "lengte"]
    assert second.terms == (Term(Match.FORM, "mamma"), Term(Match.PREFIX, "familie"), Term(Match.SUFFIX, "søster"))


def test_a_question_mark_by_itself_makes_it_weak() -> None:
    assert parse("stille ?").weak
    assert parse("stille ?").slots == parse("stille").slots


def test_a_word_field_gives_its_words() -> None:
    fields = {"yrke": ("sjef", "=lærer", "sykepleier*")}
    (slot,) = parse("@yrke|venn", fields).slots
    assert [(term.match, term.text) for term in slot.terms] == [
        (Match.LEMMA, "sjef"),
        (Match.FORM, "lærer"),
        (Match.PREFIX, "sykepleier"),
        (Match.LEMMA, "venn"),
    ]


def test_an_unknown_word_field_names_the_known_ones() -> None:
    fields = {"yrke": ("sjef",), "tro": ("moské",)}
    with pytest.raises(IndicatorFault, match=r"no word field @yrker\. Did you mean @yrke\?"):
        parse("@yrker ... ringe", fields)
    with pytest.raises(IndicatorFault, match="Known word fields: @tro, @yrke"):
        parse("@vær", fields)


@pytest.mark.parametrize(
    ("indicator", "remedy"),
    [
        ("", "at least one word"),
        ("  ?", "at least one word"),
        ("... venner", "word before"),
        ("ingen ...", "word after"),
        ("a||b", "alternatives without spaces"),
        ("ingen | få venner", "alternatives without spaces"),
        ("=", "missing after ="),
        ("*", "missing after *"),
        ("*jobb*", "first or last"),
        ("jo*bb", "first or last"),
        ("stille?", "space before"),
        ("ingen, venner", "punctuation"),
        ("«hei»", "punctuation"),
        ("@yrke", "No word fields"),
    ],
)
def test_a_slip_says_what_to_do(indicator: str, remedy: str) -> None:
    with pytest.raises(IndicatorFault) as fault:
        parse(indicator)
    assert remedy in fault.value.hint
    assert indicator in fault.value.message


_WORDS = st.text("abcdefghijklmnopqrstuvwxyzæøåé", min_size=1, max_size=8)


@given(st.lists(_WORDS, min_size=1, max_size=5), st.booleans())
def test_any_words_make_a_phrase_of_those_words(words: list[str], weak: bool) -> None:
    pattern = parse(" ... ".join(words) + (" ?" if weak else ""))
    assert [term.text for term in pattern.terms] == words
    assert pattern.weak is weak


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(IndicatorFault):
        assert parse(text).slots

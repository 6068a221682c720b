"""Which words a Norwegian sentence denies, in both written languages and in dialect."""

from __future__ import annotations

import re

import denials
import meaning_samples
import pytest

from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.tokens import words
from koding.suggest.meaning.denials import Denial, Kind
from koding.suggest.meaning.negation import Negation

LEXICON = Lexicon()


def found(sentence: str) -> list[Denial | None]:
    """Give the denial of each span in [brackets]."""
    text = sentence.replace("[", "").replace("]", "")
    spoken = words(text)
    negation = Negation(spoken, question=text.endswith("?"))
    spans = [
        (mark.start() - 2 * place, mark.end() - 2 * place - 2)
        for place, mark in enumerate(re.finditer(r"\[.*?\]", sentence))
    ]
    evidence = [[at for at, word in enumerate(spoken) if start <= word.start < end] for start, end in spans]
    return [negation.denial(at, LEXICON.is_inflected_verb) for at in evidence]


def denied(*blocks: str) -> list[str]:
    return [sentence for block in blocks for sentence in denials.cases(block)]


@pytest.mark.parametrize("sentence", denied(denials.FRAMED))
def test_the_reason_itself_is_denied(sentence: str) -> None:
    assert all(denial is not None and denial.kind is Kind.FRAMED for denial in found(sentence))


@pytest.mark.parametrize("sentence", denied(denials.DENIED, denials.UNSEEN_DENIED, denials.LATER_DENIED))
def test_it_is_denied(sentence: str) -> None:
    assert all(denial is not None for denial in found(sentence))


@pytest.mark.parametrize("sentence", denied(denials.STANDING, denials.UNSEEN_STANDING, denials.LATER_STANDING))
def test_it_stands(sentence: str) -> None:
    assert found(sentence) == [None] * sentence.count("[")


@pytest.mark.xfail(strict=True, reason="known misses of the rules")
@pytest.mark.parametrize("sentence", denied(denials.HARD_DENIED))
def test_denials_that_the_rules_miss(sentence: str) -> None:
    assert all(denial is not None for denial in found(sentence))


@pytest.mark.xfail(strict=True, reason="known misses of the rules")
@pytest.mark.parametrize("sentence", denied(denials.HARD_STANDING))
def test_what_the_rules_take_for_a_denial(sentence: str) -> None:
    assert found(sentence) == [None] * sentence.count("[")


def test_a_phrase_is_not_denied_by_its_own_negation() -> None:
    assert found("Jeg hadde [ingen venner] der.") == [None]
    assert found("Jeg [fikk ikke jobb] der.") == [None]


def test_a_phrase_with_its_own_negation_can_be_denied_as_the_reason() -> None:
    (denial,) = found("Det var ikke fordi jeg hadde [ingen venner].")
    assert denial is not None
    assert denial.kind is Kind.FRAMED


@pytest.mark.parametrize("sentence", ["Vi hadde ikke [lege] der.", "Det fantes ingen [spesialist] i bygda."])
def test_not_having_a_thing_is_a_lack(sentence: str) -> None:
    (denial,) = found(sentence)
    assert denial is not None
    assert denial.kind is Kind.LACK


def test_the_denying_word_is_named() -> None:
    sentence = "Eg var aldri [einsam]."
    (denial,) = found(sentence)
    assert denial is not None
    assert words(sentence)[denial.word].form == "aldri"


@pytest.mark.parametrize("case", meaning_samples.lines(meaning_samples.DENIALS))
def test_later_sentences(case: str) -> None:
    denied_, _, sentence = case.partition(" | ")
    assert all((denial is not None) == (denied_ == "D") for denial in found(sentence))


@pytest.mark.xfail(strict=True, reason="known misses of the rules")
@pytest.mark.parametrize("case", meaning_samples.lines(meaning_samples.HARD_DENIALS))
def test_later_sentences_that_the_rules_get_wrong(case: str) -> None:
    denied_, _, sentence = case.partition(" | ")
    assert all((denial is not None) == (denied_ == "D") for denial in found(sentence))


@pytest.mark.parametrize(
    ("sentence", "frames"),
    [
        ("Det var [ikke jobben].", True),
        ("Vi manglet [ikke venner].", True),
        ("Det var [ikke] dårlig [helsetilbud].", True),
        ("Jeg flyttet [ikke] hit for [jobben].", True),
        ("Jeg fikk [ikke jobb] der.", False),
        ("Det var [ikke skole] der.", False),
        ("Det var [aldri] nokon som [banka på].", False),
    ],
)
def test_a_negation_in_an_indicator_may_deny_the_lack_itself(sentence: str, frames: bool) -> None:
    text = sentence.replace("[", "").replace("]", "")
    marked = [
        (part.start() - 2 * place, len(part[1])) for place, part in enumerate(re.finditer(r"\[(.*?)\]", sentence))
    ]
    spoken = words(text)
    at = [
        index
        for index, word in enumerate(spoken)
        if any(start <= word.start < start + length for start, length in marked)
    ]
    assert Negation(spoken).frames(at) is frames

"""What signs weigh is the same whether they are spelt out or found word by word."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import units
from koding.suggest.language.tokens import words
from koding.suggest.meaning.plain_words import PlainWords
from koding.suggest.meaning.reader import readings
from koding.suggest.meaning.signs import OTHER, Setting, signs
from koding.suggest.meaning.weighing import Weighing

READINGS = readings()
PLAIN = PlainWords(Lexicon(), READINGS.known, OTHER)
WEIGHINGS = [Weighing(PLAIN, weights.signs) for weights in (READINGS.denied, READINGS.meant)]
SAID = [
    "Det var ikke jobben. Nei, det var eh skolen og vennene, men ikke kulda som gjorde at vi dro.",
    "Folk tror vi flyttet for husleia. Det stemmer ikke.",
    "Huset var fint, og venner hadde vi nok av, så det var ikke derfor!",
    "Har du vært ensom? Aldri, aldri, aldri. Det var ikkje det, ikkje det, nei.",
    "Æ va itj ensom, men det va langt te lægen (ler) – så langt, altså.",
]
WORDS = st.sampled_from(sorted({word.form for text in SAID for word in words(text)}))


def weighed(setting: Setting, evidence: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(weighing.around(setting, evidence) for weighing in WEIGHINGS)


def spelt_out(setting: Setting, evidence: tuple[int, ...]) -> tuple[int, ...]:
    placed = [sign for sign, _places in set(signs(setting, evidence, PLAIN))]
    return tuple(
        sum(round(1000 * weights.signs.get(sign, 0.0)) for sign in placed)
        for weights in (READINGS.denied, READINGS.meant)
    )


@pytest.mark.parametrize("text", SAID)
def test_in_sentences_with_those_beside_them(text: str) -> None:
    found = [unit.words for unit in units(text)]
    for before, spoken in pairwise([(), *found, ()]):
        setting = Setting(spoken, before, found[0], asks=text.endswith("!"))
        last = len(spoken) - 1
        for at in range(len(spoken)):
            for evidence in {(at,), tuple(sorted({at, last})), tuple(sorted({0, at, last}))}:
                assert weighed(setting, evidence) == spelt_out(setting, evidence)
                for weighing, value in zip(WEIGHINGS, spelt_out(setting, evidence), strict=True):
                    assert weighing.reaches(value, setting, evidence)
                    assert not weighing.reaches(value + 1, setting, evidence)


@given(st.lists(WORDS, min_size=1, max_size=12), st.lists(WORDS, max_size=18), st.data())
def test_for_any_words_at_any_places(said: list[str], beside: list[str], data: st.DataObject) -> None:
    mark = data.draw(st.sampled_from([" ", ", "]))
    spoken, other = words(mark.join(said)), words(" ".join(beside))
    places = data.draw(st.sets(st.integers(0, len(spoken) - 1), min_size=1, max_size=3))
    for setting in (Setting(spoken, other, ()), Setting(spoken, (), other, asks=True)):
        evidence = tuple(sorted(places))
        assert weighed(setting, evidence) == spelt_out(setting, evidence)


def test_weights_have_no_more_than_thousandths() -> None:
    for weights in (READINGS.denied, READINGS.meant):
        for weight in (weights.constant, weights.cut, *weights.signs.values()):
            assert weight == round(weight, 3)

"""What signs weigh is the same whether they are spelt out or looked up as numbers, many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from numbered_settings import numbered

from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import units
from koding.suggest.language.tokens import NO_WORDS, words
from koding.suggest.meaning.names import TOLD, Names
from koding.suggest.meaning.numbered import Forms
from koding.suggest.meaning.plain_words import PlainWords
from koding.suggest.meaning.reader import readings
from koding.suggest.meaning.sign_groups import grouped
from koding.suggest.meaning.signs import OTHER, OWN, Setting, signs
from koding.suggest.meaning.weighing import Weighing, packed, unpacked

READINGS = readings()
READ = (READINGS.denied, READINGS.meant)
PLAIN = PlainWords(Lexicon(), READINGS.known, OTHER)
OWN_WORDS = {word for weights in READ for sign in weights.signs if sign.startswith(OWN) for word in sign[2:].split()}
NAMES = Names(PLAIN, READINGS.known, OWN_WORDS)
FORMS = Forms(NAMES.tell, TOLD)
WEIGHINGS = [Weighing(NAMES, weights.groups) for weights in READ]
SAID = [
    "Det var ikke jobben. Nei, det var eh skolen og vennene, men ikke kulda som gjorde at vi dro.",
    "Folk tror vi flyttet for husleia. Det stemmer ikke.",
    "Huset var fint, og venner hadde vi nok av, så det var ikke derfor!",
    "Har du vært ensom? Aldri, aldri, aldri. Det var ikkje det, ikkje det, nei.",
    "Æ va itj ensom, men det va langt te lægen (ler) – så langt, altså.",
]
WORDS = st.sampled_from(sorted({word.form for text in SAID for word in words(text)}))


Reason = tuple[int, tuple[int, ...]]


def weighed(settings: Sequence[Setting], reasons: Sequence[Reason]) -> list[tuple[int, ...]]:
    """Give what each reason weighs in each reading, all of them looked up together."""
    heard = numbered(settings, FORMS)
    return list(zip(*[weighing.around(heard, reasons).tolist() for weighing in WEIGHINGS], strict=True))


def spelt_out(setting: Setting, evidence: tuple[int, ...]) -> tuple[int, ...]:
    placed = [sign for sign, _places in set(signs(setting, evidence, PLAIN))]
    return tuple(sum(weights.signs.get(sign, 0) for sign in placed) for weights in READ)


def test_in_sentences_with_those_beside_them() -> None:
    settings: list[Setting] = []
    reasons: list[Reason] = []
    for text in SAID:
        found = [unit.words for unit in units(text)]
        for before, spoken in pairwise([NO_WORDS, *found]):
            last = len(spoken) - 1
            for at in range(len(spoken)):
                places = {(at,), tuple(sorted({at, last})), tuple(sorted({0, at, last}))}
                reasons += [(len(settings), evidence) for evidence in places]
            settings.append(Setting(spoken, before, found[0], asks=text.endswith("!")))
    assert weighed(settings, reasons) == [spelt_out(settings[number], evidence) for number, evidence in reasons]


@given(st.lists(WORDS, min_size=1, max_size=12), st.lists(WORDS, max_size=18), st.data())
def test_for_any_words_at_any_places(said: list[str], beside: list[str], data: st.DataObject) -> None:
    mark = data.draw(st.sampled_from([" ", ", "]))
    spoken, other = words(mark.join(said)), words(" ".join(beside))
    places = data.draw(st.sets(st.integers(0, len(spoken) - 1), min_size=1, max_size=3))
    settings = [Setting(spoken, other), Setting(spoken, after=other, asks=True)]
    evidence = tuple(sorted(places))
    spelt = [spelt_out(setting, evidence) for setting in settings]
    assert weighed(settings, [(0, evidence), (1, evidence)]) == spelt
    # Nothing hangs on what else is looked up, nor in which order.
    assert weighed(settings[::-1], [(1, evidence), (0, evidence), (1, evidence)]) == [*spelt, spelt[0]]


def test_signs_are_kept_by_group_and_none_is_lost() -> None:
    for weights in READ:
        assert grouped(weights.signs) == weights.groups
        assert len(weights.signs) == sum(map(len, weights.groups.values()))
        assert {type(weight) for weight in (weights.constant, weights.cut, *weights.signs.values())} == {int}


def test_two_readings_weigh_as_one_number() -> None:
    both = Weighing(NAMES, packed(*(weights.groups for weights in READ)))
    for text in SAID:
        settings = [Setting(unit.words) for unit in units(text)]
        reasons = [(number, (at,)) for number, setting in enumerate(settings) for at in range(len(setting.words))]
        heard = numbered(settings, FORMS)
        together = [values.tolist() for values in unpacked(both.around(heard, reasons))]
        assert together == [weighing.around(heard, reasons).tolist() for weighing in WEIGHINGS]

"""How often the words of an indicator are spoken, so that a phrase waits at its rarest word.

The figures are rounded counts from the constructed corpora that come with koding, by lemma. Speed rests on them, and
how much two texts are taken to share (see `likeness`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import repeat
from math import log
from typing import Final

from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.tokens import word_set
from koding.suggest.language.variants import BOKMAL_WORD
from koding.suggest.meaning.negation_words import NEGATORS
from koding.suggest.rules.patterns import Match, Term

#: Times in 10,000 words of talk.
_RARE: Final = 0.3
_BEGINNING: Final = 0.5
_OFTEN: Final = {
    300: "den det være var er jeg eg æ og",
    150: "ha har hadde en ein et eit ei på i ikke de dei",
    80: "du vi me så han ho som med til at hun si sa seier men for",
    40: "å om da då få fikk kunne kan der ja komme kome kom her skulle skal ville vil fra frå av bli blir ble vart noe"
    " år hva",
    20: "to noen nei måtte må dere når ta tok min mi bare berre kommune sin jo gå nå no tre ingen vite vet annen spørre"
    " gang folk stå litt se sjå god fire ut hvis gjøre gjere bo bu flytte",
    10: "alle etter før dag hvor mange snakke tro fem jobb tenke mann én hel eller hvordan seg mye mykje skrive hus"
    " fordi opp sånn dra også hver sette familie alt ringe høre første grunn lage altså inn reise sitte over man"
    " begynne seks tid ting aldri igjen samme meg norsk",
    6: "legge bil fin uke måned kanskje skole barn trenge kjøpe rett stor bra først klokke oslo hos gammel sju halv"
    " ligge uten sende ved liten enn te selv forstå ti heil hit sted by ferdig time kjenne siden ned hvem sammen"
    " finne kjøre plass lære veldig ord gi alltid leilighet ny alene møte rom slik bruke unge vel gutt kone",
}
_TIMES: Final = {word: float(times) for times, words in _OFTEN.items() for word in words.split()}
_SHARED: Final = word_set("ikkje itj ikkj")


_TELLING: Final = {word: log(10_000 / times) for word, times in _TIMES.items()}
_TELLING_OF_RARE: Final = log(10_000 / _BEGINNING)


def telling(lemmas: Iterable[str]) -> Iterator[float]:
    """Give how telling it is that each of some words is spoken: the logarithm of how many are spoken for one of it."""
    return map(_TELLING.get, lemmas, repeat(_TELLING_OF_RARE))


class Commonness:
    """Estimates how often the words of a slot are spoken."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._times = _Times(lexicon)

    def of(self, terms: Iterable[Term]) -> float:
        """Give how many times in 10,000 words one of `terms` is spoken, about."""
        return sum(map(self._times.__getitem__, terms))


class _Times(dict[Term, float]):
    """How often terms are spoken, estimated when they are first asked for."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, term: Term) -> float:
        times = self[term] = self._estimate(term)
        return times

    def _estimate(self, term: Term) -> float:
        if term.match is Match.PREFIX or term.match is Match.SUFFIX:
            return _BEGINNING
        text = BOKMAL_WORD.get(term.text, term.text)
        if text in _TIMES:
            return _TIMES[text]
        if term.text in NEGATORS:
            return _TIMES["ikke"] if term.text in _SHARED else _TIMES["ingen"]
        return _RARE if term.match is Match.FORM else _TIMES.get(self._lexicon.lemma(text), _RARE)

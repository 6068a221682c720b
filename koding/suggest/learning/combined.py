"""Rules and what was learned, as one answer: what is suggested, by whom, and which words decided.

What is suggested is what is likely enough by both, the rules being one kind of evidence among others. Imported in the
suggester's processes only (numpy).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np

from koding.i18n import _
from koding.model.codebook import Codebook
from koding.model.coding import Evidence, Suggestion
from koding.suggest.language.languages import BOKMAL
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import Unit, asks
from koding.suggest.language.tokens import Word, words
from koding.suggest.learning.exchanges import Heard, exchange
from koding.suggest.learning.features import FEATURES, FED, Channel, Pairs
from koding.suggest.learning.learned import CERTAIN, Learned, Truths
from koding.suggest.learning.spoken import Level
from koding.suggest.learning.terms import Floats, TermReader
from koding.suggest.meaning.denials import Kind
from koding.suggest.meaning.facets import DENIED, Meaning, Reading
from koding.suggest.meaning.negation import Negation
from koding.suggest.rules.suggester import ORIGIN as RULES

ORIGIN: Final = "learned"
BOTH: Final = f"{RULES}+{ORIGIN}"
#: Words that the reason names, at most.
_NAMED: Final = 4
#: A word that adds less than this to the logarithm of the odds decided nothing.
_TELLING: Final = 0.25
_LEAST_SCORE: Final = 0.001
_SAID, _SPREAD = FEATURES.index("wording"), FEATURES.index("wording_spread")


class _Telling(NamedTuple):
    """A word that decided: where it stands, the number of the word there, and its form."""

    level: Level
    place: int
    form: str
    worth: float


@dataclass(frozen=True)
class _Judged:
    """Turns of a source as arrays, with what is suggested in them."""

    pairs: Pairs
    chances: Floats
    shown: Truths


class _Place(NamedTuple):
    """A sentence: its row in the arrays, the turn that it stands in, and its number there."""

    row: int
    heard: Heard
    number: int

    @property
    def unit(self) -> Unit:
        return self.heard.units[self.number]

    @property
    def span(self) -> tuple[int, int]:
        start = self.heard.turn.start
        return self.unit.start + start, self.unit.end + start


class Combined:
    """Suggests by the rules and by what was learned, for turns of a source that the rules have gone through."""

    def __init__(self, learned: Learned, codebook: Codebook, lexicon: Lexicon) -> None:
        self._learned = learned
        self._lexicon = lexicon
        self._reader = TermReader(lexicon)
        self._meaning = Meaning(codebook)
        self._usable = {code.key for code in codebook.codes if code.codable}
        self._weights = dict(zip(FEATURES, learned.choice.raw_weights.tolist(), strict=True))
        self._quoted = _("“{text}”")
        self._where = {Level.TURN: _("in the turn: {words}"), Level.QUESTION: _("asked: {words}")}

    def suggest(self, heard: Sequence[Heard], source: str) -> list[list[Suggestion]]:
        """Give the suggestions for each of the turns, in the order of the text."""
        judged = self._judge(heard, source)
        if judged is None:
            return [list(each.ruled) for each in heard]
        found: list[list[Suggestion]] = []
        row = 0
        for each in heard:
            rules = {(item.start, item.end, item.code): item for item in each.ruled}
            items: list[Suggestion] = []
            for number in range(len(each.units)):
                items += self._on_sentence(judged, _Place(row, each, number), rules, source)
                row += 1
            # Of a code that is newer than what was learned nothing is known: its rules stand as they are.
            items += [item for item in rules.values() if item.code not in self._learned.codes.number]
            found.append(items)
        return found

    def _judge(self, heard: Sequence[Heard], source: str) -> _Judged | None:
        exchanges = [exchange(each, self._reader, source) for each in heard]
        if not any(each.sentences for each in exchanges):
            return None
        pairs = self._learned.pairs(exchanges)
        chances = self._learned.judged(pairs)
        return _Judged(pairs, chances, self._learned.cut.shows(chances))

    def _on_sentence(
        self, judged: _Judged, place: _Place, rules: Mapping[tuple[int, int, str], Suggestion], source: str
    ) -> Iterator[Suggestion]:
        start, end = place.span
        for code in np.flatnonzero(judged.shown[place.row]).tolist():
            key = self._learned.codes.keys[code]
            chance = float(judged.chances[place.row, code])
            score = max(_LEAST_SCORE, round(chance, 3))
            ruled = rules.get((start, end, key))
            if key not in self._usable:
                continue
            telling = self._telling(judged, code, place)
            if ruled is not None and not telling:
                yield replace(ruled, score=score)
                continue
            why = self._why(telling, key, chance)
            if ruled is not None:
                yield replace(ruled, score=score, origin=BOTH, why=f"{ruled.why} · {why}")
                continue
            item = self._with_meaning(Suggestion(source, start, end, key, score, ORIGIN, why), telling, place)
            if item is not None:
                yield item

    # -- reasons --------------------------------------------------------------------------------------------------

    def _telling(self, judged: _Judged, code: int, place: _Place) -> list[_Telling]:
        """Give the words that speak most for the code, the most telling first."""
        turn = place.heard.turn
        language = turn.language or BOKMAL
        places = {
            Level.SENTENCE: self._places([place.unit], language),
            Level.TURN: self._places(place.heard.units, language),
            Level.QUESTION: self._places([Unit(0, len(turn.question), words(turn.question))], language),
        }
        found: dict[tuple[Level, str], _Telling] = {}
        for (level, term), worth in self._all_worths(judged, code, place, places[Level.SENTENCE]).items():
            if term not in places[level]:
                continue
            index, word = places[level][term]
            form = (turn.question if level is Level.QUESTION else turn.text)[word.start : word.end]
            before = found.get((level, form.lower()))
            # The lemma and the parts of one word speak together.
            both = worth + (before.worth if before is not None else 0.0)
            found[level, form.lower()] = _Telling(level, index, form, both)
        ranked = sorted(found.values(), key=lambda each: (-each.worth, each.level, each.form))
        return [each for each in ranked[:_NAMED] if each.worth >= _TELLING]

    def _all_worths(
        self, judged: _Judged, code: int, place: _Place, here: Mapping[str, object]
    ) -> dict[tuple[Level, str], float]:
        """Give what each term adds, by where it stands; what the sentence has too is the sentence's."""
        turn = int(judged.pairs.block.turns[place.row])
        found: dict[tuple[Level, str], float] = {}
        for channel in judged.pairs.channels:
            weight = self._weight(channel, judged, place.row)
            for term, worth in channel.worths(place.row if channel.level is Level.SENTENCE else turn, code):
                where = Level.SENTENCE if channel.level is Level.TURN and term in here else channel.level
                # A pair of forms is told by both.
                forms = [f"={form}" for form in term.split("_")] if "_" in term else [term]
                for form in forms:
                    found[where, form] = found.get((where, form), 0.0) + weight * worth / len(forms)
        return found

    def _weight(self, channel: Channel, judged: _Judged, row: int) -> float:
        """Give what a channel's say adds to the logarithm of the odds."""
        weight = float(sum(self._weights.get(name, 0.0) for name in FED.get(channel.name, (channel.name,))))
        if channel.name == "wording":
            # This feature is the say in spreads of its row.
            said, spread = judged.pairs.features[row, :, _SAID], judged.pairs.features[row, :, _SPREAD]
            largest = int(np.abs(said).argmax())
            if said[largest]:
                weight += self._weights["wording_spread"] * float(spread[largest] / said[largest])
        return weight

    def _places(self, units: Iterable[Unit], language: str) -> dict[str, tuple[int, Word]]:
        """Give the first word of each term and each form (`=form`), with its number in its sentence."""
        found: dict[str, tuple[int, Word]] = {}
        for unit in units:
            for term, number in zip(*self._reader.unit(unit, language), strict=True):
                found.setdefault(term, (number, unit.words[number]))
                found.setdefault("=" + unit.words.forms[number], (number, unit.words[number]))
        return found

    def _why(self, telling: Sequence[_Telling], key: str, chance: float) -> str:
        named: dict[Level, list[str]] = {}
        for each in telling:
            named.setdefault(each.level, []).append(self._quoted.format(text=each.form))
        first = ", ".join(named.get(Level.SENTENCE, ())) or _("what stands around it")
        line = [_("learned: {words}").format(words=first)]
        line += [text.format(words=", ".join(named[level])) for level, text in self._where.items() if level in named]
        count = self._learned.codings.get(key, 0)
        if count < CERTAIN:
            line.append(_("uncertain (codings: {count})").format(count=count))
        bin_ = self._learned.cut.held_out(chance)
        if bin_ is not None:
            line.append(_("held out, {right} of {count} like it were right").format(right=bin_.right, count=bin_.said))
        return " · ".join(line)

    def _with_meaning(self, item: Suggestion, telling: Sequence[_Telling], place: _Place) -> Suggestion | None:
        """Give the suggestion with its evidence and the facets that the words around it tell.

        None for what is denied where the codebook has no value for that.
        """
        said = [each.place for each in telling if each.level is Level.SENTENCE]
        if not said:
            return item
        unit, turn, at = place.unit, place.heard.turn, sorted(set(said))
        spoken = [unit.words[index] for index in at]
        evidence = tuple(Evidence(word.start + turn.start, word.end + turn.start) for word in spoken)
        denied = self._denied(unit, turn.text, said[0])
        if denied and DENIED not in self._meaning.shows:
            return None
        before = place.heard.units[place.number - 1].words if place.number else None
        reading = Reading(self._meaning, unit.words, turn.text, turn.defaults, before, interpreted=turn.interpreted)
        facets = dict([DENIED]) if denied else {}
        facets |= {cue.facet: cue.value for cue in reading.cues(at, denied=denied)}
        return replace(item, evidence=evidence, facets=facets)

    def _denied(self, unit: Unit, text: str, index: int) -> bool:
        """Tell whether a word is denied; that a thing was lacking may be the very reason."""
        negation = Negation(unit.words, question=asks(text, unit))
        denial = negation.denial((index,), self._lexicon.is_inflected_verb)
        return denial is not None and denial.kind is not Kind.LACK

"""Rules and what was learned, as one answer: what is suggested, by whom, and which words decided.

A rule's suggestion stays unless the coder's codings clearly speak against it; what is learned adds what has been right
often enough in sources held out. Imported in the suggester's processes only (numpy).
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
from koding.suggest.language.sentences import Unit
from koding.suggest.language.tokens import Word, words
from koding.suggest.learning.exchanges import Heard, exchange
from koding.suggest.learning.features import FEATURES, Block, Level, Tables, pair_features, tables
from koding.suggest.learning.learned import CERTAIN, Learned, Truths
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

# Which features a text of each level feeds: by the code's own text, by that above the mean of codes, by words coded.
_FED: Final = {
    Level.SENTENCE: ("text", "text_above", "words"),
    Level.TURN: ("turn_text", "turn_text_above", "turn_words"),
    Level.QUESTION: ("question_text", "", "question_words"),
}


class _Telling(NamedTuple):
    """A word that decided: where it stands, the number of the word there, and its form."""

    level: Level
    place: int
    form: str
    worth: float


@dataclass(frozen=True)
class _Judged:
    """Turns of a source as arrays, with what is suggested in them."""

    block: Block
    tables: Tables
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
        self._weights = dict(zip(FEATURES, learned.line.weights.tolist(), strict=True))
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
        learned = self._learned
        block = Block(exchanges, learned.codes, learned.vocabulary)
        said = tables(block, learned.taught)
        chances = learned.judged(pair_features(block, learned.taught, said))
        return _Judged(block, said, chances, learned.cut.shows(chances, block.rules > 0))

    def _on_sentence(
        self, judged: _Judged, place: _Place, rules: Mapping[tuple[int, int, str], Suggestion], source: str
    ) -> Iterator[Suggestion]:
        start, end = place.span
        for code in np.flatnonzero(judged.shown[place.row]).tolist():
            key = self._learned.codes.keys[code]
            chance = float(judged.chances[place.row, code])
            score = max(_LEAST_SCORE, round(chance, 3))
            ruled = rules.get((start, end, key))
            if ruled is not None and chance < self._learned.cut.new:
                yield replace(ruled, score=score)
                continue
            if key not in self._usable:
                continue
            telling = self._telling(judged, code, place)
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
            Level.QUESTION: self._places([Unit(0, len(turn.question), tuple(words(turn.question)))], language),
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
        turn = int(judged.block.turns[place.row])
        found: dict[tuple[Level, str], float] = {}
        for level in Level:
            for term, worth in self._worths(judged, level, place.row if level is Level.SENTENCE else turn, code):
                where = Level.SENTENCE if level is Level.TURN and term in here else level
                found[where, term] = found.get((where, term), 0.0) + worth
        return found

    def _worths(self, judged: _Judged, level: Level, text: int, code: int) -> Iterator[tuple[str, float]]:
        """Give for each term of a text what it adds to the logarithm of the odds of a code, above the mean of codes."""
        bags = judged.block.bags[level]
        here = slice(int(bags.starts[text]), int(bags.starts[text + 1]))
        plain, above, odds = (self._weights.get(name, 0.0) for name in _FED[level])
        likeness = (plain + above) * judged.tables.own_text[level][here]
        if level is Level.SENTENCE:
            likeness = likeness + (self._weights["coded"] + self._weights["coded_above"]) * judged.tables.centres[here]
        worths = bags.weights[here][:, None] * likeness + odds * judged.tables.odds[level][here]
        # A word that speaks for every code alike tells that something is said, and not what.
        shared = worths.mean(1) if worths.shape[1] > 1 else 0.0
        for number, worth in zip(bags.terms[here].tolist(), (worths[:, code] - shared).tolist(), strict=True):
            yield self._learned.vocabulary.terms[number], worth

    def _places(self, units: Iterable[Unit], language: str) -> dict[str, tuple[int, Word]]:
        """Give the first word of each term, with its number in its sentence."""
        found: dict[str, tuple[int, Word]] = {}
        for unit in units:
            for term, number in zip(*self._reader.unit(unit, language), strict=True):
                found.setdefault(term, (number, unit.words[number]))
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
        asks = text[unit.start : unit.end].rstrip("\"»”’')]").endswith("?")
        negation = Negation(unit.words, question=asks)
        denial = negation.denial((index,), lambda at: self._lexicon.is_inflected_verb(unit.words[at].form))
        return denial is not None and denial.kind is not Kind.LACK

"""Suggestions by the codebook's own indicators: which codes a sentence points to, with the words that decided.

An indicator matches by lemma, in order, over pauses and hesitation. A weak one needs company: another indicator of its
family in the same sentence, in the question that a short answer answers, a question for reasons, or a denial of the very
reason ("det var ikke jobben"). For a topic it is also enough that the sentence says something of it; a theme must be named as a reason, or
denied as one. What is left is weighed by how like the talk is to what the codebook says of the code (see `likeness`).
Set phrases of the language and the code's exceptions silence what they overlap. What is
denied is suggested with `status=avvist` where the codebook has that value, and not at all where it has not; other facets
are proposed where the words around say so clearly (see `meaning`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, repeat
from typing import Final, NamedTuple

from koding.model.codebook import Codebook
from koding.model.coding import Suggestion
from koding.suggest.language.languages import BOKMAL
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import Unit
from koding.suggest.language.tokens import Word
from koding.suggest.meaning.answers import Question, refuses, says_yes
from koding.suggest.meaning.facets import DENIED, Meaning, Reading
from koding.suggest.meaning.glances import TAKES_BACK
from koding.suggest.meaning.pertinence import IMPERTINENT, is_elsewhen, is_quoted, is_schoolwork, may_quote
from koding.suggest.meaning.speech import Cue
from koding.suggest.process.firing import Firing
from koding.suggest.process.protocol import TurnText
from koding.suggest.rules.denying import Considered, Denying, Standing, Told, is_asked_for
from koding.suggest.rules.index import RuleIndex
from koding.suggest.rules.judging import Judging, may_have_company
from koding.suggest.rules.lacking import Lacking
from koding.suggest.rules.likeness import Likeness
from koding.suggest.rules.matching import Found, best_matches, known_in_all, known_words, matches
from koding.suggest.rules.patterns import Weight
from koding.suggest.rules.places import NOT_ASKED, Asked, Heard, Place, answers, is_short
from koding.suggest.rules.reasons import Wording, evidence, spans
from koding.suggest.rules.rule import VERSION
from koding.suggest.rules.set_phrases import set_phrases

ORIGIN: Final = "rules"

_ANSWERED: Final = 0.54
#: A codebook with these values is about reasons for moving, as are the sentences that the reading of senses is from.
_OF_MOVING: Final = frozenset({("retning", "fra"), ("retning", "til"), ("stemme", "tilskrevet"), DENIED})

#: A name of its own for what every match is compared with: to look a member of an enumeration up takes ten times as long.
_FIRM, _THEME = Weight.FIRM, Weight.THEME

#: A turn and its sentences.
Spoken = tuple[TurnText, Sequence[Unit]]


class _Left(NamedTuple):
    """Sentences in which something may be told, and the numbers of those where nothing is denied and of small talk."""

    sentences: list[Standing]
    undenied: set[int]
    chat: set[int]


class RuleSuggester:
    """Suggests by the indicators of a codebook and the word fields they use.

    `faults` has the indicators that could not be read. Families do not influence each other. Not for use by two threads
    at once.
    """

    version = VERSION

    def __init__(self, codebook: Codebook, lexicon: Lexicon | None = None) -> None:
        self.codebook = codebook
        self._lexicon = lexicon or Lexicon()
        self._index = RuleIndex(codebook, self._lexicon)
        self._phrases = set_phrases(self._lexicon)
        self.faults = tuple(self._index.faults)
        self._wording = Wording()
        self._lineage = {code.key: tuple(step.key for step in codebook.lineage(code.key)) for code in codebook.codes}
        self._families = {key: keys[-1] for key, keys in self._lineage.items()}
        self._meaning = Meaning(codebook)
        self._shows_denied = DENIED in self._meaning.shows
        self._judging = Judging(self._lineage, shows_denied=self._shows_denied)
        self._of_moving = self._meaning.shows.keys() >= _OF_MOVING
        self._lacking = Lacking(self._index.rules)
        self._denying = Denying(self._lexicon, self._lacking)
        self._likeness = Likeness(codebook, self._lexicon)

    def suggest(self, turn: TurnText, found: Iterable[Unit], source: str = "") -> Iterator[Suggestion]:
        """Give the suggestions for the sentences of a turn, in the order of the text and then of the codebook.

        The sentences' positions are code points of the turn's text; the suggestions' are the source's.
        """
        (items,) = self.suggest_all([(turn, list(found))], [source])
        yield from items

    def suggest_all(self, turns: Iterable[Spoken], sources: Iterable[str] = repeat("")) -> list[list[Suggestion]]:
        """Give the suggestions for each of several turns. What is weighed is looked up for all of them at once.

        `sources` has the GUID of each turn's source.
        """
        heard = self._hear(list(turns))
        found: list[list[Suggestion]] = []
        told = self._told(heard)
        for number, (each, source) in enumerate(zip(heard, sources, strict=False)):
            items = [
                self._suggestion(each.turn, kept.place, code, kept.found, source) for code, kept in told.get(number, ())
            ]
            if each.question is not None:
                said = {self._families[item.code] for item in items}
                answered = self._answered(each.turn, each.sentences[0], each.question, source)
                items += [item for item in answered if self._families[item.code] not in said]
            found.append(items)
        return found

    def _hear(self, turns: Sequence[Spoken]) -> list[Heard]:
        """Give turns with what matches in their sentences."""
        spoken = [(unit, turn.language or BOKMAL) for turn, sentences in turns for unit in sentences]
        known = known_in_all(self._index, spoken)
        found = best_matches([unit for unit, _language in spoken], known, self._families)
        left = iter(self._standing(found, spoken))
        heard: list[Heard] = []
        for turn, sentences in turns:
            standing = {number: kept for number, kept in enumerate(islice(left, len(sentences))) if kept}
            question = Question(turn.question) if answers(turn, sentences) else None
            asked = self._asked(question if standing and is_short(sentences) else None, turn.language or BOKMAL)
            heard.append(Heard(turn, sentences, standing, question, asked))
        return heard

    def _told(self, heard: Sequence[Heard]) -> dict[int, list[tuple[str, Standing]]]:
        """Give, for each turn by its number, the codes that are told there with the matches that tell them."""
        turns = [turn for turn, each in enumerate(heard) if each.standing]
        heard = [heard[turn] for turn in turns]
        everywhere = [(turn, number) for turn, each in enumerate(heard) for number in each.standing]
        if not everywhere:
            return {}
        every = self._denying.hear(heard, everywhere)
        left = self._left(heard, everywhere, every)
        judged: list[tuple[Standing, dict[str, list[Found]]]] = []
        asked: dict[int, dict[str, None]] = {}
        for standing in left.sentences:
            # Most sentences have no word of denial.
            found = standing.found if standing.number in left.undenied else self._denying.denied(every, standing)
            by_code = self._judging.judged(found, standing.place)
            if by_code:
                judged.append((standing, by_code))
                asked.setdefault(everywhere[standing.number][0], {}).update(dict.fromkeys(by_code))
        around = self._likeness.hear(heard, asked, every.heard)
        told: dict[int, list[tuple[str, Standing]]] = {}
        for (at, place, _found), by_code in judged:
            turn, number = everywhere[at]
            for code, kept in self._likeness.weighed(by_code, around[turn], number).items():
                standing = Standing(at, place, kept)
                if at in left.chat and not is_asked_for(kept, place):
                    continue
                if not self._of_moving or self._denying.meant(every, standing):
                    told.setdefault(turns[turn], []).append((code, standing))
        return told

    def _left(self, heard: Sequence[Heard], everywhere: Sequence[tuple[int, int]], every: Told) -> _Left:
        """Give the sentences in which something may be told."""
        refusals: dict[int, Word] = {}
        # Those in which nothing but a denial lets a match stand.
        alone: set[int] = set()
        worth: list[int] = []
        for at, (turn, number) in enumerate(everywhere):
            each = heard[turn]
            refused = each.refusal(number) if every.shown_after[at] & TAKES_BACK else None
            if refused is not None:
                refusals[at] = refused
            elif not may_have_company(each.standing[number], every.shown[at], each.asked):
                if not every.reads[at]:
                    continue
                alone.add(at)
            worth.append(at)
        # Most small talk need not be judged.
        chat = set(self._denying.small_talk(every, worth)) if self._of_moving else set[int]()
        left: dict[int, list[Found]] = {}
        for at in worth:
            turn, number = everywhere[at]
            if at not in chat or at in refusals or heard[turn].asked != NOT_ASKED:
                left[at] = heard[turn].standing[number]
        # What is taken back is denied, whatever else is said of it.
        undenied = self._denying.undenied(every, left, alone) - refusals.keys()
        standing: list[Standing] = []
        for at, found in left.items():
            if at not in alone or at not in undenied:
                turn, number = everywhere[at]
                place = self._place(heard[turn], number, refusals.get(at), every.shown[at])
                standing.append(Standing(at, place, found))
        return _Left(standing, undenied, chat)

    def mark(self, form: str, language: str, lemma: str = "") -> tuple[int, tuple[int, ...]] | None:
        """Give what a word can be, as bits, and for each indicator that it may begin the bits that it needs.

        A sentence in which no indicator has all the bits it needs has no match. None for a word that is nothing.
        """
        known = self._index.look_up(form, language, lemma or None)
        if not known.bits and not known.rules:
            return None
        return known.bits, tuple({rule.needed: None for rule in known.rules if not rule.excepting})

    def fires(self, turn: TurnText, found: Iterable[Unit]) -> Iterator[Firing]:
        """Give every match of every indicator and exception in the sentences of a turn, in the order of the text."""
        language = turn.language or BOKMAL
        for unit in found:
            matched = matches(unit, known_words(self._index, unit, language), self._families)
            (kept,) = self._standing([matched], [(unit, language)])
            standing = set(map(id, kept))
            start, end = unit.start + turn.start, unit.end + turn.start
            for match in matched:
                rule = match.rule
                stands = rule.excepting or id(match) in standing
                yield Firing(rule.code, rule.pattern.source, rule.excepting, stands, start, end)

    def considered(self, turn: TurnText, found: Iterable[Unit]) -> Iterator[Considered]:
        """Give every match that stands in the sentences of a turn, with what is told of its denial, to learn from."""
        (told,) = self._hear([(turn, list(found))])
        heard = told._replace(asked=NOT_ASKED)
        for number, standing in heard.standing.items():
            place = self._place(heard, number, heard.refusal(number))
            yield from self._denying.considered(standing, place)

    def _place(self, heard: Heard, number: int, refused: Word | None, shown: int | None = None) -> Place:
        turn, unit = heard.turn, heard.sentences[number]
        before = heard.sentences[number - 1].words if number else None
        reading = Reading(
            self._meaning, unit.words, turn.text, turn.defaults, before, interpreted=turn.interpreted, shown=shown
        )
        return Place(unit, turn.text, reading, heard.asked, refused, heard, number)

    def _matches(self, unit: Unit, language: str) -> list[Found]:
        (found,) = best_matches([unit], [known_words(self._index, unit, language)], self._families)
        return found

    def _asked(self, question: Question | None, language: str) -> Asked:
        if question is None:
            return NOT_ASKED
        found = (match for unit in question.units for match in self._matches(unit, language))
        families = frozenset(
            match.family
            for match in found
            if not match.rule.excepting and match.rule.pattern.weight is not Weight.THEME
        )
        return Asked(families, question.wants_reason)

    def _standing(self, found: Sequence[list[Found]], spoken: Sequence[tuple[Unit, str]]) -> list[list[Found]]:
        """Give, of the matches in each sentence, those that neither an exception of their code nor a set phrase silences."""
        kept = [
            self._pertinent(here, unit) if here else here for here, (unit, _language) in zip(found, spoken, strict=True)
        ]
        return self._phrases.unsilenced(kept, spoken)

    def _pertinent(self, found: list[Found], unit: Unit) -> list[Found]:
        """Give the matches of indicators that no exception of their code silences, in a sentence of here and now."""
        exceptions = [match for match in found if match.rule.excepting]
        indicators = found
        if exceptions:
            indicators = [
                match for match in found if not match.rule.excepting and not self._excepted(match, exceptions)
            ]
        forms = unit.words.forms
        if indicators and not IMPERTINENT.isdisjoint(forms):
            if is_schoolwork(forms) or is_elsewhen(forms):
                return []
            if may_quote(forms):
                indicators = [match for match in indicators if not is_quoted(unit.words, match.at)]
        return indicators

    def _excepted(self, match: Found, exceptions: list[Found]) -> bool:
        lineage = self._lineage[match.rule.code]
        return any(
            exception.rule.code in lineage and not exception.words.isdisjoint(match.words) for exception in exceptions
        )

    # -- saying ---------------------------------------------------------------------------------------------------

    def _suggestion(self, turn: TurnText, place: Place, code: str, kept: Sequence[Found], source: str) -> Suggestion:
        unit = place.unit
        runs = [spans(unit, match.at) for match in kept]
        denier = self._denying.denier(kept[0], place)
        why = self._wording.why(turn.text, runs, denier)
        facets = dict([DENIED]) if denier else {}
        wrong = 1.0
        for match in kept:
            wrong *= 1 - match.score
        for cue in _common_cues(place.reading, kept):
            facets[cue.facet] = cue.value
            label = self._meaning.shows[cue.facet, cue.value]
            why += self._wording.facet(label, turn.text, spans(unit, cue.words))
        return Suggestion(
            source=source,
            start=unit.start + turn.start,
            end=unit.end + turn.start,
            code=code,
            score=round(1 - wrong, 3),
            origin=ORIGIN,
            why=why,
            facets=facets,
            evidence=evidence(runs, turn.start),
        )

    def _answered(self, turn: TurnText, unit: Unit, question: Question, source: str) -> Iterator[Suggestion]:
        """Read a yes or no with its question: "Var det jobben?" - "Nei."."""
        forms = unit.words.forms
        yes = False if refuses(forms) else says_yes(forms)
        asked = question.asked
        if yes is None or asked is None or not (question.wants_yes_or_no or (not yes and question.asks_what_was_lived)):
            return
        about = question.is_about_the_reason
        if not yes and not ((about or question.asks_what_was_lived) and self._shows_denied):
            return
        reading = Reading(self._meaning, asked.words, turn.question, turn.defaults)
        place = Place(asked, turn.question, reading, Asked(reason=about))
        language = turn.language or BOKMAL
        (standing,) = self._standing([self._matches(asked, language)], [(asked, language)])
        word = unit.words[0]
        for code, kept in self._judging.judged(self._denying.denied_by_rule(standing, place), place).items():
            if any(match.denial is not None for match in kept):
                continue
            # A no to "fikk dere hjelp?" tells of a lack, and denies no reason.
            if not yes and not about and any(self._lacking.is_reason(match.rule) for match in kept):
                continue
            said = turn.text[word.start : word.end]
            yield Suggestion(
                source=source,
                start=unit.start + turn.start,
                end=unit.end + turn.start,
                code=code,
                score=_ANSWERED,
                origin=ORIGIN,
                why=self._wording.answer(said, turn.question, [spans(asked, match.at) for match in kept]),
                facets={} if yes else dict([DENIED]),
                evidence=evidence([[(word.start, word.end)]], turn.start),
            )


def _common_cues(reading: Reading, kept: Sequence[Found]) -> list[Cue]:
    """Give the cues that all matches of a code have in common."""
    if len(kept) == 1:
        return reading.cues(kept[0].at, denied=kept[0].denial is not None, undone=kept[0].undone)
    common: list[Cue] = []
    for place, match in enumerate(kept):
        found = reading.cues(match.at, denied=match.denial is not None, undone=match.undone)
        told = {(cue.facet, cue.value) for cue in found}
        common = [cue for cue in common if (cue.facet, cue.value) in told] if place else found
        if not common:
            break
    return common

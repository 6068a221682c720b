"""Which matches of a sentence are denied: what the rules of denial say, weighed with all that stands around the match.

The rules find a denying word, what it reaches and set ways of dismissing a reason (see `negation`, `dismissal`). What
they say is one sign among others that a reading learned from sentences goes by (see `meaning.reader`): it finds denials
that no rule knows, and does not believe every rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from koding.suggest.language.linguistics import Lexicon
from koding.suggest.meaning.denials import Denial, Kind
from koding.suggest.meaning.dismissal import TRIGGERS, Dismissal, dismissals, dismisses
from koding.suggest.meaning.negation import Negation
from koding.suggest.meaning.negation_words import NEGATORS, OTHERWISE
from koding.suggest.meaning.plans import condition, unreal
from koding.suggest.meaning.reader import Reader
from koding.suggest.rules.lacking import Lacking
from koding.suggest.rules.matching import Found
from koding.suggest.rules.places import Place

#: A sentence without one of these denies nothing by rule.
_DENYING: Final = TRIGGERS | OTHERWISE
_NEGATING: Final = NEGATORS | OTHERWISE
_WORDS_TOLD: Final = 3


class _Rule(StrEnum):
    """What the rules say of a match beside the kinds of denial: nothing, or that a denial takes its meaning from it."""

    NONE = "none"
    GONE = "gone"


class Considered(NamedTuple):
    """A match in its place, with what is told of it beside the words around it."""

    match: Found
    place: Place
    signs: tuple[str, ...]


class Denying:
    """Tells which matches are denied; `lacking` knows what may be lacking."""

    def __init__(self, lexicon: Lexicon, lacking: Lacking) -> None:
        self._lexicon = lexicon
        self._lacking = lacking
        self._reader = Reader(lexicon)

    def denied(self, standing: Sequence[Found], place: Place) -> list[Found]:
        """Give the matches with their denials, without those that a denial takes the meaning from."""
        kept: list[Found] = []
        for match, rule in self._ruled(standing, place):
            told = match
            if place.setting is not None:
                word = self._reader.denier(place.setting, match.at, self._signs(match, rule, place))
                told = match._replace(denial=None if word is None else Denial(word, Kind.FRAMED))
            if told.denial is not None or rule is not _Rule.GONE:
                kept.append(told)
        return kept

    def means(self, found: Sequence[Found], place: Place) -> bool:
        """Tell whether matches that stand may be meant as a reason; a short answer to a question for one is."""
        setting, asked = place.setting, place.asked
        if setting is None or asked.reason or any(match.family in asked.company for match in found):
            return True
        return any(self._reader.means(setting, match.at, self._signs(match, _Rule.NONE, place)) for match in found)

    def considered(self, standing: Sequence[Found], place: Place) -> Iterator[Considered]:
        """Give the matches with what is told of them, to learn from."""
        for match, rule in self._ruled(standing, place):
            yield Considered(match, place, self._signs(match, rule, place))

    def _signs(self, match: Found, rule: str, place: Place) -> tuple[str, ...]:
        """Give what is told of a match by the rules and by its indicator."""
        reason, weight = self._lacking.is_reason(match.rule), match.rule.pattern.weight.name
        signs = (
            f"={rule}",
            f"={rule} weight {weight}",
            f"={rule} lack {reason}",
            f"={rule} negated {match.rule.negated}",
            f"=weight {weight}",
            f"=lack {reason}",
            f"=may lack {self._lacking.may_be_reason(match.rule)}",
            f"=negated {match.rule.negated}",
            f"=words {min(_WORDS_TOLD, len(match.at))}",
        )
        return signs if place.refused is None else (*signs, "=refused")

    # -- what the rules say -----------------------------------------------------------------------------------------

    def _ruled(self, standing: Sequence[Found], place: Place) -> Iterator[tuple[Found, str]]:
        """Give each match, denied where the rules say so, and what they say."""
        unit = place.unit
        forms = [word.form for word in unit.words]
        dismissed: list[Dismissal] = []
        negation: Negation | None = None
        if not _DENYING.isdisjoint(forms) or place.refused is not None:
            dismissed = list(dismissals(unit.words))
            if dismissed or place.refused is not None or not _NEGATING.isdisjoint(forms):
                sentence = place.text[unit.start : unit.end]
                negation = Negation(unit.words, question=sentence.rstrip("\"»”’')]").endswith("?"))
        for match in standing:
            if negation is None:
                yield match, _Rule.NONE
            elif match.rule.negated and negation.frames(match.at):
                # "Det var ikke jobben" is no lack of jobs, whatever an indicator says of "ikke jobb".
                yield match, _Rule.GONE
            else:
                told = self._by_rule(match, negation, place, dismissed)
                yield told, told.denial.kind if told.denial is not None else _Rule.NONE

    def _by_rule(self, match: Found, negation: Negation, place: Place, dismissed: Sequence[Dismissal]) -> Found:
        def is_verb(index: int) -> bool:
            return self._lexicon.is_inflected_verb(place.unit.words[index].form)

        set_aside = dismisses(dismissed, match.at, lack=self._lacking.may_be_reason(match.rule))
        if set_aside >= 0:
            return match._replace(denial=Denial(set_aside, Kind.FRAMED))
        denial = negation.denial(match.at, is_verb)
        if denial is None:
            return match if place.refused is None else match._replace(denial=Denial(-1, Kind.FRAMED))
        if match.rule.negated and denial.kind is not Kind.FRAMED:
            return match
        if denial.kind is Kind.LACK and self._lacking.is_reason(match.rule):
            return match
        talk = place.reading.talk
        opening = condition(talk, denial.word)
        if opening >= 0 and condition(talk, match.at[0]) == opening:
            return match._replace(undone=unreal(talk, opening))
        return match._replace(denial=denial)

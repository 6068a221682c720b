"""Which matches of a sentence are denied: what the rules of denial say, weighed with all that stands around the match.

The rules find a denying word, what it reaches and set ways of dismissing a reason (see `negation`, `dismissal`). What
they say is one sign among others that a reading learned from sentences goes by (see `meaning.reader`): it finds denials
that no rule knows, and does not believe every rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from operator import attrgetter
from typing import Final, NamedTuple

from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import asks
from koding.suggest.language.tokens import Word
from koding.suggest.meaning.denials import UNTOLD, Denial, Kind
from koding.suggest.meaning.dismissal import Dismissal, dismissals, dismisses
from koding.suggest.meaning.glances import DISMISSES, NEGATES, SAYS_WHY, SETS_CONDITION
from koding.suggest.meaning.negation import Negation
from koding.suggest.meaning.numbered import Numbered
from koding.suggest.meaning.plans import condition, unreal
from koding.suggest.meaning.reader import Values, Weighed, reader_for
from koding.suggest.rules.lacking import Lacking
from koding.suggest.rules.matching import Found
from koding.suggest.rules.patterns import Weight
from koding.suggest.rules.places import Heard, Place

_WORDS_TOLD: Final = 3
_words_of: Final = attrgetter("words")
#: What a rule of denial needs.
MAY_DENY: Final = DISMISSES | NEGATES


class _Rule(StrEnum):
    """What the rules say of a match beside the kinds of denial.

    That is nothing; that it is denied by a negation of its own, or as what it is a reason to lack, and so stands; or
    that a denial takes its meaning from it.
    """

    NONE = "none"
    OWN = "own"
    LACKED = "lacked"
    GONE = "gone"


_LACKS: Final = frozenset({_Rule.OWN, _Rule.LACKED})
# Names of their own for what every match is told: to look a member of an enumeration up takes ten times as long.
_NONE, _GONE = _Rule.NONE, _Rule.GONE


class Standing(NamedTuple):
    """Matches in a sentence, which has a number among those that were heard, and its place."""

    number: int
    place: Place
    found: Sequence[Found]


class Told(NamedTuple):
    """Sentences that were heard, which are told by their numbers, and what is told of all of them at once.

    That is what each shows at a glance, what the one after it does, whether a denial may be told in either, and
    whether the reading or a rule may find one; `values` has what speaks for what of a match.
    """

    heard: Numbered
    shown: list[int]
    shown_after: list[int]
    may_deny: list[bool]
    reads: list[bool]
    values: Values


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
        self._reader = reader_for(lexicon)
        self._weighed: dict[tuple[int, str, bool], Weighed] = {}
        self._least: dict[int, int] = {}

    def hear(self, turns: Sequence[Heard], which: Sequence[tuple[int, int]]) -> Told:
        """Take sentences in, which are told by turn and number there; they are told by their places from then on."""
        said = [list(map(_words_of, each.sentences)) for each in turns]
        asking = {turn for turn, each in enumerate(turns) if "?" in each.turn.text}
        asks = [turn in asking and turns[turn].asks(number) for turn, number in which]
        heard = self._reader.hear(said, which, asks)
        shown, shown_after = self._reader.shown(heard)
        may_deny = self._reader.may_deny(heard)
        reads = [may or bool(each & MAY_DENY) for may, each in zip(may_deny, shown, strict=True)]
        return Told(heard, shown, shown_after, may_deny, reads, self._reader.values(heard))

    def small_talk(self, told: Told, sentences: Sequence[int]) -> list[int]:
        """Give those of some sentences that are small talk, whatever is matched in them."""
        return self._reader.small_talk(told.heard, sentences)

    def undenied(self, told: Told, sentences: Mapping[int, Sequence[Found]], alone: Collection[int]) -> set[int]:
        """Give those of some sentences in which nothing is denied whatever the rules say; none may be taken back.

        What the rules say is dearer to find out than what speaks for a denial beside them, which is looked up here for
        all the sentences that ask for it sooner or later. In those in `alone` nothing but a denial counts.
        """
        reads = told.reads
        read = [number for number in sentences if reads[number]]
        others = [
            number
            for number in sentences
            if not reads[number] and number not in alone and not told.shown[number] & SAYS_WHY
        ]
        values = told.values
        values.look_up([(number, match.at) for number in (*read, *others) for match in sentences[number]])
        undenied = {number for number in sentences if not reads[number]}
        for number in read:
            found = sentences[number]
            # Where several matches are of one code the rules may know better.
            if len(found) > 1 and len({match.rule.code for match in found}) < len(found):
                continue
            if True in [values[number, match.at].denied >= self._least_of(match) for match in found]:
                continue
            # They may also take the meaning from a match, or tell that a condition undoes a denial.
            asked = told.shown[number] & SETS_CONDITION or True in [match.rule.negated for match in found]
            if number in alone or not asked:
                undenied.add(number)
        return undenied

    def denied(self, told: Told, standing: Standing) -> Sequence[Found]:
        """Give the matches of a sentence with their denials, without those that a denial takes the meaning from."""
        number, place, found = standing
        all_of_them = told.may_deny[number]
        ruled = self._ruled(found, place)
        if ruled:
            read = _to_be_read(ruled, all_of_them=all_of_them)
        elif all_of_them:
            ruled, read = [(match, _NONE) for match in found], [True] * len(found)
        else:
            return found
        kept: list[Found] = []
        for (match, rule), is_read in zip(ruled, read, strict=True):
            if not is_read:
                if rule is not _GONE:
                    kept.append(match)
                continue
            # What the rules let stand as a lack, it takes more to deny.
            value, beside = told.values[number, match.at], self._weigh(match, rule, place)
            if self._reader.denies(value, beside, lack=rule in _LACKS):
                kept.append(match._replace(denial=_denial(match)))
            elif rule is not _GONE:
                kept.append(match if match.denial is None else match._replace(denial=None))
        return kept

    def denied_by_rule(self, standing: Sequence[Found], place: Place) -> list[Found]:
        """Give the matches as the rules alone have them, for a sentence that stands by itself."""
        ruled = self._ruled(standing, place)
        return [match for match, rule in ruled if rule is not _GONE] if ruled else list(standing)

    def denier(self, match: Found, place: Place) -> Word | None:
        """Give the word that denies a match that is denied."""
        if match.denial is None:
            return None
        told = match.denial.word
        setting = place.setting if told == UNTOLD else None
        return place.word(told if setting is None else self._reader.denier(setting, match.at))

    def meant(self, told: Told, standing: Standing) -> bool:
        """Tell whether one of the matches may be meant as a reason.

        So is what a sentence of moving or of reasons names, and what answers a question for a reason.
        """
        number, place, found = standing
        if place.reading.shown & SAYS_WHY or is_asked_for(found, place):
            return True
        return any(
            self._reader.means(told.values[number, match.at], self._weigh(match, _NONE, place)) for match in found
        )

    def considered(self, standing: Sequence[Found], place: Place) -> Iterator[Considered]:
        """Give the matches with what is told of them, to learn from."""
        ruled = self._ruled(standing, place) or [(match, _NONE) for match in standing]
        for match, rule in ruled:
            yield Considered(match, place, self._signs(match, rule, refused=place.refused is not None))

    def _weigh(self, match: Found, rule: str, place: Place) -> Weighed:
        """Give what weighs what is told of a match; that is the same for all matches of a rule."""
        key = id(match.rule), rule, place.refused is None
        weighed = self._weighed.get(key)
        if weighed is None:
            weighed = self._weighed[key] = self._reader.weigh(
                self._signs(match, rule, refused=place.refused is not None)
            )
        return weighed

    def _least_of(self, match: Found) -> int:
        """Give what must speak for a denial of a match for there to be one, if the rules speak for it as they can."""
        least = self._least.get(id(match.rule))
        if least is None:
            every = [self._reader.weigh(self._signs(match, rule)).denied for rule in (*_Rule, *Kind)]
            least = self._least[id(match.rule)] = self._reader.denies_from - max(every)
        return least

    def _signs(self, match: Found, rule: str, *, refused: bool = False) -> tuple[str, ...]:
        """Give what is told of a match by the rules and by its indicator."""
        reason, weight = self._lacking.is_reason(match.rule), match.rule.pattern.weight.name
        signs = (
            f"=rule {rule}",
            f"=rule {rule} weight {weight}",
            f"=rule {rule} lack {reason}",
            f"=rule {rule} negated {match.rule.negated}",
            f"=weight {weight}",
            f"=lacking {reason}",
            f"=may be lacking {self._lacking.may_be_reason(match.rule)}",
            f"=negated {match.rule.negated}",
            f"=words {min(_WORDS_TOLD, len(match.at))}",
        )
        return (*signs, "=refused") if refused else signs

    # -- what the rules say -----------------------------------------------------------------------------------------

    def _ruled(self, standing: Sequence[Found], place: Place) -> list[tuple[Found, str]]:
        """Give each match, denied where the rules say so, and what they say; nothing where they say nothing of any."""
        shown = place.reading.shown
        if not shown & MAY_DENY and place.refused is None:
            return []
        words = place.unit.words
        dismissed = list(dismissals(words)) if shown & DISMISSES else []
        if not dismissed and place.refused is None and not shown & NEGATES:
            return []
        negation = Negation(words, question=asks(place.text, place.unit))
        ruled: list[tuple[Found, str]] = []
        # Matches are often on the same words.
        denials: dict[tuple[int, ...], Denial | None] = {}
        for match in standing:
            at = match.at
            if match.rule.negated and negation.frames(at):
                # "Det var ikke jobben" is no lack of jobs, whatever an indicator says of "ikke jobb".
                ruled.append((match, _GONE))
                continue
            if at not in denials:
                denials[at] = negation.denial(at, self._lexicon.is_inflected_verb)
            ruled.append(self._by_rule(match, denials[at], place, dismissed))
        # Mostly they deny something else in the sentence.
        return ruled if [True for match, rule in ruled if rule is not _NONE or match.undone] else []

    def _by_rule(
        self, match: Found, denial: Denial | None, place: Place, dismissed: Sequence[Dismissal]
    ) -> tuple[Found, str]:
        if dismissed:
            set_aside = dismisses(dismissed, match.at, lack=self._lacking.may_be_reason(match.rule))
            if set_aside >= 0:
                return match._replace(denial=Denial(set_aside, Kind.FRAMED)), Kind.FRAMED
        if denial is None and place.refused is not None:
            return match._replace(denial=Denial(-1, Kind.FRAMED)), Kind.FRAMED
        if denial is None or (match.rule.negated and denial.kind is not Kind.FRAMED):
            return match, _Rule.OWN if match.rule.negated else _NONE
        if denial.kind is Kind.LACK and self._lacking.is_reason(match.rule):
            return match, _Rule.LACKED
        talk = place.reading.talk
        opening = condition(talk, denial.word)
        if opening >= 0 and condition(talk, match.at[0]) == opening:
            return match._replace(undone=unreal(talk, opening)), _NONE
        return match._replace(denial=denial), denial.kind


def _denial(match: Found) -> Denial:
    """Give the denial of a match, as the rules tell it where they do; what is no reason by itself is denied as one."""
    if match.denial is None:
        return Denial(UNTOLD, Kind.FRAMED)
    firm = match.rule.pattern.weight is Weight.FIRM
    return match.denial if firm else Denial(match.denial.word, Kind.FRAMED)


def is_asked_for(found: Sequence[Found], place: Place) -> bool:
    """Tell whether matches answer a question for a reason, or one that names what they do, or are taken back."""
    if place.asked.reason or place.refused is not None:
        return True
    return any(match.family in place.asked.company for match in found)


def _to_be_read(ruled: Sequence[tuple[Found, str]], *, all_of_them: bool) -> list[bool]:
    """Tell which matches of a sentence are read for a denial.

    Families do not influence each other: each is read where the sentence, or a rule on its matches, asks for it. Where
    the rules deny one match of a code and let another stand, they know: "Jeg var ikke ensom der, men her er jeg ensom."
    """
    told = {match.family for match, rule in ruled if rule is not _NONE}
    denied = {match.rule.code for match, _rule in ruled if match.denial is not None}
    standing = {match.rule.code for match, rule in ruled if match.denial is None and rule is not _GONE}
    return [
        (all_of_them or match.family in told) and not (match.rule.code in denied and match.rule.code in standing)
        for match, _rule in ruled
    ]

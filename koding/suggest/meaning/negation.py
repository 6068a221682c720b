"""Which words of a sentence are denied: a window of words with Norwegian scope rules, no parser.

A denial is *framed* where it is said of the reason itself ("det var ikke jobben", "ikke fordi jeg var ensom", "jobben
var ikke grunnen"), a *lack* where the thing is said not to be there ("vi hadde ikke lege", "ingen rasisme"), and
*plain* otherwise ("jeg var ikke ensom"). What a lack means depends on the code (no doctor may be the very reason), so
the kinds are told apart. Two denials undo each other only where one frames the other ("ikke fordi jeg ikke var ensom").

The rules and their word lists are our own; their accuracy is measured in the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final, NamedTuple

from koding.suggest.language.tokens import BREAK, Words
from koding.suggest.meaning import negation_words as w
from koding.suggest.meaning.denials import Denial, Kind

#: Words that a denial reaches over, forward and back, at most.
REACH = 9
REACH_BACK = 7
#: Words that the name of a reason, or what a frame needs, stands within.
_NOUN_PHRASE, _LITTLE_LEFT, _NEAR = 3, 3, 4
#: Words that may stand before what is put first in a clause (nei, og).
_BEFORE_FRONT = 2
#: So far the rules look past either end of a sentence, where there is nothing.
_PAST_THE_END: Final = ("",) * 8

_RANK: Final = {kind: rank for rank, kind in enumerate(Kind)}


class _Scope(NamedTuple):
    """What one denying word reaches: word indexes, how, and whether it is a frame that may hold another denial."""

    word: int
    reached: frozenset[int] = frozenset()
    kind: Kind = Kind.PLAIN
    frame: bool = False


class Negation:
    """The denials of one sentence; `question` tells of a question mark last."""

    def __init__(self, words: Words, *, question: bool = False) -> None:
        self._before = words.before
        forms = words.forms
        self._count = len(forms)
        # Read from the front as from the back, what lies past an end of the sentence is nothing.
        self._forms = forms + _PAST_THE_END
        self._question = question
        self._at = [] if w.NEGATORS.isdisjoint(forms) else [at for at, form in enumerate(forms) if form in w.NEGATORS]
        self._other = not w.OTHERWISE.isdisjoint(forms)
        self._scopes: list[_Scope] | None = None

    def denial(self, evidence: Sequence[int], is_verb: Callable[[str], bool] = lambda _: False) -> Denial | None:
        """Tell how the words at the indexes `evidence` (ascending) are denied; None where they are not.

        A denying word that is itself among them does not deny them. `is_verb` tells whether a form is an inflected
        verb, which a denial may follow ("savnet dem ikke").
        """
        otherwise = self._otherwise(evidence) if self._other else None
        if otherwise is not None or not self._at:
            return otherwise
        if self._scopes is None:
            self._scopes = list(self._find_scopes())
        last = evidence[-1]
        found = [
            scope
            for scope in self._scopes
            if (not scope.reached.isdisjoint(evidence) or (last < scope.word and self._back(scope, evidence, is_verb)))
            and (scope.frame or scope.word not in evidence)
            and not self._outdone(scope.word, evidence)
        ]
        if not found or (self._forms[last + 1] in w.ALONE and found[-1].word < last):
            return None
        frames = [scope for scope in found if scope.frame]
        if frames and len(found) > len(frames):
            return None
        told = [(self._kind(scope, evidence), scope.word) for scope in found]
        kind, word = min(told, key=lambda one: (_RANK[one[0]], -one[1])) if len(told) > 1 else told[0]
        if kind is not Kind.FRAMED and any(self._forms[index] in w.BEARING for index in evidence):
            return None
        return Denial(word, kind)

    def frames(self, evidence: Sequence[int]) -> bool:
        """Tell whether a denying word among the evidence denies a reason, or a lack, instead of telling of a lack.

        So it is in "det var ikke jobben", "flyttet ikke hit for jobben", "manglet ikke venner", "ikke dårlig tilbud".
        """
        own = [at for at in self._at if at in evidence and self._forms[at] in w.NOT]
        return any(self._frames(at, evidence) for at in own)

    def _frames(self, at: int, evidence: Sequence[int]) -> bool:
        if self._because(at) or self._to_do_with(at) or self._verb_before(at) in w.ABOUT_OR_MISSING:
            return True
        between = [self._forms[index] for index in range(at + 1, evidence[-1]) if index not in evidence]
        if not w.BAD.isdisjoint(between):
            return True
        return self._cleft(at) and self._definite(self._forms[at + 1])

    @staticmethod
    def _definite(form: str) -> bool:
        return form.endswith(("en", "et", "a", "ene", "ane")) and form not in w.DETERMINERS

    def _kind(self, scope: _Scope, evidence: Sequence[int]) -> Kind:
        if scope.kind is Kind.LACK or scope.frame:
            return scope.kind
        ending = self._count - evidence[-1] <= _LITTLE_LEFT
        if ending and 0 < evidence[0] - scope.word <= 2 and self._before[scope.word] == BREAK:
            # "Det er jobben som lokker, ikke studiene."
            return Kind.FRAMED
        if self._cleft(scope.word):
            # "det var ikke jobben" is about the reason; "det var ikke jobb der" says that there was none.
            relative = "som" in self._forms[evidence[0] : evidence[-1] + 3]
            last = evidence[-1] + 1 >= self._count or self._before[evidence[-1] + 1] == BREAK
            definite = self._forms[evidence[-1]].endswith(("en", "et", "a", "ene", "ane", "i"))
            return Kind.FRAMED if relative or definite or last else Kind.LACK
        return Kind.FRAMED if self._reason_near(scope.word, evidence) else scope.kind

    # -- what a denying word reaches ------------------------------------------------------------------------------

    def _find_scopes(self) -> Iterator[_Scope]:
        for at in self._at:
            form = self._forms[at]
            if self._forms[at + 1] == form:
                continue
            if form in w.NOT:
                yield self._not(at)
            elif form in w.NEITHER:
                lacking = self._verb_before(at) in w.HAVING and not self._cleft(at)
                yield _Scope(at, self._forward(at, listing=True), Kind.LACK if lacking else Kind.PLAIN)
            elif form in w.NO and self._nobody_was(at):
                yield _Scope(at, self._forward(at))
            elif form in w.NO and self._forms[at + 1] in w.MOVING and self._because(at + 1):
                yield self._frame(at)
            elif form in w.NO:
                nobody = self._forms[at + 1] == "som" and self._cleft(at)  # "Det var ingen som truet oss."
                yield _Scope(at, self._forward(at + 1) if nobody else self._noun_phrase(at), Kind.LACK)
            elif form in w.NOTHING:
                after = self._forms[at + 1]
                reached = self._forward(at) if after in {"med", "til", "av"} else frozenset()
                yield _Scope(at, reached, Kind.FRAMED if after == "med" else Kind.PLAIN, frame=after == "med")
            elif self._forms[at + 1] == "at" and self._forms[at + 2] in w.IT and self._forms[at + 3] in w.BE:
                yield _Scope(at, self._forward(at + 2))
            else:
                plain = self._forms[at + 1] in {"å", "at"}
                yield _Scope(at, self._noun_phrase(at + plain), Kind.PLAIN if plain else Kind.LACK)

    def _not(self, at: int) -> _Scope:
        after, verb = self._forms[at + 1], self._verb_before(at)
        enough = after in w.SAYING and self._forms[at + 2] == "nok"
        if after in w.UNDONE or enough or self._forms[at - 1] in w.OPEN or self._tag(at):
            return _Scope(at)
        if verb in w.ABLE and after in w.LIVING:
            # Not to be able to live with a thing says that it is there.
            return _Scope(at)
        if self._because(at):
            opening = at == 0 or self._before[at] == BREAK or self._cleft(at)
            return self._frame(at) if opening or verb in w.GIVING_REASON or after in w.MOVING else _Scope(at)
        cleft = self._cleft(at)
        if verb in w.ABOUT or self._to_do_with(at) or (cleft and after in w.SUCH and "at" in self._next(at, _NEAR)):
            return self._frame(at)
        if verb in w.SPEAKING and "om" in self._next(at, _NEAR):
            return _Scope(at)
        whose = cleft and after in w.PRONOUNS and self._forms[at + 2] == "som"
        if verb in w.THINKING or after in w.SAYING or whose:
            return _Scope(at, self._forward(at, through=True))
        if verb in w.BEARING or (verb in w.KNOWING and after in w.ASKING):
            return _Scope(at)
        # "Har ikke møtt rasister" tells what did not happen; "har ikke hatt lege" what was not there.
        lived = not w.LIVED.isdisjoint(self._next(at, _NEAR - 1))
        # In a subordinate clause the verb comes after: "fordi vi ikke har lege".
        having = verb in w.HAVING or after in w.HAVING
        lacking = (having and not lived) or (after in w.DETERMINERS and cleft)
        return _Scope(at, self._forward(at), Kind.LACK if lacking else Kind.PLAIN)

    def _frame(self, at: int) -> _Scope:
        return _Scope(at, self._forward(at, through=True), Kind.FRAMED, frame=True)

    def _forward(self, at: int, *, through: bool = False, listing: bool = False) -> frozenset[int]:
        """Give the indexes after `at` up to the end of its clause; `through`: a clause it opens belongs to it."""
        reached: list[int] = []
        opened = not through
        limit = REACH + 4 * (through or listing)
        for index, form in enumerate(self._next(at, limit), at + 1):
            if self._before[index] == BREAK and not self._list_goes_on(index, listing=listing):
                break
            if form in w.NEW_CLAUSE and self._clause(index, at):
                if through and form == "fordi" and self._forms[index - 1] in w.MOVING:
                    continue
                if opened or index > at + _NEAR:
                    break
                opened = form not in {"det", "sånn", "slik"}
                continue
            reached.append(index)
        return frozenset(reached)

    def _clause(self, index: int, at: int) -> bool:
        """Tell whether a new clause opens at `index`."""
        form = self._forms[index]
        if form in w.OPENING:
            return True
        if form in w.MAY_OPEN:
            return index > at + 1 and self._forms[index + 1] in w.AFTER_OPENING
        return form in w.SUBJECTS and index > at + 2 and self._forms[index - 1] not in {"at", "fordi"}

    def _list_goes_on(self, index: int, *, listing: bool) -> bool:
        """Tell whether the stretch after a comma is one more member of a denied list ("skole, jobb eller lege")."""
        for step in range(index, min(self._count, index + 5)):
            form = self._forms[step]
            if form in {"eller", "heller", "verken", "hverken", "korkje"}:
                return True
            if form in w.LIST_ENDS:
                return False
            if step > index and self._before[step] == BREAK and not listing:
                return False
        return listing and self._count - index <= _NOUN_PHRASE

    def _noun_phrase(self, at: int) -> frozenset[int]:
        reached: list[int] = []
        index = at + 1
        while index < self._count and len(reached) <= _NOUN_PHRASE:
            form = self._forms[index]
            if form == "for" and self._forms[index - 1] in w.SORTS:
                reached.clear()
                index += 1
                continue
            if form == "med" and self._forms[index - 1].startswith("problem"):
                index += 1
                continue
            if form in w.PHRASE_ENDS or self._before[index] == BREAK:
                break
            reached.append(index)
            index += 1
        return frozenset(reached)

    def _nobody_was(self, at: int) -> bool:
        """Recognise "ingen var ensomme", "ingen har vært slemme": nobody, with the verb right after."""
        for index in range(at + 1, min(at + _NEAR, self._count)):
            form = self._forms[index]
            if form in w.BE or (form in {"har", "hadde"} and self._forms[index + 1] in w.LIVED_OR_NEVER):
                return True
            if form not in w.WHOSE:
                return False
        return False

    # -- a denial after what it denies ----------------------------------------------------------------------------

    def _back(self, scope: _Scope, evidence: Sequence[int], is_verb: Callable[[str], bool]) -> bool:
        """Tell whether the evidence stands before a *not* that denies it."""
        at, first, last = scope.word, evidence[0], evidence[-1]
        if at - last > REACH_BACK or self._forms[at + 1] in w.UNDONE:
            return False
        if self._forms[at] not in w.NOT:
            return self._mattered_nothing(at, last)
        if self._forms[at - 1] == "eller" or self._parted(last, at) or self._tag(at):
            return False
        between = self._forms[last + 1 : at]
        if w.SMALL.issuperset(between) and is_verb(self._forms[last]):
            return self._forms[last] not in w.BEARING
        if self._subject_of_reason(at, between) or self._mattered_nothing(at, last):
            return True
        return self._fronted(first, at, between)

    def _subject_of_reason(self, at: int, between: Collection[str]) -> bool:
        """Recognise "jobben var ikke grunnen", "ensomheten hadde ikke noe å si"."""
        after = self._next(at, _NEAR)
        # In a subordinate clause the verb comes after: "at jobben ikke var grunnen".
        if w.IS_OR_HAS.isdisjoint([*between, *after[:1]]):
            return False
        named = any(form.startswith(w.REASONS) for form in after)
        return named or {"å", "si"} <= set(after) or "derfor" in after

    def _mattered_nothing(self, at: int, last: int) -> bool:
        """Recognise "pengene spilte ingen rolle", "jobben hadde ingenting å si", "kulda gjorde meg ingenting"."""
        between = list(self._forms[last + 1 : at])
        while between and between[-1] in w.SMALL:
            between.pop()
        if len(between) != 1 or self._parted(last, at):
            return False
        after = self._next(at, _NEAR)
        role = any(form.startswith(("rolle", "betydning", "betyding")) for form in after[:2])
        return between[0] in w.MATTERING or (between[0] in w.HAVING and ({"å", "si"} <= set(after) or role))

    def _fronted(self, first: int, at: int, between: Sequence[str]) -> bool:
        """Recognise "jobben var det ikke", "ensom var jeg ikke": first in its clause, the denial last."""
        if not between or between[-1] not in w.SMALL or between[0] in w.SUBJECTS:
            return False
        opening = first
        while opening > 0 and self._before[opening] != BREAK:
            opening -= 1
        if first - opening > _BEFORE_FRONT or not w.NOT_IN_FRONT.isdisjoint(self._forms[opening:first]):
            return False
        # "Rasisme har jeg aldri opplevd": an auxiliary leaves its main verb after the denial.
        allowed = 1 if between[0] in w.AUXILIARIES else 0
        for rest in range(at + 1, self._count):
            if self._before[rest] == BREAK:
                break
            allowed -= self._forms[rest] not in w.TAIL and not (rest == self._count - 1 and allowed > 0)
        return allowed >= 0

    # -- what stands around a denying word ------------------------------------------------------------------------

    def _next(self, at: int, count: int) -> tuple[str, ...]:
        return self._forms[at + 1 : min(at + 1 + count, self._count)]

    def _parted(self, last: int, at: int) -> bool:
        if not w.PARTING.isdisjoint(self._forms[last + 1 : at]):
            return True
        return BREAK in self._before[last + 1 : at + 1]

    def _verb_before(self, at: int) -> str:
        """Give the nearest word before `at` that is no pronoun or small adverb (its verb, most often)."""
        index = at - 1
        while index >= 0 and at - index <= _NEAR and self._before[index + 1] != BREAK:
            form = self._forms[index]
            if form not in w.PRONOUNS and form not in w.ADVERBS:
                return form
            index -= 1
        return ""

    def _because(self, at: int) -> bool:
        if w.BECAUSE.isdisjoint(self._next(at, _NEAR + 1)):
            return False
        after = [form for form in self._next(at, _NEAR + 1) if form not in w.ADVERBS or form == "derfor"]
        verb = self._verb_before(at)
        if after and after[0] in w.MOVING and verb in w.BEING_OR_HAVING:
            verb = after.pop(0)
        while after and after[0] in w.WAYS:
            after.pop(0)
        # "For jobben", "for å få jobb"; not "for langt".
        purpose = after[:1] == ["for"] and len(after) > 1 and after[1] not in w.MUCH
        if purpose and verb in (w.MOVING_OR_BEING if after[1] == "å" else w.MOVING):
            return True
        return bool(after) and (
            after[0] in {"fordi", "derfor", "difor", "pga"}
            or after[:2] in (["på", "grunn"], ["på", "grunna"], ["på", "grunnen"], ["for", "at"])
            or (after[0] == "av" and verb in w.MOVING_OR_BEING)
        )

    def _to_do_with(self, at: int) -> bool:
        """Recognise "hadde ikke (noe) med jobben å gjøre"."""
        after = self._next(at, 8)
        return "med" in after[:3] and not w.DO.isdisjoint(after)

    def _cleft(self, at: int) -> bool:
        """Recognise "det var (jo) ikke", "var det ikke", and "grunnen var ikke"."""
        before = list(self._forms[max(0, at - _NEAR) : at])
        if w.BE.isdisjoint(before):
            return False
        while before and before[-1] in w.ADVERBS:
            before.pop()
        one, two = ["", "", *before][-2:]
        be, other = (two, one) if two in w.BE else (one, two)
        return be in w.BE and (other in w.IT or other.startswith(w.REASONS))

    def _reason_near(self, at: int, evidence: Sequence[int]) -> bool:
        near = self._next(at, _NEAR) + self._forms[max(0, at - 3) : at]
        own = [self._forms[index] for index in evidence]
        return any(form.startswith(w.REASONS) and form not in own for form in near)

    def _outdone(self, at: int, evidence: Sequence[int]) -> bool:
        """Recognise "aldri vært så ensom som der", "aldri har jeg følt meg mer ensom": never was it worse."""
        if not self._forms[at].startswith("aldri"):
            return False
        worse = self._forms[evidence[0] - 1] in {"så", "mer", "meir", "mere"}
        return worse and not self._forms[at + 1].startswith("så")

    def _otherwise(self, evidence: Sequence[int]) -> Denial | None:
        """Recognise denials without a denying word of their own.

        "Alt annet enn ensomt"; "hvordan skulle jeg være ensom?"; "folk tror det var jobben, men nei".
        """
        first, last = evidence[0], self._count - 1
        if self._forms[first - 1] == "enn" and self._forms[first - 2] in {"annet", "anna"}:
            return Denial(first - 2, Kind.PLAIN)
        how = 0 if self._forms[0] in w.HOW else 1 if self._forms[1] in w.HOW else -1
        if how >= 0 and self._forms[how + 1] in w.ABLE and first >= how + _NEAR - 1:
            if self._forms[how + 2] in w.PRONOUNS and self._forms[how + 3] in w.FEELING:
                return Denial(how, Kind.PLAIN)
        if self._next(evidence[-1], 3) in {("var", "det", "siste"), ("var", "det", "minste")}:
            return Denial(evidence[-1] + 3, Kind.FRAMED)
        if w.SAYING_NO.isdisjoint(self._forms):
            return None
        answer = next((index for index in range(evidence[-1] + 1, last + 1) if self._forms[index] in w.SAYING_NO), -1)
        if answer > 0 and (self._before[answer] == BREAK or self._forms[answer - 1] in {"og", "men", "så"}):
            told = [index for index in range(first) if self._forms[index] in w.TELLING]
            if told and not {"jeg", "eg", "æ"} & {self._forms[told[0] - 1], self._forms[told[0] + 1]}:
                return Denial(answer, Kind.FRAMED)
        return None

    def _tag(self, at: int) -> bool:
        """Recognise "..., var det ikke?" and "..., ikke?": asked for assent, denying nothing."""
        if not self._question or at + 1 < self._count:
            return False
        opening = at
        while opening > 0 and self._before[opening] != BREAK:
            opening -= 1
        return w.TAG_WORDS.issuperset(self._forms[opening:at]) or self._forms[at - 1] in w.IT

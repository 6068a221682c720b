"""Which words of a sentence are denied: a window of words with Norwegian scope rules, no parser.

A denial is *framed* where it is said of the reason itself ("det var ikke jobben", "ikke fordi jeg var ensom", "jobben
var ikke grunnen"), a *lack* where the thing is said not to be there ("vi hadde ikke lege", "ingen rasisme"), and
*plain* otherwise ("jeg var ikke ensom"). What a lack means depends on the code (no doctor may be the very reason), so
the kinds are told apart. Two denials undo each other only where one frames the other ("ikke fordi jeg ikke var ensom").

The rules and their word lists are our own; their accuracy is measured in the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from koding.suggest.tokens import BREAK, Word, word_set

#: Words that a denial reaches over, forward and back, at most.
REACH = 9
REACH_BACK = 7
_NOUN_PHRASE = 3
#: Words that the name of a reason, or what a frame needs, stands within.
_NEAR = 4
#: Words that may stand before what is put first in a clause (nei, og).
_BEFORE_FRONT = 2


class Kind(StrEnum):
    """What a denial is about."""

    FRAMED = "framed"
    PLAIN = "plain"
    LACK = "lack"


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial; `word` is the index of the denying word in the sentence."""

    word: int
    kind: Kind


NOT = word_set("ikke ikkje ikkj ikje itj ittj itte ittje inte ikkjé aldri aldrig neppe")
NO = word_set("ingen inga inkje intet inget null ingja")
NEITHER = word_set("verken hverken korkje korken")
_NOTHING = word_set("ingenting ingeting")
_WITHOUT = word_set("uten utan")
NEGATORS = NOT | NO | NEITHER | _NOTHING | _WITHOUT

_BE = word_set("er var va æ e vært vore blei ble vart")
_IT = word_set("det de d dette")
_PRONOUNS = word_set(
    "jeg eg æ æg ej meg mæ mei du deg dæ han hun ho hu den det seg sæ vi oss me de dem dei dæm dere dykk dokker"
    " man en ein"
)
_SUBJECTS = _PRONOUNS - word_set("meg mæ mei deg dæ seg sæ oss dem dæm en ein")
_ADVERBS = word_set(
    "jo da då nå no vel egentlig eigentleg akkurat bare liksom altså heller lenger lengre lengst særlig særleg"
    " mye mykje så spesielt direkte kanskje nok helt heilt her der sånn slik eh ehm øh noe noko noen nokon gang"
    " gong gangen i hele heile tatt teke nettopp først fremst og tvert imot"
)
# Before these the denial is none: not only, not least, isn't it, not enough, no wonder, cannot forget, did not get in.
_UNDONE = word_set(
    "bare berre kun minst sant nok tilstrekkelig uten utan rart rar merkelig merkeleg tvil glemme gløyme unngå"
    " holde lett enkelt råd lettvint hver kvar alltid alle halde tåle orke klare inn"
)
_CLAUSES = word_set("men fordi siden sidan når hvis viss dersom mens medan at som selv sjølv da derfor")
_THINKING = word_set(
    "tror trur trudde trodde tro tru mener meiner mente meinte synes syns syntes syntest føler følte kjente"
    " opplever opplevde tenker tenkjer tenkte tenkt sier seier"
)
# To not bear, want or like a thing says that it is there.
_BEARING = word_set(
    "orker orket orka orke klarer klarte klare greier greide holder holdt holde held tåler tålte ville vil vill"
    " ønsker ønsket ønska liker likte like likar trives trivdes trivst treivst passer passet passa fungerer"
    " fungerte gadd gidder utholde akseptere aksepterte hjalp hjelper hjelpe hjelpte"
)
_HAVING = word_set(
    "ha har hadde hatt hadd få får fikk fått fekk finne finner fant fann funnet fins finst finnes fantes fanst"
    " tilbyr tilbød eksisterer eksisterte"
)
_MOVING = word_set(
    "flytte flytter flyttet flytta flutt flyttar dra drar dro drog reise reiser reiste reist dratt kom gjorde"
    " gjøre gjer handler handlet handla dreier dreide skyldes skyldtes skuldast slutta sluttet valgte"
)
_ABOUT = word_set(
    "handler handlet handla handle dreier dreide dreiet gjaldt gjelder skyldes skyldtes skuldast avgjorde"
)
_REASONS = (
    "grunn", "årsak", "hovedgrunn", "hovudgrunn", "problem", "derfor", "difor", "avgjørende", "avgjerande", "viktig",
    "utslag", "skyld", "hovedårsak", "motiv", "poeng", "saken", "styrte", "bestemte", "utløs",
)  # fmt: skip
_SORTS = word_set("form former type typer slags grunn tegn")
_KNOWING = word_set("vet veit visste husker huskar huska hugsar hugsa skjønner skjønar forstår forstod skjønte aner")
_SAYING = word_set("si seie sei påstå hevde")
_ASKING = word_set("om hva kva hvorfor kvifor hvordan korleis hvem kven hvor kvar")
_AUXILIARIES = word_set("har hadde ha kan kunne vil ville skal skulle må måtte fikk")
# "Det var ikke jobben alene": more than that.
_ALONE = word_set("alene åleine aleine aleina")
_SUCH = word_set("sånn slik det fordi")
_OPEN = word_set("eller hvis viss om")
_GIVING_REASON = _MOVING | _ABOUT | word_set("nei og men")
_OPENING = word_set("men fordi siden sidan når hvis viss dersom mens medan at som")
_MAY_OPEN = word_set("så og for om der hvor kor kvar da då selv sjølv")
_AFTER_OPENING = _SUBJECTS | _BE | _IT | word_set("der så ble kom flyttet")
_PHRASE_ENDS = _PRONOUNS | _BE | _HAVING | _CLAUSES | _ASKING | word_set("i på til med om for fra frå av å hos ved")
_TAG_WORDS = _PRONOUNS | _BE | word_set("gjorde gjør hadde har")
_DETERMINERS = word_set("en ei et ein eit noe noko noen nokon nokre noka særlig nåkka nokka nån")
_TAIL = _ADVERBS | word_set("mer meir da sånn det den akkurat")


@dataclass(frozen=True, slots=True)
class _Scope:
    """What one denying word reaches: word indexes, how, and whether it is a frame that may hold another denial."""

    word: int
    reached: frozenset[int] = frozenset()
    kind: Kind = Kind.PLAIN
    frame: bool = False


class Negation:
    """The denials of one sentence. `question` tells whether the sentence ends in a question mark."""

    def __init__(self, words: Sequence[Word], *, question: bool = False) -> None:
        self._words = words
        self._question = question
        self._at = [index for index, word in enumerate(words) if word.form in NEGATORS]
        self._scopes: list[_Scope] | None = None

    def denial(self, evidence: Sequence[int], is_verb: Callable[[int], bool] = lambda _: False) -> Denial | None:
        """Tell how the words at the indexes `evidence` (ascending) are denied; None where they are not.

        A denying word that is itself among them does not deny them. `is_verb` tells whether the word at an index is an
        inflected verb, which a denial may follow ("savnet dem ikke").
        """
        if not self._at:
            return None
        if self._scopes is None:
            self._scopes = list(self._find_scopes())
        own, own_last = frozenset(evidence), evidence[-1]
        found = [
            scope
            for scope in self._scopes
            if scope.word not in own and (not scope.reached.isdisjoint(own) or self._back(scope, evidence, is_verb))
        ]
        if not found or (self._form(own_last + 1) in _ALONE and found[-1].word < own_last):
            return None
        frames = [scope for scope in found if scope.frame]
        if frames and len(found) > len(frames):
            return None
        strongest = min(found, key=lambda scope: (list(Kind).index(self._kind(scope, evidence)), -scope.word))
        return Denial(strongest.word, self._kind(strongest, evidence))

    def _kind(self, scope: _Scope, evidence: Sequence[int]) -> Kind:
        if scope.kind is Kind.LACK or scope.frame:
            return scope.kind
        if self._cleft(scope.word):
            # "det var ikke jobben" is about the reason; "det var ikke jobb der" says that there was none.
            relative = any(self._form(at) == "som" for at in range(evidence[-1] + 1, evidence[-1] + 3))
            last = evidence[-1] + 1 >= len(self._words) or self._words[evidence[-1] + 1].before == BREAK
            definite = self._form(evidence[-1]).endswith(("en", "et", "a", "ene", "ane", "i"))
            return Kind.FRAMED if relative or definite or last else Kind.LACK
        return Kind.FRAMED if self._reason_near(scope.word, evidence) else scope.kind

    # -- what a denying word reaches ------------------------------------------------------------------------------

    def _find_scopes(self) -> Iterator[_Scope]:
        for at in self._at:
            form = self._form(at)
            if self._form(at + 1) == form:
                continue
            if form in NOT:
                yield self._not(at)
            elif form in NEITHER:
                lacking = self._verb_before(at) in _HAVING and not self._cleft(at)
                yield _Scope(at, self._forward(at, listing=True), Kind.LACK if lacking else Kind.PLAIN)
            elif form in NO:
                yield _Scope(at, self._noun_phrase(at), Kind.LACK)
            elif form in _NOTHING:
                after = self._form(at + 1)
                reached = self._forward(at) if after in {"med", "til", "av"} else frozenset()
                yield _Scope(at, reached, Kind.FRAMED if after == "med" else Kind.PLAIN, frame=after == "med")
            else:
                plain = self._form(at + 1) in {"å", "at"}
                yield _Scope(at, self._noun_phrase(at + plain), Kind.PLAIN if plain else Kind.LACK)

    def _not(self, at: int) -> _Scope:
        after, verb = self._form(at + 1), self._verb_before(at)
        if after in _UNDONE or self._form(at - 1) in _OPEN or self._tag(at):
            return _Scope(at)
        if self._because(at):
            standing = at == 0 or self._words[at].before == BREAK or self._cleft(at) or verb in _GIVING_REASON
            return self._frame(at) if standing else _Scope(at)
        cleft = self._cleft(at)
        if verb in _ABOUT or self._to_do_with(at) or (cleft and after in _SUCH and "at" in self._next(at, _NEAR)):
            return self._frame(at)
        whose = cleft and after in _PRONOUNS and self._form(at + 2) == "som"
        if verb in _THINKING or after in _SAYING or whose:
            return _Scope(at, self._forward(at, through=True))
        if verb in _BEARING or (verb in _KNOWING and after in _ASKING):
            return _Scope(at)
        lacking = verb in _HAVING or (after in _DETERMINERS and cleft)
        return _Scope(at, self._forward(at), Kind.LACK if lacking else Kind.PLAIN)

    def _frame(self, at: int) -> _Scope:
        return _Scope(at, self._forward(at, through=True), Kind.FRAMED, frame=True)

    def _forward(self, at: int, *, through: bool = False, listing: bool = False) -> frozenset[int]:
        """Give the indexes after `at` up to the end of its clause; `through`: a clause it opens belongs to it."""
        reached: list[int] = []
        opened = not through
        limit = REACH + 4 * (through or listing)
        for index in range(at + 1, min(len(self._words), at + 1 + limit)):
            word = self._words[index]
            if word.before == BREAK and not self._list_goes_on(index, listing=listing):
                break
            if self._clause(index, at):
                if opened or index > at + _NEAR:
                    break
                opened = word.form not in {"det", "sånn", "slik"}
                continue
            reached.append(index)
        return frozenset(reached)

    def _clause(self, index: int, at: int) -> bool:
        """Tell whether a new clause opens at `index`."""
        form = self._form(index)
        if form in _OPENING:
            return True
        if form in _MAY_OPEN:
            return index > at + 1 and self._form(index + 1) in _AFTER_OPENING
        return form in _SUBJECTS and index > at + 2 and self._form(index - 1) not in {"at", "fordi"}

    def _list_goes_on(self, index: int, *, listing: bool) -> bool:
        """Tell whether the stretch after a comma is one more member of a denied list ("skole, jobb eller lege")."""
        for step in range(index, min(len(self._words), index + 5)):
            form = self._form(step)
            if form in {"eller", "heller", "verken", "hverken", "korkje"}:
                return True
            if form in _SUBJECTS | _BE | {"men", "bare", "berre", "så", "fordi", "nei", "ja", "at", "som"}:
                return False
            if step > index and self._words[step].before == BREAK and not listing:
                return False
        return listing and len(self._words) - index <= _NOUN_PHRASE

    def _noun_phrase(self, at: int) -> frozenset[int]:
        reached: list[int] = []
        index = at + 1
        while index < len(self._words) and len(reached) <= _NOUN_PHRASE:
            word = self._words[index]
            if word.form == "for" and self._form(index - 1) in _SORTS:
                reached.clear()
                index += 1
                continue
            if word.form == "med" and self._form(index - 1).startswith("problem"):
                index += 1
                continue
            if word.form in _PHRASE_ENDS or word.before == BREAK:
                break
            reached.append(index)
            index += 1
        return frozenset(reached)

    # -- a denial after what it denies ----------------------------------------------------------------------------

    def _back(self, scope: _Scope, evidence: Sequence[int], is_verb: Callable[[int], bool]) -> bool:
        """Tell whether the evidence stands before a *not* that denies it."""
        at, first, last = scope.word, evidence[0], evidence[-1]
        if self._form(at) not in NOT or last >= at or at - last > REACH_BACK or self._form(at + 1) in _UNDONE:
            return False
        if self._form(at - 1) == "eller" or self._parted(last, at) or self._tag(at):
            return False
        between = [self._form(index) for index in range(last + 1, at)]
        if is_verb(last) and all(form in _PRONOUNS or form in _ADVERBS for form in between):
            return self._form(last) not in _BEARING
        if self._subject_of_reason(at, between):
            return True
        return self._fronted(first, at, between)

    def _subject_of_reason(self, at: int, between: Collection[str]) -> bool:
        """Recognise "jobben var ikke grunnen", "ensomheten hadde ikke noe å si"."""
        after = self._next(at, _NEAR)
        # In a subordinate clause the verb comes after: "at jobben ikke var grunnen".
        if not any(form in _BE or form in {"ha", "hadde", "har"} for form in [*between, *after[:1]]):
            return False
        return any(form.startswith(_REASONS) for form in after) or {"å", "si"} <= set(after) or "derfor" in after

    def _fronted(self, first: int, at: int, between: Sequence[str]) -> bool:
        """Recognise "jobben var det ikke", "ensom var jeg ikke": first in its clause, the denial last."""
        if not between or between[-1] not in _PRONOUNS | _ADVERBS or between[0] in _SUBJECTS:
            return False
        opening = first
        while opening > 0 and self._words[opening].before != BREAK:
            opening -= 1
        before = [self._form(index) for index in range(opening, first)]
        if len(before) > _BEFORE_FRONT or any(form in _SUBJECTS | _CLAUSES | _BE or form == "da" for form in before):
            return False
        # "Rasisme har jeg aldri opplevd": an auxiliary leaves its main verb after the denial.
        allowed = 1 if between[0] in _AUXILIARIES else 0
        for rest in range(at + 1, len(self._words)):
            if self._words[rest].before == BREAK:
                break
            allowed -= self._form(rest) not in _TAIL
        return allowed >= 0

    # -- what stands around a denying word ------------------------------------------------------------------------

    def _form(self, index: int) -> str:
        return self._words[index].form if 0 <= index < len(self._words) else ""

    def _next(self, at: int, count: int) -> list[str]:
        return [word.form for word in self._words[at + 1 : at + 1 + count]]

    def _parted(self, last: int, at: int) -> bool:
        return any(self._words[index].before == BREAK for index in range(last + 1, at + 1)) or any(
            self._form(index) in {"men", "fordi", "at", "som", "hvis", "når", "så", "og"}
            for index in range(last + 1, at)
        )

    def _verb_before(self, at: int) -> str:
        """Give the nearest word before `at` that is no pronoun or small adverb (its verb, most often)."""
        index = at - 1
        while index >= 0 and at - index <= _NEAR and self._words[index + 1].before != BREAK:
            form = self._form(index)
            if form not in _PRONOUNS and form not in _ADVERBS:
                return form
            index -= 1
        return ""

    def _because(self, at: int) -> bool:
        after = [form for form in self._next(at, _NEAR) if form not in _ADVERBS or form == "derfor"]
        return bool(after) and (
            after[0] in {"fordi", "derfor", "difor", "pga"}
            or after[:2] in (["på", "grunn"], ["på", "grunna"], ["på", "grunnen"], ["for", "at"])
            or (after[:2] == ["for", "å"] and self._verb_before(at) in _MOVING | _BE)
            or (after[0] == "av" and self._verb_before(at) in _MOVING | _BE)
        )

    def _to_do_with(self, at: int) -> bool:
        """Recognise "hadde ikke (noe) med jobben å gjøre"."""
        after = self._next(at, 8)
        return "med" in after[:3] and any(form in {"gjøre", "gjere", "gjera", "gjør"} for form in after)

    def _cleft(self, at: int) -> bool:
        """Recognise "det var (jo) ikke", "var det ikke", and "grunnen var ikke"."""
        before = [self._form(index) for index in range(max(0, at - _NEAR), at)]
        while before and before[-1] in _ADVERBS:
            before.pop()
        one, two = ["", "", *before][-2:]
        be, other = (two, one) if two in _BE else (one, two)
        return be in _BE and (other in _IT or other.startswith(_REASONS))

    def _reason_near(self, at: int, evidence: Sequence[int]) -> bool:
        near = [*self._next(at, _NEAR), *(self._form(index) for index in range(max(0, at - 3), at))]
        own = {self._form(index) for index in evidence}
        return any(form.startswith(_REASONS) for form in near if form not in own)

    def _tag(self, at: int) -> bool:
        """Recognise "..., var det ikke?" and "..., ikke?": asked for assent, denying nothing."""
        if not self._question or at + 1 < len(self._words):
            return False
        opening = at
        while opening > 0 and self._words[opening].before != BREAK:
            opening -= 1
        alone = all(self._form(index) in _TAG_WORDS for index in range(opening, at))
        return alone or self._form(at - 1) in _IT

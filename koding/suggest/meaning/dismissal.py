"""Reasons that are dismissed by what is said of them: afterwards, or as the subject of what mattered nothing.

    Huset var stort og fint, så det var ikke grunnen.      a later clause points back
    Pengene betydde ingenting. Jobben hadde ikke noe å si.  the subject mattered nothing
    Mørketida har jeg aldri brydd meg om.                   put first, and never minded
    Alle tror jeg flyttet for en mann, men det stemmer ikke.  what others think is not so

A dismissal is a denial of the reason itself (see `negation`), whatever the words before it say by themselves. The word
lists and rules are our own; their accuracy is measured in the tests.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from koding.suggest.language.tokens import BREAK, Words, word_set
from koding.suggest.meaning import dismissing_frames
from koding.suggest.meaning import negation_words as w
from koding.suggest.meaning.speech import FIRST_PERSON, MOVING

_BACK: Final = word_set("derfor difor grunnen grunn årsaken årsaka årsak problemet problem tema saken saka poenget")
_IT: Final = word_set("det den de dem dei dæm der han ham ho")
_WHERE_IT_LAY: Final = word_set("problemet grunnen årsaken årsaka skoen som det kom sto stod lå låg vi jeg eg æ me")
_SURELY: Final = word_set("i alle fall kvart hvert fall")
_SOME: Final = word_set("et eit ein en noe noko nåkka nokka noen nokon nån noka selve sjølve")
_LITTLE: Final = w.NOT | w.NOTHING | w.NO | word_set("lite lita liten null")
_MEANT: Final = word_set(
    "betydde betyr betydd bety hadde har ha hatt spilte spiller spelte spela spelar spilt spelt gjorde gjør gjer"
)
_WEIGHT: Final = ("rolle", "betydning", "betyding", "tyding", "innvirkning", "innverknad", "vekt")
_NO_REASON: Final = (
    "grunn", "årsak", "avgjør", "avgjer", "utslag", "tema", "argument", "motiv", "poeng", "problem", "hovedsak",
    "hovudsak", "drivkraft", "faktor", "viktig", "derfor", "difor", "aktuelt", "vesentlig", "vesentleg",
)  # fmt: skip
_IS: Final = w.BE | word_set("vært vore vere være")
_MINDED: Final = word_set("brydd brydde bryr bry opptatt oppteken opptekne tenkt bekymret bekymra")
_THOUGHT: Final = word_set("tror trur trudde trodde trudd antar antok påstår påstod skriver skriv lurer lurte")
_SO: Final = word_set("så og men for")
_BESIDE: Final = w.ADVERBS - {"der", "derfor"}
_WRONG: Final = word_set("feil galt tull tøv usant misforståelse misforståing")
_TRUE: Final = word_set("stemmer stemte stemt sant riktig rett gjorde gjør gjer er var e va")
_OPENERS: Final = word_set("men fordi hvis viss dersom når at om siden sidan")
_SUBORDINATE: Final = word_set("at om hva kva hvor kor kvar")
_DRAWING: Final = MOVING | word_set(
    "trekker trakk lokker lokket lokka holder holdt held plager plaget plaga skremmer skremte betyr tenker tenkjer bryr"
)
_STRUCK: Final = word_set("stryke utelukke utelukka avskrive")
_LAY: Final = word_set("lå låg ligger ligg stod sto")
_HAD: Final = word_set("har hadde")
_IS_OR_HAD: Final = _IS | _HAD | {"ble"}
#: Right before what is denied one of these stands, where that points back or is said to be no reason.
_BEING: Final = _IS_OR_HAD | _LAY
#: Words of "det har jeg", "det hadde vi".
_HEARD: Final = 3
#: All that a clause as "men det stemmer" may have before its denial.
_NOT_SO: Final = _SO | w.PRONOUNS | w.ADVERBS | _TRUE
_SUBJECTS_OR_WHO: Final = w.SUBJECTS | {"som"}
_MEANT_NOW: Final = _MEANT - {"ha", "hatt", "bety", "betydd", "spilt", "spelt"}
_REACH: Final = 5
_EVIDENCE: Final = 9

_DENYING: Final = _LITTLE | w.NEGATORS | _STRUCK | _WRONG | word_set("nei næ heller")
#: A sentence without one of these dismisses nothing.
TRIGGERS: Final = _DENYING | dismissing_frames.TRIGGERS


class Dismissal(NamedTuple):
    """What is dismissed: the words in [start, end) of the sentence; `word` is the word that does it.

    `lack` tells that only what may be lacking is dismissed: "det var nok av det".
    """

    word: int
    start: int
    end: int
    lack: bool = False


def dismissals(words: Words) -> Iterator[Dismissal]:
    """Give every dismissal in a sentence."""
    forms = words.forms
    if not _DENYING.isdisjoint(forms):
        yield from _denied(words, forms)
    for frame in dismissing_frames.frames(words, forms):
        yield Dismissal(*frame)


def _denied(words: Words, forms: Sequence[str]) -> Iterator[Dismissal]:
    """Give the dismissals by a denying word; each way to dismiss needs some word near it."""
    minding = not _MINDED.isdisjoint(forms)
    for at, form in enumerate(forms):
        if form not in _DENYING:
            continue
        before = forms[max(0, at - _REACH) : at]
        if form in w.NOT or form == "heller":
            if not _BEING.isdisjoint(before):
                yield from _pointing_back(words, forms, at)
                yield from _was_none(words, forms, at)
            if minding:
                yield from _never_minded(words, forms, at)
            if before and before[-1] in _NOT_SO:
                yield from _not_so(words, forms, at)
        if form in _LITTLE:
            if not _MEANT.isdisjoint(before):
                yield from _meant_nothing(words, forms, at)
        elif form != "heller":
            yield from _set_aside(words, forms, at)


def points_back(words: Words) -> int:
    """Give the denying word of a sentence that dismisses the one before it ("Så det var ikke derfor."); -1 without."""
    if len(words) > _EVIDENCE + 1:
        return -1
    forms = words.forms
    if w.NOT.isdisjoint(forms):
        return -1
    for at, form in enumerate(forms):
        if form in w.NOT and _points(forms, at) and _opening(words, at) <= 1:
            return at
    return -1


def _clause(words: Words, at: int) -> int:
    """Give where the clause around `at` begins: after a clause mark, or at a word that opens one."""
    index = at
    while index > 0 and words.before[index] != BREAK:
        index -= 1
    return index


def _opening(words: Words, at: int) -> int:
    """Give the first word of the clause that says "det var ikke ..." around the denying word at `at`."""
    index = at
    while index > 0 and at - index < _REACH:
        before = words.forms[index - 1]
        if words.before[index] == BREAK:
            break
        if before in _SO:
            index -= 1
            break
        if before not in w.IT and before not in _IS and before not in w.ADVERBS:
            break
        index -= 1
    return index


def _it_was(forms: Sequence[str], at: int) -> bool:
    """Tell whether "det var", "er det" stand right before the denying word at `at`."""
    before = [form for form in forms[max(0, at - _REACH) : at] if form not in w.ADVERBS][-2:]
    return len(before) > 1 and not w.BE.isdisjoint(before) and not w.IT.isdisjoint(before)


def _points(forms: Sequence[str], at: int) -> bool:
    """Tell whether what is denied at `at` points back: "(det var ikke) derfor", "grunnen", "det", "den det kom an på"."""
    it_was = _it_was(forms, at)
    if not it_was and (not at or forms[at - 1] not in _LAY):
        return False
    if forms[at + 1 : at + 2] and forms[at + 1] in w.UNDONE:
        # "Det er ikke bare det."
        return False
    after = [form for form in forms[at + 1 : at + 1 + _REACH] if form not in _BESIDE]
    some = not _SOME.isdisjoint(forms[at + 1 : at + 3])
    while after and after[0] in _SOME:
        after.pop(0)
    if not it_was:
        return after[:1] == ["der"]
    if not after or after[0] in _BACK:
        return bool(after)
    if some and after[0] in _SUBJECTS_OR_WHO:
        # "Det er ikke noe som trekker meg", "det er ikke noe man flytter for".
        return not _DRAWING.isdisjoint(forms[at + 2 : at + 2 + _REACH + 1])
    return after[0] in _IT and (len(after) == 1 or after[1] in _WHERE_IT_LAY)


def _pointing_back(words: Words, forms: Sequence[str], at: int) -> Iterator[Dismissal]:
    opening = _opening(words, at)
    if opening > 0 and _points(forms, at):
        yield Dismissal(at, 0, opening)
    start = at - _HEARD
    if start > 0 and forms[start] == "det" and forms[start + 1] in _HAD and _clause(words, at) == start:
        # "At noen flytter på grunn av tolk, det har jeg aldri hørt."
        if not w.LIVED.isdisjoint(forms[at + 1 : at + 2]):
            yield Dismissal(at, 0, start)


def _was_none(words: Words, forms: Sequence[str], at: int) -> Iterator[Dismissal]:
    """Recognise "jobben var ikke (noen) grunn", "utdanning har aldri vært noe argument"."""
    start = _clause(words, at)
    verbs = [index for index in range(max(start, at - _REACH), at) if forms[index] in _IS_OR_HAD]
    if not verbs or verbs[0] == start:
        return
    named = [form for form in forms[at + 1 : at + 1 + _REACH] if form.startswith(_NO_REASON)]
    what = forms[at + 1 : at + 3] in {("det", "som"), ("den", "som"), ("det", "vi"), ("det", "jeg"), ("det", "eg")}
    if (named or what) and forms[verbs[0] - 1] not in w.IT:
        yield Dismissal(at, _subject(forms, start, verbs[0]), verbs[0])


def _subject(forms: Sequence[str], start: int, verb: int) -> int:
    """Give where the subject before a verb begins; a clause of its own ("at vi leide, ...") may be the subject."""
    if verb <= start + 1 and start > 0 and forms[0] in _SUBORDINATE:
        return 0
    openers = [index for index in range(start, verb) if forms[index] in _OPENERS and index > start]
    first = openers[-1] + 1 if openers else start
    return max(first, verb - _EVIDENCE)


def _meant_nothing(words: Words, forms: Sequence[str], at: int) -> Iterator[Dismissal]:
    """Recognise "pengene betydde ingenting", "husleia hadde ikke noe å si", "for oss spilte jobben ingen rolle"."""
    start = _clause(words, at)
    verbs = [index for index in range(max(start, at - _REACH), at) if forms[index] in _MEANT]
    if not verbs:
        return
    verb = verbs[-1] if forms[verbs[0]] not in _MEANT_NOW else verbs[0]
    end = next((index for index in range(at + 1, len(words)) if words.before[index] == BREAK), len(words))
    after = forms[at + 1 : min(end, at + 1 + _EVIDENCE)]
    weight = any(form.startswith(_WEIGHT) for form in after[:3])
    say = any(pair in {("å", "si"), ("å", "seie"), ("å", "bety"), ("å", "sei")} for pair in pairwise(after))
    do = "med" in after[:3] and not w.DO.isdisjoint(after)
    meant = forms[verb].startswith("bet") and (
        forms[at] not in w.NOT or after[:1] in {(), ("noe",), ("noko",), ("så",)}
    )
    hurt = forms[verb] in {"gjorde", "gjør", "gjer"} and forms[at] in w.NOTHING
    if not (weight or say or do or meant or hurt or _ends_there(words, at, forms[verb])):
        return
    if verb == start and forms[0] in _SUBORDINATE and start > 0:
        yield Dismissal(at, 0, at)
        return
    yield Dismissal(at, _subject(forms, start, verb), at)
    told = [index for index in range(at + 1, min(len(forms), at + _REACH + 1)) if forms[index] in _SUBORDINATE]
    if told and forms[verb - 1 : verb] and {forms[verb - 1], forms[verb + 1]} & w.IT:
        yield Dismissal(at, told[0], len(forms))


def _ends_there(words: Words, at: int, verb: str) -> bool:
    """Recognise "betydd ikkje", where nothing but adverbs follows."""
    rest = words.forms[at + 1 : at + 3]
    return verb.startswith("bet") and all(form in w.ADVERBS for form in rest)


def _never_minded(words: Words, forms: Sequence[str], at: int) -> Iterator[Dismissal]:
    """Recognise "mørketida har jeg aldri brydd meg om", "jeg brydde meg ikke om kulda"."""
    if _MINDED.isdisjoint(forms[max(0, at - 3) : at + 4]):
        return
    over = {"om", "av", "over", "på"} & {*forms[at : at + _REACH + 1]}
    start = _clause(words, at)
    if over and "seg" not in forms[start : at + 4] and not FIRST_PERSON.isdisjoint(forms[start : at + 4]):
        end = next((index for index in range(at + 1, len(words)) if words.before[index] == BREAK), len(words))
        yield Dismissal(at, start, end)


def _not_so(words: Words, forms: Sequence[str], at: int) -> Iterator[Dismissal]:
    """Recognise "folk tror jeg flyttet for jobben, men det stemmer ikke", "... men det gjorde jeg ikke"."""
    start = _clause(words, at)
    clause = set(forms[start:at])
    if start and "det" in clause and clause & _TRUE and clause <= _NOT_SO:
        yield from _thought(forms, at, start)


def _set_aside(words: Words, forms: Sequence[str], at: int) -> Iterator[Dismissal]:
    """Recognise "..., så nei", "..., men det er feil", "..., så det kan du stryke"."""
    start = _clause(words, at)
    if not start:
        return
    if forms[at] in _WRONG and {*forms[start:at]} & w.BE:
        yield from _thought(forms, at, start)
    elif (forms[at] in {"nei", "næ"} and forms[at - 1] == "så") or (
        forms[at] in _STRUCK and {*forms[start:at]} & w.ABLE
    ):
        yield Dismissal(at, 0, start)


def _thought(forms: Sequence[str], at: int, start: int) -> Iterator[Dismissal]:
    """Give what others are said to think before the clause at `start`."""
    told = next((index for index in range(start) if forms[index] in _THOUGHT), -1)
    if told >= 0 and not {"jeg", "eg", "æ"} & {*forms[max(0, told - 1) : told], *forms[told + 1 : told + 1]}:
        yield Dismissal(at, told + 1, start)


def dismisses(found: Collection[Dismissal], evidence: Sequence[int], *, lack: bool = True) -> int:
    """Give the word that dismisses the words at `evidence` (ascending); -1 where nothing does.

    `lack` tells whether they name what may be lacking.
    """
    for dismissal in found:
        if dismissal.lack and not lack:
            continue
        inside = dismissal.start <= evidence[0] and evidence[-1] < dismissal.end
        begins = dismissal.start <= evidence[0] < dismissal.end
        if inside or (begins and (dismissal.word in evidence or dismissal.word == dismissal.end < evidence[-1])):
            return dismissal.word
    return -1

"""Where a thing is named as the reason: "på grunn av jobben", "det var kulda som tok oss", "grunnen var skolen".

What is named so is a reason however common its word is. The word lists and rules are our own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from koding.suggest.language.tokens import BREAK, Words, word_set
from koding.suggest.meaning import negation_words as w
from koding.suggest.meaning.speech import MOVED, MOVING, SUBJECTS, Talk

_REASON: Final = ("grunn", "hovedgrunn", "hovudgrunn", "årsak", "hovedårsak", "hovudårsak")
_WEIGHTY: Final = word_set("avgjørende avgjerande viktigst viktigste viktigaste utslagsgivende derfor difor")
_OWED: Final = word_set("skyldes skyldtes skuldast handler handlet handla dreier dreide gjaldt gjelder gjeld")
#: What a reason is said to have done; it takes a "som" or one of `SOMEBODY`.
DROVE: Final = word_set(
    "gjorde gjør gjer fikk fekk får trakk trekker drog lokket lokka lokker avgjorde avgjør bestemte vippa vippet"
    " holder holdt held heldt tok knakk knekte drev jaga jaget skremte hindret hindra stoppet stoppa utløste førte"
)
_MADE_TO: Final = word_set("fikk fekk får trakk trekker lokket lokka lokker drev jaga jaget")
SOMEBODY: Final = word_set("oss meg mæ dem dei ham han henne ho folk")
_NOUN_PHRASE: Final = 4
_CLEFT: Final = 6
_OTHER_CLAUSE: Final = SUBJECTS | MOVING | w.CLAUSES
_PERSONS: Final = SUBJECTS - w.IT
#: The words that may come right before what is named; nothing else says so.
_NAMING: Final = w.BE | _OWED | {"av", "pga", "være", "for"}
#: A sentence with one of these may name a reason whatever else it has.
SURELY: Final = _WEIGHTY | _OWED | {"pga", "takket", "skyld"}


def is_named(talk: Talk, evidence: Sequence[int]) -> bool:
    """Tell whether the words at `evidence` (ascending) are named as a reason."""
    words, forms = talk.words, talk.forms
    first, last = evidence[0], evidence[-1]
    return _because_of(words, forms, first) or _cleft(forms, first, last) or _subject(words, forms, first, last)


def _before(words: Words, forms: Sequence[str], at: int) -> Sequence[str]:
    """Give the forms of the same clause before `at`, the nearest last."""
    start = at
    while start > 0 and words.before[start] != BREAK:
        start -= 1
    return forms[start:at]


def _because_of(words: Words, forms: Sequence[str], at: int) -> bool:
    """Recognise "på grunn av (den dårlige) jobben", "skyldtes jobben", "grunnen var jobben", "flyttet for jobben"."""
    before = _before(words, forms, at)
    near = before[-_NOUN_PHRASE:]
    for place, form in enumerate(near):
        if form not in _NAMING:
            continue
        left = before[: len(before) - len(near) + place + 1]
        between = near[place + 1 :]
        if not _OTHER_CLAUSE.isdisjoint(between):
            continue
        if form == "av" and left[-3:-1] in (("på", "grunn"), ("på", "grunna")):
            return True
        if form == "pga" or (form == "være" and left[-2:-1] == ("takket",)):
            return True
        if form in _OWED and between[:1] in (("om",), ("seg",)):
            return True
        if form in {"skyldes", "skyldtes", "skuldast"}:
            return True
        if form in w.BE and any(word.startswith(_REASON) for word in left[-_NOUN_PHRASE - 1 : -1]):
            return True
        if (
            form == "for"
            and left[-2:-1]
            and any(word in MOVED for word in left[-_NOUN_PHRASE:-1])
            and between[:1] != ("å",)
        ):
            return True
    return False


def _cleft(forms: Sequence[str], first: int, last: int) -> bool:
    """Recognise "det var (nok mest) jobben som trakk", "det er huset som holder oss her"."""
    after = forms[last + 1 : last + 5]
    if "som" not in after:
        return False
    verb = last + 2 + after.index("som")
    before = pairwise(forms[max(0, first - _CLEFT) : first])
    it_was = any({one, two} & w.BE and {one, two} & w.IT for one, two in before)
    return it_was and any(form in DROVE for form in forms[verb : verb + 3])


def _subject(words: Words, forms: Sequence[str], first: int, last: int) -> bool:
    """Recognise "jobben var grunnen", "jobben fikk oss til å flytte", "for jobbens skyld"."""
    after: list[str] = []
    for index in range(last + 1, min(len(forms), last + 8)):
        if words.before[index] == BREAK:
            break
        after.append(forms[index])
    if any(form in w.BE for form in after[:3]):
        named = any(form.startswith(_REASON) or form in _WEIGHTY for form in after[1:6])
        if named and not any(form in _PERSONS for form in after[:2]):
            return True
    if "skyld" in after[:2] and "for" in forms[max(0, first - 2) : first]:
        return True
    return any(
        form in _MADE_TO and after[place + 1 : place + 2] and after[place + 1] in SOMEBODY
        for place, form in enumerate(after[:2])
    )

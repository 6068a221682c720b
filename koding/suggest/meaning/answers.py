"""What a question lends to its answer: a short answer names a reason because a reason was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from koding.suggest.language.sentences import Unit, asks, units
from koding.suggest.language.tokens import Word, word_set
from koding.suggest.meaning import negation_words
from koding.suggest.meaning.dismissal import points_back
from koding.suggest.meaning.speech import FILLERS, NOT, SUBJECTS

#: An answer of at most this many words is read with its question.
SHORT_ANSWER: Final = 8
#: A question that speakers put to themselves has at most this many words.
_ECHO = 6

_WHY = word_set("hvorfor kvifor koffor korfor hvordi")
_WHAT = word_set("hva kva ka kæ hvem kven")
_LACK = word_set(
    "mangle manglet mangla mangler manglar savne savnet savna savner sakna saknet saknar flytte flyttet flytta flutt"
    " flytter dra dro drar reise reiste reiser bort vekk derfra herfra avgjorde avgjorde bestemte trakk lokket lokka"
    " frista fristet grunn grunnen grunnar grunner årsak årsaken årsaka avgjørende avgjerande viktigst viktigste"
    " viktigaste verst verste vanskelig vanskeligst vanskelege vanskeleg problemet problem tungt tyngst bli blir ble"
    " blei vart holder holdt held her skyldtes skyldes"
)
_ASKS = word_set(
    "var er hadde har føler følte handlet handla handler skyldtes skyldes kjente kjende savnet savna sakna opplevde ble"
    " blei vart betydde spilte gjorde flyttet flytta dro reiste va æ e"
)
_REASONED = word_set("grunn grunnen grunnar grunner årsak årsaken fordi handlet handla handler skyldtes skyldes derfor")
_LIVED = word_set(
    "opplevde opplevd opplevt opplever merket merka merke møtte møtt følte føler kjente kjende savner savnet savna sakna"
    " saknar mobbet mobba plaget plaga redd redde ensom einsam ensomme einsame utrygg utrygge truet trua"
)
_YES = word_set("ja jo jada joda jepp absolutt")
_NO = word_set("nei neida næ nehei nope niks")
_NO_OR_NEVER = _NO | {"aldri"}
_BARE = (
    _YES
    | _NO
    | FILLERS
    | SUBJECTS
    | NOT
    | word_set(
        "er var va e hadde har gjorde gjør ble vart kan kunne ville litt mye mykje helt heilt faktisk selvfølgelig sjølvsagt"
        " stemmer riktig rett mest noe noko tror trur synes absolutt klart virkelig akkurat aldeles derfor difor grunnen"
        " årsaken årsaka ingenting å si seie i hele heile tatt teke på"
    )
)
_LEADING = word_set("og så men ja nei ok okei javel mhm eh altså")
#: A sentence without one of these does not take back the one before it.
TAKING_BACK: Final = negation_words.NOT | _NO_OR_NEVER
_REFUSING = _NO | word_set("ikke ikkje itj aldri")


class Question:
    """The question that a turn answers: its last sentence that asks something."""

    def __init__(self, text: str) -> None:
        found = units(text)
        asking = [unit for unit in found if asks(text, unit)]
        self.units: Sequence[Unit] = found
        self.asked: Unit | None = next(reversed(asking or found), None)
        self._forms = self.asked.words.forms if self.asked is not None else ()

    @property
    def wants_reason(self) -> bool:
        """Tell whether it asks for a reason, or for what was missing ("hvorfor flyttet du", "hva manglet")."""
        forms = set(self._forms)
        return not forms.isdisjoint(_WHY) or (not forms.isdisjoint(_WHAT) and not forms.isdisjoint(_LACK))

    @property
    def wants_yes_or_no(self) -> bool:
        """Tell whether it can be answered by yes or no, without a denial or a choice in it."""
        forms = list(self._forms)
        while forms and forms[0] in _LEADING:
            forms.pop(0)
        return bool(forms) and forms[0] in _ASKS and not {"ikke", "ikkje", "itj", "eller"} & set(forms)

    @property
    def asks_what_was_lived(self) -> bool:
        """Tell whether it asks what somebody went through or felt: "opplevde du rasisme?", "var du redd?"."""
        return not _LIVED.isdisjoint(self._forms)

    @property
    def is_about_the_reason(self) -> bool:
        """Tell whether a no denies the reason itself: "var det jobben som ...?", "handlet det om skolen?"."""
        forms = [form for form in self._forms if form not in _LEADING]
        it_was = forms[1:2] == ["det"] and forms[0] in {"var", "er", "va", "e", "æ"}
        cleft = it_was and ("som" in forms or len(forms) <= 4)
        return cleft or not _REASONED.isdisjoint(forms)


def may_answer(form: str) -> bool:
    """Tell whether a yes or no may begin with this word; `says_yes` and `refuses` look at the rest."""
    return form in _LEADING or form in _REFUSING or form in _YES


def says_yes(forms: Sequence[str]) -> bool | None:
    """Tell whether an answer is a bare yes (True) or no (False); None where it says more, or neither."""
    if not forms or not _BARE.issuperset(forms):
        return None
    first = forms[0]
    if first in _YES and not _NO & set(forms[1:3]) and not {"ikke", "ikkje", "itj"} & set(forms):
        return True
    if first in _NO and not _YES & set(forms[1:3]):
        return False
    return None


def refuses(forms: Sequence[str]) -> bool:
    """Tell whether a sentence answers no first of all: "Nei, folk var greie.", "Ikke for flyttingen, nei."."""
    opening = [form for form in forms[:3] if form not in _LEADING or form in _NO]
    return bool(opening) and opening[0] in _REFUSING and _YES.isdisjoint(forms)


def refusal(text: str, unit: Unit, after: Unit) -> Word | None:
    """Give the word with which speakers take back a sentence of their own in the next one; None without one.

    That is the no to a short question ("Ensom? Nei, aldri."), or what points back ("Så det var ikke derfor.").
    """
    back = points_back(after.words)
    if back >= 0:
        return after.words[back]
    if len(unit.words) > _ECHO or not after.words or after.words.forms[0] not in _NO_OR_NEVER:
        return None
    return after.words[0] if asks(text, unit) else None

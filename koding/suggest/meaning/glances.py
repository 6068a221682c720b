"""What a sentence shows at a glance: which lists its words are on, as the bits of a number.

Most rules about meaning need a word of some list, and most sentences have none. What a form shows is told once and kept
with its number, so that it is put together for many sentences at once (see `numbered`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Final

from koding.suggest.language.tokens import word_set
from koding.suggest.meaning import answers, directions, dismissal, naming, negation_words, pertinence, plans, voices
from koding.suggest.meaning.speech import MOVED, MOVING

#: The words of a sentence may dismiss a reason, or deny one by a denying word.
DISMISSES, NEGATES = 1 << 0, 1 << 1
#: They take back the sentence before, if they are not many.
TAKES_BACK: Final = 1 << 2
#: They tell something of a topic that they name; they speak of moving or of reasons.
TELLS, SAYS_WHY = 1 << 3, 1 << 4
#: They name a reason whatever else they are, or where they have one of both lists.
_NAMES, _DROVE, _WHOM, _MOVED, _FOR = 1 << 5, 1 << 6, 1 << 7, 1 << 8, 1 << 9
#: They suppose or plan, leave or go or stay, speak of somebody else.
SUPPOSES, DIRECTS, SPEAKS_OF_OTHERS = 1 << 10, 1 << 11, 1 << 12
#: They may open a condition.
SETS_CONDITION: Final = 1 << 13

_LISTS: Final = (
    (DISMISSES, dismissal.TRIGGERS),
    (NEGATES, negation_words.NEGATORS | negation_words.OTHERWISE),
    (TAKES_BACK, answers.TAKING_BACK),
    (TELLS, pertinence.TELLING),
    (
        SAYS_WHY,
        MOVING
        | word_set(
            "derfor difor grunn grunnen grunner grunnar grunna årsak årsaken årsaka pga skyldes skyldtes fordi avgjorde"
        ),
    ),
    (_NAMES, naming.SURELY),
    (_DROVE, naming.DROVE),
    (_WHOM, naming.SOMEBODY | {"som"}),
    (_MOVED, MOVED),
    (_FOR, frozenset({"for"})),
    (SUPPOSES, plans.TRIGGERS),
    (DIRECTS, directions.TRIGGERS),
    (SPEAKS_OF_OTHERS, voices.SOMEBODY),
    (SETS_CONDITION, plans.MAY_OPEN),
)
_BITS: Final = {
    form: sum(bit for bit, forms in _LISTS if form in forms)
    for form in frozenset().union(*(forms for _, forms in _LISTS))
}


def glance(form: str) -> int:
    """Give what a form shows, as bits."""
    # All that begin with one of the words for a reason have one of these.
    named = _NAMES if "grunn" in form or "årsak" in form else 0
    return _BITS.get(form, 0) | named


def glance_of(forms: Iterable[str]) -> int:
    """Give what the forms of a sentence show."""
    return reduce(or_, map(glance, forms), 0)


def may_name(shown: int) -> bool:
    """Tell whether a sentence that shows this has one of the words that naming a reason takes; most have none."""
    return bool(
        shown & _NAMES or (shown & _DROVE and shown & _WHOM) or (shown & _FOR and shown & _MOVED),
    )

"""Whether a sentence that names a topic says anything of it that may be a reason, and whether it only quotes a word.

"Vi har sykehus" and "jeg tok ferja" name a topic and no more. A sentence that also speaks of moving or staying, of what is
lacking or far, of what one wished for or had to, or of a reason, may well be one. The word lists are our own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from koding.suggest.language.tokens import Word, word_set
from koding.suggest.meaning.negation_words import NEGATORS
from koding.suggest.meaning.speech import FIRST_PERSON, MOVING

_TELLING: Final = (
    MOVING
    | NEGATORS
    | word_set(
        # where one goes, or stays
        "vekk bort derfra herfra dadan dit hit flytting flyttinga flyttingen valgte valde velge velje valget valet bli blir"
        " ble blei vart blitt boende buande trives trivst trivdes treivst holder held"
        # why
        " fordi derfor difor grunn grunnen grunner grunnar årsak årsaken årsaka årsaker årsaker skyldes skyldtes pga grunna"
        # what one wished for, or had to
        " vil ville vill måtte mått trenger trengte treng trong ønsker ønsket ønskjer ønska lyst håper håpet håpar håpa"
        " drømmer drømte drøymer drøymde skulle"
        # what is lacking, far or hard
        " mangla manglet mangler manglar savner savnet sakna saknar saknet langt dårlig dårleg dyrt dyr dyrere dyrare"
        " vanskelig vanskeleg verst lenger vente venta ventet ventetid nærmeste nærmere nærare næraste kø"
    )
)

_WORDS: Final = word_set("ordet ordene orda uttrykket uttrykka begrepet omgrepet")
_MEDIA: Final = word_set(
    "avisa avisen avisene boka boken bøkene filmen filmene serien romanen sangen songen teksten programmet"
    " nyhetene nyheita nyhende dokumentaren podkasten politikerne politikarane politikere politikarar"
)
#: Words from the beginning of a sentence within which it says what speaks there ("I filmen ...", "Avisa skrev ...").
_SPEAKING = 3


def tells(forms: Collection[str]) -> bool:
    """Tell whether the forms of a sentence say more than that a topic came up."""
    return not _TELLING.isdisjoint(forms)


def is_quoted(words: Sequence[Word], evidence: Sequence[int]) -> bool:
    """Tell whether the words at `evidence` are only quoted: "ordet ensom", "avisa skrev om rasisme"."""
    before = words[evidence[0] - 1].form if evidence[0] else ""
    if before in _WORDS:
        return True
    told = any(word.form in _MEDIA for word in words[:_SPEAKING])
    return told and all(word.form not in FIRST_PERSON for word in words)

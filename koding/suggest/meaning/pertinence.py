"""Whether a sentence that names a topic says anything of it that may be a reason, and whether it only quotes a word.

"Vi har sykehus" and "jeg tok ferja" name a topic and no more. A sentence that also speaks of moving or staying, of what is
lacking or far, of what one wished for or had to, or of a reason, may well be one. The word lists are our own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from koding.suggest.language.tokens import Words, word_set
from koding.suggest.meaning.negation_words import NEGATORS
from koding.suggest.meaning.speech import FIRST_PERSON, MOVING

#: A sentence with one of these says more than that a topic came up.
TELLING: Final = (
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
_QUOTING: Final = _WORDS | _MEDIA
_WRITTEN: Final = word_set(
    "stil stilen norskstil norskstilen stiloppgave stiloppgaven foredrag foredraget særoppgave særoppgaven quiz quizen"
    " diktat diktaten skoleoppgaven semesteroppgaven presentasjonen gloseprøven gloseprøve kryssord kryssordet"
)
_BEFORE: Final = word_set("krigen flukten flukta revolusjonen bombene bombinga bombingen")
_YOUNG: Final = word_set("liten lita barn småjente smågutt ung guttunge jentunge unge")
_COUNTRY: Final = word_set(
    "syria irak iran afghanistan eritrea etiopia somalia sudan kongo ukraina burma pakistan libanon tyrkia uganda kenya"
    " kabul herat aleppo damaskus homs asmara mogadishu teheran bagdad mosul kyiv kharkiv mariupol khartoum kampala"
)
_LIVED: Final = word_set("studerte studerer jobbet jobba arbeidet gikk gjekk bodde budde hadde underviste var")
_HOMELAND: Final = word_set("hjemlandet heimlandet barndommen barndomen landsbyen")
_LONGING: Final = word_set(
    "savner savnet savna sakna saknar saknet lengter lengtet lengta lengtar lengsel drømmer drømte derfor difor fordi"
    " grunn grunnen norge noreg kommunen kommuna her hit dit bygda vant vand flytter flytte"
)
_I: Final = word_set("jeg eg æ vi")
_MINE: Final = word_set("min mi mitt mine vår vårt våre hans hennes deres")
_ELSEWHEN: Final = _BEFORE | _YOUNG | _COUNTRY | _HOMELAND
#: A sentence without one of these is neither of schoolwork nor of another time, and quotes nothing.
IMPERTINENT: Final = _WRITTEN | _ELSEWHEN | _QUOTING
_SAYING: Final = word_set("sier seier sei sa mener meiner anbefalte anbefaler spurte spurde spør ler lo")
#: Words from the beginning of a sentence within which it says what speaks there ("I filmen ...", "Avisa skrev ...").
_SPEAKING = 3


def is_elsewhen(forms: tuple[str, ...]) -> bool:
    """Tell whether a sentence tells of life before the flight or of childhood, and gives it no bearing on the present.

    "Før krigen hadde vi et stort hus", "da jeg var liten, gikk jeg på skole i to skift".
    """
    if _ELSEWHEN.isdisjoint(forms) or not _LONGING.isdisjoint(forms):
        return False
    for at, form in enumerate(forms):
        if form in _BEFORE:
            told = forms[at - 1 : at] == ("før",)
        elif form in _YOUNG:
            told = bool({*forms[max(0, at - 4) : at]} & {"da", "då", "når"}) and bool(
                {*forms[max(0, at - 3) : at]} & _I
            )
        elif form in _COUNTRY:
            told = forms[at - 1 : at] == ("i",) and _lived_there(forms[max(0, at - 4) : at - 1])
        else:
            told = form in _HOMELAND and forms[at - 1 : at] == ("i",)
        if told:
            return True
    return False


def _lived_there(before: Sequence[str]) -> bool:
    """Recognise "(på den tiden) studerte jeg (i Kabul)"."""
    return bool({*before} & _LIVED) and bool({*before} & _I)


def only_says(words: Words, evidence: Sequence[int]) -> bool:
    """Tell whether a topic is only who says something: "fastlegen min sier at ..."."""
    after = words.forms[evidence[-1] + 1 : evidence[-1] + 3]
    return bool(after) and (after[0] in _SAYING or (after[0] in _MINE and after[-1] in _SAYING))


def is_schoolwork(forms: Collection[str]) -> bool:
    """Tell whether a sentence is of what one wrote or held a talk on: "temaet for norskstilen"."""
    return not _WRITTEN.isdisjoint(forms)


def may_quote(forms: Collection[str]) -> bool:
    """Tell whether a sentence has a word that quotes; else nothing in it `is_quoted`."""
    return not _QUOTING.isdisjoint(forms)


def is_quoted(words: Words, evidence: Sequence[int]) -> bool:
    """Tell whether the words at `evidence` are only quoted: "ordet ensom", "avisa skrev om rasisme"."""
    before = words[evidence[0] - 1].form if evidence[0] else ""
    if before in _WORDS:
        return True
    told = not _MEDIA.isdisjoint(words.forms[:_SPEAKING])
    return told and FIRST_PERSON.isdisjoint(words.forms)

"""Whose reason a sentence tells: the informant's own, or one of somebody else who moves or feels ("broren min dro")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from koding.suggest.language.tokens import Words, word_set
from koding.suggest.meaning.speech import FILLERS, FIRST_PERSON, MOVING, NOT, THIRD_PERSON, Cue, Talk

VOICE: Final = "stemme"
OTHERS: Final = "tilskrevet"
OWN: Final = "egen"

# Kin outside the household, friends and neighbours. Spouse and children share the informant's own reasons.
_KIN = word_set(
    "bror broren bruren brødrene brør brørne søster søsteren søstera søstra syster systera søstrene søstrer onkel onkelen"
    " tante tanta tanten fetter fetteren kusine kusina kusinen svoger svogeren svigerinne svigerinna nevø nevøen niese"
    " niesa kompis kompisen kamerat kameraten venn vennen venninne venninna venninnen venninner venninnene ven venen veninne veninna bekjent"
    " nabo naboen granne grannen romkamerat romkameraten klassekamerat klassekameraten medelev landsmann kollega kollegaen"
)
_PEOPLE = word_set(
    "noen nokon nån nokre mange flere fleire folk andre alle ungdommene ungdommane ungdom familier familiene familiar"
    " flyktninger flyktningene flyktningar flyktningane venner vennene vener venene naboer naboene grannar kompiser"
    " enslige einslege barnefamilier barnefamilar menn kvinner unge ungdommer studenter innvandrere beboere brukere"
    " deltakere deltakerne deltakarar somaliere syrere eritreere afghanere ukrainere ukrainerne noken"
)
_THOSE = word_set("de dei dem den")
_OF_THEM = word_set("av blant")
_BEING = word_set("var va er blir ble vart blei")
_FEELING = _BEING | word_set(
    "føler følte kjenner kjente kjende kjedet savner savnet sakna saknar savna lengter lengtet lengta lengtar trives"
    " trivdes trivst treivst mistrives orket orker orka trenger trengte mangler manglet mangla"
)
_GETTING = word_set(
    "fikk får fekk hadde har fant finner ville vil vill ønsker ønsket ønskjer ønska må måtte skal skulle begynte studerte"
    " studerer studerar byrja mistet mista klarte holdt"
)
_OWNING = word_set("har hadde hadd fikk savnet savna savner")
_TOLD = word_set("sier seier sa fortalte fortel forteller oversetter")
_KNOWING = word_set("tror trur vet veit ser hører høyrer hørte kjenner sier seier har hadde merker erfarer opplever")
_OF_ONES = word_set("min mi mitt mine hans hennes hennar vår vårt våre min deres sin")
# Words that somebody may be named after the reason, at most ("av ensomhet flyttet naboen").
_AFTER = 8
# Words from "jeg vet" to whom it is told of, at most.
_TELLING_REACH = 5

_HE_OR_SHE = word_set("han hun ho hu hain hon")
_FELT = MOVING | _FEELING
_KIN_FELT = _FELT | _GETTING
_BETWEEN = (
    FILLERS
    | THIRD_PERSON
    | NOT
    | {"som", "har", "hadde", "sier", "seier", "at", "i", "fra", "frå", "med", "barn", "unge", "her", "der"}
)
_THEY = word_set("de dei dem")
# What `_somebody` makes something of.
_NAMED = _KIN | _PEOPLE | _THEY
#: A sentence without one of these speaks of nobody else.
SOMEBODY: Final = _KIN | _PEOPLE | THIRD_PERSON | word_set("hain hon")


def others(
    talk: Talk, evidence: Sequence[int], before: Words | None = None, *, interpreted: bool = False
) -> Cue | None:
    """Give the cue that the words at `evidence` are somebody else's reason; `before` is the sentence said before.

    A noun for somebody outside the household, or for people at large, must be the subject of moving or feeling, and the
    informant must not come into it after that. "Han" and "hun" count where they move, or after such a noun; where an
    interpreter speaks (`interpreted`) they may be the informant, and count only after such a noun.
    """
    forms = talk.forms
    if _KIN_FELT.isdisjoint(forms):
        return None
    for at, form in enumerate(forms[: evidence[-1] + _AFTER + 1]):
        if form not in _NAMED or not talk.together(at, evidence[0]):
            continue
        words = _somebody(talk, at)
        if words and _theirs(talk, words, evidence):
            return Cue(VOICE, OTHERS, words)
    if not interpreted and (mover := _mover(talk, evidence)):
        return Cue(VOICE, OTHERS, mover)
    return _again(talk, evidence, before) if before else None


def own(talk: Talk, evidence: Sequence[int]) -> Cue | None:
    """Give the cue that somebody whose group speaks of others tells of a move of their own ("da jeg flyttet hit")."""
    for at, form in enumerate(talk.forms):
        if form in {"jeg", "eg", "æ"} and talk.together(at, evidence[0]):
            verb = talk.next_of(MOVING, at + 1, reach=1)
            if verb > 0 or talk.form(at - 1) in MOVING:
                return Cue(VOICE, OWN, (at, verb) if verb > 0 else (at - 1, at))
    return None


def _somebody(talk: Talk, at: int) -> tuple[int, ...]:
    """Give the words of a subject that is somebody else, from the word at `at`."""
    form, after = talk.form(at), talk.form(at + 1)
    if form in _KIN:
        if after == "av" and talk.form(at + 2) in {"meg", "oss", "min", "mi"}:
            return (at, at + 1, at + 2)
        return (at, at + 1) if after in _OF_ONES else (at,)
    if form in _PEOPLE:
        if after in _OF_THEM and talk.form(at + 2) in _THOSE | {"oss", "våre"}:
            return () if talk.form(at + 2) == "oss" else (at, at + 1, at + 2)
        return (at, at + 1) if after == "som" else (at,)
    if form in {"de", "dei"} and after in {"som", "andre", "fleste", "unge", "enslige", "flest"}:
        return (at, at + 1)
    if form in _THEY and not _told(talk) and (after in MOVING or talk.form(at - 1) in MOVING):
        return (at,)
    return ()


def _theirs(talk: Talk, words: tuple[int, ...], evidence: Sequence[int]) -> bool:
    """Tell whether the somebody at `words` moves or feels, and the informant does not come into it."""
    last = words[-1]
    verb = _verb(talk, last)
    turned = talk.form(words[0] - 1) in MOVING and talk.form(words[0]) not in _KIN
    if verb < 0 and not turned:
        return False
    if verb > 0 and talk.form(verb) in _BEING:
        # "Folk var hyggelige, det var ikke rasisme" and "fetteren min er i Oslo" tell of the informant.
        clause = range(verb + 1, evidence[0] + 1)
        if any(talk.parted(index) for index in clause) or talk.form(verb + 1) in {
            "i",
            "på",
            "her",
            "der",
            "fra",
            "frå",
        }:
            return False
    stretch = talk.stretch(words[0])
    if not FIRST_PERSON.isdisjoint(talk.forms[last + 1 : stretch.stop]):
        return False
    having = not _OWNING.isdisjoint(talk.forms[max(0, words[0] - 3) : words[0]])
    if having and (verb < 0 or talk.form(verb) not in MOVING):
        return False
    earlier = [index for index in range(stretch.start, words[0]) if talk.form(index) in FIRST_PERSON]
    if earlier and not _said_or_known(talk, earlier[-1], words[0]):
        return False
    return evidence[0] > last or turned


def _verb(talk: Talk, last: int) -> int:
    """Give the index of the verb of moving or feeling after a subject; -1 where there is none near."""
    kin = not _KIN.isdisjoint(talk.forms[max(0, last - 2) : last + 1])
    wanted = _KIN_FELT if kin else _FELT
    for index in range(last + 1, min(last + 7, len(talk.forms))):
        form = talk.form(index)
        if form in wanted:
            return index
        if form not in _BETWEEN and not talk.capital(index) and talk.form(index - 1) not in {"i", "fra", "frå", "med"}:
            return -1
    return -1


def _said_or_known(talk: Talk, first: int, at: int) -> bool:
    """Recognise "jeg vet at mange", "vi ser at folk", "jeg har en venn som": the informant only tells of it."""
    return at - first <= _TELLING_REACH and not _KNOWING.isdisjoint(talk.forms[max(0, first - 1) : at])


def _told(talk: Talk) -> bool:
    forms = talk.forms
    return not _TOLD.isdisjoint(forms) and any(
        form in _TOLD and forms[index] in THIRD_PERSON for index, form in enumerate(forms[1:])
    )


def _mover(talk: Talk, evidence: Sequence[int]) -> tuple[int, ...]:
    """Give the words of "han flyttet", "da dro hun", where nobody else is spoken of."""
    forms = talk.forms
    if _HE_OR_SHE.isdisjoint(forms) or MOVING.isdisjoint(forms):
        return ()
    stretch = talk.stretch(evidence[0])
    if not FIRST_PERSON.isdisjoint(forms[stretch.start : stretch.stop]) or _told(talk):
        return ()
    for at in stretch:
        if forms[at] in _HE_OR_SHE:
            if talk.form(at + 1) in MOVING:
                return (at, at + 1)
            if talk.form(at - 1) in MOVING and at - 1 in stretch:
                return (at - 1, at)
    return ()


def _again(talk: Talk, evidence: Sequence[int], before: Words) -> Cue | None:
    """Carry on from "Broren min bor i Oslo.": "Han flyttet fordi han var ensom."."""
    if _KIN.isdisjoint(before.forms[:4]) or not FIRST_PERSON.isdisjoint(talk.forms):
        return None
    if not FIRST_PERSON.isdisjoint(before.forms):
        return None
    for at, form in enumerate(talk.forms[:3]):
        if form in THIRD_PERSON and talk.together(at, evidence[0]) and not _told(talk):
            verb = talk.next_of(_FELT, at + 1, reach=2)
            if verb > 0:
                return Cue(VOICE, OTHERS, (at,))
    return None

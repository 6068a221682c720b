"""Speakers' labels: which of them transcribers use for which role, and what a label can look like."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from koding.model.transcript import Role


def _words(text: str, separator: str | None = None) -> frozenset[str]:
    return frozenset(text.split(separator))


INTERVIEWER_WORDS = _words(
    "i int intv intervjuer intervjuar intervjueren intervjuaren interviewer q spm spørsmål spørsmålet spørger "
    "forsker forskar forskeren forskaren researcher møteleder møteleiar møtelederen moderator ordstyrer ordstyrar "
    "fasilitator facilitator prosessleder prosessleiar"
)
INTERPRETER_WORDS = _words("tolk tolken interpreter")
INFORMANT_WORDS = _words(
    "r resp respondent respondenten informant informanten inf deltaker deltakar deltager deltakeren participant "
    "intervjuobjekt svar taler talar speaker"
)
ROLE_WORDS = INTERVIEWER_WORDS | INTERPRETER_WORDS | INFORMANT_WORDS

# Words that open a clause, not a speaker's name: "Han sa: ...", "Altså: ...", "I dag: ...".
_CLAUSE_OPENERS = _words(
    "jeg eg du han hun ho hen vi me de dei dem det den dette denne disse desse man ein en et eit ei noen nokon noe "
    "noko alle ingen min mitt mine hans hennes vår vårt sin og men eller for så då da når hvis viss om at som "
    "fordi altså altso dvs nemlig ja jo nei nja jau mhm hm ok okei eh øh nb ps obs pga f.eks eks eksempel hva kva "
    "hvem kven hvor kor hvorfor kvifor hvordan korleis hvilken i på til fra frå med av ved etter før under over "
    "mot uten utan bare berre også her der nå no heller sånn slik kanskje sikkert egentlig eigentleg klokka "
    "klokken kl www http https mailto se sjå merk husk viktig tips kommentar note kilde kjelde problemet poenget "
    "saken saka resultatet konklusjon konklusjonen greia tingen sannheten spørsmålet svaret forskjellen fordelen "
    "ulempen fordel ulempe først fyrst deretter slutt oppsummert kort the and but he she they we it"
)
# Verbs that report speech, or that no name has: with one of them the label is a clause.
_CLAUSE_VERBS = _words(
    "sa sier seier sagde sagt spør spurte spurde svarer svarte svara tenkte tenker tenkjer står stod sto heter het "
    "heiter er var har hadde blir ble vart skrev skreiv ropte ropa ringte fortalte fortel kom går gikk gjekk ville "
    "skulle kunne må måtte ikke ikkje jeg eg du det at"
)
# A header line's key; never a speaker unless the informants file says so.
HEADER_KEYS = _words(
    "konstruert|dato|sted|stad|til stede|tilstede|til stades|opptak|opptaket|varighet|varigheit|lengde|lengd|tid|"
    "tidspunkt|prosjekt|studie|intervju|intervjunr|intervju nr|intervjunummer|tittel|undertittel|kilde|kjelde|"
    "forfatter|forfattar|publisert|språk|transkribert|transkribert av|transkribering|transkripsjon|fil|filnavn|"
    "filnamn|lydfil|versjon|merknad|merknader|notat|deltakere|deltakarar|deltagere|referent|anonymisert|tema|type|"
    "sjanger|medium|avis|kontekst|setting|møte|møtested|møtestad|kjønn|alder|date|place|location|present|title|"
    "source|author|published|recording|duration|language|transcribed by|project|participants|interview|constructed",
    "|",
)
_LONGEST_LABEL = 48
_MOST_WORDS = 5
_NUMBERED = re.compile(r"(?P<word>[^\W\d_]+)[ .-]?(?P<number>\d{0,2})")
_PARENTHESIS = re.compile(r"\(([^()]*)\)")
_WORD = re.compile(r"[^\W\d_]+")
_NAME_WORD = re.compile(r"[^\W_]+(?:[-'’/&][^\W_]+)*")
_INITIAL = re.compile(r"[^\W\d_]{1,4}\.")


def role_word(label: str) -> str:
    """Give the role word that `label` is or is built on ("Informant 3", "R1", "Tolk (Ahmed)"), in lower case, or ""."""
    found = _NUMBERED.fullmatch(_PARENTHESIS.sub("", label).strip())
    word = found["word"].casefold() if found else ""
    return word if word in ROLE_WORDS else ""


def is_header_key(label: str) -> bool:
    """Whether `label` is a key of header lines ("Dato", "Til stede", "Intervju 3")."""
    return label.casefold().rstrip("0123456789 .") in HEADER_KEYS


@lru_cache(maxsize=4096)
def is_plausible(label: str) -> bool:
    """Whether `label` has the form of a speaker's label: short, a name or a title, no clause.

    It says nothing of whether the text uses it as one; that takes recurrence or a known word.
    """
    if len(label) > _LONGEST_LABEL or not label[:1].isalpha() or "http" in label or "@" in label:
        return False
    if role_word(label):
        return True
    words = _PARENTHESIS.sub(" ", label).split()
    if not 1 <= len(words) <= _MOST_WORDS or words[0].casefold() in _CLAUSE_OPENERS:
        return False
    if any(word.casefold() in _CLAUSE_VERBS for word in words):
        return False
    return all(_NAME_WORD.fullmatch(word) or _INITIAL.fullmatch(word) for word in words)


def is_name(label: str) -> bool:
    """Whether every word of a plausible label is capitalised or a number, as in "Amina Hassan" or "Taler 2"."""
    words = _PARENTHESIS.sub(" ", label).split()
    return bool(words) and all(not word[0].islower() for word in words)


def guess_role(label: str, labels: Collection[str] = ()) -> Role:
    """Guess what a speaker is from the label, in the light of the source's other `labels`.

    Interviewer marks (`I`, `Int`, `Intervjuer`, `Møteleder`, `Q` ...) also count with a number or a name beside them
    ("Intervjuer 2", "Kari (forsker)"). Where the transcript spells the interviewer out ("Intervjuer", "Int"), a bare
    `I` is its informant.
    """
    words = {word.casefold() for word in _WORD.findall(label)}
    if words & INTERPRETER_WORDS:
        return Role.INTERPRETER
    base = role_word(label)
    if base == "i" and any(_spells_interviewer(other) for other in labels):
        return Role.INFORMANT
    if base in INTERVIEWER_WORDS or words & {word for word in INTERVIEWER_WORDS if len(word) > 1}:
        return Role.INTERVIEWER
    return Role.INFORMANT


def _spells_interviewer(label: str) -> bool:
    word = role_word(label)
    return len(word) > 1 and word in INTERVIEWER_WORDS

"""Whether a move or its reason is thought of ("hvis jeg hadde fått plass") or planned ("skal flytte til høsten")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from koding.suggest.language.tokens import word_set
from koding.suggest.meaning.speech import FILLERS, MOVE, MOVED, MOVES, NOT, SUBJECTS, Cue, Talk

STATUS: Final = "status"
THOUGHT: Final = "hypotetisk"
PLANNED: Final = "planlagt"

#: Words that a plan may stand away from what it is about, where it is no plan to move.
_NEAR = 10
_IF = word_set("hvis viss dersom om såfremt")
_HAD = word_set("hadde hadd var vore")
_COULD = word_set("kunne kunna ville skulle")
_DONE = word_set(
    "hatt fått vært blitt bodd gjort flyttet flytta dratt reist gått kommet kunnet funnet klart tatt lært studert studera"
    " jobbet jobba arbeidet arbeidd begynt fått valgt sluppet hatt vore vorte budd flutt drege kome kunna funne teke"
    " byrja valt fortsatt åpnet kjøpt møtt snakket snakka følt kjent opplevd hjulpet lest skrevet sett hørt stått ligget"
    " sittet sovet spist brukt søkt betalt leid levd hjelpt opplevd leigd betalt trivdes"
)
# What is said of the talk itself.
_ALLOWED = word_set("an lov greit")
_LISTENERS = word_set("du dere man noen nokon de")
_FOLLOWING = word_set("skjønner skjønar forstår spør ser spurte")
_MINDING = word_set("vil tenker tenkjer lurer vet veit kjenner")
_SPEAKERS = word_set("jeg eg æ vi man en ein")
_RECALLING = word_set("husker hugsar huskar forstår skjønner")
_DARING = word_set("skal får kan tør kunne")
_FRANK = word_set("ærlig ærleg si seie be spørre lov")
_PEOPLE = word_set(
    "jeg eg æ vi me han hun ho de dei det bare barna ungene ungane borna kona mannen kommunen folk familien noen ikke"
)
_PLANNING = word_set(
    "planlegger planlegg planar planer tenker tenkjer håper håpar ønsker ønskjer ønskar vurderer vurderar satser"
    " akter aktar drømmer drøymer"
)
_WILL = word_set("skal ska vil vill")
_OWN = word_set("jeg eg æ vi me han hun ho de dei kona mannen")
_ASKING = word_set("hva kva ka hvor kor hvem kven hvordan korleis når hvilken om")
_BEGIN = word_set(
    "begynne begynna byrje byrja starte starta søke søkje søka studere studera jobbe arbeide arbeida prøve prøva finne"
    " kjøpe kjøpa bo bu bytte byte utdanne fortsette fortsetje slutte slutta bli"
)
_TAKE = word_set("ta gå")
_LEARNING = word_set("skole skolen skule skulen kurs kurset utdanning utdanninga fagbrev fagbrevet bachelor master")
_PROGRAMME = (
    "program",
    "introprogram",
    "introduksjonsprogram",
    "kurs",
    "norskkurs",
    "skole",
    "skule",
    "intro",
    "praksis",
)
_OVER = word_set("ferdig over slutt ferdige unna slutter sluttar")
_WHEN = (
    ("til", "høsten"), ("til", "hausten"), ("til", "våren"), ("til", "sommeren"), ("til", "sommaren"),
    ("til", "vinteren"), ("til", "neste"), ("neste", "år"), ("neste", "høst"), ("neste", "haust"), ("neste", "sommer"),
    ("neste", "vår"), ("neste", "sommar"), ("etter", "sommeren"), ("til", "januar"), ("til", "august"),
)  # fmt: skip

_WAS = MOVED | {"var", "hadde", "ble", "fikk"}
_WISHED = word_set("ønske ønska ynskje ynskt ønskt")
_DONE_OR_HAVE = _DONE | {"ha"}
#: A sentence without one of these sets no condition.
MAY_OPEN: Final = word_set("hvis viss dersom såfremt om hadde hadd")
_TO = frozenset({"til"})
_PLAN_VERBS = MOVE | _BEGIN | _TAKE
_WILL_VERBS = _PLAN_VERBS | word_set("vekk bort dit til ha")
_TIMES = frozenset(first for first, _later in _WHEN)
_SUPPOSING = _IF | _COULD | word_set("hadde hadd mindre")
# A sentence without one of these has no plan: what a plan cannot do without, the small words around it left out.
_PLANS = (
    _WILL
    | _PLANNING
    | _OVER
    | {later for _first, later in _WHEN}
    | word_set("kommer kjem plan planen målet drømmen ønsket tanken lyst klar")
)
#: A sentence without one of these supposes and plans nothing.
TRIGGERS: Final = _SUPPOSING | _PLANS


class Plans:
    """What a sentence says of plans and suppositions, worked out once."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        forms = talk.forms
        self._thought = [] if _SUPPOSING.isdisjoint(forms) else list(_thought(talk))
        self._plans = [] if _PLANS.isdisjoint(forms) else list(_plans(talk))
        #: Whether there is any, of whatever reason.
        self.tells = bool(self._thought or self._plans)

    def statuses(self, evidence: Sequence[int]) -> Iterator[Cue]:
        """Give the cues about what the words at `evidence` (ascending) tell: thought of first, then planned."""
        talk = self._talk
        for cue in self._thought:
            if talk.together(cue[0], evidence[0]):
                yield Cue(STATUS, THOUGHT, cue)
        if not self._plans:
            return
        if not MOVED.isdisjoint(talk.forms):
            if any(talk.form(index) in MOVED and _moved(talk, index) for index in talk.stretch(evidence[0])):
                return
        for cue, moving in self._plans:
            near = cue[0] < evidence[-1] and evidence[0] - cue[-1] <= _NEAR
            if talk.together(cue[0], evidence[0]) and (moving or near):
                yield Cue(STATUS, PLANNED, cue)


def condition(talk: Talk, index: int) -> int:
    """Give the index of the "hvis" (or "hadde jeg") whose clause holds the word at `index`; -1 where there is none."""
    if MAY_OPEN.isdisjoint(talk.forms):
        return -1
    for at in range(index - 1, -1, -1):
        if _opens_condition(talk, at):
            return at
        if talk.parted(at + 1) and at + 1 <= index and talk.form(at + 1) not in {"hvis", "viss", "dersom"}:
            return -1
    return -1


def unreal(talk: Talk, at: int) -> bool:
    """Tell whether the condition that opens at `at` is of the past: "hvis jeg ikke hadde vært ensom" says I was."""
    return not _HAD.isdisjoint(talk.forms[at : at + 6])


def _moved(talk: Talk, index: int) -> bool:
    """Tell a move that was made from a participle ("vil ha flyttet") and an infinitive in -a ("skal flytta")."""
    before = [talk.form(step) for step in range(max(0, index - 3), index)]
    return not any(form in _WILL or form in {"å", "ha", "kunne", "hadde", "ville"} for form in before)


# -- thought of -------------------------------------------------------------------------------------------------------


def _thought(talk: Talk) -> Iterator[tuple[int, ...]]:
    for at, form in enumerate(talk.forms):
        if form not in _SUPPOSING:
            continue
        if _opens_condition(talk, at):
            if _supposed(talk, at):
                yield (at,)
        elif form in _COULD:
            yield from _could(talk, at, form)
        elif form == "mindre" and talk.form(at - 1) == "med":
            yield (at - 1, at)


def _could(talk: Talk, at: int, form: str) -> Iterator[tuple[int, ...]]:
    if form == "skulle":
        wish = talk.next_of(_WISHED, at + 1)
        if wish > 0:
            yield (at, wish)
        return
    done = talk.next_of(_DONE_OR_HAVE, at + 1)
    if done > 0 and talk.form(done) == "ha":
        # "Ville ha jobb" is a wish that was; "ville ha fått" is not what happened.
        done = talk.next_of(_DONE, done + 1, reach=1)
    if done > 0 and talk.form(done - 1) not in {"og"}:
        yield (at, done)


def _opens_condition(talk: Talk, at: int) -> bool:
    form = talk.form(at)
    if form not in MAY_OPEN:
        return False
    after = talk.form(at + 1)
    if form in {"hvis", "viss", "dersom", "såfremt"}:
        # In Bokmål "viss" is an adjective as well ("en viss alder").
        clause = form != "viss" or after in SUBJECTS or talk.parted(at)
        return clause and not _said_of_the_talk(talk, at)
    opening = talk.parted(at) or (at == 1 and talk.form(0) in {"og", "men", "ja", "nei", "for", "så"})
    if form == "om":
        return opening and after in SUBJECTS and not _said_of_the_talk(talk, at)
    if form in {"hadde", "hadd"} and opening and (at == 0 or at == 1) and after in SUBJECTS:
        rest = talk.forms[at + 2 :]
        return any(word in _HAD or word in _COULD for word in rest) and any(word in _DONE for word in rest)
    return False


def _supposed(talk: Talk, at: int) -> bool:
    """Tell what is supposed of people here from what holds in general ("hvis du har slekt der, så har du det")."""
    who = talk.form(at + 1)
    return unreal(talk, at) or who in _PEOPLE or talk.form(at) in {"hadde", "hadd"}


def _said_of_the_talk(talk: Talk, at: int) -> bool:
    """Recognise "hvis du skjønner", "hvis jeg skal være ærlig", "om de vil eller ei": nothing is supposed."""
    who, does, after = (talk.form(index) for index in range(at + 1, at + 4))
    if who == "det" and does in {"går", "er"} and after in _ALLOWED:
        return True
    if {"eller", "ei"} <= set(talk.forms[at + 2 : at + 6]) or talk.forms[at + 3 : at + 5] == ("eller", "ikke"):
        return True
    if (who in _LISTENERS and does in _FOLLOWING) or (who == "du" and does in _MINDING):
        return True
    rest = set(talk.forms[at + 3 : at + 8])
    if who not in _SPEAKERS:
        return False
    if does in _RECALLING or (does in _DARING and not rest.isdisjoint(_FRANK)):
        return True
    return does in NOT and not rest.isdisjoint(_RECALLING | {"feil"})


# -- planned ----------------------------------------------------------------------------------------------------------


def _plans(talk: Talk) -> Iterator[tuple[tuple[int, ...], bool]]:
    """Give the cues for a plan, and whether each is a plan to move (and so about the whole stretch)."""
    for at, form in enumerate(talk.forms):
        if form in _WILL:
            yield from _will(talk, at)
        elif form in {"kommer", "kjem"} and (verb := talk.next_of(_TO, at + 1)) > 0 and talk.form(verb + 1) == "å":
            if not _denied(talk, at, verb):
                yield (at, verb, verb + 1), talk.form(verb + 2) in MOVE
        elif form in _PLANNING:
            yield from _planning(talk, at, form)
        elif form in {"plan", "planen", "målet", "drømmen", "ønsket", "tanken"} and talk.form(at + 1) in {"er", "e"}:
            if talk.form(at + 2) == "å" and talk.form(at + 3) in MOVE:
                yield (at, at + 3), True
        elif form in {"lyst", "plan", "klar"} and talk.form(at + 1) == "til" and talk.form(at + 2) == "å":
            if talk.form(at + 3) in MOVE and not _denied(talk, at - 3, at):
                yield (at, at + 3), True
        elif form in {"når", "etter", "så", "da", "innen"}:
            yield from _after_programme(talk, at)
        elif form in _TIMES and (form, talk.form(at + 1)) in _WHEN and not _past(talk, at):
            yield (at, at + 1), True


def _will(talk: Talk, at: int) -> Iterator[tuple[tuple[int, ...], bool]]:
    before, after = talk.form(at - 1), talk.form(at + 1)
    subject = before in _OWN or after in _OWN or (before in FILLERS and talk.form(at - 2) in _OWN)
    subject = subject or (before == "og" and any(talk.form(step) in _OWN for step in range(at - 5, at)))
    asking = any(talk.form(step) in _ASKING for step in (at - 1, at - 2)) and before not in _OWN
    if not subject or asking:
        return
    verb = talk.next_of(_WILL_VERBS, at + 1, reach=4)
    if verb < 0 or _denied(talk, at, verb):
        return
    word = talk.form(verb)
    if word in _TAKE:
        near = [talk.form(step) for step in range(verb + 1, verb + 5)]
        if any(form in _LEARNING for form in near):
            yield (at, verb), False
    elif word in {"til", "dit", "vekk", "bort"}:
        if word in {"vekk", "bort", "dit"} or talk.capital(verb + 1):
            yield (at, verb), True
    elif (
        word != "ha"
        and not (word == "bli" and not _becoming(talk, verb))
        and not (word == "komme" and talk.form(verb + 1) in {"an", "på", "fram", "frem"})
    ):
        yield (at, verb), word in MOVE


def _becoming(talk: Talk, verb: int) -> bool:
    """Tell "skal bli sykepleier" from "skal bli fint" by the calling that follows."""
    return talk.form(verb + 1).endswith(("er", "ar", "lege", "mann")) and len(talk.form(verb + 1)) > 5


def _planning(talk: Talk, at: int, form: str) -> Iterator[tuple[tuple[int, ...], bool]]:
    if form in {"planer", "planar"} and talk.form(at + 1) != "om":
        return
    start = at + 1 + (talk.form(at + 1) in {"på", "om", "meg", "oss"})
    if talk.form(start) in {"at"}:
        moving = any(word in MOVES or word in MOVE for word in talk.forms[start : start + 6])
        if moving and form.startswith("håp"):
            yield (at, start), True
        return
    verb = talk.next_of(_PLAN_VERBS, start)
    if talk.form(start) != "å" and not (form.startswith("vurder") and talk.form(start).startswith("flytt")):
        return
    if form.startswith("vurder") and talk.form(start).startswith("flytt"):
        verb = start
    if verb > 0 and not _denied(talk, at, verb) and talk.form(at - 1) not in NOT:
        yield (at, verb), talk.form(verb) in MOVE or talk.form(verb).startswith("flytt")


def _after_programme(talk: Talk, at: int) -> Iterator[tuple[tuple[int, ...], bool]]:
    """Recognise "når programmet er ferdig", "når jeg er ferdig med kurset", of what is to come."""
    soon = talk.form(at) == "så" and talk.form(at + 1) in {"fort", "snart"}
    if not (soon or talk.form(at) == "når"):
        return
    forms = talk.forms[at + 1 : at + 7]
    if not ({"er", "blir", "slutter", "har"} & set(forms)) or {"var", "ble", "hadde"} & set(forms):
        return
    over = next((index for index, form in enumerate(forms, at + 1) if form in _OVER), -1)
    if over > 0 and any(form.startswith(_PROGRAMME) for form in forms) and not _past(talk, at):
        yield (at, over), True


def _denied(talk: Talk, start: int, end: int) -> bool:
    return not NOT.isdisjoint(talk.forms[max(start, 0) : end + 1])


def _past(talk: Talk, at: int) -> bool:
    """Tell whether the stretch around `at` tells of what has been."""
    stretch = talk.stretch(at)
    return not _WAS.isdisjoint(talk.forms[stretch.start : stretch.stop])

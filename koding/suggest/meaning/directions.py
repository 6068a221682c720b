"""Whether a reason pushes from a place, pulls to another, or holds where one is: by what is said of moving around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from koding.suggest.language.tokens import word_set
from koding.suggest.meaning.speech import FILLERS, FIRST_PERSON, MOVING, NOT, SUBJECTS, Cue, Talk

DIRECTION: Final = "retning"
FROM: Final = "fra"
TO: Final = "til"
STAYS: Final = "bli"

_MUST = (
    word_set("måtte må ville vil vill ønsket ønsker ønska ønskjer kom komme kommer kjem ønskte skulle skal") | MOVING
)
_NOT_BEAR = word_set("kunne kan orket orker orka klarte klarer greide ville vil turte tør holdt held heldt tåler gadd")
_STAY = word_set("bli blir bo bu bor ble vært være vere")
_LACKED = word_set("manglet mangla mangler manglar mistet mista miste")
_TOWARDS = word_set("til mot inn")
_TOWNS = word_set(
    "byen storbyen hovedstaden hovudstaden østlandet austlandet by storby kysten sør større et eit ein en kommunen"
    " broren bruren søsteren søstera søstra systera familien slekta slekten kjæresten mannen kona dem henne ham han onkel"
    " onkelen tante tanta mamma foreldrene venner vennene andre folk"
)
_HELD = word_set("her igjen boende buande værende verande att")
_STILL = word_set("fortsatt fremdeles framleis ennå enno enda")
_WANTING = word_set("vil vill ville skal ska ønsker ønskjer ønska har kommer kjem tenker")
_AWAY = word_set("bort vekk derfra herfra dadan derifra unna")
_FORCED = word_set("måtte må")
_NEARER = word_set("nærmere nærare nærmare")
_SOME = word_set("en ei et ein eit noe ingen")
_GOT = word_set("fikk fekk får fått")
_GIVEN = word_set("plass jobb jobben studieplass læreplass tilbud tilbod fast")
_BECAME = word_set("blir bli ble blei vart blitt verte vert")
_HERE = word_set("er bor bur e")
_REASON = word_set("derfor difor grunnen")
_BECAUSE = word_set("fordi siden sidan ettersom pga grunn førdi")
_IF = word_set("hvis viss dersom")
_THERE = word_set("der her dær hær dit")
_HOLDING = word_set("holder held holdt heldt")
_ROOTS = word_set("rot røter røtter")
_MOVE_ON = word_set("flytte flytta")
_ONES_OWN = word_set("jeg eg æ vi me")
_STAYERS = _ONES_OWN | {"familien"}
_STAY_OR_OUT = _STAY | {"ut"}
# What a cue of each direction cannot do without.
_FROM = _AWAY | MOVING | _FORCED | _LACKED | _NOT_BEAR
_TO = MOVING | {"dit"} | _NEARER | _GOT
_STAYS = _BECAME | {"her"} | NOT | _HOLDING | _ROOTS
_TRIGGERS: Final = _FROM | _TO | _STAYS
#: A sentence without one of these says nothing of it: of the words that a cue cannot do without, those said least.
TRIGGERS: Final = (
    MOVING
    | _AWAY
    | _LACKED
    | _STAY_OR_OUT
    | {"dit"}
    | _NEARER
    | _GIVEN
    | _BECAME
    | _REASON
    | _STILL
    | _HOLDING
    | _ROOTS
)
_DENIED: Final = NOT | {"ingenting", "ingen"}


class Directions:
    """What a sentence says of leaving, going and staying, worked out once."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._cues: list[tuple[str, tuple[int, ...]]] = []
        if not TRIGGERS.isdisjoint(talk.forms):
            for index, form in enumerate(talk.forms):
                if form not in _TRIGGERS:
                    continue
                if form in _FROM:
                    self._cues += _from(talk, index)
                if form in _TO:
                    self._cues += _to(talk, index)
                if form in _STAYS:
                    self._cues += _stays(talk, index)
        #: Whether it says anything of it, of whatever reason.
        self.tells = bool(self._cues)

    def cues(self, evidence: Sequence[int]) -> Iterator[Cue]:
        """Give every cue in the stretch around the words at `evidence` (ascending)."""
        for value, words in self._cues:
            if self._talk.together(words[0], evidence[0]):
                if value != TO or not (
                    _follows(self._talk, evidence[-1], words[0]) or _explained(self._talk, words[-1], evidence[-1])
                ):
                    yield Cue(DIRECTION, value, words)


def _follows(talk: Talk, last: int, at: int) -> bool:
    """Tell whether going somewhere is what a reason led to: "det var mørkt, så vi flyttet til Drammen"."""
    return any(talk.parted(index) or talk.form(index) == "så" for index in range(last + 1, at + 1))


def _explained(talk: Talk, at: int, last: int) -> bool:
    """Tell whether what is told of why one went somewhere may be of the place that was left.

    So it is in "flyttet til Oslo fordi jeg var ensom", and not where it is said to be there: "fordi broren min bor der".
    """
    because = next((index for index in range(at + 1, last) if talk.form(index) in _BECAUSE), -1)
    if because < 0 or talk.form(at) == "hit":
        return False
    why = talk.forms[because:]
    return _THERE.isdisjoint(why) or not _DENIED.isdisjoint(why)


def _from(talk: Talk, at: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    form = talk.form(at)
    if form in _AWAY:
        for before in range(at - 1, max(-1, at - 5), -1):
            if talk.form(before) in _MUST:
                if not _denied(talk, before, at):
                    yield FROM, (before, at)
                return
    elif form in MOVING and talk.form(at + 1) in {"fra", "frå", "ifra", "ifrå"}:
        yield FROM, (at, at + 1)
    elif form in _FORCED:
        verb = talk.next_of(MOVING, at + 1, reach=2)
        if verb > 0 and not _denied(talk, at, verb) and talk.form(verb + 1) not in {"til", "hit"}:
            yield FROM, (at, verb)
    elif form in _LACKED and not _denied(talk, at - 2, at + 3):
        yield FROM, (at,)
    elif form in _NOT_BEAR:
        denial = next((index for index, after in enumerate(talk.forms[at + 1 : at + 4], at + 1) if after in NOT), -1)
        if denial > 0:
            stay = talk.next_of(_STAY_OR_OUT, denial + 1, reach=2)
            if stay > 0 and (talk.form(stay) == "ut" or _here(talk, stay)):
                yield FROM, (at, denial, stay)


def _here(talk: Talk, stay: int) -> bool:
    """Tell "kunne ikke bli der" from "kunne ikke bli lege"."""
    if talk.form(stay) in {"bo", "bu", "bor"}:
        return talk.form(stay + 1) != "alene"
    after = talk.form(stay + 1)
    return after in {"der", "her", "lenger", "lengre", "lengst", "i", "på", "boende", "værende"} or talk.parted(
        stay + 1
    )


def _to(talk: Talk, at: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    form, after = talk.form(at), talk.form(at + 1)
    if form in MOVING:
        step = at + 1 + (after in SUBJECTS or after in FILLERS)
        where = talk.form(step)
        if where in {"dit", "hit"} or (where in _TOWARDS and (talk.capital(step + 1) or talk.form(step + 1) in _TOWNS)):
            yield TO, (at, step)
    elif form == "dit" and not _MUST.isdisjoint(talk.forms[max(0, at - 3) : at]):
        yield TO, (at,)
    elif form in _NEARER and after not in {"bestemt", "på", "avtale", "angitt"}:
        supposed = not _IF.isdisjoint(talk.forms[:at])
        if not (supposed or _denied(talk, at - 3, at) or talk.form(at - 1) in _SOME):
            yield TO, (at,)
    elif form in _GOT:
        got = talk.next_of(_GIVEN, at + 1)
        place = got + 1 + (talk.form(got) == "fast")
        if (
            got > 0
            and talk.form(place) in {"i", "på"}
            and (talk.capital(place + 1) or talk.form(place + 1) in {"byen", "storbyen", "hovedstaden", "hovudstaden"})
        ):
            yield TO, (at, got)


def _stays(talk: Talk, at: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    form = talk.form(at)
    if form in _BECAME:
        yield from _stay(talk, at)
    elif form == "her":
        yield from _still_here(talk, at)
    elif form in NOT:
        start = at + 1 + 2 * (talk.form(at + 1) in {"lyst", "planer"})
        before = talk.form(at - 1)
        if before in {"flytter", "flyttar"} or (before in FIRST_PERSON and talk.form(at - 2) in {"flytter", "flyttar"}):
            yield STAYS, (at - 1, at)
            return
        move = talk.next_of(_MOVE_ON, start, reach=2)
        if move > 0 and talk.form(move + 1) not in {"fordi", "på", "til", "for", "hit"}:
            if not _WANTING.isdisjoint(talk.forms[max(0, at - 4) : at]):
                yield STAYS, (at, move)
    elif form in _HOLDING and talk.form(at + 1) in {"oss", "meg"} and talk.form(at + 2) == "her":
        yield STAYS, (at, at + 1, at + 2)
    elif form in _ROOTS and talk.form(at - 1) in {"slo", "slått", "slår", "slå"}:
        yield STAYS, (at - 1, at)


def _still_here(talk: Talk, at: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Recognise "derfor er vi her", "jeg bor her fortsatt"."""
    if not _HERE.isdisjoint(talk.forms[max(0, at - 4) : at + 3]):
        if not _REASON.isdisjoint(talk.forms[max(0, at - 5) : at]):
            yield STAYS, (at,)
        elif not FIRST_PERSON.isdisjoint(talk.forms):
            if talk.form(at - 1) in _STILL:
                yield STAYS, (at - 1, at)
            elif talk.form(at + 1) in _STILL:
                yield STAYS, (at, at + 1)


def _stay(talk: Talk, at: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    held = talk.next_of(_HELD, at + 1, reach=2)
    if _denied(talk, at - 3, max(at, held)):
        return
    if held > 0 and not (
        talk.form(held) == "her" and talk.form(at) in {"ble", "blei", "vart"} and not talk.parted(held + 1)
    ):
        yield STAYS, (at, held)
    elif talk.form(at) == "blir" and {talk.form(at - 1), talk.form(at + 1)} & _STAYERS:
        end = at + 1 + (talk.form(at + 1) in _ONES_OWN)
        if talk.parted(end) or talk.form(end) in {"fordi", "her"}:
            yield STAYS, (at,)


def _denied(talk: Talk, start: int, end: int) -> bool:
    return not _DENIED.isdisjoint(talk.forms[max(start, 0) : end + 1])

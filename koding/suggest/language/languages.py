"""Which language somebody speaks: Bokmål, or Nynorsk and dialect, by the small words that differ.

A short turn says too little, so the choice is made for a speaker over all the turns there are. Dialect goes with
Nynorsk, since the Nynorsk dictionary (with Bokmål behind it) knows its forms far better. Pure Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import repeat
from typing import TYPE_CHECKING, Final

from koding.suggest.language.tokens import word_set

if TYPE_CHECKING:
    from koding.model.transcript import Transcript

BOKMAL: Final = "nb"
NYNORSK: Final = "nn"

#: Characters of a speaker's talk that are read before deciding; more changes nothing and costs a screen its time.
SAMPLE = 20_000

_WORDS = re.compile(r"[^\W\d_]+")
_BOKMAL_WORDS = word_set(
    "ikke jeg en hva hvordan hvorfor hvor hvem hvis være vært noe noen bare fra hun dere også sammen mye hjem"
    " hjemme selv disse vet kommer ble blir etter uten mellom veldig gjøre gjør hadde skole venner alene barnehage"
    " sier kjente ingenting nå mer først når"
)
_NYNORSK_WORDS = word_set(
    "ikkje eg ein kva korleis kvifor kvar kven viss vere vore noko nokon nokre berre frå ho dykk òg saman mykje"
    " heim heime sjølv desse veit kjem vart vert etter utan mellom gjere gjer skule skulen vener åleine barnehage"
    " seier kjende ingenting no meir fyrst dei eit då einsam hjå æ æg mæ dæ sæ itj ikkj ittj ka kor koffor korsen"
    " dokker nån nåkka nokka hu hainn dæm håkken kem ska hadd måtta"
)
# Words of both lists say nothing.
_LEANING = dict.fromkeys(_NYNORSK_WORDS - _BOKMAL_WORDS, 1) | dict.fromkeys(_BOKMAL_WORDS - _NYNORSK_WORDS, -1)


def language_of(texts: Iterable[str]) -> str:
    """Give "nb" or "nn" for somebody who said all of `texts`; "nb" where there is no sign of Nynorsk or dialect."""
    leaning = read = 0
    for text in texts:
        leaning += sum(map(_LEANING.get, _WORDS.findall(text[: SAMPLE - read].lower()), repeat(0)))
        read += len(text)
        if read >= SAMPLE:
            break
    return NYNORSK if leaning > 0 else BOKMAL


def speaker_languages(transcript: Transcript) -> Mapping[str, str]:
    """Give each speaker's language, by the label."""
    spoken: dict[str, list[str]] = {}
    room: dict[str, int] = {}
    for turn in transcript.turns:
        left = room.setdefault(turn.speaker, SAMPLE)
        texts = spoken.setdefault(turn.speaker, [])
        if left > 0:
            texts.append(transcript.text[turn.start : turn.end])
            room[turn.speaker] = left - (turn.end - turn.start)
    return {speaker: language_of(texts) for speaker, texts in spoken.items()}

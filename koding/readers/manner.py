"""Notes beside a speaker's label on how a turn is spoken: `Amina (gråter):`, `Amina [på engelsk]:`, `Amina, ivrig:`.

The note is no part of the label. In square brackets it is always a note; in round ones it may be a title
("Marit (flyktningtjenesten)"), and after a comma a piece of speech ("Amina, hør her: ..."), so that there it must be
one of the words that transcribers use.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORDS = _words(
    "ler leer lo småler latter leende flirer fliser fniser smiler smilende humrer gråter gret gråtende gråt hulker "
    "hulkende snufser snufsar tårer gråtkvalt rørt sukker sukkar sukkende stønner hvisker kviskrar viskar hviskende "
    "mumler mumlar mumlende roper ropar ropende hever stemmen synger syng plystrer hoster hostar nøler nølar nølende "
    "tenker tenkjer pauser pause stille stillhet stillheit tier teier lavt lågt lav låg høyt høgt høy høg sakte fort "
    "raskt tydelig tydeleg utydelig utydeleg uklart uklar uhørlig uhøyrleg ivrig ivrige bestemt bestemte rolig roleg "
    "oppgitt oppgjeven sint sinna irritert fortvilet fortvila opprørt lettet letta glad alvorlig alvorleg ironisk "
    "spøkefullt spøkende spøkjande tørt trist trøtt sliten nervøs usikker usikkert overrasket overraska forsiktig "
    "avbryter avbryt avbrytende innskyter bryter inn nikker nikkar rister på hodet ristar hovudet peker peikar viser "
    "viser gestikulerer trekker på skuldrene reiser seg ringer drikker leser les opp siterer herme hermer etterligner "
    "laughs laughing crying whispers sighs pause quietly loudly nods"
)
_OPENERS = frozenset(
    {"på", "via", "gjennom", "over", "med", "til", "fra", "frå", "av", "og", "litt", "svært", "veldig", "in"}
)
_AFTER = _words(
    "engelsk norsk bokmål nynorsk samisk arabisk tigrinja tigrinsk somali somalisk persisk farsi dari pashto ukrainsk "
    "russisk kurdisk sorani kurmandsji tyrkisk fransk spansk swahili kinyarwanda amharisk urdu polsk tysk svensk dansk "
    "kinesisk vietnamesisk burmesisk rohingya tamil morsmålet morsmål dialekt tolk tolken telefon telefonen skjerm "
    "skjermen video zoom teams nett lyd gråt stemme stemmen gråten latter latteren gråtkvalt smil sukk alvor glimt "
    "øyet lav låg høy høg bakgrunnen bakgrunn døra døren alle english"
)
_NOTE = re.compile(r"(?P<label>[^()\[\],]+?)[ \t]*(?:\((?P<round>[^()]{1,60})\)|,[ \t]*(?P<comma>[^(),]{1,60}))")
_SEPARATOR = re.compile(r"[ \t]*(?:,|;|/|\bog\b)[ \t]*")
_MOST_WORDS = 4


@lru_cache(maxsize=4096)
def is_manner(note: str) -> bool:
    """Whether a note tells how something is said ("gråter", "på engelsk", "ivrig, med lav stemme")."""
    parts = [part.split() for part in _SEPARATOR.split(note.casefold().strip(" .!…"))]
    return all(part and _is_manner(part) for part in parts)


def _is_manner(words: list[str]) -> bool:
    if len(words) > _MOST_WORDS:
        return False
    known = sum(1 for word in words if word in _WORDS or word in _AFTER)
    first, rest = words[0], words[1:]
    if not rest:
        return first in _WORDS
    return known > 0 and first in (_WORDS | _OPENERS) and all(word in _WORDS | _AFTER | _OPENERS for word in rest)


def after_comma(label: str) -> bool:
    """Whether a label ends in a comma and more."""
    found = _NOTE.fullmatch(label)
    return bool(found and found["comma"])


def spoken_label(label: str, known: Collection[str] = frozenset()) -> str:
    """Give the label of who speaks, without a note on manner.

    `known` are labels (case folded) that the informants file names: one of these keeps its brackets, and where the
    file names the label without them, they go whatever they hold.
    """
    if label[-1:] != ")" and "," not in label:
        return label
    found = _NOTE.fullmatch(label)
    if not found or label.casefold() in known:
        return label
    named = found["round"] and found["label"].casefold() in known
    return found["label"] if named or is_manner(found["round"] or found["comma"]) else label

"""Sentences of a turn, the unit of meaning that suggestions stand on: own rules for Norwegian, written and spoken.

Full stops of abbreviations, ordinals and initials end nothing; dots are a pause unless a new sentence clearly begins;
speech set down without capitals or full stops (as recognisers write it) is cut into blocks of about 25 words, at pauses
and at words that open a clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from koding.suggest.language.tokens import BREAK, PAUSE, Lowered, Words, word_set, words

#: Words that a block of unpunctuated speech aims at, and the least and the most it may hold.
BLOCK_WORDS, _LEAST, _MOST = 25, 10, 36
#: A stretch of more words than this without an end is cut into blocks.
LONG_WORDS = 40

# A mark and what closes with it, or an empty line. The first character by itself lets the search leap to it.
_ENDING = re.compile(r"[.!?…\n](?:(?<=\n)[^\S\n]*\n\s*|(?<=[.!?…])[.!?…]*(?P<closing>[\"»”’')\]]*)(?=\s|$))")
_OPENING = "\"«“‘'([-–— \t\n\r"
_ABBREVIATIONS = word_set(
    "f.eks bl.a ca kl dvs nr osv m.m mv m.fl o.l etc pga p.g.a jf jfr evt inkl ekskl tlf mrd mill kr st dr hr fr"
    " prof ang obs jan feb mars apr aug sept okt nov des man tirs ons tors fre lør søn t.d d.v.s o.s.v vgs avd art"
    " kap fig s f e.kr f.kr el eks forts gj.snitt ift iht ifm mht mtp sst tils t.o.m u.å ymse årg t.h t.v cand ing"
    " div gt gml red max min maks"
)
# These may end a sentence as well; a capital after them decides.
_MAY_END = word_set("osv m.m mv m.fl o.l etc kr d.v.s o.s.v vgs min s el st")
# Words that a sentence opens with: after a free-standing pause they tell a new sentence from a name.
_OPENERS = word_set(
    "jeg eg æ du han hun ho vi me dere de dei det den der da då så men og eller for fordi når nå no ja nei jo"
    " javel jaha altså hva kva hvordan korleis hvorfor kvifor hvor kvar hvis viss at som i på etter før først"
    " fyrst ikke ikkje man min mitt mine vår vårt alle alt noen nokon noe noko her til med også òg kanskje"
    " egentlig eigentleg"
)
_CLAUSE_OPENERS = {"men": 1.2, "så": 1.0, "fordi": 0.9, "og": 0.8, "for": 0.6, "da": 0.6, "når": 0.6, "då": 0.6}


class Unit(NamedTuple):
    """A unit of meaning, a sentence: its span and its words, in code points of the text it was found in.

    `lemmas` has the lemma of each word where somebody knows them better than a dictionary ("" for a word without);
    None where nobody does.
    """

    start: int
    end: int
    words: Words
    lemmas: tuple[str, ...] | None = None


def units(text: str) -> list[Unit]:
    """Give the sentences of a turn with their words."""
    spoken = Lowered(text, 0, len(text))
    return [Unit(start, end, spoken.words(start, end)) for start, end in sentences(text)]


def bounded(text: str, starts: Iterable[int]) -> list[tuple[int, int]]:
    """Give the spans of sentences that begin at `starts` (ascending), by the rules for white space and long speech."""
    spans: list[tuple[int, int]] = []
    edges = [0, *starts, len(text)]
    for start, end in pairwise(edges):
        _add(spans, text, start, end)
    return spans


def sentences(text: str) -> list[tuple[int, int]]:
    """Give the spans of the sentences of a turn, in code points of `text`, white space around them left out."""
    spans: list[tuple[int, int]] = []
    start = 0
    for ending in _ENDING.finditer(text):
        end = ending.end()
        if end == len(text) or ending["closing"] is None or _ends(text, start, ending):
            _add(spans, text, start, end)
            start = end
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return
    # Counting letters first is cheap; a word is hardly ever under two.
    if end - start > 2 * LONG_WORDS and text.count(" ", start, end) >= LONG_WORDS:
        spans.extend(_blocks(text, start, end))
    else:
        spans.append((start, end))


def _ends(text: str, start: int, ending: re.Match[str]) -> bool:
    at, end = ending.span()
    if text[at] == "." and end == at + 1 and text[end + 1 : end + 2].isalpha():
        # So nearly all do.
        return _full_stop_ends(text, start, at, text[end + 1], closes=False)
    closing = ending["closing"]
    mark = ending[0].removesuffix(closing)
    after = text[end : end + 40].lstrip(_OPENING)
    if not after:
        return True
    if mark[0] in "!?":
        return not (closing and after[0].islower())
    if mark == ".":
        return _full_stop_ends(text, start, at, after[0], closes=bool(closing))
    free = at == 0 or text[at - 1] in " \n([" or bool(closing.strip("\"»”’'"))
    if not after[0].isupper():
        return False
    return not free or _first_word(after) in _OPENERS


def _full_stop_ends(text: str, start: int, at: int, after: str, *, closes: bool) -> bool:
    """Tell whether the full stop at a place ends a sentence; `after` is the letter after it, `closes` a quote does."""
    before = text[start:at].rsplit(None, 1)
    word = before[-1].lstrip(_OPENING) if before else ""
    capital = after.isupper()
    if word.lower() in _ABBREVIATIONS:
        return capital and word.lower() in _MAY_END
    if word.isdigit():
        return capital or closes
    if len(word) == 1 and word.isupper() and capital:
        # "Per A. Hansen" goes on, "kommune A. Der" does not.
        return len(before) > 1 and not before[0].rsplit(None, 1)[-1][:1].isupper()
    return True


def _first_word(text: str) -> str:
    found = re.match(r"\w+", text)
    return found[0].lower() if found else ""


def _blocks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = words(text, start, end)
    if len(found) <= LONG_WORDS or _written(text, start, end):
        return [(start, end)]
    spans: list[tuple[int, int]] = []
    first = 0
    while len(found) - first > _MOST:
        cut = max(range(first + _LEAST, min(first + _MOST, len(found) - _LEAST)), key=lambda at: _cut(found, first, at))
        spans.append((found[first].start if first else start, _trimmed(text, found[cut - 1].end, found[cut].start)))
        first = cut
    spans.append((found[first].start if first else start, end))
    return spans


def _written(text: str, start: int, end: int) -> bool:
    """Tell whether a long sentence is written with care: a capital first, a full stop last, and commas between."""
    return text[start].isupper() and text[end - 1] in ".!?" and text.count(",", start, end) > 1


def _cut(found: Words, first: int, at: int) -> float:
    worth = {PAUSE: 2.0, BREAK: 1.5}.get(found.before[at], 0.0) + _CLAUSE_OPENERS.get(found.forms[at], 0.0)
    if found.forms[at - 1] in _CLAUSE_OPENERS:
        worth -= 2.0
    return worth - abs(at - first - BLOCK_WORDS) / BLOCK_WORDS


def _trimmed(text: str, end: int, after: int) -> int:
    """Give where a block ends: marks and notes right after its last word belong to it."""
    while after > end and (text[after - 1].isspace() or text[after - 1] in '"«“‘([-–—'):
        after -= 1
    return after


def asks(text: str, unit: Unit) -> bool:
    """Tell whether a sentence of `text` ends as a question, quoted or not."""
    end = unit.end
    while end > unit.start and text[end - 1] in "\"»”’')]":
        end -= 1
    return end > unit.start and text[end - 1] == "?"

"""The indicator language of a codebook: how a researcher writes words and phrases, and what they come to.

An indicator is a word or a phrase, matched by lemma, the words next to each other and in this order.

    ensom                       every form of the word: ensom, ensomme, ensomt
    ringte ... aldri            a gap of up to four words
    savne|lengte ... familie    one of several words
    =intro                      exactly this form
    flyktningtjeneste*          begins with
    *spesialist                 ends with (inflected too)
    @yrke                       one of the words of a named word field
    stille ?                    weak: counts only in company of another indicator of the same code or family
    sykehus* ~                  a topic: counts only where the sentence says something of it (see `pertinence`)
    jobb !                      a theme: counts only where it is named as a reason (see `naming`), or denied as one
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from koding.errors import KodingError
from koding.i18n import _

#: Words that a gap (`...`) may skip, at most.
GAP_WORDS = 4
#: Names of word fields that an unknown one is met with, at most.
_FIELDS_NAMED = 3
NO_FIELDS: Mapping[str, Sequence[str]] = {}

_GAPS = frozenset({"...", "…"})
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


class IndicatorFault(KodingError):
    """An indicator that cannot be read; the hint says how to write it."""


class Weight(StrEnum):
    """What it takes for an indicator to count, by the sign that ends it."""

    FIRM = ""
    WEAK = "?"
    TOPIC = "~"
    THEME = "!"


#: The signs that may end an indicator.
SIGNS = tuple(weight for weight in Weight if weight)


class Match(StrEnum):
    """How a term is compared with a word of the text."""

    LEMMA = "lemma"
    FORM = "form"
    PREFIX = "prefix"
    SUFFIX = "suffix"

    # Word fields make a codebook hash its terms hundreds of thousands of times.
    __hash__ = str.__hash__


class Term(NamedTuple):
    """One word of an indicator; `text` is lower case and without the sign that gave `match`."""

    match: Match
    text: str


class Slot(NamedTuple):
    """One place of a phrase: any of `terms` fits. `gap` is how many words may stand between it and the slot before."""

    terms: tuple[Term, ...]
    gap: int = 0

    def __hash__(self) -> int:
        # A word field has hundreds of terms, and stands in many indicators.
        return hash((self.terms[0].text, len(self.terms), self.gap))


class Pattern(NamedTuple):
    """An indicator as read.

    `source` is what the researcher wrote, `weight` what it takes for it to count.
    """

    source: str
    slots: tuple[Slot, ...]
    weight: Weight = Weight.FIRM

    @property
    def weak(self) -> bool:
        """Whether it counts only in company, or as a reason that is named."""
        return self.weight is Weight.WEAK or self.weight is Weight.THEME

    @property
    def terms(self) -> tuple[Term, ...]:
        """Give every term of the pattern, in order."""
        return tuple(term for slot in self.slots for term in slot.terms)


def parse(indicator: str, fields: Mapping[str, Sequence[str]] = NO_FIELDS) -> Pattern:
    """Read an indicator.

    `fields` maps the name of a word field to its words, each a single word that may carry `=` or `*`.

    Raises:
        IndicatorFault: the indicator is empty or a sign in it stands where it means nothing; the hint tells how to
            write it.
    """
    places = indicator.lower().split()
    weight = Weight(places.pop()) if places and places[-1] in SIGNS else Weight.FIRM
    slots: list[Slot] = []
    gap = 0
    for place in places:
        if place in _GAPS:
            if not slots:
                raise _fault(indicator, _("A gap needs a word before it."))
            gap = GAP_WORDS
            continue
        slots.append(Slot(_terms(place, indicator, fields), gap))
        gap = 0
    if not slots:
        raise _fault(indicator, _("Write at least one word."))
    if gap:
        raise _fault(indicator, _("A gap needs a word after it."))
    return Pattern(indicator, tuple(slots), weight)


def _terms(place: str, indicator: str, fields: Mapping[str, Sequence[str]]) -> tuple[Term, ...]:
    if "@" not in place and (plain := _plain_terms(place)):
        return plain
    if place.startswith("@") and "|" not in place:
        return _field(place[1:], indicator, fields)
    terms: list[Term] = []
    for word in place.split("|"):
        if word.startswith("@"):
            terms.extend(_field(word[1:], indicator, fields))
        else:
            terms.append(_term(word, indicator))
    return tuple(dict.fromkeys(terms))


def _field(name: str, indicator: str, fields: Mapping[str, Sequence[str]]) -> tuple[Term, ...]:
    words = fields.get(name)
    if words is None:
        raise _fault(indicator, _("There is no word field @{name}.").format(name=name) + " " + _known(name, fields))
    return _field_terms(tuple(words))


@lru_cache(maxsize=256)
def _field_terms(words: tuple[str, ...]) -> tuple[Term, ...]:
    # A codebook asks for the same field in many indicators; its words are read once.
    return tuple(dict.fromkeys(_term(word.lower(), word) for word in words))


def _known(name: str, fields: Mapping[str, Sequence[str]]) -> str:
    """Tell which word fields there are: those with a name near `name`, all of them where none is near."""
    near = [field for field in sorted(fields) if name and (name in field or field in name)]
    near += difflib.get_close_matches(name, sorted(set(fields) - set(near)), _FIELDS_NAMED)
    if near:
        named = ", ".join(f"@{field}" for field in near[:_FIELDS_NAMED])
        return _("Did you mean {names}?").format(names=named)
    if fields:
        named = ", ".join(f"@{field}" for field in sorted(fields))
        return _("Known word fields: {fields}.").format(fields=named)
    return _("No word fields are known here; write the words, with | between them.")


def _term(word: str, indicator: str) -> Term:
    term = _plain_term(word)
    if term is None:
        raise _wrong_term(word, indicator)
    return term


@lru_cache(maxsize=65_536)
def _plain_terms(place: str) -> tuple[Term, ...]:
    """Read a place that names no word field; nothing where a word of it cannot be read."""
    words = place.split("|")
    terms = dict.fromkeys([term for term in map(_plain_term, words) if term is not None])
    return tuple(terms) if all(map(_plain_term, words)) else ()


@lru_cache(maxsize=65_536)
def _plain_term(word: str) -> Term | None:
    """Read a word with its sign; None where it is none. Codebooks say most of their words many times."""
    match, text = _match(word)
    return Term(match, text) if _WORD.fullmatch(text) else None


def _match(word: str) -> tuple[Match, str]:
    match, text = Match.LEMMA, word
    if word.startswith("="):
        match, text = Match.FORM, word[1:]
    elif word.endswith("*"):
        match, text = Match.PREFIX, word[:-1]
    elif word.startswith("*"):
        match, text = Match.SUFFIX, word[1:]
    return match, text


def _wrong_term(word: str, indicator: str) -> IndicatorFault:
    if not word:
        return _fault(indicator, _("A word is missing beside |; write the alternatives without spaces: a|b."))
    _sign, text = _match(word)
    if "*" in text:
        return _fault(indicator, _("A star stands first or last in a word, once: word* or *word."))
    if text.endswith("?"):
        return _fault(indicator, _("Put a space before the ? that makes an indicator weak."))
    if text.endswith(SIGNS):
        return _fault(indicator, _("Put a space before the sign {sign} that ends an indicator.").format(sign=text[-1]))
    if not text:
        return _fault(indicator, _("A word is missing after {sign}.").format(sign=word))
    return _fault(indicator, _("“{word}” is not a word; leave out punctuation.").format(word=text))


def _fault(indicator: str, hint: str) -> IndicatorFault:
    return IndicatorFault(_("The indicator “{indicator}” cannot be read.").format(indicator=indicator), hint)

"""What a change of a codebook asks to be sought again: words without which a turn says what it said.

Two versions of a family are compared rule by rule. A turn in which no rule that is new or gone can match says what it
said, since all that decides over a match is in its turn, the question before it, the rules that match there and
what the codebook says of their codes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from koding.model.codebook import Codebook
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.rules.index import INFLECTIONS, read_rules
from koding.suggest.rules.lacking import Lacking
from koding.suggest.rules.likeness import said_of
from koding.suggest.rules.patterns import Match, Term
from koding.suggest.rules.rule import Rule
from koding.suggest.rules.wanted import Needs, Wanted


class _Traits(NamedTuple):
    """All of a rule that decides what comes of a match but its words."""

    code: str
    lineage: tuple[str, ...]
    weight: str
    gaps: tuple[int, ...]
    anchor: int
    excepting: bool
    negated: bool
    is_reason: bool
    may_be_reason: bool
    text: str
    is_parent: bool


class _Signature(NamedTuple):
    """A rule by all that decides what it finds: equal ones find the same. A place is its terms in a language."""

    traits: _Traits
    places: tuple[tuple[frozenset[Term], str], ...]


class _Version:
    """The rules of one version of a codebook, by their signatures; `sources` has what the researcher wrote."""

    def __init__(self, codebook: Codebook, lexicon: Lexicon) -> None:
        rules, slots = read_rules(codebook, lexicon)
        places = [(frozenset(slot.terms), language) for slot, language in slots]
        lineages = {code.key: tuple(step.key for step in codebook.lineage(code.key)) for code in codebook.codes}
        parents = {key for keys in lineages.values() for key in keys[1:]}
        texts = {code.key: (said_of(code), code.key in parents) for code in codebook.codes}
        lacking = Lacking(rules)
        self.sources: dict[_Signature, str] = {}
        for rule in rules:
            traits = _traits(rule, lineages, texts, lacking)
            signature = _Signature(traits, tuple(places[number] for number in rule.slots))
            self.sources.setdefault(signature, rule.pattern.source)


def _traits(
    rule: Rule,
    lineages: Mapping[str, tuple[str, ...]],
    texts: Mapping[str, tuple[str, bool]],
    lacking: Lacking,
) -> _Traits:
    text, is_parent = texts[rule.code]
    return _Traits(
        code=rule.code,
        lineage=lineages[rule.code],
        weight=rule.pattern.weight.value,
        gaps=tuple(slot.gap for slot in rule.pattern.slots),
        anchor=rule.anchor,
        excepting=rule.excepting,
        negated=rule.negated,
        is_reason=lacking.is_reason(rule),
        may_be_reason=lacking.may_be_reason(rule),
        text=text,
        is_parent=is_parent,
    )


def changed_needs(before: Codebook, after: Codebook, lexicon: Lexicon) -> Needs:
    """Give what a turn must have for `after` to find something else in it than `before`; facets are taken to be equal.

    A turn needs, for one of the entries, a word for every place.
    """
    old, new = _Version(before, lexicon).sources, _Version(after, lexicon).sources
    moved = _moved(old, new)
    gone = {signature: source for signature, source in old.items() if signature not in new or signature in moved}
    come = {signature: source for signature, source in new.items() if signature not in old or signature in moved}
    words = _Words(lexicon)
    needs: dict[tuple[Wanted, ...], None] = {}
    # A rule that was written alike before and after differs by its word fields: only the words that they gained or lost
    # can make a difference.
    twins = {(signature.traits, source, _languages(signature)): signature for signature, source in gone.items()}
    for signature, source in come.items():
        twin = twins.pop((signature.traits, source, _languages(signature)), None)
        if twin is None:
            needs[tuple(words.of(terms, language) for terms, language in signature.places)] = None
            continue
        del gone[twin]
        needs.update(dict.fromkeys(_differences(twin, signature, words)))
    for signature in gone:
        needs[tuple(words.of(terms, language) for terms, language in signature.places)] = None
    return tuple(needs)


def _moved(old: Iterable[_Signature], new: Collection[_Signature]) -> set[_Signature]:
    """Give the rules of codes whose rules stand in another order: of two that match alike the first counts."""
    orders: list[dict[str, list[_Signature]]] = [{}, {}]
    known = set(old)
    for order, version in zip(orders, (old, new), strict=True):
        for signature in version:
            if signature in new and signature in known:
                order.setdefault(signature.traits.code, []).append(signature)
    before, after = orders
    return {signature for code, rules in before.items() if rules != after[code] for signature in rules}


def _languages(signature: _Signature) -> tuple[str, ...]:
    return tuple(language for _terms, language in signature.places)


def _differences(old: _Signature, new: _Signature, words: _Words) -> Iterable[tuple[Wanted, ...]]:
    pairs = list(zip(old.places, new.places, strict=True))
    whole = [words.of(before | after, language) for (before, language), (after, _language) in pairs]
    for place, ((before, language), (after, _language)) in enumerate(pairs):
        if before != after:
            yield (*whole[:place], words.of(before ^ after, language), *whole[place + 1 :])


class _Words:
    """What the terms of places come to, worked out once for each."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[tuple[frozenset[Term], str], Wanted] = {}
        self._keys: dict[tuple[str, str], frozenset[str]] = {}

    def of(self, terms: frozenset[Term], language: str) -> Wanted:
        """Give the words that fit one of the terms."""
        found = self._known.get((terms, language))
        if found is None:
            found = self._known[terms, language] = Wanted(
                tuple(sorted({key for term in terms for key in self._exact(term, language)})),
                _texts(terms, Match.PREFIX),
                tuple(ending + more for ending in _texts(terms, Match.SUFFIX) for more in INFLECTIONS),
            )
        return found

    def _exact(self, term: Term, language: str) -> frozenset[str]:
        if term.match is Match.FORM:
            return frozenset((term.text,))
        if term.match is not Match.LEMMA:
            return frozenset()
        known = self._keys.get((term.text, language))
        if known is None:
            known = self._keys[term.text, language] = self._lexicon.keys(term.text, language)
        return known


def _texts(terms: Iterable[Term], match: Match) -> tuple[str, ...]:
    return tuple(sorted(term.text for term in terms if term.match is match))

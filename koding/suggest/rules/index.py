"""The patterns of a codebook, indexed so that a word of the text finds those it may belong to by hash lookup alone.

Every pattern waits at one slot, its anchor: the one that is likely to be rarest. All that a form of the text can be
(the slots it fits, the anchors it wakes) is worked out once for the form and kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from koding.model.codebook import Code, Codebook
from koding.suggest.language.languages import BOKMAL, NYNORSK
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.tokens import word_set
from koding.suggest.meaning.negation_words import NEGATORS
from koding.suggest.rules.misspelling import Misspelling
from koding.suggest.rules.patterns import IndicatorFault, Match, Pattern, Slot, Term, parse

#: Letters that beginnings of words are gathered by.
_BEGUN = 3
_NO_SLOTS: frozenset[int] = frozenset()
#: Forms kept before the memory is emptied; a Norwegian text of five million words has fewer.
FORMS_KEPT = 300_000
_INFLECTIONS = (
    "", "en", "et", "er", "ene", "ens", "n", "ne", "r", "s", "a", "e", "t", "te", "ar", "ane", "enes", "ers",
)  # fmt: skip
# A small word is spoken about this many times as often as one that only the codebook has much of.
_COMMON_WEIGHT = 25
_COMMON = word_set(
    "være ha få gå bli kunne skulle ville måtte gjøre si ta komme se vite en et den det de i på til med for fra"
    " av om som at og å ikke noe noen ingen aldri her der så meg seg jeg vi han hun bare mye langt hos nær uten bo"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern ready to be matched: the code it stands for and its slots' numbers.

    `needed` are the numbers as bits: a sentence that lacks one of them cannot match. `excepting` makes it one of the
    code's exceptions. `negated` tells that it holds a negation of its own.
    """

    code: str
    pattern: Pattern
    slots: tuple[int, ...]
    needed: int
    gaps: tuple[int, ...]
    anchor: int
    excepting: bool
    negated: bool

    @property
    def is_word(self) -> bool:
        """Tell whether it is an indicator of one word."""
        return len(self.slots) == 1


@dataclass(frozen=True, slots=True)
class Known:
    """What a form of the text can be: the slots it `fits` in a phrase or as a `whole` word, the rules it wakes.

    `bits` are the slots it fits, as bits; among them those that the first part of a compound fits, which may stand for
    an indicator of one word but for no word of a phrase. What fits and is not among `whole` fits as the last part of a
    compound, or misspelt. `waking` are the rules with what they need, as bits.
    """

    fits: frozenset[int] = frozenset()
    bits: int = 0
    whole: frozenset[int] = frozenset()
    rules: tuple[Rule, ...] = ()
    waking: tuple[tuple[int, Rule], ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """An indicator as read, with its slots' numbers."""

    code: str
    pattern: Pattern
    slots: tuple[int, ...]
    excepting: bool


@dataclass
class _Compiler:
    codebook: Codebook
    lexicon: Lexicon
    faults: list[IndicatorFault] = field(default_factory=list)
    numbers: dict[tuple[Slot, str], int] = field(default_factory=dict)
    _common: dict[tuple[str, int], int] = field(default_factory=dict)

    def rules(self) -> list[Rule]:
        read = [item for code in self.codebook.codes if code.codable for item in self._read(code)]
        family = {code.key: self.codebook.family(code.key).key for code in self.codebook.codes}
        # A word that many phrases hold is a common one in the talk that they are about. Each family counts its own, so
        # that what it finds is the same whichever families stand beside it.
        load: dict[str, Counter[str]] = {key: Counter() for key in family.values()}
        for item in read:
            load[family[item.code]].update(term.text for term in item.pattern.terms)
        return [self._rule(item, family[item.code], load[family[item.code]]) for item in read]

    def _read(self, code: Code) -> Iterator[_Read]:
        nb, nn, excepted = code.indicators.nb, code.indicators.nn, code.indicators.excepted
        seen: set[tuple[tuple[Slot, ...], bool]] = set()
        for texts, language, excepting in ((nb, BOKMAL, False), (nn, NYNORSK, False), (excepted, NYNORSK, True)):
            # Exceptions are written once for both languages, and so are the word fields in them.
            fields = self.codebook.field_terms("" if excepting else language)
            for text in texts:
                try:
                    pattern = parse(text, fields)
                except IndicatorFault as fault:
                    self.faults.append(IndicatorFault(f"{code.key}: {fault.message}", fault.hint))
                    continue
                if (pattern.slots, excepting) not in seen:
                    seen.add((pattern.slots, excepting))
                    yield _Read(
                        code.key, pattern, tuple(self._number(slot, language) for slot in pattern.slots), excepting
                    )

    def _number(self, slot: Slot, language: str) -> int:
        # The gap belongs to the phrase, so that equal words share a number.
        return self.numbers.setdefault((Slot(slot.terms), language), len(self.numbers))

    def _rule(self, item: _Read, family: str, load: Counter[str]) -> Rule:
        return Rule(
            code=item.code,
            pattern=item.pattern,
            slots=item.slots,
            needed=_bits(item.slots),
            gaps=tuple(slot.gap for slot in item.pattern.slots),
            anchor=min(range(len(item.slots)), key=lambda place: self._commonness(item, place, family, load)),
            excepting=item.excepting,
            negated=any(term.text in NEGATORS for term in item.pattern.terms),
        )

    def _commonness(self, item: _Read, place: int, family: str, load: Counter[str]) -> int:
        """Estimate how often the words of a slot are spoken, by small words and by what the codebook is about."""
        number = (family, item.slots[place])
        if number not in self._common:
            # Many patterns share the slot of a word field; its hundred words are looked up once.
            self._common[number] = sum(
                load[term.text] * (_COMMON_WEIGHT if self._is_common(term) else 1)
                for term in item.pattern.slots[place].terms
            )
        return self._common[number]

    def _is_common(self, term: Term) -> bool:
        return term.text in NEGATORS or term.text in _COMMON or self.lexicon.lemma(term.text) in _COMMON


class RuleIndex:
    """Finds, for a form of the text, the rules of a codebook that it may belong to.

    `faults` has what could not be read, one error an indicator; the rest of the codebook works.
    """

    def __init__(self, codebook: Codebook, lexicon: Lexicon) -> None:
        compiler = _Compiler(codebook, lexicon)
        self.rules = compiler.rules()
        self.faults = compiler.faults
        self._lexicon = lexicon
        self._exact: dict[str, set[int]] = {}
        self._forms: dict[str, set[int]] = {}
        self._prefixes: dict[str, set[int]] = {}
        self._suffixes: dict[str, set[int]] = {}
        # The same word stands in many slots, above all in those of word fields.
        keys = lru_cache(maxsize=None)(lexicon.keys)
        for (slot, language), number in compiler.numbers.items():
            for term in slot.terms:
                self._enter(term, number, keys(term.text, language) if term.match is Match.LEMMA else frozenset())
        self._begun: dict[str, list[str]] = {}
        for prefix in self._prefixes:
            self._begun.setdefault(prefix[:_BEGUN], []).append(prefix)
        self._suffix_lengths = sorted({len(suffix) for suffix in self._suffixes})
        self._misspelling = Misspelling(lexicon, self._exact, self._prefixes)
        self._anchored: dict[int, list[Rule]] = {}
        for rule in self.rules:
            self._anchored.setdefault(rule.slots[rule.anchor], []).append(rule)
        self._known: dict[tuple[str, str], dict[str, Known]] = {}
        self._kept = 0

    def known(self, language: str) -> dict[str, Known]:
        """Give the memory of forms for a language; what it lacks, `look_up` adds."""
        return self._known.setdefault((language, ""), {})

    def look_up(self, form: str, language: str, lemma: str = "") -> Known:
        """Give what a lower-case form can be; `lemma` where a model has decided it in its sentence."""
        memory = self._known.get((language, lemma))
        if memory is None:
            memory = self._known[language, lemma] = {}
        known = memory.get(form)
        if known is None:
            if self._kept >= FORMS_KEPT:
                for kept in self._known.values():
                    kept.clear()
                self._kept = 0
            known = memory[form] = self._work_out(form, language, lemma)
            self._kept += 1
        return known

    def _enter(self, term: Term, number: int, keys: frozenset[str]) -> None:
        match term.match:
            case Match.LEMMA:
                for key in keys:
                    self._exact.setdefault(key, set()).add(number)
            case Match.FORM:
                self._forms.setdefault(term.text, set()).add(number)
            case Match.PREFIX:
                self._prefixes.setdefault(term.text, set()).add(number)
            case Match.SUFFIX:
                self._suffixes.setdefault(term.text, set()).add(number)

    def _work_out(self, form: str, language: str, lemma: str) -> Known:
        keys = self._lexicon.keys(form, language, lemma)
        slots = set(self._forms.get(form, ()))
        for key in keys:
            slots |= self._exact.get(key, _NO_SLOTS)
            slots.update(*self._beginning(key))
        slots.update(*self._ending(form))
        words = self._lexicon.parts(form)
        parts = self._misspelt(form, words)
        alone: set[int] = set()
        for part in words:
            # What a compound is stands last: "sommerjobb" is a job wherever jobs are spoken of, "jobbsøker" is none.
            found = alone if form.startswith(part) else parts
            for key in self._lexicon.keys(part, language):
                found |= self._exact.get(key, _NO_SLOTS)
        fits = slots | parts
        alone -= fits
        rules = tuple(rule for number in sorted(fits) for rule in self._anchored.get(number, ()))
        rules += tuple(rule for number in sorted(alone) for rule in self._anchored.get(number, ()) if rule.is_word)
        waking = tuple((rule.needed, rule) for rule in rules)
        return Known(frozenset(fits), _bits(fits | alone), frozenset(slots), rules, waking)

    def _ending(self, form: str) -> Iterator[Collection[int]]:
        """Give the slots of each ending of words that a form has, inflected or not."""
        for ending in _INFLECTIONS if self._suffixes else ():
            if form.endswith(ending):
                stem = form.removesuffix(ending)
                for length in self._suffix_lengths:
                    yield self._suffixes.get(stem[-length:], _NO_SLOTS)

    def _beginning(self, key: str) -> Iterator[set[int]]:
        """Give the slots of each beginning of words that `key` has."""
        for length in range(1, min(_BEGUN, len(key)) + 1):
            for prefix in self._begun.get(key[:length], ()):
                if key.startswith(prefix):
                    yield self._prefixes[prefix]

    def _misspelt(self, form: str, parts: frozenset[str]) -> set[int]:
        """Give the slots that a word in no dictionary may have been meant for."""
        spelling, found = self._misspelling, set[int]()
        if spelling.is_unknown(form, parts):
            for word in spelling.meant(form):
                found |= self._exact[word]
            for word in spelling.begun(form):
                found |= self._prefixes[word]
        return found


def _bits(numbers: Iterable[int]) -> int:
    bits = 0
    for number in numbers:
        bits |= 1 << number
    return bits

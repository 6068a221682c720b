"""The patterns of a codebook, indexed so that a word of the text finds those it may belong to by hash lookup alone.

Every pattern waits at one slot, its anchor: the one that is likely to be rarest. All that a form of the text can be
(the slots it fits, the anchors it wakes) is worked out once for the form and kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from itertools import chain
from operator import or_
from typing import NamedTuple

from koding.model.codebook import Code, Codebook
from koding.suggest.language.languages import BOKMAL, NYNORSK
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.tokens import word_set
from koding.suggest.meaning.negation_words import NEGATORS
from koding.suggest.rules.commonness import Commonness
from koding.suggest.rules.misspelling import Misspelling
from koding.suggest.rules.patterns import IndicatorFault, Match, Pattern, Slot, Term, parse
from koding.suggest.rules.rule import Known, Path, Rule, in_part

#: Letters that beginnings of words, and endings, are gathered by.
_BEGUN, _ENDED = 3, 4
_NO_SLOTS: frozenset[int] = frozenset()
#: Forms kept before the memory is emptied; a Norwegian text of five million words has fewer.
FORMS_KEPT = 300_000
#: Slots beside the anchor that a sentence is first searched for.
_PARTNERS = 2
_WEAK, _STRONG, _PER_WORD, _STRONGEST = 0.35, 0.6, 0.08, 0.84
_HESITATION = word_set("eh ehm eeh øh øhm øø æh æhm hm hmm mm mhm liksom lissom altså asså jo")
#: What may stand after the ending of a word that an indicator names.
INFLECTIONS = (
    "", "en", "et", "er", "ene", "ens", "n", "ne", "r", "s", "a", "e", "t", "te", "ar", "ane", "enes", "ers",
)  # fmt: skip

_NOTHING = Known()
_PAUSING = Known(hesitates=True)


class _Read(NamedTuple):
    """An indicator as read, with its slots' numbers."""

    code: str
    pattern: Pattern
    slots: tuple[int, ...]
    excepting: bool


#: An indicator with the place of its anchor and the numbers of its partners, the rarest first.
_Placed = tuple[_Read, int, list[int]]


@dataclass
class _Compiler:
    codebook: Codebook
    lexicon: Lexicon
    faults: list[IndicatorFault] = field(default_factory=list)
    numbers: dict[tuple[Slot, str], int] = field(default_factory=dict)
    partners: dict[int, int] = field(default_factory=dict)
    _times: dict[int, float] = field(default_factory=dict)
    _negating: dict[int, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._common = Commonness(self.lexicon)
        self._fields = {language: self.codebook.field_terms(language) for language in ("", BOKMAL, NYNORSK)}

    def rules(self) -> list[Rule]:
        placed = [self._placed(item) for code in self.codebook.codes if code.codable for item in self._read(code)]
        rarest = {partners[0] for _item, _anchor, partners in placed if partners}
        others = {number for _item, _anchor, partners in placed for number in partners} - rarest
        # What phrases are told by gets the lowest bits, what is spoken most before the rest: small numbers are compared
        # soonest.
        numbers = [*self._spoken_most_first(rarest), *self._spoken_most_first(others)]
        self.partners = {number: 1 << place for place, number in enumerate(numbers, start=1)}
        return [self._rule(item, anchor, partners) for item, anchor, partners in placed]

    def _spoken_most_first(self, numbers: Iterable[int]) -> list[int]:
        return sorted(numbers, key=lambda number: (-self._times[number], number))

    def _read(self, code: Code) -> Iterator[_Read]:
        nb, nn, excepted = code.indicators.nb, code.indicators.nn, code.indicators.excepted
        seen: set[tuple[tuple[Slot, ...], bool]] = set()
        for texts, language, excepting in ((nb, BOKMAL, False), (nn, NYNORSK, False), (excepted, NYNORSK, True)):
            # Exceptions are written once for both languages, and so are the word fields in them.
            fields = self._fields["" if excepting else language]
            for text in texts:
                try:
                    pattern = parse(text, fields)
                except IndicatorFault as fault:
                    self.faults.append(IndicatorFault(f"{code.key}: {fault.message}", fault.hint))
                    continue
                # Slots are dear to look up: it is done once.
                before = len(seen)
                seen.add((pattern.slots, excepting))
                if len(seen) > before:
                    yield _Read(
                        code.key, pattern, tuple(self._number(slot, language) for slot in pattern.slots), excepting
                    )

    def _number(self, slot: Slot, language: str) -> int:
        # The gap belongs to the phrase, so that equal words share a number.
        return self.numbers.setdefault((Slot(slot.terms) if slot.gap else slot, language), len(self.numbers))

    def _placed(self, item: _Read) -> _Placed:
        if len(item.slots) == 1:
            return item, 0, []
        rarest_first = sorted(range(len(item.slots)), key=lambda place: self._commonness(item, place))
        anchor = rarest_first[0]
        numbers = dict.fromkeys([item.slots[place] for place in rarest_first[1 : 1 + _PARTNERS]])
        return item, anchor, [number for number in numbers if number != item.slots[anchor]]

    def _rule(self, item: _Read, anchor: int, partners: list[int]) -> Rule:
        gaps = [slot.gap for slot in item.pattern.slots]
        return Rule(
            code=item.code,
            pattern=item.pattern,
            slots=item.slots,
            needed=sum(self.partners[number] for number in partners),
            rarest=self.partners[partners[0]].bit_length() - 1 if partners else 0,
            anchor=anchor,
            before=_path(item.slots[:anchor], gaps[1 : anchor + 1]),
            after=_path(item.slots[:anchor:-1], gaps[:anchor:-1]),
            excepting=item.excepting,
            negated=any(map(self._negates, item.slots, item.pattern.slots)),
            worth=_WEAK if item.pattern.weak else min(_STRONG + _PER_WORD * (len(item.slots) - 1), _STRONGEST),
        )

    def _negates(self, number: int, slot: Slot) -> bool:
        found = self._negating.get(number)
        if found is None:
            found = self._negating[number] = not NEGATORS.isdisjoint([term.text for term in slot.terms])
        return found

    def _commonness(self, item: _Read, place: int) -> float:
        """Estimate how often the words of a slot are spoken."""
        number = item.slots[place]
        times = self._times.get(number)
        if times is None:
            # Many patterns share the slot of a word field; its hundred words are looked up once.
            times = self._times[number] = self._common.of(item.pattern.slots[place].terms)
        return times


def read_rules(codebook: Codebook, lexicon: Lexicon) -> tuple[list[Rule], list[tuple[Slot, str]]]:
    """Give the rules of a codebook, and what the numbers of their slots stand for: a slot in a language."""
    compiler = _Compiler(codebook, lexicon)
    return compiler.rules(), list(compiler.numbers)


class _Memory(dict[str | tuple[str, str], Known]):
    """What forms can be in a language, worked out where it is asked for first."""

    def __init__(self, index: RuleIndex, language: str) -> None:
        super().__init__()
        self._index = index
        self._language = language

    def __missing__(self, word: str | tuple[str, str]) -> Known:
        known = self[word] = self._index.work_out(word, self._language)
        return known


class RuleIndex:
    """Finds, for a form of the text, the rules of a codebook that it may belong to.

    `faults` has what could not be read, one error an indicator; the rest of the codebook works.
    """

    def __init__(self, codebook: Codebook, lexicon: Lexicon) -> None:
        compiler = _Compiler(codebook, lexicon)
        self.rules = compiler.rules()
        self.faults = compiler.faults
        self._partners = compiler.partners
        self._lexicon = lexicon
        self._exact: dict[str, set[int]] = {}
        self._forms: dict[str, set[int]] = {}
        self._prefixes: dict[str, set[int]] = {}
        self._suffixes: dict[str, set[int]] = {}
        for language in (BOKMAL, NYNORSK):
            for term, numbers in _by_term(compiler.numbers, language).items():
                self._enter(term, language, numbers)
        self._begun: dict[str, list[str]] = {}
        for prefix in self._prefixes:
            self._begun.setdefault(prefix[:_BEGUN], []).append(prefix)
        self._endings: dict[str, set[int]] = {}
        for suffix, slots in self._suffixes.items():
            for inflection in INFLECTIONS:
                self._endings.setdefault(suffix + inflection, set()).update(slots)
        self._ended: dict[str, list[str]] = {}
        for ending in self._endings:
            self._ended.setdefault(ending[-_ENDED:], []).append(ending)
        # One letter or two do where an indicator has no more.
        self._begun_lengths = sorted({len(begun) for begun in self._begun})
        self._ended_lengths = sorted({len(ended) for ended in self._ended})
        self._misspelling = Misspelling(lexicon, self._exact, self._prefixes)
        # What waits at a slot: indicators of one word, and phrases, by their places among the rules.
        self._words: dict[int, list[int]] = {}
        self._phrases: dict[int, list[int]] = {}
        for place, rule in enumerate(self.rules):
            waiting = self._words if rule.is_word else self._phrases
            waiting.setdefault(rule.slots[rule.anchor], []).append(place)
        self._wanted = [rule.wanted for rule in self.rules]
        self._known: dict[str, _Memory] = {}
        self._alike: dict[tuple[frozenset[int], frozenset[int], frozenset[int], bool], Known] = {}
        self._kept = 0
        self._slots_of = lru_cache(maxsize=FORMS_KEPT)(self._look_up_slots)
        self._first_slots_of = lru_cache(maxsize=FORMS_KEPT)(self._look_up_first_slots)

    def known(self, language: str) -> Mapping[str | tuple[str, str], Known]:
        """Give what each form can be, and each form with its lemma, in a language; it is looked up where it is new."""
        memory = self._known.get(language)
        if memory is None:
            memory = self._known[language] = _Memory(self, language)
        return memory

    def meet(self, forms: Iterable[str], language: str) -> None:
        """Work out what forms can be that are new, all together; that is quicker than each when its turn comes."""
        memory = self._known.get(language) or self.known(language)
        # A difference of sets would go through all of the memory.
        new = sorted({form for form in forms if form not in memory})
        self._lexicon.meet(new)
        for form in new:
            memory[form]

    def look_up(self, form: str, language: str, lemma: str | None = None) -> Known:
        """Give what a lower-case form can be.

        `lemma` is what a model has decided on in its sentence, "" where it knows none, None without a model.
        """
        return self.known(language)[form if lemma is None else (form, lemma)]

    def work_out(self, word: str | tuple[str, str], language: str) -> Known:
        """Work out what a form that is new can be, or one with its lemma."""
        if self._kept >= FORMS_KEPT:
            for kept in self._known.values():
                kept.clear()
            self._alike.clear()
            self._kept = 0
        self._kept += 1
        if isinstance(word, str):
            return self._work_out(word, language, "")
        form, lemma = word
        return self._work_out(form, language, lemma) if lemma else self.look_up(form, language)

    def _enter(self, term: Term, language: str, numbers: Iterable[int]) -> None:
        match term.match:
            case Match.LEMMA:
                for key in self._lexicon.keys(term.text, language):
                    self._exact.setdefault(key, set()).update(numbers)
            case Match.FORM:
                self._forms.setdefault(term.text, set()).update(numbers)
            case Match.PREFIX:
                self._prefixes.setdefault(term.text, set()).update(numbers)
            case Match.SUFFIX:
                self._suffixes.setdefault(term.text, set()).update(numbers)

    def _work_out(self, form: str, language: str, lemma: str) -> Known:
        parted = self._lexicon.parts(form)
        # What is misspelt says as much as the word that it was meant for, a part of a compound less.
        whole = _either(self._fitting(form, self._lexicon.keys(form, language, lemma)), self._misspelt(form, parted))
        parts = begun = _NO_SLOTS
        for part in parted:
            # What a compound is stands last: "sommerjobb" is a job wherever jobs are spoken of, "jobbsøker" is none. A
            # first part stands for no word of a phrase.
            if form.startswith(part):
                begun = _either(begun, self._first_slots_of(part, language))
            else:
                parts = _either(parts, self._slots_of(part, language))
        hesitates = form in _HESITATION or form.endswith("-")
        if not (whole or parts or begun):
            return _PAUSING if hesitates else _NOTHING
        # All compounds of a word are alike, but for what they begin with. The slots of parts are the same sets each
        # time, and quick to compare.
        alike = whole, parts, begun, hesitates
        known = self._alike.get(alike)
        if known is None:
            fits = _either(whole, parts)
            known = self._alike[alike] = self._wakened(fits, whole, begun - fits, hesitates=hesitates)
        return known

    def _wakened(self, fits: frozenset[int], whole: frozenset[int], begun: frozenset[int], *, hesitates: bool) -> Known:
        """Give what a form is that fits slots, some as a `whole`, and some alone by what it has `begun` with."""
        # Of two that match alike the first counts: the one that is written first, whatever else the codebook has.
        rules = self.rules
        alone = tuple([rules[place] for place in _waiting(self._words, (*fits, *begun))])
        phrases = _waiting(self._phrases, fits)
        bits = reduce(or_, map(self._partners.__getitem__, fits & self._partners.keys()), 0)
        return Known(
            fits,
            bits,
            whole,
            alone,
            _best(alone, whole),
            tuple([rules[place] for place in phrases]),
            b"".join([self._wanted[place] for place in phrases]),
            hesitates,
        )

    def _fitting(self, form: str, keys: Iterable[str]) -> frozenset[int]:
        """Give the slots that a form fits as a whole; `keys` are the names under which it meets other forms."""
        found = [self._forms[form]] if form in self._forms else []
        for key in keys:
            if key in self._exact:
                found.append(self._exact[key])
            for length in self._begun_lengths:
                if prefixes := self._begun.get(key[:length]):
                    found.extend([self._prefixes[prefix] for prefix in prefixes if key.startswith(prefix)])
        for length in self._ended_lengths:
            if endings := self._ended.get(form[-length:]):
                found.extend([self._endings[ending] for ending in endings if form.endswith(ending)])
        return _NO_SLOTS.union(*found) if found else _NO_SLOTS

    def _look_up_slots(self, word: str, language: str) -> frozenset[int]:
        """Give the slots that a part of a compound fits."""
        return _NO_SLOTS.union(*(self._exact.get(key, _NO_SLOTS) for key in self._lexicon.keys(word, language)))

    def _look_up_first_slots(self, word: str, language: str) -> frozenset[int]:
        """Give the slots of indicators of one word that the first part of a compound fits."""
        return frozenset(self._slots_of(word, language) & self._words.keys())

    def _misspelt(self, form: str, parts: frozenset[str]) -> frozenset[int]:
        """Give the slots that a word in no dictionary may have been meant for."""
        spelling = self._misspelling
        if not spelling.is_unknown(form, parts):
            return _NO_SLOTS
        meant = [self._exact[word] for word in spelling.meant(form)]
        return _NO_SLOTS.union(*meant, *(self._prefixes[word] for word in spelling.begun(form)))


def _either(one: frozenset[int], other: frozenset[int]) -> frozenset[int]:
    """Give the slots of both; where one has none the other as it is, which knows its hash."""
    return one | other if one and other else one or other


def _by_term(numbers: Mapping[tuple[Slot, str], int], language: str) -> Mapping[Term, list[int]]:
    """Give the numbers of the slots of a language by their words; one stands in many slots, as in word fields."""
    found: defaultdict[Term, list[int]] = defaultdict(list)
    for (slot, spoken), number in numbers.items():
        if spoken == language:
            for term in slot.terms:
                found[term].append(number)
    return found


def _waiting(places: Mapping[int, Sequence[int]], slots: Iterable[int]) -> list[int]:
    """Give the places of the rules that wait at some slots, in their order."""
    return sorted(chain.from_iterable([places[number] for number in slots if number in places]))


def _best(words: Iterable[Rule], whole: frozenset[int]) -> tuple[tuple[Rule, bool], ...]:
    """Give of the rules of one word, of those of a code the first that is worth most; with whether they fit in part."""
    best: dict[tuple[str, bool], tuple[Rule, bool]] = {}
    most: dict[tuple[str, bool], float] = {}
    for rule in words:
        key, part = (rule.code, rule.excepting), rule.slots[0] not in whole
        worth = in_part(rule.worth) if part else rule.worth
        if worth > most.get(key, 0.0):
            best[key], most[key] = (rule, part), worth
    return tuple(best.values())


def _path(slots: Iterable[int], gaps: Iterable[int]) -> Path | None:
    """Give the way over `slots`, the last of which is next, each with the gap before it."""
    path: Path | None = None
    for number, gap in zip(slots, gaps, strict=True):
        path = (number, gap, path)
    return path

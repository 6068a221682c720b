"""Suggestions by the codebook's own indicators: which codes a sentence points to, with the words that decided.

An indicator matches by lemma, in order, over pauses and hesitation. A weak one needs company: another indicator of its
family in the same sentence, in the question that a short answer answers, or a denial of the very reason ("det var ikke
jobben"). The code's exceptions silence what they overlap. What is denied is suggested with `status=avvist` where the
codebook has that value, and not at all where it has not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import prod
from typing import Final, NamedTuple

from koding.model.codebook import Codebook
from koding.model.coding import Suggestion
from koding.suggest.index import Known, Rule, RuleIndex
from koding.suggest.languages import BOKMAL
from koding.suggest.linguistics import Lexicon
from koding.suggest.negation import Denial, Kind, Negation
from koding.suggest.protocol import TurnText
from koding.suggest.reasons import Wording, evidence, spans
from koding.suggest.sentences import Unit, units
from koding.suggest.tokens import BREAK, Word, word_set

ORIGIN: Final = "rules"
VERSION: Final = "rules/1"
DENIED: Final = ("status", "avvist")

#: An answer of at most this many words takes company from its question.
SHORT_ANSWER = 8
_WEAK, _STRONG, _PER_WORD, _STRONGEST, _PART = 0.35, 0.6, 0.08, 0.84, 0.9
_HESITATION = word_set("eh ehm eeh øh øhm øø æh æhm hm hmm mm mhm liksom lissom altså asså jo")


class _Found(NamedTuple):
    """A rule that matched: its words' indexes, and whether one of them is a part of a compound only."""

    rule: Rule
    at: tuple[int, ...]
    words: frozenset[int]
    family: str
    part: bool
    denial: Denial | None = None

    @property
    def score(self) -> float:
        words = len(self.at) - 1
        whole = _WEAK if self.rule.pattern.weak else min(_STRONG + _PER_WORD * words, _STRONGEST)
        return whole * _PART if self.part else whole


class _Sentence(NamedTuple):
    """The words of a sentence, and what each can be."""

    words: Sequence[Word]
    known: Sequence[Known]


class RuleSuggester:
    """Suggests by the indicators of a codebook and the word fields they use.

    `faults` has the indicators that could not be read. Not for use by two threads at once.
    """

    version = VERSION

    def __init__(self, codebook: Codebook, lexicon: Lexicon | None = None) -> None:
        self.codebook = codebook
        self._lexicon = lexicon or Lexicon()
        self._index = RuleIndex(codebook, self._lexicon)
        self.faults = tuple(self._index.faults)
        self._wording = Wording()
        self._order = {code.key: place for place, code in enumerate(codebook.codes)}
        self._lineage = {code.key: tuple(step.key for step in codebook.lineage(code.key)) for code in codebook.codes}
        facet = codebook.facet(DENIED[0])
        self._shows_denied = facet is not None and any(value.key == DENIED[1] for value in facet.values)
        lacking = {rule.code for rule in self._index.rules if rule.negated and not rule.excepting}
        self._lack_is_reason = frozenset(lacking)

    def suggest(self, turn: TurnText, found: Iterable[Unit], source: str = "") -> Iterator[Suggestion]:
        """Give the suggestions for the sentences of a turn, in the order of the text and then of the codebook.

        The sentences' positions are code points of the turn's text; the suggestions' are the source's.
        """
        sentences = list(found)
        language = turn.language or BOKMAL
        company: frozenset[str] | None = None
        short = sum(len(unit.words) for unit in sentences) <= SHORT_ANSWER
        for unit in sentences:
            matches = self._find(unit, language)
            if not matches:
                continue
            if company is None:
                company = self._families(turn.question, language) if short else frozenset()
            for code, kept in self._judge(unit, turn.text, matches, company).items():
                yield self._suggestion(turn, unit, code, kept, source)

    def _families(self, question: str, language: str) -> frozenset[str]:
        """Give the families that a question points to, strongly or weakly."""
        return frozenset(
            found.family for unit in units(question) for found in self._find(unit, language) if not found.rule.excepting
        )

    def _suggestion(self, turn: TurnText, unit: Unit, code: str, matches: Sequence[_Found], source: str) -> Suggestion:
        denial = matches[0].denial
        runs = [spans(unit, match.at) for match in matches]
        return Suggestion(
            source=source,
            start=unit.start + turn.start,
            end=unit.end + turn.start,
            code=code,
            score=round(1 - prod(1 - match.score for match in matches), 3),
            origin=ORIGIN,
            why=self._wording.why(turn.text, runs, unit.words[denial.word] if denial else None),
            facets=dict([DENIED]) if denial else {},
            evidence=evidence(runs, turn.start),
        )

    # -- matching -------------------------------------------------------------------------------------------------

    def _find(self, unit: Unit, language: str) -> list[_Found]:
        known = self._known(unit, language)
        sentence = _Sentence(unit.words, known)
        present = 0
        for word in known:
            present |= word.bits
        found: dict[tuple[str, tuple[int, ...], bool], _Found] = {}
        for anchor, word in enumerate(known):
            for rule in word.rules:
                if rule.needed & present != rule.needed:
                    continue
                at = _match(rule, sentence, anchor)
                if at is None:
                    continue
                part = any(rule.slots[place] not in known[index].whole for place, index in enumerate(at))
                match = _Found(rule, at, frozenset(at), self._lineage[rule.code][-1], part)
                key = (rule.code, at, rule.excepting)
                before = found.get(key)
                if before is None or before.score < match.score:
                    found[key] = match
        return list(found.values())

    def _known(self, unit: Unit, language: str) -> list[Known]:
        look_up = self._index.look_up
        if unit.lemmas is None:
            memory = self._index.known(language)
            return [memory.get(word.form) or look_up(word.form, language) for word in unit.words]
        pairs = zip(unit.words, unit.lemmas, strict=True)
        return [look_up(word.form, language, lemma) for word, lemma in pairs]

    # -- judging --------------------------------------------------------------------------------------------------

    def _judge(self, unit: Unit, text: str, found: list[_Found], company: frozenset[str]) -> dict[str, list[_Found]]:
        """Give, by code, the matches that stand; those of one code are all denied or all not."""
        standing = self._unsilenced(found)
        negation = Negation(unit.words, question=text[unit.start : unit.end].rstrip("\"»”’')]").endswith("?"))
        standing = [self._with_denial(match, negation, unit) for match in standing]
        standing = [match for match in standing if self._in_company(match, standing, company)]
        if len(standing) > 1:
            standing = [match for match in standing if not self._within_longer(match, standing)]
            standing = [match for match in standing if not self._told_closer(match, standing)]
        by_code: dict[str, list[_Found]] = {}
        for match in standing:
            by_code.setdefault(match.rule.code, []).append(match)
        kept: dict[str, list[_Found]] = {}
        for code in sorted(by_code, key=self._order.__getitem__):
            affirmed = [match for match in by_code[code] if match.denial is None]
            if affirmed or self._shows_denied:
                kept[code] = sorted(affirmed or by_code[code], key=lambda match: match.at)
        return kept

    def _unsilenced(self, found: list[_Found]) -> list[_Found]:
        exceptions = [match for match in found if match.rule.excepting]
        return [
            match
            for match in found
            if not match.rule.excepting
            and not any(
                exception.rule.code in self._lineage[match.rule.code] and not exception.words.isdisjoint(match.words)
                for exception in exceptions
            )
        ]

    def _with_denial(self, match: _Found, negation: Negation, unit: Unit) -> _Found:
        def is_verb(index: int) -> bool:
            return self._lexicon.is_inflected_verb(unit.words[index].form)

        denial = negation.denial(match.at, is_verb)
        if denial is None:
            return match
        if match.rule.negated and denial.kind is not Kind.FRAMED:
            return match
        if denial.kind is Kind.LACK and match.rule.code in self._lack_is_reason:
            return match
        return match._replace(denial=denial)

    def _in_company(self, match: _Found, others: list[_Found], company: frozenset[str]) -> bool:
        if not match.rule.pattern.weak or (match.denial is not None and match.denial.kind is Kind.FRAMED):
            return True
        return match.family in company or any(
            other.rule.pattern != match.rule.pattern
            and other.family == match.family
            and other.words.isdisjoint(match.words)
            for other in others
        )

    def _within_longer(self, match: _Found, others: list[_Found]) -> bool:
        """Tell whether a longer phrase of the same family says the same and more."""
        return any(
            match.words < other.words
            and other.family == match.family
            and (match.rule.pattern.weak or not other.rule.pattern.weak)
            for other in others
        )

    def _told_closer(self, match: _Found, others: list[_Found]) -> bool:
        """Tell whether a code below this one is matched on the same words, or firmly elsewhere in the sentence."""
        return any(
            other.rule.code != match.rule.code
            and match.rule.code in self._lineage[other.rule.code]
            and (other.denial is None) == (match.denial is None)
            and (not other.words.isdisjoint(match.words) or not other.rule.pattern.weak)
            for other in others
        )


def _match(rule: Rule, sentence: _Sentence, anchor: int) -> tuple[int, ...] | None:
    """Match the phrase around the word at `anchor`; give the indexes of its words."""
    if len(rule.slots) == 1:
        return (anchor,)
    before = _walk(rule, sentence, rule.anchor, anchor, step=-1)
    if before is None:
        return None
    after = _walk(rule, sentence, rule.anchor, anchor, step=1)
    return None if after is None else (*reversed(before), anchor, *after)


def _walk(rule: Rule, sentence: _Sentence, place: int, at: int, *, step: int) -> tuple[int, ...] | None:
    """Match the slots on one side of `place`, which stands on the word `at`; nearest words first."""
    target = place + step
    if not 0 <= target < len(rule.slots):
        return ()
    number = rule.slots[target]
    words, known = sentence
    left = rule.gaps[max(place, target)]
    tight = left == 0
    index = at + step
    hesitated = False
    while 0 <= index < len(words):
        # The mark between two words stands before the later one.
        if tight and words[max(index, index - step)].before == BREAK and not hesitated and not _hesitates(words[index]):
            return None
        if number in known[index].fits:
            rest = _walk(rule, sentence, target, index, step=step)
            if rest is not None:
                return (index, *rest)
        if _hesitates(words[index]):
            hesitated = True
        elif left == 0:
            return None
        else:
            left -= 1
        index += step
    return None


def _hesitates(word: Word) -> bool:
    return word.form in _HESITATION or word.form.endswith("-")

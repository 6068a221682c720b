"""What it means that a thing is said not to be there: the very reason (no doctor), or a reason denied (no racism)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from koding.suggest.language.tokens import word_set
from koding.suggest.meaning.negation_words import NEGATORS
from koding.suggest.rules.rule import Rule

#: A code with at least this share of indicators that hold a negation is about lacking something.
SHARE: Final = 0.15
_SMALL = word_set(
    "i på til med for fra frå av om å og er var en ein et eit ei den det jeg eg meg vi noe noko noen nokon som at der her"
)


class Lacking:
    """Which indicators speak of what may be lacking, by the negations in their code's indicators."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        every: Counter[str] = Counter()
        negated: Counter[str] = Counter()
        self._words: dict[str, set[str]] = {}
        for rule in rules:
            if rule.excepting:
                continue
            every[rule.code] += 1
            if rule.negated:
                negated[rule.code] += 1
                self._words.setdefault(rule.code, set()).update(_content(rule))
        self._codes = {code for code, count in negated.items() if count >= SHARE * every[code]}
        # A word field in a rule has hundreds of words: what was found is kept, with the rule, by its identity.
        self._known: dict[int, tuple[Rule, bool]] = {}
        self._above = {code[:at] for code in self._codes for at, letter in enumerate(code) if letter == "."}

    def is_reason(self, rule: Rule) -> bool:
        """Tell whether not having what the indicator names is what its code is about."""
        known = self._known.get(id(rule))
        if known is None:
            words = self._words.get(rule.code)
            is_reason = words is not None and (rule.code in self._codes or not words.isdisjoint(_content(rule)))
            known = self._known[id(rule)] = rule, is_reason
        return known[1]

    def may_be_reason(self, rule: Rule) -> bool:
        """Tell whether not having what the indicator names is what its code, or a code below it, is about."""
        return rule.code in self._above or self.is_reason(rule)


def _content(rule: Rule) -> set[str]:
    return {term.text for term in rule.pattern.terms} - NEGATORS - _SMALL

"""Changing the indicators in a study, of one code or as another codebook has them: what it comes to, how it is told."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from koding.errors import KodingError
from koding.i18n import _
from koding.model.codebook import Code, Codebook, Indicators, WordField
from koding.suggest.rules.patterns import parse

#: Indicators that one which is not there is met with, at most.
_NAMED = 3
#: The words of the word fields that indicators may use, by name.
Fields = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class IndicatorEdit:
    """Indicators to be added to a code's lists, and such to be taken out of whichever list has them."""

    nb: tuple[str, ...] = ()
    nn: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()

    def applied(self, code: Code, fields: Fields) -> Indicators:
        """Give the indicators that the code has then: first some are taken out, then the others added at the end.

        What differs in nothing but case and spacing is the same indicator. Raises KodingError for one that cannot be
        read, that asks for a word field that is not in `fields`, or that is to be taken out and not there.
        """
        had = code.indicators
        for indicator in self.dropped:
            if not any(_same(indicator, other) for other in (*had.all(), *had.excepted)):
                raise _not_there(code, indicator)
        for indicator in chain(self.nb, self.nn, self.excepted):
            parse(indicator, fields)
        return Indicators(
            self._list(had.nb, self.nb), self._list(had.nn, self.nn), self._list(had.excepted, self.excepted)
        )

    def _list(self, had: tuple[str, ...], added: tuple[str, ...]) -> tuple[str, ...]:
        left = [one for one in had if not any(_same(one, dropped) for dropped in self.dropped)]
        for indicator in added:
            if not any(_same(indicator, one) for one in left):
                left.append(" ".join(indicator.split()))
        return tuple(left)


@dataclass(frozen=True, slots=True)
class IndicatorsTaken:
    """What a study's codebook gets from another one.

    `codes` are the indicators of the codes whose indicators differ, by key; `fields` all word fields that the study has
    then. `changed_fields` maps the names of those that came or have other words to what they had before, None for new
    ones. `lacking` are the keys of codes with indicators that the study does not have.
    """

    codes: Mapping[str, Indicators]
    fields: tuple[WordField, ...]
    changed_fields: Mapping[str, WordField | None]
    lacking: tuple[str, ...]


def taken_from(other: Codebook, book: Codebook) -> IndicatorsTaken:
    """Give what `book` gets when it takes the indicators and word fields of `other`, code by code of the same key.

    A word field that `other` does not have stays. Raises KodingError for an indicator that cannot be read.
    """
    codes = {
        code.key: code.indicators
        for code in other.codes
        if code.key in book.by_key and code.indicators != book.by_key[code.key].indicators
    }
    fields = {field.name: field for field in book.fields}
    changed: dict[str, WordField | None] = {}
    for field in other.fields:
        had = fields.get(field.name)
        if had is None or (had.nb, had.nn) != (field.nb, field.nn):
            changed[field.name] = had
            fields[field.name] = field
    words = {name: field.terms("") for name, field in fields.items()}
    for indicators in codes.values():
        for indicator in (*indicators.all(), *indicators.excepted):
            parse(indicator, words)
    lacking = tuple(code.key for code in other.codes if code.key not in book.by_key and _any(code.indicators))
    return IndicatorsTaken(codes, tuple(fields.values()), changed, lacking)


def has_indicators(book: Codebook) -> bool:
    """Tell whether any code of a codebook has an indicator or exception."""
    return any(_any(code.indicators) for code in book.codes)


def field_difference(old: WordField | None, new: WordField) -> str:
    """Tell what words a field lost (−) and got (+), as `difference`."""
    had = Indicators(old.nb, old.nn) if old else Indicators()
    return difference(had, Indicators(new.nb, new.nn))


def _any(indicators: Indicators) -> bool:
    return bool(indicators.nb or indicators.nn or indicators.excepted)


def difference(old: Indicators, new: Indicators) -> str:
    """Tell what went (−) and what came (+), list by list; "" where nothing but the order differs."""
    told = []
    for name, before, after in (
        ("nb", old.nb, new.nb),
        ("nn", old.nn, new.nn),
        ("except", old.excepted, new.excepted),
    ):
        steps = [f"− {one}" for one in before if one not in after]
        steps += [f"+ {one}" for one in after if one not in before]
        if steps:
            told.append(f"{name}: {', '.join(steps)}")
    return "; ".join(told)


def _not_there(code: Code, indicator: str) -> KodingError:
    there = (*code.indicators.all(), *code.indicators.excepted)
    near = difflib.get_close_matches(indicator, there, _NAMED)
    named = ", ".join(_("“{indicator}”").format(indicator=one) for one in near)
    return KodingError(
        _("{key} has no indicator “{indicator}”; nothing was changed.").format(key=code.key, indicator=indicator),
        _("Did you mean {names}?").format(names=named)
        if near
        else _("koding codebook export writes all indicators to a file."),
    )


def _same(one: str, other: str) -> bool:
    return one.lower().split() == other.lower().split()

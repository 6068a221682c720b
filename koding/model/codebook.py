"""The codebook: codes with MacQueen's six parts, indicators for the suggester, and facets of a coding.

Structure of a code after MacQueen, McLellan, Kay and Milstein (1998), "Codebook development for team-based qualitative
analysis": code, brief definition, full definition, when to use, when not to use, example.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

_FIELD_NAME = re.compile(r"(?:^|(?<=[\s|]))@([^\s|]+)")


@dataclass(frozen=True, slots=True)
class Example:
    """An utterance that shows a code (or, as counter-example, does not); `language` is "nb" or "nn"."""

    text: str
    language: str = "nb"


@dataclass(frozen=True, slots=True)
class Indicators:
    """Words and phrases that point to a code, in the small language of docs/codebook.md.

    `nb` and `nn` are read for turns in that language (both are tried where the language is unsure); `excepted` are
    phrases in which the indicators do not count, because the word has another sense there.
    """

    nb: tuple[str, ...] = ()
    nn: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        """Give every indicator once, Bokmål first."""
        return tuple(dict.fromkeys((*self.nb, *self.nn)))

    def field_names(self) -> tuple[str, ...]:
        """Give the names of the word fields (`@name`) that the indicators and exceptions ask for, each once."""
        texts = (*self.nb, *self.nn, *self.excepted)
        return tuple(dict.fromkeys(name for text in texts if "@" in text for name in _FIELD_NAME.findall(text.lower())))


@dataclass(frozen=True, slots=True)
class WordField:
    """A named list of words of one meaning, which indicators use as `@name`; `name` is lower case.

    The words are single terms of the indicator language: a lemma, `=form`, `begin*` or `*end`. `nb` is read for
    indicators in Bokmål, `nn` for those in Nynorsk; a field that lacks one of the two gives the other.
    """

    name: str
    label: str = ""
    description: str = ""
    nb: tuple[str, ...] = ()
    nn: tuple[str, ...] = ()

    def terms(self, language: str) -> tuple[str, ...]:
        """Give the words for indicators in "nb" or "nn"; for any other language both, each once."""
        if language == "nb":
            return self.nb or self.nn
        if language == "nn":
            return self.nn or self.nb
        return tuple(dict.fromkeys((*self.nb, *self.nn)))


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `key` is stable and dotted ("arbeid.relevant"); `parent` is the parent's key, None for a family.

    `codable` false makes it a folder. `colour` is "#rrggbb", inherited from the family where a code names none. A
    `retired` code is kept with its codings and offered no more; `successor` is the key of the code that took its place,
    "" where none did.
    """

    guid: str
    key: str
    label: str
    parent: str | None = None
    gloss: str = ""
    short: str = ""
    definition: str = ""
    use: str = ""
    not_use: str = ""
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()
    indicators: Indicators = field(default_factory=Indicators)
    colour: str = ""
    codable: bool = True
    sensitive: bool = False
    retired: bool = False
    successor: str = ""

    @property
    def offered(self) -> bool:
        """Whether the code can be put on text now: it is no folder, and not retired."""
        return self.codable and not self.retired


@dataclass(frozen=True, slots=True)
class Revision:
    """Something that was done to the codebook: when (ISO 8601 in UTC), by whom, to which code (key), and why.

    `action` is one of add, edit, rename, move, merge, split, retire, restore and version. `detail` says what came of
    it by name ("label_before", "label_after", "into" ...); `version` is the codebook's version then.
    """

    guid: str
    at: str
    coder: str
    action: str
    key: str
    reason: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)
    version: str = ""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet."""

    key: str
    label: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """A closed attribute of a coding, declared by the codebook.

    `default` is the value of a coding that names none ("" for no default). Where `default_variable` is set, the value
    of that variable for the informant decides first, by `default_values`. Codings whose value is in `uncounted` are
    kept and left out of counts.
    """

    key: str
    label: str
    values: tuple[FacetValue, ...]
    description: str = ""
    default: str = ""
    default_variable: str = ""
    default_values: Mapping[str, str] = field(default_factory=dict)
    uncounted: frozenset[str] = frozenset()

    def keys(self) -> tuple[str, ...]:
        """Give the keys of the values, in the codebook's order."""
        return tuple(value.key for value in self.values)

    def default_for(self, variables: Mapping[str, str]) -> str:
        """Give the default value for an informant with these variables; "" where there is none."""
        if self.default_variable:
            value = self.default_values.get(variables.get(self.default_variable, ""))
            if value:
                return value
        return self.default


@dataclass(frozen=True)
class Codebook:
    """A codebook; `codes` are in the file's order, a parent always before its children.

    `fields` are the word fields that its indicators use, and no others. `history` is what was done to it, oldest first.
    """

    guid: str
    id: str
    title: str
    codes: tuple[Code, ...]
    facets: tuple[Facet, ...] = ()
    language: str = "nb"
    version: str = ""
    description: str = ""
    rules: tuple[str, ...] = ()
    fields: tuple[WordField, ...] = ()
    history: tuple[Revision, ...] = ()

    @cached_property
    def by_key(self) -> dict[str, Code]:
        """Map every code's key to the code."""
        return {code.key: code for code in self.codes}

    @cached_property
    def _children(self) -> dict[str | None, tuple[Code, ...]]:
        found: dict[str | None, list[Code]] = {}
        for code in self.codes:
            found.setdefault(code.parent, []).append(code)
        return {parent: tuple(codes) for parent, codes in found.items()}

    @property
    def families(self) -> tuple[Code, ...]:
        """Give the top codes."""
        return self._children.get(None, ())

    def children(self, key: str | None) -> tuple[Code, ...]:
        """Give the codes right below `key` (None for the families)."""
        return self._children.get(key, ())

    def heir(self, key: str) -> Code:
        """Give the code that codings of this one belong to now: itself, or whatever took its place in the end."""
        seen = {key}
        code = self.by_key[key]
        while code.successor in self.by_key and code.successor not in seen:
            seen.add(code.successor)
            code = self.by_key[code.successor]
        return code

    def lineage(self, key: str) -> Iterator[Code]:
        """Give the code and its ancestors, nearest first."""
        current: str | None = key
        while current is not None:
            code = self.by_key[current]
            yield code
            current = code.parent

    def family(self, key: str) -> Code:
        """Give the family (top code) that `key` belongs to."""
        return list(self.lineage(key))[-1]

    def depth(self, key: str) -> int:
        """Give how many ancestors the code has; 0 for a family."""
        return sum(1 for _ in self.lineage(key)) - 1

    def colour(self, key: str) -> str:
        """Give the code's colour, its nearest ancestor's where it has none, "" where none has."""
        return next((code.colour for code in self.lineage(key) if code.colour), "")

    def facet(self, key: str) -> Facet | None:
        """Give the facet with this key."""
        return next((facet for facet in self.facets if facet.key == key), None)

    def field_terms(self, language: str) -> dict[str, tuple[str, ...]]:
        """Map the name of every word field to its words for indicators in a language, as `WordField.terms`."""
        return {field.name: field.terms(language) for field in self.fields}


def used_fields(codes: Iterable[Code], fields: Iterable[WordField]) -> tuple[WordField, ...]:
    """Give the word fields that the codes' indicators ask for, in the order of `fields`."""
    wanted = {name for code in codes for name in code.indicators.field_names()}
    return tuple(field for field in fields if field.name in wanted)

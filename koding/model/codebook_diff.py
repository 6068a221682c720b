"""What differs between two codebooks, or two states of one: code by code, told as what was done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from koding.model.codebook import Code, Codebook, Facet

#: The texts of a code that say what it means.
MEANING = ("short", "definition", "use", "not_use", "examples", "counterexamples")
#: The rest of what a code holds, apart from its place and name.
OTHER = ("gloss", "indicators", "colour", "codable", "sensitive")


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    `kind` is added, removed, renamed, moved, merged, retired, restored, definition, changed or facet. `key` is the
    code's (or facet's) key, `field` what of it differs where that is one thing; `before` and `after` are the values as
    text, "" for none.
    """

    kind: str
    key: str
    field: str = ""
    before: str = ""
    after: str = ""


def differences(old: Codebook, new: Codebook) -> list[Difference]:
    """Give the differences in the order of the new codebook, what was removed last, facets after the codes.

    A code is the same one where its GUID is, or else its key.
    """
    by_guid = {code.guid: code for code in old.codes}
    found: list[Difference] = []
    met: set[str] = set()
    for code in new.codes:
        before = by_guid.get(code.guid) or old.by_key.get(code.key)
        if before is None:
            found.append(Difference("added", code.key, after=code.label))
            continue
        met.add(before.key)
        found.extend(_of_code(before, code))
    found.extend(Difference("removed", code.key, before=code.label) for code in old.codes if code.key not in met)
    found.extend(_of_facets(old, new))
    return found


def _of_code(old: Code, new: Code) -> Iterator[Difference]:
    if old.label != new.label:
        yield Difference("renamed", new.key, "label", old.label, new.label)
    if old.key != new.key:
        yield Difference("changed", new.key, "key", old.key, new.key)
    if old.parent != new.parent:
        yield Difference("moved", new.key, "parent", old.parent or "", new.parent or "")
    if new.successor and old.successor != new.successor:
        yield Difference("merged", new.key, "successor", old.successor, new.successor)
    elif old.retired != new.retired:
        yield Difference("retired" if new.retired else "restored", new.key)
    for kind, fields in (("definition", MEANING), ("changed", OTHER)):
        for field in fields:
            if getattr(old, field) != getattr(new, field):
                yield Difference(kind, new.key, field, _text(old, field), _text(new, field))


def _text(code: Code, field: str) -> str:
    if field in {"examples", "counterexamples"}:
        return " | ".join(example.text for example in getattr(code, field))
    if field == "indicators":
        lists: Mapping[str, tuple[str, ...]] = {
            "nb": code.indicators.nb,
            "nn": code.indicators.nn,
            "except": code.indicators.excepted,
        }
        return "; ".join(f"{name}: {', '.join(words)}" for name, words in lists.items() if words)
    value = getattr(code, field)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _of_facets(old: Codebook, new: Codebook) -> Iterator[Difference]:
    before = {facet.key: facet for facet in old.facets}
    for facet in new.facets:
        was = before.pop(facet.key, None)
        if was is None:
            yield Difference("facet", facet.key, "added", after=_values(facet))
        elif was != facet:
            yield Difference("facet", facet.key, "changed", _values(was), _values(facet))
    for facet in before.values():
        yield Difference("facet", facet.key, "removed", before=_values(facet))


def _values(facet: Facet) -> str:
    return f"{facet.label}: {', '.join(facet.keys())}"

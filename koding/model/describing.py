"""A code's whole definition as one text, for formats that have one field for it, and back.

A code that has nothing but its definition is told by the definition alone, so that another tool's description stays
what it was. Otherwise each part stands under its heading, a blank line between them. A text is taken apart only where
putting it together again gives the same text; anything else is a definition.
"""

from __future__ import annotations

import re
from dataclasses import replace

from koding.model.codebook import Code, Example

#: Headings by the language of the codebook: short, definition, use, not_use, example, counter-example, gloss, key.
_HEADINGS = {
    "nb": ("Kort", "Definisjon", "Brukes når", "Brukes ikke når", "Eksempel", "Moteksempel", "Engelsk", "Nøkkel"),
    "nn": ("Kort", "Definisjon", "Blir brukt når", "Blir ikkje brukt når", "Døme", "Motdøme", "Engelsk", "Nykel"),
    "en": ("In short", "Definition", "Use when", "Do not use when", "Example", "Counter-example", "English", "Key"),
}
_FIELDS = ("short", "definition", "use", "not_use", "examples", "counterexamples", "gloss", "key")
_BREAK = "\n\n"


def describe(code: Code, language: str, *, with_key: bool = False) -> str:
    """Give the code's parts as one text, "" for a code without any; `with_key` ends with the code's key."""
    headings = _HEADINGS.get(language, _HEADINGS["en"])
    parts = [
        (headings[0], [code.short]),
        (headings[1], [code.definition]),
        (headings[2], [code.use]),
        (headings[3], [code.not_use]),
        (headings[4], [example.text for example in code.examples]),
        (headings[5], [example.text for example in code.counterexamples]),
        (headings[6], [code.gloss]),
        (headings[7], [code.key] if with_key else []),
    ]
    lines = [f"{heading}: {text}" for heading, texts in parts for text in texts if text]
    alone = code.definition and lines == [f"{headings[1]}: {code.definition}"]
    return code.definition if alone else _BREAK.join(lines)


def described(code: Code, text: str) -> tuple[Code, str]:
    """Give the code with the parts that `text` tells, and the key it names ("" for none)."""
    for language in _HEADINGS if text else ():
        found = _taken_apart(code, text, language)
        if found is not None:
            return found
    return replace(code, definition=text), ""


def _taken_apart(code: Code, text: str, language: str) -> tuple[Code, str] | None:
    headings = _HEADINGS[language]
    field_of = dict(zip(headings, _FIELDS, strict=True))
    names = "|".join(re.escape(heading) for heading in headings)
    pieces = re.split(rf"(?:^|\n\n)({names}): ", text)
    if pieces[0] or len(pieces) < 3:  # noqa: PLR2004 - nothing, a heading, its text
        return None
    values: dict[str, list[str]] = {}
    for heading, value in zip(pieces[1::2], pieces[2::2], strict=True):
        values.setdefault(field_of[heading], []).append(value)
    key = values.pop("key", [""])[0]
    told = replace(
        code,
        short=_joined(values, "short"),
        definition=_joined(values, "definition"),
        use=_joined(values, "use"),
        not_use=_joined(values, "not_use"),
        gloss=_joined(values, "gloss"),
        examples=tuple(Example(one) for one in values.get("examples", [])),
        counterexamples=tuple(Example(one) for one in values.get("counterexamples", [])),
    )
    same = describe(replace(told, key=key), language, with_key=bool(key)) == text
    return (told, key) if same else None


def _joined(values: dict[str, list[str]], field: str) -> str:
    return _BREAK.join(values.get(field, []))

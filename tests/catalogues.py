"""The translation catalogues: `python -m tests.catalogues` gathers strings from the code and compiles what is translated.

Strings stand in English in the code; `koding/locale/{nb,nn}/LC_MESSAGES/koding.po` hold Bokmål and Nynorsk, and the
`.mo` files beside them are what the program reads.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parent.parent / "koding"
LANGUAGES = ("nb", "nn")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


def po_path(language: str) -> Path:
    """Give the file that holds a language's translations."""
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "koding.po"


def gathered() -> Catalog:
    """Gather every string of the code that is marked for translation."""
    catalogue = Catalog(project="koding", fuzzy=False)
    found = extract_from_dir(PACKAGE, method_map=[("**.py", "python")], keywords=KEYWORDS)
    for name, _line, message, _comments, _context in sorted(found, key=lambda item: (item[0], item[1])):
        # Files without line numbers: a catalogue changes when its words do, not when code moves.
        catalogue.add(message, locations=[(name, 0)], flags=("python-brace-format",))
    return catalogue


def translated(language: str) -> Catalog:
    """Read a language's translations; none where there is no file yet."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language)
    return read_po(io.BytesIO(path.read_bytes()), locale=language)


def compiled(catalogue: Catalog) -> bytes:
    """Give the .mo file of a catalogue."""
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def missing(language: str) -> list[str]:
    """Give the strings of the code that a language has no translation of."""
    known = translated(language)
    return [
        str(message.id)
        for message in gathered()
        if message.id and not (message.id in known and all(_strings(known[message.id].string)))
    ]


def _strings(string: str | tuple[str, ...] | list[str]) -> list[str]:
    return [string] if isinstance(string, str) else list(string)


def update() -> int:
    """Bring every catalogue up to date and compile it; say what is not translated yet."""
    left = 0
    for language in LANGUAGES:
        known = translated(language)
        fresh = Catalog(locale=language, project="koding", fuzzy=False)
        for message in gathered():
            if message.id:
                old = known[message.id].string if message.id in known else ""
                fresh.add(message.id, old, locations=message.locations, flags=message.flags)
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = io.BytesIO()
        write_po(stream, fresh, width=120, omit_header=False, include_lineno=False, sort_output=True)
        # The date would make every run a change.
        lines = [line for line in stream.getvalue().splitlines(keepends=True) if b"-Date:" not in line]
        path.write_bytes(b"".join(lines))
        path.with_suffix(".mo").write_bytes(compiled(translated(language)))
        for text in missing(language):
            print(f"{language}: {text}")
            left += 1
    return left


if __name__ == "__main__":
    sys.exit(1 if update() else 0)

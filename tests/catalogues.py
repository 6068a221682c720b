"""The translation catalogues: `python -m tests.catalogues` gathers strings from the code and compiles translations.

Strings stand in English in the code; `koding/locale/{nb,nn}/LC_MESSAGES/koding.po` hold Bokmål and Nynorsk, and the
`.mo` files beside them are what the program reads.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parent.parent / "koding"
LANGUAGES = ("nb", "nn")
#: The functions that mark a string, with how many of their arguments are strings.
KEYWORDS = {"_": 1, "N_": 1, "ngettext": 2, "N_plural": 2}


class Translations(Catalog):
    """A catalogue whose header says nothing that changes from run to run: no dates, no version of Babel."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Give the header."""
        return [
            ("Project-Id-Version", "koding"),
            ("Language", str(self.locale_identifier)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit\n"),
        ]


def new_catalogue(language: str) -> Translations:
    """Give a catalogue without strings."""
    return Translations(locale=language, header_comment=f"# The interface of koding in {language}.", fuzzy=False)


def po_path(language: str) -> Path:
    """Give the file that holds a language's translations."""
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "koding.po"


def gathered() -> Catalog:
    """Gather every string of the code that is marked for translation."""
    catalogue = Catalog(project="koding", fuzzy=False)
    for path in sorted(PACKAGE.rglob("*.py")):
        for message in _marked(path):
            # Files without line numbers: a catalogue changes when its words do, not when code moves.
            catalogue.add(message, locations=[(path.relative_to(PACKAGE).as_posix(), 0)])
    return catalogue


def _marked(path: Path) -> Iterator[str | tuple[str, ...]]:
    """Give the marked strings of a file, those inside f-strings too (which Babel's own extractor passes over)."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            wanted = KEYWORDS[node.func.id]
            texts = [arg.value for arg in node.args[:wanted] if isinstance(arg, ast.Constant)]
            if len(texts) == wanted and all(isinstance(text, str) for text in texts):
                yield str(texts[0]) if wanted == 1 else tuple(map(str, texts))


def translated(language: str) -> Catalog:
    """Read a language's translations; none where there is no file yet."""
    catalogue = new_catalogue(language)
    path = po_path(language)
    if path.exists():
        for message in read_po(io.BytesIO(path.read_bytes()), locale=language):
            if message.id:
                catalogue.add(message.id, message.string, locations=message.locations)
    return catalogue


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


def _strings(string: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [string or ""] if string is None or isinstance(string, str) else list(string)


def update() -> int:
    """Bring every catalogue up to date and compile it; say what is not translated yet."""
    left = 0
    for language in LANGUAGES:
        known = translated(language)
        fresh = new_catalogue(language)
        for message in gathered():
            if message.id:
                old = known[message.id].string if message.id in known else ""
                # A string that has got a plural since is translated anew.
                blank: str | tuple[str, ...] = "" if isinstance(message.id, str) else ()
                fresh.add(message.id, old if isinstance(old, type(blank)) else blank, locations=message.locations)
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = io.BytesIO()
        write_po(stream, fresh, width=120, omit_header=False, include_lineno=False, sort_output=True)
        path.write_bytes(stream.getvalue())
        path.with_suffix(".mo").write_bytes(compiled(translated(language)))
        for text in missing(language):
            print(f"{language}: {text}")
            left += 1
    return left


if __name__ == "__main__":
    sys.exit(1 if update() else 0)

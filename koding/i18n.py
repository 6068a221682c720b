"""Translation of every string a person sees: English in the code, Bokmål and Nynorsk by locale.

`KODING_LANG` (nb, nn or en) decides, then the usual LANGUAGE, LC_ALL, LC_MESSAGES and LANG. A language we have no
catalogue for gives English. A catalogue is read once, at its first string, so that a light command pays nothing.
"""

from __future__ import annotations

import contextlib
import gettext as _gettext
import os
from collections.abc import Iterator
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

LOCALE_FOLDER = Path(__file__).with_name("locale")
DOMAIN = "koding"
# "no" is the retired macro-language tag that many systems still set for Bokmål.
_ALIASES = {"no": "nb", "nb": "nb", "nn": "nn", "en": "en"}


_spoken: ContextVar[str] = ContextVar("spoken", default="")


@contextlib.contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak one language for a while, whatever the machine says: for files that must be the same everywhere."""
    token = _spoken.set(code)
    try:
        yield
    finally:
        _spoken.reset(token)


def language() -> str:
    """Give the language of the interface: `nb`, `nn` or `en`."""
    if _spoken.get():
        return _spoken.get()
    for variable in ("KODING_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for wanted in os.environ.get(variable, "").split(":"):
            tag = wanted.replace("-", "_").split("_")[0].split(".")[0].lower()
            if tag in _ALIASES:
                return _ALIASES[tag]
    return "en"


@lru_cache(maxsize=4)
def _catalogue(code: str) -> _gettext.NullTranslations:
    if code == "en":
        return _gettext.NullTranslations()
    return _gettext.translation(DOMAIN, LOCALE_FOLDER, [code], fallback=True)


def _(message: str) -> str:
    """Translate `message` to the language of the interface; nothing stays nothing (gettext keeps its header there)."""
    if not message:
        return message
    return _catalogue(language()).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Translate a message that has a plural, by `count`."""
    return _catalogue(language()).ngettext(singular, plural, count)


def N_(message: str) -> str:  # noqa: N802 - the gettext convention for "mark now, translate later"
    """Mark `message` for translation without translating it yet (for constants)."""
    return message


def N_plural(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802 - as N_
    """Mark a message that has a plural for translation without translating it yet."""
    return singular, plural

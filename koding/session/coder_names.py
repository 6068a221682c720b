"""What a coder may be called."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from koding.errors import UsageFault
from koding.i18n import _
from koding.model.coding import RESOLVED

#: Characters of the longest name that still has room on a screen and in a table.
LONGEST = 60


def checked(name: str, known: Sequence[str]) -> str:
    """Give the name without the space around it.

    Raises UsageFault for a name that is empty, too long, reserved or holds control characters, and for one that differs
    from a coder's in `known` only in capitals or in how its letters are encoded: that would be two coders who look like
    one.
    """
    name = name.strip()
    if not name:
        raise UsageFault(_("A coder needs a name."), _("Give one with --coder NAME."))
    if any(unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"} for character in name):
        raise UsageFault(
            _("A coder's name cannot hold line breaks or other invisible characters."),
            _("Give a name on one line with --coder NAME."),
        )
    if len(name) > LONGEST:
        raise UsageFault(
            _("A coder's name can have {most} characters, this one has {count}.").format(most=LONGEST, count=len(name)),
            _("Give a shorter one with --coder NAME."),
        )
    refuse_reserved(name)
    alike = next((one for one in known if _folded(one) == _folded(name)), None)
    if name not in known and alike is not None:
        raise UsageFault(
            _("The study has a coder called «{known}», and «{name}» looks the same.").format(known=alike, name=name),
            _("Write --coder {known}, or choose another name.").format(known=f'"{alike}"' if " " in alike else alike),
        )
    return name


def refuse_reserved(name: str) -> None:
    """Raise UsageFault for the name under which resolved codings stand."""
    if _folded(name.strip()) == RESOLVED:
        raise UsageFault(
            _("“{name}” is what resolved codings are called; no coder can have that name.").format(name=name),
            _("Choose another name."),
        )


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()

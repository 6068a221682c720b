"""Names that a study does not have."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from koding.errors import UsageFault
from koding.i18n import _


def unknown(what: str, name: str, known: Iterable[str]) -> UsageFault:
    """Give the fault for a name the study does not have: with the nearest one, and all there are."""
    names = list(known)
    near = difflib.get_close_matches(name, names, 1)
    guess = _("Did you mean {name}?").format(name=near[0]) + " " if near else ""
    listed = ", ".join(names) or _("none")
    return UsageFault(
        _("There is no {what} called {name}.").format(what=what, name=name),
        guess + _("There are: {names}.").format(names=listed),
    )

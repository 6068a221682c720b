"""Codes that are offered no more."""

from __future__ import annotations

from koding.errors import KodingError
from koding.i18n import _
from koding.model.codebook import Code, Codebook


def retired_code(codebook: Codebook, code: Code) -> KodingError:
    """Give the fault for a code that is offered no more, naming what took its place."""
    heir = codebook.heir(code.key)
    return KodingError(
        _("{code} is retired and cannot be used any more.").format(code=code.label),
        _("Use {code} in its place.").format(code=heir.label) if heir is not code else _("Choose another code."),
    )

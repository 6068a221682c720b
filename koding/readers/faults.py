"""What readers raise beside KodingError itself."""

from __future__ import annotations

from koding.errors import KodingError


class NotATranscript(KodingError):
    """The file is whole, but it is something else than a source: in a folder it is passed by rather than a fault."""


class NotText(KodingError):
    """The bytes are no text in any encoding; who asked for text says what the file should have been."""

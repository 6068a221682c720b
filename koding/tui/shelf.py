"""The codes of a codebook with their looks, for choosing one where nothing is being coded."""

from __future__ import annotations

from koding.model.codebook import Code, Codebook
from koding.tui.glyphs import UNKNOWN_LOOK, Look, looks


class NoDigits:
    """The recent codes of nobody."""

    slots: tuple[str, ...] = ()

    def digit(self, _key: str) -> str:
        """Give no digit."""
        return ""


class Shelf:
    """What a choice among codes asks for."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.recent = NoDigits()
        self._looks = looks(codebook)

    def look(self, key: str) -> Look:
        """Give the look of a code."""
        return self._looks.get(key, UNKNOWN_LOOK)

    def label(self, key: str) -> str:
        """Give the label of a code, its key where the codebook does not know it."""
        code = self.code_of(key)
        return code.label if code else key

    def code_of(self, key: str) -> Code | None:
        """Give the code with this key."""
        return self.codebook.by_key.get(key)

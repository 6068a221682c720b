"""When a coder sees suggestions: at once, after their own judgement, or never."""

from __future__ import annotations

from enum import StrEnum


class SuggestionMode(StrEnum):
    """How a round of coding uses suggestions.

    `open` shows them at once, `after` a turn's only when the coder has coded or passed the turn, `blind` none.
    """

    OPEN = "open"
    AFTER = "after"
    BLIND = "blind"

    def shows(self, *, coded: bool, passed: bool) -> bool:
        """Tell whether a coder sees the suggestions for a turn that they have coded, or have gone on from."""
        match self:
            case SuggestionMode.OPEN:
                return True
            case SuggestionMode.AFTER:
                return coded or passed
            case SuggestionMode.BLIND:
                return False

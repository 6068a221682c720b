"""What stands around a reason: thought of or planned, whose it is, and whether it pushes, pulls or holds.

Cues are words and their order within a stretch of the sentence, as for denials (see `negation`), with no parser. They are
conservative: what is not clear gets no value, and cues that speak against each other give none. Only values that the
codebook has are proposed, and none that a coding there has by itself. The word lists and rules are our own; their
accuracy is measured in the tests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from koding.model.codebook import Codebook
from koding.suggest.language.tokens import Words
from koding.suggest.meaning.directions import Directions
from koding.suggest.meaning.glances import DIRECTS, SPEAKS_OF_OTHERS, SUPPOSES, glance_of, may_name
from koding.suggest.meaning.naming import is_named
from koding.suggest.meaning.plans import STATUS, Plans
from koding.suggest.meaning.speech import Cue, Talk
from koding.suggest.meaning.voices import OTHERS, VOICE, others, own

#: The value of the facet `status` for a reason that is denied.
DENIED: Final = (STATUS, "avvist")


class Meaning:
    """Proposes facets of a codebook. `shows` maps the (facet, value) pairs that it has to the values' labels."""

    def __init__(self, codebook: Codebook) -> None:
        self.shows = {(facet.key, value.key): value.label for facet in codebook.facets for value in facet.values}

    def knows(self, cue: Cue) -> bool:
        """Tell whether the codebook has the value."""
        return (cue.facet, cue.value) in self.shows


class Reading:
    """What one sentence says around its reasons, each thing worked out when it is asked for.

    `words` have their positions in `text`. `defaults` are the values that a coding here has where it names none,
    `before` is the sentence said before, `interpreted` tells that an interpreter speaks. `shown` is what the sentence
    shows at a glance, where that is at hand.
    """

    __slots__ = (
        "_before",
        "_defaults",
        "_directions",
        "_interpreted",
        "_meaning",
        "_plans",
        "_shown",
        "_talk",
        "_text",
        "_words",
    )  # fmt: skip

    def __init__(
        self,
        meaning: Meaning,
        words: Words,
        text: str,
        defaults: Mapping[str, str],
        before: Words | None = None,
        *,
        interpreted: bool = False,
        shown: int | None = None,
    ) -> None:
        self._meaning = meaning
        self._words = words
        self._text = text
        self._defaults = defaults
        self._before = before
        self._interpreted = interpreted
        self._talk: Talk | None = None
        self._plans: Plans | None = None
        self._directions: Directions | None = None
        self._shown = shown

    @property
    def talk(self) -> Talk:
        """The sentence itself."""
        talk = self._talk
        if talk is None:
            talk = self._talk = Talk(self._words, self._text)
        return talk

    @property
    def shown(self) -> int:
        """What the sentence shows at a glance."""
        shown = self._shown
        if shown is None:
            shown = self._shown = glance_of(self.talk.forms)
        return shown

    def names(self, evidence: Sequence[int]) -> bool:
        """Tell whether the words at `evidence` (ascending) are named as a reason."""
        return may_name(self.shown) and is_named(self.talk, evidence)

    def cues(self, evidence: Sequence[int], *, denied: bool = False, undone: bool = False) -> list[Cue]:
        """Give one cue a facet for what the words at `evidence` (ascending) tell.

        What is `denied` is neither planned nor a direction. `undone` tells that a condition of the past says that the
        reason was there, so that it is not merely thought of.
        """
        shown = self.shown
        # Most sentences have no word for either.
        status = self._status(evidence) if shown & SUPPOSES and not (denied or undone) else None
        direction = self._direction(evidence) if shown & DIRECTS and not denied else None
        told = [cue for cue in (status, self._voice(evidence), direction) if cue is not None]
        return told and [cue for cue in told if self._meaning.knows(cue) and self._defaults.get(cue.facet) != cue.value]

    def _status(self, evidence: Sequence[int]) -> Cue | None:
        plans = self._plans
        if plans is None:
            plans = self._plans = Plans(self.talk)
        return next(filter(self._meaning.knows, plans.statuses(evidence)), None) if plans.tells else None

    def _voice(self, evidence: Sequence[int]) -> Cue | None:
        if self._defaults.get(VOICE) == OTHERS:
            return own(self.talk, evidence)
        if not self.shown & SPEAKS_OF_OTHERS:
            return None
        return others(self.talk, evidence, self._before, interpreted=self._interpreted)

    def _direction(self, evidence: Sequence[int]) -> Cue | None:
        directions = self._directions
        if directions is None:
            directions = self._directions = Directions(self.talk)
        if not directions.tells:
            return None
        found = list(filter(self._meaning.knows, directions.cues(evidence)))
        return found[0] if len({cue.value for cue in found}) == 1 else None

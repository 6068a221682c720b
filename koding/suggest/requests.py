"""What a client asks of the suggester for a transcript, and how its child process is started."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import koding
from koding.model.codebook import Codebook
from koding.model.transcript import Role, Transcript, Turn
from koding.suggest.languages import speaker_languages
from koding.suggest.protocol import TurnText

#: The question that a turn answers is looked for at most this many turns back (an interviewer's "mhm" cuts turns).
QUESTION_REACH = 3
_QUESTION_WORDS = 3


class Asking:
    """A transcript made ready for asking about its turns, so that each further question costs only its own turns.

    `codebook` has the facets whose defaults depend on who speaks.
    """

    def __init__(self, transcript: Transcript, codebook: Codebook | None = None) -> None:
        self.transcript = transcript
        self._facets = codebook.facets if codebook is not None else ()
        self._counted = frozenset(transcript.counted_turns())
        self._languages = speaker_languages(transcript)

    def turn_texts(self, turn_indexes: Iterable[int]) -> tuple[TurnText, ...]:
        """Give the turns among `turn_indexes` that are counted, ready to be sent, in the order asked."""
        return tuple(self._turn_text(index) for index in turn_indexes if index in self._counted)

    def _turn_text(self, index: int) -> TurnText:
        turn = self.transcript.turns[index]
        text = self.transcript.text[turn.start : turn.end]
        language = self._languages[turn.speaker]
        return TurnText(index, turn.start, text, language, self._question(index), self._defaults(turn))

    def _defaults(self, turn: Turn) -> dict[str, str]:
        informant = self.transcript.speaker_of(turn).informant
        variables = informant.variables if informant is not None else {}
        return {facet.key: value for facet in self._facets if (value := facet.default_for(variables))}

    def _question(self, index: int) -> str:
        transcript = self.transcript
        for turn in reversed(transcript.turns[max(0, index - QUESTION_REACH) : index]):
            text = transcript.text[turn.start : turn.end]
            if transcript.speaker_of(turn).role is Role.INTERVIEWER and len(text.split()) >= _QUESTION_WORDS:
                return text
        return ""


def worker_command() -> list[str]:
    """Give the command that starts the child process."""
    return [sys.executable, "-P", "-m", "koding.suggest.worker"]


def worker_environment() -> dict[str, str]:
    """Give the child's environment: this koding first on its path, and nothing from the folder it is started in."""
    home = str(Path(koding.__file__).parent.parent)
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}

"""What a client asks of the suggester for a transcript, and how its child process is started."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path

import koding
from koding.model.codebook import Codebook
from koding.model.transcript import Role, Transcript, Turn
from koding.suggest.language.languages import speaker_languages
from koding.suggest.process.protocol import BACKGROUND, TurnText

#: The question that a turn answers is looked for at most this many turns back (an interviewer's "mhm" cuts turns).
QUESTION_REACH = 3
#: Fewer words are mostly no question ("mhm, ja").
_QUESTION_WORDS = 3


class Asking:
    """A transcript made ready for asking about its turns, so that each further question costs only its own turns.

    `codebook` has the facets whose defaults depend on who speaks.
    """

    def __init__(self, transcript: Transcript, codebook: Codebook | None = None) -> None:
        self.transcript = transcript
        self._facets = codebook.facets if codebook is not None else ()
        self._defaults: dict[str, dict[str, str]] = {}

    @cached_property
    def counted(self) -> frozenset[int]:
        """Give the turns that are suggested on."""
        return frozenset(self.transcript.counted_turns())

    @cached_property
    def _languages(self) -> Mapping[str, str]:
        return speaker_languages(self.transcript)

    def turn_texts(
        self, turn_indexes: Iterable[int], language_of: Callable[[int], str | None] | None = None
    ) -> tuple[TurnText, ...]:
        """Give the turns among `turn_indexes` that are counted, ready to be sent, in the order asked.

        `language_of` tells the language of a turn, or that somebody else knows it; else it is told by all that its
        speaker says.
        """
        known = language_of or self._language_of
        return tuple(self.turn_text(index, known(index)) for index in turn_indexes if index in self.counted)

    def _language_of(self, index: int) -> str:
        return self._languages[self.transcript.turns[index].speaker]

    def turn_text(self, index: int, language: str | None) -> TurnText:
        """Give a turn, ready to be sent, in a language that the caller knows or that somebody else does."""
        turn = self.transcript.turns[index]
        text = self.transcript.text[turn.start : turn.end]
        interpreted = self.transcript.speaker_of(turn).role is Role.INTERPRETER
        question, defaults = self._question(index), self._defaults_of(turn)
        return TurnText(index, turn.start, text, language, question, defaults, interpreted)

    def _defaults_of(self, turn: Turn) -> dict[str, str]:
        found = self._defaults.get(turn.speaker)
        if found is None:
            informant = self.transcript.speaker_of(turn).informant
            variables = informant.variables if informant is not None else {}
            found = {facet.key: value for facet in self._facets if (value := facet.default_for(variables))}
            self._defaults[turn.speaker] = found
        return found

    def _question(self, index: int) -> str:
        transcript = self.transcript
        for turn in reversed(transcript.turns[max(0, index - QUESTION_REACH) : index]):
            if transcript.speaker_of(turn).role is Role.INTERVIEWER:
                text = transcript.text[turn.start : turn.end]
                if len(text.split(maxsplit=_QUESTION_WORDS)) >= _QUESTION_WORDS or _asks_for_reason(text):
                    return text
        return ""


@lru_cache(maxsize=256)
def _asks_for_reason(text: str) -> bool:
    """Tell whether so short a question asks for a reason all the same: "hva manglet?", "hvorfor?"."""
    # Loaded where an interviewer says next to nothing.
    from koding.suggest.meaning.answers import Question

    return Question(text).wants_reason


def worker_command(*, background: bool = False) -> list[str]:
    """Give the command that starts the child process; in the `background` it lets everything else go first."""
    command = [sys.executable, "-P", "-m", "koding.suggest.process.worker"]
    return [*command, BACKGROUND] if background else command


def worker_environment() -> dict[str, str]:
    """Give the child's environment: this koding first on its path, and nothing from the folder it is started in."""
    home = str(Path(koding.__file__).parent.parent)
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}

"""Where the indicators of a codebook match in a study: one record a match, made in the suggester's process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from koding.model.codebook import Codebook
    from koding.model.transcript import Transcript


class Firing(NamedTuple):
    """A match of an indicator, or of an exception (`excepting`), of the code with the key `code`.

    `indicator` is what the researcher wrote. `stands` tells that neither an exception nor a set phrase of the language
    silences it. The span is the sentence's, half-open, in code points of the source.
    """

    code: str
    indicator: str
    excepting: bool
    stands: bool
    start: int
    end: int


def firing(row: Sequence[object]) -> Firing:
    """Read the values of a record, as JSON carries them.

    Raises:
        ValueError, TypeError: the row is something else.
    """
    code, indicator, excepting, stands, start, end = row
    return Firing(str(code), str(indicator), bool(excepting), bool(stands), int(str(start)), int(str(end)))


def firings(codebook: Codebook, transcripts: Iterable[Transcript]) -> Iterator[tuple[Transcript, list[Firing]]]:
    """Give each transcript with all matches in the turns that are counted, in the order of the text.

    Raises:
        SuggesterFault: the suggester's process cannot be started, ended, or reported that it cannot go on.
    """
    from koding.i18n import language
    from koding.suggest.process import protocol
    from koding.suggest.process.children import Children, Crew
    from koding.suggest.process.codebook_json import to_json
    from koding.suggest.process.requests import Asking, worker_command

    with Children(worker_command(), Crew()) as children:
        children.start(lambda: protocol.Hello(to_json(codebook), language()))
        for number, transcript in enumerate(transcripts, start=1):
            turns = Asking(transcript, codebook).turn_texts(range(len(transcript.turns)))
            children.post(protocol.Check(number, transcript.guid, turns))
            found: list[Firing] = []
            while not isinstance(reply := children.receive(), protocol.Done):
                if isinstance(reply, protocol.Fired):
                    found.extend(reply.items)
            yield transcript, found

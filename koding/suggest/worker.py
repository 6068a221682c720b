"""The suggester's process: requests on standard input, answers on standard output (see `protocol`).

    python -m koding.suggest.worker

A newer request is answered before an older one goes on. Where nb_core_news_sm is installed, Bokmål turns get their
lemmas and sentences from it; else spaCy is not even loaded, and the dictionaries do the work.
"""

from __future__ import annotations

import gc
import os
import queue
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from koding.errors import KodingError
from koding.i18n import _
from koding.suggest import protocol
from koding.suggest.codebook_json import from_json
from koding.suggest.languages import BOKMAL

if TYPE_CHECKING:
    from koding.suggest.linguistics import Lexicon
    from koding.suggest.model import Model
    from koding.suggest.rules import RuleSuggester
    from koding.suggest.sentences import Unit

#: Lower priority for the whole process: typing comes first.
NICENESS = 10
#: Turns that are analysed together: few at first, so that what is on the screen comes at once. A newer request waits
#: for one batch at most.
FIRST_BATCH, BATCH = 4, 32
_CHUNK = 2**18


@dataclass
class _Work:
    """A request under way; `done` counts the turns that are answered."""

    request: protocol.Suggest
    done: int = 0

    @property
    def finished(self) -> bool:
        return self.done == len(self.request.turns)


class Worker:
    """Answers requests a few turns at a time, looking for newer ones in between."""

    def __init__(self, lines: Iterable[bytes], out: BinaryIO) -> None:
        self._out = out
        self._inbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._stack: list[_Work] = []
        self._lexicon: Lexicon | None = None
        self._model: Model | None = None
        self._model_note = ""
        self._rules: RuleSuggester | None = None
        threading.Thread(target=self._read, args=(lines,), daemon=True).start()

    def run(self) -> None:
        """Work until `bye`, or until the client is gone."""
        while True:
            idle = not self._stack
            try:
                line = self._inbox.get(block=idle)
            except queue.Empty:
                self._work()
                continue
            if line is None or not self._take(line):
                return

    def _read(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            self._inbox.put(line)
        self._inbox.put(None)

    def _say(self, reply: protocol.Reply) -> None:
        self._out.write(protocol.encode(reply))
        self._out.flush()

    def _take(self, line: bytes) -> bool:
        """Take a request in; false ends the work."""
        try:
            request = protocol.decode_request(line)
        except protocol.ProtocolFault as fault:
            self._say(protocol.Fault(str(fault)))
            return True
        match request:
            case protocol.Hello():
                self._greet(request)
            case protocol.Suggest() if self._rules is None:
                self._say(protocol.Fault(_("No codebook has been given yet."), request.request))
            case protocol.Suggest():
                self._stack.append(_Work(request))
                self._settle()
            case protocol.Cancel(number):
                self._cancel(number)
            case protocol.Bye():
                return False
        return True

    def _greet(self, hello: protocol.Hello) -> None:
        os.environ["KODING_LANG"] = hello.language
        try:
            codebook = from_json(hello.codebook)
        except (KeyError, TypeError, ValueError) as fault:
            self._say(protocol.Fault(_("The codebook is not complete: {fault}.").format(fault=fault)))
            return
        from koding.suggest.linguistics import Lexicon
        from koding.suggest.rules import RuleSuggester

        if self._lexicon is None:
            self._lexicon = Lexicon()
            self._load_model(self._lexicon)
        self._rules = RuleSuggester(codebook, self._lexicon)
        # Dictionaries and rules stay for good: the collector need not walk through them again and again.
        gc.collect()
        gc.freeze()
        notes = [self._model_note, *map(str, self._rules.faults[:1])]
        if len(self._rules.faults) > 1:
            notes.append(_("({count} more)").format(count=len(self._rules.faults) - 1))
        name = self._model.name if self._model is not None else ""
        self._say(protocol.Ready(self._rules.version, name, " ".join(filter(None, notes))))

    def _load_model(self, lexicon: Lexicon) -> None:
        from koding.suggest.model import Model, ModelFault, is_installed

        if is_installed():
            try:
                self._model = Model(lexicon)
            except ModelFault as fault:
                self._model_note = str(fault)

    def _work(self) -> None:
        """Answer the next few turns of the newest request."""
        work = self._stack[-1]
        several = BATCH if work.done else FIRST_BATCH
        turns = work.request.turns[work.done : work.done + several]
        for reply in self._answers(work.request, turns):
            self._say(reply)
        work.done += len(turns)
        self._settle()

    def _settle(self) -> None:
        while self._stack and self._stack[-1].finished:
            self._say(protocol.Done(self._stack.pop().request.request))

    def _cancel(self, number: int) -> None:
        for work in self._stack:
            if work.request.request == number:
                self._stack.remove(work)
                self._say(protocol.Done(number, complete=False))
                self._settle()
                return

    def _answers(self, request: protocol.Suggest, turns: Sequence[protocol.TurnText]) -> Iterator[protocol.Suggestions]:
        assert self._rules is not None, "a request without a codebook is not taken in"
        for turn, found in zip(turns, self._analysed(turns), strict=True):
            items = self._rules.suggest(turn, found, request.source)
            yield protocol.Suggestions(request.request, turn.index, tuple(items))

    def _analysed(self, turns: Sequence[protocol.TurnText]) -> Iterator[list[Unit]]:
        from koding.suggest.sentences import units

        model = self._model
        if model is None:
            return (units(turn.text) for turn in turns)
        bokmal = [turn.text for turn in turns if (turn.language or BOKMAL) == BOKMAL]
        analysed = model.units(bokmal)
        return (next(analysed) if (turn.language or BOKMAL) == BOKMAL else units(turn.text) for turn in turns)


def _lines(descriptor: int) -> Iterator[bytes]:
    """Give the lines of a file descriptor.

    Read without Python's buffer: a thread that waits in it holds its lock, which aborts the process at its end.
    """
    pending = bytearray()
    while chunk := os.read(descriptor, _CHUNK):
        pending += chunk
        *lines, rest = pending.split(b"\n") if b"\n" in chunk else [pending]
        yield from map(bytes, lines)
        pending = rest


def main() -> int:
    """Run the worker on this process's own standard streams; give the exit code."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    out = sys.stdout.buffer
    # Nothing but messages may reach the client: what a library prints goes to standard error.
    sys.stdout = sys.stderr
    try:
        Worker(_lines(sys.stdin.fileno()), out).run()
    except ImportError as fault:
        message = _("a library is missing ({name}); install koding again.").format(name=fault.name or fault)
        out.write(protocol.encode(protocol.Fault(message, fatal=True)))
        out.flush()
        return KodingError.exit_code
    except BrokenPipeError:
        # The client is gone; nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())

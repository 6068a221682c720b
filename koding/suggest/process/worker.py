"""The suggester's process: requests on standard input, answers on standard output (see `protocol`).

    python -m koding.suggest.process.worker [--background]

In the background a newer request is answered before an older one goes on; else they are answered as they came. Where
nb_core_news_sm is installed, Bokmål turns get their lemmas and sentences from it; else spaCy is not even loaded, and
the dictionaries do the work.
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
from koding.suggest.language.pipeline import is_installed
from koding.suggest.process import pipes, protocol
from koding.suggest.process.codebook_json import from_json
from koding.suggest.process.collecting import COLLECTED

if TYPE_CHECKING:
    from koding.suggest.language.linguistics import Lexicon
    from koding.suggest.language.model import Model
    from koding.suggest.process.engine import Answer, Engine

#: Lower priority for the whole process where somebody types: that comes first.
NICENESS = 10
#: Turns that are analysed together, at most. On a screen a newer request waits for one batch, and the first has no more
#: than is in sight, so that it comes at once.
FIRST_BATCH, BATCH = 4, 256
#: Seconds without a request after which somebody who reads is likely to open another source next.
_REST = 0.5


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

    def __init__(
        self, lines: Iterable[bytes], out: BinaryIO, rest: float | None = None, *, newest_first: bool = True
    ) -> None:
        """Make ready to read; after `rest` seconds without a request what the next would wait for is prepared.

        `newest_first` lets a newer request go before the older ones; else they are answered as they came.
        """
        self._out = out
        self._rest = rest
        self._inbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._asked: list[_Work] = []
        self._newest_first = newest_first
        self._engine: Engine | None = None
        self._compared: set[str] = set()
        threading.Thread(target=self._read, args=(lines,), daemon=True).start()

    def run(self) -> None:
        """Work until `bye`, or until the client is gone."""
        while True:
            idle = not self._asked
            rest = self._rest if idle and self._engine is not None else None
            try:
                line = self._inbox.get(block=idle and not self._compared, timeout=rest)
            except queue.Empty:
                if idle:
                    self._prepare()
                else:
                    self._work()
                continue
            if line is None or not self._take(line):
                return

    def _prepare(self) -> None:
        """Do what the next request is likely to wait for."""
        if self._compared:
            self._at_work.expect(self._compared)
            self._compared.clear()
        else:
            self._at_work.prepare()
            self._rest = None

    def _read(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            self._inbox.put(line)
        self._inbox.put(None)

    @property
    def _next(self) -> int:
        return -1 if self._newest_first else 0

    def _say(self, *replies: protocol.Reply) -> None:
        for reply in replies:
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
            case protocol.Source():
                self._at_work.open(request)
            case protocol.Suggest() if not self._at_work.has_codebook:
                self._say(protocol.Fault(_("No codebook has been given yet."), request.request))
            case protocol.Suggest():
                self._asked.append(_Work(request))
                self._settle()
            case protocol.Cancel(number):
                self._cancel(number)
            case _:
                self._tell(request)
        return not isinstance(request, protocol.Bye)

    def _tell(self, request: protocol.Request) -> None:
        """Answer what is no request for suggestions."""
        match request:
            case protocol.Seek():
                self._seek(request)
            case protocol.Compare():
                self._say(self._at_work.compared(request))
                self._compared.add(request.part)
            case protocol.Check():
                self._check(request)
            case protocol.Recall():
                self._say(protocol.Words(self._at_work.words()))

    @property
    def _at_work(self) -> Engine:
        if self._engine is None:
            from koding.suggest.process.engine import Engine

            self._engine = Engine(_load_model)
        return self._engine

    def _greet(self, hello: protocol.Hello) -> None:
        os.environ["KODING_LANG"] = hello.language
        try:
            codebook = from_json(hello.codebook)
        except (KeyError, TypeError, ValueError) as fault:
            self._say(protocol.Fault(_("The codebook is not complete: {fault}.").format(fault=fault)))
            return
        self._say(self._at_work.greet(codebook, hello))

    def _work(self) -> None:
        """Answer a few turns of the request whose turn it is, and small requests behind it."""
        portions = self._portions()
        engine = self._at_work
        parts = portions[0][0].request.parts
        found = list(engine.suggestions([(work.request.source, turns) for work, turns in portions], parts))
        replies = [
            reply
            for (work, _turns), answers in zip(portions, found, strict=True)
            for reply in _replies(work.request.request, answers)
        ]
        self._say(*engine.notes, *replies)
        engine.notes.clear()
        for work, turns in portions:
            work.done += len(turns)
            if work.finished and (analysed := engine.finished(work.request.source)) is not None:
                self._say(analysed)
        self._settle()

    def _portions(self) -> list[tuple[_Work, Sequence[protocol.TurnText]]]:
        """Give the turns to be answered together, by their requests."""
        work = self._asked[self._next]
        if self._newest_first:
            several = BATCH if work.done else FIRST_BATCH
            return [(work, work.request.turns[work.done : work.done + several])]
        portions: list[tuple[_Work, Sequence[protocol.TurnText]]] = []
        left = BATCH
        for each in self._asked:
            turns = each.request.turns[each.done : each.done + left]
            if not left or each.request.parts != work.request.parts:
                break
            portions.append((each, turns))
            left -= len(turns)
        return portions

    def _seek(self, seek: protocol.Seek) -> None:
        engine = self._at_work
        silent = engine.silent(seek.source, seek.turns, seek.parts)
        replies = [protocol.Nothing(seek.request, tuple(silent))] if silent else []
        self._say(*engine.notes, *replies, protocol.Done(seek.request))
        engine.notes.clear()

    def _check(self, check: protocol.Check) -> None:
        for turn, items in self._at_work.fires(check.turns):
            self._say(protocol.Fired(check.request, turn, items))
        self._say(protocol.Done(check.request))

    def _settle(self) -> None:
        while self._asked and self._asked[self._next].finished:
            self._say(protocol.Done(self._asked.pop(self._next).request.request))

    def _cancel(self, number: int) -> None:
        for work in self._asked:
            if work.request.request == number:
                self._asked.remove(work)
                self._say(protocol.Done(number, complete=False))
                self._settle()
                return


def _replies(number: int, answers: Iterable[Answer]) -> Iterator[protocol.Suggestions | protocol.Nothing]:
    """Give the replies for some turns in their order, those without suggestions together."""
    silent: list[int] = []
    for turn, items in answers:
        if not items:
            silent.append(turn)
            continue
        if silent:
            yield protocol.Nothing(number, tuple(silent))
            silent.clear()
        yield protocol.Suggestions(number, turn, items)
    if silent:
        yield protocol.Nothing(number, tuple(silent))


def _load_model(lexicon: Lexicon) -> tuple[Model | None, str]:
    if not is_installed():
        return None, ""
    from koding.suggest.language.model import Model, ModelFault

    try:
        return Model(lexicon), ""
    except ModelFault as fault:
        return None, str(fault)


def main() -> int:
    """Run the worker on this process's own standard streams; give the exit code."""
    background = protocol.BACKGROUND in sys.argv[1:]
    if background and hasattr(os, "nice"):
        os.nice(NICENESS)
    # The rules multiply no matrices: a thread for each processor would only lengthen the start.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(COLLECTED)
    out = sys.stdout.buffer
    # Nothing but messages may reach the client: what a library prints goes to standard error.
    sys.stdout = sys.stderr
    try:
        requests = pipes.lines(sys.stdin.fileno())
        Worker(requests, out, _REST if background else None, newest_first=background).run()
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

"""All suggestions for many sources at once, as a command wants them; what goes wrong is a `SuggesterFault`."""

from __future__ import annotations

import contextlib
import subprocess
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Self

from koding.errors import KodingError
from koding.i18n import _
from koding.model.codebook import Codebook
from koding.model.coding import Suggestion
from koding.model.transcript import Transcript
from koding.suggest.extension import installed
from koding.suggest.language import pipeline
from koding.suggest.process import protocol
from koding.suggest.process.keeping import Cache, Keeper, SourcePlan
from koding.suggest.process.requests import worker_command, worker_environment

#: Sources that are asked about before the answer to the first has been read, so that neither side waits.
_AHEAD = 2


class SuggesterFault(KodingError):
    """The suggester could not do its work."""


def suggest_all(  # noqa: PLR0913 - all but the first two are named and may be left out
    codebook: Codebook,
    transcripts: Iterable[Transcript],
    *,
    cache: Cache | None = None,
    learned: bytes = b"",
    command: Sequence[str] | None = None,
    on_ready: Callable[[protocol.Ready], None] | None = None,
    on_note: Callable[[str], None] | None = None,
) -> Iterator[Suggestion]:
    """Give the suggestions for the counted turns of `transcripts`, in the order of the text, as they come.

    `learned` is what a coder's codings have taught; empty leaves it to the rules.

    A few transcripts at a time are held. What `cache` has is not made again, what is new is kept in it. `on_ready` is
    told the suggester's version, model and note before the first; not where everything was kept, since nothing is
    started then. `on_note` is told what goes on without (an extension that fails).

    Raises:
        SuggesterFault: the child process cannot be started, ended, or reported that it cannot go on.
    """
    with Child(command or worker_command()) as child:
        work = _Batch(child, Keeper(codebook, cache, pipeline.version(), learned=learned), on_ready, on_note)
        # What extensions there are, with their versions, only the process can tell.
        if cache is None or installed():
            work.greet()
        for transcript in transcripts:
            work.ask(transcript)
            while len(work.waiting) > _AHEAD:
                yield from work.next_source()
        while work.waiting:
            yield from work.next_source()
        work.end()


class _Batch:
    """The sources under way; `waiting` are those that were asked about and not given yet."""

    def __init__(
        self,
        child: Child,
        keeper: Keeper,
        on_ready: Callable[[protocol.Ready], None] | None,
        on_note: Callable[[str], None] | None,
    ) -> None:
        self._child = child
        self._keeper = keeper
        self._on_ready = on_ready
        self._on_note = on_note
        self._number = 0
        self._done: set[int] = set()
        self._sought: set[int] = set()
        self.waiting: deque[tuple[int, SourcePlan]] = deque()

    def greet(self) -> None:
        """Start the process and take its word on what it works with."""
        self._ready(self._child.greet(self._keeper.hello()))

    def _ready(self, ready: protocol.Ready) -> None:
        self._keeper = self._keeper.told(ready)
        if self._on_ready is not None:
            self._on_ready(ready)
        if self._on_note is not None and ready.note:
            self._on_note(ready.note)

    def ask(self, transcript: Transcript) -> None:
        """Ask what is missing on a source."""
        plan = self._keeper.plan(transcript)
        if plan.missing and not self._child.started:
            self.greet()
            plan = self._keeper.plan(transcript)
        self._number += 1
        if plan.missing:
            opening = plan.opening()
            if opening is not None:
                self._child.post(opening)
            seeking = plan.seeking(self._number)
            if seeking is not None:
                self._sought.add(self._number)
            self._child.post(seeking or plan.request(self._number, plan.left))
        else:
            self._done.add(self._number)
        self.waiting.append((self._number, plan))

    def next_source(self) -> Iterator[Suggestion]:
        """Give the suggestions for the source that has waited longest."""
        number, plan = self.waiting[0]
        while number not in self._done:
            self._take(self._child.receive())
        if plan.keeper is self._keeper:
            plan.keep()
        yield from plan.answers()
        self._done.discard(number)
        self.waiting.popleft()

    def _take(self, reply: protocol.Reply) -> None:
        match reply:
            case protocol.Suggestions(request, turn, items):
                self._plan(request).take(turn, items)
            case protocol.Nothing(request, turns):
                self._plan(request).take_nothing(turns)
            case protocol.Analysed(source, data):
                self._plan_of(source).take_analysis(data)
            case protocol.Ready():
                # The model turned out not to work: what was found with it in mind is not kept.
                self._ready(reply)
            case protocol.Done(request) if request in self._sought:
                self._sought.discard(request)
                self._ask_left(request)
            case protocol.Done(request):
                self._done.add(request)
            case protocol.Note(message, part):
                self._keeper.failed.add(part)
                if self._on_note is not None:
                    self._on_note(message)

    def _ask_left(self, request: int) -> None:
        """Ask about the turns of a source that something may be found in."""
        plan = self._plan(request)
        if plan.left:
            self._child.post(plan.request(request, plan.left))
        else:
            self._done.add(request)

    def _plan(self, request: int) -> SourcePlan:
        return next(plan for number, plan in self.waiting if number == request)

    def _plan_of(self, source: str) -> SourcePlan:
        return next(plan for _number, plan in self.waiting if plan.transcript.guid == source)

    def end(self) -> None:
        """Keep what was learned of words, and drop what is stale."""
        cache = self._keeper.cache
        if cache is None or not self._child.started:
            return
        self._child.post(protocol.Recall())
        words = self._child.receive()
        if isinstance(words, protocol.Words) and words.data:
            cache.keep_words(self._keeper.pipeline, words.data)
        cache.drop_stale(self._keeper.lasting_parts)


class Child:
    """The suggester's process, started when it is greeted first and stopped at the end."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    @property
    def started(self) -> bool:
        """Whether the process has been started."""
        return self._process is not None

    def greet(self, hello: protocol.Hello) -> protocol.Ready:
        """Start the process and give its answer to the greeting. Raises SuggesterFault."""
        try:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=worker_environment(),
            )
        except OSError as fault:
            raise SuggesterFault(_("The suggester could not be started: {reason}").format(reason=fault)) from fault
        self.post(hello)
        while not isinstance(reply := self.receive(), protocol.Ready):
            pass
        return reply

    def post(self, message: protocol.Request) -> None:
        """Send a message."""
        assert self._process is not None
        assert self._process.stdin is not None
        # A child that is gone shows at the next read, with its reason where it gave one.
        with contextlib.suppress(OSError):
            self._process.stdin.write(protocol.encode(message))
            self._process.stdin.flush()

    def receive(self) -> protocol.Reply:
        """Wait for the next message. Raises SuggesterFault for a fault, and where the process has ended."""
        assert self._process is not None
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            code = self._process.wait()
            raise SuggesterFault(_("The suggester ended unexpectedly (exit code {code}).").format(code=code))
        reply = protocol.decode_reply(line)
        if isinstance(reply, protocol.Fault):
            raise SuggesterFault(_("The suggester cannot go on: {reason}").format(reason=reply.message))
        return reply

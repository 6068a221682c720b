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
from koding.suggest.process.concordance import Search
from koding.suggest.process.keeping import Cache, Held, Keeper, Kept, SourcePlan
from koding.suggest.process.requests import worker_command, worker_environment

#: Sources that are asked about before the answer to the first has been read, so that neither side waits: of those that
#: are read whole, and of those that a change of the codebook may not even have touched.
_AHEAD, _FAR_AHEAD = 2, 200
#: Sources that are written to the cache together.
_TOGETHER = 100


class SuggesterFault(KodingError):
    """The suggester could not do its work."""


def suggest_all(  # noqa: PLR0913 - all but the first two are named and may be left out
    codebook: Codebook,
    sources: Iterable[Transcript | Held],
    *,
    cache: Cache | None = None,
    learned: bytes = b"",
    command: Sequence[str] | None = None,
    on_ready: Callable[[protocol.Ready], None] | None = None,
    on_note: Callable[[str], None] | None = None,
) -> Iterator[Suggestion]:
    """Give the suggestions for the counted turns of `sources`, in the order of the text, as they come.

    `learned` is what a coder's codings have taught; empty leaves it to the rules.

    A few texts at a time are held. What `cache` has is not made again, what is new is kept in it. `on_ready` is
    told the suggester's version, model and note before the first; not where everything was kept, since nothing is
    started then. `on_note` is told what goes on without (an extension that fails).

    Raises:
        SuggesterFault: the child process cannot be started, ended, or reported that it cannot go on.
    """
    with Child(command or worker_command()) as child:
        work = _Batch(child, Keeper(codebook, cache, pipeline.version(), learned=learned), on_ready, on_note)
        # What extensions there are, with their versions, only the process can tell.
        if cache is None or installed():
            work.greet(waits=True)
        for source in sources:
            work.ask(source)
            while work.is_ahead:
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
        self._searches: dict[str, Search | None] = {}
        self._unsearched: set[int] = set()
        self._touched: deque[tuple[int, SourcePlan]] = deque()
        self._asked: set[int] = set()
        self._written: list[Kept] = []
        self.waiting: deque[tuple[int, SourcePlan]] = deque()

    @property
    def is_ahead(self) -> bool:
        """Tell whether so much is under way that the next thing to do is to wait for an answer."""
        if len(self.waiting) > _FAR_AHEAD or (self.waiting and self.waiting[0][0] in self._done):
            return True
        return sum(plan.is_read for _number, plan in self.waiting) > _AHEAD

    def greet(self, *, waits: bool = False) -> None:
        """Start the process; where it `waits`, take its word on what it works with before anything is asked."""
        self._child.start(self._keeper.hello())
        while waits:
            reply = self._child.receive()
            self._take(reply)
            waits = not isinstance(reply, protocol.Ready)

    def _ready(self, ready: protocol.Ready) -> None:
        self._keeper = self._keeper.told(ready)
        if self._on_ready is not None:
            self._on_ready(ready)
        if self._on_note is not None and ready.note:
            self._on_note(ready.note)

    def ask(self, source: Transcript | Held) -> None:
        """Ask what is missing on a source."""
        plan = self._keeper.plan(source)
        if plan.missing and not self._child.started:
            self.greet()
        self._number += 1
        self.waiting.append((self._number, plan))
        if not plan.missing:
            self._done.add(self._number)
        elif plan.before:
            self._compare(plan)
            self._unsearched.add(self._number)
            self._search()
        else:
            self._ask_all(self._number, plan)

    def _ask_all(self, number: int, plan: SourcePlan) -> None:
        plan.look_up_analysis()
        opening = plan.opening()
        if opening is not None:
            self._child.post(opening)
        seeking = plan.seeking(number)
        if seeking is not None:
            self._sought.add(number)
        self._child.post(seeking or plan.request(number, plan.left))

    def _compare(self, plan: SourcePlan) -> None:
        """Ask how the families have changed since a source was asked about, once for all sources."""
        for part, fingerprint in plan.before.items():
            if fingerprint not in self._searches:
                self._searches[fingerprint] = None
                self._child.post(protocol.Compare(part, fingerprint, self._keeper.definition(fingerprint)))

    def _search(self) -> None:
        """Ask about the turns that a change touches, where it is known by what they are to be found."""
        for number, plan in self.waiting:
            if number not in self._unsearched:
                continue
            searches = [self._searches[fingerprint] for fingerprint in plan.before.values()]
            known = [search for search in searches if search is not None]
            if len(known) < len(searches):
                continue
            self._unsearched.discard(number)
            if plan.touch(known):
                self._touched.append((number, plan))
            else:
                self._done.add(number)
        self._ask_touched()

    def _ask_touched(self) -> None:
        """Ask about the turns that a change touches, of as many sources as the process holds at a time."""
        if self._asked:
            return
        opened = 0
        while self._touched and opened <= _AHEAD:
            number, plan = self._touched.popleft()
            opening, request = plan.request_touched(number)
            if opening is not None:
                opened += 1
                self._child.post(opening)
                self._asked.add(number)
            self._child.post(request)

    def next_source(self) -> Iterator[Suggestion]:
        """Give the suggestions for the source that has waited longest."""
        number, plan = self.waiting[0]
        while number not in self._done:
            self._take(self._child.receive())
        if plan.keeper is self._keeper and (kept := plan.keeps()) is not None:
            self._written.append(kept)
            # What took long to make is kept at once.
            if kept.analysis is not None or len(self._written) >= _TOGETHER:
                self._write()
        self._done.discard(number)
        self.waiting.popleft()
        yield from plan.answers()

    def _write(self) -> None:
        if self._keeper.cache is not None and self._written:
            self._keeper.keep_definitions()
            self._keeper.cache.keep(self._written)
            self._written = []

    def _take(self, reply: protocol.Reply) -> None:
        match reply:
            case protocol.Suggestions(request, turn, items):
                self._plan(request).take(turn, items)
            case protocol.Nothing(request, turns):
                self._plan(request).take_nothing(turns)
            case protocol.Analysed(source, data, concordance):
                self._plan_of(source).take_analysis(data, concordance)
            case protocol.Compared(fingerprint, needs):
                self._searches[fingerprint] = Search(needs)
                self._search()
            case protocol.Ready():
                # The model turned out not to work: what was found with it in mind is not kept.
                self._ready(reply)
            case protocol.Done(request) if request in self._sought:
                self._sought.discard(request)
                self._ask_left(request)
            case protocol.Done(request):
                self._done.add(request)
                self._asked.discard(request)
                self._ask_touched()
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
        return next(plan for _number, plan in self.waiting if plan.guid == source)

    def end(self) -> None:
        """Keep what was learned of words, and drop what is stale."""
        cache = self._keeper.cache
        if cache is None or not self._child.started:
            return
        self._write()
        self._child.post(protocol.Recall())
        while not isinstance(words := self._child.receive(), protocol.Words):
            pass
        if words.data:
            cache.keep_words(self._keeper.pipeline, words.data)
        cache.drop_stale(self._keeper.lasting_groups)


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

    def start(self, hello: protocol.Hello) -> None:
        """Start the process and greet it. Raises SuggesterFault."""
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

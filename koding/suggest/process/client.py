"""The suggester as a screen sees it: a child process that answers turn by turn.

`SuggestionClient` never raises for what happens in the child, it says so in `status`. For commands see `batch`.
"""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from enum import StrEnum

from koding.errors import KodingError
from koding.i18n import _
from koding.model.codebook import Codebook
from koding.model.coding import Suggestion
from koding.model.transcript import Transcript
from koding.suggest.language import pipeline
from koding.suggest.process import protocol
from koding.suggest.process.background import in_thread
from koding.suggest.process.cache import Cache
from koding.suggest.process.keeping import Keeper, SourcePlan
from koding.suggest.process.requests import worker_command, worker_environment

#: Seconds a child may take to end by itself when asked to.
_PATIENCE = 2.0

_Answer = tuple[int, list[Suggestion]]


class State(StrEnum):
    """Where the child process stands."""

    OFF = "off"
    STARTING = "starting"
    READY = "ready"
    FAILED = "failed"


class SuggestionClient:
    """Asks a child process for suggestions, a screen's turns first.

    `command` starts the child (the shipped worker where none is given). `on_status` is called with the new status line
    whenever it changes, from the event loop. `cache` is where results are kept, `learned` what a coder's codings have
    taught (empty for the rules alone); set them before `start`. `learn` gives what they teach as they now stand, in a
    thread of its own.
    """

    def __init__(
        self,
        command: Sequence[str] | None = None,
        on_status: Callable[[str], None] | None = None,
        cache: Cache | None = None,
        learn: Callable[[], bytes] | None = None,
    ) -> None:
        self._command = list(command) if command is not None else worker_command(background=True)
        self._on_status = on_status
        self.cache = cache
        self.learned = b""
        self._learn = learn
        self._codebook: Codebook | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._answers: dict[int, asyncio.Queue[_Answer | None]] = {}
        self._requests = 0
        self._keeper: Keeper | None = None
        self._plan: SourcePlan | None = None
        self._settled = asyncio.Event()
        self.state = State.OFF
        self.version = ""
        self.model = ""
        self.status = _("Suggestions are off.")

    @property
    def process_id(self) -> int | None:
        """The child's process id; None where none was started."""
        return self._process.pid if self._process is not None else None

    @property
    def failed(self) -> bool:
        """Whether the child could not be started or has ended by itself."""
        return self.state is State.FAILED

    async def start(self, codebook: Codebook) -> None:
        """Start the child with this codebook; a child that runs gets the new codebook.

        Returns at once: requests wait in line until the child is ready. A child that ended is started again.
        """
        self._plan, self._codebook = None, codebook
        self._keeper = Keeper(codebook, self.cache, pipeline.version(), learned=self.learned)
        self._settled.clear()
        if self.cache is not None and not self._keeper.extended:
            # Without extensions what is kept can be told before the child has said a word.
            self._settled.set()
        if self._process is None or self._process.returncode is not None:
            await self._spawn()
        if self._process is not None:
            await self._send(self._keeper.hello())

    async def learn(self) -> bool:
        """Learn from the codings as they stand; tell whether suggestions may be others now."""
        if self._learn is None or self._codebook is None:
            return False
        try:
            learned = await in_thread(self._learn)
        except KodingError as fault:
            self._say(self.state, _("Nothing was learned: {reason}").format(reason=fault))
            return False
        if learned == self.learned or self._process is None:
            return False
        self.learned = learned
        await self.start(self._codebook)
        return True

    async def suggest(self, transcript: Transcript, turn_indexes: Iterable[int]) -> AsyncGenerator[_Answer]:
        """Give (turn index, suggestions) for each counted turn asked for, in that order, as it is done.

        A newer call is answered before an older one goes on. Leaving the iteration cancels what is left of it. Where
        the child is absent or ends, what was kept is given and the iteration ends.
        """
        plan = await self._plan_for(transcript)
        if plan is None:
            return
        wanted = [index for index in turn_indexes if index in plan.asking.counted]
        if not plan.missing:
            for index in wanted:
                yield index, plan.answer(index)
            return
        if self._process is None or self.state is State.FAILED:
            return
        self._requests += 1
        number = self._requests
        answers: asyncio.Queue[_Answer | None] = asyncio.Queue()
        self._answers[number] = answers
        finished = False
        try:
            await self._send(plan.request(number, wanted))
            while (answer := await answers.get()) is not None:
                index, items = answer
                plan.take(index, items)
                yield index, plan.answer(index)
            finished = True
        finally:
            self._answers.pop(number, None)
            if not finished:
                self._write(protocol.Cancel(number))
        if plan.keeper is self._keeper and self.cache is not None and (kept := plan.keeps()) is not None:
            plan.keeper.keep_definitions(kept.sought)
            self.cache.keep([kept])
            self._write(protocol.Recall())

    async def _plan_for(self, transcript: Transcript) -> SourcePlan | None:
        """Give the plan of a source; the child is told of a source that is new to it."""
        if self.cache is not None:
            await self._settled.wait()
        if self._keeper is None:
            return None
        if self._plan is None or self._plan.transcript is not transcript:
            self._plan = self._keeper.plan(transcript)
            self._plan.look_up_analysis()
            opening = self._plan.opening()
            if opening is not None and self._plan.missing:
                await self._send(opening)
        return self._plan

    async def close(self) -> None:
        """End the child; it is stopped where it does not end by itself in time."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            self._say(State.OFF, _("Suggestions are off."))
            if process.stdin is not None:
                with contextlib.suppress(OSError):
                    process.stdin.write(protocol.encode(protocol.Bye()))
                    process.stdin.close()
            try:
                await asyncio.wait_for(process.wait(), _PATIENCE)
            except TimeoutError:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        await asyncio.gather(*self._tasks)
        self._tasks.clear()
        self._end_answers()

    async def _spawn(self) -> None:
        await asyncio.gather(*self._tasks)
        self._say(State.STARTING, _("Suggestions are starting."))
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                limit=protocol.LINE_LIMIT,
                env=worker_environment(),
            )
        except OSError as fault:
            self._process = None
            self._say(State.FAILED, _("No suggestions: {reason}").format(reason=fault.strerror or fault))
            self._settled.set()
            return
        self._process = process
        self._tasks = [asyncio.create_task(self._listen(process))]

    async def _send(self, message: protocol.Request) -> None:
        self._write(message)
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):
                await self._process.stdin.drain()

    def _write(self, message: protocol.Request) -> None:
        process = self._process
        if process is not None and process.returncode is None and process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.write(protocol.encode(message))

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        reason = ""
        try:
            while line := await process.stdout.readline():
                reply = protocol.decode_reply(line)
                if isinstance(reply, protocol.Fault) and reply.fatal:
                    reason = reply.message
                self._take(reply)
        except (protocol.ProtocolFault, ValueError, OSError) as fault:
            reason = str(fault)
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        code = await process.wait()
        if self._process is process:
            reason = reason or _("the suggester ended unexpectedly (exit code {code}).").format(code=code)
            self._say(State.FAILED, _("No suggestions: {reason}").format(reason=reason))
            self._end_answers()

    def _take(self, reply: protocol.Reply) -> None:
        match reply:
            case protocol.Ready():
                self._ready(reply)
            case protocol.Suggestions(request, turn, items):
                self._answer(request, (turn, list(items)))
            case protocol.Nothing(request, turns):
                for turn in turns:
                    self._answer(request, (turn, []))
            case protocol.Done(request):
                self._answer(request, None)
            case protocol.Note(message, part):
                if self._keeper is not None:
                    self._keeper.failed.add(part)
                self._say(self.state, message)
            case protocol.Fault(message, number):
                self._say(self.state, _("No suggestions: {reason}").format(reason=message))
                if number is not None:
                    self._answer(number, None)
            case _:
                self._take_for_keeping(reply)

    def _answer(self, request: int, answer: _Answer | None) -> None:
        if request in self._answers:
            self._answers[request].put_nowait(answer)

    def _take_for_keeping(self, reply: protocol.Reply) -> None:
        match reply:
            case protocol.Analysed(source, data, concordance) if self._plan is not None:
                if self._plan.guid == source:
                    self._plan.take_analysis(data, concordance)
            case protocol.Words(data) if self.cache is not None and self._keeper is not None and data:
                self.cache.keep_words(self._keeper.pipeline, data)

    def _ready(self, ready: protocol.Ready) -> None:
        self.version, self.model = ready.version, ready.model
        keeper = self._keeper
        if keeper is not None and (told := keeper.told(ready)) is not keeper:
            self._keeper, self._plan = told, None
        self._settled.set()
        self._say(State.READY, ready.note or _("Suggestions are ready."))

    def _end_answers(self) -> None:
        self._settled.set()
        for answers in self._answers.values():
            answers.put_nowait(None)

    def _say(self, state: State, status: str) -> None:
        self.state, self.status = state, status
        if self._on_status is not None:
            self._on_status(status)

"""The suggester as the rest of koding sees it: a child process that answers by turn, or all at once.

`SuggestionClient` is for a screen: it never raises for what happens in the child, it says so in `status`.
`suggest_all` is for commands and raises `SuggesterFault`.
"""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Sequence
from enum import StrEnum

from koding.errors import KodingError
from koding.i18n import _, language
from koding.model.codebook import Codebook
from koding.model.coding import Suggestion
from koding.model.transcript import Transcript
from koding.suggest import protocol
from koding.suggest.codebook_json import to_json
from koding.suggest.requests import Asking, worker_command, worker_environment

#: Seconds a child may take to end by itself when asked to.
_PATIENCE = 2.0

_Answer = tuple[int, list[Suggestion]]


class SuggesterFault(KodingError):
    """The suggester could not do its work."""


class State(StrEnum):
    """Where the child process stands."""

    OFF = "off"
    STARTING = "starting"
    READY = "ready"
    FAILED = "failed"


class SuggestionClient:
    """Asks a child process for suggestions, a screen's turns first.

    `command` starts the child (the shipped worker where none is given). `on_status` is called with the new status line
    whenever it changes, from the event loop.
    """

    def __init__(self, command: Sequence[str] | None = None, on_status: Callable[[str], None] | None = None) -> None:
        self._command = list(command) if command is not None else worker_command()
        self._on_status = on_status
        self._process: asyncio.subprocess.Process | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._answers: dict[int, asyncio.Queue[_Answer | None]] = {}
        self._requests = 0
        self._asking: Asking | None = None
        self._codebook: Codebook | None = None
        self.state = State.OFF
        self.version = ""
        self.model = ""
        self.status = _("Suggestions are off.")

    @property
    def process_id(self) -> int | None:
        """The child's process id; None where none was started."""
        return self._process.pid if self._process is not None else None

    async def start(self, codebook: Codebook) -> None:
        """Start the child with this codebook; a child that runs gets the new codebook.

        Returns at once: requests wait in line until the child is ready. A child that ended is started again.
        """
        self._codebook, self._asking = codebook, None
        if self._process is None or self._process.returncode is not None:
            await self._spawn()
        if self._process is not None:
            await self._send(protocol.Hello(to_json(codebook), language()))

    async def suggest(self, transcript: Transcript, turn_indexes: Iterable[int]) -> AsyncGenerator[_Answer]:
        """Give (turn index, suggestions) for each counted turn asked for, in that order, as it is done.

        A newer call is answered before an older one goes on. Leaving the iteration cancels what is left of it. Where
        the child is absent or ends, the iteration ends.
        """
        if self._process is None or self.state is State.FAILED:
            return
        if self._asking is None or self._asking.transcript is not transcript:
            self._asking = Asking(transcript, self._codebook)
        turns = self._asking.turn_texts(turn_indexes)
        self._requests += 1
        number = self._requests
        answers: asyncio.Queue[_Answer | None] = asyncio.Queue()
        self._answers[number] = answers
        finished = False
        try:
            await self._send(protocol.Suggest(number, transcript.guid, turns))
            while (answer := await answers.get()) is not None:
                yield answer
            finished = True
        finally:
            self._answers.pop(number, None)
            if not finished:
                self._write(protocol.Cancel(number))

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
            case protocol.Ready(version, model, note):
                self.version, self.model = version, model
                self._say(State.READY, note or _("Suggestions are ready."))
            case protocol.Suggestions(request, turn, items):
                if request in self._answers:
                    self._answers[request].put_nowait((turn, list(items)))
            case protocol.Done(request):
                if request in self._answers:
                    self._answers[request].put_nowait(None)
            case protocol.Fault(message, request):
                self._say(self.state, _("No suggestions: {reason}").format(reason=message))
                if request is not None and request in self._answers:
                    self._answers[request].put_nowait(None)

    def _end_answers(self) -> None:
        for answers in self._answers.values():
            answers.put_nowait(None)

    def _say(self, state: State, status: str) -> None:
        self.state, self.status = state, status
        if self._on_status is not None:
            self._on_status(status)


def suggest_all(
    codebook: Codebook,
    transcripts: Iterable[Transcript],
    *,
    command: Sequence[str] | None = None,
    on_ready: Callable[[protocol.Ready], None] | None = None,
) -> Iterator[Suggestion]:
    """Give the suggestions for the counted turns of `transcripts`, in the order of the text, as they come.

    One transcript at a time is held. `on_ready` is told the suggester's version, model and note before the first.

    Raises:
        SuggesterFault: the child process cannot be started, ended, or reported that it cannot go on.
    """
    try:
        process = subprocess.Popen(
            command or worker_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=worker_environment(),
        )
    except OSError as fault:
        raise SuggesterFault(_("The suggester could not be started: {reason}").format(reason=fault)) from fault
    try:
        yield from _all_answers(process, codebook, transcripts, on_ready)
    finally:
        process.kill()
        process.communicate()


def _all_answers(
    process: subprocess.Popen[bytes],
    codebook: Codebook,
    transcripts: Iterable[Transcript],
    on_ready: Callable[[protocol.Ready], None] | None,
) -> Iterator[Suggestion]:
    _post(process, protocol.Hello(to_json(codebook), language()))
    ready = _receive(process)
    if isinstance(ready, protocol.Ready) and on_ready is not None:
        on_ready(ready)
    for number, transcript in enumerate(transcripts, start=1):
        turns = Asking(transcript, codebook).turn_texts(range(len(transcript.turns)))
        _post(process, protocol.Suggest(number, transcript.guid, turns))
        while not isinstance(reply := _receive(process), protocol.Done):
            if isinstance(reply, protocol.Suggestions):
                yield from reply.items


def _post(process: subprocess.Popen[bytes], message: protocol.Request) -> None:
    assert process.stdin is not None
    # A child that is gone shows at the next read, with its reason where it gave one.
    with contextlib.suppress(OSError):
        process.stdin.write(protocol.encode(message))
        process.stdin.flush()


def _receive(process: subprocess.Popen[bytes]) -> protocol.Reply:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        code = process.wait()
        raise SuggesterFault(_("The suggester ended unexpectedly (exit code {code}).").format(code=code))
    reply = protocol.decode_reply(line)
    if isinstance(reply, protocol.Fault):
        raise SuggesterFault(_("The suggester cannot go on: {reason}").format(reason=reply.message))
    return reply

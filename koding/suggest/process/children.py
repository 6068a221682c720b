"""The suggester's processes, as a command starts them: one, or several that read sources side by side."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import Final, NamedTuple, Self

from koding.errors import KodingError, UsageFault
from koding.i18n import _
from koding.suggest.process import protocol
from koding.suggest.process.pipes import lines, write
from koding.suggest.process.requests import worker_environment

#: Names how many processes read, whatever there is to read.
VARIABLE: Final = "KODING_PROCESSES"
#: Processes at most, each of which holds the codebook, the dictionaries, and the model where there is one.
_MOST: Final = 4
#: Characters to be read that each process is to have at least. Reading them takes a second; a start costs one and a
#: half, for the codebook and the dictionaries, but on a processor that has nothing else to do.
_SHARE: Final = 200_000
#: Sources that a process holds at a time: the one it reads, and those it need not wait for then.
_HELD: Final = 3
#: Seconds within which a process that was stopped has fallen silent.
_PATIENCE: Final = 2.0


class SuggesterFault(KodingError):
    """The suggester could not do its work."""


class Crew(NamedTuple):
    """How many processes there may be, and how many characters to be read make each of them worth its start."""

    most: int = 1
    share: int = 0


def crew(*, extended: bool) -> Crew:
    """Give as many processes as there are processors for us; or the number that the person has set.

    One where there are extensions (`extended`), which may be large and use all processors by themselves.

    Raises:
        UsageFault: what is set is no such number.
    """
    said = os.environ.get(VARIABLE, "").strip()
    if said:
        if not (said.isdecimal() and int(said)):
            raise UsageFault(
                _("{variable} is “{value}”, which is no number of processes.").format(variable=VARIABLE, value=said),
                _("Set it to 1 or more, or leave it out."),
            )
        return Crew(int(said))
    if extended:
        return Crew()
    return Crew(min(_processors(), _MOST), _SHARE)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a process that is written to and read from. Raises SuggesterFault."""
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=worker_environment(),
        )
    except OSError as fault:
        raise SuggesterFault(_("The suggester could not be started: {reason}").format(reason=fault)) from fault


class Child:
    """A process that is to be greeted first. Threads read all that it says, and write to it, so that neither waits.

    `held` counts the sources that it has been given to read and is not through with.
    """

    def __init__(self, command: Sequence[str], inbox: SimpleQueue[tuple[Child, bytes | None]]) -> None:
        """Start the process. Raises SuggesterFault."""
        self._process = started(command)
        self.held = 0
        self._inbox = inbox
        self._outbox: SimpleQueue[bytes] = SimpleQueue()
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._listen, self._write)]
        for thread in self._threads:
            thread.start()

    def post(self, message: protocol.Request) -> None:
        """Send a message; the process reads at once whatever comes, even while it works, but not while it starts."""
        self._outbox.put(protocol.encode(message))

    def _write(self) -> None:
        assert self._process.stdin is not None
        # A child that is gone shows at the next read, with its reason where it gave one.
        with contextlib.suppress(OSError), self._process.stdin as pipe:
            while line := self._outbox.get():
                write(pipe.fileno(), line)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as out:
            for line in lines(out.fileno()):
                self._inbox.put((self, line))
        self._inbox.put((self, None))

    def exit_code(self) -> int:
        """Wait until the process has ended."""
        return self._process.wait()

    def stop(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()

    def close(self) -> None:
        """Leave nothing behind of a process that was stopped."""
        self._process.wait()
        self._outbox.put(b"")
        for thread in self._threads:
            thread.join(_PATIENCE)


class Children:
    """The processes that a command works with, none at first; all are stopped at the end."""

    def __init__(self, command: Sequence[str], crew: Crew) -> None:
        self._command = command
        self._crew = crew
        self._all: list[Child] = []
        self._inbox: SimpleQueue[tuple[Child, bytes | None]] = SimpleQueue()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        for child in self._all:
            child.stop()
        for child in self._all:
            child.close()

    def __len__(self) -> int:
        """Give how many have been started."""
        return len(self._all)

    @property
    def first(self) -> Child:
        """The one that was started first."""
        return self._all[0]

    @property
    def complete(self) -> bool:
        """Whether there are as many as there may be."""
        return len(self._all) >= self._crew.most

    def start(self, hello: Callable[[], protocol.Hello]) -> None:
        """Start one more, and greet it with what `hello` gives meanwhile. Raises SuggesterFault."""
        child = Child(self._command, self._inbox)
        self._all.append(child)
        child.post(hello())

    def lacks_one(self, load: int) -> bool:
        """Tell whether one more is worth its start for so many characters to be read in all."""
        if not self._all:
            return True
        busy = all(child.held for child in self._all)
        return busy and not self.complete and load >= self._crew.share * (len(self._all) + 1)

    def reader(self) -> Child | None:
        """Give the one to read the next source: whoever has fewest; None where all have enough."""
        free = min(self._all, key=lambda child: child.held)
        return free if free.held < _HELD else None

    def post(self, message: protocol.Request) -> None:
        """Send a message to all of them."""
        for child in self._all:
            child.post(message)

    @property
    def silent(self) -> bool:
        """Whether nothing has come that was not received."""
        return self._inbox.empty()

    def receive(self) -> protocol.Reply:
        """Wait for the next message of any. Raises SuggesterFault for a fault, and where a process has ended."""
        child, line = self._inbox.get()
        if line is None:
            code = child.exit_code()
            raise SuggesterFault(_("The suggester ended unexpectedly (exit code {code}).").format(code=code))
        reply = protocol.decode_reply(line)
        if isinstance(reply, protocol.Fault):
            raise SuggesterFault(_("The suggester cannot go on: {reason}").format(reason=reply.message))
        return reply

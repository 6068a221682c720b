"""A terminal for measuring: runs a program in a pty, types keys, and says when each frame was done."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence

_ASKS_SYNC = b"\x1b[?2026$p"
_HAS_SYNC = b"\x1b[?2026;2$y"
#: Textual ends every frame with this once the terminal has said that it knows synchronised output.
FRAME_END = b"\x1b[?2026l"
_CHUNK = 1 << 16


class Terminal:
    """A program in a pty of `columns` x `rows`."""

    def __init__(
        self, command: Sequence[str], columns: int = 120, rows: int = 40, environment: Mapping[str, str] | None = None
    ) -> None:
        self.started = time.perf_counter()
        self._process, self._handle = pty.fork()
        if self._process == 0:
            # A program that is installed has its byte code; Textual's is there in either case.
            os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
            os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})})
            os.environ["COLUMNS"], os.environ["LINES"] = str(columns), str(rows)
            os.execvp(command[0], list(command))
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.output = b""

    def _read(self, wait: float) -> bytes:
        ready, _, _ = select.select([self._handle], [], [], wait)
        if not ready:
            return b""
        try:
            chunk = os.read(self._handle, _CHUNK)
        except OSError:
            return b""
        if _ASKS_SYNC in chunk:
            os.write(self._handle, _HAS_SYNC)
        self.output += chunk
        return chunk

    def wait_for(self, text: str, seconds: float = 30) -> float:
        """Wait until `text` has been drawn and its frame ended; give the seconds since the program was started."""
        wanted, limit = text.encode(), time.perf_counter() + seconds
        while time.perf_counter() < limit:
            self._read(0.2)
            at = self.output.find(wanted)
            if at >= 0 and (FRAME_END in self.output[at:] or not self._read(0.05)):
                return time.perf_counter() - self.started
        message = f"{text!r} was not drawn within {seconds} s"
        raise TimeoutError(message)

    def settle(self, quiet: float = 0.5) -> None:
        """Wait until nothing has been drawn for a while."""
        while self._read(quiet):
            pass

    def key(self, keys: bytes, seconds: float = 5) -> float:
        """Type and give the seconds until the next frame has ended; 0 where the program drew nothing."""
        self.output = b""
        start = time.perf_counter()
        os.write(self._handle, keys)
        while time.perf_counter() - start < seconds:
            self._read(seconds)
            if FRAME_END in self.output:
                return time.perf_counter() - start
        return 0.0

    def told(self, text: str, seconds: float) -> bool:
        """Say whether `text` is drawn within so many seconds, as soon as it is."""
        self.output, wanted, limit = b"", text.encode(), time.perf_counter() + seconds
        while wanted not in self.output and (left := limit - time.perf_counter()) > 0:
            self._read(left)
        return wanted in self.output

    def type(self, keys: bytes) -> None:
        """Type and do not wait."""
        os.write(self._handle, keys)

    @property
    def process(self) -> int:
        """Give the process id."""
        return self._process

    def kill(self) -> None:
        """End the program at once."""
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._handle)

"""The faults koding reports to people, and the exit codes they end in."""

from __future__ import annotations

from collections.abc import Sequence

EXIT_FAILURE = 1
EXIT_USAGE = 2
# Code points of a message that are shown.
_LONGEST = 1000


class KodingError(Exception):
    """Something a person can act on: one line that says what and where, and a hint that says what to do.

    `message` and `hint` are already translated; neither ends in a newline. `details` are lines to be shown below, where
    one line cannot hold what a person needs to act (all faults of a table, a difference of texts).
    """

    exit_code = EXIT_FAILURE

    def __init__(self, message: str, hint: str = "", details: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = tuple(details)

    def __str__(self) -> str:
        """Give the message as one line, and the hint (which may show a difference below itself)."""
        # What the message quotes (a file's name, a cell) may hold line ends, and may be endless.
        message = self.message
        if "\n" in message or "\r" in message:
            message = " ".join(message.split())
        if len(message) > _LONGEST:
            message = f"{message[:_LONGEST]}…"
        return f"{message} {self.hint}".strip()


class UsageFault(KodingError):
    """The command was called in a way that cannot be carried out (exit code 2)."""

    exit_code = EXIT_USAGE


class StudyLocked(KodingError):
    """Another process holds the study's write lock longer than we wait."""


class StudyTooNew(KodingError):
    """The study was written by a newer koding; this one must not touch it."""


class StudyDamaged(KodingError):
    """The file is not a study, or its content does not hold together."""


class Conflict(KodingError):
    """The change cannot be made on the state as it now stands."""

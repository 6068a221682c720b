"""Work beside an event loop that nobody has to wait for, not even at the end of the program."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def in_thread(work: Callable[[], T]) -> T:
    """Give what `work` gives, done in a thread; a program that ends meanwhile does not wait for it.

    Raises what `work` raises.
    """
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[T] = loop.create_future()

    def done(result: T) -> None:
        if not outcome.done():
            outcome.set_result(result)

    def failed(fault: Exception) -> None:
        if not outcome.done():
            outcome.set_exception(fault)

    def run() -> None:
        # The loop may have ended before the work.
        with contextlib.suppress(RuntimeError):
            try:
                result = work()
            except Exception as fault:  # noqa: BLE001 - handed on to who waits for it
                loop.call_soon_threadsafe(failed, fault)
            else:
                loop.call_soon_threadsafe(done, result)

    threading.Thread(target=run, daemon=True).start()
    return await outcome

"""How often Python's collector of rubbish looks while suggestions are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

#: Objects that come to be between two rounds. What the work leaves behind is freed at once, and what stays is needed:
#: the collector finds next to nothing.
COLLECTED: Final = 100_000


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let the collector look as seldom as that, for a while."""
    kept = gc.get_threshold()
    gc.set_threshold(COLLECTED)
    try:
        yield
    finally:
        gc.set_threshold(*kept)

"""The terminal screen for coding. Only this package imports Textual."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from koding.session.resolving import Resolver
    from koding.tui.bench import Bench, Suggester


def run(
    workbench_opener: Callable[[], Bench],
    suggester: Suggester | Callable[[], Suggester] | None = None,
    *,
    others: bool = False,
) -> None:
    """Open the coding screen; the study is opened before the first frame, the suggester made after it.

    With `others` it shows the other coders' codings from the start.

    Raises what opening the study raised (KodingError).
    """
    from koding.tui.app import KodingApp

    fault = KodingApp(workbench_opener, suggester, others=others).run()
    if fault is not None:
        raise fault


def run_resolving(resolver: Resolver) -> None:
    """Open the screen on which disagreements are gone through; there must be one."""
    from koding.tui.app import ResolvingApp

    ResolvingApp(resolver).run()

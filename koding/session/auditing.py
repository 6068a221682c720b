"""The journal as a person asks it: whose changes, of which code, in which source, from which suggestion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from koding.i18n import _
from koding.model.coding import Origin
from koding.session.naming import unknown
from koding.session.opening import source_record
from koding.session.undoing import require_actor
from koding.store import audit, journal
from koding.store.project import Project


@dataclass(frozen=True, slots=True)
class Told:
    """A change with the codings and decisions it touched."""

    event: journal.Event
    traces: tuple[audit.Trace, ...]

    def origin(self) -> str:
        """Say where its codings came from, "" where that is no suggestion."""
        trace = next((one for one in self.traces if one.suggester), None)
        if trace is None:
            return ""
        if trace.origin == Origin.EDITED:
            return _("edited suggestion of {suggester}").format(suggester=trace.suggester)
        return _("suggestion of {suggester}").format(suggester=trace.suggester)


def audited(
    project: Project, *, coder: str = "", code: str = "", source: str = "", last: int | None = None
) -> Iterator[Told]:
    """Give the changes of a person, of a code (by key) and in a source (by name), as far as asked; oldest first.

    `last` gives the last so many of them. Raises UsageFault for names the study does not have.
    """
    wanted: set[int] | None = None
    if coder:
        require_actor(project, coder)
    guid = _code(project, code) if code else ""
    record = source_record(project, source) if source else None
    with project.reading() as connection:
        for found in (
            audit.changes_of(connection, coder) if coder else None,
            audit.changes_of_code(connection, guid) if guid else None,
            audit.changes_of_source(connection, record.guid) if record else None,
        ):
            if found is not None:
                wanted = found if wanted is None else wanted & found
        events = list(journal.events(connection, last if wanted is None else None))
        if wanted is not None:
            events = [event for event in events if event.id in wanted]
            events = events[-last:] if last else events
        tracer = audit.Tracer(connection)
        for event in events:
            yield Told(event, tuple(tracer.traces(event.id)))


def _code(project: Project, key: str) -> str:
    codes = project.codebook().by_key
    if key not in codes:
        raise unknown(_("code"), key, codes)
    return codes[key].guid

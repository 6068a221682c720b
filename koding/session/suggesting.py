"""Suggestions for a whole study, as the command gives them, and the mode in which coders see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from koding.errors import Conflict
from koding.i18n import N_, _, ngettext
from koding.model.coding import Suggestion
from koding.model.modes import SuggestionMode
from koding.session.learning import learn
from koding.session.naming import unknown
from koding.session.opening import source_record
from koding.session.remembering import StudyCache, held
from koding.session.rounds import blind_sources, no_suggestions, rounds
from koding.store import codings as codings_store
from koding.store import sources as sources_store
from koding.store import suggestions as suggestions_store
from koding.store.project import Project
from koding.suggest.process.batch import suggest_all
from koding.suggest.process.children import SuggesterFault

#: What each mode means to a coder.
MODES = {
    SuggestionMode.OPEN: N_("Coders see suggestions at once."),
    SuggestionMode.AFTER: N_("Coders see a turn's suggestions once they have coded or passed it."),
    SuggestionMode.BLIND: N_("Coders see no suggestions."),
}


def suggestions(
    project: Project,
    source: str | None = None,
    on_note: Callable[[str], None] | None = None,
    *,
    learns: bool = True,
    coder: str = "",
) -> Iterator[tuple[str, Suggestion]]:
    """Give (source name, suggestion) for every source in import order, or for the one of this name.

    What was found before is kept in the study and not sought again. `on_note` is told what goes on without. The rules
    are helped by what the codings of `coder` teach ("" for all coders), learned first where it is out of date; without
    `learns` they are left to themselves.

    Raises UsageFault for a name the study does not have, Conflict in a blind round, SuggesterFault where the suggester
    cannot work.
    """
    if suggestion_mode(project) is SuggestionMode.BLIND:
        raise Conflict(
            no_suggestions(in_round=False),
            _("A project lead lets them be seen with: koding suggest mode {file} open").format(file=project.path.name),
        )
    hidden = blind_sources(project)
    with project.reading() as connection:
        records = [source_record(project, source)] if source else sources_store.sources(connection)
        shown = [record for record in records if record.guid not in hidden]
        if len(shown) < len(records):
            _tell_hidden(project, hidden, left=len(shown), on_note=on_note)
            records = shown
        names = {record.guid: record.name for record in records}
    learned = _learned(project, coder, on_note) if learns else b""
    cache, sources = StudyCache(project), held(project, records)
    for suggestion in suggest_all(project.codebook(), sources, cache=cache, learned=learned, on_note=on_note):
        yield names[suggestion.source], suggestion


def with_passages(project: Project, found: Iterable[tuple[str, Suggestion]]) -> Iterator[tuple[str, Suggestion, str]]:
    """Give suggestions, those of a source together, with the words that each is about, on one line."""
    source = text = ""
    for name, one in found:
        if one.source != source:
            with project.reading() as connection:
                source, text = one.source, sources_store.read_text(connection, one.source)
        yield name, one, " ".join(text[one.start : one.end].split())


def _tell_hidden(
    project: Project, hidden: Mapping[str, str], *, left: int, on_note: Callable[[str], None] | None
) -> None:
    """Say that the sources of a blind round are passed by; raise Conflict where no others are left."""
    names = ", ".join(sorted(set(hidden.values())))
    if not left:
        raise Conflict(
            _("The round {name} is coded blind: there are no suggestions for its sources.").format(name=names),
            _("When everybody is through: koding round close {file} {name}").format(file=project.path.name, name=names),
        )
    if on_note is not None:
        on_note(_("Without the sources of the round {name}, which is coded blind.").format(name=names))


def _learned(project: Project, coder: str, on_note: Callable[[str], None] | None) -> bytes:
    if coder:
        with project.reading() as connection:
            known = codings_store.coders(connection)
        if coder not in known:
            raise unknown(_("coder"), coder, known)
    try:
        found = learn(project, coder)
    except SuggesterFault as fault:
        if on_note is not None:
            on_note(_("Nothing was learned from the codings; the rules suggest. {reason}").format(reason=fault))
        return b""
    if on_note is not None and found.anew and found.data:
        text = ngettext("Learned from {count} coding.", "Learned from {count} codings.", found.codings)
        on_note(text.format(count=found.codings))
    return found.data


def suggestion_mode(project: Project) -> SuggestionMode:
    """Give the study's mode, which holds where no round has one of its own."""
    with project.reading() as connection:
        return suggestions_store.mode(connection)


def own_modes(project: Project, *, than: SuggestionMode) -> list[tuple[str, SuggestionMode]]:
    """Give (name, mode) of the running rounds that have a mode of their own, other `than` the study's."""
    own = ((one.name, one.suggesting) for one in rounds(project))
    return [(name, mode) for name, mode in own if mode is not None and mode is not than]


def own_mode_text(name: str, mode: SuggestionMode) -> str:
    """Say what the mode of its own that a round has means to its coders."""
    if mode is SuggestionMode.AFTER:
        text = _("In the round {name} (after) coders see a turn's suggestions once they have coded or passed it.")
    else:
        text = _("In the round {name} (blind) coders see no suggestions until it is closed.")
    return text.format(name=name)


def set_suggestion_mode(project: Project, mode: SuggestionMode, coder: str) -> None:
    """Set the study's mode; the journal tells who did it and when."""
    with project.change(coder=coder, action="suggestion mode", detail=mode.value) as change:
        suggestions_store.write_mode(change, project.connection, mode)

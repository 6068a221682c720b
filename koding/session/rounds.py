"""Making rounds, finding them by name, and what a running round means to a coder."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from koding.errors import Conflict, UsageFault
from koding.i18n import _, ngettext
from koding.model.agreement.units import Unit
from koding.model.rounds import Part, Plan, Round, RoundMode, draw
from koding.session.coder_names import refuse_reserved
from koding.session.naming import unknown
from koding.store import rounds as store
from koding.store import sources as sources_store
from koding.store.project import Connection, Project
from koding.store.sources import SourceRecord

#: What a coder says to work outside every round.
NO_ROUND = "none"
#: Seeds that koding picks itself are below this, short enough to be typed again.
_SEEDS = 1_000_000
#: The least of a GUID that names a round where two have the same name.
_SHORT = 8


def rounds(project: Project) -> list[Round]:
    """Give the study's rounds, oldest first."""
    with project.reading() as connection:
        return store.rounds(connection)


def find_round(project: Project, name: str) -> Round:
    """Give the round of this name, or whose GUID begins like this. Raises UsageFault naming those there are."""
    known = rounds(project)
    named = [one for one in known if one.name == name]
    if len(named) > 1:
        raise UsageFault(
            _("{count} rounds are called {name}.").format(count=len(named), name=name),
            _("Name one by its number: {guids}").format(guids=", ".join(one.guid[:_SHORT] for one in named)),
        )
    named = named or [one for one in known if len(name) >= _SHORT and one.guid.startswith(name)]
    if not named:
        raise unknown(_("round"), name, [one.name for one in known])
    return named[0]


def new_round(  # noqa: PLR0913 - one for each flag of the command
    project: Project,
    name: str,
    *,
    sources: Sequence[str] = (),
    sample: int = 0,
    turns: int = 0,
    seed: int | None = None,
    unit: Unit = Unit.TURN,
    mode: RoundMode = RoundMode.BLIND,
    coders: Sequence[str] = (),
    by: str,
) -> Round:
    """Make a round of these sources (all without names), or of `sample` of them, or of `turns` of their turns.

    What is drawn is drawn by `seed`; without one a seed is picked, and kept. Turns are drawn among informants' turns
    with words in them. Raises UsageFault for a name that is taken or empty, for sources the study does not have, and
    where there is nothing to draw from.
    """
    name = name.strip()
    _refuse_name(name, rounds(project))
    for coder in coders:
        refuse_reserved(coder)
    with project.reading() as connection:
        records = sources_store.sources(connection)
        chosen = _named(records, sources)
        if sample or turns:
            seed = secrets.randbelow(_SEEDS) if seed is None else seed
        elif seed is not None:
            raise UsageFault(_("A seed draws nothing by itself."), _("Give --sample N or --sample-turns N with it."))
        # By GUID, which is the same in every copy of the study, while the order of import need not be.
        chosen.sort(key=lambda record: record.guid)
        if sample and seed is not None:
            chosen = draw(chosen, sample, seed)
        parts: dict[str, Part] = {record.guid: None for record in chosen}
        if turns and seed is not None:
            parts = _drawn_turns(connection, chosen, turns, seed)
    if not parts:
        raise UsageFault(_("There is nothing to code in this round."), _("Import sources first, or name others."))
    plan = Plan(tuple(sorted({record.name for record in _named(records, sources)})) if sources else (), sample, turns)
    made = Round("", name, mode, unit, seed, plan, tuple(sorted(set(coders))), closed=False, parts=parts)
    made = Round(store.round_guid(made), name, mode, unit, seed, plan, made.coders, closed=False, parts=parts)
    with project.change(coder=by, action="round", detail=f"{name} ({mode.value})") as change:
        store.write_round(change, made)
    return find_round(project, made.guid)


def _refuse_name(name: str, known: Sequence[Round]) -> None:
    if not name or name.casefold() == NO_ROUND or not name.isprintable():
        raise UsageFault(_("A round cannot be called “{name}”.").format(name=name), _("Give it a name of its own."))
    if any(one.name.casefold() == name.casefold() for one in known):
        raise UsageFault(
            _("There is a round called {name} already.").format(name=name), _("Give the new one another name.")
        )


def _named(records: Sequence[SourceRecord], names: Sequence[str]) -> list[SourceRecord]:
    found = []
    for name in dict.fromkeys(names):
        record = next((one for one in records if name in {one.name, one.file_name, one.guid}), None)
        if record is None:
            raise unknown(_("source"), name, [one.name for one in records])
        found.append(record)
    return found if names else list(records)


def _drawn_turns(connection: Connection, chosen: Sequence[SourceRecord], turns: int, seed: int) -> dict[str, Part]:
    population: list[tuple[str, int, int]] = []
    speakers = sources_store.speakers(connection)
    for record in chosen:
        who = speakers.get(record.guid, {})
        population += [
            (record.guid, turn.start, turn.end)
            for turn in sources_store.segmentation_of(connection, record.guid).turns
            if turn.start < turn.end and turn.speaker in who and who[turn.speaker].counted
        ]
    found: dict[str, list[tuple[int, int]]] = {}
    for source, start, end in draw(population, turns, seed):
        found.setdefault(source, []).append((start, end))
    return {source: tuple(spans) for source, spans in found.items()}


def close_round(project: Project, name: str, *, by: str, again: bool = False) -> Round:
    """Close a round, or with `again` open one that was closed. Raises Conflict where it is so already."""
    one = find_round(project, name)
    if one.closed is not again:
        text = _("The round {name} is closed already.") if one.closed else _("The round {name} is running.")
        raise Conflict(text.format(name=one.name))
    with project.change(coder=by, action="open round" if again else "close round", detail=one.name) as change:
        store.set_closed(change, one.guid, closed=not again)
    return find_round(project, one.guid)


def round_of(project: Project, coder: str, wanted: str = "") -> Round | None:
    """Give the round a coder works in: the one `wanted` by name, else the only running one they take part in.

    `wanted` "none" is no round. Raises UsageFault where several run and none is named, for a round that is closed, and
    for one the coder has no part in.
    """
    if wanted.casefold() == NO_ROUND:
        return None
    if wanted:
        one = find_round(project, wanted)
        if not one.has_coder(coder):
            raise UsageFault(
                _("{coder} has no part in the round {name}.").format(coder=coder, name=one.name),
                _("Its coders are: {names}.").format(names=", ".join(one.coders)),
            )
        if one.closed:
            raise UsageFault(
                _("The round {name} is closed.").format(name=one.name),
                _("Open it again with: koding round open {file} {name}").format(file=project.path.name, name=one.name),
            )
        return one
    running = [one for one in rounds(project) if not one.closed and one.has_coder(coder)]
    if len(running) > 1:
        raise UsageFault(
            _("Several rounds are running: {names}.").format(names=", ".join(one.name for one in running)),
            _("Name the one you code in with --round NAME, or --round none to code outside them."),
        )
    return running[0] if running else None


def refuse_outside(in_round: Round | None, source: str, start: int, end: int) -> None:
    """Raise Conflict where [start, end) of a source is no part of the round."""
    if in_round is not None and not in_round.touches(source, start, end):
        raise Conflict(
            _("This passage is not in the round {name}.").format(name=in_round.name),
            _("n goes to the next turn that is."),
        )


def is_blind(project: Project, coder: str) -> bool:
    """Tell whether a blind round is running that keeps others' codings and suggestions from this coder."""
    return any(one.hides and one.has_coder(coder) for one in rounds(project))


def refuse_blind(project: Project, coder: str) -> None:
    """Raise Conflict, naming the rounds, where a blind round keeps others' codings from this coder."""
    hiding = [one.name for one in rounds(project) if one.hides and one.has_coder(coder)]
    if hiding:
        raise Conflict(
            _("What others have coded is shown to {coder} when these blind rounds are closed: {names}.").format(
                coder=coder, names=", ".join(hiding)
            ),
            _("Close it with: koding round close {file} {name}").format(file=project.path.name, name=hiding[0]),
        )


def no_suggestions(*, in_round: bool) -> str:
    """Say that nobody sees suggestions: in this round, or in the whole study."""
    if in_round:
        return _("This round is coded blind: nobody sees suggestions.")
    return _("Coders see no suggestions in this study.")


def blind_sources(project: Project) -> dict[str, str]:
    """Give the GUIDs of the sources that are being coded blind now, with the name of the round."""
    return {source: one.name for one in rounds(project) if one.hides for source in one.parts}


def mode_label(one: Round) -> str:
    """Give the mode of a round in one word."""
    match one.mode:
        case RoundMode.OPEN:
            return _("open")
        case RoundMode.AFTER:
            return _("after")
        case RoundMode.BLIND:
            return _("blind")


def size_text(one: Round) -> str:
    """Say how much is in a round: so many sources, or so many turns of so many sources."""
    count = len(one.parts)
    sources = ngettext("{count} source", "{count} sources", count).format(count=count)
    spans: Collection[tuple[int, int]] = [span for part in one.parts.values() for span in part or ()]
    if not spans:
        return sources
    return ngettext("{count} turn of {sources}", "{count} turns of {sources}", len(spans)).format(
        count=len(spans), sources=sources
    )


@dataclass(frozen=True, slots=True)
class RoundContents:
    """What is in a round: its sources by name with the drawn turns (None for all), and the codings of each coder."""

    parts: tuple[tuple[str, Part], ...]
    codings: dict[str, int]


def round_contents(project: Project, one: Round) -> RoundContents:
    """Give what is in a round, sources in import order."""
    with project.reading() as connection:
        names = {record.guid: record.name for record in sources_store.sources(connection)}
        codings = store.coding_counts(connection, one.guid)
    return RoundContents(tuple((names[source], part) for source, part in one.parts.items()), codings)

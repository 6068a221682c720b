"""Comparing what somebody coded anew with the original of a replication package."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from koding.errors import UsageFault
from koding.i18n import _
from koding.model.agreement.units import Uncoded, Unit
from koding.model.coding import RESOLVED, Coding
from koding.model.rounds import Round
from koding.session.agreeing import AgreementReport, agreement_report
from koding.session.differing import Difference, differences, record_of, with_transcripts
from koding.session.naming import unknown
from koding.session.rounds import find_round, rounds
from koding.session.unpacking import ROUND, Package, rebuilt
from koding.store import codings as codings_store
from koding.store import sources as sources_store
from koding.store.journal import Change, Row
from koding.store.project import Project
from koding.store.rows import copy_study
from koding.writers.disagreements import Item

#: The coder under whose name the original stands in the comparison.
ORIGINAL = "original"


@dataclass(frozen=True, slots=True)
class Replication:
    """How far a coder agrees with the original: the coefficients, and where they differ, with the words."""

    agreement: AgreementReport
    differences: list[Difference]
    items: list[Item]


def compare_with(  # noqa: PLR0913 - one for each flag of the command
    project: Project,
    package: Package,
    *,
    coder: str = "",
    original: str = "",
    unit: Unit | None = None,
    uncoded: Uncoded = Uncoded.IN,
    families: bool = False,
    round_name: str = "",
) -> Replication:
    """Compare a coder of an opened package (the only one who has coded, without a name) with the original.

    `original` is a coder of the package or "resolved" (the record of its coders); without it the only coder, or the
    record where there are several; `round_name` takes what was coded in that round of it. The study itself is not
    changed. Raises UsageFault for names that are not there and
    for a study of other sources.
    """
    in_round = next((one for one in rounds(project) if one.name == ROUND), None)
    with project.reading() as connection:
        working = codings_store.working_coders(connection, in_round.guid if in_round else None)
        sources = {record.guid for record in sources_store.sources(connection)}
    if not sources & {row["guid"] for row in package.rows["source"]}:
        raise UsageFault(
            _("This study was not opened from this package: they share no source."),
            _("Compare the study made by koding replicate open."),
        )
    chosen = _coder(coder, working)
    codings = [coding for coding in _original(package, original, round_name) if coding.source in sources]
    with tempfile.TemporaryDirectory() as scratch, copy_study(project, Path(scratch) / "study.koding") as copy:
        with copy.change(coder=ORIGINAL, action="import codings", detail=ORIGINAL) as change:
            _bring_in(change, copy, codings, in_round)
        report = agreement_report(
            copy,
            coders=[ORIGINAL, chosen],
            unit=unit or (in_round.unit if in_round else Unit.TURN),
            uncoded=uncoded,
            families=families,
            in_round=in_round,
        )
        found = differences(copy, [ORIGINAL, chosen], in_round, checked=False)
        return Replication(report, found, with_transcripts(copy, found))


def _coder(name: str, working: Sequence[str]) -> str:
    if name and name not in working:
        raise unknown(_("coder with codings"), name, working)
    if not name and len(working) != 1:
        raise UsageFault(
            _("Whose codings are compared? There are codings of: {names}.").format(
                names=", ".join(working) or _("none")
            ),
            _("Name one with --coder NAME."),
        )
    return name or working[0]


def _original(package: Package, name: str, round_name: str) -> list[Coding]:
    with rebuilt(package) as project:
        in_round = find_round(project, round_name) if round_name else None
        key = in_round.guid if in_round else None
        with project.reading() as connection:
            working = codings_store.working_coders(connection, key)
        if name and name not in {RESOLVED, *working}:
            raise unknown(_("coder of the original"), name, [*working, RESOLVED])
        if not name:
            name = working[0] if len(working) == 1 else RESOLVED
        if name == RESOLVED:
            return list(record_of(project, in_round).codings)
        with project.reading() as connection:
            return list(codings_store.codings(connection, coder=name, in_round=key))


def _bring_in(change: Change, copy: Project, codings: Sequence[Coding], in_round: Round | None) -> None:
    """Write the original's codings into a copy of the student's study."""
    guids = {code.key: code.guid for code in copy.codebook().codes}
    codings_store.write_coder(change, copy.connection, ORIGINAL)
    rows: dict[tuple[str, int, int, str], Row] = {}
    for coding in codings:
        # What the original has of one span in several rounds is one coding here.
        place = (coding.source, coding.start, coding.end, coding.code)
        if coding.code in guids and place not in rows:
            mine = replace(coding, coder=ORIGINAL, round=in_round.guid if in_round else "")
            rows[place] = codings_store.coding_row(replace(mine, guid=f"{ORIGINAL}-{len(rows)}"), guids[coding.code])
    change.insert("coding", list(rows.values()))

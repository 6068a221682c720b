"""Comparing coders passage by passage: the disagreements of a study, and the record of what stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from koding.errors import UsageFault
from koding.i18n import _
from koding.model.coding import Coding
from koding.model.disagreement import Comparison, Disagreement, FacetsOf, compare
from koding.model.resolution import Decided, Record, Resolution, record
from koding.model.rounds import Round
from koding.model.transcript import Transcript
from koding.session.naming import unknown
from koding.store import codings as codings_store
from koding.store import resolutions as resolutions_store
from koding.store import sources as sources_store
from koding.store.project import Project


@dataclass(frozen=True, slots=True)
class Difference:
    """A disagreement with the name of its source, the words it stands on, and what was decided (None where open).

    `stale` is what was decided before one of the codings was changed.
    """

    source: str
    disagreement: Disagreement
    text: str
    resolution: Resolution | None
    stale: Resolution | None


class Facets:
    """The facets that codings count with: their own, and the defaults of the codebook for who speaks."""

    def __init__(self, project: Project) -> None:
        self._facets = project.codebook().facets
        self._project = project
        with project.reading() as connection:
            self._records = {record.guid: record for record in sources_store.sources(connection)}
        self._transcripts: dict[str, Transcript] = {}
        self._defaulting = any(facet.default or facet.default_variable for facet in self._facets)

    def __call__(self, coding: Coding) -> Mapping[str, str]:
        """Give every facet's value, "" where it has none."""
        given = coding.facets
        if not self._defaulting:
            return {facet.key: given.get(facet.key, "") for facet in self._facets}
        variables = self._variables(coding)
        return {facet.key: given.get(facet.key) or facet.default_for(variables) for facet in self._facets}

    def _variables(self, coding: Coding) -> Mapping[str, str]:
        transcript = self.transcript(coding.source)
        for _index, turn in transcript.turns_in(coding.start, coding.end):
            informant = transcript.speaker_of(turn).informant
            if informant is not None:
                return informant.variables
        return {}

    def transcript(self, source: str) -> Transcript:
        """Give a source, read once."""
        if source not in self._transcripts:
            with self._project.reading() as connection:
                self._transcripts[source] = sources_store.transcript(connection, self._records[source])
        return self._transcripts[source]


def compared_sources(
    project: Project, facets_of: Facets, coders: Sequence[str] = (), in_round: Round | None = None
) -> Iterator[tuple[str, Comparison]]:
    """Compare the coders (all without names) source by source, in import order; sources nobody coded are left out.

    Who went through a source is whoever has a coding in it; in a closed round, everybody who has coded in the round.
    Only codings that touch an informant's speech are compared, and in a round only what belongs to it.
    """
    with project.reading() as connection:
        found = list(codings_store.codings(connection, in_round=in_round.guid if in_round else None))
    found = [coding for coding in found if not coders or coding.coder in coders]
    by_source: dict[str, list[Coding]] = {}
    for coding in found:
        if in_round is None or in_round.touches(coding.source, coding.start, coding.end):
            by_source.setdefault(coding.source, []).append(coding)
    everybody = {coding.coder for coding in found}
    for source, codings in by_source.items():
        counted = set(facets_of.transcript(source).counted_turns())
        transcript = facets_of.transcript(source)
        grounded = [
            coding
            for coding in codings
            if any(index in counted for index, _turn in transcript.turns_in(coding.start, coding.end))
        ]
        yield source, compare(grounded, went_through(codings, everybody, in_round), facets_of)


def went_through(codings: Sequence[Coding], everybody: Collection[str], in_round: Round | None) -> frozenset[str]:
    """Give who went through a source with these codings: in a closed round everybody who codes in it."""
    if in_round is not None and in_round.closed:
        return frozenset(everybody)
    return frozenset(coding.coder for coding in codings)


def check_coders(project: Project, coders: Sequence[str], in_round: Round | None) -> None:
    """Raise UsageFault for a coder without codings, and where there are fewer than two to compare."""
    with project.reading() as connection:
        working = codings_store.working_coders(connection, in_round.guid if in_round else None)
    for name in coders:
        if name not in working:
            raise unknown(_("coder with codings"), name, working)
    if len(set(coders) or working) < 2:  # noqa: PLR2004 - one coder differs from nobody
        raise UsageFault(
            _("Disagreements are between two coders or more; there are codings of: {names}.").format(
                names=", ".join(coders or working) or _("none")
            )
        )


def differences(
    project: Project, coders: Sequence[str] = (), in_round: Round | None = None, *, checked: bool = True
) -> list[Difference]:
    """Give where the coders (all without names) differ, by source in import order and then by place.

    Raises UsageFault as `check_coders`, unless not `checked`.
    """
    if checked:
        check_coders(project, coders, in_round)
    facets_of = Facets(project)
    with project.reading() as connection:
        decided = Decided(resolutions_store.resolutions(connection))
    found = []
    for source, comparison in compared_sources(project, facets_of, coders, in_round):
        transcript = facets_of.transcript(source)
        found += [
            Difference(
                transcript.name, one, transcript.text[one.start : one.end], decided.of(one), decided.earlier(one)
            )
            for one in comparison.disagreements
        ]
    return found


def record_of(project: Project, in_round: Round | None = None) -> Record:
    """Give the record of a study, or of one round: what is undisputed, and what was decided about the rest."""
    facets_of: FacetsOf
    facets_of = reader = Facets(project)
    with project.reading() as connection:
        decided = Decided(resolutions_store.resolutions(connection))
        outcomes = resolutions_store.outcomes(connection)
    return record(compared_sources(project, reader, (), in_round), decided, outcomes, facets_of)


def with_transcripts(
    project: Project, found: Sequence[Difference]
) -> list[tuple[Disagreement, Transcript, Resolution | None]]:
    """Give disagreements with the transcripts they are in and what was decided about them."""
    reader = Facets(project)
    return [(one.disagreement, reader.transcript(one.disagreement.source), one.resolution) for one in found]

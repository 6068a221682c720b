"""Counting: the theme matrix of a study, asked by names that a person types, with its method note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from koding.i18n import _, ngettext
from koding.model.codebook import Codebook
from koding.model.coding import RESOLVED
from koding.model.matrix import Facets, Ground, Matrix, Measure, Question, Span
from koding.model.resolution import Record
from koding.model.rounds import Round
from koding.model.suppression import suppressed
from koding.model.tally import Tally
from koding.model.transcript import Informant
from koding.model.variables import Variable
from koding.model.words import count_words
from koding.session.differing import record_of
from koding.session.naming import unknown
from koding.session.rounds import size_text
from koding.store import codings as codings_store
from koding.store import sources as sources_store
from koding.store.project import Project


@dataclass(frozen=True, slots=True)
class Report:
    """A matrix with the note that says how it was counted."""

    study: str
    matrix: Matrix
    note: str


def matrix_report(  # noqa: PLR0913 - one for each flag of the command
    project: Project,
    by: Sequence[str],
    *,
    measure: Measure = Measure.INFORMANTS,
    coder: str | None = None,
    facets: Mapping[str, frozenset[str]] | None = None,
    families_only: bool = False,
    minimum: int = 0,
    in_round: Round | None = None,
) -> Report:
    """Count the study's codings by the groups that `by` makes.

    `coder` "resolved" counts the record: what is undisputed and what was decided about disagreements. `in_round`
    counts the codings of that round alone, and as N those whose speech belongs to it.

    Raises UsageFault for a variable, facet, value or coder the study does not know, naming those it does.
    """
    codebook = project.codebook()
    with project.reading() as connection:
        variables = sources_store.variables(connection)
        people = sources_store.informants(connection)
        coders = codings_store.coders(connection)
        everybody = codings_store.working_coders(connection, in_round.guid if in_round else None)
        working = everybody if coder in {None, RESOLVED} else [coder]
    _check(codebook, variables, coders, by=by, coder=coder, facets=facets or {})
    numbered = list(people.values())
    question = Question(
        tuple(by), measure, dict(facets or {}), families_only, pooled=coder is None and len(working) > 1
    )
    tally = Tally(codebook, numbered, _grounds(project, numbered, in_round), variables)
    standing = record_of(project, in_round) if coder == RESOLVED else None
    counted = _record_spans(standing) if standing else _spans(project, codebook, coder, in_round)
    matrix = tally.matrix(question, counted, _WordCounts(project))
    if minimum > 1:
        matrix = suppressed(matrix, codebook, minimum)
    note = _note(
        project,
        codebook,
        matrix,
        question,
        coder=coder,
        working=working,
        minimum=minimum,
        in_round=in_round,
        record=standing,
    )
    return Report(project.name(), matrix, note)


class _WordCounts:
    """Counts the words of a stretch of a source, reading each text once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._texts: dict[str, str] = {}

    def __call__(self, source: str, start: int, end: int) -> int:
        if source not in self._texts:
            with self._project.reading() as connection:
                self._texts[source] = sources_store.read_text(connection, source)
        return count_words(self._texts[source], start, end)


def _grounds(project: Project, informants: Sequence[Informant], in_round: Round | None) -> dict[str, Ground]:
    """Give the countable speech by source: in a round that of its sources, or of the turns drawn for it."""
    number = {informant.guid: index for index, informant in enumerate(informants)}
    with project.reading() as connection:
        speakers = sources_store.speakers(connection)
        grounds = {}
        for source, segmentation in sources_store.segmentations(connection):
            who = {
                label: number[speaker.informant.guid] if speaker.counted and speaker.informant else -1
                for label, speaker in speakers.get(source, {}).items()
            }
            turns = segmentation.turns
            grounds[source] = Ground(
                [turn.start for turn in turns],
                [turn.end for turn in turns],
                [
                    who.get(turn.speaker, -1)
                    if in_round is None or in_round.touches(source, turn.start, turn.end)
                    else -1
                    for turn in turns
                ],
                segmentation.words,
            )
    return grounds


def _spans(project: Project, codebook: Codebook, coder: str | None, in_round: Round | None) -> Iterator[Span]:
    keys = {code.guid: code.key for code in codebook.codes}
    known: dict[str, Facets] = {}
    with project.reading() as connection:
        for source, start, end, code, text in codings_store.spans(
            connection, coder, in_round.guid if in_round else None
        ):
            if text not in known:
                known[text] = tuple(sorted(codings_store.facets_of(text).items()))
            yield source, start, end, keys[code], known[text]


def what_there_is(project: Project) -> str:
    """Say which variables and facets the study has to ask for."""
    with project.reading() as connection:
        variables = [variable.name for variable in sources_store.variables(connection)]
    facets = [facet.key for facet in project.codebook().facets]
    if not variables:
        return _("The study has no variables yet: bring them in with koding import STUDY --informants CSV.")
    line = _("The study has the variables {names}").format(names=", ".join(variables))
    more = _("and the facets {names}").format(names=", ".join(facets))
    return f"{line} {more}." if facets else f"{line}."


def _record_spans(record: Record) -> Iterator[Span]:
    for coding in record.codings:
        yield coding.source, coding.start, coding.end, coding.code, tuple(sorted(coding.facets.items()))


def _check(  # noqa: PLR0913 - the parts of a question
    codebook: Codebook,
    variables: Sequence[Variable],
    coders: Sequence[str],
    *,
    by: Sequence[str],
    coder: str | None,
    facets: Mapping[str, frozenset[str]],
) -> None:
    facet_keys = [facet.key for facet in codebook.facets]
    names = [variable.name for variable in variables]
    for name in by:
        if name not in names and name not in facet_keys:
            raise unknown(_("variable"), name, [*names, *facet_keys])
    if coder not in {None, RESOLVED, *coders}:
        raise unknown(_("coder"), str(coder), coders)
    for key, values in facets.items():
        facet = codebook.facet(key)
        if facet is None:
            raise unknown(_("facet"), key, facet_keys)
        for value in values:
            if value not in facet.keys():  # noqa: SIM118 - keys of a facet's values, not of a mapping
                raise unknown(_("value of {facet}").format(facet=key), value, facet.keys())


_UNITS = {
    Measure.INFORMANTS: lambda: _("Cells are informants who mention the code, each once per code and per family."),
    Measure.SEGMENTS: lambda: _("Cells are codings; one that covers several groups' turns counts once in each group."),
    Measure.WORDS: lambda: _("Cells are the share (%) of the group's words that codings of the code cover."),
    Measure.RATE: lambda: _("Cells are codings per 1,000 words of the group's speech."),
}

#: The same where several coders are taken together: what they have coded alike must not count twice.
_POOLED_UNITS = _UNITS | {
    Measure.SEGMENTS: lambda: _(
        "Cells are coded passages: where coders' codings of the same code overlap they are one passage and count once; "
        "one that covers several groups' turns counts once in each group."
    ),
    Measure.WORDS: lambda: _(
        "Cells are the share (%) of the group's words that anybody's codings of the code cover; a word counts once."
    ),
    Measure.RATE: lambda: _(
        "Cells are coded passages per 1,000 words of the group's speech: where coders' codings of the same code "
        "overlap they are one passage and count once."
    ),
}


def _note(  # noqa: PLR0913 - what a reader must know
    project: Project,
    codebook: Codebook,
    matrix: Matrix,
    question: Question,
    *,
    coder: str | None,
    working: Sequence[str],
    minimum: int,
    in_round: Round | None,
    record: Record | None,
) -> str:
    key = in_round.guid if in_round else None
    with project.reading() as connection:
        total = len(in_round.parts) if in_round else len(sources_store.sources(connection))
        coded = len(record.sources) if record else codings_store.coded_sources(connection, coder, key)
    lines = [
        (_POOLED_UNITS if question.pooled else _UNITS)[question.measure](),
        _("A coding belongs to the informants whose turns it covers; interviewers are not counted."),
    ]
    people = ngettext(
        "{count} informant who speaks", "{count} informants who speak", matrix.total.informants
    ).format(count=matrix.total.informants)  # fmt: skip
    if in_round is None:
        sources = ngettext("{count} source", "{count} sources", total).format(count=total)
        lines.append(_("N = {people} in the study's {sources}.").format(people=people, sources=sources))
    else:
        lines.append(_("N = {people} in what was to be coded: {size}.").format(people=people, size=size_text(in_round)))
        lines.append(_("Only codings of the round {name}.").format(name=in_round.name))
    if record:
        lines.append(
            _(
                "Resolved codings of {names}: {settled} disagreements are settled; of {open} that are open only what "
                "the coders agree on is counted."
            ).format(names=", ".join(working), settled=record.settled, open=record.open)
        )
    elif working:
        lines.append(
            ngettext("Coder: {names}.", "Coders, taken together: {names}.", len(working)).format(
                names=", ".join(str(name) for name in working)
            )
        )
    if coded < total:
        lines.append(
            ngettext(
                "{count} source has no coding yet; its informants are in N all the same.",
                "{count} sources have no coding yet; their informants are in N all the same.",
                total - coded,
            ).format(count=total - coded)
        )
    for facet in codebook.facets:
        if facet.key in question.facets:
            values = ", ".join(value.key for value in facet.values if value.key in question.facets[facet.key])
            lines.append(_("Only codings with {facet} = {values}.").format(facet=facet.key, values=values))
        elif facet.uncounted:
            values = ", ".join(value.key for value in facet.values if value.key in facet.uncounted)
            lines.append(_("Codings with {facet} = {values} are left out.").format(facet=facet.key, values=values))
    if minimum > 1:
        lines.append(
            _(
                "Hidden are cells with some informants but fewer than {count}, all cells of groups with fewer, "
                "and the totals and cells that would give them away."
            ).format(count=minimum)
        )
    lines.append(_("No tests of significance: the sample is purposive and does not carry them."))
    return " ".join(lines)

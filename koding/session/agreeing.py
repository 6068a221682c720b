"""How far the coders of a study agree, code by code and over all codes, on informants' speech alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from koding.errors import UsageFault
from koding.i18n import _
from koding.model.agreement.comparison import CodeAgreement, code_agreement
from koding.model.agreement.distance import SET_DISTANCES
from koding.model.agreement.resampling import Resampling
from koding.model.agreement.sets import SetAgreement, set_agreement
from koding.model.agreement.unitizing import SpanAgreement, continua, unitizing_agreement
from koding.model.agreement.units import Speech, Uncoded, Unit, rate
from koding.model.codebook import Code
from koding.model.coding import RESOLVED, Coding
from koding.model.rounds import Round
from koding.session.differing import record_of
from koding.session.naming import unknown
from koding.store import codings as codings_store
from koding.store import sources as sources_store
from koding.store.project import Project
from koding.suggest.language.sentences import sentences

#: The distance between sets of codes that the overall alpha uses: it counts omissions as what they are.
DISTANCE = "masi"


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """What `koding agree` found. `sources` are the names of those that two or more of the coders went through.

    `round` is the round's name, "" where all codings were compared.
    """

    study: str
    coders: tuple[str, ...]
    unit: Unit
    uncoded: Uncoded
    sources: tuple[str, ...]
    codes: tuple[tuple[Code, CodeAgreement], ...]
    overall: SetAgreement
    unitizing: SpanAgreement
    seed: int
    round: str = ""


def agreement_report(  # noqa: PLR0913 - one for each flag of the command
    project: Project,
    *,
    coders: Sequence[str] = (),
    unit: Unit = Unit.TURN,
    uncoded: Uncoded = Uncoded.IN,
    families: bool = False,
    plan: Resampling | None = None,
    in_round: Round | None = None,
) -> AgreementReport:
    """Compare coders on the sources that two or more of them have gone through (have a coding in).

    The coder "resolved" is the record: what is undisputed and what was decided. With `in_round` only its codings and
    what belongs to it are compared; once it is closed, everybody who has coded in it has gone through all of it.

    Raises UsageFault for a coder the study does not know, and where there are not two coders to compare.
    """
    codebook = project.codebook()
    plan = plan or Resampling()
    key = in_round.guid if in_round else None
    with project.reading() as connection:
        working = codings_store.working_coders(connection, key)
        records = sources_store.sources(connection)
        codings = list(codings_store.codings(connection, in_round=key))
    compared = tuple(dict.fromkeys(coders)) or tuple(working)
    if RESOLVED in compared:
        codings += record_of(project, in_round).codings
        working.append(RESOLVED)
    for name in compared:
        if name not in working:
            raise unknown(_("coder with codings"), name, working)
    if len(compared) < 2:  # noqa: PLR2004 - one coder agrees with nobody
        raise UsageFault(
            _("Agreement is between two coders or more; the study has codings of: {names}.").format(
                names=", ".join(working) or _("none")
            )
        )
    kept = [coding for coding in codings if coding.coder in compared]
    if in_round is not None:
        kept = [coding for coding in kept if in_round.touches(coding.source, coding.start, coding.end)]
    present = _present(kept, in_round)
    shared = [record for record in records if len(present.get(record.guid, ())) > 1]
    ground = [_speech(project, record, unit, present[record.guid], in_round) for record in shared]
    levels = {code.key: codebook.family(code.key).key if families else code.key for code in codebook.codes}
    ratings = rate(kept, ground, coders=compared, codes=levels, unit=unit, uncoded=uncoded)
    found = code_agreement(ratings, plan)
    return AgreementReport(
        study=project.name(),
        coders=compared,
        unit=unit,
        uncoded=uncoded,
        sources=tuple(record.name for record in shared),
        codes=tuple((codebook.by_key[one.code], one) for one in found if any(one.given)),
        overall=set_agreement(ratings, SET_DISTANCES[DISTANCE], plan),
        unitizing=_unitizing(kept, ground, compared, levels),
        seed=plan.seed,
        round=in_round.name if in_round else "",
    )


def _present(codings: Sequence[Coding], in_round: Round | None) -> dict[str, frozenset[str]]:
    """Give who went through each source (by GUID)."""
    if in_round is not None and in_round.closed:
        everybody = frozenset(coding.coder for coding in codings)
        return dict.fromkeys(in_round.parts, everybody)
    found: dict[str, set[str]] = {}
    for coding in codings:
        found.setdefault(coding.source, set()).add(coding.coder)
    return {source: frozenset(coders) for source, coders in found.items()}


def _unitizing(
    codings: Sequence[Coding], ground: Sequence[Speech], coders: Sequence[str], levels: dict[str, str]
) -> SpanAgreement:
    spans = continua(codings, ground, coders=coders, codes=levels)
    return unitizing_agreement(spans, tuple(dict.fromkeys(levels.values())), len(coders)).overall


def _speech(
    project: Project,
    record: sources_store.SourceRecord,
    unit: Unit,
    coders: frozenset[str],
    in_round: Round | None,
) -> Speech:
    """Give the informants' speech of a source (in a round what belongs to it) in the units that are rated."""
    with project.reading() as connection:
        transcript = sources_store.transcript(connection, record)
    turns = [transcript.turns[index] for index in transcript.counted_turns()]
    if in_round is not None:
        turns = [turn for turn in turns if in_round.touches(record.guid, turn.start, turn.end)]
    if unit is not Unit.SENTENCE:
        return Speech(record.guid, [(turn.start, turn.end) for turn in turns], coders)
    spans = [
        (turn.start + start, turn.start + end)
        for turn in turns
        for start, end in sentences(transcript.text[turn.start : turn.end])
    ]
    return Speech(record.guid, spans, coders)

"""How good the suggester is on a study, told by the study's own codings: what `koding suggest evaluate` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from koding.errors import KodingError, UsageFault
from koding.i18n import _
from koding.model.codebook import Codebook
from koding.model.coding import Coding, Origin
from koding.model.evaluation import FEW, Judged, Score, by_turn, carries, scores, total, wilson
from koding.session.learning import lessons
from koding.session.naming import unknown
from koding.store import codings as codings_store
from koding.store.project import Project
from koding.suggest.learning import lessons as school
from koding.suggest.learning.lessons import Progress

SENTENCE: Final = "sentence"
TURN: Final = "turn"
#: The systems in their order, as `koding.suggest.learning.evaluate` names them.
SYSTEMS: Final = ("keywords", "rules", "learned", "together")
_LEAST_SOURCES: Final = 2


@dataclass(frozen=True)
class Ceiling:
    """Another coder against the gold coder, on the sources that both have coded; `systems` are scored on the same."""

    coder: str
    sources: int
    units: int
    score: Score
    systems: Mapping[str, Score]


@dataclass(frozen=True)
class Evaluation:
    """The suggester against a coder; `by_code` maps a code's key to the scores of each system.

    `by_source` maps a source's identity to each system's hits and faults over all codes in it.
    """

    study: str
    gold: str
    unit: str
    sources: int
    units: int
    codebook: Codebook
    by_code: Mapping[str, Mapping[str, Score]]
    by_source: Mapping[str, Mapping[str, Score]]
    ceilings: tuple[Ceiling, ...]

    def micro(self, system: str) -> Score:
        """Give a system's hits and faults over all codes."""
        return total(found[system] for found in self.by_code.values())


def evaluate(
    project: Project,
    *,
    gold: str | None = None,
    by: str = "source",
    unit: str = SENTENCE,
    on_progress: Progress = lambda _done, _of: None,
) -> Evaluation:
    """Suggest on each source that the gold coder has coded by what the others teach, and count hits and faults.

    Without `gold` it is the coder with the most codings.

    Raises:
        UsageFault: a coder the study does not know, or a split by anything but sources.
        KodingError: too few sources are coded.
        SuggesterFault: the process that suggests cannot work.
    """
    if by != "source":
        raise UsageFault(
            _("Suggestions are only evaluated by source, not by {by}.").format(by=by),
            _(
                "Passages of one interview share its words: trained on some and tried on others, "
                "a suggester would look better than it is. Leave out --by."
            ),
        )
    chosen = _gold_coder(project, gold)
    taught = list(lessons(project, chosen))
    taught = [lesson for lesson in taught if any(mark.gold for mark in lesson.marks)]
    if len(taught) < _LEAST_SOURCES:
        raise KodingError(
            _("{coder} has coded too few sources to evaluate on.").format(coder=chosen),
            _("Code at least two; what is learned from one is tried on the other."),
        )
    codebook = project.codebook()
    sentences = school.judge(codebook, taught, on_progress)
    units = by_turn(sentences) if unit == TURN else sentences
    codes = [code.key for code in codebook.codes if code.codable]
    by_system = {system: scores(units, system, codes) for system in SYSTEMS}
    return Evaluation(
        study=project.name(),
        gold=chosen,
        unit=unit,
        sources=len(taught),
        units=len(units),
        codebook=codebook,
        by_code={code: {system: by_system[system][code] for system in SYSTEMS} for code in codes},
        by_source={lesson.source: _on_source(units, lesson.source, codes) for lesson in taught},
        ceilings=tuple(_ceilings(project, chosen, sentences, unit, codes)),
    )


def _on_source(units: Iterable[Judged], source: str, codes: Sequence[str]) -> dict[str, Score]:
    """Give each system's hits and faults over all codes in a source."""
    own = [unit for unit in units if unit.source == source]
    return {system: total(scores(own, system, codes).values()) for system in SYSTEMS}


def _gold_coder(project: Project, wanted: str | None) -> str:
    with project.reading() as connection:
        counts = Counter(
            coding.coder for coding in codings_store.codings(connection) if coding.origin is not Origin.ACCEPTED
        )
    if not counts:
        raise KodingError(_("The study has no codings to evaluate on."), _("Code some sources, or import codings."))
    if wanted is None:
        return min(counts, key=lambda name: (-counts[name], name))
    if wanted not in counts:
        raise unknown(_("coder"), wanted, sorted(counts))
    return wanted


def _ceilings(
    project: Project, gold: str, sentences: Sequence[Judged], unit: str, codes: Sequence[str]
) -> list[Ceiling]:
    """Score every other coder on the sources that the gold coder has coded too."""
    with project.reading() as connection:
        others: dict[str, dict[str, list[Coding]]] = {}
        for coding in codings_store.codings(connection):
            if coding.coder != gold:
                others.setdefault(coding.coder, {}).setdefault(coding.source, []).append(coding)
    found = []
    for coder, by_source in sorted(others.items()):
        shared = [each for each in sentences if each.source in by_source]
        if not shared:
            continue
        units = [replace(each, systems={**each.systems, coder: _codes_on(each, by_source)}) for each in shared]
        units = by_turn(units) if unit == TURN else units
        found.append(
            Ceiling(
                coder,
                len({each.source for each in units}),
                len(units),
                total(scores(units, coder, codes).values()),
                {system: total(scores(units, system, codes).values()) for system in SYSTEMS},
            )
        )
    return found


def _codes_on(unit: Judged, codings: Mapping[str, Sequence[Coding]]) -> frozenset[str]:
    here = codings[unit.source]
    return frozenset(coding.code for coding in here if carries(unit.start, unit.end, coding.start, coding.end))


def to_json(found: Evaluation) -> dict[str, Any]:
    """Give the whole evaluation as values that JSON carries."""
    return {
        "study": found.study,
        "gold": found.gold,
        "by": "source",
        "unit": found.unit,
        "sources": found.sources,
        "units": found.units,
        "few": FEW,
        "codes": [
            {
                "code": key,
                "label": found.codebook.by_key[key].label,
                "n": systems[SYSTEMS[0]].gold,
                "too_few": systems[SYSTEMS[0]].gold < FEW,
                "systems": {system: _score_record(score) for system, score in systems.items()},
            }
            for key, systems in found.by_code.items()
        ],
        "micro": {system: _score_record(found.micro(system)) for system in SYSTEMS},
        "coders": [
            {
                "coder": each.coder,
                "sources": each.sources,
                "units": each.units,
                "agreement": _score_record(each.score),
                "systems": {system: _score_record(score) for system, score in each.systems.items()},
            }
            for each in found.ceilings
        ],
    }


def _score_record(score: Score) -> dict[str, Any]:
    return {
        "hits": score.hits,
        "false": score.false,
        "missed": score.missed,
        "precision": score.precision,
        "precision_interval": wilson(score.hits, score.suggested),
        "recall": score.recall,
        "recall_interval": wilson(score.hits, score.gold),
        "f1": score.f1,
    }

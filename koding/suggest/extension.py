"""The door for suggesters of others: a lab's own language model, sentence embeddings, a list of names.

A package offers one under the entry point group `koding.suggesters`:

    [project.entry-points."koding.suggesters"]
    eksempel = "koding_eksempel:make"

The entry point is a callable that takes the codebook and gives a `Suggester`. It is called in the suggester's own
process, with every codebook anew. What fails in it is a note to the coder; the other suggesters go on. What stands in
this module is kept stable: names and fields are added, never renamed or taken away.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from koding.i18n import _
from koding.model.codebook import Codebook
from koding.model.coding import Evidence, Suggestion
from koding.suggest.language.sentences import Unit
from koding.suggest.process.protocol import TurnText

if TYPE_CHECKING:
    from importlib import metadata

GROUP: Final = "koding.suggesters"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a turn: its span in the turn's text (code points, half-open), and its words' lemmas in order.

    `lemmas` are in lower case, of Bokmål or Nynorsk by the turn's language.
    """

    start: int
    end: int
    text: str
    lemmas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """What an informant says in one turn.

    `language` is "nb" or "nn", `question` what the interviewer said right before ("" where nothing).
    """

    text: str
    language: str
    sentences: tuple[Sentence, ...]
    question: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A code proposed for the span [start, end) of the turn's text, in code points.

    `code` is the key of a codable code, `score` in (0, 1], `why` one line in the coder's language. `facets` maps keys
    of the codebook's facets to their values. `evidence` are the spans that decided; they lie within [start, end).
    """

    start: int
    end: int
    code: str
    score: float
    why: str
    facets: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[tuple[int, int], ...] = ()


@runtime_checkable
class Suggester(Protocol):
    """A suggester; `version` is a word that changes whenever its proposals may.

    The same turn must get the same proposals while the version stands: they are kept in the study.
    """

    version: str

    def suggest(self, turn: SpokenTurn) -> Iterable[Proposal]:
        """Give the proposals for a turn, in any order."""
        ...


#: What an entry point of the group loads to.
Factory = Callable[[Codebook], Suggester]


def installed() -> dict[str, metadata.EntryPoint]:
    """Give the entry points of the group by name; of two with one name the first counts."""
    from importlib import metadata

    found: dict[str, metadata.EntryPoint] = {}
    for point in metadata.entry_points(group=GROUP):
        found.setdefault(point.name, point)
    return found


class Extensions:
    """The installed suggesters, loaded with a codebook; `notes` has a line for each that failed.

    `versions` maps the names of those that work to their versions. One that fails on a turn is left out from there.
    """

    def __init__(self, codebook: Codebook) -> None:
        self.notes: list[str] = []
        self._codebook = codebook
        self._codable = {code.key for code in codebook.codes if code.codable}
        self._values = {facet.key: set(facet.keys()) for facet in codebook.facets}
        self._loaded: dict[str, Suggester] = {}
        for name, point in sorted(installed().items()):
            self._load(name, point)

    @property
    def versions(self) -> dict[str, str]:
        """Give the names of the suggesters that work, with their versions."""
        return {name: suggester.version for name, suggester in self._loaded.items()}

    def _load(self, name: str, point: metadata.EntryPoint) -> None:
        try:
            suggester = point.load()(self._codebook)
        except (Exception, SystemExit) as fault:  # noqa: BLE001 - others' code: what it raises is a note, no crash
            self._note(name, fault)
            return
        if isinstance(suggester, Suggester) and isinstance(suggester.version, str):
            self._loaded[name] = suggester
        else:
            self._note(name, _("it has no version or cannot suggest"))

    def _note(self, name: str, fault: object) -> None:
        reason = f"{type(fault).__name__}: {fault}" if isinstance(fault, BaseException) else str(fault)
        line = " ".join(reason.split())
        self.notes.append(_("The extension {name} is left out: {reason}.").format(name=name, reason=line))

    def suggest(self, name: str, turn: TurnText, spoken: SpokenTurn, source: str) -> list[Suggestion]:
        """Give one suggester's suggestions for a turn, positions in code points of the source."""
        suggester = self._loaded.get(name)
        if suggester is None:
            return []
        try:
            return [self._suggestion(name, suggester, turn, one, source) for one in suggester.suggest(spoken)]
        except (Exception, SystemExit) as fault:  # noqa: BLE001 - as above
            del self._loaded[name]
            self._note(name, fault)
            return []

    def _suggestion(
        self, name: str, suggester: Suggester, turn: TurnText, proposal: Proposal, source: str
    ) -> Suggestion:
        for what in self._wrong(proposal, len(turn.text)):
            raise ValueError(what)
        return Suggestion(
            source=source,
            start=turn.start + proposal.start,
            end=turn.start + proposal.end,
            code=proposal.code,
            score=round(float(proposal.score), 3),
            origin=f"{name}/{suggester.version}",
            why=" ".join(str(proposal.why).split()),
            facets=dict(proposal.facets),
            evidence=tuple(Evidence(turn.start + start, turn.start + end) for start, end in sorted(proposal.evidence)),
        )

    def _wrong(self, proposal: Proposal, length: int) -> Iterator[str]:
        if not 0 <= proposal.start < proposal.end <= length:
            yield _("the span {start}-{end} is not in the turn").format(start=proposal.start, end=proposal.end)
        if any(not proposal.start <= start < end <= proposal.end for start, end in proposal.evidence):
            yield _("evidence lies outside the span")
        if proposal.code not in self._codable:
            yield _("{code} is no code that can be used").format(code=proposal.code)
        if not (math.isfinite(proposal.score) and 0 < proposal.score <= 1):
            yield _("the score {score} is not above 0 and up to 1").format(score=proposal.score)
        for key, value in proposal.facets.items():
            if value not in self._values.get(key, ()):
                yield _("there is no facet {key}={value}").format(key=key, value=value)


def spoken_turn(turn: TurnText, units: Sequence[Unit], lemmas: Callable[[Unit], tuple[str, ...]]) -> SpokenTurn:
    """Make a turn ready for extensions; `lemmas` gives those of a sentence."""
    sentences = tuple(Sentence(unit.start, unit.end, turn.text[unit.start : unit.end], lemmas(unit)) for unit in units)
    return SpokenTurn(turn.text, turn.language or "nb", sentences, turn.question)

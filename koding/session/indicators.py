"""What each indicator of a codebook matches in a study, and which never fire: how a team tries a codebook out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from koding.model.codebook import Codebook
from koding.model.transcript import Transcript
from koding.store import sources as sources_store
from koding.store.project import Project
from koding.suggest.process.firing import Firing, firings


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a source; the span is half-open, in code points."""

    source: str
    start: int
    end: int
    text: str


@dataclass(slots=True)
class IndicatorUse:
    """An indicator, or an exception (`excepting`), of a code, and its matches in a study.

    `matches` counts sentences where it matches, `silenced` those of them where an exception or a set phrase of the
    language takes its word in another sense. `example` is the first passage where it stands, else the first at all.
    """

    code: str
    indicator: str
    excepting: bool
    matches: int = 0
    silenced: int = 0
    sources: set[str] = field(default_factory=set)
    example: Passage | None = None
    example_stands: bool = False


def indicator_uses(project: Project, codebook: Codebook) -> list[IndicatorUse]:
    """Give every indicator and exception of the codable codes, in the codebook's order, with its use in the study.

    Raises SuggesterFault where the suggester cannot work.
    """
    with project.reading() as connection:
        records = sources_store.sources(connection)
        transcripts = [sources_store.transcript(connection, record) for record in records]
    return uses_in(codebook, firings(codebook, transcripts))


def uses_in(codebook: Codebook, found: Iterable[tuple[Transcript, list[Firing]]]) -> list[IndicatorUse]:
    """Count the matches of each indicator."""
    uses = {(use.code, use.indicator, use.excepting): use for use in _unused(codebook)}
    for transcript, matched in found:
        counted: set[tuple[IndicatorKey, int]] = set()
        for firing in sorted(matched, key=lambda each: (each.start, not each.stands)):
            key = (firing.code, firing.indicator, firing.excepting)
            if (key, firing.start) not in counted:
                counted.add((key, firing.start))
                _count(uses[key], firing, transcript)
    return list(uses.values())


#: Code, indicator as written, whether it is an exception.
IndicatorKey = tuple[str, str, bool]


def _unused(codebook: Codebook) -> Iterable[IndicatorUse]:
    for code in codebook.codes:
        if code.codable:
            for indicator in code.indicators.all():
                yield IndicatorUse(code.key, indicator, excepting=False)
            for indicator in dict.fromkeys(code.indicators.excepted):
                yield IndicatorUse(code.key, indicator, excepting=True)


def _count(use: IndicatorUse, firing: Firing, transcript: Transcript) -> None:
    use.matches += 1
    use.silenced += not firing.stands
    use.sources.add(transcript.name)
    if use.example is None or (firing.stands and not use.example_stands):
        text = " ".join(transcript.text[firing.start : firing.end].split())
        use.example = Passage(transcript.name, firing.start, firing.end, text)
        use.example_stands = firing.stands

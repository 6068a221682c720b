"""What a study's codings teach the suggester: gathering the lessons, and keeping what was learned in the study.

Only codings teach. Suggestions that were turned down, or that nobody has looked at, are not even read here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from koding.errors import KodingError
from koding.model.codebook import Codebook
from koding.model.coding import Coding, Origin
from koding.store import codings as codings_store
from koding.store import learned as learned_store
from koding.store import sources as sources_store
from koding.store.learned import LearnedRecord
from koding.store.project import Project
from koding.suggest.language import pipeline
from koding.suggest.learning import lessons as school
from koding.suggest.learning.lessons import METHOD, Lesson, Mark
from koding.suggest.process.codebook_json import to_json
from koding.suggest.process.requests import Asking


@dataclass(frozen=True, slots=True)
class Learning:
    """What was learned of a coder ("" for all together), from how many codings; `data` is empty where nothing was.

    `anew` tells whether it was learned just now.
    """

    coder: str
    codings: int
    data: bytes
    anew: bool


def up_to_date(project: Project, coder: str = "") -> Learning | None:
    """Give what was learned of a coder, None where it is out of date."""
    codings = _codings(project, coder)
    kept = _kept(project, coder)
    if kept is None or kept.fingerprint != _fingerprint(project, codings):
        return None
    return Learning(coder, kept.codings, kept.data, anew=False)


def learn(project: Project, coder: str = "") -> Learning:
    """Give what the coder's codings teach (those of all coders for ""); learn it where the study has it not, or old.

    What is learned is kept in the study where it can be written to.

    Raises:
        SuggesterFault: the process that learns cannot work.
    """
    kept = up_to_date(project, coder)
    if kept is not None:
        return kept
    codings = _codings(project, coder)
    fingerprint = _fingerprint(project, codings)
    data = school.learn(project.codebook(), lessons(project, coder)) if codings else b""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    record = LearnedRecord(coder, METHOD, now, fingerprint, len(codings), data)
    try:
        with project.deriving() as connection:
            learned_store.keep_learned(connection, record)
    except KodingError:
        # A study for reading only, or one that another program holds: it is learned again the next time.
        pass
    return Learning(coder, len(codings), data, anew=True)


def lessons(project: Project, coder: str = "") -> Iterator[Lesson]:
    """Give a lesson for each source and coder who has coded it, in import order ("" for all coders)."""
    by_source: dict[str, dict[str, list[Mark]]] = {}
    for coding in _codings(project, coder):
        mark = Mark(coding.start, coding.end, coding.code, coding.origin is not Origin.ACCEPTED)
        by_source.setdefault(coding.source, {}).setdefault(coding.coder, []).append(mark)
    codebook = project.codebook()
    with project.reading() as connection:
        records = sources_store.sources(connection)
    for record in records:
        coders = by_source.get(record.guid)
        if coders is None:
            continue
        with project.reading() as connection:
            transcript = sources_store.transcript(connection, record)
        turns = Asking(transcript, codebook).turn_texts(range(len(transcript.turns)))
        for name in sorted(coders):
            yield Lesson(record.guid, turns, tuple(coders[name]))


def _codings(project: Project, coder: str) -> list[Coding]:
    with project.reading() as connection:
        return list(codings_store.codings(connection, coder=coder or None))


def _kept(project: Project, coder: str) -> LearnedRecord | None:
    with project.reading() as connection:
        return learned_store.learned(connection, coder)


def _fingerprint(project: Project, codings: list[Coding]) -> str:
    """Give a fingerprint of all that learning depends on: the codings and their sources, the codebook, the method."""
    with project.reading() as connection:
        speakers = sources_store.speakers(connection)
        sources = {record.guid: record.text_sha256 for record in sources_store.sources(connection)}
        segmentations = dict(sources_store.segmentations(connection))
    digest = hashlib.sha256(f"{METHOD} {pipeline.version()}\n".encode())
    digest.update(_codebook_text(project.codebook()))
    for guid in sorted({coding.source for coding in codings}):
        turns = [(turn.start, turn.end, turn.speaker) for turn in segmentations[guid].turns]
        counted = sorted(label for label, speaker in speakers.get(guid, {}).items() if speaker.counted)
        digest.update(f"{guid} {sources[guid]} {turns} {counted}\n".encode())
    for line in sorted(_line(coding) for coding in codings):
        digest.update(line.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _codebook_text(codebook: Codebook) -> bytes:
    return json.dumps(to_json(codebook), ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")


def _line(coding: Coding) -> str:
    return f"{coding.source} {coding.start} {coding.end} {coding.code} {coding.origin} {coding.coder}\n"

"""Making a study and telling what is in one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from koding.i18n import _
from koding.model.codebook import Codebook, WordField
from koding.model.pages import page_among, page_ends
from koding.model.transcript import Speaker, Turn
from koding.readers import codebook_yaml, word_fields
from koding.readers.yaml_fields import Problem
from koding.session.codebook_files import FORMATS, format_of, indicator_fault, read_codebook_in
from koding.session.naming import unknown
from koding.session.study_file import study_path
from koding.store import codings as codings_store
from koding.store import journal
from koding.store import sources as sources_store
from koding.store.integrity import findings
from koding.store.project import Project

action_label = journal.action_label


def read_codebook_file(path: Path) -> Codebook:
    """Read a codebook file of any format, with the word fields it uses. Raises KodingError."""
    return read_codebook_in(path).codebook


def codebook_problems(path: Path) -> list[Problem]:
    """Give everything that is wrong with a codebook file, its indicators included, or with a file of word fields.

    Raises KodingError for a file that cannot be read, also where a table of codes is faulty.
    """
    data = word_fields.file_bytes(path)
    if word_fields.holds_word_fields(data):
        return word_fields.check_word_fields(data, path.name, indicator_fault)
    found = format_of(path)
    if found is not None and found is not FORMATS["yaml"]:
        found.read(path)
        return []
    return codebook_yaml.check_codebook_file(path, indicator_fault)


def word_fields_in(path: Path) -> tuple[WordField, ...] | None:
    """Give the word fields of a file that holds nothing else, None for a codebook. Raises KodingError."""
    data = word_fields.file_bytes(path)
    return (
        word_fields.read_word_fields(data, path.name, indicator_fault) if word_fields.holds_word_fields(data) else None
    )


def create_study(path: Path, codebook: Path | Codebook, coder: str) -> Project:
    """Make a new study with a codebook, or with the one in a file. Raises KodingError."""
    book = read_codebook_file(codebook) if isinstance(codebook, Path) else codebook
    return Project.create(study_path(path), book, coder=coder)


def source_record(project: Project, name: str) -> sources_store.SourceRecord:
    """Give the source of this name. Raises UsageFault naming those there are."""
    with project.reading() as connection:
        records = sources_store.sources(connection)
    for record in records:
        if name in {record.name, record.file_name, record.guid}:
            return record
    raise unknown(_("source"), name, [record.name for record in records])


def require_coder(project: Project, name: str) -> None:
    """Raise UsageFault, naming those there are, where the study has no coder of this name."""
    with project.reading() as connection:
        known = codings_store.coders(connection)
    if name not in known:
        raise unknown(_("coder"), name, known)


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """A turn with who speaks it and its text; `page` is where its speech begins, None for a text without pages."""

    turn: Turn
    speaker: Speaker
    text: str
    page: int | None = None


def spoken_turns(project: Project, name: str) -> Iterator[SpokenTurn]:
    """Give the turns of a source, in order."""
    record = source_record(project, name)
    with project.reading() as connection:
        transcript = sources_store.transcript(connection, record)
    ends = page_ends(transcript.text)
    for turn in transcript.turns:
        text = transcript.text[turn.start : turn.end]
        yield SpokenTurn(turn, transcript.speaker_of(turn), text, page_among(ends, turn.start))


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """A source as `koding sources` lists it; `informants` are their names, `guessed` the labels nobody confirmed."""

    name: str
    words: int
    turns: int
    informants: tuple[str, ...]
    guessed: tuple[str, ...]
    codings: int


def source_summaries(project: Project) -> list[SourceSummary]:
    """Give every source with its size, its people and its codings, in import order."""
    with project.reading() as connection:
        records = sources_store.sources(connection)
        speakers = sources_store.speakers(connection)
        turns = {guid: len(segmentation.turns) for guid, segmentation in sources_store.segmentations(connection)}
        codings = sources_store.coding_counts(connection)
    found = []
    for record in records:
        who = speakers.get(record.guid, {}).values()
        people = dict.fromkeys(speaker.informant.name for speaker in who if speaker.counted and speaker.informant)
        guessed = tuple(speaker.label for speaker in who if speaker.guessed and speaker.label)
        found.append(
            SourceSummary(
                record.name,
                record.words,
                turns.get(record.guid, 0),
                tuple(people),
                guessed,
                codings.get(record.guid, 0),
            )
        )
    return found


def check_study(project: Project) -> list[str]:
    """Give one line for everything that is wrong with a study; none for a sound one."""
    with project.reading() as connection:
        return list(findings(connection))


def journal_events(project: Project, limit: int | None = None) -> Iterator[journal.Event]:
    """Give the journal's events, oldest first."""
    with project.reading() as connection:
        yield from journal.events(connection, limit)

"""Projects of other tools as files: which kind a file is, bringing one in, and checking one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from koding.model.exchange import Project
from koding.model.refi import Finding
from koding.readers.refi import codebook as codebook_reader
from koding.readers.refi import project as project_reader
from koding.session import foreign
from koding.session.interchange.importing import store_project
from koding.session.interchange.report import ProjectReport

_HEAD = 4096


def read_foreign(path: Path, wanted: str = "") -> Project:
    """Read a project of another tool, known by its content: REFI-QDA, or a tool's own format (`session.foreign`).

    `wanted` names the project where one file holds several. Raises KodingError.
    """
    if is_codebook(path):
        return codebook_reader.read_codebook(path)
    return foreign.read_any_project(path, wanted)


def import_project(path: Path, study: Path, coder: str, wanted: str = "") -> ProjectReport:
    """Bring a project into a study, which is made where there is none. Raises KodingError; then nothing is kept."""
    return store_project(read_foreign(path, wanted), study, coder)


@dataclass
class Conformance:
    """What a check of a file found: where it is not as the standard says, and what is in it, by element."""

    origin: str
    findings: list[Finding]
    counts: Mapping[str, int]
    notes: list[str] = field(default_factory=list)

    def record(self) -> Mapping[str, object]:
        """Give it as JSON has it."""
        return {
            "origin": self.origin,
            "conforms": not self.findings,
            "findings": [asdict(one) for one in self.findings],
            "counts": dict(self.counts),
            "notes": self.notes,
        }


def check_file(path: Path) -> Conformance:
    """Hold a project or a codebook against the standard. Raises KodingError where it cannot be read at all."""
    if is_codebook(path):
        checker = codebook_reader.new_checker()
        book = codebook_reader.read_codebook(path, checker)
        return Conformance(book.origin, checker.findings, {"Code": len(book.codes), "Set": len(book.sets)})
    checker = project_reader.new_checker()
    project = project_reader.read_project(path, checker)
    in_texts = sum(len(source.selections) for source in project.sources)
    in_media = sum(count for tag, count in project.lost.items() if tag.endswith("Selection"))
    counts = {
        "User": len(project.users),
        "Code": len(project.codes),
        "Variable": len(project.variables),
        "Case": len(project.cases),
        "Source": len(project.sources) + len(project.media),
        "Selection": in_texts + in_media,
        "Coding": project.coding_count() + project.codings_in_media,
        "Note": len(project.notes),
        "Set": len(project.sets),
        "Link": len(project.links),
        "Graph": len(project.graphs),
    }
    positions = [f"{source.name}: {source.counted}" for source in project.sources if source.counted]
    notes = list(dict.fromkeys([*project.warnings, *positions]))
    return Conformance(project.origin, checker.findings, counts, notes)


def is_codebook(path: Path) -> bool:
    """Whether a file is a codebook: by its ending, and by the root of its XML where the ending is another."""
    if path.suffix.lower() == ".qdc":
        return True
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    return not head.startswith(b"PK") and b"<CodeBook" in head and b"<Project" not in head

"""What becomes of a damaged file: it is tried at the door it would come in by, on a study, and the study is looked at."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from koding.errors import KodingError
from koding.readers.codings_csv import read_codings
from koding.session.codebook_files import read_codebook_in
from koding.session.exchange import CodingsImporter
from koding.session.foreign import read_any_project
from koding.session.importing import Importer, read_informants_file
from koding.session.interchange.importing import store_project
from koding.session.opening import check_study
from koding.store.project import Project
from tests.interchange.mutations import Case
from tests.studies import small_study

_LONGEST = 1500
GOOD, REFUSED, FAULT = "good", "refused", "fault"


@dataclass(frozen=True)
class Outcome:
    """How a case ended; `detail` is the refusal's line, or what went wrong."""

    ended: str
    detail: str = ""


class Bench:
    """A folder with a study that every case is tried on; a study that has changed is put back from its copy."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template = small_study(folder / "template.koding")
        self.bytes = self.template.read_bytes()
        self.study = folder / "study.koding"
        shutil.copy(self.template, self.study)

    def run(self, case: Case) -> Outcome:
        """Try a case. Whatever is neither a good import nor one clear line is a fault."""
        place = self.folder / "case"
        shutil.rmtree(place, ignore_errors=True)
        for name, data in case.files.items():
            file = place / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        (only,) = place.iterdir()
        try:
            _DOORS[case.door](self.study, only)
        except KodingError as fault:
            return self._refused(fault)
        except Exception as fault:  # noqa: BLE001 - any other is what the run is for
            self._put_back()
            return Outcome(FAULT, f"{type(fault).__name__}: {fault}"[:300])
        return self._good()

    def _refused(self, fault: KodingError) -> Outcome:
        line = str(fault)
        if not line.strip() or "\n" in line or len(line) > _LONGEST:
            return Outcome(FAULT, f"no clear line: {line!r}"[:300])
        if self._put_back():
            return Outcome(FAULT, f"the study was changed by a refusal: {line}")
        return Outcome(REFUSED, line)

    def _good(self) -> Outcome:
        if self.study.read_bytes() == self.bytes:
            return Outcome(GOOD)
        with Project.open(self.study) as project:
            wrong = check_study(project)
        self._put_back()
        return Outcome(FAULT, f"the study is unsound: {wrong[0]}") if wrong else Outcome(GOOD)

    def _put_back(self) -> bool:
        """Put the study back where it differs from its copy; true where it did."""
        if self.study.read_bytes() == self.bytes:
            return False
        for file in self.folder.glob("study.koding*"):
            file.unlink()
        self.study.write_bytes(self.bytes)
        return True


def _import(study: Path, path: Path) -> None:
    with Project.open(study) as project:
        report = Importer(project, "tester").run([path])
    if report.faults:
        raise report.faults[0].error


def _informants(study: Path, path: Path) -> None:
    with Project.open(study) as project:
        Importer(project, "tester", read_informants_file(path)).run([])


def _codings(study: Path, path: Path) -> None:
    table = read_codings(path.read_bytes(), path.name)
    with Project.open(study) as project:
        report = CodingsImporter(project, "tester").run(table)
    if report.bad:
        raise KodingError(report.bad[0].reason)


def _codebook(study: Path, path: Path) -> None:
    book = read_codebook_in(path).codebook
    Project.create(study.with_name("new.koding"), book, coder="tester").close()
    study.with_name("new.koding").unlink()


def _project(study: Path, path: Path) -> None:
    """Store a project as a new study, and into the study that stands; then into it again, which changes nothing."""
    file = read_any_project(path)
    new = study.with_name("new.koding")
    try:
        store_project(file, new, "tester")
        with Project.open(new) as project:
            if wrong := check_study(project):
                raise AssertionError(wrong[0])
    finally:
        for beside in study.parent.glob("new.koding*"):
            beside.unlink()
    store_project(file, study, "tester")
    again = store_project(file, study, "tester")
    if again.codings or again.codes or again.sources:
        raise AssertionError(again)


_DOORS: dict[str, Callable[[Path, Path], None]] = {
    "import": _import,
    "informants": _informants,
    "codings": _codings,
    "codebook": _codebook,
    "project": _project,
}

"""The demo study: the moving-reason codebook with constructed interviews and dialogue meetings, coded by two coders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from koding.errors import KodingError
from koding.i18n import _
from koding.material import material_folder
from koding.readers.codings_csv import read_codings
from koding.session.exchange import CodingsImporter
from koding.session.importing import Importer, read_informants_file
from koding.session.opening import create_study
from koding.store.project import Project

CODEBOOK = "flyttegrunner.yaml"
#: Interviews of one informant or two, and meetings where several groups speak in one file.
CORPORA = ("flytting_etter_bosetting", "dialogmoter_bolig")
STUDY_FILE = "flyttegrunner.koding"
#: The coder who makes the demo study, and has coded in it as Ola has.
CODER = "Kari"
#: The coder as whom the screen opens it: whoever tries it changes nothing of what the two have coded.
VISITOR = "demo"


@dataclass(frozen=True, slots=True)
class Made:
    """What making the demo brought in."""

    sources: int
    codings: int


def make_demo(path: Path, progress: Callable[[str], None] = lambda _line: None) -> Made:
    """Make the demo study at `path`. Raises KodingError; a half-made study is taken away."""
    corpora = material_folder("corpora")
    progress(_("Making the study"))
    sources = codings = 0
    with create_study(path, material_folder("codebooks") / CODEBOOK, CODER) as project:
        for name in CORPORA:
            progress(_("Importing {corpus}").format(corpus=name))
            sources += _import_texts(project, corpora / name)
            codings += _import_codings(project, corpora / name)
    return Made(sources, codings)


def _import_texts(project: Project, folder: Path) -> int:
    informants = read_informants_file(folder / "informants.csv")
    report = Importer(project, CODER, informants).run([folder])
    for fault in report.faults:
        raise KodingError(_("{file} was left out: {reason}").format(file=fault.path.name, reason=fault.error))
    return len(report.imported)


def _import_codings(project: Project, folder: Path) -> int:
    count = 0
    for file in sorted(folder.glob("codings_*.csv")):
        report = CodingsImporter(project, "").run(read_codings(file.read_bytes(), file.name))
        for bad in report.bad:
            raise KodingError(
                _("{file} line {line}: {reason}").format(file=file.name, line=bad.line, reason=bad.reason)
            )
        count += report.imported
    return count

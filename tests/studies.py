"""Small studies for the tests: a codebook of three families, three sources with several groups, how to make them."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from koding.model.coding import Coding, MemoTarget
from koding.readers.codebook_yaml import read_codebook
from koding.readers.informants import read_informants
from koding.session.import_report import ImportReport
from koding.session.importing import Importer
from koding.session.workbench import Workbench
from koding.store.entities import ENTITIES
from koding.store.project import Project

CHECKOUT = Path(__file__).parent.parent
CORPORA = CHECKOUT / "corpora"
CODEBOOKS = CHECKOUT / "codebooks"

CODEBOOK = """\
codebook: {id: mini, title: Minikodebok, language: nb, version: "1.0"}
facets:
  - key: retning
    label: Retning
    values:
      - {key: fra, label: Fra}
      - {key: til, label: Til}
  - key: stemme
    label: Stemme
    default: egen
    default_by:
      variable: gruppe
      values: {ansatt: tilskrevet}
    values:
      - {key: egen, label: Egen}
      - {key: tilskrevet, label: Tilskrevet}
  - key: status
    label: Status
    uncounted: [avvist]
    values:
      - {key: planlagt, label: Planlagt}
      - {key: avvist, label: Avvist}
codes:
  - key: arbeid
    label: Arbeid
    short: Arbeid som grunn.
    colour: "#2f6fb3"
    indicators: {nb: [jobb]}
    children:
      - {key: arbeid.relevant, label: Relevant arbeid}
      - {key: arbeid.inntekt, label: Inntekt}
  - key: ensomhet
    label: Ensomhet
    colour: "#c4475b"
    children:
      - {key: ensomhet.isolasjon, label: Isolasjon}
  - key: hverdag
    label: Hverdag
    colour: "#3f8f4f"
    codable: "no"
    children:
      - key: hverdag.bolig
        label: Bolig
        children:
          - {key: hverdag.bolig.leie, label: Leie}
"""

TEXTS = {
    "samira": (
        "Konstruert: Ja.\n\n"
        "I: Hvorfor flyttet du?\n\n"
        "Samira: Telefonen ringte aldri. Det var ikke jobben, jobb hadde jeg.\n\n"
        "I: Og leiligheten?\n\n"
        "Samira: Den var fin 🙂, men dyr. Jeg satt [ler] og så på veggen.\n"
    ),
    "meeting": (
        "Møteleder: Hvem vil begynne?\n"
        "Amina: Vi fikk ikke være med og velge bolig. Husleia var høy.\n"
        "Oddvar: De drar på grunn av jobb, tror vi. Slik er det her.\n"
        "Tolk: Hun sier at hun var alene hele vinteren.\n"
        "Nadia: Takk.\n"
    ),
    "essay": "Folk flytter dit det er arbeid. Slik har det alltid vært i Steinli.\n",
}

INFORMANTS = """\
source,speaker,informant,role,gruppe,botid,bosted [land<tettsted<by]
*,I,,interviewer,,,
*,Møteleder,,interviewer,,,
samira,Samira,F01,informant,flyktning,4,by
meeting,Amina,F02,informant,flyktning,10,land
meeting,Nadia,F03,informant,flyktning,2,tettsted
meeting,Tolk,F03,interpreter,flyktning,2,tettsted
meeting,Oddvar,K01,informant,ansatt,,by
essay,*,S01,informant,skribent,,
"""


@lru_cache
def codebook():
    """Give the small codebook."""
    return read_codebook(CODEBOOK.encode(), "mini.yaml")


def new_study(path: Path) -> Path:
    """Make a study with the small codebook and no sources."""
    Project.create(path, codebook(), coder="tester").close()
    return path


def bring_in(
    path: Path,
    texts: Mapping[str, str | bytes],
    informants: str = "",
    *,
    carry_over: bool = False,
    skip_bad: bool = False,
) -> ImportReport:
    """Write the texts as files beside the study and import them, as `koding import` does."""
    folder = path.parent / "transcripts"
    folder.mkdir(exist_ok=True)
    files = []
    for name, text in texts.items():
        file = folder / (name if "." in name else f"{name}.txt")
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        files.append(file)
    table = read_informants(informants.encode(), "informants.csv") if informants else None
    with Project.open(path) as project:
        return Importer(project, "tester", table).run(files, carry_over=carry_over, skip_bad=skip_bad)


def small_study(path: Path) -> Path:
    """Make the study of the three small sources with their informants."""
    bring_in(new_study(path), TEXTS, INFORMANTS)
    return path


def copied(template: Path, folder: Path) -> Path:
    """Give a copy of a closed study, for a test of its own."""
    return Path(shutil.copy(template, folder / template.name))


def code_words(bench: Workbench, source: str, words: str, code: str, **facets: str) -> Coding:
    """Code the first place where `words` stand in a source (by name)."""
    guid = guid_of(bench, source)
    start = bench.transcript(guid).text.index(words)
    return bench.code(guid, start, start + len(words), code, facets)


def introduced(bench: Workbench) -> Workbench:
    """Let a coder who is new to the study enter it: with a change, which is taken back."""
    bench.set_memo(MemoTarget.CODE, bench.codebook.codes[0].guid, "hei")
    bench.undo()
    return bench


def guid_of(bench: Workbench, source: str) -> str:
    """Give the GUID of the source of this name."""
    return next(state.guid for state in bench.sources() if state.name == source)


def state_of(path: Path) -> dict[str, dict[str, dict[str, object]]]:
    """Read the whole journaled state with plain sqlite3: entity to GUID to row."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    try:
        return {
            entity: {row["guid"]: dict(row) for row in connection.execute(f'SELECT * FROM "{entity}"')}
            for entity in ENTITIES
        }
    finally:
        connection.close()


def json_lines(text: str) -> list[dict[str, object]]:
    """Read one JSON object a line."""
    return [json.loads(line) for line in text.splitlines()]

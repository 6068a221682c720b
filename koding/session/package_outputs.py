"""The results that a replication package holds, each with the command that makes it anew, byte for byte."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from koding.i18n import speaking
from koding.model.coding import RESOLVED
from koding.session.agreeing import agreement_report
from koding.session.agreement_reading import agreement_table
from koding.session.exchange import exported
from koding.session.reporting import matrix_report
from koding.session.rounds import find_round, rounds
from koding.store import codings as codings_store
from koding.store import resolutions as resolutions_store
from koding.store import sources as sources_store
from koding.store.project import Project
from koding.writers.agreement import agreement_json
from koding.writers.codings_csv import codings_csv
from koding.writers.matrix import MatrixTable, matrix_json

#: The language of the results, whatever language the interface has.
LANGUAGE = "en"
#: Where the command of an output names the study.
STUDY = "STUDY"


@dataclass(frozen=True, slots=True)
class Output:
    """A result: its file in the package, and the arguments of `koding` that make it (`STUDY` for the study)."""

    file: str
    arguments: tuple[str, ...]

    @property
    def command(self) -> str:
        """Give the line a person types."""
        words = [f'"{word}"' if " " in word else word for word in self.arguments]
        return f"KODING_LANG={LANGUAGE} koding {' '.join(words)} -o {self.file}"


def outputs(project: Project) -> list[Output]:
    """Give the results that a study allows."""
    with project.reading() as connection:
        variables = [variable.name for variable in sources_store.variables(connection)]
        working = codings_store.working_coders(connection)
        resolved = bool(resolutions_store.resolutions(connection))
        named = {one.name: codings_store.working_coders(connection, one.guid) for one in rounds(project)}
    found = [Output("outputs/codings.csv", ("codings", "export", STUDY, "--no-text"))]
    if variables:
        by = ("matrix", STUDY, "--by", variables[0], "--format", "json")
        found.append(Output("outputs/matrix.json", by))
        if resolved:
            found.append(Output("outputs/matrix_resolved.json", (*by, "--resolved")))
    if len(working) > 1:
        found.append(Output("outputs/agreement.json", ("agree", STUDY, "--format", "json")))
    for number, (name, coders) in enumerate(named.items(), start=1):
        if len(coders) > 1:
            arguments = ("agree", STUDY, "--round", name, "--format", "json")
            found.append(Output(f"outputs/agreement_round{number}.json", arguments))
    return found


def rendered(project: Project, wanted: Output) -> bytes:
    """Make a result anew."""
    arguments = wanted.arguments
    with speaking(LANGUAGE):
        if arguments[0] == "codings":
            facets = [facet.key for facet in project.codebook().facets]
            rows = ((row.source, row.coding, row.text) for row in exported(project))
            return codings_csv(rows, facets, words=False).encode("utf-8")
        if arguments[0] == "matrix":
            coder = RESOLVED if "--resolved" in arguments else None
            report = matrix_report(project, [_after(arguments, "--by")], coder=coder)
            return _bytes(matrix_json(MatrixTable(report.study, report.matrix, report.note)))
        in_round = find_round(project, _after(arguments, "--round")) if "--round" in arguments else None
        if in_round is None:
            return _bytes(agreement_json(agreement_table(agreement_report(project))))
        report_of_round = agreement_report(project, unit=in_round.unit, in_round=in_round)
        return _bytes(agreement_json(agreement_table(report_of_round)))


def _after(arguments: Sequence[str], option: str) -> str:
    return arguments[arguments.index(option) + 1]


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8")

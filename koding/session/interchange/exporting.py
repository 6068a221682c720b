"""A study out to a REFI-QDA package, with koding's own file beside the XML."""

from __future__ import annotations

from operator import itemgetter
from pathlib import Path
from typing import Any

from koding.model.coding import RESOLVED
from koding.model.exchange import Project as ExchangeProject
from koding.model.refi import is_xml_text
from koding.session.interchange.gathering import Gatherer
from koding.session.interchange.notes import description_guid
from koding.session.interchange.sidecar import sidecar_bytes
from koding.store.carried import rows
from koding.store.codings import coder_guid
from koding.store.entities import ENTITIES
from koding.store.project import Project

#: Columns of what the XML holds for the most part; of entities that are not named here, all.
_COLUMNS = {
    "coding": ("guid", "facets", "origin", "suggester", "modified", "round"),
    "memo": ("guid", "created", "modified"),
}
Rows = dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]


def export_project(study: Project, path: Path, tool: str = "") -> list[str]:
    """Write the study as a REFI-QDA package; give lines on what could not be written. Raises KodingError.

    `tool` names one that is known to need something else than the standard (`writers.refi.tools`).
    """
    from koding.writers.refi.package import write_project
    from koding.writers.refi.tools import STANDARD, TOOLS

    with study.reading() as connection:
        # One state of the study, whatever another program writes meanwhile.
        connection.execute("BEGIN")
        try:
            project = gathered(study)
            kept = _rows(study, project)
        finally:
            connection.execute("ROLLBACK")
    return write_project(project, path, lambda digest: sidecar_bytes(kept, digest), TOOLS.get(tool, STANDARD))


def gathered(study: Project) -> ExchangeProject:
    """Give the study as a project of the exchange model."""
    with study.reading() as connection:
        ((guid, name, created, *_rest),) = rows(connection, "study")
        return Gatherer(connection, (guid, name, created)).gather()


def _rows(study: Project, project: ExchangeProject) -> Rows:
    """Give the rows for koding's own file: what the XML has no place for, or cannot hold exactly."""
    described = [rows(study.connection, "study")[0][0]]
    for source in project.sources:
        described.append(source.guid)
        described.extend(one.guid for one in source.selections if one.description)
    descriptions = {description_guid(guid) for guid in described}
    found: Rows = {}
    resolved = coder_guid(RESOLVED)
    for entity, columns in ENTITIES.items():
        all_rows = rows(study.connection, entity)
        if entity == "carried":
            all_rows = [row for row in all_rows if row[columns.index("kind")] == "element"]
        elif entity == "memo":
            all_rows = [row for row in all_rows if row[0] in descriptions]
        elif entity == "value":
            all_rows = [row for row in all_rows if not is_xml_text(str(row[columns.index("value")]))]
        elif entity == "coding":
            agreed = [row for row in all_rows if row[columns.index("coder")] == resolved]
            all_rows = [row for row in all_rows if row[columns.index("coder")] != resolved]
            if agreed:
                found[RESOLVED] = (columns, sorted(agreed, key=itemgetter(columns.index("guid"))))
        wanted = _COLUMNS.get(entity, columns)
        places = [columns.index(column) for column in wanted]
        chosen = all_rows if wanted == columns else [tuple(row[place] for place in places) for row in all_rows]
        if chosen:
            # By GUID, so that a copy of the study gives the same file.
            found[entity] = (wanted, sorted(chosen))
    return found

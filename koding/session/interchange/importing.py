"""A foreign project into a study: a new one, or one that stands, in one change or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from koding.errors import KodingError
from koding.i18n import _
from koding.model import exchange
from koding.model.codebook import Codebook
from koding.model.coding import RESOLVED, Origin
from koding.model.exchange import plain_guid
from koding.model.exchange_json import from_json
from koding.model.identity import content_guid, fresh_guid
from koding.model.keys import key_segment
from koding.model.modes import SuggestionMode
from koding.readers.refi.xml import DEEPEST
from koding.session.interchange.codes import store_codes
from koding.session.interchange.codings import CodingStorer
from koding.session.interchange.notes import NoteStorer, carry_rest
from koding.session.interchange.people import store_coders, store_informants, store_variables
from koding.session.interchange.report import ProjectReport
from koding.session.interchange.sidecar import Sidecar
from koding.session.interchange.sources import SourceStorer
from koding.session.interchange.storing import Storing, as_row
from koding.store import codings as codings_store
from koding.store import connection as files
from koding.store.carried import guids, restore, write_carried
from koding.store.codebooks import read_codebook
from koding.store.entities import ENTITIES
from koding.store.project import Project

#: Entities that the XML and the parts of an import see to; a later format's own ones are restored row by row.
_SEEN_TO = frozenset(
    {
        "study",
        "codebook",
        "code",
        "informant",
        "variable",
        "value",
        "source",
        "segmentation",
        "speaker",
        "coder",
        "coding",
        "memo",
        "carried",
    }
)


def store_project(file: exchange.Project, study: Path, coder: str) -> ProjectReport:
    """Store a project as a new study, or into the study that stands at that path, merging by GUID and texts by hash.

    All in one change: where anything fails nothing is kept, and a study that was made for it is taken away again.
    Storing the same project again changes nothing. `coder` is who does it. Raises KodingError.
    """
    if study.exists():
        with Project.open(study) as project:
            return store_into(project, file, coder)
    sidecar = Sidecar(file.sidecar)
    project = _new_study(file, sidecar, study, coder)
    try:
        report = store_into(project, file, coder, new=True)
    except BaseException:
        project.close()
        files.remove(study)
        raise
    project.close()
    return report


def store_into(project: Project, file: exchange.Project, coder: str, *, new: bool = False) -> ProjectReport:
    """Store a project into an open study; `new` also brings back what koding's own file says of the whole study."""
    report = ProjectReport(codings_lost=file.codings_lost, warnings=list(file.warnings), dropped=+file.dropped)
    sidecar = Sidecar(file.sidecar)
    if sidecar and not sidecar.whole:
        report.warnings.append(
            _("The project was changed after koding wrote it: koding.json is used only for what it still fits.")
        )
    with project.change(coder=coder, action="import project", detail=file.name) as change:
        connection = project.connection
        (study,) = guids(connection, "study")
        storing = Storing(change, connection, file, sidecar, report, study)
        if new:
            _restore_study(storing)
        store_codes(storing)
        store_coders(storing)
        store_variables(storing)
        store_informants(storing)
        SourceStorer(storing).run()
        if sidecar.whole:
            _restore_others(storing, ("round",))
        CodingStorer(storing).run()
        NoteStorer(storing).run()
        carry_rest(storing)
        write_carried(change, connection, storing.luggage)
        _restore_elements(storing)
        if sidecar.whole:
            _restore_resolved(storing)
            _restore_others(storing, [entity for entity in ENTITIES if entity not in _SEEN_TO])
    return report


def _new_study(file: exchange.Project, sidecar: Sidecar, study: Path, coder: str) -> Project:
    """Make the study with an empty codebook, under the identity it had where koding wrote the file."""
    row = next(iter(sidecar.rows("codebook").values()), {})
    title = str(row.get("title") or file.name)
    guid = plain_guid(str(row.get("guid", ""))) or content_guid(
        "codebook", file.name, *(one.guid for one in file.codes)
    )
    codebook = Codebook(guid=guid, id=str(row.get("id") or key_segment(file.name)), title=title, codes=())
    standing = next(iter(sidecar.rows("study")), "")
    return Project.create(
        study, codebook, coder=coder, guid=plain_guid(standing) or fresh_guid(), name=file.name or study.stem
    )


def _restore_study(storing: Storing) -> None:
    """Bring back the codebook's own content and the study's settings."""
    for entity in ("codebook", "study"):
        (guid,) = guids(storing.connection, entity)
        row = storing.sidecar.row(entity, guid)
        if row is not None:
            columns = {name: row[name] for name in ENTITIES[entity][1:] if name in row}
            if columns.get("suggesting", "open") not in set(SuggestionMode):
                del columns["suggesting"]
            if columns:
                storing.change.update(entity, guid, columns)
    try:
        read_codebook(storing.connection)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as fault:
        raise KodingError(_("koding.json in the package is damaged; nothing was imported.")) from fault


def _restore_elements(storing: Storing) -> None:
    """Bring back what the package carried for other tools outside its XML: elements that no schema knows."""
    standing = guids(storing.connection, "carried")
    rows = [
        {"guid": guid, "kind": "element", "owner": "", "position": len(standing), "content": row["content"]}
        for guid, row in storing.sidecar.rows("carried").items()
        if row.get("kind") == "element" and guid not in standing and _is_element(row.get("content"))
    ]
    if rows:
        storing.insert("carried", rows)


def _is_element(text: object) -> bool:
    """Whether a sidecar's text is an element as we write it, and no deeper than one that we read."""
    if not isinstance(text, str) or text.count('"children"') > DEEPEST:
        return False
    try:
        return bool(from_json(exchange.Node, json.loads(text)).tag)
    except (ValueError, TypeError, AttributeError):
        return False


def _restore_resolved(storing: Storing) -> None:
    """Bring back the codings that decisions about disagreements rest on."""
    standing = guids(storing.connection, "coding")
    lengths = {source.guid: len(source.text) for source in storing.file.sources if source.guid in storing.sources}
    resolved = codings_store.coder_guid(RESOLVED)
    rows = [
        as_row(ENTITIES["coding"], row)
        for guid, row in storing.sidecar.rows(RESOLVED).items()
        if guid not in standing and row.get("coder") == resolved and _is_coding(row, lengths)
    ]
    if not rows:
        return
    codings_store.write_coder(storing.change, storing.connection, RESOLVED)
    if not restore(storing.change, storing.connection, "coding", rows):
        storing.report.warnings.append(
            _("What koding.json says of {entity} does not fit this study and was left out.").format(entity=RESOLVED)
        )


def _is_coding(row: Mapping[str, Any], lengths: Mapping[str, int]) -> bool:
    """Whether a sidecar's row can be a coding of a text of these lengths (code points, by source)."""
    start, end = row.get("start"), row.get("end")
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end):
        return False
    try:
        codings_store.facets_of(str(row.get("facets")))
        Origin(str(row.get("origin")))
    except (ValueError, TypeError, AttributeError):
        return False
    return end <= lengths.get(str(row.get("source")), 0)


def _restore_others(storing: Storing, entities: Sequence[str]) -> None:
    """Bring back the rows of entities that the XML knows nothing of: rounds, decisions, and those of later formats."""
    for entity in entities:
        columns = ENTITIES[entity]
        standing = guids(storing.connection, entity)
        rows = [as_row(columns, row) for guid, row in storing.sidecar.rows(entity).items() if guid not in standing]
        if rows and not restore(storing.change, storing.connection, entity, rows):
            storing.report.warnings.append(
                _("What koding.json says of {entity} does not fit this study and was left out.").format(entity=entity)
            )

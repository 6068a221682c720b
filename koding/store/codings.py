"""Codings and memos, as the study keeps them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from functools import lru_cache

from koding.model.coding import RESOLVED, Coding, MemoTarget, Origin
from koding.model.identity import content_guid, fresh_guid
from koding.store.journal import Change, Row


def facets_text(facets: Mapping[str, str]) -> str:
    """Give facets as the study stores them: a JSON object with sorted keys, empty values left out."""
    if not facets:
        return "{}"
    return json.dumps(
        {key: value for key, value in sorted(facets.items()) if value}, ensure_ascii=False, separators=(",", ":")
    )


@lru_cache(maxsize=4096)
def facets_of(text: str) -> Mapping[str, str]:
    """Read facets back; few combinations occur, so that each is parsed once."""
    found: dict[str, str] = json.loads(text)
    return found


@lru_cache(maxsize=256)
def coder_guid(name: str) -> str:
    """Give the GUID of the coder with this name."""
    return content_guid("coder", name)


def write_coder(change: Change, connection: sqlite3.Connection, name: str) -> str:
    """See to it that the coder is known, and give the GUID."""
    guid = coder_guid(name)
    if connection.execute("SELECT 1 FROM coder WHERE guid = ?", (guid,)).fetchone() is None:
        change.insert("coder", [(guid, name)])
    return guid


def coding_row(coding: Coding, code: str) -> Row:
    """Give the row of a coding; `code` is the GUID of its code."""
    return (
        coding.guid,
        coding.source,
        coding.start,
        coding.end,
        code,
        coder_guid(coding.coder),
        facets_text(coding.facets),
        coding.origin.value,
        coding.suggester or None,
        coding.created,
        coding.modified,
        coding.round or None,
    )


def codings(
    connection: sqlite3.Connection,
    *,
    source: str | None = None,
    coder: str | None = None,
    in_round: str | None = None,
    resolved: bool = False,
) -> Iterator[Coding]:
    """Give codings with their memos, by source in import order and then by place in the text.

    `source` is a source's GUID, `coder` a coder's name, `in_round` a round's GUID; all None gives the whole study.
    What was decided about disagreements is no coder's coding: it comes along only with `resolved`, or where `coder`
    asks for it by name. A coding's memo is the one its own coder wrote.
    """
    conditions: list[str] = []
    parameters: list[str] = []
    if source is not None:
        conditions.append("c.source = ?")
        parameters.append(source)
    if coder is not None:
        conditions.append("c.coder = ?")
        parameters.append(coder_guid(coder))
    elif not resolved:
        conditions.append("c.coder <> ?")
        parameters.append(coder_guid(RESOLVED))
    if in_round is not None:
        conditions.append("c.round = ?")
        parameters.append(in_round)
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    query = (
        'SELECT c.guid, c.source, c.start, c."end", k.key, w.name, c.facets, m.text, c.origin, c.suggester, '
        "c.created, c.modified, c.round FROM coding c JOIN code k ON k.guid = c.code JOIN coder w ON w.guid = c.coder "
        "JOIN source s ON s.guid = c.source LEFT JOIN memo m ON m.target = c.guid AND m.coder = c.coder "
        f'{where} ORDER BY s.position, c.start, c."end", k.position, w.name, c.guid'
    )
    for row in connection.execute(query, parameters):
        yield Coding(
            guid=row[0],
            source=row[1],
            start=row[2],
            end=row[3],
            code=row[4],
            coder=row[5],
            facets=facets_of(row[6]),
            memo=row[7] or "",
            origin=Origin(row[8]),
            suggester=row[9] or "",
            created=row[10] or "",
            modified=row[11] or "",
            round=row[12] or "",
        )


def has_coding(  # noqa: PLR0913 - what makes a coding the same one
    connection: sqlite3.Connection, *, source: str, coder: str, start: int, end: int, code: str, in_round: str = ""
) -> bool:
    """Say whether the coder (a name) has this code (a GUID) on exactly this span, in this round ("" for none)."""
    found = connection.execute(
        'SELECT 1 FROM coding WHERE source = ? AND coder = ? AND start = ? AND "end" = ? AND code = ? '
        "AND coalesce(round, '') = ?",
        (source, coder_guid(coder), start, end, code, in_round),
    ).fetchone()
    return found is not None


def coding_place(connection: sqlite3.Connection, guid: str) -> tuple[str, int, int, str] | None:
    """Give (source GUID, start, end, code GUID) of a coding, None where it is gone."""
    found = connection.execute('SELECT source, start, "end", code FROM coding WHERE guid = ?', (guid,)).fetchone()
    return None if found is None else (str(found[0]), int(found[1]), int(found[2]), str(found[3]))


def code_key(connection: sqlite3.Connection, guid: str) -> str:
    """Give the key of a code by its GUID, "" for one that is gone."""
    found = connection.execute("SELECT key FROM code WHERE guid = ?", (guid,)).fetchone()
    return "" if found is None else str(found[0])


def coding_starts(
    connection: sqlite3.Connection, coder: str, source: str | None = None, in_round: str | None = None
) -> Iterator[tuple[str, int, int]]:
    """Give (source GUID, start, end) of the coder's codings, by source and place."""
    condition, parameters = "coder = ?", [coder_guid(coder)]
    if source is not None:
        condition, parameters = "source = ? AND coder = ?", [source, coder_guid(coder)]
    if in_round is not None:
        condition, parameters = condition + " AND round = ?", [*parameters, in_round]
    return connection.execute(
        f'SELECT source, start, "end" FROM coding WHERE {condition} ORDER BY source, start', parameters
    )


def spans(
    connection: sqlite3.Connection, coder: str | None = None, in_round: str | None = None
) -> Iterator[tuple[str, int, int, str, str]]:
    """Give (source GUID, start, end, code GUID, facets as text) of every coding, by source: the bare rows of counts.

    `coder` is a name, None for all coders; `in_round` a round's GUID, None for codings of any round and of none.
    """
    condition, parameters = _whose(coder, in_round)
    return connection.execute(
        f'SELECT source, start, "end", code, facets FROM coding WHERE {condition} ORDER BY source', parameters
    )


def _whose(coder: str | None, in_round: str | None) -> tuple[str, list[str]]:
    condition = "coder <> ?" if coder is None else "coder = ?"
    parameters = [coder_guid(RESOLVED if coder is None else coder)]
    if in_round is not None:
        condition += " AND round = ?"
        parameters.append(in_round)
    return condition, parameters


def code_counts(connection: sqlite3.Connection, coder: str) -> dict[str, int]:
    """Give how many codings the coder has of each code, by the code's key."""
    return dict(
        connection.execute(
            # Counted before the codes are looked up: within the index, and one look for each code.
            "SELECT k.key, c.times FROM (SELECT code, count(*) AS times FROM coding WHERE coder = ? GROUP BY code) c "
            "JOIN code k ON k.guid = c.code",
            (coder_guid(coder),),
        )
    )


def coders(connection: sqlite3.Connection) -> list[str]:
    """Give the coders' names."""
    return [name for (name,) in connection.execute("SELECT name FROM coder WHERE name <> ? ORDER BY name", (RESOLVED,))]


def remove_coding(change: Change, connection: sqlite3.Connection, guid: str) -> None:
    """Remove a coding with the memos on it."""
    for (memo,) in connection.execute("SELECT guid FROM memo WHERE target = ?", (guid,)).fetchall():
        change.delete("memo", memo)
    change.delete("coding", guid)


def memos_on(connection: sqlite3.Connection, target: str) -> set[str]:
    """Give the GUIDs of the memos that anybody has written on `target` (a GUID)."""
    return {guid for (guid,) in connection.execute("SELECT guid FROM memo WHERE target = ?", (target,))}


def standing_on(connection: sqlite3.Connection, source: str) -> Iterator[tuple[str, str]]:
    """Give (entity, GUID) of all that has positions in a source's text: everybody's codings and decisions."""
    for entity in ("coding", "decision"):
        for (guid,) in connection.execute(f"SELECT guid FROM {entity} WHERE source = ?", (source,)):
            yield entity, guid


def memo(connection: sqlite3.Connection, target: str, coder: str) -> str:
    """Give what the coder wrote about `target` (a GUID), "" for nothing."""
    found = connection.execute(
        "SELECT text FROM memo WHERE target = ? AND coder = ?", (target, coder_guid(coder))
    ).fetchone()
    return "" if found is None else str(found[0])


def write_memo(  # noqa: PLR0913 - the parts of a memo
    change: Change, connection: sqlite3.Connection, *, kind: MemoTarget, target: str, coder: str, text: str
) -> None:
    """Make `text` the coder's memo on `target`; an empty text takes the memo away."""
    found = connection.execute(
        "SELECT guid FROM memo WHERE target = ? AND coder = ?", (target, coder_guid(coder))
    ).fetchone()
    if found is None:
        if text:
            row = (fresh_guid(), kind.value, target, coder_guid(coder), text, change.at, change.at)
            change.insert("memo", [row])
    elif text:
        change.update("memo", found[0], {"text": text, "modified": change.at})
    else:
        change.delete("memo", found[0])


def coded_sources(connection: sqlite3.Connection, coder: str | None, in_round: str | None = None) -> int:
    """Give how many sources have a coding (of this coder, in this round)."""
    condition, parameters = _whose(coder, in_round)
    row = connection.execute(f"SELECT count(DISTINCT source) FROM coding WHERE {condition}", parameters).fetchone()
    return int(row[0])


def working_coders(connection: sqlite3.Connection, in_round: str | None = None) -> list[str]:
    """Give the names of coders who have codings (in this round)."""
    condition, parameters = _whose(None, in_round)
    return [
        name
        for (name,) in connection.execute(
            f"SELECT name FROM coder WHERE guid IN (SELECT coder FROM coding WHERE {condition}) ORDER BY name",
            parameters,
        )
    ]


def coding_places(connection: sqlite3.Connection) -> tuple[set[tuple[str, str, int, int, str, str]], set[str]]:
    """Give (source, coder, start, end, code, round) of every coding as it is kept, and the codings' own GUIDs."""
    places, guids = set(), set()
    for guid, *place in connection.execute(
        "SELECT guid, source, coder, start, \"end\", code, coalesce(round, '') FROM coding"
    ):
        places.add(tuple(place))
        guids.add(guid)
    return places, guids

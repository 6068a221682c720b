"""Sources, their turns and the people who speak in them, as the study keeps them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from koding.errors import StudyDamaged
from koding.i18n import _
from koding.model.coding import RESOLVED
from koding.model.identity import content_guid
from koding.model.transcript import Informant, Role, Speaker, Transcript, Turn
from koding.model.variables import Variable, VariableKind
from koding.store.journal import Change, Row

_EMPTY = Turn(0, 0, 0, "")


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What the study knows of a source apart from its text; `characters` in code points, `words` of its speech."""

    guid: str
    name: str
    title: str
    file_name: str
    file_sha256: str
    text_sha256: str
    encoding: str
    format: str
    characters: int
    words: int
    position: int
    created: str


@dataclass(frozen=True, slots=True)
class Segmentation:
    """The turns of one source with the words of each; `words[i]` belongs to `turns[i]`."""

    turns: tuple[Turn, ...]
    words: tuple[int, ...]


def sha256(content: bytes) -> str:
    """Give the SHA-256 of bytes as lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def store_text(connection: sqlite3.Connection, text: str, digest: str) -> None:
    """Keep a text under its SHA-256 and in the search index; a text that is there already is left alone."""
    cursor = connection.execute("INSERT OR IGNORE INTO text (sha256, text) VALUES (?, ?)", (digest, text))
    if cursor.rowcount:
        connection.execute("INSERT INTO text_fts (rowid, text) VALUES (?, ?)", (cursor.lastrowid, text))


def segmentation_row(guid: str, segmentation: Segmentation) -> Row:
    """Give the row that holds a source's turns: [mark, start, end, label number, time, words] for each."""
    labels = list(dict.fromkeys(turn.speaker for turn in segmentation.turns))
    number = {label: index for index, label in enumerate(labels)}
    turns = [
        [turn.mark, turn.start, turn.end, number[turn.speaker], turn.time, words]
        for turn, words in zip(segmentation.turns, segmentation.words, strict=True)
    ]
    return (
        guid,
        json.dumps(labels, ensure_ascii=False, separators=(",", ":")),
        json.dumps(turns, separators=(",", ":")),
    )


def read_segmentation(labels: str, turns: str) -> Segmentation:
    """Read back what `segmentation_row` wrote. Raises StudyDamaged for what it did not."""
    try:
        return _segmentation(json.loads(labels), json.loads(turns))
    except (ValueError, TypeError, IndexError) as fault:
        raise StudyDamaged(
            _("The turns of a source are damaged ({reason}).").format(reason=fault),
            _("koding check tells which; take the newest copy or backup of the study."),
        ) from fault


def _segmentation(names: list[str], rows: list[list[int | None]]) -> Segmentation:
    return Segmentation(
        tuple(
            Turn(int(mark or 0), int(start or 0), int(end or 0), names[int(label or 0)], time)
            for mark, start, end, label, time, _words in rows
        ),
        tuple(int(row[5] or 0) for row in rows),
    )


def sources(connection: sqlite3.Connection) -> list[SourceRecord]:
    """Give the sources in the order they were imported."""
    rows = connection.execute(
        "SELECT guid, name, title, file_name, file_sha256, text_sha256, encoding, format, characters, words, "
        "position, created FROM source ORDER BY position, name"
    )
    return [SourceRecord(*row) for row in rows]


def read_text(connection: sqlite3.Connection, source: str) -> str:
    """Give the text of a source."""
    return str(
        connection.execute(
            "SELECT t.text FROM source s JOIN text t ON t.sha256 = s.text_sha256 WHERE s.guid = ?", (source,)
        ).fetchone()[0]
    )


def text_sha256(connection: sqlite3.Connection, source: str) -> str:
    """Give the hash of the text that a source has now."""
    return str(connection.execute("SELECT text_sha256 FROM source WHERE guid = ?", (source,)).fetchone()[0])


def segmentations(connection: sqlite3.Connection) -> Iterator[tuple[str, Segmentation]]:
    """Give the turns of every source, by the source's GUID."""
    for guid, labels, turns in connection.execute("SELECT guid, labels, turns FROM segmentation"):
        yield guid, read_segmentation(labels, turns)


def segmentation_of(connection: sqlite3.Connection, source: str) -> Segmentation:
    """Give the turns of one source."""
    labels, turns = connection.execute("SELECT labels, turns FROM segmentation WHERE guid = ?", (source,)).fetchone()
    return read_segmentation(labels, turns)


def transcript(connection: sqlite3.Connection, record: SourceRecord) -> Transcript:
    """Give a source as it is read: text, turns, speakers."""
    return Transcript(
        guid=record.guid,
        name=record.name,
        text=read_text(connection, record.guid),
        turns=segmentation_of(connection, record.guid).turns,
        speakers=speakers(connection, [record.guid]).get(record.guid, {}),
    )


def excerpt(
    connection: sqlite3.Connection, record: SourceRecord, speakers: Mapping[str, Speaker], wanted: Iterable[int]
) -> Transcript:
    """Give a source with no more of its turns than those `wanted` by index; the others are empty, in their places."""
    labels, turns = connection.execute(
        "SELECT labels, turns FROM segmentation WHERE guid = ?", (record.guid,)
    ).fetchone()
    names, rows = json.loads(labels), json.loads(turns)
    found = [_EMPTY] * len(rows)
    for index in wanted:
        mark, start, end, label, time, _words = rows[index]
        found[index] = Turn(mark, start, end, names[label], time)
    return Transcript(record.guid, record.name, read_text(connection, record.guid), tuple(found), speakers)


def variables(connection: sqlite3.Connection) -> list[Variable]:
    """Give the variables known about informants, in the order of the informants file."""
    rows = connection.execute("SELECT name, kind, categories FROM variable ORDER BY position, name")
    return [Variable(name, VariableKind(kind), tuple(json.loads(categories))) for name, kind, categories in rows]


def variables_without_values(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Give (GUID, name) of the variables that nobody has a value of."""
    return connection.execute(
        "SELECT guid, name FROM variable WHERE guid NOT IN (SELECT variable FROM value) ORDER BY position, name"
    ).fetchall()


def informants(connection: sqlite3.Connection) -> dict[str, Informant]:
    """Give every informant with their variables, by GUID."""
    values: dict[str, dict[str, str]] = {}
    for guid, name, value in connection.execute(
        "SELECT v.informant, n.name, v.value FROM value v JOIN variable n ON n.guid = v.variable ORDER BY n.position"
    ):
        values.setdefault(guid, {})[name] = value
    return {
        guid: Informant(guid, name, values.get(guid, {}))
        for guid, name in connection.execute("SELECT guid, name FROM informant ORDER BY name")
    }


def speakers(connection: sqlite3.Connection, only: Sequence[str] | None = None) -> dict[str, dict[str, Speaker]]:
    """Give who speaks, by source GUID and label; `only` restricts to these sources."""
    people = informants(connection)
    found: dict[str, dict[str, Speaker]] = {}
    query = "SELECT source, label, role, informant, guessed FROM speaker"
    parameters: tuple[str, ...] = ()
    if only is not None:
        query += f" WHERE source IN ({', '.join('?' * len(only))})"
        parameters = tuple(only)
    for source, label, role, informant, guessed in connection.execute(query, parameters):
        found.setdefault(source, {})[label] = Speaker(
            label, Role(role), people.get(informant) if informant else None, bool(guessed)
        )
    return found


def informant_guid(name: str) -> str:
    """Give the GUID of the informant with this name."""
    return content_guid("informant", name)


def write_variables(change: Change, connection: sqlite3.Connection, wanted: Iterable[Variable]) -> None:
    """Write variables that are new or have changed kind or categories."""
    known = {variable.name: variable for variable in variables(connection)}
    position = len(known)
    for variable in wanted:
        guid = content_guid("variable", variable.name)
        categories = json.dumps(variable.categories, ensure_ascii=False)
        if variable.name not in known:
            change.insert("variable", [(guid, variable.name, variable.kind.value, categories, position)])
            position += 1
        elif known[variable.name] != variable:
            change.update("variable", guid, {"kind": variable.kind.value, "categories": categories})


def write_informants(change: Change, connection: sqlite3.Connection, wanted: Mapping[str, Mapping[str, str]]) -> None:
    """Write informants by name with their variables' values; an empty value takes away what was known."""
    known = {person.name: person for person in informants(connection).values()}
    for name, values in wanted.items():
        guid = informant_guid(name)
        if name not in known:
            change.insert("informant", [(guid, name)])
        present = known[name].variables if name in known else {}
        for variable, value in values.items():
            value_guid = content_guid("value", name, variable)
            if value and variable not in present:
                change.insert("value", [(value_guid, guid, content_guid("variable", variable), value)])
            elif value and present[variable] != value:
                change.update("value", value_guid, {"value": value})
            elif not value and variable in present:
                change.delete("value", value_guid)


def write_speakers(
    change: Change,
    connection: sqlite3.Connection,
    source: str,
    wanted: Iterable[tuple[str, Role, str | None, bool]],
) -> None:
    """Make the speakers of a source be `wanted`: (label, role, informant's name, guessed) for each label."""
    present = {
        label: (guid, role, informant, guessed)
        for guid, label, role, informant, guessed in connection.execute(
            "SELECT guid, label, role, informant, guessed FROM speaker WHERE source = ?", (source,)
        )
    }
    new: list[Row] = []
    for label, role, name, guessed in wanted:
        informant = informant_guid(name) if name else None
        standing = present.pop(label, None)
        if standing is None:
            guid = content_guid("speaker", source, label)
            new.append((guid, source, label, role.value, informant, int(guessed)))
        elif standing[1:] != (role.value, informant, int(guessed)):
            columns = {"role": role.value, "informant": informant, "guessed": int(guessed)}
            change.update("speaker", standing[0], columns)
    for guid, *_rest in present.values():
        change.delete("speaker", guid)
    if new:
        change.insert("speaker", new)


def coding_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Give how many codings of coders every source has, by its GUID."""
    return dict(
        connection.execute(
            "SELECT source, count(*) FROM coding WHERE coder <> ? GROUP BY source", (content_guid("coder", RESOLVED),)
        )
    )

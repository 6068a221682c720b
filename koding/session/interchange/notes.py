"""The notes of a foreign project as memos of the study, and what only is carried: sets, links, graphs, media.

A note becomes the memo of the first coding, source, code or project that refers to it (some tools refer by a link).
A description of a selection or a source, which several tools use for comments, becomes a memo too, and goes out as a
description again.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

from koding.model.coding import MemoTarget
from koding.model.exchange import Selection, Source
from koding.model.exchange_json import to_json
from koding.model.identity import content_guid
from koding.model.refi import xml_text
from koding.session.interchange.codes import SENSITIVE_SET
from koding.session.interchange.people import coder_of
from koding.session.interchange.storing import Storing
from koding.store import codings as codings_store
from koding.store.carried import store_part
from koding.store.memos import memo_places

_TITLE = 60
#: Kinds of elements that refer to notes, as the carried content names them.
Reference = tuple[str, str]


def note_name(text: str) -> str:
    """Give the name an exported memo gets: the beginning of its first line."""
    line = text.strip().split("\n", 1)[0].strip()
    return line if len(line) <= _TITLE else line[: _TITLE - 1].rstrip() + "…"


def description_guid(element: str) -> str:
    """Give the GUID of the memo that holds the description of an element."""
    return content_guid("description", element)


class NoteStorer:
    """Writes memos, and carries what cannot be one."""

    def __init__(self, storing: Storing) -> None:
        self._storing = storing
        self._places, self._guids = memo_places(storing.connection)
        self._rows: list[dict[str, object]] = []
        self._by_coding: dict[str, Selection] = {}
        self._by_selection: dict[str, str] = {}

    def run(self) -> None:
        """Write the memos."""
        references = self._references()
        for note in self._storing.file.notes:
            self._note(note, references.get(note.guid, []))
        self._descriptions()
        if self._rows:
            self._storing.insert("memo", self._rows)
        self._storing.report.memos = len(self._rows)

    def _references(self) -> dict[str, list[Reference]]:
        """Give for each note what refers to it: (kind, GUID in the file)."""
        file = self._storing.file
        found: dict[str, list[Reference]] = defaultdict(list)
        holders: list[tuple[str, str, Iterable[str]]] = [("project", "", file.note_refs)]
        holders.extend(("code", code.guid, code.notes) for code in file.codes)
        holders.extend(("link", link.guid, link.notes) for link in file.links)
        for source in (*file.sources, *file.notes):
            holders.append(("note" if source.kind == "Note" else "source", source.guid, source.notes))
            for selection in source.selections:
                holders.append(("selection", selection.guid, selection.notes))
                for coding in selection.codings:
                    self._by_coding[coding.guid] = selection
                    self._by_selection.setdefault(selection.guid, coding.guid)
                    holders.append(("coding", coding.guid, coding.notes))
        for kind, guid, notes in holders:
            for note in notes:
                found[note].append((kind, guid))
        return found

    def _note(self, note: Source, references: Sequence[Reference]) -> None:
        storing = self._storing
        linked = [
            (kind, link.target)
            for link in storing.file.links
            if link.origin == note.guid
            for kind in ("selection", "source", "code")
        ]
        target = next(filter(None, (self._target(kind, guid) for kind, guid in (*references, *linked))), None)
        owner = ""
        if target is not None and note.text and not note.missing:
            owner = self._memo(note.guid, target, note.user, note.text, (note.created, note.modified))
        if owner and self._made_again(note, references, owner, target):
            return
        content = to_json(note)
        if owner:
            content.pop("text", None)
        else:
            storing.report.carried["Note"] += 1
        for name in ("counted", "file_name", "file_sha256", "encoding", "notes"):
            content.pop(name, None)
        storing.carry("note", owner, note.guid, {"note": content, "at": [list(one) for one in references]})

    def _target(self, kind: str, guid: str) -> tuple[MemoTarget, str] | None:
        """Give what in the study a reference means."""
        storing = self._storing
        if kind == "project":
            return MemoTarget.STUDY, storing.study
        if kind == "code" and guid in storing.codes:
            return MemoTarget.CODE, storing.codes[guid]
        if kind == "source" and guid in storing.sources:
            return MemoTarget.SOURCE, storing.sources[guid]
        if kind == "selection":
            guid = self._by_selection.get(guid, "")
        coding = storing.codings.get(guid) if kind in {"coding", "selection"} else None
        return None if coding is None else (MemoTarget.CODING, coding)

    def _memo(self, guid: str, target: tuple[MemoTarget, str], user: str, text: str, times: tuple[str, str]) -> str:
        """Write a memo and give its GUID; "" where this coder has written another on the same thing."""
        coder = codings_store.coder_guid(coder_of(self._storing, user or self._writer(target)))
        if guid in self._guids:
            return guid
        if (target[1], coder) in self._places:
            return ""
        self._guids.add(guid)
        self._places.add((target[1], coder))
        created = times[0] or self._storing.change.at
        self._rows.append(
            {
                "guid": guid,
                "kind": target[0].value,
                "target": target[1],
                "coder": coder,
                "text": text,
                "created": created,
                "modified": times[1] or created,
            }
        )
        return guid

    def _writer(self, target: tuple[MemoTarget, str]) -> str:
        """Give the user of a note that names none: who made the coding it is on, else who made the project."""
        selection = self._by_coding.get(target[1])
        if selection is not None:
            users = [coding.user for coding in selection.codings if coding.guid == target[1]]
            return (users[0] if users else "") or selection.user
        return self._maker()

    def _maker(self) -> str:
        written = self._storing.file.attributes.get("creatingUserGUID", "").strip("{} ").lower()
        return written if written in self._storing.coders else ""

    @staticmethod
    def _made_again(
        note: Source, references: Sequence[Reference], owner: str, target: tuple[MemoTarget, str] | None
    ) -> bool:
        """Whether an export would write the note so from the memo alone."""
        if (
            target is None
            or note.guid != owner
            or note.description is not None
            or note.name != xml_text(note_name(note.text))
        ):
            return False
        wanted = ("project", "") if target[0] is MemoTarget.STUDY else (target[0].value, target[1])
        extras = (
            note.selections or note.codings or note.values or note.extra or note.notes or "richTextPath" in note.parts
        )
        return not extras and bool(note.user) and list(references) == [wanted]

    def _descriptions(self) -> None:
        storing = self._storing
        for source in storing.file.sources:
            guid = storing.sources.get(source.guid)
            if guid is None:
                continue
            if source.description:
                target = (MemoTarget.SOURCE, guid)
                times = (source.created, source.modified)
                self._memo(
                    description_guid(source.guid), target, source.user or self._maker(), source.description, times
                )
            for one in source.selections:
                coding = next((storing.codings[c.guid] for c in one.codings if c.guid in storing.codings), None)
                if one.description and coding is not None:
                    user = one.codings[0].user or one.user
                    target = (MemoTarget.CODING, coding)
                    self._memo(description_guid(one.guid), target, user, one.description, (one.created, one.modified))
        if storing.file.description:
            guid = description_guid(storing.study)
            self._memo(guid, (MemoTarget.STUDY, storing.study), self._maker(), storing.file.description, ("", ""))


def carry_rest(storing: Storing) -> None:
    """Carry what koding has no place for at all, and the files of the package."""
    file = storing.file
    counted = storing.report.carried
    for one in file.sets:
        if one.guid != SENSITIVE_SET:
            storing.carry("set", "", one.guid, to_json(one))
            counted["Set"] += 1
    for link in file.links:
        storing.carry("link", "", link.guid, to_json(link))
        counted["Link"] += 1
    for kind, nodes in (("graph", file.graphs), ("media", file.media), ("element", file.extra)):
        for node in nodes:
            content = to_json(node)
            text = json.dumps(content, ensure_ascii=False, sort_keys=True)
            storing.carry(
                kind, "", node.attributes.get("guid", "") + hashlib.sha256(text.encode()).hexdigest(), content
            )
    counted["Graph"] += len(file.graphs)
    counted.update(file.lost)
    for path, data in file.parts.items():
        digest = store_part(storing.connection, data)
        storing.carry("part", "", path + digest, {"path": path, "sha256": digest})
    if file.written:
        text = json.dumps(file.written, sort_keys=True)
        storing.carry("written", "", hashlib.sha256(text.encode()).hexdigest(), {"written": file.written})
    if not file.origin.startswith("koding"):
        kept = {name: value for name, value in file.attributes.items() if name != "basePath"}
        storing.carry("project", "", file.name + file.origin, {"attributes": kept})
    storing.report.carried = +counted

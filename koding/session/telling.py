"""Telling a change of the study in words: which code, on which words of which source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from koding.i18n import N_, _
from koding.model.coding import MemoTarget
from koding.store import codings as codings_store
from koding.store import journal
from koding.store import sources as sources_store
from koding.store.project import Connection

#: Code points of a passage that a line quotes.
_QUOTED = 44

_CHANGES = {
    "code": N_("coding with {code}: {passage}"),
    "recode": N_("change from {before} to {code}: {passage}"),
    "facets": N_("facets of {code}: {passage}"),
    "resize": N_("new edges of {code}: {passage}"),
    "remove": N_("removal of {code}: {passage}"),
    "accept": N_("accepted suggestion of {code}: {passage}"),
    "reject": N_("rejected suggestion of {code}: {passage}"),
}
_MEMOS = {
    MemoTarget.CODING: N_("memo on {code}: {passage}"),
    MemoTarget.SOURCE: N_("memo on the source {source}"),
    MemoTarget.CODE: N_("memo on the code {code}"),
    MemoTarget.STUDY: N_("memo on the study"),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a source (a GUID), half-open in code points."""

    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Told:
    """A change in words, and the passage it is about (None where it is about none)."""

    text: str
    passage: Passage | None


def told(
    connection: Connection, event: journal.Event, entries: Sequence[journal.Entry], labels: Mapping[str, str]
) -> Told:
    """Say what a change of a coder did; `labels` gives the label of a code by its GUID."""
    sentence = _CHANGES.get(event.action)
    wanted = ("decision",) if event.action == "reject" else ("coding",)
    entry = next((entry for entry in entries if entry.entity in wanted), None)
    memo = next((entry for entry in entries if entry.entity == "memo"), None)
    if sentence and entry is not None:
        old, new = entry.before or {}, entry.after or entry.before or {}
        names = {"before": labels.get(old.get("code", ""), ""), "code": labels.get(new["code"], "")}
        passage = _passage(new)
        return Told(_(sentence).format(**names, passage=_quoted(connection, passage)), passage)
    if event.action == "memo" and memo is not None:
        return _memo(connection, memo.after or memo.before or {}, labels)
    return Told(f"{journal.action_label(event.action)} {event.detail}".strip(), None)


def _memo(connection: Connection, row: Mapping[str, Any], labels: Mapping[str, str]) -> Told:
    kind, target = MemoTarget(row["kind"]), str(row["target"])
    sentence = _MEMOS[kind]
    if kind is MemoTarget.CODING:
        found = codings_store.coding_place(connection, target)
        if found is None:
            return Told(journal.action_label("memo"), None)
        source, start, end, code = found
        passage = Passage(source, start, end)
        return Told(_(sentence).format(code=labels.get(code, ""), passage=_quoted(connection, passage)), passage)
    source = next((record.name for record in sources_store.sources(connection) if record.guid == target), "")
    return Told(_(sentence).format(code=labels.get(target, ""), source=source), None)


def memo_target_name(connection: Connection, target: MemoTarget, guid: str) -> str:
    """Give what a memo is about as the journal names it, "" for what is gone."""
    names = {record.guid: record.name for record in sources_store.sources(connection)}
    if target is MemoTarget.SOURCE:
        return names.get(guid, "")
    if target is MemoTarget.CODE:
        return codings_store.code_key(connection, guid)
    found = codings_store.coding_place(connection, guid)
    if found is None:
        return ""
    source, start, end, code = found
    return f"{codings_store.code_key(connection, code)} {names[source]}:{start}-{end}"


def _passage(row: Mapping[str, Any]) -> Passage:
    return Passage(str(row["source"]), int(row["start"]), int(row["end"]))


def _quoted(connection: Connection, passage: Passage) -> str:
    text = sources_store.read_text(connection, passage.source)[passage.start : passage.end]
    text = " ".join(text.split())
    return f"«{text}»" if len(text) <= _QUOTED else f"«{text[: _QUOTED - 2].rstrip()} …»"


def detail_label(event: journal.Event) -> str:
    """Give what a change was done to, as a line of the journal: a memo's kind in the language of the interface."""
    if event.action != "memo":
        return event.detail
    kind, _space, name = event.detail.partition(" ")
    kinds = {"coding": _("coding"), "source": _("source"), "code": _("code"), "study": _("study")}
    return f"{kinds.get(kind, kind)} {name}".strip()

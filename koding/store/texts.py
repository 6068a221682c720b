"""Rows as they stand in the texts of today: what was put on an old text is read where its words are now.

A copy may give a source a new text (`koding import --reanchor`) while in another copy people go on with the old one. So
a place in a text means something only together with the text that was there when it was written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from koding.model.anchoring import Alignment
from koding.store.lineage import Lineage
from koding.store.standing import LOST, Act, Standing, acts_of, newest, touches, weigh

#: Entities with places in a text.
PLACED = ("coding", "decision", "round_part")


class Weighing:
    """Says what stands of rows, and remembers texts and how they lie upon each other meanwhile."""

    def __init__(self, connection: sqlite3.Connection, lineage: Lineage) -> None:
        self._connection = connection
        self._lineage = lineage
        self._texts: dict[str, list[Act]] = {}
        self._alignments: dict[tuple[str, str], Alignment] = {}

    def text_acts(self, source: str) -> list[Act]:
        """Give what gave a source its texts, one after the other."""
        if source not in self._texts:
            self._texts[source] = [
                act
                for act in acts_of(self._connection, self._lineage, "source", source)
                if touches(act, "source", "text")
            ]
        return self._texts[source]

    def standing(self, entity: str, guid: str) -> Standing:
        """Give what stands of a row; a source's turns are those of the text that stands."""
        acts = acts_of(self._connection, self._lineage, entity, guid)
        if entity == "segmentation" and self.text_acts(guid):
            stands = self._digest(self.text_acts(guid))
            acts = [act for act in acts if self._digest(self._known(act, guid)) == stands] or acts
        elif entity in PLACED:
            acts = [self._today(act) for act in acts]
        elif entity == "memo":
            found = weigh(self._lineage, entity, guid, acts)
            return Standing(None, found.disputes) if self._on_lost(found.row) else found
        return weigh(self._lineage, entity, guid, acts)

    def _on_lost(self, memo: Mapping[str, Any] | None) -> bool:
        """Say whether the coding that a memo is on has no place in the text of today."""
        if memo is None or memo["kind"] != "coding":
            return False
        return self.standing("coding", str(memo["target"])).lost

    def _today(self, act: Act) -> Act:
        """Give an act on a coding with its place in the text that the source has now."""
        row = act.after
        # A whole source of a round has no place in it, and a choice about something else names none.
        if row is None or row.get("start") is None:
            return act
        texts = self.text_acts(str(row["source"]))
        known = self._known(act, str(row["source"]))
        if len(texts) == len(known) or not known:
            return act
        read, stands = self._digest(known), self._digest(texts)
        if read == stands:
            return act
        place = self._alignment(read, stands).move(int(row["start"]), int(row["end"]))
        if place is None:
            return replace(act, today=LOST)
        return replace(act, today={**row, "start": place[0], "end": place[1]})

    def _known(self, act: Act, source: str) -> list[Act]:
        """Give what gave a source its texts, as far as an act knew of it."""
        return [text for text in self.text_acts(source) if self._lineage.knows(act.change, text.change)]

    def _digest(self, texts: list[Act]) -> str:
        """Give the hash of the text that stands by these acts, "" by none."""
        return str((newest(self._lineage, texts)[0].after or {})["text_sha256"]) if texts else ""

    def _alignment(self, old: str, new: str) -> Alignment:
        if (old, new) not in self._alignments:
            self._alignments[old, new] = Alignment(self._text(old), self._text(new))
        return self._alignments[old, new]

    def _text(self, digest: str) -> str:
        return str(self._connection.execute("SELECT text FROM text WHERE sha256 = ?", (digest,)).fetchone()[0])


def on_source(connection: sqlite3.Connection, source: str) -> set[tuple[str, str]]:
    """Give (entity, GUID) of all that has ever had a place in a source's text, and of the memos on it."""
    found = {
        (str(entity), str(guid))
        for entity, guid in connection.execute(
            "SELECT DISTINCT entity, guid FROM entry WHERE entity IN ('coding', 'decision', 'round_part') "
            "AND coalesce(json_extract(after, '$.source'), json_extract(before, '$.source')) = ?",
            (source,),
        )
    }
    memos = connection.execute(
        "SELECT DISTINCT guid, coalesce(json_extract(after, '$.target'), json_extract(before, '$.target')) "
        "FROM entry WHERE entity = 'memo'"
    )
    return found | {("memo", guid) for guid, target in memos.fetchall() if ("coding", target) in found}

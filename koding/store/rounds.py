"""Coding rounds, as the study keeps them."""

from __future__ import annotations

import json
import sqlite3

from koding.model.agreement.units import Unit
from koding.model.coding import RESOLVED
from koding.model.identity import content_guid
from koding.model.rounds import Part, Plan, Round, RoundMode
from koding.store.journal import Change, Row


def rounds(connection: sqlite3.Connection) -> list[Round]:
    """Give the rounds, in the order they came into this study."""
    parts: dict[str, dict[str, list[tuple[int, int]] | None]] = {}
    for guid, source, start, end in connection.execute(
        'SELECT p.round, p.source, p.start, p."end" FROM round_part p JOIN source s ON s.guid = p.source '
        "ORDER BY s.position, p.start"
    ):
        of_round = parts.setdefault(guid, {})
        if start is None:
            of_round[source] = None
        else:
            spans = of_round.setdefault(source, [])
            if spans is not None:
                spans.append((start, end))
    return [
        Round(
            guid=guid,
            name=name,
            mode=RoundMode(mode),
            unit=Unit(unit),
            seed=seed,
            plan=_plan(plan),
            coders=tuple(json.loads(coders)),
            closed=bool(closed),
            parts={source: None if spans is None else tuple(spans) for source, spans in parts.get(guid, {}).items()},
        )
        for guid, name, mode, unit, seed, plan, coders, closed in connection.execute(
            "SELECT guid, name, mode, unit, seed, plan, coders, closed FROM round ORDER BY rowid"
        )
    ]


def _plan(text: str) -> Plan:
    told = json.loads(text)
    return Plan(tuple(told["sources"]), told["sample"], told["turns"])


def _plan_text(plan: Plan) -> str:
    return json.dumps(
        {"sources": list(plan.sources), "sample": plan.sample, "turns": plan.turns}, ensure_ascii=False, sort_keys=True
    )


def round_guid(new: Round) -> str:
    """Give the GUID of a round by what makes it: the same round made in two copies of a study is one round."""
    parts = sorted((source, list(part) if part else None) for source, part in new.parts.items())
    return content_guid(
        "round",
        new.name,
        new.mode.value,
        new.unit.value,
        str(new.seed),
        _plan_text(new.plan),
        json.dumps([sorted(new.coders), parts], ensure_ascii=False),
    )


def write_round(change: Change, new: Round) -> None:
    """Write a new round with its parts as part of a change."""
    row: Row = (
        new.guid,
        new.name,
        new.mode.value,
        new.unit.value,
        new.seed,
        _plan_text(new.plan),
        json.dumps(sorted(new.coders), ensure_ascii=False),
        int(new.closed),
    )
    change.insert("round", [row])
    change.insert(
        "round_part", [row for source, part in new.parts.items() for row in part_rows(new.guid, source, part)]
    )


def part_rows(in_round: str, source: str, part: Part) -> list[Row]:
    """Give the rows of what of one source belongs to a round."""
    if part is None:
        return [(content_guid("round part", in_round, source), in_round, source, None, None)]
    return [
        (content_guid("round part", in_round, source, str(start), str(end)), in_round, source, start, end)
        for start, end in part
    ]


def part_spans(connection: sqlite3.Connection, source: str) -> list[tuple[str, int, int]]:
    """Give (GUID, start, end) of the sampled turns of a source, in whatever round."""
    return connection.execute(
        'SELECT guid, start, "end" FROM round_part WHERE source = ? AND start IS NOT NULL', (source,)
    ).fetchall()


def set_closed(change: Change, guid: str, *, closed: bool) -> None:
    """Close or open a round as part of a change."""
    change.update("round", guid, {"closed": int(closed)})


def coding_counts(connection: sqlite3.Connection, guid: str) -> dict[str, int]:
    """Give how many codings each coder has made in a round, by name; what was resolved is nobody's."""
    return dict(
        connection.execute(
            "SELECT w.name, count(*) FROM coding c JOIN coder w ON w.guid = c.coder WHERE c.round = ? "
            "AND w.name <> ? GROUP BY w.name ORDER BY w.name",
            (guid, RESOLVED),
        )
    )

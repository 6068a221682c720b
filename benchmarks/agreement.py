"""Agreement of five coders on 40,000 turns and 60 codes, with intervals, as a whole command; beside one second."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.material import codebook
from benchmarks.measure import Result, timed
from koding.model.identity import content_guid
from koding.store.project import Project
from koding.store.rows import insert_rows
from koding.store.sources import sha256, store_text

CODERS = ("A", "B", "C", "D", "E")
SOURCES, TURNS, LENGTH = 60, 667, 40
#: How often a coder gives a turn a code, and how often two give it the same.
SHARE, ALIKE = 0.4, 0.8


def _rows(codes: list[str], turns: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Give made-up rows: interviews of one speaker, turns of LENGTH characters, codings that mostly agree."""
    chance = random.Random(1)
    text = "x" * (LENGTH - 1) * turns
    guids = [content_guid("source", str(number)) for number in range(SOURCES)]
    yield "informant", [{"guid": f"i{number}", "name": f"F{number:02d}"} for number in range(SOURCES)]
    yield "coder", [{"guid": content_guid("coder", name), "name": name} for name in CODERS]
    yield (
        "source",
        [
            {
                "guid": guid, "name": f"s{number:02d}", "title": "", "file_name": "", "file_sha256": "",
                "text_sha256": sha256(text.encode()), "encoding": "utf-8", "format": "text",
                "characters": len(text), "words": turns, "position": number, "created": "",
            }
            for number, guid in enumerate(guids)
        ],
    )  # fmt: skip
    step = LENGTH - 1
    spans = [[place * step, place * step, (place + 1) * step, 0, None, 1] for place in range(turns)]
    yield "segmentation", [{"guid": guid, "labels": '["R"]', "turns": json.dumps(spans)} for guid in guids]
    yield (
        "speaker",
        [
            {"guid": f"p{number}", "source": guid, "label": "R", "role": "informant", "informant": f"i{number}",
             "guessed": 0}
            for number, guid in enumerate(guids)
        ],
    )  # fmt: skip
    codings = []
    for guid in guids:
        for place in range(turns):
            if chance.random() > SHARE:
                continue
            usual = chance.choice(codes)
            for coder in CODERS:
                code = usual if chance.random() < ALIKE else chance.choice(codes)
                codings.append(
                    {"guid": f"c{len(codings)}", "source": guid, "start": place * step, "end": (place + 1) * step,
                     "code": code, "coder": content_guid("coder", coder), "facets": "{}", "origin": "manual"}
                )  # fmt: skip
    yield "coding", codings


def results(*, quick: bool) -> Iterator[Result]:
    """Give the figures of agreement."""
    turns = TURNS // 10 if quick else TURNS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.koding"
        book = codebook()
        with Project.create(path, book, coder="bench") as project:
            codes = [code.guid for code in book.codes if code.codable]
            with project.change(coder="bench", action="import") as change:
                text = "x" * (LENGTH - 1) * turns
                store_text(project.connection, text, sha256(text.encode()))
                for entity, rows in _rows(codes, turns):
                    insert_rows(change, entity, rows)
        name = f"koding agree, {len(CODERS)} coders, {SOURCES * turns} turns, {len(codes)} codes"
        for command, label in (("agree", name), ("disagreements", name.replace("agree", "disagreements"))):
            line = [sys.executable, "-m", "koding", command, str(path)]
            yield Result(label, timed(lambda: subprocess.run(line, check=True, capture_output=True)), 1.0, 30)  # noqa: B023

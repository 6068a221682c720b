"""Files that were damaged on the way: a clear refusal or a text, for every kind."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from koding.errors import KodingError
from koding.readers.documents import Document, read_document
from koding.readers.turns import recognise
from tests.readers.transcript_files import FILES, zipped

CASES = 40
PIECES = [
    b"", b"\0", b"\xff\xfe", b"{" * 50, b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"-1", b"9" * 5000, b"\\u-99999", b"\n\n",
    b"<", b"]]>", b"&#x110000;", b"\\ud800", b"NaN", b"1e999", b"-->", b"\xed\xa0\x80", b'"',
]  # fmt: skip


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Change, cut out, double or put in a few bytes."""
    for _time in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(data) + 1), chance.choice((0, 1, 1, 2, 8, 40))
        piece = chance.choice((bytes([chance.randrange(256)]), chance.choice(PIECES), data[at : at + length] * 2))
        data = data[:at] + piece + data[at + length :]
    return data


def damaged_inside(data: bytes, chance: random.Random) -> bytes:
    """Damage one part of a package and pack it whole again, so that the damage reaches the reader of its XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    return zipped({**parts, name: damaged(parts[name], chance)})


def outcome(path: Path) -> Document | KodingError:
    try:
        return read_document(path)
    except KodingError as fault:
        return fault


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_gives_a_text_or_one_clear_line(tmp_path: Path, name: str) -> None:
    whole, _format = FILES[name]
    chance = random.Random(name)
    path = tmp_path / name
    for case in range(CASES):
        inside = whole.startswith(b"PK") and case % 2
        path.write_bytes(damaged_inside(whole, chance) if inside else damaged(whole, chance))
        document = outcome(path)
        if isinstance(document, KodingError):
            assert "\n" not in str(document)
            assert name in document.message
            continue
        document.text.encode("utf-8")
        end = 0
        for turn in recognise(document.text).turns if document.turns is None else document.turns:
            assert end <= turn.mark <= turn.start <= turn.end <= len(document.text)
            end = turn.end

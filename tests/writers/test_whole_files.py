"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from koding.errors import KodingError
from koding.writers.files import write_whole


def test_a_file_is_written_and_written_over_with_nothing_left_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "matrise.csv"
    for content in (b"first", b"second and longer", b""):
        write_whole(file, content)
        assert file.read_bytes() == content
        assert list(tmp_path.iterdir()) == [file]


def test_a_new_file_may_be_read_by_those_whom_the_machine_lets(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_whole(tmp_path / "new.csv", b"x")
    finally:
        os.umask(mask)
    assert (tmp_path / "new.csv").stat().st_mode & 0o777 == 0o640


def test_an_old_file_keeps_who_may_read_it(tmp_path: Path) -> None:
    file = tmp_path / "secret.csv"
    file.write_bytes(b"old")
    file.chmod(0o600)
    write_whole(file, b"new")
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_write_that_fails_leaves_the_old_file_and_no_half_of_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "matrise.csv"
    file.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KodingError, match="No space left"):
        write_whole(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_or_a_place_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(KodingError, match="is a folder"):
        write_whole(tmp_path, b"x")
    with pytest.raises(KodingError, match="no folder"):
        write_whole(tmp_path / "nowhere" / "x.csv", b"x")


def test_what_is_no_file_is_written_to_and_stays_what_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(pipe, b"to the reader")
    assert os.read(reader, 100) == b"to the reader"
    os.close(reader)
    assert pipe.is_fifo()

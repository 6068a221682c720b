"""What every test of the suggester stands on: messages in English, whatever the machine speaks."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KODING_LANG", "en")

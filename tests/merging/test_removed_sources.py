"""A source that one copy took back comes back with the text that another copy gave it."""

from __future__ import annotations

from pathlib import Path

import pytest

from koding.store.project import Project
from tests.merging.histories import NEW_TEXTS, copy_of, events, merged, sound
from tests.studies import bring_in, state_of


@pytest.fixture
def copies(study: Path) -> tuple[Path, Path, Path]:
    """Give a study, a copy in which a source has got another text, and one in which the import was taken back."""
    replaced, without = copy_of(study, "replaced"), copy_of(study, "without")
    bring_in(replaced, {"essay": NEW_TEXTS[1]}, carry_over=True)
    with Project.open(without) as project:
        project.revert(2, coder="Kari", kind="undo")
    return study, replaced, without


def test_it_has_its_newest_text_with_the_turns_of_it_in_any_order(copies: tuple[Path, Path, Path]) -> None:
    study, replaced, without = copies
    left, right, together = copy_of(study, "left"), copy_of(study, "right"), copy_of(replaced, "together")
    merged(left, replaced)
    merged(left, without)
    merged(together, without)
    merged(right, together)
    merged(without, replaced, study)
    assert sound(left) == sound(right) == sound(without) == []
    assert state_of(left) == state_of(right) == state_of(without)
    assert events(left) == events(right) == events(without)
    (essay,) = [row for row in state_of(left)["source"].values() if row["name"] == "essay"]
    assert essay["characters"] == len(NEW_TEXTS[1])

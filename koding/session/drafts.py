"""A memo that is being written, kept beside the study until the study has it.

The draft lies in the study's own folder: it is as confidential as the study, and a study that is locked or damaged
does not stand in its way. Nobody is told where it cannot be written (a folder for reading only, a full disk): the text
stands on the screen all the same.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from koding.model.coding import MemoDraft, MemoTarget
from koding.store.codings import coder_guid


class DraftFile:
    """One coder's draft at one study: `STUDY.koding.draft-` and the first characters of the coder's GUID."""

    def __init__(self, study: Path, coder: str) -> None:
        self.path = study.with_name(f"{study.name}.draft-{coder_guid(coder)[:8]}")

    def read(self) -> MemoDraft | None:
        """Give the draft, None where there is none that can be read."""
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
            return MemoDraft(MemoTarget(found["target"]), found["guid"], found["name"], found["text"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, draft: MemoDraft) -> None:
        """Keep a draft in the place of the one before."""
        content = {"target": draft.target.value, "guid": draft.guid, "name": draft.name, "text": draft.text}
        partial = self.path.with_name(self.path.name + ".partial")
        with contextlib.suppress(OSError):
            partial.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
            partial.replace(self.path)

    def drop(self) -> None:
        """Take the draft away."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)

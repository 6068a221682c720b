"""A transcript that has changed since it was coded: what would move, and carrying the codings over."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from koding.errors import KodingError
from koding.i18n import _, ngettext
from koding.model.anchoring import Alignment
from koding.model.coding import RESOLVED, Coding
from koding.store import codings as codings_store
from koding.store import decisions as decisions_store
from koding.store import rounds as rounds_store
from koding.store import sources as store
from koding.store.journal import Change
from koding.store.project import Project
from koding.writers.codings_csv import lost_codings_csv
from koding.writers.files import write_whole

#: Lines of the difference shown in a refusal: enough to recognise the change, not the whole interview.
SHOWN_LINES = 12
#: Code points of a line, or of a lost coding's words, shown in a report.
SHOWN_WORDS = 80
#: Two transcripts of one recording share most runs of so many words, two interviews hardly any (header lines).
_RUN, _LEAST_ALIKE = 4, 0.2
#: Code points shown before the first change of a line.
_BEFORE = 24


@dataclass(frozen=True, slots=True)
class Lost:
    """A coding that could not be carried over, with the text it stood on.

    `place` is the span in the new text that came in its stead, with `text` what stands there; None and "" where
    nothing did.
    """

    coding: Coding
    old_text: str
    place: tuple[int, int] | None
    text: str

    @property
    def words(self) -> str:
        """Give the old words on one line, not too long."""
        return shortened(self.old_text)


@dataclass(frozen=True, slots=True)
class Reanchored:
    """What became of a source's codings: how many were carried over, and those that were not."""

    source: str
    kept: int
    lost: tuple[Lost, ...]


def _split(codings: list[Coding], alignment: Alignment) -> tuple[dict[str, tuple[int, int]], list[Coding]]:
    places: dict[str, tuple[int, int]] = {}
    lost: list[Coding] = []
    for coding in codings:
        place = alignment.move(coding.start, coding.end)
        if place is None:
            lost.append(coding)
        else:
            places[coding.guid] = place
    return places, lost


def refusal(project: Project, standing: store.SourceRecord, path: Path, text: str) -> KodingError:
    """Give the fault for a file whose source has another text.

    A changed transcript is told with the difference and what would become of the codings, another one of the same name
    with both files.
    """
    with project.reading() as connection:
        old = store.read_text(connection, standing.guid)
        codings = list(codings_store.codings(connection, source=standing.guid, resolved=True))
    if not _alike(old, text):
        return KodingError(
            _("{file} is another text than {standing}, which is in the study as {name}.").format(
                file=path, standing=standing.file_name, name=standing.name
            ),
            _(
                "Rename the file to bring it in as a source of its own; only a new version of {name} goes in its place."
            ).format(name=standing.name),
        )
    places, lost = _split(codings, Alignment(old, text))
    moved = sum(1 for coding in codings if places.get(coding.guid, (coding.start,))[0] != coding.start)
    lines = list(difflib.unified_diff(old.split("\n"), text.split("\n"), lineterm="", n=0))[2:]
    shown = [line for line in lines if not line.startswith("@@")]
    details = list(_windows(shown[:SHOWN_LINES]))
    if len(shown) > SHOWN_LINES:
        left = len(shown) - SHOWN_LINES
        more = ngettext("and {count} line more", "and {count} lines more", left).format(count=left)
        details.append(f"… {more}")
    details += [f"{coding.code}: {shortened(old[coding.start : coding.end])}" for coding in lost]
    message = ngettext(
        "{name} has changed since it was imported: of {count} coding {moved} would move and {lost} lose its text.",
        "{name} has changed since it was imported: of {count} codings {moved} would move and {lost} lose their text.",
        len(codings),
    ).format(name=standing.name, count=len(codings), moved=moved, lost=len(lost))
    hint = _("Import it again with --reanchor to carry the codings over.")
    return KodingError(message, hint, details)


def _alike(one: str, other: str) -> bool:
    """Whether two texts are versions of one: of the runs of four words in the shorter, some stand in the other."""
    runs = [_runs(text) for text in (one, other)]
    fewest = min(map(len, runs))
    return not fewest or len(runs[0] & runs[1]) >= fewest * _LEAST_ALIKE


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)}


def _windows(lines: Sequence[str]) -> Iterator[str]:
    """Give the lines of a difference, each cut to what lies around its first change; -/+ neighbours are compared."""
    for index, line in enumerate(lines):
        other = lines[index + 1] if line[0] == "-" and index + 1 < len(lines) else lines[index - 1] if index else ""
        start = max(0, _common(line[1:], other[1:]) - _BEFORE) if {line[0], other[:1]} == {"-", "+"} else 0
        words = line[1:][start : start + SHOWN_WORDS]
        more = "…" if start + SHOWN_WORDS < len(line) - 1 else ""
        yield f"{line[0]}{'…' if start else ''}{words}{more}"


def _common(one: str, other: str) -> int:
    """Give how many code points two texts begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))


def shortened(text: str) -> str:
    """Give words that a coding stood on as a quotation, on one line and not too long."""
    words = " ".join(text.split())
    return f"«{words[:SHOWN_WORDS]}…»" if len(words) > SHOWN_WORDS else f"«{words}»"


def reanchor(change: Change, project: Project, standing: store.SourceRecord, text: str) -> Reanchored:
    """Move the codings of a source to where their text stands in `text`; those without a place are removed.

    They stay in the journal. Decisions about suggestions move too where they can, and go silently where they cannot,
    since the suggester will propose anew; so do the turns that were drawn for a round.
    """
    connection = project.connection
    old = store.read_text(connection, standing.guid)
    alignment = Alignment(old, text)
    codings = list(codings_store.codings(connection, source=standing.guid, resolved=True))
    places, lost = _split(codings, alignment)
    for coding in lost:
        codings_store.remove_coding(change, connection, coding.guid)
    _move(change, "coding", places, {coding.guid: coding.start for coding in codings})
    spans = {
        "decision": decisions_store.decision_spans(connection, standing.guid),
        "round_part": rounds_store.part_spans(connection, standing.guid),
    }
    for entity, standing_spans in spans.items():
        new_places: dict[str, tuple[int, int]] = {}
        for guid, start, end in standing_spans:
            place = alignment.move(start, end)
            if place is None:
                change.delete(entity, guid)
            else:
                new_places[guid] = place
        _move(change, entity, new_places, {guid: start for guid, start, _end in standing_spans})
    # What was resolved is no coder's coding, and is decided again.
    lost_codings = tuple(_lost(coding, old, text, alignment) for coding in lost if coding.coder != RESOLVED)
    return Reanchored(standing.name, len(places), lost_codings)


def _lost(coding: Coding, old: str, text: str, alignment: Alignment) -> Lost:
    place = alignment.nearest(coding.start, coding.end)
    return Lost(coding, old[coding.start : coding.end], place, text[slice(*place)] if place else "")


def write_lost(study: Path, moved: Iterable[Reanchored], facets: Sequence[str]) -> Path | None:
    """Write the codings that were not carried over as a table beside the study, and give its path; None for none.

    `koding codings import` reads it back: each stands where its words were replaced, for a person to look through.
    An earlier table is never overwritten. Raises KodingError where the table cannot be written.
    """
    rows = [(source.source, lost) for source in moved for lost in source.lost]
    if not rows:
        return None
    path, number = study.with_suffix(".lost.csv"), 1
    while path.exists():
        number += 1
        path = study.with_suffix(f".lost{number}.csv")
    table = lost_codings_csv(((name, lost.coding, lost.place, lost.text, lost.old_text) for name, lost in rows), facets)
    write_whole(path, table.encode("utf-8"))
    return path


def _move(change: Change, entity: str, places: Mapping[str, tuple[int, int]], old_starts: Mapping[str, int]) -> None:
    # A coder says one code of one span once, so no row may step on one that has yet to move: those that go right go
    # from the last, those that go left from the first. An alignment keeps order, so that is enough.
    rightward = [guid for guid, place in places.items() if place[0] > old_starts[guid]]
    leftward = [guid for guid, place in places.items() if place[0] < old_starts[guid]]
    rightward.sort(key=lambda guid: -old_starts[guid])
    leftward.sort(key=lambda guid: old_starts[guid])
    for guid in (*rightward, *leftward):
        start, end = places[guid]
        change.update(entity, guid, {"start": start, "end": end})

"""Reading a replication package: checking it, building the study it describes, setting somebody up to code blind."""

from __future__ import annotations

import contextlib
import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from koding.errors import KodingError, StudyDamaged, UsageFault
from koding.i18n import _
from koding.model.agreement.units import Unit
from koding.model.package import keyed_hash, stand_in
from koding.model.rounds import Part, Plan, Round, RoundMode
from koding.readers.documents import read_document
from koding.readers.kinds import is_candidate
from koding.session.coder_names import checked
from koding.session.naming import unknown
from koding.session.package_outputs import Output, rendered
from koding.store import rounds as rounds_store
from koding.store.project import Project
from koding.store.rows import create_from_rows
from koding.store.sources import sha256

#: The format of packages that this koding writes, and the newest it reads.
FORMAT = 1
#: The round a student codes in.
ROUND = "replication"
#: What a student's study takes from a package: everything but what the original coders did.
_OPENED = ("study", "codebook", "code", "informant", "variable", "value", "source", "segmentation", "speaker")
_ABOUT = "package.json"


@dataclass(frozen=True)
class Package:
    """A package as it was read: what it says of itself, rows by entity, and the sentences of each source by GUID."""

    folder: Path
    about: Mapping[str, Any]
    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    sentences: Mapping[str, Sequence[Sequence[int]]]

    @property
    def outputs(self) -> list[Output]:
        """Give the results with the commands that make them."""
        return [Output(one["file"], tuple(one["arguments"])) for one in self.about["outputs"]]


def read_package(folder: Path) -> Package:
    """Read a package whose files are as they were packed.

    Raises KodingError for a folder that is none, StudyDamaged for one whose files have been changed.
    """
    try:
        about = json.loads((folder / _ABOUT).read_bytes())
        known = about["format"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KodingError(
            _("{folder} is no replication package.").format(folder=folder),
            _("A package is a folder made by koding replicate pack."),
        ) from error
    if known > FORMAT:
        raise KodingError(_("{folder} was packed by a newer koding.").format(folder=folder), _("Update koding."))
    changed = [name for name, digest in about["files"].items() if _digest(folder / name) != digest]
    if changed:
        raise StudyDamaged(
            _("The package has been changed since it was made: {files}.").format(files=", ".join(sorted(changed))),
            _("Take it anew from whoever made it."),
        )
    rows = {path.stem: _read_lines(path) for path in sorted((folder / "rows").glob("*.jsonl"))}
    spans = {row["source"]: row["sentences"] for row in rows.pop("sentences")}
    return Package(folder, about, rows, spans)


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def build(package: Package, path: Path) -> Project:
    """Make the study a package describes, with texts that say nothing in the place of the transcripts.

    Its counts and agreement are those of the original. Raises KodingError where the path is taken.
    """
    texts = {
        row["guid"]: stand_in(row["characters"], [(start, end) for start, end in package.sentences[row["guid"]]])
        for row in package.rows["source"]
    }
    return create_from_rows(path, _with_texts(package.rows, texts), texts, coder="koding", detail=ROUND)


def _with_texts(
    rows: Mapping[str, Sequence[Mapping[str, Any]]], texts: Mapping[str, str]
) -> dict[str, list[dict[str, Any]]]:
    found = {entity: [dict(row) for row in of_entity] for entity, of_entity in rows.items()}
    for row in found["source"]:
        row["text_sha256"] = row["file_sha256"] = sha256(texts[row["guid"]].encode("utf-8"))
    return found


@contextlib.contextmanager
def rebuilt(package: Package) -> Iterator[Project]:
    """Give the study a package describes for a while."""
    with tempfile.TemporaryDirectory() as scratch, build(package, Path(scratch) / "study.koding") as project:
        yield project


def differing_outputs(package: Package) -> list[str]:
    """Make every result of a package anew from its rows, and give the files that come out otherwise."""
    with rebuilt(package) as project:
        return [
            one.file for one in package.outputs if rendered(project, one) != (package.folder / one.file).read_bytes()
        ]


def open_package(  # noqa: PLR0913 - what a student gives
    package: Package, study: Path, *, coder: str, key: bytes, texts: Path | None = None, round_name: str = ""
) -> Round:
    """Make a study for somebody who codes anew, blind: the codebook and the transcripts, and none of the codings.

    The transcripts come from the folder `texts`, or from the package where it holds them, and each must be the one
    that was packed. `round_name` takes what belongs to that round of the original, all without it. Raises KodingError
    naming the transcripts that are missing.
    """
    coder = checked(coder, [])
    found = _texts(package, texts, key)
    missing = [row["name"] for row in package.rows["source"] if row["guid"] not in found]
    wanted = _round(package, coder, round_name)
    if missing:
        raise KodingError(
            _("These transcripts are missing, or are not the ones that were packed: {names}.").format(
                names=", ".join(missing)
            ),
            _("Look for them with --texts FOLDER, and see that the key is the right one."),
        )
    rows = _with_texts({entity: package.rows[entity] for entity in _OPENED}, found)
    with (
        create_from_rows(study, rows, found, coder=coder, detail=str(package.about["study"])) as project,
        project.change(coder=coder, action="round", detail=f"{wanted.name} ({wanted.mode.value})") as change,
    ):
        rounds_store.write_round(change, wanted)
    return wanted


def _texts(package: Package, folder: Path | None, key: bytes) -> dict[str, str]:
    """Give the transcripts by the GUID of the source whose keyed hash they have."""
    wanted: dict[str, list[str]] = {}
    for row in package.rows["source"]:
        wanted.setdefault(row["text_sha256"], []).append(row["guid"])
    if folder is None and not package.about["texts"]:
        raise UsageFault(_("The package holds no transcripts."), _("Say where they are with --texts FOLDER."))
    found: dict[str, str] = {}
    for text in _candidates(folder if folder is not None else package.folder / "texts"):
        for guid in wanted.get(keyed_hash(key, text), ()):
            found[guid] = text
    return found


def _candidates(folder: Path) -> Iterator[str]:
    """Give the texts of the files in and below a folder: as koding reads them, and plain ones as they stand."""
    if not folder.is_dir():
        raise KodingError(_("There is no folder {folder}.").format(folder=folder))
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or not is_candidate(path):
            continue
        with contextlib.suppress(KodingError):
            yield read_document(path).text
        with contextlib.suppress(OSError, UnicodeDecodeError):
            yield path.read_bytes().decode("utf-8")


def _round(package: Package, coder: str, name: str) -> Round:
    parts: dict[str, Part] = {row["guid"]: None for row in package.rows["source"]}
    unit = Unit.TURN
    if name:
        known = {row["name"]: row for row in package.rows["round"]}
        if name not in known:
            raise unknown(_("round"), name, known)
        unit = Unit(known[name]["unit"])
        spans: dict[str, list[tuple[int, int]]] = {}
        whole: set[str] = set()
        for row in package.rows["round_part"]:
            if row["round"] == known[name]["guid"]:
                of_source = spans.setdefault(row["source"], [])
                if row["start"] is None:
                    whole.add(row["source"])
                else:
                    of_source.append((row["start"], row["end"]))
        parts = {source: None if source in whole else tuple(sorted(spans[source])) for source in spans}
    made = Round("", ROUND, RoundMode.BLIND, unit, None, Plan(), (coder,), closed=False, parts=parts)
    return replace(made, guid=rounds_store.round_guid(made))

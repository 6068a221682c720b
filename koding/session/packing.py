"""Making a replication package: what others need to check a study, and nothing of what its informants said."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from koding import __version__
from koding.errors import KodingError
from koding.i18n import _, language, ngettext
from koding.model.disagreement import fingerprint
from koding.model.package import Mask, Quotes, keyed_hash, masked_labels
from koding.model.resolution import guid_for
from koding.session.package_outputs import outputs, rendered
from koding.session.package_text import coders_codings, readme
from koding.session.unpacking import FORMAT, Package, build
from koding.store import codings as codings_store
from koding.store import journal
from koding.store import sources as sources_store
from koding.store.project import Project
from koding.store.rows import rows_of
from koding.suggest.language.sentences import sentences
from koding.writers.codebook_yaml import codebook_yaml

#: The entities that a package holds; memos and decisions about suggestions stay at home.
ENTITIES = (
    "study", "codebook", "code", "informant", "variable", "value", "source", "segmentation", "speaker", "coder",
    "round", "round_part", "coding", "resolution",
)  # fmt: skip
#: Those whose GUIDs are made from transcripts, or from what is.
_MASKED = ("study", "source", "segmentation", "speaker", "round", "round_part", "coding", "resolution")
#: Columns of a code that hold utterances, and those that hold prose.
_UTTERANCES = ("examples", "counterexamples")
_PROSE = ("short", "definition", "use", "not_use")
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed: how many sources and codings, and how many texts were left out because they quote."""

    sources: int
    codings: int
    outputs: int
    left_out: int
    key: Path


def key_file(folder: Path) -> Path:
    """Give where the key of a package lies where none is named: beside it."""
    return folder.with_name(folder.name + ".key")


def read_key(path: Path, *, make: bool = False) -> bytes:
    """Read a key; with `make` one is drawn and written where there is none. Raises KodingError."""
    if make and not path.exists():
        content = secrets.token_hex(_KEY_BYTES).encode() + b"\n"
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
        except OSError as error:
            raise KodingError(
                _("{file} cannot be written: {reason}.").format(file=path, reason=error.strerror)
            ) from error
    try:
        key = path.read_bytes().strip()
    except OSError as error:
        raise KodingError(
            _("The key {file} cannot be read: {reason}.").format(file=path, reason=error.strerror),
            _("Name it with --key FILE; who made the package has it."),
        ) from error
    if not key:
        raise KodingError(_("The key {file} is empty.").format(file=path))
    return key


def pack(project: Project, folder: Path, key_path: Path | None = None, *, with_texts: bool = False) -> Packed:
    """Write the package of a study to a new folder, whole or not at all.

    The same study and key give the same bytes. Raises KodingError where the folder holds something already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise KodingError(_("{folder} holds something already.").format(folder=folder), _("Name a new folder."))
    if not folder.absolute().parent.is_dir():
        raise KodingError(_("There is no folder {folder}.").format(folder=folder.parent), _("Make it first."))
    key_path = key_path or key_file(folder)
    key = read_key(key_path, make=True)
    packer = _Packer(project, key, with_texts=with_texts)
    partial = Path(tempfile.mkdtemp(dir=folder.absolute().parent, prefix=f".{folder.name}."))
    try:
        made = packer.write(partial)
        partial.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        partial.replace(folder)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return Packed(len(packer.rows["source"]), len(coders_codings(packer.rows)), made, packer.left_out, key_path)


class _Packer:
    def __init__(self, project: Project, key: bytes, *, with_texts: bool) -> None:
        self._project = project
        self._key = key
        self._with_texts = with_texts
        self.left_out = 0
        with project.reading() as connection:
            self._records = sources_store.sources(connection)
            self._texts = {one.guid: sources_store.read_text(connection, one.guid) for one in self._records}
            raw = {entity: rows_of(connection, entity) for entity in ENTITIES}
            self._codings = {one.guid: one for one in codings_store.codings(connection, resolved=True)}
        self._mask = Mask(key, (row["guid"] for entity in _MASKED for row in raw[entity]))
        self._quotes = Quotes(() if with_texts else self._texts.values())
        self.rows = {entity: [self._clean(entity, row) for row in rows] for entity, rows in raw.items()}
        self._mask_labels()

    # Rows without words and without what gives them away

    def _clean(self, entity: str, row: dict[str, Any]) -> dict[str, Any]:
        if entity == "source":
            text = self._texts[row["guid"]]
            row |= {
                "title": row["name"],
                "file_name": "",
                "file_sha256": "",
                "text_sha256": keyed_hash(self._key, text),
            }
        elif entity == "code":
            self._leave_quotes_out(row)
        elif entity == "resolution":
            return self._clean_resolution(row)
        masked: dict[str, Any] = json.loads(self._mask.within(json.dumps(row, ensure_ascii=False)))
        return masked

    def _leave_quotes_out(self, row: dict[str, Any]) -> None:
        for column in _UTTERANCES:
            told = json.loads(row[column] or "[]")
            kept = [one for one in told if not self._quotes.inside(json.dumps(one, ensure_ascii=False))]
            self.left_out += len(told) - len(kept)
            if len(kept) < len(told):
                row[column] = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
        for column in _PROSE:
            if row[column] and self._quotes.inside(row[column]):
                row[column] = ""
                self.left_out += 1

    def _clean_resolution(self, row: dict[str, Any]) -> dict[str, Any]:
        """Mask a decision so that it still holds (or no longer does) for the masked codings."""
        guids = json.loads(row["codings"])
        codings = [self._codings[guid] for guid in guids if guid in self._codings]
        holds = len(codings) == len(guids) and fingerprint(codings) == row["fingerprint"]
        if self._quotes.inside(row["why"]):
            row["why"] = ""
            self.left_out += 1
        masked: dict[str, Any] = json.loads(self._mask.within(json.dumps(row, ensure_ascii=False)))
        masked["guid"] = guid_for(masked["source"], json.loads(masked["codings"]))
        masked["fingerprint"] = keyed_hash(self._key, row["fingerprint"])
        if holds:
            masked["fingerprint"] = fingerprint(
                replace(coding, guid=self._mask.guid(coding.guid)) for coding in codings
            )
        return masked

    def _mask_labels(self) -> None:
        """Call speakers by their informant or role: labels are often first names, and stand in the transcript."""
        informants = {row["guid"]: row["name"] for row in self.rows["informant"]}
        speakers: dict[str, dict[str, dict[str, Any]]] = {}
        for row in self.rows["speaker"]:
            speakers.setdefault(row["source"], {})[row["label"]] = row
        for row in self.rows["segmentation"]:
            labels = json.loads(row["labels"])
            who = speakers.get(row["guid"], {})
            # Speakers who have no turn any more keep their place after those who have.
            known = [*labels, *(label for label in who if label not in labels)]
            people = [_person(who.get(label), informants) for label in known]
            given = dict(zip(known, masked_labels(known, people), strict=True))
            for label, speaker in who.items():
                speaker["label"] = given[label]
            row["labels"] = json.dumps([given[label] for label in labels], ensure_ascii=False, separators=(",", ":"))

    # Files

    def write(self, folder: Path) -> int:
        """Write the package's files to a folder, and give how many outputs there are."""
        files: dict[str, bytes] = {f"rows/{entity}.jsonl": _lines(rows) for entity, rows in self.rows.items()}
        files["rows/sentences.jsonl"] = _lines(self._sentences())
        files["codebook_history.jsonl"] = _lines(self._history())
        if self._with_texts:
            files |= {f"texts/{one.name}.txt": self._texts[one.guid].encode() for one in self._records}
        package = Package(folder, {}, self.rows, {row["source"]: row["sentences"] for row in self._sentences()})
        with tempfile.TemporaryDirectory() as scratch, build(package, Path(scratch) / "study.koding") as project:
            files["codebook.yaml"] = codebook_yaml(project.codebook())
            wanted = outputs(project)
            for output in wanted:
                files[output.file] = rendered(project, output)
        about = {
            "format": FORMAT,
            "koding": __version__,
            "study": self.rows["study"][0]["name"],
            "codebook": {name: self.rows["codebook"][0][name] for name in ("id", "title", "version")},
            "texts": self._with_texts,
            "left_out": self.left_out,
            "language": language(),
            "outputs": [{"file": one.file, "command": one.command, "arguments": list(one.arguments)} for one in wanted],
        }
        files["README.md"] = readme(about, self.rows).encode("utf-8")
        about["files"] = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
        files["package.json"] = (json.dumps(about, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        return len(wanted)

    def _sentences(self) -> list[dict[str, Any]]:
        """Give where the sentences of informants' turns lie, by source."""
        found = []
        for record in self._records:
            with self._project.reading() as connection:
                transcript = sources_store.transcript(connection, record)
            spans = [
                [turn.start + start, turn.start + end]
                for turn in map(transcript.turns.__getitem__, transcript.counted_turns())
                for start, end in sentences(transcript.text[turn.start : turn.end])
            ]
            found.append({"source": self._mask.guid(record.guid), "sentences": spans})
        return found

    def _history(self) -> list[dict[str, Any]]:
        """Give what was done to the codebook: when, by whom, and which codes it touched."""
        with self._project.reading() as connection:
            return [
                {"at": event.at, "coder": event.coder, "action": event.action, "kind": event.kind, "codes": keys}
                for event, keys in journal.codebook_events(connection)
            ]


def _person(speaker: Mapping[str, Any] | None, informants: Mapping[str, str]) -> str:
    if speaker is None:
        return "other"
    return informants.get(speaker["informant"] or "", str(speaker["role"]))


def _lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode("utf-8")


def told(packed: Packed) -> str:
    """Say what was packed."""
    line = ngettext(
        "{count} source, {codings} codings, {outputs} results.",
        "{count} sources, {codings} codings, {outputs} results.",
        packed.sources,
    )
    return line.format(count=packed.sources, codings=packed.codings, outputs=packed.outputs)

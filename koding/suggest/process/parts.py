"""The parts of a suggester whose results are kept apart, and the fingerprints that tell whether they still hold.

Families of a codebook do not influence each other: company, longer phrases and closer codes are all sought within one.
So each family is a part, and after a change of one code only its family is matched anew. Each installed extension is a
part as well, and depends on the whole codebook.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from koding.model.codebook import Codebook, used_fields
from koding.model.coding import Evidence, Suggestion
from koding.model.transcript import Transcript
from koding.suggest.process.codebook_json import to_json

FAMILY: Final = "family:"
#: The one part of all families where what a coder's codings have taught goes together with the rules.
TAUGHT: Final = "taught"
EXTENSION: Final = "extension:"
_LEVEL: Final = 1
#: What the rules read of a code: a new wording of its definition changes nothing that they find.
_MATCHED: Final = ("key", "parent", "codable", "nb", "nn", "except")

#: Suggestions by turn index.
Found = dict[int, list[Suggestion]]


def family_parts(codebook: Codebook) -> tuple[str, ...]:
    """Give the parts that a codebook's own indicators make up, in its order."""
    return tuple(FAMILY + family.key for family in codebook.families)


def own_parts(codebook: Codebook, learned: bytes) -> tuple[str, ...]:
    """Give the parts that are koding's own: the families, or one for all where there is something `learned`."""
    return (TAUGHT,) if learned else family_parts(codebook)


def extension_parts(extensions: Mapping[str, str]) -> tuple[str, ...]:
    """Give the parts of extensions (name to version), by name."""
    return tuple(EXTENSION + name for name in sorted(extensions))


def only_families(codebook: Codebook, families: Collection[str]) -> Codebook:
    """Give the codebook with no other than these families (keys) and the word fields that they use."""
    codes = tuple(code for code in codebook.codes if codebook.family(code.key).key in families)
    return replace(codebook, codes=codes, fields=used_fields(codes, codebook.fields))


def part_fingerprints(
    codebook: Codebook, extensions: Mapping[str, str], pipeline: str, learned: bytes = b""
) -> dict[str, str]:
    """Give for each part a fingerprint of what its results depend on, the text and the people apart."""
    found: dict[str, str] = {}
    defaults = [
        (facet.key, facet.default, facet.default_variable, dict(facet.default_values)) for facet in codebook.facets
    ]
    whole = to_json(codebook) if extensions or learned else {}
    if learned:
        found[TAUGHT] = _digest(pipeline, whole, defaults, hashlib.sha256(learned).hexdigest())
    for family in () if learned else codebook.families:
        own = to_json(only_families(codebook, {family.key}))
        codes = [{name: code[name] for name in _MATCHED} for code in own["codes"]]
        found[FAMILY + family.key] = _digest(pipeline, codes, own["facets"], own["fields"], defaults)
    for name, version in extensions.items():
        found[EXTENSION + name] = _digest(pipeline, name, version, whole, defaults)
    return found


def analysis_fingerprint(transcript: Transcript, pipeline: str) -> str:
    """Give a fingerprint of what the analysis of a source depends on: its text, its turns, who is counted."""
    text = hashlib.sha256(transcript.text.encode("utf-8", "surrogatepass")).hexdigest()
    turns = [(turn.start, turn.end, turn.speaker) for turn in transcript.turns]
    counted = sorted(label for label, speaker in transcript.speakers.items() if speaker.counted)
    return _digest(pipeline, text, turns, counted)


def source_fingerprint(transcript: Transcript, analysis: str) -> str:
    """Give a fingerprint of all of a source that results depend on: its analysis, and what is known of its people."""
    people = [
        (label, speaker.role, dict(speaker.informant.variables) if speaker.informant else None)
        for label, speaker in sorted(transcript.speakers.items())
    ]
    return _digest(analysis, people)


def result_fingerprint(source: str, part: str) -> str:
    """Give the fingerprint of a part's results on a source."""
    return _digest(source, part)


def pack_found(found: Mapping[int, Sequence[Suggestion]]) -> bytes:
    """Write suggestions down, for keeping; turns without any take no room."""
    rows = [_row(turn, item) for turn, items in found.items() for item in items]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def unpack_found(data: bytes, source: str) -> Found | None:
    """Read what `pack_found` wrote of a source; None where it is something else."""
    found: Found = {}
    try:
        for turn, start, end, code, score, origin, why, facets, evidence in json.loads(
            zlib.decompress(data).decode("utf-8", "surrogatepass")
        ):
            spans = tuple(Evidence(first, last) for first, last in evidence)
            item = Suggestion(source, start, end, code, score, origin, why, facets, spans)
            found.setdefault(turn, []).append(item)
    except (zlib.error, ValueError, TypeError):
        return None
    return found


class Order:
    """The order in which suggestions are given: by the text, then by the codebook, the rules before extensions."""

    def __init__(self, codebook: Codebook, learned: bytes = b"") -> None:
        self._places = {code.key: place for place, code in enumerate(codebook.codes)}
        self._own = {code.key: TAUGHT if learned else FAMILY + codebook.family(code.key).key for code in codebook.codes}

    def part(self, item: Suggestion, extensions: Mapping[str, str]) -> str:
        """Give the part that a suggestion comes from."""
        name = item.origin.rpartition("/")[0]
        return EXTENSION + name if name in extensions else self._own[item.code]

    def sorted(self, items: Iterable[Suggestion]) -> list[Suggestion]:
        """Give suggestions of one turn in order."""
        return sorted(items, key=lambda item: (item.start, item.end, self._places[item.code]))


def _row(turn: int, item: Suggestion) -> list[Any]:
    spans = [[span.start, span.end] for span in item.evidence]
    return [turn, item.start, item.end, item.code, item.score, item.origin, item.why, dict(item.facets), spans]


def _digest(*content: object) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

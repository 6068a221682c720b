"""The parts of a suggester whose results are kept apart, and the fingerprints that tell whether they still hold.

Families of a codebook do not influence each other: company, longer phrases and closer codes are all sought within one.
So each family is a part, and after a change of one code only its family is matched anew. Each installed extension is a
part as well, and depends on the whole codebook.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from koding.model.codebook import Codebook, used_fields
from koding.model.coding import Suggestion
from koding.suggest.process.codebook_json import from_json, to_json
from koding.suggest.process.sheets import Item

if TYPE_CHECKING:
    from koding.model.transcript import Speaker, Transcript

FAMILY: Final = "family:"
#: The one part of all families where what a coder's codings have taught goes together with the rules.
TAUGHT: Final = "taught"
EXTENSION: Final = "extension:"
#: The families are kept together: an edit of one leaves the others as they stand.
FAMILIES: Final = "families"
_LEVEL: Final = 1
_PARTING: Final = ":"
#: What the rules read of a code: its indicators, and what they are weighed by (see `likeness`).
_MATCHED: Final = ("key", "parent", "codable", "nb", "nn", "except", "label", "short", "definition", "use", "examples")


class Stamp(NamedTuple):
    """What stands for a source in fingerprints: its text, turns and roles; and what is known of its people."""

    text: str
    people: str


def family_parts(codebook: Codebook) -> tuple[str, ...]:
    """Give the parts that a codebook's own indicators make up, in its order."""
    return tuple(FAMILY + family.key for family in codebook.families)


def own_parts(codebook: Codebook, learned: bytes) -> tuple[str, ...]:
    """Give the parts that are koding's own: the families, or one for all where there is something `learned`."""
    return (TAUGHT,) if learned else family_parts(codebook)


def extension_parts(extensions: Mapping[str, str]) -> tuple[str, ...]:
    """Give the parts of extensions (name to version), by name."""
    return tuple(EXTENSION + name for name in sorted(extensions))


def missing(wanted: Iterable[str], standing: Collection[str], failed: Collection[str]) -> tuple[str, ...]:
    """Give the parts that are still to be asked: neither those that stand, nor an extension that has failed."""
    left_out = {part for part in failed if part.startswith(EXTENSION)}.union(standing)
    return tuple(part for part in wanted if part not in left_out)


def only_families(codebook: Codebook, families: Collection[str]) -> Codebook:
    """Give the codebook with no other than these families (keys) and the word fields that they use."""
    codes = tuple(code for code in codebook.codes if codebook.family(code.key).key in families)
    return replace(codebook, codes=codes, fields=used_fields(codes, codebook.fields))


def part_fingerprints(
    codebook: Codebook,
    extensions: Mapping[str, str],
    pipeline: str,
    learned: bytes = b"",
    record: Mapping[str, Any] | None = None,
) -> dict[str, str]:
    """Give for each part a fingerprint of what its results depend on, the text and the people apart.

    `record` is what `to_json` makes of the codebook, where somebody has it.
    """
    found: dict[str, str] = {}
    defaults = [
        (facet.key, facet.default, facet.default_variable, dict(facet.default_values)) for facet in codebook.facets
    ]
    whole = record or to_json(codebook)
    if learned:
        found[TAUGHT] = digest(pipeline, whole, defaults, _sha256(learned))
    else:
        frame = digest(pipeline, whole["facets"], defaults)
        for part, own in _families(codebook, whole).items():
            codes = [{name: code[name] for name in _MATCHED} for code in own["codes"]]
            found[part] = frame + _PARTING + digest(codes, own["fields"])
    for name, version in extensions.items():
        found[EXTENSION + name] = digest(pipeline, name, version, whole, defaults)
    return found


def _families(codebook: Codebook, whole: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Give, for each family's part, the record of the codebook with no other codes and word fields."""
    codes: dict[str, list[int]] = {}
    for number, code in enumerate(codebook.codes):
        codes.setdefault(FAMILY + codebook.family(code.key).key, []).append(number)
    fields = {field["name"]: field for field in whole["fields"]}
    records = {}
    for part, numbers in codes.items():
        used = used_fields([codebook.codes[number] for number in numbers], codebook.fields)
        own = {"codes": [whole["codes"][number] for number in numbers], "fields": [fields[each.name] for each in used]}
        records[part] = {**whole, **own}
    return records


def same_frame(one: str, other: str) -> bool:
    """Tell whether two fingerprints of a family differ in nothing but its codes and their word fields."""
    return one.partition(_PARTING)[0] == other.partition(_PARTING)[0]


def definitions(codebook: Codebook, wanted: Collection[str], record: Mapping[str, Any]) -> dict[str, bytes]:
    """Give the codes and word fields of these families (parts), to compare a later version with; `record` as above."""
    records = _families(codebook, record)
    written = {part: _json(records[part]).encode("utf-8", "surrogatepass") for part in records if part in wanted}
    return {part: zlib.compress(text, _LEVEL) for part, text in written.items()}


def defined(data: bytes) -> Codebook:
    """Read what `definitions` gave. Raises ValueError, TypeError or KeyError for anything else."""
    try:
        return from_json(json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass")))
    except zlib.error as fault:
        raise ValueError(str(fault)) from fault


def group(part: str) -> str:
    """Give what a part is kept in: the families together, every other part by itself."""
    return FAMILIES if part.startswith(FAMILY) else part


def stamp(transcript: Transcript) -> Stamp:
    """Give the stamp of a source from its content."""
    turns = [(turn.start, turn.end, turn.speaker) for turn in transcript.turns]
    text = _sha256(transcript.text.encode("utf-8", "surrogatepass"))
    return Stamp(digest(text, turns, roles(transcript.speakers)), people(transcript.speakers))


def roles(speakers: Mapping[str, Speaker]) -> list[tuple[str, str, bool]]:
    """Give who speaks as what, and who is counted: what an analysis depends on beside the text."""
    return [(label, speaker.role.value, speaker.counted) for label, speaker in sorted(speakers.items())]


def people(speakers: Mapping[str, Speaker]) -> str:
    """Give a fingerprint of what is known of the people who speak."""
    return digest(
        [
            (label, speaker.role, dict(speaker.informant.variables) if speaker.informant else None)
            for label, speaker in sorted(speakers.items())
        ]
    )


class Order:
    """The order in which suggestions are given: by the text, then by the codebook, the rules before extensions."""

    def __init__(self, codebook: Codebook, learned: bytes = b"") -> None:
        self.places = {code.key: place for place, code in enumerate(codebook.codes)}
        self._own = {code.key: TAUGHT if learned else FAMILY + codebook.family(code.key).key for code in codebook.codes}

    def part(self, item: Suggestion, extensions: Mapping[str, str]) -> str:
        """Give the part that a suggestion comes from."""
        name = item.origin.rpartition("/")[0]
        return EXTENSION + name if name in extensions else self._own[item.code]

    def holds(self, codes: Iterable[str]) -> bool:
        """Tell whether codes come in the order of the codebook, each of them in it."""
        numbers = [self.places.get(code, -1) for code in codes]
        return -1 not in numbers and numbers == sorted(numbers)

    def sorted(self, items: Iterable[Item]) -> list[Item]:
        """Give items in order."""
        places = self.places
        return sorted(items, key=lambda item: (item[0], item[2].start, item[2].end, places[item[2].code]))


def digest(*content: object) -> str:
    """Give a fingerprint of values that JSON carries."""
    return _sha256(_json(content).encode("utf-8", "surrogatepass"))


def _sha256(content: bytes) -> str:
    # The suggester's process, which has no need of it, starts sooner without.
    import hashlib

    return hashlib.sha256(content).hexdigest()


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

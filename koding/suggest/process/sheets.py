"""What was found in one source, as it is kept: a heading that tells what it rests on, and the suggestions in columns.

The heading can be exchanged and read without the suggestions, so that a change of the codebook that touches nothing in
a source costs next to nothing there.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate, repeat
from typing import Final

from koding.model.coding import Evidence, Suggestion

_LEVEL: Final = 1
_PARTING: Final = b"\n"

#: A suggestion with the index of its turn, and the part of the suggester that it comes from.
Item = tuple[int, str, Suggestion]


@dataclass
class Sheet:
    """The suggestions of some parts of the suggester for a source; `parts` maps each to its fingerprint.

    `guid` is the source's, `source` the fingerprint of what is known of it. `codes` has the keys of the items' codes in
    the order in which the items are sorted.
    """

    guid: str = ""
    source: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    columns: bytes = b""

    @classmethod
    def of(cls, guid: str, source: str, parts: Mapping[str, str], items: Sequence[Item], codes: Sequence[str]) -> Sheet:
        """Write down the items of `parts`, which are sorted by the order of `codes`."""
        used = {item.code for _turn, _part, item in items}
        return cls(guid, source, dict(parts), tuple(code for code in codes if code in used), _columns(items))

    def under(self, parts: Mapping[str, str]) -> Sheet:
        """Give the sheet with its items under other fingerprints."""
        return replace(self, parts=dict(parts))

    @classmethod
    def read(cls, guid: str, data: bytes) -> Sheet:
        """Read what `written` gave; an empty sheet for anything else."""
        heading, _parting, columns = data.partition(_PARTING)
        try:
            source, parts, codes, check = json.loads(heading)
            if check != zlib.crc32(columns):
                return cls()
            return cls(guid, str(source), {str(part): str(each) for part, each in parts.items()}, tuple(codes), columns)
        except (ValueError, TypeError, AttributeError):
            return cls()

    def written(self) -> bytes:
        """Give the sheet for keeping."""
        content = [self.source, self.parts, self.codes, zlib.crc32(self.columns)]
        heading = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return heading.encode("utf-8", "surrogatepass") + _PARTING + self.columns

    @property
    def items(self) -> list[Item]:
        """Give the items as they were sorted."""
        return list(zip(*self._rows, strict=True))

    def of_turns(self, turns: Collection[int]) -> list[Item]:
        """Give the items of these turns as they were sorted."""
        return [item for item in zip(*self._rows, strict=True) if item[0] in turns]

    @property
    def suggestions(self) -> list[Suggestion]:
        """Give the suggestions alone, as they were sorted."""
        return self._rows[2]

    @cached_property
    def _rows(self) -> tuple[list[int], list[str], list[Suggestion]]:
        if not self.columns:
            return [], [], []
        content = json.loads(zlib.decompress(self.columns).decode("utf-8", "surrogatepass"))
        names, turns, parts, starts, ends, codes, scores, origins, whys, facets, counts, spans = content
        evidence = list(map(Evidence, spans[::2], spans[1::2]))
        after = list(accumulate(counts))
        found = map(
            Suggestion,
            repeat(self.guid),
            starts,
            ends,
            map(names.__getitem__, codes),
            scores,
            map(names.__getitem__, origins),
            whys,
            map(names.__getitem__, facets),
            [tuple(evidence[last - count : last]) for last, count in zip(after, counts, strict=True)],
        )
        return turns, [names[part] for part in parts], list(found)


def _columns(items: Sequence[Item]) -> bytes:
    names = _Names()
    found = [item for _turn, _part, item in items]
    content = [
        names.listed,
        [turn for turn, _part, _item in items],
        [names[part] for _turn, part, _item in items],
        [item.start for item in found],
        [item.end for item in found],
        [names[item.code] for item in found],
        [item.score for item in found],
        [names[item.origin] for item in found],
        [item.why for item in found],
        [names[tuple(item.facets.items())] for item in found],
        [len(item.evidence) for item in found],
        [place for item in found for span in item.evidence for place in (span.start, span.end)],
    ]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


class _Names(dict[str | tuple[tuple[str, str], ...], int]):
    """Numbers for what many suggestions have in common: words, and facets with their values."""

    def __init__(self) -> None:
        super().__init__()
        self.listed: list[str | dict[str, str]] = []

    def __missing__(self, name: str | tuple[tuple[str, str], ...]) -> int:
        number = self[name] = len(self.listed)
        self.listed.append(name if isinstance(name, str) else dict(name))
        return number

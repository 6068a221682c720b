"""What was decided about disagreements, and the record: the codings that stand when all is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from koding.model.coding import RESOLVED, Coding
from koding.model.disagreement import Comparison, Disagreement, FacetsOf, shared_part
from koding.model.identity import content_guid


class Certainty(StrEnum):
    """How sure those who decided were."""

    SURE = "sure"
    UNSURE = "unsure"


#: Verdicts beside the name of a coder whose codings were taken.
BOTH, NEITHER, OTHER = "both", "neither", "other"


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided about a disagreement: a coder's name, "both", "neither" or "other" with a code's key."""

    verdict: str
    code: str = ""
    why: str = ""
    certainty: Certainty | None = None
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was decided about a disagreement.

    `codings` are the GUIDs of the codings it is about, `fingerprint` what they said then. `verdict` is the name of the
    coder whose codings were taken, or BOTH, NEITHER or OTHER. `outcome` are the GUIDs of the resolved codings. `coder`
    decided, and `why`. Times are ISO 8601 in UTC.
    """

    guid: str
    source: str
    codings: tuple[str, ...]
    fingerprint: str
    verdict: str
    outcome: tuple[str, ...]
    coder: str
    why: str = ""
    certainty: Certainty | None = None
    keywords: tuple[str, ...] = ()
    round: str = ""
    created: str = ""
    modified: str = ""


def resolution_guid(one: Disagreement) -> str:
    """Give the GUID of what is decided about a disagreement: one for the same codings, in every copy of a study."""
    return guid_for(one.source, one.guids)


def guid_for(source: str, codings: Iterable[str]) -> str:
    """Give the GUID of what is decided about these codings (by GUID) of a source."""
    return content_guid("resolution", source, *sorted(codings))


def resolved_guid(source: str, start: int, end: int, code: str, in_round: str) -> str:
    """Give the GUID of the resolved coding at a place; `code` is the code's GUID."""
    return content_guid("resolved", source, str(start), str(end), code, in_round)


class Decided:
    """The resolutions of a study by the disagreement they are about."""

    def __init__(self, resolutions: Iterable[Resolution]) -> None:
        self._by_guid = {one.guid: one for one in resolutions}

    def of(self, one: Disagreement) -> Resolution | None:
        """Give what was decided about a disagreement, None where nothing was or its codings have changed since."""
        found = self._by_guid.get(resolution_guid(one))
        return found if found is not None and found.fingerprint == one.fingerprint() else None

    def earlier(self, one: Disagreement) -> Resolution | None:
        """Give what was decided before the codings changed, None where nothing was or it still holds."""
        found = self._by_guid.get(resolution_guid(one))
        return found if found is not None and found.fingerprint != one.fingerprint() else None


@dataclass(frozen=True, slots=True)
class Record:
    """The codings that stand, all under the name RESOLVED, with how many disagreements are settled and open.

    `sources` are the GUIDs of those that anybody went through.
    """

    codings: tuple[Coding, ...]
    settled: int
    open: int
    sources: frozenset[str]


def record(
    compared: Iterable[tuple[str, Comparison]], decided: Decided, outcomes: Mapping[str, Coding], facets_of: FacetsOf
) -> Record:
    """Give the record of sources that were compared (by GUID).

    What is undisputed stands, of a settled disagreement what was decided (`outcomes` by GUID), of an open one only what
    the coders agree on.
    """
    found: dict[tuple[str, int, int, str], Coding] = {}
    settled = still_open = 0
    sources = set()
    for source, comparison in compared:
        sources.add(source)
        standing = list(comparison.agreed)
        for one in comparison.disagreements:
            resolution = decided.of(one)
            if resolution is None:
                still_open += 1
                standing += shared_part(one, facets_of)
            else:
                settled += 1
                standing += [outcomes[guid] for guid in resolution.outcome if guid in outcomes]
        for coding in sorted(standing, key=lambda one: (one.start, one.end, one.code)):
            place = (source, coding.start, coding.end, coding.code)
            found.setdefault(place, replace(coding, coder=RESOLVED, memo=""))
    return Record(tuple(found.values()), settled, still_open, frozenset(sources))

"""What an import of another tool's project did: the numbers that were stored, and all that was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass
class ProjectReport:
    """Numbers of what was stored by this import, by kind; what stood already counts in `standing`.

    `codings_lost` are codings the file holds that are no codings of a text here (on pictures, on sound, on whole
    sources, on texts the package lacks, on empty spans). `carried` counts, by element, what koding has no place for
    and writes back on export, `dropped` what is not kept. `positions` says per source how positions were counted.
    """

    codes: int = 0
    sources: int = 0
    codings: int = 0
    codings_lost: int = 0
    coders: int = 0
    informants: int = 0
    memos: int = 0
    standing: Counter[str] = field(default_factory=Counter)
    carried: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    positions: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        """Give "import", or "warn" where there is something to look at."""
        return "warn" if self.warnings or self.codings_lost or self.dropped else "import"

    def record(self) -> Mapping[str, object]:
        """Give the report as it is written to JSON."""
        return {
            "outcome": self.outcome,
            "codes": self.codes,
            "sources": self.sources,
            "codings": self.codings,
            "codings_lost": self.codings_lost,
            "coders": self.coders,
            "informants": self.informants,
            "memos": self.memos,
            "standing": dict(self.standing),
            "carried": dict(self.carried),
            "dropped": dict(self.dropped),
            "positions": self.positions,
            "warnings": self.warnings,
        }

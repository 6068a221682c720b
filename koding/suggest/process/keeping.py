"""What is known of a source already, what has to be asked still, and how both become one answer.

Whoever has a study hands in a `Cache`; the suggester's process never sees it. Without one everything is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any

from koding.i18n import language
from koding.model.codebook import Codebook
from koding.model.coding import Suggestion
from koding.model.transcript import Transcript
from koding.suggest.extension import installed
from koding.suggest.language.pipeline import uses_model
from koding.suggest.process import parts, protocol
from koding.suggest.process.cache import Cache, Held, Kept
from koding.suggest.process.codebook_json import to_json
from koding.suggest.process.concordance import Concordance, ConcordanceFault, Search
from koding.suggest.process.requests import QUESTION_REACH, Asking
from koding.suggest.process.sheets import Item, Sheet


class Keeper:
    """Plans what to ask with a codebook; `pipeline` and `extensions` are those of the suggester's process.

    `learned` is what a coder's codings have taught, empty for the rules alone.
    """

    def __init__(
        self,
        codebook: Codebook,
        cache: Cache | None,
        pipeline: str,
        extensions: Mapping[str, str] | None = None,
        *,
        learned: bytes = b"",
    ) -> None:
        self.codebook = codebook
        self.learned = learned
        self.cache = cache
        self.pipeline = pipeline
        self.extensions = dict(extensions or {})
        self.order = parts.Order(codebook, learned)
        self.failed: set[str] = set()
        self._definitions: dict[str, bytes] = {}

    @cached_property
    def extended(self) -> bool:
        """Whether there are extensions; which of them work, with their versions, only the process can tell."""
        return bool(installed())

    @cached_property
    def _record(self) -> dict[str, Any]:
        return to_json(self.codebook)

    @cached_property
    def fingerprints(self) -> dict[str, str]:
        """Give the fingerprint of every part."""
        return parts.part_fingerprints(self.codebook, self.extensions, self.pipeline, self.learned, self._record)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """Give all parts, the codebook's own first."""
        return parts.own_parts(self.codebook, self.learned) + parts.extension_parts(self.extensions)

    @property
    def lasting_groups(self) -> tuple[str, ...]:
        """Give the groups whose sheets may be wanted again, with what was learned or without."""
        return tuple(dict.fromkeys((*map(parts.group, self.parts), parts.FAMILIES, parts.TAUGHT)))

    def told(self, ready: protocol.Ready) -> Keeper:
        """Give the keeper that goes by what the process says of itself; this one where it is known already."""
        if (self.pipeline, self.extensions) == (ready.pipeline, ready.extensions):
            return self
        return Keeper(self.codebook, self.cache, ready.pipeline, ready.extensions, learned=self.learned)

    def plan(self, source: Held | Transcript) -> SourcePlan:
        """Look up what is known of a source."""
        if isinstance(source, Transcript):
            transcript = source
            stamp = self.cache.stamp(transcript) if self.cache is not None else None
            source = Held(transcript.guid, stamp, lambda _wanted: transcript)
        return SourcePlan(self, source)

    def hello(self) -> protocol.Hello:
        """Give the greeting for the suggester's process."""
        words = self.cache.words(self.pipeline) if self.cache is not None else b""
        return protocol.Hello(self._record, language(), words, self.learned, self.pipeline, extended=self.extended)

    def definition(self, fingerprint: str) -> bytes:
        """Give what a family with this fingerprint consisted of, empty where that is not known."""
        known = self._definitions.get(fingerprint)
        if known is None:
            known = self._definitions[fingerprint] = self.cache.definition(fingerprint) if self.cache else b""
        return known

    @property
    def has_new_family(self) -> bool:
        """Whether there is a family that nothing is kept of, so that whatever the source there is something to ask."""
        families = (part for part in self.fingerprints if part.startswith(parts.FAMILY))
        return not all(self.definition(self.fingerprints[part]) for part in families)

    def keep_definitions(self, sought: Collection[str]) -> None:
        """Keep what the families that were `sought` consist of, so that the next version can be compared."""
        wanted = {part for part in sought if part.startswith(parts.FAMILY)}
        if self.cache is None or all(self._definitions.get(self.fingerprints[part]) for part in wanted):
            return
        found = parts.definitions(self.codebook, wanted, self._record)
        fresh = {self.fingerprints[part]: (part, data) for part, data in found.items()}
        self.cache.keep_definitions(fresh)
        self._definitions.update({fingerprint: data for fingerprint, (_part, data) in fresh.items()})


class SourcePlan:
    """One source: what is known of it, what is missing, and the answers as they come."""

    def __init__(self, keeper: Keeper, source: Held) -> None:
        self.guid = source.guid
        self.keeper = keeper
        self._source = source
        self._language = language()
        self._sheets: dict[str, Sheet] = {}
        self._standing: frozenset[str] = frozenset()
        self._found: dict[int, list[Suggestion]] = {}
        self._new_analysis: tuple[bytes, bytes] | None = None
        self._touched: set[int] | None = None
        self.analysis = b""
        self.kept = False
        if source.stamp is not None:
            self._look_up(source.stamp)
        self.missing = parts.missing(keeper.parts, self._standing, keeper.failed)

    def _look_up(self, stamp: parts.Stamp) -> None:
        keeper = self.keeper
        assert keeper.cache is not None, "a stamp is a cache's"
        self._analysis_fingerprint = parts.digest(keeper.pipeline, stamp.text)
        self._fingerprint = parts.digest(keeper.pipeline, *stamp)
        wanted = set(map(parts.group, keeper.parts))
        for group, (fingerprint, data) in keeper.cache.sheets(self.guid, self._language).items():
            if group in wanted and fingerprint == self._fingerprint:
                self._sheets[group] = Sheet.read(self.guid, data)
        self._standing = frozenset(
            part
            for sheet in self._sheets.values()
            for part, fingerprint in sheet.parts.items()
            if keeper.fingerprints.get(part) == fingerprint
        )

    @cached_property
    def transcript(self) -> Transcript:
        """Give the source itself."""
        return self._source.read(None)

    @cached_property
    def asking(self) -> Asking:
        """Give what is asked of the transcript."""
        return Asking(self.transcript, self.keeper.codebook)

    @property
    def is_read(self) -> bool:
        """Tell whether the source has been read."""
        return "transcript" in self.__dict__

    @property
    def _keeps(self) -> Cache | None:
        return self.keeper.cache if self._source.stamp is not None else None

    # -- asking about all of it -----------------------------------------------------------------------------------

    def look_up_analysis(self) -> None:
        """Look up the analysis that is kept of the source, if any."""
        if self._keeps is not None and self.missing:
            self.analysis = self._keeps.analysis(self.guid, self._analysis_fingerprint)

    def opening(self) -> protocol.Source | None:
        """Give what the process is told of the source first; None where nothing is to be kept."""
        if self._keeps is None:
            return None
        return protocol.Source(self.guid, len(self.asking.counted), self.analysis)

    def request(self, number: int, turn_indexes: Iterable[int]) -> protocol.Suggest:
        """Give the request for what is missing on these turns."""
        turns = self.asking.turn_texts(turn_indexes, (lambda _turn: None) if self.analysis else None)
        # Where nothing is kept nobody needs to know what parts there are.
        wanted = self.missing if self.keeper.cache is not None else None
        return protocol.Suggest(number, self.guid, turns, wanted)

    def seeking(self, number: int) -> protocol.Seek | None:
        """Give the question which turns need not be sent; None where nothing is known of them."""
        if not self.analysis:
            return None
        return protocol.Seek(number, self.guid, self.left, self.missing)

    @property
    def left(self) -> tuple[int, ...]:
        """Give the counted turns that nothing has been heard of yet."""
        return tuple(sorted(self.asking.counted.difference(self._found)))

    # -- asking about what a change of the codebook touches ---------------------------------------------------------

    @cached_property
    def before(self) -> dict[str, str]:
        """Give, for the missing families, the fingerprints that they were sought with; empty where one was not.

        Where the text and its people are the same, and what the families consisted of is known, only the turns that the
        change touches need to be asked about.
        """
        sheet = self._sheets.get(parts.FAMILIES)
        if sheet is None:
            return {}
        old = {part: sheet.parts.get(part, "") for part in self.missing}
        fingerprints, keeper = self.keeper.fingerprints, self.keeper
        known = all(
            parts.same_frame(each, fingerprints[part]) and keeper.definition(each) for part, each in old.items() if each
        )
        return old if known and all(old.values()) and self._concordance is not None else {}

    @cached_property
    def _concordance(self) -> Concordance | None:
        if self._keeps is None:
            return None
        try:
            return Concordance(self._keeps.concordance(self.guid, self._analysis_fingerprint))
        except ConcordanceFault:
            return None

    def touch(self, searches: Iterable[Search]) -> bool:
        """Find the turns that a change touches; tell whether there are any."""
        assert self._concordance is not None, "only where `before` says so"
        self._touched = set().union(*map(self._concordance.touched, searches))
        return bool(self._touched)

    def request_touched(self, number: int) -> tuple[protocol.Source | None, protocol.Suggest]:
        """Give the request for the turns that are touched, and what the process is told of the source first."""
        assert self._concordance is not None, "only where `before` says so"
        opening = None
        if uses_model(self.keeper.pipeline):
            # Without the model it costs less to analyse a few turns than to read the analysis of all.
            self.look_up_analysis()
            opening = self.opening()
        touched = sorted(self._touched or ())
        reach = {index for turn in touched for index in range(max(0, turn - QUESTION_REACH), turn + 1)}
        asking = Asking(self._source.read(reach), self.keeper.codebook)
        turns = tuple(asking.turn_text(turn, self._concordance.language(turn)) for turn in touched)
        return opening, protocol.Suggest(number, self.guid, turns, self.missing)

    def list_known(self) -> None:
        """Read the suggestions that are known, which takes its time, while there is time."""
        for sheet in self._sheets.values():
            _ = sheet.suggestions

    # -- answers --------------------------------------------------------------------------------------------------

    def take(self, turn: int, items: Iterable[Suggestion]) -> None:
        """Take what the process found in a turn."""
        self._found[turn] = list(items)

    def take_nothing(self, turns: Iterable[int]) -> None:
        """Take that nothing was found in these turns."""
        self._found.update((turn, []) for turn in turns)

    def take_analysis(self, data: bytes, concordance: bytes) -> None:
        """Take the analysis that the process has made of the whole source, and its concordance."""
        self._new_analysis = data, concordance

    @property
    def _heirs(self) -> frozenset[str]:
        """Give the parts whose kept suggestions hold in the turns that were not asked about."""
        return self._standing.union(self.before) if self._touched is not None else self._standing

    def _stands(self, item: Item) -> bool:
        turn, part, _suggestion = item
        return part in self._standing or (turn not in (self._touched or ()) and part in self._heirs)

    @cached_property
    def _known(self) -> dict[int, list[Item]]:
        found: dict[int, list[Item]] = {}
        for sheet in self._sheets.values():
            for item in sheet.items:
                if self._stands(item):
                    found.setdefault(item[0], []).append(item)
        return found

    @cached_property
    def _news(self) -> list[Item]:
        return [item for turn in self._found for item in self._new_items(turn)]

    def _new_items(self, turn: int) -> list[Item]:
        order, extensions = self.keeper.order, self.keeper.extensions
        return [(turn, order.part(item, extensions), item) for item in self._found.get(turn, ())]

    def answer(self, turn: int) -> list[Suggestion]:
        """Give all suggestions for a turn, in order."""
        items = self._known.get(turn, []) + self._new_items(turn)
        return [suggestion for _turn, _part, suggestion in self.keeper.order.sorted(items)]

    def answers(self) -> Iterable[Suggestion]:
        """Give the suggestions for all turns, in order."""
        whole = self._whole
        return whole.suggestions if whole is not None else [suggestion for _turn, _part, suggestion in self._all]

    @cached_property
    def _all(self) -> list[Item]:
        known = [item for items in self._known.values() for item in items]
        return self.keeper.order.sorted(known + self._news)

    @cached_property
    def _whole(self) -> Sheet | None:
        """Give the one sheet that holds all there is to say, in order; None where there is no such."""
        if len(self._sheets) != 1 or (self.missing and self._touched is None):
            return None
        (sheet,) = self._sheets.values()
        if not self.keeper.order.holds(sheet.codes) or not self._heirs.issuperset(sheet.parts):
            return None
        if self._touched:
            missing = set(self.missing)
            old = [item for item in sheet.of_turns(self._touched) if item[1] in missing]
            if old != self.keeper.order.sorted(self._news):
                return None
        return sheet

    # -- keeping --------------------------------------------------------------------------------------------------

    @property
    def _is_through(self) -> bool:
        if self._touched is not None:
            return len(self._found) == len(self._touched)
        return len(self._found) == len(self.asking.counted)

    def keeps(self) -> Kept | None:
        """Give what is to be kept once all turns are through, once; None before, and where nothing is."""
        if self._keeps is None or self.kept or not self.missing or not self._is_through:
            return None
        self.kept = True
        analysis = (self._analysis_fingerprint, *self._new_analysis) if self._new_analysis else None
        return Kept(self.guid, self._language, analysis, self._new_sheets, self.missing)

    def write_down(self) -> None:
        """Write the sheets of a source that a change does not touch, while there is time."""
        _ = self._new_sheets

    @cached_property
    def _new_sheets(self) -> dict[str, tuple[str, bytes]]:
        groups = dict.fromkeys(parts.group(part) for part in self.missing if part not in self.keeper.failed)
        return {group: (self._fingerprint, self._sheet(group).written()) for group in groups}

    def _sheet(self, group: str) -> Sheet:
        keeper = self.keeper
        held = {part: keeper.fingerprints[part] for part in keeper.parts if parts.group(part) == group}
        if self._whole is not None:
            return self._whole.under(held)
        items = [item for item in self._all if item[1] in held]
        return Sheet.of(self.guid, self._fingerprint, held, items, tuple(keeper.order.places))

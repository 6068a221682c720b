"""What is known of a source already, what has to be asked still, and how both become one answer.

Whoever has a study hands in a `Cache`; the suggester's process never sees it. Without one everything is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from koding.i18n import language
from koding.model.codebook import Codebook
from koding.model.coding import Suggestion
from koding.model.transcript import Transcript
from koding.suggest.process import parts, protocol
from koding.suggest.process.requests import Asking


class Cache(Protocol):
    """Where results are kept. It never raises: what cannot be kept is made again the next time."""

    def words(self, pipeline: str) -> bytes:
        """Give what is remembered of words, empty where nothing is."""
        ...

    def keep_words(self, pipeline: str, data: bytes) -> None:
        """Keep what is remembered of words."""
        ...

    def analysis(self, source: str, fingerprint: str) -> bytes:
        """Give the kept analysis of a source, empty where there is none of this fingerprint."""
        ...

    def results(self, source: str, language: str) -> Mapping[str, tuple[str, bytes]]:
        """Give the kept suggestions of a source: part to (fingerprint, data)."""
        ...

    def keep(
        self,
        source: str,
        language: str,
        analysis: tuple[str, bytes] | None,
        results: Mapping[str, tuple[str, bytes]],
    ) -> None:
        """Keep an analysis (fingerprint, data) and results of a source in the place of earlier ones."""
        ...

    def drop_stale(self, parts: Sequence[str]) -> None:
        """Drop what is kept of sources that are gone and of parts that there are no more."""
        ...


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

    @cached_property
    def fingerprints(self) -> dict[str, str]:
        """Give the fingerprint of every part."""
        return parts.part_fingerprints(self.codebook, self.extensions, self.pipeline, self.learned)

    @property
    def parts(self) -> tuple[str, ...]:
        """Give all parts, the codebook's own first."""
        return parts.own_parts(self.codebook, self.learned) + parts.extension_parts(self.extensions)

    @property
    def lasting_parts(self) -> tuple[str, ...]:
        """Give the parts whose results may be wanted again, with what was learned or without."""
        return tuple(dict.fromkeys((*self.parts, *parts.family_parts(self.codebook), parts.TAUGHT)))

    def told(self, ready: protocol.Ready) -> Keeper:
        """Give the keeper that goes by what the process says of itself; this one where it is known already."""
        if (self.pipeline, self.extensions) == (ready.pipeline, ready.extensions):
            return self
        return Keeper(self.codebook, self.cache, ready.pipeline, ready.extensions, learned=self.learned)

    def plan(self, transcript: Transcript) -> SourcePlan:
        """Look up what is known of a source."""
        return SourcePlan(self, transcript)

    def hello(self) -> protocol.Hello:
        """Give the greeting for the suggester's process."""
        from koding.suggest.process.codebook_json import to_json

        words = self.cache.words(self.pipeline) if self.cache is not None else b""
        return protocol.Hello(to_json(self.codebook), language(), words, self.learned)


class SourcePlan:
    """One source: what is known of it, what is missing, and the answers as they come."""

    def __init__(self, keeper: Keeper, transcript: Transcript) -> None:
        self.transcript = transcript
        self.keeper = keeper
        self.asking = Asking(transcript, keeper.codebook)
        self._language = language()
        self._known: dict[str, parts.Found] = {}
        self._found: dict[int, list[Suggestion]] = {}
        self._new_analysis = b""
        self.analysis = b""
        self.kept = False
        if keeper.cache is not None:
            self._look_up(keeper.cache)
        self.missing = tuple(part for part in keeper.parts if part not in self._known)
        if keeper.cache is not None and self.missing:
            self.analysis = keeper.cache.analysis(transcript.guid, self._analysis_fingerprint)

    @cached_property
    def _analysis_fingerprint(self) -> str:
        return parts.analysis_fingerprint(self.transcript, self.keeper.pipeline)

    @cached_property
    def _fingerprint(self) -> str:
        return parts.source_fingerprint(self.transcript, self._analysis_fingerprint)

    def _result_fingerprint(self, part: str) -> str:
        return parts.result_fingerprint(self._fingerprint, self.keeper.fingerprints[part])

    def _look_up(self, cache: Cache) -> None:
        for part, (fingerprint, data) in cache.results(self.transcript.guid, self._language).items():
            if part in self.keeper.fingerprints and fingerprint == self._result_fingerprint(part):
                found = parts.unpack_found(data, self.transcript.guid)
                if found is not None:
                    self._known[part] = found

    # -- asking ---------------------------------------------------------------------------------------------------

    def opening(self) -> protocol.Source | None:
        """Give what the process is told of the source first; None where nothing is to be kept."""
        if self.keeper.cache is None:
            return None
        return protocol.Source(self.transcript.guid, len(self.asking.counted), self.analysis)

    def request(self, number: int, turn_indexes: Iterable[int]) -> protocol.Suggest:
        """Give the request for what is missing on these turns."""
        turns = self.asking.turn_texts(turn_indexes, analysed=bool(self.analysis))
        # Where nothing is kept nobody needs to know what parts there are.
        wanted = self.missing if self.keeper.cache is not None else None
        return protocol.Suggest(number, self.transcript.guid, turns, wanted)

    def seeking(self, number: int) -> protocol.Seek | None:
        """Give the question which turns need not be sent; None where nothing is known of them."""
        if not self.analysis:
            return None
        return protocol.Seek(number, self.transcript.guid, self.left, self.missing)

    @property
    def left(self) -> tuple[int, ...]:
        """Give the counted turns that nothing has been heard of yet."""
        return tuple(sorted(self.asking.counted.difference(self._found)))

    # -- answers --------------------------------------------------------------------------------------------------

    def take(self, turn: int, items: Iterable[Suggestion]) -> None:
        """Take what the process found in a turn."""
        self._found[turn] = list(items)

    def take_nothing(self, turns: Iterable[int]) -> None:
        """Take that nothing was found in these turns."""
        self._found.update((turn, []) for turn in turns)

    def take_analysis(self, data: bytes) -> None:
        """Take the analysis that the process has made of the whole source."""
        self._new_analysis = data

    def answer(self, turn: int) -> list[Suggestion]:
        """Give all suggestions for a turn, in order."""
        known = [item for found in self._known.values() for item in found.get(turn, ())]
        return self.keeper.order.sorted(known + self._found.get(turn, []))

    def answers(self) -> Iterable[Suggestion]:
        """Give the suggestions for all turns, in order."""
        for turn in sorted(self.asking.counted):
            yield from self.answer(turn)

    def keep(self) -> bool:
        """Keep what is new once all turns are through; tell whether it was done now."""
        cache = self.keeper.cache
        if cache is None or self.kept or not self.missing or len(self._found) < len(self.asking.counted):
            return False
        self.kept = True
        found: dict[str, parts.Found] = {part: {} for part in self.missing if part not in self.keeper.failed}
        for turn, items in self._found.items():
            for item in items:
                part = self.keeper.order.part(item, self.keeper.extensions)
                if part in found:
                    found[part].setdefault(turn, []).append(item)
        results = {part: (self._result_fingerprint(part), parts.pack_found(each)) for part, each in found.items()}
        analysis = (self._analysis_fingerprint, self._new_analysis) if self._new_analysis else None
        cache.keep(self.transcript.guid, self._language, analysis, results)
        return True

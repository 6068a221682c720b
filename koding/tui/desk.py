"""The open source and what is being done to it: codings by place, recent codes, suggestions. No widgets here.

Every change goes through the bench (durable when it returns) and is then made in the index, so that nothing the screen
does on a key depends on how long the source is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from koding.errors import Conflict, KodingError
from koding.i18n import _
from koding.model.codebook import Code
from koding.model.coding import Coding, Suggestion
from koding.model.modes import SuggestionMode
from koding.model.motion import sentence_at, turn_bounds, within_speech
from koding.model.spans import SpanIndex
from koding.model.transcript import Transcript
from koding.tui.bench import Bench, SourceProgress, Undone
from koding.tui.glyphs import UNKNOWN_LOOK, Look, looks

#: Digits that a recent code can have.
RECENT = 9


class RecentCodes:
    """The codes on the digits 1 to 9. A code keeps its digit; a new one takes the place of the longest unused."""

    def __init__(self, slots: Sequence[str] = (), used: Sequence[str] = ()) -> None:
        """Take the codes by digit ("" where one is free), and those codes from the longest unused on."""
        self.slots = list(slots[:RECENT])
        self.used = [code for code in dict.fromkeys(used) if code in self.slots]
        self.used = [*(code for code in self.slots if code and code not in self.used), *self.used]
        #: Whether something is to be remembered.
        self.changed = False

    def use(self, key: str) -> bool:
        """Note that `key` was applied; tell whether it got a digit by that."""
        fresh = key not in self.slots
        if fresh and "" in self.slots:
            self.slots[self.slots.index("")] = key
        elif fresh and len(self.slots) < RECENT:
            self.slots.append(key)
        elif fresh:
            self.slots[self.slots.index(self.used[0])] = key
        self.used = [code for code in self.used if code != key and code in self.slots]
        self.used.append(key)
        self.changed = True
        return fresh

    def of_digit(self, digit: int) -> str:
        """Give the code of a digit, "" where it has none."""
        return self.slots[digit - 1] if digit <= len(self.slots) else ""

    def digit(self, key: str) -> str:
        """Give the digit of a code, "" where it has none."""
        return str(self.slots.index(key) + 1) if key in self.slots else ""


class Desk:
    """What the coder has in front of them."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.codebook = bench.codebook
        self.looks = looks(self.codebook)
        slots, used = bench.recent_codes(RECENT)
        self.recent = RecentCodes([key if key in self.codebook.by_key else "" for key in slots], used)
        self._uncounted = {facet.key: facet.uncounted for facet in self.codebook.facets if facet.uncounted}
        #: The sources; their progress is counted by `count_progress`, after the first frame.
        self.sources: list[SourceProgress] = list(bench.outline())
        self.transcript = Transcript("", "", "", (), {})
        self.codings: SpanIndex[Coding] = SpanIndex()
        self.others: SpanIndex[Coding] = SpanIndex()
        self.show_others = False
        self.suggestions: dict[int, list[Suggestion]] = {}
        self._decided: dict[tuple[int, int, str], object] = {}
        self._furthest = -1

    # -- sources

    @property
    def source(self) -> str:
        """Give the GUID of the open source, "" where none is open."""
        return self.transcript.guid

    def open(self, source: str) -> None:
        """Open a source: its text and turns. `reload` reads its codings."""
        self.transcript = self.bench.transcript(source)
        self.suggestions = {}
        self._furthest = -1
        self.codings, self.others = SpanIndex(), SpanIndex()
        self._decided = {}

    def count_progress(self) -> None:
        """Ask how far the coder has come in every source."""
        self.sources = list(self.bench.sources())

    def first_source(self) -> str | None:
        """Give the source to begin with: the one open last, else the first."""
        last = self.bench.last_source()
        if last is not None and any(state.guid == last for state in self.sources):
            return last
        return self.sources[0].guid if self.sources else None

    def reload(self) -> None:
        """Read the open source's codings anew."""
        if not self.source:
            return
        self.codings = SpanIndex(self.bench.codings(self.source))
        self.others = SpanIndex(self.bench.others(self.source)) if self.show_others else SpanIndex()
        self._decided = dict(self.bench.verdicts(self.source))

    def neighbour(self, by: int) -> str | None:
        """Give the source `by` places on in the list, None past its ends."""
        guids = [state.guid for state in self.sources]
        index = guids.index(self.source) + by if self.source in guids else 0
        return guids[index] if 0 <= index < len(guids) else None

    def refresh_progress(self, source: str) -> None:
        """Ask again how far the coder has come in a source."""
        for place, state in enumerate(self.sources):
            if state.guid == source:
                self.sources[place] = self.bench.source_state(source)

    # -- codes

    def look(self, key: str) -> Look:
        """Give the look of a code, also of one that the codebook no longer has."""
        return self.looks.get(key, UNKNOWN_LOOK)

    def label(self, key: str) -> str:
        """Give the label of a code, its key where the codebook does not know it."""
        code = self.codebook.by_key.get(key)
        return code.label if code else key

    def code_of(self, key: str) -> Code | None:
        """Give the code with this key."""
        return self.codebook.by_key.get(key)

    # -- codings

    def span_for(self, position: int, selection: tuple[int, int] | None) -> tuple[int, int]:
        """Give what a code would be put on: the selection, else the sentence at the cursor; Conflict where empty."""
        if selection is None:
            low, high = turn_bounds(self.transcript, position)
            selection = sentence_at(self.transcript.text, low, high, position)
        start, end = within_speech(self.transcript, *selection)
        if start >= end:
            raise Conflict(_("There are no words here to code."), _("Move the cursor to a sentence or select words."))
        return start, end

    def code(self, start: int, end: int, key: str) -> Coding:
        """Code a span of the open source; a folder is refused (Conflict)."""
        known = self.code_of(key)
        if known is not None and not known.codable:
            raise Conflict(
                _("{code} is a folder and cannot be put on text.").format(code=known.label), _("Pick a code in it.")
            )
        return self._made(self.bench.code(self.source, start, end, key))

    def recode(self, coding: Coding, key: str) -> Coding:
        """Change a coding's code."""
        return self._made(self.bench.recode(coding, key))

    def resize(self, coding: Coding, start: int, end: int) -> Coding:
        """Change a coding's span."""
        changed = self._stands(self.bench.resize(coding, start, end))
        self.codings.close_gaps(coding.start, coding.end)
        return changed

    def set_facets(self, coding: Coding, facets: Mapping[str, str]) -> Coding:
        """Set a coding's facets."""
        return self._stands(self.bench.set_facets(coding, facets))

    def noted(self, coding: Coding, memo: str) -> Coding:
        """Note that a coding now has this memo."""
        changed = replace(coding, memo=memo)
        self.codings.add(changed)
        return changed

    def remove(self, coding: Coding) -> bool:
        """Take a coding away; tell whether others moved in the margin."""
        self.bench.remove(coding)
        self.codings.remove(coding.guid)
        moved = self.codings.close_gaps(coding.start, coding.end)
        self._changed()
        return moved

    def undo(self) -> Undone:
        """Take the last change back."""
        return self._went(self.bench.undo())

    def redo(self) -> Undone:
        """Make the change that was taken back again."""
        return self._went(self.bench.redo())

    def _made(self, coding: Coding) -> Coding:
        if self.recent.use(coding.code):
            # At once, so that a digit means the same code whatever ends the screen.
            self.keep_recent()
        return self._stands(coding)

    def _stands(self, coding: Coding) -> Coding:
        self.codings.add(coding)
        self._changed()
        return coding

    def keep_recent(self) -> None:
        """Remember the recent codes, if there is something new and the study can be written to just now."""
        if self.recent.changed:
            with suppress(KodingError):
                self.bench.keep_recent_codes(self.recent.slots, self.recent.used)
                self.recent.changed = False

    def counted(self, coding: Coding) -> bool:
        """Tell whether the coding is counted for anybody."""
        return self.informant_speaks(coding.start, coding.end)

    def informant_speaks(self, start: int, end: int) -> bool:
        """Tell whether an informant (or an interpreter for one) speaks in a span of the open source."""
        transcript = self.transcript
        return any(transcript.speaker_of(turn).counted for _index, turn in transcript.turns_in(start, end))

    def denied(self, coding: Coding) -> bool:
        """Tell whether a facet of the coding keeps it out of the counts (a reason that is denied)."""
        return any(coding.facets.get(key) in values for key, values in self._uncounted.items())

    def _changed(self) -> None:
        self.refresh_progress(self.source)

    def _went(self, undone: Undone) -> Undone:
        if self.source in undone.sources:
            self.reload()
        for source in undone.sources:
            self.refresh_progress(source)
        return undone

    def uncoded(self, position: int, by: int) -> int | None:
        """Give the start of the nearest counted turn after (`by` 1) or before `position` without a coding."""
        turns = self.transcript.turns
        here = self.transcript.turn_index(position)
        index = (-1 if here is None else here) + by
        while 0 <= index < len(turns):
            turn = turns[index]
            counted = self.transcript.speaker_of(turn).counted
            ours = counted and turn.start < turn.end and self.bench.belongs(self.source, turn.start, turn.end)
            if ours and not self.codings.touches(turn.start, turn.end):
                return turn.start
            index += by
        return None

    # -- suggestions

    def open_suggestions(self, turn: int) -> list[Suggestion]:
        """Give the suggestions for a turn that are neither decided nor coded already, as they stand in the text.

        None for a turn whose suggestions the round does not show yet.
        """
        if not self.shows(turn):
            return []
        waiting = [one for one in self.suggestions.get(turn, ()) if self._waits(one)]
        return sorted(waiting, key=lambda one: (one.start, -one.score, one.code))

    def _waits(self, one: Suggestion) -> bool:
        if (one.start, one.end, one.code) in self._decided or one.code not in self.codebook.by_key:
            return False
        return all(coding.code != one.code for coding in self.codings.overlapping(one.start, one.end))

    def shows(self, turn: int) -> bool:
        """Whether the round lets a turn's suggestions be seen now."""
        here = self.transcript.turns[turn]
        mode = self.bench.suggestion_mode
        return mode.shows(coded=self.codings.touches(here.start, here.end), passed=turn < self._furthest)

    def reach(self, turn: int | None) -> bool:
        """Note that the coder is at a turn; tell whether that lets suggestions of turns before it be seen."""
        if turn is None or turn <= self._furthest:
            return False
        self._furthest = turn
        return self.bench.suggestion_mode is SuggestionMode.AFTER

    def receive(self, turn: int, suggestions: Sequence[Suggestion]) -> None:
        """Keep what the suggester said of a turn."""
        self.suggestions[turn] = list(suggestions)

    def accept(self, suggestion: Suggestion, code: str | None = None) -> Coding:
        """Make a suggestion a coding, as another code if one is given."""
        coding = self.bench.accept(suggestion, code)
        self._decide(suggestion)
        return self._made(coding)

    def reject(self, suggestion: Suggestion) -> None:
        """Turn a suggestion down."""
        self.bench.reject(suggestion)
        self._decide(suggestion)

    def _decide(self, suggestion: Suggestion) -> None:
        self._decided[suggestion.start, suggestion.end, suggestion.code] = True

    def suggested_turn(self, position: int, by: int) -> Suggestion | None:
        """Give the nearest waiting suggestion that starts after (`by` 1) or before `position`."""
        turns = sorted(self.suggestions, reverse=by < 0)
        here = self.transcript.turn_index(position) or 0
        for turn in turns:
            if (turn - here) * by < 0:
                continue
            waiting = self.open_suggestions(turn)
            for one in waiting if by > 0 else reversed(waiting):
                if (one.start - position) * by > 0:
                    return one
        return None

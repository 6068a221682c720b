"""The coding screen's frame: its panes, what is shown in them, and where the focus goes."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.markup import escape

from koding.errors import Conflict, KodingError
from koding.i18n import _, ngettext
from koding.model.coding import Coding, MemoTarget, Suggestion
from koding.model.modes import SuggestionMode
from koding.tui.actions import ACTIONS, Where
from koding.tui.bench import Bench, Suggester
from koding.tui.desk import Desk
from koding.tui.messages import CodeShown, CursorMoved, SuggestionShown, ViewportMoved
from koding.tui.screens.panes import PaneScreen
from koding.tui.suggesting import SuggestionFeed
from koding.tui.widgets.codebook import Definition
from koding.tui.widgets.listing import Piece
from koding.tui.widgets.painting import View
from koding.tui.widgets.sources import SourceList

#: Seconds between two looks at whether somebody else has written, and at the bookmark.
_LOOK_EVERY = 3.0


def screen_bindings() -> list[BindingType]:
    """Give the keys of the screen from the registry."""
    return [
        Binding(key, command, action.label, show=False, priority=key == "tab")
        for action in ACTIONS
        if action.where is Where.SCREEN
        for key, command in action.bindings()
    ]


class DeskScreen(PaneScreen):
    """Panes over a desk; the actions on codings are in the class that builds on this one."""

    BINDINGS: ClassVar[list[BindingType]] = screen_bindings()
    AUTO_FOCUS = None
    #: Seconds after which the cursor is said to rest: what stands around the text follows then, so that a held key
    #: moves through the text alone, quick and calm. 0 follows every step.
    rest_after: ClassVar[float] = 0.05

    def __init__(
        self,
        bench: Bench | Callable[[], Bench],
        suggester: Suggester | Callable[[], Suggester] | None,
        *,
        others: bool = False,
    ) -> None:
        super().__init__()
        self._others = others
        self._opener = bench
        self._suggester = suggester
        self.feed: SuggestionFeed | None = None
        self._desk: Desk | None = None
        self._groups: dict[str, str] = {}
        self._said_at = -1
        self._turn_shown: int | None = -2
        self._focus_code = ""
        self._bookmarked = -1

    # -- opening

    @property
    def desk(self) -> Desk:
        """Give the desk; the study must be open."""
        if self._desk is None:
            raise KodingError(_("The study is not open yet."), _("Wait a moment."))
        return self._desk

    def on_mount(self) -> None:
        """Name the panes and open the study; after the first frame where it has to be opened still."""
        for name, title in (("sources", _("Sources")), ("codebook", _("Codebook"))):
            self.query_one(f"#{name}").border_title = title
        self.pane.focus()
        self._rest = self.set_interval(self.rest_after or 1, self.settle, pause=True)
        try:
            bench = self._opener() if callable(self._opener) else self._opener
        except KodingError as fault:
            self.app.exit(fault)
            return
        self._start(bench)

    def _start(self, bench: Bench) -> None:
        """Show what the first frame needs: the text and the codebook. Codings and progress follow right after it."""
        self._desk = desk = Desk(bench)
        desk.show_others = self._others
        self.show_codes()
        first = desk.first_source()
        if first is None:
            self.status.stand(_("The study has no sources yet. Import some with koding import."))
        else:
            self._open_text(first)
        if desk.codebook.families:
            self.show_code(desk.codebook.families[0].key)
        self.call_after_refresh(self._start_work)

    def _start_work(self) -> None:
        """Read codings and progress, and start the suggester."""
        desk = self.desk
        with self.faults_said():
            desk.count_progress()
            desk.reload()
            self.reload()
            if self._others and desk.others:
                self.say(_("What the other coders have coded is shown too, at the right; t hides it."))
            self.resume()
        if self._suggester is not None and desk.bench.suggestion_mode is not SuggestionMode.BLIND:
            suggester = self._suggester() if callable(self._suggester) else self._suggester
            self.feed = SuggestionFeed(suggester, self._receive)
            self.run_worker(self.feed.run(desk.codebook), exclusive=True, group="suggestions")
            if desk.source:
                self.feed.open(desk.transcript)
                self.feed.look_at(*self.pane.visible_turns())
        self.set_interval(_LOOK_EVERY, self._look_round)
        # What is loaded now lives as long as the screen: the collector need not walk it while somebody types.
        gc.freeze()
        gc.enable()

    def resume(self) -> None:
        """Take up what was under way when the screen was ended."""

    # -- content

    def open_source(self, guid: str, position: int | None = None) -> None:
        """Open a source where it was left, or at `position`."""
        self.keep_bookmark()
        self._open_text(guid, position)
        self.desk.reload()
        self.reload()
        if self.feed is not None:
            self.feed.open(self.desk.transcript)

    def _open_text(self, guid: str, position: int | None = None) -> None:
        desk = self.desk
        desk.open(guid)
        transcript = desk.transcript
        self._groups = {label: desk.bench.group_of(speaker) for label, speaker in transcript.speakers.items()}
        # Also a source that was only looked at is the one to come back to.
        self._bookmarked = -1
        self._turn_shown = -2
        start = desk.bench.bookmark(guid) if position is None else position
        if start <= 0 and transcript.turns:
            start = transcript.turns[0].start
        self.pane.show(transcript, self._view(), start)
        title = next((state.title or state.name for state in desk.sources if state.guid == guid), transcript.name)
        self.pane.border_title = escape(title)
        self.show_progress()

    def _view(self) -> View:
        desk = self.desk
        return View(
            codings=desk.codings,
            others=desk.others,
            look=desk.look,
            label=desk.label,
            group=lambda label: self._groups.get(label, ""),
            offers=lambda turn: [(one.start, one.end) for one in desk.open_suggestions(turn)],
            denied=desk.denied,
        )

    def reload(self) -> None:
        """Show the codings of the open source anew after they were read again."""
        view = self.pane.view
        view.codings, view.others = self.desk.codings, self.desk.others
        self.pane.redraw()
        self.refresh_codes()

    def refresh_codes(self) -> None:
        """Show counts, progress and what is at the cursor after a change."""
        self.show_codes()
        self.show_progress()
        self.show_suggestions()
        self.show_here()

    def show_codes(self) -> None:
        """Show the codebook with its counts."""
        desk = self.desk
        self.code_tree.show_codebook(
            desk.codebook, desk.looks, desk.bench.code_counts(), desk.recent.digit, desk.bench.memo_targets()
        )

    def show_progress(self) -> None:
        """Show the sources with how far the coder is."""
        desk = self.desk
        self.query_one("#sources", SourceList).show_sources(desk.sources, desk.source, desk.bench.memo_targets())
        state = next((state for state in desk.sources if state.guid == desk.source), None)
        if state is not None and state.counted_turns:
            self.pane.border_subtitle = _("{done} of {all} turns coded").format(
                done=state.coded_turns, all=state.counted_turns
            )

    def show_code(self, key: str) -> None:
        """Show a code's definition and mark it in the tree."""
        if key and key != self._focus_code:
            self._focus_code = key
            self.show_definition()
            self.code_tree.reveal(key)

    def show_definition(self) -> None:
        """Show the definition of the code in focus, with the coder's memo on it."""
        desk, code = self.desk, self.desk.code_of(self._focus_code)
        memo = ""
        if code is not None and code.guid in desk.bench.memo_targets():
            memo = desk.bench.memo(MemoTarget.CODE, code.guid)
        self.query_one("#definition", Definition).show_code(code, desk.look(self._focus_code), memo)

    def show_suggestions(self, at: Suggestion | None = None) -> None:
        """Show the suggestions for the turn at hand, the mark on `at`."""
        desk, turn = self.desk, self.desk.transcript.turn_index(self.pane.cursor)
        if desk.reach(turn):
            self.pane.redraw()
        waiting = desk.open_suggestions(turn) if turn is not None else []
        panel = self.suggestion_list
        withheld = turn is not None and not desk.shows(turn)
        panel.withhold(desk.bench.suggestion_mode if withheld else None, in_round=desk.bench.blind)
        if turn != self._turn_shown:
            panel.index = 0
        self._turn_shown = turn
        if tuple(waiting) != panel.suggestions or at is not None or not panel.rows:
            panel.show_suggestions(waiting, desk.look, desk.label, at)
        self._mark_offer()

    def _mark_offer(self) -> None:
        view, one = self.pane.view, self.suggestion_list.current
        offered = (one.start, one.end) if one else None
        evidence = tuple((part.start, part.end) for part in one.evidence) if one else ()
        if (offered, evidence) != (view.offered, view.evidence):
            before, view.offered, view.evidence = view.offered, offered, evidence
            for span in filter(None, (before, offered)):
                self.pane.redraw_span(*span)

    def _receive(self, source: str, found: dict[int, list[Suggestion]]) -> None:
        if source != self.desk.source:
            return
        for turn, suggestions in found.items():
            self.desk.receive(turn, suggestions)
        first, last = self.pane.visible_turns()
        if any(first <= turn <= last and suggestions for turn, suggestions in found.items()):
            self.pane.redraw()
        if self._turn_shown in found:
            self.show_suggestions()

    # -- what is said

    def say(self, message: str, *, kind: str = "message") -> None:
        """Say something in the status line until the cursor moves."""
        self._said_at = self.pane.cursor
        self.status.say(message, kind=kind)

    @contextmanager
    def faults_said(self) -> Iterator[None]:
        """Say what the study does not allow; a study that cannot be read or written to is a fault that stands."""
        try:
            yield
        except Conflict as fault:
            self.say(str(fault), kind="fault")
        except KodingError as fault:
            self.status.stand(str(fault))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write to the study: faults are said as above, and what was wrong before is over when it goes well."""
        with self.faults_said():
            yield
            self.status.stand("")

    def show_here(self) -> None:
        """Show what is at the cursor, and where it is."""
        desk, pane = self.desk, self.pane
        here: list[Piece] = []
        at = self.codings_here()
        for coding in at[:4]:
            look = desk.look(coding.code)
            facets = " ".join(coding.facets.values())
            memo = " ✎" if coding.memo else ""
            here += [(look.glyph, look.tint), (f" {desk.label(coding.code)}", ""), (f" {facets}{memo}  ", "dim")]
            if not desk.counted(coding):
                here[-1] = (f" {facets}{memo} ", "dim")
                here.append((_("not counted") + "  ", "alert"))
        if pane.selection:
            words = len(desk.transcript.text[slice(*pane.selection)].split())
            text = ngettext("{count} word selected", "{count} words selected", words).format(count=words)
            here = [(f"{text}  ", ""), *here]
        turn = desk.transcript.turn_index(pane.cursor)
        turns = len(desk.transcript.turns)
        place = _("turn {turn}/{turns}").format(turn=(turn or 0) + 1, turns=turns) if turns else _("no turns")
        speech = desk.transcript.turns[turn] if turn is not None else None
        if desk.bench.round_name:
            place = f"{desk.bench.round_name} · {place}"
            if speech is not None and not desk.bench.belongs(desk.source, speech.start, speech.end):
                place = _("not in the round · {place}").format(place=place)
        if self.feed is not None and self.feed.status and (self.wide or (self.feed.failed and not here)):
            place = f"{self.feed.status} · {place}"
        self.status.show(tuple(here), f"{desk.bench.coder} · {place}")
        self.focus_coding(at[0].guid if at else "")
        if at:
            self.show_code(at[0].code)

    def settle(self) -> None:
        """Show all that belongs to where the cursor now is."""
        self._rest.pause()
        if self.desk.transcript.turn_index(self.pane.cursor) != self._turn_shown:
            self.show_suggestions()
        self.show_here()

    def focus_coding(self, guid: str) -> None:
        """Show a coding strongly, none for ""."""
        view = self.pane.view
        if guid == view.focus:
            return
        before, view.focus = self.desk.codings.get(view.focus), guid
        for coding in filter(None, (before, self.desk.codings.get(guid))):
            self.pane.redraw_span(coding.start, coding.end)

    def codings_here(self) -> list[Coding]:
        """Give the codings at the cursor, the shortest first; at a coding's very end it counts too."""
        codings, cursor = self.desk.codings, self.pane.cursor
        return codings.at(cursor) or (codings.at(cursor - 1) if cursor else [])

    @on(CursorMoved)
    def _cursor_moved(self, message: CursorMoved) -> None:
        if self._desk is None:
            return
        if message.position != self._said_at:
            self.status.say("")
        if self.rest_after:
            self._rest.reset()
            self._rest.resume()
        else:
            self.settle()

    @on(ViewportMoved)
    def _viewport_moved(self, message: ViewportMoved) -> None:
        if self.feed is not None:
            self.feed.look_at(message.first, message.last)

    @on(CodeShown)
    def _code_shown(self, message: CodeShown) -> None:
        self.show_code(message.key)

    @on(SuggestionShown)
    def _suggestion_shown(self) -> None:
        self._mark_offer()
        one = self.suggestion_list.current
        if one is not None:
            self.show_code(one.code)

    # -- time

    def keep_bookmark(self) -> None:
        """Remember where the coder is in the open source."""
        if self._desk is None or not self.desk.source:
            return
        place = self.pane.place()
        if place != self._bookmarked:
            # Where the study cannot be written to just now it is tried again: not worth a word.
            with suppress(KodingError):
                self.desk.bench.set_bookmark(self.desk.source, place)
                self._bookmarked = place

    def _take_other_text(self) -> None:
        """Open the source again where its text has been replaced by another program."""
        desk = self.desk
        if desk.source and desk.bench.transcript(desk.source).text != desk.transcript.text:
            self._open_text(desk.source, self.pane.cursor)
            if self.feed is not None:
                self.feed.open(desk.transcript)
            self.say(_("The text was replaced by another program; this is the new one."))

    def _look_round(self) -> None:
        with self.faults_said():
            if self.desk.bench.changed_elsewhere():
                self.desk.count_progress()
                self._take_other_text()
                self.desk.reload()
                self.reload()
                self.show_definition()
        self.keep_bookmark()
        self.desk.keep_recent()
        if self.feed is not None and self.feed.has_news():
            self.show_here()

    async def leave(self) -> None:
        """Close what is open."""
        self.keep_bookmark()
        if self.feed is not None:
            await self.feed.close()
        if self._desk is not None:
            self.desk.keep_recent()
            self.desk.bench.close()

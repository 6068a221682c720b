"""The coding screen: what each action of the registry does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget

from koding.i18n import _, ngettext
from koding.model.coding import Suggestion
from koding.model.motion import sentence_at, turn_bounds
from koding.tui.bench import Bench, Suggester
from koding.tui.messages import SourceChosen, StripeClicked, SuggestionChosen
from koding.tui.screens.codings import CodingActs
from koding.tui.screens.find import FindBar
from koding.tui.search import Search

if TYPE_CHECKING:
    from koding.tui.palette import Command


class CodingScreen(CodingActs):
    """Suggestions, going about, finding and looking, on top of the actions on codings."""

    def __init__(
        self,
        bench: Bench | Callable[[], Bench],
        suggester: Suggester | Callable[[], Suggester] | None,
        *,
        others: bool = False,
    ) -> None:
        super().__init__(bench, suggester, others=others)
        self.search = Search()

    # -- suggestions

    def _suggestion(self) -> Suggestion | None:
        self.settle()
        one = self.suggestion_list.current
        if one is None:
            self.say(_("No suggestion is at hand; s goes to the next one."))
        return one

    def action_suggestion(self, by: int) -> None:
        """Go to the next suggestion, first among those of this turn."""
        self.settle()
        panel = self.suggestion_list
        current = panel.current
        cursor = self.pane.cursor
        if current is not None and current.start <= cursor < current.end and 0 <= panel.index + by < len(panel.rows):
            self._go_to_suggestion(panel.suggestions[panel.index + by])
            return
        found = self.desk.suggested_turn(cursor, by)
        if found is None:
            busy = self.feed is not None and self.feed.busy
            more = _("No more suggestions in this direction yet; the rest of the source is being read.")
            self.say(more if busy else _("No more suggestions in this direction."))
        else:
            self._go_to_suggestion(found)

    def _go_to_suggestion(self, one: Suggestion) -> None:
        if not self.wide and self.side != "suggestions":
            # On a small screen the reason is worth more than the panel that is open.
            self.side = "suggestions"
            self.arrange_panels()
        self.pane.go(one.start, jump=True)
        self.show_suggestions(at=one)
        self.show_code(one.code)

    @on(SuggestionChosen)
    def _suggestion_chosen(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        """Make the marked suggestion a coding."""
        one = self._suggestion()
        if one is not None:
            self._accept(one, None)

    def action_accept_as(self) -> None:
        """Make it a coding with another code."""
        one = self._suggestion()
        if one is None:
            return
        from koding.tui.screens.picker import CodePicker

        def picked(key: str | None) -> None:
            if key:
                self._accept(one, None if key == one.code else key)

        text = self.desk.transcript.text[one.start : one.end]
        self.app.push_screen(CodePicker(self.desk, _("Accept as"), text), picked)

    def _accept(self, one: Suggestion, key: str | None) -> None:
        with self.writing():
            self.coded(self.desk.accept(one, key), _("Accepted: {code}"))

    def action_reject(self) -> None:
        """Turn the marked suggestion down."""
        one = self._suggestion()
        if one is None:
            return
        with self.writing():
            self.desk.reject(one)
            self.pane.redraw_span(one.start, one.end)
            self.show_suggestions()
            self.say(_("Rejected: {code}").format(code=self.desk.label(one.code)))

    # -- going and selecting

    def _go(self, position: int | None, otherwise: str) -> None:
        if position is None:
            self.say(otherwise)
        else:
            self.pane.go(position, jump=True)

    def action_uncoded(self, by: int) -> None:
        """Go to the next turn without a coding."""
        self._go(self.desk.uncoded(self.pane.cursor, by), _("No uncoded turn in this direction."))

    def action_coding(self, by: int) -> None:
        """Go to the next coding."""
        codings, cursor = self.desk.codings, self.pane.cursor
        found = codings.after(cursor) if by > 0 else codings.before(cursor)
        self._go(found.start if found else None, _("No coding of yours in this direction."))

    def action_source(self, by: int) -> None:
        """Open the next source."""
        guid = self.desk.neighbour(by)
        if guid is None:
            self.say(_("No source in this direction."))
        else:
            with self.faults_said():
                self.open_source(guid)

    @on(SourceChosen)
    def _source_chosen(self, message: SourceChosen) -> None:
        with self.faults_said():
            self.open_source(message.guid)
            if not self.wide:
                self.side = ""
                self.arrange_panels()
            self.pane.focus()

    @on(StripeClicked)
    def _stripe_clicked(self, message: StripeClicked) -> None:
        coding = self.desk.codings.get(message.guid)
        if coding is not None:
            self.pane.go(coding.start, jump=True)
            self.focus_coding(coding.guid)
            self.show_code(coding.code)

    def action_select(self, unit: str) -> None:
        """Select the sentence, the turn or the coding at the cursor."""
        pane, transcript = self.pane, self.desk.transcript
        low, high = turn_bounds(transcript, pane.cursor)
        if unit == "turn":
            pane.select(low, high)
        elif unit == "coding":
            here = self.codings_here()
            if here:
                pane.select(here[0].start, here[0].end)
        elif pane.selection and pane.selection[1] < high:
            # Again: from the same start to the end of the next sentence.
            following = min(pane.selection[1] + 1, high - 1)
            pane.select(pane.selection[0], sentence_at(transcript.text, low, high, following)[1])
        elif pane.selection is None:
            pane.select(*sentence_at(transcript.text, low, high, pane.cursor))

    def action_back(self) -> None:
        """Close the find bar, drop the selection, or return to the transcript."""
        bar = self.query(FindBar)
        if bar:
            # The matches stay marked, and g and G go on among them; Escape once more takes the marks away.
            bar.first().remove()
            self.pane.focus()
            return
        if self.status.standing:
            self.status.stand("")
            return
        if not self.pane.has_focus:
            self.pane.focus()
        elif self.pane.selection:
            self.pane.clear_selection()
        elif self.pane.view.query is not None:
            self.pane.find(None)
        self.status.say("")

    # -- finding

    def action_find(self) -> None:
        """Open the find bar."""
        bars = self.query(FindBar)
        if bars:
            bars.first().focus_input()
        else:
            self.mount(FindBar(self.pane.cursor), before="#status")

    @on(FindBar.Sought)
    def _sought(self, message: FindBar.Sought) -> None:
        self.search.look_for(message.text)
        self.pane.find(self.search.pattern)
        if self.search.pattern is not None:
            self._find(message.origin - 1, 1)

    @on(FindBar.Again)
    def _sought_again(self, message: FindBar.Again) -> None:
        self.action_find_again(message.by)

    def action_find_again(self, by: int) -> None:
        """Go to the next match, also after the find bar was closed."""
        if self.search.pattern is None:
            self.action_find()
        else:
            self.pane.find(self.search.pattern)
            self._find(self.pane.cursor, by)

    def _find(self, position: int, by: int) -> None:
        layout = self.pane.painter.layout
        if layout is None:
            return
        match = self.search.match(layout.flat, position, by, lambda start: layout.clamp(start) == start)
        bars = self.query(FindBar)
        if match is None:
            text = _("Not in this source.")
            self.say(text, kind="fault")
        else:
            self.pane.go(match.start, jump=True)
            text = _("{number} of {count}").format(number=match.number, count=match.count)
            said = text
            if match.wrapped:
                said = _("{place}, from the top again") if by > 0 else _("{place}, from the end again")
                said = said.format(place=text)
            self.say(said)
        if bars:
            bars.first().tell("" if match is None else text)

    # -- looking

    def action_pane(self, by: int) -> None:
        """Give the focus to the next pane, showing it where only one panel fits."""
        order = self.focus_order()
        index = order.index(self.focused) if self.focused in order else 0
        target: Widget = order[(index + by) % len(order)]
        if not self.wide and target is not self.pane:
            self.side = target.id or ""
            self.arrange_panels()
        target.focus()

    def action_panel(self, name: str) -> None:
        """Show or hide a panel."""
        if self.wide:
            self.panels ^= {name}
        else:
            self.side = "" if self.side == name else name
        self.arrange_panels()

    def action_panels(self) -> None:
        """Hide all panels, or bring them back."""
        if self.wide:
            self.panels = set() if self.panels else {"sources", "codebook", "suggestions"}
        else:
            self.side = "" if self.side else "codebook"
        self.arrange_panels()

    def action_others(self) -> None:
        """Show or hide the other coders' codings."""
        desk = self.desk
        if desk.bench.blind:
            self.say(_("This round is coded blind: other coders are shown when it is closed."))
            return
        desk.show_others = not desk.show_others
        desk.reload()
        self.reload()
        self.say(_("Other coders are shown.") if desk.show_others else _("Other coders are hidden."))

    def action_disagreements(self) -> None:
        """Go through what the coders differ on."""
        from koding.tui.screens.resolving import ResolvingScreen

        with self.faults_said():
            resolver = self.desk.bench.resolver()
            if resolver.differences:
                self.app.push_screen(ResolvingScreen(resolver))
            else:
                self.say(_("The coders do not differ anywhere."))

    def action_light(self) -> None:
        """Change between light and dark."""
        self.app.theme = "koding-light" if self.app.current_theme.dark else "koding-dark"

    def action_palette(self) -> None:
        """Open the command palette."""
        from koding.tui.palette import Palette, commands

        def chosen(command: Command | None) -> None:
            if command is not None:
                self.run_worker(command.run(self))

        self.app.push_screen(Palette(commands(self)), chosen)

    def action_help(self) -> None:
        """Show all keys."""
        from koding.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen())

    async def action_copy(self) -> None:
        """Copy the selection; without one the key is that of somebody who wants to leave."""
        selection = self.pane.selection
        if selection is None:
            await self.action_leave()
            return
        text = self.desk.transcript.text[slice(*selection)]
        self.app.copy_to_clipboard(text)
        count = len(text.split())
        self.say(ngettext("Copied {count} word.", "Copied {count} words.", count).format(count=count))

    async def action_leave(self) -> None:
        """Say that all is saved and how to leave; the second time, leave."""
        hint = _("Everything is saved. Press q again to leave, or go on.")
        if self.status.message == hint:
            await self.app.action_quit()
        else:
            self.say(hint)

    async def action_quit(self) -> None:
        """Leave."""
        await self.app.action_quit()

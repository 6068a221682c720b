"""Going through what coders differ on: the passage, what each gave, the definitions, and what is decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.markup import escape
from textual.screen import ModalScreen, Screen
from textual.widgets import Input

from koding.errors import KodingError
from koding.i18n import _, ngettext
from koding.model.resolution import BOTH, NEITHER, OTHER, Certainty, Decision
from koding.tui.actions import ACTIONS, Where
from koding.tui.passages import Entry, coding_lines, decided_line, definitions, kind_label, passage_lines
from koding.tui.shelf import Shelf
from koding.tui.widgets.lines import Lines
from koding.tui.widgets.statusbar import Keybar, Statusbar

if TYPE_CHECKING:
    from koding.session.differing import Difference
    from koding.session.resolving import Resolver

#: Cells from which definitions stand beside the passage.
_WIDE = 104
#: What a decision's certainty goes round.
_CERTAINTIES = (None, Certainty.SURE, Certainty.UNSURE)


def resolving_bindings() -> list[BindingType]:
    """Give the keys of the screen from the registry."""
    return [
        Binding(key, command, action.label, show=False)
        for action in ACTIONS
        if action.where is Where.RESOLVING
        for key, command in action.bindings()
    ]


class KeywordScreen(ModalScreen[str | None]):
    """One line to write keywords on, with commas between."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """Lay the dialogue out."""
        with Vertical(id="keywords", classes="dialogue"):
            yield Input(self._text, compact=True, id="typed")

    def on_mount(self) -> None:
        """Be ready to write."""
        box = self.query_one("#keywords")
        box.border_title = _("Keywords, with commas between")
        box.border_subtitle = _("⏎ keep   Esc leave")
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep what was written."""
        self.dismiss(event.value)


class ResolvingScreen(Screen[None]):
    """One disagreement at a time; what is decided is on disk when the key has answered."""

    BINDINGS: ClassVar[list[BindingType]] = resolving_bindings()

    def __init__(self, resolver: Resolver) -> None:
        super().__init__()
        self.resolver = resolver
        self._shelf = Shelf(resolver.codebook)
        self.place = next((number for number, one in enumerate(resolver.differences) if one.resolution is None), 0)
        #: What is written before anything is decided: why, certainty, keywords.
        self._draft = Decision(OTHER)
        #: The same of those that are left undecided, by the ID of the disagreement.
        self._drafts: dict[str, Decision] = {}
        self._leaving = False

    def compose(self) -> ComposeResult:
        """Lay the parts out."""
        with Horizontal(id="resolving"):
            yield Lines(id="passage")
            yield Lines(id="meanings")
        yield Statusbar(id="status")
        yield Keybar(id="keys")

    def on_mount(self) -> None:
        """Show the first that is open."""
        self.query_one("#keys", Keybar).show(Where.RESOLVING)
        self._show()

    def on_resize(self) -> None:
        """Put the definitions beside the passage or below it."""
        self.set_class(self.size.width < _WIDE, "narrow")

    # What is shown

    @property
    def current(self) -> Difference:
        """Give the disagreement that is shown."""
        return self.resolver.differences[self.place]

    @property
    def status(self) -> Statusbar:
        """Give the status line."""
        return self.query_one("#status", Statusbar)

    def _show(self) -> None:
        one = self.current
        standing = one.resolution or one.stale
        waiting = None if one.resolution else self._drafts.get(one.disagreement.id)
        self._draft = waiting or Decision(
            standing.verdict if standing else OTHER,
            why=standing.why if standing else "",
            certainty=standing.certainty if standing else None,
            keywords=standing.keywords if standing else (),
        )
        self._arrange()

    def _arrange(self) -> None:
        one = self.current
        transcript = self.resolver.transcript(one.disagreement.source)
        entries = [Entry(str(number), coder, one.disagreement.of(coder)) for number, coder in self._coders()]
        decided = decided_line(one, self._draft)

        def left(width: int) -> list[list[tuple[str, str]]]:
            return [
                *decided(width),
                [],
                *passage_lines(transcript, one.disagreement, width),
                [],
                *coding_lines(entries, transcript, self._shelf, width),
            ]

        passage, meanings = self.query_one("#passage", Lines), self.query_one("#meanings", Lines)
        total = len(self.resolver.differences)
        title = _("{number} of {total}: {source} · {kind}").format(
            number=self.place + 1, total=total, source=one.source, kind=kind_label(one.disagreement.kind)
        )
        passage.border_title = escape(title)
        meanings.border_title = _("Definitions")
        passage.show(left)
        meanings.show(lambda width: definitions(one.disagreement.codes, self._shelf, width))
        where = _("{settled} of {total} decided").format(settled=self.resolver.settled, total=total)
        self.status.show(((f"{self.resolver.coder}  ", "dim"),), where)

    def _coders(self) -> Iterator[tuple[int, str]]:
        return enumerate(self.current.disagreement.coders, start=1)

    def say(self, message: str, *, fault: bool = False) -> None:
        """Say something in the status line until the next step."""
        self.status.say(message, kind="fault" if fault else "message")

    @contextmanager
    def _faults_said(self) -> Iterator[None]:
        try:
            yield
        except KodingError as fault:
            self.say(str(fault), fault=True)

    # What can be done

    def action_step(self, by: int) -> None:
        """Go to the next or the one before."""
        with self._faults_said():
            self._look_round()
            target = self.place + by
            if 0 <= target < len(self.resolver.differences):
                self.place = target
                self.say("")
                self._show()
            else:
                self.say(_("No more disagreements in this direction."))

    def action_open_one(self) -> None:
        """Go to the next that nobody has decided."""
        with self._faults_said():
            self._look_round()
            found = self.resolver.differences
            order = [*range(self.place + 1, len(found)), *range(self.place + 1)]
            target = next((place for place in order if found[place].resolution is None), None)
            if target is None:
                self.say(_("All disagreements are decided."))
                return
            self.place = target
            self.say("")
            self._show()

    def _look_round(self) -> None:
        """Compare anew where another program has written."""
        if self.resolver.changed_elsewhere():
            self.place = min(self.place, max(0, len(self.resolver.differences) - 1))

    def action_scroll(self, by: int) -> None:
        """Scroll the passage."""
        self.query_one("#passage", Lines).scroll_relative(y=by, animate=False)

    def action_take(self, number: int) -> None:
        """Take what one coder gave."""
        coders = self.current.disagreement.coders
        if number <= len(coders):
            self._decide(coders[number - 1])
        else:
            self.say(_("There is no coder {number} here.").format(number=number))

    def action_both(self) -> None:
        """Take what any of them gave."""
        self._decide(BOTH)

    def action_neither(self) -> None:
        """Take nothing."""
        self._decide(NEITHER)

    def action_other(self) -> None:
        """Put another code on the passage."""
        from koding.tui.screens.picker import CodePicker

        def picked(key: str | None) -> None:
            if key:
                self._decide(OTHER, key)

        self.app.push_screen(CodePicker(self._shelf, _("Another code"), self.current.text), picked)

    def _decide(self, verdict: str, code: str = "") -> None:
        draft = self._draft
        with self._faults_said():
            self._write(Decision(verdict, code, draft.why, draft.certainty, draft.keywords))
            self.say(_("Decided. n goes on, w writes why."))

    def _write(self, decision: Decision) -> None:
        self.resolver.decide(self.current, decision)
        self._drafts.pop(self.current.disagreement.id, None)
        self._show()

    def action_why(self) -> None:
        """Write why."""
        from koding.tui.screens.memo import MemoScreen

        self.app.push_screen(MemoScreen(_("Why"), self._draft.why, self._note_why, lambda _text: None))

    def _note_why(self, text: str) -> None:
        self._note(self._draft.certainty, text, self._draft.keywords)

    def action_certainty(self) -> None:
        """Say how sure you are: sure, unsure, or not said."""
        following = _CERTAINTIES[(_CERTAINTIES.index(self._draft.certainty) + 1) % len(_CERTAINTIES)]
        with self._faults_said():
            self._note(following, self._draft.why, self._draft.keywords)

    def action_keywords(self) -> None:
        """Write keywords."""

        def written(text: str | None) -> None:
            if text is not None:
                with self._faults_said():
                    words = tuple(word.strip() for word in text.split(",") if word.strip())
                    self._note(self._draft.certainty, self._draft.why, words)

        self.app.push_screen(KeywordScreen(", ".join(self._draft.keywords)), written)

    def _note(self, certainty: Certainty | None, why: str, keywords: Sequence[str]) -> None:
        """Keep what is written: with the decision where there is one, else for the decision to come."""
        self._draft = Decision(self._draft.verdict, "", why, certainty, tuple(keywords))
        if self.current.resolution is None:
            self._drafts[self.current.disagreement.id] = self._draft
            self._leaving = False
            self._arrange()
            self.say(_("Kept with what you decide next here."))
        else:
            self.resolver.annotate(self.current, self._draft)
            self._show()

    def action_reopen(self) -> None:
        """Take the decision back."""
        with self._faults_said():
            self.resolver.reopen(self.current)
            self._show()
            self.say(_("The decision is taken back."))

    def action_undo(self) -> None:
        """Take back what was decided last."""
        with self._faults_said():
            text = self.resolver.undo()
            self.place = min(self.place, len(self.resolver.differences) - 1)
            self._show()
            self.say(_("Undone: {change}").format(change=text))

    def action_resolving_help(self) -> None:
        """Show the keys of this screen."""
        from koding.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(resolving=True))

    def may_leave(self) -> bool:
        """Say once what would go with the screen; tell whether nothing would, or it has been said."""
        count = sum(1 for draft in self._drafts.values() if draft.why.strip() or draft.keywords)
        if not count or self._leaving:
            return True
        self._leaving = True
        self.say(
            ngettext(
                "What you wrote about {count} undecided one goes when you leave; the same key leaves.",
                "What you wrote about {count} undecided ones goes when you leave; the same key leaves.",
                count,
            ).format(count=count)
        )
        return False

    async def action_finish(self) -> None:
        """Go back to coding, or leave."""
        if not self.may_leave():
            return
        if len(self.app.screen_stack) > 1:
            self.dismiss()
        else:
            self.app.exit()

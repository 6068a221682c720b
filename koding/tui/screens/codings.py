"""What the actions on codings and memos do."""

from __future__ import annotations

from dataclasses import replace

from textual import on

from koding.i18n import _
from koding.model.coding import Coding, MemoDraft, MemoTarget
from koding.tui.bench import Undone
from koding.tui.messages import CodeChosen
from koding.tui.screens.desk_screen import DeskScreen


class CodingActs(DeskScreen):
    """Actions on codings and memos. Dialogues are imported when they are first opened, to keep the start short."""

    # -- coding

    def action_code(self) -> None:
        """Pick a code for the selection, or the sentence at the cursor."""
        from koding.tui.screens.picker import CodePicker

        with self.faults_said():
            span = self.desk.span_for(self.pane.cursor, self.pane.selection)
            text = self.desk.transcript.text[slice(*span)]

            def picked(key: str | None) -> None:
                if key:
                    self._code(span, key)

            note = "" if self.desk.informant_speaks(*span) else self._uncounted()
            self.app.push_screen(CodePicker(self.desk, _("Code with"), text, note), picked)

    @staticmethod
    def _uncounted() -> str:
        return _("No informant speaks here: this is context and will not be counted.")

    def action_recent(self, digit: int) -> None:
        """Code with the recent code of a digit."""
        key = self.desk.recent.of_digit(digit)
        if not key:
            self.say(_("No code has the digit {digit} yet.").format(digit=digit))
            return
        with self.faults_said():
            self._code(self.desk.span_for(self.pane.cursor, self.pane.selection), key)

    @on(CodeChosen)
    def _code_chosen(self, message: CodeChosen) -> None:
        if message.clicked and self.pane.selection is None:
            return  # a click without a selection only shows the definition
        with self.faults_said():
            self._code(self.desk.span_for(self.pane.cursor, self.pane.selection), message.key)
            if message.clicked:
                self.pane.focus()

    def _code(self, span: tuple[int, int], key: str) -> None:
        with self.writing():
            coding = self.desk.code(*span, key)
            self.pane.clear_selection()
            self.coded(coding, _("Coded: {code}"))

    def coded(self, coding: Coding, message: str) -> None:
        """Show a coding that was made or changed, and say so."""
        self.pane.redraw_span(coding.start, coding.end)
        self.refresh_codes()
        self.show_code(coding.code)
        text = message.format(code=self.desk.label(coding.code))
        if self.desk.counted(coding):
            self.say(text)
        else:
            self.say(f"{text}. {self._uncounted()}", kind="alert")

    def _with_coding(self, title: str, act: str) -> None:
        """Run the method `act` on the coding at the cursor; ask which where several lie there."""
        here = self.codings_here()
        if self.pane.selection:
            here = here or self.desk.codings.overlapping(*self.pane.selection)
        if not here:
            self.say(_("No coding of yours is at the cursor."))
            return
        run = getattr(self, act)
        if len(here) == 1:
            run(here[0])
            return
        from koding.tui.screens.picker import CodingChooser

        def chosen(guid: str | None) -> None:
            coding = self.desk.codings.get(guid) if guid else None
            if coding is not None:
                run(coding)

        self.app.push_screen(CodingChooser(self.desk, title, here), chosen)

    def action_remove(self) -> None:
        """Remove the coding at the cursor."""
        self._with_coding(_("Remove which coding?"), "remove_coding")

    def remove_coding(self, coding: Coding) -> None:
        """Take a coding away."""
        with self.writing():
            if self.desk.remove(coding):
                self.pane.redraw()
            self.pane.redraw_span(coding.start, coding.end)
            self.refresh_codes()
            self.say(_("Removed: {code}  (u takes it back)").format(code=self.desk.label(coding.code)))

    def action_recode(self) -> None:
        """Give the coding at the cursor another code."""
        self._with_coding(_("Change the code of which coding?"), "recode_coding")

    def recode_coding(self, coding: Coding) -> None:
        """Pick another code for a coding."""
        from koding.tui.screens.picker import CodePicker

        def picked(key: str | None) -> None:
            if key and key != coding.code:
                with self.writing():
                    self.coded(self.desk.recode(coding, key), _("Now coded: {code}"))

        title = _("Instead of {code}").format(code=self.desk.label(coding.code))
        self.app.push_screen(CodePicker(self.desk, title, self.desk.transcript.text[coding.start : coding.end]), picked)

    def action_fit(self) -> None:
        """Make a coding cover just the selection."""
        if self.pane.selection is None:
            self.say(_("Select the words that the coding should cover first."))
            return
        self._with_coding(_("Fit which coding to the selection?"), "fit_coding")

    def fit_coding(self, coding: Coding) -> None:
        """Make a coding cover just the selection."""
        with self.writing():
            start, end = self.desk.span_for(self.pane.cursor, self.pane.selection)
            changed = self.desk.resize(coding, start, end)
            self.pane.clear_selection()
            self.pane.redraw()
            self.coded(changed, _("Fitted: {code}"))

    def action_facets(self) -> None:
        """Set the facets of the coding at the cursor."""
        if not self.desk.codebook.facets:
            self.say(_("This codebook declares no facets."))
            return
        self._with_coding(_("Facets of which coding?"), "facet_coding")

    def facet_coding(self, coding: Coding) -> None:
        """Set a coding's facets."""
        from koding.tui.screens.facets import FacetScreen

        def chosen(facets: dict[str, str] | None) -> None:
            if facets is not None and facets != dict(coding.facets):
                with self.writing():
                    self.coded(self.desk.set_facets(coding, facets), _("Facets set: {code}"))

        variables = self._variables(coding)
        self.app.push_screen(FacetScreen(self.desk.codebook, coding, self.desk.label(coding.code), variables), chosen)

    def _variables(self, coding: Coding) -> dict[str, str]:
        transcript = self.desk.transcript
        for _index, turn in transcript.turns_in(coding.start, coding.end):
            informant = transcript.speaker_of(turn).informant
            if informant is not None:
                return dict(informant.variables)
        return {}

    def action_undo(self) -> None:
        """Take the last change back."""
        with self.writing():
            self._went(self.desk.undo(), _("Undone: {change}"))

    def action_redo(self) -> None:
        """Make the change again."""
        with self.writing():
            self._went(self.desk.redo(), _("Redone: {change}"))

    def _went(self, undone: Undone, message: str) -> None:
        """Show what was taken back or brought again where it is, and say it in words."""
        text, passage = message.format(change=undone.text), undone.passage
        elsewhere = passage is not None and passage.source != self.desk.source
        if passage is not None and elsewhere:
            self.open_source(passage.source, passage.start)
            name = next((one.title or one.name for one in self.desk.sources if one.guid == passage.source), "")
            text = _("{message} (in {source})").format(message=text, source=name)
        else:
            self.reload()
        self.show_definition()
        if passage is not None and not elsewhere:
            self.pane.go(passage.start, jump=True)
        self.say(text)

    # -- memos

    def action_memo(self) -> None:
        """Write a memo on what is at hand."""
        if self.code_tree.has_focus:
            self.action_memo_code()
        elif self.codings_here() and not self.query_one("#sources").has_focus:
            self._with_coding(_("Memo on which coding?"), "memo_coding")
        else:
            self.action_memo_source()

    def memo_coding(self, coding: Coding) -> None:
        """Write a memo on a coding."""
        self._write_memo(MemoTarget.CODING, coding.guid, _("Memo on the coding «{name}»"), self.desk.label(coding.code))

    def action_memo_source(self) -> None:
        """Write a memo on the source that is marked in the list, else the open one."""
        sources = self.query_one("#sources")
        guid = self.desk.source
        if sources.has_focus:
            guid = getattr(getattr(sources, "row", None), "id", guid)
        name = next((state.title or state.name for state in self.desk.sources if state.guid == guid), "")
        if guid:
            self._write_memo(MemoTarget.SOURCE, guid, _("Memo on the source «{name}»"), name)

    def action_memo_code(self) -> None:
        """Write a memo on the code in focus."""
        self.settle()
        code = self.desk.code_of(self._focus_code)
        if code is not None:
            self._write_memo(MemoTarget.CODE, code.guid, _("Memo on the code «{name}»"), code.label)

    def _write_memo(self, target: MemoTarget, guid: str, title: str, name: str) -> None:
        before = self.desk.bench.memo(target, guid)
        self._open_memo(MemoDraft(target, guid, name, before), title.format(name=name), before)

    def _open_memo(self, draft: MemoDraft, title: str, before: str) -> None:
        from koding.tui.screens.memo import MemoScreen

        bench = self.desk.bench

        def keep(text: str) -> None:
            bench.set_memo(draft.target, draft.guid, text)
            bench.drop_draft()
            if text != before:
                self._memo_kept(draft, text)

        def remember(text: str | None) -> None:
            if text is None:
                bench.drop_draft()
            else:
                bench.keep_draft(replace(draft, text=text))

        self.app.push_screen(MemoScreen(title, draft.text, keep, remember))

    def _memo_kept(self, draft: MemoDraft, text: str) -> None:
        coding = self.desk.codings.get(draft.guid)
        if coding is not None:
            self.desk.noted(coding, text)
            self.pane.redraw_span(coding.start, coding.end)
        self.refresh_codes()
        self.show_definition()
        self.status.stand("")
        self.say(_("Memo kept.") if text else _("Memo taken away; u brings it back."))

    def resume(self) -> None:
        """Open the memo that was being written when the screen was ended from outside."""
        draft = self.desk.bench.draft()
        if draft is None:
            return
        before = self.desk.bench.memo(draft.target, draft.guid)
        if draft.text == before:
            self.desk.bench.drop_draft()
            return
        self._open_memo(draft, _("Not kept last time: memo on «{name}»").format(name=draft.name), before)

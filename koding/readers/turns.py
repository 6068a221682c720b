"""Turns: which lines begin one, who speaks it, and where it ends.

`marks` finds every line that may begin a turn. Here the labels are judged, since speech is full of colons ("Han sa: kom
hit"): a label must look like one, and then be a word for a role, be named in the informants file, recur, be named in
the header, or stand in a text where everything else begins with a mark too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from operator import itemgetter

from koding.model.transcript import Role, Turn
from koding.readers.footnotes import notes_start
from koding.readers.header import header_end
from koding.readers.manner import after_comma, spoken_label
from koding.readers.marks import Break, Candidate, Form, Survey, survey
from koding.readers.speakers import INTERVIEWER_WORDS, guess_role, is_header_key, is_name, is_plausible, role_word

_CLOSING_VOICE = "</v>"
_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"\w+")
# A conversation told apart by names alone changes speaker at least this often (code points a turn) ...
_LONGEST_MEAN_TURN = 1500
# ... or begins at least this share of its paragraphs with a mark.
_MARKED_SHARE = 0.5
# How often a label comes back before a text without words for roles, or in lower case, is trusted on it.
_LEAST_NAMED_TURNS = 3
# Where at most this share of the lines or paragraphs is left without a mark, a label met once is taken for a speaker.
_UNMARKED_SHARE = 0.1
_PARAGRAPH_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Recognition:
    """What was recognised in a text.

    `turns` are in order and do not overlap. `header_end` is where the conversation (or the author's text) begins, in
    code points. `author_text` tells that no speakers were found, so that the text is one turn of its author.
    """

    turns: tuple[Turn, ...]
    header_end: int
    author_text: bool


def recognise(text: str, known_labels: Collection[str] = frozenset()) -> Recognition:
    """Recognise the turns of `text`.

    `known_labels` are labels that a person has named (the informants file's `speaker` column); they are taken for
    speakers wherever they stand as a mark. Works in one pass and never fails; a text without marks is one turn.
    Footnotes below the text are in no turn.
    """
    text = text[: notes_start(text)]
    found = survey(text)
    known = frozenset(label.casefold() for label in known_labels if label not in {"", "*"})
    aside = _without_notes(found, known)
    recurring = Counter(candidate.label for candidate in found.candidates)
    head = header_end(text, {label for label, times in recurring.items() if times > 1 or label.casefold() in known})
    _leave_out_header(found, head)
    accepted = _Judge(found, known, text, head).accepted()
    marks = [candidate for candidate in found.candidates if candidate.label in accepted[candidate.form]]
    spoken = [
        candidate for candidate in aside if candidate.mark >= head and candidate.label in accepted[candidate.form]
    ]
    marks = sorted([*marks, *spoken], key=lambda candidate: candidate.mark)
    if not marks:
        return _author_text(text, head)
    return Recognition(tuple(_cut(text, marks, found.breaks)), marks[0].mark, author_text=False)


def _without_notes(found: Survey, known: Collection[str]) -> list[Candidate]:
    """Take notes on manner from the labels ("Amina (gråter)"), and give the candidates whose note follows a comma.

    "Amina, ivrig: ..." is a mark only where Amina is a speaker by other marks too, so these stand aside meanwhile.
    """
    aside: list[Candidate] = []
    for candidate in found.candidates:
        label = spoken_label(candidate.label, known) if candidate.form is Form.COLON else candidate.label
        if label != candidate.label:
            if after_comma(candidate.label):
                aside.append(candidate)
            candidate.label = label
    apart = {candidate.mark for candidate in aside}
    found.candidates = [candidate for candidate in found.candidates if candidate.mark not in apart]
    return aside


def _leave_out_header(found: Survey, head: int) -> None:
    found.candidates = [candidate for candidate in found.candidates if candidate.mark >= head]
    found.lines = [line for line in found.lines if line >= head]
    found.paragraphs = [line for line in found.paragraphs if line >= head]


def _author_text(text: str, head: int) -> Recognition:
    start = _skip_space(text, head, len(text))
    end = head + len(text[head:].rstrip())
    turns = (Turn(start, start, end, ""),) if start < end else ()
    return Recognition(turns, start, author_text=True)


@dataclass(slots=True)
class _Judge:
    """Decides which labels of a text are speakers'."""

    found: Survey
    known: frozenset[str]
    text: str
    head: int
    chosen: dict[Form, set[str]] = field(default_factory=lambda: {form: set() for form in Form})

    def accepted(self) -> dict[Form, set[str]]:
        """Give the labels that are speakers', by the form of their mark."""
        candidates = self.found.candidates
        by_paragraph = _stand_by_paragraph(candidates, self.known)
        times = Counter((c.form, c.label) for c in candidates if c.opens or not by_paragraph)
        unsure: set[tuple[Form, str]] = set()
        sure = False
        for form, label in dict.fromkeys((c.form, c.label) for c in candidates):
            verdict = self._verdict(form, label, times[form, label])
            if verdict:
                self.chosen[form].add(label)
            elif verdict is None:
                unsure.add((form, label))
            sure = sure or (verdict is True and self._is_sure(form, label))
        self._settle_tabbed()
        marked = [c for c in candidates if c.label in self.chosen[c.form]]
        if not sure and not self._is_conversation(marked):
            unsure |= {(c.form, c.label) for c in marked}
            self.chosen = {form: set() for form in Form}
        self._settle_unsure(unsure, by_paragraph=by_paragraph)
        return self.chosen

    def _is_sure(self, form: Form, label: str) -> bool:
        """Whether an accepted label alone shows that the text is a conversation."""
        return form is Form.VOICE or label.casefold() in self.known or bool(role_word(label))

    def _verdict(self, form: Form, label: str, times: int) -> bool | None:
        """Judge a label by itself and by how often it stands as a mark; None where that does not decide."""
        if label.casefold() in self.known or form is Form.VOICE:
            return True
        if is_header_key(label) or not is_plausible(label) or (form is not Form.COLON and not is_name(label)):
            return False
        if form is Form.COLON and len(role_word(label)) > 1:
            return True
        if form is Form.TABBED:
            return times > 1
        if label[0].isupper():
            return True if times > 1 else None
        # Speech written in lower case throughout: a single word that comes back again and again.
        return times >= _LEAST_NAMED_TURNS and len(label.split()) == 1

    def _settle_tabbed(self) -> None:
        """Take a table's first column for speakers only where it holds words for roles or known labels."""
        labels = self.chosen[Form.TABBED]
        if not any(role_word(label) or label.casefold() in self.known for label in labels):
            labels.clear()

    def _is_conversation(self, marked: list[Candidate]) -> bool:
        """Whether marks that are only names are many enough, so that a list in an essay is not taken for one."""
        times = Counter(mark.label for mark in marked)
        if len(marked) < _LEAST_NAMED_TURNS or len(times) == 1:
            return False
        if sum(1 for count in times.values() if count >= _LEAST_NAMED_TURNS) > 1:
            return True
        opening = sum(1 for mark in marked if mark.opens)
        return (
            len(marked) * _LONGEST_MEAN_TURN >= len(self.text) - self.head
            or opening >= len(self.found.paragraphs) * _MARKED_SHARE
        )

    def _settle_unsure(self, unsure: set[tuple[Form, str]], *, by_paragraph: bool) -> None:
        """Take labels met once where the text shows that they are speakers'.

        The header names them; their marks are set off (bold, a time) as others' are; nearly all the text begins with
        marks; or an interviewer speaks, and nobody else would.
        """
        firm = {(c.form, c.label) for c in self.found.candidates if c.firm}
        if any(label in self.chosen[form] for form, label in firm):
            for form, label in unsure & firm:
                self.chosen[form].add(label)
        header = f" {' '.join(_WORD.findall(self.text[: self.head].casefold()))} "
        for form, label in unsure:
            words = " ".join(_WORD.findall(label.casefold()))
            if f" {words} " in header and any(self.chosen.values()):
                self.chosen[form].add(label)
        standing = [
            c
            for c in self.found.candidates
            if (c.label in self.chosen[c.form] or (c.form, c.label) in unsure) and (c.opens or not by_paragraph)
        ]
        units = self.found.paragraphs if by_paragraph else self.found.lines
        below = 0 if by_paragraph else sum(1 for candidate in standing if candidate.bare)
        left = len(units) - len(standing) - below
        if standing and (left <= len(units) * _UNMARKED_SHARE or _only_asks(self.chosen, unsure)):
            for candidate in standing:
                self.chosen[candidate.form].add(candidate.label)


def _only_asks(chosen: dict[Form, set[str]], unsure: set[tuple[Form, str]]) -> bool:
    """Whether an interviewer's mark is there and no informant's has been accepted."""
    sure = set().union(*chosen.values())
    labels = sure | {label for _form, label in unsure}
    asks = any(role_word(label) in INTERVIEWER_WORDS for label in labels)
    return asks and not any(guess_role(label, labels) is Role.INFORMANT for label in sure)


def _stand_by_paragraph(candidates: list[Candidate], known: frozenset[str]) -> bool:
    """Whether the text sets turns apart by blank lines, judged by its surest marks."""
    sure = [c for c in candidates if c.label.casefold() in known or role_word(c.label)]
    judged = sure if len(sure) > 1 else [c for c in candidates if is_plausible(c.label)]
    return sum(1 for c in judged if c.opens) >= len(judged) * _PARAGRAPH_SHARE


def _cut(text: str, marks: list[Candidate], breaks: list[Break]) -> list[Turn]:
    """Cut the text into turns at the marks; after a break the speaker goes on in a turn of its own."""
    first = marks[0].mark
    events: list[tuple[int, Candidate | Break]] = [(mark.mark, mark) for mark in marks]
    events += [(line.start, line) for line in breaks if line.start > first]
    events.sort(key=itemgetter(0))
    turns: list[Turn] = []
    speaker = ""
    for index, (_position, event) in enumerate(events):
        limit = events[index + 1][0] if index + 1 < len(events) else len(text)
        if isinstance(event, Candidate):
            speaker = event.label
            start, end = _speech(text, event.after, limit)
            turns.append(Turn(event.mark, start, end, speaker, event.time))
            continue
        start, end = _speech(text, event.end, limit)
        if start < end:
            mark = max(event.end, text.rfind("\n", 0, start) + 1)
            turns.append(Turn(mark, start, end, speaker, event.time))
    return turns


def _speech(text: str, after: int, limit: int) -> tuple[int, int]:
    """Give the span of what is said between a mark's end and the next mark; empty right after the mark for nothing."""
    start = _skip_space(text, after, limit)
    speech = text[start:limit].rstrip()
    if speech.endswith(_CLOSING_VOICE):
        speech = speech[: -len(_CLOSING_VOICE)].rstrip()
    return (start, start + len(speech)) if speech else (after, after)


def _skip_space(text: str, start: int, limit: int) -> int:
    found = _SPACE.match(text, start, limit)
    return found.end() if found else start

"""Survey answers as a table: a row an informant, a column a question, the other columns variables.

What is a question is told by the answers: written in several words, and hardly ever the same. Tables that say who spoke
when (a column of text beside speakers or times) are transcripts and read as such.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from koding.errors import KodingError
from koding.i18n import _, ngettext
from koding.model.transcript import Role, Turn
from koding.model.variables import Variable
from koding.readers import codings_csv, informants
from koding.readers.cues import Cue, Spoken, compose, label_of, within_reason
from koding.readers.faults import NotATranscript
from koding.readers.informants import ANY, InformantRow, InformantTable, declared, with_kind
from koding.readers.marks import milliseconds

#: Who "says" a question in the text.
ASKS = "Spørsmål"
Rows = Sequence[tuple[int, list[str]]]

# Columns that name the row; those in _PEOPLE hold names that are the same person in other sources.
_PEOPLE = frozenset({"informant", "informantid", "informantkode"})
_NAME_WORDS = (
    "id nr nummer løpenummer lopenummer respondent respondentid respondentnr deltaker deltakar deltakerid deltakernr "
    "svarid submissionid responseid svarnr participant participantid case caseid kode"
)
_NAMES = _PEOPLE | frozenset(_NAME_WORDS.split())
_TEXTS = frozenset({"text", "tekst", "utterance", "ytring", "replikk", "transcript", "transkripsjon"})
_SPEAKERS = frozenset({"speaker", "taler", "talar", "speakername", "speakerlabel"})
_STARTS = frozenset({"start", "starttime", "begin", "from", "fra", "timestamp", "tid", "tidskode"})
_ENDS = frozenset({"end", "endtime", "to", "til", "slutt"})
_LETTERS = re.compile(r"[^\w#]|_")
_MILLISECONDS = re.compile(r"\d{1,9}")
_SECONDS = re.compile(r"\d{1,7}[.,]\d{1,6}")
_BLANKS = re.compile(r"\s+")
# Answers have this many words in the mean, fewer where the column's head is a question ...
_WORDS, _WORDS_ASKED = 4, 2
# ... and at least this share of them is unlike all others.
_UNLIKE = 0.5
_LONGEST_LABEL = 40
_NAMED = 6
# Code points of the text, in which the question stands before every answer.
_MOST_CHARACTERS = 100_000_000


@dataclass(frozen=True, slots=True)
class Answers:
    """A table as text: `informants` says who its speakers are and what is known of them, under the source `*`."""

    spoken: Spoken
    informants: InformantTable | None
    notes: tuple[str, ...] = ()


def read_answers(rows: Rows, where: str, source: str) -> Answers:
    """Give the text, turns and informants of a table whose first row has the columns' names.

    Every answer is a turn of its informant, after its question as a turn of `ASKS`. An informant is named by a column
    `informant` (the same person as in other sources), else after the `source` and an identifier or the row's number.
    Raises NotATranscript for a table without written answers, or of another kind that koding reads.
    """
    rows = [(line, [cell.strip() for cell in cells]) for line, cells in rows if any(cell.strip() for cell in cells)]
    if not rows:
        raise KodingError(_("{where} holds no text.").format(where=where), _("Check that it is the right file."))
    header = _header(rows[0][1])
    _refuse_other_tables({name.casefold() for name in header}, where)
    body = [(line, (cells + [""] * len(header))[: len(header)]) for line, cells in rows[1:]]
    spoken = _transcript(header, body)
    if spoken is not None:
        return spoken
    return _Survey(header, body, where, source).read()


def _header(cells: list[str]) -> list[str]:
    """Give the columns' names, one line each; one that is there already gets a number."""
    seen: Counter[str] = Counter()
    names: list[str] = []
    for index, cell in enumerate(cells, start=1):
        name = _BLANKS.sub(" ", cell) or _("Column {number}").format(number=index)
        seen[name.casefold()] += 1
        names.append(name if seen[name.casefold()] == 1 else f"{name} ({seen[name.casefold()]})")
    return names


def _refuse_other_tables(names: set[str], where: str) -> None:
    if names.issuperset(informants.REQUIRED):
        raise NotATranscript(
            _("{where} is an informants file, not a source.").format(where=where),
            _("Give it with --informants."),
        )
    if names.issuperset(codings_csv.REQUIRED):
        raise NotATranscript(
            _("{where} is a table of codings, not a source.").format(where=where),
            _("Import it with: koding codings import."),
        )


def _key(name: str) -> str:
    return _LETTERS.sub("", name.casefold())


def _transcript(header: list[str], body: Rows) -> Answers | None:
    """Read a table that says who spoke when; None for one that does not."""
    column = {_key(name): index for index, name in reversed(list(enumerate(header)))}

    def find(names: frozenset[str]) -> int | None:
        return next((column[name] for name in column if name in names), None)

    text, speaker, start, end = find(_TEXTS), find(_SPEAKERS), find(_STARTS), find(_ENDS)
    if text is None or (speaker is None and (start is None or end is None)):
        return None
    cues = [
        Cue(
            _time(cells[start]) if start is not None else None,
            _time(cells[end]) if end is not None else None,
            label_of(cells[speaker]) if speaker is not None else "",
            cells[text],
        )
        for _line, cells in body
    ]
    used = {text, speaker, start, end}
    others = [name for index, name in enumerate(header) if index not in used]
    notes = [_("Columns left out: {names}.").format(names=_listed(others))] if others else []
    return Answers(compose(cues), None, tuple(notes))


def _time(written: str) -> int | None:
    """Read a time: whole milliseconds (as Whisper's tables have them), seconds with a fraction, or 00:12:31."""
    if _MILLISECONDS.fullmatch(written):
        return within_reason(int(written))
    if _SECONDS.fullmatch(written):
        return within_reason(round(float(written.replace(",", ".")) * 1000))
    return milliseconds(written)


class _Survey:
    """A survey's columns, told apart by what is in them."""

    def __init__(self, header: list[str], body: Rows, where: str, source: str) -> None:
        self.header = header
        self.body = body
        self.where = where
        self.source = source
        self.name_column = self._find_names()
        self.questions = [
            index for index in range(len(header)) if index != self.name_column and self._is_question(index)
        ]
        if not self.questions:
            raise NotATranscript(
                _("{where} has no column of written answers.").format(where=where),
                _("A survey has a row for each informant, and answers in several words in at least one column."),
            )
        self.variables: list[tuple[int, Variable]] = []
        for index, name in enumerate(header):
            if index not in {self.name_column, *self.questions} and any(cells[index] for _line, cells in body):
                variable = declared(name)
                taken = {known.name for _index, known in self.variables}
                self.variables.append((index, Variable(name) if variable.name in taken else variable))

    def _find_names(self) -> int | None:
        """Give the column that names the rows: by its head, and no two rows alike."""
        for wanted in (_PEOPLE, _NAMES):
            for index, name in enumerate(self.header):
                values = [cells[index] for _line, cells in self.body]
                fit = all(value == "" or _is_label(value) for value in values)
                if _key(name) in wanted and any(values) and fit and (wanted is _PEOPLE or _all_unlike(values)):
                    return index
        return None

    def _is_question(self, index: int) -> bool:
        answers = [cells[index] for _line, cells in self.body if cells[index]]
        if not answers:
            return False
        mean = sum(len(answer.split()) for answer in answers) / len(answers)
        unlike = len({answer.casefold() for answer in answers}) / len(answers)
        return mean >= (_WORDS_ASKED if "?" in self.header[index] else _WORDS) and unlike >= _UNLIKE

    def read(self) -> Answers:
        pieces: list[str] = []
        turns: list[Turn] = []
        people = [InformantRow(1, ANY, ASKS, "", Role.INTERVIEWER, {})]
        position, empty = 0, 0
        for number, (line, cells) in enumerate(self.body, start=1):
            answered = [index for index in self.questions if cells[index]]
            if not answered:
                empty += 1
                continue
            label = self._label(number, cells)
            people.append(InformantRow(line, ANY, label, self._person(label, cells), Role.INFORMANT, self._of(cells)))
            for index in answered:
                for speaker, speech in ((ASKS, self.header[index]), (label, cells[index])):
                    start = position + len(speaker) + 2
                    turns.append(Turn(position, start, start + len(speech), speaker))
                    pieces.append(f"{speaker}: {speech}\n")
                    position += len(pieces[-1])
            if position > _MOST_CHARACTERS:
                raise KodingError(
                    _("{where} comes to far more text than a survey: every answer stands below its question.").format(
                        where=self.where
                    ),
                    _("Shorten the questions in the first row, or save a part of it as a table of its own."),
                )
            pieces.append("\n")
            position += 1
        table = self._table(people)
        return Answers(Spoken("".join(pieces[:-1]), tuple(turns)), table, self._notes(people, empty))

    def _label(self, number: int, cells: list[str]) -> str:
        return f"R{number}" if self.name_column is None else cells[self.name_column] or f"#{number}"

    def _person(self, label: str, cells: list[str]) -> str:
        column = self.name_column
        own = column is not None and cells[column] and _key(self.header[column]) in _PEOPLE
        return label if own else f"{self.source}/{label}"

    def _of(self, cells: list[str]) -> dict[str, str]:
        return {variable.name: cells[index] for index, variable in self.variables if cells[index]}

    def _table(self, people: list[InformantRow]) -> InformantTable:
        """Give the table of informants; of one with several rows the first value of a variable counts."""
        variables = tuple(
            with_kind(variable, [row.values[variable.name] for row in people if variable.name in row.values])
            for _index, variable in self.variables
        )
        first: dict[str, InformantRow] = {}
        for row in people:
            known = first.get(row.speaker)
            values = {**row.values, **known.values} if known else row.values
            first[row.speaker] = InformantRow(row.line, row.source, row.speaker, row.informant, row.role, values)
        return InformantTable(tuple(first.values()), variables)

    def _notes(self, people: list[InformantRow], empty: int) -> tuple[str, ...]:
        informants_ = people[1:]
        count = len({row.informant for row in informants_})
        named = self.header[self.name_column] if self.name_column is not None else _("the row's number")
        notes = [
            ngettext(
                "{count} informant, named by {column}.", "{count} informants, each named by {column}.", count
            ).format(count=count, column=named),
            _("Taken for questions: {names}.").format(names=_listed([self.header[index] for index in self.questions])),
        ]
        if self.variables:
            names = [variable.name for _index, variable in self.variables]
            notes.append(_("Taken for variables: {names}.").format(names=_listed(names)))
        if len(informants_) > count:
            notes.append(_("Some informants have several rows; the first value of a variable was taken."))
        if empty:
            notes.append(
                ngettext(
                    "{count} row without a written answer was left out.",
                    "{count} rows without a written answer were left out.",
                    empty,
                ).format(count=empty)
            )
        return tuple(notes)


def _is_label(value: str) -> bool:
    return len(value) <= _LONGEST_LABEL and value not in {ANY, ASKS} and not set(value) & set("\n:")


def _all_unlike(values: list[str]) -> bool:
    present = [value for value in values if value]
    return len(set(present)) == len(present)


def _listed(names: Sequence[str]) -> str:
    shown = [name if len(name) <= _LONGEST_LABEL else f"{name[: _LONGEST_LABEL - 1]}…" for name in names[:_NAMED]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (_(" and {count} more").format(count=more) if more else "")

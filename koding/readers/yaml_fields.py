"""The fields of a mapping in a YAML file, read with their lines; what is wrong is written to a report."""

from __future__ import annotations

import difflib
from collections.abc import Sequence as Many
from dataclasses import dataclass, field

from koding.errors import KodingError
from koding.i18n import _, ngettext
from koding.readers.yaml_tree import Mapping, Node, Scalar, Sequence

_YES = frozenset({"yes", "ja", "true"})
_NO = frozenset({"no", "nei", "false"})
# A sentence about a fault quotes the file; no more of it than this is shown.
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file: the line (from 1), the key it is about ("" for the file), what, and what to do."""

    line: int
    key: str
    message: str
    hint: str

    def sentence(self) -> str:
        """Give key and message as one sentence on one line, cut where what the file holds makes it endless."""
        text = " ".join((f"{self.key}: {self.message}" if self.key else self.message).split())
        if len(text) > _LONGEST:
            text = f"{text[:_LONGEST]}…"
        return text if text.endswith((".", "…")) else f"{text}."


def first_fault(where: str, problems: Many[Problem]) -> KodingError:
    """Give the error for a file with problems (one at least): the first, and the number of the others."""
    first = problems[0]
    message = _("{where}, line {line}: {problem}").format(where=where, line=first.line, problem=first.sentence())
    others = len(problems) - 1
    more = ngettext("({count} more problem.)", "({count} more problems.)", others).format(count=others)
    return KodingError(message, f"{first.hint} {more}".strip() if others else first.hint)


@dataclass(slots=True)
class Report:
    """The problems found so far."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, line: int, key: str, message: str, hint: str) -> None:
        """Write down a problem."""
        self.problems.append(Problem(line, key, message, hint))


class Fields:
    """A mapping whose keys are known.

    `name` says in problems what the mapping is about; where `named_by` is given, the value of that key does. Unknown
    keys and keys that stand twice are reported at once. A node that is missing reads as a mapping without keys; one
    that is no mapping is reported and is not `readable`.
    """

    def __init__(self, report: Report, node: Node | None, name: str, known: Many[str], named_by: str = "") -> None:
        self.report = report
        self.name = (_text_of(node, named_by) if named_by else "") or name
        self.readable = isinstance(node, Mapping)
        self._nodes: dict[str, Node] = {}
        self._lines: dict[str, int] = {}
        self._line = node.line if node else 1
        if isinstance(node, Mapping):
            self._take(node, known)
        elif node is not None:
            self.report.add(
                node.line, self.name, _("it must be keys with values"), _("Use {keys}.").format(keys=", ".join(known))
            )

    def _take(self, node: Mapping, known: Many[str]) -> None:
        for key, value in node.pairs:
            if key.value not in known:
                self.report.add(
                    key.line,
                    self.name,
                    _("the key {key} is unknown").format(key=key.value),
                    _did_you_mean(key.value, known),
                )
            elif key.value in self._nodes:
                self.report.add(
                    key.line,
                    self.name,
                    _("the key {key} is already on line {line}").format(key=key.value, line=self._lines[key.value]),
                    _("Keep one of the two."),
                )
            else:
                self._nodes[key.value] = value
                self._lines[key.value] = key.line

    def has(self, key: str) -> bool:
        """Whether the key is there, with a value or without."""
        return key in self._nodes

    def line(self, key: str) -> int:
        """Give the line of the key, the mapping's where the key is missing."""
        return self._lines.get(key, self._line)

    def fault(self, key: str, message: str, hint: str) -> None:
        """Report a problem with a key's value."""
        self.report.add(self.line(key), self._about(key), message, hint)

    def text(self, key: str, *, required: bool = False) -> str:
        """Give a text, "" where it is missing (which is reported if `required`)."""
        node = self._nodes.get(key)
        value = self.scalar(node, key) if node else ""
        if required and not value and (node is None or isinstance(node, Scalar)):
            self.fault(key, _("it is missing"), _("Add {key}: with a text.").format(key=key))
        return value

    def scalar(self, node: Node, key: str) -> str:
        """Give a node's text; a list or mapping is reported and reads as ""."""
        if isinstance(node, Scalar):
            return node.value
        self.report.add(node.line, self._about(key), _("it must be a text"), _("Quote a text that begins with [ or {."))
        return ""

    def items(self, key: str) -> list[Node]:
        """Give the nodes of a list, none where it is missing or empty."""
        node = self._nodes.get(key)
        if isinstance(node, Sequence):
            return node.items
        if node is not None and not (isinstance(node, Scalar) and not node.value):
            self.report.add(node.line, self._about(key), _("it must be a list"), _("Begin each item with a dash."))
            self._nodes.pop(key)
        return []

    def texts(self, key: str) -> tuple[str, ...]:
        """Give the texts of a list."""
        return tuple(text for node in self.items(key) if (text := self.scalar(node, key)))

    def mapping(self, key: str) -> Node | None:
        """Give the node of an inner mapping, None where it is missing or empty."""
        node = self._nodes.get(key)
        return None if isinstance(node, Scalar) and not node.value else node

    def pairs(self, key: str) -> list[tuple[Scalar, Node]]:
        """Give the keys and nodes of an inner mapping whose keys are free."""
        node = self.mapping(key)
        if isinstance(node, Mapping):
            return node.pairs
        if node is not None:
            self.report.add(
                node.line, self._about(key), _("it must be keys with values"), _("Write them as key: value.")
            )
        return []

    def choice(self, key: str, known: Many[str], default: str) -> str:
        """Give a text that must be one of `known`."""
        value = self.text(key)
        if not value:
            return default
        self.known(self.line(key), key, value, known)
        return value if value in known else default

    def known(self, line: int, key: str, value: str, known: Many[str]) -> None:
        """Report a value that is none of `known`."""
        if value not in known:
            self.report.add(
                line, self._about(key), _("“{value}” is unknown").format(value=value), _did_you_mean(value, known)
            )

    def yes(self, key: str, *, default: bool) -> bool:
        """Give a yes or no, in English or Norwegian."""
        value = self.text(key).casefold()
        if value in _YES or value in _NO:
            return value in _YES
        if value:
            self.fault(key, _("“{value}” is neither yes nor no").format(value=value), _('Write "yes" or "no".'))
        return default

    def _about(self, key: str) -> str:
        return f"{self.name}: {key}" if self.name else key


def _text_of(node: Node | None, key: str) -> str:
    pairs = node.pairs if isinstance(node, Mapping) else []
    return next((value.value for own, value in pairs if own.value == key and isinstance(value, Scalar)), "")


def _did_you_mean(value: str, known: Many[str]) -> str:
    near = difflib.get_close_matches(value, known, 1)
    if near:
        return _("Did you mean {name}?").format(name=near[0])
    return _("Use one of {names}.").format(names=", ".join(known))

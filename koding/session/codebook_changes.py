"""Changing a study's codebook while it is in use: every change with its reason, and where old codings belong now.

A code keeps its GUID and its key whatever becomes of it. What is merged, split or retired stays in the codebook, is
offered no more, and its codings stay or go as each change says.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from koding.errors import Conflict, KodingError, UsageFault
from koding.i18n import _
from koding.model.codebook import Code, Codebook, Revision
from koding.model.identity import content_guid, fresh_guid
from koding.session.indicator_changes import IndicatorEdit, IndicatorsTaken, difference, has_indicators, taken_from
from koding.session.naming import unknown
from koding.store import codebooks as store
from koding.store import codings as codings_store
from koding.store import recoding
from koding.store.journal import Change
from koding.store.project import Project

#: The texts that `edit` can change.
TEXTS = ("gloss", "short", "definition", "use", "not_use", "colour")
_SAME_INDICATORS = IndicatorEdit()
_KEY = re.compile(r"\w[\w-]*(?:\.\w[\w-]*)*")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code that is to be made: its key, its label ("" to take the key's last part) and its texts."""

    key: str
    label: str = ""
    texts: Mapping[str, str] | None = None
    codable: bool = True

    @property
    def shown(self) -> str:
        """Give the label that people will see."""
        return self.label or self.key.rpartition(".")[2].replace("_", " ").capitalize()


class CodebookChanges:
    """Changes to the codebook of an open study, by one person for one reason."""

    def __init__(self, project: Project, coder: str, reason: str) -> None:
        self._project = project
        self._coder = coder
        self._reason = reason
        self.codebook = project.codebook()

    def add(self, new: NewCode) -> Code:
        """Add a code, below the code that its key begins with. Raises UsageFault, Conflict."""
        self._check_new(new)
        with self._change("add", new.key, after=new.shown) as change:
            return self._insert(change, new)

    def rename(self, key: str, label: str) -> None:
        """Give a code another label; its key and its codings stay."""
        code = self._code(key)
        if not label.strip():
            raise UsageFault(_("A code needs a label."))
        if code.label == label:
            raise Conflict(_("{key} is called {label} already.").format(key=key, label=label))
        with self._change("rename", key, before=code.label, after=label) as change:
            change.update("code", code.guid, {"label": label})

    def edit(self, key: str, texts: Mapping[str, str], indicators: IndicatorEdit = _SAME_INDICATORS) -> None:
        """Change what is written about a code, `TEXTS`, and its indicators. Raises KodingError, changing nothing."""
        code = self._code(key)
        changed = {field: text for field, text in texts.items() if getattr(code, field) != text}
        self._check_colour(changed.get("colour", ""))
        pointing = indicators.applied(code, self.codebook.field_terms(""))
        if pointing != code.indicators:
            changed["indicators"] = store.indicators_text(pointing)
        if not changed:
            raise Conflict(_("{key} says so already; nothing was changed.").format(key=key))
        told = difference(code.indicators, pointing)
        with self._change("edit", key, fields=" ".join(sorted(changed)), indicators=told) as change:
            change.update("code", code.guid, changed)

    def take_indicators(self, other: Codebook, name: str) -> IndicatorsTaken:
        """Take the indicators and word fields of another codebook, called `name`, as `taken_from`; all else stays."""
        if not has_indicators(other):
            raise Conflict(_("{file} holds no indicators; nothing was changed.").format(file=name))
        book = self.codebook
        taken = taken_from(other, book)
        if not (taken.codes or taken.changed_fields):
            raise Conflict(_("The study has the indicators of {file} already; nothing was changed.").format(file=name))
        told = {
            key: {"fields": "indicators", "indicators": difference(book.by_key[key].indicators, indicators)}
            for key, indicators in taken.codes.items()
        }
        if taken.changed_fields:
            # A code may have the key that the codebook has as its id.
            own = told.get(book.id, {})
            told[book.id] = own | {
                "fields": " ".join([*own.get("fields", "").split(), *(f"@{one}" for one in taken.changed_fields)])
            }
        with self._told_change("edit", told, f"indicators {name}") as change:
            for key, indicators in taken.codes.items():
                change.update("code", book.by_key[key].guid, {"indicators": store.indicators_text(indicators)})
            if taken.changed_fields:
                change.update("codebook", book.guid, {"fields": store.fields_text(taken.fields)})
        return taken

    def move(self, key: str, parent: str | None) -> None:
        """Put a code with all below it under another code, or (None) at the top; its key stays."""
        code = self._code(key)
        above = self._code(parent) if parent is not None else None
        if above is not None and any(one.key == key for one in self.codebook.lineage(above.key)):
            raise Conflict(_("{key} cannot be put below itself.").format(key=key))
        if code.parent == parent:
            raise Conflict(_("{key} stands there already.").format(key=key))
        with self._change("move", key, before=code.parent or "", after=parent or "") as change:
            place = {"parent": above.guid if above else None, "position": self._next_position()}
            change.update("code", code.guid, place)

    def merge(self, keys: Sequence[str], into: str) -> int:
        """Merge codes into another: their codings get that code, they are retired. Gives how many codings moved."""
        heir = self._offered(into)
        codes = [self._code(key) for key in dict.fromkeys(keys)]
        for code in codes:
            if code.key == into:
                raise Conflict(_("{key} cannot be merged into itself.").format(key=into))
            if self.codebook.children(code.key):
                raise Conflict(_("{key} has codes below it.").format(key=code.key), _("Move or merge those first."))
        moved = 0
        with self._change("merge", *[code.key for code in codes], into=into) as change:
            for code in codes:
                for guid in recoding.of_code(self._project.connection, code.guid):
                    recoding.recode(change, self._project.connection, guid, [heir.guid])
                    moved += 1
                change.update("code", code.guid, {"retired": 1, "successor": heir.guid})
        return moved

    def split(self, key: str, new: Sequence[NewCode]) -> int:
        """Split a code into others, made where there are none: it is retired, its codings wait to be decided.

        Gives how many codings wait.
        """
        code = self._code(key)
        parts = list({one.key: one for one in new}.values())
        if len(parts) < 2:  # noqa: PLR2004 - a split makes two at least
            raise UsageFault(
                _("A split needs two codes at least."), _("To give it one new name: koding codebook rename.")
            )
        for one in parts:
            if one.key == key:
                raise Conflict(_("{key} cannot be a part of itself.").format(key=key))
            if one.key in self.codebook.by_key:
                self._offered(one.key)
            else:
                self._check_new(one)
        with self._change("split", key, into=" ".join(one.key for one in parts)) as change:
            for one in parts:
                if one.key not in self.codebook.by_key:
                    self._insert(change, one)
            change.update("code", code.guid, {"retired": 1})
            return len(recoding.of_code(self._project.connection, code.guid))

    def retire(self, key: str) -> int:
        """Offer a code no more; its codings stay and count. Gives how many there are."""
        code = self._code(key)
        if code.retired:
            raise Conflict(_("{key} is retired already.").format(key=key))
        with self._change("retire", key) as change:
            change.update("code", code.guid, {"retired": 1})
            return len(recoding.of_code(self._project.connection, code.guid))

    def restore(self, key: str) -> None:
        """Offer a retired code again; codings that went to another code stay there."""
        code = self._code(key)
        if not code.retired:
            raise Conflict(_("{key} is not retired.").format(key=key))
        with self._change("restore", key) as change:
            change.update("code", code.guid, {"retired": 0, "successor": None})

    def version(self, version: str) -> None:
        """Give the codebook a version."""
        if version == self.codebook.version:
            raise Conflict(_("The codebook has version {version} already.").format(version=version))
        with self._change("version", self.codebook.id, before=self.codebook.version, after=version) as change:
            change.update("codebook", self.codebook.guid, {"version": version})

    # Small things

    def _change(self, action: str, *keys: str, **detail: str) -> contextlib.AbstractContextManager[Change]:
        """Run one change of the codebook that is written into its history, code by code."""
        return self._told_change(action, dict.fromkeys(keys, detail), f"{action} {' '.join(keys)}")

    @contextlib.contextmanager
    def _told_change(self, action: str, told: Mapping[str, Mapping[str, str]], summary: str) -> Iterator[Change]:
        """Run one change of the codebook; the history says what is `told` of each key, the journal the `summary`."""
        book = self.codebook
        guids = {code.key: code.guid for code in book.codes}
        with self._project.change(coder=self._coder, action="codebook", detail=summary) as change:
            for key, detail in told.items():
                said = {name: value for name, value in detail.items() if value}
                revision = Revision(fresh_guid(), change.at, self._coder, action, key, self._reason, said, book.version)
                guid = guids.get(key) or (content_guid("code", book.id, key) if action == "add" else None)
                store.add_revision(change, book, revision, guid)
            yield change

    def _code(self, key: str) -> Code:
        code = self.codebook.by_key.get(key)
        if code is None:
            raise unknown(_("code"), key, self.codebook.by_key)
        return code

    def _offered(self, key: str) -> Code:
        code = self._code(key)
        if not code.offered:
            raise Conflict(
                _("{key} cannot be used: it is a folder, or retired.").format(key=key), _("Choose another code.")
            )
        return code

    def _check_new(self, new: NewCode) -> None:
        if not _KEY.fullmatch(new.key):
            raise UsageFault(
                _("“{value}” is no key").format(value=new.key) + ".", _("Use letters, digits, - and _, with dots.")
            )
        if new.key in self.codebook.by_key:
            raise Conflict(_("There is a code {key} already.").format(key=new.key))
        above = new.key.rpartition(".")[0]
        if above and above not in self.codebook.by_key:
            raise unknown(_("code"), above, self.codebook.by_key)
        self._check_colour((new.texts or {}).get("colour", ""))

    @staticmethod
    def _check_colour(colour: str) -> None:
        if colour and not _COLOUR.fullmatch(colour):
            raise UsageFault(
                _("“{value}” is no colour").format(value=colour) + ".", _('Write it as "#c4475b", quoted.')
            )

    def _insert(self, change: Change, new: NewCode) -> Code:
        above = self.codebook.by_key.get(new.key.rpartition(".")[0])
        code = Code(
            guid=content_guid("code", self.codebook.id, new.key),
            key=new.key,
            label=new.shown,
            parent=above.key if above else None,
            codable=new.codable,
            **(new.texts or {}),  # type: ignore[arg-type]
        )
        row = store.code_row(code, self.codebook.guid, above.guid if above else None, None, self._next_position())
        change.insert("code", [row])
        return code

    def _next_position(self) -> int:
        with self._project.reading() as connection:
            return store.last_position(connection) + 1


@dataclass(frozen=True, slots=True)
class Undecided:
    """A coding whose code was split: where it is, and the codes it may get; `text` is what it stands on."""

    id: str
    source: str
    start: int
    end: int
    code: str
    coder: str
    options: tuple[str, ...]
    text: str


def split_codes(codebook: Codebook) -> dict[str, tuple[str, ...]]:
    """Map the key of every code that was split, and not restored since, to the keys of what it was split into."""
    found: dict[str, tuple[str, ...]] = {}
    for revision in codebook.history:
        if revision.action == "split":
            found[revision.key] = tuple(revision.detail.get("into", "").split())
        elif revision.action in {"restore", "merge"}:
            found.pop(revision.key, None)
    return {key: parts for key, parts in found.items() if key in codebook.by_key and codebook.by_key[key].retired}


def undecided(project: Project) -> Iterator[Undecided]:
    """Give the codings whose code was split, by code, source and place."""
    from koding.session.exchange import exported

    parts = split_codes(project.codebook())
    if not parts:
        return
    for row in exported(project):
        one = row.coding
        if one.code in parts:
            yield Undecided(one.guid, row.source, one.start, one.end, one.code, one.coder, parts[one.code], row.text)


def decide(project: Project, choices: Iterable[tuple[int, str, str]], *, coder: str, where: str) -> int:
    """Give codings the codes that were chosen for them, all in one change or none.

    `choices` are (line, GUID of the coding, keys with spaces between); `where` names the table in errors. Gives how
    many codings were decided. Raises KodingError.
    """
    book = project.codebook()
    with project.reading() as connection:
        known = {one.guid for one in codings_store.codings(connection)}
    wanted: list[tuple[str, list[str]]] = []
    for line, guid, chosen in choices:
        if guid not in known:
            raise KodingError(
                _("{file} line {line}: there is no coding {id} in the study.").format(file=where, line=line, id=guid),
                _("Take the list anew with koding codings undecided."),
            )
        keys = list(dict.fromkeys(chosen.replace(",", " ").split()))
        for key in keys:
            if key not in book.by_key or not book.by_key[key].offered:
                raise KodingError(
                    _("{file} line {line}: {key} is no code that can be used.").format(file=where, line=line, key=key),
                    _("Nothing was changed."),
                )
        wanted.append((guid, [book.by_key[key].guid for key in keys]))
    if wanted:
        with project.change(coder=coder, action="decide", detail=str(len(wanted))) as change:
            for guid, codes in wanted:
                recoding.recode(change, project.connection, guid, codes)
    return len(wanted)

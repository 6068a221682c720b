"""The codes of a foreign project as codes of the study's codebook."""

from __future__ import annotations

import json
from dataclasses import replace

from koding.i18n import _, ngettext
from koding.model import exchange
from koding.model.codebook import Code, Codebook, Example, Indicators
from koding.model.describing import describe, described
from koding.model.identity import content_guid
from koding.model.keys import key_below
from koding.model.refi import xml_text
from koding.session.interchange.sidecar import Sidecar
from koding.session.interchange.storing import Storing
from koding.store.codebooks import code_row, read_codebook

#: The set that tells other tools, and us again, which codes are sensitive.
SENSITIVE_SET = content_guid("set", "sensitive")


def store_codes(storing: Storing) -> None:
    """Write the codes the study does not have (by GUID), after those it has; a folder that is coded with is none."""
    book = read_codebook(storing.connection)
    standing = {code.guid: code for code in book.codes}
    new = new_codes(storing.file, book, storing.sidecar)
    used = {
        coding.code
        for source in storing.file.sources
        for selection in source.selections
        for coding in selection.codings
    }
    folders = [code for code in new if not code.codable and code.guid in used]
    if folders:
        for code in folders:
            storing.carry("code", code.guid, "folder", {"guid": code.guid, "codable": False})
        line = ngettext(
            "{count} folder has codings in the file and is a code here.",
            "{count} folders have codings in the file and are codes here.",
            len(folders),
        )
        storing.report.warnings.append(line.format(count=len(folders)))
        new = [replace(code, codable=True) if code in folders else code for code in new]
    by_key = {code.key: code.guid for code in (*book.codes, *new)}
    rows = [
        code_row(
            code,
            book.guid,
            by_key[code.parent] if code.parent else None,
            by_key.get(code.successor),
            len(book.codes) + number,
        )
        for number, code in enumerate(new)
    ]
    if rows:
        storing.change.insert("code", rows)
    storing.report.codes = len(rows)
    renamed = 0
    for one in storing.file.codes:
        if one.guid in standing:
            storing.report.standing["codes"] += 1
            renamed += xml_text(standing[one.guid].label) != one.name
        storing.codes[one.guid] = one.guid
        if one.description == "":
            storing.carry("code", one.guid, "empty description", {"guid": one.guid, "description": ""})
    if renamed:
        line = ngettext(
            "{count} code has another name in the file; the study's name stays.",
            "{count} codes have other names in the file; the study's names stay.",
            renamed,
        )
        storing.report.warnings.append(line.format(count=renamed))


def new_codes(file: exchange.Project, book: Codebook, sidecar: Sidecar) -> list[Code]:
    """Give the file's codes that the codebook lacks, a parent before its children, with keys of their own."""
    taken = set(book.by_key)
    keys = {code.guid: code.key for code in book.codes}
    colours = {code.guid: code.colour for code in file.codes}
    sensitive = {guid for one in file.sets if one.guid == SENSITIVE_SET for guid in one.codes}
    found: list[Code] = []
    for one in file.codes:
        if one.guid in keys:
            continue
        parent = keys.get(one.parent or "")
        own = _own(sidecar, one.guid)
        label = own.label if own and xml_text(own.label) == one.name else one.name
        code = Code(guid=one.guid, key="", label=label, parent=parent, colour=one.colour, codable=one.codable)
        if one.guid in sensitive:
            code = replace(code, sensitive=True)
        key = ""
        if own and xml_text(describe(own, book.language)) == (one.description or ""):
            inherits = not own.colour and one.colour == colours.get(one.parent or "", "")
            same_colour = inherits or own.colour.lower() == one.colour
            code = replace(
                own, label=label, parent=parent, colour=own.colour if same_colour else one.colour, codable=one.codable
            )
            key = own.key
        else:
            code, key = described(code, one.description or "")
            if one.colour == colours.get(one.parent or "", ""):
                # The parent's colour is inherited; an export tells it of every code.
                code = replace(code, colour="")
        if not key or key in taken:
            key = key_below(parent, one.name, taken)
        taken.add(key)
        keys[one.guid] = key
        found.append(replace(code, key=key, label=code.label or _("code")))
    places = {guid: row.get("position") for guid, row in sidecar.rows("code").items()}
    if all(isinstance(places.get(code.guid), int) for code in found):
        # The study's own order, which a tree of elements cannot always show.
        found.sort(key=lambda code: int(str(places[code.guid])))
    return found


def _own(sidecar: Sidecar, guid: str) -> Code | None:
    """Give the code that the sidecar tells, None where it tells none, or none as we write it."""
    row = sidecar.row("code", guid)
    if row is None:
        return None
    successor = sidecar.row("code", str(row.get("successor"))) or {}
    try:
        indicators = json.loads(row["indicators"])
        return Code(
            guid=str(row["guid"]),
            key=str(row["key"]),
            label=str(row["label"]),
            gloss=str(row["gloss"]),
            short=str(row["short"]),
            definition=str(row["definition"]),
            use=str(row["use"]),
            not_use=str(row["not_use"]),
            examples=_examples(row["examples"]),
            counterexamples=_examples(row["counterexamples"]),
            indicators=Indicators(*(tuple(str(one) for one in indicators[name]) for name in ("nb", "nn", "except"))),
            colour=str(row["colour"] or ""),
            codable=bool(row["codable"]),
            sensitive=bool(row["sensitive"]),
            retired=bool(row.get("retired")),
            successor=str(successor.get("key") or ""),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _examples(text: str) -> tuple[Example, ...]:
    return tuple(Example(str(words), str(language)) for words, language in json.loads(text))

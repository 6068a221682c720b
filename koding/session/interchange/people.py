"""Users, variables and cases of a foreign project as coders, variables and informants of the study."""

from __future__ import annotations

import json
from collections.abc import Mapping

from koding.i18n import _
from koding.model.exchange import Case
from koding.model.exchange_json import to_json
from koding.model.identity import content_guid
from koding.model.variables import VariableKind
from koding.session.interchange.storing import Storing, fresh
from koding.store import codings as codings_store
from koding.store import sources as sources_store
from koding.store.carried import guids

_NUMBERS = frozenset({"Integer", "Float"})
#: What a coder's name may have of characters.
_LONGEST = 60


def store_coders(storing: Storing) -> None:
    """See to it that every user is a coder; one of the same name in the study is the same person."""
    known = storing.known("user")
    standing = {codings_store.coder_guid(name): name for name in codings_store.coders(storing.connection)}
    taken: set[str] = set()
    for user in storing.file.users:
        if user.guid in storing.coders:
            continue
        name = standing.get(known.get(user.guid, ""), "")
        if not name:
            name = storing.sidecar.exact("coder", user.guid, "name", user.name)
            if codings_store.coder_guid(name) != user.guid:
                name = " ".join(user.name.split())[:_LONGEST].strip()
                name = fresh(name or user.id or _("user {guid}").format(guid=user.guid[:8]), taken)
        taken.add(name)
        _coder(storing, user.guid, name)
        if codings_store.coder_guid(name) != user.guid or user.id:
            storing.carry("user", codings_store.coder_guid(name), user.guid, to_json(user))


def coder_of(storing: Storing, user: str) -> str:
    """Give the name of the coder for a user's GUID; one the file does not list, or "", gets a name that says so."""
    name = storing.coders.get(user)
    if name is None:
        known = storing.known("user").get(user)
        names = {codings_store.coder_guid(one): one for one in codings_store.coders(storing.connection)}
        name = names.get(known or "", "")
        if not name:
            name = _("user {guid}").format(guid=user[:8]) if user else _("unknown coder")
        _coder(storing, user, name)
        storing.carry("user", codings_store.coder_guid(name), user, {"guid": user, "name": "", "unlisted": True})
        line = _("What was written by a user whom the project does not list is now {coder}'s.").format(coder=name)
        storing.report.warnings.append(line)
    return name


def _coder(storing: Storing, user: str, name: str) -> None:
    before = storing.change.entries
    codings_store.write_coder(storing.change, storing.connection, name)
    storing.report.coders += storing.change.entries - before
    storing.coders[user] = name


def store_variables(storing: Storing) -> None:
    """Write the variables that are new, by name."""
    known = storing.known("variable")
    names = {content_guid("variable", one.name): one.name for one in sources_store.variables(storing.connection)}
    position = len(names)
    taken: set[str] = set()
    rows = []
    for variable in storing.file.variables:
        name = names.get(known.get(variable.guid, ""), "")
        if not name:
            name = storing.sidecar.exact("variable", variable.guid, "name", variable.name)
            if content_guid("variable", name) != variable.guid:
                name = fresh(" ".join(name.split()) or _("variable"), taken)
        taken.add(name)
        storing.variables[variable.guid] = name
        guid = content_guid("variable", name)
        if guid not in names:
            names[guid] = name
            kind, categories = _kind(storing, guid, variable.kind)
            rows.append({"guid": guid, "name": name, "kind": kind, "categories": categories, "position": position})
            position += 1
        if guid != variable.guid or variable.description is not None:
            storing.carry("variable", guid, variable.guid, to_json(variable))
    if rows:
        storing.insert("variable", rows)


def _kind(storing: Storing, guid: str, written: str) -> tuple[str, str]:
    """Give a new variable's kind and categories (JSON): koding's own where the package has them."""
    kind = VariableKind.NUMBER if written in _NUMBERS else VariableKind.TEXT
    row = storing.sidecar.row("variable", guid)
    if row is None:
        return kind.value, "[]"
    try:
        categories = json.loads(str(row.get("categories")))
        return VariableKind(str(row.get("kind"))).value, json.dumps(
            [str(one) for one in categories], ensure_ascii=False
        )
    except (ValueError, TypeError):
        return kind.value, "[]"


def store_informants(storing: Storing) -> None:
    """Write the cases as informants with their values; what the study knows already stays as it is there."""
    known = storing.known("case")
    present = {person.name: person for person in sources_store.informants(storing.connection).values()}
    by_guid = {sources_store.informant_guid(name): name for name in present}
    taken: set[str] = set()
    wanted: dict[str, dict[str, str]] = {}
    for case in storing.file.cases:
        name = by_guid.get(known.get(case.guid, ""), "") or _name(storing, case, taken)
        taken.add(name)
        storing.informants[case.guid] = name
        storing.report.informants += name not in present
        standing: Mapping[str, str] = present[name].variables if name in present else {}
        values = wanted.setdefault(name, {})
        for value in case.values:
            variable = storing.variables.get(value.variable)
            if variable and value.value and variable not in standing:
                values[variable] = _value(storing, name, variable, value.value)
        if sources_store.informant_guid(name) != case.guid or case.description is not None or case.codes:
            storing.carry("case", sources_store.informant_guid(name), case.guid, to_json(case))
    sources_store.write_informants(storing.change, storing.connection, wanted)
    _restore(storing)


def _name(storing: Storing, case: Case, taken: set[str]) -> str:
    """Name an informant: as the case, else as the only source it belongs to (some tools write unnamed cases)."""
    exact = storing.sidecar.exact("informant", case.guid, "name", case.name)
    if sources_store.informant_guid(exact) == case.guid:
        return exact
    name = " ".join(case.name.split())
    if not name:
        titles = {source.guid: source.name for source in storing.file.sources}
        name = titles.get(case.sources[0], "") if len(case.sources) == 1 else ""
    return fresh(name or _("case"), taken)


def _value(storing: Storing, informant: str, variable: str, seen: str) -> str:
    return storing.sidecar.exact("value", content_guid("value", informant, variable), "value", seen)


def _restore(storing: Storing) -> None:
    """Bring back variables and informants that only koding's own file names."""
    if not storing.sidecar.whole:
        return
    for entity in ("variable", "informant"):
        standing = guids(storing.connection, entity)
        rows = [row for guid, row in storing.sidecar.rows(entity).items() if guid not in standing]
        good = [row for row in rows if row.get("name") and content_guid(entity, str(row["name"])) == row["guid"]]
        if entity == "variable":
            good = [row for row in good if row.get("kind") in set(VariableKind)]
        if good:
            storing.insert(entity, good)

"""The history in a codebook file: what was done to which code, when, by whom and why."""

from __future__ import annotations

from collections.abc import Sequence

from koding.i18n import _
from koding.model.codebook import Revision
from koding.model.identity import content_guid
from koding.readers.yaml_fields import Fields, Report
from koding.readers.yaml_tree import Node

ACTIONS = ("add", "edit", "rename", "move", "merge", "split", "retire", "restore", "version")
_REVISION = ("at", "coder", "action", "key", "reason", "version", "detail")


def read_history(report: Report, nodes: Sequence[Node], codebook: str) -> tuple[Revision, ...]:
    """Read the history of a codebook (its id); what is wrong with it goes to the report.

    The same entry always gets the same GUID.
    """
    found = []
    for node in nodes:
        fields = Fields(report, node, "history", _REVISION, named_by="key")
        if not fields.readable:
            continue
        action = fields.choice("action", ACTIONS, "")
        if not fields.text("action"):
            fields.fault("action", _("it is missing"), _("Add {key}: with a text.").format(key="action"))
        at, coder, key = (fields.text(name, required=True) for name in ("at", "coder", "key"))
        detail = {name.value: fields.scalar(value, "detail") for name, value in fields.pairs("detail")}
        found.append(
            Revision(
                guid=content_guid("revision", codebook, at, coder, action, key),
                at=at,
                coder=coder,
                action=action,
                key=key,
                reason=fields.text("reason"),
                detail=detail,
                version=fields.text("version"),
            )
        )
    return tuple(found)

"""The COREQ items of a study as Markdown and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable

from koding.i18n import _

#: (number, name, lines) of an item; no lines where people must fill it.
Filled = tuple[int, str, tuple[str, ...]]


def methods_markdown(study: str, items: Iterable[Filled]) -> str:
    """Give the items that are filled, and a list of those that are left to people."""
    found = list(items)
    lines = [
        "# " + _("{study}: method, by COREQ").format(study=study),
        "",
        _(
            "Filled from the study and its journal, by the items of COREQ (Tong, Sainsbury and Craig 2007). Read it "
            "through: software knows what was done in it, not why."
        ),
        "",
    ]
    for number, name, told in found:
        if told:
            lines += [f"## {number}. {name}", "", *(f"- {_escaped(line)}" for line in told), ""]
    left = [f"{number}. {name}" for number, name, told in found if not told]
    lines += ["## " + _("Items that only you can fill"), "", *(f"- {line}" for line in left), ""]
    return "\n".join(lines)


def _escaped(line: str) -> str:
    return line.replace("*", r"\*").replace("_", r"\_")


def methods_json(study: str, items: Iterable[Filled]) -> str:
    """Give all items as JSON; `text` is empty for those that only people can fill."""
    content = {
        "study": study,
        "checklist": "COREQ",
        "items": [
            {"item": number, "name": name, "filled": bool(told), "text": list(told)} for number, name, told in items
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

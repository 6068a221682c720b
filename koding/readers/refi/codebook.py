"""A REFI-QDA codebook (.qdc) read into the exchange model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from koding.errors import KodingError
from koding.i18n import _
from koding.model.exchange import Node, Project
from koding.model.refi import CODEBOOK, Checker
from koding.readers.refi.elements import Elements, Guids
from koding.readers.refi.package import LARGEST_TEXT, too_large
from koding.readers.refi.xml import Open, Stream


def read_codebook(path: Path, checker: Checker | None = None) -> Project:
    """Read a codebook of any tool: a project that has codes and sets only.

    Raises KodingError for a file that cannot be read or is no codebook.
    """
    tops: list[Node] = []
    attributes: dict[str, str] = {}

    def ended(around: list[Open], one: Open) -> Node:
        node = one.node()
        if len(around) == 1:
            tops.append(node)
        elif not around:
            attributes.update(one.attributes)
        return node

    stream = Stream(path.name, ended, checker)
    stream.read(_pieces(path))
    if stream.root != "CodeBook":
        raise KodingError(
            _("{file} holds a {element}, not a REFI-QDA codebook.").format(file=path.name, element=stream.root)
        )
    guids = Guids()
    elements = Elements(guids)
    project = Project(path.stem, origin=attributes.get("origin", ""))
    nodes = [child for top in tops if top.tag == "Codes" for child in top.children]
    project.codes = elements.codes([*nodes, *tops])
    project.sets = [
        elements.set(child) for top in tops if top.tag == "Sets" for child in top.children if child.tag == "Set"
    ]
    project.written = guids.written
    project.dropped = elements.losses
    return project


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        if path.stat().st_size > LARGEST_TEXT:
            raise too_large(path.name)
        yield path.read_bytes()
    except OSError as error:
        raise KodingError(_("{file} cannot be read: {reason}.").format(file=path, reason=error.strerror)) from error


def new_checker() -> Checker:
    """Give a checker for a codebook's XML."""
    return Checker(CODEBOOK, "CodeBook")

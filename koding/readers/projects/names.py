"""Names that must be unlike, and trees that must not go in circles, whatever a foreign project holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from koding.model.exchange import Project

K = TypeVar("K")


def unlike(name: str, taken: Collection[str]) -> str:
    """Give the name, with a number after it where it is taken."""
    found, count = name, 1
    while found in taken:
        count += 1
        found = f"{name} ({count})"
    return found


def signed(project: Project) -> Project:
    """Give the project with its only user as the one who wrote what nobody is named for."""
    if len(project.users) == 1:
        project.attributes["creatingUserGUID"] = project.users[0].guid
        for note in project.notes:
            note.user = note.user or project.users[0].guid
    return project


def in_order(keys: Sequence[K], parents: Mapping[K, K | None]) -> list[tuple[K, K | None]]:
    """Give the keys with their parents, each parent before its children, otherwise in the order given.

    A parent that is not among the keys is None, and so is that of the first key of a circle.
    """
    known = set(keys)
    children: dict[K | None, list[K]] = {}
    for key in keys:
        parent = parents.get(key)
        children.setdefault(parent if parent in known and parent != key else None, []).append(key)
    found: list[tuple[K, K | None]] = []
    done: set[K] = set()

    def walk(start: K, parent: K | None) -> None:
        waiting: list[tuple[K, K | None]] = [(start, parent)]
        while waiting:
            key, above = waiting.pop()
            if key in done:
                continue
            done.add(key)
            found.append((key, above))
            waiting.extend((child, key) for child in reversed(children.get(key, [])))

    for key in children.get(None, []):
        walk(key, None)
    for key in keys:
        if key not in done:
            walk(key, None)
    return found

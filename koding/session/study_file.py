"""The file of a study: how a person names it, and opening it. Light, since every command begins here."""

from __future__ import annotations

from pathlib import Path

from koding.store.project import Project


def study_path(path: Path) -> Path:
    """Give the file of a study: a name without an ending gets `.koding`, unless a file is called just that."""
    return path if path.suffix or path.exists() else path.with_name(path.name + ".koding")


def open_study(path: Path) -> Project:
    """Open a study. Raises KodingError."""
    return Project.open(study_path(path))


def require_study(path: Path) -> None:
    """Raise KodingError where the file is no study this koding can open."""
    Project.open(path).close()

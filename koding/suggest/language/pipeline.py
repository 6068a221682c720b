"""Which analysis the suggester makes here: the model that is installed, and a version for everything kept.

Imports nothing heavy: a screen asks this before there is any suggester.
"""

from __future__ import annotations

import importlib.util
import os
from functools import cache
from pathlib import Path
from typing import Final

import koding

MODEL: Final = "nb_core_news_sm"
_DICTIONARIES: Final = "simplemma"


def is_installed() -> bool:
    """Tell whether the model is there, without loading it. `KODING_MODEL=off` hides it."""
    return os.environ.get("KODING_MODEL", "") != "off" and importlib.util.find_spec(MODEL) is not None


def model_version() -> str:
    """Give the version of the model that is used, "" where none is."""
    return _installed_version(MODEL) if is_installed() else ""


def version(model: str | None = None) -> str:
    """Give what an analysis depends on: this koding, the dictionaries, and the model's version.

    `model` is the version of the model where somebody knows it better than the packages installed ("" for none). The
    code itself is part of it: a changed suggester never takes an old analysis for its own.
    """
    used = model_version() if model is None else model
    parts = [f"koding {koding.__version__} {_code()}", f"{_DICTIONARIES} {_installed_version(_DICTIONARIES)}"]
    return "; ".join([*parts, f"{MODEL} {used}"] if used else parts)


def uses_model(version: str) -> bool:
    """Tell whether an analysis of this version rests on the model."""
    return f"; {MODEL} " in version


@cache
def _installed_version(package: str) -> str:
    # Imported where it is needed: it takes as long as much of the rest.
    from importlib import metadata

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "?"


@cache
def _code() -> str:
    # Imported where it is needed: the suggester's process is told, and starts sooner without.
    import hashlib

    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]

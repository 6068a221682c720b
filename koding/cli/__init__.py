"""The `koding` command: `main` is its entry point."""

from __future__ import annotations

from koding.cli.language import speak

# Commands and their options name things as they are declared, in the language of that moment.
speak()

from koding.cli.main import main  # noqa: E402

__all__ = ["main"]

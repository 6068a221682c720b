"""The `koding` command: `main` is its entry point."""

from __future__ import annotations

from koding.cli.main import main

__all__ = ["main"]

"""`python -m koding`: the same as the command `koding`."""

from __future__ import annotations

from koding.cli import main

main()

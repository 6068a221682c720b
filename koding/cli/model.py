"""The commands about the language model: whether it is there, and putting it in place."""

from __future__ import annotations

from pathlib import Path

import click

from koding.cli.output import put, say
from koding.i18n import _


@click.group(help=_("The Bokmål language model that the suggester uses where it is installed."))
def model() -> None:
    """Hold the commands about the model together."""


@model.command(help=_("Tell whether the model is installed, its version, and what it changes."))
def status() -> None:
    """Tell how it is with the model."""
    from koding.session.models import model_status

    put("".join(f"{line}\n" for line in model_status().lines()))


@model.command(
    help=_(
        "Install the model: from a wheel file or a folder that holds one (no network is used), or, without FILE, "
        "from the internet."
    )
)
@click.argument("file", required=False, type=click.Path(path_type=Path))
def install(file: Path | None) -> None:
    """Install the model."""
    from koding.session.models import install_model

    say(_("Installing the model ..."))
    for line in install_model(file).lines():
        say(line)

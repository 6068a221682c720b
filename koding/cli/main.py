"""The outermost edge: runs a command and turns every fault into one line and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from typing import NoReturn

import click

from koding import __version__
from koding.cli import (
    agree,
    code,
    codebook,
    codebook_files,
    codebook_history,
    codings,
    demo,
    disagreements,
    evaluate,
    matrix,
    memos,
    merge,
    model,
    project,
    replicate,
    report,
    rounds,
    sources,
    study,
    suggest,
)
from koding.cli.language import speak
from koding.cli.output import say, tell_details, use_utf8
from koding.errors import EXIT_FAILURE, KodingError
from koding.i18n import _

_INTERRUPTED = 130


def _without_colour(_context: click.Context, _option: click.Parameter, asked: bool) -> None:
    if asked:
        os.environ["NO_COLOR"] = "1"


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_(
        "Qualitative coding of Norwegian interview transcripts: code, suggest, count. Works with no network at all."
    ),
)
@click.version_option(__version__, prog_name="koding", help=_("Show the version and exit."))
@click.option(
    "--no-color", is_flag=True, expose_value=False, is_eager=True, callback=_without_colour,
    help=_("No colours (as with NO_COLOR set)."),
)  # fmt: skip
def koding() -> None:
    """Hold the commands together."""


for command in (
    demo.demo,
    study.init,
    sources.import_,
    sources.sources,
    sources.turns,
    code.code,
    suggest.suggest,
    model.model,
    codings.codings,
    memos.memos,
    project.project,
    matrix.matrix,
    rounds.round_,
    agree.agree,
    disagreements.disagreements,
    disagreements.resolve,
    replicate.replicate,
    report.report,
    codebook.codebook,
    merge.merge,
    merge.conflicts,
    study.check,
    study.log,
    study.undo,
    study.redo,
):
    koding.add_command(command)
suggest.suggest.add_command(evaluate.evaluate)
for command in codebook_history.CODEBOOK_COMMANDS:
    codebook.codebook.add_command(command)
for command in codebook_history.CODINGS_COMMANDS:
    codings.codings.add_command(command)
for command in (codebook_files.export_codebook, codebook_files.import_codebook):
    codebook.codebook.add_command(command)


def main() -> NoReturn:
    """Run koding on the command line's arguments and exit: 0 done, 1 failed, 2 called wrongly."""
    use_utf8()
    speak()
    try:
        status = koding.main(prog_name="koding", standalone_mode=False)
        # What is still in the buffer may find the disk full, or the reader gone: here, where it can be told.
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(_INTERRUPTED)
    except KodingError as error:
        say(_("Error: {message}").format(message=error))
        tell_details(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing to say, and nothing to say it to.
        _drop_output()
        sys.exit(EXIT_FAILURE)
    except OSError as error:
        if os.environ.get("KODING_DEBUG"):
            traceback.print_exc()
        _drop_output()
        where = _("The output") if error.filename is None else error.filename
        say(_("Error: {message}").format(message=f"{where}: {error.strerror or error}"))
        sys.exit(EXIT_FAILURE)
    except Exception as error:  # noqa: BLE001 - the outermost edge: a person gets a line, not a traceback
        if os.environ.get("KODING_DEBUG"):
            traceback.print_exc()
        kind = type(error).__name__
        line = _("Error: something went wrong inside koding ({kind}: {error}).").format(kind=kind, error=error)
        say(f"{line} {_('Run again with KODING_DEBUG=1 to see where, and report it.')}")
        sys.exit(EXIT_FAILURE)
    sys.exit(status if isinstance(status, int) else 0)


def _drop_output() -> None:
    """Let what is left of standard output go nowhere, so that Python's last flush does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

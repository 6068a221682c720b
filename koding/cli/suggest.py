"""The commands that suggest codes: `koding suggest STUDY`, and what goes with it."""

from __future__ import annotations

from pathlib import Path

import click

from koding.cli.output import STUDY, person, put, put_json_line, put_table, say
from koding.i18n import _, ngettext


class SuggestGroup(click.Group):
    """A group that takes a study for the command `study`, so that `koding suggest STUDY` works as it always has."""

    default = "study"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command before arguments that name none."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [self.default, *args]
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, _ctx: click.Context) -> list[str]:
        """Tell both ways to call it."""
        return ["STUDY [OPTIONS] | COMMAND ..."]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Tell the default command's options, and then the commands."""
        self.commands[self.default].format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


@click.group(
    cls=SuggestGroup,
    help=_("Suggest codes for what informants say, each with its reason. A suggestion counts nowhere."),
)
def suggest() -> None:
    """Hold what has to do with suggestions together."""


@suggest.command(
    "study",
    hidden=True,
    help=_("Suggest codes for what informants say, each with its reason. A suggestion counts nowhere."),
)
@STUDY
@click.option("--source", help=_("Only this source."))
@click.option("--coder", default="", help=_("Learn from this coder's codings only (from all coders')."))
@click.option("--no-learn", is_flag=True, help=_("Go by the codebook alone, and learn nothing from the codings."))
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
def suggest_study(study: Path, source: str | None, coder: str, no_learn: bool, form: str) -> None:
    """Suggest codes."""
    from koding.model.modes import SuggestionMode
    from koding.session.study_file import open_study
    from koding.session.suggesting import MODES, own_mode_text, own_modes, suggestion_mode, suggestions, with_passages

    lines = [[_("Source"), _("Code"), _("Facets"), _("Text"), _("Why")]]
    count = 0
    with open_study(study) as project:
        mode = suggestion_mode(project)
        if mode is SuggestionMode.AFTER:
            say(_(MODES[mode]))
        for round_name, own in own_modes(project, than=mode):
            if SuggestionMode.BLIND not in {mode, own}:
                say(own_mode_text(round_name, own))
        items = suggestions(project, source, on_note=say, learns=not no_learn, coder=coder)
        for name, found, passage in with_passages(project, items):
            count += 1
            if form == "jsonl":
                put_json_line(
                    {
                        "source": name,
                        "start": found.start,
                        "end": found.end,
                        "code": found.code,
                        "facets": dict(found.facets),
                        "score": round(found.score, 4),
                        "origin": found.origin,
                        "why": found.why,
                        "evidence": [{"start": span.start, "end": span.end} for span in found.evidence],
                    }
                )
            else:
                facets = ", ".join(f"{key}={value}" for key, value in found.facets.items())
                lines.append([name, found.code, facets, passage, found.why])
    if form == "table" and count:
        put_table(lines)
    say(ngettext("{count} suggestion.", "{count} suggestions.", count).format(count=count))


@suggest.command(help=_("Tell or set when coders see suggestions: open, after their own coding, or blind (never)."))
@STUDY
@click.argument("mode", required=False, type=click.Choice(["open", "after", "blind"]))
def mode(study: Path, mode: str | None) -> None:
    """Tell or set the mode of suggesting."""
    from koding.model.modes import SuggestionMode
    from koding.session.study_file import open_study
    from koding.session.suggesting import MODES, own_mode_text, own_modes, set_suggestion_mode, suggestion_mode

    with open_study(study) as project:
        if mode is not None:
            set_suggestion_mode(project, SuggestionMode(mode), person())
        current = suggestion_mode(project)
        own = own_modes(project, than=current)
    put(f"{current.value}\n")
    say(_(MODES[current]))
    for name, mode_of_round in own:
        say(own_mode_text(name, mode_of_round))

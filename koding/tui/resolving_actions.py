"""What can be done about disagreements: a part of the one registry."""

from __future__ import annotations

from koding.i18n import N_
from koding.tui.action import Action, Where

DIFFER = N_("Disagreements")
DIFFERS = (
    Action(
        "disagreements", "disagreements", N_("Disagreements"),
        N_("Go through what the coders differ on, and decide."),
        DIFFER, ("D",),
    ),
    Action(
        "next_disagreement", "step(1)", N_("Next disagreement"),
        N_("Go to the next disagreement."),
        DIFFER, ("n", "right"), Where.RESOLVING, footer=N_("next"),
    ),
    Action(
        "previous_disagreement", "step(-1)", N_("Previous disagreement"),
        N_("Go back to the disagreement before."),
        DIFFER, ("N", "left"), Where.RESOLVING,
    ),
    *(
        Action(
            f"take_{digit}", f"take({digit})", N_("Take what coder {digit} gave"),
            N_("Make the codings of the coder with this digit the ones that stand."),
            DIFFER, (str(digit),), Where.RESOLVING, footer=N_("take") if digit == 1 else "",
        )
        for digit in range(1, 10)
    ),
    Action(
        "both", "both", N_("Take both"),
        N_("Take what any of them gave: of one code the words of either, with the facets they share."),
        DIFFER, ("b",), Where.RESOLVING, footer=N_("both"),
    ),
    Action(
        "neither", "neither", N_("Take neither"),
        N_("None of the codings stands."),
        DIFFER, ("0",), Where.RESOLVING, footer=N_("neither"),
    ),
    Action(
        "other_code", "other", N_("Another code"),
        N_("Put a code you pick on the passage."),
        DIFFER, ("c",), Where.RESOLVING, footer=N_("other code"),
    ),
    Action(
        "why", "why", N_("Write why"),
        N_("Write why it was decided so; it is kept with the decision."),
        DIFFER, ("w",), Where.RESOLVING, footer=N_("why"),
    ),
    Action(
        "certainty", "certainty", N_("How sure"),
        N_("Sure, unsure, or not said."),
        DIFFER, ("s",), Where.RESOLVING, footer=N_("how sure"),
    ),
    Action(
        "keywords", "keywords", N_("Keywords"),
        N_("Write keywords of the disagreement."),
        DIFFER, ("k",), Where.RESOLVING, footer=N_("keywords"),
    ),
    Action(
        "next_open", "open_one", N_("Next open one"),
        N_("Go to the next disagreement that nobody has decided."),
        DIFFER, ("o",), Where.RESOLVING, footer=N_("next open"),
    ),
    Action(
        "reopen", "reopen", N_("Take the decision back"),
        N_("Make this disagreement open again."),
        DIFFER, ("x",), Where.RESOLVING,
    ),
    Action(
        "undo_decision", "undo", N_("Undo the last decision"),
        N_("Take back what you decided last, also on an earlier day."),
        DIFFER, ("u",), Where.RESOLVING,
    ),
    Action(
        "scroll_down", "scroll(3)", N_("Scroll down"),
        N_("Scroll the passage down."),
        DIFFER, ("down",), Where.RESOLVING,
    ),
    Action(
        "scroll_up", "scroll(-3)", N_("Scroll up"),
        N_("Scroll the passage up."),
        DIFFER, ("up",), Where.RESOLVING,
    ),
    Action(
        "resolving_help", "resolving_help", N_("Help on disagreements"),
        N_("Show all keys."),
        DIFFER, ("question_mark", "f1"), Where.RESOLVING,
    ),
    Action(
        "finish", "finish", N_("Leave the disagreements"),
        N_("Go back to coding, or leave; everything is saved already."),
        DIFFER, ("escape", "q"), Where.RESOLVING,
    ),
)  # fmt: skip

"""The one registry of what can be done in the coding screen: keys, footer, help and command palette derive from it."""

from __future__ import annotations

from koding.i18n import N_, _
from koding.tui.action import Action, Where
from koding.tui.resolving_actions import DIFFER, DIFFERS

MOVE, JUMP, SELECT = N_("Move"), N_("Jump"), N_("Select")
CODE, SUGGEST, LOOK, LISTS = N_("Code"), N_("Suggestions"), N_("Look"), N_("Lists")
GROUPS = (MOVE, JUMP, SELECT, CODE, SUGGEST, LOOK, LISTS, DIFFER)


def _motion(name: str, command: str, label: str, keys: tuple[str, ...], extends: tuple[str, ...]) -> Action:
    return Action(name, f"move({command})", label, label, MOVE, keys, Where.TRANSCRIPT, extends)


_MOTIONS = (
    _motion("left", "'character', -1", N_("One character back"), ("left",), ("shift+left",)),
    _motion("right", "'character', 1", N_("One character on"), ("right",), ("shift+right",)),
    _motion("up", "'line', -1", N_("One line up"), ("up",), ("shift+up",)),
    _motion("down", "'line', 1", N_("One line down"), ("down",), ("shift+down",)),
    _motion("word_back", "'word', -1", N_("One word back"), ("ctrl+left", "b"), ("ctrl+shift+left",)),
    _motion("word_on", "'word', 1", N_("One word on"), ("ctrl+right", "w"), ("ctrl+shift+right",)),
    _motion("sentence_back", "'sentence', -1", N_("One sentence back"), ("alt+left", "k"), ("alt+shift+left",)),
    _motion("sentence_on", "'sentence', 1", N_("One sentence on"), ("alt+right", "j"), ("alt+shift+right",)),
    _motion("turn_back", "'turn', -1", N_("One turn back"), ("ctrl+up", "K"), ("ctrl+shift+up",)),
    _motion("turn_on", "'turn', 1", N_("One turn on"), ("ctrl+down", "J"), ("ctrl+shift+down",)),
    _motion("line_start", "'edge', -1", N_("To the start of the line"), ("home",), ("shift+home",)),
    _motion("line_end", "'edge', 1", N_("To the end of the line"), ("end",), ("shift+end",)),
    _motion("page_up", "'page', -1", N_("One screen up"), ("pageup",), ("shift+pageup",)),
    _motion("page_down", "'page', 1", N_("One screen down"), ("pagedown", "space"), ("shift+pagedown",)),
    _motion("top", "'source', -1", N_("To the start of the source"), ("ctrl+home",), ("ctrl+shift+home",)),
    _motion("bottom", "'source', 1", N_("To the end of the source"), ("ctrl+end",), ("ctrl+shift+end",)),
)

_JUMPS = (
    Action(
        "next_uncoded", "uncoded(1)", N_("Next uncoded turn"),
        N_("Go to the next turn of an informant without a coding of yours."),
        JUMP, ("n",), footer=N_("uncoded"),
    ),
    Action(
        "previous_uncoded", "uncoded(-1)", N_("Previous uncoded turn"),
        N_("Go back to the turn of an informant without a coding of yours."),
        JUMP, ("N",),
    ),
    Action(
        "next_coding", "coding(1)", N_("Next coding"),
        N_("Go to the next coding of yours."),
        JUMP, ("full_stop",),
    ),
    Action(
        "previous_coding", "coding(-1)", N_("Previous coding"),
        N_("Go back to the coding before."),
        JUMP, ("comma",),
    ),
    Action(
        "next_source", "source(1)", N_("Next source"),
        N_("Open the next source of the study."),
        JUMP, ("greater_than_sign",),
    ),
    Action(
        "previous_source", "source(-1)", N_("Previous source"),
        N_("Open the source before."),
        JUMP, ("less_than_sign",),
    ),
    Action(
        "find", "find", N_("Find in the text"),
        N_("Find words in this source; Enter goes on, Escape closes; g and G go on after that."),
        JUMP, ("slash", "ctrl+f"), footer=N_("find"),
    ),
    Action(
        "find_next", "find_again(1)", N_("Next match"),
        N_("Go to the next match of what you looked for."),
        JUMP, ("g",),
    ),
    Action(
        "find_previous", "find_again(-1)", N_("Previous match"),
        N_("Go back to the match before."),
        JUMP, ("G",),
    ),
)  # fmt: skip

_SELECTS = (
    Action(
        "select_sentence", "select('sentence')", N_("Select the sentence"),
        N_("Select the sentence at the cursor; again takes the next one along."),
        SELECT, ("v",), footer=N_("sentence"),
    ),
    Action(
        "select_turn", "select('turn')", N_("Select the turn"),
        N_("Select the whole turn at the cursor."),
        SELECT, ("V",),
    ),
    Action(
        "select_coding", "select('coding')", N_("Select the coding's words"),
        N_("Select what the coding at the cursor covers."),
        SELECT, ("y",),
    ),
    Action(
        "copy", "copy", N_("Copy the selection"),
        N_("Copy the selected words to the clipboard; where nothing is selected, the same as q."),
        SELECT, ("ctrl+c",),
    ),
    Action(
        "back", "back", N_("Back"),
        N_("Close what is open, drop the selection, return to the transcript."),
        SELECT, ("escape",),
    ),
)  # fmt: skip

_CODES = (
    Action(
        "code", "code", N_("Code with ..."),
        N_("Pick a code by typing; it is put on the selection, or on the sentence at the cursor."),
        CODE, ("c",), footer=N_("code"),
    ),
    Action(
        "code_here", "code", N_("Code with ... (Enter)"),
        N_("The same, from the transcript."),
        CODE, ("enter",), Where.TRANSCRIPT,
    ),
    *(
        Action(
            f"recent_{digit}", f"recent({digit})", N_("Code with recent code {digit}"),
            N_("Put the code that the tree marks with this digit on the selection."),
            CODE, (str(digit),),
        )
        for digit in range(1, 10)
    ),
    Action(
        "remove", "remove", N_("Remove the coding"),
        N_("Take the coding at the cursor away; asks which where several overlap."),
        CODE, ("x", "delete"), footer=N_("remove"),
    ),
    Action(
        "recode", "recode", N_("Change the code"),
        N_("Give the coding at the cursor another code."),
        CODE, ("o",),
    ),
    Action(
        "fit", "fit", N_("Fit to the selection"),
        N_("Make a coding that meets the selection cover just that."),
        CODE, ("e",),
    ),
    Action(
        "facets", "facets", N_("Facets"),
        N_("Set the facets of the coding at the cursor."),
        CODE, ("f",), footer=N_("facets"),
    ),
    Action(
        "memo", "memo", N_("Memo"),
        N_("Write a memo on the coding at the cursor, else on the source; in the tree on the code."),
        CODE, ("m",), footer=N_("memo"),
    ),
    Action(
        "memo_source", "memo_source", N_("Memo on the source"),
        N_("Write a memo on the open source."),
        CODE, ("M",),
    ),
    Action(
        "memo_code", "memo_code", N_("Memo on the code"),
        N_("Write a memo on the code whose definition is shown."),
        CODE, ("ctrl+n",),
    ),
    Action(
        "undo", "undo", N_("Undo"),
        N_("Take the last change back, also one from an earlier day."),
        CODE, ("u", "ctrl+z"), footer=N_("undo"),
    ),
    Action(
        "redo", "redo", N_("Redo"),
        N_("Make the change that was taken back again."),
        CODE, ("ctrl+r", "ctrl+y"),
    ),
)  # fmt: skip

_SUGGESTS = (
    Action(
        "next_suggestion", "suggestion(1)", N_("Next suggestion"),
        N_("Go to the next suggestion that is not decided."),
        SUGGEST, ("s",), footer=N_("suggestion"),
    ),
    Action(
        "previous_suggestion", "suggestion(-1)", N_("Previous suggestion"),
        N_("Go back to the suggestion before."),
        SUGGEST, ("S",),
    ),
    Action(
        "accept", "accept", N_("Accept the suggestion"),
        N_("Make the marked suggestion a coding."),
        SUGGEST, ("a",), footer=N_("accept"),
    ),
    Action(
        "reject", "reject", N_("Reject the suggestion"),
        N_("Turn the marked suggestion down."),
        SUGGEST, ("r",), footer=N_("reject"),
    ),
    Action(
        "accept_as", "accept_as", N_("Accept as another code"),
        N_("Make it a coding with a code you pick."),
        SUGGEST, ("A",),
    ),
)  # fmt: skip

_LOOKS = (
    Action(
        "next_pane", "pane(1)", N_("Next pane"),
        N_("Go round the panes; on a small screen it opens the one it comes to."),
        LOOK, ("tab",), footer=N_("pane"),
    ),
    Action(
        "previous_pane", "pane(-1)", N_("Previous pane"),
        N_("Go round the panes the other way."),
        LOOK, ("shift+tab",),
    ),
    Action(
        "panel_sources", "panel('sources')", N_("Sources: show or hide"),
        N_("Show or hide the list of sources."),
        LOOK, ("f2",),
    ),
    Action(
        "panel_codebook", "panel('codebook')", N_("Codebook: show or hide"),
        N_("Show or hide the codebook."),
        LOOK, ("f3",),
    ),
    Action(
        "panel_suggestions", "panel('suggestions')", N_("Suggestions: show or hide"),
        N_("Show or hide the suggestions."),
        LOOK, ("f4",),
    ),
    Action("panels", "panels", N_("Only the transcript"), N_("Hide all panels, or bring them back."), LOOK, ("p",)),
    Action(
        "others", "others", N_("Other coders"),
        N_("Show or hide what the other coders have coded."),
        LOOK, ("t",),
    ),
    Action("light", "light", N_("Light or dark"), N_("Change between the light and the dark look."), LOOK, ("L",)),
    Action(
        "palette", "palette", N_("Command palette"),
        N_("Find any of these by name."),
        LOOK, ("ctrl+p",), footer=N_("commands"),
    ),
    Action("help", "help", N_("Help"), N_("Show all keys."), LOOK, ("question_mark", "f1"), footer=N_("help")),
    Action(
        "leave", "leave", N_("Leave, asked once"),
        N_("Says that everything is saved; pressed again it leaves."),
        LOOK, ("q",),
    ),
    Action("quit", "quit", N_("Quit"), N_("Leave; everything is saved already."), LOOK, ("ctrl+q",), footer=N_("quit")),
)  # fmt: skip

_LISTS = (
    Action("list_up", "row(-1)", N_("Row up"), N_("One row up."), LISTS, ("up",), Where.LIST),
    Action("list_down", "row(1)", N_("Row down"), N_("One row down."), LISTS, ("down",), Where.LIST),
    Action("list_page_up", "page(-1)", N_("Rows up by a page"), N_("One page up."), LISTS, ("pageup",), Where.LIST),
    Action(
        "list_page_down", "page(1)", N_("Rows down by a page"),
        N_("One page down."),
        LISTS, ("pagedown",), Where.LIST,
    ),
    Action("list_first", "row(-1000000)", N_("First row"), N_("To the first row."), LISTS, ("home",), Where.LIST),
    Action("list_last", "row(1000000)", N_("Last row"), N_("To the last row."), LISTS, ("end",), Where.LIST),
    Action(
        "list_choose", "choose", N_("Choose the row"),
        N_("Open the source, apply the code or accept the suggestion."),
        LISTS, ("enter",), Where.LIST, footer=N_("choose"),
    ),
    Action(
        "list_fold", "fold(True)", N_("Fold the family"),
        N_("Hide the codes below."),
        LISTS, ("left",), Where.LIST,
    ),
    Action(
        "list_unfold", "fold(False)", N_("Unfold the family"),
        N_("Show the codes below."),
        LISTS, ("right",), Where.LIST,
    ),
)  # fmt: skip

#: What other modules take from here.
__all__ = ["ACTIONS", "GROUPS", "Action", "Where", "key_name", "keys_of", "label_of"]

ACTIONS: tuple[Action, ...] = (*_MOTIONS, *_JUMPS, *_SELECTS, *_CODES, *_SUGGESTS, *_LOOKS, *_LISTS, *DIFFERS)


def label_of(action: Action) -> str:
    """Give the action's label in the language of the interface."""
    return _(action.label).format(digit=action.keys[0] if action.keys else "")


_KEY_NAMES = {
    "left": "←", "right": "→", "up": "↑", "down": "↓", "enter": "⏎", "escape": "Esc", "pageup": "PgUp",
    "pagedown": "PgDn", "home": "Home", "end": "End", "delete": "Del", "tab": "Tab",
    "ctrl": "Ctrl", "alt": "Alt", "shift": "Shift", "slash": "/", "question_mark": "?", "full_stop": ".", "comma": ",",
    "greater_than_sign": ">", "less_than_sign": "<",
}  # fmt: skip


def key_name(key: str) -> str:
    """Give a key as people write it: "ctrl+right" is "Ctrl →"."""
    names = {**_KEY_NAMES, "space": _("Space")}
    parts = [names.get(part, part) for part in key.split("+")]
    if len(parts[-1]) == 2 and parts[-1][0] == "f" and parts[-1][1].isdigit():  # noqa: PLR2004 - F1 to F9
        parts[-1] = parts[-1].upper()
    return " ".join(parts)


def keys_of(action: Action) -> str:
    """Give all keys of an action as people write them."""
    return "  ".join(key_name(key) for key in action.keys)

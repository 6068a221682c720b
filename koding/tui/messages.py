"""What widgets tell the screen; none of them knows the screen or the study."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class CursorMoved(Message):
    """The cursor or the selection in the transcript is another."""

    position: int


@dataclass
class StripeClicked(Message):
    """A coding's stripe in the margin was clicked."""

    guid: str


@dataclass
class ViewportMoved(Message):
    """Other turns are visible in the transcript."""

    first: int
    last: int


@dataclass
class SourceChosen(Message):
    """A source was chosen to be opened."""

    guid: str


@dataclass
class CodeChosen(Message):
    """A code was chosen in the tree, to be applied; `clicked` where it was by mouse."""

    key: str
    clicked: bool = False


@dataclass
class CodeShown(Message):
    """The cursor in the tree stands on another code."""

    key: str


@dataclass
class SuggestionShown(Message):
    """The cursor in the suggestions stands on another one."""

    index: int


@dataclass
class SuggestionChosen(Message):
    """A suggestion was chosen, to be accepted."""

    index: int

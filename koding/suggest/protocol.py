"""What the client and the suggester's child process say to each other: one JSON object a line, UTF-8.

The client sends `hello` (the codebook, the language of the interface), then any number of `suggest` and `cancel`, and
`bye`. The child answers `ready` to each hello, `suggestions` for each turn as it is done, `done` when a request is
through, and `fault` when something cannot be done. A turn carries its own text, so that no message grows with the
source; all positions are code points of the source.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from koding.errors import KodingError
from koding.i18n import _
from koding.model.coding import Evidence, Suggestion

#: One line holds at most this many bytes (an opinion piece of a million words is one turn).
LINE_LIMIT = 2**26


class ProtocolFault(KodingError):
    """A line that is no message."""


@dataclass(frozen=True, slots=True)
class TurnText:
    """A turn to suggest on.

    `index` is the turn's in its transcript, `start` where its speech begins in the source, `text` the speech.
    `language` is "nb" or "nn", None where nobody has decided. `question` is what the interviewer said right before.
    `defaults` maps a facet's key to the value that a coding here has where it names none (by the informant's group).
    """

    index: int
    start: int
    text: str
    language: str | None = None
    question: str = ""
    defaults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hello:
    """Work with this codebook (as `codebook_json.to_json` gives it), and write reasons in this language."""

    codebook: Mapping[str, Any]
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Suggest:
    """Suggest on these turns, in this order; `source` is the GUID that the suggestions name."""

    request: int
    source: str
    turns: tuple[TurnText, ...]


@dataclass(frozen=True, slots=True)
class Cancel:
    """The answer to this request is no longer wanted."""

    request: int


@dataclass(frozen=True, slots=True)
class Bye:
    """End."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The codebook is in place. `version` is the suggester's, `model` the spaCy model's ("" where none is used).

    `note` is one line about what the person may want to know: an indicator that cannot be read, a model that failed.
    """

    version: str
    model: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What was found in one turn of a request; `items` may be empty."""

    request: int
    turn: int
    items: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """The request is through; `complete` is false where it was cancelled."""

    request: int
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Fault:
    """Something could not be done, in one line. `fatal`: the child ends after it."""

    message: str
    request: int | None = None
    fatal: bool = False


Request = Hello | Suggest | Cancel | Bye
Reply = Ready | Suggestions | Done | Fault


def encode(message: Request | Reply) -> bytes:
    """Give the message as one line with its line end."""
    record: dict[str, Any] = {"type": type(message).__name__.lower()}
    match message:
        case Hello():
            record |= {"codebook": message.codebook, "language": message.language}
        case Suggest():
            turns = [_turn_record(turn) for turn in message.turns]
            record |= {"request": message.request, "source": message.source, "turns": turns}
        case Cancel():
            record |= {"request": message.request}
        case Bye():
            pass
        case Ready():
            record |= {"version": message.version, "model": message.model, "note": message.note}
        case Suggestions():
            items = [_suggestion_record(item) for item in message.items]
            record |= {"request": message.request, "turn": message.turn, "items": items}
        case Done():
            record |= {"request": message.request, "complete": message.complete}
        case Fault():
            record |= {"message": message.message, "request": message.request, "fatal": message.fatal}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def decode_request(line: bytes) -> Request:
    """Read a line from the client.

    Raises:
        ProtocolFault: the line is not JSON, lacks something, or is of an unknown type.
    """
    record = _record(line)
    try:
        match record.get("type"):
            case "hello":
                return Hello(record["codebook"], str(record["language"]))
            case "suggest":
                turns = tuple(_turn(row) for row in record["turns"])
                return Suggest(int(record["request"]), str(record["source"]), turns)
            case "cancel":
                return Cancel(int(record["request"]))
            case "bye":
                return Bye()
    except (KeyError, TypeError, ValueError) as fault:
        raise _incomplete(record, fault) from fault
    raise _unknown(record)


def decode_reply(line: bytes) -> Reply:
    """Read a line from the child.

    Raises:
        ProtocolFault: the line is not JSON, lacks something, or is of an unknown type.
    """
    record = _record(line)
    try:
        match record.get("type"):
            case "ready":
                return Ready(str(record["version"]), str(record["model"]), str(record["note"]))
            case "suggestions":
                items = tuple(_suggestion(item) for item in record["items"])
                return Suggestions(int(record["request"]), int(record["turn"]), items)
            case "done":
                return Done(int(record["request"]), bool(record["complete"]))
            case "fault":
                request = record["request"]
                number = None if request is None else int(request)
                return Fault(str(record["message"]), number, bool(record["fatal"]))
    except (KeyError, TypeError, ValueError) as fault:
        raise _incomplete(record, fault) from fault
    raise _unknown(record)


def _record(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8", "surrogatepass"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as fault:
        raise ProtocolFault(_("A message is not JSON: {fault}.").format(fault=fault)) from fault
    if not isinstance(record, dict):
        raise ProtocolFault(_("A message is not a JSON object."))
    return record


def _turn_record(turn: TurnText) -> list[Any]:
    return [turn.index, turn.start, turn.text, turn.language, turn.question, dict(turn.defaults)]


def _turn(row: Sequence[Any]) -> TurnText:
    index, start, text, language, question, defaults = row
    return TurnText(
        int(index),
        int(start),
        str(text),
        None if language is None else str(language),
        str(question),
        {str(key): str(value) for key, value in dict(defaults).items()},
    )


def _suggestion_record(item: Suggestion) -> dict[str, Any]:
    return {
        "source": item.source,
        "start": item.start,
        "end": item.end,
        "code": item.code,
        "score": item.score,
        "origin": item.origin,
        "why": item.why,
        "facets": dict(item.facets),
        "evidence": [[span.start, span.end] for span in item.evidence],
    }


def _suggestion(record: Mapping[str, Any]) -> Suggestion:
    return Suggestion(
        source=str(record["source"]),
        start=int(record["start"]),
        end=int(record["end"]),
        code=str(record["code"]),
        score=float(record["score"]),
        origin=str(record["origin"]),
        why=str(record["why"]),
        facets={str(key): str(value) for key, value in record["facets"].items()},
        evidence=tuple(Evidence(int(start), int(end)) for start, end in record["evidence"]),
    )


def _incomplete(record: Mapping[str, Any], fault: Exception) -> ProtocolFault:
    return ProtocolFault(_("A message of type {type} is incomplete: {fault}.").format(type=record["type"], fault=fault))


def _unknown(record: Mapping[str, Any]) -> ProtocolFault:
    return ProtocolFault(_("A message has an unknown type: {type}.").format(type=record.get("type")))

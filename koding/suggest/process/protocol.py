"""What the client and the suggester's child process say to each other: one JSON object a line, UTF-8.

The client sends `hello` (the codebook, the language of the interface), then any number of `suggest` and `cancel`, and
`bye`. The child answers `ready` to each hello, `suggestions` for each turn as it is done or `nothing` for several,
`done` when a request is through, and `fault` when something cannot be done. `seek` tells beforehand which turns need
not be sent at all, `compare` which words a turn must have to be touched by a change of a family. A turn carries its own
text; all positions are code points of the source.

Whoever keeps results hands back what was kept: the words in `hello`, a source's analysis in `source`. The child gives
`analysed` when it has gone through all turns of a source it was told of, and `words` when it is asked to `recall`.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple, TypeVar

from koding.errors import KodingError
from koding.i18n import _
from koding.model.coding import Suggestion
from koding.suggest.process.firing import Firing, firing
from koding.suggest.process.suggestion_json import suggestion, suggestion_record
from koding.suggest.rules.wanted import Needs, Wanted, numbered, unnumbered

#: One line holds at most this many bytes (an opinion piece of a million words is one turn).
LINE_LIMIT = 2**26
#: Tells the child process, when it is started, that somebody types meanwhile.
BACKGROUND: Final = "--background"
_NONE: Final[Mapping[str, str]] = {}


class ProtocolFault(KodingError):
    """A line that is no message."""


@dataclass(frozen=True, slots=True)
class TurnText:
    """A turn to suggest on.

    `index` is the turn's in its transcript, `start` where its speech begins in the source, `text` the speech.
    `language` is "nb" or "nn", None where nobody has decided. `question` is what the interviewer said right before.
    `defaults` maps a facet's key to the value that a coding here has where it names none (by the informant's group).
    `interpreted` tells that an interpreter speaks, whose "han" may be the informant.
    """

    index: int
    start: int
    text: str
    language: str | None = None
    question: str = ""
    defaults: Mapping[str, str] = field(default_factory=dict)
    interpreted: bool = False

    def spoken_in(self, language: str) -> TurnText:
        """Give the turn with its language decided."""
        return replace(self, language=language)


class Hello(NamedTuple):
    """Work with this codebook (as `codebook_json.to_json` gives it), and write reasons in this language.

    `words` is what a `Words` reply gave at an earlier time, `learned` what a coder's codings have taught (see
    `lessons`), empty where suggestions are the rules' alone. `pipeline` is what the client takes the version of the
    analysis to be; `extended` is false where it knows that there are no extensions to look for.
    """

    codebook: Mapping[str, Any]
    language: str = "en"
    words: bytes = b""
    learned: bytes = b""
    pipeline: str = ""
    extended: bool = True


class Source(NamedTuple):
    """What is known of a source before it is asked about.

    `turns` is how many turns will be asked about in all: when they have been, its analysis is given. `analysis` is what
    an `Analysed` reply gave at an earlier time.
    """

    source: str
    turns: int
    analysis: bytes = b""


class Suggest(NamedTuple):
    """Suggest on these turns, in this order; `source` is the GUID that the suggestions name.

    `parts` are the parts of the suggester to ask (see `parts`); None for all.
    """

    request: int
    source: str
    turns: tuple[TurnText, ...]
    parts: tuple[str, ...] | None = None


class Seek(NamedTuple):
    """Name the turns of a source that is known in which these parts find nothing, so that nobody needs to send them.

    Answered by `Nothing`, where there are such, and `Done`; the others are still to be asked about.
    """

    request: int
    source: str
    turns: tuple[int, ...]
    parts: tuple[str, ...]


class Compare(NamedTuple):
    """Tell what a turn must have for a family to find something else in it than it did when it was `definition`.

    `part` names the family, `fingerprint` the version that was; answered by `Compared`.
    """

    part: str
    fingerprint: str
    definition: bytes


class Check(NamedTuple):
    """Tell of every match of every indicator in these turns; answered by `Fired` for each, and `Done`."""

    request: int
    source: str
    turns: tuple[TurnText, ...]


class Cancel(NamedTuple):
    """The answer to this request is no longer wanted."""

    request: int


class Recall(NamedTuple):
    """Give what has been learned of words."""


class Bye(NamedTuple):
    """End."""


class Ready(NamedTuple):
    """The codebook is in place. `version` is the suggester's, `model` the spaCy model's ("" where none is used).

    `note` is one line about what the person may want to know: a model or an extension that failed. `pipeline` is the
    version of the analysis that is made, `extensions` maps the names of extensions to their versions. It is said again
    where the model turns out not to work.
    """

    version: str
    model: str = ""
    note: str = ""
    pipeline: str = ""
    extensions: Mapping[str, str] = _NONE


class Suggestions(NamedTuple):
    """What was found in one turn of a request."""

    request: int
    turn: int
    items: tuple[Suggestion, ...]


class Nothing(NamedTuple):
    """Nothing was found in these turns of a request."""

    request: int
    turns: tuple[int, ...]


class Compared(NamedTuple):
    """What a turn must have to be touched by the change of a family since the version with this fingerprint."""

    fingerprint: str
    needs: Needs


class Fired(NamedTuple):
    """What indicators matched in one turn of a check; `items` may be empty."""

    request: int
    turn: int
    items: tuple[Firing, ...]


class Analysed(NamedTuple):
    """All turns of a source are through: its analysis and its concordance, for keeping."""

    source: str
    data: bytes
    concordance: bytes


class Words(NamedTuple):
    """What has been learned of words, for keeping; empty where nothing is new."""

    data: bytes


class Note(NamedTuple):
    """A line about what the person may want to know; `part` has failed there and gives nothing any more."""

    message: str
    part: str = ""


class Done(NamedTuple):
    """The request is through; `complete` is false where it was cancelled."""

    request: int
    complete: bool = True


class Fault(NamedTuple):
    """Something could not be done, in one line. `fatal`: the child ends after it."""

    message: str
    request: int | None = None
    fatal: bool = False


Request = Hello | Source | Suggest | Seek | Compare | Check | Cancel | Recall | Bye
Reply = Ready | Suggestions | Fired | Nothing | Compared | Analysed | Words | Note | Done | Fault


def encode(message: Request | Reply) -> bytes:
    """Give the message as one line with its line end."""
    record: dict[str, Any] = {"type": type(message).__name__.lower()}
    record.update(zip(message._fields, map(_written, message), strict=True))
    if isinstance(message, Compared):
        record["needs"] = numbered(message.needs)
    return _WRITER.encode(record).encode("utf-8", "surrogatepass") + b"\n"


def decode_request(line: bytes) -> Request:
    """Read a line from the client.

    Raises:
        ProtocolFault: the line is not JSON, lacks something, or is of an unknown type.
    """
    return _decoded(line, _REQUESTS)


def decode_reply(line: bytes) -> Reply:
    """Read a line from the child.

    Raises:
        ProtocolFault: the line is not JSON, lacks something, or is of an unknown type.
    """
    return _decoded(line, _REPLIES)


def _decoded(line: bytes, readers: Mapping[str, Callable[[Mapping[str, Any]], _Message]]) -> _Message:
    record = _record(line)
    kind = record.get("type")
    reader = readers.get(kind) if isinstance(kind, str) else None
    if reader is None:
        raise ProtocolFault(_("A message has an unknown type: {type}.").format(type=kind))
    try:
        return reader(record)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise ProtocolFault(
            _("A message of type {type} is incomplete: {fault}.").format(type=kind, fault=fault)
        ) from fault


def _hello(record: Mapping[str, Any]) -> Hello:
    words, learned = _bytes(record["words"]), _bytes(record["learned"])
    pipeline, extended = str(record["pipeline"]), bool(record["extended"])
    return Hello(record["codebook"], str(record["language"]), words, learned, pipeline, extended)


def _source(record: Mapping[str, Any]) -> Source:
    return Source(str(record["source"]), int(record["turns"]), _bytes(record["analysis"]))


def _suggest(record: Mapping[str, Any]) -> Suggest:
    parts = None if record["parts"] is None else tuple(map(str, record["parts"]))
    return Suggest(int(record["request"]), str(record["source"]), tuple(map(_turn, record["turns"])), parts)


def _seek(record: Mapping[str, Any]) -> Seek:
    turns, parts = tuple(map(int, record["turns"])), tuple(map(str, record["parts"]))
    return Seek(int(record["request"]), str(record["source"]), turns, parts)


def _ready(record: Mapping[str, Any]) -> Ready:
    extensions = {str(name): str(version) for name, version in record["extensions"].items()}
    version, model, note, pipeline = (str(record[key]) for key in ("version", "model", "note", "pipeline"))
    return Ready(version, model, note, pipeline, extensions)


def _suggestions(record: Mapping[str, Any]) -> Suggestions:
    return Suggestions(int(record["request"]), int(record["turn"]), tuple(map(suggestion, record["items"])))


def _fault(record: Mapping[str, Any]) -> Fault:
    request = record["request"]
    return Fault(str(record["message"]), None if request is None else int(request), bool(record["fatal"]))


_Message = TypeVar("_Message")
_REQUESTS: Mapping[str, Callable[[Mapping[str, Any]], Request]] = {
    "hello": _hello,
    "source": _source,
    "suggest": _suggest,
    "seek": _seek,
    "compare": lambda record: Compare(str(record["part"]), str(record["fingerprint"]), _bytes(record["definition"])),
    "check": lambda record: Check(int(record["request"]), str(record["source"]), tuple(map(_turn, record["turns"]))),
    "cancel": lambda record: Cancel(int(record["request"])),
    "recall": lambda _record: Recall(),
    "bye": lambda _record: Bye(),
}
_WRITER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_REPLIES: Mapping[str, Callable[[Mapping[str, Any]], Reply]] = {
    "ready": _ready,
    "suggestions": _suggestions,
    "nothing": lambda record: Nothing(int(record["request"]), tuple(map(int, record["turns"]))),
    "fired": lambda record: Fired(int(record["request"]), int(record["turn"]), tuple(map(firing, record["items"]))),
    "compared": lambda record: Compared(str(record["fingerprint"]), _needs(*record["needs"])),
    "analysed": lambda record: Analysed(str(record["source"]), _bytes(record["data"]), _bytes(record["concordance"])),
    "words": lambda record: Words(_bytes(record["data"])),
    "note": lambda record: Note(str(record["message"]), str(record["part"])),
    "done": lambda record: Done(int(record["request"]), bool(record["complete"])),
    "fault": _fault,
}


def _record(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8", "surrogatepass"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as fault:
        raise ProtocolFault(_("A message is not JSON: {fault}.").format(fault=fault)) from fault
    if not isinstance(record, dict):
        raise ProtocolFault(_("A message is not a JSON object."))
    return record


def _written(value: Any) -> Any:
    """Give a field's value as JSON carries it."""
    match value:
        case str() | int() | None:
            return value
        case bytes():
            return b64encode(value).decode("ascii")
        case TurnText():
            said = [value.index, value.start, value.text, value.language, value.question]
            return [*said, dict(value.defaults), value.interpreted]
        case Suggestion():
            return suggestion_record(value)
        case tuple():
            return [_written(each) for each in value]
    return value


def _bytes(text: Any) -> bytes:
    return b64decode(text, validate=True)


def _needs(places: Sequence[Any], rows: Sequence[Sequence[int]]) -> Needs:
    return unnumbered([Wanted(*(tuple(map(str, words)) for words in place)) for place in places], rows)


def _turn(row: Sequence[Any]) -> TurnText:
    index, start, text, language, question, defaults, interpreted = row
    return TurnText(
        int(index),
        int(start),
        str(text),
        None if language is None else str(language),
        str(question),
        {str(key): str(value) for key, value in dict(defaults).items()},
        bool(interpreted),
    )

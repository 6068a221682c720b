"""The messages between client and child: every one survives its line, and nonsense is told as such."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from suggest_samples import codebook

from koding.model.codebook import WordField
from koding.model.coding import Evidence, Suggestion
from koding.suggest.process import protocol
from koding.suggest.process.codebook_json import from_json, to_json

FIELDS = (WordField("sjef", nb=("sjef", "rektor"), nn=("styrar",)),)
_TEXT = st.text(max_size=20)
_NUMBER = st.integers(0, 10**9)
_SUGGESTION = st.builds(
    Suggestion,
    source=_TEXT,
    start=_NUMBER,
    end=_NUMBER,
    code=_TEXT,
    score=st.floats(0, 1),
    origin=_TEXT,
    why=_TEXT,
    facets=st.dictionaries(_TEXT, _TEXT, max_size=2),
    evidence=st.lists(st.builds(Evidence, _NUMBER, _NUMBER), max_size=3).map(tuple),
)
_TURN = st.builds(protocol.TurnText, _NUMBER, _NUMBER, _TEXT, st.sampled_from(["nb", "nn", None]), _TEXT)
_BYTES = st.binary(max_size=20)
_PARTS = st.none() | st.lists(_TEXT, max_size=3).map(tuple)
_REQUEST = st.one_of(
    st.builds(protocol.Hello, st.just({"codes": []}), st.sampled_from(["nb", "en"]), _BYTES),
    st.builds(protocol.Source, _TEXT, _NUMBER, _BYTES),
    st.builds(protocol.Suggest, _NUMBER, _TEXT, st.lists(_TURN, max_size=3).map(tuple), _PARTS),
    st.builds(protocol.Seek, _NUMBER, _TEXT, st.lists(_NUMBER, max_size=3).map(tuple), _PARTS.filter(bool)),
    st.builds(protocol.Cancel, _NUMBER),
    st.builds(protocol.Recall),
    st.builds(protocol.Bye),
)
_REPLY = st.one_of(
    st.builds(protocol.Ready, _TEXT, _TEXT, _TEXT, _TEXT, st.dictionaries(_TEXT, _TEXT, max_size=2)),
    st.builds(protocol.Suggestions, _NUMBER, _NUMBER, st.lists(_SUGGESTION, max_size=2).map(tuple)),
    st.builds(protocol.Nothing, _NUMBER, st.lists(_NUMBER, max_size=3).map(tuple)),
    st.builds(protocol.Analysed, _TEXT, _BYTES),
    st.builds(protocol.Words, _BYTES),
    st.builds(protocol.Note, _TEXT, _TEXT),
    st.builds(protocol.Done, _NUMBER, st.booleans()),
    st.builds(protocol.Fault, _TEXT, st.none() | _NUMBER, st.booleans()),
)


@given(_REQUEST)
def test_a_request_survives_its_line(request_: protocol.Request) -> None:
    line = protocol.encode(request_)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert protocol.decode_request(line) == request_


@given(_REPLY)
def test_a_reply_survives_its_line(reply: protocol.Reply) -> None:
    line = protocol.encode(reply)
    assert line.count(b"\n") == 1
    assert protocol.decode_reply(line) == reply


def test_a_turn_whose_language_is_decided_is_else_the_same() -> None:
    turn = protocol.TurnText(1, 2, "Ja.", None, "Var det jobben?", {"stemme": "egen"})
    assert turn.spoken_in("nn").spoken_in("nb") == turn.spoken_in("nb")
    assert turn.spoken_in("nn").language == "nn"
    assert turn.spoken_in("nn").defaults == turn.defaults


@pytest.mark.parametrize(
    "line",
    [b"", b"nonsense\n", b"[]\n", b"{}\n", b'{"type":"hola"}\n', b'{"type":"suggest"}\n', b"\xff\n", b'{"type":1}\n'],
)
def test_what_is_no_message_is_a_fault_with_a_line(line: bytes) -> None:
    with pytest.raises(protocol.ProtocolFault):
        protocol.decode_request(line)
    with pytest.raises(protocol.ProtocolFault):
        protocol.decode_reply(line)


@given(
    st.dictionaries(st.sampled_from(["type", "request", "turns", "source"]), st.sampled_from([1, "suggest", [1], None]))
)
def test_no_record_gets_past_as_something_else(record: dict[str, object]) -> None:
    line = json.dumps(record).encode()
    try:
        read = protocol.decode_request(line)
    except protocol.ProtocolFault:
        return
    assert isinstance(read, protocol.Suggest | protocol.Cancel)


def test_a_codebook_survives_as_json_with_all_that_suggesting_needs() -> None:
    book = codebook(
        {"a": ["ensom"], "a.b": ["venn ?"]}, nn={"a": ["einsam"]}, excepted={"a": ["ensom ulv"]}, fields=FIELDS
    )
    back = from_json(json.loads(json.dumps(to_json(book))))
    assert back == book

"""The suggester as a screen and a command see it, with the real child process."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Collection, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from suggest_samples import codebook, covered, transcript

from koding.model.coding import Suggestion
from koding.model.transcript import Transcript
from koding.suggest.language.pipeline import is_installed
from koding.suggest.process import protocol
from koding.suggest.process.batch import suggest_all
from koding.suggest.process.children import SuggesterFault
from koding.suggest.process.client import State, SuggestionClient
from koding.suggest.process.codebook_json import to_json
from koding.suggest.process.engine import Engine
from koding.suggest.process.parts import definitions
from koding.suggest.process.requests import Asking, worker_command, worker_environment
from koding.suggest.process.worker import Worker
from koding.suggest.rules.rule import VERSION
from koding.suggest.rules.suggester import RuleSuggester

BOOK = codebook({"a": ["ensom"], "b": ["jobb ?", "få jobb"]})
INTERVIEW = transcript(
    "I: Var du ensom der?",
    "R: Ja. Jeg var ensom.",
    "Marit: Han var ensom.",
    "Tolk: Han sier at han aldri fikk jobb.",
    "R: Nei, det var ikke jobben.",
)


async def collect(client: SuggestionClient, source: Transcript, turns: list[int]) -> list[tuple[int, list[Suggestion]]]:
    return [answer async for answer in client.suggest(source, turns)]


async def failed(client: SuggestionClient) -> None:
    """Wait until the client has noticed that its child is gone."""
    for _ in range(3_000):
        if client.state is State.FAILED:
            return
        await asyncio.sleep(0.01)
    pytest.fail(f"the client still says {client.state}: {client.status}")


@pytest.fixture
async def client() -> AsyncIterator[SuggestionClient]:
    made = SuggestionClient()
    await made.start(BOOK)
    yield made
    await made.close()
    assert made.state is State.OFF


async def test_turns_are_answered_in_the_order_asked_and_only_those_that_count(client: SuggestionClient) -> None:
    answers = await collect(client, INTERVIEW, [4, 3, 2, 1, 0])
    assert [index for index, _ in answers] == [4, 3, 1]
    found = {index: [(item.code, dict(item.facets)) for item in items] for index, items in answers}
    assert found == {1: [("a", {})], 3: [("b", {"status": "avvist"})], 4: [("b", {"status": "avvist"})]}
    (item,) = answers[2][1]
    assert covered(INTERVIEW.text, item) == ("Jeg var ensom.", ["ensom"])
    assert item.source == INTERVIEW.guid
    assert client.state is State.READY
    assert client.version == VERSION


async def test_a_new_codebook_takes_the_place_of_the_old(client: SuggestionClient) -> None:
    await client.start(codebook({"ny": ["ensom"]}))
    ((_, (item,)),) = await collect(client, INTERVIEW, [1])
    assert item.code == "ny"


async def test_several_may_ask_at_once(client: SuggestionClient) -> None:
    other = transcript("R: Jeg fikk jobb.", guid="other")
    one, two = await asyncio.gather(collect(client, INTERVIEW, [1]), collect(client, other, [0]))
    assert [item.source for _, items in (*one, *two) for item in items] == ["source", "other"]


async def test_leaving_early_cancels_and_the_next_is_answered(client: SuggestionClient) -> None:
    long = transcript(*["R: Jeg var ensom."] * 2_000, guid="long")
    asking = client.suggest(long, range(2_000))
    assert (await anext(asking))[0] == 0
    await asking.aclose()
    assert [index for index, _ in await collect(client, INTERVIEW, [1])] == [1]


RECORDER = """
import sys
record = open(sys.argv[1], "wb", buffering=0)
for line in sys.stdin.buffer:
    record.write(line)
    if b'"type":"suggest"' in line:
        print('{"type":"suggestions","request":1,"turn":1,"items":[]}', flush=True)
"""


async def test_leaving_early_tells_the_child(tmp_path: Path) -> None:
    record = tmp_path / "record"
    client = SuggestionClient([sys.executable, "-c", RECORDER, str(record)])
    await client.start(BOOK)
    asking = client.suggest(INTERVIEW, [1])
    await anext(asking)
    await asking.aclose()
    await client.close()
    requests = [protocol.decode_request(line) for line in record.read_bytes().splitlines()]
    assert requests[2:] == [protocol.Cancel(1), protocol.Bye()]


async def test_a_child_that_cannot_start_is_a_status() -> None:
    said: list[str] = []
    client = SuggestionClient(["/no/such/program"], on_status=said.append)
    await client.start(BOOK)
    assert client.state is State.FAILED
    assert await collect(client, INTERVIEW, [1]) == []
    assert said[-1] == client.status
    assert "\n" not in client.status
    await client.close()


@pytest.mark.parametrize("program", ["raise SystemExit(3)", "print('no message', flush=True); input()"])
async def test_a_child_that_fails_is_a_status_and_the_asking_ends(program: str) -> None:
    client = SuggestionClient([sys.executable, "-c", program])
    await client.start(BOOK)
    assert await asyncio.wait_for(collect(client, INTERVIEW, [1]), 30) == []
    await failed(client)
    await client.start(BOOK)
    await client.close()


async def test_a_killed_child_ends_the_asking_and_can_be_started_again(client: SuggestionClient) -> None:
    long = transcript(*["R: Jeg var ensom."] * 5_000, guid="long")
    asking = client.suggest(long, range(5_000))
    await anext(asking)
    assert client.process_id is not None
    os.kill(client.process_id, signal.SIGKILL)
    rest = [answer async for answer in asking]
    assert len(rest) < 5_000
    await failed(client)
    await client.start(BOOK)
    assert [index for index, _ in await collect(client, INTERVIEW, [1])] == [1]


@pytest.mark.usefixtures("either_way")
def test_all_at_once_gives_every_source_in_order_and_the_same_every_time() -> None:
    sources = [INTERVIEW, transcript("R: Jeg fikk jobb.", guid="other")]
    ready: list[protocol.Ready] = []
    first = list(suggest_all(BOOK, sources, on_ready=ready.append))
    assert [(item.source, item.code) for item in first] == [
        ("source", "a"),
        ("source", "b"),
        ("source", "b"),
        ("other", "b"),
    ]
    assert first == list(suggest_all(BOOK, iter(sources)))
    assert ready[0].version == VERSION


def test_all_at_once_says_what_failed() -> None:
    with pytest.raises(SuggesterFault, match="exit code 3"):
        list(suggest_all(BOOK, [INTERVIEW], command=[sys.executable, "-c", "raise SystemExit(3)"]))
    with pytest.raises(SuggesterFault, match="could not be started"):
        list(suggest_all(BOOK, [INTERVIEW], command=["/no/such/program"]))


def converse(*lines: bytes, environment: dict[str, str] | None = None) -> tuple[list[protocol.Reply], int]:
    """Give what the worker answers to these lines, and its exit code."""
    ended = subprocess.run(
        worker_command(),
        input=b"".join(lines),
        capture_output=True,
        check=False,
        env=worker_environment() | (environment or {}),
    )
    return [protocol.decode_reply(line) for line in ended.stdout.splitlines()], ended.returncode


HELLO = protocol.encode(protocol.Hello(to_json(BOOK), "nb"))


def test_the_worker_answers_nonsense_with_a_fault_and_works_on() -> None:
    replies, code = converse(b"nonsense\n", b'{"type":"hola"}\n', HELLO, protocol.encode(protocol.Bye()))
    assert [type(reply).__name__ for reply in replies] == ["Fault", "Fault", "Ready"]
    assert code == 0


@pytest.mark.parametrize("model", ["on", "off"])
def test_turns_of_both_languages_keep_their_order_with_and_without_the_model(model: str) -> None:
    speech = {"nb": "Jeg var ensom.", "nn": "Eg var ensom.", None: "Ensom."}
    turns = tuple(
        protocol.TurnText(index, 100 * index, speech[language], language)
        for index, language in enumerate(["nb", "nn", None, "nn"] * 30)
    )
    hello = protocol.Hello(to_json(BOOK), "en")
    talk = Conversation(
        (protocol.encode(hello), None), (protocol.encode(protocol.Suggest(1, "s", turns)), protocol.Done)
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KODING_MODEL", "on")
        installed = is_installed()
        patch.setenv("KODING_MODEL", model)
        Worker(talk.lines(), talk).run()
    answers = [reply for reply in talk.replies if isinstance(reply, protocol.Suggestions)]
    assert [reply.turn for reply in answers] == list(range(len(turns)))
    assert [[(item.start, item.code) for item in reply.items] for reply in answers] == [
        [(turn.start, "a")] for turn in turns
    ]
    (ready,) = [reply for reply in talk.replies if isinstance(reply, protocol.Ready)]
    assert bool(ready.model) is (installed and model == "on")


def test_the_worker_needs_a_codebook_first() -> None:
    replies, _ = converse(protocol.encode(protocol.Suggest(7, "s", ())))
    assert isinstance(replies[0], protocol.Fault)
    assert replies[0].request == 7


def test_a_codebook_that_is_none_is_a_fault() -> None:
    replies, _ = converse(protocol.encode(protocol.Hello({"codes": 3}, "nb")))
    assert isinstance(replies[0], protocol.Fault)


def test_an_unreadable_indicator_is_noted_and_the_worker_is_ready() -> None:
    hello = protocol.Hello(to_json(codebook({"a": ["*x*", "...", "ensom"]})), "en")
    ask = protocol.encode(protocol.Suggest(1, "s", (protocol.TurnText(0, 0, "Jeg var ensom."),)))
    talk = Conversation((protocol.encode(hello), protocol.Ready), (ask, protocol.Done))
    Worker(talk.lines(), talk).run()
    notes = [reply.message for reply in talk.replies if isinstance(reply, protocol.Note)]
    assert ["*x*" in note or "..." in note for note in notes] == [True, True]
    (found,) = [reply for reply in talk.replies if isinstance(reply, protocol.Suggestions)]
    assert [item.code for item in found.items] == ["a"]


class Conversation(BytesIO):
    """The worker's output, which says the client's next line when a reply that it waits for has come."""

    def __init__(self, *steps: tuple[bytes, type[protocol.Reply] | None]) -> None:
        super().__init__()
        self._steps = steps
        self._heard = {reply: threading.Event() for _, reply in steps if reply}
        self.replies: list[protocol.Reply] = []

    def write(self, line: bytes) -> int:  # type: ignore[override]
        reply = protocol.decode_reply(line)
        self.replies.append(reply)
        if type(reply) in self._heard:
            self._heard[type(reply)].set()
        return len(line)

    def lines(self) -> Iterator[bytes]:
        for line, awaited in self._steps:
            yield line
            if awaited:
                assert self._heard[awaited].wait(30)
                self._heard[awaited].clear()


def test_a_newer_request_comes_first_and_a_cancelled_one_ends() -> None:
    def asking(number: int, count: int) -> bytes:
        turns = tuple(protocol.TurnText(index, 0, "Jeg var ensom.") for index in range(count))
        return protocol.encode(protocol.Suggest(number, "s", turns))

    talk = Conversation(
        (HELLO, None),
        (asking(1, 100_000), protocol.Suggestions),
        (asking(2, 3), protocol.Done),
        (protocol.encode(protocol.Cancel(1)), protocol.Done),
        (asking(3, 1), protocol.Done),
        (protocol.encode(protocol.Bye()), None),
    )
    Worker(talk.lines(), talk).run()
    done = [reply for reply in talk.replies if isinstance(reply, protocol.Done)]
    assert done == [protocol.Done(2), protocol.Done(1, complete=False), protocol.Done(3)]
    answered = [reply.turn for reply in talk.replies if isinstance(reply, protocol.Suggestions) and reply.request == 2]
    assert answered == [0, 1, 2]


class Said(BytesIO):
    """What a worker says; `done` is set when a request is through."""

    def __init__(self) -> None:
        super().__init__()
        self.done = threading.Event()

    def write(self, data: bytes) -> int:
        if b'"type":"done"' in data:
            self.done.set()
        return super().write(data)

    @property
    def replies(self) -> list[str]:
        return [type(protocol.decode_reply(line)).__name__ for line in self.getvalue().splitlines()]


def test_a_process_at_rest_prepares_for_the_next_source(monkeypatch: pytest.MonkeyPatch) -> None:
    out = Said()
    prepared = threading.Event()
    prepare = Engine.prepare

    def seen(engine: Engine) -> None:
        prepare(engine)
        prepared.set()

    monkeypatch.setattr(Engine, "prepare", seen)

    def lines() -> Iterator[bytes]:
        yield HELLO
        assert prepared.wait(60)
        yield protocol.encode(protocol.Suggest(1, "s", (protocol.TurnText(0, 0, "Jeg var ensom.", "nb"),)))
        yield protocol.encode(protocol.Recall())
        assert out.done.wait(60)

    Worker(lines(), out, rest=0.01).run()
    assert sorted(out.replies) == ["Done", "Ready", "Suggestions", "Words"]


def test_a_process_makes_the_rules_of_a_changed_family_while_nobody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    out = Said()
    expected = threading.Event()
    expect = Engine.expect

    def seen(engine: Engine, wanted: Collection[str]) -> None:
        assert wanted == {"family:b"}
        expect(engine, wanted)
        expected.set()

    def no_more(*_again: object) -> None:
        raise AssertionError("the rules are there")

    monkeypatch.setattr(Engine, "expect", seen)
    before = definitions(BOOK, ["family:b"], to_json(BOOK))["family:b"]

    def lines() -> Iterator[bytes]:
        yield HELLO
        yield protocol.encode(protocol.Compare("family:b", "old", before))
        assert expected.wait(60)
        monkeypatch.setattr(RuleSuggester, "__init__", no_more)
        turns = (protocol.TurnText(0, 0, "Jeg fikk jobb.", "nb"),)
        yield protocol.encode(protocol.Suggest(1, "s", turns, ("family:b",)))
        assert out.done.wait(60)

    Worker(lines(), out, newest_first=False).run()
    assert out.replies == ["Ready", "Compared", "Suggestions", "Done"]


def test_a_missing_library_is_one_line(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("broken")
    (folder / "simplemma.py").write_text("raise ModuleNotFoundError('gone', name='simplemma')\n")
    path = f"{folder}:{worker_environment()['PYTHONPATH']}"
    asked = protocol.encode(protocol.Check(1, "s", (protocol.TurnText(0, 0, "Jeg var kjempeensom.", "nb"),)))
    replies, code = converse(HELLO, asked, environment={"PYTHONPATH": path})
    *_ready, fault = replies
    assert isinstance(fault, protocol.Fault)
    assert fault.fatal
    assert "simplemma" in fault.message
    assert code != 0


def test_asking_brings_language_and_question_along() -> None:
    source = transcript("I: Kvifor flytta de?", "R: Mhm.", "I: mhm", "R: Eg veit ikkje, eg var einsam.")
    first, second = Asking(source).turn_texts([1, 3])
    assert (first.language, second.language) == ("nn", "nn")
    assert (first.question, second.question) == ("Kvifor flytta de?", "Kvifor flytta de?")
    assert source.text[second.start :].startswith(second.text)


@pytest.mark.parametrize("short", ["Hva manglet?", "Kva mangla?", "Hvorfor?"])
def test_a_question_for_a_reason_may_be_as_short_as_one(short: str) -> None:
    source = transcript("I: Hvor bodde dere da?", "R: I Steinli.", f"I: {short}", "R: Bussen.")
    (asked,) = Asking(source).turn_texts([3])
    assert asked.question == short


@pytest.mark.parametrize("module", ["koding.suggest.process.client", "koding.suggest.rules.patterns"])
def test_what_a_light_command_imports_brings_no_linguistics(module: str) -> None:
    program = f"import sys, {module}; print({{'spacy', 'simplemma', 'textual'}} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert shown.stdout.strip() == "set()"


def test_a_change_is_compared_before_what_judges_is_loaded() -> None:
    program = "import sys, koding.suggest.process.engine; print({'numpy', 'hashlib', 'spacy'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert shown.stdout.strip() == "set()"

"""A study that several processes read: as one reads it, and nothing left behind whatever happens to them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from kept import KeptInMemory
from suggest_samples import codebook, transcript

from koding.errors import UsageFault
from koding.model.coding import Suggestion
from koding.suggest.process import batch, protocol
from koding.suggest.process.batch import suggest_all
from koding.suggest.process.children import Children, Crew, SuggesterFault, crew
from koding.suggest.process.codebook_json import to_json
from koding.suggest.process.requests import worker_command

BOOK = codebook({"ensomhet": ["ensom"], "ensomhet.savn": ["savne"], "arbeid": ["få jobb", "jobb ?"]})
SAID = [
    "Jeg var ensom.",
    "Jeg fikk jobb på lakseslakteriet.",
    "Jeg savnet søskenbarna mine.",
    "Det var kjempekaldt.",
    "Eg fekk ikkje jobb.",
    "Vi var ensomme alle sammen.",
    "Sommerjobben var fin.",
]
#: The first takes longest; each has words that no other has.
SOURCES = [
    transcript(*[f"R: {said} Her{'vær' * size}et." for said in SAID * size][:turns], guid=f"s{number}")
    for number, (size, turns) in enumerate([(30, 200), (1, 7), (2, 9), (1, 1), (3, 20), (1, 2), (2, 14), (1, 5)])
]
AS_WORKER = "os.execv(sys.executable, sys.argv[2:])"


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KODING_PROCESSES", "2")


class Started:
    """A command that starts a process, and leaves a note of it."""

    def __init__(self, folder: Path, program: str = AS_WORKER) -> None:
        self.folder = folder
        # `number` tells how many were started before.
        text = (
            "import os, sys, time\nnumber = len(os.listdir(sys.argv[1]))\n"
            "open(os.path.join(sys.argv[1], str(os.getpid())), 'w').close()\n" + program
        )
        self.command = [sys.executable, "-c", text, str(folder), *worker_command()]

    @property
    def processes(self) -> list[int]:
        return [int(path.name) for path in self.folder.iterdir()]

    def all_ended(self) -> bool:
        return not any(map(is_alive, self.processes))


@pytest.fixture
def started(tmp_path: Path) -> Callable[..., Started]:
    return lambda *program: Started(tmp_path, *program)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def until(holds: Callable[[], object]) -> None:
    for _ in range(2_000):
        if holds():
            return
        time.sleep(0.01)
    pytest.fail("it never came to hold")


def read_by(monkeypatch: pytest.MonkeyPatch, processes: int) -> tuple[list[Suggestion], KeptInMemory]:
    monkeypatch.setenv("KODING_PROCESSES", str(processes))
    cache = KeptInMemory()
    return list(suggest_all(BOOK, SOURCES, cache=cache)), cache


@pytest.mark.usefixtures("either_way")
def test_two_find_and_keep_what_one_does_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    one, kept_by_one = read_by(monkeypatch, 1)
    two, kept_by_two = read_by(monkeypatch, 2)
    assert two == one
    assert len({item.source for item in one}) == len(SOURCES)
    assert vars(kept_by_two) == vars(kept_by_one)
    assert kept_by_two.lexicon


def test_with_nothing_kept_two_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KODING_PROCESSES", "1")
    one = list(suggest_all(BOOK, SOURCES))
    monkeypatch.setenv("KODING_PROCESSES", "2")
    assert list(suggest_all(BOOK, SOURCES)) == one


def test_what_two_have_kept_is_given_again_and_edited_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    first, cache = read_by(monkeypatch, 2)
    assert list(suggest_all(BOOK, SOURCES, cache=cache, command=["/no/such/program"])) == first
    codes = (*BOOK.codes[:2], replace(BOOK.codes[2], indicators=replace(BOOK.codes[2].indicators, nb=("jobb", "fin"))))
    edited = replace(BOOK, codes=codes)
    # Some are new among those that an edit touches.
    cache.found.pop(("s4", "en"))
    cache.found.pop(("s0", "en"))
    assert list(suggest_all(edited, SOURCES, cache=cache)) == list(suggest_all(edited, SOURCES))


@pytest.mark.usefixtures("two")
def test_there_are_as_many_as_are_asked_for_and_all_end(started: Callable[..., Started]) -> None:
    running = started()
    assert list(suggest_all(BOOK, SOURCES, command=running.command))
    assert len(running.processes) == 2
    assert running.all_ended()


def test_there_are_never_more_than_sources_to_read(
    started: Callable[..., Started], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KODING_PROCESSES", "4")
    cache, running = KeptInMemory(), started()
    list(suggest_all(BOOK, SOURCES[:6], cache=cache))
    found = list(suggest_all(BOOK, SOURCES, cache=cache, command=running.command))
    assert {item.source for item in found} == {source.guid for source in SOURCES}
    assert len(running.processes) == 2


@pytest.mark.parametrize(("share", "processes"), [(1, 3), (30_000, 3), (60_000, 2), (100_000, 1)])
def test_little_to_read_is_read_by_few(
    share: int, processes: int, started: Callable[..., Started], monkeypatch: pytest.MonkeyPatch
) -> None:
    # 25,000 characters each.
    sources = [replace(SOURCES[0], guid=f"t{number}") for number in range(6)]
    monkeypatch.setattr(batch, "crew", lambda **_extended: Crew(3, share))
    running = started()
    assert list(suggest_all(BOOK, sources, command=running.command, cache=KeptInMemory()))
    assert len(running.processes) == processes


def test_the_number_that_is_set_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KODING_PROCESSES", "3")
    assert crew(extended=False).most == 3
    monkeypatch.delenv("KODING_PROCESSES")
    assert 1 <= crew(extended=False).most <= 4
    for value in ("0", "-1", "two", "1.5", "²"):
        monkeypatch.setenv("KODING_PROCESSES", value)
        with pytest.raises(UsageFault, match="KODING_PROCESSES"):
            list(suggest_all(BOOK, SOURCES))


def test_a_process_reads_its_sources_in_the_order_of_the_requests() -> None:
    turns = tuple(protocol.TurnText(index, 0, "Jeg var ensom.", "nb") for index in range(100))
    with Children(worker_command(), Crew()) as children:
        children.start(lambda: protocol.Hello(to_json(BOOK), "en"))
        for number in 1, 2, 3:
            children.post(protocol.Suggest(number, "s", turns))
        done: list[int] = []
        while len(done) < 3:
            if isinstance(reply := children.receive(), protocol.Done):
                done.append(reply.request)
    assert done == [1, 2, 3]


SECOND_ENDS = f"""
if number:
    for line in sys.stdin.buffer:
        if b'"type":"suggest"' in line:
            sys.exit(3)
{AS_WORKER}
"""
SECOND_CANNOT = f"""
if number:
    for line in sys.stdin.buffer:
        print('{{"type":"fault","message":"no more","request":null,"fatal":true}}', flush=True)
{AS_WORKER}
"""


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(("program", "line"), [(SECOND_ENDS, "exit code 3"), (SECOND_CANNOT, "no more")])
def test_where_one_cannot_go_on_nobody_does(started: Callable[..., Started], program: str, line: str) -> None:
    running = started(program)
    with pytest.raises(SuggesterFault, match=line) as fault:
        list(suggest_all(BOOK, SOURCES, command=running.command))
    assert "\n" not in str(fault.value)
    assert len(running.processes) == 2
    assert running.all_ended()


@pytest.mark.usefixtures("two")
def test_one_that_is_killed_ends_the_work(started: Callable[..., Started]) -> None:
    running = started()
    found = suggest_all(BOOK, SOURCES, command=running.command, cache=KeptInMemory())
    next(found)
    # Whatever has been read by now, all are asked for the words that they have learned.
    os.kill(running.processes[0], signal.SIGKILL)
    with pytest.raises(SuggesterFault, match="ended unexpectedly"):
        list(found)
    assert running.all_ended()


@pytest.mark.usefixtures("two")
def test_who_takes_only_the_first_leaves_nothing_running(started: Callable[..., Started]) -> None:
    running = started()
    found = suggest_all(BOOK, SOURCES, command=running.command)
    next(found)
    found.close()
    assert len(running.processes) == 2
    assert running.all_ended()


# Who has been greeted is known to the command, and so can be stopped.
SILENT = """
sys.stdin.buffer.readline()
os.mkdir(f"{sys.argv[1]} greeted {os.getpid()}")
print('{"type":"ready","version":"r","model":"","note":"","pipeline":"p","extensions":{}}', flush=True)
while True:
    time.sleep(0.01)
"""
INTERRUPTED = """
import sys
sys.path[:0] = [%r]
from test_children import BOOK, SOURCES
from koding.suggest.process.batch import suggest_all
try:
    list(suggest_all(BOOK, SOURCES, command=sys.argv[1:]))
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.usefixtures("two")
def test_ctrl_c_leaves_nothing_running(started: Callable[..., Started]) -> None:
    running = started(SILENT)
    script = INTERRUPTED % str(Path(__file__).parent)
    with subprocess.Popen([sys.executable, "-c", script, *running.command], stdout=subprocess.PIPE) as command:
        until(lambda: len(list(running.folder.parent.glob(f"{running.folder.name} greeted *"))) == 2)
        command.send_signal(signal.SIGINT)
        out, _ = command.communicate()
    assert out == b"interrupted\n"
    assert running.all_ended()


TALKATIVE = """
note = '{"type":"note","message":"%s","part":""}' % ("x" * 100_000)
number = 0
for line in sys.stdin.buffer:
    for _ in range(20):
        print(note, flush=True)
    if b'"type":"hello"' in line:
        print('{"type":"ready","version":"r","model":"","note":"","pipeline":"p","extensions":{}}', flush=True)
    if b'"type":"suggest"' in line:
        number = line.split(b'"request":')[1].split(b",")[0].decode()
        print('{"type":"done","request":%s,"complete":true}' % number, flush=True)
"""


@pytest.mark.usefixtures("two")
def test_nobody_waits_for_one_who_waits_for_him(started: Callable[..., Started]) -> None:
    """Two that read nothing while they say more than pipes hold, and sources that are larger than pipes."""
    running, notes = started(TALKATIVE), []
    long = [replace(SOURCES[0], guid=f"t{number}") for number in range(12)]
    assert list(suggest_all(BOOK, long, command=running.command, on_note=notes.append)) == []
    assert len(running.processes) == 2
    assert running.all_ended()
    # All of them say the same; it is told once.
    assert len(notes) == 1


@pytest.mark.usefixtures("two")
def test_what_all_of_them_say_is_told_once(started: Callable[..., Started]) -> None:
    ready: list[protocol.Ready] = []
    notes: list[str] = []
    faulty = codebook({"a": ["*x*", "ensom"]})
    running = started()
    assert list(suggest_all(faulty, SOURCES, command=running.command, on_ready=ready.append, on_note=notes.append))
    assert len(running.processes) == 2
    assert len(ready) == 1
    assert len(notes) == 1

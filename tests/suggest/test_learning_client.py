"""A screen's suggester learns beside its work: nobody waits, and suggestions change when it has."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading

import pytest
from kept import KeptInMemory
from suggest_samples import transcript
from taught_samples import lessons, material_codebook

from koding.errors import KodingError
from koding.suggest.learning.lessons import learn
from koding.suggest.process import protocol
from koding.suggest.process.background import in_thread
from koding.suggest.process.client import SuggestionClient
from koding.suggest.process.keeping import Keeper
from koding.suggest.process.parts import FAMILIES, TAUGHT, family_parts

BOOK = material_codebook()
INTERVIEW = transcript("I: Hva husker du?", "R: Jeg husker stien og varden.", "R: Jeg husker torsken.")


@pytest.fixture(scope="module")
def learned() -> bytes:
    return learn(BOOK, lessons())


async def origins(client: SuggestionClient) -> set[tuple[str, str]]:
    return {(item.code, item.origin) async for _, items in client.suggest(INTERVIEW, [1, 2]) for item in items}


@pytest.mark.parametrize("cache", [None, KeptInMemory()], ids=["nothing kept", "kept"])
async def test_what_is_learned_meanwhile_changes_the_suggestions(learned, cache):
    client = SuggestionClient(cache=cache, learn=lambda: learned)
    await client.start(BOOK)
    try:
        assert await origins(client) == {("hav", "rules")}
        assert await client.learn() is True
        assert ("fjell", "learned") in await origins(client)
        assert await client.learn() is False
    finally:
        await client.close()


async def test_what_failed_to_be_learned_is_a_line_in_the_status():
    def fails() -> bytes:
        raise KodingError("No room.")

    client = SuggestionClient(learn=fails)
    await client.start(BOOK)
    try:
        assert await client.learn() is False
        assert client.status == "Nothing was learned: No room."
        assert await origins(client) == {("hav", "rules")}
    finally:
        await client.close()


async def test_a_suggester_without_a_teacher_learns_nothing():
    client = SuggestionClient()
    await client.start(BOOK)
    try:
        assert await client.learn() is False
    finally:
        await client.close()


async def test_before_it_is_started_there_is_nothing_to_learn(learned):
    assert await SuggestionClient(learn=lambda: learned).learn() is False


async def test_work_in_a_thread_gives_its_result_and_raises_its_fault():
    assert await in_thread(lambda: threading.current_thread() is threading.main_thread()) is False

    def fails() -> None:
        raise KodingError("No.")

    with pytest.raises(KodingError, match="No"):
        await in_thread(fails)


async def test_work_that_nobody_waits_for_any_more_troubles_nobody():
    done, ready = threading.Event(), threading.Event()

    def work() -> int:
        ready.wait()
        done.set()
        return 1

    waiting = asyncio.create_task(in_thread(work))
    await asyncio.sleep(0)
    waiting.cancel()
    ready.set()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert done.wait(5)
    await asyncio.sleep(0.01)


def test_a_program_that_ends_does_not_wait_for_the_work():
    program = (
        "import asyncio, time\n"
        "from koding.suggest.process.background import in_thread\n"
        "async def main():\n"
        "    asyncio.create_task(in_thread(lambda: time.sleep(600)))\n"
        "    await asyncio.sleep(0.01)\n"
        "asyncio.run(main())\n"
    )
    assert subprocess.run([sys.executable, "-c", program], timeout=60, check=False).returncode == 0


def test_what_was_learned_is_one_part_of_its_own(learned):
    cache = KeptInMemory()
    plain, taught = Keeper(BOOK, cache, "p"), Keeper(BOOK, cache, "p", learned=learned)
    assert plain.parts == family_parts(BOOK)
    assert taught.parts == (TAUGHT,)
    assert set(taught.lasting_groups) == {FAMILIES, TAUGHT} == set(plain.lasting_groups)
    other = Keeper(BOOK, cache, "p", learned=learned + b" ")
    assert taught.fingerprints != other.fingerprints


def test_a_keeper_that_hears_news_of_the_process_keeps_what_was_learned(learned):
    keeper = Keeper(BOOK, None, "p", learned=learned)
    assert keeper.told(protocol.Ready("rules/1", pipeline="p")) is keeper
    told = keeper.told(protocol.Ready("rules/1", pipeline="other"))
    assert (told.pipeline, told.learned) == ("other", learned)


def test_the_greeting_carries_what_was_learned(learned):
    hello = Keeper(BOOK, None, "p", learned=learned).hello()
    assert protocol.decode_request(protocol.encode(hello)) == hello
    assert hello.learned == learned

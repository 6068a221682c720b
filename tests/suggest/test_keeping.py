"""What was found is kept, given again without asking, and sought again exactly where something has changed."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import replace

import pytest
from kept import KeptInMemory
from suggest_samples import SPEAKERS, codebook, transcript

from koding.model.codebook import Codebook, Facet, FacetValue
from koding.model.coding import Suggestion
from koding.model.transcript import Informant, Role, Speaker, Transcript
from koding.suggest.language import pipeline
from koding.suggest.process import parts, protocol
from koding.suggest.process.batch import suggest_all
from koding.suggest.process.children import SuggesterFault
from koding.suggest.process.client import State, SuggestionClient
from koding.suggest.process.keeping import Keeper, SourcePlan
from koding.suggest.process.sheets import Sheet

VOICE = Facet(
    "stemme",
    "Stemme",
    (FacetValue("egen", "Egen"), FacetValue("tilskrevet", "Tilskrevet")),
    default="egen",
    default_variable="gruppe",
    default_values={"ansatt": "tilskrevet"},
)
BOOK = codebook({"ensomhet": ["ensom"], "ensomhet.savn": ["savne"], "arbeid": ["få jobb", "jobb ?"]}, facets=(VOICE,))
INTERVIEW = transcript("I: Var du ensom?", "R: Ja. Jeg var ensom.", "R: Jeg fikk jobb.", "I: Ja?", "R: Jeg savnet.")
ELSEWHERE = ["/no/such/program"]
FAMILIES = ["family:ensomhet", "family:arbeid"]


@pytest.fixture
def cache() -> KeptInMemory:
    return KeptInMemory()


@pytest.fixture(scope="module")
def kept_once() -> KeptInMemory:
    cache = KeptInMemory()
    found(BOOK, INTERVIEW, cache)
    return cache


@pytest.fixture
def filled(kept_once: KeptInMemory) -> KeptInMemory:
    """Give a cache that has what is found in the interview."""
    return deepcopy(kept_once)


def found(book: Codebook, source: Transcript, cache: KeptInMemory | None, **more: object) -> list[Suggestion]:
    return list(suggest_all(book, [source], cache=cache, **more))


def missing(book: Codebook, source: Transcript, cache: KeptInMemory) -> tuple[list[str], bool]:
    """Give the parts that would be asked, and whether the analysis is at hand."""
    plan = Keeper(book, cache, pipeline.version()).plan(source)
    plan.look_up_analysis()
    return list(plan.missing), bool(plan.analysis)


def with_indicator(book: Codebook, key: str, indicator: str) -> Codebook:
    codes = tuple(
        replace(code, indicators=replace(code.indicators, nb=(*code.indicators.nb, indicator)))
        if code.key == key
        else code
        for code in book.codes
    )
    return replace(book, codes=codes)


def test_the_second_time_nothing_is_started_and_the_same_is_found(cache: KeptInMemory) -> None:
    first = found(BOOK, INTERVIEW, cache)
    assert first == found(BOOK, INTERVIEW, None)
    assert cache.written == [("source", True, [parts.FAMILIES])]
    # What the codings teach has its place even while nothing is taught.
    assert set(cache.groups) == {parts.FAMILIES, parts.TAUGHT}
    assert found(BOOK, INTERVIEW, cache, command=ELSEWHERE) == first


@pytest.mark.usefixtures("either_way")
def test_after_a_change_of_one_code_its_family_alone_is_sought_on_the_kept_analysis(cache: KeptInMemory) -> None:
    found(BOOK, INTERVIEW, cache)
    changed = with_indicator(BOOK, "ensomhet.savn", "ja")
    assert missing(changed, INTERVIEW, cache) == (["family:ensomhet"], True)
    assert found(changed, INTERVIEW, cache) == found(changed, INTERVIEW, None)
    assert cache.written[1:] == [("source", False, [parts.FAMILIES])]
    assert missing(changed, INTERVIEW, cache) == ([], False)


def test_only_turns_in_which_something_may_be_found_are_sent_again(
    filled: KeptInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[list[int]] = []
    request = SourcePlan.request

    def seen(plan: SourcePlan, number: int, turns: Iterable[int]) -> protocol.Suggest:
        asked = request(plan, number, turns)
        sent.append([turn.index for turn in asked.turns])
        return asked

    monkeypatch.setattr(SourcePlan, "request", seen)
    changed = with_indicator(replace(BOOK, facets=()), "arbeid", "lønn")
    assert found(changed, INTERVIEW, filled) == found(changed, INTERVIEW, None)
    # Facets bear on all families. Each turn has a word of one of them, or answers a question with yes.
    assert sent == [[1, 2, 4], [1, 2, 4]]


def test_what_is_said_of_a_code_weighs_its_matches_and_is_sought_again(cache: KeptInMemory) -> None:
    found(BOOK, INTERVIEW, cache)
    told = replace(
        BOOK, codes=tuple(replace(code, definition="Ny.") if "." in code.key else code for code in BOOK.codes)
    )
    assert missing(told, INTERVIEW, cache) == (["family:ensomhet"], True)
    assert found(told, INTERVIEW, cache) == found(told, INTERVIEW, None)


def test_what_is_said_of_a_code_and_weighs_nothing_is_not_sought(cache: KeptInMemory) -> None:
    found(BOOK, INTERVIEW, cache)
    told = replace(BOOK, codes=tuple(replace(code, not_use="Ny.", colour="#112233") for code in BOOK.codes))
    assert missing(told, INTERVIEW, cache)[0] == []


@pytest.mark.parametrize("change", ["order", "codable", "facet"])
def test_what_the_rules_read_is_sought_again(filled: KeptInMemory, change: str) -> None:
    match change:
        case "order":
            book = replace(BOOK, codes=tuple(reversed(BOOK.codes)))
            wanted = ["family:ensomhet"]
        case "codable":
            book = replace(BOOK, codes=(*BOOK.codes[:2], replace(BOOK.codes[2], codable=False)))
            wanted = ["family:arbeid"]
        case _:
            book = replace(BOOK, facets=(replace(VOICE, default_values={"ansatt": "egen"}),))
            wanted = FAMILIES
    asked, analysed = missing(book, INTERVIEW, filled)
    assert (sorted(asked), analysed) == (sorted(wanted), True)
    assert found(book, INTERVIEW, filled) == found(book, INTERVIEW, None)


def test_new_knowledge_of_a_person_asks_again_and_keeps_the_analysis(filled: KeptInMemory) -> None:
    person = Speaker("R", Role.INFORMANT, Informant("r", "F01", {"gruppe": "ansatt"}))
    known = replace(INTERVIEW, speakers=SPEAKERS | {"R": person})
    assert missing(BOOK, known, filled) == (FAMILIES, True)


def test_another_text_or_other_people_who_count_ask_for_all(filled: KeptInMemory) -> None:
    assert missing(BOOK, replace(INTERVIEW, text=INTERVIEW.text.replace("Ja", "Jo")), filled) == (FAMILIES, False)
    counted = replace(INTERVIEW, speakers=SPEAKERS | {"I": replace(SPEAKERS["R"], label="I")})
    assert missing(BOOK, counted, filled) == (FAMILIES, False)


def test_reasons_are_kept_by_the_language_of_the_interface(
    cache: KeptInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = found(BOOK, INTERVIEW, cache)
    monkeypatch.setenv("KODING_LANG", "nb")
    assert missing(BOOK, INTERVIEW, cache) == (FAMILIES, True)
    found(BOOK, INTERVIEW, cache)
    monkeypatch.setenv("KODING_LANG", "en")
    assert found(BOOK, INTERVIEW, cache, command=ELSEWHERE) == english


def test_another_pipeline_asks_for_all(filled: KeptInMemory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "version", lambda: "another")
    plan = Keeper(BOOK, filled, pipeline.version()).plan(INTERVIEW)
    plan.look_up_analysis()
    assert (list(plan.missing), plan.analysis) == (FAMILIES, b"")


def test_damaged_results_are_made_anew(cache: KeptInMemory) -> None:
    first = found(BOOK, INTERVIEW, cache)
    kept = cache.found["source", "en"]
    for part, (fingerprint, _data) in kept.items():
        kept[part] = (fingerprint, b"nonsense")
    cache.analyses["source"] = (cache.analyses["source"][0], b"nonsense")
    assert found(BOOK, INTERVIEW, cache) == first


def test_words_are_remembered_once(filled: KeptInMemory) -> None:
    (words,) = filled.lexicon.values()
    assert words
    filled.keep_words = lambda *_kept: pytest.fail("nothing was learned")  # type: ignore[method-assign]
    found(with_indicator(BOOK, "arbeid", "ensom"), INTERVIEW, filled)


def test_many_sources_keep_their_order_and_each_its_own(cache: KeptInMemory) -> None:
    sources = [replace(INTERVIEW, guid=f"s{number}", name=f"s{number}") for number in range(5)]
    first = list(suggest_all(BOOK, sources, cache=cache))
    assert [item.source for item in first] == sorted(item.source for item in first)
    assert len({item.source for item in first}) == 5
    # One that is new among those that are known.
    cache.found.pop(("s2", "en"))
    assert list(suggest_all(BOOK, sources, cache=cache)) == first


def test_a_source_that_nobody_counted_speaks_in_is_kept_as_empty(cache: KeptInMemory) -> None:
    silent = transcript("I: Var du ensom?", guid="silent")
    assert found(BOOK, silent, cache) == []
    assert missing(BOOK, silent, cache)[0] == []


def test_a_process_that_ends_keeps_nothing(cache: KeptInMemory) -> None:
    with pytest.raises(SuggesterFault):
        found(BOOK, INTERVIEW, cache, command=[sys.executable, "-c", "raise SystemExit(3)"])
    assert cache.written == []


def test_results_come_back_as_they_were() -> None:
    items = [(turn, FAMILIES[turn % 2], item) for turn, item in enumerate(found(BOOK, INTERVIEW, None))]
    sheet = Sheet.of("source", "fingerprint", dict.fromkeys(FAMILIES, "f"), items, tuple(BOOK.by_key))
    again = Sheet.read("source", sheet.written())
    assert (again, again.items) == (sheet, items)
    assert Sheet.read("source", Sheet.of("source", "f", {}, [], ()).written()).items == []


def test_a_sheet_that_is_damaged_is_empty() -> None:
    sheet = Sheet.of("source", "fingerprint", {"part": "f"}, [], ()).written()
    for damaged in (b"", b"nonsense", sheet[:-1], sheet + b"x", b'["a"]\n'):
        assert Sheet.read("source", damaged) == Sheet()


def test_parts_are_families_and_apart() -> None:
    assert list(parts.family_parts(BOOK)) == FAMILIES
    alone = parts.only_families(BOOK, {"arbeid"})
    assert [code.key for code in alone.codes] == ["arbeid"]


# -- the screen's client ----------------------------------------------------------------------------------------------


async def ask(client: SuggestionClient, source: Transcript, turns: list[int]) -> list[tuple[int, list[Suggestion]]]:
    return [answer async for answer in client.suggest(source, turns)]


async def until(holds: Iterator[object]) -> None:
    for _ in range(1_000):
        if next(holds):
            return
        await asyncio.sleep(0.01)
    pytest.fail("it never came to hold")


@pytest.mark.usefixtures("either_way")
async def test_a_screen_keeps_a_source_when_it_has_seen_all_of_it(cache: KeptInMemory) -> None:
    client = SuggestionClient(cache=cache)
    await client.start(BOOK)
    first = await ask(client, INTERVIEW, [2])
    assert cache.written == []
    first += await ask(client, INTERVIEW, [1, 4])
    assert cache.written == [("source", True, [parts.FAMILIES])]
    await until(bool(cache.lexicon) for _ in iter(int, 1))
    await client.close()
    assert [item for _, items in sorted(first) for item in items] == found(BOOK, INTERVIEW, None)


async def test_a_screen_shows_what_is_kept_though_no_process_can_start(cache: KeptInMemory) -> None:
    first = found(BOOK, INTERVIEW, cache)
    client = SuggestionClient(ELSEWHERE, cache=cache)
    await client.start(BOOK)
    assert client.state is State.FAILED
    answers = await ask(client, INTERVIEW, [1, 2, 4])
    assert [item for _, items in answers for item in items] == first
    await client.close()


async def test_a_screen_joins_what_is_kept_with_what_is_new(filled: KeptInMemory) -> None:
    changed = with_indicator(BOOK, "ensomhet.savn", "fikk")
    client = SuggestionClient(cache=filled)
    await client.start(changed)
    ((_, items),) = await ask(client, INTERVIEW, [2])
    assert [item.code for item in items] == ["ensomhet.savn", "arbeid"]
    await client.close()


CHANGES_ITS_MIND = """
import sys
ready = '{"type":"ready","version":"r","model":"","note":"","pipeline":"%s","extensions":{}}'
for line in sys.stdin.buffer:
    if b'"type":"hello"' in line:
        print(ready % "with", flush=True)
    if b'"type":"suggest"' in line:
        print(ready % "without", flush=True)
        print('{"type":"nothing","request":1,"turns":[1,2,4]}', flush=True)
        print('{"type":"done","request":1,"complete":true}', flush=True)
    if b'"type":"recall"' in line:
        print('{"type":"words","data":""}', flush=True)
"""


def test_a_model_that_turns_out_not_to_work_keeps_nothing_under_its_name(cache: KeptInMemory) -> None:
    assert found(BOOK, INTERVIEW, cache, command=[sys.executable, "-c", CHANGES_ITS_MIND]) == []
    assert cache.written == []


async def test_nor_does_it_on_the_screen(cache: KeptInMemory) -> None:
    client = SuggestionClient([sys.executable, "-c", CHANGES_ITS_MIND], cache=cache)
    await client.start(BOOK)
    assert await ask(client, INTERVIEW, [1, 2, 4]) == [(1, []), (2, []), (4, [])]
    await client.close()
    assert cache.written == []

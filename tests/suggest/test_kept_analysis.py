"""A source's analysis in the form that is kept: nothing is lost, and a family matched on it finds what it found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from suggest_samples import codebook

from koding.model.codebook import WordField
from koding.model.coding import Suggestion
from koding.suggest.language.analysis import Analysis, AnalysisFault, Packer
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import Unit, units
from koding.suggest.process import parts, protocol
from koding.suggest.process.engine import Engine
from koding.suggest.process.protocol import TurnText
from koding.suggest.process.sheets import Item
from koding.suggest.rules.suggester import RuleSuggester

BOOK = codebook(
    {
        "ensomhet": ["ensom", "ingen venner", "venn ?", "telefon ... aldri"],
        "ensomhet.savn": ["savne|lengte ... familie", "familie ?"],
        "arbeid": ["jobb ?", "få jobb", "*arbeid", "=vikar"],
        "arbeid.sjef": ["@sjef ... ringte", "jobb ... slutt"],
        "tjenester": ["spesialist*", "langt ... lege", "skole ?"],
    },
    excepted={"arbeid": ["jobbe med seg"]},
    fields=(WordField("sjef", nb=("sjef", "leder")),),
)
SAID = """
jeg var ikke ensom aldri ingen venner venn telefonen ringte savnet lengtet etter familien min fikk jobb jobben
sommerarbeid vikar sjefen langt til lege spesialisten skolen og det nei ja hvis hadde jobbe med seg . ? ,
"""
WORDS = sorted(set(SAID.split()))
SPEECH = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join)
QUESTIONS = st.sampled_from(["", "Hvorfor flyttet du?", "Var det jobben?", "Savnet du noen?"])


def packed(turns: Sequence[tuple[int, str, Sequence[Unit]]]) -> Analysis:
    packer = Packer()
    for turn in turns:
        packer.add(*turn)
    return Analysis(packer.packed())


@given(st.lists(st.text(max_size=60), max_size=4))
def test_sentences_and_words_come_back_as_they_were(texts: list[str]) -> None:
    found = [(number, "nb", units(text)) for number, text in enumerate(texts)]
    kept = packed(found)
    assert [kept.units(number) for number, _, _ in found] == [each for _, _, each in found]
    counts = [sum(len(unit.words) for unit in each) for _, _, each in found]
    assert [kept.words(number) for number, _, _ in found] == counts


@given(st.text(max_size=60), st.data())
def test_lemmas_of_a_model_come_back_with_their_words(text: str, data: st.DataObject) -> None:
    lemmas = st.sampled_from(["", "være", "jobb"])
    found = [
        unit._replace(lemmas=tuple(data.draw(lemmas) for _ in unit.words)) if data.draw(st.booleans()) else unit
        for unit in units(text)
    ]
    assert packed([(3, "nn", found)]).units(3) == found


def test_the_vocabulary_stands_for_the_words_of_each_sentence() -> None:
    kept = packed([(0, "nb", units("Jeg var ensom. Var jeg ensom?"))])
    assert [[kept.vocabulary[number][0] for number in sentence] for sentence in kept.sentences(0)] == [
        ["jeg", "var", "ensom"],
        ["var", "jeg", "ensom"],
    ]
    assert len(kept.vocabulary) == 3


def test_a_turn_is_kept_once_and_in_its_language() -> None:
    kept = packed([(7, "nn", units("Eg var einsam.")), (7, "nb", units("Noe annet."))])
    assert 7 in kept
    assert 6 not in kept
    assert kept.language(7) == "nn"
    assert kept.units(7) == units("Eg var einsam.")


@given(st.binary(max_size=60))
def test_what_is_no_analysis_is_told_as_such(data: bytes) -> None:
    with pytest.raises(AnalysisFault):
        Analysis(data)


def test_a_damaged_analysis_is_told_as_such() -> None:
    packer = Packer()
    packer.add(0, "nb", units("Jeg var ensom."))
    with pytest.raises(AnalysisFault):
        Analysis(packer.packed()[:-9])


LEXICON = Lexicon()
WHOLE = RuleSuggester(BOOK, LEXICON)
FAMILIES = {
    part: RuleSuggester(parts.only_families(BOOK, {part.removeprefix(parts.FAMILY)}), LEXICON)
    for part in parts.family_parts(BOOK)
}


@settings(max_examples=300)
@given(SPEECH, QUESTIONS)
def test_families_find_alone_what_they_find_together(text: str, question: str) -> None:
    turn, found = TurnText(0, 0, text, "nb", question), units(text)
    apart = [item for rules in FAMILIES.values() for item in rules.suggest(turn, found)]
    assert ordered(apart) == ordered(WHOLE.suggest(turn, found))


def ordered(items: Iterable[Suggestion]) -> list[Item]:
    return parts.Order(BOOK).sorted((0, "", item) for item in items)


ENGINE = Engine(lambda _lexicon: (None, ""))


def answers(
    engine: Engine, source: str, turns: Sequence[TurnText], wanted: tuple[str, ...] | None = None
) -> list[tuple[int, tuple[Suggestion, ...]]]:
    """Give what is found in turns of one source."""
    (found,) = engine.suggestions([(source, turns)], wanted)
    return found


ENGINE.greet(BOOK, protocol.Hello({}))


def analysed(source: str) -> bytes:
    """Give the analysis of a source of which all turns have come."""
    found = ENGINE.finished(source)
    assert found is not None
    return found.data


@settings(max_examples=150)
@given(st.lists(st.tuples(SPEECH, QUESTIONS), min_size=1, max_size=3), st.sampled_from([None, *FAMILIES]))
def test_a_kept_analysis_gives_what_a_fresh_one_gave(talk: list[tuple[str, str]], part: str | None) -> None:
    wanted = None if part is None else (part,)
    turns = [TurnText(number, 0, text, "nb", question) for number, (text, question) in enumerate(talk)]
    ENGINE.open(protocol.Source("s", len(turns)))
    fresh = answers(ENGINE, "s", turns, wanted)
    data = analysed("s")
    assert ENGINE.finished("s") is None
    ENGINE.open(protocol.Source("s", len(turns), data))
    unsaid = [TurnText(turn.index, 0, turn.text, None, turn.question) for turn in turns]
    assert answers(ENGINE, "s", unsaid, wanted) == fresh


@settings(max_examples=150)
@given(st.lists(st.tuples(SPEECH, QUESTIONS), min_size=1, max_size=4), st.sampled_from([*FAMILIES]))
def test_nothing_is_found_in_the_turns_that_need_not_be_sent(talk: list[tuple[str, str]], part: str) -> None:
    turns = [TurnText(number, 0, text, "nb", question) for number, (text, question) in enumerate(talk)]
    ENGINE.open(protocol.Source("sought", len(turns)))
    found = dict(answers(ENGINE, "sought", turns, (part,)))
    assert ENGINE.silent("sought", range(len(turns)), (part,)) == []
    ENGINE.open(protocol.Source("sought", len(turns), analysed("sought")))
    silent = ENGINE.silent("sought", range(len(turns)), (part,))
    assert not any(found[turn] for turn in silent)


def test_turns_without_a_word_of_the_codebook_need_not_be_sent() -> None:
    packer = Packer()
    for turn, text in enumerate(["Jeg var ensom.", "Det snør.", "Nei."]):
        packer.add(turn, "nb", units(text))
    ENGINE.open(protocol.Source("three", 3, packer.packed()))
    # A no may answer a question, of which the analysis knows nothing; nor does it know of a fourth turn.
    assert ENGINE.silent("three", range(4), tuple(FAMILIES)) == [1]
    assert ENGINE.silent("three", range(4), (*FAMILIES, parts.TAUGHT)) == []
    assert ENGINE.silent("unknown", range(4), tuple(FAMILIES)) == []


def test_an_analysis_is_given_when_all_turns_have_come_in_any_order() -> None:
    ENGINE.open(protocol.Source("parts", 3))
    for index in (2, 0):
        answers(ENGINE, "parts", [TurnText(index, 0, "Jeg var ensom.", "nb")])
        assert ENGINE.finished("parts") is None
    answers(ENGINE, "parts", [TurnText(1, 0, "Ja.", "nb")])
    kept = Analysis(analysed("parts"))
    assert [index for index in range(4) if index in kept] == [0, 1, 2]


def test_an_analysis_that_cannot_be_read_is_made_anew() -> None:
    ENGINE.open(protocol.Source("damaged", 1, b"nonsense"))
    ((_, (item,)),) = answers(ENGINE, "damaged", [TurnText(0, 0, "Jeg var ensom.", "nb")])
    assert item.code == "ensomhet"
    assert ENGINE.finished("damaged")


def test_the_model_is_loaded_only_when_there_is_something_to_analyse() -> None:
    loads: list[object] = []

    def loader(lexicon: Lexicon) -> tuple[None, str]:
        loads.append(lexicon)
        return None, "The model does not fit."

    engine = Engine(loader)
    engine.greet(BOOK, protocol.Hello({}))
    packer = Packer()
    packer.add(0, "nb", units("Jeg var ensom."))
    engine.open(protocol.Source("s", 1, packer.packed()))
    assert [len(items) for _, items in answers(engine, "s", [TurnText(0, 0, "Jeg var ensom.")])] == [1]
    assert loads == []
    for _ in range(2):
        assert [len(items) for _, items in answers(engine, "t", [TurnText(0, 0, "Jeg var ensom.")])] == [1]
    assert len(loads) == 1
    (ready,) = engine.notes
    assert isinstance(ready, protocol.Ready)
    assert ready.note == "The model does not fit."
    assert ready.model == ""


@settings(max_examples=100)
@given(st.lists(st.lists(st.tuples(SPEECH, QUESTIONS), max_size=3), min_size=1, max_size=4))
def test_turns_of_several_sources_are_answered_as_each_by_itself(talks: list[list[tuple[str, str]]]) -> None:
    asked = [
        (f"s{number}", [TurnText(at, 0, text, "nb", question) for at, (text, question) in enumerate(talk)])
        for number, talk in enumerate(talks)
    ]
    apart = [answers(ENGINE, source, turns) for source, turns in asked]
    assert list(ENGINE.suggestions(asked, None)) == apart
    for (source, _turns), found in zip(asked, apart, strict=True):
        assert {item.source for _, items in found for item in items} <= {source}

"""After an edit of the codebook only the turns that it touches are asked about, and the answer is that of a first time."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kept import KeptInMemory
from suggest_samples import STATUS, codebook, transcript

from koding.model.codebook import Codebook, WordField
from koding.model.coding import Suggestion
from koding.model.transcript import Transcript
from koding.suggest.language.memory import RememberingLexicon
from koding.suggest.language.sentences import units
from koding.suggest.process import parts, protocol
from koding.suggest.process.batch import suggest_all
from koding.suggest.process.concordance import Concordance, ConcordanceFault, Search
from koding.suggest.process.engine import Engine
from koding.suggest.process.keeping import SourcePlan
from koding.suggest.process.protocol import TurnText
from koding.suggest.rules.changes import changed_needs
from koding.suggest.rules.suggester import RuleSuggester
from koding.suggest.rules.wanted import numbered, unnumbered

LEXICON = RememberingLexicon()
SAID = """
jeg var ikke ensom aldri ingen venner venn telefonen ringte savnet lengtet etter familien min fikk jobb jobben
sommerarbeid jobbsøker vikar sjefen lederen langt til lege spesialisten spesialsten enssom barnene skolen og det nei ja
hvis hadde jobbe med seg grunn derfor . ? ,
"""
SPEECH = st.lists(st.sampled_from(sorted(set(SAID.split()))), min_size=1, max_size=25).map(" ".join)
QUESTIONS = st.sampled_from(["", "Hvorfor flyttet du?", "Var det jobben?", "Savnet du noen?", "Var du ensom da?"])
TURNS = st.lists(st.tuples(SPEECH, QUESTIONS, st.sampled_from(["nb", "nn"])), min_size=1, max_size=4)
INDICATORS = [
    "ensom", "ensom ?", "ensom !", "ingen venner", "venn ?", "telefon ... aldri", "savne|lengte ... familie", "jobb",
    "jobb ?", "jobb ~", "få jobb", "*arbeid", "*spesialist", "=vikar", "@sjef ... ringte", "@sjef ?", "jobb ... slutt",
    "spesialist*", "langt ... lege", "skole ?", "barn", "ikke jobb", "jobbe med seg", "familie !", "lege ~",
]  # fmt: skip
WRITTEN = st.lists(st.sampled_from(INDICATORS), max_size=4, unique=True)
FIELD = st.sampled_from([("sjef",), ("sjef", "leder"), ("leder", "lege"), ("vikar*", "sjef")])


@st.composite
def families(draw: st.DrawFn) -> Codebook:
    """A family whose codes, indicators, exceptions and word field may all be others the next time."""
    keys = ["arbeid", *(key for key in ("arbeid.sjef", "arbeid.slutt") if draw(st.booleans()))]
    if draw(st.booleans()):
        keys[1:] = reversed(keys[1:])
    return codebook(
        {key: draw(WRITTEN) for key in keys},
        nn={key: draw(WRITTEN) for key in keys},
        excepted={
            keys[-1]: draw(st.lists(st.sampled_from(["jobbe med seg", "lege", "telefon ... aldri"]), max_size=1))
        },
        fields=(WordField("sjef", nb=draw(FIELD), nn=("sjef",)),),
    )


def concordance(turns: Sequence[TurnText]) -> Concordance:
    """Give the concordance that the suggester's process makes of a source."""
    engine = Engine(lambda _lexicon: (None, ""))
    engine.greet(codebook({"arbeid": ["jobb"]}), protocol.Hello({}))
    engine.open(protocol.Source("s", len(turns)))
    list(engine.suggestions([("s", turns)], None))
    analysed = engine.finished("s")
    assert analysed is not None
    return Concordance(analysed.concordance)


def found(rules: RuleSuggester, turn: TurnText) -> list[Suggestion]:
    return sorted(rules.suggest(turn, units(turn.text)), key=lambda item: (item.start, item.end, item.code))


@settings(max_examples=60, deadline=None)
@given(before=families(), after=families(), said=TURNS)
def test_a_turn_that_is_not_touched_says_what_it_said(
    before: Codebook, after: Codebook, said: list[tuple[str, str, str]]
) -> None:
    turns = [TurnText(number, 0, text, language, question) for number, (text, question, language) in enumerate(said)]
    touched = concordance(turns).touched(Search(changed_needs(before, after, LEXICON)))
    old, new = RuleSuggester(before, LEXICON), RuleSuggester(after, LEXICON)
    for turn in turns:
        if turn.index not in touched:
            assert found(old, turn) == found(new, turn)


def test_what_stays_the_same_touches_nothing() -> None:
    book = codebook({"arbeid": ["jobb ?", "@sjef ... ringte"]}, fields=(WordField("sjef", nb=("sjef",)),))
    assert changed_needs(book, replace(book, title="Annet"), LEXICON) == ()


def test_of_a_word_field_only_the_words_that_come_or_go_touch_a_turn() -> None:
    said = ["Sjefen ringte.", "Lederen ringte.", "Lederen kom.", "Ingen ringte."]
    kept = concordance([TurnText(number, 0, text, "nb") for number, text in enumerate(said)])
    before = codebook({"arbeid": ["@sjef ... ringte"]}, fields=(WordField("sjef", nb=("sjef",)),))
    after = replace(before, fields=(WordField("sjef", nb=("sjef", "leder")),))
    assert kept.touched(Search(changed_needs(before, after, LEXICON))) == {1}
    assert kept.touched(Search(changed_needs(after, before, LEXICON))) == {1}


@pytest.mark.parametrize(
    ("indicator", "touched"),
    [
        ("arbeid", {0}),  # a compound
        ("barn", {1}),  # a form
        ("rasisme", {2}),  # a misspelling
        ("*hjelp", {3}),
        ("naboh*", {3}),
        ("flytte", {4}),  # the question of a short answer, not that of a long one
        ("fisk", set()),
    ],
)
def test_a_turn_is_found_by_all_that_its_words_can_be(indicator: str, touched: set[int]) -> None:
    said = ["Det var sommerarbeid.", "Barnene mine.", "Det var rassisme.", "Vi fikk nabohjelpen da."]
    turns = [TurnText(number, 0, text, "nb") for number, text in enumerate(said)]
    turns.append(TurnText(4, 0, "Nei.", "nb", "Ville du flytte?"))
    turns.append(TurnText(5, 0, "Det var slik at jeg ble her et år til.", "nb", "Ville du flytte?"))
    needs = changed_needs(codebook({"arbeid": []}), codebook({"arbeid": [indicator]}), LEXICON)
    assert concordance(turns).touched(Search(needs)) == touched


def test_needs_come_back_as_they_were() -> None:
    needs = changed_needs(codebook({"arbeid": ["få jobb"]}), codebook({"arbeid": ["jobb*", "*jobb"]}), LEXICON)
    assert len(needs) == 3
    assert unnumbered(*numbered(needs)) == needs


def test_what_is_no_concordance_is_told() -> None:
    for data in (b"", b"nonsense"):
        with pytest.raises(ConcordanceFault):
            Concordance(data)


# -- with the suggester's process -------------------------------------------------------------------------------------


BOOK = codebook(
    {"ensomhet": ["ensom"], "ensomhet.savn": ["savne"], "arbeid": ["få jobb", "jobb ?"], "arbeid.sjef": ["@sjef ?"]},
    facets=(STATUS,),
    fields=(WordField("sjef", nb=("sjef",)),),
)
INTERVIEW = transcript(
    "I: Var du ensom?", "R: Ja. Jeg var ensom.", "R: Jeg fikk jobb hos sjefen.", "I: Ja?", "R: Jeg savnet lederen."
)


def written(book: Codebook, indicators: Mapping[str, Sequence[str]]) -> Codebook:
    return replace(
        book,
        codes=tuple(
            replace(code, indicators=replace(code.indicators, nb=tuple(indicators.get(code.key, code.indicators.nb))))
            for code in book.codes
        ),
    )


EDITS: list[Codebook] = [
    written(BOOK, {"ensomhet.savn": ["savne", "ja"]}),
    written(BOOK, {"ensomhet.savn": ["savne", "ja"], "arbeid": ["jobb ?"]}),
    replace(BOOK, fields=(WordField("sjef", nb=("sjef", "leder")),)),
    replace(BOOK, codes=tuple(reversed(BOOK.codes[:2])) + BOOK.codes[2:]),
    replace(BOOK, codes=BOOK.codes[:3]),
    replace(BOOK, codes=BOOK.codes[2:]),
    replace(BOOK, codes=(*BOOK.codes[:2], replace(BOOK.codes[2], codable=False), BOOK.codes[3])),
    BOOK,
]


def sent(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """Give the turns that are asked about, request by request."""
    asked: list[list[int]] = []
    encode = protocol.encode

    def seen(message: protocol.Request | protocol.Reply) -> bytes:
        if isinstance(message, protocol.Suggest):
            asked.append([turn.index for turn in message.turns])
        return encode(message)

    monkeypatch.setattr(protocol, "encode", seen)
    return asked


def test_only_turns_that_a_change_touches_are_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = KeptInMemory()
    list(suggest_all(BOOK, [INTERVIEW], cache=cache))
    asked = sent(monkeypatch)
    for indicators, turns in (["ensom", "ja"], [[1]]), (["ensom", "ja", "fisk"], []), (["ensom", "fisk"], [[1]]):
        book = written(BOOK, {"ensomhet": indicators})
        again = list(suggest_all(book, [INTERVIEW], cache=cache))
        assert asked == turns
        assert again == list(suggest_all(book, [INTERVIEW]))
        asked.clear()


def test_a_change_that_touches_nothing_waits_for_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = KeptInMemory()
    list(suggest_all(BOOK, [INTERVIEW], cache=cache))
    said: list[str] = []
    encode = protocol.encode

    def seen(message: protocol.Request | protocol.Reply) -> bytes:
        said.append(type(message).__name__)
        return encode(message)

    monkeypatch.setattr(protocol, "encode", seen)
    list(suggest_all(written(BOOK, {"ensomhet": ["ensom", "fisk"]}), [INTERVIEW], cache=cache))
    assert said == ["Hello", "Compare"]


def test_any_run_of_edits_gives_what_a_first_time_gives() -> None:
    cache, sources = KeptInMemory(), [INTERVIEW, replace(INTERVIEW, guid="other", name="other")]
    list(suggest_all(BOOK, sources, cache=cache))
    for book in random.Random(7).sample(EDITS, len(EDITS)):
        assert list(suggest_all(book, sources, cache=cache)) == list(suggest_all(book, sources))


def test_sources_that_were_left_out_of_an_edit_catch_up() -> None:
    cache, other = KeptInMemory(), replace(INTERVIEW, guid="other", name="other")
    list(suggest_all(BOOK, [INTERVIEW, other], cache=cache))
    for book, sources in (EDITS[0], [INTERVIEW]), (EDITS[1], [INTERVIEW, other]), (EDITS[2], [other, INTERVIEW]):
        assert list(suggest_all(book, sources, cache=cache)) == list(suggest_all(book, sources))


def test_where_an_earlier_version_is_forgotten_all_turns_are_asked_about() -> None:
    cache = KeptInMemory()
    list(suggest_all(BOOK, [INTERVIEW], cache=cache))
    cache.definitions.clear()
    assert list(suggest_all(EDITS[0], [INTERVIEW], cache=cache)) == list(suggest_all(EDITS[0], [INTERVIEW]))


def test_a_damaged_concordance_is_done_without() -> None:
    cache = KeptInMemory()
    list(suggest_all(BOOK, [INTERVIEW], cache=cache))
    cache.concordances["source"] = (cache.concordances["source"][0], b"nonsense")
    assert list(suggest_all(EDITS[0], [INTERVIEW], cache=cache)) == list(suggest_all(EDITS[0], [INTERVIEW]))


def test_what_is_asked_of_a_plan_only_with_all_that_it_takes() -> None:
    cache = KeptInMemory()
    list(suggest_all(BOOK, [INTERVIEW], cache=cache))

    def before(book: Codebook, source: Transcript) -> list[str]:
        from koding.suggest.language import pipeline
        from koding.suggest.process.keeping import Keeper

        plan: SourcePlan = Keeper(book, cache, pipeline.version()).plan(source)
        return sorted(plan.before)

    assert before(EDITS[0], INTERVIEW) == [parts.FAMILY + "ensomhet"]
    assert before(replace(EDITS[0], facets=()), INTERVIEW) == []
    assert before(EDITS[0], replace(INTERVIEW, text=INTERVIEW.text.replace("Ja", "Jo"))) == []

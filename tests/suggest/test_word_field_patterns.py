"""Word fields in indicators: reasons told without their obvious word, in Bokmål, Nynorsk and speech."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import pytest
from suggest_samples import codebook

from koding.material import material_folder
from koding.model.codebook import Codebook, WordField, used_fields
from koding.readers.word_fields import read_field_folder
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import units
from koding.suggest.process.codebook_json import from_json, to_json
from koding.suggest.process.protocol import TurnText
from koding.suggest.rules.index import RuleIndex
from koding.suggest.rules.suggester import DENIED, RuleSuggester

LEXICON = Lexicon()
SHIPPED = read_field_folder(material_folder("codebooks") / "ordfelt")

#: One code for each way of telling; the same patterns serve both languages.
TELLINGS = {
    "isolasjon": [
        "@kontakt ... @aldri",
        "ingen|aldri ... @kontakt|@innbydelse",
        "se|så|såg|stirre|telle ... på|i @tomdag",
    ],
    "jobb": ["@yrke ... ringte|ringde|ringer", "@yrke ... tilby|tilbød|baud"],
    "lege": ["@lengde ... @helsetjeneste|@helsefolk", "@helsetjeneste|@helsefolk ... @avstand"],
    "tro": ["@lengde|nærmeste|næraste ... @trossted"],
    "familie": ["flytte|flyttet|flytta ... @familie|@partner"],
    "skole": ["hadde|fantes|fanst ikke|ikkje ... @skole"],
}


@cache
def book() -> Codebook:
    made = codebook(TELLINGS, nn=TELLINGS)
    return replace(made, fields=used_fields(made.codes, SHIPPED))


@cache
def rules() -> RuleSuggester:
    made = RuleSuggester(from_json(json.loads(json.dumps(to_json(book())))), LEXICON)
    assert not made.faults
    return made


def codes(text: str, language: str = "nb") -> list[str]:
    return [item.code for item in rules().suggest(TurnText(0, 0, text, language), units(text))]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Telefonen ringte aldri.", "isolasjon"),
        ("Jeg fikk melding nesten aldri, altså.", "isolasjon"),
        ("Aldri at det banket på døra.", "isolasjon"),
        ("Ingen ba oss på middag, ingen kom på besøk.", "isolasjon"),
        ("Jeg satt med teen og så på veggen.", "isolasjon"),
        ("Han stirret i taket.", "isolasjon"),
        ("Sjefen på lageret ringte.", "jobb"),
        ("Og så var det en bussjåfør som, eh, ringte meg.", "jobb"),
        ("Restaurantsjefen tilbød meg noe fast.", "jobb"),
        ("Fire timer til nærmeste spesialist.", "lege"),
        ("Det var tolv mil til sykehuset.", "lege"),
        ("Barnelegen er jo langt unna.", "lege"),
        ("Nærmeste moské er i byen.", "tro"),
        ("Vi flyttet til tanta mi.", "familie"),
        ("De hadde ikke den linja.", "skole"),
    ],
)
def test_a_reason_is_found_without_its_obvious_word(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Telefonen ringde aldri.", "isolasjon"),
        ("Det var aldri nokon som banka på.", "isolasjon"),
        ("Eg sat der og såg på veggen.", "isolasjon"),
        ("Formannen på slakteriet ringde.", "jobb"),
        ("Fire timar til næraste spesialist.", "lege"),
        ("Det er fem mil til sjukehuset.", "lege"),
        ("Næraste moskeen er i Bergen.", "tro"),
        ("Eg flytta til systera mi.", "familie"),
        ("Dei hadde ikkje den linja.", "skole"),
    ],
)
def test_the_same_patterns_serve_nynorsk_and_speech(text: str, code: str) -> None:
    assert code in codes(text, "nn")


@pytest.mark.parametrize(
    "text",
    [
        "Telefonen min er ny.",
        "Sjefen var hyggelig.",
        "Sykehuset er fint, nytt og stort.",
        "Veggen ble malt i går.",
        "Det er et øyeblikk siden, og alltid morsmål i godkjenningen.",
        "Kollegaer spiste matpakke i kulturhuset.",
    ],
)
def test_a_word_of_a_field_alone_is_no_reason(text: str) -> None:
    assert codes(text) == []


def test_absence_in_the_pattern_does_not_deny_it() -> None:
    text = "Telefonen ringte aldri."
    (item,) = rules().suggest(TurnText(0, 0, text), units(text))
    assert dict(item.facets) == {}
    assert "denied" not in item.why


def test_a_pattern_of_fields_can_be_denied() -> None:
    text = "Det var ikke fordi sjefen på lageret ringte."
    assert [dict(item.facets) for item in rules().suggest(TurnText(0, 0, text), units(text))] == [dict([DENIED])]


def test_an_exception_may_use_a_field_in_either_language() -> None:
    fields = (WordField("yrke", nb=("leder",), nn=("leiar",)),)
    made = codebook({"a": ["ringte"]}, excepted={"a": ["@yrke ringte"]})
    silenced = RuleSuggester(replace(made, fields=fields), LEXICON)
    for text, language in (("Lederen ringte.", "nb"), ("Leiaren ringte.", "nn")):
        assert list(silenced.suggest(TurnText(0, 0, text, language), units(text))) == []


def test_the_worker_gets_the_words_and_nothing_of_the_prose() -> None:
    record = to_json(book())
    assert {field["name"] for field in record["fields"]} == {field.name for field in book().fields}
    assert all(field.keys() == {"name", "nb", "nn"} for field in record["fields"])
    assert from_json(record).field_terms("nn") == book().field_terms("nn")


def test_a_pattern_waits_at_its_narrow_word_and_not_at_a_field_of_many() -> None:
    index = RuleIndex(book(), LEXICON)
    assert not index.look_up("rørleggeren", "nb").rules
    assert {rule.code for rule in index.look_up("tilbød", "nb").rules} == {"jobb"}


@pytest.mark.parametrize("field", SHIPPED, ids=lambda field: field.name)
def test_every_word_of_a_shipped_field_is_found_as_it_stands(field: WordField) -> None:
    made = replace(codebook({"a": [f"@{field.name}"]}, nn={"a": [f"@{field.name}"]}), fields=(field,))
    index = RuleIndex(made, LEXICON)
    assert not index.faults
    for language in ("nb", "nn"):
        missed = [word for word in field.terms(language) if not index.look_up(word.strip("=*"), language).rules]
        assert missed == []


#: Words that lie near a field's own in spelling or as a part of a compound, and mean another thing.
NEIGHBOURS = {
    "helsefolk": "kollega kolleger dårlege",
    "familie": "morsmål fare velferd bro",
    "venn": "vent venstre eiendomsselskap godkjenning",
    "trussel": "tru tro",
    "kontakt": "bank høre",
    "trakassering": "øyeblikk hatt utlendingsdirektoratet",
    "mat": "til automat",
    "fritid": "laget nabolag kor slag",
    "arbeidsplass": "lager lage",
    "bli": "være bor bo",
    "ro": "kultur kulturen",
    "avstand": "lenger norsktimer",
    "eie": "tom budsjettet",
    "psykisk": "leilighet li",
    "grunn": "grunnskole grunnskolen",
    "yrke": "program fisk mal",
}


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_a_shipped_field_leaves_other_words_alone(name: str) -> None:
    field = next(field for field in SHIPPED if field.name == name)
    made = replace(codebook({"a": [f"@{name}"]}, nn={"a": [f"@{name}"]}), fields=(field,))
    index = RuleIndex(made, LEXICON)
    caught = [
        (word, language)
        for word in NEIGHBOURS[name].split()
        for language in ("nb", "nn")
        if index.look_up(word, language).rules
    ]
    assert caught == []

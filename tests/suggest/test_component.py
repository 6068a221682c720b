"""The rules as a component of anybody's spaCy pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc
from suggest_samples import codebook

from koding.suggest.component import NAME, SPANS, RulesComponent
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.model import Model, doc_units
from koding.suggest.language.sentences import units
from koding.suggest.process.protocol import TurnText
from koding.suggest.rules.suggester import RuleSuggester

BOOK = codebook({"ensomhet": ["ensom", "ringte ... aldri"]})
TEXT = "Vi kom i mai. Telefonen ringte nesten aldri. Jeg var ikke ensom."


def told(doc: Doc) -> list[tuple[str, str, dict[str, str]]]:
    return [(span.label_, span.text, span._.koding_facets) for span in doc.spans[SPANS]]


def test_spans_are_sentences_labelled_by_code() -> None:
    doc = RulesComponent(BOOK)(spacy.blank("nb")(TEXT))
    assert told(doc) == [
        ("ensomhet", "Telefonen ringte nesten aldri.", {}),
        ("ensomhet", "Jeg var ikke ensom.", {"status": "avvist"}),
    ]
    first = doc.spans[SPANS][0]
    assert [TEXT[start:end] for start, end in first._.koding_evidence] == ["ringte", "aldri"]
    assert "ringte" in first._.koding_why
    assert 0 < first._.koding_score <= 1


def test_it_says_what_the_worker_says() -> None:
    lexicon = Lexicon()
    direct = list(RuleSuggester(BOOK, lexicon).suggest(TurnText(0, 0, TEXT), units(TEXT)))
    doc = RulesComponent(BOOK)(spacy.blank("nb")(TEXT))
    spans = [(span.start_char, span.end_char, span.label_) for span in doc.spans[SPANS]]
    assert spans == [(item.start, item.end, item.code) for item in direct]


def test_the_pipeline_s_own_sentences_and_lemmas_are_used() -> None:
    nlp = spacy.blank("nb")
    doc = Doc(
        nlp.vocab, words=["Vi", "arbeidet", "Der"], sent_starts=[True, False, True], lemmas=["vi", "arbeide", "der"]
    )
    found = doc_units(doc, Lexicon())
    assert [doc.text[unit.start : unit.end] for unit in found] == ["Vi arbeidet", "Der"]
    assert found[0].lemmas is not None
    assert found[0].lemmas[1] == "arbeide"


def test_pipe_and_serialised_documents_keep_the_spans() -> None:
    nlp = spacy.blank("nb")
    component = RulesComponent(BOOK)
    docs = [component(doc) for doc in nlp.pipe([TEXT, "", "Hei."])]
    assert [len(doc.spans[SPANS]) for doc in docs] == [2, 0, 0]
    assert len(Doc(nlp.vocab).from_bytes(docs[0].to_bytes()).spans[SPANS]) == 2


def test_it_is_added_by_name_with_a_codebook_file(tmp_path: Path) -> None:
    path = tmp_path / "bok.yaml"
    path.write_text(
        "codebook: {id: bok, title: Bok, language: nb, version: '1'}\n"
        "codes:\n  - {key: a, label: A, short: Om a., colour: '#112233', indicators: {nb: [ensom]}}\n",
        encoding="utf-8",
    )
    nlp = spacy.blank("nb")
    nlp.add_pipe(NAME, config={"codebook": str(path)})
    assert [label for label, _, _ in told(nlp("Jeg var ensom."))] == ["a"]


@pytest.mark.usefixtures("with_model")
def test_the_model_tells_a_noun_from_a_verb() -> None:
    lexicon = Lexicon()
    model = Model(lexicon)
    text = "Jeg arbeidet på et lager, og arbeidet var tungt."
    ((unit,),) = model.units([text])
    assert unit.lemmas is not None
    lemmas = [lemma for word, lemma in zip(unit.words, unit.lemmas, strict=True) if word.form == "arbeidet"]
    assert lemmas == ["arbeide", "arbeid"]

"""A spaCy pipeline component that writes a codebook's suggestions to `doc.spans["koding"]`.

    import spacy
    import koding.suggest.component

    nlp = spacy.blank("nb")
    nlp.add_pipe("koding_rules", config={"codebook": "codebooks/flyttegrunner.yaml"})
    doc = nlp("Telefonen ringte aldri.")
    for span in doc.spans["koding"]:
        print(span.label_, span._.koding_why, span._.koding_facets, span._.koding_evidence)

Each span is a sentence, its label a code's key. What the pipeline has found before it (lemmas, sentence starts) is
used; without, koding's own rules and dictionaries do. Offsets in the extensions are code points of the text.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from spacy.language import Language
from spacy.tokens import Doc, Span

from koding.readers.codebook_yaml import read_codebook_file
from koding.suggest.language.languages import language_of
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.model import doc_units
from koding.suggest.process.protocol import TurnText
from koding.suggest.rules.suggester import RuleSuggester

if TYPE_CHECKING:
    from koding.model.codebook import Codebook

NAME: Final = "koding_rules"
SPANS: Final = "koding"

_EXTENSIONS = {"koding_why": "", "koding_score": 0.0, "koding_facets": {}, "koding_evidence": ()}
for _name, _default in _EXTENSIONS.items():
    if not Span.has_extension(_name):
        Span.set_extension(_name, default=_default)


class RulesComponent:
    """The component; call it with a document.

    `language` is "nb" or "nn" ("" to decide by each document's own words).
    """

    def __init__(self, codebook: Codebook, language: str = "") -> None:
        self._lexicon = Lexicon()
        self._rules = RuleSuggester(codebook, self._lexicon)
        self._language = language

    def __call__(self, doc: Doc) -> Doc:
        """Write the suggestions to `doc.spans["koding"]` and give the document back."""
        text = doc.text
        language = self._language or language_of([text])
        group: list[Span] = []
        for item in self._rules.suggest(TurnText(0, 0, text, language), doc_units(doc, self._lexicon)):
            # A sentence may begin within a token of the pipeline's ("ord.Neste"); the span then covers the token.
            span = doc.char_span(item.start, item.end, label=item.code, alignment_mode="expand")
            assert span is not None
            span._.koding_why = item.why
            span._.koding_score = item.score
            span._.koding_facets = dict(item.facets)
            span._.koding_evidence = tuple((part.start, part.end) for part in item.evidence)
            group.append(span)
        doc.spans[SPANS] = group
        return doc


@Language.factory(NAME, default_config={"codebook": "", "language": ""})
def make_rules_component(nlp: Language, name: str, codebook: str, language: str) -> RulesComponent:  # noqa: ARG001
    """Make the component from the path of a codebook file.

    Raises:
        KodingError: the file is no codebook.
    """
    return RulesComponent(read_codebook_file(Path(codebook)), language)

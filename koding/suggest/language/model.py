"""The Bokmål model nb_core_news_sm, used where it is installed: sentences, and lemmas by the word's place in them.

spaCy is imported when a `Model` is made, not before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from koding.errors import KodingError
from koding.i18n import _
from koding.suggest.language.pipeline import MODEL
from koding.suggest.language.sentences import Unit, bounded, sentences
from koding.suggest.language.tokens import Word, words

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from koding.suggest.language.linguistics import Lexicon

# Neither parser nor names are needed, and they are half of the cost; senter finds sentences better than the parser.
_UNUSED = ("parser", "ner")
BATCH = 64


class ModelFault(KodingError):
    """The model is installed and does not work."""


class Model:
    """The loaded model.

    Raises:
        ModelFault: spaCy is missing, or the model does not fit it.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        try:
            import spacy

            self._nlp = spacy.load(MODEL, exclude=list(_UNUSED))
        except (ImportError, OSError, ValueError, KeyError) as fault:
            message = _("The language model {name} does not work here: {fault}.").format(name=MODEL, fault=fault)
            raise ModelFault(message, _("Suggestions go on without it.")) from fault
        if "senter" in self._nlp.disabled:
            self._nlp.enable_pipe("senter")
        self._lexicon = lexicon
        self.version = str(self._nlp.meta["version"])
        self.name = f"{MODEL} {self.version}"

    def units(self, texts: Iterable[str]) -> Iterator[list[Unit]]:
        """Give the sentences of each Bokmål turn, with the model's lemmas."""
        for doc in self._nlp.pipe(texts, batch_size=BATCH):
            yield doc_units(doc, self._lexicon)


def doc_units(doc: Doc, lexicon: Lexicon) -> list[Unit]:
    """Give the sentences of an analysed text, by what its pipeline found and our own rules for the rest.

    A lemma of the pipeline counts for words that the dictionary knows; for others a trained lemmatiser guesses worse.
    """
    text = doc.text
    if doc.has_annotation("SENT_START"):
        spans = bounded(text, (sentence.start_char for sentence in doc.sents))
    else:
        spans = sentences(text)
    found = [(start, end, tuple(words(text, start, end))) for start, end in spans]
    if not doc.has_annotation("LEMMA"):
        return [Unit(start, end, inside) for start, end, inside in found]
    lemmas = {token.idx: token.lemma_.lower() for token in doc if token.is_alpha}
    return [
        Unit(start, end, inside, tuple(_lemma(word, lemmas, lexicon) for word in inside))
        for start, end, inside in found
    ]


def _lemma(word: Word, lemmas: Mapping[int, str], lexicon: Lexicon) -> str:
    return lemmas.get(word.start, "") if lexicon.knows(word.form) else ""

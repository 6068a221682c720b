"""The Bokmål model nb_core_news_sm, used where it is installed: sentences, and lemmas by the word's place in them.

spaCy is imported when a `Model` is made, not before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from koding.errors import KodingError
from koding.i18n import _
from koding.suggest.language.pipeline import MODEL
from koding.suggest.language.sentences import Unit, bounded, sentences
from koding.suggest.language.tokens import words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from koding.suggest.language.linguistics import Lexicon

# Neither parser nor names are needed, and they are half of the cost; senter finds sentences better than the parser.
_UNUSED: Final = ("parser", "ner")
# A trained lemmatiser needs no parts of speech.
_LEMMATISER, _TRAINED, _TAGGING = "lemmatizer", "trainable_lemmatizer", ("morphologizer", "attribute_ruler")
BATCH: Final = 64


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
            _leave_out_tagging(self._nlp)
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


def _leave_out_tagging(nlp: Language) -> None:
    if nlp.has_pipe(_LEMMATISER) and nlp.get_pipe_meta(_LEMMATISER).factory == _TRAINED:
        for name in _TAGGING:
            if nlp.has_pipe(name):
                nlp.remove_pipe(name)


def doc_units(doc: Doc, lexicon: Lexicon) -> list[Unit]:
    """Give the sentences of an analysed text, by what its pipeline found and our own rules for the rest.

    A lemma of the pipeline counts for words that the dictionary knows; for others a trained lemmatiser guesses worse.
    """
    text = doc.text
    if doc.has_annotation("SENT_START"):
        spans = bounded(text, (sentence.start_char for sentence in doc.sents))
    else:
        spans = sentences(text)
    found = [(start, end, words(text, start, end)) for start, end in spans]
    if not doc.has_annotation("LEMMA"):
        return [Unit(start, end, inside) for start, end, inside in found]
    # Rows of numbers: asking each token would take as long as all the rest.
    rows = doc.to_array(["IDX", "LEMMA", "IS_ALPHA"]).tolist()
    lemmas = {place: lemma for place, lemma, alpha in rows if alpha}
    strings, knows = doc.vocab.strings, lexicon.knows
    return [
        Unit(
            start,
            end,
            inside,
            tuple(
                [
                    strings[lemma].lower() if (lemma := lemmas.get(word.start, 0)) and knows(word.form) else ""
                    for word in inside
                ]
            ),
        )
        for start, end, inside in found
    ]

"""Turns as learning reads them: their sentences' terms, what the rules find in them, what a coder has coded there.

Imported in the suggester's processes only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from koding.model.codebook import Code, Codebook
from koding.model.coding import Suggestion
from koding.model.evaluation import carries
from koding.suggest.language.languages import BOKMAL
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import Unit, units
from koding.suggest.language.tokens import words
from koding.suggest.learning.lessons import Mark
from koding.suggest.learning.spoken import Codes, Exchange, Said, wording
from koding.suggest.learning.terms import TermReader
from koding.suggest.meaning.facets import DENIED
from koding.suggest.meaning.plans import PLANNED, STATUS, THOUGHT
from koding.suggest.process.protocol import TurnText
from koding.suggest.rules.suggester import RuleSuggester

if TYPE_CHECKING:
    from koding.suggest.language.model import Model


class Heard(NamedTuple):
    """A turn with its sentences and what the rules suggest in it."""

    turn: TurnText
    units: Sequence[Unit]
    ruled: Sequence[Suggestion]


def known_codes(codebook: Codebook, reader: TermReader) -> Codes:
    """Give the codes that can be suggested, with the terms of what the codebook says of them."""
    usable = [code for code in codebook.codes if code.codable]
    families = [codebook.family(code.key).key for code in usable]
    texts = [reader.text(own_text(code)) for code in usable]
    definitions = [wording(text, forms(definition(code))) for text, code in zip(texts, usable, strict=True)]
    examples = [
        Said(reader.text(example.text), 0, codes=frozenset([code.key]), forms=forms(example.text))
        for code in usable
        for example in code.examples
    ]
    return Codes([code.key for code in usable], families, texts, definitions, examples)


def definition(code: Code) -> str:
    """Give what a codebook says of when a code is used."""
    return f"{code.label}\n{code.short}\n{code.definition}\n{code.use}"


def forms(text: str) -> tuple[str, ...]:
    """Give the words of a text as they stand, in lower case."""
    return words(text).forms


def own_text(code: Code) -> str:
    """Give what a codebook says of a code: label, definitions, when to use it, examples, and its indicators' words."""
    indicators = (indicator for indicator in code.indicators.all() if "@" not in indicator)
    parts = [code.label, code.short, code.definition, code.use, *(example.text for example in code.examples)]
    return "\n".join([*parts, *(indicator.replace("|", " ").replace("*", " ") for indicator in indicators)])


def hear(turns: Sequence[TurnText], rules: RuleSuggester, model: Model | None, source: str) -> Iterator[Heard]:
    """Analyse turns of a source and let the rules suggest on them."""
    analysed = model.units([turn.text for turn in turns if _is_bokmal(turn)]) if model is not None else iter(())
    spoken = [(turn, next(analysed) if model is not None and _is_bokmal(turn) else units(turn.text)) for turn in turns]
    for (turn, found), items in zip(spoken, rules.suggest_all(spoken, repeat(source)), strict=True):
        yield Heard(turn, found, tuple(items))


def _is_bokmal(turn: TurnText) -> bool:
    return (turn.language or BOKMAL) == BOKMAL


def exchange(heard: Heard, reader: TermReader, source: str, marks: Iterable[Mark] = ()) -> Exchange:
    """Read a turn; its sentences carry the codes of `marks`."""
    turn = heard.turn
    language = turn.language or BOKMAL
    ruled: dict[tuple[int, int], list[Suggestion]] = {}
    for item in heard.ruled:
        ruled.setdefault((item.start, item.end), []).append(item)
    here = [mark for mark in marks if mark.start < turn.start + len(turn.text) and turn.start < mark.end]
    sentences = []
    for unit in heard.units:
        start, end = unit.start + turn.start, unit.end + turn.start
        terms, _places = reader.unit(unit, language)
        items = ruled.get((start, end), [])
        sentences.append(
            Said(
                terms,
                len(unit.words),
                {item.code: item.score for item in items},
                codes_on(start, end, here),
                unit.words.forms,
                frozenset(item.code for item in items if DENIED in item.facets.items()),
                frozenset(item.code for item in items if item.facets.get(STATUS) in {THOUGHT, PLANNED}),
            )
        )
    return Exchange(source, reader.text(turn.question, language), tuple(sentences), forms(turn.question))


def codes_on(start: int, end: int, marks: Iterable[Mark]) -> frozenset[str]:
    """Give the codes that a sentence [start, end) of the source carries."""
    return frozenset(mark.code for mark in marks if carries(start, end, mark.start, mark.end))


def lexicon_and_model() -> tuple[Lexicon, Model | None]:
    """Give the dictionaries, and the model where it is installed and works."""
    from koding.suggest.language.pipeline import is_installed

    lexicon = Lexicon()
    if not is_installed():
        return lexicon, None
    from koding.suggest.language.model import Model, ModelFault

    try:
        return lexicon, Model(lexicon)
    except ModelFault:
        return lexicon, None

"""A made-up material to learn from: what each code is about shows in its words, which the codebook does not know."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from koding.model.codebook import Code, Codebook, Facet, FacetValue, Indicators
from koding.model.identity import content_guid
from koding.suggest.learning.lessons import Lesson, Mark
from koding.suggest.process.protocol import TurnText

#: What people say who have a code in mind: lemmas that the dictionaries know.
WORDS = {
    "hav": ["fjorden", "garnet", "krabben", "moloen", "sjarken", "torsken"],
    "fjell": ["varden", "stien", "toppen", "skaret", "snøskavlen", "reinlaven"],
    "by": ["trikken", "kinoen", "heisen", "kafeen", "fortauet", "rundkjøringen"],
}
#: What they say besides.
REST = ["kaffen", "sekken", "onsdagen", "hunden", "telefonen", "skjorta", "brødet", "klokka", "stolen", "vinduet"]
STATUS = Facet("status", "Status", (FacetValue("avvist", "Avvist"),))


def material_codebook(*, facets: tuple[Facet, ...] = (STATUS,)) -> Codebook:
    """Give the codebook: labels that say nothing, and for the sea one indicator."""
    indicators = {"hav": Indicators(("torsk",)), "fjell": Indicators(), "by": Indicators()}
    codes = tuple(Code(content_guid("code", key), key, key.upper(), indicators=indicators[key]) for key in WORDS)
    return Codebook("codebook", "stoff", "Stoff", codes, facets)


def spoken_turns(random: Random, sentences: int) -> Iterator[tuple[str, list[tuple[str, str | None]]]]:
    """Give turns as (text, its sentences with their codes)."""
    for _turn in range(sentences // 2):
        said: list[tuple[str, str | None]] = []
        for _sentence in range(2):
            code = random.choice([*WORDS, None, None, None])
            words = random.sample(WORDS[code], 2) if code else random.sample(REST, 2)
            said.append((f"Jeg husker {words[0]} og {words[1]} og {random.choice(REST)}.", code))
        yield " ".join(text for text, _code in said), said


def lesson(name: str, sentences: int = 30, *, gold: bool = True) -> Lesson:
    """Make a source with its codings; the same name makes the same source."""
    turns, marks, at = [], [], 0
    for index, (text, said) in enumerate(spoken_turns(Random(name), sentences)):
        place = at
        for sentence, code in said:
            if code is not None:
                marks.append(Mark(place, place + len(sentence), code, gold))
            place += len(sentence) + 1
        turns.append(TurnText(index, at, text, "nb"))
        at += len(text) + 2
    return Lesson(name, tuple(turns), tuple(marks))


def lessons(count: int = 6) -> list[Lesson]:
    """Make sources that teach each other."""
    return [lesson(f"source-{number}") for number in range(count)]

"""Small codebooks and transcripts for the tests of the suggester; every utterance is invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from koding.material import material_folder
from koding.model.codebook import Code, Codebook, Facet, FacetValue, Indicators, WordField
from koding.model.coding import Suggestion
from koding.model.identity import content_guid
from koding.model.transcript import Informant, Role, Speaker, Transcript, Turn
from koding.session.opening import read_codebook_file
from koding.suggest.rules.suggester import RuleSuggester

STATUS = Facet("status", "Status", (FacetValue("gjennomført", "Gjennomført"), FacetValue("avvist", "Avvist")))

SPEAKERS = {
    "I": Speaker("I", Role.INTERVIEWER),
    "R": Speaker("R", Role.INFORMANT, Informant("r", "F01")),
    "Tolk": Speaker("Tolk", Role.INTERPRETER, Informant("r", "F01")),
    "Marit": Speaker("Marit", Role.OTHER),
}


@cache
def shipped_rules() -> RuleSuggester:
    """Give the rules of the codebook that koding comes with."""
    return RuleSuggester(read_codebook_file(material_folder("codebooks") / "flyttegrunner.yaml"))


def codebook(
    indicators: Mapping[str, Sequence[str]],
    *,
    nn: Mapping[str, Sequence[str]] | None = None,
    excepted: Mapping[str, Sequence[str]] | None = None,
    facets: tuple[Facet, ...] = (STATUS,),
    fields: tuple[WordField, ...] = (),
) -> Codebook:
    """Make a codebook from each code's indicators; a dotted key is a child of what stands before its last dot."""
    codes = tuple(
        Code(
            guid=content_guid("code", key),
            key=key,
            label=key.capitalize(),
            parent=key.rpartition(".")[0] or None,
            indicators=Indicators(tuple(words), tuple((nn or {}).get(key, ())), tuple((excepted or {}).get(key, ()))),
        )
        for key, words in indicators.items()
    )
    return Codebook("codebook", "prøve", "Prøve", codes, facets, fields=fields)


def transcript(*turns: str, guid: str = "source") -> Transcript:
    """Make a transcript of turns written as "R: speech"."""
    text, made = "", []
    for written in turns:
        label, _, speech = written.partition(": ")
        mark, start = len(text), len(text) + len(label) + 2
        text += f"{written}\n\n"
        made.append(Turn(mark, start, start + len(speech), label))
    return Transcript(guid, guid, text, tuple(made), SPEAKERS)


def covered(text: str, suggestion: Suggestion) -> tuple[str, list[str]]:
    """Give the text of a suggestion's span and of its evidence."""
    return (
        text[suggestion.start : suggestion.end],
        [text[part.start : part.end] for part in suggestion.evidence],
    )

"""A small study in memory, and a suggester without a process, for trying the screen alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace

from koding.errors import Conflict
from koding.model.codebook import Code, Codebook, Example, Facet, FacetValue, Indicators
from koding.model.coding import Coding, Evidence, MemoDraft, MemoTarget, Origin, Suggestion, Verdict
from koding.model.identity import content_guid
from koding.model.modes import SuggestionMode
from koding.model.transcript import Informant, Role, Speaker, Transcript, Turn

SPEAKERS = {
    "Int": Speaker("Int", Role.INTERVIEWER),
    "Samira": Speaker("Samira", Role.INFORMANT, Informant("i1", "F01", {"gruppe": "flyktning", "husstand": "alene"})),
    "Marit [NAV]": Speaker("Marit [NAV]", Role.INFORMANT, Informant("i2", "K01", {"gruppe": "kommuneansatt"})),
}

TALK = (
    ("Int", "Kan du fortelle litt om den første tida?"),
    (
        "Samira",
        (
            "Ja. Det var ... (...) Telefonen ringte aldri. [ler] Jeg satt med teen og så på veggen. Ingen kom, "
            "ikke en nabo, ikke en fra kurset. Så sa jeg til meg selv at sånn kan det ikke bli."
        ),
    ),
    ("Int", "Mhm."),
    (
        "Samira",
        "Det var ikke jobben, jobb hadde jeg. Sjefen på lageret ringte hver fredag 👩‍🏫 og spurte om jeg kunne komme.",
    ),
    (
        "Marit [NAV]",
        (
            "Vi ser jo at mange flytter til byen når programmet er ferdig. Det er fire timer til nærmeste "
            "spesialist herfra."
        ),
    ),
    (
        "Samira",
        (
            "Ja, og fagskolen. Hvis jeg hadde fått plass her, hadde jeg blitt. 日本語 sa læreren på tavla en gang, "
            "helt uten grunn."
        ),
    ),
    ("Int", "Hva sa de andre?"),
    ("Samira", "De sa at jeg måtte vente. Det var det samme svaret hele veien, vent litt til, så ordner det seg."),
)


def transcript(name: str = "int01_samira", talk: Sequence[tuple[str, str]] = TALK, guid: str = "") -> Transcript:
    """Give a transcript of these turns, with a header line before them."""
    text = "Konstruert: Ja. Oppdiktet intervju.\n\n"
    turns = []
    for number, (speaker, speech) in enumerate(talk):
        mark = len(text)
        text += f"[00:{number:02}:12] {speaker}: "
        start = len(text)
        text += speech
        turns.append(Turn(mark, start, len(text), speaker, (number * 60 + 12) * 1000))
        text += "\n\n"
    return Transcript(guid or content_guid("source", name), name, text, tuple(turns), SPEAKERS)


def code(key: str, label: str, colour: str = "", *, codable: bool = True) -> Code:
    """Give a code whose parent follows from its key."""
    parent = key.rpartition(".")[0] or None
    return Code(
        content_guid("code", key),
        key,
        label,
        parent,
        short=f"{label}, kort.",
        definition=f"Hva {label.lower()} er, fortalt over en linje eller to.",
        use="Når informanten selv sier det.",
        not_use="Når det bare er en stemning.",
        examples=(Example("Telefonen ringte aldri [ler]."),),
        indicators=Indicators(nb=(label.lower(),)),
        colour=colour,
        codable=codable,
        gloss=f"gloss of {key}",
    )


def codebook() -> Codebook:
    """Give a codebook of four families."""
    codes = (
        code("ensomhet", "Ensomhet", "#c4475b"),
        code("ensomhet.isolasjon", "Isolasjon"),
        code("ensomhet.ingen_hjelp", "Ingen som hjelper"),
        code("studier", "Studier", "#4477aa"),
        code("studier.fagskole", "Fagskole"),
        code("arbeid", "Arbeid", "#ddaa33"),
        code("arbeid.relevant", "Relevant arbeid"),
        code("tjenester", "Tjenester", "#228833", codable=False),
        code("tjenester.helse", "Spesialisthelsetjeneste"),
    )
    status = Facet(
        "status",
        "Status",
        (
            FacetValue("gjennomfort", "Gjennomført"),
            FacetValue("planlagt", "Planlagt"),
            FacetValue("avvist", "Avvist", "en grunn som ikke gjelder"),
        ),
        uncounted=frozenset({"avvist"}),
    )
    voice = Facet(
        "stemme",
        "Stemme",
        (FacetValue("egen", "Egen"), FacetValue("tilskrevet", "Tilskrevet")),
        default="egen",
        default_variable="gruppe",
        default_values={"kommuneansatt": "tilskrevet"},
    )
    return Codebook("cb", "flyttegrunner", "Flyttegrunner", codes, (status, voice))


@dataclass(frozen=True)
class State:
    """How far the coder is in a source."""

    guid: str
    name: str
    title: str
    words: int
    counted_turns: int
    coded_turns: int
    codings: int


@dataclass(frozen=True)
class Passage:
    """Where it was."""

    source: str
    start: int
    end: int


@dataclass(frozen=True)
class Undone:
    """What went back."""

    text: str
    sources: frozenset[str]
    passage: Passage | None = None


class FakeBench:
    """A study in memory that does what a study does."""

    coder = "anna"

    def __init__(self, transcripts: Sequence[Transcript] | None = None, book: Codebook | None = None) -> None:
        self.codebook = book or codebook()
        found = transcripts or (transcript(), transcript("int02_[yusuf]", TALK[3:]))
        self.transcripts = {one.guid: one for one in found}
        self.made: dict[str, Coding] = {}
        self.theirs: list[Coding] = []
        self.memos: dict[tuple[MemoTarget, str], str] = {}
        self.decided: dict[tuple[str, int, int, str], Verdict] = {}
        self.bookmarks: dict[str, int] = {}
        self.drafted: MemoDraft | None = None
        self.recent: tuple[list[str], list[str]] = ([], [])
        self.stale = False
        self.closed = False
        self._done: list[tuple[str, dict[str, Coding], dict[str, Coding]]] = []
        self._undone: list[tuple[str, dict[str, Coding], dict[str, Coding]]] = []
        self._number = 0

    suggestion_mode = SuggestionMode.OPEN
    round_name = ""
    blind = False

    def resolver(self) -> object:
        raise Conflict("There are no two coders here.")

    def belongs(self, _source: str, _start: int, _end: int) -> bool:
        return True

    def outline(self) -> list[State]:
        return [State(one.guid, one.name, one.name, 0, 0, 0, 0) for one in self.transcripts.values()]

    def last_source(self) -> str | None:
        return next(reversed(self.bookmarks), None) if self.bookmarks else None

    def sources(self) -> list[State]:
        return [self.source_state(guid) for guid in self.transcripts]

    def source_state(self, source: str) -> State:
        one = self.transcripts[source]
        counted = one.counted_turns()
        mine = self.codings(source)
        covered = {index for coding in mine for index, _turn in one.turns_in(coding.start, coding.end)}
        return State(
            source, one.name, one.name, len(one.text.split()), len(counted), len(covered & set(counted)), len(mine)
        )

    def transcript(self, source: str) -> Transcript:
        return self.transcripts[source]

    def group_of(self, speaker: Speaker) -> str:
        return " · ".join(speaker.informant.variables.values()) if speaker.informant else ""

    def codings(self, source: str) -> list[Coding]:
        return [coding for coding in self.made.values() if coding.source == source]

    def others(self, source: str) -> list[Coding]:
        return [coding for coding in self.theirs if coding.source == source]

    def code_counts(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for coding in self.made.values():
            counts[coding.code] = counts.get(coding.code, 0) + 1
        return counts

    def _change(self, text: str, after: dict[str, Coding]) -> None:
        self._done.append((text, self.made, after))
        self._undone.clear()
        self.made = after

    def _put(self, coding: Coding, text: str) -> Coding:
        self._change(f"{text} {coding.code}", {**self.made, coding.guid: coding})
        return coding

    def code(
        self, source: str, start: int, end: int, code: str, facets: Mapping[str, str] | None = None, **more: str
    ) -> Coding:
        if any((c.source, c.start, c.end, c.code) == (source, start, end, code) for c in self.made.values()):
            raise Conflict("This span has that code already.")
        self._number += 1
        origin = Origin(more.get("origin", "manual"))
        return self._put(
            Coding(f"g{self._number}", source, start, end, code, self.coder, dict(facets or {}), origin=origin), "coded"
        )

    def recode(self, coding: Coding, code: str) -> Coding:
        return self._put(replace(coding, code=code), "recoded")

    def set_facets(self, coding: Coding, facets: Mapping[str, str]) -> Coding:
        return self._put(replace(coding, facets=dict(facets)), "facets of")

    def resize(self, coding: Coding, start: int, end: int) -> Coding:
        return self._put(replace(coding, start=start, end=end), "resized")

    def remove(self, coding: Coding) -> None:
        self._change(f"removed {coding.code}", {guid: one for guid, one in self.made.items() if guid != coding.guid})

    def _go(self, text: str, one: dict[str, Coding], other: dict[str, Coding]) -> Undone:
        changed = {*map(id_of, one.values())} ^ {*map(id_of, other.values())}
        where = next((Passage(c.source, c.rest[1], c.rest[2]) for c in changed), None)
        return Undone(text, frozenset(c.source for c in changed), where)

    def undo(self) -> Undone:
        if not self._done:
            raise Conflict("There is nothing to undo.")
        text, before, after = self._done.pop()
        self._undone.append((text, before, after))
        self.made = before
        return self._go(text, before, after)

    def redo(self) -> Undone:
        if not self._undone:
            raise Conflict("There is nothing to redo.")
        text, before, after = self._undone.pop()
        self._done.append((text, before, after))
        self.made = after
        return self._go(text, before, after)

    def memo(self, target: MemoTarget, guid: str) -> str:
        return self.memos.get((target, guid), "")

    def set_memo(self, target: MemoTarget, guid: str, text: str) -> None:
        self.memos[target, guid] = text

    def memo_targets(self) -> set[str]:
        return {guid for (kind, guid), text in self.memos.items() if text and kind is not MemoTarget.CODING}

    def draft(self) -> MemoDraft | None:
        return self.drafted

    def keep_draft(self, draft: MemoDraft) -> None:
        self.drafted = draft

    def drop_draft(self) -> None:
        self.drafted = None

    def recent_codes(self, most: int) -> tuple[list[str], list[str]]:
        return self.recent

    def keep_recent_codes(self, digits: Sequence[str], used: Sequence[str]) -> None:
        self.recent = (list(digits), list(used))

    def verdicts(self, source: str) -> dict[tuple[int, int, str], Verdict]:
        return {key[1:]: verdict for key, verdict in self.decided.items() if key[0] == source}

    def accept(self, suggestion: Suggestion, code: str | None = None) -> Coding:
        self.decided[suggestion.source, suggestion.start, suggestion.end, suggestion.code] = Verdict.ACCEPTED
        origin = "edited" if code else "accepted"
        return self.code(
            suggestion.source,
            suggestion.start,
            suggestion.end,
            code or suggestion.code,
            suggestion.facets,
            origin=origin,
        )

    def reject(self, suggestion: Suggestion) -> None:
        self.decided[suggestion.source, suggestion.start, suggestion.end, suggestion.code] = Verdict.REJECTED

    def changed_elsewhere(self) -> bool:
        stale, self.stale = self.stale, False
        return stale

    def bookmark(self, source: str) -> int:
        return self.bookmarks.get(source, 0)

    def set_bookmark(self, source: str, position: int) -> None:
        self.bookmarks[source] = position

    def close(self) -> None:
        self.closed = True


@dataclass(frozen=True)
class _Identity:
    source: str
    rest: tuple[object, ...]


def id_of(coding: Coding) -> _Identity:
    """Give something hashable that differs when the coding differs."""
    return _Identity(coding.source, (coding.guid, coding.start, coding.end, coding.code, tuple(coding.facets.items())))


#: Words the fake suggester knows, with the code and the facets they give.
WORDS: dict[str, tuple[str, dict[str, str]]] = {
    "Telefonen ringte aldri.": ("ensomhet.isolasjon", {}),
    "så på veggen": ("ensomhet", {}),
    "ikke jobben": ("arbeid", {"status": "avvist"}),
    "nærmeste spesialist": ("tjenester.helse", {}),
}


class FakeSuggester:
    """Finds the words above, in no process."""

    status = "rules/1"
    failed = False

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.closed = False

    async def learn(self) -> bool:
        return False

    async def start(self, codebook: Codebook) -> None:
        self.codebook = codebook

    async def suggest(
        self, source: Transcript, turn_indexes: Sequence[int]
    ) -> AsyncIterator[tuple[int, list[Suggestion]]]:
        for index in turn_indexes:
            self.asked.append(index)
            turn = source.turns[index]
            found = []
            for words, (key, facets) in WORDS.items():
                start = source.text.find(words, turn.start, turn.end)
                if start >= 0:
                    end = start + len(words)
                    why = f"treff: «{words}»" + (" (benektet av «ikke»)" if facets else "")
                    found.append(
                        Suggestion(source.guid, start, end, key, 0.8, "rules", why, facets, (Evidence(start, end),))
                    )
            yield index, found

    async def close(self) -> None:
        self.closed = True

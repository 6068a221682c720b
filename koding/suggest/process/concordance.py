"""Which turns of a source have which words: its concordance, kept beside the analysis.

A turn has its own words, and those of the question before it where the answer is read with it; each as it is written,
and as all that a dictionary makes of it. So the few turns that a change of the codebook can touch are found without
looking at the others.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, chain
from typing import Final

from koding.suggest.language.analysis import Spoken
from koding.suggest.language.numbers import bytes_of_rows, rows_of
from koding.suggest.rules.misspelling import Likeness
from koding.suggest.rules.wanted import Needs, Wanted

_LEVEL: Final = 1
#: Begins the entry of a word that no dictionary has, and that may be misspelt.
UNKNOWN: Final = "?"
#: Begins the entry of a language, whose turns are spoken in it.
LANGUAGE: Final = "!"
#: The letter after all others.
_LAST: Final = "\U0010ffff"


class ConcordanceWriter:
    """Takes the words of turns one by one."""

    def __init__(self) -> None:
        self._turns: dict[str, defaultdict[Spoken, list[int]]] = {}
        self._languages: dict[str, list[int]] = {}

    def add(self, turn: int, language: str, words: Iterable[Spoken]) -> None:
        """Add the words of a turn, each once, and the language that it is spoken in."""
        self._languages.setdefault(language, []).append(turn)
        turns = self._turns.setdefault(language, defaultdict(list))
        for word in words:
            turns[word].append(turn)

    def written(self, entries: Callable[[Spoken, str], Iterable[str]]) -> bytes:
        """Give the concordance for keeping; `entries` gives what a word in a language is to be found by."""
        found = {LANGUAGE + language: [turns] for language, turns in self._languages.items()}
        for language, words in self._turns.items():
            for word, turns in words.items():
                for entry in entries(word, language):
                    if entry in found:
                        found[entry].append(turns)
                    else:
                        found[entry] = [turns]
        keys = sorted(found)
        lists = [lists[0] if len(lists) == 1 else list({*chain(*lists)}) for lists in map(found.__getitem__, keys)]
        rows = bytes_of_rows(list(map(len, lists)), list(chain.from_iterable(lists)))
        return zlib.compress(rows + "\n".join(keys).encode("utf-8", "surrogatepass"), _LEVEL)


class Concordance:
    """A kept concordance.

    Raises:
        ConcordanceFault: the bytes are not what a `ConcordanceWriter` gives.
    """

    def __init__(self, data: bytes) -> None:
        try:
            content = zlib.decompress(data)
            (counts, self._turns), text = rows_of(content, 2)
            self._ends = list(accumulate(counts))
            self._entries = content[text:].decode("utf-8", "surrogatepass").split("\n") if counts else []
            if len(self._entries) != len(counts):
                raise ConcordanceFault("entries are missing")
        except (zlib.error, ValueError) as fault:
            raise ConcordanceFault(str(fault)) from fault

    @cached_property
    def _languages(self) -> dict[int, str]:
        found: dict[int, str] = {}
        for number in self._beginning(LANGUAGE):
            language = self._entries[number].removeprefix(LANGUAGE)
            found.update((turn, language) for turn in self._at(number))
        return found

    def language(self, turn: int) -> str:
        """Give the language that a turn is spoken in."""
        return self._languages[turn]

    def _beginning(self, start: str) -> range:
        return range(bisect_left(self._entries, start), bisect_left(self._entries, start + _LAST))

    def _at(self, number: int) -> Sequence[int]:
        return self._turns[self._ends[number - 1] if number else 0 : self._ends[number]]

    def touched(self, search: Search) -> set[int]:
        """Give the turns that have a word for every place of a rule that is sought."""
        places: dict[int, set[int]] = {}
        found: set[int] = set()
        for need in search.needs:
            turns: set[int] | None = None
            for number in need:
                here = places.get(number)
                if here is None:
                    here = places[number] = self._having(search.places[number])
                turns = here if turns is None else turns & here
                if not turns:
                    break
            found |= turns or set()
        return found

    def _having(self, place: Place) -> set[int]:
        """Give the turns that have a word which fits a place."""
        entries = self._entries
        numbers: set[int] = set()
        for key in place.wanted.keys:
            at = bisect_left(entries, key)
            if at < len(entries) and entries[at] == key:
                numbers.add(at)
        for begin in place.wanted.begins:
            numbers.update(self._beginning(begin))
        if place.wanted.ends:
            numbers.update(number for number, entry in enumerate(entries) if entry.endswith(place.wanted.ends))
        numbers.update(number for number in self._beginning(UNKNOWN) if place.may_be(entries[number]))
        return set().union(*map(self._at, numbers))


class ConcordanceFault(ValueError):
    """What was kept is no concordance."""


class Place:
    """A place of a rule, made ready for searching in many sources."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self._likeness = Likeness(frozenset(wanted.keys), wanted.begins)
        self._letters = {word[:1] for word in (*wanted.keys, *wanted.begins)}
        self.may_be = lru_cache(maxsize=None)(self._may_be)

    def _may_be(self, entry: str) -> bool:
        form = entry.removeprefix(UNKNOWN)
        # A word is taken for misspelt by what comes after its first letter.
        return form[:1] in self._letters and bool(self._likeness.meant(form) or self._likeness.begun(form))


class Search:
    """What turns are sought by; the places of rules are numbered, since many rules share them."""

    def __init__(self, needs: Needs) -> None:
        numbers: dict[Wanted, int] = {}
        self.needs = [tuple(numbers.setdefault(place, len(numbers)) for place in need) for need in needs]
        self.places = [Place(wanted) for wanted in numbers]

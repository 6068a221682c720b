"""Lemmas, spelling variants and compounds of Norwegian words, on simplemma's dictionaries.

simplemma itself is loaded for few of the words that are in no dictionary.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, cast

from koding.suggest.language.affixes import Affixes
from koding.suggest.language.dictionaries import TAGS, entries
from koding.suggest.language.entries import Lemmas, ReadEntries
from koding.suggest.language.languages import BOKMAL, NYNORSK
from koding.suggest.language.tokens import word_set
from koding.suggest.language.variants import BOKMAL_WORD

if TYPE_CHECKING:
    from simplemma import Lemmatizer
    from simplemma.strategies import DictionaryLookupStrategy

#: A part of a compound has at least this many letters.
PART_LETTERS = 3
#: Shorter words are not tried as compounds.
COMPOUND_LETTERS = 7
#: Answers of each kind that are kept, and those that are asked for again at once.
_ANSWERS, _AT_HAND = 65_536, 8_192

_LANGUAGES: Final = {BOKMAL: ("nb",), NYNORSK: ("nn", "nb")}
# These keep their form. A dictionary takes "meg" to "jeg", and "ringte meg" is not "ringte jeg"; it takes "vær" to
# "være", and the weather is not every "er".
# In spoken Norwegian "vel" is no choice, "helsa" no greeting and "e" no "I".
_UNBENT = word_set(
    "vel helse helsa helsen gjeld gjelda gjelden eksamen eksamenen song e va la las rett hvor kor lei"
    " vær været ver vêr vêret værende verande jeg meg du deg han ham hun henne den det vi oss dere de dem seg min"
    " mitt mine din ditt dine sin sitt sine vår vårt våre eg me ho dei dykk dykkar æ mæ dæ sæ"
)
# What looks like a last part and only derives a word (vennskap, ensomhet), or like a first and only prefixes it.
_ENDINGS = word_set(
    "het heit skap dom lig leg som sam løs laus full bar messig aktig vis ning ing ling inne else ist eri leik"
    " ende ert ring est ens ene ane eren eks stad vik nes"
)
_PREFIXES = word_set(
    "for fra frå ut inn opp ned med mot etter over under til av på gjen sam mis van som den det der men når hun"
    " han ikke uten bort hjem frem fram før hel vel gjennom mellom hvor kor kvar"
)
_LINKS = frozenset("se")


class _Dictionary:
    """A dictionary as simplemma asks for words in it."""

    def __init__(self, tag: str) -> None:
        self._place = TAGS.index(tag)

    def get(self, word: str) -> str | None:
        """Give the lemma of a word as it is written."""
        return entries().get(word)[self._place]


class _Dictionaries:
    """The dictionaries as simplemma asks for them."""

    def get_dictionary(self, lang: str) -> Mapping[str, str]:
        """Give the dictionary of a language."""
        # Nothing but `get` is asked for.
        return cast("Mapping[str, str]", _Dictionary(lang))


class Lexicon:
    """What is known of a word form. Answers are cached by the caller, form by form."""

    def __init__(self) -> None:
        # A form is looked up for its lemma, for whether it is known, and as a side of others.
        self._entry = lru_cache(maxsize=_ANSWERS)(self._look_up)
        self._beginnings = lru_cache(maxsize=_AT_HAND)(self._find_beginnings)
        # Compounds share their parts, and what is cut off words is mostly the same.
        self._is_first_part = lru_cache(maxsize=_ANSWERS)(self._may_be_first)
        self._last_part = lru_cache(maxsize=_ANSWERS)(self._last)

    def meet(self, forms: Sequence[str]) -> None:
        """Take forms in that will be asked for; it answers sooner where they come many at a time, in order."""

    def lemma(self, form: str, language: str = BOKMAL) -> str:
        """Give the lemma of a lower-case form; "nn" looks in Nynorsk and then in Bokmål."""
        found: str | None = None
        if form.isalpha():
            bokmal, nynorsk = self._entry(form)
            if language == NYNORSK:
                found = nynorsk
            elif bokmal is not None:
                found = bokmal
            elif self._affixes is not None:
                found = self._affixes.lemma(form)
        # What a dictionary has is its own answer; what takes simplemma takes its time to load.
        if found is None:
            found = self._lemmatizer.lemmatize(form, _LANGUAGES[language]) if form else form
        return found.lower()

    @cached_property
    def _affixes(self) -> Affixes | None:
        # Another simplemma may have other rules.
        found = entries()
        return Affixes(found, self._entry, self._beginnings) if isinstance(found, ReadEntries) else None

    @cached_property
    def _lemmatizer(self) -> Lemmatizer:
        from simplemma import Lemmatizer
        from simplemma.strategies import DefaultStrategy

        return Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=_Dictionaries()))

    @cached_property
    def _dictionary(self) -> DictionaryLookupStrategy:
        from simplemma.strategies import DictionaryLookupStrategy

        return DictionaryLookupStrategy(_Dictionaries())

    def knows(self, form: str) -> bool:
        """Tell whether the Bokmål or the Nynorsk dictionary has the form."""
        bokmal, nynorsk = self._entry(form)
        return bokmal is not None or nynorsk is not None

    def _look_up(self, form: str) -> Lemmas:
        """Give what the dictionaries say of a form, as `DictionaryLookupStrategy` does; plain words with less ado."""
        if form.isalpha():
            return entries().entry(form)
        bokmal, nynorsk = [self._dictionary.get_lemma(form, tag) for tag in TAGS]
        return bokmal, nynorsk

    def _find_beginnings(self, word: str) -> Sequence[int]:
        return entries().beginnings(word)

    def keys(self, form: str, language: str = BOKMAL, lemma: str = "") -> frozenset[str]:
        """Give the names under which a form meets other forms of the same word.

        These are the form, its lemma (`lemma` where somebody knows it better), and both in Bokmål spelling. A form in
        Nynorsk or dialect is looked up in both languages.
        """
        bokmal = BOKMAL_WORD.get(form)
        if form in _UNBENT:
            return frozenset((form, bokmal) if bokmal else (form,))
        found = {form, lemma or self.lemma(form)}
        if language == NYNORSK:
            found.add(self.lemma(form, NYNORSK))
            found.update([self._respelt(word) for word in found])
        # Dialect is set down among either written language.
        found.update([self.lemma(stem) for stem in self.spoken_stems(form)])
        for word in tuple(found):
            bokmal = BOKMAL_WORD.get(word)
            # "Koret" comes from "kor", which is no "hvor" there.
            if bokmal and bokmal not in _UNBENT:
                found.update((bokmal, self.lemma(bokmal)))
        return frozenset(found)

    def parts(self, form: str) -> frozenset[str]:
        """Give the words that may be the first or the last part of a compound; empty where it is none.

        A split counts where the dictionary has both sides, -s- or -e- between them allowed, and neither is a mere
        prefix or ending. A hyphen splits as well.
        """
        return self.split(form, self.lemma)

    def split(self, form: str, lemma_of: Callable[[str], str]) -> frozenset[str]:
        """Give the parts of a form as `parts`; its lemma is asked of `lemma_of`."""
        if "-" in form:
            return frozenset(self.lemma(part) for part in form.split("-") if len(part) >= PART_LETTERS)
        if len(form) < COMPOUND_LETTERS:
            return frozenset()
        word = lemma_of(form)
        sizes = self._beginnings(word)
        found: set[str] = set()
        for size in sizes:
            first = word[:size]
            if size > len(word) - PART_LETTERS or not self._is_first_part(first):
                continue
            if last := self._last_part(word[size:]):
                found.update((first, last))
            # A linking letter stands between two parts, where it does not end a first part itself.
            linked = size + 1
            if word[size] not in _LINKS or (linked in sizes and self._is_first_part(word[:linked])):
                continue
            if last := self._last_part(word[linked:]):
                found.update((first, last))
        return frozenset(found)

    def spoken_stems(self, form: str) -> list[str]:
        """Give the known words that a form no dictionary has may be an inflection of: "brevan", "by'n", "doktern"."""
        if form.endswith("'n"):
            stems: tuple[str, ...] = (form[:-2], form[:-2] + "e")
        elif form.endswith("an"):
            stems = form[:-2], form[:-2] + "e"
        elif form.endswith("n"):
            stems = form[:-1], form[:-1] + "e"
        elif form.endswith("li"):
            stems = (form + "g",)
        else:
            return []
        if len(form) <= PART_LETTERS or self.knows(form):
            return []
        return [stem for stem in stems if len(stem) > 1 and self.knows(stem)]

    def is_inflected_verb(self, form: str) -> bool:
        """Tell whether a form looks like a finite verb: not the infinitive, nor a noun with its article."""
        lemma = self.lemma(form)
        if lemma == form or form in {lemma + ending for ending in ("n", "ne", "ns", "en", "ene")}:
            return False
        return lemma.endswith(("e", "a", "å")) or lemma in {"få", "gå", "bo", "se", "stå", "dra", "ha", "si", "bli"}

    def _may_be_first(self, stem: str) -> bool:
        # A word that is its own lemma stands in a dictionary as it is.
        return len(stem) >= PART_LETTERS and stem not in _PREFIXES and stem in entries().get(stem)

    def _last(self, part: str) -> str:
        if len(part) < PART_LETTERS or part in _ENDINGS or not self.knows(part):
            return ""
        return self.lemma(part)

    @staticmethod
    def _respelt(word: str) -> str:
        """Give a Nynorsk lemma in the spelling that Bokmål shares: studera, søkje, vanskeleg."""
        if word.endswith("a") and len(word) > PART_LETTERS + 1:
            word = word[:-1] + "e"
        if word.endswith(("kje", "gje")):
            word = word[:-2] + "e"
        return word[:-3] + "lig" if word.endswith("leg") else word

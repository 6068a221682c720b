"""Lemmas, spelling variants and compounds of Norwegian words, on simplemma's dictionaries.

simplemma itself is loaded where a word is in no dictionary.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from koding.suggest.language.dictionaries import dictionary
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
#: Answers of each kind that are kept.
_ANSWERS: Final = 65_536

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
_LINKS = ("", "s", "e")


class _Dictionaries:
    """The dictionaries as simplemma asks for them."""

    def get_dictionary(self, lang: str) -> Mapping[str, str]:
        """Give the dictionary of a language."""
        return dictionary(lang)


class Lexicon:
    """What is known of a word form. Answers are cached by the caller, form by form."""

    def __init__(self) -> None:
        self._known = lru_cache(maxsize=_ANSWERS)(self._look_up)
        # Compounds share their parts, and what is cut off words is mostly the same.
        self._first_part = lru_cache(maxsize=_ANSWERS)(self._first)
        self._last_part = lru_cache(maxsize=_ANSWERS)(self._last)

    def lemma(self, form: str, language: str = BOKMAL) -> str:
        """Give the lemma of a lower-case form; "nn" looks in Nynorsk and then in Bokmål."""
        languages = _LANGUAGES[language]
        # What a dictionary has is its own answer; all else takes simplemma, which takes its time to load.
        found = self._entry(form, languages[0]) if form.isalpha() else None
        if found is None:
            found = self._lemmatizer.lemmatize(form, languages) if form else form
        return found.lower()

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
        return self._known(form)

    def _look_up(self, form: str) -> bool:
        return self._entry(form, "nb") is not None or self._entry(form, "nn") is not None

    def _entry(self, form: str, tag: str) -> str | None:
        """Give what a dictionary says of a form; as `DictionaryLookupStrategy` does, with less ado for plain words."""
        if not form.isalpha():
            return self._dictionary.get_lemma(form, tag)
        words = dictionary(tag)
        found = words.get(form)
        if found is None:
            found = words.get(form.lower() if form[0].isupper() else form.capitalize())
        return found

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
        found: set[str] = set()
        word = lemma_of(form)
        for cut in range(PART_LETTERS, len(word) - PART_LETTERS + 1):
            # First parts stand near each other in the dictionary, last parts far apart.
            first = self._first_part(word[:cut])
            if first and (last := self._last_part(word[cut:])):
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

    def _first(self, part: str) -> str:
        for link in _LINKS:
            if not part.endswith(link):
                continue
            stem = part.removesuffix(link)
            if len(stem) >= PART_LETTERS and stem not in _PREFIXES and self._is_base(stem):
                return stem
        return ""

    def _last(self, part: str) -> str:
        if part in _ENDINGS or not self.knows(part):
            return ""
        return self.lemma(part)

    def _is_base(self, word: str) -> bool:
        # A word that is its own lemma stands in the dictionary as it is.
        return dictionary("nb").get(word) == word or dictionary("nn").get(word) == word

    @staticmethod
    def _respelt(word: str) -> str:
        """Give a Nynorsk lemma in the spelling that Bokmål shares: studera, søkje, vanskeleg."""
        if word.endswith("a") and len(word) > PART_LETTERS + 1:
            word = word[:-1] + "e"
        if word.endswith(("kje", "gje")):
            word = word[:-2] + "e"
        return word[:-3] + "lig" if word.endswith("leg") else word

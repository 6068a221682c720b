"""Which matches count: of those of one code on the same words only the best."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st
from suggest_samples import codebook

from koding.suggest.language.languages import BOKMAL, NYNORSK
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import units
from koding.suggest.language.tokens import word_set
from koding.suggest.rules.index import RuleIndex
from koding.suggest.rules.matching import Found, best_matches, known_words, matches

LEXICON = Lexicon()
BOOK = codebook(
    {
        "arbeid": ["jobb !", "*jobb", "jobb", "fikk|få ... jobb", "=fikk ... jobb ?", "jobb ... jobb", "stilling*"],
        "arbeid.relevant": ["jobb|stilling", "sommerjobb", "ingen|ikke jobb"],
        "venner": ["venn", "ingen ... venner", "ensom|aleine"],
        "skole": ["skole*"],
    },
    nn={"arbeid": ["jobb", "fekk ... jobb"], "venner": ["ven", "einsam"]},
    excepted={"arbeid": ["god jobb", "jobbmesse"], "venner": ["venn av huset"]},
)
INDEX = RuleIndex(BOOK, LEXICON)
FAMILIES = {code.key: code.key.partition(".")[0] for code in BOOK.codes}
SAID = sorted(
    word_set(
        "jobb jobben sommerjobb jobbmesse skolejobb fikk få fekk stillingen ingen ikke eh god venn vennen venner ven huset"
        " av ensom ensommhet einsam aleine skolen skule og , ..."
    )
)


def best(found: Iterable[Found]) -> dict[tuple[str, tuple[int, ...], bool], Found]:
    kept: dict[tuple[str, tuple[int, ...], bool], Found] = {}
    for match in found:
        key = (match.rule.code, match.at, match.rule.excepting)
        if key not in kept or kept[key].score < match.score:
            kept[key] = match
    return kept


@given(st.lists(st.sampled_from(SAID), min_size=1, max_size=12), st.sampled_from([BOKMAL, NYNORSK]))
def test_the_first_of_the_best_counts(said: list[str], language: str) -> None:
    for unit in units(" ".join(said)):
        known = known_words(INDEX, unit, language)
        every = best(matches(unit, known, FAMILIES))
        (counting,) = best_matches([unit], [known], FAMILIES)
        assert len(counting) == len(every)
        assert best(counting) == every


def test_a_whole_word_counts_before_a_part_of_one() -> None:
    (unit,) = units("Jeg fikk sommerjobb.")
    (found,) = best_matches([unit], [known_words(INDEX, unit, BOKMAL)], FAMILIES)
    assert [match.rule.pattern.source for match in found if match.rule.code == "arbeid.relevant"] == ["sommerjobb"]

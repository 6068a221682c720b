"""Signs: what stands around a reason in its sentence, with the reason itself left out, for a statistical reading.

The words of a reason become a slot, so that what is learned from sentences about work holds for sentences about the
bus. A sign is a word with its place (`b2:ikke`, the second word before the slot), a run of words (`[x] være ikke`), or
either of them with words replaced by the class they belong to (`<not> <mean>`); of the sentences beside it also which
they are (`N`, the next; `P`, the one before). A word counts as one spelling of its lemma (see `plain_words`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from koding.suggest.language.tokens import BREAK, NO_WORDS, Words
from koding.suggest.meaning.plain_words import HESITATION, TURNING, PlainWords

SLOT: Final = "[x]"
#: A word that is not told apart, the ends of a sentence, a mark between clauses.
OTHER: Final = "·"
START: Final = "^"
END: Final = "$"
MARK: Final = "|"

#: Begins the signs that tell the reason's own words, those of the sentence before, and those of the next.
OWN: Final = "x:"
BEFORE: Final = "P"
AFTER: Final = "N"
#: What is told of a neighbouring sentence that is not there; stands for the word between two.
NONE: Final = "none"
BETWEEN: Final = "_"
BOUNDS: Final = frozenset((SLOT, START, END, MARK))
#: What a clause begins after and ends before.
CLAUSE_ENDS: Final = frozenset((START, END, MARK, "men"))
#: What is told of the form of a reason's last word.
DEFINITE: Final = "definite"
INDEFINITE: Final = "indefinite"
_DEFINITE: Final = ("en", "et", "a", "ene", "ane", "an")
_DEFINITE_LETTERS: Final = 4
#: Words beside the slot whose distance is told.
NEAR: Final = 3
#: Words of a neighbouring sentence that are read: its first, or the last of the one before.
BESIDE: Final = 14
#: Words of a sentence that is told from longer ones, and such a one.
LENGTHS: Final = (6, 12, 20)
MANY: Final = 21

#: A sign, and the places (indexes of words) that it tells of; without any for what is told of the whole.
Sign = tuple[str, tuple[int, ...]]


class Line(NamedTuple):
    """A sentence as signs see it: for each place the word, its class (the word again without one), and its index."""

    words: list[str]
    classes: list[str]
    at: list[int]


class Setting(NamedTuple):
    """A sentence with those beside it in its turn, and whether it asks."""

    words: Words
    before: Words = NO_WORDS
    after: Words = NO_WORDS
    asks: bool = False


def line(words: Words, slot: Collection[int], plain: PlainWords) -> Line:
    """Give the line of a sentence in which the words at `slot` become slots."""
    found = Line([START], [START], [-1])
    for index, word in enumerate(words):
        if word.before == BREAK and index:
            _add(found, MARK, MARK, index)
        if index in slot:
            if found.words[-1] != SLOT:
                _add(found, SLOT, SLOT, index)
        elif word.form not in HESITATION:
            told, kind = plain[word.form]
            _add(found, told, kind or told, index)
    _add(found, END, END, -1)
    return found


def signs(setting: Setting, evidence: Sequence[int], plain: PlainWords) -> Iterator[Sign]:
    """Give the signs around the words at the indexes `evidence` (ascending) of a sentence."""
    told = line(setting.words, frozenset(evidence), plain)
    first = told.words.index(SLOT)
    last = len(told.words) - 1 - told.words[::-1].index(SLOT)
    left = next(at for at in range(first, -1, -1) if told.words[at] in CLAUSE_ENDS)
    right = next(at for at in range(last, len(told.words)) if told.words[at] in CLAUSE_ENDS)
    yield from _placed(told, (left, first, last, right))
    yield from _runs(told.words, told.at)
    yield from _runs(told.classes, told.at)
    yield from _course(told)
    definite = DEFINITE if is_definite(setting.words[evidence[-1]].form) else INDEFINITE
    slot = clause_of_slot(opens=left == 0, closes=right == len(told.words) - 1)
    for sign in (*of_sentence(len(setting.words), asks=setting.asks), definite, slot):
        yield sign, ()
    yield from _own(setting.words, told, evidence, (first, last), plain)
    yield from _beside(BEFORE, setting.before[-BESIDE:], plain)
    yield from _beside(AFTER, setting.after[:BESIDE], plain, len(setting.words))


def of_sentence(words: int, *, asks: bool) -> Iterator[str]:
    """Give what is told of a sentence of so many words whatever stands in it."""
    yield f"size {sum([words > length for length in LENGTHS])}"
    if asks:
        yield "asks"


def is_definite(form: str) -> bool:
    """Tell whether a form looks like a noun that is known already."""
    return form.endswith(_DEFINITE) and len(form) >= _DEFINITE_LETTERS


def clause_of_slot(*, opens: bool, closes: bool) -> str:
    """Tell whether the slot stands in the sentence's first or last clause."""
    if opens:
        return "slot in all" if closes else "slot in first"
    return "slot in last" if closes else "slot in midst"


def _add(found: Line, word: str, kind: str, index: int) -> None:
    found.words.append(word)
    found.classes.append(kind)
    found.at.append(index)


def _placed(told: Line, bounds: tuple[int, int, int, int]) -> Iterator[Sign]:
    """Give each word and its class by where it stands: in the slot's clause or another, before it or after."""
    left, first, last, right = bounds
    for place, word in enumerate(told.words):
        if word in BOUNDS:
            continue
        away = first - place if place < first else place - last
        zone = (
            "B" if place < left else "b" if place < first else "m" if place < last else "a" if place <= right else "A"
        )
        at = (told.at[place],)
        for said in {word, told.classes[place]}:
            if said == OTHER:
                continue
            yield said, at
            yield f"{zone}:{said}", at
            if zone in "ba" and away <= NEAR:
                yield f"{zone}{away}:{said}", at


def _course(told: Line) -> Iterator[Sign]:
    """Give the course of a sentence: three telling words that follow each other, and each with the slot, whatever is between."""
    course = [place for place, kind in enumerate(told.classes) if turns(kind)]
    for place, one in enumerate(course):
        following = course[place + 1 : place + 3]
        if len(following) == 2:
            at = tuple(told.at[each] for each in (one, *following))
            yield then(*[told.classes[each] for each in (one, *following)]), at
        if told.classes[one] == SLOT:
            yield from ((then(told.classes[each], SLOT), (told.at[each],)) for each in course[:place])
            yield from ((then(SLOT, told.classes[each]), (told.at[each],)) for each in course[place + 1 :])


def then(*kinds: str) -> str:
    """Give the sign that these follow each other, whatever is between."""
    return ">".join(kinds)


def turns(kind: str) -> bool:
    """Tell whether a word, by its class, is one of those that make up the course of a sentence."""
    return kind in TURNING or kind == SLOT or kind[0] == "<"


def _own(words: Words, told: Line, evidence: Sequence[int], slot: tuple[int, int], plain: PlainWords) -> Iterator[Sign]:
    """Give the signs of the slot's own words with their places."""
    found = own(
        [plain.of(words.forms[index]).plain for index in evidence], told.words[slot[0] - 1], told.words[slot[1] + 1]
    )
    yield from zip(found, ((index,) for index in (*evidence, evidence[0], evidence[-1])), strict=True)


def own(words: Sequence[str], before: str, after: str) -> list[str]:
    """Give the signs of the slot itself, its plain words, and with what stands right beside it."""
    return [*(f"{OWN}{word}" for word in words), f"{OWN}{before} {words[0]}", f"{OWN}{words[-1]} {after}"]


def _runs(told: Sequence[str], at: Sequence[int]) -> Iterator[Sign]:
    """Give the runs of two and three words, and of two with one between."""
    for place in range(len(told) - 1):
        one, two = told[place], told[place + 1]
        if one != OTHER or two != OTHER:
            yield f"{one} {two}", (at[place], at[place + 1])
        if place + 2 == len(told):
            break
        three = told[place + 2]
        if (one == OTHER) + (two == OTHER) + (three == OTHER) <= 1:
            yield f"{one} {two} {three}", (at[place], at[place + 1], at[place + 2])
        if one != OTHER and three != OTHER and two != MARK:
            yield f"{one} {BETWEEN} {three}", (at[place], at[place + 2])


def _beside(name: str, words: Words, plain: PlainWords, offset: int | None = None) -> Iterator[Sign]:
    """Give the signs of a neighbouring sentence; `offset` is the place of its first word, None for no places."""
    if not words:
        yield f"{name} {NONE}", ()
        return
    told = line(words, (), plain)
    at = [() if offset is None or index < 0 else (index + offset,) for index in told.at]
    for said in (told.words, told.classes):
        for place, one in enumerate(said):
            if one not in BOUNDS and one != OTHER:
                yield f"{name} {one}", at[place]
            pair = said[place : place + 2]
            if len(pair) == 2 and OTHER not in pair:
                yield f"{name} {pair[0]} {pair[1]}", at[place] + at[place + 1]
            three = said[place : place + 3]
            if len(three) == 3 and three.count(OTHER) <= 1:
                yield f"{name} {' '.join(three)}", at[place] + at[place + 1] + at[place + 2]

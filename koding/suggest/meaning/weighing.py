"""What the signs around a reason weigh in a reading, summed without spelling the signs out.

What the signs are, `signs` tells; here they are found word by word in tables made of their names. A sentence and those
beside it are looked at once for all reasons in it. Weights are counted in thousandths, so that nothing hangs on the order
in which they are added.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from koding.suggest.language.tokens import BREAK, Word
from koding.suggest.meaning import signs as s
from koding.suggest.meaning.plain_words import HESITATION, PlainWords

#: The zones that a word may stand in: their names, and with how far off it is for those that tell it.
_ZONES: Final = (
    *(("B",), ("b",)),
    *(("b", f"b{away}") for away in range(1, s.NEAR + 1)),
    ("m",),
    *(("a", f"a{away}") for away in range(1, s.NEAR + 1)),
    *(("a",), ("A",)),
)
_BEFORE, _MIDST, _AFTER, _BEYOND = 1, s.NEAR + 2, 2 * s.NEAR + 3, 2 * s.NEAR + 4
_THOUSAND: Final = 1000
_KEPT: Final = 100_000


class _Runs:
    """The weights of a word alone, and of the runs that begin with it: of two, three, and two with one between.

    `most` is the most that it may weigh in a neighbouring sentence, in one of the two ways to tell it.
    """

    __slots__ = ("alone", "apart", "most", "pairs", "threes")

    def __init__(self) -> None:
        self.alone = self.most = 0
        self.pairs: dict[str, int] = {}
        self.threes: dict[str, dict[str, int]] = {}
        self.apart: dict[str, int] = {}


_Table = dict[str, _Runs]


class _Told(NamedTuple):
    """A form as signs see it: its plain word, its class, and what it weighs in each zone, if anything.

    `turns` tells that it belongs to the course of a sentence. `before` and `after` are the most that it may weigh in the
    sentence before and in the next.
    """

    word: str
    kind: str
    weights: tuple[int, ...] | None = None
    turns: bool = False
    before: int = 0
    after: int = 0


class _Line(NamedTuple):
    """A sentence as signs see it (see `signs.Line`).

    For each place the word, its class and what it weighs by its zone; for each word of the sentence its place; and the
    places that make up its course.
    """

    words: list[str]
    kinds: list[str]
    weights: list[tuple[int, ...] | None]
    places: list[int]
    course: list[int]


_UNTOLD: Final = _Told("", "")


class Weighing:
    """Weighs the signs around a reason; `weights` has what each sign weighs."""

    def __init__(self, plain: PlainWords, weights: Mapping[str, float]) -> None:
        self._plain = plain
        self._weights = {sign: thousandths(weight) for sign, weight in weights.items()}
        self._runs: _Table = {}
        self._before: _Table = {}
        self._after: _Table = {}
        for sign, weight in self._weights.items():
            parts = sign.split(" ")
            if len(parts) > 1:
                _enter(self._runs, parts, weight)
                if parts[0] == s.BEFORE:
                    _enter(self._before, parts[1:], weight)
                elif parts[0] == s.AFTER:
                    _enter(self._after, parts[1:], weight)
        for runs in (*self._before.values(), *self._after.values()):
            threes = [weight for following in runs.threes.values() for weight in following.values()]
            runs.most = 2 * (max(0, runs.alone) + max(0, *runs.pairs.values(), 0) + max(0, *threes, 0))
        self._edges = sum(_most(table, name) for table in (self._before, self._after) for name in (s.START, s.NONE))
        self._marks = _most(self._before, s.MARK), _most(self._after, s.MARK)
        self._tells_own = any(sign.startswith(s.OWN) for sign in self._weights)
        self._forms: dict[str, _Told] = dict.fromkeys(HESITATION, _UNTOLD)
        self._setting: s.Setting | None = None
        self._line = _Line([], [], [], [], [])
        self._found: list[int] = []
        self._whole = self._bound = 0
        self._neighbours: int | None = None
        self._met: dict[tuple[int, ...], int] = {}

    def of_signs(self, signs: Iterable[str]) -> int:
        """Give what signs without a place weigh, in thousandths."""
        return sum([self._weights.get(sign, 0) for sign in signs])

    def around(self, setting: s.Setting, evidence: tuple[int, ...]) -> int:
        """Give what the signs around the words at the indexes `evidence` weigh, in thousandths."""
        return self._within(setting, evidence) + self._beside_it(setting)

    def reaches(self, least: int, setting: s.Setting, evidence: tuple[int, ...]) -> bool:
        """Tell whether the signs around the words at the indexes `evidence` weigh so much, in thousandths."""
        value = self._within(setting, evidence)
        # The sentences beside it are only looked at where they may decide.
        return value + self._bound >= least and value + self._beside_it(setting) >= least

    def _within(self, setting: s.Setting, evidence: tuple[int, ...]) -> int:
        """Give what the signs of the sentence itself weigh."""
        if setting is not self._setting:
            self._open(setting)
        value = self._met.get(evidence)
        if value is None:
            value = self._met[evidence] = self._weigh(setting, evidence)
        return value

    def _beside_it(self, setting: s.Setting) -> int:
        if self._neighbours is None:
            self._neighbours = self._beside(self._before, setting.before[-s.BESIDE :], once=True)
            self._neighbours += self._beside(self._after, setting.after[: s.BESIDE], once=False)
        return self._neighbours

    def _open(self, setting: s.Setting) -> None:
        """Look at a sentence; its reasons come one after the other."""
        self._setting = setting
        self._met.clear()
        line = self._line = self._read(setting.words)
        self._found = [self._run(line, place) for place in range(len(line.words) - 1)]
        self._whole = sum(self._found) + self.of_signs(s.of_sentence(setting))
        self._neighbours = None
        tell, forms = self._tell, self._forms
        before, after = setting.before[-s.BESIDE :], setting.after[: s.BESIDE]
        self._bound = self._edges + sum([(forms.get(word.form) or tell(word.form)).before for word in before])
        self._bound += sum([(forms.get(word.form) or tell(word.form)).after for word in after])
        self._bound += self._marks[0] * [word.before for word in before].count(BREAK)
        self._bound += self._marks[1] * [word.before for word in after].count(BREAK)

    def _weigh(self, setting: s.Setting, evidence: tuple[int, ...]) -> int:
        line, value = self._line, self._whole
        at = line.places[evidence[0]]
        if len(evidence) > 1 or at < 0:
            line = self._read(setting.words, evidence)
            value += sum([self._run(line, place) for place in range(len(line.words) - 1)]) - sum(self._found)
            return value + self._placed(setting, evidence, line)
        # A word that becomes the slot changes the runs that it is part of.
        words, kinds, weights, _places, course = line
        kept = words[at], kinds[at], weights[at]
        words[at], kinds[at], weights[at] = s.SLOT, s.SLOT, None
        for place in range(max(0, at - 2), at + 1):
            value += self._run(line, place) - self._found[place]
        turning = at in course
        if not turning:
            insort(course, at)
        value += self._placed(setting, evidence, line)
        if not turning:
            course.remove(at)
        words[at], kinds[at], weights[at] = kept
        return value

    def _read(self, spoken: Sequence[Word], slot: tuple[int, ...] = ()) -> _Line:
        line = _Line([s.START], [s.START], [None], [], [])
        words, kinds, weights, places, course = line
        forms = self._forms
        for index, (_start, _end, form, before) in enumerate(spoken):
            if before == BREAK and index:
                words.append(s.MARK)
                kinds.append(s.MARK)
                weights.append(None)
            if index in slot:
                places.append(-1)
                if words[-1] != s.SLOT:
                    course.append(len(words))
                    words.append(s.SLOT)
                    kinds.append(s.SLOT)
                    weights.append(None)
                continue
            word, kind, weighs, turns, _before, _after = forms.get(form) or self._tell(form)
            if word:
                if turns:
                    course.append(len(words))
                places.append(len(words))
                words.append(word)
                kinds.append(kind)
                weights.append(weighs)
            else:
                places.append(-1)
        words.append(s.END)
        kinds.append(s.END)
        weights.append(None)
        return line

    def _tell(self, form: str) -> _Told:
        if len(self._forms) >= _KEPT:
            self._forms = dict.fromkeys(HESITATION, _UNTOLD)
        word, kind = self._plain[form]
        names = {word, kind or word} - {s.OTHER}
        sums = tuple(
            sum(self.of_signs((said, *(f"{name}:{said}" for name in zone))) for said in names) for zone in _ZONES
        )
        kind = kind or word
        most = [_most(table, word) + _most(table, kind) for table in (self._before, self._after)]
        told = self._forms[form] = _Told(word, kind, sums if any(sums) else None, s.turns(kind), *most)
        return told

    def _run(self, line: _Line, place: int) -> int:
        """Give what the runs weigh that begin at a place: of words, and of classes where they are other."""
        words, kinds = line.words, line.kinds
        value, ends = 0, place + 2 == len(words)
        one, two = words[place], words[place + 1]
        three = "" if ends else words[place + 2]
        runs = self._runs.get(one)
        if runs is not None:
            value = runs.pairs.get(two, 0)
            if not ends:
                if two in runs.threes:
                    value += runs.threes[two].get(three, 0)
                if two != s.MARK:
                    value += runs.apart.get(three, 0)
        first, second = kinds[place], kinds[place + 1]
        third = "" if ends else kinds[place + 2]
        if first == one and second == two and third == three:
            return value
        runs = self._runs.get(first)
        if runs is not None:
            if first != one or second != two:
                value += runs.pairs.get(second, 0)
            if not ends:
                if second in runs.threes:
                    value += runs.threes[second].get(third, 0)
                if second != s.MARK and (first != one or third != three):
                    value += runs.apart.get(third, 0)
        return value

    def _placed(self, setting: s.Setting, evidence: tuple[int, ...], line: _Line) -> int:
        """Give what the words weigh by where they stand, and the slot by its own words and its clause."""
        words = line.words
        first = words.index(s.SLOT)
        last = first if len(evidence) == 1 else len(words) - 1 - words[::-1].index(s.SLOT)
        left, right = first, last
        while words[left] not in s.CLAUSE_ENDS:
            left -= 1
        while words[right] not in s.CLAUSE_ENDS:
            right += 1
        value = 0
        for place, weights in enumerate(line.weights):
            if weights is not None:
                if place < first:
                    away = first - place
                    value += weights[0 if place < left else _BEFORE + away if away <= s.NEAR else _BEFORE]
                elif place < last:
                    value += weights[_MIDST]
                else:
                    away = place - last
                    value += weights[_BEYOND if place > right else _MIDST + away if away <= s.NEAR else _AFTER]
        kinds, course, weights_of = line.kinds, line.course, self._weights
        for at, place in enumerate(course):
            kind = kinds[place]
            if at + 2 < len(course):
                value += weights_of.get(s.then(kind, kinds[course[at + 1]], kinds[course[at + 2]]), 0)
            if place < last:
                value += weights_of.get(s.then(kind, s.SLOT), 0)
            # A slot between two others is told once.
            if place > first and not (kind == s.SLOT and place < last):
                value += weights_of.get(s.then(s.SLOT, kind), 0)
        spoken = setting.words
        value += self._weights.get(s.definiteness(spoken[evidence[-1]].form), 0)
        value += self._weights.get(s.clause_of_slot(opens=left == 0, closes=right == len(words) - 1), 0)
        if self._tells_own:
            own = [self._plain.plain(spoken[index].form) for index in evidence]
            value += self.of_signs(s.own(own, words[first - 1], words[last + 1]))
        return value

    def _beside(self, table: _Table, spoken: Sequence[Word], *, once: bool) -> int:
        """Give what a neighbouring sentence weighs; `once`: each of its signs is told once."""
        if not spoken:
            return table[s.NONE].alone if s.NONE in table else 0
        words, kinds, *_more = self._read(spoken)
        found: list[tuple[tuple[str, ...], int]] = []
        for said in (words,) if words == kinds else (words, kinds):
            repeated = said is kinds
            for place, one in enumerate(said):
                runs = table.get(one)
                if runs is None:
                    continue
                same = repeated and one == words[place]
                if runs.alone and not same:
                    found.append(((one,), runs.alone))
                if place + 1 < len(said):
                    two = said[place + 1]
                    same = same and two == words[place + 1]
                    if two in runs.pairs and not same:
                        found.append(((one, two), runs.pairs[two]))
                    if two in runs.threes and place + 2 < len(said):
                        three = said[place + 2]
                        weight = runs.threes[two].get(three)
                        if weight is not None and not (same and three == words[place + 2]):
                            found.append(((one, two, three), weight))
        return sum(dict(found).values()) if once else sum([weight for _sign, weight in found])


def _most(table: _Table, word: str) -> int:
    runs = table.get(word)
    return runs.most if runs is not None else 0


def thousandths(weight: float) -> int:
    """Give a weight in thousandths."""
    return round(weight * _THOUSAND)


def _enter(table: _Table, parts: Sequence[str], weight: int) -> None:
    one, two, three, *more = (*parts, "", "")
    runs = table.get(one)
    if runs is None:
        runs = table[one] = _Runs()
    if not two:
        runs.alone = weight
    elif not three:
        runs.pairs[two] = weight
    elif not any(more):
        if two == s.BETWEEN:
            runs.apart[three] = weight
        runs.threes.setdefault(two, {})[three] = weight

"""The suggester: words a second beside bare tokenising and the model, a study's first and second time, memory, waiting.

The material is what is said in the constructed corpora, over and over, with a made-up compound for every fiftieth word,
so that the vocabulary grows as it does in real texts: to some 30,000 forms in a million words.
"""

from __future__ import annotations

import gc
import os
import random
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from unittest import mock

from benchmarks import material
from benchmarks.measure import Result, timed
from koding.i18n import language
from koding.model.codebook import Codebook
from koding.session.importing import Importer
from koding.session.opening import create_study
from koding.session.suggesting import suggestions
from koding.store.project import Project
from koding.suggest.language.linguistics import PART_LETTERS, Lexicon
from koding.suggest.language.memory import RememberingLexicon
from koding.suggest.language.pipeline import MODEL, is_installed
from koding.suggest.language.sentences import units
from koding.suggest.process import protocol
from koding.suggest.process.children import Children
from koding.suggest.process.codebook_json import to_json
from koding.suggest.process.collecting import seldom_collected
from koding.suggest.process.protocol import TurnText
from koding.suggest.process.requests import worker_command, worker_environment
from koding.suggest.process.worker import BATCH
from koding.suggest.rules.suggester import RuleSuggester

CODER = "benchmark"
#: How many times faster than the first time the second is to be.
FASTER = 30
#: Words that a second suggesting is measured on, sources they lie in.
STUDY_WORDS, SOURCE_WORDS = 1_000_000, 9_000
#: Megabytes that the process may take however much it reads.
BOUND = 512
#: Turns that a screen shows at first; starts of a process, of which the quickest counts.
VISIBLE, STARTS = 4, 3
_NEW_WORD = 50


def talk(words: int, seed: int = 1) -> list[str]:
    """Give turns of about so many words in all."""
    chance = random.Random(seed)
    said = _corpus()
    bases = _bases()
    turns: list[str] = []
    made = 0
    while made < words:
        spoken = chance.choice(said).split()
        for place in range(chance.randrange(_NEW_WORD), len(spoken), _NEW_WORD):
            spoken[place] = chance.choice(bases) + chance.choice(bases)
        turns.append(" ".join(spoken))
        made += len(spoken)
    return turns


@cache
def _corpus() -> list[str]:
    """Give what is said in the corpora, by turn or line."""
    lines = [
        line.partition(": ")[2]
        for path in sorted((material.ROOT / "corpora").rglob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [line for line in lines if len(line.split()) > VISIBLE]


@cache
def _bases() -> list[str]:
    """Give the words of the corpora that compounds are made of: dictionary words in their first form."""
    lexicon = Lexicon()
    words = {word.lower() for turn in _corpus() for word in turn.split() if word.isalpha() and len(word) > PART_LETTERS}
    return sorted(word for word in words if lexicon.knows(word) and lexicon.lemma(word) == word)


def _interviews(words: int) -> Iterator[list[str]]:
    """Give what is said in each source of a study."""
    for number in range(max(1, words // SOURCE_WORDS)):
        yield talk(min(words, SOURCE_WORDS), number)


def _write_interviews(folder: Path, words: int) -> list[Path]:
    paths = []
    for number, turns in enumerate(_interviews(words)):
        path = folder / f"samtale{number:03d}.txt"
        path.write_text("\n".join(f"I: Hvorfor flyttet du?\nInformant: {turn}" for turn in turns), encoding="utf-8")
        paths.append(path)
    return paths


def bare(turns: Iterable[str]) -> float:
    """Give the seconds that blank tokenising and simplemma's lemmas take, the dictionary being loaded.

    simplemma remembers the lemma of a form that it has met.
    """
    import spacy
    from simplemma import Lemmatizer

    nlp, lemmatizer = spacy.blank("nb"), Lemmatizer()

    def floor() -> None:
        for doc in nlp.pipe(turns):
            for token in doc:
                lemmatizer.lemmatize(token.lower_, lang="nb")

    lemmatizer.lemmatize("x", lang="nb")
    return timed(floor)


def bare_model(turns: Iterable[str], *, whole: bool = False) -> float:
    """Give the seconds of the model's own pipe, the model being loaded: `whole`, or the components that are in use."""
    import spacy

    from koding.suggest.language.model import BATCH as TOGETHER

    nlp = spacy.load(MODEL, exclude=[] if whole else ["parser", "ner"])
    if not whole:
        nlp.enable_pipe("senter")

    def floor() -> None:
        for _doc in nlp.pipe(turns, batch_size=TOGETHER):
            pass

    return timed(floor)


def rules_alone(words: int) -> Iterator[Result]:
    """Suggest without the model, beside blank tokenising and lemmas."""
    turns = talk(words)
    lexicon = RememberingLexicon()
    rules = RuleSuggester(material.codebook(), lexicon)

    def ours() -> None:
        for some in _batches(turns):
            rules.suggest_all([(TurnText(0, 0, turn, "nb"), units(turn)) for turn in some])

    base = bare(turns)
    with _as_at_work():
        own = timed(ours)
    yield Result(f"suggest without model, {_rate(words, own)}", own, base, 3)


def with_model(words: int) -> Iterator[Result]:
    """Suggest with the model, beside the model's own pipe: as it comes, and with no more than the components in use."""
    from koding.suggest.language.model import Model

    turns = talk(words)
    lexicon = RememberingLexicon()
    model, rules = Model(lexicon), RuleSuggester(material.codebook(), lexicon)

    def ours() -> None:
        for some in _batches(turns):
            found = zip(some, model.units(some), strict=True)
            rules.suggest_all([(TurnText(0, 0, turn, "nb"), sentences) for turn, sentences in found])

    lexicon.lemma("x")
    whole, base = bare_model(turns, whole=True), bare_model(turns)
    with _as_at_work():
        own = timed(ours)
    yield Result(f"suggest with model, {_rate(words, own)}", own, whole, 1.3)
    yield Result("suggest with model, beside the components in use", own, base, 0)


def _batches(turns: Sequence[str]) -> Iterator[Sequence[str]]:
    """Give the turns as many at a time as the suggester's process takes them."""
    return (turns[first : first + BATCH] for first in range(0, len(turns), BATCH))


@contextmanager
def _as_at_work() -> Iterator[None]:
    """Let the collector of rubbish look as seldom as it does in the suggester's process."""
    gc.collect()
    gc.freeze()
    with seldom_collected():
        yield
    gc.unfreeze()


def _rate(words: int, seconds: float) -> str:
    return f"{words / seconds:,.0f} words/s"


def edited(codebook: Codebook) -> Codebook:
    """Give the codebook with one more indicator, of words that are said in the material, on one code."""
    last = codebook.codes[-1]
    indicators = replace(last.indicators, nb=(*last.indicators.nb, "flyttet ... sammen"))
    return replace(codebook, codes=(*codebook.codes[:-1], replace(last, indicators=indicators)))


@contextmanager
def _made(words: int, model: str, **environment: str) -> Iterator[Project]:
    """Make a study to be suggested on with the model or without."""
    with (
        tempfile.TemporaryDirectory() as place,
        mock.patch.dict(os.environ, {"KODING_MODEL": model, **environment}),
        create_study(Path(place) / "made.koding", material.CODEBOOK, CODER) as project,
    ):
        Importer(project, CODER).run(_write_interviews(Path(place), words))
        yield project


def whole(words: int, model: str) -> Result:
    """Suggest on a study of which nothing is kept by as many processes as there are; the floor is the bare pipeline's.

    That is one process's, which has loaded what it needs. Ours is `suggestions` as `koding suggest STUDY --no-learn`
    calls it, until the last suggestion has come, with the start of the processes.
    """
    name, floor, aim = ("with model", bare_model, 1.3) if model == "on" else ("without model", bare, 3)
    said = [turn for turns in _interviews(words) for turn in turns]
    with (
        _made(words, model) as project,
        mock.patch.object(Children, "start", autospec=True, side_effect=Children.start) as started,
    ):
        book = project.codebook()
        own = timed(lambda: _suggest(project, book))
    rate = _rate(sum(len(turn.split()) for turn in said), own)
    return Result(f"whole study {name}, processes: {started.call_count}, {rate}", own, floor(said), aim)


def again(words: int, model: str) -> Iterator[Result]:
    """Suggest on a study, and again after one code was edited; the floor is a thirtieth of the first time.

    Both are `suggestions` as `koding suggest STUDY --no-learn` calls it, until the last suggestion has come: first on a
    study of which nothing is kept, with the start of one process; then with an indicator more, and with the same.
    """
    with _made(words, model, KODING_PROCESSES="1") as project:
        book = project.codebook()
        first = timed(lambda: _suggest(project, book))
        name = "with model" if model == "on" else "without model"
        second = timed(lambda: _suggest(project, edited(book)))
        yield Result(f"again after an edit {name}, {words:,} words", second, first / FASTER, 1)
        third = timed(lambda: _suggest(project, edited(book)))
        yield Result(f"again unchanged {name}, {words:,} words", third, first / FASTER, 1)


def _suggest(project: Project, codebook: Codebook) -> int:
    """Suggest on a study as if this were its codebook."""
    with mock.patch.object(project, "codebook", return_value=codebook):
        return sum(1 for _found in suggestions(project, learns=False))


def waiting(codebook: Codebook, words: bytes) -> tuple[float, float]:
    """Give the seconds to the suggestions for the turns in sight: from the start of the process, and once it runs."""
    turns = [TurnText(number, 0, turn, "nb") for number, turn in enumerate(talk(400)[: 2 * VISIBLE])]
    start = time.perf_counter()
    with subprocess.Popen(
        worker_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=worker_environment()
    ) as child:
        assert child.stdin is not None
        child.stdin.write(protocol.encode(protocol.Hello(to_json(codebook), language(), words)))
        _ask(child, turns[:VISIBLE])
        begun = time.perf_counter()
        _ask(child, turns[VISIBLE:])
        ended = time.perf_counter()
        child.kill()
    return begun - start, ended - begun


def _ask(child: subprocess.Popen[bytes], turns: Sequence[TurnText]) -> None:
    """Ask about turns and wait until they are answered."""
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(protocol.encode(protocol.Suggest(1, "s", tuple(turns))))
    child.stdin.flush()
    while not isinstance(protocol.decode_reply(child.stdout.readline()), protocol.Done):
        pass


def first_suggestions() -> Iterator[Result]:
    """Wait for the first suggestions: of a new process, with words it met before, and of one that runs.

    With the model a new process has to load spaCy, which alone takes most of a second: figures without an aim.
    """
    codebook = material.codebook()
    for model in ("off", "on") if is_installed() else ("off",):
        with mock.patch.dict(os.environ, {"KODING_MODEL": model}):
            name, aim = ("with model", 0) if model == "on" else ("without model", 1)
            new = [waiting(codebook, b"") for _ in range(STARTS)]
            known = [waiting(codebook, _words(codebook)) for _ in range(STARTS)]
            yield Result(f"first suggestions, new process, {name}", min(new)[0], 1, aim)
            yield Result(f"first suggestions, known words, {name}", min(known)[0], 1, aim)
            yield Result(f"suggestions in another source, {name}", min(ended for _begun, ended in new), 1, 1)


def _words(codebook: Codebook) -> bytes:
    """Give what the suggester remembers of words once it has suggested on the visible turns."""
    lexicon = RememberingLexicon()
    rules = RuleSuggester(codebook, lexicon)
    for turn in talk(200)[:VISIBLE]:
        list(rules.suggest(TurnText(0, 0, turn, "nb"), units(turn)))
    return lexicon.written()


def memory(words: int) -> float:
    """Give the peak memory of the suggester's process in megabytes for so many words."""
    codebook = material.codebook()
    with subprocess.Popen(
        worker_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=worker_environment()
    ) as child:
        assert child.stdin is not None
        child.stdin.write(protocol.encode(protocol.Hello(to_json(codebook), language())))
        for number in range(words // SOURCE_WORDS):
            turns = tuple(TurnText(place, 0, turn, "nb") for place, turn in enumerate(talk(SOURCE_WORDS, number)))
            child.stdin.write(protocol.encode(protocol.Source("s", len(turns))))
            _ask(child, turns)
        status = Path(f"/proc/{child.pid}/status").read_text(encoding="ascii")
        child.kill()
    (peak,) = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(peak.split()[1]) / 1024


def results(*, quick: bool) -> Iterator[Result]:
    """Give the suggester's figures; those with the model only where it is installed."""
    words = 100_000 if quick else 1_000_000
    with mock.patch.dict(os.environ, {"KODING_MODEL": "off"}):
        yield from rules_alone(words)
    if is_installed():
        yield from with_model(words // 4)
    yield from first_suggestions()
    for model in ("off", "on") if is_installed() else ("off",):
        study = STUDY_WORDS // 10 if quick else STUDY_WORDS
        yield whole(study, model)
        yield from again(study, model)
    many = 500_000 if quick else 5_000_000
    with mock.patch.dict(os.environ, {"KODING_MODEL": "off"}):
        few, all_of_them = memory(many // 10), memory(many)
    yield Result(f"memory for {many:,} words ({few:.0f} MB for a tenth of them)", all_of_them, BOUND, 1, "MB")

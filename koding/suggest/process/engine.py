"""The work of the suggester's process: analysis of turns, kept or fresh, and what each part finds in them."""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Final

from koding.i18n import _
from koding.model.codebook import Codebook
from koding.model.coding import Suggestion
from koding.suggest.language import dictionaries, pipeline
from koding.suggest.language.analysis import Analysis, AnalysisFault, Packer, Spoken
from koding.suggest.language.languages import BOKMAL
from koding.suggest.language.memory import RememberingLexicon
from koding.suggest.language.sentences import Unit, units
from koding.suggest.process import parts, protocol
from koding.suggest.process.concordance import UNKNOWN, ConcordanceWriter
from koding.suggest.process.firing import Firing
from koding.suggest.process.sieve import Sieve, is_yes_or_no
from koding.suggest.rules.changes import changed_needs
from koding.suggest.rules.index import FORMS_KEPT
from koding.suggest.rules.misspelling import may_be_unknown
from koding.suggest.rules.rule import VERSION

if TYPE_CHECKING:
    from koding.suggest.extension import Extensions
    from koding.suggest.language.model import Model
    from koding.suggest.learning.combined import Combined
    from koding.suggest.rules.suggester import RuleSuggester

#: Sources whose analysis is held; a screen has one at a time.
SOURCES_HELD: Final = 4

#: The turns of a source that are asked about, by its GUID; what is found in a turn, by its index.
Asked = tuple[str, Sequence[protocol.TurnText]]
Answer = tuple[int, tuple[Suggestion, ...]]
#: A turn with its sentences; None where it is known that no rule finds anything in them.
_Heard = tuple[protocol.TurnText, list[Unit] | None]

#: Gives the model, or None and why it could not be loaded ("" where none is installed).
ModelLoader = Callable[[RememberingLexicon], "tuple[Model | None, str]"]


@dataclass
class _Source:
    """A source under way: `turns` to come in all, what was kept of it, and what has come of it since.

    `packed` is the analysis that has been made of all turns; most are never read again here. `met` has the turns in
    which rules may find something.
    """

    turns: int
    kept: Analysis | None = None
    packed: bytes = b""
    packer: Packer = field(default_factory=Packer)
    words: ConcordanceWriter = field(default_factory=ConcordanceWriter)
    met: dict[RuleSuggester, frozenset[int]] = field(default_factory=dict)

    @property
    def analysis(self) -> Analysis | None:
        """The analysis of the whole source, where there is one."""
        if self.kept is None and self.packed:
            self.kept = Analysis(self.packed)
        return self.kept


class Engine:
    """Suggests on turns with a codebook. `notes` has what the client is to know; who says it empties the list."""

    def __init__(self, load_model: ModelLoader) -> None:
        self.notes: list[protocol.Note | protocol.Ready] = []
        self._load_model = load_model
        self._lexicon = RememberingLexicon()
        self._model: Model | None = None
        self._model_tried = self._model_failed = False
        self._codebook: Codebook | None = None
        self._pipeline = ""
        self._learned = b""
        self._combined: Combined | None = None
        self._rules: dict[tuple[str, ...], RuleSuggester] = {}
        self._sieve = Sieve()
        self._extensions: Extensions | None = None
        self._sources: OrderedDict[str, _Source] = OrderedDict()
        self._failed: set[str] = set()
        self._entries = lru_cache(maxsize=FORMS_KEPT)(self._entries_of)

    @property
    def has_codebook(self) -> bool:
        """Whether there is a codebook to suggest by."""
        return self._codebook is not None

    def greet(self, codebook: Codebook, hello: protocol.Hello) -> protocol.Ready:
        """Take a codebook (that of the greeting, read), and what the greeting brings beside it."""
        if hello.words:
            self._lexicon.remember(hello.words)
        else:
            dictionaries.begin()
        self._codebook, self._pipeline = codebook, hello.pipeline
        self._learned, self._combined = hello.learned, None
        self._rules.clear()
        self._sieve = Sieve()
        self._failed.clear()
        for source in self._sources.values():
            source.met.clear()
        self._extensions = None
        if hello.extended:
            from koding.suggest.extension import Extensions

            self._extensions = Extensions(codebook)
        return self.ready(*(self._extensions.notes if self._extensions is not None else ()))

    def ready(self, *notes: str) -> protocol.Ready:
        """Tell what the work is done with. The model is taken at its word until it has to be loaded."""
        # Looking up versions takes a tenth of the time to the first suggestion.
        version = "" if self._model_failed or not pipeline.is_installed() else pipeline.model_version()
        known = self._pipeline if pipeline.uses_model(self._pipeline) == bool(version) else ""
        return protocol.Ready(
            version=VERSION,
            model=f"{pipeline.MODEL} {version}" if version else "",
            note=" ".join(notes),
            pipeline=known or pipeline.version(version),
            extensions=self._versions,
        )

    @property
    def _versions(self) -> dict[str, str]:
        return self._extensions.versions if self._extensions is not None else {}

    def open(self, source: protocol.Source) -> None:
        """Take what is known of a source; a kept analysis that cannot be read is made anew."""
        if not source.analysis:
            # New words will come; reading the dictionaries begins beside all else there is to do first.
            dictionaries.begin()
        known = _Source(source.turns)
        if source.analysis:
            with suppress(AnalysisFault):
                known.kept = Analysis(source.analysis)
        self._sources[source.source] = known
        self._sources.move_to_end(source.source)
        while len(self._sources) > SOURCES_HELD:
            self._sources.popitem(last=False)

    def words(self) -> bytes:
        """Give what was learned of words since the last time, all of it; empty where nothing."""
        return self._lexicon.written()

    def prepare(self) -> None:
        """Do what the first turn would have to wait for, short of loading the model."""
        if self._codebook is not None:
            dictionaries.begin()
            self._rule_suggester(parts.family_parts(self._codebook))

    def expect(self, wanted: Collection[str]) -> None:
        """Make the rules of some families, which the next request is likely to ask for."""
        if self._codebook is not None:
            self._rule_suggester(tuple(part for part in parts.family_parts(self._codebook) if part in wanted))

    # -- suggesting -----------------------------------------------------------------------------------------------

    def suggestions(self, asked: Sequence[Asked], wanted: tuple[str, ...] | None) -> Iterator[list[Answer]]:
        """Give, for turns of each of some sources, what the wanted parts find in each turn.

        What is found in all of them is weighed at once: few turns cost nearly as much as many.
        """
        codebook, extensions = self._codebook, self._extensions
        assert codebook is not None, "a request without a codebook is not taken in"
        names = [name for name in self._versions if wanted is None or parts.EXTENSION + name in wanted]
        taught = bool(self._learned) and (wanted is None or parts.TAUGHT in wanted)
        families = parts.family_parts(codebook)
        everything = wanted is None or parts.TAUGHT in wanted
        rules = self._rule_suggester(
            families if everything else tuple(part for part in families if part in (wanted or ()))
        )
        combined = self._combined_suggester(codebook) if taught and rules is not None else None
        analysed = [
            list(self._analysed(turns, self._sources.get(guid), rules, everything=bool(names or combined)))
            for guid, turns in asked
        ]
        guids = [guid for guid, _turns in asked]
        for guid, heard, found in zip(guids, analysed, _suggested(guids, analysed, rules, combined), strict=True):
            for (turn, sentences), items in zip(heard, found, strict=True):
                if extensions is not None and names and sentences is not None:
                    from koding.suggest.extension import spoken_turn

                    spoken = spoken_turn(turn, sentences, partial(self._lemmas, language=turn.language or BOKMAL))
                    for name in names:
                        items.extend(extensions.suggest(name, turn, spoken, guid))
            yield [(turn.index, tuple(items)) for (turn, _sentences), items in zip(heard, found, strict=True)]
        if extensions is not None:
            self._note_failures(extensions, names)

    def silent(self, guid: str, turns: Sequence[int], wanted: Sequence[str]) -> list[int]:
        """Give those of a source's turns in which the wanted parts find nothing, by the words they have."""
        source, codebook = self._sources.get(guid), self._codebook
        analysis = source.analysis if source is not None else None
        if source is None or analysis is None or codebook is None:
            return []
        families = tuple(part for part in parts.family_parts(codebook) if part in wanted)
        if len(families) < len(wanted):
            return []
        rules = self._rule_suggester(families)
        return [
            turn
            for turn in turns
            if turn in analysis
            and not self._may_match(source, analysis, rules, turn)
            and not is_yes_or_no(analysis, turn)
        ]

    def _rule_suggester(self, wanted: tuple[str, ...]) -> RuleSuggester | None:
        codebook = self._codebook
        if not wanted or codebook is None:
            return None
        found = self._rules.get(wanted)
        if found is None:
            # What rules are judged by takes longer to import than a change of the codebook to compare.
            from koding.suggest.rules.suggester import RuleSuggester

            families = {part.removeprefix(parts.FAMILY) for part in wanted}
            own = codebook if wanted == parts.family_parts(codebook) else parts.only_families(codebook, families)
            found = self._rules[wanted] = RuleSuggester(own, self._lexicon)
            self.notes.extend(protocol.Note(str(fault)) for fault in found.faults)
            # Rules and dictionaries stay for good: the collector need not walk through them again and again.
            gc.freeze()
        return found

    def _combined_suggester(self, codebook: Codebook) -> Combined | None:
        """Give the suggester by rules and codings; None, with a note, where what was learned cannot be read."""
        if self._combined is None:
            from koding.suggest.learning.combined import Combined
            from koding.suggest.learning.learned_json import LearnedFault, unpack

            try:
                self._combined = Combined(unpack(self._learned), codebook, self._lexicon)
            except LearnedFault:
                self._learned = b""
                self.notes.append(protocol.Note(_("What was learned cannot be read; the rules suggest."), parts.TAUGHT))
            gc.freeze()
        return self._combined

    def _note_failures(self, extensions: Extensions, names: Sequence[str]) -> None:
        for name in names:
            if name not in extensions.versions and name not in self._failed:
                self._failed.add(name)
                self.notes.append(protocol.Note(extensions.notes[-1], parts.EXTENSION + name))

    def _lemmas(self, unit: Unit, language: str) -> tuple[str, ...]:
        known = unit.lemmas if unit.lemmas is not None else ("",) * len(unit.words)
        pairs = zip(unit.words.forms, known, strict=True)
        return tuple(lemma or self._lexicon.lemma(form, language) for form, lemma in pairs)

    def compared(self, compare: protocol.Compare) -> protocol.Compared | protocol.Fault:
        """Tell what a turn must have to be touched by the change of a family."""
        codebook = self._codebook
        try:
            before = parts.defined(compare.definition)
            assert codebook is not None, "a codebook comes first"
        except (ValueError, TypeError, KeyError) as fault:
            return protocol.Fault(str(fault))
        after = parts.only_families(codebook, {compare.part.removeprefix(parts.FAMILY)})
        return protocol.Compared(compare.fingerprint, changed_needs(before, after, self._lexicon))

    def fires(self, turns: Sequence[protocol.TurnText]) -> Iterator[tuple[int, tuple[Firing, ...]]]:
        """Give for each turn its index and every match of every indicator in it."""
        rules = self._rule_suggester(parts.family_parts(self._codebook)) if self._codebook is not None else None
        for turn, found in zip(turns, self._fresh(turns), strict=True):
            items = rules.fires(turn, found) if rules is not None else ()
            yield turn.index, tuple(items)

    # -- analysis -------------------------------------------------------------------------------------------------

    def _analysed(
        self,
        turns: Sequence[protocol.TurnText],
        source: _Source | None,
        rules: RuleSuggester | None,
        *,
        everything: bool,
    ) -> Iterator[_Heard]:
        """Give each turn with its sentences; None where it is known that no rule finds anything in them."""
        analysis = source.analysis if source is not None else None
        if source is not None and analysis is not None:
            yield from self._kept(turns, source, analysis, rules, everything=everything)
            return
        # What judges matches is loaded with the rules, not before.
        from koding.suggest.rules.places import answers

        for turn, found in zip(turns, self._fresh(turns), strict=True):
            if source is not None and turn.index not in source.packer:
                language = turn.language or BOKMAL
                spoken = source.packer.add(turn.index, language, found)
                if answers(turn, found):
                    # The question's words may decide as well.
                    spoken.update(*(unit.words.forms for unit in units(turn.question)))
                source.words.add(turn.index, language, spoken)
            yield turn, found

    def _kept(
        self,
        turns: Sequence[protocol.TurnText],
        source: _Source,
        analysis: Analysis,
        rules: RuleSuggester | None,
        *,
        everything: bool,
    ) -> Iterator[_Heard]:
        for turn in turns:
            if turn.index not in analysis:
                (found,) = self._fresh([turn])
                yield turn, found
                continue
            language = analysis.language(turn.index)
            answers = bool(turn.question) and is_yes_or_no(analysis, turn.index)
            if everything or answers or self._may_match(source, analysis, rules, turn.index):
                yield turn.spoken_in(language), analysis.units(turn.index)
            else:
                yield turn, None

    def _may_match(self, source: _Source, analysis: Analysis, rules: RuleSuggester | None, turn: int) -> bool:
        """Tell whether a sentence of a kept turn has all the words of an indicator, wherever in it they stand."""
        if rules is None:
            return False
        met = source.met.get(rules)
        if met is None:
            met = source.met[rules] = self._sieve.turns(analysis, rules)
        return turn in met

    def _load(self) -> Model | None:
        """Give the model; it is loaded when a turn has to be analysed, not before."""
        if not self._model_tried:
            self._model_tried = True
            self._model, fault = self._load_model(self._lexicon)
            if fault:
                self._model_failed = True
                self.notes.append(self.ready(fault))
            gc.freeze()
        return self._model

    def _fresh(self, turns: Sequence[protocol.TurnText]) -> Iterator[list[Unit]]:
        model = self._load()
        if model is None:
            return (units(turn.text) for turn in turns)
        analysed = model.units([turn.text for turn in turns if (turn.language or BOKMAL) == BOKMAL])
        return (next(analysed) if (turn.language or BOKMAL) == BOKMAL else units(turn.text) for turn in turns)

    def finished(self, guid: str) -> protocol.Analysed | None:
        """Give the analysis of a source of which all turns have come now, once; None else."""
        source = self._sources.get(guid)
        if source is None or source.kept is not None or not source.turns or len(source.packer) < source.turns:
            return None
        source.packed, concordance = source.packer.packed(), source.words.written(self._entries)
        source.packer, source.words = Packer(), ConcordanceWriter()
        return protocol.Analysed(guid, source.packed, concordance)

    def _entries_of(self, word: Spoken, language: str) -> tuple[str, ...]:
        """Give what a word is to be found by: all that may make it fit a place of a rule."""
        form, lemma = (word, "") if isinstance(word, str) else word
        lexicon = self._lexicon
        compound = lexicon.parts(form)
        found = {form, *lexicon.keys(form, language, lemma)}.union(*(lexicon.keys(part, language) for part in compound))
        if may_be_unknown(form, compound) and not lexicon.knows(form):
            found.add(UNKNOWN + form)
        return tuple(found)


def _suggested(
    guids: Sequence[str], analysed: Sequence[Sequence[_Heard]], rules: RuleSuggester | None, combined: Combined | None
) -> Iterator[list[list[Suggestion]]]:
    """Give what the rules find in each turn of each source, with what was learned where that is there."""
    # Without rules nothing is found in any turn.
    ruled: Iterator[list[Suggestion]] = iter(list, None)
    if rules is not None:
        spoken = [(turn, sentences or ()) for heard in analysed for turn, sentences in heard]
        sources = [guid for guid, heard in zip(guids, analysed, strict=True) for _turn in heard]
        ruled = iter(rules.suggest_all(spoken, sources))
    for guid, heard in zip(guids, analysed, strict=True):
        found = list(islice(ruled, len(heard)))
        if combined is not None:
            from koding.suggest.learning.exchanges import Heard

            told = zip(heard, found, strict=True)
            known = [Heard(turn, sentences or (), tuple(items)) for (turn, sentences), items in told]
            found = combined.suggest(known, guid)
        yield found

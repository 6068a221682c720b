"""All suggestions for many sources at once, as a command wants them; what goes wrong is a `SuggesterFault`."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from koding.model.codebook import Codebook
from koding.model.coding import Suggestion
from koding.model.transcript import Transcript
from koding.suggest.language import pipeline
from koding.suggest.language.word_lines import merged
from koding.suggest.process import protocol
from koding.suggest.process.cache import Cache, Held, Kept
from koding.suggest.process.children import Child, Children, crew
from koding.suggest.process.collecting import seldom_collected
from koding.suggest.process.concordance import Search
from koding.suggest.process.keeping import Keeper, SourcePlan
from koding.suggest.process.requests import worker_command

#: Sources that are asked about before the answer to the first has been read, so that neither side waits: of those that
#: are read whole, by each process, and of those that a change of the codebook may not even have touched.
_AHEAD, _FAR_AHEAD = 2, 200
#: Characters of sources that may be held, behind the one whose suggestions are given next.
_HELD = 1_000_000
#: Sources that are written to the cache together.
_TOGETHER = 200


def suggest_all(  # noqa: PLR0913 - all but the first two are named and may be left out
    codebook: Codebook,
    sources: Iterable[Transcript | Held],
    *,
    cache: Cache | None = None,
    learned: bytes = b"",
    command: Sequence[str] | None = None,
    on_ready: Callable[[protocol.Ready], None] | None = None,
    on_note: Callable[[str], None] | None = None,
) -> Iterator[Suggestion]:
    """Give the suggestions for the counted turns of `sources`, in the order of the text, as they come.

    `learned` is what a coder's codings have taught; empty leaves it to the rules.

    Where there is much to read, several processes read it, each its own sources. A few texts at a time are held. What
    `cache` has is not made again, what is new is kept in it. `on_ready` is told the suggester's version, model and note
    before the first; not where everything was kept, since nothing is started then. `on_note` is told what goes on
    without (an extension that fails).

    Raises:
        SuggesterFault: a child process cannot be started, ended, or reported that it cannot go on.
        UsageFault: the number of processes that is set is none.
    """
    keeper = Keeper(codebook, cache, pipeline.version(), learned=learned)
    with seldom_collected(), Children(command or worker_command(), crew(extended=keeper.extended)) as children:
        work = _Batch(children, keeper, on_ready, on_note)
        # What extensions there are, with their versions, only the process can tell.
        if cache is None or keeper.extended:
            work.greet(waits=True)
        elif keeper.has_new_family:
            # It starts while the sources are looked up.
            work.greet()
        for source in sources:
            work.ask(source)
            while work.is_ahead:
                yield from work.go_on()
        while work.waiting:
            yield from work.go_on()
        work.end()


class _Batch:
    """The sources under way; `waiting` are those that were asked about and not given yet.

    Those of which nothing that helps is known are read whole, each by one of the processes. All else is asked of the
    first.
    """

    def __init__(
        self,
        children: Children,
        keeper: Keeper,
        on_ready: Callable[[protocol.Ready], None] | None,
        on_note: Callable[[str], None] | None,
    ) -> None:
        self._children = children
        self._keeper = keeper
        self._on_ready = on_ready
        self._on_note = on_note
        self._heard: list[protocol.Ready | protocol.Note] = []
        self._number = 0
        self._done: set[int] = set()
        self._sought: set[int] = set()
        self._unread: deque[int] = deque()
        self._readers: dict[int, Child] = {}
        self._load = 0
        self._searches: dict[str, Search | None] = {}
        self._unsearched: set[int] = set()
        self._touched: deque[tuple[int, SourcePlan]] = deque()
        self._meanwhile: deque[Callable[[], None]] = deque()
        self._has_asked = False
        self._asked: set[int] = set()
        self._written: list[Kept] = []
        self._plans: dict[int, SourcePlan] = {}
        self.waiting: deque[tuple[int, SourcePlan]] = deque()

    @property
    def is_ahead(self) -> bool:
        """Tell whether so much is under way that the next thing to do is to wait for an answer."""
        if len(self.waiting) > _FAR_AHEAD or (self.waiting and self.waiting[0][0] in self._done):
            return True
        if self._unread and self._children.complete:
            return True
        held = [len(plan.transcript.text) for _number, plan in islice(self.waiting, 1, None) if plan.is_read]
        return len(held) > _AHEAD * len(self._children) and sum(held) > _HELD

    def greet(self, *, waits: bool = False) -> None:
        """Start a process; where it `waits`, take its word on what it works with before anything is asked."""
        self._children.start(self._keeper.hello)
        while waits:
            reply = self._children.receive()
            self._take(reply)
            waits = not isinstance(reply, protocol.Ready)

    def _ready(self, ready: protocol.Ready) -> None:
        if not self._is_new(ready):
            return
        self._keeper = self._keeper.told(ready)
        if self._on_ready is not None:
            self._on_ready(ready)
        if self._on_note is not None and ready.note:
            self._on_note(ready.note)

    def _is_new(self, reply: protocol.Ready | protocol.Note) -> bool:
        """Tell whether no process has said this before."""
        if reply in self._heard:
            return False
        self._heard.append(reply)
        return True

    def ask(self, source: Transcript | Held) -> None:
        """Ask what is missing on a source."""
        plan = self._keeper.plan(source)
        self._number += 1
        self.waiting.append((self._number, plan))
        self._plans[self._number] = plan
        if not plan.missing:
            self._done.add(self._number)
        elif plan.before:
            if not self._children:
                self.greet()
            self._compare(plan)
            self._unsearched.add(self._number)
            self._meanwhile.append(plan.list_known)
            self._search()
        else:
            self._unread.append(self._number)
            self._load += len(plan.transcript.text)
            self._hand_out()

    def _hand_out(self) -> None:
        """Give sources to the processes that have room for them; start another where there is enough to read."""
        while self._unread:
            if self._children.lacks_one(self._load):
                self.greet()
            reader = self._children.reader()
            if reader is None:
                return
            number = self._unread.popleft()
            self._readers[number] = reader
            reader.held += 1
            self._ask_all(reader, number, self._plans[number])

    def _ask_all(self, reader: Child, number: int, plan: SourcePlan) -> None:
        plan.look_up_analysis()
        opening = plan.opening()
        if opening is not None:
            reader.post(opening)
        seeking = plan.seeking(number)
        if seeking is not None:
            self._sought.add(number)
        reader.post(seeking or plan.request(number, plan.left))
        self._has_asked = True

    def _has_read(self, number: int) -> None:
        """Take note that a source is through."""
        self._done.add(number)
        self._readers.pop(number).held -= 1
        self._load -= len(self._plans[number].transcript.text)
        self._hand_out()

    def _compare(self, plan: SourcePlan) -> None:
        """Ask how the families have changed since a source was asked about, once for all sources."""
        for part, fingerprint in plan.before.items():
            if fingerprint not in self._searches:
                self._searches[fingerprint] = None
                self._children.first.post(protocol.Compare(part, fingerprint, self._keeper.definition(fingerprint)))

    def _search(self) -> None:
        """Ask about the turns that a change touches, where it is known by what they are to be found."""
        for number, plan in self.waiting:
            if number not in self._unsearched:
                continue
            searches = [self._searches[fingerprint] for fingerprint in plan.before.values()]
            known = [search for search in searches if search is not None]
            if len(known) < len(searches):
                continue
            self._unsearched.discard(number)
            if plan.touch(known):
                self._touched.append((number, plan))
            else:
                self._done.add(number)
                self._meanwhile.append(plan.write_down)
        self._ask_touched()

    def _ask_touched(self) -> None:
        """Ask about the turns that a change touches, of as many sources as the process holds at a time."""
        if self._asked:
            return
        opened = 0
        while self._touched and opened <= _AHEAD:
            number, plan = self._touched.popleft()
            opening, request = plan.request_touched(number)
            if opening is not None:
                opened += 1
                self._children.first.post(opening)
                self._asked.add(number)
            self._children.first.post(request)
            self._has_asked = True

    def go_on(self) -> Iterator[Suggestion]:
        """Give the suggestions for the source that has waited longest, or hear what makes room for another source."""
        number, plan = self.waiting[0]
        while number not in self._done:
            if self._meanwhile and self._children.silent:
                self._meanwhile.popleft()()
                continue
            reply = self._children.receive()
            self._take(reply)
            if isinstance(reply, protocol.Done) and number not in self._done:
                return
        if plan.keeper is self._keeper and (kept := plan.keeps()) is not None:
            self._written.append(kept)
            # What took long to make is kept at once.
            if kept.analysis is not None or len(self._written) >= _TOGETHER:
                self._write()
        self._done.discard(number)
        self.waiting.popleft()
        del self._plans[number]
        yield from plan.answers()

    def _write(self) -> None:
        if self._keeper.cache is not None and self._written:
            self._keeper.keep_definitions({part for kept in self._written for part in kept.sought})
            self._keeper.cache.keep(self._written)
            self._written = []

    def _take(self, reply: protocol.Reply) -> None:
        match reply:
            case protocol.Suggestions(request, turn, items):
                self._plans[request].take(turn, items)
            case protocol.Nothing(request, turns):
                self._plans[request].take_nothing(turns)
            case protocol.Analysed(source, data, concordance):
                self._plan_of(source).take_analysis(data, concordance)
            case protocol.Compared(fingerprint, needs):
                self._searches[fingerprint] = Search(needs)
                self._search()
            case protocol.Ready():
                # The model turned out not to work: what was found with it in mind is not kept.
                self._ready(reply)
            case protocol.Done(request):
                self._take_done(request)
            case protocol.Note(message, part):
                self._keeper.failed.add(part)
                if self._is_new(reply) and self._on_note is not None:
                    self._on_note(message)

    def _take_done(self, request: int) -> None:
        plan, sought = self._plans[request], request in self._sought
        self._sought.discard(request)
        if sought and plan.left:
            # These are the turns of the source that something may be found in.
            self._readers[request].post(plan.request(request, plan.left))
        elif request in self._readers:
            self._has_read(request)
        else:
            self._done.add(request)
            self._asked.discard(request)
            self._ask_touched()

    def _plan_of(self, source: str) -> SourcePlan:
        return next(plan for plan in self._plans.values() if plan.guid == source)

    def end(self) -> None:
        """Keep what was learned of words, and drop what is stale."""
        cache = self._keeper.cache
        if cache is None or not self._children:
            return
        self._write()
        # A change that touches nothing taught nobody a word that is worth waiting for.
        if self._has_asked and (data := merged(self._words())):
            cache.keep_words(self._keeper.pipeline, data)
        cache.drop_stale(self._keeper.lasting_groups)

    def _words(self) -> list[bytes]:
        """Give what each process has learned of words."""
        self._children.post(protocol.Recall())
        words: list[bytes] = []
        while len(words) < len(self._children):
            if isinstance(reply := self._children.receive(), protocol.Words):
                words.append(reply.data)
        return words

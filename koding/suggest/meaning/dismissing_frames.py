"""Set ways of saying that something was no reason, as frames: what was fine, what was plenty, what nobody can blame.

    Huset var det ikke noe galt med. Maten hadde jeg ingenting å utsette på.
    Venner hadde vi nok av.                                only of what may be lacking: "trusler var det nok av" is no denial
    Bussene gikk ofte, så transporten kan jeg ikke klage på.
    Leiligheten var helt grei, ...
    At vi dro for pengene, er bare tull.

A line of `_FRAMES` is a letter for what the frame sets aside and the words of the frame in order. `a|b` is one of several
words, `<x>` a class of words and `...` up to four words; adverbs and pronouns may stand between, but no clause mark.
The frames are our own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from koding.suggest.language.tokens import BREAK, Words, word_set
from koding.suggest.meaning import negation_words as w

_CLASSES: Final = {
    "<not>": w.NOT | word_set("knapt neppe knappast"),
    "<nothing>": w.NOTHING | word_set("intet inkje"),
    "<no>": w.NO,
    "<be>": w.BE | word_set("været vore være vere"),
    "<was>": word_set("var va"),
    "<some>": word_set("noe noko nåkka nokka nå no nokke"),
    "<me>": word_set("meg mæ oss æ"),
    "<i>": word_set("jeg eg æ æg ej vi oss me man en"),
    "<had>": word_set("har hadde hadd ha hatt fikk fekk fikkj får"),
    "<can>": w.ABLE | word_set("kunn vil vill ville kunnet"),
    "<do>": word_set("gjøre gjere gjera gjør gjørra"),
    "<moved>": word_set("flytte flyttet flytta flyttar flytter fløtta fløtt dro drog dra drar reiste reise reiser reist dratt"),
    "<drove>": word_set(
        "tvang tvinga tvinger tvunget drev dreiv jaga jaget jagde skremte skremt lokket lokka trakk drog stoppet stoppa"
        " hindret hindra plaget plaga plagde plager sjenerte sjenert sjenerer forstyrret forstyrra knekte knakk bekymret"
        " bekymra uroa affiserte rørte ville presset pressa skyvde skjøv skubba dytta dyttet"
    ),
    "<thought>": word_set("tror trur trudde trodde påstår påstod seier sier antar innbiller"),
    "<nonsense>": word_set(
        "tull tøv tøys vås sprøyt oppspinn løgn løgner sludder nonsens vrøvl rør sladder skrøne skrøner myte myter tull"
        " vrøvl vas rykte rykter prat oppdikta oppdiktet misforståelse misforståing ludder fantasi"
    ),
    "<fine>": word_set(
        "grei greit greie fin fint fine ok okei okay bra god godt gode all allright orden lei ålreit ålreite tilfreds"
    ),
    "<very>": word_set("helt heilt aldeles kjempe mer meir ganske fullt så"),
    "<great>": word_set(
        "kjempefin kjempefint kjempefine kjempebra kjempegod kjempegodt kjempegode kjempegrei upåklagelig upåklageleg"
        " upåklagelige utmerket utmerka utmerkede utmerkte førsteklasses prikkfri plettfri topp strålende strålande"
        " supert superfin glimrende prima kjempegreit kjempegreie kjempeflink kjempesnill"
    ),
}  # fmt: skip

# c: the clause, and what stands before it where the clause points back ("den", "dem"); s: the same, of what may be lacking;
# n: the same, where the clause denies; w: the whole sentence.
_FRAMES: Final = """
s <be>|<had> nok|rikelig|rikeleg|overflod|massevis|mengder|flust|plenty|haugevis av|med|på
s <be>|<had> mer|meir|mange|mye|mykje enn nok
s <had> i massevis|fleng|hauger|haugevis|overflod|bøtter|mengder
s manglet|mangla|mangler|manglar|vanta|skorta|skortet <not>
s mangel på <be> <not>
s <not>|<no> mangel|mangler|skort på
s sto|stod|står|skorta|skortet|skorter <not> på
c <not> <some>|<no> galt|gale|feil|gæli|vondt|tull ved|med|si|seie
c <nothing> galt|gale|feil|gæli|vondt ved|med|si|seie
c <nothing> i veien|vegen|veia for|med|ved
c <not> <some> i veien|vegen veien|med|ved
c feilte|feiler|feila|feilet|feilt|feilar <nothing>|<not>
c <nothing>|<not>|<no> å|og utsette|utsetta|utsett|klage|innvende|kritisere på|mot|over|ved
c <not> <some>|annet å|og utsette|utsetta|utsett|klage|innvende|kritisere
c <not> <some> å|og si|seie|sei på
c <nothing> å|og si|seie|sei på
c <can> <not> klage|klag|skylde|skylda|skuld|skulde|skyld|laste|klandre|beskylde|syte
c <can> <not> si|seie|sei <some> vondt|galt|stygt
c <not> <some> vondt|stygt|galt|negativt å|og|ord si|seie|sei|om
c <not> et|eit|ett vondt|stygt|galt|ondt ord
c klager|klaga|klaget|klagar|klagde|skylder|skuldar|skyldte|klandrer <not> på|over|for
c gjorde|gjør|gjer|gjord|gjør <me> <nothing>
c gjorde|gjør|gjer|gjord <not> <me> <some>
c gjorde|gjør|gjer|gjord <me> <not> <some>
c la|lagt|legg|legger|ladde <not> merke|merk|mærke til|te
c merket|merka|merker|merkar|mærka <not> <some>|stort|til|te|mye|mykje
c <be> <me> likegyldig|likegladt|likesælt|uinteressant|uvedkommende
c <be> likegyldig|knekkende|revnende|revnande|hjertelig|hjarteleg for|likegyldig|likeglad|likesæl|uvesentlig
c <be> <me> det samme|same
c <be> det samme|same for <me>
c <be> ett|eitt|eit fett|hipp|katten
c ga|gav|gir|gjev|gi|brydde <i>|<me> blaffen|faen|beng|katten|blanke|døyten i
c <not>|<nothing>|lite|null|<some> med saken|flyttingen|flyttinga|saka|flytting|avgjørelsen|avgjerda|valget|valet å|og <do>
c <nothing>|<not> med det|den å|og <do>
c <be> det siste|minste|sist jeg|vi|eg|æ|man|oss|på|av
c <be> ikke|ikkje|itj det første|fyrste jeg|vi|eg|æ
c <not> ha|være|vere|vær <be> det|derfor|difor|grunnen|årsaken|årsaka|problemet
c handlet|handla|handler|handlar|dreide|dreier|dreia|gjaldt <not> om|seg det|den|dem|dei|slikt|sånt
c stod|sto|står|stend|kom|berodde|hang <not> på det|den|dem|dei|ham|han|henne
c kom|kjem|kommer|skyldtes|skuldast <not> av det
n inne|inni|inn i bildet|biletet
c <no> ... og|som ventet|venta|venter|ventar|lokket|lokka|lokkar|trakk|drog
c var|va <i> fornøyd|fornøgd|nøgd|tilfreds|førnøyd med
c <can> <not> vært|vore|vorte|ønske|ønska|ha|få|fått bedre|betre|bere
c merket|merka|mærka|kjente|kjende <i> knapt|neppe
c merket|merka|mærka <nothing>|lite til|te|av
c <be> <not> snakk|tale|prat|spørsmål om
c mistrivdes|mistrivst|mistreivst|mistreivs|vantrivdes|mistrives <not>
c <not> for|førr|før hans|hennes|hennar|deres|deira|dens|dets|sin|si|sitt skyld
c <drove> <me> <not>
c fikk|fekk <me> <not> til|te å
c <not> <moved> en|ein|ei meter|millimeter|tomme|dag|fot|kilometer for|før|førr|på
c aldri|ikke|ikkje|itj|ingen <moved> for|før|førr det|den|slikt|sånt
c <moved> <i> <not> for|før|førr|av
c <not> kom|kommet|vært|vore|vær|va på tale
c var|va <not> på tale
c falt|fall|slo|streifet|streifa <me> <not>
c tenkte|tenkt|tenkjer|tenker|drømte|spurte|spurde|lette|leitte|leita|savnet|sakna <i> <not> på|om|etter|ætter
c hadde|har|hadd <i> <no>|<not> problem|problemer|problemar|trøbbel|vansker|vanskar|plager med
c leve|levde|leva|levd <i> godt|fint|greit|utmerket med|uten|utan
c klarte|klarer|greide|greidde <me>|<i> fint|godt|utmerket|lett|bra uten|utan|foruten|med
c <be> på stell
c var|va i orden|skjønneste|vater
c spilte|spiller|spelte|spela|spelar <no>|<not> rolle
w <be> bare|berre|bærre|rein|reint|rent|pur|noe|noko|en|ei|ein|et|eit <nonsense>
w <be> <nonsense>
w blir|blei|ble|vart feil|galt å|og si|seie|sei|påstå
w <not> rett|sant|riktig|rektig|tilfelle|slik|sånn|rettferdig|korrekt at|å
w <not> noen|nokon|noe|noko sannhet|sanning i
w <can> <not> skrive|skriv under på|på
w <can> <not> si|seie|sei|påstå at
w <can> <not> stå inne for
w kjenner|kjente|kjenne|kjende <i>|<me> <not> igjen|att i
w <not> skrive|skriv|skriva|tro|tru|påstå|innbill at
w skriv|tro|tru|innbill <not> at
w tar|tek|tok du|dere|dei|de|dokker feil
"""

_SKIPPED: Final = (
    w.ADVERBS
    | w.PRONOUNS
    | word_set("alle fall kvar hver gang så slett til aller ennå vel blitt vært vore være riktignok")
)
_GAP: Final = "..."
_REACH: Final = 4
_POINTING: Final = word_set(
    "den de dei dem dæm dæ han ham ho hun henne hans hennes hennar deres deira der dit slikt sånt dette"
)
_OPENING: Final = word_set("men mens medan for fordi så og")
#: What opens a clause that is the subject of the next: "at det var langt, gjorde meg ingenting".
_CLAUSAL: Final = word_set("at om hva kva hvor kor kvar hvem kven")
_FRONT: Final = 6
_ADEQUATE_BEFORE: Final = word_set("helt heilt aldeles mer meir fullt nok ganske kjempe bra kjempebra")
_FINE: Final = _CLASSES["<fine>"]
_THOUGHT: Final = _CLASSES["<thought>"]
_WAS: Final = _CLASSES["<was>"]
_BUT: Final = frozenset({"men"})
_IT: Final = frozenset({"det"})
_GREAT: Final = _CLASSES["<great>"]
_FALSE_SO: Final = word_set("var er va e gjorde gjør gjer hadde har fikk ble vart blei")

_EVERYWHERE: Final = word_set(
    "det å at for et av på i jeg vi er var og til med om ikke ikkje en ein han den de så som eg æ"
)
_OFTEN: Final = (
    w.NEGATORS
    | w.BE
    | w.ADVERBS
    | w.PRONOUNS
    | w.HAVING
    | word_set("sier si sei kom ville kan ha første være inn te enn")
)


class Frame(NamedTuple):
    """A frame found in a sentence: the words in [start, end) are set aside by `word`; `lack`: only what may be lacking."""

    word: int
    start: int
    end: int
    lack: bool


class _Form(NamedTuple):
    """A frame to look for: from the word at its `anchor`, where the sentence has one of its `partner` words as well."""

    kind: str
    slots: tuple[frozenset[str], ...]
    anchor: int
    partner: frozenset[str]
    gap: int


def _slot(written: str) -> frozenset[str]:
    words: set[str] = set()
    for one in written.split("|"):
        words |= _CLASSES.get(one, {one})
    return frozenset(words)


def _cost(word: str) -> int:
    """Give how often a word is met, roughly: frames are looked up by their rarest slot."""
    return 40 if word in _EVERYWHERE else 8 if word in _OFTEN else 1


def _compiled() -> dict[str, list[_Form]]:
    """Give the frames by the words of the slot that says most: the first that is rare."""
    found: dict[str, list[_Form]] = {}
    for line in _FRAMES.strip().splitlines():
        kind, *written = line.split()
        slots = tuple(_slot(one) for one in written if one != _GAP)
        gap = written.index(_GAP) if _GAP in written else 0
        costs = [sum(_cost(word) for word in slot) for slot in slots]
        anchor, partner, *_rest = sorted(range(len(slots)), key=costs.__getitem__)
        for word in slots[anchor]:
            found.setdefault(word, []).append(_Form(kind, slots, anchor, slots[partner], gap))
    return found


_BY_WORD: Final = _compiled()

#: A sentence without one of these has no frame.
TRIGGERS: Final = frozenset(_BY_WORD) | _GREAT | _FINE | _THOUGHT


def _needed() -> dict[str, frozenset[str]]:
    """Give, for each word that a frame is looked for at, the words one of which it takes as well."""
    needed = {word: frozenset[str]().union(*(frame.partner for frame in found)) for word, found in _BY_WORD.items()}
    for words, others in (_GREAT | _FINE, _WAS), (_THOUGHT, _BUT), (w.NOT, _IT):
        for word in words:
            needed[word] = needed.get(word, frozenset()) | others
    return needed


_NEEDED: Final = _needed()
_BEGINNING: Final = frozenset(_NEEDED)


def frames(words: Words, forms: Sequence[str]) -> Iterator[Frame]:
    """Give the frames in a sentence of these words, whose forms are `forms`."""
    beginning = [form for form in _BEGINNING.intersection(forms) if not _NEEDED[form].isdisjoint(forms)]
    if not beginning:
        return
    for at, form in enumerate(forms):
        if form not in beginning:
            continue
        for frame in _BY_WORD.get(form, ()):
            if not frame.partner.isdisjoint(forms) and (placed := _placed(words, frame, at)):
                yield from _frame(words, forms, frame.kind, placed)
        if form in _GREAT or (form in _FINE and at and forms[at - 1] in _ADEQUATE_BEFORE):
            yield from _was_fine(words, forms, at)
        if form in _THOUGHT and "men" in forms[at + 1 :]:
            yield from _only_thought(forms, at)
        if form in w.NOT and "det" in forms[:at]:
            yield from _for_it_was_not(words, forms, at)


def _placed(words: Words, frame: _Form, at: int) -> list[int]:
    """Give where the slots of a frame stand whose anchor is at `at`; nothing where they do not."""
    found = [at]
    for place in range(frame.anchor + 1, len(frame.slots)):
        index = _seek(words, frame, place, found[-1], 1)
        if index < 0:
            return []
        found.append(index)
    for place in range(frame.anchor - 1, -1, -1):
        index = _seek(words, frame, place, found[0], -1)
        if index < 0:
            return []
        found.insert(0, index)
    return found


def _seek(words: Words, frame: _Form, place: int, beside: int, step: int) -> int:
    """Give where a slot stands that comes after the word `beside` (`step` 1) or before it (-1); -1 without."""
    free = frame.gap and frame.gap == (place if step > 0 else place + 1)
    for index in range(beside + step, beside + step * (_REACH + 2), step):
        if not 0 <= index < len(words) or words.before[max(index, index - step)] == BREAK:
            return -1
        if words.forms[index] in frame.slots[place]:
            return index
        if not free and words.forms[index] not in _SKIPPED:
            return -1
    return -1


def _clause(words: Words, forms: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """Give the clause around the words from `first` to `last`: between clause marks, and not over a "men"."""
    start = first
    while start > 0 and words.before[start] != BREAK and forms[start] not in {"men", "mens", "medan"}:
        start -= 1
    end = last + 1
    while end < len(forms) and words.before[end] != BREAK and forms[end] not in {"men", "mens", "medan"}:
        end += 1
    return start, end


def _frame(words: Words, forms: Sequence[str], kind: str, placed: Sequence[int]) -> Iterator[Frame]:
    denier = next((at for at in placed if forms[at] in w.NEGATORS), placed[-1])
    if kind == "w":
        yield Frame(denier, 0, len(forms), lack=False)
        return
    start, end = _clause(words, forms, placed[0], placed[-1])
    if kind == "n" and w.NEGATORS.isdisjoint(forms[start:end]):
        return
    clausal = placed[0] == start and forms[0] in _CLAUSAL
    if start and (clausal or _points_back(forms, start, end)):
        start = 0
    yield Frame(denier, start, end, lack=kind == "s")


def _points_back(forms: Sequence[str], start: int, end: int) -> bool:
    """Tell whether a clause speaks of what stands before it: "den", "dem", a "det" that is no mere subject, "så"."""
    if forms[start] == "så":
        return True
    for at in range(start, end):
        if forms[at] in _POINTING and not (forms[at] in {"de", "dei", "den", "dæm"} and _determines(forms, at, end)):
            return True
        if forms[at] == "det":
            beside = {*forms[max(start, at - 1) : at], *forms[at + 1 : min(end, at + 2)]}
            if beside.isdisjoint(w.BE) or at == end - 1:
                return True
    return False


def _determines(forms: Sequence[str], at: int, end: int) -> bool:
    """Tell whether "den" or "de" belongs to a noun ("den leiligheten")."""
    return at + 1 < end and forms[at + 1].endswith(("en", "et", "ene", "ane", "a")) and len(forms[at + 1]) > _REACH


def _was_fine(words: Words, forms: Sequence[str], at: int) -> Iterator[Frame]:
    """Recognise "leiligheten var helt grei", "barnehagen var kjempefin": of the past, what it is said of first."""
    start, end = _clause(words, forms, at, at)
    verb = next((index for index in range(at - 1, max(start, at - _REACH) - 1, -1) if forms[index] in _WAS), -1)
    if (
        verb <= start
        or verb - start > _FRONT
        or any(form in w.SUBJECTS | w.CLAUSES for form in forms[start + 1 : verb])
    ):
        return
    if forms[start] in w.SUBJECTS | w.IT | _OPENING or w.NEGATORS & {*forms[start:end]}:
        return
    yield Frame(at, start, verb, lack=False)


def _only_thought(forms: Sequence[str], at: int) -> Iterator[Frame]:
    """Recognise "mange tror vi flyttet for jobben, men ...": what others think of why, before a "men"."""
    if {"jeg", "eg", "æ", "vi"} & {*forms[max(0, at - 1) : at], *forms[at + 1 : at + 2]} and forms[at - 1] not in _WHO:
        return
    if not _WHO & {*forms[max(0, at - _REACH) : at]}:
        return
    but = next((index for index in range(at + 1, len(forms)) if forms[index] == "men"), -1)
    if but < 0 or w.NOT & {*forms[at + 1 : but]}:
        return
    if (_WHY & {*forms[at + 1 : but]}) and forms[at + 1 : at + 2] != ("på",):
        yield Frame(but, at + 1, but, lack=False)


_WHO: Final = word_set(
    "folk mange alle noen nokon nån de dei dæm andre kommunen naboene naboane naboen kollegaene familien"
)
_WHY: Final = _CLASSES["<moved>"] | word_set(
    "flyktet flykta rømte kom derfor difor grunnen årsaken årsaka stakk forlot for"
)


def _for_it_was_not(words: Words, forms: Sequence[str], at: int) -> Iterator[Frame]:
    """Recognise "(at folk var rasister,) for det var de ikke"."""
    start, end = _clause(words, forms, at, at)
    clause = [form for form in forms[start:at] if form not in w.ADVERBS]
    shape = len(clause) == _REACH and clause[0] in {"for", "men"} and clause[1] == "det"
    if shape and clause[2] in _FALSE_SO and clause[3] in w.SUBJECTS - w.IT and end - at <= 2 and start:
        if not w.NEITHER & {*forms[:start]} and not _plainly_denied(forms[:start]):
            yield Frame(at, 0, start, lack=False)


def _plainly_denied(forms: Sequence[str]) -> bool:
    """Tell whether a sentence's beginning denies something already, other than that one should say so."""
    denied = [at for at, form in enumerate(forms) if form in w.NOT]
    return any("at" not in forms[at + 1 : at + 3 + _REACH] for at in denied)

"""Words as a statistical reading knows them: one spelling of the lemma, whatever the dialect, and a class of sense.

The tables are our own.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Final, NamedTuple

from koding.suggest.language.languages import BOKMAL, NYNORSK
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.tokens import word_set
from koding.suggest.language.variants import BOKMAL_WORD

HESITATION: Final = word_set(
    "eh ehm eeh øh øhm øø æh æhm hm hmm mm mhm liksom lissom altså asså jo da vel nå no akkurat egentlig eigentleg"
)
#: Small words that tell where a sentence turns, beside those of a class.
TURNING: Final = word_set(
    "men nei så at hvis derfor fordi jeg vi bare enn hvem hvorfor hvordan til av for grunn noe ja kan også"
)
#: Forms that are at hand.
_AT_HAND = 8_192

# The plain word, and the forms that are read as it.
_SAME: Final = """
ikke: ikkje ikkj ikje itj ittj itte ittje inte kje va'kje e'kje ha'kje kan'kje vil'kje ska'kje ente ikkji ikkjæ ekkje
ingen: inga intet inget null ingja ingjen ingjæ
ingenting: inkje ingeting ittno ittnå itjno itjnå inkjeno
noe: noko nokke nokka nåkka nåkke nåe nåko någe noke nokko nåkå
noen: nokon nokre nokken noken nån nåen nåkken nokor noka någen nokk'n
jeg: eg æ æg ej je jæ eig
meg: mæ mei
vi: oss åss
du: dokker dykk dere
dem: de dei dæm dåkker døm dømme dømmer dom
hun: ho hu henne henner
han: ham hainn honom hannj hainnj hannem hanj
det: d dæ
at: att
er: e ær
var: va
hadde: hadd hade
har: hi he
ble: blei vart vorte blitt vore vært vori vørti vorti vortn blidd
blir: vert bli verte
gjør: gjer gjere gjøre gjera gjord gjørra
gjorde: gjord gjor gjore gjørd
si: seie seia
sier: seier
sa: sagt
bare: berre bærre bære kun
mye: mykje my mytji mykj mykkje mytje
litt: lita
hvordan: korleis korsen kordan åssen koss kossn kossen kosn korsn hossen håssen
hvorfor: kvifor koffor korfor åffer åffår koffår korfår hvorfår høffer
hva: kva ka kæ
hvem: kven kem kæm hæm åkken
hvor: kor
kunne: kunna kunn
skulle: sku skull ska skal skjulle
ville: vill villa
må: mått måtte måtta
fra: frå ifra ifrå
til: te åt tel tell
hjem: heim hjæm hjemm
hjemme: heime heme hjæmme
også: òg au
selv: sjølv sjøl
noensinne: nokosinne
grunn: grunnen grunner grunnar grunna hovedgrunn hovedgrunnen årsak årsaken årsaka årsaker
problem: problemet problemer problem
verre: verst
bra: godt god gode bedre betre best go gått
fin: fint fine
grei: greit greie
flytte: flyttet flytta flytter flyttar flutt fløtta fløtte fløtt
dra: dro drog drar dratt dreg reise reiste reist reiser stikke stakk
tro: tror trur trudde trodde tru
alle: folk aille
fordi: førdi
derfor: difor dærfor derfår dærfør
der: dær
for: førr før fer færr
fikk: fekk fikkj fått
får: få
kom: kommet komme kjem kommer kome kjæm
mer: meir
hele: heile heila
hver: kvar kver hvert kvart
dere: dokke dokk døkk dåkke
være: vær væ vårrå vera vere vorre
så: so
av: tå tåa
om: um
etter: ætter ætte ette etta
siden: sia sidn sida
her: hær
kan: kainn kann
annen: ainna ainnan annan anna aent
mange: mang
tilbake: tebake tebars attende
ut: ud
gal: gæren gærnt gærn gæli galt gærli
dårlig: dårli dårleg dårle
trives: trivst trivs triv's
lenge: læng
beste: bæste
"""

# What is said of a reason, by plain word.
_CLASSES: Final = """
not: ikke aldri knapt neppe heller verken slett ingen ingenting uten lite null
fine: bra fin grei snill hyggelig god topp flott nydelig flink kjempefin kjempebra kjempegod kjempegrei
    kjempesnill utmerket utmerka prima strålende super supert perfekt ypperlig førsteklasses koselig
    trivelig fornøyd nøgd lykkelig glad vennlig varm lun pen vakker praktfull fantastisk herlig
    deilig ok okei ålreit tilfreds tipp upåklagelig feilfri romslig moderne solid trygg åpen
    imøtekommende hjelpsom gull grom triveleg hyggeleg kjekk kjekt likte like elske elsket elska
    trives trivdes trivst storkoste kose koste fungere fungerte funka funke orden rett stell
    skikkelig ordentlig ordentleg nydeleg koseleg kjempeflink beste lett enkel enkelt raus generøs
    velkommen rolig roleg rein ren nær
plenty: nok rikelig massevis masse mengde mengder overflod flust plenty haug hauger haugevis fullt mye mange
    mang støtt alltid stadig rett hver daglig dagstøtt nesten altfor flere mer dusin titalls
    drøssevis bråte hele
say: tro si sier sa skriv skrive skriver skrev påstå påstår påstod mene mener mente spør spurte lurer
    lurte gjette gjettet innbille anta antar hevde fortelle snakke snakker avis avisa avisen naboene
    rykte rykter rapport papir skrevet høre høres stå står trodd ventet forklaring teori skylder
nonsense: tull tøv tøys vås sprøyt oppspinn løgn sludder nonsens vrøvl sladder skrøne myte bagatell pyttsann
    pff pytt fillesak filleting småting småtteri latterlig dum dumt skrullete fjas fleip vitse vits
    unnskyldning påskudd misforståelse feil galt stryk stryke glem glemme gløyme dropp droppe legg
    uvesentlig likegyldig blaffen katten døyten revnende fett likt knekkende spøk haha hehe
blame: skyld skylde skulde klage klager klaga laste klandre beskylde bebreide anklage utsette innvende
    angripe kritisere syte kritikk klagde klaget skyldte skyldes skuld pirke
bear: vant van overleve overlevde tåle tåler tålte klare klarer klarte greie greier greide leve levde
    tilpasse venne vokst oppvokst opplevd sett herdet herda
mean: bety betyr betydde betyd rolle avgjøre avgjort avgjorde avgjørende bestemme bestemte telle talte
    veie veide vekt spille spilte handle handler handlet handla dreide dreier gjelde gjaldt gjelder
    påvirke påvirket utslag utslagsgivende styre styrte tema sak poeng argument faktor motiv viktig
    viktigst hovedsak ligger lå lete leite grave trykke trykker trykte klemme klemte skoen hensyn
    betydning tyngde innvirkning
reason: grunn derfor fordi årsak skyldes skyldtes pga drivkraft drev drive tvang tvinge tvunget jage jaget
    jaga lokke lokket lokka trekke trakk dro skremme skremte knekke knakk presse presset fikk få
move: flytte dra dro reise komme kom pakke pakket pakka rømme rømte forlate forlot bort vekk ut flyttelass
    flyttet flyttebil søke søkte bytte byttet skifte skiftet flykte flyktet oppbrudd flytting
    flyttingen flyttinga valgte velge bli
must: måtte må orke orket orka holdt tåle ville vil savne savnet lengte lengtet trenge trengte ønske
    ønsket håpe drømme
after: etterpå etter senere seinere siden først før lenge lengst allerede alt ferdig da tilfeldig flaks
    slump deretter sidan
same: samme like lik likt også overalt hvor her uansett verre mindre færre dyrere dårligere likevel
worse: verre dårlig dyr tung vanskelig umulig slitsom hard trang kald mørk lei trist vond farlig skummel
    redd ensom alene gal syk sliten
"""


def _read(table: str) -> dict[str, str]:
    """Read a table: from each word on the right to the name on the left."""
    found: dict[str, str] = {}
    name = ""
    for written in table.split():
        if written.endswith(":"):
            name = written[:-1]
        else:
            found.setdefault(written, name)
    return found


#: The class of negations.
NOT: Final = "<not>"
#: Classes that a denial is told by, and the words of theirs that tell none.
_DENYING: Final = word_set("<not> <fine> <plenty> <say> <nonsense> <blame> <bear> <same>")
_NOES: Final = word_set("nei neida")
_EVERYDAY: Final = word_set("mye mange mang hele mer flere nesten rett her hvor lett")
_PLAIN: Final = _read(_SAME)
_CLASS_OF: Final = {word: f"<{name}>" for word, name in _read(_CLASSES).items()}
CLASSES: Final = frozenset(_CLASS_OF.values())
_NAMES: Final = frozenset(_PLAIN.values())


class Met(NamedTuple):
    """A form that was met: its plain word, the same where it is told apart, its class, and whether it may tell a denial."""

    plain: str
    told: str
    kind: str
    may_deny: bool


class PlainWords:
    """Gives a form's plain word and its class, "" for a word without one; `known` are the plain words told apart."""

    def __init__(self, lexicon: Lexicon, known: Collection[str], other: str) -> None:
        self._lexicon = lexicon
        self._known = known
        self._other = other
        # What a form is told by asks several times.
        self.of = lru_cache(maxsize=_AT_HAND)(self.of)  # type: ignore[method-assign]

    def __getitem__(self, form: str) -> tuple[str, str]:
        """Give the plain word of a lower-case form where it is told apart, and its class."""
        _plain, told, kind, _may_deny = self.of(form)
        return told, kind

    def of(self, form: str) -> Met:
        """Give all that is known of a lower-case form."""
        plain = self.plain(form)
        kind = _CLASS_OF.get(plain) or _CLASS_OF.get(form) or ""
        denies = kind in _DENYING and plain not in _EVERYDAY
        return Met(plain, plain if plain in self._known else self._other, kind, denies or plain in _NOES)

    def plain(self, form: str) -> str:
        """Give one spelling of the lemma."""
        plain = _PLAIN.get(form)
        if plain is not None or form in _NAMES:
            return plain or form
        plain = BOKMAL_WORD.get(form)
        if plain is None:
            lemma = self._lexicon.lemma(form, BOKMAL)
            if lemma == form and self._lexicon.knows(form):
                lemma = self._lexicon.lemma(form, NYNORSK)
            elif lemma == form and (stems := self._lexicon.spoken_stems(form)):
                lemma = self._lexicon.lemma(stems[0])
            plain = BOKMAL_WORD.get(lemma, lemma)
        return _PLAIN.get(plain, plain)

"""Nynorsk, dialect and learner forms beside the Bokmål word that means the same, for words that indicators use much.

A dictionary of forms gives lemmas within a written language; it does not know that *åleine* is *alene*, or that *æ* and
*itj* are *jeg* and *ikke*. These pairs let an indicator written in one form meet the others.
"""

from __future__ import annotations

from typing import Final

_TABLE = """
ikke: ikkje ikkj ikje itj ittj itte ittje inte kje ente ikkji
ingen: inga inget ingja
ingenting: inkje ingeting ittno ittnå itjno itjnå
noen: nokon nokre nokken noken nån nåen noenting nåkken nåkkån någen
noe: noko nokke nokka nåkka nåkke nåe nåko någe noke nokko
aldri: aldrig
verken: korkje hverken korken verkje
jeg: eg æ æg ej je eig
meg: mæ
deg: dæ
seg: sæ
hun: ho hu
de: dei
dere: dykk dokker dåkker dokke dokk døkk
vi: me
en: ein ain
et: eit eitt
hva: kva ka
hvor: kor
hvorfor: kvifor koffor korfor åffer åffår koffår
hvordan: korleis korsen kordan åssen koss kossen korsn hossen
fra: frå ifrå ifra
uten: utan
mellom: millom
sammen: saman
alene: åleine aleine aleina aleinn åleina åleinn alein eismal eisemann aleinan
ensom: einsam ensam einsom
ensomhet: einsemd ensomheta ensomhed
unge: onge onga ongan ongane onger ungan
vinter: vintern
buss: bussan bussa bussn
time: tima timan
fjell: fjellan
hadde: hadd
kunne: kunn
skulle: skull
måtte: mått
hver: kver kvar
hjem: heim hjæm hjemm
hjemme: heime hjæmme heme
hjemsted: heimstad
hjemland: heimland
hjemlengsel: heimlengt heimlengsel
venn: ven vænn venna vennan
venninne: veninne venninde
nabo: granne
skole: skule skola skol skul
skolegang: skulegang
høyskole: høgskule høgskole høyskule
barneskole: barneskule
ungdomsskole: ungdomsskule
videregående: vidaregåande
utdanning: utdaning utdannelse
sykehus: sjukehus sjukhus sykhus
syk: sjuk
sykdom: sjukdom
lege: doktor
søster: syster
foreldre: foreldra
kjenne: kjenna kjende
kjent: kjend kjendt
flytte: flytta flytt fløtte fløtta
savne: sakne sakna
savn: sakn
lengte: lengta lengtast
snakke: snakka prate prata preike preika snakk prat
besøk: vitjing
bo: bu
bolig: bustad
leilighet: leilegheit leilighed leiligheta
leie: leige
bli: verte
ble: vart blei
være: vere vera
er: e
var: va
fikk: fekk
gjøre: gjere gjera
si: seie
komme: kome koma
spørre: spørje
velge: velje velg
trives: trivast trivst trivs
trivdes: treivs
hilse: helsa
ringe: ringja
kjede: keie kjeie
kjedelig: keisamt kjedeleg
mulighet: moglegheit muligheit
vanskelig: vanskeleg
rolig: roleg
trygghet: tryggleik
arbeidsplass: arbeidsstad
arbeidsledig: arbeidslaus arbeidsløs
søke: søkje søkja søk
lære: læra
mangle: mangla vante
tilhørighet: tilhøyrsle
tilhøre: tilhøyre
kjæreste: kjærast
ektefelle: ektemake
tjeneste: teneste
flyktningtjeneste: flyktningteneste
helsetjeneste: helseteneste
godkjenne: godkjenna godkjende
fremmed: framand
kirke: kyrkje
moske: moské
til: te tel tell
hvis: viss visst vess hvess
hvem: kven kem kæm
dem: dæm døm dømme dømmer
han: hain hainn hannj hainnj
der: dær
her: hær
mange: mang
penger: pæng penga pengan
gikk: gjekk jikk
kveld: kvæll kvell
vente: vent
kjøre: køyre køyr kjør
kjøpe: kjøp
betale: betal
hente: hent
passe: pass
tjene: tjen
treffe: treff
møte: møt
høre: høyre høyr hør
måned: månad månan
uke: veke væke
datter: dotter
sønn: son
så: so
av: tå
etter: ætter ætte
siden: sia
kan: kainn
alle: aille
annen: ainna
mye: mykj mykkje mytji
tilbake: tebake tebars attende
ut: ud
arbeid: arbe arbei
jobb: jåbb
folk: fålk folkan
hjelp: hjælp
lenge: læng
språk: språg
lærer: lærar
barnehage: barnehag barnhage barnhagen
redd: rædd
by: byn
tog: tåg
mørk: mørt
norsk: nårsk
familie: famelie
menneske: minneske mennesk
kone: kjerring kjærring
barn: bån
"""


def _read(table: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for line in table.strip().splitlines():
        word, _, others = line.partition(":")
        for other in others.split():
            if other != word:
                pairs.setdefault(other, word)
    return pairs


#: From a form or lemma of Nynorsk, dialect or learners to the Bokmål word.
BOKMAL_WORD: Final = _read(_TABLE)

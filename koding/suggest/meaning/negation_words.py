"""The words of Norwegian that deny, and those that tell what a denial reaches (see `negation`); spoken forms too."""

from __future__ import annotations

from koding.suggest.language.tokens import word_set

NOT = word_set("ikke ikkje ikkj ikje itj ittj itte ittje inte ikkjé aldri aldrig neppe")
NO = word_set("ingen inga inkje intet inget null ingja")
NEITHER = word_set("verken hverken korkje korken")
NOTHING = word_set("ingenting ingeting")
WITHOUT = word_set("uten utan")
NEGATORS = NOT | NO | NEITHER | NOTHING | WITHOUT

BE = word_set("er var va æ e vært vore blei ble vart")
IT = word_set("det de d dette")
PRONOUNS = word_set(
    "jeg eg æ æg ej meg mæ mei du deg dæ han hun ho hu den det seg sæ vi oss me de dem dei dæm dere dykk dokker"
    " man en ein"
)
SUBJECTS = PRONOUNS - word_set("meg mæ mei deg dæ seg sæ oss dem dæm en ein")
ADVERBS = word_set(
    "jo da då nå no vel egentlig eigentleg akkurat bare liksom altså heller lenger lengre lengst særlig særleg"
    " mye mykje så spesielt direkte kanskje nok helt heilt her der sånn slik eh ehm øh noe noko noen nokon gang"
    " gong gangen i hele heile tatt teke nettopp først fremst og tvert imot"
)
# Before these the denial is none: not only, not least, isn't it, not enough, no wonder, cannot forget, did not get in.
UNDONE = word_set(
    "bare berre kun minst sant nok tilstrekkelig uten utan rart rar merkelig merkeleg tvil glemme gløyme unngå"
    " holde lett enkelt råd vant vand van forestille førestille lettvint hver kvar alltid alle halde tåle orke klare inn"
)
CLAUSES = word_set("men fordi siden sidan når hvis viss dersom mens medan at som selv sjølv da derfor")
THINKING = word_set(
    "tror trur trudde trodde tro tru mener meiner mente meinte synes syns syntes syntest føler følte kjente"
    " opplever opplevde tenker tenkjer tenkte tenkt sier seier stemmer stemte"
)
# To not bear, want or like a thing says that it is there.
BEARING = word_set(
    "orker orket orka orke klarer klarte klare greier greide holder holdt holde held tåler tålte ville vil vill"
    " ønsker ønsket ønska liker likte like likar trives trivdes trivst treivst passer passet passa fungerer"
    " fungerte gadd gidder utholde akseptere aksepterte hjalp hjelper hjelpe hjelpte glemmer glemte gløymer"
)
HAVING = word_set(
    "ha har hadde hatt hadd få får fikk fått fekk finne finner fant fann funnet fins finst finnes fantes fanst"
    " tilbyr tilbød eksisterer eksisterte"
)
MOVING = word_set(
    "flytte flytter flyttet flytta flutt flyttar dra drar dro drog reise reiser reiste reist dratt kom gjorde"
    " gjøre gjer handler handlet handla dreier dreide skyldes skyldtes skuldast slutta sluttet valgte"
)
ABOUT = word_set("handler handlet handla handle dreier dreide dreiet gjaldt gjelder skyldes skyldtes skuldast avgjorde")
REASONS = (
    "grunn", "årsak", "hovedgrunn", "hovudgrunn", "problem", "derfor", "difor", "avgjørende", "avgjerande", "viktig",
    "utslag", "skyld", "hovedårsak", "motiv", "poeng", "saken", "styrte", "bestemte", "utløs", "verst",
)  # fmt: skip
SORTS = word_set("form former type typer slags grunn tegn")
KNOWING = word_set("vet veit visste husker huskar huska hugsar hugsa skjønner skjønar forstår forstod skjønte aner")
SAYING = word_set("si seie sei påstå hevde tro tru skriv skrive skrivast innbille")
ASKING = word_set("om hva kva hvorfor kvifor hvordan korleis hvem kven hvor kvar")
AUXILIARIES = word_set("har hadde ha kan kunne vil ville skal skulle må måtte fikk")
# "Det var ikke jobben alene": more than that.
ALONE = word_set("alene åleine aleine aleina")
SUCH = word_set("sånn slik det fordi")
OPEN = word_set("eller hvis viss om")
GIVING_REASON = MOVING | ABOUT | word_set("nei og men bli blir bor bur er")
OPENING = word_set("men fordi siden sidan når hvis viss dersom mens medan at som")
MAY_OPEN = word_set("så og for om der hvor kor kvar da då selv sjølv")
AFTER_OPENING = SUBJECTS | BE | IT | word_set("der så ble kom flyttet")
PHRASE_ENDS = PRONOUNS | BE | HAVING | CLAUSES | ASKING | word_set("i på til med om for fra frå av å hos ved")
TAG_WORDS = PRONOUNS | BE | word_set("gjorde gjør hadde har")
DETERMINERS = word_set("en ei et ein eit noe noko noen nokon nokre noka særlig nåkka nokka nån")
TAIL = ADVERBS | word_set(
    "mer meir da sånn det den akkurat om på av til med fra frå ved en ein ei et eit eneste einaste dag natt time sekund"
    " snurten noensinne nokosinne"
)

ABLE = word_set("kan kunne kunna skulle skal ville går gikk")
LIVING = word_set("bo bu bli leve overleve an")
# What one goes through: "har ikke opplevd" tells of no experience, not of a lack.
LIVED = word_set(
    "møtt opplevd opplevt vært vore blitt vorte merket merka følt kjent kjend kjennt sett hørt høyrt savnet sakna savna"
    " lengtet lengta lidd slitt strevd klaget klaga tenkt vurdert sagt gjort kalt kalla tvunget tvinga mobbet mobba"
)
WHOSE = word_set("av hos oss dem dei de i på her der familien bygda våre mine som")
MATTERING = word_set(
    "spilte spiller spelte spelar betydde betyr betydd gjorde gjør gjer plaget plaga plagde påvirket påverka talte"
    " avgjorde avgjør bekymret skremte"
)
WAYS = word_set("hit dit derfra herfra dadan vekk bort ut inn hjem heim tilbake her der boende buande")
MUCH = word_set("langt mye mykje tidlig tidleg sent seint fort lenge mange få")
HOW = word_set("hvordan korleis hvorfor kvifor koffor korsen kordan")
FEELING = word_set("være vere væra bli verte føle kjenne savne sakne kjede lengte")
TELLING = word_set(
    "tror trur trudde trodde spør spurte spurde sier seier sa lurer lurte skriver skriv påstår antar antok tenker tenkjer"
)
SPEAKING = word_set("sa sier seier snakket snakka snakker snakkar fortalte fortel forteller klaget klaga")
MISSING = word_set("manglet mangla mangler manglar savnet savner savna sakna saknar")
BAD = word_set(
    "dårlig dårleg dårligere dårlegare vanskelig vanskeleg langt dyrt problem mangel verst ille få farlig farleg utrygt"
)
# A sentence without one of these denies by a denying word or not at all.
OTHERWISE = HOW | word_set("enn siste minste nei neida")

# What the rules ask for together.
SMALL = PRONOUNS | ADVERBS
DO = word_set("gjøre gjere gjera gjør")
SAYING_NO = frozenset({"nei", "neida"})
BECAUSE = word_set("for fordi derfor difor pga på av")
NEW_CLAUSE = OPENING | MAY_OPEN | SUBJECTS
LIST_ENDS = SUBJECTS | BE | word_set("men bare berre så fordi nei ja at som")
PARTING = word_set("men fordi at som hvis når så og")
LIVED_OR_NEVER = LIVED | {"aldri"}
MOVING_OR_BEING = MOVING | BE
IS_OR_HAS = BE | {"ha", "hadde", "har"}
BEING_OR_HAVING = BE | HAVING
ABOUT_OR_MISSING = ABOUT | MISSING
NOT_IN_FRONT = SUBJECTS | CLAUSES | BE | {"da"}

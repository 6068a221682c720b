"""Set phrases of Norwegian in which a word means something else than what a codebook asks about.

They belong to the language, not to a codebook: an indicator that shares a word with such a phrase says nothing there,
unless the indicator spells the whole phrase out. What only one codebook needs stands in that codebook's `except`.

One phrase a line, in the indicator language (see `patterns`). Words in (brackets), and small words such as prepositions
and pronouns, belong to the phrase but keep their own sense: they silence nothing.
"""

from __future__ import annotations

from typing import Final

from koding.suggest.language.tokens import word_set

_PHRASES = """
# arbeid, jobb
stykke|stykkje arbeid|jobb
jobbe|arbeide (...) med meg|deg|seg|oss selv|sjølv|sjøl
(gjøre|gjere|gjorde|gjort|gjør|gjer) ... (god|bra|fin|flott|viktig|fantastisk|strålende|grei|flink) jobb|arbeid
gjøre|gjere|gjorde|gjort|gjør|gjer jobben|kjempejobb
(stor|tung|hard|ordentlig|skikkelig) jobb å (få|gjøre|gjere|holde|halde|rydde|vaske|finne)
(mye|mykje|litt) (...) jobb|arbeid med
jobbe|jobba|arbeide litt|mer|meir|mye|mykje|hardt|videre|vidare (med|på)
i full jobb|gang|sving med
i arbeidet|jobben med å
=arbeidet|=jobben (med)
sette|sett|satt|sat i arbeid|verk
jobbe|jobber|jobbar|arbeide mot klokka
jobbe|jobber|jobbet|jobbar|jobba (på) spreng
arbeidsbok|arbeidsark|arbeidsminne|arbeidsuhell|arbeidsbord|arbeidsværelse|arbeidsklær|arbeidsklede|arbeidsdeling
husarbeid|hagearbeid|håndarbeid|handarbeid|skolearbeid|skulearbeid|veiarbeid|vegarbeid|formingsarbeid|dugnadsarbeid
forarbeid|etterarbeid|grovarbeid|fotarbeid|pionerarbeid|lagarbeid|gruppearbeid|snekkerarbeid|malerarbeid
# selskap
aksjeselskap*|forsikringsselskap*|flyselskap*|busselskap*|strømselskap*|telefonselskap*|kraftselskap*|eiendomsselskap*
vaktselskap*|teleselskap*|filmselskap*|plateselskap*|oljeselskap*|taxiselskap*|inkassoselskap*
selskapslokale*|selskapskjole*|selskapsspill*|selskapsspel*|selskapsreise*
selskap* (som) (eier|eig|driver|driv|lager|lagar|selger|sel)
# skole, studier, kurs
skolevei*|skoleveg*|skuleveg*|skolegård*|skulegard*|skoleeksempel*|skoleeksempla*|skolekorps*|skulekorps*
kjøreskole*|køyreskule*|gamleskolen|gamleskulen
(av) (den) gamle skole|skolen|skule|skulen
skolert|skolerte|skolering
studere ... (kart*|meny*|brosjyre*|oppskrift*|bilde*|bilete*|listen|lista|kvittering*|rutetabell*|vegg*|mønster*|skilt*|stjerne*|ansikt*)
studere (nøye|grundig)
(holde|holdt|heldt|sette|satte|endre) ... =kurs|=kursen
=kurs|=kursen mot|for
kurs* på (kron*|euro*|dollar*|aksje*|lira)
aksjekurs*|valutakurs*|kronekurs*|lærepenge*
=klasse (for) (seg) (selv|sjølv)
(i) (en|ein) klasse (for) (seg)
linje|linja|buss =1|=2|=3|=4|=5|nummer
på linje (med)
over hele|heile linja|linjen
(en|et|ein|eit) eksamen (i) (tålmodighet|tolmod)
# alene
alene|aleine|åleine om
alene|aleine|åleine med|på ansvar*|laget|banen|bana|roret
(med|på) alene|åleine ansvar*
(bare|berre|det|dette) alene|aleine|åleine (gjør|gjorde|er|var|gjer|koster|kosta)
alene|åleine av (den|denne) (grunn)
ene og alene
eine og åleine
la|lat meg|deg|ham|han|henne|ho|oss være|vere alene|åleine
(ikke|ikkje) alene|aleine|åleine (i) (verden|verda|norge|noreg) om
alenefar*|alenemor*|aleneforsørg*|alenetid*|alenegang*|åleinemor*|åleinefar*
# venn, kjent, kjenne
venne|venner|vennet|vende|vente|vante|vant|venja meg|deg|seg|oss til
til venns
(ikke|ikkje|itj|ingen|inga) ... venn av|med
uvenn|uvenner|uvener|vennskapskamp*|vennskapsby*|vennligst
gode venner igjen
=kjent|=kjend for|som
som =kjent|=kjend
(gjøre|gjort|gjorde|gjere) =kjent|=kjend
=kjent|=kjend (med) (regl*|oppskrift*|innhold*|saken|saka|dokument*|loven)
kjenne igjen|att|etter|lukt*|smak*|røyst*|stemmen
kjenne til
kjenner jeg|eg (meg|deg|ham|henne|dem) (rett)
ensom|einsam|ensomme|einsame (sky|skyer|sokk|sokker|ulv|ulver|stol|fugl|stjerne|hanske|vott|busk|blomst|lampe|brikke)
# hjem, hus, bo, sted, rom
hjemmeside*|heimeside*|hjemmebane*|heimebane*|hjemmelag*|heimelag*|hjemmekamp*|heimekamp*|hjemmelekse*|heimelekse*
hjemmekontor*|heimekontor*|hjemmebakt|heimebaka|hjemvei*|heimveg*|hjemmel*|heimel*|hjemmesko*
ta|tok|brakte|bringe hjem|heim seier*|pokal*|gull*
få|fikk|fekk|har i hus|boks
konkursbo*|dødsbo*
finne|fant|finner|fann|finn =sted|=stad
i stedet|staden|steden
(i) første|fyrste omgang|rekke
på plass
ta|tok|tar plass
sitteplass*|parkeringsplass*|førsteplass*|andreplass*|tredjeplass*|byggeplass*|lekeplass*|leikeplass*|søppelplass*
gi|gir|ga|gav rom for
(for|på) (egen|eigen) regning|rekning
# by, leie, lei
=byr|=bød|=bydde|=baud ... på|opp
leie ... (film|båt|sykkel|sykkelen|ski|lokale|bunad|smoking|tilhenger|hengar)
leie|leide|leidde|leier ... (hånda|handa|hånden)
leie|leide|leidde|leier hverandre|kvarandre
=lei av|meg|deg|seg
leiebil*|leigebil*
# vei, langt, nær, fram
på vei|veg til|ut|inn|opp|ned
i veien|vegen for
(ikke|ikkje) ... lang|langt vei|veg å gå
av veien|vegen
langt fra|frå (alle|nok|bra|ferdig|lett|sikkert|alltid|sikker)
langt (mer|meir|bedre|betre|flere|fleire|færre|verre|mindre)
langt på vei|veg|natt
langt om lenge
så langt som|det
på langt nær
(i) det lange løp|løpet
i lange baner
nærmere|nærare bestemt|avtale|forklaring|undersøkelse|detaljer|angitt
se|ser|så|sjå|såg nærmere|nærare|nærmare på
(se|ser|så|sjå|såg) (på) kart*
# savne, mangle
skulle bare|berre mangle
(ikke|ikkje|ingen) mangel på
meldt|meld savnet|sakna
(brikke*|knapp*|side|sider|strek|tann|ingrediens*|salt*|sukker*|egg*) ... mangle
mangle ... (brikke*|knapp*|strek|tann|ingrediens*|salt|sukker|egg|mel|bart)
# tro, prest, himmel
tro|tru det eller|om
tro på (nissen|julenissen|ham|han|henne|deg|meg|laget|spøkelser|trollet|horoskop*)
i god tro|tru
(kan|skal|vil) du tro|tru
(ikke|ikkje) til å tro|tru
(fattig|fattige) (som) kirkerott*|kyrkjerott*
fattig på
gud|gudene vet|veit
banne (i) kirken|kirka|kyrkja
# tung, mørk, kald, stille, rolig, trygg
tung sekk*|kasse*|bag*|brød*|løft*|koffert*|pose*|stein*|bøker|krydder*|deig*|handlepose*|bør|bører
mørk sjokolade*|brød*|hår*|øl|rugbrød*|dress*|brille*|jakke*|kaffe*|saus*
kald vann*|vatn*|øl|kaffe*|brus*|mat|maten|melk*|mjølk*|juice|saft*|hender|føter|føtter|drikke|svette|bord|fisk*|gang
(kaffe*|kaffi*|te|teen|maten|suppe*|ovn*|graut*|grøt*|pizza*|hender|hendene|føttene|føtene) ... (er|var|ble|vart|blir|blei|bli) kald
(kjøtt*|saft*|middag*|vann*|vatn*|dusj*|sjøen|juice*|melk*|mjølk*|pølse*|brus*|bordet) ... (er|var|ble|vart|blei) kald
holde (hodet|hovudet) kaldt
stille ... spørsmål*|klokk*|krav|diagnose
stille opp|seg|kø|ur
stille som (i)
så stille (at) (du|man|en) (kunne|kan) høre (en|ei) knappenål*
(buss*|bil*|toget|heis*|trafikk*|køen|klokka) ... (sto|står|stod|stend) stille|still
(ta|tok|tar|tatt) ... rolig|roleg|piano
bare|berre rolig|roleg
rolig|roleg nå|no|tempo|musikk|kveld|søndag
trygg på (at|oppskrift*|svaret|konklusjon*)
(la|lat) ... (i) fred
god|gode natt
# syk, lege, vond, sove, hode
lege ... (alle|alt) (sår)
=lege|=leger|=legte|=leget (seg)
(såret|sårene|beinet|foten|kneet|bruddet|ryggen) ... =lege|=leger|=legt|=leget
syk|sjuk etter|vits*|humor
sjøsyk*|sjøsjuk*|bilsyk*|bilsjuk*
vondt (i|av) (viljen|håret|gummi*)
sove på (saken|saka|stranda|sofaen|det)
sov|sove|sover ... (lunsj|film*|filmen|tv*|timen)
sovepose*|sovevogn*|sovesofa*
blind|blinde flekk*|passasjer*|alarm|vei|veg|høne
operasjon dagsverk|dugnad|ryddig
prest*|lege*|doktor*|lærer*|lærar*|politi*|familie* i (film*|boka|boken|serien|spillet|eventyret|historien)
(har|hadde|hadd|fikk|fekk) time|timen (hos|til|med) lege*|legen|tannlege*|tannlækj*|lækjar*|dokter*|doktor*|frisør* (på|i|klokka|om)
(har|hadde|hadd) time|timen (hos|til|med) lege*|tannlege*|lækjar*|dokter*|doktor*|frisør*
# ringe, hilse
ring|ringer|ringen|ringar (...) (under|rundt|øynene|auga|augo|fingeren|vasken)
hilse|helse|helsa ... (fra|frå) (meg|oss|ham|henne|mamma|mora)
hilse|helse hjem|heim
# familie, slekt, barn
i familie|slekt med
brorpart*|brorskap*|kongefamilie*|søsterselskap*|søsterskip*|søsterorganisasjon*|morselskap*|moderselskap*|datterselskap*
(lett|enkel|enkelt) (som) barnemat|barneskirenn
som (et|eit) (lite) barn
mor|moren|mora|far til alle
barn av sin tid
# penger, lønn, tilbud, støtte
lønne|lønner|lønte|løner|lønnet|løne seg
(på|i) (godt) tilbud|tilbod|salg|sal
tilbudsavis*|tilbodsavis*|pengespill*|pengespel*
tilbud og etterspørsel
støtte (meg|deg|seg) til|på|mot
(det|dette|som|eg|kven|kva|alle) =gjeld|gjaldt
# natur, vær, klima, nett
storm i (et|eit) vannglass|vassglas
(ta|tar|tok) ... med storm
stormkjøkken*|stormkurs*|brainstorm*
av natur
miljøstasjon*|miljøvennlig*|miljøvennleg*|miljøpris*|miljøverner*|miljømerk*
trådløs|trådlaus|trådløst|trådlaust nett|nettet|nettverk|nettverket
klima* i (rom*|stua|bilen|boden|kjeller*)
inneklima*|debattklima*|forhandlingsklima*
# rett, regel, sak
=rett og slett
=rett (før|bak|ved|over|etter|fram|frem|foran|inn|ut|bort|ned|opp|borti|bortenfor|utenfor|forbi|på)
(ha|har|hadde|fikk|få|fekk) =rett (i|igjen|om)
(som|i) regel|regelen
hovedrett*|forrett*|hovudrett*
dagens rett
# øye, sentrum, bilde
(ringer|rød|røde|brune|blå|tårer|stjerner|såpe|sol|sola|kulde) ... øyne|øynene|øyet|auge|auga|augo
(i) sentrum for|av (oppmerksom*|merksemd*|debatt*)
brikke|brikker|brikken ... (puslespill*|puslespel*|sjakk*|spillet|spelet|gulvet)
(puslespill*|puslespel*|sjakk*) ... brikke|brikker|brikken
puslespillbrikke*|sjakkbrikke*
# å legge seg
legge meg|deg|seg|oss (tidlig|tidleg|seint|sent|nå|no|klokka|nedpå|ned|til|etter|før|nedpå)
legge vekt|merke|fram|frem|vinn
legge opp (strikk*|maske*|bukse*|til)
# låst, bundet, angre, miste
låse|låst ... (dør*|port*|sykkel*|skap*|bil*|garasje*|nøkkel*)
(dør*|port*|skap*|garasje*|bod*|kiosk*) ... låst
(bok|sløyfe|sko|skoene|tau|lissene|knute) ... binde|bundet|bandt
binde|bundet|bandt ... (bok|sløyfe|sko|skoene|tau|lissene|knute)
(lånte|lånt|sagt|kjøpt|kjøpte|bestilte|klippet|klipte|spist|spiste|drakk) ... angre
angre (på) (fargen|kjøpet|frisyren|klippen|bestillingen)
miste ... (ringen|nøkkelen|nøklene|nøkkel|votten|luen|lua|tråden|taket|bussen|toget|lommebok*|paraply*)
(fant|finne|finner|leste|lese|skrev|skrive|mistet|hang|henger) (ikke) lappen
lappen med|på|fra|om
# ting som går i stykker, filmer og fortellinger
(batteri*|telefon*|mobil*|skjerm*|pc-en|motor*|plant*|blomst*) ... død|dødt|dødd
(film*|bok|boka|boken|roman*|sang*|song*|serie*|låt*|slutten|kampen|eventyr*) ... trist|ensom|einsam|skummel|tung|vond|mørk|redd
mørk (på|i) (kino*|kjeller*|loftet|teater*|tunnel*|garasje*|bod*)
(kino*|kjeller*|loftet|tunnel*) ... mørk
# sove, spise, reise i det daglige
sov|sove|sover ... (tur*|bil|bilen|fly|flyet|toget|båten|sofaen|telt*|hotell*)
dra|dro|drog|drar (i) snora|tauet|håret|genseren|ermet|spaken
flytte|flyttet|flytter|flytta ... (sofa*|bord*|stol*|skap*|møtet|timen|bilen|brikken|planten|esken|hagemøbl*)
# råd
gode råd dyre
(gi|gir|ga|gav) ... råd om
"""

#: Words that hold a phrase together and have no other sense in it.
_SMALL = word_set(
    "i på til med for av om å og er var en ein et eit ei den det de meg deg seg oss ham han henne ho dem jeg eg du som"
    " at alle sin så litt mye mykje noe bare berre"
)


def _phrase(line: str) -> tuple[str, frozenset[int]]:
    """Read a line: the phrase in the indicator language, and which of its places lose their own sense."""
    places: list[str] = []
    lost: set[int] = set()
    words = 0
    for written in line.split():
        place = written.strip("()")
        places.append(place)
        if place == "...":
            continue
        if place == written and not _SMALL.issuperset(place.split("|")):
            lost.add(words)
        words += 1
    return " ".join(places), frozenset(lost)


#: From each phrase to the places (words counted from 0) that lose their own sense in it.
IDIOMS: Final = dict(
    _phrase(line) for line in map(str.strip, _PHRASES.splitlines()) if line and not line.startswith("#")
)

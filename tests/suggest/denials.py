"""Invented sentences with the words of interest in [brackets]: which are denied, which are not.

`FRAMED` deny the reason itself, `DENIED` in any way, `STANDING` not at all. The `UNSEEN` and `LATER` ones were
written after the rules; at first sight the rules were right on 51 of the 61 unseen and then on 24 of the 31 later
spans, and have been corrected by them since.
"""

FRAMED = """
Nei, det var ikke [jobben], jobb hadde jeg.
Det var ikke [ensomheten] som fikk meg til å dra.
Jeg flyttet ikke fordi jeg var [ensom], jeg flyttet for sønnen min.
Det var ikke fordi jeg var [ensom].
Ikke fordi vi var [ensomme] akkurat, men det ble litt lite.
Vi dro ikke på grunn av [skolen].
[Jobben] var ikke grunnen, det kan jeg love.
Det var ikke på grunn av [rasismen] at vi flyttet.
[Skolen] var det ikke, ungene trivdes jo.
Det handlet ikke om [jobben] i det hele tatt.
Det hadde ikke noe med [jobben] å gjøre.
Grunnen var ikke [jobben].
Det var ikke sånn at jeg var [ensom].
Det skyldtes ikke [helsetjenestene], det må jeg få si.
Nei, altså, det var ikke akkurat [legen] som var problemet.
Det var ikke [jobben] eller [skolen].
Nei, det var jo ikke [boligen], den var fin.
Det var ikkje [jobben], jobb hadde eg.
Eg flytta ikkje fordi eg var [einsam].
Det var ikkje [skulen] som gjorde det.
Det va itj [jobben].
Nei, det hadde ingenting med [skolen] å gjøre.
[Språket] var ikke problemet for meg.
[Jobben] var ikkje grunnen til at me reiste.
Det var ikke det at jeg var [ensom], egentlig.
"""

DENIED = """
Jeg var ikke [ensom], men jeg savnet søsteren min.
Jeg har aldri vært [ensom] her.
Jeg var aldri [ensom].
Det var ingen [rasisme] i bygda.
Vi møtte ingen form for [rasisme].
Han følte seg ikke [isolert] på noen måte.
Jeg [savnet] dem ikke så mye den første tiden.
[Ensom] var jeg ikke.
Jeg tror ikke at jeg var [ensom].
Jeg tror ikke hun var [ensom] der.
Eg var ikkje [einsam], nei.
Eg har aldri kjent meg [einsam].
Det var inga [mobbing] på skulen.
Æ va itj [ensom] da æ bodde der.
Æ va ikkj [ensom].
Jeg var ikke lenger [ensom].
Vi opplevde ikke noe [rasisme].
Nei, ikke [ensom] akkurat.
Jeg var verken [ensom] eller [trist].
Det var verken [skole] eller [lege].
Eg var korkje [einsam] eller [trist].
Det var ikke [ensomhet], det var noe annet.
Jeg kjente meg ikke spesielt [isolert].
Hun [savnet] ikke familien sin.
Jeg ble ikke [ensom] av å bo der.
Jeg var ikke [redd], [ensom] eller [trist] den tiden.
Vi hadde det bra uten å være [ensomme].
Eg [sakna] dei ikkje.
Vi ble aldri utsatt for [rasisme] der nei.
Ho var vel ikkje så veldig [einsam].
Neppe [ensomhet] i mitt tilfelle.
Ikke noen [rasisme], nei.
"""

STANDING = """
Det var ikke bare [jobben], det var alt.
Det var ikke bare [ensomheten] som plaget meg.
Det var ikkje berre [jobben].
Det var [ensomt], ikke sant.
Jeg var [ensom], ikke sant, og da flyttet jeg.
Ikke sant, [ensomheten] spiser deg opp.
Det var [ensomheten], var det ikke?
Det var [ensomt] der, ikke?
Han var ikke hjemme, og jeg var [ensom].
Jeg kunne ikke språket, så jeg ble [ensom].
Jeg trivdes ikke fordi jeg var [ensom].
Jeg sov ikke når jeg var [ensom].
Jeg hadde ikke bil, men det var [ensomheten] som var verst.
Det var ikke jobben, det var [ensomheten].
Det var ikke jobben, men [ensomheten].
Ikke fordi jeg ikke var [ensom].
Jeg orket ikke mer [ensomhet].
Jeg ville ikke være [ensom] lenger.
Jeg holdt ikke ut [ensomheten].
Jeg klarte ikke å være [alene] hele tiden.
Jeg likte ikke [jobben].
Det var ikke minst [ensomheten].
Jeg vet ikke om det var [ensomheten].
Jeg var [ensom] eller ikke, det spurte ingen om.
Det var [ensomt], jeg kjente ikke en sjel.
Eg kunne ikkje språket, og eg vart [einsam].
Det var ikke nok [jobber] der.
Vi ble ikke fordi jeg var [ensom].
Jeg fikk aldri svar, og [ensomheten] ble større.
Ingen ringte, og jeg var [ensom] hver kveld.
Ingen av dem visste at jeg var [ensom].
Jeg var så [ensom] at jeg ikke sov.
Eg trivdest ikkje, eg var [einsam].
Når ingen snakker med deg, blir du [ensom].
Fordi jeg var [ensom] orket jeg ikke å bli.
Da jeg var [ensom], spiste jeg ikke.
Ingenting hjalp mot [ensomheten].
Ja, altså, [ensomheten], den slapp ikke taket.
Itj sant, æ va [ensom].
Jeg var [ensom], ikke trist.
"""

UNSEEN_DENIED = """
Det var ikke [maten] vi reiste fra.
[Naboene] var ikke noe problem for oss.
Du skal ikke tro det var [kulda] som tok oss.
Nei, [vinteren] var det ikke.
Vi reiste ikke på grunn av [barnehagen], den var jo kjempefin.
Eg kan ikkje seie at eg var [einsam].
Han har aldri klaget over [ensomhet].
Hun var slett ikke [ensom].
Vi hadde ingen problemer med [naboene].
Ikke var jeg [ensom] heller.
Det dreide seg ikke om [penger].
Dei flytta ikkje på grunn av [skulen].
Det va ikkje [legen] sin skyld.
De sier ikke at det er [ensomhet].
Jeg følte meg aldri [utrygg] på gata.
Det var ikke så mye [ensomhet] for min del.
Vi var ikke [ensomme] eller [isolerte].
Ho sa at det ikkje var [jobben].
Hun fortalte at hun aldri hadde vært [ensom].
Det er ikke derfor de er [ensomme].
For oss var det ikke [klimaet].
Jeg mener at [bussen] ikke var grunnen.
[Rasisme] har jeg aldri opplevd.
[Rasisme] opplevde vi ikke.
Vi merket ingenting til [rasisme].
Æ føle mæ ikkje [utrygg] her.
Kulda, den var ikke så farlig, det var ikke [kulda].
Mann min var ikke [ensom], han har mange venner.
Jeg er ikke [deprimert] nå lenger.
Ikkje pga [jobben], nei.
"""

UNSEEN_STANDING = """
Jeg hadde ikke sertifikat, og det var [bussen] som var problemet.
Ikke bare var jeg [ensom], jeg var syk også.
Ingen ville leie ut til oss, så [boligen] ble problemet.
Jeg turte ikke gå ut fordi jeg var [redd].
Hvis du ikke har familie, blir du [ensom].
Nei, jeg ble [ensom], det ble jeg.
Det gikk ikke en dag uten at jeg var [ensom].
Jeg var [ensom], men jeg sa det aldri til noen.
Ho var [einsam], ikkje sant.
Vi visste ikke at [skolen] var så dårlig.
Jeg hadde aldri sett snø, og [kulda] var et sjokk.
Men det var ikke så lett, for [legen] satt fire timer unna.
Det er ikke rart at de blir [ensomme].
Ikke rart jeg ble [ensom].
Det var ingen hemmelighet at jeg var [ensom].
Hun ringte ikke, og [savnet] ble verre.
Jeg tålte ikke [kulda].
Jeg forstår ikke hvorfor de er [rasister].
Vi flyttet på grunn av [skolen], ikke på grunn av huset.
Jeg ville ikke tilbake til [ensomheten].
Når du ikke kjenner noen, da er du [alene].
Han var [ensom], men ikke hun.
Vi fikk ikke bestemme, og [systemet] er sånn.
Det var [mørket], du vet, ikke snøen.
Eg fekk ikkje sove, for eg [sakna] mor mi.
Kommunen hjalp oss aldri med [boligen].
Vi kom ikke inn på [skolen].
Æ trivdes itj, æ [savna] byen.
Jeg kan ikke glemme [ensomheten].
Ingen forsto hvor [ensom] jeg var.
"""


LATER_DENIED = """
Nei, det var ikke [prisene] på huset.
Eg vil ikkje seie at det var [keisamt].
Vi hadde aldri noe [bråk] med naboene.
Ikke engang [ensomheten] var grunnen, tror jeg ikke.
Jeg har ikke vært [ensom] en eneste dag.
De flyttet ikke for [jobben], de flyttet for familien.
Det var ikke vi som var [ensomme].
Ho kjende seg ikkje [åleine] her.
Det va itj [skolen] som va problemet.
Han mente det ikke var [boligen] som avgjorde.
[Mørketida] har vi aldri hatt problemer med.
Vi savnet egentlig ikke [byen].
Nei nei, [været] hadde ikke noe å si.
Det er ingen [diskriminering] på jobben min.
"""

LATER_STANDING = """
Det var ikke lett å være [ensom].
Vi hadde ikke råd til [huset].
Hun er [ensom] fordi hun ikke kan norsk.
Jeg fikk ikke sove, og jeg [gråt] mye.
Men legen kunne ikke hjelpe, så vi dro til [spesialisten] i Bergen.
Nei, det var [jobben], ikke skolen, som avgjorde.
Vi fant ikke noe hus, og da ble [boligen] grunnen.
Det er jo ikke [ensomheten] alene, det er mer enn det.
Jeg sa ikke noe, jeg var [redd].
Ingen hilste, vi følte oss [utenfor].
Eg visste ikkje kva [einsemd] var før eg kom hit.
Jeg skjønte ikke dialekten, det ble [vanskelig].
Hvorfor dro du ikke når du var så [ensom]?
Uten bil blir du [isolert].
"""

# Known misses: the denials are not seen, the standing ones are taken for denials.
HARD_DENIED = """
[Flyktningtjenesten] var det ikke noe galt med.
"""

HARD_STANDING = """
Kunne du ikke vært litt mindre [ensom] i byen, tenkte jeg.
"""


def cases(block: str) -> list[str]:
    """Give the sentences of a block."""
    return block.strip().splitlines()

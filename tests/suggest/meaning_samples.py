"""Invented sentences about what stands around a reason: facets, denials, and theme words in another sense.

Each block was written in two or three goes, the later ones after the rules: at first sight the rules gave the facet of
77 of the 88 later sentences, the denial of 46 of the 56 later ones, and kept 51 and then 55 of the 64 and 64 later
sentences with a theme word in another sense silent. They have been corrected by them since.
"""

from __future__ import annotations

# facet=value | sentence, the reason in [brackets]; no value: none may be proposed.
FACETS = """
status=hypotetisk | Hvis jeg hadde fått [plass på skolen], hadde jeg blitt.
status=hypotetisk | Dersom det kommer en [spesialist] hit, blir vi.
status=hypotetisk | Om vi hadde hatt [familie] i nærheten, ville det vært annerledes.
status=hypotetisk | Viss eg hadde fått [arbeid], så hadde eg vore her enno.
status=hypotetisk | Hadde jeg fått [jobb] der, hadde jeg aldri flyttet.
status=hypotetisk | Der kunne jeg hatt [venner].
status=hypotetisk | Jeg skulle ønske vi hadde en [moské] her.
status=hypotetisk | I byen ville jeg ha fått [jobb] som ingeniør.
status=hypotetisk | De drar nok hvis de ikke får [jobb].
status=hypotetisk | Med mindre det kommer [arbeid] hit, drar de unge.
status= | Hvis jeg skal være ærlig, så var jeg [ensom].
status= | Jeg var [ensom], hvis du skjønner.
status= | Hvis du spør meg, var det [jobben].
status= | Hvis jeg husker rett, fikk jeg [jobb] i mars.
status= | Da jeg kom dit, hadde jeg ingen [venner].
status= | Vi skulle ha hatt [tolk], men det fikk vi ikke.
status= | Jeg vet ikke om det var [ensomhet] heller.
status= | Jeg spurte om det fantes [skole] der.
status= | Selv om jeg hadde [jobb], var det tungt.
status= | Hvis jeg ikke hadde vært så [ensom], hadde jeg blitt der.
status=hypotetisk | Eg kunne fått [studieplass] i Bergen.
status=hypotetisk | Det hadde vært fint hvis vi hadde [slekt] her.
status=planlagt | Jeg skal [studere] i Bergen til høsten.
status=planlagt | Vi skal flytte fordi vi trenger [lege] i nærheten.
status=planlagt | Når programmet er ferdig, drar vi til Oslo for [jobb].
status=planlagt | Jeg planlegger å flytte, jeg er for [ensom] her.
status=planlagt | Vi tenker på å flytte nærmere [familien].
status=planlagt | Eg håpar å flytte til Bergen, der bur [søstera] mi.
status=planlagt | Jeg vil flytte til byen og finne [arbeid].
status=planlagt | Vi kommer til å flytte på grunn av [skolen].
status=planlagt | Jeg har lyst til å flytte, det er så [ensomt].
status=planlagt | Jeg skal begynne på [høyskolen] neste år.
status=planlagt | Æ ska flytte te Trondheim, der e det [jobb].
status=planlagt | Til sommeren reiser vi, for [jobben] min der er klar.
status=planlagt | Han skal ta [fagbrev] og da må vi til byen.
status=planlagt | Vi vurderer å flytte fordi [huset] er for lite.
status= | Hva skal jeg si, jeg var [ensom].
status= | Hvem skal man [snakke med] her?
status= | Jeg skal fortelle om [ensomheten].
status= | Vi flyttet fordi jeg skulle [studere].
status= | Jeg ville [studere], så jeg flyttet til byen.
status= | Da jeg flyttet, skal jeg si deg, var det [ensomt].
status= | Man skal ikke være [ensom].
status= | Skal vi ta kaffe, jeg var [ensom] den gangen.
status= | Jeg vil si at [jobben] var viktigst.
status= | Jeg skal ikke flytte, jeg har [jobb] her.
status= | Det var [ensomt], men nå skal jeg lage middag.
stemme=tilskrevet | Broren min dro på grunn av [studiene].
stemme=tilskrevet | Broren min, han dro på grunn av [studiene].
stemme=tilskrevet | De som flytter, gjør det fordi de er [ensomme].
stemme=tilskrevet | Noen flytter fordi de savner [familien].
stemme=tilskrevet | En venn av meg flyttet fordi han fikk [jobb] i Oslo.
stemme=tilskrevet | Naboen flyttet fordi hun var [ensom].
stemme=tilskrevet | Mange drar når de ikke får [jobb].
stemme=tilskrevet | Jeg vet at mange flytter på grunn av [skolen].
stemme=tilskrevet | Eg veit at folk dreg fordi dei er [einsame].
stemme=tilskrevet | Søstera mi var så [ensom] der.
stemme=tilskrevet | Ungdommene flytter for å [studere].
stemme=tilskrevet | Kompisen min fikk [jobb] i Drammen.
stemme=tilskrevet | De flyttet fordi de savnet [slekta].
stemme=tilskrevet | Mange av dem drar for [jobb].
stemme=tilskrevet | Jeg har en venninne som flyttet på grunn av [mobbing].
stemme= | Jeg flyttet fordi [broren] min bor i Oslo.
stemme= | Broren min bor i Oslo, så jeg flyttet dit for [familien].
stemme= | Naboene inviterte oss på [kaffe].
stemme= | Han sier at han var [ensom].
stemme= | Hun sier hun flyttet fordi hun var [ensom].
stemme= | Ingen ringte, jeg hadde ingen [venner].
stemme= | Jeg savnet [søsteren] min.
stemme= | Jeg hadde ikke noen [venner].
stemme= | Vennene mine flyttet, og jeg ble [alene].
stemme= | Mannen min fikk [jobb] i Bergen.
stemme= | Kona var [ensom] der.
stemme= | De ga meg ingen [jobb].
stemme= | Folk hilste ikke på meg, jeg følte meg [utenfor].
stemme= | Noen spyttet etter meg fordi jeg hadde [hijab].
stemme= | Vi ville nærmere [søsteren] min.
retning=fra | Jeg måtte bort, det var så [ensomt].
retning=fra | Jeg orket ikke bli der, jeg var så [ensom].
retning=fra | Vi kunne ikke bo der uten [skole].
retning=fra | Jeg mistet [jobben].
retning=fra | Det manglet [skole] der.
retning=fra | Jeg ville vekk derfra, jeg var [ensom].
retning=fra | Vi flyttet fra Steinli fordi det ikke var [jobb].
retning=fra | Eg måtte flytte, eg var så [einsam].
retning=fra | Jeg holdt ikke ut, jeg var så [ensom].
retning=til | Vi flyttet til Oslo fordi [broren] min bor der.
retning= | Vi flyttet til Bergen fordi jeg var [ensom] i Vadsø.
retning= | Vi flyttet til Oslo fordi det ikke var [jobb] der.
retning= | Eg flytta til Bergen fordi eg var [einsam] på øya.
retning= | Vi dro til Oslo på grunn av [rasismen] i bygda.
retning= | Hvis [legen] var nærmere, hadde vi blitt.
retning=til | Jeg fikk [jobb] i Bergen.
retning=til | Jeg ville bo nærmere [søsteren] min.
retning=til | Vi dro til Drammen for [jobb].
retning=til | Jeg flyttet hit på grunn av [skolen].
retning=til | Eg flytta til byen for å [studere].
retning=til | Jeg ville dit, der er [familien].
retning=til | Jeg fikk [plass] i Oslo på sykepleien.
retning=bli | Jeg ble boende fordi [barna] trives.
retning=bli | Vi blir her, [barna] har det bra.
retning=bli | Derfor er jeg her fortsatt, jeg har [jobb].
retning=bli | Vi flytter ikke, vi har [hus] her.
retning=bli | Jeg vil ikke flytte, [naboene] er snille.
retning=bli | Me blir verande, [borna] trivst.
retning=bli | Det er [naboene] som holder oss her.
retning= | Jeg ble [ensom] der.
retning= | Det blir mye [jobb].
retning= | Jeg dro til legen hver uke, [spesialist] fantes ikke.
retning= | Jeg fikk ikke være med og bestemme, [jobben] var grei.
retning= | Jeg måtte vente på [lege].
retning= | Det var [ensomt], men vi kastet bort mye tid.
retning= | Vi har bodd her siden 2019, [barna] går på skole.
retning= | Hun ble lege, og jeg fikk [jobb].
retning= | Jeg vil ikke flytte fordi jeg er [ensom], jeg vil flytte for jobben.
status=hypotetisk | Hadde det vært en [høyskole] i nærheten, så hadde vi aldri tenkt på Oslo.
status=hypotetisk | Altså, hvis noen hadde spurt meg om [jobb], da hadde jeg sagt ja.
status=hypotetisk | Om de ga oss en større [leilighet], så er det ikke sikkert vi drar.
status=hypotetisk | Viss ungane mine ikkje får [barnehageplass], må me vel reise.
status=hypotetisk | Det kunne vært greit å ha noen [landsmenn] rundt seg.
status=hypotetisk | Æ skulle ønske det va en [moské] i bygda.
status=hypotetisk | Jeg kunne ha jobbet som [lærer] der.
status=hypotetisk | Dersom eg får [lærlingplass] ein annan stad, så flyttar eg.
status=hypotetisk | Hvis jeg får [jobb] i Bergen, så flytter jeg.
status=hypotetisk | Med familie her ville jeg nok ha følt meg mindre [ensom].
status=hypotetisk | Hvis det bare fantes et [busstilbud], liksom.
status= | Om vinteren var det [mørkt] og tungt.
status= | Så [ensomt] som det var der, det kan du ikke tenke deg.
status= | Hvis du lurer, så var det [legen] som manglet.
status= | Vi hadde ikke [bil], og da satt vi der.
status= | Jeg lurte på om jeg var [syk].
status= | Hun sa at vi skulle få [tolk], og det fikk vi.
status= | Var det ikke for [naboen], hadde jeg gått til grunne.
status= | De burde hatt [psykolog] der.
status= | Hvis jeg kan si det sånn, jeg ble [mobbet].
status=planlagt | Jeg har søkt og skal begynne på [ingeniørstudiet] i august.
status=planlagt | Etter jul skal vi flytte til kusina mi, [familie] er viktig.
status=planlagt | Planen er å reise til Oslo og få [jobb].
status=planlagt | Så fort kurset er ferdig, flytter jeg til [broren] min.
status=planlagt | Kona vil flytte fordi hun er [ensom].
status=planlagt | Vi håper å komme oss til en by med [sykehus].
status=planlagt | Eg tenkjer på å flytte, det er for langt til [legen].
status=planlagt | Neste år drar vi, for [jobb] finnes ikke her.
status=planlagt | Me skal nok flytte når borna er ferdige med [skulen].
status=planlagt | Jeg drømmer om å flytte til et sted med [moské].
status=planlagt | Jeg ønsker å flytte nærmere [datteren] min.
status=planlagt | Nå skal jeg snart flytte, så slipper jeg å være [alene].
status= | Jeg skal være ærlig, jeg var [ensom] der.
status= | Du skal vite at [mørketida] er lang.
status= | Vi skulle egentlig bli, men [jobben] forsvant.
status= | Jeg skal hente ungene snart, men ja, [legen] var langt unna.
status= | Alle skal jo ha [jobb].
status= | Det skal ikke mye til for å føle seg [utenfor].
status= | Vi kom til å bli [ensomme] der.
status= | Skal jeg si det kort, var det [skolen].
status= | Jeg flyttet i fjor og skal bli her, [jobben] er bra.
stemme=tilskrevet | Fetteren min, han orket ikke [mørketida] og reiste sørover.
stemme=tilskrevet | Folk flytter herfra fordi det ikke er [arbeid].
stemme=tilskrevet | Venninna mi kjedet seg og savnet [søstrene] sine.
stemme=tilskrevet | De enslige drar fordi de er [ensomme].
stemme=tilskrevet | Flere av dem sier at de savner [venner] og derfor drar.
stemme=tilskrevet | Familiene flytter når barna trenger [spesialist].
stemme=tilskrevet | Dei unge reiser for å [studere], det er vanleg.
stemme=tilskrevet | Han ene kameraten min flyttet for [jobb].
stemme=tilskrevet | Svogeren min mistet [jobben] og stakk.
stemme=tilskrevet | Jeg hører at noen drar på grunn av [rasisme].
stemme=tilskrevet | Ei venninne av meg fekk [studieplass] i Oslo.
stemme=tilskrevet | De fleste flytter på grunn av [familie].
stemme= | Jeg og broren min dro fordi vi var [ensomme].
stemme= | Det var noen som hjalp meg med [jobb].
stemme= | Andre fikk [bolig], men ikke vi.
stemme= | Naboen var snill, men jeg følte meg [ensom] likevel.
stemme= | Folk var hyggelige, det var ikke [rasisme].
stemme= | Mange i bygda kjente meg, jeg hadde [venner].
stemme= | Tanten min sa at det var [jobb] i Drammen, så jeg dro.
stemme= | Hun forteller at hun var [alene] hele vinteren.
stemme= | De sa nei til [bolig] for oss.
stemme= | Ingen flytter for moro skyld, jeg flyttet for [jobben].
stemme= | Søsteren min bor der, derfor ville jeg bo nær [familien].
stemme= | Folk fra mitt eget land, det var det jeg savnet, [venner] fra Eritrea.
stemme= | Sønnen min ble [mobbet] på skolen.
retning=fra | Æ måtte vekk, det va så [ensomt].
retning=fra | Vi klarte ikke å bo der lenger, [boligen] var full av mugg.
retning=fra | Eg ville bort frå den bygda, [ingen] snakka med meg.
retning=fra | Det var [rasismen] som gjorde at vi reiste derfra.
retning=fra | Barna måtte bytte skole, vi reiste vekk på grunn av [mobbing].
retning=til | I fjor flyttet vi til Drammen, for der er [slekta].
retning=til | Han fikk [studieplass] i Trondheim.
retning=til | Me flytta hit fordi [søstera] mi bur her.
retning=til | Eg reiste til Bergen for [jobb].
retning=til | Vi vil bo nærmere [sykehuset].
retning=bli | Jeg har bestemt meg for å bli her, [naboene] er gode.
retning=bli | Vi ble værende på grunn av [jobben].
retning=bli | Eg flyttar ikkje, eg har [huset] mitt.
retning=bli | Så derfor bor vi her ennå, [ungene] har venner.
retning=bli | Jeg har ikke lyst til å flytte, [barna] har venner her.
retning= | Jeg gikk til [legen] og han sa nei.
retning=til | Vi måtte flytte til Oslo fordi [sykehuset] er der.
retning= | Vi måtte spare, [huset] var dyrt.
retning= | Det ble sent, og [bussen] var gått.
retning= | Barna ble syke, og [legen] var borte.
retning= | Jeg mistet aldri motet, for jeg hadde [venner].
"""

HARD_FACETS = """
retning= | Jeg flyttet fra Steinli til Oslo på grunn av [jobb].
retning= | Hun ble igjen på kurset for å lære [norsk].
"""

# D denied, S standing.
DENIALS = """
D | Jeg har aldri møtt noen [rasister] her.
D | Vi har ikke opplevd [rasisme] i det hele tatt.
D | [Ensom] har jeg aldri vært, ikke en eneste dag.
D | [Rasisme] har vi ikke sett snurten av.
D | Hvordan skulle jeg være [ensom] med fem unger i huset?
D | Du må ikke tro at jeg var [ensom].
D | Ikke skriv at det var [jobben].
D | Folk tror at jeg flyttet for [jobben], men nei.
D | Alle spør om det var [rasismen], og nei.
D | Ingen har vært [slemme] mot oss.
D | Ingen hos oss var [ensomme].
D | Jeg flyttet ikke hit for [jobben].
D | Vi reiste ikke derfra på grunn av [kulda].
D | Jeg dro aldri på grunn av [skolen].
D | Det er ikke derfor, altså, ikke [jobben].
D | Det var ikke så mye [jobben], mer det andre.
D | [Pengene] spilte ingen rolle.
D | [Jobben] hadde ingenting å si.
D | [Skolen] betydde ikke noe for oss.
D | Det var alt annet enn [ensomt].
D | Jeg kan ikke si at jeg var [ensom].
D | Eg vil ikkje seie at det var [rasisme].
D | Nokon [ensemd] kjende eg aldri.
D | Det va slett ikkje [mørketida].
D | Å nei, [jobben] var det siste jeg tenkte på.
D | Nei, [legen] var ikke problemet, han var flink.
D | [Været] brydde jeg meg ikke om.
D | Jeg savnet ikke [familien], for de var der.
D | Vi manglet ikke [jobb].
D | Det sto ikke på [jobb].
D | [Jobb] sto det ikke på.
D | Det var ikke [skolen] det sto på.
D | Uten at det var [rasisme] av den grunn.
D | Verken [mørket] eller kulda gjorde meg noe.
D | [Kulda] gjorde meg ingenting.
S | Jeg var [ensom], ikke sant.
S | Jeg orket ikke [ensomheten].
S | Det var ikke bare [jobben], det var mye.
S | Jeg visste ikke at jeg kunne bli så [ensom].
S | Ikke rart jeg var [ensom].
S | Jeg kjente ikke noen, så jeg var [ensom].
S | Det hjalp ikke, jeg var [ensom] likevel.
S | Nei, jeg var [ensom].
S | Nei nei, det var [rasisme], det var det.
S | Jeg fikk ikke sove fordi jeg var [ensom].
S | Hvis ikke [jobben] hadde vært der, hadde jeg dratt.
S | Ingen forstod hvor [ensom] jeg var.
S | Jeg har aldri vært så [ensom] som der.
S | Aldri har jeg følt meg mer [ensom].
S | Det gikk ikke an å leve med den [rasismen].
S | Folk sa ikke hei, det var [rasisme].
S | Vi klaget aldri, men det var [rasisme].
S | Jeg sa det ikke til noen, men jeg var [ensom].
S | Det var ikke lett å være så [ensom].
S | Ikke før på kvelden kjente jeg at jeg var [ensom].
S | Eg var ikkje vand med å vere så [einsam].
S | Man kan ikke bo et sted med så mye [rasisme].
S | Du kan ikke forestille deg hvor [ensomt] det var.
S | Jeg ville ikke bo der fordi det var så mye [rasisme].
S | Ingenting hjalp mot [ensomheten].
D | Nei altså, [husleia] hadde ikke vi noe problem med.
D | Jeg opplevde aldri noe som lignet [rasisme].
D | Eg har ikkje kjent meg [einsam] ein einaste gong.
D | At vi dro, hadde ikke noe med [legen] å gjøre.
D | Vi har ikke [sett] noe til rasister.
D | Nei, [skolen] skal ikke ha skylda.
D | Jeg reiste ikke for [pengenes] skyld.
D | Det var i hvert fall ikke [jobben].
D | Det er ikke sånn at folk flytter på grunn av [klimaet].
D | Hos oss er ikke [bussen] noe problem.
D | Vi hadde aldri bråk med [naboene].
D | Æ va aldri [redd] der.
D | Det va itj [kulda] som gjor det.
D | Eg tykkjer ikkje det var [stille], eg.
D | De spurte om det var [mobbing], og nei, det var det ikke.
D | Ingen i familien har vært [syke].
D | Jeg er ikke [deprimert], skriv det.
D | Ikke [trussel], ikke vold, ingenting sånt.
D | Ho var ikkje [utrygg] nokon gong.
D | For meg var det aldri [pengene].
D | [Transporten] var ikke det verste, nei.
D | Jeg bryr meg ikke om [byliv].
D | Vi flyttet ikke for å få [jobb], vi flyttet for fred.
D | Jeg har ikke merket noe [diskriminering], ærlig talt.
D | Ikke snakk om [hjemlengsel], jeg elsket det der.
D | Uten [rasisme] og sånt.
D | Det stemmer ikke at det var [skolen].
S | Vi fikk ikke hjelp, og [ensomheten] kom.
S | Jeg kan ikke si nok om hvor [ensom] jeg var.
S | Det slutter ikke, [rasismen].
S | Ingen spurte meg, så jeg var [ensom].
S | Hun kunne ikke sove, hun var [redd].
S | Det var ikke til å holde ut, den [kulda].
S | Jeg forstår ikke hvorfor det var så [ensomt].
S | Jeg snakket ikke med noen, [ensom] som jeg var.
S | Uten bil blir man [ensom].
S | Jeg sa ikke noe om [mobbingen].
S | Vi visste ikke om [rasismen] før vi kom.
S | Nei, altså, [jobben] var viktigst.
S | De trodde ikke på meg da jeg fortalte om [mobbingen].
S | Jeg vil aldri tilbake til den [ensomheten].
S | Det er ikke alle som forstår [ensomhet].
S | Ingen gjorde noe med [mobbingen].
S | Det var ikke så rart, jeg var jo [ensom].
S | Vi hadde ikke familie, vi var [alene].
S | Jeg glemmer aldri den [ensomheten].
S | Legen kom ikke, og jeg var [syk].
S | Eg klarte ikkje [mørketida].
S | Det er ikkje lett når ein er [einsam].
S | Ikke en dag gikk uten at jeg var [redd].
S | Jeg skulle ikke ha flyttet dit, det var [ensomt].
S | Han hørte ikke på meg når jeg sa at jeg var [redd].
"""

HARD_DENIALS = """
D | [Kulda] er vi vant til, den var ikke grunnen.
D | Hun er ikke en som savner [familien].
D | Det var ikke det at vi ikke fikk [lege].
"""

# None of these gives a reason to move or stay.
OTHER_SENSES_BOKMAL = """
De frivillige har gjort et godt stykke arbeid med den hagen.
Jeg må jobbe litt med meg selv før jeg blir så tålmodig.
Han startet et aksjeselskap som selger vinduer.
Vi pleier å legge oss tidlig på hverdager.
Etterpå gikk jeg og la meg.
Butikken ligger ved skolevegen, rett etter broen.
Hun var alene om ansvaret for regnskapet i borettslaget.
Du er ikke alene om det, jeg mister også nøkler hele tiden.
Ene og alene hans skyld var det ikke.
Bare det alene gjorde at kaken ble tørr.
Tiden leger alle sår, sa bestemora mi.
Det skulle bare mangle at du får kaffe.
Det lønner seg å handle på torsdager.
Da måtte jeg studere kartet nøye for å finne fram.
Hun stilte spørsmål om oppskriften.
Kan du stille klokka tilbake en time?
Bussen sto stille i krysset.
Det var tungt brød, men godt.
Jeg bærer den tunge sekken, du tar posen.
Kaldt vann i glasset, takk.
Vi så på kartet, og den er ikke lang vei å gå til kiosken.
Som kjent er det fastelavn på søndag.
Hun er kjent for bollene sine.
Jeg kjente igjen stemmen på radioen.
Han er lei av fotball på tv.
Barna leide hverandre i hånda over gata.
Jeg bød på te og dadler.
Det byr på noen utfordringer å lage den deigen.
Du må venne deg til den kaffen, den er sterk.
Jeg vant meg fort til brunosten.
Brorparten av kaken spiste jeg selv.
Skjorta var på tilbud på mandag.
Møtet finner sted i kantina.
I stedet for sukker bruker vi honning.
Jeg er helt trygg på den oppskriften.
Han holdt kursen hele veien over fjorden.
Det er langt fra alle som liker lutefisk.
Kan du hilse henne fra meg?
Hun hadde en tung bag på skulderen.
Mørk sjokolade er best til kaffe.
Det trådløse nettverket falt ut akkurat da.
Hjemmesiden deres er vanskelig å finne.
De tapte på hjemmebane igjen.
Jeg tror på nissen, jeg.
Tro det eller ei, men han danser salsa.
Hva legger du i ordet bosted?
Jeg tolket det som en spøk.
Det står på trappa, den ringen ja.
Vi tok det helt rolig på søndag.
Lærepenge var det, ja.
Han gjorde jobben sin og gikk.
Oppvasken er en jobb jeg ikke liker.
Du har en viktig jobb i kveld, du skal steke fisken.
Det ble mye arbeid med bålet.
Skolerte folk snakker sånn.
Jeg har ringer under øynene i dag.
Hun mistet ringen i vasken.
Nei, jeg har ikke sett den filmen heller.
Familien på tv-serien er morsom.
Selskapet som eier bussene, har fått nytt navn.
Vi bodde på hotell den helga.
Naboen klipper plenen om kvelden.
Jeg venter på bussen, den er litt sein.
Telefonen min er ny, den tar fine bilder.
Toget til ferien var fullt.
Barna sov godt på turen.
Det var et fint stykke arbeid, den genseren hun strikket.
Jeg jobber med meg selv for å bli mer punktlig.
Broren hans eier et aksjeselskap som driver med gulv.
Ungene måtte legge seg klokka åtte.
Snøen lå høyt langs hele skoleveien.
Han er alene om å like den suppa.
Til venstre for skolegården står det en gammel eik.
Snekkeren gjorde en god jobb på kjøkkenet vårt.
Sjefen sov på saken og ringte dagen etter om fargen.
Du må ikke låse døra når katten er ute.
Kaffen ble kald mens vi så på kampen.
En tung koffert er verst i trappa.
Det tok litt tid å venne seg til klokka på veggen.
Jeg kjenner igjen den sangen.
Vi fant ikke lappen med handlelista.
Den siste brikken i puslespillet manglet.
Presentasjonen hans var en studie i dårlig stil.
Hunden ble syk av sjokoladen.
Flyselskapet hadde mistet kofferten vår.
Det ligger rett ved siden av blomsterbutikken.
Hun lærte papegøyen å si hei.
Vi spilte ludo med naboen og tapte igjen.
Prisen på tomater er helt vill.
Kan vi ta en pause, jeg må ringe tannlegen og flytte timen.
Jeg flyttet sofaen bort til vinduet.
Han dro i snora til gardinen.
Filmen var så trist at vi gråt begge to.
Batteriet på telefonen er dødt.
Det er fint at du stiller så konkrete spørsmål.
Jeg leste i avisen at det blir sol.
Når bussen svinger, må du holde deg fast.
Bilen min er gammel, men den går.
Mannen i kiosken husker alltid hva jeg kjøper.
Jeg har aldri vært så mett i hele mitt liv.
Toget var forsinket, så vi spiste vafler på stasjonen.
Laget vårt mangler en keeper.
Du store verden, så mye snø!
Det var helt mørkt på kinoen da vi kom inn.
Han har lang vei igjen før han kan spille fiolin.
Det er dyrt med jordbær i år.
Hos frisøren var det stille som i en kirke.
Datteren min tegner hester hele tiden.
Vi leide en film og bestilte pizza.
Læreren vår pleide å synge når hun delte ut prøvene.
Hjemmelaget vant tre null.
Vi kjøpte en bukett til bryllupsdagen.
Rommet var fullt av ballonger.
Folk lo så de gråt.
Det er språket i bruksanvisningen som er rart.
Jeg kom for seint til timen fordi jeg ikke fant skoene.
Det gamle uret er et nydelig stykke arbeid.
Trening er å jobbe med seg selv, sier instruktøren.
Aksjeselskapet gikk konkurs i fjor, sto det i avisa.
Nå må jeg snart legge meg, klokka er mange.
Skoleveien går forbi bakeriet.
Oppskriften er hun helt alene om.
Den jobben med å male gjerdet får vente.
Vi stiller klokka på søndag.
Kjøttet var kaldt da det kom på bordet.
Boka var så trist at jeg måtte legge den bort.
Mobilen min var død hele dagen.
Han lånte bort sykkelen og angret på det.
Det lønner seg ikke å kjøpe ny sykkel nå.
Hjemmekontoret mitt er på kjøkkenet.
Butikken rett ved stasjonen har gode druer.
Jeg tar det rolig i påsken.
Kurset på kronen er dårlig.
Hun studerte menyen lenge før hun bestilte.
Linje 5 går hvert kvarter.
Vi leide ski på fjellet.
De byr på kake på biblioteket.
Etter kampen var det langt mer folk på torget.
Det mangler salt i suppa.
Jeg tror på deg, sa treneren.
Han fikk mye ros for jobben med scenen.
Har du sett den nye vennesiden deres på nett?
Presten i filmen var veldig morsom.
Den som legger opp strikketøyet, må telle masker.
Alle gode ting er tre, pleier hun å si.
Jeg er så trygg på oppskriften at jeg kan den i søvne.
Kvelden før spilte vi kort til midnatt.
Det var et slitsomt bad i kaldt vann.
Møtet ble flyttet til torsdag.
Vi flyttet bordet ut på verandaen.
Venninnen hennes har en papegøye som synger.
På lørdager steker vi pannekaker.
Han fikk plass til alt i bagasjen.
Legg merke til fargen på taket.
Dette alene er verdt turen.
Ti kroner til sammen, det er billig for en kopp te.
Hvem vant kampen i går?
Rådet jeg fikk om tomatene, var godt.
Familien i historien er oppdiktet.
Slekten Rosaceae er bare noe hagefolk snakker om.
Hun syntes det var en tung bok å bære.
Kan du hilse kusina di fra meg?
Klimaet i rommet blir bedre av å lufte.
Det er et hus i enden av veien med blå dør.
"""

OTHER_SENSES_NYNORSK = """
Dei har gjort eit godt stykke arbeid med dugnaden.
Eg måtte arbeide med meg sjølv for å slutte å røyke.
Han er åleine om å lage slik saft.
Skulevegen svingar forbi stabburet.
Me la oss tidleg etter kampen.
Det skulle berre mangle at de får mat.
Ho stilte opp med vaflar.
Eg vende meg fort til brunosten.
Det er langt frå alle som likar rømmegraut.
Eg kjende att røysta i radioen.
Det løner seg å kome tidleg på loppemarknaden.
Møtet finn stad i kyrkjekjellaren.
Kaldt vatn er best.
Han er kjend for historiene sine.
Me tok det roleg på sundag.
Bror min les ei bok om fuglar.
Kunne du helse henne frå meg?
Ho la seg midt på dagen med ei bok.
Det var eit flott stykke arbeid, den båten.
Eg arbeider med meg sjølv for å bli meir tolmodig.
Me gjekk skulevegen saman og plukka blåbær.
Han er åleine om å kunne den dansen.
Kaffien vart kald, så eg kokte ny.
Eg leigde ein film og sovna.
Rett ved kyrkja ligg den beste kafeen.
Det er langt frå sikkert at det blir regn.
Ho mista nøklane i grusen.
Telefonen min er full av bilete.
Læraren song for oss på siste dagen.
Me la puslespel heile helga.
Bussen stod still i køen.
Han gjorde ein god jobb med taket.
Eg må arbeide med meg sjølv før neste konkurranse.
Dei la seg seint på laurdag.
Saften var kald og god.
Skulevegen er merkt med gule skilt.
Filmen var så trist at ho gret.
Ho er åleine om å ha sett elgen.
Batteriet var daudt.
Det løner seg å vente.
Me tek det roleg til helga.
Han er kjend for lefsene sine.
Det er langt frå alle som kan stå på skøyter.
Me leigde kano og fiska.
Møtet fann stad på låven.
Ho hadde ein tung sekk på ryggen.
Bordet vart flytta til andre sida.
"""


def lines(block: str) -> list[str]:
    """Give the sentences of a block."""
    return block.strip().splitlines()

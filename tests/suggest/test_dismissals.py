"""Reasons set aside by what is said of them: afterwards, as what mattered nothing, or as what others only think."""

from __future__ import annotations

import re

import pytest

from koding.suggest.language.tokens import words
from koding.suggest.meaning.dismissal import dismissals, dismisses, points_back

DISMISSED = """
[Huset] var stort og fint, så det var ikke grunnen.
[Leiligheten] var fin den, så det var ikke den det kom an på.
Vi hadde [arbeid] begge to, så det låg ikkje der.
At noen flytter på grunn av [tolken], det har jeg aldri hørt.
Å bo blant [landsmenn], det er ikke noe som trekker meg.
[Pengene] betydde ingenting.
[Husleia] spilte ingen rolle for oss.
For oss hadde [jobben] ingenting å si.
[Bustaden] hadde ikkje noko å seie.
[Jobb] hadde ingenting med saken å gjøre.
Det betydde lite at vi hadde [slekt] der.
At det ikke var noen [moské] der, betydde ingenting for oss.
[Utdanning] har aldri vært noe argument.
[Jobben] var ikke det som avgjorde.
[Mørketida] har æ aldri brydd mæ om.
[Kulda] brydde jeg meg aldri om.
Alle tror jeg flyttet for en [mann], men det gjorde jeg ikke.
Folk trur det var [jobben], men det stemmer ikkje.
[Reglene] har aldri hindret meg i noe, så nei.
[Leiligheten] kunne jeg ikke klage på.
[Huset] var det ikke noe å si på, det var varmt og lyst.
[Leilegheita] feila det ingenting.
[Hybelen] var helt ok.
[Barnehagen] var kjempefin, så det var i alle fall ikke derfor.
[Tolk] fikk vi hver gang, så det var ikke et problem.
[Skolen] til ungene kunne ikke vært bedre.
[Fastlegen] var det ikkje noko gale med.
[Mørketida] merka eg knapt.
[Snøen] plaga oss ikkje.
At det ikke fantes noen [moské], gjorde oss ingenting.
[Moskeen] er meg likegyldig.
[Jobb] var det siste jeg tenkte på.
Det er bare tull at vi var [ensomme].
Det er ikkje rett at vi var [utrygge].
At vi dro på grunn av [oppfølging], kan jeg ikke skrive under på.
Det var ingen [kjæreste] inne i bildet.
Folk trodde at jeg flyttet for en [mann], men jeg var ugift.
[Bussen] gikk titt og ofte, den kan jeg ikke klage på.
Det var ikke sant at folk var [rasister], for det var de ikke.
Du må ikke skrive at folk var [rasister], for det var de ikke.
"""

STANDING = """
Jeg var [ensom], og det var ikke lett.
Vi hadde ingen [venner], det hadde mye å si.
Det var ikke [jobb] der, og det var derfor vi dro.
[Jobben] betydde mye, og jeg hadde ikke noe annet.
De brydde seg ikke om [oss].
Kommunen brydde seg ikke om vi hadde [tolk].
Jeg har [jobb] her, men det er ikke bare det.
Det var [mørkt] hele vinteren, det var ikke bra for meg.
[Jobb] var det ikke mulig å få.
[Jobben] var tung, men bussen kan jeg ikke klage på.
[Leiligheten] er helt grei.
[Leiligheten] var ikke helt grei.
Flyktningtjenesten gjorde ingenting for [oss].
Mange tror det er lett å få [jobb], men vi søkte i to år.
Jeg vil ikke klage, men [husleia] var høy.
"""

SUPPLIED = """
[Venner] hadde jeg nok av.
[Arbeid] mangla det ikkje på.
Det var ikke mangel på [tolk].
"""


def cases(block: str) -> list[str]:
    return [line for line in block.strip().splitlines() if line]


def is_dismissed(sentence: str, *, lack: bool = True) -> bool:
    marked = re.search(r"\[(.*?)\]", sentence)
    assert marked
    text = sentence.replace("[", "").replace("]", "")
    spoken = words(text)
    at = [number for number, word in enumerate(spoken) if marked.start() <= word.start < marked.end() - 1]
    return dismisses(list(dismissals(spoken)), at, lack=lack) >= 0


@pytest.mark.parametrize("sentence", cases(DISMISSED))
def test_what_is_dismissed(sentence: str) -> None:
    assert is_dismissed(sentence)


@pytest.mark.parametrize("sentence", cases(STANDING))
def test_what_stands(sentence: str) -> None:
    assert not is_dismissed(sentence)


@pytest.mark.parametrize("sentence", cases(SUPPLIED))
def test_what_there_was_plenty_of_is_dismissed_only_where_it_may_be_lacking(sentence: str) -> None:
    assert is_dismissed(sentence)
    assert not is_dismissed(sentence, lack=False)


@pytest.mark.parametrize("sentence", ["Så det var ikke derfor.", "Det var ikkje grunnen.", "Men det var ikke det."])
def test_a_sentence_that_points_back(sentence: str) -> None:
    assert points_back(words(sentence)) >= 0


@pytest.mark.parametrize("sentence", ["Det er ikke bare det.", "Det var ikke lett.", "Derfor dro vi.", "Nei."])
def test_a_sentence_that_does_not(sentence: str) -> None:
    assert points_back(words(sentence)) < 0

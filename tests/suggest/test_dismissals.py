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
"""


def cases(block: str) -> list[str]:
    return [line for line in block.strip().splitlines() if line]


def is_dismissed(sentence: str) -> bool:
    marked = re.search(r"\[(.*?)\]", sentence)
    assert marked
    text = sentence.replace("[", "").replace("]", "")
    spoken = words(text)
    at = [number for number, word in enumerate(spoken) if marked.start() <= word.start < marked.end() - 1]
    return dismisses(list(dismissals(spoken)), at) >= 0


@pytest.mark.parametrize("sentence", cases(DISMISSED))
def test_what_is_dismissed(sentence: str) -> None:
    assert is_dismissed(sentence)


@pytest.mark.parametrize("sentence", cases(STANDING))
def test_what_stands(sentence: str) -> None:
    assert not is_dismissed(sentence)


@pytest.mark.parametrize("sentence", ["Så det var ikke derfor.", "Det var ikkje grunnen.", "Men det var ikke det."])
def test_a_sentence_that_points_back(sentence: str) -> None:
    assert points_back(words(sentence)) >= 0


@pytest.mark.parametrize("sentence", ["Det er ikke bare det.", "Det var ikke lett.", "Derfor dro vi.", "Nei."])
def test_a_sentence_that_does_not(sentence: str) -> None:
    assert points_back(words(sentence)) < 0

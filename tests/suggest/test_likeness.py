"""A match counts where the talk around it is like what the codebook says of the code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from koding.material import material_folder
from koding.session.opening import read_codebook_file
from koding.suggest.language.linguistics import Lexicon
from koding.suggest.language.sentences import units
from koding.suggest.meaning.numbered import Forms, Numbered
from koding.suggest.process import parts
from koding.suggest.process.protocol import TurnText
from koding.suggest.rules.changes import changed_needs
from koding.suggest.rules.likeness import LEAST_TERMS, Likeness, said_of
from koding.suggest.rules.places import Heard
from koding.suggest.rules.suggester import RuleSuggester

LEXICON = Lexicon()
SHIPPED = read_codebook_file(material_folder("codebooks") / "flyttegrunner.yaml")
BOOK = replace(
    SHIPPED,
    codes=tuple(
        replace(code, indicators=replace(code.indicators, nb=(*code.indicators.nb, "litt fred")))
        if code.key == "bli.ro"
        else code
        for code in SHIPPED.codes
    ),
)
RULES = RuleSuggester(BOOK, LEXICON)

PEACE = "Jeg ville ha litt fred etter alt det der."
NATURE = (
    "Jeg elsker stillheten og naturen, stedet er rolig og trygt. Fjorden ligger utenfor, og derfor blir jeg boende."
)
CLASS = (
    "Hjemme var jeg lærer i geografi. Klassen hadde førti elever. Kartene hang på veggen. Noen tegnet fly i margen. Rektor"
    " kom alltid for sent. Krittet var hvitt og støvet var grått. Etterpå drakk vi te med sukker."
)


def said(text: str, question: str = "", rules: RuleSuggester = RULES) -> list[tuple[str, str]]:
    """Give (sentence, code) for a turn."""
    found = rules.suggest(TurnText(0, 0, text, "nb", question), units(text))
    return [(text[item.start : item.end], item.code) for item in found]


def test_a_match_counts_where_the_turn_tells_of_the_same_thing() -> None:
    assert (PEACE, "bli.ro") in said(f"{NATURE} {PEACE}")
    assert (PEACE, "bli.ro") not in said(f"{CLASS} {PEACE}")


def test_the_question_counts_as_the_turn_does() -> None:
    question = "Liker du naturen og roen her, er det trygt og stille, og er det derfor du blir boende?"
    assert (PEACE, "bli.ro") in said(f"{CLASS} {PEACE}", question)


def test_a_code_that_the_codebook_says_little_of_is_not_weighed() -> None:
    code = next(code for code in BOOK.codes if code.key == "bli.ro")
    indicators = replace(code.indicators, nb=("litt fred",), nn=(), excepted=())
    bare = replace(code, key="ro", parent=None, label="Ro", indicators=indicators)
    bare = replace(bare, short="", definition="", use="", not_use="", examples=(), counterexamples=())
    assert len(said_of(bare).split()) < LEAST_TERMS
    rules = RuleSuggester(replace(BOOK, codes=(bare,)), LEXICON)
    assert said(f"{CLASS} {PEACE}", rules=rules) == [(PEACE, "ro")]


@pytest.mark.parametrize("family", ["trygghet", "arbeid", "bli"])
def test_a_family_is_weighed_alike_with_the_others_and_without(family: str) -> None:
    alone = RuleSuggester(parts.only_families(BOOK, {family}), LEXICON)
    text = "Mannen min truet meg med vold. Jeg søkte førti jobber og fikk bare avslag. Barna har fått bestevenner her."
    of_family = [item for item in said(text) if item[1].split(".")[0] == family]
    assert said(text, rules=alone) == of_family
    assert of_family


def test_what_the_codebook_says_of_a_code_touches_the_turns_in_which_it_may_match() -> None:
    said = tuple(replace(code, definition="Noe annet.") if code.key == "bli.ro" else code for code in BOOK.codes)
    before, after = (parts.only_families(book, {"bli"}) for book in (BOOK, replace(BOOK, codes=said)))
    assert changed_needs(before, before, LEXICON) == ()
    whole = changed_needs(BOOK, replace(BOOK, codes=()), LEXICON)
    assert 0 < len(changed_needs(before, after, LEXICON)) < len(whole)


def test_turns_together_are_as_like_as_each_by_itself() -> None:
    turns = [
        Heard(TurnText(0, 0, text, language), units(text), {}, None)
        for text in (NATURE, CLASS, PEACE, f"{PEACE} {NATURE} {NATURE} {CLASS}", "Ja.", "Jeg.", "")
        for language in ("nb", "nn", None)
    ]
    codes = [code.key for code in BOOK.codes]
    likeness, forms = Likeness(BOOK, LEXICON), Forms(lambda _form: (0,), 1)
    for asked in codes[:1], codes[5:], codes:
        numbered = Numbered([[unit.words for unit in each.sentences] for each in turns], [], [], forms)
        for around in likeness.hear(turns, dict.fromkeys(range(len(turns)), asked), numbered).values():
            assert around.likes
            for code, like in around.likes.items():
                assert like == pytest.approx(around.turn.like(likeness.bag(code)), abs=1e-12)
        # The next are numbered anew.
        forms.make_room(0)

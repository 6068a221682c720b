"""Rich Text Format: letters in every spelling, and nothing that is not on the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.errors import KodingError
from koding.readers.rtf import read_rtf
from tests.readers.transcript_files import rtf


def text_of(body: str) -> str:
    return read_rtf(rtf(body)).text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"bl\'e5b\'e6r", "blåbær"),
        ("blåbær", "blåbær"),
        (r"\u248?y\u229\'e5", "øyå"),
        (r"{\uc0\u248 y}", "øy"),
        (r"{\uc2\u248 ab y}", "ø y"),
        (r"\u-10179?\u-8638?", "\U0001f642"),
        (r"\u55357?x", "\ufffdx"),
        (r"{\f1 \'b3}", "ł"),
        (r"a\~b\_c\-d\{\}\\", "a\xa0b\u2011c\xadd{}\\"),
        (r"\ldblquote ja\rdblquote\emdash nei", "“ja”—nei"),
        ("a\\\nb\nc", "a\nbc"),
        (r"a\line b\tab c\par d", "a\nb\tc\nd"),
    ],
)
def test_letters_and_signs(body: str, text: str) -> None:
    assert text_of(body) == text


def test_a_table_is_a_line_for_each_row() -> None:
    assert text_of(r"\trowd Int:\cell Og\par s\'e5?\cell\row Amina:\cell Ja.\cell\row ") == (
        "Int:\tOg\nså?\nAmina:\tJa.\n"
    )


def test_what_is_not_on_the_page_is_left_out_and_said() -> None:
    body = (
        r"{\header Intervju 3}{\*\bkmkstart a}Vi {\deleted ble }dro{\*\annotation sjekk} "
        r'{\field{\*\fldinst HYPERLINK "http://a.no"}{\fldrslt nordover}}{\pict\bin3 }}}}'
        r"{\listtext 1.}{\stylesheet x}.\deleted bort\deleted0 \par"
    )
    found = read_rtf(rtf(body))
    assert found.text == "Vi dro nordover.\n"
    assert found.notes == (
        "2 tracked deletions were left out.",
        "1 comment was left out.",
        "1 picture was left out.",
        "Page headers and footers were left out.",
    )


def test_footnotes_and_text_boxes_are_kept() -> None:
    box = r"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt Kart\par}}{\shprslt Kart}}"
    found = read_rtf(rtf(rf"Vi dro{{\footnote I mai\par}} {box}nordover.\par Ja.\par "))
    assert found.text == "Vi dro[1] nordover.\nKart\nJa.\n\n[1] I mai\n"
    assert found.notes == ("1 text box was put after its paragraph.", "1 footnote stands below the text.")


def test_a_file_that_breaks_off_is_read_and_said() -> None:
    found = read_rtf(rtf(r"Vi dro {\b nord")[:-1])
    assert found.text == "Vi dro nord"
    assert found.notes == ("The file breaks off; check that its end is there.",)


def test_another_file_is_refused() -> None:
    with pytest.raises(KodingError, match=r"brev\.rtf is not an RTF file"):
        read_rtf(b"hei", "brev.rtf")


LINE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


@given(st.lists(LINE, min_size=1, max_size=5))
def test_every_code_point_comes_through(lines: list[str]) -> None:
    def units(text: str) -> str:
        raw = text.encode("utf-16-le")
        numbers = [int.from_bytes(raw[at : at + 2], "little", signed=True) for at in range(0, len(raw), 2)]
        return "".join(f"\\u{number}?" for number in numbers)

    assert text_of("\\par ".join(units(line) for line in lines)) == "\n".join(lines)


@given(st.text(st.sampled_from("{}\\*'u-09afpard footnote\nshptxt;"), max_size=200))
def test_any_run_of_control_words_ends(body: str) -> None:
    assert read_rtf(b"{\\rtf1" + body.encode()).text is not None

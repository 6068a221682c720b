"""OpenDocument texts: what stands on the page is what the source holds."""

from __future__ import annotations

import pytest

from koding.errors import KodingError
from koding.readers.odt import read_odt
from tests.readers.transcript_files import ODT_TYPE, odt, zipped


def text_of(body: str) -> str:
    return read_odt(odt(body)).text


def test_white_space_is_what_the_writer_typed() -> None:
    body = (
        '<text:p>  Amina:\n  Det  var<text:s text:c="3"/>stille<text:tab/>der<text:line-break/>'
        "ja <text:span> mhm</text:span></text:p>\n  <text:h>Del 2</text:h><text:p/>"
    )
    assert text_of(body) == "Amina: Det var   stille\tder\nja mhm\nDel 2\n\n"


def test_a_table_is_a_line_for_each_row() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    row = f"<table:table-row>{cell}{cell}</table:table-row>"
    body = f"<table:table>{row.format('Int:', 'Og så?')}{row.format('Amina:', 'Så dro vi.')}</table:table>"
    assert text_of(body) == "Int:\tOg så?\nAmina:\tSå dro vi.\n"


def test_footnotes_boxes_comments_and_deletions() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>borte</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:p>Vi dro<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>I mai</text:p>"
        "</text:note-body></text:note> nordover<office:annotation><text:p>sjekk</text:p></office:annotation>"
        "<draw:frame><draw:text-box><text:p>Kart</text:p></draw:text-box></draw:frame>.<draw:image/></text:p>"
    )
    found = read_odt(odt(body))
    assert found.text == "Vi dro[1] nordover.\nKart\n\n[1] I mai\n"
    assert found.notes == (
        "1 text box was put after its paragraph.",
        "1 footnote stands below the text.",
        "1 tracked deletion was left out.",
        "1 comment was left out.",
        "1 picture was left out.",
    )


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (odt("<text:p>a</text:p>")[:-30], "whole"),
        (zipped({"mimetype": ODT_TYPE, "content.xml": "<a"}), "whole"),
        (zipped({"mimetype": ODT_TYPE}), "whole"),
        (odt("<text:p>&a;</text:p>", '<!DOCTYPE a [<!ENTITY a "aaaa">]>'), "document type"),
        (odt(f"<text:p>{' ' * 4_000_000}</text:p>"), "unpacks"),
        (odt("<text:span>" * 3000 + "</text:span>" * 3000), "whole"),
    ],
)
def test_a_broken_or_hostile_file_is_one_clear_line(data: bytes, told: str) -> None:
    with pytest.raises(KodingError, match=told) as caught:
        read_odt(data, "int05.odt")
    assert "int05.odt" in caught.value.message
    assert "\n" not in str(caught.value)


def test_a_run_of_spaces_cannot_grow_without_end() -> None:
    assert len(text_of('<text:p>a<text:s text:c="999999999"/>b</text:p>')) < 1000

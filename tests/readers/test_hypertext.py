"""HTML and oTranscribe: the text as the page shows it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.errors import KodingError
from koding.readers.hypertext import Hypertext, read_html
from koding.readers.otranscribe import read_otr
from koding.readers.turns import recognise
from tests.readers.transcript_files import HTML, OTR


def shown(source: str) -> str:
    walker = Hypertext()
    walker.feed(source)
    return walker.text()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>a</p><p>b</p>", "a\n\nb\n"),
        ("<div>a</div><div>b<br>c</div>", "a\nb\nc\n"),
        ("a\n  b <b> c</b>d <i>e</i> f", "a b cd e f\n"),
        ("<pre>a\n  b</pre>c", "a\n  b\n\nc\n"),
        ("<ul><li>a<li>b</ul>", "a\nb\n"),
        ("&aring;&#248;&lt;ler&gt;&amp;nbsp;&nbsp;x", "åø<ler>&nbsp; x\n"),
        ("a<!-- b > c -->d<script>if (a < b) {'</p>'}</script>e", "ade\n"),
        ("2 < 3 og <3 <!", "2 < 3 og <3 <!\n"),
        ("a <b", "a <b\n"),
        ("<head><title>x</title><body>a", "a\n"),
        ("<table><tr><td></td><td><p>b</p></td></tr><tr><td>c<td>d</table>e", "\tb\nc\td\n\ne\n"),
    ],
)
def test_layout_becomes_lines(source: str, text: str) -> None:
    assert shown(source) == text


def test_a_page_as_a_browser_saves_it() -> None:
    found = read_html(HTML.encode())
    assert found.text == "Intervju 3\n\nInt: Hvorfor dro du?\n\nAmina: Det var stille.\nIngen hilste <her>.\n"
    assert [turn.speaker for turn in recognise(found.text).turns] == ["Int", "Amina"]


def test_the_page_may_say_its_encoding() -> None:
    page = '<html><meta charset="iso-8859-1"><p>blåbær</p><img src="a.png">'
    found = read_html(page.encode("latin-1"))
    assert (found.text, found.notes) == ("blåbær\n", ("1 picture was left out.",))
    assert "Windows-1252" in read_html(page.replace("iso-8859-1", "x").encode("latin-1")).notes[0]


def test_a_document_type_with_declarations_is_refused() -> None:
    with pytest.raises(KodingError, match=r"side\.html holds a document type"):
        read_html(b'<!DOCTYPE html [<!ENTITY a "aaa">]><p>&a;</p>', "side.html")


@given(st.text(st.sampled_from("<>/!-&;abp \n\"'=#tdr"), max_size=200))
def test_any_text_is_read_to_its_end(source: str) -> None:
    assert shown(f"{source}<!---->") is not None


@pytest.mark.parametrize("part", ["<", "<!", "<!--", "<a ", "</", "<script>", "<td>", "&", "<p", '<a "'])
def test_a_page_of_broken_tags_takes_no_longer_than_its_length(part: str) -> None:
    assert shown(part * 30_000) is not None


def test_otranscribe_gives_turns_their_times() -> None:
    found = read_otr(json.loads(OTR))
    assert found.text == "00:01 Int: Hvorfor dro du?\n\n00:05 Amina: Det var stille på øya.\n"
    assert found.turns is None
    assert [(turn.time, turn.speaker) for turn in recognise(found.text).turns] == [(1000, "Int"), (5000, "Amina")]


def test_otranscribe_without_names_is_cut_at_its_times() -> None:
    stamp = '<span class="timestamp">{}</span>'
    page = (
        f"<p>om støy klokka 12:30</p><p>{stamp.format('0:05')} vi dro<br>hjem</p><p>{stamp.format('1:02:03')}ja da</p>"
    )
    found = read_otr({"text": page.replace("</span>j", "</span> j"), "media": ""})
    assert [(turn.time, found.text[turn.start : turn.end]) for turn in found.turns or ()] == [
        (None, "om støy klokka 12:30"),
        (5000, "vi dro\nhjem"),
        (3_723_000, "ja da"),
    ]

"""Markdown: stored as written; what is not speech is known."""

from __future__ import annotations

from koding.readers.markdown import front_matter_end, heading_at, is_divider, read_markdown
from koding.readers.turns import recognise

TRANSCRIPT = """---
tittel: Intervju 4
dato: 2024-03-12
---

# Intervju 4

**Int:** Hvordan var det første året?

**Amina:** Stille. *Veldig* stille.

Jeg satt med teen.

## Om skolen

**Int:** Og barna?

**Amina [00:03:10]:** De fikk det **fint**.
"""


def test_the_text_is_stored_as_it_is_written() -> None:
    assert read_markdown(TRANSCRIPT.encode()).text == TRANSCRIPT


def test_front_matter_and_headings_are_no_speech() -> None:
    found = recognise(TRANSCRIPT)
    said = [(turn.speaker, TRANSCRIPT[turn.start : turn.end]) for turn in found.turns]
    assert said == [
        ("Int", "Hvordan var det første året?"),
        ("Amina", "Stille. *Veldig* stille.\n\nJeg satt med teen."),
        ("Int", "Og barna?"),
        ("Amina", "De fikk det **fint**."),
    ]
    assert found.turns[3].time == 190_000
    assert TRANSCRIPT[found.header_end :].startswith("**Int:** Hvordan")


def test_a_speaker_goes_on_after_a_heading() -> None:
    text = "**Int:** Ja?\n\n**Amina:** Først kom vi.\n\n## Arbeid\n\nSå fikk jeg jobb.\n\n**Int:** Hvor?\n"
    said = [(turn.speaker, text[turn.start : turn.end]) for turn in recognise(text).turns]
    assert said == [("Int", "Ja?"), ("Amina", "Først kom vi."), ("Amina", "Så fikk jeg jobb."), ("Int", "Hvor?")]


def test_front_matter_must_be_closed_and_at_the_top() -> None:
    assert front_matter_end("---\na: b\n---\nTekst") == len("---\na: b\n---\n")
    assert front_matter_end("---\na: b\n...\n") == len("---\na: b\n...\n")
    assert front_matter_end("---\nbare en strek\n") == 0
    assert front_matter_end("\n---\na: b\n---\n") == 0


def test_headings_and_rules() -> None:
    assert heading_at("## Om skolen ##\n", 0) == "Om skolen"
    assert heading_at("#emneknagg", 0) is None
    assert is_divider("---\n", 0)
    assert not is_divider("- Ja\n", 0)

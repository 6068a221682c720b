"""Turns: every mark that transcripts use, and the colons of speech that are none."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from koding.model.transcript import Turn
from koding.readers.turns import Recognition, recognise

CORPORA = Path(__file__).parents[2] / "corpora"
TRANSCRIPTS = sorted(path for path in CORPORA.glob("*/*.txt"))


def said(text: str, found: Recognition | None = None) -> list[tuple[str, str]]:
    """Give (speaker, speech) of every turn."""
    return [(turn.speaker, text[turn.start : turn.end]) for turn in (found or recognise(text)).turns]


@pytest.mark.parametrize(
    ("mark", "speaker", "time"),
    [
        ("I: ", "I", None),
        ("I:", "I", None),
        ("Int: ", "Int", None),
        ("Intervjuer: ", "Intervjuer", None),
        ("INTERVJUER:\t", "INTERVJUER", None),
        ("Informant 3: ", "Informant 3", None),
        ("R1: ", "R1", None),
        ("Amina: ", "Amina", None),
        ("Tolk: ", "Tolk", None),
        ("Tolk (Ahmed): ", "Tolk (Ahmed)", None),
        ("Marit (flyktningtjenesten): ", "Marit (flyktningtjenesten)", None),
        ("NAV-veileder: ", "NAV-veileder", None),
        ("Jean-Pierre: ", "Jean-Pierre", None),
        ("Ansatt i kommunen: ", "Ansatt i kommunen", None),
        ("[00:12:31] NAV-veileder: ", "NAV-veileder", 751_000),
        ("(00:12:31) Amina: ", "Amina", 751_000),
        ("00:12 Amina: ", "Amina", 12_000),
        ("1:00:12 - Amina: ", "Amina", 3_612_000),
        ("[00:12 - 00:15] Amina: ", "Amina", 12_000),
        ("#00:00:12-5# Amina: ", "Amina", 12_000),
        ("Amina [00:12]: ", "Amina", 12_000),
        ("Amina (00:12): ", "Amina", 12_000),
        ("Amina: [00:12] ", "Amina", 12_000),
        ("**Amina:** ", "Amina", None),
        ("**Amina**: ", "Amina", None),
        ("*Amina:* ", "Amina", None),
        ("**[00:12] Amina:** ", "Amina", 12_000),
        ("[00:12] **Amina:** ", "Amina", 12_000),
        ("Amina:\n", "Amina", None),
        ("Amina:\n\n", "Amina", None),
        ("Amina Hassan 00:12\n", "Amina Hassan", 12_000),
        ("Taler 1 (00:00:12)\n", "Taler 1", 12_000),
        ("00:00:12 Taler 1\n", "Taler 1", 12_000),
        ("Amina Hassan\n0:12\n", "Amina Hassan", 12_000),
        ("[00:12]\nAmina: ", "Amina", 12_000),
        ("Amina [på engelsk]: ", "Amina", None),
        ("Amina [på engelsk] [00:12]: ", "Amina", 12_000),
        ("[00:12] Amina [ler]: ", "Amina", 12_000),
        ("**Amina [ler]:** ", "Amina", None),
        ("**Amina** [ler]: ", "Amina", None),
        ("Amina (gråter): ", "Amina", None),
        ("Amina (på engelsk, med lav stemme): ", "Amina", None),
        ("Amina (hviskende) [00:12]: ", "Amina", 12_000),
        ("Ahmed (via tolk): ", "Ahmed", None),
        ("<v Amina>", "Amina", None),
        ("<v.loud Amina Hassan>", "Amina Hassan", None),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_every_mark_begins_a_turn(mark: str, speaker: str, time: int | None, between: str) -> None:
    first, other, last = "Det var kaldt der.", "[ler] Ja, det var det.", "Så vi dro til slutt."
    text = f"{mark}{first}{between}Int2: {other}{between}{mark}{last}\n"
    found = recognise(text)
    assert said(text, found) == [(speaker, first), ("Int2", other), (speaker, last)]
    assert [turn.time for turn in found.turns] == [time, None, time]
    assert [turn.mark for turn in found.turns] == [0, text.index("Int2"), text.rindex(mark)]
    assert not found.author_text


HEADER = "Konstruert: Ja. Oppdiktet intervju.\nDato: 12.03.2024\nTil stede: Samira, intervjuer\nOpptak: 41 min\n"


@pytest.mark.parametrize("gap", ["\n", ""])
def test_header_lines_are_no_turns(gap: str) -> None:
    text = f"{HEADER}{gap}I: Hvor bodde du?\nSamira: I Nordlia.\n"
    found = recognise(text)
    assert said(text, found) == [("I", "Hvor bodde du?"), ("Samira", "I Nordlia.")]
    assert found.header_end == text.index("I: Hvor")


def test_a_header_line_may_tell_who_the_interviewer_is() -> None:
    text = (
        "Dato: 12.03.2024\nIntervjuer: Kari Hansen\nInformant: Samira, 27 år\nBotid: 4 år\n\n"
        "Intervjuer: Kan du fortelle?\n\nInformant: Ja.\n"
    )
    assert said(text) == [("Intervjuer", "Kan du fortelle?"), ("Informant", "Ja.")]


def test_a_header_line_may_go_on_below() -> None:
    text = "Til stede: møteleder, Aye,\n  Ram og Shirin\nSted: Havneby\n\nMøteleder: Velkommen.\n\nAye: Takk.\n"
    assert said(text) == [("Møteleder", "Velkommen."), ("Aye", "Takk.")]


def test_hard_wrapped_lines_continue_the_turn() -> None:
    text = (
        "I: Hva gjorde du da dere kom til Steinli den\nvinteren?\n"
        "Amina: Da gikk jeg på kurs, og etter kurset\nhjem. Klokka 12:30 kom bussen, og jeg tenkte:\n"
        "ingen her vet hva jeg heter.\nI: Mhm.\nAmina: Ja.\n"
    )
    assert [speaker for speaker, _speech in said(text)] == ["I", "Amina", "I", "Amina"]
    assert said(text)[1][1].endswith("ingen her vet hva jeg heter.")


@pytest.mark.parametrize(
    "line",
    [
        "Han sa: kom hit",
        "Mamma sa: ikke dra",
        "klokka 12:30 gikk bussen",
        "12:30 gikk bussen",
        "Altså: det var ikke jobben",
        "NB: dette var før jeg kom",
        "Nei: aldri",
        "For eksempel: butikken",
        "https://www.steinli.no: der sto det",
        "Se: https://www.steinli.no",
        "Problemet: ingen buss",
        "(pause)",
        "[ler]",
        "[Intervjuer: mhm]",
        "Dato: den husker jeg ikke",
        "Det de sa på kontoret den dagen var dette: vent",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_colons_and_brackets_of_speech_are_no_marks(line: str, gap: str) -> None:
    speech = f"Vi ventet lenge der.{gap}{line}{gap}og så ble det vår."
    text = f"I: Og så?\n\nAmina: {speech}\n\nI: Ja.\n\nAmina: Ja, sånn var det.\n"
    assert said(text)[1] == ("Amina", speech)


def test_a_clause_that_comes_back_is_still_no_speaker() -> None:
    text = "I: Ja?\nAmina: Først.\nHan sa: kom\nHan sa: gå\nHan sa: vent\nI: Hm.\nAmina: Ja.\n"
    assert {speaker for speaker, _speech in said(text)} == {"I", "Amina"}


def test_one_word_from_somebody_in_a_meeting_is_a_turn() -> None:
    turns = "\n\n".join(f"{name}: Ja, nummer {number}." for number in range(6) for name in ("Møteleder", "Aye"))
    text = f"{turns}\n\nRådmannen: Velkommen skal dere være.\n"
    assert said(text)[-1] == ("Rådmannen", "Velkommen skal dere være.")


def test_one_word_from_somebody_the_header_names_is_a_turn_among_paragraphs() -> None:
    long = "Ja.\n\nDet var en lang historie.\n\nOg den sluttet ikke."
    turns = "\n\n".join(f"I: Og så?\n\nAmina: {long}" for _ in range(4))
    text = f"Til stede: Amina, Siamak, intervjuer\n\n{turns}\n\nSiamak: Kaffe?\n\nI: Takk.\n"
    assert said(text)[-2] == ("Siamak", "Kaffe?")
    without = text.replace("Amina, Siamak, intervjuer", "to personer")
    assert ("Siamak", "Kaffe?") not in said(without)


def test_labels_of_the_informants_file_are_taken_as_they_are() -> None:
    text = (
        "Kommunen vår er liten.\nDet sa mange.\n17: Og kald.\nmer om dette\nhan på hjørnet: Kom inn.\nTakk for det.\n"
    )
    assert recognise(text).author_text
    found = recognise(text, frozenset({"17", "Han på hjørnet", "*", ""}))
    assert [turn.speaker for turn in found.turns] == ["17", "han på hjørnet"]


def test_two_lines_are_enough_for_a_conversation() -> None:
    assert said("I: Hvorfor?\nAmina: Jeg var ensom.\n") == [("I", "Hvorfor?"), ("Amina", "Jeg var ensom.")]
    assert said("Amina: Jeg var ensom.\nYonas: Ikke jeg.\n") == [("Amina", "Jeg var ensom."), ("Yonas", "Ikke jeg.")]


def test_an_interviewer_does_not_talk_alone() -> None:
    text = "Intervjuer: Hvorfor dro du?\n\nAmina: For skolen.\n\nOg for broren min.\n\nDet var alt.\n"
    assert said(text)[1] == ("Amina", "For skolen.\n\nOg for broren min.\n\nDet var alt.")


def test_names_alone_tell_a_conversation() -> None:
    text = "Mona: Vi ble.\nKarim: Ja.\nMona: For barna.\nfortsatt barna\nKarim: Mest for dem.\n"
    assert [speaker for speaker, _speech in said(text)] == ["Mona", "Karim", "Mona", "Karim"]


def test_lower_case_speech_without_punctuation() -> None:
    text = "int: og så\namina: så dro vi\nint: hvorfor\namina: ingen buss\nint: nei\namina: nei\n"
    assert [speaker for speaker, _speech in said(text)] == ["int", "amina"] * 3


def test_a_table_of_speakers_and_speech() -> None:
    text = "Intervjuer\tHvorfor dro dere?\nAmina\tFor skolen.\nIntervjuer\tHvilken?\nAmina\tVideregående.\n"
    assert [speaker for speaker, _speech in said(text)] == ["Intervjuer", "Amina"] * 2


def test_subtitles_with_voices() -> None:
    text = (
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.500\n<v Int>Hvorfor dro du?</v>\n\n"
        "2\n00:00:04.000 --> 00:00:06.000\n<v Amina>For jobben.</v>\n\n"
        "3\n00:00:06.000 --> 00:00:08.000\nOg for broren min.\n"
    )
    found = recognise(text)
    assert said(text, found) == [("Int", "Hvorfor dro du?"), ("Amina", "For jobben."), ("Amina", "Og for broren min.")]
    assert [turn.time for turn in found.turns] == [1000, 4000, 6000]


def test_a_text_without_speakers_is_one_turn_of_its_author() -> None:
    text = "Konstruert: Ja.\nTittel: Takk\n\nKjære alle sammen.\n\nOslo: en by.\n\nVi trenger dere: naboer, lærere.\n\n"
    found = recognise(text)
    assert found.author_text
    start = text.index("Kjære")
    assert found.turns == (Turn(start, start, len(text.rstrip()), ""),)
    assert found.header_end == start


def test_a_list_in_an_essay_is_no_conversation() -> None:
    paragraph = "Bygdene mister folk hvert år, og hvert år spør noen hvorfor. " * 30
    items = "\n\n".join(f"{word}: {paragraph}\n\n{paragraph}" for word in ("Skole", "Arbeid", "Skole", "Arbeid"))
    assert recognise(f"{paragraph}\n\n{items}\n").author_text


@pytest.mark.parametrize("text", ["", "\n \n", "Konstruert: Ja.\nDato: 1.1.2024\n"])
def test_a_text_without_a_body_has_no_turns(text: str) -> None:
    assert recognise(text).turns == ()


def test_a_mark_without_speech_is_an_empty_turn() -> None:
    text = "I: Ja?\nAmina:\nI: Er du der?\nAmina: Ja.\n"
    turn = recognise(text).turns[1]
    assert turn.speaker == "Amina"
    assert turn.start == turn.end == text.index("Amina:") + len("Amina:")


MARK = re.compile(r"(?:\[[\d:]+\] )?(?P<label>[^\W\d][^:\n]{0,40}?): ")


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_corpora_are_read_as_their_informants_files_say(path: Path) -> None:
    """The transcripts begin every turn on a line of its own, with a label that the file names: count those lines."""
    named: set[str] = set()
    for table in path.parent.glob("informants*.csv"):
        with table.open(encoding="utf-8", newline="") as stream:
            named |= {row["speaker"] for row in csv.DictReader(stream) if row["source"] in {path.stem, "*"}}
    text = path.read_text(encoding="utf-8")
    body = text.partition("\n\n")[2]
    expected = Counter(
        found["label"] for line in body.split("\n") if (found := MARK.match(line)) and found["label"] in named
    )
    assert Counter(turn.speaker for turn in recognise(text).turns if turn.speaker) == expected


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["I: ", "Amina: ", "[00:12] Amina:", "**Tolk:** ja", "<v Ram>hei</v>", "", "  ", "# Del", "---", "00:12",
             "Amina", "Amina 0:12", "1", "00:01.000 --> 00:02.000", "Dato: i dag", "I\thei", "\u2028", "ord: ord"]
        ),
        st.text(max_size=30),
    ),
    max_size=30,
).map("\n".join)  # fmt: skip


@given(LINES, st.frozensets(st.sampled_from(["Amina", "1", "ord", "*", ""])))
@example("Amina\n00:12\nAmina: hei\nI: ja", frozenset())
@example("1\n00:01.000 --> 00:02.000\n00:12\nAmina: x", frozenset({"Amina", "1"}))
def test_turns_stand_in_order_within_the_text_and_begin_on_lines(text: str, known: frozenset[str]) -> None:
    found = recognise(text, known)
    end = 0
    for turn in found.turns:
        assert end <= turn.mark <= turn.start <= turn.end <= len(text)
        assert turn.mark >= found.header_end
        assert found.author_text or turn.mark == 0 or text[turn.mark - 1] == "\n"
        assert text[turn.start : turn.end] == text[turn.start : turn.end].strip()
        end = turn.end
    assert found.author_text == all(turn.speaker == "" for turn in found.turns)


NAMES = st.sampled_from(["I", "Amina", "Tolk", "NAV-veileder", "Informant 2"])
SPEECHES = st.sampled_from(["Ja.", "[ler] Nei", "Vi bodde der i to år, og så\ndro vi.", "(...) mhm", "Hva da?"])


@given(st.lists(st.tuples(NAMES, SPEECHES), min_size=2, max_size=20), st.sampled_from(["\n", "\n\n"]))
@example([("Amina", "Ja."), ("Amina", "Hva da?")], "\n")
def test_what_was_written_as_turns_is_read_as_turns(turns: list[tuple[str, str]], gap: str) -> None:
    text = "Dato: i dag\n\n" + gap.join(f"{name}: {speech}" for name, speech in turns) + "\n"
    assert said(text, recognise(text, {name for name, _speech in turns})) == turns


def test_a_note_on_manner_is_no_part_of_the_label() -> None:
    text = (
        "I: Hvordan var det?\nAmina: Bra.\nAmina [på engelsk]: Fine.\nI (ler): Ja?\nAmina (gråter): Jeg savnet mor.\n"
        "Amina, ivrig: Så kom bussen!\nAmina, med lav stemme: Den siste.\n"
    )
    assert said(text) == [
        ("I", "Hvordan var det?"),
        ("Amina", "Bra."),
        ("Amina", "Fine."),
        ("I", "Ja?"),
        ("Amina", "Jeg savnet mor."),
        ("Amina", "Så kom bussen!"),
        ("Amina", "Den siste."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Amina, hør her: det sa han.",
        "Amina, du sa det: kom hit.",
        "Amina, naboen: hun som bodde der.",
        "Kaffe, te: alt hadde de.",
        "Bussen, stille: ingen på den.",
        "og da ropte hun [ler]: kom hit.",
        "Han sa (på engelsk): come here.",
    ],
)
def test_speech_with_commas_brackets_and_colons_is_no_mark(line: str) -> None:
    text = f"I: Hva skjedde?\nAmina: Vi satt der.\n{line}\nI: Ja?\nAmina: Ja.\n"
    assert said(text)[1] == ("Amina", f"Vi satt der.\n{line}")


def test_a_title_in_brackets_stays_unless_the_informants_file_names_the_label_without() -> None:
    text = "I: Hei?\nMarit (flyktningtjenesten): Vi visste det.\nI: Ja?\nMarit (flyktningtjenesten): Alle.\nMarit (ler): Ja.\n"
    titled = [speaker for speaker, _speech in said(text)]
    assert titled == ["I", "Marit (flyktningtjenesten)", "I", "Marit (flyktningtjenesten)", "Marit"]
    named = recognise(text, {"Marit"})
    assert [speaker for speaker, _speech in said(text, named)] == ["I", "Marit", "I", "Marit", "Marit"]
    both = recognise(text, {"Marit", "Marit (flyktningtjenesten)"})
    assert [speaker for speaker, _speech in said(text, both)] == titled


def test_the_first_turn_with_a_note_is_no_header_line() -> None:
    text = "Dato: 12.03.2024\nAmina [på engelsk]: Hello.\nI: Hei.\nAmina: Ja.\n"
    assert said(text) == [("Amina", "Hello."), ("I", "Hei."), ("Amina", "Ja.")]

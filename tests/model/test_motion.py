"""Moving by word, sentence and turn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koding.model import motion
from koding.model.transcript import Transcript, Turn


def sentences(text):
    found, position = [], 0
    while position < len(text):
        start, end = motion.sentence_at(text, 0, len(text), position)
        found.append(text[start:end])
        position = motion.next_sentence(text, 0, len(text), position)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jeg dro. Hun ble.", ["Jeg dro.", "Hun ble."]),
        ("Hva da? Ingenting!", ["Hva da?", "Ingenting!"]),
        ("Vi fikk f.eks. Oslo. Ikke mer.", ["Vi fikk f.eks. Oslo.", "Ikke mer."]),
        ("Jeg ... eh, vet ikke. Nei.", ["Jeg ... eh, vet ikke.", "Nei."]),
        ("Telefonen ringte aldri. [ler] Jeg satt der.", ["Telefonen ringte aldri. [ler]", "Jeg satt der."]),
        ("Hun sa «kom hjem.» Så dro jeg.", ["Hun sa «kom hjem.»", "Så dro jeg."]),
        ("Kl. 8 om morgenen. Da.", ["Kl. 8 om morgenen.", "Da."]),
        ("Første avsnitt\n\nandre avsnitt", ["Første avsnitt", "andre avsnitt"]),
    ],
)
def test_a_sentence_ends_where_a_reader_hears_it(text, expected):
    assert sentences(text) == expected


def test_speech_without_full_stops_is_cut_at_its_pauses():
    text = "og så gikk vi ned til sentrum (...) " * 20
    assert max(map(len, sentences(text))) < 60


def test_words_on_and_back():
    text = "Jeg, altså flytt- nei, bodde."
    stops = [0]
    while stops[-1] < len(text):
        stops.append(motion.next_word(text, stops[-1]))
    assert [text[stop : stop + 3] for stop in stops] == ["Jeg", "alt", "fly", "nei", "bod", ""]
    back = len(text)
    for stop in reversed(stops[:-1]):
        back = motion.previous_word(text, back)
        assert back == stop


def test_the_word_under_the_cursor():
    assert motion.word_at("Ja, NAV-veileder sa", 7) == (4, 16)
    assert motion.word_at("Ja, nei", 2) == (2, 3)


def two_turns():
    text = "Int: Hva da?\n\nAmina: Nei. Ikke det.\n"
    return Transcript("g", "n", text, (Turn(0, 5, 12, "Int"), Turn(14, 21, 35, "Amina")), {})


def test_turns_on_and_back():
    transcript = two_turns()
    assert motion.next_turn(transcript, 6) == 21
    assert motion.next_turn(transcript, 22) == 35
    assert motion.previous_turn(transcript, 25) == 21
    assert motion.previous_turn(transcript, 21) == 5


def test_a_span_never_begins_or_ends_in_a_mark_or_in_space():
    transcript = two_turns()
    assert motion.within_speech(transcript, 5, 21) == (5, 12)
    assert motion.within_speech(transcript, 14, 25) == (21, 25)
    start, end = motion.within_speech(transcript, 12, 14)
    assert start == end


texts = st.text(alphabet="aB øÅ.?!…()[]«»,-\n1", max_size=300)


@given(texts, st.data())
def test_the_sentence_around_a_place_lies_in_the_turn_and_holds_no_edge_space(text, data):
    low = data.draw(st.integers(0, len(text)))
    high = data.draw(st.integers(low, len(text)))
    position = data.draw(st.integers(low, high))
    start, end = motion.sentence_at(text, low, high, position)
    assert low <= start <= high
    assert end <= high
    assert text[start:end] == text[start:end].strip()


@given(texts)
def test_going_on_by_sentence_always_arrives(text):
    position = 0
    while position < len(text):
        following = motion.next_sentence(text, 0, len(text), position)
        assert following > position
        position = following
    while position > 0:
        before = motion.previous_sentence(text, 0, len(text), position)
        if before == position:
            assert not text[:position].strip()
            break
        assert before < position
        position = before


@given(texts, st.data())
def test_words_on_and_back_always_move(text, data):
    position = data.draw(st.integers(0, len(text)))
    if position < len(text):
        assert motion.next_word(text, position) > position
    if position > 0:
        assert motion.previous_word(text, position) <= position


SPOKEN = (
    "jeg flyttet fra sundøy fordi det ikke var jobb der og så ble vi alene du skjønner ingen hilste på oss der nede "
)


@given(st.integers(3, 60), st.integers(0, 500), st.sampled_from(["", "ÆØÅ. ", "Ja, "]))
def test_speech_without_stops_and_pauses_is_cut_into_blocks_of_whole_words(times: int, low: int, before: str) -> None:
    text = before + SPOKEN * times
    low = min(low, len(text) - 1)
    high = len(text.rstrip())
    found = []
    position = low
    while position < high:
        start, end = motion.sentence_at(text, low, high, position)
        found.append((start, end))
        assert {motion.sentence_at(text, low, high, place) for place in (start, (start + end) // 2, end - 1)} == {
            (start, end)
        }
        position = motion.next_sentence(text, low, high, position)
    assert "".join(text[low:high].split()) == "".join("".join(text[start:end].split()) for start, end in found)
    for start, end in found:
        assert 1 <= end - start <= 420
        assert start == low or not text[start - 1].isalnum()
        assert end == high or not text[end : end + 1].isalnum()

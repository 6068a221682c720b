"""The index of spans by place."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from koding.model.spans import BLOCK, LANE_GAP, SpanIndex


@dataclass(frozen=True)
class Span:
    guid: str
    start: int
    end: int


def guids(spans):
    return [span.guid for span in spans]


def test_overlapping_spans_come_in_reading_order_the_longer_first():
    index = SpanIndex([Span("late", 8, 12), Span("short", 2, 5), Span("long", 2, 9)])
    assert guids(index.overlapping(0, 20)) == ["long", "short", "late"]
    assert guids(index.overlapping(9, 20)) == ["late"]


def test_touching_is_not_overlapping():
    index = SpanIndex([Span("a", 5, 10)])
    assert not index.touches(0, 5)
    assert not index.touches(10, 15)
    assert index.touches(9, 10)


def test_the_shortest_span_at_a_place_comes_first():
    index = SpanIndex([Span("turn", 0, 100), Span("word", 10, 14)])
    assert guids(index.at(12)) == ["word", "turn"]


def test_going_from_span_to_span():
    index = SpanIndex([Span("a", 5, 9), Span("b", 20, 22), Span("c", 20, 30)])
    assert index.after(5).start == 20
    assert index.after(20) is None
    assert index.before(20).guid == "a"
    assert index.before(5) is None


def test_a_changed_span_takes_the_place_of_the_old_one():
    index = SpanIndex([Span("a", 5, 9)])
    index.add(Span("a", 50, 60))
    assert not index.touches(0, 20)
    assert guids(index.overlapping(50, 51)) == ["a"]
    assert len(index) == 1


def test_spans_close_to_each_other_never_share_a_lane():
    index = SpanIndex([Span("a", 0, 10), Span("b", 12, 20), Span("far", 10 * LANE_GAP, 11 * LANE_GAP)])
    assert index.lane("a") != index.lane("b")
    assert index.lane("far") == 0


places = st.integers(0, 4 * BLOCK)
sizes = st.integers(1, 2 * BLOCK)
spans = st.builds(lambda guid, start, size: Span(str(guid), start, start + size), st.integers(0, 30), places, sizes)
changes = st.lists(st.tuples(st.sampled_from(["add", "remove"]), spans), max_size=40)


@given(st.lists(spans, max_size=12, unique_by=lambda span: span.guid), changes, places, st.integers(1, BLOCK))
def test_the_index_answers_as_a_plain_list_would(first, later, start, size):
    index, plain = SpanIndex(first), {span.guid: span for span in first}
    for what, span in later:
        if what == "add":
            index.add(span)
            plain[span.guid] = span
        else:
            index.remove(span.guid)
            plain.pop(span.guid, None)
    end = start + size
    expected = {span.guid for span in plain.values() if span.start < end and start < span.end}
    assert set(guids(index.overlapping(start, end))) == expected
    assert index.touches(start, end) == bool(expected)
    starts = [span.start for span in plain.values()]
    following, previous = index.after(start), index.before(start)
    assert (following and following.start) == min((place for place in starts if place > start), default=None)
    assert (previous and previous.start) == max((place for place in starts if place < start), default=None)
    assert set(guids(index)) == set(plain)


@given(st.lists(spans, max_size=14, unique_by=lambda span: span.guid), st.integers(0, 14))
def test_lanes_keep_spans_apart_however_they_came(all_spans, cut):
    index = SpanIndex(all_spans[:cut])
    for span in all_spans[cut:]:
        index.add(span)
    for one in all_spans:
        for other in all_spans:
            near = one.start < other.end + LANE_GAP and other.start < one.end + LANE_GAP
            if one is not other and near:
                assert index.lane(one.guid) != index.lane(other.guid)


@given(st.lists(spans, max_size=14, unique_by=lambda span: span.guid), st.integers(0, 13))
def test_when_a_span_goes_those_beside_it_move_as_near_as_they_can_and_never_into_each_other(all_spans, gone):
    index = SpanIndex(all_spans)
    left = [span for place, span in enumerate(all_spans) if place != gone]
    before = {span.guid: index.lane(span.guid) for span in left}
    moved = False
    if gone < len(all_spans):
        index.remove(all_spans[gone].guid)
        moved = index.close_gaps(all_spans[gone].start, all_spans[gone].end)
    assert moved == any(index.lane(guid) != lane for guid, lane in before.items())
    for one in left:
        near = [
            other
            for other in left
            if other is not one and one.start < other.end + LANE_GAP and other.start < one.end + LANE_GAP
        ]
        taken = {index.lane(other.guid) for other in near}
        assert index.lane(one.guid) not in taken
        assert index.lane(one.guid) <= before[one.guid]


def test_a_span_far_out_comes_to_the_text_when_those_before_it_have_gone():
    index = SpanIndex([Span("a", 0, 50), Span("b", 0, 40), Span("c", 0, 30)])
    assert index.lane("c") == 2
    index.remove("a")
    assert index.close_gaps(0, 50)
    assert (index.lane("b"), index.lane("c")) == (0, 1)
    assert not index.close_gaps(0, 50)

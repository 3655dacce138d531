"""Marks keep their lanes, are found by place at once, and a change costs only what hangs together with it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.page.marks import DEEPEST, Mark, MarkIndex

spans = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def mark(identity: str, start: int, end: int) -> Mark:
    return Mark(identity, start, end, "#2f6fde", "solid", False, "actor")


@given(st.lists(spans, max_size=25))
def test_marks_that_overlap_never_share_a_lane(pairs: list[tuple[int, int]]) -> None:
    index = MarkIndex([mark(str(number), *pair) for number, pair in enumerate(pairs)])
    for one in index.marks:
        touching = index.touching(one.start, one.end)
        assert one in touching
        assert all(index.lane(other) != index.lane(one) for other in touching if other is not one)
        assert index.at(one.start)[-1].end - index.at(one.start)[-1].start >= one.end - one.start


@given(st.lists(spans, max_size=20), st.lists(st.tuples(st.integers(0, 19), st.none() | spans), max_size=20))
def test_changing_marks_one_by_one_is_the_same_as_showing_them_anew(
    pairs: list[tuple[int, int]], changes: list[tuple[int, tuple[int, int] | None]]
) -> None:
    marks = {str(number): mark(str(number), *pair) for number, pair in enumerate(pairs)}
    index = MarkIndex(marks.values())
    for number, place in changes:
        identity = str(number)
        marks.pop(identity, None)
        if place:
            marks[identity] = mark(identity, *place)
        index.change([identity], [marks[identity]] if place else [])
    fresh = MarkIndex(marks.values())
    assert index.marks == fresh.marks
    assert [index.lane(one) for one in index.marks] == [fresh.lane(one) for one in fresh.marks]
    for at in range(0, 95, 5):
        assert index.at(at) == fresh.at(at)


@given(st.lists(spans, min_size=1, max_size=400), st.integers(0, 90), st.integers(1, 10))
def test_what_touches_a_stretch_is_what_overlaps_it(pairs: list[tuple[int, int]], start: int, length: int) -> None:
    marks = [mark(str(number), *pair) for number, pair in enumerate(pairs)]
    found = MarkIndex(marks).touching(start, start + length)
    expected = {one.id for one in marks if one.start < start + length and one.end > start}
    assert {one.id for one in found} == expected
    assert len(found) == len(expected)


def test_short_marks_lie_next_to_the_text_in_whatever_order_they_come() -> None:
    claim, actor = mark("claim", 0, 100), mark("actor", 20, 30)
    for order in ((claim, actor), (actor, claim)):
        index = MarkIndex(order)
        assert (index.lane(actor), index.lane(claim)) == (0, 1)


def test_thousands_of_identical_marks_are_all_found_though_the_deepest_share_a_lane() -> None:
    index = MarkIndex(mark(f"{number:04}", 5, 9) for number in range(2000))
    assert len(index.at(6)) == 2000
    assert max(map(index.lane, index.marks)) == DEEPEST


def test_one_mark_over_everything_costs_the_others_nothing() -> None:
    """Looking up a place reads the marks near it, not all that lie before it."""
    index = MarkIndex([mark("all", 0, 200_000), *(mark(str(at), at * 20, at * 20 + 5) for at in range(10_000))])
    read: list[int] = []

    class Counting(list[Mark]):
        def __getitem__(self, key):  # type: ignore[no-untyped-def]
            found = super().__getitem__(key)
            read.append(len(found) if isinstance(found, list) else 1)
            return found

    index._marks = Counting(index._marks)
    assert {one.id for one in index.at(150_001)} == {"all", "7500"}
    assert sum(read) < 600

"""Which part of an article is the news: ranges of page boilerplate, put together and taken apart.

Ranges here are sorted and do not overlap. Offsets are code points.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from annotator.errors import BadSpan, OverlappingRanges
from annotator.model import Boilerplate, BoilerplateKind
from annotator.text.trimming import trim_blank

Given = Boilerplate | tuple[int, int]


def checked_ranges(given: Iterable[Given], length: int) -> tuple[Boilerplate, ...]:
    """Return ranges of a text of this length in their order; raise BadSpan or OverlappingRanges."""
    ranges = sorted((_range(one) for one in given), key=lambda one: (one.start, one.end))
    behind = 0
    for one in ranges:
        if not 0 <= one.start < one.end <= length:
            raise BadSpan(start=one.start, end=one.end, length=length)
        if one.start < behind:
            raise OverlappingRanges(start=one.start, end=behind)
        behind = one.end
    return tuple(ranges)


def with_range(text: str, ranges: Sequence[Boilerplate], new: Boilerplate) -> tuple[Boilerplate, ...]:
    """Return ranges with another one, joined with those it overlaps or is parted from by white space only.

    A joined range keeps the kind of the first that had one.
    """
    met = [one for one in ranges if _meet(text, one, new)]
    apart, joined = [one for one in ranges if one not in met], [*met, new]
    kind: BoilerplateKind = next((one.kind for one in joined if one.kind != "other"), "other")
    whole = Boilerplate(min(one.start for one in joined), max(one.end for one in joined), kind)
    return tuple(sorted((*apart, whole), key=lambda one: one.start))


def without_range(text: str, ranges: Iterable[Boilerplate], start: int, end: int) -> tuple[Boilerplate, ...]:
    """Return ranges with a stretch taken out of them; what stays of a range loses the white space at its ends."""
    kept = []
    for one in ranges:
        pieces = [(one.start, min(one.end, start)), (max(one.start, end), one.end)]
        if one.end <= start or one.start >= end:
            kept.append(one)
        else:
            trimmed = [trim_blank(text, *piece) for piece in pieces if piece[0] < piece[1]]
            kept += [Boilerplate(*piece, one.kind) for piece in trimmed if piece[0] < piece[1]]
    return tuple(kept)


def range_at(ranges: Sequence[Boilerplate], offset: int) -> Boilerplate | None:
    """Return the range that holds the character at an offset, or None."""
    place = bisect_right(ranges, offset, key=lambda one: one.start) - 1
    return ranges[place] if place >= 0 and offset < ranges[place].end else None


def is_boilerplate(ranges: Sequence[Boilerplate], start: int, end: int) -> bool:
    """Tell whether a span lies in a range as a whole."""
    found = range_at(ranges, start)
    return found is not None and end <= found.end


def news_spans(ranges: Iterable[Boilerplate], length: int) -> list[tuple[int, int]]:
    """Return the spans of a text of this length that are the news: what lies between the ranges."""
    spans, start = [], 0
    for one in ranges:
        spans.append((start, one.start))
        start = one.end
    return [span for span in (*spans, (start, length)) if span[0] < span[1]]


def clipped(ranges: Sequence[Boilerplate], start: int, end: int, at: int) -> tuple[int, int]:
    """Return the part of a span around an offset in it that lies on one side of all borders between news and boilerplate."""
    borders = [border for one in ranges for border in (one.start, one.end)]
    first = max((border for border in borders if start < border <= at), default=start)
    last = min((border for border in borders if at < border < end), default=end)
    return first, last


def _range(given: Given) -> Boilerplate:
    return given if isinstance(given, Boilerplate) else Boilerplate(*given)


def _meet(text: str, one: Boilerplate, other: Boilerplate) -> bool:
    first, last = (one, other) if one.start <= other.start else (other, one)
    return not text[first.end : last.start].strip()

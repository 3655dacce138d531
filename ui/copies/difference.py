"""Where two texts differ, in whole words, and which place of one corresponds to a place of the other. Knows no Qt.

Offsets are code points.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from annotator.text.differing import Common, common_stretches
from annotator.text.graphemes import widen_to_words
from annotator.text.trimming import trim_blank

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two texts differ: what stands there in the one and in the other; one of them may be empty."""

    one: Span
    other: Span


class Comparison:
    """What two texts have in common and where they differ."""

    def __init__(self, one: str, other: str) -> None:
        self._texts = (one, other)
        self._common = common_stretches(one, other)
        self.differences = tuple(_joined(self._gaps(), one, other))

    def place(self, offset: int, *, side: int) -> int:
        """Return the offset in the other text that corresponds to an offset of the text on this side (0 or 1)."""
        starts = [_start(common, side) for common in self._common]
        at = bisect_right(starts, offset) - 1
        if at < 0:
            return 0
        common = self._common[at]
        ahead = min(offset - starts[at], common.length)
        return _start(common, 1 - side) + ahead

    def _gaps(self) -> Iterator[Difference]:
        """Yield what lies between the common stretches, widened to whole words on both sides."""
        end_one = end_other = 0
        for common in (*self._common, Common(len(self._texts[0]), len(self._texts[1]), 0)):
            if common.old > end_one or common.new > end_other:
                yield self._widened((end_one, common.old), (end_other, common.new))
            end_one, end_other = common.old + common.length, common.new + common.length

    def _widened(self, one: Span, other: Span) -> Difference:
        """Widen a difference by what is needed for whole words on either side, by as much on the other."""
        (text, other_text) = self._texts
        before = max(one[0] - _word(text, one)[0], other[0] - _word(other_text, other)[0])
        after = max(_word(text, one)[1] - one[1], _word(other_text, other)[1] - other[1])
        return Difference(
            (max(one[0] - before, 0), min(one[1] + after, len(text))),
            (max(other[0] - before, 0), min(other[1] + after, len(other_text))),
        )


def _word(text: str, span: Span) -> Span:
    """Return a span widened to the words that it cuts; an empty one in the middle of a word takes that word."""
    start, end = span
    cuts_first = _in_word(text, start)
    cuts_last = _in_word(text, end)
    first = widen_to_words(text, start - 1, start)[0] if cuts_first else start
    last = widen_to_words(text, end, end + 1)[1] if cuts_last else end
    return first, last


def _in_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _joined(found: Iterator[Difference], one: str, other: str) -> Iterator[Difference]:
    """Yield differences, those that touch or are parted by white space only joined, without the blanks at their ends."""
    last: Difference | None = None
    for difference in found:
        if last and _touch(one, last.one, difference.one) and _touch(other, last.other, difference.other):
            last = Difference(
                (last.one[0], max(last.one[1], difference.one[1])),
                (last.other[0], max(last.other[1], difference.other[1])),
            )
            continue
        if last:
            yield _trimmed(last, one, other)
        last = difference
    if last:
        yield _trimmed(last, one, other)


def _touch(text: str, before: Span, after: Span) -> bool:
    return not text[before[1] : after[0]].strip()


def _trimmed(difference: Difference, one: str, other: str) -> Difference:
    """Return a difference without blanks at its ends; where only blanks differ, as it is."""
    trimmed = Difference(trim_blank(one, *difference.one), trim_blank(other, *difference.other))
    is_blank = trimmed.one[0] == trimmed.one[1] and trimmed.other[0] == trimmed.other[1]
    return difference if is_blank else trimmed


def _start(common: Common, side: int) -> int:
    return common.old if side == 0 else common.new

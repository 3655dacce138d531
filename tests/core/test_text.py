"""Graphemes and words of Arabic and everything else."""

from __future__ import annotations

import regex
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.canonical import TITLE_LENGTH, direction_of, language_of, title_of
from annotator.text.graphemes import (
    is_border,
    next_border,
    next_word,
    previous_border,
    previous_word,
    snap,
    word_at,
)

pieces = st.sampled_from(["م", "ّ", "َ", "لا", "👩\u200d🚀", "🇸🇾", " ", "\n", "\u0600", "\u200d", "e\u0301", "ـ", "9"])
texts = st.lists(pieces, min_size=1, max_size=40).map("".join)


@given(texts)
def test_borders_are_those_of_the_whole_text(text: str) -> None:
    borders = [0, *(match.end() for match in regex.finditer(r"\X", text))]
    for offset in range(len(text) + 1):
        assert is_border(text, offset) == (offset in borders)
        assert next_border(text, offset) == next((one for one in borders if one > offset), len(text))
        assert previous_border(text, offset) == max((one for one in borders if one < offset), default=0)


@given(texts, st.data())
def test_snapping_widens_to_borders(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    left, right = snap(text, start, end)
    assert left <= start < end <= right
    assert is_border(text, left)
    assert is_border(text, right)


def test_a_word_keeps_its_harakat() -> None:
    text = "قال وَالجَيْش السوريّ، 12,5 دير\u00a0حافر"
    assert text[slice(*word_at(text, 7))] == "وَالجَيْش"
    assert text[slice(*word_at(text, text.index("12")))] == "12,5"
    assert next_word(text, 4) == text.index(" السوري")
    assert previous_word(text, text.index(" السوري")) == 4
    assert previous_word(text, 0) == 0
    assert next_word(text, len(text)) == len(text)


def test_a_title_is_the_first_line_cut_at_a_word() -> None:
    assert title_of("\n\n عنوان \nنص") == "عنوان"
    long = title_of("كلمة " * 60)
    assert len(long) <= TITLE_LENGTH + 1
    assert long.endswith("كلمة…")
    assert len(title_of("ك" * 300)) == TITLE_LENGTH + 1


def test_language_and_direction_follow_the_letters() -> None:
    assert (language_of("قصف NATO مدينة"), direction_of("12 قصف NATO")) == ("ar", "rtl")
    assert (language_of("Hello حلب you"), direction_of("(Hello) حلب")) == ("und", "ltr")
    assert direction_of("123") == "rtl"

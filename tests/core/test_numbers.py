"""Numbers that claims give, in figures and in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.numbers import numbers_in, offered_number


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("6 عناصر", 6, "عناصر"),
        ("٦ عناصر", 6, "عناصر"),
        ("ستة عناصر", 6, "عناصر"),
        ("خمسة وعشرين مدنياً", 25, "مدنياً"),
        ("أحد عشر جندياً", 11, "جندياً"),
        ("مئتي شخص", 200, "شخص"),
        ("خمسمائة عائلة", 500, "عائلة"),
        ("ثلاثمئة وخمسون", 350, ""),
        ("خمس مئة", 500, ""),
        ("ألف ومئتا قتيل", 1200, "قتيل"),
        ("ثلاثة آلاف نازح", 3000, "نازح"),
        ("3 آلاف نازح", 3000, "نازح"),
        ("ثلاث مئة وخمسة وعشرون ألفاً", 325_000, ""),
        ("مليوني نازح", 2_000_000, "نازح"),
        ("1,200 عائلة", 1200, "عائلة"),
        ("١٬٢٠٠ عائلة", 1200, "عائلة"),
        ("12.5 كم", 12.5, "كم"),
    ],
)
def test_a_number_is_read_with_what_is_counted(words: str, value: float, unit: str) -> None:
    [found] = numbers_in(words, 0, len(words))
    assert (found.value, found.unit, words[found.start : found.end]) == (value, unit, words)
    assert offered_number(f"نحو {words}") == value


@pytest.mark.parametrize("words", ["", "أحد عناصر استخبارات", "يوم الأحد", "عشرات القتلى", "واحد", "جنديان"])
def test_what_only_looks_like_a_number_is_none(words: str) -> None:
    assert offered_number(words) is None


def test_numbers_of_a_sentence_are_found_at_their_places() -> None:
    text = "انشقاق 6 عناصر، وفي حلب خمسة وعشرون مدنياً عند الساعة 17:00"
    found = list(numbers_in(text, 0, len(text)))
    assert [(one.value, text[one.start : one.end]) for one in found[:2]] == [(6, "6 عناصر"), (25, "خمسة وعشرون مدنياً")]
    assert list(numbers_in(text, 0, 10)) == list(numbers_in(text[:10], 0, 10))


@given(st.text(max_size=60), st.integers(0, 10**9))
def test_whatever_stands_around_figures_are_read(text: str, number: int) -> None:
    for one in numbers_in(text, 0, len(text)):
        assert 0 <= one.start < one.end <= len(text)
    assert offered_number(str(number)) == number

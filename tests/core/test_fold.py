"""Searching Arabic as people type it, with the way back to the text as it is written."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.fold import Finder, find, fold, fold_map

SPELLINGS = ["أ", "إ", "ا", "ى", "ي", "ة", "ه", "ؤ", "ئ", "ء", "ل", "ﻻ", "ﷲ", "ﷺ", "ک", "ی", "َ", "ّ", "ـ", "ۥ", "٣", "۳"]
INTRICATE = [
    "3",
    "É",
    "e\u0301",
    "ß",
    "ﬁ",
    "👩\u200d🚀",
    "👩",
    "🇸🇾",
    "🇸",
    "क",
    "्",
    "ि",
    "각",
    "ᄀ",
    "\u0600",
    "\U0001f3fd",
]
SPACES = [" ", "  ", "\n", "\u00a0", "\u202f", "\t", "\r\n", "\u200f", "\u200b", "\u200c", "\u200d", "\u202e", "\ufe0f"]
texts = st.lists(st.sampled_from(SPELLINGS + INTRICATE + SPACES), max_size=40).map("".join) | st.text(max_size=40)


def borders(text: str) -> set[int]:
    return {0, *(match.end() for match in regex.finditer(r"\X", text))}


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("أَحْمَدُ إلى آل ٱلبيت", "احمد الي ال البيت"),
        ("مَدْرَسـة", "مدرسه"),
        ("مسؤول شئون", "مسوول شيون"),
        ("ماء شيء", "ماء شيء"),  # the hamza on the line stays
        ("۱۲٣ ١٢٫٥", "123 12.5"),
        ("تهران کی", "تهران كي"),
        ("ﻻﺟﺌﻮن ﷲ ﷺ", "لاجيون الله صلي الله عليه وسلم"),
        ("NATO École Straße ＡＢ", "nato ecole strasse ab"),
        ("دير\u00a0\n \t\u200fحافر", "دير حافر"),
        ("\u202eقصف\u202c\ufeff\u200b\u200c\u200d\u00ad\U000e0041", "قصف"),
        ("هٰذا الرَّحمٰن لَهُۥ ﱠ", "هذا الرحمن له "),
        ("각 か\u3099 ´ \u0600", "각 か\u3099 ´ \u0600"),  # other scripts keep what are letters there
    ],
)
def test_what_is_typed_in_several_ways_folds_to_one(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_only_marks_and_controls_fold_to_nothing_and_folding_twice_is_folding_once() -> None:
    nothing = regex.compile(r"[\p{Mn}\p{Cf}ـۥۦ\ufc5e-\ufc63\ufcf2-\ufcf4\ufe70-\ufe7f]")
    for character in map(chr, range(0x110000)):
        folded = fold(character)
        assert fold(folded) == folded
        assert folded or nothing.match(character)


def test_a_hit_is_given_in_the_text_as_it_is_written() -> None:
    text = "قَصَفَ الجيْشُ مدينةَ دير\u00a0حَافِرٍ، و«ديـــر\n حافر» ١٢ مرة"
    assert [text[slice(*hit)] for hit in find(text, "دير حافر")] == ["دير\u00a0حَافِرٍ", "ديـــر\n حافر"]
    assert [text[slice(*hit)] for hit in find(text, " الجيش ")] == ["الجيْشُ"]
    assert [text[slice(*hit)] for hit in find(text, "مدينه")] == ["مدينةَ"]
    assert [text[slice(*hit)] for hit in find(text, "12")] == ["١٢"]
    assert find(text, "روما") == []


def test_a_hit_takes_the_tatweel_behind_it_but_no_control() -> None:
    assert find("قـــال", "ق") == [(0, 4)]
    assert find("قال\u200f.", "قال") == [(0, 3)]


@pytest.mark.parametrize("query", ["", " ", "\n", "ـ", "\u064e\u0651", "\u200f\u00a0"])
def test_a_query_that_folds_to_nothing_is_found_nowhere(query: str) -> None:
    assert find("قال محمدٌ\u200f ـ", query) == []


def test_hits_do_not_overlap() -> None:
    assert find("ااااا", "اا") == [(0, 2), (2, 4)]


def test_no_part_of_a_character_is_a_hit() -> None:
    assert find("سﻻم", "ل") == []
    assert find("سﻻم", "سلا") == [(0, 2)]
    assert find("👩\u200d🚀 👩", "👩") == [(4, 5)]
    assert find("🇸🇾🇾🇸 🇾", "🇾") == [(5, 6)]
    assert find("🇾🇸🇾", "🇸") == []
    assert find("aa\U0001f3fdaa", "aa") == [(3, 5)]


def test_a_long_row_of_flags_is_searched_piece_by_piece() -> None:
    finder = Finder("🇸🇾" * 3_000)
    assert len(finder.find("🇸🇾")) == 3_000
    assert finder.find("🇾🇸") == []
    marked = "\u200dم" + "\u064e" * 1_000
    assert find(marked, "م") == [(1, 1_002)]


@given(texts)
def test_the_map_leads_each_character_back_to_where_it_came_from(text: str) -> None:
    folded = fold_map(text)
    assert folded.text == fold(text)
    assert len(folded.offsets) == len(folded.text)
    assert list(folded.offsets) == sorted(folded.offsets)
    for character, offset in zip(folded.text, folded.offsets, strict=True):
        assert character in fold(text[offset])


@given(texts, texts, st.data())
def test_each_hit_folds_to_the_query_and_cuts_no_grapheme(text: str, other: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    query = data.draw(st.sampled_from([other, text[start : start + 3], text[start : start + 1]]))
    hits = find(text, query)
    end_before = 0
    for start, end in hits:
        assert end_before <= start < end <= len(text)
        assert fold(text[start:end]) == fold(query).strip(" ")
        assert {start, end} <= borders(text)
        end_before = end


@given(st.lists(st.sampled_from(SPELLINGS), min_size=1, max_size=8).map("".join), texts, texts)
def test_a_word_between_spaces_is_found_however_it_is_spelled(word: str, before: str, after: str) -> None:
    text = f"{before} {word} {after}"
    if fold(word).strip():
        spans = find(text, fold(word))
        assert any(fold(text[start:end]) == fold(word).strip() for start, end in spans)

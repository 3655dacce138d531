"""What a selection loses at its ends, and what it keeps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.graphemes import is_border, snap
from annotator.text.trimming import trim, trim_blank

ROOT = Path(__file__).parents[2]


def trimmed(text: str) -> str:
    start, end = trim(text, 0, len(text))
    return text[start:end]


@pytest.mark.parametrize(
    ("selected", "kept"),
    [
        ("  دير حافر \n", "دير حافر"),
        ("السورية،", "السورية"),
        ("انتهى. ", "انتهى"),
        ("قسد: ", "قسد"),
        ("- قسد –", "قسد"),
        ("قسد؟!…", "قسد"),
        ("قسد؛", "قسد"),
        ("قسد)", "قسد"),
        ("(قسد", "قسد"),
        ("قسد (", "قسد"),
        ("“قسد", "قسد"),
        ("قسد”،", "قسد"),
        ('قسد"', "قسد"),
        ("((قسد)", "(قسد)"),
        ("(قسد).", "(قسد)"),
        ("“قال: «نعم", "قال: «نعم"),
        ("قسد،\u064e", "قسد"),
        ("\u200fقسد\u200f", "قسد"),
        ("انتهى ... ", "انتهى"),
    ],
)
def test_what_is_not_meant_goes(selected: str, kept: str) -> None:
    assert trimmed(selected) == kept


@pytest.mark.parametrize(
    "selected",
    [
        "قوات سوريا الديمقراطية (قسد)",
        "(سانا)",
        "“الإرهابية”",
        "”الإرهابية“",
        "«نعم»",
        '"قسد" و"حماس"',
        'لـ"قسد"',
        "“قال: «نعم!»”",
        "50%",
        "٪٥٠",
        "#سوريا",
        "@sana",
        "U.S.",
        "أ.ف.ب.",
        "l'Orient",
        "3.5",
        "قَسَدٌ",
    ],
)
def test_what_belongs_to_it_stays(selected: str) -> None:
    assert trimmed(selected) == selected


def test_punctuation_alone_is_meant_and_white_space_alone_is_not() -> None:
    assert trimmed(" ، ") == "،"
    assert trimmed("()") == "()"
    assert trim("  x   y", 3, 6) == (3, 3)
    assert trim("x", 1, 1) == (1, 1)


def test_only_the_span_counts_not_what_stands_around_it() -> None:
    text = "قال (قسد) ذلك"
    assert trim(text, 4, 8) == (5, 8)
    assert trim(text, 4, 9) == (4, 9)
    assert trim_blank(text, 3, 10) == (4, 9)


def test_marks_of_the_gold_lose_nothing() -> None:
    text = next((ROOT / "seeds/articles").iterdir()).read_bytes().decode()
    for one in json.loads((ROOT / "tests/data/seed_gold.json").read_text("utf-8"))["annotations"]:
        assert trim(text, one["start"], one["end"]) == (one["start"], one["end"])


pieces = st.sampled_from(
    [*"،.()[]“”«»\"'’-…%#@* \n\u00a0", "م", "قسد", "\u064e", "\u200d", "\u200f", "\u0600", "👩\u200d🚀", "#️⃣", "أ.", "ـ"]
)


@given(st.lists(pieces, max_size=25).map("".join) | st.text(max_size=40), st.data())
def test_trimming_twice_is_trimming_once_and_cuts_at_borders(text: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(text)))
    start, end = snap(text, first, data.draw(st.integers(first, len(text))))
    once = trim(text, start, end)
    assert start <= once[0] <= once[1] <= end
    assert trim(text, *once) == once
    assert is_border(text, once[0])
    assert is_border(text, once[1])
    assert (once[0] < once[1]) == (trim_blank(text, start, end)[0] < trim_blank(text, start, end)[1])
    assert not any(character.isalnum() for character in text[start : once[0]] + text[once[1] : end])

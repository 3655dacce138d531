"""What a reader cannot see is named, and a screen that shows letters in another order than the text has them is told of."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.bidi import bidi_classes, levels
from annotator.text.invisible import invisible_characters, overridden

LRE, RLE, PDF, LRO, RLO = "\u202a\u202b\u202c\u202d\u202e"
LRI, RLI, FSI, PDI = "\u2066\u2067\u2068\u2069"
CONTROLS = [LRE, RLE, PDF, LRO, RLO, LRI, RLI, FSI, PDI, "\u200e", "\u200f", "\u061c"]
LETTERS = ["ق", "ص", "א", "a", "b", "1", "2", "٣", " ", ",", "+", "%", ".", "\u0651", "\n", "\x1c", "😀", "\u00ad"]
texts = st.lists(st.sampled_from(CONTROLS + LETTERS), max_size=60).map("".join) | st.text(max_size=40)


def turned(text: str) -> list[str]:
    return [text[start:end] for start, end in overridden(text)]


# -- names --------------------------------------------------------------------------------------------------------


def test_invisible_characters_have_a_short_name_and_that_of_unicode() -> None:
    text = "قال\u200f\u00a0ديـر\u202e\u200d\ufe0f\U000e0041\U000e0100\u00ad\x85\u2003"
    found = invisible_characters(text)
    assert [one.short for one in found] == [
        "RLM", "NBSP", "TATWEEL", "RLO", "ZWJ", "VS16", "TAG A", "VS17", "SHY", "U+0085", "U+2003",
    ]  # fmt: skip
    assert [found[number].name for number in (0, 3, 9)] == [
        "RIGHT-TO-LEFT MARK",
        "RIGHT-TO-LEFT OVERRIDE",
        "CONTROL 0085",
    ]
    assert all(len(text[one.offset]) == 1 and one.name for one in found)


def test_what_can_be_seen_is_not_named() -> None:
    assert invisible_characters("قَالَ: “NATO” ١٢\n\t\u0600 😀 لله") == []


def test_only_the_stretch_asked_for_is_looked_at() -> None:
    text = "\u200fقال\u200f قصف\u200f"
    assert [one.offset for one in invisible_characters(text, 1, 8)] == [4]
    assert invisible_characters(text, 1, 4) == []


@pytest.mark.parametrize(
    "code", [0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x2030), *range(0x2060, 0x2065), 0xFEFF]
)
def test_every_control_of_direction_and_width_is_named(code: int) -> None:
    (found,) = invisible_characters(f"a{chr(code)}b")
    assert (found.offset, found.name) == (1, unicodedata.name(chr(code)))


# -- overrides ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        (f"{RLO}قصف المدينة{PDF} ثم", []),  # Arabic goes from right to left anyway
        (f"he said {RLO}قصف 5 مدن{PDF} then", []),
        (f"قصف {RLO}. {PDF}ثم", []),
        (f"{RLO}A{PDF}", []),
        (f"قصف {RLO}1 2{PDF}", []),  # two numbers in Arabic stand so without it too
        (f"{LRO}NATO 12{PDF}", []),
        (f"{RLO}{LRO}NATO{PDF}{PDF}", []),
        (f"{RLE}NATO{PDF} {RLI}NATO{PDI}", []),
        (f"{RLO}قصف NATO مدينة{PDF}", ["NATO"]),
        (f"{RLO}قصف{PDF} NATO", []),
        (f"قال {LRO}قصف{PDF}", ["قصف"]),
        (f"عام {RLO}2026{PDF}", ["2026"]),
        (f"{LRO}{RLO}{LRO}قصف", ["قصف"]),
        (f"invoice{RLO}fdp.exe", ["fdp.exe"]),
        (f"{RLO}ab{PDF}cd{RLO}ef{PDF}", ["ab", "ef"]),
        (f"{RLO}a{LRI}bc{PDI}", [f"a{LRI}b"]),  # an isolate is free of the override, but stands in its order
        (f"{LRI}{RLO}ab{PDI}cd", ["ab"]),  # the end of an isolate ends what began in it
        (f"{RLO}ab\ncd", ["ab"]),  # and so does the end of the paragraph
        (f"{PDF}{PDI}{RLO}{PDF}ab", []),
    ],
)
def test_only_an_override_that_turns_letters_or_numbers_around_is_told_of(text: str, spans: list[str]) -> None:
    assert turned(text) == spans


def test_source_code_that_shows_a_comment_as_code_is_told_of() -> None:
    hidden = f"/*{RLO} }} {LRI}if (isAdmin){PDI} {LRI} begin admins only */"
    assert turned(hidden) == [f"n){PDI} {LRI} b"]


def test_punctuation_that_moves_alone_is_not_told_of() -> None:
    assert turned(f'if access_level != "user{RLO} {LRI}// Check if admin{PDI} {LRI}" {{') == []


def test_offsets_are_those_of_the_whole_text() -> None:
    text = f"سطر\n\nسطر {RLO}NATO{PDF}\n{RLO}12"
    assert overridden(text) == ((10, 14), (17, 19))


def test_deep_nesting_beyond_what_unicode_allows_changes_nothing() -> None:
    assert turned((LRE + RLE) * 100 + RLO + "ab" + PDF * 300) == []
    isolated = RLO + (LRI + RLI) * 100 + "ab" + PDI * 300 + "cd"
    assert overridden(isolated) == ((202, len(isolated)),)  # ab stands in its order, but after cd


def test_a_long_paragraph_of_controls_takes_time_in_proportion() -> None:
    """Were it more than linear, these would take minutes."""
    for text in (FSI * 60_000, (FSI + RLO + "ab") * 20_000, RLO * 60_000 + PDF * 60_000, f"{RLO}a{' ' * 60_000}b"):
        overridden(text + RLO + "ab")


@given(texts)
def test_spans_lie_in_the_text_and_hold_at_least_two_letters_or_numbers(text: str) -> None:
    end_before = 0
    for start, end in overridden(text):
        assert end_before <= start < end <= len(text)
        strong = [kind for kind in bidi_classes(text[start:end]) if kind in ("L", "R", "AL", "EN", "AN")]
        assert len(strong) >= 2
        end_before = end


@given(texts)
def test_without_overrides_there_is_nothing_to_tell(text: str) -> None:
    assert overridden(text.replace(LRO, "").replace(RLO, "")) == ()


@given(texts, st.integers(0, 60))
def test_a_part_of_a_text_can_be_asked_about(text: str, start: int) -> None:
    whole = [one for one in invisible_characters(text) if one.offset >= start]
    assert invisible_characters(text, start) == whole


# -- the levels, by examples worked out by hand with the rules of Unicode Annex 9 --------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قصف NATO ثم", "11112222111"),
        ("abc قصف def", "00001110000"),
        ("قصف 12,5 ثم", "11112222111"),
        ("a 1,2 قص 3", "0000001112"),
        ("א 5%+3", "112212"),
        ("1 قص", "2111"),
        (f"a{RLE}bc{PDF}d", "0220"),
        (f"ق{LRI}ab{PDI}ص", "112211"),
        (f"a{FSI}قص{PDI}b", "001100"),
        (f"ab{RLO}1a{PDF}", "0011"),
        ("قَ1", "112"),
    ],
)
def test_levels(text: str, expected: str) -> None:
    assert "".join(map(str, levels(bidi_classes(text)).values())) == expected

"""The quick way to translate a text gives what `str.translate` gives, whatever the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.text.translating import Translation

TABLE = {
    code: {0x640: "", 0x0A: " ", 0x623: "ا", 0xDF: "ss", 0x1F600: ":-)"}.get(code, chr(code))
    for code in range(0x110000)
}
QUICKLY = Translation(TABLE)


@given(st.text())
def test_any_text(text: str) -> None:
    assert QUICKLY.of(text) == text.translate(TABLE)


@given(st.text(alphabet="اأبـ\u064e\n .،aßéжﷺ😀\0\u200f"))
def test_texts_of_what_is_common_and_what_is_not(text: str) -> None:
    assert QUICKLY.of(text) == text.translate(TABLE)


def test_every_character_by_itself() -> None:
    characters = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    assert [QUICKLY.of(one) for one in characters[:0x3000]] == [TABLE[ord(one)] for one in characters[:0x3000]]
    everything = "".join(characters)
    assert QUICKLY.of(everything) == everything.translate(TABLE)

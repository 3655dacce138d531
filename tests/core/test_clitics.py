"""What P and a double click offer on words with و ف ب ك ل س أ and ال written onto them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.text.clitics import Reading, offered, plain_form, readings, toggled
from annotator.text.graphemes import is_border

BEFORE, AFTER = "أعلن أمس ", " السوري، ذلك"


def in_text(word: str) -> tuple[str, int, int]:
    """A sentence with the word in it, and the span of the word and the next one."""
    text = f"{BEFORE}{word}{AFTER}"
    return text, len(BEFORE), len(BEFORE) + len(word) + len(" السوري")


def shown(text: str, reading: Reading | None) -> str | None:
    """The first word of a reading, with its plain form where it differs."""
    if reading is None:
        return None
    word = text[reading.start : reading.end].split()[0]
    return f"{word}={reading.form.split()[0]}" if reading.form else word


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("والجيش", "الجيش"),
        ("بالجيش", "الجيش"),
        ("كالجيش", "الجيش"),
        ("فالجيش", "الجيش"),
        ("للجيش", "لجيش=الجيش"),
        ("وللجيش", "لجيش=الجيش"),
        ("فللجيش", "لجيش=الجيش"),
        ("وبالجيش", "الجيش"),
        ("أوالجيش", "الجيش"),
        ("بدمشق", "دمشق"),
        ("ودمشق", "دمشق"),
        ("وبدمشق", "دمشق"),
        ("لقوات", "قوات"),
        ("وكرد", "كرد"),
        ("ولبنان", "لبنان"),
        ("ووزارة", "وزارة"),
        ("وأحمد", "أحمد"),
        ("وا\u0654حمد", "ا\u0654حمد"),
        ("لله", "له=الله"),
        ("وَبِالْجَيْشِ", "الْجَيْشِ"),
        ("لِلْجَيْشِ", "لْجَيْشِ=الْجَيْشِ"),
        ("وـَالجيش", "الجيش"),
        ("بِـدمشق", "دمشق"),
        ("وNATO", "NATO"),
        ("\ufeed\ufe8d\ufedf\ufea0\ufef4\ufeb6", "\ufe8d\ufedf\ufea0\ufef4\ufeb6"),
    ],
)
def test_a_word_with_proclitics_is_offered_without_and_p_goes_there_and_back(word: str, wanted: str) -> None:
    text, start, end = in_text(word)
    without = toggled(text, start, end)
    assert shown(text, offered(text, start, end)) == shown(text, without) == wanted
    assert without is not None
    assert without.end == end
    assert toggled(text, without.start, end) == Reading(start, end)


WHOLE = (
    "ولاية وزارة وسط بلدة بيان فريق كرد لواء لجنة سوريا لبنان ليبيا بغداد بيروت باريس وليد واشنطن فلسطين كربلاء "
    "وزارتها وِزارة وـزارة بلدات الجيش الله الذي أحمد أوروبا سيارة من قسد وا ول"
)


@pytest.mark.parametrize("word", WHOLE.split())
def test_words_that_only_look_so_are_left_alone(word: str) -> None:
    text, start, end = in_text(word)
    assert offered(text, start, end) is None
    assert toggled(text, start, end) is None


def test_an_unknown_word_is_not_offered_but_p_obeys_and_goes_back() -> None:
    text, start, end = in_text("بتندوف")
    assert offered(text, start, end) is None
    cut = toggled(text, start, end)
    assert shown(text, cut) == "تندوف"
    assert cut is not None
    assert toggled(text, cut.start, end) == Reading(start, end)


@pytest.mark.parametrize(
    ("word", "menu"),
    [
        ("وبالجيش", ["وبالجيش", "بالجيش", "الجيش", "جيش"]),
        ("للجيش", ["للجيش", "لجيش=الجيش", "جيش"]),
        ("للجنة", ["للجنة", "لجنة", "لجنة=اللجنة", "لجنة=الجنة", "جنة"]),
        ("للغة", ["للغة", "لغة", "لغة=اللغة"]),
        ("للّغة", ["للّغة", "لّغة=اللّغة"]),
        ("للبنان", ["للبنان", "لبنان"]),
        ("لله", ["لله", "له=الله"]),
        ("وسينسحب", ["وسينسحب", "سينسحب", "ينسحب"]),
        ("الجيش", ["الجيش", "جيش"]),
        ("وزارة", ["وزارة", "زارة"]),
        ("الله", ["الله"]),
        ("قسد", ["قسد"]),
    ],
)
def test_the_menu_shows_every_reading_from_the_whole_word_inwards(word: str, menu: list[str]) -> None:
    text, start, end = in_text(word)
    found = readings(text, start, end)
    assert [shown(text, one) for one in found] == menu
    for one in found:
        assert readings(text, one.start, end) == found


def test_the_plain_form_is_that_of_the_whole_span() -> None:
    text = "قرب نقطة للجيش العربي السوري”"
    start = text.index("لجيش")
    assert plain_form(text, start, text.index("”")) == "الجيش العربي السوري"
    assert plain_form(text, start - 1, text.index("”")) == ""
    assert plain_form("ولله الحمد", 2, 4) == "الله"
    assert plain_form("للجنة", 1, 5) == ""
    assert plain_form("الجيش", 2, 5) == ""


def test_a_span_that_starts_in_the_middle_of_a_word_or_behind_it_is_left_alone() -> None:
    assert readings("والجيش", 4, 6) == (Reading(4, 6),)
    assert toggled("والجيش", 4, 6) is None
    assert offered("والجيش", 1, 6) is None
    assert toggled(" والجيش", 0, 7) is None
    assert toggled("والجيش", 0, 2) is None
    assert toggled("", 0, 0) is None


def test_a_text_without_spaces_costs_nothing() -> None:
    text = "و" * 1_000_000
    assert readings(text, 500_000, 500_010) == (Reading(500_000, 500_010),)
    assert toggled("وال" + "م" * 1_000_000, 0, 1_000_003) == Reading(1, 1_000_003)


letters = st.sampled_from("وفبكلسأاليتنجشمدرهةئ")
marks = st.text(st.sampled_from("\u064e\u0650\u0651\u0652\u0640\u0654\u0670\u200d\u200c"), max_size=2)
marked = st.builds(lambda letter, mark: letter + mark, letters, marks)
words = st.lists(marked, min_size=1, max_size=9).map("".join)
others = st.sampled_from(
    [" ", "\n", "،", "N", "٣", "😀", "\u0600", "\u200f", "ﻻ", "\u064e", "ำ", "\u0640", "क", "\u094d"]
)
texts = st.lists(words | others, min_size=1, max_size=6).map("".join)


@given(texts | st.text(), st.data())
@example("للجيش", None)
def test_readings_start_at_grapheme_borders_and_p_twice_comes_back(text: str, data: st.DataObject | None) -> None:
    start = data.draw(st.integers(0, len(text))) if data else 0
    end = data.draw(st.integers(start, len(text))) if data else len(text)
    found = readings(text, start, end)
    assert start in [one.start for one in found]
    assert all(one.end == end for one in found)
    offer, other = offered(text, start, end), toggled(text, start, end)
    assert offer is None or offer in found
    assert other is None or other in found
    plain_form(text, start, end)
    if len(found) > 1:
        assert all(one.start < end and is_border(text, one.start) for one in found)
    if offer is not None:
        assert offer == other
    if other is not None and other.start > start:
        assert toggled(text, other.start, end) == Reading(start, end)
    if other is not None and other.start < start:
        again = toggled(text, other.start, end)
        assert again is None or again in found

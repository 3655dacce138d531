"""Annotations follow their words from one version of a text to the next, to the code point or not at all."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.text.carrying import carried
from annotator.text.differing import common_stretches

OLD = (
    "قصف الجيش السوري قرية حميمة في ريف حلب الشرقي.\n\n"
    "وأعلنت وزارة الدفاع مقتل 12 شخصا في دير حافر.\n"
    "وقال ناشطون إن القصف استمر ساعات.\n"
)
TEXTS = st.text(alphabet="ابجد وقصف\u064b\u200f😀e\u0301.\n ", max_size=80)


def went(old: str, new: str, words: str) -> tuple[str, bool] | None:
    """Return the words that some words of the old text become, and whether they were carried exactly."""
    found = carried(old, new)(old.index(words), old.index(words) + len(words))
    return (new[found.start : found.end], found.exact) if found else None


def test_words_behind_an_inserted_sentence_stay_exactly_what_they_are() -> None:
    new = OLD.replace("\n\n", "\n\nعاجل: أضيفت هذه الجملة لاحقا إلى الخبر.\n")
    assert went(OLD, new, "وزارة الدفاع") == ("وزارة الدفاع", True)
    assert went(OLD, new, "الجيش السوري") == ("الجيش السوري", True)


def test_a_changed_number_is_carried_but_has_to_be_confirmed() -> None:
    new = OLD.replace("12 شخصا", "15 شخصا")
    assert went(OLD, new, "مقتل 12 شخصا في دير حافر") == ("مقتل 15 شخصا في دير حافر", False)


def test_same_words_beside_a_change_have_to_be_confirmed() -> None:
    new = OLD.replace("12 شخصا", "15 شخصا")
    assert went(OLD, new, "في دير حافر") == ("في دير حافر", False)
    assert went(OLD, new, "القصف") == ("القصف", True)


def test_a_letter_put_right_keeps_the_word() -> None:
    new = OLD.replace("ناشطون", "ناشطين")
    assert went(OLD, new, "ناشطون") == ("ناشطين", False)


def test_words_that_are_gone_go_nowhere() -> None:
    new = OLD.replace("وأعلنت وزارة الدفاع مقتل 12 شخصا في دير حافر.\n", "")
    assert went(OLD, new, "دير حافر") is None
    assert went(OLD, new, "ناشطون") is not None


def test_a_paragraph_that_moved_takes_its_words_along() -> None:
    lines = OLD.split("\n")
    new = "\n".join([lines[3], lines[0], "", lines[2], ""])
    for words in ("ناشطون", "دير حافر", "حميمة"):
        found = went(OLD, new, words)
        assert found
        assert found[0] == words


def test_a_word_that_became_longer_is_carried_whole() -> None:
    assert went("زار حلب أمس", "زار حلبجة أمس مساء", "حلب") == ("حلبجة", False)


def test_words_inside_a_longer_word_are_not_taken_for_it() -> None:
    assert went("حلب أولا. ثم قرية حميمة ثانيا.", "ثم قرية حميمة ثانيا. ثم مدينة حلبجة.", "حلب") is None


def test_nothing_in_common_carries_nothing() -> None:
    assert common_stretches("ابجد", "xyz") == []
    assert carried("ابجد", "xyz")(0, 4) is None


@given(TEXTS, st.data())
def test_the_same_text_carries_everything_exactly(text: str, data: st.DataObject) -> None:
    carry = carried(text, text)
    if text:
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        assert carry(start, end) == (start, end, True)


@given(TEXTS, TEXTS, st.data())
@settings(max_examples=400)
def test_what_is_carried_lies_in_the_text_and_exact_means_the_same_words(
    old: str, new: str, data: st.DataObject
) -> None:
    if not old:
        return
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    found = carried(old, new)(start, end)
    if found:
        assert 0 <= found.start < found.end <= len(new)
        assert not found.exact or new[found.start : found.end] == old[start:end]


@given(TEXTS, TEXTS)
@settings(max_examples=400)
def test_common_stretches_are_the_same_on_both_sides_and_ascend(old: str, new: str) -> None:
    at_old = at_new = 0
    for one in common_stretches(old, new):
        assert one.length > 0
        assert old[one.old : one.old + one.length] == new[one.new : one.new + one.length]
        assert one.old >= at_old
        assert one.new >= at_new
        at_old, at_new = one.old + one.length, one.new + one.length


@pytest.mark.parametrize("text", ["نعم " * 50_000, "سطر يتكرر\n" * 20_000, " ".join(map(str, range(60_000)))])
def test_long_texts_that_repeat_themselves_are_compared_at_once(text: str) -> None:
    middle = len(text) // 2
    begin = time.process_time()
    carry = carried(text, text[:middle] + "كلمة جديدة " + text[middle : -middle // 2] + "خاتمة")
    assert carry(10, 20) == (10, 20, True)
    assert time.process_time() - begin < 5

"""A triple click takes the sentence: which one that is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.sentences import sentence_at


def sentences(text: str) -> list[str]:
    """All sentences that the offsets of the text lead to, in order."""
    spans = dict.fromkeys(sentence_at(text, offset) for offset in range(len(text)))
    return [text[start:end] for start, end in spans if start < end]


@pytest.mark.parametrize(
    "wanted",
    [
        ["انسحب الجيش.", "هل عاد؟", "نعم!", "ربما…", "لا أحد يعلم"],
        ["قال “انسحبنا.”", "وقال (نحن هنا!)", "ثم سكت."],
        ["نقل عن سانا؛ وهي وكالة، أنه: «عاد».", "ثم ذهب."],
        ["كلفته 3.5 مليون و12.000 ليرة و٣٫٥ دولار.", "انتهى."],
        ["قال د. محمد، وم. أحمد في ص. 15 ما قاله أ.ف.ب. عن ذلك.", "انتهى."],
        ["وقع عام 1445هـ.", "ثم في 2024.", "انتهى."],
        ["U.S. forces met Mr. Smith, approx. five times.", "Then J. Smith left."],
        ["1. أول الأمر.", "وبعد"],
        ["وَقَالَ.", "نَعَمْ؟!", "لا..."],
        ["زر site.com ثم a.b@c.org الآن.", "شكرا"],
    ],
)
def test_a_text_falls_into_its_sentences(wanted: list[str]) -> None:
    assert sentences(" ".join(wanted)) == wanted
    assert sentences("\n".join(wanted)) == wanted


def test_a_line_feed_always_ends_a_sentence_and_an_empty_line_has_none() -> None:
    assert sentences("عنوان بلا نقطة\nنص د.\nآخر  \n\n  \n") == ["عنوان بلا نقطة", "نص د.", "آخر"]
    assert sentence_at("أ\n\nب", 2) == (2, 2)
    assert sentence_at("", 0) == (0, 0)
    assert sentence_at("نص", 99) == (0, 2)


def test_a_sentence_also_begins_where_the_space_was_forgotten() -> None:
    assert sentences("يوم الجمعة.وأضاف الوزير؟نعم") == ["يوم الجمعة.", "وأضاف الوزير؟", "نعم"]
    assert sentences("قال د.محمد...ثم سكت") == ["قال د.محمد...ثم سكت"]


def test_white_space_behind_a_sentence_belongs_to_it() -> None:
    assert sentence_at("نعم.  لا.", 5) == (0, 4)
    assert sentence_at("نعم.  لا.", 6) == (6, 9)


class Counting(str):
    """A text that tells how far from its middle the characters are that it was asked for."""

    reach = 0

    def __getitem__(self, key: object) -> str:
        at = key.start if isinstance(key, slice) else key
        Counting.reach = max(Counting.reach, abs(int(at or 0) - 500_000))  # type: ignore[call-overload]
        return super().__getitem__(key)  # type: ignore[index]


def test_a_long_text_is_not_read_for_one_sentence() -> None:
    sentence = "قال د. محمد إن 3.5 مليون عادوا. "
    text = Counting(sentence * (1_000_000 // len(sentence)))
    start, end = sentence_at(text, 500_000)
    assert text[start:end] == sentence.strip()
    assert Counting.reach < 200


pieces = st.sampled_from(
    [
        ".",
        "..",
        "!",
        "؟",
        "…",
        "”",
        ")",
        '"',
        " ",
        "\n",
        "\u00a0",
        "د",
        "محمد",
        "U",
        "a",
        "3",
        "٫",
        "\u064e",
        "\u0600",
        "؛",
        "\u200f",
    ]
)


@given(st.lists(pieces, max_size=30).map("".join) | st.text(max_size=60))
def test_sentences_cover_the_text_and_never_overlap(text: str) -> None:
    spans = [sentence_at(text, offset) for offset in range(len(text))]
    for offset, (start, end) in enumerate(spans):
        assert 0 <= start <= end <= len(text)
        if text[offset].isalnum() or text[offset] in ".!؟…؛":
            assert start <= offset < end
    distinct = sorted({span for span in spans if span[0] < span[1]})
    assert all(before[1] <= after[0] for before, after in pairwise(distinct))

"""The words of a text as the index holds them, and the forms in which a sought word is found among them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.fold import fold
from annotator.text.forms import forms_of, spellings
from annotator.text.words import Worded, words_of

LETTERS = st.text(st.sampled_from("أحلبةىلاـ َُِّ،.٣5aÉ½ﷺﻻ\u200cـ\n"), max_size=40)


def test_words_are_folded_and_cut_where_no_letter_stands() -> None:
    text = "قـالَ: «الإعلام» ٣٫٥، é\u200cA_ﻻ"
    assert words_of(text).split() == ["قال", "الاعلام", "3", "5", "ea", "لا"]


def test_a_character_that_stands_for_several_words_is_none() -> None:
    assert words_of("محمد ﷺ و½ كأس").split() == ["محمد", "و", "كاس"]


@given(LETTERS)
def test_every_word_is_found_where_it_stands(text: str) -> None:
    worded = Worded(text)
    assert worded.words == words_of(text).split()
    end = 0
    for number, word in enumerate(worded.words):
        start, stop = worded.span(number, number)
        assert end <= start < stop
        assert fold(text[start:stop]) == word
        end = stop


@given(LETTERS, st.integers(0, 40), st.integers(1, 10))
def test_a_stretch_knows_the_words_it_touches(text: str, start: int, length: int) -> None:
    worded, end = Worded(text), start + length
    spans = [worded.span(number, number) for number in range(len(worded.words))]
    touched = [
        number for number, (first, last) in enumerate(spans) if first < end and _last(text, first, last) >= start
    ]
    found = worded.numbers_within(start, end)
    assert found == ((touched[0], touched[-1]) if touched else None)


def _last(text: str, first: int, end: int) -> int:
    """The last letter of a word: marks behind it do not count."""
    return max(at for at in range(first, end) if words_of(text[at]).strip())


@pytest.mark.parametrize(
    ("word", "found", "not_found"),
    [
        ("دمشق", "دمشق ودمشق بدمشق لدمشق فبدمشق وكدمشق", "دمشقي مدمشق سدمشق"),
        ("الجيش", "الجيش والجيش بالجيش للجيش وللجيش فالجيش كالجيش", "جيش لجيش بجيش"),
        ("جيش", "جيش الجيش للجيش بالجيش لجيش", "جيشه"),
        ("اللغة", "اللغه للغه واللغه", "لللغه لغه"),
        ("لجنة", "لجنه للجنه اللجنه ولجنه", "جنه"),
        ("ألمانيا", "المانيا بالمانيا لالمانيا والمانيا", "مانيا"),
        ("الله", "الله لله والله بالله", "له"),
        ("يقصف", "يقصف سيقصف وسيقصف ويقصف فيقصف", "سقصف"),
        ("رد", "رد الرد للرد والرد", "ورد برد فرد كرد"),
        ("مسؤول", "مسوول مسيول مسءول للمسيول", "مسول"),
        ("NATO", "nato بnato", "natos"),
    ],
)
def test_a_word_is_found_with_what_is_written_onto_it(word: str, found: str, not_found: str) -> None:
    forms = forms_of(word)
    assert set(found.split()) <= forms.keys()
    assert forms.keys().isdisjoint(not_found.split())
    assert list(forms_of(word, clitics=False)) == spellings(word)


def test_a_form_knows_how_many_letters_are_written_onto_the_word() -> None:
    forms = forms_of("الجيش")
    assert [forms[form] for form in ("الجيش", "بالجيش", "للجيش", "وللجيش")] == [0, 1, 1, 2]


def test_many_hamzas_make_no_flood_of_spellings() -> None:
    assert len(spellings("ؤؤؤؤؤؤ")) == 1
    assert len(spellings("شؤون")) == 3

"""Dates of claims: what is no date is refused with the reason, and words of time get an offer."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import ImpossibleDate
from annotator.text.dates import checked_edtf, days_of, offered_time

FRIDAY = date(2026, 1, 16)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-01", "2026-01-01", "2026-01-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-01-16", "2026-01-16", "2026-01-16"),
        ("2026-01-16/2026-01-18", "2026-01-16", "2026-01-18"),
        ("2025-12/2026", "2025-12-01", "2026-12-31"),
        ("2026-01-16?", "2026-01-16", "2026-01-16"),
        ("2026-01~/2026-02%", "2026-01-01", "2026-02-28"),
        ("2026-01-XX", "2026-01-01", "2026-01-31"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("202X-02-29", "2020-02-29", "2029-02-28"),
        ("2026-XX-31", "2026-01-31", "2026-12-31"),
        ("2026-21", "2026-03-01", "2026-05-31"),
        ("2026-24", "2026-12-01", "2027-02-28"),
        ("2026-01-16T17:00", "2026-01-16", "2026-01-16"),
        ("2026-01-16T17:00:59+03:00", "2026-01-16", "2026-01-16"),
    ],
)
def test_a_date_covers_its_days(value: str, first: str, last: str) -> None:
    assert checked_edtf(value) == value
    assert days_of(value) == (date.fromisoformat(first), date.fromisoformat(last))


def test_an_interval_may_be_open() -> None:
    assert days_of("2026-01-16/..") == (FRIDAY, None)
    assert days_of("/2026-01-16") == (None, FRIDAY)


def test_arabic_digits_and_small_letters_are_taken() -> None:
    assert checked_edtf(" ٢٠٢٦-٠١-١٦ ") == "2026-01-16"
    assert checked_edtf("2026-01-16t17:00z") == "2026-01-16T17:00Z"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("", "empty"),
        ("2026-02-30", "2026-02 has 28 days"),
        ("2026-02-00", "28 days"),
        ("2026-XX-45", "days"),
        ("202X-02-30", "29 days"),
        ("2026-13", "no month 13"),
        ("2026-24-05", "no month 24"),
        ("0000", "no year 0"),
        ("2026-01-16T25:00", "time of day"),
        ("2026-01T10:00", "known form"),
        ("16/1/2026", "known form"),
        ("2026-01-16/2026-01-15", "ends before it begins"),
        ("../..", "beginning or an end"),
        ("أمس", "known form"),
        ("2026-01-16/2026-01-17/2026-01-18", "known form"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(value: str, reason: str) -> None:
    with pytest.raises(ImpossibleDate, match=reason):
        checked_edtf(value)


@given(st.dates(date(1, 1, 2), date(9998, 12, 30)), st.integers(0, 400))
def test_every_day_of_the_calendar_is_a_date(day: date, more: int) -> None:
    assert days_of(day.isoformat()) == (day, day)
    later = date.fromordinal(min(day.toordinal() + more, date(9998, 12, 31).toordinal()))
    assert days_of(checked_edtf(f"{day.isoformat()}/{later.isoformat()}")) == (day, later)


@given(st.text(alphabet="0123456789-/.XxT:?~%Z ٠", max_size=24))
def test_whatever_is_typed_is_a_date_or_refused(typed: str) -> None:
    try:
        value = checked_edtf(typed)
    except ImpossibleDate:
        return
    assert checked_edtf(value) == value
    assert days_of(value) != (None, None)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("اليوم الجمعة", "2026-01-16"),
        ("فجر اليوم", "2026-01-16"),
        ("أمس", "2026-01-15"),
        ("مساء أمس الخميس", "2026-01-15"),
        ("أول أمس", "2026-01-14"),
        ("الليلة الماضية", "2026-01-15"),
        ("غداً", "2026-01-17"),
        ("بعد غدٍ", "2026-01-18"),
        ("الخميس الماضي", "2026-01-15"),
        ("الجمعة الماضية", "2026-01-09"),
        ("الأحد المقبل", "2026-01-18"),
        ("الجمعة المقبلة", "2026-01-23"),
        ("16 كانون الثاني 2026", "2026-01-16"),
        ("١٦ يناير", "2026-01-16"),
        ("28 كانون الأول", "2025-12-28"),
        ("في آب 2025", "2025-08"),
        ("16/1/2026", "2026-01-16"),
        ("الأسبوع الماضي", "2026-01-03/2026-01-09"),
        ("الشهر الماضي", "2025-12"),
        ("العام الحالي", "2026"),
    ],
)
def test_words_of_time_get_an_offer(words: str, value: str) -> None:
    assert offered_time(words, FRIDAY) == value
    assert checked_edtf(value) == value


@pytest.mark.parametrize("words", ["", "قبل ذلك", "31 شباط 2026", "آب", "يومان", "أحد عناصر"])
def test_other_words_get_none(words: str) -> None:
    assert offered_time(words, FRIDAY) is None

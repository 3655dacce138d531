"""Dates as claims give them: checked EDTF, the days it covers, and what Arabic day words may mean.

Of EDTF (ISO 8601-2:2019, levels 0 and 1; Library of Congress) we take: years, months, days, instants, seasons (21 to 24),
unspecified digits (X), the qualifiers ? ~ %, and intervals with an open end. A date that is no day of the calendar is refused
with the reason. Meanings of words are only ever offered.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import regex

from annotator.errors import ImpossibleDate
from annotator.language import N_, Sentence
from annotator.text.fold import fold

_PART = regex.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?"
    r"(?:T(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?P<zone>Z|[+-]\d{2}:\d{2})?)?(?P<qualifier>[?~%])?"
)
_OPEN = ("", "..")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
_WEEKDAYS = {"اثنين": 0, "اتنين": 0, "ثلاثاء": 1, "اربعاء": 2, "خميس": 3, "جمعه": 4, "سبت": 5, "احد": 6}
_MONTHS = (
    ("كانون الثاني", "يناير", "جانفي"), ("شباط", "فبراير", "فيفري"), ("اذار", "مارس"),
    ("نيسان", "ابريل", "افريل"), ("ايار", "مايو", "ماي"), ("حزيران", "يونيو", "جوان"),
    ("تموز", "يوليو", "جويليه"), ("اب", "اغسطس", "اوت"), ("ايلول", "سبتمبر"),
    ("تشرين الاول", "اكتوبر"), ("تشرين الثاني", "نوفمبر"), ("كانون الاول", "ديسمبر"),
)  # fmt: skip
_MONTH_OF = {fold(name): number for number, names in enumerate(_MONTHS, start=1) for name in names}
_MONTH_NAMES = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
_WRITTEN = regex.compile(
    rf"(?<!\w)(?:(?P<day>\d{{1,2}}) )?(?:من )?(?:شهر )?(?P<month>{_MONTH_NAMES})(?!\w)"
    rf"(?: ?[/(-] ?(?:{_MONTH_NAMES})(?!\w)\)?)?(?:[ /،,]+(?P<year>\d{{4}}))?"
)
_MONTH_FIRST = regex.compile(
    rf"(?<!\w)(?P<month>{_MONTH_NAMES}) (?P<day>\d{{1,2}})(?: ?[،,] ?| )(?P<year>\d{{4}})(?!\d)"
)
_FIGURES = regex.compile(r"(?<!\d)(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})(?!\d)")
_DAY_WORD = regex.compile(
    r"(?<!\w)[وفبل]?(?P<word>اول(?: من)? امس|امس|الامس|البارحه|اليوم|الليله الماضيه|بعد غد|غدا|الغد|غد)(?!\w)"
)
_SPAN_WORD = regex.compile(
    r"(?<!\w)(?P<unit>الاسبوع|الشهر|العام|السنه) (?P<which>الماضي|الماضيه|الجاري|الجاريه|الحالي|الحاليه)(?!\w)"
)
_WEEKDAY = regex.compile(
    rf"(?<!\w)[وفبل]?(?:ال|ل)(?P<name>{'|'.join(_WEEKDAYS)})"
    r"(?P<next> (?:المقبل|القادم|التالي)ه?)?(?P<last> (?:الماضي|الفائت|المنصرم)ه?)?(?!\w)"
)
_DAYS_AWAY = {
    "اليوم": 0, "امس": -1, "الامس": -1, "البارحه": -1, "الليله الماضيه": -1, "اول امس": -2, "اول من امس": -2,
    "غدا": 1, "غد": 1, "الغد": 1, "بعد غد": 2,
}  # fmt: skip


def checked_edtf(text: str) -> str:
    """Return a date or an interval in its written form, digits in ASCII; raise ImpossibleDate with the reason."""
    value = fold(text).strip().upper()
    if not value:
        raise ImpossibleDate(value=text, reason=Sentence(N_("it is empty.")))
    _bounds(value, text)
    return value


def days_of(value: str) -> tuple[date | None, date | None]:
    """Return the first and the last day that a date or interval covers; None where it is open. Raises ImpossibleDate."""
    return _bounds(value, value)


def offered_time(words: str, day: date) -> str | None:
    """Return what words of time may mean in an article of this day (EDTF), or None; it is for a reviewer to decide."""
    folded = fold(words)
    written = _written(folded, day)
    if written:
        return written
    named, relative = _WEEKDAY.search(folded), _DAY_WORD.search(folded)
    if named:
        return _weekday(named, day).isoformat()
    if relative:
        return (day + timedelta(days=_DAYS_AWAY[relative["word"]])).isoformat()
    span = _SPAN_WORD.search(folded)
    return _span(span["unit"], span["which"].startswith("الماض"), day) if span else None


def written_day(words: str) -> str | None:
    """Return the day that words name with month and year (16 كانون الثاني 2026, يناير 16، 2026, 16/1/2026), or None."""
    folded = fold(words)
    found = _FIGURES.search(folded)
    if found:
        return _real(int(found["year"]), int(found["month"]), int(found["day"]))
    found = _MONTH_FIRST.search(folded) or _WRITTEN.search(folded)
    if not found or not found["day"] or not found["year"]:
        return None
    return _real(int(found["year"]), _MONTH_OF[found["month"]], int(found["day"]))


def _bounds(value: str, text: str) -> tuple[date | None, date | None]:
    begin, slash, end = value.partition("/")
    if not slash:
        return _days(value, text)
    first = None if begin in _OPEN else _days(begin, text)[0]
    last = None if end in _OPEN else _days(end, text)[1]
    if begin in _OPEN and end in _OPEN:
        raise ImpossibleDate(value=text, reason=Sentence(N_("an interval needs a beginning or an end.")))
    if first and last and first > last:
        raise ImpossibleDate(value=text, reason=Sentence(N_("the interval ends before it begins.")))
    return first, last


def _days(part: str, text: str) -> tuple[date, date]:
    found = _PART.fullmatch(part)
    if not found or (found["hour"] and (not found["day"] or "X" in found["day"])):
        raise ImpossibleDate(value=text, reason=Sentence(N_("it is not in a known form.")))
    _check_instant(found, text)
    first_year, last_year = int(found["year"].replace("X", "0")), int(found["year"].replace("X", "9"))
    if first_year == 0:
        raise ImpossibleDate(value=text, reason=Sentence(N_("there is no year 0 here.")))
    first_month, last_month = _months(found["month"], text, season=not found["day"])
    if not found["day"] or found["day"] == "XX":
        return _month_begin(first_year, first_month), _month_end(last_year, last_month)
    number = int(found["day"])
    # Of an unspecified year only what no leap year has is refused.
    _check_day(first_year if "X" not in found["year"] else 2000, first_month, number, text)
    return _nearest_day(first_year, first_month, number), _nearest_day(last_year, last_month, number)


def _check_instant(found: regex.Match[str], text: str) -> None:
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    zone = found["zone"] or "Z"
    away = 0 if zone == "Z" else int(zone[1:3]) * 60 + int(zone[4:6])
    if hour > 23 or minute > 59 or second > 59 or away > 14 * 60:
        raise ImpossibleDate(value=text, reason=Sentence(N_("there is no such time of day.")))


def _months(month: str | None, text: str, *, season: bool) -> tuple[int, int]:
    if month is None or month == "XX":
        return 1, 12
    number = int(month)
    if season and number in _SEASONS:
        return _SEASONS[number]
    if not 1 <= number <= 12:
        raise ImpossibleDate(value=text, reason=Sentence(N_("there is no month {month}."), {"month": number}))
    return number, number


def _check_day(year: int, month: int, day: int, text: str) -> None:
    length = calendar.monthrange(year, month)[1]
    if not 1 <= day <= length:
        details = {"month": f"{year:04}-{month:02}", "days": length}
        raise ImpossibleDate(value=text, reason=Sentence(N_("{month} has {days} days."), details))


def _nearest_day(year: int, month: int, day: int) -> date:
    """Return a day of a month; the last one where an unspecified year or month has no such day."""
    return date(year, month, min(max(day, 1), calendar.monthrange(year, month)[1]))


def _month_begin(year: int, month: int) -> date:
    return date(year, month, 1)


def _month_end(year: int, month: int) -> date:
    """Return the last day of a month; months 13 and 14 are those of the next year, for winter."""
    year, month = (year + 1, month - 12) if month > 12 else (year, month)
    year = min(year, date.max.year)
    return date(year, month, calendar.monthrange(year, month)[1])


def _written(folded: str, day: date) -> str | None:
    """Return a date written out (16 كانون الثاني 2026, 16/1/2026); a year that is left out is the one that lies nearest."""
    found = _FIGURES.search(folded)
    if found:
        return _real(int(found["year"]), int(found["month"]), int(found["day"]))
    found = _WRITTEN.search(folded)
    if not found:
        return None
    month, number = _MONTH_OF[found["month"]], int(found["day"] or 0)
    if not number and not found["year"] and len(found["month"]) < 3:
        return None  # اب alone is rather a father than August
    year = int(found["year"]) if found["year"] else _nearest_year(month, day)
    return _real(year, month, number) if number else f"{year:04}-{month:02}"


def _nearest_year(month: int, day: date) -> int:
    return min(
        (day.year - 1, day.year, day.year + 1),
        key=lambda year: abs(_month_begin(year, month).toordinal() - day.toordinal()),
    )


def _real(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _weekday(found: regex.Match[str], day: date) -> date:
    """Return the day of that name: on or before the article's day, unless the words say otherwise."""
    back = (day.weekday() - _WEEKDAYS[found["name"]]) % 7
    if found["next"]:
        return day + timedelta(days=(7 - back) or 7)
    return day - timedelta(days=(back or 7) if found["last"] else back)


def _span(unit: str, last: bool, day: date) -> str:
    if unit == "الاسبوع":
        # Weeks begin on Saturday where our articles come from.
        first = day - timedelta(days=(day.weekday() - 5) % 7 + 7 * last)
        return f"{first.isoformat()}/{(first + timedelta(days=6)).isoformat()}"
    if unit == "الشهر":
        before = day.replace(day=1) - timedelta(days=1) if last else day
        return f"{before.year:04}-{before.month:02}"
    return f"{day.year - last:04}"

"""When an article was published, from the many ways in which files write it, as ISO 8601.

A time is given in UTC, and only where the file tells its zone; of a time without one the day is taken.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from annotator.text.dates import offered_time, written_day
from annotator.text.fold import fold

_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_MONTH = re.compile(r"\d{4}(-\d{2})?")
_SECONDS = re.compile(r"-?\d{9,10}(?:\.\d+)?")
_MILLISECONDS = re.compile(r"-?\d{12,13}")
_ANY_YEAR = re.compile(r"\d{4}")
_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAME = rf"(?P<month>{'|'.join(_NAMES)})[a-z]*"
_ENGLISH = (
    re.compile(rf"(?<!\w)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of )?{_NAME}\.?,?\s+(?P<year>\d{{4}})(?!\d)"),
    re.compile(rf"(?<!\w){_NAME}\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)"),
)
_SCRIPT = re.compile(
    rf"[a-z]{{3}} {_NAME} (?P<day>\d\d) (?P<year>\d{{4}}) (?P<time>\d\d:\d\d:\d\d) (?:gmt|utc)(?P<zone>[+-]\d{{4}})"
)
_HIJRI = range(1300, 1500)  # years of a calendar that is not ours to convert


def published(written: str) -> str:
    """Return a date as `2026-01-16T10:00:00Z`, `2026-01-16`, `2026-01` or `2026`; empty when it is not understood.

    Understood are ISO 8601, RFC 5322, what JavaScript writes, seconds and milliseconds since 1970, day/month/year, and dates in
    Arabic or English words.
    """
    text = fold(written).strip().upper()
    found = _iso(text) or _epoch(text) or _script(text) or _mail(written) or _day(text) or _in_words(written)
    return _of_our_calendar(found)


def day_in(written: str) -> str:
    """Return the day that stands somewhere in a few words with its month and year, as `2026-01-16`, or empty."""
    folded = fold(written)
    english = next((found for form in _ENGLISH if (found := form.search(folded))), None)
    day = _english_day(english) if english else written_day(folded) or ""
    return _of_our_calendar(day)


def _of_our_calendar(day: str) -> str:
    return "" if day[:4].isdigit() and int(day[:4]) in _HIJRI else day


def _iso(text: str) -> str:
    try:
        return _utc(datetime.fromisoformat(text))
    except ValueError:
        return text if _MONTH.fullmatch(text) and text[5:] <= "12" and text[5:] != "00" else ""


def _utc(moment: datetime) -> str:
    if moment.tzinfo is None:
        return moment.date().isoformat()
    try:
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    except OverflowError:
        return moment.date().isoformat()


def _epoch(text: str) -> str:
    try:
        if _SECONDS.fullmatch(text):
            return _utc(datetime.fromtimestamp(float(text), UTC))
        if _MILLISECONDS.fullmatch(text):
            return _utc(datetime.fromtimestamp(int(text) / 1000, UTC))
    except (ValueError, OverflowError, OSError):
        pass
    return ""


def _mail(text: str) -> str:
    try:
        moment = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, IndexError):
        return ""
    # RFC 5322: with -0000 the time is UTC, and nothing is said of the place.
    return _utc(moment.replace(tzinfo=UTC) if text.strip().endswith("-0000") else moment)


def _script(text: str) -> str:
    """Return what JavaScript writes of itself: Sat Jan 31 2026 12:00:00 GMT+0300 (…)."""
    found = _SCRIPT.match(text.lower())
    return _iso(f"{_english_day(found)}T{found['time']}{found['zone']}") if found else ""


def _english_day(found: re.Match[str]) -> str:
    try:
        return date(int(found["year"]), _NAMES.index(found["month"]) + 1, int(found["day"])).isoformat()
    except ValueError:
        return ""


def _day(text: str) -> str:
    found = _DAY.match(text)
    try:
        return date(*map(int, found.groups())).isoformat() if found else ""
    except ValueError:
        return ""


def _in_words(text: str) -> str:
    """Return a date that names its year; any other would be a guess."""
    day = day_in(text)
    if day:
        return day
    folded = fold(text)
    if not _ANY_YEAR.search(folded):
        return ""
    found = offered_time(folded, date(2000, 1, 1)) or ""
    return found if found[:4] in folded else ""

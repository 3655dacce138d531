"""When something was published or saved, as files say it: ISO 8601, mail dates, and dates written out in Arabic or English.

A time is told in UTC, if its zone is known; else only the day remains. Midnight is what programs write where they know only
the day. Years that are none of our calendar (1447) are left alone.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from annotator.text.dates import written_day
from annotator.text.fold import fold

_ISO = re.compile(
    r"(?P<year>\d{4})(?:-|/|(?=\d{4}))(?P<month>\d{1,2})(?:[-/]?(?P<day>\d{2}|\d(?!\d)))?"
    r"(?:[t ]\s?(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s?(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2}(?!\d))?)?(?!\d)"
)
_MAIL = re.compile(r"(?:[a-z]{3},? )?\d{1,2} [a-z]{3} \d{4} \d{2}:\d{2}")
_SCRIPT = re.compile(
    r"[a-z]{3} (?P<month>[a-z]{3}) (?P<day>\d{2}) (?P<year>\d{4}) (?P<hour>\d{2}):(?P<minute>\d{2}):(?P<second>\d{2})"
    r" (?:gmt|utc)(?P<zone>[+-]\d{4})"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_ENGLISH = (
    re.compile(
        rf"(?<!\w)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of )?(?P<month>{_NAMES})\.?,?\s+(?P<year>\d{{4}})(?!\d)"
    ),
    re.compile(rf"(?<!\w)(?P<month>{_NAMES})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)"),
)
_FIRST_YEAR = 1800


def published(said: str) -> str:
    """Return when something was published, in ISO 8601 (`2026-01-31`, `2026-01-31T12:00Z`, `2026-01`); empty if unknown."""
    words = fold(said).strip()[:200]
    found = _ISO.match(words) or _SCRIPT.match(words)
    if found:
        return _told(found)
    if _MAIL.match(words):
        return _mailed(words)
    return _day_in(words)


def day_in(said: str) -> str:
    """Return the day that is written out in a few words, with its year, or empty."""
    return _day_in(fold(said))


def moment(said: str) -> str:
    """Return when something was saved, to the second and in UTC (`2026-01-31T12:00:05Z`); else as `published` does."""
    words = fold(said).strip()[:200]
    found = _ISO.match(words) or _SCRIPT.match(words)
    at = _instant(found) if found else _mail_instant(words)
    return f"{at:%Y-%m-%dT%H:%M:%SZ}" if at else published(said)


def _told(found: re.Match[str]) -> str:
    at = _instant(found)
    if at and (found["hour"], found["minute"]) != ("00", "00"):
        return f"{at:%Y-%m-%dT%H:%MZ}"
    if found["day"] is None:
        return f"{found['year']}-{int(found['month']):02}" if _is_month(found) else ""
    return _day(found)


def _is_month(found: re.Match[str]) -> bool:
    return int(found["year"]) >= _FIRST_YEAR and 1 <= int(found["month"]) <= 12


def _day(found: re.Match[str]) -> str:
    month = found["month"]
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
    try:
        day = date(int(found["year"]), number, int(found["day"]))
    except ValueError:
        return ""
    return day.isoformat() if day.year >= _FIRST_YEAR else ""


def _instant(found: re.Match[str]) -> datetime | None:
    """Return the moment of a date with time and zone, in UTC; None where one of them is missing or impossible."""
    day = _day(found) if found["day"] else ""
    if not day or found["hour"] is None or found["zone"] is None:
        return None
    try:
        time = datetime.fromisoformat(f"{day}T{found['hour']}:{found['minute']}:{found['second'] or '00'}")
        return time.replace(tzinfo=_zone(found["zone"])).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(said: str) -> timezone:
    if said in ("z", "utc", "gmt"):
        return UTC
    away = timedelta(hours=int(said[1:3]), minutes=int(said[-2:] if len(said) > 3 else 0))
    return timezone(-away if said.startswith("-") else away)


def _mailed(words: str) -> str:
    at = _mail_instant(words)
    if at and (at.hour, at.minute) != (0, 0):
        return f"{at:%Y-%m-%dT%H:%MZ}"
    return _day_in(words)


def _mail_instant(words: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(words)
        if at.tzinfo is None and words.endswith("-0000"):
            at = at.replace(tzinfo=UTC)  # RFC 5322: the time is UTC, and nothing is said of the place
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _day_in(folded: str) -> str:
    english = next((found for form in _ENGLISH if (found := form.search(folded))), None)
    if english:
        return _day(english)
    day = written_day(folded)
    return day if day and int(day[:4]) >= _FIRST_YEAR else ""

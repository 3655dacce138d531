"""When an article was published, from the many ways in which files write it, as ISO 8601.

A time is given in UTC, and only where the file tells its zone; of a time without one the day is taken.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from annotator.text.dates import offered_time
from annotator.text.fold import fold

_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_MONTH = re.compile(r"\d{4}(-\d{2})?")
_SECONDS = re.compile(r"-?\d{9,10}(?:\.\d+)?")
_MILLISECONDS = re.compile(r"-?\d{12,13}")
_ANY_YEAR = re.compile(r"\d{4}")


def published(written: str) -> str:
    """Return a date as `2026-01-16T10:00:00Z`, `2026-01-16`, `2026-01` or `2026`; empty when it is not understood.

    Understood are ISO 8601, RFC 5322, seconds and milliseconds since 1970, day/month/year, and dates in Arabic words.
    """
    text = fold(written).strip().upper()
    return _iso(text) or _epoch(text) or _mail(written) or _day(text) or _in_words(written)


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
        return _utc(parsedate_to_datetime(text.strip()))
    except (ValueError, TypeError, IndexError):
        return ""


def _day(text: str) -> str:
    found = _DAY.match(text)
    try:
        return date(*map(int, found.groups())).isoformat() if found else ""
    except ValueError:
        return ""


def _in_words(text: str) -> str:
    """Return a date that names its year; any other would be a guess."""
    folded = fold(text)
    if not _ANY_YEAR.search(folded):
        return ""
    found = offered_time(folded, date(2000, 1, 1)) or ""
    return found if found[:4] in folded else ""

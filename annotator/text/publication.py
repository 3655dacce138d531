"""When an article was published: the forms a person may write, and the one that is stored.

Of ISO 8601 we take a year, a month, a day, or a day with a time and its zone, in any digits. A time is stored in UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import regex

from annotator.errors import BadDate, ImpossibleDate
from annotator.language import N_, Sentence
from annotator.text.dates import days_of
from annotator.text.fold import fold

_FORM = regex.compile(r"\d{4}(?:-\d{2}(?:-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)?)?)?")
_DAY = regex.compile(r"\d{4}-\d{2}-\d{2}")
_INVISIBLE = regex.compile(r"[\u061c\u200e\u200f\u2066-\u2069]")


def checked_publication(text: str) -> str:
    """Return a date of publication as it is stored, digits in ASCII; empty for an empty one. Raises BadDate."""
    value = _INVISIBLE.sub("", fold(text)).strip().upper()
    if not value:
        return ""
    if not _FORM.fullmatch(value):
        raise BadDate(value=text, reason=Sentence(N_("it is not in a known form.")))
    value = value.replace(" ", "T")
    try:
        days_of(value)
    except ImpossibleDate as error:
        raise BadDate(value=text, reason=error.sentence.details["reason"]) from error
    return _in_utc(value, text) if "T" in value else value


def day_of(publication: str) -> date | None:
    """Return the day of a stored date of publication, or None where it tells none."""
    found = _DAY.match(publication)
    return date.fromisoformat(found.group()) if found else None


def _in_utc(value: str, text: str) -> str:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise BadDate(value=text, reason=Sentence(N_("a time needs its zone: Z, or +03:00.")))
    try:
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)
    except OverflowError as error:
        raise BadDate(value=text, reason=Sentence(N_("there is no year 0 here."))) from error

"""A moment as a person writes it, for asking what changed since: a day or a time of ISO 8601, in any digits."""

from __future__ import annotations

from datetime import UTC, datetime

from annotator.errors import BadMoment
from annotator.text.fold import fold

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment_of(text: str) -> int:
    """Return the milliseconds since 1970 of a day (its beginning) or a time, in UTC where it has no zone. Raises BadMoment."""
    try:
        given = datetime.fromisoformat(fold(text).strip().upper())
    except ValueError as error:
        raise BadMoment(value=text) from error
    since = (given if given.tzinfo else given.replace(tzinfo=UTC)) - _EPOCH
    return max(0, round(since.total_seconds() * 1000))

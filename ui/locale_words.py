"""Dates, moments and shares as the interface's language writes them."""

from __future__ import annotations

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt, QTimeZone

_MONTH_LENGTH, _DAY_LENGTH = len("2026-01"), len("2026-01-16")


def shown_day(publication: str, language: str) -> str:
    """Return a stored date of publication as people write it, as exact as it is known; empty for an empty one."""
    locale = QLocale(language)
    day = QDate.fromString(publication[:_DAY_LENGTH], Qt.DateFormat.ISODate)
    if day.isValid():
        return locale.toString(day, "d MMMM yyyy")
    month = QDate.fromString(f"{publication[:_MONTH_LENGTH]}-01", Qt.DateFormat.ISODate)
    if len(publication) == _MONTH_LENGTH and month.isValid():
        return locale.toString(month, "MMMM yyyy")
    return locale.toString(QDate(int(publication), 1, 1), "yyyy") if publication.isdecimal() else publication


def shown_moment(moment: str, language: str) -> str:
    """Return a moment (ISO 8601, UTC) in the local time; empty for an empty one, and as it is where it is none."""
    found = QDateTime.fromString(moment, Qt.DateFormat.ISODateWithMs)
    if not found.isValid():
        return moment
    if len(moment) <= _DAY_LENGTH:
        return shown_day(moment, language)
    local = found.toTimeZone(QTimeZone.systemTimeZone())
    return QLocale(language).toString(local, "d MMMM yyyy HH:mm")


def shown_share(share: float, language: str) -> str:
    """Return a share (0 to 1) in per cent."""
    locale = QLocale(language)
    return f"{locale.toString(round(share * 100))}{locale.percent()}"

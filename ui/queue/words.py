"""What the queue says: names of states, groups and orders, a row for screen readers and for the tooltip."""

from __future__ import annotations

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt

from annotator.queue_rows import QueueRow, State
from ui.translate import isolated, language, tr, trn


def state_name(state: State) -> str:
    """Return the name of a state."""
    return {"todo": tr("To do"), "progress": tr("In progress"), "done": tr("Done")}[state]


def review_name(review: str) -> str:
    """Return how far a project is with an article that several read."""
    return {
        "second": tr("Needs a second reader"), "compare": tr("To compare and settle"), "settled": tr("Settled")
    }.get(review, "")  # fmt: skip


def group_names() -> dict[str, str]:
    """Return the names of the groups that rows are counted by."""
    return {
        "all": tr("All"), "todo": state_name("todo"), "progress": state_name("progress"), "done": state_name("done"),
        "flagged": tr("Flagged"), "contested": tr("Contested"), "compare": tr("To compare"), "mine": tr("Mine"),
    }  # fmt: skip


def sort_names() -> dict[str, str]:
    """Return the names of the orders."""
    return {
        "imported": tr("Order of import"), "date": tr("Date"), "title": tr("Title"), "outlet": tr("Outlet"),
        "state": tr("State"), "claims": tr("Number of claims"),
    }  # fmt: skip


def number(count: int) -> str:
    """Return a number that can be read at a glance: 100,000."""
    return f"{count:,}"


def day(row: QueueRow) -> str:
    """Return the day of an article as people write it: that of its publication, or else that of its import."""
    if not row.date:
        moment = QDateTime.fromString(row.imported_at, Qt.DateFormat.ISODateWithMs).toLocalTime()
        return _short(moment.date())
    found = QDate.fromString(row.date[:10], Qt.DateFormat.ISODate)
    return _short(found) if found.isValid() else row.date


def details(row: QueueRow) -> str:
    """Return where an article comes from and when: its outlet, or else its file."""
    return f"{isolated(row.outlet or row.file)} · {isolated(day(row))}"


def signs(row: QueueRow) -> list[str]:
    """Return in words what the signs of a row say."""
    said = []
    if row.flags:
        said.append(tr("Flagged by {names}").format(names=_names(row.flags)))
    if row.notes:
        said.append(tr("Note of {names}").format(names=_names(row.notes)))
    if row.contested:
        said.append(tr("Contested: reviewers differ"))
    if row.review:
        said.append(review_name(row.review))
    if row.original:
        said.append(tr("Copy of another article"))
    if row.copies:
        said.append(trn("{count} copy", "{count} copies", row.copies))
    if row.replaced:
        said.append(tr("Replaced by a corrected version"))
    if row.assigned:
        said.append(tr("Assigned to {names}").format(names=_names(row.assigned)))
    return said


def spoken(row: QueueRow) -> str:
    """Return a row as it is read aloud."""
    marked = trn("{count} annotation", "{count} annotations", sum(row.counts.values()))
    return ". ".join((row.title, details(row), state_name(row.state), *signs(row), marked))


def tip(row: QueueRow) -> str:
    """Return the whole of a row, as its tooltip says it."""
    source = details(row) if not row.outlet else f"{details(row)} · {isolated(row.file)}"
    return "\n".join((row.title, source, state_name(row.state), *signs(row)))


def _names(names: tuple[str, ...]) -> str:
    comma = "، " if language() == "ar" else ", "
    return comma.join(map(isolated, names))


def _short(date: QDate) -> str:
    return QLocale(language()).toString(date, QLocale.FormatType.ShortFormat)

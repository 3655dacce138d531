"""The fields of what is said about an article. Each is stored when one leaves it, as a step of its own."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from annotator.errors import BadDate
from annotator.model import Details
from annotator.text.publication import checked_publication
from ui.locale_words import shown_day
from ui.plain import PlainLabel, title_of
from ui.translate import language, running, say, tr


class DetailsForm(QWidget):
    """Shows title, outlet, author and date. `changed` names a field and gives its new value."""

    changed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._details = Details("")
        names = {"title": tr("Title"), "outlet": tr("Outlet"), "author": tr("Author"), "date": tr("Published")}
        self._fields = {key: QLineEdit() for key in names}
        self._shown_day, self._problem = PlainLabel(), PlainLabel(wraps=True)
        self._shown_day.setProperty("quiet", "true")
        self._problem.setObjectName("problem")
        self._problem.hide()
        rows = QFormLayout()
        rows.setContentsMargins(0, 0, 0, 0)
        for key, field in self._fields.items():
            rows.addRow(title_of(field, names[key]), field)
            field.editingFinished.connect(partial(self.store, key))
        rows.addRow("", self._shown_day)
        self._fields["date"].setPlaceholderText(tr("2026-01-16"))
        self._fields["date"].textEdited.connect(self._show_day)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(rows)
        column.addWidget(self._problem)

    def show_details(self, details: Details) -> None:
        """Show what is stored; a field in which one is writing keeps what is written."""
        self._details = details
        for key, field in self._fields.items():
            if not (field.hasFocus() and field.isModified()):
                field.setText(getattr(details, key))
                field.setCursorPosition(0)
        self._show_day(self._fields["date"].text())

    def store(self, key: str) -> bool:
        """Store one field when it differs; when it cannot be, say why and return False."""
        field, value = self._fields[key], self._fields[key].text().strip()
        problem = _problem(key, value) if value != getattr(self._details, key) else ""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        if problem:
            return False
        field.setModified(False)
        if value != getattr(self._details, key):
            self.changed.emit(key, value)
        return True

    def store_all(self) -> bool:
        """Store all fields that differ; False when one cannot be."""
        return all(self.store(key) for key in self._fields)

    def _show_day(self, written: str) -> None:
        """Show how the date that stands in the field is read."""
        try:
            self._shown_day.setText(shown_day(checked_publication(written), language()) or tr("No date is known."))
        except BadDate:
            self._shown_day.setText("…")


def _problem(key: str, value: str) -> str:
    """Return why a value cannot be stored, or nothing."""
    if key == "title" and not value:
        return running(tr("An article needs a title."))
    if key == "date":
        try:
            checked_publication(value)
        except BadDate as error:
            return running(say(error.sentence))
    return ""

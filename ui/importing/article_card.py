"""One article of the preview: what becomes of it, what is said about it, how its file is read, and how it begins."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from annotator import ProjectError
from annotator.model import Details
from annotator.text.publication import checked_publication
from ui.choice_box import ChoiceBox
from ui.column_table import ColumnTable
from ui.elided import ElidedLabel
from ui.importing import words
from ui.importing.beginning import Beginning
from ui.importing.encoding_box import EncodingBox
from ui.importing.plan import Plan, Row
from ui.plain import PlainLabel, title_of
from ui.register.two_lines import at_start
from ui.settings import Settings
from ui.translate import say, tr

_BEGINNING = 600  # characters that a survey tells of a text
_ROWS = 3


class ArticleCard(QScrollArea):
    """Shows a row of a plan, and says what a reviewer wants otherwise."""

    decided = Signal(object)
    described = Signal(object)
    encoding_chosen = Signal(object)
    mapping_chosen = Signal(object)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._row: Row | None = None
        self._date = ""
        self._facts, self._doubts, self._notes, self._problem = (
            ElidedLabel(), PlainLabel(wraps=True), PlainLabel(wraps=True), PlainLabel(wraps=True),
        )  # fmt: skip
        self.deed, self.encoding = ChoiceBox(), EncodingBox()
        self.title, self.outlet, self.author, self.date = (QLineEdit() for _ in range(4))
        self.columns, self.beginning = ColumnTable(field_names()), Beginning(settings)
        self._lay_out()
        self._connect()

    def show_row(self, row: Row, plan: Plan) -> None:
        """Show a row as the plan has it."""
        is_other = self._row is None or (row.file, row.number) != (self._row.file, self._row.number)
        self._row = row
        self._facts.setText(words.facts(row))
        self._show_remarks(row)
        self._show_deeds(row, plan)
        self._show_details(plan.details_of(row), keep_typing=not is_other)
        options = plan.options_of(row.file)
        self._show(words.may_choose_encoding(row, plan), self._encoding_title, self.encoding)
        self.encoding.show_choice(words.detected(row.found if not options.encoding else None), options.encoding)
        self._show_table(row, plan)
        self.beginning.setVisible(row.found is not None)
        if row.found:
            self.beginning.show_text(row.found.beginning, whole=row.found.length <= _BEGINNING)
        if is_other:
            self.verticalScrollBar().setValue(0)

    def first(self) -> QWidget:
        """Return where the keyboard goes first."""
        wanted = (self.deed, *self.columns.boxes(), self.encoding, self.title, self.beginning)
        return next((one for one in wanted if one.isVisible() and one.isEnabled()), self)

    # -- showing --------------------------------------------------------------------------------------------------

    def _show_remarks(self, row: Row) -> None:
        doubts, notes = words.remarks(row)
        for label, sentences in ((self._doubts, doubts), (self._notes, notes)):
            label.setText("\n".join(sentences))
            label.setVisible(bool(sentences))

    def _show_deeds(self, row: Row, plan: Plan) -> None:
        deeds = words.deeds(row)
        self._show(bool(deeds), self._deed_title, self.deed)
        with QSignalBlocker(self.deed):
            self.deed.clear()
            for text, decision in deeds:
                self.deed.addItem(text, decision)
            current = plan.decision(row)
            at = next((number for number, (_, one) in enumerate(deeds) if one == current), 0)
            self.deed.setCurrentIndex(at)

    def _show_details(self, details: Details, *, keep_typing: bool) -> None:
        self._date = details.date
        found = self._row is not None and self._row.found is not None
        editable = found and self._row is not None and self._row.group in ("open", "certain")
        values = (details.title, details.outlet, details.author, details.date)
        for field, title, value in zip(self._fields(), self._field_titles, values, strict=True):
            self._show(found, title, field)
            field.setReadOnly(not editable)
            if not (keep_typing and field.hasFocus()) and field.text() != value:
                field.setText(value)
                field.setCursorPosition(0)
        if not (keep_typing and self.date.hasFocus()):
            self._problem.hide()

    def _show_table(self, row: Row, plan: Plan) -> None:
        """Show the columns of the file, if it has any."""
        table = plan.tables.get(row.file)
        self.columns.setVisible(table is not None)
        if table:
            self.columns.show_table(table.columns, table.rows[:_ROWS], table.mapping)
            self._chain()
            rows = min(len(table.rows), _ROWS)
            self.columns.setFixedHeight(self.columns.rowHeight(0) + rows * self.columns.rowHeight(1) + 24)

    def _chain(self) -> None:
        """Have Tab go through the boxes above the columns where they are seen: boxes made later would come last."""
        for before, after in pairwise((self.encoding, *self.columns.boxes(), self.beginning)):
            QWidget.setTabOrder(before, after)

    def _show(self, shown: bool, *widgets: QWidget) -> None:
        for widget in widgets:
            widget.setVisible(shown)

    def _fields(self) -> tuple[QLineEdit, ...]:
        return self.title, self.outlet, self.author, self.date

    # -- what is typed and chosen ---------------------------------------------------------------------------------

    def _describe(self) -> None:
        """Tell what the fields say; of a date that is none, the one before stays."""
        self._problem.hide()
        try:
            self._date = checked_publication(self.date.text())
        except ProjectError as error:
            self._problem.setText(say(error.sentence))
            self._problem.show()
        title, outlet, author = (field.text().strip() for field in (self.title, self.outlet, self.author))
        self.described.emit(Details(title, outlet, author, self._date))

    def _connect(self) -> None:
        self.deed.activated.connect(lambda: self.decided.emit(self.deed.currentData()))
        self.encoding.chosen.connect(self.encoding_chosen)
        self.columns.changed.connect(lambda: self.mapping_chosen.emit(self.columns.chosen()))
        for field in self._fields():
            field.textEdited.connect(self._describe)

    # -- laying out -----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("What was chosen in the list"))
        self.date.setPlaceholderText("2026-01-31")
        names = (tr("Title"), tr("Outlet"), tr("Author"), tr("Published on"))
        self._field_titles = [title_of(field, name) for field, name in zip(self._fields(), names, strict=True)]
        self._deed_title = title_of(self.deed, tr("Decision"))
        self._encoding_title = title_of(self.encoding, tr("Encoding"))
        self._facts.setProperty("quiet", "true")
        self._notes.setProperty("quiet", "true")
        self._doubts.setObjectName("doubt")
        self._problem.setObjectName("problem")
        for field in self._fields():
            field.setMinimumWidth(70)
        for label in (self._doubts, self._notes, self._problem):
            label.setAlignment(at_start(self.layoutDirection()))
        self.deed.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.beginning.setMinimumHeight(120)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(4, 2, 8, 2)
        column.setSpacing(8)
        for widget in (self._facts, self._doubts):
            column.addWidget(widget)
        column.addLayout(self._form())
        column.addWidget(self._problem)
        column.addWidget(self.columns)
        column.addWidget(self.beginning, 1)
        column.addWidget(self._notes)
        column.addStretch(0)
        self.setWidget(body)

    def _form(self) -> QGridLayout:
        """Return the fields: what becomes of it and the title over the whole width, outlet, author and date side by side."""
        form = QGridLayout()
        form.setHorizontalSpacing(10)
        form.setVerticalSpacing(6)
        places: Mapping[QWidget, tuple[PlainLabel, int, int, int]] = {
            self.deed: (self._deed_title, 0, 0, 5),
            self.title: (self._field_titles[0], 1, 0, 5),
            self.outlet: (self._field_titles[1], 2, 0, 1),
            self.author: (self._field_titles[2], 2, 2, 1),
            self.date: (self._field_titles[3], 2, 4, 1),
            self.encoding: (self._encoding_title, 3, 0, 5),
        }
        for field, (title, row, column, span) in places.items():
            form.addWidget(title, row, column)
            form.addWidget(field, row, column + 1, 1, span)
        for column, share in ((1, 3), (3, 3), (5, 2)):
            form.setColumnStretch(column, share)
        return form


def field_names() -> dict[str, str]:
    """Return what a column of articles can hold."""
    return {
        "text": tr("Text"),
        "title": tr("Title"),
        "date": tr("Published on"),
        "outlet": tr("Outlet"),
        "author": tr("Author"),
        "url": tr("Address (URL)"),
    }

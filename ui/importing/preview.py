"""The preview of an import: what was found, what is said about it, and what a reviewer decides before anything comes in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator import ProjectError
from annotator.incoming import AnyFile
from annotator.readers.draft import Options
from annotator.reports import RefusedFile
from annotator.survey import FileChoice, Found, Pace, Survey
from ui.elided import ElidedLabel
from ui.fitting import resize_within_screen
from ui.importing import words
from ui.importing.article_card import ArticleCard
from ui.importing.found_model import FoundModel
from ui.importing.found_table import FoundTable
from ui.importing.looking import Looking
from ui.importing.many_card import ManyCard
from ui.importing.plan import LEAVE, TAKE, Decision, Plan, row_so_far
from ui.importing.sources import source_of
from ui.page.speech import say_aloud
from ui.plain import PlainLabel
from ui.regions import Regions, first_of
from ui.settings import Settings
from ui.translate import running, say, tr, trn


class Preview(QDialog):
    """Shows how far a survey is, and then its plan. `wanted` when the import is to begin: only what is certain, or all."""

    wanted = Signal(bool)

    def __init__(self, looking: Looking, settings: Settings, parent: QWidget, *, given: Sequence[AnyFile] = ()) -> None:
        super().__init__(parent)
        self.plan = Plan()
        self._looking, self._settings = looking, settings
        self._given: Sequence[AnyFile] = given
        self.is_looking = True
        self._readings: dict[Path, int] = {}
        self._latest = 0
        self._waiting: Callable[[], None] | None = None
        self._model = FoundModel()
        self._model.show(self.plan)
        self.table, self.card, self.many = FoundTable(self._model), ArticleCard(settings), ManyCard()
        self._summary, self._hint, self._bar = PlainLabel(wraps=True), ElidedLabel(), QProgressBar()
        self._always = QCheckBox(tr("Always show this before an import"))
        self._cancel, self.certain, self.all = QPushButton(tr("Cancel")), QPushButton(), QPushButton()
        self._cards, self._body = QStackedWidget(), QSplitter()
        self._lay_out()
        self._connect()
        self._show_looking()

    # -- what is shown --------------------------------------------------------------------------------------------

    def show_pace(self, pace: Pace) -> None:
        """Show how far the survey is."""
        self._bar.setMaximum(1000)
        self._bar.setValue(round(pace.share * 1000))
        self._summary.setText(words.pace_words(pace))

    def show_found(self, found: Sequence[Found | RefusedFile]) -> None:
        """Show what was found since; it can be read and decided about while the rest is being looked at."""
        if not self.is_looking:
            return
        rows = [row_so_far(one) for one in found]
        self.plan.rows += rows
        self._model.grow(rows)
        if self._body.isHidden():
            self._show_body()
            self.table.go_to(0)

    def show_plan(self, plan: Plan) -> None:
        """Show all that was found; the keyboard goes to the first that waits for a decision, or stays where one decided."""
        before, row = self.plan, self.table.current()
        plan.take_over(before)
        self.plan, self.is_looking = plan, False
        self._model.show(plan)
        self._bar.hide()
        stays = row is not None and before.is_touched
        line = self._model.line_of(row.file, row.number) if row and stays else self._model.next_undecided(-1)
        focus = self.focusWidget() if stays else None
        self._show_body()
        self.table.go_to(max(line, 0))
        if focus:
            focus.setFocus()
        self._show_counts()
        say_aloud(self, self._summary.text())

    # -- what a reviewer does -------------------------------------------------------------------------------------

    def take(self) -> None:
        """Take what is selected, and go on to what waits."""
        self._decide_selected(TAKE)

    def leave(self) -> None:
        """Leave out what is selected, and go on to what waits."""
        self._decide_selected(LEAVE)

    def begin(self, *, only_certain: bool) -> None:
        """Have the import begin, after what is still being read again."""
        button = self.certain if only_certain else self.all
        if self._readings:
            self._waiting = lambda: self.begin(only_certain=only_certain)
        elif button.isEnabled():
            self.wanted.emit(only_certain)
            self.done(QDialog.DialogCode.Accepted)

    def reject(self) -> None:
        """Close without an import; decisions are not thrown away unasked."""
        if not self.plan.is_touched:
            super().reject()
            return
        box = QMessageBox(QMessageBox.Icon.Question, tr("Hashiya"), tr("Throw away what you decided?"), parent=self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        away = box.addButton(tr("Throw away"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(tr("Back"), QMessageBox.ButtonRole.RejectRole)
        away.clicked.connect(lambda: self.done(QDialog.DialogCode.Rejected))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """With Enter in the details, go back to the list and on to what waits."""
        focus = self.focusWidget()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(focus, QPushButton):
            focus.click()
        elif self._cards.isAncestorOf(focus):
            self._go_on()

    # -- deciding -------------------------------------------------------------------------------------------------

    def _decide_selected(self, decision: Decision) -> None:
        rows = self.table.rows()
        self._decide(decision)
        if len(rows) == 1:
            self._go_on()

    def _decide(self, decision: Decision) -> None:
        self.plan.decide(self.table.rows(), decision)
        self._show_decided()

    def _group(self) -> None:
        self.plan.group_with_nearest(self.table.rows())
        self._show_decided()

    def _describe(self, details: object) -> None:
        row = self.table.current()
        if row:
            self.plan.describe(row, details)  # type: ignore[arg-type]
            self._model.refresh()

    def _give_outlet(self, outlet: str) -> None:
        self.plan.give_outlet(self.table.rows(), outlet)
        self._show_decided()

    def _go_on(self) -> None:
        """Go to the next that waits for a decision; where none does, to the next line."""
        self.table.setFocus()
        line = self._model.next_undecided(self.table.currentIndex().row())
        if line >= 0:
            self.table.go_to(line)
        else:
            self.table.step(1)

    def _show_decided(self) -> None:
        self._model.refresh()
        self._show_counts()
        self._show_selected()

    # -- reading a file in another way ----------------------------------------------------------------------------

    def _choose_encoding(self, encoding: str | None) -> None:
        rows = [row for row in self.table.rows() if words.may_choose_encoding(row, self.plan)]
        files = {row.file for row in rows}
        self._read_again({file: Options(encoding, self.plan.options_of(file).mapping) for file in files})

    def _choose_mapping(self, mapping: dict[str, str]) -> None:
        row = self.table.current()
        if row:
            self._read_again({row.file: Options(self.plan.options_of(row.file).encoding, mapping)})

    def _read_again(self, options: dict[Path, Options]) -> None:
        """Read files in another way; only the answer to the latest wish for a file is taken."""
        self._latest += 1
        number, files = self._latest, list(options)
        self.plan.options |= options
        self._readings |= dict.fromkeys(files, number)
        sources = {str(getattr(one, "path", one)): one for one in (source_of(file, self._given) for file in files)}
        choices = {file: FileChoice(how) for file, how in self.plan.options.items()}
        self._looking.survey(
            list(sources.values()),
            lambda survey: self._take_reading(survey, files, number),
            failed=lambda error: self._fail_reading(error, files, number),
            choices=choices,
        )
        self._show_counts()

    def _take_reading(self, survey: Survey, files: list[Path], number: int) -> None:
        current = [file for file in files if self._readings.get(file) == number]
        self._forget_readings(current)
        row = self.table.current()
        self.plan.reread(current, survey)
        focus = self.focusWidget()
        self._model.show(self.plan)
        self.table.go_to(self._model.line_of(row.file, row.number) if row else 0)
        if focus:
            focus.setFocus()
        self._show_counts()
        self._show_selected()
        self._go_ahead()

    def _fail_reading(self, error: ProjectError, files: list[Path], number: int) -> None:
        self._forget_readings([file for file in files if self._readings.get(file) == number])
        self._waiting = None
        self._show_counts()
        self._summary.setText(running(say(error.sentence)))

    def _forget_readings(self, files: list[Path]) -> None:
        for file in files:
            del self._readings[file]

    def _go_ahead(self) -> None:
        if self._waiting and not self._readings:
            waiting, self._waiting = self._waiting, None
            waiting()

    # -- inside ---------------------------------------------------------------------------------------------------

    def _show_body(self) -> None:
        self._body.show()
        self._hint.show()
        self.table.setFocus()

    def _show_looking(self) -> None:
        self._summary.setText(tr("Looking at the files…"))
        self._bar.setMaximum(0)
        self._body.hide()
        self._hint.hide()
        self._show_buttons(0, 0)

    def _show_counts(self) -> None:
        if self.is_looking:
            return
        counts = self.plan.counts()
        reading = tr("Reading again…") if self._readings else ""
        self._summary.setText(reading or words.summary(counts))
        certain = sum(row.group == "certain" and self.plan.decision(row).deed != "leave" for row in self.plan.rows)
        annotations = sum(row.found.annotations for row in self.plan.rows if row.found and row.group == "there")
        self._show_buttons(counts.taken + counts.unlisted + (1 if annotations else 0), certain + counts.unlisted)
        self.all.setText(
            trn("Import {count} article", "Import {count} articles", counts.taken, shown=words.number(counts.taken))
        )

    def _show_buttons(self, everything: int, certain: int) -> None:
        self.all.setText(tr("Import"))
        self.all.setEnabled(everything > 0)
        self.certain.setEnabled(0 < certain < everything)

    def _show_selected(self) -> None:
        rows = self.table.rows()
        if len(rows) > 1:
            self.many.show_rows(rows, self.plan)
            self._cards.setCurrentWidget(self.many)
        elif rows:
            self._cards.setCurrentWidget(self.card)
            self.card.show_row(rows[0], self.plan)

    def _enter(self) -> None:
        card = self._cards.currentWidget()
        (self.many if card is self.many else self.card).first().setFocus(Qt.FocusReason.TabFocusReason)

    def _connect(self) -> None:
        self.table.selected.connect(self._show_selected)
        self.table.taken.connect(self.take)
        self.table.left_out.connect(self.leave)
        self.table.entered.connect(self._enter)
        self.card.decided.connect(self._decide)
        self.card.described.connect(self._describe)
        self.card.encoding_chosen.connect(self._choose_encoding)
        self.card.mapping_chosen.connect(self._choose_mapping)
        self.many.decided.connect(self._decide)
        self.many.grouped.connect(self._group)
        self.many.outlet_given.connect(self._give_outlet)
        self.many.encoding_chosen.connect(self._choose_encoding)
        self._cancel.clicked.connect(self.reject)
        self.all.clicked.connect(lambda: self.begin(only_certain=False))
        self.certain.clicked.connect(lambda: self.begin(only_certain=True))
        self._always.toggled.connect(self._set_always)
        regions = Regions(
            [
                (self.table, lambda: self.table),
                (self._cards, lambda: first_of(self._cards.currentWidget() or self._cards)),
                (self._foot, lambda: first_of(self._foot)),
            ]
        )
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+Return": lambda: self.begin(only_certain=False),
            "Ctrl+Enter": lambda: self.begin(only_certain=False),
            "F6": lambda: regions.step(1),
            "Shift+F6": lambda: regions.step(-1),
            "Alt+Down": lambda: self.table.step(1),
            "Alt+Up": lambda: self.table.step(-1),
        }
        for key, does in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(does)

    def _set_always(self, always: bool) -> None:
        self._settings.always_preview = always

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Import"))
        self.setModal(False)
        self.all.setObjectName("primary")
        self._summary.setObjectName("heading")
        self._bar.setAccessibleName(tr("How much has been looked at"))
        self._bar.setTextVisible(False)
        self._hint.setProperty("quiet", "true")
        self._hint.setText(
            tr("Space takes, Delete leaves out, Enter goes to the details, Ctrl+Enter imports, Esc cancels.")
        )
        self._always.setChecked(self._settings.always_preview)
        self.certain.setText(tr("Import only what is certain"))
        for card in (self.card, self.many):
            self._cards.addWidget(card)
        self._body.addWidget(self.table)
        self._body.addWidget(self._cards)
        self._body.setChildrenCollapsible(False)
        self._body.setSizes([360, 660])
        self._body.setStretchFactor(1, 1)
        self.table.setMinimumWidth(220)
        self._foot = self._make_foot()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._summary)
        column.addWidget(self._bar)
        column.addWidget(self._body, 1)
        column.addWidget(self._hint)
        column.addWidget(self._foot)
        column.addStretch(0)
        resize_within_screen(self, 1060, 660)

    def _make_foot(self) -> QWidget:
        foot, row = QWidget(), QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._always)
        row.addStretch(1)
        for button in (self._cancel, self.certain, self.all):
            button.setAutoDefault(False)
            row.addWidget(button)
        foot.setLayout(row)
        return foot

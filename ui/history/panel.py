"""The history in the window: of the project, the shown article or the selected annotation, newest first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.log_entry import LogEntry
from ui.choice_box import ChoiceBox
from ui.history.reading import PERIODS, Asked, Pages, since_of
from ui.history.table import HistoryTable
from ui.plain import PlainLabel, heard_title
from ui.session import Session
from ui.translate import isolated, tr

_SCOPES = ("project", "article", "annotation")


class HistoryPanel(QWidget):
    """Chooses what is shown. `place_chosen` gives an entry, and whether to go to the page.

    `past_wanted` asks for the article of an entry as it was after its step, `restore_wanted` for its annotation to go back.
    """

    place_chosen = Signal(object, bool)
    past_wanted = Signal(str, str)
    restore_wanted = Signal(str, str)
    entry_chosen = Signal(object)
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.table, self.pages = HistoryTable(), Pages(session, self)
        self._scopes = {scope: QPushButton() for scope in _SCOPES}
        self._one = QButtonGroup(self)
        self.reviewer, self.period = ChoiceBox(), ChoiceBox()
        self.then, self.restore = QPushButton(tr("Article as it was then")), QPushButton(tr("Restore this annotation"))
        self._empty = PlainLabel(wraps=True)
        self._lay_out()
        self._connect()
        self._fill()

    @property
    def scope(self) -> str:
        """What the history is of: `project`, `article` or `annotation`."""
        return next(scope for scope, button in self._scopes.items() if button.isChecked())

    def choose(self, scope: str) -> None:
        """Show the history of the project, of the shown article, or of the selected annotation."""
        self._scopes[scope].setChecked(True)
        self._ask()

    def begin(self) -> None:
        """Take the keyboard: the list, or the choices while it is empty."""
        if self.table.isVisible():
            self.table.take_keyboard()
        else:
            self._scopes[self.scope].setFocus()

    # -- what Qt tells --------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill()
        self.pages.look(True)
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.pages.look(False)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Ask for what is chosen."""
        now, scope = self._session.now, self.scope
        article = now.article.id if now.article else ""
        annotation = self._session.selected or ""
        reviewer, since = str(self.reviewer.currentData() or ""), since_of(str(self.period.currentData()))
        if scope == "project":
            self.pages.ask(Asked("", "", reviewer, since))
        elif scope == "article":
            self.pages.ask(Asked(article, "", reviewer, since) if article else None)
        else:
            self.pages.ask(Asked("", annotation, reviewer, since) if annotation else None)

    def _follow_article(self) -> None:
        if self.scope != "project":
            self._ask()

    def _follow_selection(self) -> None:
        if self.scope == "annotation":
            self._ask()

    def _show(self, entries: list[LogEntry]) -> None:
        self.table.begin(entries)
        self.table.setVisible(bool(entries))
        self._empty.setVisible(not entries)
        self._empty.setText(self._nothing())

    def _nothing(self) -> str:
        """Return what to do where there is nothing to see."""
        if self.scope == "annotation" and not self._session.selected:
            return tr("Click a mark on the page, and what was done to it is listed here.")
        if self.scope == "article" and self._session.now.article is None:
            return tr("Show an article, and what was done in it is listed here.")
        if self.reviewer.currentData() or self.period.currentData() != "any":
            return tr("Nothing was done by this reviewer in this time. Choose all reviewers, or any time.")
        return tr("Nothing was done yet. Mark something, and it is listed here.")

    def _enable(self) -> None:
        entry = self.table.current()
        self.then.setEnabled(bool(entry and entry.article))
        self.restore.setEnabled(bool(entry and entry.annotation and entry.reviewer == self._session.now.reviewer))
        self.entry_chosen.emit(entry)

    def _want_past(self) -> None:
        entry = self.table.current()
        if entry:
            self.past_wanted.emit(entry.article, entry.step)

    def _want_restored(self) -> None:
        entry = self.table.current()
        if entry:
            self.restore_wanted.emit(entry.annotation, entry.step)

    def _fill(self) -> None:
        """List the reviewers of the project, and keep the one that was chosen."""
        before, names = self.reviewer.currentData(), self._session.now.reviewers
        if [self.reviewer.itemData(row) for row in range(1, self.reviewer.count())] != list(names):
            self.reviewer.clear()
            self.reviewer.addItem(tr("All reviewers"), "")
            for name in names:
                self.reviewer.addItem(isolated(name), name)
            self.reviewer.setCurrentIndex(max(self.reviewer.findData(before), 0))

    def _restart(self) -> None:
        self._fill()
        self._ask()

    def _connect(self) -> None:
        session = self._session
        session.project_changed.connect(self._restart)
        session.things_changed.connect(self._fill)
        session.article_changed.connect(self._follow_article)
        session.selection_changed.connect(self._follow_selection)
        self._one.buttonClicked.connect(self._ask)
        self.reviewer.activated.connect(self._ask)
        self.period.activated.connect(self._ask)
        self.pages.begun.connect(self._show)
        self.pages.grown.connect(self.table.grow)
        self.table.older_wanted.connect(self.pages.read_older)
        self.table.opened.connect(self.place_chosen)
        self.table.chosen.connect(self._enable)
        self.table.left.connect(self.left)
        self.then.clicked.connect(self._want_past)
        self.restore.clicked.connect(self._want_restored)

    def _lay_out(self) -> None:
        row, column = QHBoxLayout(), QVBoxLayout(self)
        names = {"project": tr("Project"), "article": tr("This article"), "annotation": tr("This annotation")}
        for scope, button in self._scopes.items():
            button.setText(names[scope])
            button.setProperty("chip", "true")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setAccessibleName(tr("History of: {what}").format(what=names[scope]))
            self._one.addButton(button)
            row.addWidget(button)
        self._scopes["project"].setChecked(True)
        periods = {"any": tr("Any time"), "today": tr("Today"), "week": tr("Last 7 days"), "month": tr("Last 30 days")}
        for period in PERIODS:
            self.period.addItem(periods[period], period)
        for field, title in ((self.reviewer, tr("By whom")), (self.period, tr("When"))):
            row.addWidget(heard_title(field, title))
            row.addWidget(field)
        row.addStretch(1)
        for button in (self.then, self.restore):
            button.setAutoDefault(False)
            row.addWidget(button)
        self._empty.setProperty("quiet", "true")
        self._empty.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(6)
        column.setContentsMargins(8, 6, 8, 6)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty)
        column.addStretch(0)

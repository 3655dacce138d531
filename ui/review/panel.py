"""The panel beside the compared article: its differences, what to decide about the one one is at, and how far it is."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.review.final import FINAL
from ui.choice_box import ChoiceBox
from ui.plain import PlainLabel, heard_title
from ui.review.choices import AGREED_KEYS, Choices, key_of
from ui.review.difference_list import DifferencesDelegate, DifferencesList, DifferencesModel
from ui.review.differing import FILTERS
from ui.review.fates import FatesList
from ui.review.reviewing import Reviewing
from ui.review.sides import MOST, side_title
from ui.review.words import agreed_words, counted, names_of, progress_words
from ui.session import Session
from ui.translate import running, tr

_LEAST_LIST, _LEAST_CHOICES = 150, 160


class SnugArea(QScrollArea):
    """Is as high as what it holds wants to be, and scrolls where there is not so much room."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._held = widget
        self.setWidget(widget)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        widget = self._held
        width = max(self.viewport().width(), 1)
        height = widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), min(self.sizeHint().height(), _LEAST_CHOICES))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class ReviewPanel(QFrame):
    """Shows what differs and settles it. `left` gives the keyboard back to the page, `twin_wanted` wants two pages."""

    left = Signal()
    twin_wanted = Signal()
    mark_wanted = Signal(str)

    def __init__(self, session: Session, reviewing: Reviewing) -> None:
        super().__init__()
        self._session, self._reviewing = session, reviewing
        self._model = DifferencesModel(session, reviewing)
        self.list = DifferencesList(self._model, DifferencesDelegate(session, reviewing))
        self._filter, self._which = ChoiceBox(), QToolButton()
        self._said, self._tabs, self.fates = PlainLabel(wraps=True), QTabBar(), FatesList()
        self.choices = Choices(session, reviewing)
        self._twin, self._names = QToolButton(), QToolButton()
        self._bar, self._progress = QProgressBar(), PlainLabel(wraps=True)
        self._agreed, self._settle = QPushButton(), QPushButton()
        self._close = QToolButton()
        self._lay_out()
        self._connect()
        self.refresh()

    def preferred(self) -> QWidget:
        """Return what takes the keyboard when one comes here."""
        found = self.fates if self.shows_fates else self.list
        return found if not found.isHidden() else self._close

    @property
    def shows_fates(self) -> bool:
        """Whether what became of one's marks is shown instead of the differences."""
        return self._tabs.currentIndex() == 1

    def show_fates(self, on: bool) -> None:
        """Show what became of one's own marks, or the differences again."""
        self._tabs.setCurrentIndex(1 if on else 0)
        if on:
            self.fates.setFocus()

    def refresh(self) -> None:
        """Show what is compared and how far it is."""
        reviewing = self._reviewing
        review = reviewing.review
        self._model.refresh()
        self._show_filter()
        self._show_current()
        there = review.comparison is not None and not self.shows_fates
        self.fates.show_fates(review, self._session.now.label_set)
        self.fates.setVisible(self.shows_fates and self.fates.count() > 0)
        for part in (self._filter, self.list, self._foot, self._twin, self._names):
            part.setVisible(there)
        self.list.setVisible(there and bool(reviewing.rows))
        self._room.setVisible(self.list.isHidden() and self.fates.isHidden())
        self._which.setVisible(len(review.layers) > 1 and not self.shows_fates)
        self._which.setText(tr("Sides: {count} ▾").format(count=len(review.sides)))
        self._twin.setVisible(there and len(review.sides) == 2)
        self._names.setChecked(reviewing.hides_names)
        self._say(self._without_fates() if self.shows_fates else self._empty() or reviewing.why_not())
        self._show_progress()

    # -- inside ---------------------------------------------------------------------------------------------------

    def _empty(self) -> str:
        """Return what to do where there is nothing to compare, or nothing that differs."""
        review = self._reviewing.review
        if review.hidden:
            return tr(
                "Blind mode: what others marked here is hidden until you call the article done (Ctrl+Shift+Return)."
            )
        if review.comparison is None:
            if not review.layers:
                return tr("Nobody has marked anything in this article yet. Two reviewers must have read it.")
            return tr(
                "Only {names} has read this article. To compare, a second reviewer must mark it and call it done: assign it "
                "(Article › Assign…), or receive their work."
            ).format(names=names_of(review.layers))
        if not review.rows:
            return tr("All sides agree in everything.")
        return "" if self._reviewing.rows else tr("Nothing of this kind differs.")

    def _without_fates(self) -> str:
        """Return why nothing became of one's marks yet; empty where something did."""
        review = self._reviewing.review
        if not review.marks:
            return tr("You have marked nothing in this article.")
        if not review.fates:
            return tr("Nobody has decided anything about this article yet. You will see it here once a lead has.")
        return ""

    def _say(self, words: str) -> None:
        self._said.setText(running(words) if words else "")
        self._said.setVisible(bool(words))

    def _show_filter(self) -> None:
        counts, wanted = self._reviewing.review.counts, self._reviewing.filter
        self._filter.blockSignals(True)
        self._filter.clear()
        for one in FILTERS:
            if one in ("all", "open", wanted) or counts.get(one):
                self._filter.addItem(counted(one, counts), one)
        self._filter.setCurrentIndex(self._filter.findData(wanted))
        self._filter.blockSignals(False)

    def _show_current(self) -> None:
        there = self._reviewing.review.comparison is not None and self._reviewing.row is not None
        self._area.setVisible(there and not self.shows_fates)
        line = self._model.line_of(self._reviewing.current)
        index = self._model.index(line) if line >= 0 else QModelIndex()
        if index != self.list.currentIndex():
            self.list.setCurrentIndex(index)
        if index.isValid():
            self.list.scrollTo(index)

    def _show_progress(self) -> None:
        reviewing = self._reviewing
        review = reviewing.review
        self._bar.setRange(0, max(len(review.rows), 1))
        self._bar.setValue(len(review.rows) - review.open if review.rows else 1)
        words = progress_words(review)
        if review.is_settled:
            words = tr("{progress} · article settled").format(progress=words)
        self._progress.setText(words)
        self._bar.setAccessibleDescription(words)
        takes = reviewing.can_settle and review.agreed > 0 and review.open > 0  # settling takes them too
        self._agreed.setVisible(takes)
        self._agreed.setText(f"{agreed_words(review.agreed)}  {key_of(AGREED_KEYS)}")
        reopens = review.is_settled and not review.open
        self._settle.setText(tr("Open again") if reopens else tr("Settle the article"))
        self._settle.setVisible(reviewing.can_settle and not takes)
        self._settle.setEnabled(reviewing.can_settle and review.open == 0)
        open_ones = tr("First decide about all that is open.") if review.open else ""
        self._settle.setToolTip(open_ones or "\u2066Ctrl+Shift+S\u2069")
        self._settle.setAccessibleDescription(open_ones)

    def _fill_sides(self) -> None:
        menu, review = self._sides_menu, self._reviewing.review
        menu.clear()
        shown = [side.name for side in review.sides]
        titles = {side.name: side.title(hidden=self._reviewing.hides_names) for side in review.sides}
        names = [*review.layers, FINAL]
        if self._reviewing.hides_names:
            names = [*titles, *(one for one in (FINAL,) if one not in titles)]
        for name in names:
            made = menu.addAction(titles.get(name) or side_title(name), partial(self._toggle_side, name))
            made.setCheckable(True)
            made.setChecked(name in shown)
            made.setEnabled(len(shown) > 2 if name in shown else len(shown) < MOST)
        menu.addSeparator()
        menu.addAction(tr("All layers"), lambda: self._reviewing.choose_sides(None))

    def _toggle_side(self, name: str) -> None:
        review = self._reviewing.review
        shown = {side.name for side in review.sides} ^ {name}
        self._reviewing.choose_sides(tuple(one for one in (*review.layers, FINAL) if one in shown))

    def _lay_out(self) -> None:
        self.setObjectName("reviewPanel")
        self.setAccessibleName(tr("Compare and settle"))
        self.setMinimumWidth(290)
        self._said.setProperty("quiet", "true")
        self._progress.setProperty("quiet", "true")
        self.list.setAccessibleName(tr("Differences"))
        self.list.setMinimumHeight(_LEAST_LIST)
        self._bar.setAccessibleName(tr("Settled"))
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._close.setText("×")
        self._close.setAccessibleName(tr("Back to reading"))
        self._close.setToolTip(tr("Back to reading"))
        self._twin.setText(tr("Side by side"))
        self._names.setText(tr("Hide names"))
        self._names.setCheckable(True)
        self._sides_menu = QMenu(self._which)
        self._which.setMenu(self._sides_menu)
        self._which.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._which.setAccessibleName(tr("Sides that are compared"))
        self._which.setObjectName("savedFilters")
        for tool in (self._twin, self._names, self._which, self._close):
            tool.setAutoRaise(True)
        column, tools = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(7)
        for tool in (self._which, self._twin, self._names):
            tools.addWidget(tool)
        tools.addStretch(1)
        tools.setSpacing(2)
        self._tabs.addTab(tr("Differences"))
        self._tabs.addTab(tr("My marks"))
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.setAccessibleName(tr("What is shown"))
        column.addLayout(tools)
        head = QHBoxLayout()
        head.addWidget(self._tabs, 1)
        head.addWidget(self._close)
        column.insertLayout(0, head)
        column.addWidget(self._said)
        which = QHBoxLayout()
        which.setSpacing(0)
        which.addWidget(heard_title(self._filter, tr("Which differences")))
        which.addWidget(self._filter, 1)
        column.addLayout(which)
        column.addWidget(self.list, 3)
        column.addWidget(self.fates, 3)
        self._room = QWidget()
        column.addWidget(self._room, 1)
        self._area = SnugArea(self.choices)
        column.addWidget(self._area)
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(6)
        for button in (self._agreed, self._settle):
            button.setAutoDefault(False)
        foot.addWidget(self._bar)
        last = QHBoxLayout()
        last.addWidget(self._progress, 1)
        last.addWidget(self._agreed)
        last.addWidget(self._settle)
        foot.addLayout(last)
        column.addWidget(self._foot)

        order: list[QWidget] = [
            self._tabs, self._close, self._which, self._twin, self._names, self._filter, self.list, self.fates,
            *self.choices.in_order(), self._agreed, self._settle,
        ]  # fmt: skip
        for one, following in pairwise(order):
            QWidget.setTabOrder(one, following)

    def _connect(self) -> None:
        reviewing = self._reviewing
        reviewing.changed.connect(self.refresh)
        reviewing.moved.connect(self._show_current)
        self._tabs.currentChanged.connect(lambda _: self.refresh())
        self.fates.chosen.connect(self.mark_wanted)
        self._filter.activated.connect(lambda _: reviewing.sift(self._filter.currentData()))
        self.list.selectionModel().currentChanged.connect(self._choose)
        self._sides_menu.aboutToShow.connect(self._fill_sides)
        self._twin.clicked.connect(lambda: self.twin_wanted.emit())
        self._names.clicked.connect(lambda: reviewing.hide_names(self._names.isChecked()))
        self._agreed.clicked.connect(lambda: reviewing.take_agreed())
        self._settle.clicked.connect(lambda: reviewing.toggle_settled())
        self._close.clicked.connect(lambda: reviewing.close())
        self.choices.note_left.connect(self.list.setFocus)

    def _choose(self, index: QModelIndex) -> None:
        row = self._model.row(index.row()) if index.isValid() else None
        if row:
            self._reviewing.choose(row.key)

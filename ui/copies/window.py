"""The copies of an article: those like it to choose from, the two side by side, and whether they are copies of one text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from annotator import Article, Project
from ui.copies.difference import Comparison
from ui.copies.twins import Twins
from ui.fitting import resize_within_screen
from ui.locale_words import shown_day, shown_share
from ui.page.speech import say_aloud
from ui.plain import PlainLabel
from ui.session import Session
from ui.settings import Settings
from ui.translate import isolated, language, running, tr, trn

_MOST_ROWS = 3
_KEYS = {1: "F7", -1: "Shift+F7"}


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that is nearly the same as the one shown: how alike (0 to 1, None when not known), if grouped with it, and if
    somebody said that it is no copy.
    """

    id: str
    title: str
    outlet: str
    date: str
    similarity: float | None
    grouped: bool
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """The text of a copy and how the shown article's text compares with it."""

    other: Article
    comparison: Comparison


class CopiesWindow(QDialog):
    """Lists near copies of one article by likeness and shows the chosen one beside it."""

    article_wanted = Signal(str)

    def __init__(self, session: Session, settings: Settings, article: Article, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._article = session, article
        self._group: tuple[str, ...] = ()
        self._all: list[Copy] = []
        self._copies: list[Copy] = []
        self._list, self._told = QListWidget(), PlainLabel(wraps=True)
        self.twins = Twins(family=settings.reading_font, points=settings.reading_size)
        self._which = PlainLabel()
        self._previous, self._next = QPushButton(tr("Previous difference")), QPushButton(tr("Next difference"))
        self._group_them, self._part = QPushButton(tr("Group as copies of one text")), QPushButton(tr("Not copies"))
        self._open = QPushButton(tr("Read this copy"))
        self._how, self._with_apart = PlainLabel(wraps=True), QCheckBox()
        self._with_apart.setAccessibleName(tr("Show those that are no copies"))
        self._lay_out()
        self._connect()
        self._read()

    # -- doing ----------------------------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) difference, and say it."""
        self.twins.step(by)
        say_aloud(self, f"{self._which.text()}. {self.twins.said()}")

    def group(self) -> None:
        """Say that the chosen article is a copy of the same text."""
        chosen, first = self._chosen(), self._group[0] if self._group else self._article.id
        if chosen:
            self._change(lambda project: project.group_copies(first, [chosen.id]))

    def part(self) -> None:
        """Say that the chosen article is no copy: it is not told as one again, and the two are no more in one group."""
        chosen = self._chosen()
        if chosen and not chosen.apart:
            self._change(lambda project: project.keep_apart(self._article.id, [chosen.id]))

    # -- reading --------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        self._tell(tr("Looking for copies…"))
        self._ask(partial(_copies_of, self._article.id), self._show_copies)

    def _show_copies(self, found: tuple[list[Copy], tuple[str, ...]]) -> None:
        self._all, self._group = found
        self._show_list()

    def _show_list(self) -> None:
        """List the copies, and what is none only if that is wanted."""
        before = self._chosen()
        apart = sum(copy.apart for copy in self._all)
        self._with_apart.setText(
            trn("Also {count} text that is no copy", "Also {count} texts that are no copies", apart)
        )
        self._with_apart.setVisible(apart > 0)
        self._copies = [copy for copy in self._all if self._with_apart.isChecked() or not copy.apart]
        self._list.blockSignals(True)
        self._list.clear()
        for copy in self._copies:
            self._list.addItem(_item(copy))
        row = next((at for at, copy in enumerate(self._copies) if before and copy.id == before.id), 0)
        self._how.setVisible(bool(self._all))
        self._list.setCurrentRow(row if self._copies else -1)
        self._list.blockSignals(False)
        rows = min(max(len(self._copies), 1), _MOST_ROWS)
        self._list.setFixedHeight(rows * self._list.sizeHintForRow(0) + 4 if self._copies else 0)
        count = trn("{count} text is like this one", "{count} texts are like this one", len(self._copies))
        self._tell("" if self._copies else _nothing(apart=bool(self._all)))
        self._list.setAccessibleDescription(count)
        self.twins.setVisible(bool(self._copies))
        self._choose(same=bool(before and self._copies and before.id == self._copies[row].id))

    def _choose(self, *, same: bool = False) -> None:
        """Show the chosen copy beside the article, unless it is there already."""
        chosen = self._chosen()
        self._group_them.setEnabled(chosen is not None and not chosen.grouped)
        self._part.setEnabled(chosen is not None and not chosen.apart)
        self._open.setEnabled(chosen is not None)
        if chosen and not same:
            self._ask(partial(_compared, self._article.text, chosen.id), self._show_twins)

    def _show_twins(self, found: Compared) -> None:
        chosen = self._chosen()
        if chosen and chosen.id == found.other.id:
            titles = (_heading(self._article), _heading(found.other))
            self.twins.show_articles((self._article, found.other), titles, found.comparison)

    def _show_place(self, number: int, count: int) -> None:
        for button in (self._previous, self._next):
            button.setEnabled(count > 0)
        there = tr("Difference {number} of {count}").format(number=number + 1, count=count)
        self._which.setText(there if count else tr("The two texts do not differ."))

    def _follow(self, touched: Mapping[str, frozenset[str]]) -> None:
        if touched.keys() & {"copy", "apart"}:
            self._read()

    # -- inside ---------------------------------------------------------------------------------------------------

    def _chosen(self) -> Copy | None:
        row = self._list.currentRow()
        return self._copies[row] if 0 <= row < len(self._copies) else None

    def _change(self, job: Callable[[Project], Any]) -> None:
        self._session.when_idle(lambda: self._session.change(job))

    def _ask(self, job: Callable[[Project], Any], then: Callable[[Any], None]) -> None:
        """Do a job in the worker; its answer may come when this window is gone."""
        self._session.run(job, lambda answer: then(answer) if isValid(self) else None)

    def _tell(self, sentence: str) -> None:
        self._told.setText(running(sentence) if sentence else "")
        self._told.setVisible(bool(sentence))

    def _connect(self) -> None:
        self._list.currentRowChanged.connect(lambda _: self._choose())
        self.twins.moved.connect(self._show_place)
        self._next.clicked.connect(lambda: self.step(1))
        self._previous.clicked.connect(lambda: self.step(-1))
        self._group_them.clicked.connect(self.group)
        self._part.clicked.connect(self.part)
        self._with_apart.toggled.connect(lambda _: self._show_list())
        self._open.clicked.connect(self._read_chosen)
        self._session.things_changed.connect(self._follow)
        for by, key in _KEYS.items():
            QShortcut(QKeySequence(key), self, partial(self.step, by))

    def _read_chosen(self) -> None:
        chosen = self._chosen()
        if chosen:
            self.article_wanted.emit(chosen.id)
            self.accept()

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Copies of this text"))
        self._list.setAccessibleName(tr("Texts like this one, the most similar first"))
        self._which.setProperty("quiet", "true")
        for by, button in ((1, self._next), (-1, self._previous)):
            button.setToolTip(f"\u2066{_KEYS[by]}\u2069")
        self._how.setProperty("quiet", "true")
        self._how.setText(
            running(tr("Compared are the first 3,000 characters of each text; the lists of differences are whole."))
        )
        close, row, above = QPushButton(tr("Close")), QHBoxLayout(), QHBoxLayout()
        close.clicked.connect(self.reject)
        for button in (self._previous, self._next):
            row.addWidget(button)
        row.addWidget(self._which)
        row.addStretch(1)
        for button in (self._group_them, self._part, self._open, close):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        above.addWidget(self._how, 1)
        above.addWidget(self._with_apart)
        column.addWidget(self._list)
        column.addLayout(above)
        for part, stretch in ((self._told, 0), (self.twins, 1)):
            column.addWidget(part, stretch)
        column.addLayout(row)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self._show_place(-1, 0)
        self._which.clear()
        resize_within_screen(self, 1120, 620)


def _copies_of(article: str, project: Project) -> tuple[list[Copy], tuple[str, ...]]:
    """Return near copies of an article and those grouped with it, the nearest first, what is no copy last; and its group."""
    group = tuple(project.copies_of(article))
    alike = {near.article: near.similarity for near in project.near_copies(article)}
    apart = [one for one in project.told_apart(article) if one not in group]
    ids = [*alike, *(one for one in group if one not in alike and one != article)]
    found = [_copy(project.article(one), alike.get(one), grouped=one in group) for one in ids]
    unlike = project.resemblances(article, apart)
    return found + [_copy(project.article(one), unlike.get(one), apart=True) for one in apart], group


def _copy(article: Article, similarity: float | None, *, grouped: bool = False, apart: bool = False) -> Copy:
    return Copy(article.id, article.title, article.outlet, article.date, similarity, grouped, apart)


def _nothing(*, apart: bool) -> str:
    """Return what is said where no copy is listed."""
    if apart:
        return tr("The texts that are like this one are no copies of it, as somebody said.")
    return tr("No other text of the project is like this one.")


def _compared(text: str, other: str, project: Project) -> Compared:
    article = project.article(other)
    return Compared(article, Comparison(text, article.text))


def _item(copy: Copy) -> QListWidgetItem:
    """Return the row of a copy: how alike it is, what it is called, and whether it is grouped already."""
    alike = (
        "" if copy.similarity is None else tr("{share} alike").format(share=shown_share(copy.similarity, language()))
    )
    known = [copy.outlet, shown_day(copy.date, language())]
    standing = tr("Grouped") if copy.grouped else tr("No copy, as somebody said") if copy.apart else ""
    said = [standing, alike, *map(isolated, filter(None, known))]
    item = QListWidgetItem(running(f"{isolated(copy.title)}\n{' · '.join(filter(None, said))}"))
    item.setTextAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    return item


def _heading(article: Article) -> str:
    known = [article.outlet, shown_day(article.date, language())]
    return " · ".join(isolated(one) for one in (article.title, *known) if one)

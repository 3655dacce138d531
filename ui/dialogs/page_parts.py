"""Page boilerplate in articles that are there already: what would be greyed, to be looked through, and what was."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from itertools import islice

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from annotator import Project
from annotator.recognising import PageParts, PagePartsReport
from ui.boilerplate import boilerplate_names
from ui.dialogs.report import Report
from ui.lines import Lines
from ui.plain import PlainLabel
from ui.queue.words import number
from ui.session import Session
from ui.translate import isolated, running, tr, trn

_PORTION = 0.03  # seconds
_LISTED = 2000
_Looked = tuple[list[PageParts], int, bool]  # what was found, how many articles were looked at, the end
_Found = Iterator[PageParts | None]


class PagePartsQuestion(QDialog):
    """Lists the articles in which something would be greyed; `agreed` gives those that are ticked, and all not listed."""

    agreed = Signal(object)

    def __init__(self, session: Session, articles: Sequence[str] | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._articles = session, articles
        self._found: list[PageParts] = []
        self._seen = self._total = 0
        self._is_whole = False
        self._list, self._words = QListWidget(), Lines()
        self._told, self._bar = PlainLabel(wraps=True), QProgressBar()
        self._box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self._list.currentRowChanged.connect(self._show_words)
        self._list.itemChanged.connect(lambda _: self._tell())
        self._tell()
        session.run(self._begin, lambda begun: self._go_on(*begun))

    def wanted(self) -> list[str]:
        """Return the ids of the articles that are to be greyed."""
        ticked = [self._is_ticked(line) for line in range(self._list.count())]
        return [one.article for at, one in enumerate(self._found) if at >= len(ticked) or ticked[at]]

    # -- looking --------------------------------------------------------------------------------------------------

    def _begin(self, project: Project) -> tuple[_Found, int]:
        """In the worker's thread."""
        count = len(self._articles) if self._articles is not None else project.stats().articles
        return project.page_parts(self._articles), count

    def _go_on(self, rest: _Found, total: int) -> None:
        if isValid(self):
            self._total = total
            self._session.run(lambda _: _some(rest), lambda looked: self._take(rest, looked))

    def _take(self, rest: _Found, looked: _Looked) -> None:
        if not isValid(self):
            return
        found, seen, ended = looked
        self._list.blockSignals(True)
        for one in found[: max(_LISTED - self._list.count(), 0)]:
            self._list.addItem(_item(one))
        self._list.blockSignals(False)
        self._found += found
        self._seen += seen
        if found and self._list.currentRow() < 0:
            self._list.setCurrentRow(0)
        self._is_whole = ended
        self._tell()
        if self._list.currentRow() == 0 and self._list.isVisible():
            self._list.setFocus()
        if not ended:
            self._go_on(rest, self._total)

    def _tell(self) -> None:
        ok, count = self._box.button(QDialogButtonBox.StandardButton.Ok), len(self.wanted())
        self._bar.setVisible(not self._is_whole)
        self._bar.setRange(0, self._total)
        self._bar.setValue(self._seen)
        self._body.setVisible(bool(self._found))
        ok.setEnabled(self._is_whole and count > 0)
        ok.setDefault(ok.isEnabled())
        ok.setText(trn("Grey in {count} article", "Grey in {count} articles", count, shown=number(count)))
        self._told.setText(running(self._state()))

    def _state(self) -> str:
        if not self._is_whole:
            looked = tr("Looking at the articles… {seen} of {total}")
            return looked.format(seen=number(self._seen), total=number(self._total))
        if not self._found:
            return tr("Nothing more was recognised. What a reviewer greyed, or gave back to the news, stays as it is.")
        said = trn(
            "Page boilerplate was found in {count} article. It stays in the text, but is greyed and skipped.",
            "Page boilerplate was found in {count} articles. It stays in the text, but is greyed and skipped.",
            len(self._found),
            shown=number(len(self._found)),
        )
        left = len(self._found) - self._list.count()
        more = trn("{count} more is not listed.", "{count} more are not listed.", left, shown=number(left))
        return f"{said} {more}" if left else said

    # -- inside ---------------------------------------------------------------------------------------------------

    def _is_ticked(self, line: int) -> bool:
        return self._list.item(line).checkState() == Qt.CheckState.Checked

    def _show_words(self, line: int) -> None:
        """Show what would be greyed in an article, part by part."""
        if 0 <= line < len(self._found):
            one, names = self._found[line], boilerplate_names()
            parts = zip(one.ranges, one.words, strict=True)
            self._words.setPlainText("\n\n".join(f"{words}\n({names[part.kind]})" for part, words in parts))

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Page parts"))
        count = len(self._articles) if self._articles is not None else 0
        chosen = trn("Page parts in {count} chosen article", "Page parts in {count} chosen articles", count)
        heading = PlainLabel(tr("Page parts in all articles") if self._articles is None else chosen)
        heading.setObjectName("heading")
        self._list.setAccessibleName(tr("Articles with page parts"))
        self._list.setWordWrap(True)
        self._words.setReadOnly(True)
        self._words.setTabChangesFocus(True)
        self._words.setAccessibleName(tr("What would be greyed"))
        self._bar.setAccessibleName(tr("How much has been looked at"))
        self._bar.setTextVisible(False)
        self._box.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Cancel"))
        self._box.accepted.connect(self.accept)
        self._box.rejected.connect(self.reject)
        self.accepted.connect(lambda: self.agreed.emit(self.wanted()))
        self._body = QSplitter()
        for part in (self._list, self._words):
            self._body.addWidget(part)
        self._body.setChildrenCollapsible(False)
        self._body.setSizes([380, 380])
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(8)
        for widget in (heading, self._told, self._bar):
            column.addWidget(widget)
        column.addWidget(self._body, 1)
        column.addWidget(self._box)
        self.setMinimumSize(620, 380)
        self.resize(820, 460)


def page_parts_report(report: PagePartsReport, parent: QWidget | None = None) -> Report:
    """Return the dialog that tells what was greyed."""
    count = len(report.greyed)
    heading = trn("Greyed in {count} article", "Greyed in {count} articles", count, shown=number(count))
    stopped = (
        [tr("You stopped it; what was greyed before stays, and Ctrl+Z takes it back.")] if report.cancelled else []
    )
    return Report(heading, [*stopped, *(_line(one) for one in report.greyed)], parent)


def _some(rest: _Found) -> _Looked:
    """Look at as many as fit into a moment."""
    found: list[PageParts] = []
    until, seen = time.perf_counter() + _PORTION, 0
    while portion := list(islice(rest, 20)):
        seen += len(portion)
        found += [one for one in portion if one]
        if time.perf_counter() > until:
            break
    return found, seen, not portion


def _item(one: PageParts) -> QListWidgetItem:
    item = QListWidgetItem(running(f"{isolated(one.title)}\n{_kinds(one)}"))
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Checked)
    item.setTextAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    return item


def _kinds(one: PageParts) -> str:
    """Return what kinds of page parts an article has, and how many characters."""
    names = boilerplate_names()
    kinds = dict.fromkeys(names[part.kind].partition(" — ")[0] for part in one.ranges)
    length = sum(part.end - part.start for part in one.ranges)
    return " · ".join([*kinds, trn("{count} character", "{count} characters", length, shown=number(length))])


def _line(one: PageParts) -> str:
    return f"{isolated(one.title)}: {_kinds(one)}"

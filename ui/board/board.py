"""The claim board: filters, the table, the links of the current claim, and what can be done with what is chosen."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator import Project
from annotator.frames import ClaimRow, Relation, Verdict
from ui.board import words
from ui.board.arrangement import Arrangement
from ui.board.claims import Claims
from ui.board.filters import Filters
from ui.board.links import Links
from ui.board.loading import Loading
from ui.board.questions import LinkQuestion, VerdictQuestion
from ui.board.table import BoardTable
from ui.guideline import guideline
from ui.plain import PlainLabel
from ui.regions import has_keyboard
from ui.session import Session
from ui.translate import language, tr, trn

_SHARES = [740, 260]  # of the table and of the links
_TALL = 560  # pixels of height from which the links stand below the table instead of beside it


class Board(QWidget):
    """All claims of the project."""

    claim_chosen = Signal(str, str)  # an article and a claim of it
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._arrangement = Arrangement()
        self._loading = Loading(session, self)
        self._filters, self.table, self._links = Filters(), BoardTable(self._arrangement), Links()
        self._count, self._empty = PlainLabel(), PlainLabel()
        self._linking = self._action(tr("Link the selected claims…"), "Ctrl+L", self.ask_link)
        self._judging = self._action(tr("Give a verdict…"), "Ctrl+J", self.ask_verdict)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._connect()
        self._tell()

    @property
    def claims(self) -> Claims:
        """The claims that are shown or filtered away."""
        return self._arrangement.claims

    def begin(self) -> None:
        """Take the keyboard: the table, or the filter while there is nothing in it."""
        if self.table.isVisible():
            self._to_table()
        else:
            self._filters.begin()

    # -- doing ----------------------------------------------------------------------------------------------------

    def ask_link(self) -> None:
        """Ask how the selected claims are linked: what the current one does to the others."""
        selected, current = self.table.selected(), self.table.current()
        if len(selected) < 2:
            return
        one = current if current in selected else selected[0]
        rows = self.claims.rows
        others = [rows[row] for row in selected if row != one]
        question = LinkQuestion(rows[one], others, self.claims.labels, self)
        question.accepted.connect(lambda: self._link(question))
        self._open(question)

    def ask_verdict(self, verdict: str = "") -> None:
        """Ask for a verdict on the current claim; what the reviewer said before stands in the dialog."""
        current = self.table.current()
        if current is not None:
            row, reviewer = self.claims.rows[current], self._session.now.reviewer
            self._session.run(
                lambda project: _own_verdict(project, row, reviewer), lambda own: self._ask(row, own, verdict)
            )

    def unlink(self, relation: Relation) -> None:
        """Take one's own link away."""
        self._change(lambda project: project.unrelate(relation.a, relation.type, relation.b))

    def _link(self, question: LinkQuestion) -> None:
        links, note = question.links(), question.note()

        def relate(project: Project) -> None:
            for one, does, other in links:
                project.relate(one, does, other, note=note)

        self._change(relate)

    def _ask(self, row: ClaimRow, own: Verdict | None, verdict: str) -> None:
        question = VerdictQuestion(row, self.claims.labels, verdict or (own.value if own else ""), self)
        if own:
            question.show_reason(own.reason)
        question.accepted.connect(lambda: self._judge(row.claim, question.verdict(), question.reason()))
        self._open(question)

    def _judge(self, claim: str, verdict: str, reason: str) -> None:
        self._change(lambda project: project.judge(claim, verdict, reason=reason))

    def _change(self, job: Callable[[Project], object]) -> None:
        self._session.when_idle(lambda: self._session.change(job))

    def _open(self, question: QDialog) -> None:
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.open()

    # -- what Qt tells --------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._loading.look(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._loading.look(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = Qt.Orientation.Vertical if self.height() >= _TALL else Qt.Orientation.Horizontal
        if wanted != self._splitter.orientation():
            self._splitter.setOrientation(wanted)
            self._splitter.setSizes(_SHARES)

    # -- what was read --------------------------------------------------------------------------------------------

    def _take(self, claims: Claims) -> None:
        """Show claims that were read anew; nothing moves but what changed."""
        was_empty = not self._arrangement.shown
        self.table.change(lambda: self._arrangement.use(claims))
        if was_empty and self._arrangement.shown and has_keyboard(self):
            self.table.begin()
        self._filters.show_values(claims.labels)
        self._tell()
        self._show_links()

    def _take_words(self) -> None:
        self.table.change(self._arrangement.arrange)
        self._tell()

    def _narrow(self) -> None:
        self.table.change(lambda: self._arrangement.narrow(self._filters.wanted()), scroll=False)
        self._tell()

    def _group(self, by: str) -> None:
        self.table.change(lambda: self._arrangement.group(by), scroll=False)

    def _sort(self, column: str, descending: bool) -> None:
        self.table.change(lambda: self._arrangement.sort(column, descending=descending), scroll=False)
        self._tell()

    def _tell(self) -> None:
        """Say how many claims there are and are shown, and what to do when there are none."""
        total, matching = len(self.claims.rows), len(self._arrangement.matching)
        told = trn("{count} claim", "{count} claims", total) + " · " + trn("{count} shown", "{count} shown", matching)
        if not self.claims.is_whole:
            told = tr("Reading the claims…")
        elif self._arrangement.needs_words:
            told = tr("Reading the words of the claims…")
        self._count.setText(told)
        self._empty.setText(
            tr("No claim is as the filter wants. Change it, or press Esc in its box to empty it.")
            if total
            else tr("No claims yet. Select on the page what somebody says, and press the key of the label claim.")
        )
        self.table.setVisible(matching > 0)
        self._empty.setVisible(matching == 0)

    def _enable(self) -> None:
        current = self.table.current()
        self._linking.setEnabled(self.table.count_selected() > 1)
        self._judging.setEnabled(current is not None)
        self._buttons[0].setEnabled(self._linking.isEnabled())
        self._buttons[1].setEnabled(self._judging.isEnabled())

    def _show_links(self) -> None:
        self._enable()
        current = self.table.current()
        if current is None or not self.claims.rows[current].relations:
            claim = "" if current is None else self.claims.rows[current].claim
            self._links.show_links(claim, [], {}, self.claims.labels, self._session.now.reviewer)
            return
        row = self.claims.rows[current]
        self._session.run(lambda project: project.relations(row.claim), lambda found: self._take_links(row, found))

    def _take_links(self, row: ClaimRow, relations: list[Relation]) -> None:
        current = self.table.current()
        if current is None or self.claims.rows[current].claim_key != row.claim_key:
            return
        ids = {claim for relation in relations for claim in (relation.a, relation.b)}
        keys = {UUID(claim).bytes for claim in ids}
        rows = {one.claim: one for one in self.claims.rows if one.claim_key in keys}
        self._links.show_links(row.claim, relations, rows, self.claims.labels, self._session.now.reviewer)

    def _go(self, row: int) -> None:
        one = self.claims.rows[row]
        self.claim_chosen.emit(one.article, one.claim)

    def _go_to_claim(self, claim: str) -> None:
        key = UUID(claim).bytes
        row = next((one for one in self.claims.rows if one.claim_key == key), None)
        if row:
            self.claim_chosen.emit(row.article, row.claim)

    # -- laying out -----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setAccessibleName(tr("Claim board"))
        self._count.setProperty("quiet", "true")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._buttons = [_button(self._linking), _button(self._judging)]
        middle, below = QWidget(), QHBoxLayout()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)
        self._splitter.addWidget(middle)
        self._splitter.addWidget(self._links)
        self._splitter.setSizes(_SHARES)
        self._splitter.setChildrenCollapsible(False)
        below.addWidget(self._count, 1)
        for button in self._buttons:
            below.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 8, 12, 8)
        whole.addWidget(self._filters)
        whole.addWidget(self._splitter, 1)
        whole.addLayout(below)

    def _connect(self) -> None:
        self._loading.loaded.connect(self._take)
        self._loading.folded.connect(self._take_words)
        self._filters.changed.connect(self._narrow)
        self._filters.grouped.connect(self._group)
        self._filters.left.connect(self._to_table)
        self.table.opened.connect(self._go)
        self.table.chosen.connect(self._show_links)
        self.table.sorted_by.connect(self._sort)
        self.table.menu_asked.connect(self._show_menu)
        self.table.seek_asked.connect(self._filters.begin)
        self._links.opened.connect(self._go_to_claim)
        self._links.unlink_asked.connect(self.unlink)
        for part in (self.table, self._links):
            part.left.connect(self.left)

    def _to_table(self) -> None:
        if self.table.isHidden():
            self.left.emit()
            return
        self.table.begin()

    def _action(self, text: str, key: str, do: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: do())
        self.addAction(action)
        return action

    def _show_menu(self, where: QPoint) -> None:
        self.menu().popup(where)

    def menu(self) -> QMenu:
        """Return the context menu of what is chosen."""
        menu, current = QMenu(self), self.table.current()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        going = menu.addAction(tr("Go to the claim"))
        going.setEnabled(current is not None)
        going.triggered.connect(lambda: self._go(current or 0))
        menu.addAction(self._linking)
        verdicts = menu.addMenu(tr("Verdict"))
        verdicts.setToolTipsVisible(True)
        verdicts.setEnabled(current is not None)
        for value in words.values(self.claims.labels, "verdict"):
            made = verdicts.addAction(value.names.get(language(), value.key))
            made.setToolTip(guideline(value))
            made.triggered.connect(lambda _=False, key=value.key: self.ask_verdict(key))
        return menu


def _own_verdict(project: Project, row: ClaimRow, reviewer: str) -> Verdict | None:
    found = project.verdicts(row.article).get(row.claim, ())
    return next((one for one in found if one.reviewer == reviewer), None)


def _button(action: QAction) -> QPushButton:
    """Return a button that does what an action does."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    button = QPushButton(action.text())
    button.setToolTip(f"{action.text()} (\u2066{keys}\u2069)")
    button.clicked.connect(action.trigger)
    return button

"""The record of an article in a window: details to put right, the source record, what happened to it, and the proof."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from annotator import Article, Project
from annotator.model import Revision
from annotator.text.canonical import text_sha256
from ui.plain import PlainLabel
from ui.record.chain import chain_of
from ui.record.details_form import DetailsForm
from ui.record.facts import Fact, facts_of
from ui.session import Session
from ui.translate import isolated, running, say, tr

_MOST_LINES = 7


class Record(QDialog):
    """Shows the record of the article that the session shows, and follows its changes."""

    def __init__(self, session: Session, article: Article, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._article = session, article
        self._details = DetailsForm()
        self._proof, self._chain, self._told = PlainLabel(wraps=True), QPlainTextEdit(), PlainLabel(wraps=True)
        self._lay_out()
        self._details.changed.connect(self._store)
        session.things_changed.connect(self._follow)
        self._show(article)
        self._verify()

    # -- what Qt tells --------------------------------------------------------------------------------------------

    def reject(self) -> None:
        if self._details.store_all():
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._details.store_all():
            super().closeEvent(event)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter in a field store it, not press a button that happens to be there."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    # -- doing ----------------------------------------------------------------------------------------------------

    def save_original_to(self, path: Path) -> None:
        """Write the bytes that were imported to a file."""
        identity = self._article.id
        self._ask(lambda project: project.save_original(identity, path), lambda _: self._tell_written(path))

    def _save_original(self) -> None:
        name = Path(self._article.source.file).name or "original"
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save the original"), str(Path.home() / name))
        if chosen:
            self.save_original_to(Path(chosen))

    def _store(self, field: str, value: str) -> None:
        identity = self._article.id
        self._session.when_idle(
            lambda: self._session.change(lambda project: project.describe(identity, **{field: value}))
        )

    def _verify(self) -> None:
        """Prove bytes and text in the worker: hashing a hundred megabytes takes a while."""
        self._proof.setText(tr("Proving…"))
        self._ask(partial(_proved, self._article.id), self._show_proof)

    def _ask(self, job: Callable[[Project], Any], then: Callable[[Any], None]) -> None:
        """Do a job in the worker; its answer may come when this dialog is gone."""
        self._session.run(job, lambda answer: then(answer) if isValid(self) else None)

    # -- showing --------------------------------------------------------------------------------------------------

    def _show(self, article: Article) -> None:
        self._article = article
        self._details.show_details(article.details)
        self._ask(lambda project: project.history(article.id), self._show_history)

    def _follow(self, touched: Mapping[str, frozenset[str]]) -> None:
        """Show what was changed meanwhile, also by an undo in the window behind."""
        now = self._session.now.article
        if now and now.id == self._article.id and now.id in touched.get("article", ()):
            self._show(now)

    def _show_history(self, history: list[Revision]) -> None:
        self._chain.setPlainText("\n".join(chain_of(self._article, history)))

    def _show_proof(self, proved: tuple[bool, bool]) -> None:
        good = tr("The bytes and the text are those that were imported: both SHA-256 match.")
        bad = tr("The stored bytes or text are not those that were imported. Keep this file and restore a backup.")
        self._proof.setObjectName("" if all(proved) else "problem")
        self._proof.style().unpolish(self._proof)
        self._proof.style().polish(self._proof)
        self._proof.setText(running(("✓ " if all(proved) else "× ") + (good if all(proved) else bad)))

    def _tell_written(self, path: Path) -> None:
        self._told.setText(running(tr("Written to {path}.").format(path=isolated(str(path)))))

    # -- laying out -----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Article record"))
        inner, column = QWidget(), QVBoxLayout()
        inner.setLayout(column)
        column.setContentsMargins(20, 16, 20, 8)
        column.setSpacing(10)
        for part in (self._details, _heading(tr("Where it came from")), self._facts(), *self._warnings()):
            column.addWidget(part)
        for part in (self._proof, _heading(tr("What happened to it")), self._history()):
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 12)
        whole.addWidget(area, 1)
        whole.addLayout(self._buttons())
        self.resize(680, 600)

    def _facts(self) -> QWidget:
        holder, rows = QWidget(), QFormLayout()
        rows.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(rows)
        for fact in facts_of(self._article):
            name = PlainLabel(fact.name)
            name.setProperty("quiet", "true")
            rows.addRow(name, _copyable(fact) if fact.code else PlainLabel(fact.value, wraps=True))
        return holder

    def _warnings(self) -> list[QWidget]:
        found = [PlainLabel(running(f"⚠ {say(one)}"), wraps=True) for one in self._article.source.warnings]
        return [_heading(tr("Noticed while reading it")), *found] if found else []

    def _history(self) -> QWidget:
        self._chain.setReadOnly(True)
        self._chain.setTabChangesFocus(True)
        self._chain.setAccessibleName(tr("What happened to it"))
        self._chain.setFixedHeight(self._chain.fontMetrics().lineSpacing() * _MOST_LINES)
        option = self._chain.document().defaultTextOption()
        option.setTextDirection(self.layoutDirection())
        self._chain.document().setDefaultTextOption(option)
        return self._chain

    def _buttons(self) -> QHBoxLayout:
        original, close = QPushButton(tr("Save the original…")), QPushButton(tr("Close"))
        original.clicked.connect(self._save_original)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(20, 0, 20, 0)
        row.addWidget(original)
        row.addWidget(self._told, 1)
        row.addWidget(close)
        for button in (original, close):
            button.setAutoDefault(False)
        return row


def _proved(identity: str, project: Project) -> tuple[bool, bool]:
    article = project.article(identity)
    digest = hashlib.sha256(project.original(identity)).hexdigest()
    return digest == article.source.bytes_sha256, text_sha256(article.text) == article.sha256


def _heading(text: str) -> PlainLabel:
    label = PlainLabel(text)
    label.setObjectName("heading")
    return label


def _copyable(fact: Fact) -> QWidget:
    """Return a field that cannot be written in, with a button that copies all of it."""
    holder, row, field, copy = QWidget(), QHBoxLayout(), QLineEdit(fact.value), QPushButton(tr("Copy"))
    row.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(row)
    field.setReadOnly(True)
    field.setAccessibleName(fact.name)
    field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    field.setCursorPosition(0)
    copy.setAccessibleName(tr("Copy: {name}").format(name=fact.name))
    copy.setAutoDefault(False)
    copy.clicked.connect(lambda: QApplication.clipboard().setText(fact.value))
    row.addWidget(field, 1)
    row.addWidget(copy)
    return holder

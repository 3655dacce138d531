"""The record of an article in a window: details to put right, the source record, what happened to it, and the proof."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from annotator import Article, Project
from annotator.evidence import Evidence, Verification
from ui.fitting import resize_within_screen
from ui.lines import Lines
from ui.locale_words import shown_moment
from ui.plain import PlainLabel
from ui.record.chain import chain_of
from ui.record.details_form import DetailsForm
from ui.record.facts import Fact, facts_of
from ui.session import Session
from ui.translate import isolated, language, running, say, tr

_MOST_LINES, _LONGEST_NAME = 7, 60


class Record(QDialog):
    """Shows the record of the article that the session shows, and follows its changes."""

    def __init__(self, session: Session, article: Article, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._article = session, article
        self._details = DetailsForm()
        self._proof, self._told = PlainLabel(wraps=True), PlainLabel(wraps=True)
        self._chain = Lines(direction=self.layoutDirection())
        self._lay_out()
        self._details.changed.connect(self._store)
        session.things_changed.connect(self._follow)
        self._proof.setText(tr("Proving…"))
        self._show(article)

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

    def export_evidence_to(self, folder: Path) -> None:
        """Write original, text, record and their hash values into a new folder."""
        identity = self._article.id
        self._ask(lambda project: project.export_evidence(identity, folder, translate=tr), self._tell_written)

    def save_original_to(self, path: Path) -> None:
        """Write the bytes that were imported to a file."""
        identity = self._article.id
        self._ask(lambda project: project.save_original(identity, path), lambda _: self._tell_written(path))

    def _export_evidence(self) -> None:
        name = "".join(one if one.isalnum() or one in " -_" else " " for one in self._article.title[:_LONGEST_NAME])
        start = str(Path.home() / (" ".join(name.split()) or "evidence"))
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Name a new folder for the evidence"), start)
        if chosen:
            self.export_evidence_to(Path(chosen))

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

    def _prove(self) -> None:
        """Have the evidence read and verified in the worker: hashing a hundred megabytes takes a while."""
        identity = self._article.id
        self._ask(lambda project: project.evidence(identity), self._show_evidence)

    def _ask(self, job: Callable[[Project], Any], then: Callable[[Any], None]) -> None:
        """Do a job in the worker; its answer may come when this dialog is gone."""
        self._session.run(job, lambda answer: then(answer) if isValid(self) else None)

    # -- showing --------------------------------------------------------------------------------------------------

    def _show(self, article: Article) -> None:
        self._article = article
        self._details.show_details(article.details)
        self._prove()

    def _follow(self, touched: Mapping[str, frozenset[str]]) -> None:
        """Show what was changed meanwhile, also by an undo in the window behind."""
        now, identity = self._session.now.article, self._article.id
        if now and now.id == identity and any(identity in touched.get(kind, ()) for kind in ("article", "copy")):
            self._show(now)

    def _show_evidence(self, evidence: Evidence) -> None:
        self._chain.setPlainText("\n".join(chain_of(evidence)))
        proved = evidence.verification
        sentences = [sentence for good, sentence in _failures(proved) if not good]
        self._proof.setObjectName("problem" if sentences else "")
        self._proof.style().unpolish(self._proof)
        self._proof.style().polish(self._proof)
        good = tr("Proved at {moment}: bytes, text and chain of custody are as they were collected.")
        good = good.format(moment=shown_moment(proved.at, language()))
        self._proof.setText(running("✓ " + good if proved.intact else "× " + " ".join(sentences)))

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
        resize_within_screen(self, 800, 620)

    def _facts(self) -> QWidget:
        holder, rows = QWidget(), QFormLayout()
        rows.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(rows)
        for fact in facts_of(self._article):
            name = PlainLabel(fact.name)
            name.setProperty("quiet", "true")
            rows.addRow(name, _copyable(fact) if fact.code else PlainLabel(running(fact.value), wraps=True))
        return holder

    def _warnings(self) -> list[QWidget]:
        found = [PlainLabel(running(f"⚠ {say(one)}"), wraps=True) for one in self._article.source.warnings]
        return [_heading(tr("Noticed while reading it")), *found] if found else []

    def _history(self) -> QWidget:
        self._chain.setReadOnly(True)
        self._chain.setTabChangesFocus(True)
        self._chain.setAccessibleName(tr("What happened to it"))
        self._chain.setFixedHeight(self._chain.fontMetrics().lineSpacing() * _MOST_LINES)
        return self._chain

    def _buttons(self) -> QHBoxLayout:
        original, close = QPushButton(tr("Save the original…")), QPushButton(tr("Close"))
        evidence = QPushButton(tr("Export the evidence…"))
        evidence.clicked.connect(self._export_evidence)
        original.clicked.connect(self._save_original)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(20, 0, 20, 0)
        row.addWidget(evidence)
        row.addWidget(original)
        row.addWidget(self._told, 1)
        row.addWidget(close)
        for button in (evidence, original, close):
            button.setAutoDefault(False)
        return row


def _failures(proved: Verification) -> list[tuple[bool, str]]:
    """Return what was proved, each with what is said where it failed."""
    return [
        (proved.bytes_intact, tr("The original bytes are NOT the ones collected.")),
        (proved.text_intact, tr("The text is NOT the one collected.")),
        (proved.custody_intact, tr("The chain of custody was tampered with.")),
    ]


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

"""The strip below the page: one button a label with its key, and the keys that matter now."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from annotator import Label
from ui.elided import ElidedLabel
from ui.guideline import guideline, spoken
from ui.session import Session
from ui.swatch import SWATCH_SIZE, swatch
from ui.translate import isolated, language, tr


class LabelBar(QFrame):
    """Buttons to label the selection, or to relabel the selected annotation."""

    chosen = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("labelBar")
        self.setAccessibleName(tr("Labels"))
        self._session = session
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(18, 8, 18, 8)
        self._row.setSpacing(8)
        self._buttons: list[QPushButton] = []
        self._offer = self._question = ""
        self._hint = ElidedLabel()
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self._hint.setProperty("quiet", "true")
        self._row.addWidget(self._hint, 1)
        session.project_changed.connect(self.refresh)
        session.labels_changed.connect(self.refresh)
        session.selection_changed.connect(self._show_hint)
        self.refresh()

    def refresh(self) -> None:
        """Show the project's labels."""
        for button in self._buttons:
            button.deleteLater()
        self._buttons = [self._button(label) for label in self._session.now.labels]
        for place, button in enumerate(self._buttons):
            self._row.insertWidget(place, button)
        self._show_hint()

    def changeEvent(self, event: QEvent) -> None:
        """Show the colours as another theme has them."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for button, label in zip(self._buttons, self._session.now.labels, strict=False):
                button.setIcon(swatch(label.colour, self.palette()))

    def _button(self, label: Label) -> QPushButton:
        name = label.names.get(language(), label.key)
        button = QPushButton(swatch(label.colour, self.palette()), f"{label.shortcut}  {isolated(name)}")
        button.setIconSize(SWATCH_SIZE)
        button.setAccessibleName(tr("Label as {label}").format(label=name))
        key = tr("Key: {key}").format(key=label.shortcut) if label.shortcut else ""
        button.setAccessibleDescription("\n".join(filter(None, (key, spoken(label)))))
        button.setToolTip(guideline(label))
        button.clicked.connect(lambda: self.chosen.emit(label.key))
        return button

    def show_offer(self, words: str) -> None:
        """Say what the clitic key would make of the selected text; empty when it has nothing to offer."""
        self._offer = words
        self._show_hint()

    def show_question(self, question: str) -> None:
        """Show what is asked for on the page; empty when nothing is."""
        self._question = question
        self._show_hint()

    def _show_hint(self) -> None:
        selected = self._session.selected_annotation()
        if self._question:
            self._hint.setText(self._question)
        elif self._offer:
            self._hint.setText(tr("P: only {words}").format(words=f"«{isolated(self._offer)}»"))
        elif selected and selected.label == "claim":
            self._hint.setText(tr("S who says it · V through whom · C words of saying · A about · W where · T when"))
        elif selected:
            self._hint.setText(tr("[ ] edges · P clitic · Enter note · Del remove · Esc back"))
        else:
            self._hint.setText(tr("Select text, then press its key"))

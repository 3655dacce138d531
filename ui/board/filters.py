"""The strip above the claim board: words to look for, which verdict, mode and kind, and what the claims are grouped by."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from annotator.model import LabelSet
from ui.board.claims import Filter
from ui.board.words import values
from ui.choice_box import ChoiceBox
from ui.plain import title_of
from ui.translate import language, tr

_SHORTEST = 9  # characters a box of choices shows at least
_TYPING = 60  # milliseconds between the last key and the search


class Filters(QWidget):
    """Asks what is wanted. `left` when the reader goes from the box to the table."""

    changed = Signal()
    grouped = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._box, self._verdict, self._mode, self._kind, self._group = QLineEdit(), *(ChoiceBox() for _ in range(4))
        self._typing = QTimer(self, interval=_TYPING, singleShot=True)
        self._lay_out()
        self._fill_groups()
        self._typing.timeout.connect(self.changed)
        self._box.textChanged.connect(self._typing.start)
        for combo in (self._verdict, self._mode, self._kind):
            combo.activated.connect(self.changed)
        self._group.activated.connect(lambda: self.grouped.emit(self._group.currentData()))
        self._box.installEventFilter(self)

    def wanted(self) -> Filter:
        """Return what is wanted."""
        chosen = (str(combo.currentData() or "") for combo in (self._verdict, self._mode, self._kind))
        return Filter(self._box.text(), *chosen)

    def clear(self) -> None:
        """Want all claims again."""
        for combo in (self._verdict, self._mode, self._kind):
            combo.setCurrentIndex(0)
        self._box.clear()
        self._typing.stop()
        self.changed.emit()

    def begin(self) -> None:
        """Take the keyboard."""
        self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._box.selectAll()

    def show_values(self, labels: LabelSet) -> None:
        """Offer the answers of a label set; what is chosen stays chosen."""
        all_of = {"verdict": tr("Any verdict"), "mode": tr("Any mode"), "kind": tr("Any kind")}
        for combo, attribute in ((self._verdict, "verdict"), (self._mode, "mode"), (self._kind, "kind")):
            entries = [(all_of[attribute], "")]
            entries += [(value.names.get(language(), value.key), value.key) for value in values(labels, attribute)]
            if entries != [(combo.itemText(at), combo.itemData(at)) for at in range(combo.count())]:
                _fill(combo, entries)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on to the table with Enter or the arrow down, and empty the box, or leave it, with Esc."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self._box.text():
                self._box.clear()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Escape):
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._box.setPlaceholderText(tr("Words of source, claim or place"))
        self._box.setClearButtonEnabled(True)
        self._box.setMinimumWidth(120)
        names = (tr("Filter"), tr("Verdict"), tr("Mode"), tr("Kind"), tr("Group by"))
        for number, (field, name) in enumerate(
            zip((self._box, self._verdict, self._mode, self._kind, self._group), names, strict=True)
        ):
            title = title_of(field, name)
            if isinstance(field, QComboBox):
                field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                field.setMinimumContentsLength(_SHORTEST)
            row.addWidget(title)
            row.addWidget(field, 1 if number == 0 else 0)

    def _fill_groups(self) -> None:
        groups = {
            "": tr("Nothing"), "source": tr("Source"), "place": tr("Place"), "day": tr("Day"), "actor": tr("Actor"),
            "verdicts": tr("Verdict"),
        }  # fmt: skip
        _fill(self._group, [(name, key) for key, name in groups.items()])


def _fill(combo: QComboBox, entries: list[tuple[str, str]]) -> None:
    chosen = combo.currentData()
    combo.clear()
    for text, key in entries:
        combo.addItem(text, key)
    combo.setCurrentIndex(max(combo.findData(chosen), 0))

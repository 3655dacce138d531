"""What can be decided about a difference: one button a side, all, none or another; the parts of each; and why."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.review.comparing import Difference
from ui.elided import ElidedLabel
from ui.lines import Note
from ui.plain import PlainLabel, heard_title, plain_tip
from ui.queue.flow import FlowLayout
from ui.review.differing import Row
from ui.review.pane import side_icon, side_icon_size
from ui.review.reviewing import Reviewing
from ui.review.words import difference_name, reason_names, side_words, value_words
from ui.session import Session
from ui.translate import language, tr

REASON_KEYS = {"guideline": ("G", "ل"), "ambiguous": ("U", "ع"), "slip": ("S", "س"), "other": ("O", "خ")}
MAKE_KEYS, AGREED_KEYS = ("M", "ة"), ("T", "ف")
_PARTS = {"boundary": "span", "label": "label", "entity": "entity"}
_NOTE_HEIGHT = 42


class SideButton(QPushButton):
    """Takes what one side has: its letter, and in words what that is, a line each."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sideButton")
        self.setAutoDefault(False)
        self.setCheckable(True)
        self._sign, self._lines = PlainLabel(), QVBoxLayout()
        self._words: list[ElidedLabel] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(9, 6, 9, 6)
        row.setSpacing(8)
        self._lines.setSpacing(0)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._lines, 1)
        self._sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Ask for the room of the words."""
        layout = self.layout()
        return QSize(60, layout.sizeHint().height() if layout else 30)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def show_side(self, icon: QIcon, words: str, *, taken: bool, name: str) -> None:
        """Show what is taken with it."""
        self._sign.setPixmap(icon.pixmap(side_icon_size(line=False)))
        lines = words.split("\n")
        while len(self._words) < len(lines):
            self._words.append(ElidedLabel())
            self._words[-1].setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._lines.addWidget(self._words[-1])
        for place, label in enumerate(self._words):
            label.setVisible(place < len(lines))
            label.setText(lines[place] if place < len(lines) else "")
        self.setChecked(taken)
        self.setAccessibleName(name)
        self.updateGeometry()


class DecisionNote(Note):
    """A note that keeps Esc from the window, where it ends the comparison."""

    def event(self, event: QEvent) -> bool:
        asks = event.type() == QEvent.Type.ShortcutOverride
        if asks and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)


class Choices(QWidget):
    """The buttons for the difference one is at. `note_left` when the keyboard leaves the note with Esc."""

    note_left = Signal()

    def __init__(self, session: Session, reviewing: Reviewing) -> None:
        super().__init__()
        self._session, self._reviewing = session, reviewing
        self._sides = [SideButton() for _ in range(6)]
        self._all, self._none, self._make = QPushButton(), QPushButton(), QPushButton()
        self._reasons = {reason: QPushButton() for reason in reason_names()}
        self._note = DecisionNote()
        self._parts, self._grid = QWidget(), QGridLayout()
        self._part_buttons: list[QWidget] = []
        self._lay_out()
        self._connect()
        self.refresh()

    def edit_note(self) -> None:
        """Put the keyboard into the note."""
        if self._note.isEnabled():
            self._note.setFocus()
            self._note.selectAll()

    def in_order(self) -> list[QWidget]:
        """Return the fields in the order in which Tab goes to them."""
        return [*self._sides, self._all, self._none, self._make, *self._reasons.values(), self._note]

    def refresh(self) -> None:
        """Show the difference one is at."""
        row = self._reviewing.row
        self.setVisible(row is not None)
        if row:
            self._show_sides(row)
            self._show_parts(row)
            self._show_why()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.refresh()

    # -- inside ---------------------------------------------------------------------------------------------------

    def _show_sides(self, row: Row) -> None:
        reviewing, labels = self._reviewing, self._session.now.label_set
        review, can = reviewing.review, reviewing.can_decide
        taken = row.decision.taken if row.decision and row.state == "settled" else ()
        mixed = bool(row.decision and row.decision.outcome == "other")
        for number, button in enumerate(self._sides):
            there = number < len(review.sides) and row.match is not None
            button.setVisible(there)
            if there:
                side = review.sides[number]
                words = side_words(row, side, review, labels)
                name = tr("Take {name}: {words}").format(name=side.title(hidden=reviewing.hides_names), words=words)
                own = row.taken_from(side.name)
                icon = side_icon(side, self.palette())
                button.show_side(icon, words, taken=bool(own and own in taken and not mixed), name=name)
                button.setToolTip(
                    plain_tip(f"{number + 1} · {side.letter} · {side.title(hidden=reviewing.hides_names)}")
                )
                button.setEnabled(can)
        has = len(row.ids) > 1 and row.match is not None
        self._all.setVisible(has)
        everything = tr("Both") if len(row.ids) == 2 else tr("All")
        self._all.setText(f"{everything}  +")
        self._none.setChecked(bool(row.state == "settled" and row.decision and row.decision.outcome == "none"))
        self._make.setVisible(row.match is not None and row.match.of == "annotation")
        self._make.setChecked(reviewing.is_making)
        for other in (self._all, self._none, self._make):
            other.setEnabled(can)

    def _show_parts(self, row: Row) -> None:
        """Offer to take each part from another side, where sides differ in several."""
        for old in self._part_buttons:
            self._grid.removeWidget(old)
            old.deleteLater()
        self._part_buttons = []
        differing = [one for one in row.match.differences if one.kind in (*_PARTS, "frame")] if row.match else []
        self._parts.setVisible(len(differing) > 1)
        if len(differing) > 1:
            for line, difference in enumerate(differing):
                self._add_part(line, row, difference)

    def _add_part(self, line: int, row: Row, difference: Difference) -> None:
        reviewing, labels = self._reviewing, self._session.now.label_set
        part = _PARTS.get(difference.kind, difference.attribute)
        name = PlainLabel(difference_name(difference, labels))
        name.setProperty("quiet", "true")
        self._grid.addWidget(name, line, 0)
        self._part_buttons.append(name)
        group = QButtonGroup(name)
        for column, side in enumerate(reviewing.review.sides, start=1):
            identity = row.taken_from(side.name)
            if not identity:
                continue
            words = value_words(difference, side.name, reviewing.review, labels)
            button = QToolButton()
            button.setIcon(side_icon(side, self.palette()))
            button.setIconSize(side_icon_size(line=False))
            button.setCheckable(True)
            button.setChecked(reviewing.part_of(row, part) == identity)
            button.setEnabled(reviewing.can_decide)
            button.setToolTip(plain_tip(words))
            button.setAccessibleName(
                tr("{part} of {name}: {words}").format(
                    part=name.text(), name=side.title(hidden=reviewing.hides_names), words=words
                )
            )
            button.clicked.connect(partial(self._take_part, part, side.name))
            group.addButton(button)
            self._grid.addWidget(button, line, column)
            QWidget.setTabOrder(self._last_part(), button)
            self._part_buttons.append(button)

    def _last_part(self) -> QWidget:
        """Return the field after which the button of another part comes."""
        buttons = [one for one in self._part_buttons if isinstance(one, QToolButton)]
        return buttons[-1] if buttons else self._make

    def _take_part(self, part: str, side: str) -> None:
        self._reviewing.take_part(part, side)

    def _show_why(self) -> None:
        reviewing = self._reviewing
        names = reason_names()
        for reason, button in self._reasons.items():
            button.setText(f"{key_of(REASON_KEYS[reason])}  {names[reason]}")
            button.setChecked(reviewing.reason == reason)
            button.setEnabled(reviewing.can_decide)
        self._note.setEnabled(reviewing.can_decide)
        if not self._note.hasFocus() or self._note.toPlainText() != reviewing.note:
            self._note.blockSignals(True)
            self._note.setPlainText(reviewing.note)
            self._note.blockSignals(False)

    def _lay_out(self) -> None:
        column, row, why = QVBoxLayout(self), QHBoxLayout(), QWidget()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for side in self._sides:
            column.addWidget(side)
        row.setSpacing(6)
        words = (
            (self._all, tr("Both"), "+"),
            (self._none, tr("None"), "0"),
            (self._make, tr("Another…"), key_of(MAKE_KEYS)),
        )
        for button, text, key in words:
            button.setText(f"{text}  {key}")
            button.setProperty("chip", "true")
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        self._none.setCheckable(True)
        self._make.setCheckable(True)
        column.addLayout(row)
        parts = QVBoxLayout(self._parts)
        parts.setContentsMargins(0, 2, 0, 0)
        parts.setSpacing(4)
        parts.addWidget(PlainLabel(tr("Or part by part"), wraps=True))
        self._grid.setColumnStretch(7, 1)
        self._grid.setHorizontalSpacing(6)
        parts.addLayout(self._grid)
        column.addWidget(self._parts)
        flow = FlowLayout(why, spacing=5)
        for button in self._reasons.values():
            button.setCheckable(True)
            button.setProperty("chip", "true")
            button.setAutoDefault(False)
            flow.addWidget(button)
        policy = why.sizePolicy()
        policy.setHeightForWidth(True)
        why.setSizePolicy(policy)
        why.setAccessibleName(tr("Why"))
        column.addWidget(why)
        self._note.setPlaceholderText(tr("Note on the decision (Enter)"))
        last = QHBoxLayout()
        last.setSpacing(0)
        last.addWidget(heard_title(self._note, tr("Note on the decision")))
        last.addWidget(self._note)
        self._note.setMaximumHeight(_NOTE_HEIGHT)
        self._note.setTabChangesFocus(True)
        column.addLayout(last)

    def _connect(self) -> None:
        reviewing = self._reviewing
        does: list[tuple[QPushButton, Callable[[], None]]] = [
            (self._all, reviewing.take_all), (self._none, reviewing.take_none), (self._make, reviewing.make),
            *((button, partial(reviewing.take, number)) for number, button in enumerate(self._sides)),
            *((button, partial(reviewing.set_reason, reason)) for reason, button in self._reasons.items()),
        ]  # fmt: skip
        for button, do in does:
            button.clicked.connect(partial(_clicked, self, do))
        self._note.left.connect(self._leave_note)
        self._note.put_down.connect(lambda: reviewing.set_note(self._note.toPlainText()))
        reviewing.changed.connect(self.refresh)
        reviewing.moved.connect(self.refresh)
        reviewing.asked.connect(self.refresh)

    def _leave_note(self) -> None:
        self._reviewing.set_note(self._note.toPlainText())
        self.note_left.emit()


def key_of(keys: tuple[str, str]) -> str:
    """Return the key of the keyboard that goes with the interface's language."""
    return keys[1] if language() == "ar" else keys[0]


def _clicked(choices: Choices, do: Callable[[], None], _: bool = False) -> None:
    """Do it; what the buttons show follows from what was decided, not from the click."""
    do()
    choices.refresh()

"""The line in which one searches, with what was sought before and the switches that say how."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget

from annotator import Label
from annotator.concordance import Order
from ui.choice_box import ChoiceBox
from ui.concordance.results import Question
from ui.plain import heard_title
from ui.settings import Settings
from ui.translate import isolated, language, running, tr

_TYPING = 90  # milliseconds between the last key and the search
_SHORTEST = 7  # characters a box of choices shows at least
_Key = Qt.Key


class QueryBar(QWidget):
    """Asks what is sought. `asked` while one types, `wanted` when Enter says that this is it."""

    asked = Signal()
    wanted = Signal()
    left = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.box, self._earlier = QLineEdit(), QToolButton()
        self._clitics = QCheckBox(tr("With و ب ل ال …"))
        self._kind, self._within, self._order = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self._typing = QTimer(self, interval=_TYPING, singleShot=True)
        self._lay_out()
        self._recall()
        self._connect()

    def question(self) -> Question:
        """Return what is sought."""
        kind, within = self._kind.currentData(), str(self._within.currentData() or "")
        return Question(
            self.box.text(), self._clitics.isChecked(), kind == "exactly", kind == "pattern", within,
            cast(Order, self._order.currentData()),
        )  # fmt: skip

    def begin(self, text: str = "") -> None:
        """Take the keyboard, with a text to seek if one is given; what stands in the line is replaced by typing."""
        if text:
            self.box.setText(text)
        self.box.selectAll()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_labels(self, labels: tuple[Label, ...]) -> None:
        """Offer the labels within which one can search; what is chosen stays chosen."""
        chosen = self._within.currentData() or self._settings.search_within
        self._within.clear()
        self._within.addItem(tr("Everywhere"), "")
        for label in labels:
            self._within.addItem(isolated(label.names.get(language(), label.key)), label.key)
        self._within.setCurrentIndex(max(self._within.findData(chosen), 0))

    def remember(self) -> None:
        """Keep what is sought among the earlier searches."""
        if self.box.text().strip():
            self._settings.remember_search(self.box.text().strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on with Enter or the arrow down, back in time with the arrow up, and leave with Esc."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not event.modifiers():
            if event.key() == _Key.Key_Escape and self.box.text():
                self.box.clear()
                return True
            if event.key() == _Key.Key_Up:
                self._earlier.showMenu()
                return True
            if event.key() == _Key.Key_Escape:
                self.left.emit()
                return True
            if event.key() in (_Key.Key_Return, _Key.Key_Enter, _Key.Key_Down):
                self._want()
                return True
        return super().eventFilter(watched, event)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _want(self) -> None:
        if self._typing.isActive():
            self._ask()
        self.remember()
        self.wanted.emit()

    def _ask(self) -> None:
        self._typing.stop()
        self.asked.emit()

    def _switch(self) -> None:
        """Take a switch, keep it for the next time, and show which of the others mean something with it."""
        settings, asked = self._settings, self.question()
        settings.search_clitics, settings.search_kind = asked.clitics, self._kind.currentData()
        settings.search_within, settings.search_order = asked.within, asked.order
        self._enable()
        self._ask()

    def _enable(self) -> None:
        self._clitics.setEnabled(self._kind.currentData() == "words")

    def _fill_earlier(self, menu: QMenu) -> None:
        menu.clear()
        for query in self._settings.searches:
            made = menu.addAction(isolated(query.replace("&", "&&")))
            made.triggered.connect(lambda _=False, query=query: self.begin(query))
        if menu.isEmpty():
            menu.addAction(tr("None yet")).setEnabled(False)

    def _recall(self) -> None:
        settings = self._settings
        self._clitics.setChecked(settings.search_clitics)
        self._kind.setCurrentIndex(max(self._kind.findData(settings.search_kind), 0))
        self._order.setCurrentIndex(max(self._order.findData(settings.search_order), 0))
        self._enable()

    def _connect(self) -> None:
        self.box.installEventFilter(self)
        self.box.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self.asked)
        self._clitics.clicked.connect(self._switch)
        for choice in (self._kind, self._within, self._order):
            choice.activated.connect(self._switch)

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        self._lay_out_box()
        tip = tr("Also finds the word behind letters written onto it: ودمشق, للجيش")
        self._clitics.setToolTip(tip)
        self._clitics.setAccessibleDescription(tip)
        self._fill_choices()
        for widget in (self.box, self._earlier, self._clitics):
            line.addWidget(widget, 1 if widget is self.box else 0)
        for choice, name in ((self._kind, tr("How")), (self._within, tr("Within")), (self._order, tr("Order"))):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            choice.setMinimumContentsLength(_SHORTEST)
            choice.setToolTip(name)
            line.addWidget(heard_title(choice, name))
            line.addWidget(choice)

    def _lay_out_box(self) -> None:
        self.box.setPlaceholderText(tr("Words to find in all articles"))
        self.box.setAccessibleName(tr("Search in all articles"))
        self.box.setToolTip(
            running(tr('Words together, "a phrase", OR, -without, begin*, one ~5 other, =exactly, place:word, (…)'))
        )
        self.box.setClearButtonEnabled(True)
        for button in self.box.findChildren(QToolButton):
            button.setAccessibleName(tr("Empty the line"))
        self.box.setMinimumWidth(160)
        self._earlier.setObjectName("earlier")
        self._earlier.setText("▾")
        self._earlier.setAccessibleName(tr("Earlier searches"))
        self._earlier.setToolTip(tr("Earlier searches"))
        self._earlier.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._earlier)
        menu.aboutToShow.connect(lambda: self._fill_earlier(menu))
        self._earlier.setMenu(menu)

    def _fill_choices(self) -> None:
        kinds = {
            "words": tr("As people type"),
            "exactly": tr("Spelled exactly so"),
            "pattern": tr("Regular expression"),
        }
        orders = {"article": tr("By article"), "left": tr("By the words before"), "right": tr("By the words after")}
        for choice, texts in ((self._kind, kinds), (self._order, orders)):
            for key, text in texts.items():
                choice.addItem(text, key)

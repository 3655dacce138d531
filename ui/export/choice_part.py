"""Which part of the project goes out: articles, layer, labels, and what changed since a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from annotator import Label
from annotator.filter_completion import Known
from annotator.selecting import ALL, FINAL
from ui.choice_box import ChoiceBox
from ui.export.remembered import Remembered
from ui.export.wish import Choice
from ui.locale_words import shown_moment
from ui.plain import plain_tip, title_of
from ui.queue.flow import FlowLayout
from ui.queue.search_line import SearchLine
from ui.translate import isolated, language, tr, trn

_EVERY, _CHOSEN, _SHOWN, _FILTER = "all", "chosen", "shown", "filter"


@dataclass(frozen=True, slots=True)
class Offered:
    """What the queue offers: the articles chosen in it, those it shows (None for all), its filter, and what can be named."""

    chosen: Sequence[str] = ()
    shown: Sequence[str] | None = None
    filter: str = ""
    known: Callable[[], Known] = Known


class ChoicePart(QWidget):
    """The fields; `changed` says that another part is meant."""

    changed = Signal()

    def __init__(self, labels: Sequence[Label], reviewers: Sequence[str], offered: Offered, before: Remembered) -> None:
        super().__init__()
        self._of = {_CHOSEN: frozenset(offered.chosen), _SHOWN: frozenset(offered.shown or ())}
        self.articles, self.layer = ChoiceBox(), ChoiceBox()
        self.filter, self.since = SearchLine(offered.known), QLineEdit()
        self.last = QPushButton(tr("Last export"))
        self.labels = {one.key: QCheckBox(one.names.get(language(), one.key)) for one in labels}
        self._fill(reviewers, offered)
        self._remember(before)
        self._lay_out()
        self._connect(before.last)
        self._follow()

    def choice(self) -> Choice:
        """Return what is asked for."""
        articles = self.articles.currentData()
        ticked = frozenset(key for key, box in self.labels.items() if box.isChecked())
        return Choice(
            self._of.get(articles),
            self.filter.query if articles == _FILTER else "",
            self.since.text(),
            frozenset() if len(ticked) == len(self.labels) else ticked,
            self.layer.currentData(),
        )

    def without(self) -> tuple[str, ...]:
        """Return the labels that are left out."""
        return tuple(key for key, box in self.labels.items() if not box.isChecked())

    def is_empty(self) -> bool:
        """Tell whether no label is ticked: that would be nothing."""
        return bool(self.labels) and not any(box.isChecked() for box in self.labels.values())

    @property
    def is_sound(self) -> bool:
        """Whether no filter is asked for, or one without a mistake."""
        return self.articles.currentData() != _FILTER or self.filter.is_sound

    def _fill(self, reviewers: Sequence[str], offered: Offered) -> None:
        if offered.chosen:
            words = trn("{count} chosen article", "{count} chosen articles", len(offered.chosen))
            self.articles.addItem(words, _CHOSEN)
        if offered.shown:
            words = trn(
                "{count} article that the queue shows", "{count} articles that the queue shows", len(offered.shown)
            )
            self.articles.addItem(words, _SHOWN)
        self.articles.addItem(tr("All articles"), _EVERY)
        self.articles.addItem(tr("Those that a filter finds"), _FILTER)
        self.filter.write(offered.filter)
        self.layer.addItem(tr("The layers of all reviewers"), ALL)
        self.layer.addItem(tr("The final layer: what was settled"), FINAL)
        for name in reviewers:
            self.layer.addItem(tr("The layer of {name}").format(name=isolated(name)), name)

    def _remember(self, before: Remembered) -> None:
        """Begin with the layer and labels of the last time, as far as they are there."""
        self.layer.setCurrentIndex(max(self.layer.findData(before.layer), 0))
        for key, box in self.labels.items():
            box.setChecked(key not in before.without)
        if self.is_empty():
            for box in self.labels.values():
                box.setChecked(True)

    def _connect(self, last: str) -> None:
        self.last.setVisible(bool(last))
        self.last.setAutoDefault(False)
        self.last.setToolTip(plain_tip(shown_moment(last, language())))
        self.last.clicked.connect(lambda: self.since.setText(last))
        self.articles.currentIndexChanged.connect(self._follow)
        for choices in (self.articles, self.layer):
            choices.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.filter.box.textChanged.connect(lambda _: self.changed.emit())
        self.filter.left.connect(self.since.setFocus)
        self.since.textChanged.connect(lambda _: self.changed.emit())
        for box in self.labels.values():
            box.toggled.connect(lambda _: self.changed.emit())

    def _lay_out(self) -> None:
        self.since.setPlaceholderText("2026-01-16")
        self.since.setLayoutDirection(
            Qt.LayoutDirection.LeftToRight
        )  # as a date is typed; else its parts change places
        self.since.setToolTip(tr("A day or a time (UTC where it has no zone). Empty: everything, changed or not."))
        self.since.setAccessibleDescription(self.since.toolTip())
        labels = QWidget()
        boxes = FlowLayout(labels, spacing=12)
        for box in self.labels.values():
            boxes.addWidget(box)
        since = QHBoxLayout()
        since.addWidget(self.since, 1)
        since.addWidget(self.last)
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.addRow(title_of(self.articles, tr("Articles")), self.articles)
        self.form.addRow(title_of(self.filter.box, tr("Filter")), self.filter)
        self.form.addRow(title_of(self.since, tr("Changed since")), since)
        self.form.addRow(title_of(self.layer, tr("Layer")), self.layer)
        self.form.addRow(title_of(next(iter(self.labels.values()), self.layer), tr("Labels")), labels)
        for box in self.labels.values():  # the title named the first of them
            box.setAccessibleName(tr("Label {name}").format(name=box.text()))

    def _follow(self, *_: object) -> None:
        self.form.setRowVisible(self.filter, self.articles.currentData() == _FILTER)

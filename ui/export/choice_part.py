"""Which part of the project goes out: articles, layer, labels, and what changed since a day."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLineEdit, QWidget

from annotator import Label
from annotator.selecting import ALL, FINAL
from ui.choice_box import ChoiceBox
from ui.export.wish import Choice
from ui.plain import title_of
from ui.translate import isolated, language, tr, trn

_EVERY, _CHOSEN, _FILTER = "all", "chosen", "filter"


class ChoicePart(QWidget):
    """The fields; `changed` says that another part is meant."""

    changed = Signal()

    def __init__(
        self, labels: Sequence[Label], reviewers: Sequence[str], *, chosen: Sequence[str] = (), filter: str = ""
    ) -> None:
        super().__init__()
        self._chosen = frozenset(chosen)
        self.articles, self.layer = ChoiceBox(), ChoiceBox()
        self.filter, self.since = QLineEdit(filter), QLineEdit()
        self.labels = {one.key: QCheckBox(one.names.get(language(), one.key)) for one in labels}
        self._fill(reviewers, filter)
        self._lay_out()
        self.articles.currentIndexChanged.connect(self._follow)
        for choices in (self.articles, self.layer):
            choices.currentIndexChanged.connect(lambda _: self.changed.emit())
        for field in (self.filter, self.since):
            field.textChanged.connect(lambda _: self.changed.emit())
        for box in self.labels.values():
            box.toggled.connect(lambda _: self.changed.emit())
        self._follow()

    def choice(self) -> Choice:
        """Return what is asked for."""
        articles = self.articles.currentData()
        ticked = frozenset(key for key, box in self.labels.items() if box.isChecked())
        return Choice(
            self._chosen if articles == _CHOSEN else None,
            self.filter.text() if articles == _FILTER else "",
            self.since.text(),
            frozenset() if len(ticked) == len(self.labels) else ticked,
            self.layer.currentData(),
        )

    def is_empty(self) -> bool:
        """Tell whether no label is ticked: that would be nothing."""
        return bool(self.labels) and not any(box.isChecked() for box in self.labels.values())

    def _fill(self, reviewers: Sequence[str], filter: str) -> None:
        if self._chosen:
            words = trn("{count} chosen article", "{count} chosen articles", len(self._chosen))
            self.articles.addItem(words, _CHOSEN)
        self.articles.addItem(tr("All articles"), _EVERY)
        self.articles.addItem(tr("Those that a filter finds"), _FILTER)
        if filter and not self._chosen:
            self.articles.setCurrentIndex(self.articles.findData(_FILTER))
        self.layer.addItem(tr("The layers of all reviewers"), ALL)
        self.layer.addItem(tr("The final layer: what was settled"), FINAL)
        for name in reviewers:
            self.layer.addItem(tr("The layer of {name}").format(name=isolated(name)), name)
        for box in self.labels.values():
            box.setChecked(True)

    def _lay_out(self) -> None:
        self.filter.setPlaceholderText(tr("as in the queue: state:done label:claim"))
        self.since.setPlaceholderText(tr("everything, or since a day: 2026-01-16"))
        boxes = QHBoxLayout()
        for box in self.labels.values():
            boxes.addWidget(box)
        boxes.addStretch()
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(title_of(self.articles, tr("Articles")), self.articles)
        form.addRow(title_of(self.filter, tr("Filter")), self.filter)
        form.addRow(title_of(self.since, tr("Changed since")), self.since)
        form.addRow(title_of(self.layer, tr("Layer")), self.layer)
        form.addRow(title_of(next(iter(self.labels.values()), self.layer), tr("Labels")), boxes)
        for box in self.labels.values():
            box.setAccessibleName(tr("Label {name}").format(name=box.text()))

    def _follow(self, *_: object) -> None:
        self.filter.setEnabled(self.articles.currentData() == _FILTER)

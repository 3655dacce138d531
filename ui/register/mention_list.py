"""All mentions of an entity: the article's title, and the words where they stand. Texts are read as far as they are seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from annotator import Annotation, Project
from ui.register.two_lines import TwoLineDelegate, TwoLineModel
from ui.translate import isolated, tr

_Index = QModelIndex | QPersistentModelIndex
_AT_ONCE = 50
_AROUND = 26


@dataclass(frozen=True, slots=True)
class Quoted:
    """A mention with the title of its article and the words around it."""

    annotation: Annotation
    title: str
    words: str


def quoted(project: Project, mentions: Sequence[Annotation]) -> list[Quoted]:
    """Return mentions in their context; runs in the worker."""
    made, titles, texts = [], {}, {}
    for one in mentions:
        if one.article not in texts:
            article = project.article(one.article)
            titles, texts = {one.article: article.title}, {one.article: article.text}
        made.append(Quoted(one, titles[one.article], _context(texts[one.article], one)))
    return made


class MentionList(QWidget):
    """The list. `chosen` comes with a double click or Enter; several rows can be selected for a split."""

    chosen = Signal(str, str)
    selection_changed = Signal()

    def __init__(self, run: Callable[[Callable[[Project], object], Callable[..., None]], None]) -> None:
        super().__init__()
        self._run = run
        self._mentions: list[Annotation] = []
        self._model, self._list = _Model(), _List()
        self._asked = 0
        self._list.setModel(self._model)
        self._list.setItemDelegate(TwoLineDelegate(self._list))
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.setAccessibleName(tr("Mentions"))
        self._list.setAccessibleDescription(
            tr("Enter goes to the place in its article; Shift and arrows choose several.")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list)
        self._model.wanted.connect(self._fetch)
        self._list.entered_row.connect(self._go)
        self._list.doubleClicked.connect(lambda index: self._go(index.row()))
        self._list.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())

    def show_mentions(self, mentions: Sequence[Annotation]) -> None:
        """Show these mentions."""
        self._mentions, self._asked = list(mentions), 0
        self._model.begin(len(self._mentions))
        self._fetch()

    def selected(self) -> list[Annotation]:
        """Return the selected mentions, in order."""
        rows = sorted(index.row() for index in self._list.selectionModel().selectedRows())
        return [self._mentions[row] for row in rows]

    def _fetch(self) -> None:
        """Read the contexts of the next mentions."""
        start, mentions = self._asked, self._mentions
        part = mentions[start : start + _AT_ONCE]
        if part:
            self._asked += len(part)
            self._run(lambda project: quoted(project, part), lambda found: self._add(mentions, found))

    def _add(self, mentions: list[Annotation], found: list[Quoted]) -> None:
        if mentions is self._mentions:
            self._model.add([(isolated(one.words), _where(one), "") for one in found])

    def _go(self, row: int) -> None:
        mention = self._mentions[row]
        self.chosen.emit(mention.article, mention.id)


class _Model(TwoLineModel):
    """Says when it wants more rows: the view comes to the end of those that are there."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._total = 0
        self._under_way = False

    def begin(self, total: int) -> None:
        self._total, self._under_way = total, True
        self.show([])

    def add(self, lines: Sequence[tuple[str, str, str]]) -> None:
        self._under_way = False
        super().add(lines)

    def canFetchMore(self, parent: _Index) -> bool:
        return not parent.isValid() and not self._under_way and self.rowCount() < self._total

    def fetchMore(self, parent: _Index) -> None:
        self._under_way = True
        self.wanted.emit()


class _List(QListView):
    """The list itself; Enter says which row."""

    entered_row = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_row.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


def _where(mention: Quoted) -> str:
    return f"{isolated(mention.title)} · {isolated(mention.annotation.reviewer)}"


def _context(text: str, mention: Annotation) -> str:
    """Return the words of a mention, in guillemets, with those around it, cut at spaces."""
    start, end = max(0, mention.start - _AROUND), min(len(text), mention.end + _AROUND)
    before, after = text[start : mention.start], text[mention.end : end]
    if start:
        before = "…" + before.partition(" ")[2]
    if end < len(text):
        after = after.rpartition(" ")[0] + "…"
    return " ".join(f"{before}«{mention.quote}»{after}".split())

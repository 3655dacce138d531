"""The queue: one row an article, with its title, file, date and how much is marked in it."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPalette, QPen, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from annotator import Label
from annotator.model import ArticleSummary
from annotator.text.canonical import direction_of
from ui.page.palette import shade
from ui.plain import PlainLabel, plain_tip
from ui.session import Session
from ui.theme import is_dark, quiet
from ui.translate import isolated, language, tr, trn

_Index = QModelIndex | QPersistentModelIndex
_MARGIN = 12
_ROW_LINES = 3.1  # two of the title, a smaller one of details, and what is between them
_CHOSEN = "#2f6fde"  # the palette's own selection colour is too faint in both themes
_SUMMARY = Qt.ItemDataRole.UserRole


class QueueModel(QAbstractListModel):
    """The articles' summaries as a Qt model; ten thousand rows cost nothing until they are seen."""

    def __init__(self) -> None:
        super().__init__()
        self.summaries: tuple[ArticleSummary, ...] = ()

    def show(self, summaries: tuple[ArticleSummary, ...]) -> None:
        """Show these articles."""
        if [one.id for one in self.summaries] == [one.id for one in summaries]:
            self.summaries = summaries
            self.dataChanged.emit(self.index(0), self.index(len(summaries) - 1))
            return
        self.beginResetModel()
        self.summaries = summaries
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.summaries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        summary = self.summaries[index.row()]
        texts = {
            Qt.ItemDataRole.DisplayRole: summary.title,
            Qt.ItemDataRole.ToolTipRole: plain_tip(summary.file),
            Qt.ItemDataRole.AccessibleTextRole: _spoken(summary),
            _SUMMARY: summary,
        }
        return texts.get(role)  # type: ignore[call-overload]


class QueueDelegate(QStyledItemDelegate):
    """Paints a row: the title on two lines, file and date, and a chip for each label that is used."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, round(QFontMetrics(option.font).lineSpacing() * _ROW_LINES) + 2 * _MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        summary: ArticleSummary = index.data(_SUMMARY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._card(painter, option)
        inner = option.rect.adjusted(_MARGIN + 6, _MARGIN, -_MARGIN - 6, -_MARGIN)
        self._title(painter, option, inner, summary.title)
        font = QFont(option.font)
        font.setPointSizeF(font.pointSizeF() * 0.85)
        painter.setFont(font)
        taken = self._chips(painter, option, inner, summary)
        self._details(painter, option, inner, summary, taken)
        painter.restore()

    def _card(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        fill = QColor(_CHOSEN) if chosen else QColor(option.palette.color(QPalette.ColorRole.Base))
        fill.setAlphaF(0.12 if chosen else 0.6)
        edge = QColor(_CHOSEN) if chosen else QColor(option.palette.color(QPalette.ColorRole.PlaceholderText))
        edge.setAlphaF(0.7 if chosen else 0.3)
        painter.setPen(edge)
        painter.setBrush(fill)
        painter.drawRoundedRect(option.rect.adjusted(6, 4, -6, -4), 7, 7)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Text), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(option.rect.adjusted(6, 4, -6, -4), 7, 7)

    def _title(self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, title: str) -> None:
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        metrics = QFontMetrics(font)
        # Windows lays lines out a little higher than it says; what hangs below the second must not be cut off.
        room = QRect(inner.left(), inner.top(), inner.width(), metrics.lineSpacing() * 2 + metrics.descent())
        text = metrics.elidedText(title, Qt.TextElideMode.ElideRight, int(inner.width() * 1.85))
        painter.drawText(QRectF(room), text, _text_option(title, option))

    def _chips(self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, summary: ArticleSummary) -> int:
        """Paint the numbers from the end of the row; return how much of its width they take."""
        metrics, taken = painter.fontMetrics(), 0
        height = metrics.height()
        for label in reversed(self._session.now.labels):
            count = summary.counts.get(label.key, 0)
            if count:
                width = max(26, metrics.horizontalAdvance(str(count)) + 10)
                rect = QRect(inner.right() - taken - width, inner.bottom() - height + 1, width, height)
                _chip(painter, option, _mirrored(option, rect, inner), label, count)
                taken += width + 5
        return taken

    def _details(
        self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, summary: ArticleSummary, taken: int
    ) -> None:
        metrics = painter.fontMetrics()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text) if chosen else quiet(option.palette))
        text = f"{isolated(summary.file)} · {_day(summary.imported_at)}"
        height = metrics.lineSpacing()
        row = QRect(inner.left(), inner.bottom() - height + 1, inner.width() - taken, height)
        elided = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, row.width())
        painter.drawText(QRectF(_mirrored(option, row, inner)), elided, _text_option("", option))


class _List(QListView):
    """The list itself. `left` when the reader goes from it to the page: by Enter or by a click."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.clicked.connect(self.left)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Queue(QWidget):
    """The list of articles; going to one shows it, and Enter or a click goes on to the page."""

    article_chosen = Signal(str)
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._model, self._list = QueueModel(), _List()
        self._wanted: str | None = None
        self._count, self._empty = (
            PlainLabel(),
            PlainLabel(tr("No articles yet. Bring some in with File › Import, or drop files here.")),
        )
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._count.setProperty("quiet", "true")
        self._count.setContentsMargins(16, 10, 16, 4)
        self._set_up_list()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._count)
        column.addWidget(self._list, 1)
        column.addWidget(self._empty, 1)
        session.summaries_changed.connect(self.refresh)
        session.labels_changed.connect(self._list.viewport().update)
        session.article_changed.connect(self._show_current)
        session.busy_changed.connect(self._show_stored)
        self._list.left.connect(self.left)
        self.setAccessibleName(tr("Queue of articles"))
        self.refresh()

    def refresh(self) -> None:
        """Show the session's articles."""
        summaries = self._session.now.summaries
        self._model.show(summaries)
        self._list.setVisible(bool(summaries))
        self._empty.setVisible(not summaries)
        self._count.setText(trn("{count} article", "{count} articles", len(summaries)))
        self._show_current()

    def _set_up_list(self) -> None:
        self._list.setModel(self._model)
        self._delegate = QueueDelegate(self._session)
        self._list.setItemDelegate(self._delegate)
        self._list.setUniformItemSizes(True)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(tr("Articles"))
        self._list.setAccessibleDescription(tr("Arrows show an article, Enter goes on to its text."))
        self._list.selectionModel().currentChanged.connect(self._choose)

    def _choose(self, index: _Index) -> None:
        article = self._session.now.article
        if index.isValid() and (article is None or index.data(_SUMMARY).id != article.id):
            self._wanted = index.data(_SUMMARY).id
            self.article_chosen.emit(self._wanted)

    def _show_stored(self, busy: bool) -> None:
        if not busy and self._wanted:
            self._wanted = None
            self._show_current()

    def _show_current(self) -> None:
        """Show which article is shown; while one is on its way, that one: keys are faster than the disk."""
        article = self._session.now.article
        if self._wanted and article and article.id != self._wanted:
            return
        ids = [summary.id for summary in self._model.summaries]
        if article and article.id in ids:
            self._list.setCurrentIndex(self._model.index(ids.index(article.id)))


def _spoken(summary: ArticleSummary) -> str:
    marked = trn("{count} annotation", "{count} annotations", sum(summary.counts.values()))
    return f"{summary.title}. {marked}"


def _chip(painter: QPainter, option: QStyleOptionViewItem, rect: QRect, label: Label, count: int) -> None:
    fill = shade(label.colour, dark=is_dark(option.palette))
    fill.setAlphaF(0.22)
    painter.setBrush(fill)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(rect, 5, 5)
    painter.setPen(option.palette.color(QPalette.ColorRole.Text))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(count))


def _mirrored(option: QStyleOptionViewItem, rect: QRect, inner: QRect) -> QRect:
    return QStyle.visualRect(option.direction, inner, rect)


def _text_option(text: str, option: QStyleOptionViewItem) -> QTextOption:
    """Return how to draw a text: in its own direction where it has one, else in the interface's."""
    interface_right = option.direction == Qt.LayoutDirection.RightToLeft
    right = direction_of(text) == "rtl" if text else interface_right
    flag = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    made = QTextOption(flag | Qt.AlignmentFlag.AlignTop)
    made.setTextDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
    made.setWrapMode(QTextOption.WrapMode.WordWrap)
    return made


def _day(time: str) -> str:
    moment = QDateTime.fromString(time, Qt.DateFormat.ISODateWithMs).toLocalTime()
    return QLocale(language()).toString(moment.date(), QLocale.FormatType.ShortFormat)

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
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QTextOption
from PySide6.QtWidgets import QLabel, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from annotator import Label
from annotator.model import ArticleSummary
from annotator.text.canonical import direction_of
from ui.session import Session
from ui.translate import isolated, language, tr, trn

_Index = QModelIndex | QPersistentModelIndex
_ROW_HEIGHT, _MARGIN = 104, 12
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
            Qt.ItemDataRole.ToolTipRole: summary.file,
            Qt.ItemDataRole.AccessibleTextRole: f"{summary.title} {sum(summary.counts.values())}",
            _SUMMARY: summary,
        }
        return texts.get(role)  # type: ignore[call-overload]


class QueueDelegate(QStyledItemDelegate):
    """Paints a row: the title on two lines, file and date, and a chip for each label that is used."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, _ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        summary: ArticleSummary = index.data(_SUMMARY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._card(painter, option)
        inner = option.rect.adjusted(_MARGIN + 6, _MARGIN, -_MARGIN - 6, -_MARGIN)
        self._title(painter, option, inner, summary.title)
        self._details(painter, option, inner, summary)
        self._chips(painter, option, inner, summary)
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

    def _details(self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, summary: ArticleSummary) -> None:
        font = QFont(option.font)
        font.setPointSizeF(font.pointSizeF() * 0.85)
        painter.setFont(font)
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        text = f"{isolated(summary.file)} · {_day(summary.imported_at)}"
        height = QFontMetrics(font).lineSpacing()
        row = QRect(inner.left(), inner.bottom() - height + 1, inner.width() - 90, height)
        elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideMiddle, row.width())
        painter.drawText(QRectF(_mirrored(option, row, inner)), elided, _text_option("", option))

    def _chips(self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, summary: ArticleSummary) -> None:
        right = inner.right()
        for label in reversed(self._session.now.labels):
            count = summary.counts.get(label.key, 0)
            if count:
                rect = QRect(right - 26, inner.bottom() - 18, 26, 19)
                _chip(painter, option, _mirrored(option, rect, inner), label, count)
                right -= 31


class Queue(QWidget):
    """The list of articles; choosing one shows it."""

    article_chosen = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._model, self._list = QueueModel(), QListView()
        self._count, self._empty = (
            QLabel(),
            QLabel(tr("No articles yet. Bring some in with File › Import, or drop files here.")),
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
        session.article_changed.connect(self._show_current)
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
        self._list.selectionModel().currentChanged.connect(self._choose)

    def _choose(self, index: _Index) -> None:
        article = self._session.now.article
        if index.isValid() and (article is None or index.data(_SUMMARY).id != article.id):
            self.article_chosen.emit(index.data(_SUMMARY).id)

    def _show_current(self) -> None:
        article = self._session.now.article
        ids = [summary.id for summary in self._model.summaries]
        if article and article.id in ids:
            self._list.setCurrentIndex(self._model.index(ids.index(article.id)))


def _chip(painter: QPainter, option: QStyleOptionViewItem, rect: QRect, label: Label, count: int) -> None:
    fill = QColor(label.colour)
    fill.setAlphaF(0.18)
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

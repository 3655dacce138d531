"""The centre of the window while layers are compared: the sides by name, and the article once, or twice side by side."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from annotator import Label
from annotator.review.comparing import Comparison, Match
from ui.boilerplate import boilerplate_names
from ui.copies.linked import LinkedScrolling
from ui.elided import ElidedLabel
from ui.page.metrics import MEASURES
from ui.page.palette import shade
from ui.plain import PlainLabel
from ui.queue.flow import FlowLayout
from ui.review.lanes import LaneMark, LanesPage, letter_font
from ui.review.reviewing import Reviewing
from ui.review.sides import DASHES, ShownSide
from ui.session import Session
from ui.settings import Settings
from ui.theme import is_dark
from ui.translate import language, running, tr

_CHIP, _SAMPLE, _HEIGHT = 15, 26, 16
_POINTS_LESS = 2.0


class ComparePane(QWidget):
    """Shows what is compared. `match_chosen` by a click on a mark, `zoom_asked` by Ctrl and the wheel."""

    match_chosen = Signal(int)
    zoom_asked = Signal(int)

    def __init__(self, session: Session, settings: Settings, reviewing: Reviewing) -> None:
        super().__init__()
        self._session, self._settings, self._reviewing = session, settings, reviewing
        self.pages = (LanesPage(), LanesPage())
        self._titles, self._halves = (ElidedLabel(), ElidedLabel()), (QWidget(), QWidget())
        self._linked = LinkedScrolling(self.pages, lambda offset, _: offset)
        self._legend, self._hint = Legend(), PlainLabel(wraps=True)
        self.is_twin = False
        self._shown: object = None
        self._lay_out()
        reviewing.changed.connect(self.refresh)
        reviewing.moved.connect(self._show_current)
        reviewing.asked.connect(self._show_asked)
        for page in self.pages:
            page.zoom_asked.connect(self.zoom_asked)
            page.mark_clicked.connect(lambda identity, page=page: self._choose(page, identity))

    # -- what one does ---------------------------------------------------------------------------------------------

    def toggle_twin(self) -> None:
        """Show the two sides beside each other, or all on one page again."""
        self.is_twin = not self.is_twin and len(self._reviewing.review.sides) == 2
        self._shown = None
        self.refresh()

    def selected_span(self) -> tuple[int, int] | None:
        """Return the words that are selected on the page, the one with the keyboard first."""
        pages = sorted(self.pages, key=lambda page: not page.hasFocus())
        return next((span for page in pages if page.isVisible() and (span := page.selected_span())), None)

    def reveal_mark(self, annotation: str) -> None:
        """Go to one of the reader's own marks: to its match, and bring it into view."""
        comparison = self._reviewing.review.comparison
        mark = self._reviewing.review.marks.get(annotation)
        if comparison and mark:
            match = next((one for one in comparison.matches if annotation in one.ids), None)
            self.pages[0].select_mark(_band_id(match.number) if match else None)
        if mark:
            self.pages[0].reveal(mark.start)

    def preferred(self) -> QWidget:
        """Return what takes the keyboard when one comes here."""
        return self.pages[0]

    # -- what is shown ---------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the sides and their marks; the article itself only when it is another."""
        review = self._reviewing.review
        if not self._reviewing.is_open or review.article is None:
            return
        self.is_twin = self.is_twin and len(review.sides) == 2
        self._legend.show_sides(review.sides, hidden=self._reviewing.hides_names)
        self._legend.setVisible(bool(review.sides) and not self.is_twin)
        how = (review.article.id, self.is_twin, len(review.sides), *self._reading())
        if how != self._shown:
            self._shown = how
            self._show_article()
        self._show_marks()
        self._show_current()

    def _reading(self) -> tuple[str, float, str]:
        settings = self._settings
        return settings.reading_font, settings.reading_size, settings.measure

    def _show_article(self) -> None:
        review = self._reviewing.review
        article = review.article
        if article is None:
            return
        family, points, measure = self._reading()
        with self._linked.apart():
            for number, page in enumerate(self.pages):
                self._halves[number].setVisible(number == 0 or self.is_twin)
                lanes = 1 if self.is_twin else len(review.sides)
                size = max(points - _POINTS_LESS, 9.0) if self.is_twin else points
                page.set_lanes(lanes, family=family, points=size, measure=MEASURES[measure])
                page.show_article(article.text)
                page.set_boilerplate(article.boilerplate, boilerplate_names())

    def _show_marks(self) -> None:
        review, hidden = self._reviewing.review, self._reviewing.hides_names
        labels = {label.key: label for label in self._session.now.labels}
        settled = {row.match.number for row in review.rows if row.match and row.state == "settled"}
        for number, (page, title) in enumerate(zip(self.pages, self._titles, strict=True)):
            title.setVisible(self.is_twin)
            only = review.sides[number] if self.is_twin else None
            name = only.title(hidden=hidden) if only else ""
            title.setText(running(f"{only.letter} · {name}" if only else ""))
            page.setAccessibleName(
                tr("Article as {name} marked it").format(name=name) if only else tr("Article, compared")
            )
            sides = (only,) if only else review.sides
            if review.comparison and (only or number == 0):
                page.show_lanes(_marks(review.comparison, sides, labels, settled))
            else:
                page.set_marks(())

    def _show_current(self) -> None:
        """Show the difference one is at on the page, and bring it into view."""
        row = self._reviewing.row
        with self._linked.apart():
            for page in self.pages:
                identity = _band_id(row.match.number) if row and row.match else None
                page.select_mark(identity)
                if row and row.span and page.isVisible() and not page.is_in_view(*row.span):
                    page.reveal(row.span[0])

    def _show_asked(self) -> None:
        """Ask for the words of another mark; those that the sides marked are selected to begin with."""
        row, page = self._reviewing.row, self.pages[0]
        asks = self._reviewing.is_making
        self._hint.setVisible(asks)
        if asks and row and row.span:
            labels = [
                f"{label.shortcut} {label.names.get(language(), label.key)}" for label in self._session.now.labels
            ]
            words = tr("Select the words of the mark, then press its label’s key: {labels}. Esc ends.")
            self._hint.setText(running(words.format(labels=" · ".join(labels))))
            page.select_span(*row.span)
            page.setFocus()
        elif not asks:
            page.clear_selection()

    def _choose(self, page: LanesPage, identity: str) -> None:
        number = page.match_at(identity)
        if number >= 0 and not self._reviewing.is_making:
            self.match_chosen.emit(number)

    def _lay_out(self) -> None:
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._hint.setObjectName("reviewHint")
        self._hint.setContentsMargins(18, 8, 18, 8)
        self._hint.hide()
        column.addWidget(self._legend)
        for title, page, part in zip(self._titles, self.pages, self._halves, strict=True):
            half = QVBoxLayout(part)
            half.setContentsMargins(0, 0, 0, 0)
            half.setSpacing(0)
            title.setAlignment(Qt.AlignmentFlag.AlignCenter)
            title.setMinimumHeight(26)
            half.addWidget(title)
            half.addWidget(page, 1)
            row.addWidget(part, 1)
        row.setSpacing(6)
        column.addLayout(row, 1)
        column.addWidget(self._hint)
        self.setAccessibleName(tr("Layers compared"))


class Legend(QFrame):
    """Says which letter, colour and line stands for whom."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._sides: tuple[ShownSide, ...] = ()
        self._hidden = False
        self._entries: list[QWidget] = []
        self._flow = FlowLayout(self, spacing=16)
        self._flow.setContentsMargins(18, 7, 18, 7)

    def show_sides(self, sides: tuple[ShownSide, ...], *, hidden: bool) -> None:
        """Show these sides."""
        if (sides, hidden) != (self._sides, self._hidden) or not self._entries:
            self._sides, self._hidden = sides, hidden
            self._fill()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._fill()

    def _fill(self) -> None:
        for entry in self._entries:
            self._flow.removeWidget(entry)
            entry.deleteLater()
        self._entries = [self._entry(side) for side in self._sides]
        for entry in self._entries:
            self._flow.addWidget(entry)
        names = [f"{side.letter}: {side.title(hidden=self._hidden)}" for side in self._sides]
        self.setAccessibleName(tr("Compared: {sides}").format(sides=" · ".join(names)))

    def _entry(self, side: ShownSide) -> QWidget:
        entry, sign, name = QWidget(), PlainLabel(), PlainLabel(side.title(hidden=self._hidden))
        row = QHBoxLayout(entry)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        size = side_icon_size(line=True)
        sign.setPixmap(side_icon(side, self.palette(), line=True).pixmap(size))
        sign.setFixedSize(size)
        row.addWidget(sign)
        row.addWidget(name)
        return entry


def side_icon_size(*, line: bool) -> QSize:
    """Return how large the sign of a side is."""
    return QSize(_CHIP + (_SAMPLE + 4 if line else 0), _HEIGHT)


def side_icon(side: ShownSide, palette: QPalette, *, line: bool = False) -> QIcon:
    """Return the sign of a side: its letter in its colour, and if wanted a piece of its line."""
    icon = QIcon()
    for scale in (1, 2):
        icon.addPixmap(_sign(side, palette, scale, line=line))
    return icon


def _sign(side: ShownSide, palette: QPalette, scale: int, *, line: bool) -> QPixmap:
    pixmap = QPixmap(side_icon_size(line=line) * scale)
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour, right = shade(side.colour, dark=is_dark(palette)), language() == "ar"
    whole = side_icon_size(line=line).width()
    chip = QRectF(whole - _CHIP if right else 0, 0.5, _CHIP, _CHIP)
    paint_letter(painter, chip, side, colour, palette.color(QPalette.ColorRole.Base))
    if line:
        pen = QPen(colour, 2.0)
        if DASHES[side.number]:
            pen.setDashPattern(list(DASHES[side.number]))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        start = 0.0 if right else _CHIP + 4.0
        painter.drawLine(round(start), _HEIGHT // 2, round(start + _SAMPLE), _HEIGHT // 2)
    painter.end()
    return pixmap


def paint_letter(painter: QPainter, box: QRectF, side: ShownSide, colour: QColor, ground: QColor) -> None:
    """Paint the letter of a side on its colour."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(ground)
    font = letter_font()
    font.setPixelSize(round(box.height() * 0.72))
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, side.letter)


def _band_id(number: int) -> str:
    return f"match {number}"


def _marks(
    comparison: Comparison, sides: tuple[ShownSide, ...], labels: dict[str, Label], settled: set[int]
) -> Iterable[LaneMark]:
    """Yield what the page shows of a comparison: of one side alone, only what that side has."""
    for match in comparison.matches:
        there = [side for side in sides if side.name in match.annotations or side.name in match.relations]
        if match.start >= match.end or not there:
            continue
        alone = match.annotations.get(sides[0].name) if len(sides) == 1 else None
        span = (alone.start, alone.end) if alone else None
        yield _band_mark(match, span, labels, settled=match.number in settled)
        if not match.agreed:
            for side in sides:
                one = match.annotations.get(side.name)
                if one:
                    yield LaneMark(
                        f"{_band_id(match.number)} {side.number}", one.start, one.end, side.colour, "solid",
                        one.label == "claim", _name(match, labels), (), False, "side",
                        side.number if len(sides) > 1 else 0, side.letter, match.number,
                        False, side.number,
                    )  # fmt: skip


def _band_mark(match: Match, span: tuple[int, int] | None, labels: dict[str, Label], *, settled: bool) -> LaneMark:
    first = next(iter(match.annotations.values()), None)
    label = labels.get(first.label) if first else None
    start, end = span or (match.start, match.end)
    return LaneMark(
        _band_id(match.number), start, end, label.colour if label else "#6b7280", label.style if label else "solid",
        bool(label and label.long), _name(match, labels), (), False, "agreed" if match.agreed else "difference", 0, "",
        match.number, settled,
    )  # fmt: skip


def _name(match: Match, labels: dict[str, Label]) -> str:
    keys = dict.fromkeys(one.label for one in match.annotations.values())
    return " · ".join(labels[key].names.get(language(), key) if key in labels else key for key in keys)

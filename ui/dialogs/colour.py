"""Choosing a label's colour: what it becomes on the page of either theme, and how well one can see and read it there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QColorDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.page.palette import PAGE, blended, contrast, opacity, shade, tint
from ui.plain import PlainLabel
from ui.swatch import SWATCH_SIZE, swatch
from ui.translate import tr

# The scheme "muted" by Paul Tol (technical note SRON/EPS/TN/09-002), for eyes that do not see all colours.
MUTED = ("#332288", "#88CCEE", "#44AA99", "#117733", "#999933", "#DDCC77", "#CC6677", "#882255", "#AA4499")
_STYLES = {"solid": Qt.PenStyle.SolidLine, "dotted": Qt.PenStyle.DotLine, "dashed": Qt.PenStyle.DashLine}


class ColourField(QWidget):
    """Asks for a colour."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._code, self._other = QLineEdit(), QPushButton(tr("Other…"))
        self._offered = [self._offer(colour) for colour in MUTED]
        self._previews = {theme: Preview(theme) for theme in PAGE}
        self._told = {theme: PlainLabel() for theme in PAGE}
        self._lay_out()
        self._code.textChanged.connect(self._show)
        self._code.textEdited.connect(self.changed)
        self._other.setAutoDefault(False)
        self._other.clicked.connect(self._ask)
        self._show()

    def colour(self) -> str:
        """Return the colour as `#rrggbb`; empty while what is written is none."""
        code = self._code.text().strip()
        code = code if code.startswith("#") else f"#{code}"
        return code if len(code) == 7 and QColor.isValidColorName(code) else ""

    def set_colour(self, colour: str) -> None:
        """Show a colour."""
        self._code.setText(colour)

    def set_style(self, style: str) -> None:
        """Show how the underline is drawn."""
        for preview in self._previews.values():
            preview.style_name = style
            preview.update()

    def _choose(self, colour: str) -> None:
        self._code.setText(colour)
        self.changed.emit()

    def _ask(self) -> None:
        dialog = QColorDialog(QColor(self.colour() or "#808080"), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(lambda colour: self._choose(colour.name()))
        dialog.open()

    def _offer(self, colour: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(swatch(colour, self.palette()))
        button.setIconSize(SWATCH_SIZE)
        button.setToolTip(colour)
        button.setAccessibleName(tr("Colour {code}").format(code=colour))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: self._choose(colour))
        return button

    def _show(self) -> None:
        colour = self.colour()
        for theme, name in (("light", tr("On light")), ("dark", tr("On dark"))):
            self._previews[theme].colour = colour
            self._previews[theme].update()
            self._told[theme].setText(f"{name}: {_contrasts(colour, theme)}" if colour else tr("This is no colour."))

    def _lay_out(self) -> None:
        row, free, grid, column = QHBoxLayout(), QHBoxLayout(), QGridLayout(), QVBoxLayout(self)
        row.setSpacing(0)
        self._code.setAccessibleName(tr("Colour"))
        self._code.setMaxLength(7)
        self._code.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._code.setMaximumWidth(110)
        for button in self._offered:
            row.addWidget(button)
        row.addStretch(1)
        free.addWidget(self._code)
        free.addWidget(self._other)
        free.addStretch(1)
        for line, theme in enumerate(PAGE):
            self._told[theme].setWordWrap(True)
            self._told[theme].setProperty("quiet", "true")
            grid.addWidget(self._previews[theme], line, 0)
            grid.addWidget(self._told[theme], line, 1)
        grid.setColumnStretch(1, 1)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addLayout(free)
        column.addLayout(grid)


class Preview(QWidget):
    """A few words marked in a colour as the page of one theme shows them."""

    def __init__(self, theme: str) -> None:
        super().__init__()
        self.colour, self.style_name = "", "solid"
        self._theme = theme

    def sizeHint(self) -> QSize:
        return QSize(110, round(self.fontMetrics().lineSpacing() * 1.9))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        ground, ink = map(QColor, PAGE[self._theme])
        dark = self._theme == "dark"
        painter = QPainter(self)
        try:
            painter.fillRect(self.rect(), ground)
            box = QRectF(self.rect()).adjusted(10, 5, -10, -7)
            if self.colour:
                band = tint(self.colour, dark=dark)
                band.setAlphaF(opacity(long=False, chosen=False, dark=dark))
                painter.fillRect(box, band)
                painter.setPen(QPen(shade(self.colour, dark=dark), 2.0, _STYLES.get(self.style_name, _STYLES["solid"])))
                painter.drawLine(box.bottomLeft(), box.bottomRight())
            painter.setPen(ink)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tr("Words"))
        finally:
            painter.end()


def contrasts(colour: str, theme: str) -> tuple[float, float]:
    """Return how a label's line stands out from the page of a theme, and text from three of its bands, one chosen (1 to 21)."""
    dark = theme == "dark"
    ground, ink = map(QColor, PAGE[theme])
    band = tint(colour, dark=dark)
    usual, chosen = (opacity(long=False, chosen=one, dark=dark) for one in (False, True))
    stacked = blended(ground, [(band, usual), (band, usual), (band, chosen)])
    return contrast(shade(colour, dark=dark), ground), contrast(ink, stacked)


def _contrasts(colour: str, theme: str) -> str:
    line, text = contrasts(colour, theme)
    shown = shade(colour, dark=theme == "dark").name()
    told = tr("line {line} to 1, text {text} to 1").format(line=f"{line:.1f}", text=f"{text:.1f}")
    if shown.casefold() != colour.casefold():
        told += " · " + tr("drawn as {code}, so that it can be seen").format(code=f"\u2066{shown}\u2069")
    return told

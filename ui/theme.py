"""Light, dark, or as the system has it, by `qdarktheme`; changed at run time.

Never `qdarktheme`'s own `auto`: on Linux it leaves a process behind. Where its cache cannot be written, Qt's Fusion
style serves instead.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from ui.fonts import font_scale
from ui.page.palette import SELECTION

# No font here: a font in a style sheet would win over the reading font of the page.
_QSS = """
QFrame#header, QFrame#findBar, QFrame#banner { border: none; border-radius: 0; }
QFrame#header, QFrame#findBar, QFrame#banner { border-bottom: 1px solid rgba(128, 128, 128, 70); }
QFrame#pastStrip { border: none; border-radius: 0; border-bottom: 1px solid rgba(128, 128, 128, 70); }
QFrame#pastStrip { background: rgba(200, 140, 20, 40); }
QFrame#labelBar { border: none; border-top: 1px solid rgba(128, 128, 128, 70); border-radius: 0; }
QTextEdit, QTextEdit:focus, QListView, QListView:focus { border: none; }
QListView#meanings { border: 1px solid rgba(128, 128, 128, 140); }
QListView::item, QListView::item:selected { background: transparent; }
QSplitter::handle { background: rgba(128, 128, 128, 50); width: 3px; }
QSplitter::handle:horizontal { image: none; }
QToolTip { padding: 4px; }
QFrame#linkBox { border: 1px solid rgba(128, 128, 128, 140); border-radius: 8px; }
QToolButton#earlier::menu-indicator { image: none; width: 0px; }
QMenu { border: 1px solid rgba(128, 128, 128, 110); }
QToolButton#savedFilters::menu-indicator { image: none; }
QFrame#queueFoot { border: none; border-top: 1px solid rgba(128, 128, 128, 70); border-radius: 0; }
QPushButton[chip="true"] { border: 1px solid rgba(128, 128, 128, 120); border-radius: 6px; padding: 2px 7px; }
"""
# A ring where the keyboard is; what it takes of the room, the padding gives, so that nothing moves. The page shows its caret
# instead, and the queue a ring around the article.
_RINGS = """
QScrollArea#inspector { border: 2px solid transparent; }
QScrollArea#inspector:focus, QPlainTextEdit:focus, QComboBox:focus { border: 2px solid RING; }
QPushButton:focus { border: 2px solid RING; padding: 3px 7px; }
QPushButton:default:focus { border: 2px solid TEXT; padding: 3px 7px; }
QPushButton[chip="true"] { color: TEXT; font-weight: normal; }
QPushButton[chip="true"]:checked { background: CHOSEN; border: 1px solid RING; color: TEXT; }
QPushButton[chip="true"]:focus { border: 2px solid RING; padding: 1px 6px; }
QToolButton:focus { border: 2px solid RING; }
QTextEdit#beginning, QTextEdit#beginning:focus { border: 1px solid rgba(128, 128, 128, 90); border-radius: 4px; }
QTextEdit#beginning:focus { border: 2px solid RING; }
QPushButton#primary { font-weight: 600; }
QLabel#doubt { color: DOUBT; }
QTableView#found, QTableView#history { selection-background-color: transparent; }
QTableView#found::item:selected, QTableView#history::item:selected { background: transparent; }
QTableView#entities::item:selected { background: rgba(47, 111, 222, 70); color: TEXT; }
QLabel#problem { color: WRONG; }
QListWidget::item:selected, QTableView::item:selected { background: CHOSEN; color: TEXT; }
QTableView#queue, QTableView#queue:focus { border: none; background: GROUND; }
QTableView#queue { selection-background-color: transparent; }
QTableView#queue::item:selected { background: transparent; }
"""
_RING, _TEXT = {"light": "#1a73e8", "dark": "#8ab4f7"}, {"light": "#1f2328", "dark": "#ffffff"}
_GROUND = {"light": "#f8f9fa", "dark": "#202124"}  # of the windows of the two themes
_WRONG = {"light": "#b3261e", "dark": "#f2b8b5"}
_DOUBT = {"light": "#8a5100", "dark": "#f2b155"}
_QUIET = {"light": "#666b72", "dark": "#a2a8af"}  # at least 4.5 to 1 on the window and on the page
_HEADINGS = {"brand": 16.0, "heading": 13.0}
_QSS_RTL = """
QComboBox { padding-right: 8px; padding-left: 24px; }
QMenu::item { padding: 5px 20px 5px 28px; }
"""


# Menus that glide and fade are for nobody here: whoever asks the system for less motion gets none without asking us.
_EFFECTS = [effect for effect in Qt.UIEffect if effect != Qt.UIEffect.UI_General]


class Theme(QObject):
    """Applies the chosen theme and follows the system's while `system` is chosen."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._choice = "system"
        for effect in _EFFECTS:
            app.setEffectEnabled(effect, False)
        app.styleHints().colorSchemeChanged.connect(self._follow)

    def apply(self, choice: str) -> None:
        """Show `light`, `dark`, or with `system` what the system shows."""
        self._choice = choice
        name = self.shown()
        rules = _rules(name, right_to_left=self._app.layoutDirection() == Qt.LayoutDirection.RightToLeft)
        try:
            import qdarktheme

            qdarktheme.setup_theme(name, additional_qss=rules)
        except OSError:
            self._app.setStyle("Fusion")
            self._app.setStyleSheet(rules)
        self.changed.emit()

    def shown(self) -> str:
        """Return `dark` or `light`: what is shown at the moment."""
        if self._choice != "system":
            return self._choice
        dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return "dark" if dark else "light"

    def _follow(self) -> None:
        if self._choice == "system":
            self.apply("system")


def _rules(theme: str, *, right_to_left: bool) -> str:
    rings = _RINGS.replace("RING", _RING[theme]).replace("TEXT", _TEXT[theme])
    rings = rings.replace("GROUND", _GROUND[theme]).replace("CHOSEN", SELECTION[theme])
    rings = rings.replace("WRONG", _WRONG[theme]).replace("DOUBT", _DOUBT[theme])
    less = f'QLabel[quiet="true"], QPushButton#sourceLine {{ color: {_QUIET[theme]}; }}'
    headings = [
        f"QLabel#{name} {{ font-size: {points * font_scale():.1f}pt; font-weight: 600; }}"
        for name, points in _HEADINGS.items()
    ]
    return "\n".join([_QSS, rings, less, *headings, _QSS_RTL if right_to_left else ""])


def is_dark(palette: QPalette) -> bool:
    """Tell whether a palette is that of a dark theme."""
    return palette.color(QPalette.ColorRole.Base).lightness() < 128


def quiet(palette: QPalette) -> QColor:
    """Return the colour of what is less important, in the theme of a palette; it can still be read."""
    return QColor(_QUIET["dark" if is_dark(palette) else "light"])

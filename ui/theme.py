"""Light, dark, or as the system has it, by `qdarktheme`; changed at run time.

Never `qdarktheme`'s own `auto`: on Linux it leaves a process behind. Where its cache cannot be written, Qt's Fusion
style serves instead.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

# No font here: a font in a style sheet would win over the reading font of the page.
_QSS = """
QFrame#header, QFrame#findBar, QFrame#banner { border: none; border-radius: 0; }
QFrame#header, QFrame#findBar, QFrame#banner { border-bottom: 1px solid rgba(128, 128, 128, 70); }
QFrame#labelBar { border: none; border-top: 1px solid rgba(128, 128, 128, 70); border-radius: 0; }
QLabel#brand { font-size: 16pt; font-weight: 600; }
QLabel#heading { font-size: 13pt; font-weight: 600; }
QLabel[quiet="true"] { color: palette(placeholder-text); }
QTextEdit, QTextEdit:focus, QListView, QListView:focus { border: none; }
QListView::item, QListView::item:selected { background: transparent; }
QSplitter::handle { background: rgba(128, 128, 128, 50); width: 3px; }
QSplitter::handle:horizontal { image: none; }
QToolTip { padding: 4px; }
"""
_QSS_RTL = """
QComboBox { padding-right: 8px; padding-left: 24px; }
QMenu::item { padding: 5px 20px 5px 28px; }
"""


class Theme(QObject):
    """Applies the chosen theme and follows the system's while `system` is chosen."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._choice = "system"
        app.styleHints().colorSchemeChanged.connect(self._follow)

    def apply(self, choice: str) -> None:
        """Show `light`, `dark`, or with `system` what the system shows."""
        self._choice = choice
        name = self.shown()
        right_to_left = self._app.layoutDirection() == Qt.LayoutDirection.RightToLeft
        try:
            import qdarktheme

            qdarktheme.setup_theme(name, additional_qss=_QSS + (_QSS_RTL if right_to_left else ""))
        except OSError:
            self._app.setStyle("Fusion")
            self._app.setStyleSheet(_QSS)
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


def is_dark(palette: QPalette) -> bool:
    """Tell whether a palette is that of a dark theme."""
    return palette.color(QPalette.ColorRole.Base).lightness() < 128

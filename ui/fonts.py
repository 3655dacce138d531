"""The bundled fonts, so that a machine without Arabic fonts shows the same as every other."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from annotator.folders import resources_folder

INTERFACE = "IBM Plex Sans Arabic"
_INTERFACE_POINTS = 10.5
_KINDS = ("QMenuBar", "QMenu", "QAbstractItemView", "QMessageBox")


def load_fonts(app: QApplication) -> None:
    """Make the bundled fonts known to Qt and the interface font the application's."""
    for path in sorted((resources_folder() / "fonts").glob("*.ttf")):
        # By content, not by name: offscreen on Windows Qt cannot open a file in a folder with an Arabic name.
        if QFontDatabase.addApplicationFontFromData(path.read_bytes()) < 0:
            raise RuntimeError(f"the bundled font {path.name} cannot be loaded")
    set_interface_font(app)


def set_interface_font(app: QApplication) -> None:
    """Make the interface font that of every widget; fonts that the system gave to single kinds of widgets go."""
    font = QFont(INTERFACE)
    font.setPointSizeF(_INTERFACE_POINTS)
    app.setFont(font)


def foreign_fonts(app: QApplication) -> list[str]:
    """Return the kinds of widgets that the system has given a font of its own."""
    return [kind for kind in _KINDS if app.font(kind) != app.font()]  # type: ignore[call-overload]  # the stub says bytes

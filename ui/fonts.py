"""The bundled fonts, so that a machine without Arabic fonts shows the same as every other."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from annotator.folders import resources_folder

INTERFACE = "IBM Plex Sans Arabic"
_INTERFACE_POINTS = 10.5
_KINDS = ("QMenuBar", "QMenu", "QAbstractItemView", "QMessageBox")
_USUAL = {"windows": (9.0, 9.0), "cocoa": (13.0, 13.0)}  # the system font's size in points where nobody has changed it
_USUAL_ELSEWHERE = (9.0, 11.0)  # desktops on Linux differ
_SMALLEST, _LARGEST = 0.85, 2.5


def load_fonts(app: QApplication) -> None:
    """Make the bundled fonts known to Qt and the interface font the application's."""
    add_fonts()
    set_interface_font(app)


def add_fonts() -> None:
    """Make the bundled fonts known to Qt."""
    for path in sorted((resources_folder() / "fonts").glob("*.ttf")):
        # By content, not by name: offscreen on Windows Qt cannot open a file in a folder with an Arabic name.
        if QFontDatabase.addApplicationFontFromData(path.read_bytes()) < 0:
            raise RuntimeError(f"the bundled font {path.name} cannot be loaded")


def set_interface_font(app: QApplication) -> None:
    """Make the interface font that of every widget; fonts that the system gave to single kinds of widgets go."""
    font = QFont(INTERFACE)
    font.setPointSizeF(_INTERFACE_POINTS * font_scale())
    app.setFont(font)


def foreign_fonts(app: QApplication) -> list[str]:
    """Return the kinds of widgets that the system has given a font of its own."""
    return [kind for kind in _KINDS if app.font(kind) != app.font()]  # type: ignore[call-overload]  # the stub says bytes


def font_scale() -> float:
    """Return how much larger than usual the system's own font is: what its user wants of all programs."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
    return scale_of(system, *_USUAL.get(QGuiApplication.platformName(), _USUAL_ELSEWHERE))


def scale_of(points: float, low: float, high: float) -> float:
    """Return the scale of a font size where `low` to `high` is usual; 1 where the size is not known."""
    if points <= 0:
        return 1.0
    return min(max(points / min(max(points, low), high), _SMALLEST), _LARGEST)

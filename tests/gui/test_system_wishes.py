"""What a person has asked of the system counts here too: the size of type, less motion, more contrast, a dark theme."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QPainter, QPalette, qGray
from PySide6.QtWidgets import QApplication, QProgressBar
from pytestqt.qtbot import QtBot

from tests.gui.conftest import MakeMark
from ui.dialogs.progress import Progress
from ui.fonts import font_scale, load_fonts, scale_of
from ui.page.painting import PagePainter
from ui.page.palette import PAGE, contrast, shade
from ui.page.view import PageView
from ui.settings import Settings
from ui.swatch import SWATCH_SIZE, swatch
from ui.theme import Theme, quiet

ROOT = Path(__file__).parents[2]
SEED = next((ROOT / "seeds/articles").iterdir()).read_text("utf-8")


@pytest.mark.parametrize(
    ("points", "low", "high", "scale"),
    [
        (9.0, 9.0, 9.0, 1.0),
        (18.0, 9.0, 9.0, 2.0),
        (10.0, 9.0, 11.0, 1.0),
        (22.0, 9.0, 11.0, 2.0),
        (90.0, 9.0, 11.0, 2.5),
        (2.0, 9.0, 11.0, 0.85),
        (-1.0, 9.0, 11.0, 1.0),
    ],
)
def test_the_scale_is_one_for_usual_sizes_and_stays_sane(points: float, low: float, high: float, scale: float) -> None:
    assert scale_of(points, low, high) == scale


def test_type_grows_with_the_systems(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    assert font_scale() == 1.0
    assert qapp.font().pointSizeF() == 10.5
    large = QFont()
    large.setPointSizeF(16.5)
    monkeypatch.setattr(QFontDatabase, "systemFont", lambda _: large)
    load_fonts(qapp)
    assert qapp.font().pointSizeF() == 10.5 * 1.5
    assert Settings().reading_size == 24.0
    monkeypatch.undo()
    load_fonts(qapp)


def test_a_chosen_reading_size_does_not_grow(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings()
    settings.reading_size = 18.0
    large = QFont()
    large.setPointSizeF(22.0)
    monkeypatch.setattr(QFontDatabase, "systemFont", lambda _: large)
    assert settings.reading_size == 18.0


def test_nothing_glides_or_fades(qapp: QApplication) -> None:
    effects = [effect for effect in Qt.UIEffect if effect != Qt.UIEffect.UI_General]
    for effect in effects:
        qapp.setEffectEnabled(effect, True)
    theme = Theme(qapp)
    assert not any(qapp.isEffectEnabled(effect) for effect in effects)
    theme.deleteLater()


def test_progress_of_unknown_length_stands_still(qtbot: QtBot) -> None:
    progress = Progress("Working…")
    qtbot.addWidget(progress)
    progress._show(0, 0)
    bar = progress.findChild(QProgressBar)
    assert bar.maximum() > bar.minimum()


def ink(page: PageView, *, strong: bool) -> int:
    """Return how much darker than white the painted page is, summed up over its pixels."""
    width = page.viewport().width() // 4 * 4  # so that rows of bytes have nothing after them
    image = QImage(width, page.viewport().height(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    lines = page._layout.lines_between(0, image.height())
    painter = QPainter(image)
    PagePainter(page.shown, page.palette(), strong=strong).paint(painter, page._layout, lines)
    painter.end()
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)  # named, for its bytes live no longer than it
    return sum(255 - byte for byte in grey.constBits())


def test_lines_are_thicker_where_the_system_asks_for_contrast(page: PageView, mark: MakeMark) -> None:
    page.show_article(SEED)
    page.set_marks([mark("1", 6, 60)])
    length = sum(box.width() - 2 for box in page.span_rectangles(6, 60))
    darkness = 255 - qGray(shade("#2f6fde", dark=False).rgb())
    more = (ink(page, strong=True) - ink(page, strong=False)) / (length * darkness)
    assert 0.7 < more < 0.9  # pixels of height


def test_a_wish_for_contrast_is_heard_while_the_page_is_open(
    page: PageView, mark: MakeMark, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.show_article(SEED)
    page.set_marks([mark("1", 6, 60)])
    before = page.grab().toImage()
    monkeypatch.setattr(page, "_wants_contrast", lambda: True)
    asked: list[bool] = []
    monkeypatch.setattr(page, "_paint", lambda _: asked.append(page._wants_contrast()))
    hints = QApplication.styleHints()
    hints.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    qtbot.waitUntil(lambda: asked == [True])
    monkeypatch.undo()
    monkeypatch.setattr(page, "_wants_contrast", lambda: True)
    assert page.grab().toImage() != before


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", ["#332288", "#ddcc77", "#ffffff", "#000000"])
def test_a_swatch_stands_out_in_both_themes(theme: str, colour: str) -> None:
    palette = QPalette()
    ground = QColor(PAGE[theme][0])
    palette.setColor(QPalette.ColorRole.Base, ground)
    image = swatch(colour, palette).pixmap(SWATCH_SIZE).toImage()
    assert contrast(image.pixelColor(image.rect().center()), ground) >= 4.5
    assert image.pixelColor(0, 0).alpha() == image.pixelColor(image.width() - 1, 0).alpha() == 0


@pytest.mark.parametrize(("theme", "grounds"), [("light", ("#ffffff", "#f8f9fa")), ("dark", ("#1c1d1f", "#202124"))])
def test_quiet_text_can_be_read(theme: str, grounds: tuple[str, str]) -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor(PAGE[theme][0]))
    assert min(contrast(quiet(palette), QColor(ground)) for ground in grounds) >= 4.5

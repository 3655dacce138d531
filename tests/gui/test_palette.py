"""Labels can be told apart by all eyes, stand out from the page, and leave the text on them readable."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QTextEdit
from pytestqt.qtbot import QtBot

from annotator.labels import plain_label, starter_labels
from ui.page.marks import Mark
from ui.page.palette import CHOSEN, LEAST_CONTRAST, PAGE, SELECTION, blended, contrast, opacity, shade, tint
from ui.page.view import PageView
from ui.theme import Theme

LEAST_DIFFERENCE = 10.0  # CIEDE2000; 1 is what can just be seen side by side
COLOURS = [label.colour for label in starter_labels()]
ALL_COLOURS = [plain_label("x", place).colour for place in range(7)]
STRONGEST = ["#ff0000", "#00ff00", "#0000ff", "#ffff00", "#ff00ff", "#00ffff", "#000100", "#ffffff"]
THEMES = ("light", "dark")
# Machado, Oliveira, Fernandes 2009: what eyes see that lack one kind of cones altogether; on linear RGB.
VISIONS = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
WHITE = (0.95047, 1.0, 1.08883)
Triple = tuple[float, float, float]


def times(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    return [sum(one * other for one, other in zip(row, vector, strict=True)) for row in matrix]


def lab(colour: QColor, vision: str) -> Triple:
    """CIE L*a*b* (D65) of a colour as seen by these eyes."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3]]
    seen = [min(max(part, 0.0), 1.0) for part in times(VISIONS[vision], linear)]
    ratios = [part / white for part, white in zip(times(XYZ, seen), WHITE, strict=True)]
    x, y, z = (one ** (1 / 3) if one > 216 / 24389 else (24389 / 27 * one + 16) / 116 for one in ratios)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: Triple, other: Triple) -> float:
    """CIEDE2000 with all weights 1 (Sharma, Wu, Dalal 2005)."""
    mean_chroma = (hypot(*one[1:]) + hypot(*other[1:])) / 2
    stretch = 1 + 0.5 * (1 - sqrt(mean_chroma**7 / (mean_chroma**7 + 25**7)))
    chromas = [hypot(stretch * a, b) for _, a, b in (one, other)]
    hues = [degrees(atan2(b, stretch * a)) % 360 for _, a, b in (one, other)]
    turn = (hues[1] - hues[0] + 180) % 360 - 180 if chromas[0] * chromas[1] else 0.0
    lightness, chroma, hue = (one[0] + other[0]) / 2, sum(chromas) / 2, (hues[0] + turn / 2) % 360
    wave = (
        1
        - 0.17 * cos(radians(hue - 30))
        + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6))
        - 0.20 * cos(radians(4 * hue - 63))
    )
    by_light = (other[0] - one[0]) / (1 + 0.015 * (lightness - 50) ** 2 / sqrt(20 + (lightness - 50) ** 2))
    by_chroma = (chromas[1] - chromas[0]) / (1 + 0.045 * chroma)
    by_hue = 2 * sqrt(chromas[0] * chromas[1]) * sin(radians(turn / 2)) / (1 + 0.015 * chroma * wave)
    rotation = -2 * sqrt(chroma**7 / (chroma**7 + 25**7)) * sin(radians(60 * exp(-(((hue - 275) / 25) ** 2))))
    return sqrt(by_light**2 + by_chroma**2 + by_hue**2 + rotation * by_chroma * by_hue)


def ground(theme: str) -> QColor:
    return QColor(PAGE[theme][0])


def text(theme: str) -> QColor:
    return QColor(PAGE[theme][1])


def test_the_yardsticks_are_right() -> None:
    """Published values: WCAG's extremes, and pairs of the test data of Sharma, Wu and Dalal."""
    assert contrast(QColor("white"), QColor("black")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.478, abs=0.001)
    pairs = [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
        ((90.8027, -2.0831, 1.441), (91.1528, -1.6435, 0.0447), 1.4441),
    ]
    for one, other, expected in pairs:
        assert difference(one, other) == pytest.approx(expected, abs=0.0001)


@pytest.mark.parametrize("theme", THEMES)
def test_the_page_of_the_themes_has_the_colours_we_reckon_with(theme: str, qapp: QApplication, qtbot: QtBot) -> None:
    Theme(qapp).apply(theme)
    page = QTextEdit()
    qtbot.addWidget(page)
    page.ensurePolished()
    palette = page.palette()
    assert palette.color(QPalette.ColorRole.Base) == ground(theme)
    assert palette.color(QPalette.ColorRole.Text) == text(theme)
    qapp.setStyleSheet("")


@pytest.mark.parametrize(("theme", "vision"), list(product(THEMES, VISIONS)))
def test_the_labels_that_ship_differ_for_all_eyes(theme: str, vision: str) -> None:
    shades = [lab(shade(colour, dark=theme == "dark"), vision) for colour in COLOURS]
    assert min(difference(*pair) for pair in combinations(shades, 2)) >= 2 * LEAST_DIFFERENCE
    tints = [shown_band(colour, theme) for colour in COLOURS]
    assert all(one != other for one, other in combinations(tints, 2))


@pytest.mark.parametrize("theme", THEMES)
def test_seven_labels_differ_for_eyes_with_all_cones(theme: str) -> None:
    """Seven colours of such contrast cannot all differ for every eye; their underlines differ too."""
    assert len(set(ALL_COLOURS)) == 7
    shades = [lab(shade(colour, dark=theme == "dark"), "all cones") for colour in ALL_COLOURS]
    assert min(difference(*pair) for pair in combinations(shades, 2)) >= LEAST_DIFFERENCE


def shown_band(colour: str, theme: str) -> str:
    dark = theme == "dark"
    return blended(ground(theme), [(tint(colour, dark=dark), opacity(long=False, chosen=False, dark=dark))]).name()


@pytest.mark.parametrize("theme", THEMES)
@given(st.integers(0, 0xFFFFFF).map("#{:06x}".format))
def test_lines_of_any_colour_stand_out_from_the_page(theme: str, colour: str) -> None:
    line = shade(colour, dark=theme == "dark")
    assert contrast(line, ground(theme)) >= LEAST_CONTRAST
    if contrast(QColor(colour), ground(theme)) >= LEAST_CONTRAST:
        assert line == QColor(colour)


@pytest.mark.parametrize("theme", THEMES)
@given(st.lists(st.integers(0, 0xFFFFFF).map("#{:06x}".format), min_size=1, max_size=3), st.integers(0, 2))
def test_text_can_be_read_on_bands_of_any_colours(theme: str, colours: list[str], chosen: int) -> None:
    assert contrast(text(theme), stacked(theme, colours, chosen)) >= LEAST_CONTRAST


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read_on_bands_of_the_labels_and_of_the_strongest_colours(theme: str) -> None:
    for colours, chosen in product(product([*ALL_COLOURS, *STRONGEST], repeat=3), range(3)):
        assert contrast(text(theme), stacked(theme, list(colours), chosen)) >= LEAST_CONTRAST


def stacked(theme: str, colours: list[str], chosen: int) -> QColor:
    dark = theme == "dark"
    bands = [
        (tint(colour, dark=dark), opacity(long=False, chosen=place == chosen, dark=dark))
        for place, colour in enumerate(colours)
    ]
    return blended(ground(theme), bands)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("selected", ["0", "39", None])
def test_text_can_be_read_under_forty_marks(page: PageView, theme: str, selected: str | None) -> None:
    ground, text = map(QColor, PAGE[theme])
    palette = page.palette()
    palette.setColor(QPalette.ColorRole.Base, ground)
    page.setPalette(palette)
    page.show_article("أعلنت وزارة الدفاع     السورية اليوم")
    page.set_marks(Mark(str(at), 0, 30 - at % 3, COLOURS[at % 3], "solid", False, "") for at in range(40))
    page.select_mark(selected)
    space = page.span_rectangles(20, 21)[0].center().toPoint()
    seen = page.viewport().grab().toImage().pixelColor(space)
    assert seen != ground
    assert contrast(text, seen) >= LEAST_CONTRAST


def test_bands_of_the_labels_can_be_seen() -> None:
    for theme, colour in product(THEMES, COLOURS):
        seen = QColor(shown_band(colour, theme))
        assert difference(lab(seen, "all cones"), lab(ground(theme), "all cones")) >= 5


def test_the_hue_stays() -> None:
    for colour, dark in product(COLOURS, (False, True)):
        for shown in (shade(colour, dark=dark), tint(colour, dark=dark)):
            assert abs(shown.hslHue() - QColor(colour).hslHue()) <= 2


def test_a_shade_can_be_changed_without_changing_the_next_one() -> None:
    shade(COLOURS[0], dark=False).setAlphaF(CHOSEN)
    assert shade(COLOURS[0], dark=False).alpha() == 255


def test_what_is_no_colour_is_shown_in_grey() -> None:
    assert shade("no colour", dark=False).isValid()
    assert tint("", dark=True).saturation() < 60


@pytest.mark.parametrize("theme", THEMES)
def test_selected_text_can_be_read(theme: str) -> None:
    assert contrast(QColor(PAGE[theme][1]), QColor(SELECTION[theme])) >= LEAST_CONTRAST

"""Colours of labels that everybody can tell apart and read on, in both themes.

The labels that ship take indigo, teal and sand of the scheme "muted" by Paul Tol (Colour Schemes, technical note
SRON/EPS/TN/09-002, 2021), made for eyes that do not see all colours. A label may have any colour: lines are moved in
lightness, with their hue kept, until they stand out from the page, and bands until the text on them can be read.
Contrast is that of WCAG 2.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from PySide6.QtGui import QColor

PAGE = {"light": ("#ffffff", "#4d5157"), "dark": ("#1c1d1f", "#e4e7eb")}  # ground and text in qdarktheme's two themes
LEAST_CONTRAST = 4.5  # of text (SC 1.4.3); SC 1.4.11 asks 3 of lines, but thin ones deserve more
STRONG_CONTRAST = 7.0  # of text, enhanced (SC 1.4.6)
_FOR_MIXTURES = 0.35  # bands of different hues over each other are darker than three of one
CHOSEN, SHORT, LONG = 0.34, {"light": 0.17, "dark": 0.24}, {"light": 0.09, "dark": 0.12}
SELECTION = {"light": "#a9cbff", "dark": "#2c5596"}  # the themes' own is too faint, or too dark to read on
_UNKNOWN = "#6b7280"


def shade(colour: str, *, dark: bool) -> QColor:
    """Return a label's colour for lines and outlines on the page: at least 4.5 to 1 against its ground."""
    return QColor(_shade(colour, _theme(dark=dark)))


def tint(colour: str, *, dark: bool) -> QColor:
    """Return a label's colour for bands, to be drawn as opaque as `opacity` says.

    Text keeps 4.5 to 1 on three bands over each other, of any colours, one of them chosen.
    """
    return QColor(_tint(colour, _theme(dark=dark)))


def opacity(*, long: bool, chosen: bool, dark: bool) -> float:
    """Return how opaque a band is, 0 to 1."""
    return CHOSEN if chosen else (LONG if long else SHORT)[_theme(dark=dark)]


def faint(text: QColor, ground: QColor, *, strong: bool = False) -> QColor:
    """Return a text's colour for what is less important: as near to the ground as can still be read (4.5 to 1, `strong` 7)."""
    return QColor(_faint(text.name(), ground.name(), STRONG_CONTRAST if strong else LEAST_CONTRAST))


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two opaque colours, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def blended(ground: QColor, bands: Iterable[tuple[QColor, float]]) -> QColor:
    """Return what is seen when bands, each with its opacity, lie over an opaque ground."""
    seen = _parts(ground)
    for band, cover in bands:
        seen = [below * (1 - cover) + above * cover for below, above in zip(seen, _parts(band), strict=True)]
    return QColor.fromRgbF(*seen)


@cache
def _shade(colour: str, theme: str) -> str:
    ground = QColor(PAGE[theme][0])
    towards = 255 if theme == "dark" else 0
    return next(one for one in _steps(colour, towards) if contrast(QColor(one), ground) >= LEAST_CONTRAST)


@cache
def _tint(colour: str, theme: str) -> str:
    towards = 0 if theme == "dark" else 255
    return next(one for one in _steps(_shade(colour, theme), towards) if _readable(QColor(one), theme))


@cache
def _faint(text: str, ground: str, least: float) -> str:
    mixtures = (blended(QColor(ground), [(QColor(text), step / 100)]).name() for step in range(100))
    return next((one for one in mixtures if contrast(QColor(one), QColor(ground)) >= least), text)


def _readable(band: QColor, theme: str) -> bool:
    """Tell whether text can be read on three bands of a colour, one of them chosen."""
    ground, text = map(QColor, PAGE[theme])
    stacked = blended(ground, [(band, SHORT[theme]), (band, SHORT[theme]), (band, CHOSEN)])
    return contrast(text, stacked) >= LEAST_CONTRAST + _FOR_MIXTURES


def _steps(colour: str, towards: int) -> Iterator[str]:
    """Yield a colour in all its lightnesses, from its own to black (0) or white (255)."""
    start = QColor(colour) if QColor.isValidColorName(colour) else QColor(_UNKNOWN)
    lightness = start.lightness()
    yield start.name()
    for step in range(lightness, towards, 1 if towards > lightness else -1):
        yield QColor.fromHsl(start.hslHue(), start.hslSaturation(), step).name()
    yield QColor.fromHsl(start.hslHue(), start.hslSaturation(), towards).name()


def _luminance(colour: QColor) -> float:
    """Return the relative luminance (WCAG 2.2), 0 to 1."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4) for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: QColor) -> list[float]:
    return [colour.redF(), colour.greenF(), colour.blueF()]


def _theme(*, dark: bool) -> str:
    return "dark" if dark else "light"

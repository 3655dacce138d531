"""The colours of the map, taken from those of the theme."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QColor, QPalette

from ui.page.palette import PAGE, blended, shade
from ui.theme import is_dark

_WATER = "#3b7fb0"


@dataclass(frozen=True)
class MapColours:
    """Colours of one theme; `ground` is what lies beyond the base map, `ink` what text is written in."""

    dark: bool
    ground: QColor
    ink: QColor
    sea: QColor
    land: QColor
    coast: QColor
    border: QColor
    province: QColor
    river: QColor
    grid: QColor
    quiet: QColor
    several: QColor

    def of(self, colour: str | None) -> QColor:
        """Return what a sign of a label's colour is painted in; without one, that of a cluster of several colours."""
        return shade(colour, dark=self.dark) if colour else self.several


def map_colours(palette: QPalette) -> MapColours:
    """Return the map's colours for a palette; the very same object for one that looks the same."""
    return _colours(is_dark(palette))


@cache
def _colours(dark: bool) -> MapColours:
    ground, ink = (QColor(colour) for colour in PAGE["dark" if dark else "light"])
    water = QColor(_WATER)
    return MapColours(
        dark=dark,
        ground=blended(ground, [(ink, 0.08)]),
        ink=ink,
        sea=blended(ground, [(water, 0.28 if dark else 0.2)]),
        land=ground,
        coast=blended(ground, [(water, 0.85)]),
        border=blended(ground, [(ink, 0.8)]),
        province=blended(ground, [(ink, 0.26 if dark else 0.3)]),
        river=blended(ground, [(water, 0.7)]),
        grid=_faint(ink),
        quiet=blended(ground, [(ink, 0.8)]),
        several=blended(ground, [(ink, 0.85)]),
    )


def _faint(colour: QColor) -> QColor:
    """Return a colour that lets most of what is beneath through."""
    return QColor(colour.red(), colour.green(), colour.blue(), 26)

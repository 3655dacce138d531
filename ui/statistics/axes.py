"""The axes of the pictures: names that are shown where there is room for them, and numbers as the window writes them."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10

import pyqtgraph
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

_ROOM = 18.0  # between two names, in pixels
_DENSE = 0.85  # lines of names may stand closer than lines of text
_BESIDE = 12  # pixels between an axis and the edges beside it
_APART, _MOST = 34.0, 6  # pixels between two numbers, and how many there are at most
_LONGEST = 190.0  # pixels of a name beside a bar
Levels = list[tuple[float, list[float]]]


class _Axis(pyqtgraph.AxisItem):  # type: ignore[misc]  # the library has no types
    def __init__(self, side: str) -> None:
        super().__init__(side)
        self.enableAutoSIPrefix(False)
        self.setStyle(tickLength=0)

    def make_room(self, longest: Sequence[str]) -> None:
        """Take as much room across as the longest of these texts needs: left to itself, the library cuts some at the right."""
        measure = self._measure()
        if self.orientation == "bottom":
            self.setHeight(ceil(measure.height()) + _BESIDE)
        else:
            wide = max(map(measure.horizontalAdvance, longest), default=0.0)
            self.setWidth(ceil(min(wide, _LONGEST)) + _BESIDE)

    def _measure(self) -> QFontMetricsF:
        return QFontMetricsF(self.style["tickFont"] or QFont())


class Names(_Axis):
    """Names at 0, 1, 2 …; where they would touch, only every second, fifth … is shown."""

    def __init__(self, side: str, names: Sequence[str]) -> None:
        super().__init__(side)
        self._names = names

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Levels:  # noqa: N803 - pyqtgraph's names
        """Return the places of the names that have room."""
        if not self._names:
            return []
        measure = self._measure()
        lying = self.orientation in ("left", "right")
        wanted = _DENSE * measure.height() if lying else max(map(measure.horizontalAdvance, self._names)) + _ROOM
        apart = size / max(abs(maxVal - minVal), 1e-9)
        every = max(1, ceil(wanted / apart))
        return [(float(every), [float(place) for place in range(0, len(self._names), every)])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Return the names at these places."""
        measure = self._measure()
        names = (self._names[round(value)] for value in values)
        return [measure.elidedText(name, Qt.TextElideMode.ElideRight, _LONGEST) for name in names]


class Numbers(_Axis):
    """Numbers with commas between thousands; `whole` where there is nothing between two of them."""

    def __init__(self, side: str, *, whole: bool = True) -> None:
        super().__init__(side)
        self._whole = whole
        self.setGrid(40)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Levels:  # noqa: N803
        """Return few places for numbers, none between whole ones."""
        least = 1.0 if self._whole else 0.1
        most = max(minVal, maxVal)  # a mirrored axis begins with it
        rough = most / max(min(size / _APART, _MOST), 1.0)
        step = max(least, _round_step(rough))
        return [(step, [number * step for number in range(1, floor(most / step + 1e-6) + 1)])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Return numbers as they are written."""
        return [f"{value:,.0f}" if self._whole else f"{value:.1f}" for value in values]


def _round_step(rough: float) -> float:
    """Return the least of 1, 2, 5, 10, 20 … (and 0.1, 0.2 …) that is no less."""
    if rough <= 0:
        return 0.0
    power = 10.0 ** floor(log10(rough))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= rough - 1e-9)

"""The base map that ships: land, lakes, rivers, borders and the names of countries, as paths to paint.

The file and its format are made and described by `tools/basemap.py`. A level of detail is read when it is first painted.
"""

from __future__ import annotations

import json
import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any, NamedTuple

from PySide6.QtCore import QByteArray, QDataStream, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF

from annotator.folders import resources_folder
from ui.map.projection import Spot

_SQUARE = 8192  # of the file's units: lines are kept in squares of this side, to paint only those in view


class Piece(NamedTuple):
    """Something to paint, and what part of the map it covers."""

    bounds: QRectF
    path: QPainterPath


@dataclass(frozen=True)
class Detail:
    """The layers of one level of detail."""

    land: list[Piece]
    lakes: list[Piece]
    coast: list[Piece]
    borders: list[Piece]
    disputed: list[Piece]


@dataclass(frozen=True)
class Country:
    """A country's names by language, where they stand, and from which zoom on."""

    names: dict[str, str]
    spot: Spot
    zoom: float


class BaseMap:
    """The base map; all paths are in its own units, `grid` of them around the world."""

    def __init__(self, whole: dict[str, Any]) -> None:
        self._whole = whole
        self._details: dict[int, Detail] = {}
        self._lines: dict[str, list[Piece]] = {}
        self.grid = int(whole["grid"])
        left, top, right, bottom = whole["box"]
        self.box = QRectF(left, top, right - left, bottom - top)
        self.countries = [self._country(entry) for entry in whole["countries"]]

    def detail(self, zoom: float) -> Detail:
        """Return the layers that serve a zoom."""
        level = max(number for number, one in enumerate(self._whole["levels"]) if one["zoom"] <= max(zoom, 0))
        if level not in self._details:
            self._details[level] = _detail(self._whole["levels"][level])
        return self._details[level]

    def lines(self, name: str) -> list[Piece]:
        """Return the `provinces` or `rivers`, which are the same at every zoom."""
        if name not in self._lines:
            self._lines[name] = _lines(self._whole[name])
        return self._lines[name]

    def _country(self, entry: dict[str, Any]) -> Country:
        spot = Spot(entry["x"] / self.grid, entry["y"] / self.grid)
        return Country({"ar": entry["ar"], "en": entry["en"]}, spot, entry["zoom"])


@cache
def base_map() -> BaseMap:
    """Return the base map that ships."""
    text = (resources_folder() / "basemap" / "middle-east.json").read_text("utf-8")
    return BaseMap(json.loads(text))


def _detail(level: dict[str, Any]) -> Detail:
    return Detail(
        land=[_joined(group, closed=True) for group in level["land"]],
        lakes=[_joined([ring], closed=True) for ring in level["lakes"]],
        coast=_lines(level["coast"]),
        borders=_lines(level["borders"]),
        disputed=_lines(level["disputed"]),
    )


def _lines(lines: Iterable[Sequence[int]]) -> list[Piece]:
    squares: dict[tuple[int, int], list[Sequence[int]]] = {}
    for line in lines:
        squares.setdefault((line[0] // _SQUARE, line[1] // _SQUARE), []).append(line)
    return [_joined(group, closed=False) for group in squares.values()]


def _joined(lines: Iterable[Sequence[int]], *, closed: bool) -> Piece:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for polygon in map(_polygon, lines):
        path.addPolygon(polygon)
        if closed:
            path.closeSubpath()
    return Piece(path.boundingRect(), path)


def _polygon(line: Sequence[int]) -> QPolygonF:
    """Return the points of a line, given as the first and then differences.

    Through Qt's own stream format (a count and big-endian doubles): twice as fast as one QPointF after the other.
    """
    numbers = array("d", _interleaved(line))
    if struct.pack("=d", 1.0) != struct.pack(">d", 1.0):
        numbers.byteswap()
    polygon = QPolygonF()
    QDataStream(QByteArray(struct.pack(">I", len(line) // 2) + numbers.tobytes())) >> polygon
    return polygon


def _interleaved(line: Sequence[int]) -> Iterator[int]:
    for x, y in zip(accumulate(line[0::2]), accumulate(line[1::2]), strict=True):
        yield x
        yield y

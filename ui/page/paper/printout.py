"""What is to be printed, and the paper it goes on. Offsets are code points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtGui import QColor, QFont, QPageLayout, QPalette

from annotator.model import Direction
from ui.fonts import INTERFACE
from ui.page.greying import Greyed
from ui.page.marks import Mark
from ui.page.metrics import LEADINGS

# The measures of the page are made for pixels of a screen. With so many of them to an inch a card is 4 cm wide on paper and
# A4 leaves the text some 12 cm beside it.
UNITS = 112.0
_INK, _QUIET, _PAPER = "#1b1d21", "#5f666f", "#ffffff"


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A label that the article uses: its name, how its marks are drawn, and how many there are."""

    name: str
    colour: str
    style: str
    count: int
    long: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A note on the mark with this id: the text it covers, its label, whose it is, and what it says."""

    mark: str
    quote: str
    label: str
    reviewer: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Printout:
    """An article with its marks, as it is to be printed.

    `footer` (project, reviewer) stands at the foot of every sheet; `greyed` is what is no news, here too in code points. Marks
    in `claims` are listed behind the article, each with these words, also where their card stands whole in the margin.
    """

    title: str
    text: str
    file: str = ""
    sha256: str = ""
    direction: Direction | None = None
    marks: tuple[Mark, ...] = ()
    legend: tuple[LegendEntry, ...] = ()
    notes: tuple[Note, ...] = ()
    family: str = "Noto Naskh Arabic"
    points: float = 12.5
    leading: float = LEADINGS["normal"]
    footer: str = ""
    greyed: tuple[Greyed, ...] = ()
    claims: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Paper:
    """The part of a sheet that may be printed on, in units."""

    width: float
    height: float


def paper_of(layout: QPageLayout) -> Paper:
    """Return the part of a page that may be printed on."""
    area = layout.paintRect(QPageLayout.Unit.Point)
    return Paper(units(area.width()), units(area.height()))


def units(points: float) -> float:
    """Return a length in points (1/72 inch) in units."""
    return points / 72.0 * UNITS


def paper_font(points: float, *, family: str = INTERFACE, bold: bool = False) -> QFont:
    """Return a font for paper: its size is in units, so that no device makes it larger or smaller."""
    font = QFont(family)
    font.setPixelSize(max(round(units(points)), 1))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


def paper_palette() -> QPalette:
    """Return the colours of paper, whatever the theme is."""
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Base, _PAPER),
        (QPalette.ColorRole.Text, _INK),
        (QPalette.ColorRole.PlaceholderText, _QUIET),
    ):
        palette.setColor(role, QColor(colour))
    return palette

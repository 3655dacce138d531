"""The paper that is meant where nobody chose one, and a PDF file to print on."""

from __future__ import annotations

from PySide6.QtCore import QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter

_MARGIN = 15.0  # millimetres
_RESOLUTION = 1200


def a4() -> QPageLayout:
    """Return the paper that is meant where nobody chose one."""
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    size = QPageSize(QPageSize.PageSizeId.A4)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)


def pdf_on(file: QIODevice, title: str) -> QPdfWriter:
    """Return a device that prints into an open file, as a PDF on A4."""
    writer = QPdfWriter(file)
    writer.setResolution(_RESOLUTION)
    writer.setPageLayout(a4())
    writer.setTitle(title)
    writer.setCreator("Hashiya")
    return writer

"""The icon of the application in the formats of Windows (.ico) and macOS (.icns), drawn from the one SVG."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path

ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
# Type codes of Apple's icon format for PNG content, by width in pixels.
ICNS_TYPES = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09", 1024: b"ic10"}


def write_ico(svg: Path, target: Path) -> Path:
    """Write a Windows icon and return its path."""
    target.write_bytes(ico({size: png(svg, size) for size in ICO_SIZES}))
    return target


def write_icns(svg: Path, target: Path) -> Path:
    """Write a macOS icon and return its path."""
    target.write_bytes(icns({size: png(svg, size) for size in ICNS_TYPES}))
    return target


def ico(pictures: Mapping[int, bytes]) -> bytes:
    """Return a Windows icon of PNG pictures by width: a header, a table, the pictures."""
    start = 6 + 16 * len(pictures)
    table, body = b"", b""
    for size, picture in pictures.items():
        side = size % 256  # 256 is written as 0
        table += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), start + len(body))
        body += picture
    return struct.pack("<HHH", 0, 1, len(pictures)) + table + body


def icns(pictures: Mapping[int, bytes]) -> bytes:
    """Return a macOS icon of PNG pictures by width: each with its type and length."""
    body = b"".join(
        ICNS_TYPES[size] + struct.pack(">I", len(picture) + 8) + picture for size, picture in pictures.items()
    )
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def png(svg: Path, size: int) -> bytes:
    """Draw an SVG file as a PNG picture of `size` pixels; needs Qt, but no window."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImage, QImageWriter, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(svg)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())

"""The toolkit we pinned behaves as the pins say."""

from __future__ import annotations

import subprocess
import sys

import PySide6
from PySide6.QtGui import QFontDatabase


def test_pyside_is_the_release_that_survives() -> None:
    assert PySide6.__version_info__[:2] == (6, 11)


def test_twenty_thousand_void_calls_do_not_abort() -> None:
    """6.12.0 drops a reference to None at every void call and aborts on CPython 3.11 after about 5,200 of them."""
    script = "from PySide6.QtCore import QObject; o = QObject(); [o.setObjectName('x') for _ in range(20_000)]"
    subprocess.run([sys.executable, "-c", script], check=True)


def test_the_bundled_fonts_are_there() -> None:
    assert {"Noto Naskh Arabic", "Amiri", "IBM Plex Sans Arabic"} <= set(QFontDatabase.families())

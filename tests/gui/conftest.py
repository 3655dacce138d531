"""The bundled fonts, for every test with Qt."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ui.fonts import load_fonts


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> None:
    load_fonts(qapp)

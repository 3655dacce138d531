"""What a user finds before anything was chosen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale

from ui.settings import Settings


@pytest.mark.parametrize(("desktop", "ours"), [("ar_SY", "ar"), ("en_GB", "en"), ("fr_FR", "en")])
def test_the_first_start_speaks_the_language_of_the_desktop(
    monkeypatch: pytest.MonkeyPatch, desktop: str, ours: str
) -> None:
    """Windows and macOS name no language in the environment."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(QLocale, "system", lambda: QLocale(desktop))
    assert Settings().language == ours


def test_an_environment_that_names_a_language_is_heard_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ar_EG.UTF-8")
    assert Settings().language == "ar"

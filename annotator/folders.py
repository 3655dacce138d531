"""Where things lie: what ships with the product, and the user's own folders.

`HASHIYA_HOME` moves everything the product keeps for a user into one folder: for a copy carried on a stick, and for tests.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_ROOT = Path(__file__).resolve().parent.parent


def resources_folder() -> Path:
    """Return the folder of fonts, icons and translations."""
    return _ROOT / "resources"


def seeds_folder() -> Path:
    """Return the folder of starter articles and labels."""
    return _ROOT / "seeds"


def data_folder() -> Path:
    """Return the folder for the user's projects and for what this installation remembers of them."""
    return _own("data") or Path(platformdirs.user_data_dir("Hashiya", appauthor=False))


def settings_folder() -> Path:
    """Return the folder for the user's settings."""
    return _own("settings") or Path(platformdirs.user_config_dir("Hashiya", appauthor=False))


def log_folder() -> Path:
    """Return the folder for logs and crash reports."""
    return _own("logs") or Path(platformdirs.user_log_dir("Hashiya", appauthor=False))


def _own(name: str) -> Path | None:
    home = os.environ.get("HASHIYA_HOME")
    return Path(home) / name if home else None

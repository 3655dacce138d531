"""Freezes the application: runs PyInstaller on `build.spec`, always with the same times and hashes in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tools.packaging.contents import NAME, ROOT

BUILD = ROOT / "build"
DIST = ROOT / "dist"
_NO_HISTORY = "1767225600"  # 2026-01-01: a copy of the source without git says of itself no time


def bundle() -> None:
    """Build the frozen application into `build/bundle`."""
    command = [sys.executable, "-m", "PyInstaller", "build.spec", "--noconfirm", "--log-level", "WARN",
               "--distpath", str(BUILD / "bundle"), "--workpath", str(BUILD / "work")]  # fmt: skip
    subprocess.run(command, cwd=ROOT, check=True, env=build_environment())


def build_environment() -> dict[str, str]:
    """Return the environment of a build that can be repeated."""
    return {"SOURCE_DATE_EPOCH": source_time(), "PYTHONHASHSEED": "1", **os.environ}


def source_time() -> str:
    """Return the time of the source in seconds since 1970: that of its last commit, unless the environment names one."""
    if os.environ.get("SOURCE_DATE_EPOCH"):
        return os.environ["SOURCE_DATE_EPOCH"]
    command = ["git", "log", "-1", "--format=%ct"]
    try:
        found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:  # no git
        found = ""
    return found or _NO_HISTORY


def folder() -> Path:
    """Return what was built: a folder, or on macOS the bundle."""
    return BUILD / "bundle" / (f"{NAME}.app" if sys.platform == "darwin" else "hashiya")


def program(built: Path, *, console: bool) -> Path:
    """Return the executable in what was built; `console` chooses the one that prints, where there are two."""
    if built.suffix == ".app":
        return built / "Contents" / "MacOS" / "hashiya"
    if (built / "hashiya.exe").exists():
        return built / ("hashiya.com" if console else "hashiya.exe")
    return built / "hashiya"

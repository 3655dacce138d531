"""An installation proves itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "main.py"), *arguments]
    offscreen = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, env=offscreen)


def test_the_selftest_says_that_everything_works() -> None:
    result = run("--selftest")
    assert (result.returncode, result.stdout.strip()) == (0, "selftest: everything works")


def test_the_selftest_with_a_picture_opens_the_window_too(tmp_path: Path) -> None:
    picture = tmp_path / "صورة.png"
    result = run("--selftest", str(picture))
    assert (result.returncode, result.stdout.strip()) == (0, "selftest: everything works"), result.stderr
    image = QImage(str(picture))
    assert (image.text("fonts"), image.text("platform")) == ("Noto Naskh Arabic", "offscreen")
    assert image.width() > 600


def test_the_selftest_takes_one_picture(tmp_path: Path) -> None:
    assert run("--selftest", "one.png", "two.png").returncode == 2


def test_wrong_usage_of_the_window_is_2() -> None:
    assert run("one.hashiya", "two.hashiya").returncode == 2
    assert run("--nonsense").returncode == 2

"""An installation proves itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "main.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_selftest_says_that_everything_works() -> None:
    result = run("--selftest")
    assert (result.returncode, result.stdout.strip()) == (0, "selftest: everything works")


def test_wrong_usage_of_the_window_is_2() -> None:
    assert run("one.hashiya", "two.hashiya").returncode == 2
    assert run("--nonsense").returncode == 2

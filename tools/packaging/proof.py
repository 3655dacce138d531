"""A frozen application under proof: the command that runs it, its home, and what it printed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools.packaging.bundle import program

PATIENCE = 120.0


class Failed(Exception):
    """A proof failed; the message says which and how."""


class Proof:
    """One frozen application, the command that runs it, and a home for it."""

    def __init__(self, built: Path, home: Path, *, runner: Sequence[str] = (), system: str = sys.platform) -> None:
        self.built, self.home, self.system, self._runner = built, home, system, list(runner)

    def command(self, *arguments: str | Path, console: bool = True) -> list[str]:
        """Return the command that runs the application with arguments; files are named as its system names them."""
        named = [self.name(one) if isinstance(one, Path) else one for one in arguments]
        return [*self._runner, str(program(self.built, console=console)), *named]

    def name(self, path: Path) -> str:
        """Return a path as the application's system spells it: under Wine our `/` is its drive `Z:`."""
        return f"Z:{path}" if self._runner else str(path)

    def environment(self, home: Path) -> dict[str, str]:
        """Return the environment for one run: our home, and no Python of the builder's."""
        dropped = ("PYTHONPATH", "PYTHONHOME", "QT_QPA_PLATFORM", "VIRTUAL_ENV")
        kept = {key: value for key, value in os.environ.items() if key not in dropped}
        return {**kept, "HASHIYA_HOME": self.name(home)}

    def run(self, *arguments: str | Path, console: bool = True) -> str:
        """Run the application to its end and return what it printed; raise Failed when it did not return 0."""
        done = self.done(*arguments, console=console)
        if done.returncode:
            raise Failed(f"{arguments} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def done(self, *arguments: str | Path, console: bool = True) -> subprocess.CompletedProcess[str]:
        """Run the application to its end, whatever it returns."""
        return subprocess.run(
            self.command(*arguments, console=console), env=self.environment(self.home), stdin=subprocess.DEVNULL,
            capture_output=True, text=True, encoding="utf-8", errors="replace",
            timeout=PATIENCE, check=False,
        )  # fmt: skip

    @contextmanager
    def started(self, *arguments: str | Path) -> Iterator[subprocess.Popen[bytes]]:
        """Keep the window open meanwhile."""
        process = subprocess.Popen(
            self.command(*arguments, console=False), env=self.environment(self.home), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE)

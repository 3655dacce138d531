"""Sets up everything and runs it: `python3 tools/setup.py run`, `… test`, `… bench`, `… lock`, `… package`.

Needs nothing but Python 3.11 or newer. What is missing goes into `.venv` (and `.venv-core`, which has no Qt, for the tests
of the core), in the versions and with the hashes of the lock files. On Debian and Ubuntu the system libraries that Qt
needs are installed too, after naming them.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
WINDOW_LIBRARIES = (
    "libglib2.0-0", "libegl1", "libgl1", "libx11-6", "libdbus-1-3", "libfontconfig1", "libfreetype6", "libxkbcommon0",
    "libbrotli1", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-render-util0",
    "libxcb-render0", "libxcb-shape0", "libxcb-util1", "libxcb-xkb1", "libxkbcommon-x11-0",
)  # fmt: skip
TEST_LIBRARIES = ("xvfb", "xauth", "fonts-dejavu-core")
PACKAGING_LIBRARIES = ("xvfb", "xauth", "binutils")
PACKAGING = ("bundle", "prove", "installers", "sums")
# Any warning of Qt fails a test. Left out are what the offscreen platform says of every window, and that the machine's own
# fonts lack a script, or, on Windows, that the toolkit brings no fonts: all harmless.
QT_OPTIONS = (
    "qt_api=pyside6",
    "qt_log_level_fail=WARNING",
    "qt_log_ignore=propagateSizeHints\nOpenType support missing\nCannot find font directory",
)


class SetupFailed(Exception):
    """Something outside is missing; the message says what to do."""


def main(arguments: Sequence[str]) -> int:
    """Do what is asked for; return the exit code."""
    tasks: dict[str, Callable[[list[str]], int]] = {
        "run": run,
        "test": test,
        "bench": bench,
        "lock": lock,
        "package": package,
        **{step: partial(package, steps=(step,)) for step in (*PACKAGING, "mac-keychain", "windows-wine")},
    }
    if not arguments or arguments[0] not in tasks:
        print(f"usage: setup.py {{{','.join(tasks)}}} [arguments]", file=sys.stderr)
        return 2
    try:
        refuse_old_python(sys.version_info[:2])
        return tasks[arguments[0]](list(arguments[1:]))
    except SetupFailed as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    """Open the application."""
    need_libraries(WINDOW_LIBRARIES)
    python = need_environment(".venv", "window")
    return subprocess.call([python, str(ROOT / "main.py"), *arguments])


def test(arguments: list[str]) -> int:
    """Run linters and the whole test suite: the core without Qt, then everything with it, and the coverage of both."""
    need_libraries(WINDOW_LIBRARIES + TEST_LIBRARIES)
    core, python = need_environment(".venv-core", "core-test"), need_environment(".venv", "test")
    for path in ROOT.glob(".coverage.*"):
        path.unlink()
    qt_options = [part for option in QT_OPTIONS for part in ("-o", option)]
    steps = [
        [python, "-m", "ruff", "check", "."],
        [python, "-m", "ruff", "format", "--check", "."],
        [python, "-m", "mypy"],
        [python, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
        [core, "-m", "coverage", "run", "-m", "pytest", "tests/core", *arguments],
        [python, "-m", "coverage", "run", "-m", "pytest", *qt_options,
         "tests/gui", "tests/stories", *arguments],
    ]  # fmt: skip
    for step in steps:
        code = subprocess.call(step, cwd=ROOT, env=_test_environment())
        if code:
            return code
    return _report_coverage(python)


def bench(arguments: list[str]) -> int:
    """Run the benchmarks and print their ratios."""
    python = need_environment(".venv", "test")
    command = [python, "-m", "pytest", "-s", "-o", "qt_api=pyside6", "tests/benchmarks", *arguments]
    return subprocess.call(command, cwd=ROOT, env=_test_environment())


def lock(arguments: list[str]) -> int:
    """Make the lock files anew from pyproject.toml with `uv` (to be installed by the developer)."""
    sets = {
        "window": ["window"],
        "core-test": ["test", "consumers"],
        "test": ["window", "test", "windowtest"],
        "package": ["window", "package"],
    }
    for name, extras in sets.items():
        chosen = [part for extra in extras for part in ("--extra", extra)]
        # What is tested and packaged is what people run from the source.
        same = [] if name == "window" else ["-c", "requirements/window.lock"]
        command = ["uv", "pip", "compile", "pyproject.toml", "--universal", "--generate-hashes", "--no-header",
                   "--python-version", "3.11", *chosen, *same, "-o", f"requirements/{name}.lock"]  # fmt: skip
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return 0


def package(arguments: list[str], *, steps: Sequence[str] = PACKAGING) -> int:
    """Make what people install, or do one step of it: freeze, prove, pack, sum."""
    need_libraries(WINDOW_LIBRARIES + PACKAGING_LIBRARIES)
    python = need_environment(".venv-package", "package")
    for step in steps:
        code = subprocess.call([python, "-m", "tools.packaging", step, *arguments], cwd=ROOT)
        if code:
            return code
    return 0


def refuse_old_python(version: tuple[int, ...]) -> None:
    """Raise SetupFailed for a Python that is too old."""
    if version < OLDEST:
        found = ".".join(map(str, version))
        raise SetupFailed(f"Hashiya needs Python 3.11 or newer; this is {found}. Install a newer one from python.org.")


def need_environment(folder: str, name: str) -> str:
    """Return the Python of an environment that holds the packages of a lock file, made or completed if need be."""
    home, locked = ROOT / folder, ROOT / "requirements" / f"{name}.lock"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = home / f"{name}.stamp"
    wanted = stamp_of(locked, sys.version)
    if not python.exists() or not stamp.exists() or stamp.read_text() != wanted:
        _make_environment(home, python)
        _install(python, locked)
        stamp.write_text(wanted)
    return str(python)


def stamp_of(locked: Path, version: str) -> str:
    """Return what must be unchanged for an environment to be complete: the lock file and the Python."""
    return hashlib.sha256(locked.read_bytes() + version.encode()).hexdigest()


def need_libraries(names: Sequence[str]) -> None:
    """Install what is missing of the system libraries on Debian and Ubuntu; elsewhere trust the system."""
    if not shutil.which("dpkg-query") or not shutil.which("apt-get"):
        return
    missing = missing_packages([*names, *venv_package()])
    if not missing:
        return
    print(f"Python and Qt need these system packages, which will be installed now: {' '.join(missing)}", flush=True)
    command = install_command(missing, is_root=os.geteuid() == 0, has_sudo=bool(shutil.which("sudo")))
    subprocess.call([*command[: command.index("apt-get")], "apt-get", "update", "-qq"])
    if subprocess.call(command):
        raise SetupFailed(f"They could not be installed. Run this yourself, then try again: {' '.join(command)}")


def missing_packages(names: Sequence[str]) -> list[str]:
    """Return those Debian packages that are not installed."""
    query = ["dpkg-query", "-W", "-f", "${Package} ${Provides} ${db:Status-Status}\n"]
    found = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    installed = {
        word.strip(",")
        for line in found.splitlines()
        if line.endswith(" installed")
        for word in line.split()[:-1]
    }  # fmt: skip
    return [name for name in names if name not in installed]


def venv_package() -> list[str]:
    """Return the package that Debian leaves out of Python and without which no environment can be made, if it is needed."""
    if importlib.util.find_spec("ensurepip"):
        return []
    return [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]


def install_command(missing: Sequence[str], *, is_root: bool, has_sudo: bool) -> list[str]:
    """Return the command that installs Debian packages; raise SetupFailed when we may not."""
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    if is_root:
        return install
    if not has_sudo:
        raise SetupFailed(f"Ask an administrator to run: {' '.join(install)}")
    return ["sudo", *install]


def _make_environment(home: Path, python: Path) -> None:
    """Make the environment from nothing: what an interrupted or older set-up left is not worth mending."""
    if python.exists() and any(home.glob("*.stamp")):
        return
    shutil.rmtree(home, ignore_errors=True)
    print(f"Making {home.name} …", flush=True)
    if subprocess.call([sys.executable, "-m", "venv", str(home)]):
        shutil.rmtree(home, ignore_errors=True)
        raise SetupFailed("Python cannot make an environment. On Debian and Ubuntu: apt-get install python3-venv")


def _install(python: Path, locked: Path) -> None:
    print(f"Installing the packages of {locked.name} …", flush=True)
    command = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r"]
    if subprocess.call([*command, str(locked)]):
        raise SetupFailed("The packages could not be installed. Is there a network? Then run the same command again.")


def _test_environment() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}


def _report_coverage(python: str) -> int:
    subprocess.call([python, "-m", "coverage", "combine", "-q"], cwd=ROOT)
    return subprocess.call([python, "-m", "coverage", "report"], cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Builds and proves the Windows application on a system with Wine: `make package-windows-wine`.

`HASHIYA_WINPY` names a folder with a Windows Python (`python.exe`, 3.11 or newer) that has the packages of package.lock and
test.lock; `WINEPREFIX` and the like are Wine's own. What people download is built on Windows itself; this finds what is wrong
before.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tools.packaging import installers, prove
from tools.packaging.bundle import BUILD, build_environment
from tools.packaging.contents import ROOT
from tools.packaging.proof import Failed
from tools.setup import QT_OPTIONS

USER = "سامية"
PROGRAM = r"C:\برامج\حاشية"
_CLASSES = r"HKCU\Software\Classes"
_MACHINE = r"HKLM\Software\Classes"
_SILENT: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
_UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Hashiya"
_STARTS = "import os, sys, pytest; os.environ['QT_QPA_PLATFORM'] = 'offscreen'; sys.exit(pytest.main(sys.argv[1:]))"
_NO_PROCESS = 128  # what taskkill returns
_CLOSED = 2  # exit code of an installer that finds the program running
_PATIENCE = 120.0

Say = Callable[[str], None]


def windows_python() -> Path:
    """Return the Windows Python that the environment names; raise ToolMissing without it or without Wine."""
    python = Path(os.environ.get("HASHIYA_WINPY", "")) / "python.exe"
    if not os.environ.get("HASHIYA_WINPY") or not python.is_file():
        raise installers.ToolMissing("Set HASHIYA_WINPY to a folder with a Windows python.exe; see CONTRIBUTING.md.")
    for tool in ("wine", "makensis"):
        if not shutil.which(tool):
            raise installers.ToolMissing(f"{tool} is missing.")
    return python.resolve()


def build_and_prove(say: Say) -> None:
    """Test on the Windows Python, freeze, prove, pack, install, use, update and remove; raise Failed at the first failure."""
    python, built = windows_python(), BUILD / "windows" / "bundle" / "hashiya"
    os.environ |= environment()
    run_tests(python, say)
    freeze(python, built, say)
    for found in prove.prove(built, BUILD / "windows" / "window.png", runner=["wine"], system="win32"):
        say(found)
    setup, *others = installers.for_windows(built)
    for file in (setup, *others):
        say(f"made: {file.name}, {file.stat().st_size / 1e6:.1f} MB")
    Installation(setup).prove(say)


def environment() -> dict[str, str]:
    """Return what Wine needs to be quiet, and a user with an Arabic name."""
    wanted = {"WINEDEBUG": "-all", "USER": USER, "LOGNAME": USER, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
    # Its debugger would start again and again for a program that crashes.
    wanted["WINEDLLOVERRIDES"] = os.environ.get("WINEDLLOVERRIDES", "winedbg.exe=d;mscoree,mshtml=")
    return wanted


def run_tests(python: Path, say: Say) -> None:
    """Run the tests of the core and of the window on the Windows Python."""
    quiet = ["-q", "-p", "no:cacheprovider"]
    qt = [part for option in QT_OPTIONS for part in ("-o", option)]
    core = wine(str(python), "-m", "pytest", *quiet, "tests/core", patience=1200)
    say(f"tests of the core on Windows: {core.splitlines()[-1]}")
    window = wine(str(python), "-c", _STARTS, *quiet, *qt, "tests/gui", "tests/stories", patience=1200)
    say(f"tests of the window on Windows: {window.splitlines()[-1]}")


def freeze(python: Path, built: Path, say: Say) -> None:
    """Build the frozen application with the Windows Python."""
    os.environ |= build_environment()
    started = time.monotonic()
    wine(str(python), "-m", "PyInstaller", "build.spec", "--noconfirm", "--log-level", "ERROR",
         "--distpath", str(built.parent), "--workpath", str(built.parents[1] / "work"), patience=1200)  # fmt: skip
    say(f"frozen with the Windows Python in {time.monotonic() - started:.0f} s")


def wine(*command: str, patience: float = _PATIENCE, code: int = 0) -> str:
    """Run a Windows program to its end and return what it printed; raise Failed unless it returns `code`."""
    # Output goes through a pipe: with a file Windows programs find no valid handle.
    done = subprocess.run(
        ["wine", *command], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8", errors="replace", timeout=patience, check=False,
    )  # fmt: skip
    if done.returncode != code:
        raise Failed(f"{command[:3]} ended with {done.returncode}:\n{done.stdout[-4000:]}")
    return done.stdout.strip()


class Installation:
    """An installation in an Arabic folder, for a user with an Arabic name."""

    def __init__(self, setup: Path) -> None:
        self._setup = setup
        self._drive = Path(os.environ.get("WINEPREFIX", Path.home() / ".wine")) / "drive_c"
        self._home = self._drive / "users" / USER
        self.folder = self._inside(PROGRAM)

    def prove(self, say: Say) -> None:
        """Install, open a project by its type, refuse to update what runs, update, remove."""
        project = self._home / "Documents" / "مشروع.hashiya"
        self._install()
        say(f"installed silently into {PROGRAM} by the user {USER}: {self._selftest()}")
        self._make_project(project)
        self._open_by_type(project)
        say("a project opened by its type")
        wine(str(self._setup), "/S", f"/D={PROGRAM}", code=_CLOSED)
        say("an update waits until the program is closed")
        self._close(project)
        self._update()
        say(f"updated over the old version: {self._selftest()}")
        self._remove(project)
        say("removed; projects, settings and foreign files kept, the registry clean")

    def _install(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        wine(str(self._setup), "/S", f"/D={PROGRAM}")
        command = wine("reg", "query", rf"{_CLASSES}\Hashiya.Project\shell\open\command", "/ve")
        _hold("the type opens the program", "hashiya.exe" in command and "%1" in command)
        _hold("the type is registered", "Hashiya.Project" in wine("reg", "query", rf"{_CLASSES}\.hashiya", "/ve"))
        _hold("Windows lists it", "uninstall.exe" in wine("reg", "query", _UNINSTALL))
        _hold("the start menu has it", len(self._shortcuts()) == 1)

    def _selftest(self) -> str:
        return wine(str(self.folder / "hashiya.com"), "--selftest")

    def _make_project(self, project: Path) -> None:
        """Make a project and the settings of a user who has given a name, so that no question waits."""
        settings = self._home / "AppData" / "Local" / "Hashiya"
        for folder in (settings, project.parent):
            folder.mkdir(parents=True, exist_ok=True)
        (settings / "hashiya.ini").write_text("[General]\nreviewer=R1\n", encoding="utf-8")
        project.unlink(missing_ok=True)
        wine(str(self.folder / "hashiya.com"), "new", f"Z:{project}", "--reviewer", "R1")

    def _open_by_type(self, project: Path) -> None:
        _show_types_to_wine()
        # Not through a pipe: the program that starts would hold it open until it ends.
        subprocess.run(["wine", "start", self._windows_name(project)], check=True, timeout=_PATIENCE, **_SILENT)
        prove.until(lambda: prove.is_open(project), "Windows opens the project by its type")

    def _close(self, project: Path) -> None:
        """Close the window as a user does; the project must be free afterwards."""
        wine("taskkill", "/im", "hashiya.exe")
        prove.until(lambda: not prove.is_open(project), "the window closes and frees the project")
        for kind in (".hashiya", "Hashiya.Project"):
            wine("reg", "delete", rf"{_MACHINE}\{kind}", "/f")
        prove.until(_has_ended, "the program ends")

    def _update(self) -> None:
        stale = self.folder / "_internal" / "of-the-old-version.txt"
        stale.write_text("old")
        wine(str(self._setup), "/S", f"/D={PROGRAM}")
        _hold("the old version's files are gone", not stale.exists())

    def _remove(self, project: Path) -> None:
        own = self.folder / "own.hashiya"
        own.write_bytes(project.read_bytes())
        wine(str(self.folder / "uninstall.exe"), "/S")
        prove.until(lambda: not (self.folder / "uninstall.exe").exists(), "the program is removed")
        _hold("nothing of the program is left", [path.name for path in self.folder.iterdir()] == [own.name])
        _hold("projects are kept", project.exists() and (self._home / "AppData/Local/Hashiya/hashiya.ini").exists())
        _hold("the start menu is clean", not self._shortcuts())
        for key in (rf"{_CLASSES}\.hashiya", rf"{_CLASSES}\Hashiya.Project", _UNINSTALL, r"HKCU\Software\Hashiya"):
            wine("reg", "query", key, code=1)
        shutil.rmtree(self.folder)

    def _shortcuts(self) -> list[Path]:
        menu = self._home / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs"
        return [path for path in menu.glob("*.lnk") if path.stem in ("Hashiya", "حاشية")]

    def _windows_name(self, path: Path) -> str:
        return "C:\\" + str(path.relative_to(self._drive)).replace("/", "\\")

    def _inside(self, path: str) -> Path:
        return self._drive.joinpath(*path.split("\\")[1:])


def _show_types_to_wine() -> None:
    """Copy our types to those of the machine: Wine before version 9 opens files by these alone, Windows by both."""
    for kind in (".hashiya", "Hashiya.Project"):
        wine("reg", "copy", rf"{_CLASSES}\{kind}", rf"{_MACHINE}\{kind}", "/s", "/f")


def _has_ended() -> bool:
    try:
        wine("taskkill", "/im", "hashiya.exe", code=_NO_PROCESS)
    except Failed:
        return False
    return True


def _hold(what: str, holds: bool) -> None:
    if not holds:
        raise Failed(f"not true: {what}")

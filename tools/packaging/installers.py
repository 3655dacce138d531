"""What people download, made from the frozen application: archives and installers, into `dist`."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from tools.packaging import archives, sbom
from tools.packaging.bundle import DIST, build_environment, folder, source_time
from tools.packaging.contents import NAME, ROOT, VERSION

_HERE = Path(__file__).parent


class ToolMissing(Exception):
    """A program that makes an installer is not installed; the message names it."""


def installers() -> list[Path]:
    """Make what this system's users download; return the files."""
    DIST.mkdir(exist_ok=True)
    for old in DIST.glob("hashiya-*"):
        old.unlink()
    return {"win32": for_windows, "darwin": for_mac}.get(sys.platform, for_linux)(folder())


def for_linux(built: Path) -> list[Path]:
    """Make the archive for Linux: the application, its entry for menus, the file type, and a script that installs."""
    name = f"hashiya-{VERSION}-linux-{platform.machine()}"
    extra = {
        "install.sh": ((_HERE / "linux/install.sh").read_bytes(), 0o755),
        "READ_ME.txt": ((_HERE / "linux/READ_ME.txt").read_bytes(), 0o644),
        "share/hashiya.desktop": ((_HERE / "linux/hashiya.desktop").read_bytes(), 0o644),
        "share/hashiya.xml": ((_HERE / "linux/hashiya.xml").read_bytes(), 0o644),
    }
    target = DIST / f"{name}.tar.xz"
    return [archives.tar_xz(built, target, top=name, extra=extra, moment=int(source_time())), _sbom(built, name)]


def for_windows(built: Path) -> list[Path]:
    """Make the installer and the portable archive for Windows; `makensis` runs on every system."""
    name = f"hashiya-{VERSION}-windows-x64"
    portable = {"portable.txt": (_HERE / "windows/portable.txt").read_bytes()}
    moment = int(source_time())
    for file in (built / "hashiya.exe", built / "hashiya.com"):
        sign(file)
    return [
        nsis(built, DIST / f"{name}-setup.exe"),
        archives.zipped(built, DIST / f"{name}-portable.zip", top="Hashiya", extra=portable, moment=moment),
        _sbom(built, name),
    ]


def nsis(built: Path, target: Path) -> Path:
    """Make the Windows installer with NSIS; raise ToolMissing without it."""
    usual = Path(os.environ.get("PROGRAMFILES(X86)", "")) / "NSIS" / "makensis.exe"
    tool = shutil.which("makensis") or (str(usual) if usual.is_file() else None)
    if tool is None:
        raise ToolMissing("NSIS is missing: install it (Debian: apt-get install nsis; Windows: nsis.sourceforge.io).")
    kilobytes = sum(path.stat().st_size for path in built.rglob("*") if path.is_file()) // 1024
    defined = {"VERSION": VERSION, "BUILT": built, "TARGET": target, "KILOBYTES": kilobytes,
               **({"SIGN": os.environ["HASHIYA_SIGN_COMMAND"]} if os.environ.get("HASHIYA_SIGN_COMMAND") else {}),
               "ICON": built.parents[1] / "work" / "build" / "hashiya.ico"}  # fmt: skip
    target.parent.mkdir(parents=True, exist_ok=True)
    mark = "/D" if tool.endswith(".exe") else "-D"
    command = [tool, "-V2" if mark == "-D" else "/V2", *(f"{mark}{key}={value}" for key, value in defined.items())]
    subprocess.run([*command, str(_HERE / "windows/installer.nsi")], check=True, env=build_environment())
    sign(target)
    return target


def sign(file: Path) -> None:
    """Sign a Windows program with the command that the environment gives; without one, leave it unsigned."""
    command = os.environ.get("HASHIYA_SIGN_COMMAND")
    if command:
        subprocess.run(f'{command} "{file}"', check=True, shell=True)


def for_mac(built: Path) -> list[Path]:
    """Make the disk image for macOS, signed and notarised when the environment says with whose name."""
    name = f"hashiya-{VERSION}-macos-{os.environ.get('HASHIYA_MAC_ARCH') or platform.machine()}"
    target = DIST / f"{name}.dmg"
    subprocess.run(
        ["sh", str(_HERE / "mac/dmg.sh"), str(built), str(target), f"{NAME} {VERSION}"], check=True, cwd=ROOT
    )
    return [target, _sbom(built, name)]


def _sbom(built: Path, name: str) -> Path:
    """Put the list of what is inside beside the download too, after checking it against its schema."""
    found = next(path for path in built.rglob("sbom.cdx.json") if not path.is_symlink())
    sbom.check_sbom(found)
    return Path(shutil.copyfile(found, DIST / f"{name}.cdx.json"))

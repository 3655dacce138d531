"""`python -m tools.packaging bundle | prove | installers | sums`: the steps of a release; `windows-wine`: all for Windows."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence

from tools.packaging import archives, bundle, installers, prove, windows_wine
from tools.packaging.contents import ROOT
from tools.packaging.proof import Failed


def main(arguments: Sequence[str]) -> int:
    """Run one step; return the exit code."""
    steps: dict[str, Callable[[], None]] = {
        "bundle": bundle.bundle,
        "prove": _prove_with_screen,
        "prove-here": _prove_here,
        "installers": lambda: _say(installers.installers()),
        "mac-keychain": lambda: _run(["sh", str(ROOT / "tools/packaging/mac/keychain.sh")]),
        "windows-wine": _windows_with_screen,
        "windows-wine-here": lambda: windows_wine.build_and_prove(_tell),
        "sums": lambda: _say([archives.write_sums(bundle.DIST)]),
    }
    if len(arguments) != 1 or arguments[0] not in steps:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        steps[arguments[0]]()
    except (Failed, installers.ToolMissing) as error:
        print(error, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        return error.returncode
    return 0


def _prove_with_screen() -> None:
    """Prove in a process of its own, which gets a virtual screen where there is none."""
    command = prove.with_screen([sys.executable, "-m", "tools.packaging", "prove-here"])
    subprocess.run(command, cwd=ROOT, check=True, env=os.environ | bundle.build_environment())


def _prove_here() -> None:
    _say(prove.prove(bundle.folder(), bundle.BUILD / "window.png"))


def _windows_with_screen() -> None:
    windows_wine.windows_python()
    command = prove.with_screen([sys.executable, "-m", "tools.packaging", "windows-wine-here"])
    subprocess.run(command, cwd=ROOT, check=True, env=os.environ | bundle.build_environment())


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True)


def _tell(line: str) -> None:
    print(line, flush=True)


def _say(results: Sequence[object]) -> None:
    for result in results:
        _tell(str(result))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

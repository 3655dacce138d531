"""Proves a frozen application by using it: selftest, window, command line, all the work, one running program, size, speed.

Every proof runs in a temporary home with an Arabic name, so nothing of the user's is touched.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tools.packaging import prove_work
from tools.packaging.bundle import program
from tools.packaging.contents import ROOT
from tools.packaging.proof import PATIENCE, Failed, Proof

# Megabytes. Beside Qt: the libraries of the readers (22 on Linux), those of agreement (55, mostly OpenBLAS); macOS is a guess.
LARGEST = {"linux": 230, "win32": 170, "darwin": 280}
SLOWEST = 1.5  # times the start from the source
_STARTS = 5
_ARABIC = "مراجِع الأخبار"


def prove(built: Path, picture: Path, *, runner: Sequence[str] = (), system: str = sys.platform) -> list[str]:
    """Run every proof; return what was found, one sentence each; raise Failed at the first that fails."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder) / _ARABIC
        home.mkdir()
        proof = Proof(built, home, runner=runner, system=system)
        proofs = (
            size,
            no_network,
            selftest,
            lambda one: window(one, picture),
            command_line,
            prove_work.reading,
            prove_work.writing,
            prove_work.packages,
            prove_work.exchange,
            one_program,
            speed,
        )
        return [prove_one(proof) for prove_one in proofs]


def size(proof: Proof) -> str:
    """Prove that the installed application is not too large."""
    files = [path for path in proof.built.rglob("*") if path.is_file() and not path.is_symlink()]
    found = sum(path.stat().st_size for path in files) / 1e6
    if found > LARGEST[proof.system]:
        raise Failed(f"{found:.0f} MB are more than {LARGEST[proof.system]} MB")
    return f"size: {found:.1f} MB in {len(files)} files (at most {LARGEST[proof.system]} MB)"


def no_network(proof: Proof) -> str:
    """Prove that nothing is inside with which the window could reach a network."""
    found = [path.name for path in proof.built.rglob("*") if "network" in path.name.lower() or "_ssl" in path.name]
    if found:
        raise Failed(f"inside is what only a network needs: {', '.join(found)}")
    return "network: neither Qt's network library nor TLS is inside"


def selftest(proof: Proof) -> str:
    """Prove the application's own selftest, with a console and without one."""
    said = proof.run("--selftest")
    if "everything works" not in said:
        raise Failed(f"the selftest said {said!r}")
    proof.run("--selftest", console=False)
    return said.strip()


def window(proof: Proof, picture: Path) -> str:
    """Prove that the window opens on a real screen, in our fonts, and is not blank."""
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.unlink(missing_ok=True)
    proof.run("--selftest", picture, console=False)
    return look_at(picture)


def look_at(picture: Path) -> str:
    """Look at the picture that the application made of itself; raise Failed unless it is in our fonts and not blank."""
    from PySide6.QtGui import QImage

    from ui.selftest_window import colours

    image = QImage(str(picture))
    fonts, seen = image.text("fonts"), 0 if image.isNull() else colours(image)
    if fonts != "Noto Naskh Arabic" or seen < 50 or image.text("platform") in ("", "offscreen"):
        raise Failed(f"the window's picture shows {seen} colours and the fonts {fonts!r}")
    where, wide, high = image.text("platform"), image.width(), image.height()
    return f"window: {wide}x{high} on {where}, {seen} colours, article in {fonts}"


def command_line(proof: Proof) -> str:
    """Prove the commands in a folder with an Arabic name, in both orders of command and project."""
    project, article, out = (proof.home / name for name in ("عمل.hashiya", "خبر.txt", "خبر.jsonl"))
    article.write_text("قال المتحدث إن الطريق مفتوح.", encoding="utf-8")
    proof.run("new", project, "--reviewer", "سامية", "--empty")
    proof.run(project, "import", article)
    proof.run("export", project, "--format", "jsonl", "--out", out)
    if "قال المتحدث" not in out.read_text(encoding="utf-8"):
        raise Failed("the export does not hold the imported article")
    return f"command line: {proof.run('check', project).splitlines()[0]}"


def one_program(proof: Proof) -> str:
    """Prove that a second start hands its project to the first and ends."""
    project = proof.home / "الثاني.hashiya"
    proof.run("new", project, "--reviewer", "R1")
    settings = proof.home / "settings" / "hashiya.ini"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text("[General]\nreviewer=R1\n", encoding="utf-8")
    with proof.started() as first:
        until(lambda: is_open(proof.home / "data" / "starter.hashiya"), "the first window opens the starter project")
        proof.run(project, console=False)
        until(lambda: is_open(project), "the first window opens the project handed over")
        if first.poll() is not None:
            raise Failed("the first program ended")
        log = proof.home / "logs" / "hashiya.log"
        if not log.is_file():
            raise Failed("no log was written")
    return "one program: the second start handed its project over"


def speed(proof: Proof) -> str:
    """Prove that the start is not much slower than from the source (on this machine, in turns)."""
    if proof.command("x")[0] != str(program(proof.built, console=True)):
        return "speed: not measured under Wine"
    source = [sys.executable, str(ROOT / "main.py"), "--selftest"]
    frozen = proof.command("--selftest", console=False)
    times = [(start_time(proof, source), start_time(proof, frozen)) for _ in range(_STARTS)]
    from_source, from_frozen = (statistics.median(column) for column in zip(*times, strict=True))
    found = (
        f"{from_frozen:.2f} s to the open project, {from_frozen / from_source:.2f} of the source's {from_source:.2f} s"
    )
    if from_frozen > SLOWEST * from_source:
        raise Failed(found)
    return f"speed: {found}"


def start_time(proof: Proof, command: Sequence[str]) -> float:
    """Return how many seconds a start takes until the window shows the project."""
    from PySide6.QtGui import QImage

    picture = proof.home / "start.png"
    begun = time.time()
    subprocess.run([*command, str(picture)], env=proof.environment(proof.home), check=True, stdout=subprocess.DEVNULL)
    return float(QImage(str(picture)).text("shown")) - begun


def with_screen(command: Sequence[str]) -> list[str]:
    """Return a command that has a screen: on Linux without one, a virtual screen."""
    if sys.platform != "linux" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return list(command)
    if not shutil.which("xvfb-run"):
        raise Failed("There is no screen. Install xvfb.")
    return ["xvfb-run", "-a", "-s", "-screen 0 1400x900x24", *command]


def is_open(project: Path) -> bool:
    """Tell whether a program holds a project."""
    return project.with_name(f".{project.name}.holder").exists()


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait until something holds; raise Failed when it takes too long."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise Failed(f"waited in vain: {what}")
        time.sleep(0.1)

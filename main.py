"""The one entry: without a command the window opens; import, export, check and the like run without Qt."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

COMMANDS = frozenset(
    {
        "new", "import", "import-gold", "annotate", "describe", "export", "check", "stats", "evidence", "search", "queue",
        "state", "assign", "agreement", "recognise", "copies", "sensitive", "role", "blind", "workload", "compare", "settle",
        "bundle", "merge", "log", "statistics",
    }
)  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Run what the arguments ask for and return the exit code (0 done, 1 the world failed, 2 wrong usage)."""
    for stream in (sys.stdout, sys.stderr):  # None in a program without a console
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    keep_beside(Path(sys.executable).parent)
    arguments = command_first(arguments)
    if arguments and (arguments[0] in COMMANDS or arguments[0] in ("-h", "--help")):
        from annotator.cli import main as run_command

        if arguments[0] != "export":
            return run_command(arguments)
        from ui.pdf_report import WRITERS  # loads Qt only when a PDF is written

        return run_command(arguments, writers=WRITERS)
    from ui.app import main as open_window

    return open_window(list(arguments))


def command_first(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with the command first: `work.hashiya import …` is the same as `import work.hashiya …`."""
    project, command = (*arguments[:2], "", "")[:2]
    if command in COMMANDS and project not in COMMANDS:
        return [command, project, *arguments[2:]]
    return list(arguments)


def keep_beside(program: Path) -> None:
    """Keep everything of the user beside a portable copy: one whose folder holds `portable.txt`."""
    if getattr(sys, "frozen", False) and (program / "portable.txt").is_file():
        os.environ.setdefault("HASHIYA_HOME", str(program / "Hashiya data"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The one entry: without a command the window opens; import, export, check and the like run without Qt."""

from __future__ import annotations

import sys
from collections.abc import Sequence

COMMANDS = frozenset({"new", "import", "import-gold", "annotate", "export", "check", "stats"})


def main(arguments: Sequence[str]) -> int:
    """Run what the arguments ask for and return the exit code (0 done, 1 the world failed, 2 wrong usage)."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if arguments and (arguments[0] in COMMANDS or arguments[0] in ("-h", "--help")):
        from annotator.cli import main as run_command

        return run_command(arguments)
    from ui.app import main as open_window

    return open_window(list(arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

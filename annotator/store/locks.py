"""One program at a time writes a project: a lock beside the file, and who holds it.

The lock itself is the operating system's and ends with the process, so a crash never leaves a project locked. The name of
the holder lies in a second file, because on Windows a locked file cannot be read.
"""

from __future__ import annotations

import getpass
import socket
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import orjson
from filelock import FileLock, Timeout

from annotator.errors import CannotOpen, ProjectLocked


class ProjectLock:
    """Holds the writing right on a project file from construction to `release`.

    Raises ProjectLocked naming the holder, or CannotOpen when no lock can be made beside the file.
    """

    def __init__(self, project: Path, *, reviewer: str) -> None:
        self._lock = FileLock(_beside(project, ".lock"))
        self._holder = _beside(project, ".holder")
        try:
            self._lock.acquire(blocking=False)
        except Timeout as error:
            raise ProjectLocked(**_read_holder(self._holder)) from error
        except (OSError, NotImplementedError) as error:
            raise CannotOpen(path=project, reason=getattr(error, "strerror", None) or error) from error
        self.name_holder(reviewer)

    def name_holder(self, reviewer: str) -> None:
        """Write down who holds the project, for the sentence that a second program shows."""
        now = datetime.now().astimezone().isoformat(sep=" ", timespec="minutes")[:16]
        holder = {"holder": reviewer or getpass.getuser(), "host": socket.gethostname(), "since": now}
        with suppress(OSError):  # without it the second program is still refused, only less precisely
            self._holder.write_bytes(orjson.dumps(holder))

    def release(self) -> None:
        """Give the project free and remove both files."""
        self._holder.unlink(missing_ok=True)
        self._lock.release()
        with suppress(OSError):  # Windows refuses while another program is just trying the lock
            Path(self._lock.lock_file).unlink(missing_ok=True)


def _beside(project: Path, ending: str) -> Path:
    return project.with_name(f".{project.name}{ending}")


def _read_holder(path: Path) -> dict[str, str]:
    try:
        found = orjson.loads(path.read_bytes())
        return {name: str(found[name]) for name in ("holder", "host", "since")}
    except (OSError, ValueError, KeyError, TypeError):
        return {"holder": "?", "host": "?", "since": "?"}

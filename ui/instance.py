"""One running program a user: a second start hands its files to the first and ends.

No network and no port: the first holds a lock in the user's own folder; a second leaves a request beside it, a file that names
what to open, and the first removes the request when it has taken it. The lock is the operating system's, so a crash never
leaves it behind. Knows no Qt: a second start should be quick.
"""

from __future__ import annotations

import os
import sys
import time
import uuid
from collections.abc import Sequence
from pathlib import Path

from filelock import FileLock, Timeout

from annotator.folders import data_folder

_PATIENCE = 10.0  # seconds; a program that does not answer must not keep the user out
_PAUSE = 0.05
_ENDING = ".request"


def requests_folder() -> Path:
    """Return the folder where requests are left."""
    return data_folder() / "running"


class Instance:
    """This program among those of the same user."""

    def __init__(self, *, patience: float = _PATIENCE) -> None:
        self._patience = patience
        self._lock = FileLock(requests_folder() / "lock")

    def claim(self) -> bool:
        """Become the first, until this program ends; return False while another one is."""
        try:
            requests_folder().mkdir(parents=True, exist_ok=True)
            self._lock.acquire(blocking=False)
        except Timeout:
            return False
        except (OSError, NotImplementedError):  # a folder that cannot be locked: better two windows than none
            return True
        return True

    def release(self) -> None:
        """Let another program be the first."""
        self._lock.release()

    def hand_over(self, paths: Sequence[Path]) -> bool:
        """Ask the first to open files and to show itself; return whether it did, waiting up to `patience` seconds."""
        _let_come_to_front()
        request = leave_request(paths)
        end = time.monotonic() + self._patience
        while request.exists() and time.monotonic() < end:
            if self.claim():  # the first has ended meanwhile
                break
            time.sleep(_PAUSE)
        taken = not request.exists()
        request.unlink(missing_ok=True)
        return taken


def leave_request(paths: Sequence[Path]) -> Path:
    """Write a request, visible only when complete; return its file."""
    folder = requests_folder()
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{time.time_ns():020}-{uuid.uuid4().hex}.draft"
    draft.write_bytes(b"\0".join(os.fsencode(path.absolute()) for path in paths))
    return draft.replace(draft.with_suffix(_ENDING))


def take_requests() -> list[list[Path]]:
    """Return the files of every request that waits, oldest first, and remove the requests."""
    return [paths for request in _waiting() if (paths := _take(request)) is not None]


def any_request() -> bool:
    """Tell whether a request waits."""
    return bool(_waiting())


def _waiting() -> list[Path]:
    return sorted(requests_folder().glob(f"*{_ENDING}"))


def _take(request: Path) -> list[Path] | None:
    try:
        names = request.read_bytes().split(b"\0")
        request.unlink()
    except OSError:  # its sender takes it back, or a virus scanner still reads it
        return None
    return [Path(os.fsdecode(name)) for name in names if name]


def _let_come_to_front() -> None:
    """Pass our right to the foreground on: Windows gives it only to what the user just started."""
    if sys.platform == "win32":
        import ctypes

        any_process = 0xFFFFFFFF
        ctypes.windll.user32.AllowSetForegroundWindow(any_process)

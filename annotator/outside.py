"""What is written outside the project: it never takes the place of a project, and a full disk is told as what it is there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.errors import DiskFull, NoRoom, ProjectInTheWay
from annotator.project_file import is_project


@contextmanager
def written_to(path: Path, *, open_project: Path) -> Iterator[None]:
    """Guard a block that writes to a place outside the open project. Raises ProjectInTheWay or NoRoom."""
    if takes_project(path, open_project):
        raise ProjectInTheWay(path=path)
    with room_for(path):
        yield


@contextmanager
def room_for(path: Path) -> Iterator[None]:
    """Guard a block that makes a new file: no change was lost when the disk is full then. Raises NoRoom."""
    try:
        yield
    except DiskFull as error:
        raise NoRoom(path=path) from error


def takes_project(path: Path, open_project: Path) -> bool:
    """Tell whether what is written there would take the place of the open project or of another one."""
    try:  # the first bytes of the open one may still be in its log
        return path.is_file() and (path.samefile(open_project) or is_project(path))
    except OSError:  # what cannot be read is left to whoever writes
        return False

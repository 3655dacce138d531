"""What a project file is known by, so that nothing else is ever written in its place."""

from __future__ import annotations

from pathlib import Path

from annotator.errors import ProjectInTheWay

ENDING = ".hashiya"
APPLICATION_ID = 0x48534859  # "HSHY", see PRAGMA application_id
_APPLICATION = slice(68, 72)  # where a database says whose it is: https://www.sqlite.org/fileformat.html, 1.3.15


def is_project(path: Path) -> bool:
    """Tell whether a file is a project: by its ending, or by its first bytes, which a new one may still have in its log.

    Raises OSError.
    """
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return path.suffix == ENDING or file.read(_APPLICATION.stop)[_APPLICATION] == APPLICATION_ID.to_bytes(4, "big")


def keep_projects(path: Path) -> None:
    """Raise ProjectInTheWay if what is to be written there would take the place of a project."""
    try:
        found = is_project(path)
    except OSError:  # what cannot be read is left to whoever writes
        return
    if found:
        raise ProjectInTheWay(path=path)

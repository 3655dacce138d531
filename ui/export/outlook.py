"""What an export would write, and whether its place is free, found out before anything is written. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from pathlib import Path

from annotator import Project, ProjectError
from annotator.errors import CannotWrite, FolderInTheWay, ProjectInTheWay
from annotator.exporting import losses_path
from annotator.language import N_, Sentence
from annotator.outside import takes_project
from annotator.package.writing import is_package
from ui.export.wish import Choice

_NO_NAME = N_("Say where to: a name is missing.")
_NO_FOLDER = N_("There is no folder {path}.")
_A_FOLDER = N_("{path} is a folder: give the file a name of its own.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an export goes: a path that somebody chose, or a folder and a name of which a free form is sought.

    An empty `ending` means a folder of files; `packed` a package.
    """

    folder: Path
    name: str
    ending: str
    packed: bool = False
    chosen: Path | None = None

    def path(self) -> Path:
        """Return the chosen path, or the first free one: `name.csv`, `name 2.csv` … . Looks at the disk."""
        if self.chosen:
            return self.chosen
        numbers = ("" if number == 1 else f" {number}" for number in count(1))
        return next(path for one in numbers if not _is_taken(path := self.folder / f"{self.name}{one}{self.ending}"))


@dataclass(frozen=True, slots=True)
class Outlook:
    """How much is written and where; `problem` says why it cannot be, `replaces` that something is there already."""

    articles: int = 0
    annotations: int = 0
    path: Path = Path()
    replaces: bool = False
    problem: Sentence | None = None


def outlook(project: Project, choice: Choice, place: Place) -> Outlook:
    """Return what an export would be."""
    try:
        articles, annotations = project.counted(choice.selection(project))
        path = place.path()
        return Outlook(articles, annotations, path, path.exists(), _in_the_way(path, place, project.path))
    except ProjectError as error:
        return Outlook(problem=error.sentence)
    except OSError as error:  # a name that is too long, a folder that may not be looked into
        return Outlook(problem=CannotWrite(path=place.chosen or place.folder, reason=error.strerror or error).sentence)


def _is_taken(path: Path) -> bool:
    return path.exists() or losses_path(path).exists()


def _in_the_way(path: Path, place: Place, open_project: Path) -> Sentence | None:
    """Say what is wrong with a place, if anything is."""
    if not path.name:
        return Sentence(_NO_NAME)
    if not path.parent.is_dir():
        return Sentence(_NO_FOLDER, {"path": path.parent})
    if takes_project(path, open_project):
        return ProjectInTheWay(path=path).sentence
    if place.ending or path.suffix.lower() == ".zip":
        return Sentence(_A_FOLDER, {"path": path}) if path.is_dir() else None
    return FolderInTheWay(path=path).sentence if path.exists() and not _may_go(path, place) else None


def _may_go(path: Path, place: Place) -> bool:
    """Tell whether an export may take the place of a folder: of an earlier one, or of one that is empty."""
    earlier = is_package(path) if place.packed else losses_path(path).is_file()
    return path.is_dir() and (earlier or not any(path.iterdir()))

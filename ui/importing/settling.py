"""Which files of watched folders are new and whole. No Qt: it is told what lies there, look by look.

A file is whole when its size and time are the same in two looks. What was dealt with is remembered on this machine, by size
and time, so that an import that was taken back does not come again by itself.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from annotator.errors import ProjectError
from annotator.folders import settings_folder
from annotator.readers import knows
from annotator.writers.target import whole_file

Trace = tuple[int, int]
"""Size in bytes and time of the last change in nanoseconds."""
_UNFINISHED = frozenset({".tmp", ".part", ".partial", ".crdownload", ".download", ".opdownload", ".filepart", ".swp"})
_MOST_FOLDERS = 400


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies in watched folders: files with size and time, and which folders are not there.

    `folders` are those whose changes tell of something new: themselves with all in them, and the ones they lie in, for nobody
    tells of a folder that it is moved away or comes back.
    """

    files: Mapping[Path, Trace] = field(default_factory=dict)
    folders: tuple[Path, ...] = ()
    gone: tuple[Path, ...] = ()


def list_folders(folders: Iterable[Path], project: Path) -> Listing:
    """Look what lies in folders and all that is in them, but for the project's own files and unfinished ones."""
    files: dict[Path, Trace] = {}
    inner: list[Path] = []
    gone: list[Path] = []
    for folder in folders:
        inner += [one for one in folder.parents if one.is_dir()][:1]
        if not folder.is_dir():
            gone.append(folder)
        for path, names in _walk(folder):
            inner.append(path)
            files |= _traces(path, names, project)
    return Listing(files, tuple(inner[:_MOST_FOLDERS]), tuple(gone))


def is_candidate(path: Path, project: Path) -> bool:
    """Tell whether a file may be an article: of a format we read, not hidden, not unfinished, not the project's."""
    name = path.name
    if name.startswith((".", "~")) or path.suffix.lower() in _UNFINISHED or not knows(path):
        return False
    return not (path.parent == project.parent and name.startswith(project.name))


class Settling:
    """Tells, look by look, which files are new and whole."""

    def __init__(self, project: Path) -> None:
        name = sha256(str(project.absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:24]
        self._path = settings_folder() / "watched" / f"{name}.json"
        self._done = _read(self._path)
        self._before: Mapping[Path, Trace] = {}
        self._held: dict[Path, Trace] = {}
        self.is_restless = False

    def look(self, listing: Listing) -> list[Path]:
        """Take what lies there now; return what is new and has not changed since the last look, each time only once."""
        fresh = {path: trace for path, trace in listing.files.items() if self._is_new(path, trace)}
        whole = [path for path, trace in fresh.items() if self._before.get(path) == trace]
        self._before = {path: trace for path, trace in fresh.items() if path not in set(whole)}
        self.is_restless = bool(self._before)
        self._held |= {path: fresh[path] for path in whole}
        return sorted(whole, key=str)

    def finish(self, paths: Iterable[Path]) -> None:
        """Remember that files were dealt with."""
        done = {str(path): list(self._held[path]) for path in paths if path in self._held}
        self._done |= done
        if done:
            with suppress(
                OSError, ProjectError
            ):  # a disk that cannot be written costs another look at the next start, no more
                _write(self._path, self._done)

    def give_back(self, paths: Iterable[Path]) -> None:
        """Forget that files were told: the next looks tell them again."""
        for path in paths:
            self._held.pop(path, None)

    def _is_new(self, path: Path, trace: Trace) -> bool:
        return self._held.get(path) != trace and tuple(self._done.get(str(path), ())) != trace


def _walk(folder: Path) -> Iterator[tuple[Path, list[str]]]:
    for path, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        yield Path(path), names


def _traces(folder: Path, names: Iterable[str], project: Path) -> dict[Path, Trace]:
    found: dict[Path, Trace] = {}
    for path in (folder / name for name in names):
        if is_candidate(path, project):
            with suppress(OSError):  # it went away between two glances
                told = path.stat()
                found[path] = (told.st_size, told.st_mtime_ns)
    return found


def _read(path: Path) -> dict[str, list[int]]:
    """Return what was remembered; a file that is broken counts as none."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    entries = found.items() if isinstance(found, dict) else ()
    return {name: trace for name, trace in entries if isinstance(trace, list) and len(trace) == 2}


def _write(path: Path, done: Mapping[str, list[int]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as file:
        file.write(json.dumps(done).encode())

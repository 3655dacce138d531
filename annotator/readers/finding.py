"""The walk: from what a person chose, or a folder holds, to the files that can be read, in an order that is always the same.

Folders and ZIP archives are gone through to the bottom. What cannot be read is said with its path; what nobody means to import
(hidden files, those of the system, the pictures of a saved page) is passed over in silence.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.errors import ProjectError
from annotator.file_errors import LinkLeftOut, UnknownKind, UnsafeArchive
from annotator.language import N_, Sentence
from annotator.readers import knows, recognises
from annotator.readers.archives import SIGNATURE, Archive, Budget, Found
from annotator.readers.saved_page import is_companion
from annotator.readers.source_file import SourceFile, on_disk, unreadable

_OF_THE_SYSTEM = frozenset(
    {"thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information"}
)
_OF_BRAT = frozenset({"annotation.conf", "visual.conf", "tools.conf", "kb_shortcuts.conf"})
_OURS = (".hashiya", ".hashiya-wal", ".hashiya-shm")
_MARKS = (".ann", ".jsonld")  # annotations of a text beside them, read together with it
_HIDDEN = 0x2  # FILE_ATTRIBUTE_HIDDEN of Windows


def walk(paths: Iterable[Path | SourceFile]) -> Iterator[Found]:
    """Yield the files of all paths, or with its path the error that says why one is not read.

    A file that was chosen itself is always yielded, also when its kind is unknown, and links to it are followed.
    """
    chosen = list(paths)
    names = {one for one in chosen if isinstance(one, Path)}
    for one in chosen:
        if isinstance(one, SourceFile):
            yield from _unpacked(one, chosen=True)
        elif not any(one.with_suffix(ending) in names for ending in _MARKS if one.suffix.lower() == ".txt"):
            yield from _chosen(one)


def _chosen(path: Path) -> Iterator[Found]:
    try:
        if path.is_dir():
            yield from _within(path)
        else:
            yield from _unpacked(on_disk(path), chosen=True)
    except ProjectError as error:
        yield path, error
    except OSError as error:
        yield path, unreadable(error)


def _within(folder: Path) -> Iterator[Found]:
    """Yield what a folder holds. Folders wait on a list: nesting deeper than Python's stack is no trouble."""
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            mode = path.lstat().st_mode if path != folder else stat.S_IFDIR
            if stat.S_ISDIR(mode):
                waiting.extend(reversed(_entries(path)))
            elif stat.S_ISLNK(mode):
                yield path, LinkLeftOut()
            else:
                yield from _unpacked(on_disk(path), chosen=False)
        except ProjectError as error:
            yield path, error
        except OSError as error:
            yield path, unreadable(error)


def _entries(folder: Path) -> list[Path]:
    """Return what in a folder is worth a look, sorted by name."""
    with os.scandir(folder) as found:
        names = sorted(entry.name for entry in found if not (_is_hidden(entry) or _is_of_page(entry)))
    return [folder / name for name in _without_texts_of_marks(names)]


def _is_of_page(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False) and is_companion(Path(entry.path) / "any")


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    return _is_passed_over(entry.name) or bool(attributes & _HIDDEN)


def _is_passed_over(name: str) -> bool:
    return name.startswith((".", "~$")) or name.casefold() in _OF_THE_SYSTEM | _OF_BRAT or name.lower().endswith(_OURS)


def _without_texts_of_marks(names: Iterable[str]) -> list[str]:
    """Return the names without the texts that come in with the annotations beside them."""
    names = list(names)
    texts = {f"{name[: -len(ending)]}.txt" for name in names for ending in _MARKS if name.endswith(ending)}
    return [name for name in names if name not in texts]


def _unpacked(source: SourceFile, *, chosen: bool) -> Iterator[Found]:
    """Yield a file, or of an archive its members."""
    try:
        archive = _as_archive(source)
        if archive is None:
            yield source if chosen else _known(source)
            return
    except ProjectError as error:
        yield source.path, error
        return
    yield from _members(archive, source.path, Budget())


def _as_archive(source: SourceFile) -> Archive | None:
    ending = source.path.suffix.lower()
    if ending != ".zip" and (knows(source.path) or source.head(len(SIGNATURE)) != SIGNATURE):
        return None
    archive = Archive(source)
    return None if archive.is_document() else archive


def _members(archive: Archive, path: Path, budget: Budget) -> Iterator[Found]:
    try:
        found = list(archive.files())
    except ProjectError as error:
        yield path, error
        return
    wanted = _wanted([one.path.relative_to(path) for one in found if isinstance(one, SourceFile)])
    for one in found:
        if not isinstance(one, SourceFile):
            yield one
        elif one.path.relative_to(path) not in wanted:
            continue
        elif not budget.spend(one.size):
            yield path, UnsafeArchive(reason=Sentence(N_("with the archives in it, it holds too much.")))
            return
        else:
            yield from _member(archive, one, budget)


def _member(archive: Archive, member: SourceFile, budget: Budget) -> Iterator[Found]:
    try:
        inner = archive.nested(member) if member.path.suffix.lower() == ".zip" else None
        if inner is None or inner.is_document():
            yield _known(member)
            return
    except ProjectError as error:
        yield member.path, error
        return
    yield from _members(inner, member.path, budget)


def _wanted(names: list[Path]) -> set[Path]:
    """Return which members are worth a look, by the rules for folders."""
    folders: dict[Path, list[str]] = {}
    for name in names:
        folders.setdefault(name.parent, []).append(name.name)
    kept = {folder / name for folder, inner in folders.items() for name in _without_texts_of_marks(inner)}
    there = frozenset(names).__contains__
    return {name for name in kept if not any(map(_is_passed_over, name.parts)) and not is_companion(name, exists=there)}


def _known(source: SourceFile) -> Found:
    """Return a file of a folder or an archive if we read its kind, by its ending or else its first bytes."""
    if knows(source.path) or recognises(source.head()):
        return source
    ending = source.path.suffix or Sentence(N_("without an ending"))
    return source.path, UnknownKind(ending=ending)

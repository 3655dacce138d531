"""A page that a browser saved "complete" lies in two parts: the page, and a folder of its pictures, scripts and frames."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

_PAGES = (".html", ".htm", ".xhtml", ".mhtml", ".mht")
# What browsers append to the name of the page, by language.
_FOLDERS = (
    "_files",
    "-files",
    "_fichiers",
    "-Dateien",
    "-filer",
    "-bestanden",
    "_archivos",
    "_ملفات",
    "-ملفات",
    " ملفات",
)


def is_companion(path: Path, *, exists: Callable[[Path], bool] = Path.is_file) -> bool:
    """Tell whether a file only belongs to a page that was saved "complete": it lies in the folder beside that page.

    `exists` tells whether there is a file; archives give their own.
    """
    return any(_is_folder_of_page(folder, exists) for folder in path.parents)


def _is_folder_of_page(folder: Path, exists: Callable[[Path], bool]) -> bool:
    names = (folder.name.removesuffix(ending) for ending in _FOLDERS if folder.name.endswith(ending))
    return any(name and exists(folder.parent / f"{name}{page}") for name in names for page in _PAGES)

"""Pages that a browser saved: where a page was saved from and when, and which files beside it only belong to it.

Browsers write the address into a comment (`saved from url=(0042)https://…`), SingleFile address and time, the Internet Archive
the time. A page saved "complete" has a folder beside it with its pictures, scripts and frames.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from annotator.readers.published import published

_HEAD = 20_000
_TAIL = 5_000
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{4,5}\)(\S{1,2000}?)\s*-->", re.I)
_SINGLE_FILE = re.compile(
    r"<!--\s*Page saved with SingleFile\s+url:\s*(?P<url>\S{1,2000})\s+saved date:\s*(?P<date>[^\n]{1,120})", re.I
)
_ARCHIVED = re.compile(r"FILE ARCHIVED ON (\d\d:\d\d:\d\d) ([A-Z][a-z]{2}) (\d\d), (\d{4})")
_PAGES = (".html", ".htm", ".xhtml", ".mhtml", ".mht")
# What browsers and Windows append to the name of the page, by language; "-Dateien" and the like are theirs.
_FOLDERS = (
    "_files", ".files", "-files", "_file", "_fichiers", "-Dateien", "_archivos", "_arquivos", "_ficheiros", "_bestanden",
    "-filer", "_pliki", "_dosyalar", "_soubory", "_tiedostot", "_elemei", "_ملفات", "-ملفات", " ملفات",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SavedFrom:
    """The address that a page was saved from and when (UTC); empty where the file does not tell."""

    url: str = ""
    captured_at: str = ""


def saved_from(text: str) -> SavedFrom:
    """Return what the comments of a saved page tell."""
    head = text[:_HEAD]
    single, browser = _SINGLE_FILE.search(head), _SAVED_FROM.search(head)
    archived = _ARCHIVED.search(text[-_TAIL:])
    url = single["url"] if single else browser[1] if browser else ""
    time, month, day, year = archived.groups() if archived else ("", "", "", "")
    captured = (
        published(single["date"] if single else f"{day} {month} {year} {time} +0000") if single or archived else ""
    )
    return SavedFrom(url if is_address(url) else "", captured)


def is_address(url: str) -> bool:
    """Tell whether a string is an address of the web."""
    return url.lower().startswith(("http://", "https://"))


def is_companion(path: Path, *, exists: Callable[[Path], bool] = Path.is_file) -> bool:
    """Tell whether a file only belongs to a page that was saved "complete": it lies in the folder beside that page.

    `exists` tells whether there is a file; archives give their own.
    """
    return any(_is_folder_of_page(folder, exists) for folder in path.parents)


def _is_folder_of_page(folder: Path, exists: Callable[[Path], bool]) -> bool:
    names = (folder.name.removesuffix(ending) for ending in _FOLDERS if folder.name.endswith(ending))
    return any(name and exists(folder.parent / f"{name}{page}") for name in names for page in _PAGES)

"""A page that a browser saved "complete" lies in two parts: the page, and a folder of its pictures and styles."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PAGE = re.compile(r"(.+)\.(?:html?|xhtml|shtml)", re.IGNORECASE)
# As Firefox, Chrome and Edge call it in the languages of our users: NAME_files, NAME-Dateien, ملفات NAME …
_ENDINGS = (
    "_files",
    "_file",
    "-files",
    "_fichiers",
    "-Dateien",
    "-filer",
    "-bestanden",
    "_archivos",
    "_ملفات",
    "-ملفات",
)
_BEGINNINGS = ("ملفات ", "ملفات_")


def companions(names: Iterable[str]) -> frozenset[str]:
    """Return which of the names in one folder are those of folders that belong to a saved page beside them."""
    names = frozenset(names)
    pages = [found[1] for name in names if (found := _PAGE.fullmatch(name))]
    usual = {f"{page}{ending}" for page in pages for ending in _ENDINGS}
    return names & (usual | {f"{beginning}{page}" for page in pages for beginning in _BEGINNINGS})

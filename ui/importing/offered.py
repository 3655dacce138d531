"""What the clipboard holds or what is dragged over the window, as sources of an import."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData

from annotator.incoming import AnyFile
from annotator.readers import knows
from ui.importing.sources import pasted
from ui.translate import tr

_ADDRESS = re.compile(r"\s*[a-z][a-z0-9+.-]*://\S+\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Offer:
    """What can come in, or the sentence that says why nothing can. Words without a file need somebody to name them."""

    sources: tuple[AnyFile, ...] = ()
    refused: str = ""
    are_words: bool = False


def offer_of(data: QMimeData | None, *, name: str = "clipboard") -> Offer:
    """Return what is offered: files of this machine before HTML, and HTML before plain text."""
    if data is None:  # so says an empty clipboard on some systems
        return Offer(refused=_nothing())
    files = tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    if files:
        return Offer(files)
    text = data.text()
    if data.hasUrls() or _ADDRESS.fullmatch(text):
        return Offer(
            refused=tr("This is only an address: Hashiya fetches nothing from the network. Save the page first.")
        )
    if data.hasHtml() and text.strip() and knows(Path("page.html")):
        return Offer((pasted("html", data.html(), name=name),), are_words=True)
    if text.strip():
        return Offer((pasted("txt", text, name=name),), are_words=True)
    return Offer(refused=_nothing())


def _nothing() -> str:
    return tr("There is no text here that could become an article.")

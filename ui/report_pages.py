"""The pages of the PDF report: each article as it is printed, with all its claims in words behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import BinaryIO

from PySide6.QtCore import QIODevice, QTemporaryFile
from PySide6.QtGui import QGuiApplication

from annotator.errors import DiskFull
from annotator.language import N_, catalogue
from annotator.model import Annotation, Label, MarkedArticle, MarkedProject
from annotator.writers.claim_words import COLUMNS, Telling, ToldClaim
from annotator.writers.standing import Standing
from ui.boilerplate import greyed_of
from ui.fonts import add_fonts
from ui.page.marks import Mark
from ui.page.paper.device import pdf_on
from ui.page.paper.printout import LegendEntry, Note, Printout
from ui.page.printing import book
from ui.translate import isolated, set_language, tr

TITLE, CAUTION = N_("Marked articles"), N_("A claim is what somebody says. This report makes none of them a fact.")
_CHUNK = 1 << 20


def write_pages(project: MarkedProject, out: BinaryIO) -> None:
    """Print all articles into a PDF file, in the project's language. Raises DiskFull.

    Where no window is open, Qt is started for it without one, and that language becomes the interface's.
    """
    if QGuiApplication.instance() is None:
        set_language(project.language)
        _start()
    file = QTemporaryFile()
    try:
        _print(project, file)
        _copy(file, out)
    finally:
        file.remove()


def _print(project: MarkedProject, file: QTemporaryFile) -> None:
    if not file.open():
        raise DiskFull
    for _ in book(_Printouts(project), pdf_on(file, tr(TITLE))):
        if file.error() != QTemporaryFile.FileError.NoError:
            raise DiskFull


@cache
def _start() -> QGuiApplication:
    """Start Qt without a window; it goes on until the program ends."""
    app = QGuiApplication(["hashiya", "-platform", "offscreen"])
    add_fonts()
    return app


def _copy(file: QIODevice, out: BinaryIO) -> None:
    file.seek(0)
    while some := file.read(_CHUNK):
        out.write(some.data())


class _Printouts:
    """The articles as they are to be printed; where there is none, one sheet that says so."""

    def __init__(self, project: MarkedProject) -> None:
        self._project = project
        self._labels = {label.key: label for label in project.label_set.labels} if project.label_set else {}
        translate = catalogue(project.language).gettext
        self._telling = Telling(project.label_set, Standing(project.entities), translate, project.language)

    def __iter__(self) -> Iterator[Printout]:
        empty = True
        for marked in self._project:
            empty = False
            yield self._printout(marked)
        if empty:
            yield Printout(title=tr("Nothing was chosen."), text="", footer=tr(CAUTION))

    def _printout(self, marked: MarkedArticle) -> Printout:
        article, claims = marked.article, {one.annotation.id: one for one in self._telling.claims(marked)}
        counts = Counter(one.label for one in marked.annotations)
        return Printout(
            title=article.title,
            text=article.text,
            file=article.source.file,
            sha256=article.sha256,
            marks=tuple(self._mark(one, claims.get(one.id)) for one in marked.annotations),
            legend=tuple(
                LegendEntry(self._name(one.key), one.colour, one.style, counts[one.key], one.long)
                for one in self._labels.values()
                if counts[one.key]
            ),
            notes=tuple(
                Note(one.id, one.quote, self._name(one.label), one.reviewer, one.note)
                for one in marked.annotations
                if one.note
            ),
            footer=tr(CAUTION),
            greyed=greyed_of(article.boilerplate),
            claims={identity: _in_full(told) for identity, told in claims.items()},
        )

    def _mark(self, one: Annotation, claim: ToldClaim | None) -> Mark:
        label = self._labels.get(one.label) or Label(one.label, {}, "#6b7280", "")
        name = f"{self._name(one.label)} · {isolated(one.reviewer)}"
        card = tuple(filter(None, (claim.who, claim.cue, *claim.verdicts))) if claim else ()
        return Mark(one.id, one.start, one.end, label.colour, label.style, label.long, name, card, one.to_confirm)

    def _name(self, key: str) -> str:
        label = self._labels.get(key)
        return label.names.get(self._project.language, key) if label else key


def _in_full(told: ToldClaim) -> tuple[str, ...]:
    """Return what is said of a claim, each with its heading; what is said stands above it."""
    headed = zip(COLUMNS[1:], told.cells, strict=True)
    return tuple(
        f"{tr(heading)}: {isolated(' · '.join(cell.split(chr(10))))}"
        for heading, cell in headed
        if cell and cell != told.annotation.quote
    )

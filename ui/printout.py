"""What the window prints of the shown article: its text, its marks, a legend of the labels used, and the notes."""

from __future__ import annotations

from annotator import Annotation, Label
from annotator.model import Direction
from ui.boilerplate import greyed_of
from ui.page.marks import Mark
from ui.page.paper.printout import LegendEntry, Note, Printout
from ui.snapshot import Snapshot
from ui.translate import isolated, language


def printout_of(now: Snapshot, marks: tuple[Mark, ...], *, family: str, direction: Direction | None) -> Printout | None:
    """Return the shown article as it is to be printed; None when none is shown."""
    article = now.article
    if article is None or now.path is None:
        return None
    names = {label.key: label.names.get(language(), label.key) for label in now.labels}
    return Printout(
        title=article.title,
        text=article.text,
        file=article.source.file,
        sha256=article.sha256,
        direction=direction,
        marks=marks,
        legend=tuple(entry for label in now.labels if (entry := _entry(label, now.annotations)).count),
        notes=tuple(
            Note(one.id, one.quote, names.get(one.label, one.label), one.reviewer, one.note)
            for one in now.annotations
            if one.note
        ),
        family=family,
        greyed=greyed_of(article.boilerplate),
        footer=f"{isolated(now.path.stem)} · {isolated(now.reviewer)}",
    )


def _entry(label: Label, annotations: tuple[Annotation, ...]) -> LegendEntry:
    count = sum(one.label == label.key for one in annotations)
    return LegendEntry(label.names.get(language(), label.key), label.colour, label.style, count, label.long)

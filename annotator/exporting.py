"""Taking a project out: stream the marked articles to a writer, and leave word of what the format could not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from annotator.errors import ProjectError
from annotator.language import N_, Sentence
from annotator.model import ExportReport, MarkedArticle, MarkedProject
from annotator.store import claims, queries, reading, register
from annotator.store.database import Connection
from annotator.store.marked import marked_articles
from annotator.writers import writer_for
from annotator.writers.writer import whole_file

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]


class ExportCancelled(ProjectError):
    """The user stopped an export; nothing was left behind."""

    template = N_("The export was stopped. No file was written.")


class _Count:
    """Passes marked articles on and counts them, with progress and the user's wish to stop."""

    def __init__(self, total: int, progress: Progress | None, cancel: Cancel | None) -> None:
        self.total = total
        self.articles = 0
        self.annotations = 0
        self._progress = progress
        self._cancel = cancel

    def passing(self, marked: Iterator[MarkedArticle]) -> Iterator[MarkedArticle]:
        for one in marked:
            if self._cancel and self._cancel():
                raise ExportCancelled
            yield one
            self.articles += 1
            self.annotations += len(one.annotations)
            if self._progress:
                self._progress(self.articles, self.total)


def export(
    connection: Connection, name: str, out: Path, *, progress: Progress | None = None, cancel: Cancel | None = None
) -> ExportReport:
    """Write the project in a format; a loss report lies beside the file when something did not fit.

    Raises UnknownFormat, CannotWrite, DiskFull or ExportCancelled; in each case no file is left.
    """
    writer = writer_for(name)
    count = _Count(queries.count_articles(connection), progress, cancel)
    with whole_file(out) as file:
        losses = writer.write(_marked_project(connection, count), file)
    _report_losses(out, losses)
    return ExportReport(out, count.articles, count.annotations, losses)


def _marked_project(connection: Connection, count: _Count) -> MarkedProject:
    return MarkedProject(
        articles=count.passing(marked_articles(connection)),
        label_set=queries.label_set(connection),
        entities=register.all_entities(connection),
        relations=claims.relations(connection),
        readings=reading.readings(connection),
        assignments=reading.assignments(connection),
        copies=reading.copies(connection),
        filters=reading.filters(connection),
    )


def _report_losses(out: Path, losses: tuple[Sentence, ...]) -> None:
    """Write the loss report beside the export, or remove one that an earlier export left there."""
    path = out.with_name(f"{out.name}.losses.txt")
    if not losses:
        path.unlink(missing_ok=True)
        return
    with whole_file(path) as file:
        file.write("".join(f"{loss}\n" for loss in losses).encode("utf-8"))

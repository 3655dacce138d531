"""The PDF report as a format: what the window prints, for every article that is exported, one after the other.

Qt is loaded only when a report is written: the command line knows the format without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from annotator import formats
from annotator.errors import MissingPackage
from annotator.language import N_
from annotator.model import MarkedArticle, MarkedProject
from annotator.writers.left_out import leave_out
from annotator.writers.losses import ACROSS, FORMS, Losses
from annotator.writers.target import Target
from annotator.writers.writer import Writer


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write all articles into one PDF file, each from a new page on. Raises MissingPackage where there is no Qt."""
    if not formats.is_available(WRITER):
        raise MissingPackage(package=WRITER.needs)
    from ui.report_pages import write_pages

    def noted() -> Iterator[MarkedArticle]:
        for marked in project:
            leave_out(losses, marked, FORMS, ACROSS)
            yield marked

    with target.file() as file:
        write_pages(replace(project, articles=noted()), file)


WRITER = Writer(
    "pdf",
    N_("PDF report: the marked pages, to print and to send"),
    ".pdf",
    write,
    needs="PySide6",
    keeps=N_(
        "Each article with its marks as the window prints it; behind it all claims and notes. "
        "Leaves out ids, offsets and the register."
    ),
)
WRITERS: tuple[Writer, ...] = (*formats.WRITERS, WRITER)
"""All formats that the program offers, with those that need Qt."""

"""What an import did, in lines that can be read and copied. No Qt."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.import_report import file_name
from annotator.reports import ImportReport, RefusedFile
from ui.importing.words import number
from ui.translate import isolated, say, tr, trn


def heading(report: ImportReport) -> str:
    """Return the most important of it in one line."""
    came, there, undecided = len(report.imported), report.there, len(report.undecided)
    left, refused = len(report.skipped) - there, len(report.failed)
    parts = [
        trn("{count} article imported", "{count} articles imported", came, shown=number(came)),
        trn("{count} was there already", "{count} were there already", there, shown=number(there)) if there else "",
        trn("{count} left out", "{count} left out", left, shown=number(left)) if left else "",
        trn("{count} could not be read", "{count} could not be read", refused, shown=number(refused))
        if refused
        else "",
        trn("{count} not decided", "{count} not decided", undecided, shown=number(undecided)) if undecided else "",
    ]
    return " · ".join(filter(None, parts))


def lines(report: ImportReport) -> list[str]:
    """Return what became of each file: first what needs somebody, last what simply came in."""
    return [
        *_whole(report),
        *(_line("×", one) for one in report.failed),
        *(_line("?", one) for one in report.undecided),
        *(_line("!", one) for one in report.lost),
        *_imported(report),
        *(_line("=", one) for one in report.skipped),
    ]


def _whole(report: ImportReport) -> Iterator[str]:
    """Yield what holds for the import as a whole."""
    if report.stopped:
        yield say(report.stopped)
        yield tr("What came in stays. Importing the same again goes on from there.")
    if report.cancelled:
        yield tr("The import was stopped; what came in before stays.")
    counts = (
        (
            report.annotations,
            trn("{count} annotation came along", "{count} annotations came along", report.annotations),
        ),
        (report.carried, trn("{count} annotation carried over", "{count} annotations carried over", report.carried)),
        (report.copies, trn("{count} copy of another text", "{count} copies of another text", report.copies)),
        (report.entities, trn("{count} came into the register", "{count} came into the register", report.entities)),
        (report.relations, trn("{count} link between claims", "{count} links between claims", report.relations)),
    )
    yield from (words for count, words in counts if count)


def _imported(report: ImportReport) -> Iterator[str]:
    for one in report.imported:
        sure = "" if one.confidence is None else f" ({one.confidence:.0%})"
        yield f"✓ {isolated(file_name(one.file))}: {isolated(one.title)} · {isolated(one.encoding + sure)}"
        yield from (f"    {say(note)}" for note in one.notes)


def _line(sign: str, one: RefusedFile) -> str:
    return f"{sign} {isolated(file_name(one.file))}: {say(one.reason)}"

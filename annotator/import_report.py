"""What an import did, as a file to keep: text for people, CSV for tables, JSON for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from annotator.language import N_, Sentence, Translate
from annotator.reports import ImportReport, RefusedFile
from annotator.survey import Found, Survey
from annotator.values import details_value
from annotator.writers.sheet import unrunnable
from annotator.writers.target import whole_file

_HEAD = ("outcome", "file", "article", "title", "encoding", "confidence", "reason")
_TOLD = ("skipped", "undecided", "failed", "lost")
_HEADINGS = {
    "imported": N_("Imported"),
    "skipped": N_("Passed over"),
    "undecided": N_("Left for later"),
    "failed": N_("Refused"),
    "lost": N_("Annotations that could not be carried over"),
}


def save_report(report: ImportReport, path: Path, translate: Translate) -> None:
    """Write the report as JSON, CSV or text, by the ending of the name. Raises CannotWrite or DiskFull."""
    ending = path.suffix.lower()
    if ending == ".json":
        data = orjson.dumps(report_record(report, translate), option=orjson.OPT_INDENT_2, default=str)
    elif ending == ".csv":
        data = _csv(report, translate).encode("utf-8-sig")
    else:
        data = "".join(f"{line}\n" for line in report_lines(report, translate)).encode("utf-8")
    with whole_file(path) as file:
        file.write(data)


def report_record(report: ImportReport, translate: Translate) -> dict[str, Any]:
    """Return the report as plain values."""
    rows = list(_rows(report, translate))
    found = {outcome: [_told(row) for row in rows if row["outcome"] == outcome] for outcome in ("imported", *_TOLD)}
    counts = {name: getattr(report, name) for name in ("annotations", "entities", "relations", "copies", "carried")}
    stopped = report.stopped.translated(translate) if report.stopped else None
    return found | counts | {"cancelled": report.cancelled, "stopped": stopped, "stopped_at": report.stopped_at}


def report_lines(report: ImportReport, translate: Translate) -> Iterator[str]:
    """Yield the report as lines of text: how it ended, and each kind of outcome with its files."""
    yield summary(report, translate)
    yield from ending(report, translate)
    rows = list(_rows(report, translate))
    for outcome, heading in _HEADINGS.items():
        own = [row for row in rows if row["outcome"] == outcome]
        if own:
            yield from ("", f"{translate(heading)} ({len(own)})")
        for row in own:
            told = (row["file"], row["title"], row["article"], row["encoding"], row["reason"])
            yield "  " + " · ".join(str(one) for one in told if one)


def summary(report: ImportReport, translate: Translate) -> str:
    """Return one sentence that counts what became of everything."""
    template = N_(
        "{imported} imported, {there} already there, {left} left out, {failed} refused, {annotations} annotations."
    )
    return translate(template).format(
        imported=len(report.imported), there=report.there, left=len(report.skipped) - report.there,
        failed=len(report.failed), annotations=report.annotations,
    )  # fmt: skip


def file_name(path: Path) -> str:
    """Return what a file is called where room is dear: its name, and behind that of the archive if it lies in one."""
    folders = list(path.parents)[::-1]
    archive = next((at for at, folder in enumerate(folders) if folder.suffix.lower() == ".zip"), None)
    return path.name if archive is None else path.relative_to(folders[archive].parent).as_posix()


def ending(report: ImportReport, translate: Translate) -> Iterator[str]:
    """Yield what else is to be said: what waits for somebody, and whether the import came to its end."""
    if report.undecided:
        sentence = Sentence(N_("{count} left for later: somebody should look at them first."))
        yield Sentence(sentence.template, {"count": len(report.undecided)}).translated(translate)
    if report.stopped:
        details = {"file": report.stopped_at or "", "reason": report.stopped}
        yield Sentence(N_("The import stopped at {file}: {reason}"), details).translated(translate)
    if report.stopped or report.cancelled:
        yield translate(N_("What came in stays. Importing the same again goes on from there."))


def survey_record(survey: Survey, translate: Translate) -> dict[str, Any]:
    """Return a survey as plain values."""
    tables = {str(path): {"columns": one.columns, "mapping": dict(one.mapping)} for path, one in survey.tables.items()}
    return {
        "found": [_found_record(one, translate) for one in survey.found],
        "refused": [{"file": one.file, "reason": one.reason.translated(translate)} for one in survey.refused],
        "tables": tables,
        "truncated": survey.truncated,
        "cancelled": survey.cancelled,
    }


def _found_record(found: Found, translate: Translate) -> dict[str, Any]:
    names = (
        "file",
        "number",
        "url",
        "encoding",
        "confidence",
        "length",
        "sha256",
        "same_as",
        "corrects",
        "annotations",
    )
    record = {name: getattr(found, name) for name in names} | details_value(found.details)
    near = [{"title": one.title, "similarity": round(one.similarity, 3), "key": one.key} for one in found.near]
    notes = [note.translated(translate) for note in found.notes]
    return record | {"certain": found.certain, "near": near, "notes": notes}


def _rows(report: ImportReport, translate: Translate) -> Iterator[dict[str, Any]]:
    for one in report.imported:
        notes = [note.translated(translate) for note in one.notes]
        yield {
            "outcome": "imported", "file": one.file, "article": one.article, "title": one.title,
            "encoding": one.encoding, "confidence": one.confidence, "reason": " ".join(notes), "notes": notes,
        }  # fmt: skip
    for outcome in _TOLD:
        told: list[RefusedFile] = getattr(report, outcome)
        for refused in told:
            yield dict.fromkeys(_HEAD, "") | {
                "outcome": outcome, "file": refused.file, "reason": refused.reason.translated(translate),
            }  # fmt: skip


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """Return of a row what says something."""
    names = ("file", "article", "title", "encoding", "confidence", "notes") if "notes" in row else ("file", "reason")
    return {name: row[name] for name in names}


def _csv(report: ImportReport, translate: Translate) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_HEAD)
    writer.writerows([_safe(row[name]) for name in _HEAD] for row in _rows(report, translate))
    return out.getvalue()


def _safe(value: Any) -> Any:
    """Return a value that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return unrunnable(text)

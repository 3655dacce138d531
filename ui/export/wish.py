"""What an export is asked to be, and doing it in the worker. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from annotator import ExportReport, PackageDetails, PackageReport, Project, Selection
from annotator.exporting import Cancel, Progress
from annotator.language import N_
from annotator.redaction import Profile
from annotator.selecting import ALL
from annotator.writers.writer import Writer

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("To keep and to read back"), ("jsonl",)),
    (N_("Tables"), ("xlsx", "csv", "parquet")),
    (N_("Reports for people"), ("html", "pdf")),
    (N_("Training"), ("conll", "conllu", "spacy", "prodigy")),
    (N_("Other annotation tools"), ("uima", "webanno", "brat", "doccano", "labelstudio")),
    (N_("The web, archives, research"), ("w3c", "tei", "refi")),
    (N_("Maps, events, fact-checking"), ("geojson", "events", "claims", "bayanat")),
)
"""The formats by what they are for, in the order in which they are offered."""


def name_of(project: str, writer: Writer, *, packed: bool, zipped: bool) -> tuple[str, str]:
    """Return a sensible name, and the ending, of what a project is exported to; a folder has no ending."""
    if packed:
        return f"{project}-package", ".zip" if zipped else ""
    return (project if writer.ending == f".{writer.name}" else f"{project}-{writer.name}"), writer.ending


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which part of the project is asked for. `articles` are ids that were chosen in the queue, None for no such choice."""

    articles: frozenset[str] | None = None
    filter: str = ""
    since: str = ""
    labels: frozenset[str] = frozenset()
    layer: str = ALL

    def selection(self, project: Project) -> Selection:
        """Return the selection that it means, as the project stands. Raises BadFilter or BadMoment."""
        found = project.selection(labels=self.labels, layer=self.layer, filter=self.filter, since=self.since)
        if self.articles is None:
            return found
        return replace(found, articles=self.articles if found.articles is None else self.articles & found.articles)


@dataclass(frozen=True, slots=True)
class ExportWish:
    """An export as it is asked for; a package where there are `details`, else one format.

    `asked_at` is the moment before which all changes are in it.
    """

    writers: tuple[Writer, ...]
    path: Path
    choice: Choice = field(default_factory=Choice)
    redaction: Profile | None = None
    strict: bool = False
    language: str = "en"
    details: PackageDetails | None = None
    asked_at: str = field(default_factory=_now)

    def job(self, progress: Progress, cancel: Cancel) -> Callable[[Project], ExportReport | PackageReport]:
        """Return what the worker is to do."""
        return lambda project: self._done(project, progress, cancel)

    def _done(self, project: Project, progress: Progress, cancel: Cancel) -> ExportReport | PackageReport:
        selection = self.choice.selection(project)
        if self.details is not None:
            return project.export_package(
                self.writers, self.path, details=self.details, selection=selection, redaction=self.redaction,
                strict=self.strict, language=self.language, progress=progress, cancel=cancel,
            )  # fmt: skip
        return project.export(
            self.writers[0], self.path, selection=selection, redaction=self.redaction, strict=self.strict,
            language=self.language, progress=progress, cancel=cancel,
        )  # fmt: skip

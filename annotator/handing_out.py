"""Handing a project out as a package that its receiver understands without asking."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from annotator.exporting import Cancel, Progress
from annotator.open_project import OpenProject
from annotator.outside import written_to
from annotator.package.details import PackageDetails
from annotator.package.writing import export_package
from annotator.redaction import Profile
from annotator.reports import PackageReport
from annotator.selecting import EVERYTHING, Selection
from annotator.store import database
from annotator.writers.writer import Writer

NOTHING_SAID = PackageDetails()


class HandingOut(OpenProject):
    """The part of the project that makes packages."""

    def export_package(
        self,
        formats: Sequence[str | Writer],
        out: str | Path,
        *,
        details: PackageDetails = NOTHING_SAID,
        selection: Selection = EVERYTHING,
        redaction: Profile | None = None,
        strict: bool = False,
        language: str = "en",
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> PackageReport:
        """Write a folder, or a ZIP where the path ends in `.zip`, of the project in these formats, described and with hashes.

        `redaction` says what must not be told. With `strict`, nothing is written if any of the formats would lose anything;
        `language` is that of reports for people.
        Raises what `export` raises.
        """
        with written_to(Path(out), open_project=self.path), database.failures_of(self.path):
            return export_package(
                self._connection, formats, Path(out),
                selection=selection, details=details, redaction=redaction, strict=strict, language=language,
                progress=progress, cancel=cancel,
            )  # fmt: skip

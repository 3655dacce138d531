"""Getting articles into a project: the survey before, and the import itself."""

from __future__ import annotations

from collections.abc import Generator, Iterable

from annotator.importing import Importer
from annotator.incoming import AnyFile, Incoming
from annotator.model import ImportReport
from annotator.open_project import OpenProject
from annotator.survey import Cancel, Choices, Progress, Survey
from annotator.surveying import Surveyor

_NO_CHOICES: Choices = {}
_PART = 0.1  # seconds: short enough that whoever works meanwhile hardly waits


class Articles(OpenProject):
    """The part of the project that takes articles in."""

    def survey(
        self,
        paths: Iterable[AnyFile],
        *,
        encoding: str | None = None,
        choices: Choices = _NO_CHOICES,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> Survey:
        """Tell what files, and folders with all that is in them, hold, and what of it is there already; write nothing.

        Of `choices` only the options are looked at: how each file is to be read. `progress` gets a `Pace`.
        """
        incoming = Incoming(paths, encoding=encoding, choices=choices, progress=progress, cancel=cancel)
        return Surveyor(self._connection, incoming).run()

    def import_files(
        self,
        paths: Iterable[AnyFile],
        *,
        encoding: str | None = None,
        choices: Choices = _NO_CHOICES,
        only_certain: bool = False,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> ImportReport:
        """Import files, and folders with all that is in them; what is refused is reported with a reason.

        `choices` are what was decided after a survey. With `only_certain`, what somebody should look at first is left for
        later and reported as undecided. `progress` gets a `Pace`; when `cancel()` is true the import stops. What came in before
        that, or before the disk was full, stays; importing the same again goes on from there.
        """
        self._need_writing()
        incoming = Incoming(paths, encoding=encoding, choices=choices, progress=progress, cancel=cancel)
        importer = Importer(
            self._connection, self._log, reviewer=self._reviewer, told=self._tell, only_certain=only_certain
        )  # fmt: skip
        return importer.run(incoming)

    def import_in_parts(
        self,
        paths: Iterable[AnyFile],
        *,
        choices: Choices = _NO_CHOICES,
        only_certain: bool = False,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> Generator[None, None, ImportReport]:
        """Import like `import_files`, pausing about ten times a second; the generator returns the report.

        In the pauses the project may be changed; all that the import brings is one step nevertheless. It must not be undone
        before it has ended.
        """
        self._need_writing()
        incoming = Incoming(paths, encoding=None, choices=choices, progress=progress, cancel=cancel)
        importer = Importer(
            self._connection, self._log, reviewer=self._reviewer, told=self._tell, only_certain=only_certain
        )  # fmt: skip
        return importer.run_in_parts(incoming, seconds=_PART)

"""Printing from the window: asking where to, the work itself in slices with progress and a way to stop, and how it ended.

Painting belongs to the window's own thread, so it is done a little at a time between the window's other events.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QFileDevice, QIODevice, QObject, QSaveFile, QStandardPaths, QTimer, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from annotator.errors import CannotWrite, DiskFull, ProjectError
from annotator.project_file import keep_projects
from ui.dialogs.progress import Progress
from ui.page.paper.device import a4, pdf_on
from ui.page.paper.printout import Printout
from ui.page.printing import NoPrinter, pages
from ui.translate import tr

SLICE = 12  # milliseconds after which the window's events are looked at again
NEEDS_PRINTER = sys.platform in ("win32", "darwin")  # their own dialog does not open without one, and says nothing
_FINE = 1000  # steps of the progress shown
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200b-\u200f\u2028-\u202e\u2066-\u2069]+')


class Printing(QObject):
    """Prints articles for a window, one at a time. Every job ends with exactly one of the signals."""

    finished = Signal(object)  # the path of the PDF; None when it went to a printer
    failed = Signal(object)  # a ProjectError
    stopped = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._steps: Iterator[float] | None = None
        self._path: Path | None = None
        self._progress: Progress | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._work)

    @property
    def is_busy(self) -> bool:
        """Whether something is being printed."""
        return self._steps is not None

    def print(self, printout: Printout) -> QPrintDialog | None:
        """Ask for printer and paper, then print; return the open dialog, or None if there is no printer to ask for."""
        printer = QPrinter()
        if NEEDS_PRINTER and printer.outputFormat() != QPrinter.OutputFormat.NativeFormat:
            self.failed.emit(NoPrinter())
            return None
        printer.setDocName(printout.title)
        printer.setPageLayout(a4())
        dialog = QPrintDialog(printer, self._window)
        dialog.setWindowTitle(tr("Print"))
        dialog.finished.connect(lambda result: self.print_on(printout, printer) if result else None)
        QDialog.open(dialog)  # its own `open` wants to be told whom to call
        return dialog

    def save_pdf(self, printout: Printout, folder: Path | None = None) -> QFileDialog:
        """Ask for the name of a PDF file, then write it; return the dialog, which is open."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self._window, tr("Save as PDF"), str(folder or documents), tr("PDF files (*.pdf)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(file_name(printout.title))
        dialog.fileSelected.connect(lambda chosen: self.write_pdf(printout, Path(chosen)))
        dialog.open()
        return dialog

    def print_on(self, printout: Printout, printer: QPrinter) -> None:
        """Print on a printer: the pages, copies and order that were chosen for it."""
        steps = pages(printout, printer, choose=lambda count: chosen_pages(printer, count))
        self._start(steps, tr("Printing…"), None)

    def write_pdf(self, printout: Printout, path: Path) -> None:
        """Write a PDF file on A4; it appears under its name only when it is whole."""
        self._start(pdf_steps(printout, path), tr("Writing the PDF…"), path)

    def stop(self) -> None:
        """Stop what is being printed; a PDF file is not left behind."""
        if self.is_busy:
            self._end()
            self.stopped.emit()

    # -- inside ---------------------------------------------------------------------------------------------------

    def _start(self, steps: Iterator[float], text: str, path: Path | None) -> None:
        self.stop()
        self._steps, self._path = steps, path
        self._progress = Progress(text, self._window)
        self._progress.canceled.connect(self.stop)
        self._timer.start(0)

    def _work(self) -> None:
        """Do a slice of the work."""
        clock = QElapsedTimer()
        clock.start()
        try:
            while self._steps and clock.elapsed() < SLICE:
                self._tell(next(self._steps))
        except StopIteration:
            self._end()
            self.finished.emit(self._path)
        except ProjectError as error:
            self._end()
            self.failed.emit(error)

    def _tell(self, done: float) -> None:
        if self._progress:
            self._progress.tell(round(done * _FINE), _FINE)

    def _end(self) -> None:
        self._timer.stop()
        steps, self._steps = self._steps, None
        if steps:
            steps.close()  # type: ignore[attr-defined]
        if self._progress:
            self._progress.canceled.disconnect(self.stop)
            self._progress.finish()
            self._progress = None


def pdf_steps(printout: Printout, path: Path) -> Iterator[float]:
    """Write a PDF file, a little at each step; whoever stops early closes the iterator, and no file is left.

    Raises ProjectInTheWay, CannotWrite or DiskFull.
    """
    keep_projects(path)
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise _failure(file, path)
    whole = False
    try:
        for step in pages(printout, pdf_on(file, printout.title)):
            if file.error() != QFileDevice.FileError.NoError:
                raise _failure(file, path)
            yield step
        whole = True
    finally:
        if not whole:
            file.cancelWriting()
        if not file.commit() and whole:
            raise _failure(file, path)


def chosen_pages(printer: QPrinter, count: int) -> Iterable[int]:
    """Return the numbers, from 0, of the pages that were chosen for a printer, as often and in the order it wants them."""
    numbers = list(range(count))
    if printer.printRange() == QPrinter.PrintRange.PageRange and not printer.pageRanges().isEmpty():
        numbers = [number for number in numbers if printer.pageRanges().contains(number + 1)]
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        numbers.reverse()
    copies = 1 if printer.supportsMultipleCopies() else max(printer.copyCount(), 1)
    return numbers * copies if printer.collateCopies() else [number for number in numbers for _ in range(copies)]


def file_name(title: str) -> str:
    """Return a file name made of a title, without what no file system takes."""
    words = " ".join(_NOT_IN_NAMES.sub(" ", title).split())[:60].strip(" .")
    return f"{words or tr('Article')}.pdf"


def _failure(file: QSaveFile, path: Path) -> ProjectError:
    if file.error() == QFileDevice.FileError.ResourceError:
        return DiskFull()
    return CannotWrite(path=path, reason=file.errorString())

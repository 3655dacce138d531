"""The one place that catches what nobody expected: a report without any article text, and a word to the user."""

from __future__ import annotations

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import IO

from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QMessageBox

from annotator import __version__
from annotator.folders import log_folder
from ui.translate import isolated, tr

_log = logging.getLogger("hashiya")
_LARGEST, _KEPT = 500_000, 2  # bytes of a log file, older files beside it
_fatal: IO[str] | None = None  # stays open as long as the program may end without Python's knowing


def start_reports() -> None:
    """Report every crash from now on: in the window's thread, in others, and outside of Python; and keep a log."""
    sys.excepthook, threading.excepthook = report_crash, report_thread
    qInstallMessageHandler(_take_qt_message)
    start_log()
    _log.info("start: Hashiya %s, Python %s, %s", __version__, platform.python_version(), platform.platform())


def end_reports() -> None:
    """Let Qt's last words go where they always went: Python may be gone before them."""
    _log.info("end")
    qInstallMessageHandler(None)
    if _fatal:
        faulthandler.disable()
        _fatal.close()


def start_log() -> None:
    """Write the program's log into the user's log folder; where that is not possible, do without."""
    global _fatal
    try:
        log_folder().mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            log_folder() / "hashiya.log", maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8"
        )
        _fatal = (log_folder() / "fatal.log").open("a", encoding="utf-8")
    except OSError:
        return
    faulthandler.enable(_fatal)  # writes the places in the program, no values
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)


def report_crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Write a crash report and tell the user where it is; to be set as `sys.excepthook`."""
    path = _write_report(kind, trace)
    _log.error("crash: %s, report in %s", kind.__name__, path)
    if sys.stderr is not None:
        traceback.print_exception(kind, error, trace)
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
    elif QApplication.instance():
        _tell(path)


def report_thread(crash: threading.ExceptHookArgs) -> None:
    """Write a crash report for a thread that is not the window's, which cannot show a dialog."""
    path = _write_report(crash.exc_type, crash.exc_traceback)
    _log.error("crash in a thread: %s, report in %s", crash.exc_type.__name__, path)


def _tell(path: Path) -> None:
    """Show where the report is, unless that is being shown already: what fails in painting fails again and again."""
    if any(isinstance(widget, _Crash) and widget.isVisible() for widget in QApplication.topLevelWidgets()):
        return
    dialog = _Crash(path)
    dialog.exec()
    dialog.deleteLater()


class _Crash(QMessageBox):
    def __init__(self, path: Path) -> None:
        text = tr("Something went wrong in Hashiya. What was stored is safe. A report lies in {path}.")
        super().__init__(QMessageBox.Icon.Critical, tr("Hashiya"), text.format(path=isolated(str(path))))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


def _write_report(kind: type[BaseException], trace: TracebackType | None) -> Path:
    """Write where the program failed, but not the error's message: that could quote an article."""
    lines = "".join(traceback.format_tb(trace))
    text = f"Hashiya {__version__}\nPython {sys.version}\n{platform.platform()}\n\n{lines}{kind.__name__}\n"
    path = log_folder() / f"crash-{datetime.now():%Y%m%d-%H%M%S}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError:
        _log.error("the crash report could not be written")
    return path


def _take_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Put what Qt says into the log too: a program without a console has nowhere else to say it."""
    if kind is not QtMsgType.QtDebugMsg:
        _log.warning("Qt: %s", message)
    if sys.stderr is not None:
        print(message, file=sys.stderr)

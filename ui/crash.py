"""The one place that catches what nobody expected: a report without any article text, and a word to the user."""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication, QMessageBox

from annotator import __version__
from annotator.folders import log_folder
from ui.translate import tr

_log = logging.getLogger("hashiya")


def start_log() -> None:
    """Write the program's log into the user's log folder; where that is not possible, do without."""
    try:
        log_folder().mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(log_folder() / "hashiya.log", maxBytes=500_000, backupCount=2, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)


def report_crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Write a crash report and tell the user where it is; to be set as `sys.excepthook`."""
    path = _write_report(kind, trace)
    _log.error("crash: %s, report in %s", kind.__name__, path)
    if sys.stderr is not None:
        traceback.print_exception(kind, error, trace)
    if QApplication.instance() and QApplication.platformName() != "offscreen":
        text = tr("Something went wrong in Hashiya. What was stored is safe. A report lies in {path}.")
        QMessageBox.critical(None, tr("Hashiya"), text.format(path=path))


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

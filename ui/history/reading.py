"""Reads the history for the window: a page at a time in the worker's thread, and anew after each change that can be seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from annotator import Project
from annotator.errors import UnknownAnnotation, UnknownArticle
from annotator.log_entry import LogEntry
from ui.session import Session

_PAGE = 60
_PAUSE = 200  # milliseconds after a change
PERIODS: Mapping[str, int | None] = {"any": None, "today": 0, "week": 6, "month": 29}
"""Choices of time: how many whole days before today they reach back."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the history is wanted; the empty ones mean all."""

    article: str = ""
    annotation: str = ""
    reviewer: str = ""
    since: str = ""


class Pages(QObject):
    """Gives the entries that are `asked` for: those of the first page with `begun`, older ones with `grown`."""

    begun = Signal(list)
    grown = Signal(list)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._asked: Asked | None = None
        self._last, self._ended, self._under_way = "", True, False
        self._looking, self._round = False, 0
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self.read)
        session.things_changed.connect(self._follow)

    def look(self, looking: bool) -> None:
        """Say whether somebody looks at the history: only then is it read."""
        self._looking = looking

    def ask(self, asked: Asked | None) -> None:
        """Want other entries; None wants nothing."""
        self._asked = asked
        self.read()

    def read(self) -> None:
        """Read the first page."""
        if not self._looking:
            return
        self._round += 1
        if self._asked is None or self._session.now.path is None:
            self._ended = True
            self.begun.emit([])
        else:
            self._run("", self._round)

    def read_older(self) -> None:
        """Read the next page, unless there is none or it is on its way."""
        if not (self._ended or self._under_way) and self._looking:
            self._run(self._last, self._round)

    def _run(self, before: str, number: int) -> None:
        asked, self._under_way = self._asked, True
        self._session.run(
            lambda project: _page(project, asked, before), lambda page: self._take(page, number, first=not before)
        )

    def _take(self, page: list[LogEntry], number: int, *, first: bool) -> None:
        if number != self._round:
            return
        self._under_way, self._ended = False, len(page) < _PAGE
        self._last = page[-1].step if page else self._last
        (self.begun if first else self.grown).emit(page)

    def _follow(self, _: object) -> None:
        if self._looking:
            self._pause.start()


def _page(project: Project, asked: Asked | None, before: str) -> list[LogEntry]:
    """Return a page; none of what was taken out of the project meanwhile."""
    wanted: dict[str, Any] = asdict(asked or Asked())
    try:
        return project.log(**wanted, before=before, limit=_PAGE)
    except (UnknownArticle, UnknownAnnotation):
        return []


def since_of(period: str) -> str:
    """Return when a choice of time begins, by this computer's days; empty for any time."""
    days = PERIODS[period]
    if days is None:
        return ""
    today = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return (today - timedelta(days=days)).astimezone(UTC).isoformat()

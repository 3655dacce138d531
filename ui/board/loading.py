"""Brings the claims of the project to the board: read in the worker's thread, and their words folded there, bit by bit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from time import perf_counter
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from annotator import Project
from ui.board.claims import Claims
from ui.session import Session

KINDS = frozenset({"annotation", "article", "frame", "verdict", "relation", "link", "entity", "label", "attribute"})
UNVEILING = frozenset({"reading", "reviewer"})  # by what a reviewer in blind mode may see more than before
_FIRST = 500
_AT_ONCE = 5_000  # claims folded before the worker may do something else: some 50 ms
_PAUSE, _LONGEST_PAUSE = 150, 3_000


class Loading(QObject):
    """Reads the claims anew when something has changed, but only while somebody looks."""

    loaded = Signal(object)  # Claims, whose words may not be folded yet; the first ones alone when there are many
    folded = Signal()
    _begun = Signal(object, int)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._claims = Claims()
        self._looking, self._stale, self._round, self._began = False, True, 0, 0.0
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self.load)
        self._begun.connect(self._show_first, Qt.ConnectionType.QueuedConnection)
        session.things_changed.connect(self._changed)
        session.project_changed.connect(self._forget)

    def look(self, looking: bool) -> None:
        """Say whether somebody looks at the board; what changed meanwhile is read at once."""
        self._looking = looking
        if looking and self._stale:
            self.load()

    def load(self) -> None:
        """Read all claims."""
        if self._session.now.path is None or not self._looking:
            return
        self._stale, self._began = False, perf_counter()
        self._round += 1
        number, before = self._round, self._claims
        self._session.run(
            lambda project: read(project, before, lambda claims: self._begun.emit(claims, number)),
            lambda claims: self._take(claims, number),
        )

    def _changed(self, things: Mapping[str, frozenset[str]]) -> None:
        unveiled = (self._session.now.blind and things.keys() & UNVEILING) or "setting" in things
        if things.keys() & KINDS or unveiled:
            self._stale = True
            if self._looking:
                self._pause.start()

    def _forget(self) -> None:
        """Another project: nothing of the one before is of use."""
        self._stale, self._claims = True, Claims()
        self._round += 1
        self.loaded.emit(self._claims)
        if self._looking:
            self.load()

    def _show_first(self, claims: Claims, number: int) -> None:
        if number == self._round:
            self.loaded.emit(claims)

    def _take(self, claims: Claims, number: int) -> None:
        if number != self._round:
            return
        self._claims = claims
        # A project whose claims take long to read is read less often, so that the worker has time for the reader's keys.
        self._pause.setInterval(min(_PAUSE + round((perf_counter() - self._began) * 2000), _LONGEST_PAUSE))
        self.loaded.emit(claims)
        self._fold(claims, number)

    def _fold(self, claims: Claims, number: int) -> None:
        if number != self._round:
            return
        if not claims.is_folded:
            self._session.run(lambda _: claims.fold_some(_AT_ONCE), lambda _: self._fold(claims, number))
        else:
            self._session.run(lambda _: claims.prepare(), lambda _: self._told(number))

    def _told(self, number: int) -> None:
        if number == self._round:
            self.folded.emit()


def read(project: Project, before: Claims, begun: Callable[[Claims], None]) -> Claims:
    """Read all claims of a project, with what is needed to name what they hold.

    Where none were shown before, the first ones are handed on at once: reading a hundred thousand takes a while.
    """
    stream, labels = project.claim_rows(), project.label_set()
    rows = list(islice(stream, _FIRST))
    if not before.rows and len(rows) == _FIRST:
        begun(Claims(list(rows), labels, whole=False))
    rows += stream
    named = {row.source_entity_key for row in rows} | {row.place_entity_key for row in rows}
    names = {key: project.entity(str(UUID(bytes=key))).name for key in named if key}
    return Claims(rows, labels, names, before)

"""Brings the rows of all articles to the queue, and brings them up to date after each change, in the worker's thread.

The first rows come at once; a change has only those rows read that it touches. One reading is under way at a time, so each goes
on from what the one before left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from annotator import Project
from annotator.queue_rows import QueueRows
from ui.session import Session

KINDS = frozenset({
    "article", "annotation", "frame", "link", "verdict", "reading", "assignment", "copy", "decision", "settlement", "setting",
    "reviewer",
})  # fmt: skip
_FIRST = 300
_PAUSE = 40  # milliseconds after a change, so that the next key is stored before these rows are read
_AT_ONCE = 5_000  # titles folded before something else may be thought about: some 20 ms


class Loading(QObject):
    """Reads the rows of the session's project and follows its changes."""

    loaded = Signal(object)  # QueueRows

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._rows = QueueRows()
        self._changed: defaultdict[str, set[str]] = defaultdict(set)
        self._asked: Mapping[str, Collection[str]] = {}
        self._reading, self._missing, self._round = False, True, 0
        self._dropped: list[object] = []
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._follow)
        session.things_changed.connect(self._note)
        session.failed.connect(self._give_up)
        session.project_changed.connect(self.load)
        if session.now.path:
            self.load()

    @property
    def is_reading(self) -> bool:
        """Whether rows are still missing, or some may be out of date."""
        return self._reading or bool(self._changed)

    def load(self) -> None:
        """Read everything anew: another project, or another reviewer."""
        self._round += 1
        self._dropped += self._rows.rows  # they would die with the last who knows them, all at once and in the window
        number, self._rows, self._reading, self._missing = self._round, QueueRows(), True, True
        self._changed.clear()
        self._session.run(lambda project: project.queue_start(_FIRST), lambda rows: self._take_first(rows, number))

    def _take_first(self, rows: QueueRows, number: int) -> None:
        if not isValid(self) or number != self._round:
            return
        if rows.whole:
            self._take(rows, number)
            return
        self._session.run(lambda project: project.queue(), lambda rows: self._take(rows, number))
        self.loaded.emit(rows)
        self._let_go()

    def _note(self, things: Mapping[str, frozenset[str]]) -> None:
        touched = {kind: ids for kind, ids in things.items() if kind in KINDS}
        for kind, ids in touched.items():
            self._changed[kind] |= ids
        if touched:
            self._pause.start()

    def _follow(self) -> None:
        if self._reading or not self._changed:
            return
        if self._missing:
            self.load()
            return
        before, number, self._reading = self._rows, self._round, True
        ids = self._asked = {kind: frozenset(found) for kind, found in self._changed.items()}
        self._changed.clear()
        self._session.run(lambda project: _after(project, before, ids), lambda rows: self._take(rows, number))

    def _take(self, rows: QueueRows, number: int) -> None:
        if not isValid(self) or number != self._round:
            return
        self._rows, self._reading, self._missing, self._asked = rows, False, False, {}
        if self._changed:
            self._pause.start()
        self.loaded.emit(rows)
        self._let_go()
        self._fold(rows)

    def _give_up(self) -> None:
        """Let go of a reading that may have failed; what it was to find out is read with the next change."""
        if self._reading:
            self._round += 1
            self._reading = False
            for kind, ids in self._asked.items():
                self._changed[kind] |= set(ids)

    def _let_go(self) -> None:
        """Let go of the rows of a project before this one elsewhere, and a little at a time."""
        if isValid(self) and self._dropped:
            self._session.think(self._drop_some, lambda _: self._let_go())

    def _drop_some(self) -> None:
        del self._dropped[-_AT_ONCE:]

    def _fold(self, rows: QueueRows) -> None:
        """Fold the titles beforehand, so that the first word that is sought need not wait for it."""
        if isValid(self) and rows is self._rows and not rows.is_folded:
            self._session.think(lambda: rows.fold_some(_AT_ONCE), lambda _: self._fold(rows))


def _after(project: Project, before: QueueRows, ids: Mapping[str, Collection[str]]) -> QueueRows:
    return project.queue_after(before, ids)

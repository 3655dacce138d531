"""What can be done with the chosen articles: done or not, flags, handing out, grouping, exporting. All change in one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from annotator import Project
from annotator.queue_rows import QueueRow
from ui.queue.assigning import Assigning
from ui.queue.grouping import Grouping
from ui.session import Session
from ui.translate import running, tr, trn

_MOST_GROUPED = 500  # articles that somebody can look through


class Doing(QObject):
    """Changes the articles that `chosen` gives: those chosen in the list, or else the one on the page."""

    note_wanted = Signal()
    compare_wanted = Signal()
    export_wanted = Signal(object)
    recognition_wanted = Signal(object)
    told = Signal(str)

    def __init__(self, session: Session, chosen: Callable[[], Sequence[QueueRow]], parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._chosen, self._window = session, chosen, parent

    def toggle_done(self) -> None:
        """Say of the articles that one is done with them; when all are, that one is not."""
        self.set_state("todo" if all(row.state == "done" for row in self._chosen()) else "done")

    def set_state(self, state: str) -> None:
        """Say of the articles that one is done with them, or not."""
        ids = self._ids()
        self._change(lambda project: project.set_state(ids, state), _told_state(state))

    def toggle_flag(self) -> None:
        """Put one's flag on the articles; when all have it, take it off."""
        me = self._session.now.reviewer
        on, ids = not all(me in row.flags for row in self._chosen()), self._ids()
        self._change(lambda project: project.flag(ids, on), _told_flag(on))

    def assign(self) -> None:
        """Ask who gets the articles."""
        rows = self._chosen()
        if rows:
            dialog = Assigning(rows, self._session.now.reviewers, self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.accepted.connect(lambda: self._assign([row.id for row in rows], dialog.given(), dialog.taken()))
            dialog.open()

    def group(self) -> None:
        """Ask which of the articles is the original, and group the others with it as copies of one text."""
        rows = self._chosen()
        if not 1 < len(rows) <= _MOST_GROUPED:
            text = tr("Choose the copies in the queue first, two to {most} of them, with Shift or Ctrl.")
            self.told.emit(running(text.format(most=_MOST_GROUPED)))
            return
        dialog = Grouping(rows, self._session, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._group(dialog.original(), dialog.copies()))
        dialog.open()

    def export(self) -> None:
        """Ask where the articles, and nothing else, are to be exported."""
        self.export_wanted.emit(self._ids())

    def menu(self, parent: QWidget) -> QMenu:
        """Return the menu of what can be done."""
        rows, me = self._chosen(), self._session.now.reviewer
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(rows) > 1:
            menu.addAction(trn("{count} article", "{count} articles", len(rows))).setEnabled(False)
            menu.addSeparator()
        menu.addAction(tr("Mark as done"), lambda: self.set_state("done")).setEnabled(
            any(row.state != "done" for row in rows)
        )
        menu.addAction(tr("Mark as not done"), lambda: self.set_state("todo")).setEnabled(
            any(row.state == "done" for row in rows)
        )
        flagged = bool(rows) and all(me in row.flags for row in rows)
        menu.addAction(tr("Take the flag off") if flagged else tr("Flag"), self.toggle_flag)
        menu.addAction(tr("Note on the article"), self.note_wanted.emit).setEnabled(len(rows) == 1)
        menu.addSeparator()
        menu.addAction(tr("Assign…"), self.assign)
        menu.addAction(tr("Compare…"), self.compare_wanted.emit).setEnabled(len(rows) == 1)
        menu.addAction(tr("Group as copies of one text…"), self.group).setEnabled(1 < len(rows) <= _MOST_GROUPED)
        menu.addSeparator()
        menu.addAction(tr("Recognise page parts…"), lambda: self.recognition_wanted.emit(self._ids())).setEnabled(
            bool(rows)
        )
        menu.addAction(tr("Export these…"), self.export).setEnabled(bool(rows))
        return menu

    def _group(self, original: str, copies: list[str]) -> None:
        self._change(lambda project: len(project.group_copies(original, copies)), _told_grouped)

    def _assign(self, ids: list[str], given: set[str], taken: set[str]) -> None:
        self._change(lambda project: project.assign(ids, given, taking_from=taken), _told_assigned)

    def _ids(self) -> list[str]:
        return [row.id for row in self._chosen()]

    def _change(self, job: Callable[[Project], int], words: Callable[[int], str]) -> None:
        session = self._session
        session.when_idle(
            lambda: session.change(job, then=lambda count: self.told.emit(words(count)) if count else None)
        )


def _told_state(state: str) -> Callable[[int], str]:
    if state == "done":
        return lambda count: trn("{count} article marked as done.", "{count} articles marked as done.", count)
    return lambda count: trn("{count} article marked as not done.", "{count} articles marked as not done.", count)


def _told_flag(on: bool) -> Callable[[int], str]:
    if on:
        return lambda count: trn("{count} article flagged.", "{count} articles flagged.", count)
    return lambda count: trn("The flag of {count} article is off.", "The flags of {count} articles are off.", count)


def _told_grouped(count: int) -> str:
    return trn("{count} article in the group.", "{count} articles in the group of copies.", count)


def _told_assigned(count: int) -> str:
    return trn("{count} article handed out.", "{count} articles handed out.", count)

"""The shown article as a whole, in the inspector while no annotation is selected: state, flag, note, what others say of it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.model import Reading
from ui.lines import Note
from ui.plain import PlainLabel, title_of
from ui.session import Session
from ui.translate import isolated, language, running, tr

_KINDS = frozenset({"article", "reading", "assignment"})
_NOTE_PAUSE = 600  # milliseconds


class ArticleCard(QWidget):
    """Shows what reviewers say of the article, and takes what the reader says. `left` when the keyboard goes to the page."""

    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._article = self._stored = ""
        self._title, self._facts, self._others = PlainLabel(wraps=True), PlainLabel(wraps=True), QVBoxLayout()
        self._lines: list[PlainLabel] = []
        self._done, self._flag, self._note = QPushButton(), QPushButton(), Note()
        self._pause = QTimer(self, interval=_NOTE_PAUSE, singleShot=True)
        self._lay_out()
        self._pause.timeout.connect(self.store_note)
        self._note.textChanged.connect(self._pause.start)
        self._note.left.connect(self.left)
        self._note.put_down.connect(self.store_note)
        self._done.clicked.connect(self._set_state)
        self._flag.clicked.connect(self._set_flag)
        session.article_changed.connect(self.refresh)
        session.things_changed.connect(self._follow)
        session.project_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the session's article."""
        article = self._session.now.article
        if self._article and (article is None or article.id != self._article):
            self.store_note()
        changed = (article.id if article else "") != self._article
        self._article = article.id if article else ""
        if article is None:
            return
        self._title.setText(article.title)
        facts = [isolated(one) for one in (article.outlet, article.date, article.author) if one]
        self._facts.setText(running(" · ".join(facts)))
        self._facts.setVisible(bool(facts))
        self._show_own(replaced=changed)
        self._show_others()

    def _follow(self, things: Mapping[str, frozenset[str]]) -> None:
        """Show what was said of the article; marking annotations must not wait for it."""
        if things.keys() & _KINDS:
            self.refresh()

    def edit_note(self) -> None:
        """Put the keyboard into the note."""
        self._note.setFocus()
        self._note.selectAll()

    def store_note(self) -> None:
        """Store the note now, if it differs from what is stored."""
        self._pause.stop()
        article, note = self._article, self._note.toPlainText().strip()
        if article and note != self._stored:
            self._stored = note
            self._session.when_idle(lambda: self._session.change(lambda project: project.note_article(article, note)))

    # -- inside ---------------------------------------------------------------------------------------------------

    def _show_own(self, *, replaced: bool) -> None:
        own = _own(self._session)
        self._done.setChecked(own is not None and own.state == "done")
        self._flag.setChecked(own is not None and own.flagged)
        note = own.note if own else ""
        # What is being written is not replaced by what was stored a moment ago.
        if replaced or (note != self._stored and self._note.toPlainText().strip() == self._stored):
            self._note.setPlainText(note)
            self._pause.stop()
        self._stored = note

    def _show_others(self) -> None:
        now = self._session.now
        lines = [line for one in now.readings if one.reviewer != now.reviewer for line in _said(one)]
        names = [isolated(one.reviewer) for one in now.assignments]
        if names:
            comma = "، " if language() == "ar" else ", "
            lines.insert(0, running(tr("Assigned to {names}").format(names=comma.join(names))))
        for label in self._lines:
            label.deleteLater()
        self._lines = []
        for line in lines:  # a label for each: in one, the first would say how all of them run
            label = PlainLabel(line, wraps=True)
            label.setProperty("quiet", "true")
            self._others.addWidget(label)
            self._lines.append(label)

    def _set_state(self) -> None:
        article, state = self._article, "done" if self._done.isChecked() else "todo"
        self._session.when_idle(lambda: self._session.change(lambda project: project.set_state([article], state)))

    def _set_flag(self) -> None:
        article, on = self._article, self._flag.isChecked()
        self._session.when_idle(lambda: self._session.change(lambda project: project.flag([article], on)))

    def _lay_out(self) -> None:
        heading = PlainLabel(tr("Article"))
        heading.setObjectName("heading")
        self._done.setText(tr("Done"))
        self._flag.setText(tr("Flag"))
        for button in (self._done, self._flag):
            button.setCheckable(True)
            button.setAutoDefault(False)
        self._facts.setProperty("quiet", "true")
        self._note.setMaximumHeight(110)
        self._note.setTabChangesFocus(True)
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.addWidget(self._done)
        row.addWidget(self._flag)
        row.addStretch(1)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (heading, self._title, self._facts):
            column.addWidget(part)
        column.addLayout(row)
        column.addWidget(title_of(self._note, tr("Note on the article")))
        column.addWidget(self._note)
        column.addLayout(self._others)


def _own(session: Session) -> Reading | None:
    now = session.now
    return next((one for one in now.readings if one.reviewer == now.reviewer), None)


def _said(reading: Reading) -> list[str]:
    """Return what another reviewer says of the article; a note runs as it is written."""
    said = [tr("Done")] if reading.state == "done" else []
    said += [tr("Flagged")] if reading.flagged else []
    said += [tr("Note")] if reading.note else []
    return [running(f"{isolated(reading.reviewer)}: {' · '.join(said)}"), *filter(None, [reading.note])]

"""Comments on an annotation in the inspector: read, write, answer, change one's own, call them resolved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QDateTime, QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from annotator import Project
from annotator.decisions import Comment
from ui.lines import Note
from ui.plain import PlainLabel, heard_title
from ui.queue.flow import FlowLayout
from ui.session import Session
from ui.translate import isolated, language, running, tr, trn

_HEIGHT = 62
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Writing(Note):
    """The field one writes a comment in: Ctrl and Enter send it, Esc leaves it."""

    sent = Signal()

    def event(self, event: QEvent) -> bool:
        """Keep the key that sends from the window, where it says that one is done with the article."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _sends(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _sends(event):
            self.sent.emit()
        else:
            super().keyPressEvent(event)


class CommentCard(QFrame):
    """One comment with what can be done about it."""

    answer_wanted = Signal(str)
    change_wanted = Signal(str)
    removed = Signal(str)
    resolved = Signal(str, bool)

    def __init__(self, comment: Comment, *, own: bool) -> None:
        super().__init__()
        self.comment = comment
        self.setObjectName("comment")
        head = PlainLabel(running(f"{isolated(comment.reviewer)} · {_moment(comment.created_at)}"), wraps=True)
        head.setProperty("quiet", "true")
        self._text = PlainLabel(comment.text, wraps=True)
        column, tools = QVBoxLayout(self), QWidget()
        row = FlowLayout(tools, spacing=2)
        column.setContentsMargins(18 if comment.answer_to else 8, 6, 8, 6)
        column.setSpacing(3)
        column.addWidget(head)
        column.addWidget(self._text)
        if comment.resolved_by:
            said = PlainLabel(running(tr("Resolved by {name}").format(name=isolated(comment.resolved_by))), wraps=True)
            said.setProperty("quiet", "true")
            column.addWidget(said)
        identity, row_of = comment.id, row.addWidget
        if not comment.answer_to:
            row_of(self._tool(tr("Answer"), lambda: self.answer_wanted.emit(identity)))
            done = bool(comment.resolved_by)
            words = tr("Open again") if done else tr("Resolve")
            row_of(self._tool(words, lambda: self.resolved.emit(identity, not done)))
        if own:
            row_of(self._tool(tr("Change"), lambda: self.change_wanted.emit(identity)))
            row_of(self._tool(tr("Remove"), lambda: self.removed.emit(identity)))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        tools.setSizePolicy(policy)
        column.addWidget(tools)

    def _tool(self, words: str, do: Callable[[], None]) -> QToolButton:
        made = QToolButton()
        made.setText(words)
        made.setAutoRaise(True)
        comment = self.comment
        made.setAccessibleName(tr("{action}: comment of {name}").format(action=words, name=isolated(comment.reviewer)))
        made.setAccessibleDescription(comment.text)
        made.clicked.connect(lambda: do())
        return made


class CommentBox(QWidget):
    """The comments on one annotation and the field for another. `left` gives the keyboard back to the page."""

    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._annotation = self._reader = ""
        self._shown: tuple[Comment, ...] | None = None
        self._answering = self._changing = ""
        self._heading, self._doing = PlainLabel(), PlainLabel(wraps=True)
        self._writing, self._send = Writing(), QPushButton(tr("Comment"))
        self._cards: list[CommentCard] = []
        self._column, self._listed = QVBoxLayout(self), QVBoxLayout()
        self._lay_out()
        self._writing.sent.connect(self.send)
        self._writing.left.connect(self._leave)
        self._send.clicked.connect(lambda: self.send())

    def begin(self) -> None:
        """Take the keyboard to write."""
        self._writing.setFocus()

    def show_comments(self, annotation: str) -> None:
        """Show what is said about an annotation."""
        comments = self._session.now.comments.get(annotation, ())
        if annotation != self._annotation:
            self._annotation = annotation
            self._begin("", "", "")
        elif comments == self._shown and self._session.now.reviewer == self._reader:
            return
        self._shown, self._reader = comments, self._session.now.reviewer
        self._fill(_in_threads(comments))
        open_ones = sum(not one.resolved_by and not one.answer_to for one in comments)
        count = trn("{count} comment", "{count} comments", len(comments))
        still = tr("{comments}, {open} open").format(comments=count, open=open_ones) if open_ones else count
        self._heading.setText(still if comments else tr("Comments"))

    def send(self) -> None:
        """Store what was written: a comment, an answer, or one's own in other words."""
        text, annotation = self._writing.toPlainText().strip(), self._annotation
        answering, changing = self._answering, self._changing
        if not text or not annotation:
            return
        self._begin("", "", "")
        if changing:
            self._change(lambda project: project.revise_comment(changing, text))
        else:
            self._change(lambda project: project.comment(annotation, text, answer_to=answering))

    # -- inside ---------------------------------------------------------------------------------------------------

    def _fill(self, comments: list[Comment]) -> None:
        for old in self._cards:
            self._listed.removeWidget(old)
            old.hide()
            old.deleteLater()
        me = self._session.now.reviewer
        self._cards = [CommentCard(one, own=one.reviewer == me) for one in comments]
        for card in self._cards:
            card.answer_wanted.connect(self._answer)
            card.change_wanted.connect(self._revise)
            card.removed.connect(lambda identity: self._change(lambda project: project.remove_comment(identity)))
            card.resolved.connect(self._resolve)
            self._listed.addWidget(card)

    def _answer(self, identity: str) -> None:
        name = next((one.reviewer for one in self._shown or () if one.id == identity), "")
        self._begin(tr("Answer to {name}; Esc gives it up.").format(name=isolated(name)), identity, "")
        self._writing.setFocus()

    def _revise(self, identity: str) -> None:
        found = next((one for one in self._shown or () if one.id == identity), None)
        if found:
            self._begin(tr("Change your comment; Esc gives it up."), "", identity)
            self._writing.setPlainText(found.text)
            self._writing.setFocus()

    def _resolve(self, identity: str, on: bool) -> None:
        self._change(lambda project: project.resolve_comment(identity, on))

    def _begin(self, words: str, answering: str, changing: str) -> None:
        self._answering, self._changing = answering, changing
        self._doing.setText(running(words) if words else "")
        self._doing.setVisible(bool(words))
        self._writing.clear()

    def _leave(self) -> None:
        if self._answering or self._changing:
            self._begin("", "", "")
        else:
            self.left.emit()

    def _change(self, job: Callable[[Project], Any]) -> None:
        session = self._session
        session.when_idle(partial(session.change, job))

    def _lay_out(self) -> None:
        self._heading.setProperty("quiet", "true")
        self._doing.setProperty("quiet", "true")
        self._doing.hide()
        self._writing.setMaximumHeight(_HEIGHT)
        self._writing.setTabChangesFocus(True)
        self._writing.setPlaceholderText(tr("Write a comment; Ctrl+Enter sends it"))
        self._send.setAutoDefault(False)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._listed.setSpacing(4)
        self._column.addWidget(self._heading)
        self._column.addLayout(self._listed)
        self._column.addWidget(self._doing)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(heard_title(self._writing, tr("Comment")))
        row.addWidget(self._writing)
        self._column.addLayout(row)
        self._column.addWidget(self._send, 0, Qt.AlignmentFlag.AlignLeading)


def _sends(event: QKeyEvent) -> bool:
    return event.key() in _ENTER and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def _in_threads(comments: tuple[Comment, ...]) -> list[Comment]:
    """Return each comment with its answers after it; answers to what was removed come last."""
    there = {one.id for one in comments}
    first = [one for one in comments if not one.answer_to]
    threads = [(one, [other for other in comments if _root(other, comments) == one.id]) for one in first]
    kept = [one for head, answers in threads for one in (head, *answers)]
    return [*kept, *(one for one in comments if one not in kept and one.id in there)]


def _root(comment: Comment, comments: tuple[Comment, ...]) -> str:
    """Return the comment that an answer, also one to an answer, hangs on; empty for one that is no answer."""
    by_id = {one.id: one for one in comments}
    root, seen = comment.answer_to, {comment.id}
    while root in by_id and by_id[root].answer_to and root not in seen:
        seen.add(root)
        root = by_id[root].answer_to
    return root


def _moment(at: str) -> str:
    moment = QDateTime.fromString(at, Qt.DateFormat.ISODateWithMs).toLocalTime()
    return QLocale(language()).toString(moment, QLocale.FormatType.ShortFormat)

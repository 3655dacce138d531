"""An article as it was: a page that cannot be changed, below a strip that says so and leads back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QDateTime, QLocale, Qt, QTimer, Signal
from PySide6.QtWidgets import QDateTimeEdit, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator import Annotation, Project
from ui.boilerplate import boilerplate_names
from ui.history.seen import Seen, seen
from ui.locale_words import shown_moment
from ui.mark_of import mark_of
from ui.page.speech import say_aloud
from ui.page.view import PageView
from ui.plain import PlainLabel, heard_title
from ui.reading import ReadingPane
from ui.session import Session
from ui.translate import isolated, language, running, say, tr

_PAUSE = 300  # milliseconds after a change of the time


class PastPane(QWidget):
    """Stands where the page stands, for as long as somebody looks at the past of the shown article."""

    left = Signal()
    restored = Signal(str)

    def __init__(self, session: Session, reading: ReadingPane) -> None:
        super().__init__()
        self._session, self._reading = session, reading
        self.page = PageView()
        self._seen: Seen | None = None
        self._round = 0
        self._selected: Annotation | None = None
        self._title, self._told = PlainLabel(wraps=True), PlainLabel(wraps=True)
        self.time = QDateTimeEdit()
        self.back = QPushButton(tr("Back to now"))
        self.restore = QPushButton(tr("Restore this annotation"))
        self.restore_layer = QPushButton(tr("Restore my layer to this state"))
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._lay_out()
        self._connect()

    def show_past(self, article: str, at: str) -> None:
        """Show an article as it was at a time (ISO 8601), or after a step."""
        self._round += 1
        self._session.run(partial(_read, article, at), partial(self._take, self._round))

    def forget(self) -> None:
        """Show nothing any more: what is still being read comes too late."""
        self._round += 1
        self._seen = None
        self._pause.stop()

    @property
    def article(self) -> str:
        """The id of the article that is shown, or an empty text."""
        return self._seen.article if self._seen else ""

    # -- inside ---------------------------------------------------------------------------------------------------

    def _take(self, number: int, found: Seen) -> None:
        if number != self._round:
            return
        before, self._seen = self._seen, found
        self._selected = None
        self._tell(found)
        if found.then.article:
            self._show_page(found, same=bool(before and before.then.article and before.article == found.article))
        self.page.setVisible(found.then.article is not None)
        self._enable()

    def _show_page(self, found: Seen, *, same: bool) -> None:
        then = found.then
        if then.article and not same:
            self._reading.show_like(self.page)
            self.page.show_article(then.article.text)
            self._reading.show_like(self.page)
            self.page.go_to(self._reading.page.place()[0], 0.0)
        if then.article:
            self.page.set_boilerplate(then.article.boilerplate, boilerplate_names())
        labels = {label.key: label for label in then.labels}
        self.page.set_marks([mark_of(one, labels[one.label], then) for one in then.annotations if one.label in labels])
        self.page.select_mark(None)

    def _tell(self, found: Seen) -> None:
        """Say what is shown, and set the field of the time to it."""
        moment = isolated(shown_moment(found.at, language()))
        self._title.setText(running(tr("The article as it was on {moment}").format(moment=moment)))
        if found.problem:
            told = say(found.problem)
        else:
            counts = tr("Annotations then: {then}; now: {now}. Nothing can be changed here.")
            told = counts.format(then=len(found.then.annotations), now=found.now)
        self._told.setText(running(told))
        self.time.blockSignals(True)
        self.time.setDateTime(QDateTime.fromString(found.at, Qt.DateFormat.ISODateWithMs).toLocalTime())
        self.time.blockSignals(False)
        say_aloud(self.page, f"{self._title.text()}. {self._told.text()}")

    def _enable(self) -> None:
        then, selected = self._seen.then if self._seen else None, self._selected
        self.restore_layer.setEnabled(bool(then and then.article))
        self.restore.setEnabled(bool(then and selected and selected.reviewer == then.reviewer))

    def _choose(self, identity: str) -> None:
        annotations = self._seen.then.annotations if self._seen else ()
        self._selected = next((one for one in annotations if one.id == identity), None)
        self.page.select_mark(identity or None)
        self._enable()

    def _ask_time(self) -> None:
        if self._seen:
            moment = self.time.dateTime().toUTC().toString(Qt.DateFormat.ISODateWithMs)
            self.show_past(self._seen.article, moment)

    def _restore_layer(self) -> None:
        if self._seen:
            article, asked = self._seen.article, self._seen.asked
            self._session.change(lambda project: project.restore_layer(article, asked), then=self._tell_restored)

    def _restore(self) -> None:
        if self._seen and self._selected:
            identity, asked = self._selected.id, self._seen.asked
            self._session.change(
                lambda project: project.restore(identity, asked), then=lambda one: self._tell_restored(1, one.id)
            )

    def _tell_restored(self, count: int, identity: str = "") -> None:
        brought = tr("Brought back, things changed: {count}. Ctrl+Z takes that back.").format(count=count)
        self.left.emit()
        if identity:
            self._session.select(identity)
        self.restored.emit(running(brought if count else tr("Your layer is in this state already.")))

    def _connect(self) -> None:
        self.time.dateTimeChanged.connect(self._pause.start)
        self._pause.timeout.connect(self._ask_time)
        self.back.clicked.connect(self.left)
        self.restore.clicked.connect(lambda: self._session.when_idle(self._restore))
        self.restore_layer.clicked.connect(lambda: self._session.when_idle(self._restore_layer))
        self.page.mark_clicked.connect(self._choose)

    def _lay_out(self) -> None:
        strip = QFrame()
        strip.setObjectName("pastStrip")
        words, row, column = QVBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        self._title.setObjectName("heading")
        self._told.setProperty("quiet", "true")
        self.time.setLocale(QLocale(language()))
        self.time.setDisplayFormat("yyyy-MM-dd HH:mm:ss")
        self.time.setCalendarPopup(True)
        self.page.setAccessibleName(tr("Article as it was"))
        row.addWidget(heard_title(self.time, tr("As of")))
        row.addWidget(self.time)
        for button in (self.back, self.restore, self.restore_layer):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        for part in (self._title, self._told):
            words.addWidget(part)
        words.addLayout(row)
        words.setContentsMargins(18, 8, 18, 8)
        strip.setLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(strip)
        column.addWidget(self.page, 1)
        column.addStretch(0)


def _read(article: str, at: str, project: Project) -> Seen:
    return seen(project, article, at)

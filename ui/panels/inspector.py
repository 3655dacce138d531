"""The inspector: the selected annotation with its text, label, note and history."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QDateTime, QEvent, QLocale, Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from annotator import Annotation
from annotator.model import Revision
from ui.choice_box import ChoiceBox
from ui.frame.editor import FrameEditor
from ui.guideline import guideline
from ui.lines import Note
from ui.plain import PlainLabel, title_of
from ui.queue.article_card import ArticleCard
from ui.register.entity_card import EntityCard
from ui.review.comments import CommentBox
from ui.review.fates import fate_words
from ui.session import Session
from ui.swatch import SWATCH_SIZE, swatch
from ui.translate import isolated, language, running, tr

_NOTE_PAUSE, _HISTORY_PAUSE, _CARD_PAUSE = 300, 150, 150  # milliseconds
_LATEST = 40  # steps of the history that are shown


class Inspector(QScrollArea):
    """Shows the selected annotation and lets its reviewer change label and note."""

    left = Signal()
    remove_asked = Signal()
    confirm_asked = Signal()
    part_asked = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: Annotation | None = None
        self._heading, self._quote, self._facts, self._history = (PlainLabel(wraps=True) for _ in range(4))
        self._label, self._note = ChoiceBox(), Note()
        self._frame = FrameEditor(session)
        self._frame.asked.connect(self.part_asked)
        self._remove = QPushButton(tr("Remove"))
        self._carried = PlainLabel(tr("Carried over from the earlier version: still right?"), wraps=True)
        self._confirm = QPushButton(tr("Still right ({keys})").format(keys="K / ن"))
        self.entity_card, self._article_card = EntityCard(session), ArticleCard(session)
        self._empty = PlainLabel(
            tr("Select text on the page and press a label's key, or click a mark to see it here."), wraps=True
        )
        self._fate, self.comments = PlainLabel(wraps=True), CommentBox(session)
        self._set_up()
        self._pause = QTimer(self, interval=_NOTE_PAUSE, singleShot=True)
        self._pause.timeout.connect(self.store_note)
        # A key held down must not fetch and lay out a history with each of its steps.
        self._rest = QTimer(self, interval=_HISTORY_PAUSE, singleShot=True)
        self._rest.timeout.connect(self._fetch_history)
        # Nor must one who marks fast wait for the card of the article to come and go with each selection.
        self._calm = QTimer(self, interval=_CARD_PAUSE, singleShot=True)
        self._calm.timeout.connect(self._show_article)
        self._note.textChanged.connect(self._pause.start)
        self._note.left.connect(self.left)
        self._note.put_down.connect(self.store_note)
        self._article_card.left.connect(self.left)
        self.comments.left.connect(self.left)
        self._label.activated.connect(self._relabel)
        self._remove.clicked.connect(self.remove_asked)
        self._confirm.clicked.connect(self.confirm_asked)
        session.selection_changed.connect(self.refresh)
        session.annotations_changed.connect(self.refresh)
        session.article_changed.connect(self.refresh)
        session.things_changed.connect(self._follow_article)
        session.project_changed.connect(self._show_labels)
        session.labels_changed.connect(self._show_labels)
        self._show_labels()

    def refresh(self) -> None:
        """Show the session's selected annotation."""
        annotation = self._session.selected_annotation()
        if self._shown and (annotation is None or annotation.id != self._shown.id):
            self.store_note()
        self._card.setVisible(annotation is not None)
        self._empty.setVisible(annotation is None)
        if annotation is not None or self._session.now.article is None:
            self._article_card.hide()
        if annotation is None:
            self._calm.start()
        before, self._shown = self._shown, annotation
        if annotation:
            self._show(annotation, same=bool(before and before.id == annotation.id))

    def edit_note(self) -> None:
        """Put the keyboard into the note."""
        if self._shown:
            self._note.setFocus()
            self._note.selectAll()

    def write_comment(self) -> None:
        """Put the keyboard into the field for a comment."""
        if self._shown:
            self.comments.begin()
            self.ensureWidgetVisible(self.comments)

    def edit_article_note(self) -> None:
        """Put the keyboard into the note on the shown article as a whole."""
        self._show_article()
        if self._article_card.isVisibleTo(self):
            self._article_card.edit_note()

    def show_asking(self, part: str) -> None:
        """Show which part of the claim's frame is being asked for on the page; none when empty."""
        self._frame.show_asking(part)

    def store_note(self) -> None:
        """Store the note now, if it differs from what is stored."""
        self._pause.stop()
        self._article_card.store_note()
        shown, note = self._shown, self._note.toPlainText()
        if shown and self._is_own(shown) and note != shown.note:
            self._session.when_idle(lambda: self._session.revise(shown.id, note=note))

    def changeEvent(self, event: QEvent) -> None:
        """Show the colours as another theme has them."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for place, label in enumerate(self._session.now.labels[: self._label.count()]):
                self._label.setItemIcon(place, swatch(label.colour, self.palette()))

    def _show_article(self) -> None:
        """Show the article as a whole where no annotation of it is selected."""
        self._article_card.setVisible(self._shown is None and self._session.now.article is not None)

    def _set_up(self) -> None:
        self.setObjectName("inspector")
        self._heading.setObjectName("heading")
        self._note.setMaximumHeight(110)
        self._note.setTabChangesFocus(True)
        self.setAccessibleName(tr("Inspector"))
        self._label.setIconSize(SWATCH_SIZE)
        self.setAccessibleDescription(self._empty.text())
        self._facts.setProperty("quiet", "true")
        self._empty.setProperty("quiet", "true")
        self._card, page = QWidget(), QWidget()
        card, column = QVBoxLayout(self._card), QVBoxLayout(page)
        card.setContentsMargins(0, 0, 0, 0)
        card.setSpacing(10)
        parts = (
            self._heading, self._quote, self._facts, self._fate, self._carried, self._confirm,
            title_of(self._label, tr("Label")), self._label,
            self._frame,
            title_of(self._note, tr("Note")), self._note, self.entity_card, self._remove,
            self.comments, self._history,
        )  # fmt: skip
        for part in parts:
            card.addWidget(part)
        column.setContentsMargins(18, 16, 18, 16)
        column.addWidget(self._card)
        column.addWidget(self._article_card)
        column.addWidget(self._empty)
        column.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _show_labels(self) -> None:
        self._label.clear()
        for label in self._session.now.labels:
            self._label.addItem(swatch(label.colour, self.palette()), label.names.get(language(), label.key), label.key)
            self._label.setItemData(self._label.count() - 1, guideline(label), Qt.ItemDataRole.ToolTipRole)
        self.refresh()

    def _show(self, annotation: Annotation, *, same: bool) -> None:
        index = self._label.findData(annotation.label)
        self._label.setCurrentIndex(index)
        self._heading.setText(self._label.itemText(index))
        self._quote.setText(f"«{annotation.quote}»")
        facts = tr("{reviewer} · characters {start}–{end}")
        facts = facts.format(reviewer=isolated(annotation.reviewer), start=annotation.start, end=annotation.end)
        self._facts.setText(facts)
        fate = self._session.now.fates.get(annotation.id)
        self._fate.setText(running(fate_words(fate)) if fate else "")
        self._fate.setVisible(fate is not None)
        self.comments.show_comments(annotation.id)
        for widget in (self._label, self._note, self._remove):
            widget.setEnabled(self._is_own(annotation))
        self._carried.setVisible(annotation.to_confirm)
        self._confirm.setVisible(annotation.to_confirm and self._is_own(annotation))
        self._frame.setVisible(annotation.label == "claim")
        if annotation.label == "claim":
            self._frame.show_claim(annotation, editable=self._is_own(annotation))
        if not (same and self._note.hasFocus()) and self._note.toPlainText() != annotation.note:
            self._note.blockSignals(True)
            self._note.setPlainText(annotation.note)
            self._note.blockSignals(False)
        if not same:
            self._history.clear()
        self._rest.start()

    def _follow_article(self, touched: Mapping[str, frozenset[str]]) -> None:
        """Show what the date of the article, put right, makes of the words of time."""
        if "article" in touched:
            self.refresh()

    def _fetch_history(self) -> None:
        shown = self._shown
        if shown:
            self._session.history(shown.id, lambda revisions: self._show_history(shown.id, revisions))

    def _show_history(self, identity: str, revisions: list[Revision]) -> None:
        if self._shown and self._shown.id == identity:
            lines = [_line(revision) for revision in reversed(revisions[-_LATEST:])]
            earlier = ["…"] if len(revisions) > _LATEST else []
            self._history.setText("\n".join([tr("History"), *lines, *earlier]))

    def _relabel(self, index: int) -> None:
        key = self._label.itemData(index)
        if self._shown and key != self._shown.label:
            shown = self._shown
            self._session.when_idle(lambda: self._session.revise(shown.id, label=key))

    def _is_own(self, annotation: Annotation) -> bool:
        return annotation.reviewer == self._session.now.reviewer


def _line(revision: Revision) -> str:
    did = {
        "annotate": tr("marked"),
        "annotate_hits": tr("marked"),
        "revise": tr("changed"),
        "remove": tr("removed"),
        "undo": tr("took a step back"),
        "redo": tr("did it again"),
        "import": tr("imported"),
        "frame": tr("filled in the frame"),
        "judge": tr("gave a verdict"),
        "link": tr("linked"),
        "confirm": tr("confirmed"),
        "restore": tr("brought an earlier state back"),
        "restore_layer": tr("brought an earlier state back"),
        "settle_conflict": tr("chose between two changes"),
        "carry": tr("carried over from the version before"),
        "unframe": tr("took the frame off"),
        "unlink": tr("took the link off"),
        "link_new": tr("linked"),
    }
    moment = QDateTime.fromString(revision.at, Qt.DateFormat.ISODateWithMs).toLocalTime()
    shown = QLocale(language()).toString(moment, QLocale.FormatType.ShortFormat)
    return f"{isolated(revision.reviewer)} {did.get(revision.action, tr('changed'))} · {shown}"

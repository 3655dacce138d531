"""The centre of the window: the shown article with its source line, what warns about it, and the search in it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator import Annotation, Article, Label
from annotator.model import Direction
from annotator.text.invisible import overridden
from ui.boilerplate import Greying
from ui.claim_card import parts_of
from ui.context_menu import context_menu
from ui.editing import Editing
from ui.finding import Finding
from ui.mark_of import mark_of
from ui.notices import Notices
from ui.page.banner import Banner
from ui.page.find_bar import FindBar
from ui.page.marks import Mark
from ui.page.metrics import LEADINGS, MEASURES
from ui.page.paper.printout import Printout
from ui.page.view import PageView
from ui.plain import PlainLabel
from ui.pointing import Pointing
from ui.printout import printout_of
from ui.reading_state import PageDirection, Place, ReadingState
from ui.session import Session
from ui.settings import Settings, usual_size
from ui.source_line import SourceLine
from ui.speaking import Speaking
from ui.stepping import Stepping
from ui.translate import tr, trn

DIRECTIONS: dict[PageDirection, Direction | None] = {"auto": None, "rtl": "rtl", "ltr": "ltr"}


class ReadingPane(QWidget):
    """Shows the session's article and its annotations, and takes back every reader to where they left it."""

    offer_changed = Signal(str)
    record_wanted = Signal()
    reading_changed = Signal()

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session, self._settings = session, settings
        self._state = ReadingState()
        self._article: Article | None = None
        self.page = PageView()
        self.editing, self.stepping = Editing(session, self.page), Stepping(session, self.page)
        self.pointing = Pointing(session, self.page)
        self._speaking = Speaking(session, self.page)
        self.greying, self.notices = Greying(session, self.page), Notices(session)
        self._source = SourceLine()
        self._empty = PlainLabel(tr("Nothing to read yet. Import articles, or open a project."))
        self._banner, self._find_bar = Banner(), FindBar()
        self.finding = Finding(session, self.page, self._find_bar)
        self.direction: PageDirection = "auto"
        self._lay_out()
        self._connect()
        self._show_reading()
        self._show_article()

    # -- what the keys of the page do ------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) annotation, or to the next that could be the part that is asked for."""
        (self.pointing if self.pointing.is_active else self.stepping).step(by)

    def leave(self) -> None:
        """End what is being asked for; otherwise select nothing."""
        if self.pointing.is_active:
            self.pointing.end()
        else:
            self.editing.leave()

    # -- how one reads --------------------------------------------------------------------------------------------

    def zoom(self, by: int) -> None:
        """Make the text larger (1), smaller (-1) or of usual size (0)."""
        self._settings.reading_size = usual_size() if by == 0 else self._settings.reading_size + by
        self._show_reading()

    def set_font(self, family: str) -> None:
        """Read in another font."""
        self._settings.reading_font = family
        self._show_reading()

    def set_measure(self, measure: str) -> None:
        """Make the column of text narrower or wider."""
        self._settings.measure = measure
        self._show_reading()

    def set_leading(self, leading: str) -> None:
        """Set the lines closer or wider apart."""
        self._settings.leading = leading
        self._show_reading()

    def set_direction(self, direction: PageDirection) -> None:
        """Give this article's paragraphs a direction (`rtl`, `ltr`), or each its own (`auto`)."""
        self.direction = direction
        self.page.set_direction(DIRECTIONS[direction])
        self.keep_place()

    def toggle_margin(self) -> None:
        """Show or fold away the margin with the cards of the claims."""
        self._settings.margin = not self.page.has_margin
        self.page.set_margin(not self.page.has_margin)

    def toggle_invisible(self) -> None:
        """Show or hide the chips of invisible characters."""
        self.page.show_invisible(not self.page.shows_invisible)

    def toggle_focus(self) -> None:
        """Dim all but the paragraph one reads, or show everything again."""
        self.page.focus_paragraph(not self.page.is_focused_on_paragraph)

    def printout(self) -> Printout | None:
        """Return the shown article as it is to be printed."""
        direction, family = DIRECTIONS[self.direction], self._settings.reading_font
        return printout_of(self._session.now, tuple(self.page.marks()), family=family, direction=direction)

    def show_like(self, page: PageView) -> None:
        """Have another page read like this one: its font, its width, its direction."""
        self._set_reading(page)
        page.set_direction(DIRECTIONS[self.direction])

    # -- the place in the article ---------------------------------------------------------------------------------

    def keep_place(self) -> None:
        """Remember where the reader is in the shown article."""
        if self._article:
            offset, _ = self.page.place()
            self._state.remember(self._article.id, Place(offset, self.page.caret(), self.direction))

    def save(self) -> None:
        """Remember where the reader is, also for the next start."""
        self.keep_place()
        self._state.save()

    # -- inside ---------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        parts: tuple[tuple[QWidget, int], ...] = (
            (self._source, 0), (self._banner, 0), (self.notices, 0), (self._find_bar, 0), (self.page, 1), (self._empty, 1),
        )  # fmt: skip
        for widget, stretch in parts:
            column.addWidget(widget, stretch)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._find_bar.hide()
        self.page.setAccessibleName(tr("Article"))
        self.page.setAccessibleDescription(
            tr(
                "Arrows move the caret, Shift selects, a label's key marks, Tab goes to the next annotation; F1: all keys."
            )
        )

    def _connect(self) -> None:
        session, page = self._session, self.page
        session.article_changed.connect(self._show_article)
        session.annotations_changed.connect(self._show_changes)
        session.labels_changed.connect(self._show_marks)
        session.selection_changed.connect(self._show_selection)
        session.project_changed.connect(self._show_selection)
        session.failed.connect(page.let_go)
        page.mark_clicked.connect(self._choose)
        page.edge_moved.connect(lambda *moved: session.when_idle(lambda: self.editing.resize(*moved)))
        page.zoom_asked.connect(self.zoom)
        page.span_selected.connect(self._offer)
        page.menu_asked.connect(self._show_menu)
        self._banner.acted.connect(lambda: page.show_invisible(True))
        self._banner.dismissed.connect(page.setFocus)
        self._source.clicked.connect(self.record_wanted)
        session.things_changed.connect(self._show_record)
        self.notices.next_wanted.connect(self.stepping.step_to_confirm)
        self.notices.next_wanted.connect(page.setFocus)
        self.notices.dismissed.connect(page.setFocus)

    def _choose(self, identity: str) -> None:
        """Select the annotation that was clicked; while a part of a frame is asked for, it is the answer."""
        if self.pointing.is_active:
            self.pointing.point_at(identity)
        else:
            self._session.select(identity or None)

    def _show_article(self) -> None:
        self.keep_place()
        article = self._article = self._session.now.article
        was_empty = self.page.isHidden()
        for widget in (self.page, self._source):
            widget.setVisible(article is not None)
        self._empty.setVisible(article is None)
        if article:
            self._open(article)
        if article and was_empty:
            self.page.setFocus()

    def _open(self, article: Article) -> None:
        self._speaking.say_article()
        place = self._state.place(article.id)
        self.direction = place.direction
        self.page.show_article(article.text, direction=DIRECTIONS[place.direction])
        self._source.show_article(article)
        self.greying.show()
        self.finding.restart()
        self._warn(article.text)
        self._show_marks()
        self.page.set_caret(min(place.caret, len(article.text)))
        if place.top:
            self.page.go_to(place.top, 0.0)

    def _show_record(self, touched: Mapping[str, frozenset[str]]) -> None:
        """Show what was put right about the shown article."""
        article = self._session.now.article
        if article and article.id in touched.get("article", ()):
            self._article = article
            self._source.show_article(article)
            self.greying.show()
            self.finding.again()

    def _warn(self, text: str) -> None:
        """Say so when what is seen is not the order of the text; a long text is looked through in the worker."""
        self._banner.hide()
        self._session.run(lambda _: overridden(text), lambda spans: self._show_warning(text, spans))

    def _show_warning(self, text: str, spans: tuple[tuple[int, int], ...]) -> None:
        if spans and text is self.page.text:
            warning = trn(
                "{count} place of this text is forced into another direction: what you see there is not its order.",
                "{count} places of this text are forced into another direction: what you see there is not its order.",
                len(spans),
            )
            self._banner.tell(warning, action=tr("Show invisible characters"))

    def _show_marks(self) -> None:
        labels = self._labels()
        annotations = self._session.now.annotations
        self.page.set_marks([self._mark(one, labels[one.label]) for one in annotations if one.label in labels])
        self._show_selection()

    def _show_changes(self, changed: frozenset[str]) -> None:
        labels = self._labels()
        come = [one for one in self._session.now.annotations if one.id in changed and one.label in labels]
        self.page.change_marks(changed, [self._mark(one, labels[one.label]) for one in come])
        self._show_selection()

    def _show_selection(self) -> None:
        selected = self._session.selected
        self.page.select_mark(selected, movable=self._session.owns_selected())
        self._show_parts()
        self._speaking.say_selected()

    def _show_parts(self) -> None:
        """Show the parts of the selected claim's frame."""
        now, claim = self._session.now, self._session.selected_annotation()
        frame = now.frames.get(claim.id) if claim else None
        self.page.show_parts(parts_of(frame, {one.id: one for one in now.annotations}) if frame else ())

    def _mark(self, annotation: Annotation, label: Label) -> Mark:
        return mark_of(annotation, label, self._session.now)

    def _labels(self) -> dict[str, Label]:
        return {label.key: label for label in self._session.now.labels}

    def _show_reading(self) -> None:
        self._set_reading(self.page)
        self.reading_changed.emit()

    def _set_reading(self, page: PageView) -> None:
        settings = self._settings
        page.set_reading(
            settings.reading_font,
            settings.reading_size,
            measure=MEASURES[settings.measure],
            leading=LEADINGS[settings.leading],
        )
        page.set_margin(settings.margin)

    def _offer(self) -> None:
        reading = self.editing.offer()
        self.offer_changed.emit((reading.form or self.page.text[reading.start : reading.end]) if reading else "")

    def _show_menu(self, where: QPoint, offset: int) -> None:
        menu = context_menu(self, self._session, self.page, self.editing, self.greying, offset)
        menu.addAction(tr("Article record…")).triggered.connect(lambda: self.record_wanted.emit())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)

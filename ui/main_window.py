"""The main window: lays out the panels, passes their wishes to the session, and asks for what a dialog must ask."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QMainWindow,
    QMessageBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator import ProjectError, __version__
from annotator.folders import data_folder
from annotator.project_file import ENDING
from ui.article_windows import ArticleWindows
from ui.below import PartsBelow
from ui.checking import Checking
from ui.dialogs.labels import Labels
from ui.dialogs.printing import Printing
from ui.dialogs.progress import stop_all
from ui.dialogs.recheck import Recheck
from ui.dialogs.reviewer import ask_reviewer
from ui.dialogs.shortcuts import Shortcuts
from ui.dropping import Dropping
from ui.exchange.exchanging import Exchanging
from ui.export.choice_part import Offered
from ui.export.exporting import Exporting
from ui.fitting import resize_within_screen
from ui.history.window import HistoryParts
from ui.importing.importing import Importing
from ui.map_dock import MapDock
from ui.menus import Menus
from ui.panels.header import Header
from ui.panels.inspector import Inspector
from ui.panels.label_bar import LabelBar
from ui.panels.queue import Queue
from ui.reading import ReadingPane
from ui.recognising import Recognising
from ui.regions import Regions, first_of
from ui.register.import_dialog import ImportDialog
from ui.register.linking import Linking
from ui.register.register import RegisterWindow
from ui.review.team import TeamDialog
from ui.review.window import ReviewParts
from ui.session import Session
from ui.settings import Settings
from ui.status_line import StatusLine
from ui.translate import isolated, running, say, tr

_PROJECTS = "Hashiya (*.hashiya)"
_LONGEST_SOUGHT = 60  # characters of a selection that one may want to find elsewhere
_HOLDS_BOTH = 880  # pixels of height for comparing above the statistics


class MainWindow(QMainWindow):
    """The window of one session."""

    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    closing = Signal()

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self.session, self.settings = session, settings
        self.reading = ReadingPane(session, settings)
        self.page, self.editing = self.reading.page, self.reading.editing
        self._queue, self._inspector = Queue(session), Inspector(session)
        self._header, self._label_bar = Header(session), LabelBar(session)
        self.importing = Importing(session, settings, self)
        self.review = ReviewParts(session, settings, self)
        self.past = HistoryParts(session, self.reading, self)
        self.below = below = PartsBelow(session, settings, self.past.dock, self)
        self.regions = Regions(
            [
                (self._queue, self._queue.preferred),
                (self.reading, lambda: self.page),
                (self.review.pane, self.review.pane.preferred),
                (self.review.panel, self.review.panel.preferred),
                (self._inspector, lambda: first_of(self._inspector) or self._inspector),
                (self._label_bar, lambda: first_of(self._label_bar)),
                (below.board, lambda: first_of(below.board.board)),
                (self.past.pane, lambda: self.past.pane.back),
                (below.history, lambda: first_of(below.history.panel)),
                (below.concordance, lambda: first_of(below.concordance.concordance)),
                (below.statistics, lambda: first_of(below.statistics)),
                (below.conflicts, lambda: first_of(below.conflicts.panel)),
                (self.importing.strip, lambda: first_of(self.importing.strip)),
                (self.importing.notice, lambda: first_of(self.importing.notice)),
            ]
        )
        self.linking, self.register = Linking(session, self.page, self), RegisterWindow(session)
        self.map = MapDock(session, self._queue.shown_articles)
        self.about_article, self.recognising = ArticleWindows(session, settings, self), Recognising(session, self)
        self.exchanging, self.exporting = Exchanging(session, settings, self), Exporting(session, settings, self)
        self.checking = Checking(session, self)
        self.dropping = Dropping(session, self.importing, self.exchanging, self, open_project=self.open_path)
        self.status = StatusLine(self)
        self._menus, self._printing = Menus(self), Printing(self)
        self._ends_session = True
        self._lay_out()
        self._connect()
        self._menus.fill()

    # -- what the actions do --------------------------------------------------------------------------------------

    def new_project(self) -> None:
        """Ask where, and create a project there."""
        chosen, _ = QFileDialog.getSaveFileName(self, tr("New project"), str(data_folder()), _PROJECTS)
        if chosen:
            path = Path(chosen)
            self.session.create(path if path.suffix else path.with_suffix(ENDING), reviewer=self.settings.reviewer)

    def open_project(self) -> None:
        """Ask which project, and open it."""
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Open project"), str(data_folder()), _PROJECTS)
        if chosen:
            self.open_path(Path(chosen))

    def open_path(self, path: Path) -> None:
        """Open a project for the reviewer of the settings."""
        self.session.open(path, reviewer=self.settings.reviewer)

    def import_register(self) -> None:
        """Ask which places and actors, and bring them into the register."""
        dialog = ImportDialog(self.session, self)
        dialog.reported.connect(self._show)
        self._show(dialog)

    def export(self, articles: Sequence[str] = ()) -> None:
        """Ask which part of the project goes out; these articles, if some are given."""
        queue = self._queue
        self.exporting.ask(Offered(articles, queue.shown_articles(), queue.filter, queue.known))

    def recognise(self) -> None:
        """Show what belongs to the pages of articles and not to the news, and grey it: of those chosen, if several are."""
        rows = self._queue.chosen()
        self.recognising.ask([row.id for row in rows] if len(rows) > 1 else None)

    def print_article(self) -> None:
        """Ask for a printer, and print the shown article with its marks."""
        printout = self.reading.printout()
        if printout:
            self._printing.print(printout)

    def save_pdf(self) -> None:
        """Ask where, and write the shown article with its marks as a PDF file."""
        printout = self.reading.printout()
        if printout:
            self._printing.save_pdf(printout)

    def switch_reviewer(self) -> None:
        """Ask who is reading now."""
        name = ask_reviewer(self.session.now.reviewers, self.session.now.reviewer, self)
        if name:
            self.session.switch_reviewer(name)

    @property
    def queue(self) -> Queue:
        """The queue of articles."""
        return self._queue

    def edit_note(self) -> None:
        """Go to the note of the selected annotation; while a part of a frame is asked for, take the selected words."""
        if self.reading.pointing.is_active:
            self.reading.pointing.accept()
        else:
            self._inspector.edit_note()

    def write_comment(self) -> None:
        """Go to the field for a comment on the selected annotation."""
        self._inspector.write_comment()

    def edit_article_note(self) -> None:
        """Go to the note on the shown article as a whole."""
        self.session.select(None)
        self._inspector.edit_article_note()

    def show_team(self) -> None:
        """Show who works on the project, in which role and how far they are."""
        self._show(TeamDialog(self.session, self._queue.shown_articles, self))

    def show_register(self, entity: str = "") -> None:
        """Show the register of actors and places, at one of them if it is given."""
        self.register.show()
        self.register.raise_()
        self.register.activateWindow()
        if entity:
            self.register.go_to(entity)

    def toggle_map(self) -> None:
        """Show the map, or put it away."""
        self.map.setVisible(not self.map.isVisible())

    def show_annotation(self, article: str, annotation: str) -> None:
        """Go to an annotation of any article."""
        self.activateWindow()
        self.session.change(lambda _: None, article=article, then=lambda _: self.session.select(annotation or None))
        self.page.setFocus()

    def search_all(self) -> None:
        """Search all articles, at first for the selected words."""
        span = self.page.selected_span() if self.page.hasFocus() else None
        words = self.page.text[slice(*span)] if span else ""
        self.below.search(words if len(words) <= _LONGEST_SOUGHT and "\n" not in words else "")

    def show_place(self, article: str, start: int, end: int, to_page: bool) -> None:
        """Show a place of any article and select its words; the keyboard goes there only if it shall."""

        def select() -> None:
            self.page.select_span(start, end)
            self.page.reveal(start)
            if to_page:
                self.page.setFocus()

        self.session.when_idle(lambda: self.session.change(lambda _: None, article=article, then=lambda _: select()))

    def edit_labels(self) -> None:
        """Edit the project's labels and attributes."""
        dialog = Labels(self.session, self._menus.shortcuts(), self)
        dialog.recheck_asked.connect(self.recheck)
        self._show(dialog)

    def recheck(self) -> None:
        """List the annotations that were made before their label was defined anew; the list stays beside the page."""
        dialog = Recheck(self.session, self)
        dialog.annotation_chosen.connect(self.show_annotation)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def show_keys(self) -> None:
        """Show the page of keys."""
        self._show(Shortcuts(self._menus.shortcuts(), self))

    def about(self) -> None:
        """Say what this is."""
        text = tr("Hashiya {version}\nMark actors, places and claims in Arabic news, offline.\nApache License 2.0")
        QMessageBox.about(self, tr("About Hashiya"), text.format(version=__version__))

    def quit(self) -> None:
        """Close the window; everything is stored already."""
        self.close()

    def save(self) -> None:
        """Remember what the next window, or the next start, begins with."""
        self._inspector.store_note()
        self.reading.save()
        self.settings.geometry = self.saveGeometry()

    def retire(self) -> None:
        """Close this window without ending the session: another one takes its place."""
        self._ends_session = False
        self.close()

    # -- what Qt tells --------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        self.register.close()
        self.register.deleteLater()  # it is a window of its own, so that it can lie behind this one
        self.save()
        self._printing.stop()
        self.importing.end()
        self.below.statistics.end()
        stop_all(self)
        if self._ends_session:
            self.closing.emit()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dropping.drag_enter(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.importing.drag_leave(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.dropping.drop(event)

    # -- laying out -----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Hashiya"))
        self.setAcceptDrops(True)
        centre, column = QWidget(), QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.reading, 1)
        column.addWidget(self.review.pane, 1)
        column.addWidget(self.past.pane, 1)
        column.addWidget(self._label_bar)
        centre.setLayout(column)
        self._splitter = QSplitter()
        self._splitter.addWidget(self.review.panel)
        for place, panel in enumerate((self._queue, centre, self._inspector)):
            self._splitter.insertWidget(place, panel)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([280, 760, 300, 330])
        self._splitter.setChildrenCollapsible(False)
        self._queue.setMinimumWidth(200)
        self._inspector.setMinimumWidth(216)
        whole, body = QWidget(), QVBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self._header)
        body.addWidget(self.importing.strip)
        body.addWidget(self.importing.notice)
        body.addWidget(self._splitter, 1)
        whole.setLayout(body)
        self.setCentralWidget(whole)
        self.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self.map)
        self.map.hide()
        if not self.restoreGeometry(self.settings.geometry):
            resize_within_screen(self, 1280, 760)

    def _connect(self) -> None:
        session = self.session
        session.project_changed.connect(self._show_project)
        session.article_changed.connect(self._show_article)
        session.selection_changed.connect(self._menus.enable)
        session.busy_changed.connect(self._menus.enable)
        session.stepped.connect(self.status.say_step)
        session.failed.connect(self._tell_failure)
        self._printing.failed.connect(self._tell_failure)
        self._printing.finished.connect(self.status.say_printed)
        self.importing.reported.connect(self._show)
        self.importing.told.connect(self.status.say)
        session.labels_changed.connect(self._menus.fill)
        self.below.left.connect(self.page.setFocus)
        self.below.changed.connect(self._menus.enable)
        self.below.board.board.claim_chosen.connect(self.show_annotation)
        self.below.concordance.concordance.place_chosen.connect(self.show_place)
        self.below.concordance.concordance.told.connect(self.status.say)
        self.below.statistics.article_chosen.connect(self._compare_counted)
        self.below.statistics.articles_wanted.connect(self._queue.pick)
        self.below.statistics.told.connect(self.status.say)
        self._queue.article_chosen.connect(session.show_article)
        self._queue.left.connect(self.page.setFocus)
        self._queue.told.connect(self.status.say)
        self._queue.sifted.connect(self.map.follow_queue)
        self._queue.import_wanted.connect(self.importing.choose_files)
        self._queue.doing.export_wanted.connect(self.export)
        self._queue.doing.recognition_wanted.connect(self.recognising.ask)
        self.recognising.reported.connect(self._show)
        self.exchanging.reported.connect(self._show)
        self.exporting.reported.connect(self._show)
        self.exporting.place_wanted.connect(self.show_annotation)
        self.exporting.entity_wanted.connect(self.show_register)
        self.checking.reported.connect(self._show)
        self.exchanging.told.connect(self.status.say)
        self.exchanging.unsettled.connect(self.status.show_unsettled)
        self.exchanging.unsettled.connect(self.below.conflicts.panel.expect)
        self.status.conflicts_wanted.connect(self.below.show_conflicts)
        self.below.conflicts.panel.counted.connect(self.status.show_unsettled)
        self.below.conflicts.panel.place_wanted.connect(
            lambda article, start, end: self.show_place(article, start, end, False)
        )
        self._queue.doing.note_wanted.connect(self._note_chosen)
        self._queue.doing.compare_wanted.connect(self._compare_chosen)
        self.review.opened.connect(self._show_review)
        self.past.opened.connect(self._show_past)
        self.past.told.connect(self.status.say)
        self.past.place_wanted.connect(self.show_annotation)
        self.past.span_wanted.connect(self.show_place)
        self.review.told.connect(self.status.say)
        self.review.pane.zoom_asked.connect(self.reading.zoom)
        self.reading.reading_changed.connect(self.review.pane.refresh)
        self.review.reviewing.changed.connect(self._menus.enable)
        self.review.reviewing.moved.connect(self._menus.enable)
        self._label_bar.chosen.connect(self._label)
        self._inspector.left.connect(self.page.setFocus)
        self._inspector.entity_card.link_wanted.connect(self.linking.open)
        self._inspector.entity_card.entity_wanted.connect(self.show_register)
        self.register.mention_chosen.connect(self.show_annotation)
        self.register.point_wanted.connect(self.map.choose_point)
        self.map.place_chosen.connect(self.show_register)
        self.map.told.connect(self.status.show)
        self._inspector.entity_card.unlink_wanted.connect(lambda: session.when_idle(self.linking.unlink))
        self._inspector.remove_asked.connect(lambda: session.when_idle(self.editing.remove))
        self._inspector.confirm_asked.connect(lambda: session.when_idle(self.editing.confirm))
        self.reading.offer_changed.connect(self._label_bar.show_offer)
        self._inspector.part_asked.connect(self.reading.pointing.begin)
        self.reading.pointing.changed.connect(self._show_asking)
        self.reading.pointing.refused.connect(self.status.show)
        self.reading.greying.told.connect(self.status.show)
        self.reading.record_wanted.connect(self.about_article.show_record)
        self.reading.notices.copies_wanted.connect(self.about_article.show_copies)
        self.reading.notices.done_wanted.connect(lambda: session.when_idle(self._call_done))
        self.reading.notices.article_wanted.connect(session.show_article)

    # -- showing --------------------------------------------------------------------------------------------------

    def _show_project(self) -> None:
        path = self.session.now.path
        if path:
            self.settings.remember_project(path)
            self.setWindowTitle(f"{isolated(path.stem)} — {tr('Hashiya')}")
        self._menus.fill()

    def _show_asking(self) -> None:
        """Say which part of the frame is asked for, below the page and in the inspector."""
        slot = self.reading.pointing.slot
        self._label_bar.show_question(tr("{question} Esc ends.").format(question=slot.question) if slot else "")
        self._inspector.show_asking(slot.part if slot else "")

    def _show_review(self, on: bool) -> None:
        """Show what is compared in the place of page and inspector, or these again."""
        self._inspector.store_note()
        if on:
            self.past.leave()
        for part, shown in (
            (self.reading, not on), (self._label_bar, not on and self.session.now.article is not None),
            (self._inspector, not on), (self.review.pane, on), (self.review.panel, on),
        ):  # fmt: skip
            part.setVisible(shown)
        if not on:
            self.page.setFocus()
        self._menus.enable()

    def _show_past(self, on: bool) -> None:
        """Show an article as it was in the place of the page, or the page again."""
        self._inspector.store_note()
        self.past.pane.setVisible(on)
        self.reading.setVisible(not on)
        self._inspector.setVisible(not on)
        self._label_bar.setVisible(not on and self.session.now.article is not None)
        (self.past.pane.back if on else self.page).setFocus()
        self._menus.enable()

    def _show_article(self) -> None:
        covered = self.review.is_open() or self.past.is_open()
        self._label_bar.setVisible(self.session.now.article is not None and not covered)
        self._menus.enable()

    # -- doing and telling ----------------------------------------------------------------------------------------

    def _label(self, key: str) -> None:
        self.session.when_idle(lambda: self.editing.label(key))
        self.page.setFocus()

    def _note_chosen(self) -> None:
        """Show the article that is chosen in the queue, and go to the note on it."""
        row = next(iter(self._queue.chosen()), None)
        if row:
            self.session.change(lambda _: None, article=row.id, then=lambda _: self.edit_article_note())

    def _compare_chosen(self) -> None:
        """Show the article that is chosen in the queue, and compare its layers."""
        row = next(iter(self._queue.chosen()), None)
        if row:
            self._compare(row.id)

    def _compare_counted(self, article: str) -> None:
        """Compare the layers of an article behind a figure; a window too low for both puts the statistics away meanwhile."""
        if self.height() < _HOLDS_BOTH and not self.below.statistics.isFloating():
            self.below.statistics.close()
        self._compare(article)

    def _compare(self, article: str) -> None:
        """Show an article, and compare its layers."""
        self.session.change(lambda _: None, article=article, then=lambda _: self.review.reviewing.open())

    def _call_done(self) -> None:
        """Call the shown article done, and stay with it."""
        article = self.session.now.article
        if article:
            self.session.change(lambda project: project.set_state([article.id], "done"))
        self.page.setFocus()

    def _tell_failure(self, error: ProjectError) -> None:
        box = QMessageBox(QMessageBox.Icon.Warning, tr("Hashiya"), running(say(error.sentence)), parent=self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        self._show(box)

    def _show(self, dialog: QDialog) -> None:
        """Show a dialog without stopping the window's own loop."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

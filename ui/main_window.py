"""The main window: lays out the panels, passes their wishes to the session, and asks for what a dialog must ask."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QLabel,
    QMainWindow,
    QMenu,
    QMessageBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator import Annotation, Label, ProjectError, __version__
from annotator.folders import data_folder
from annotator.writers import WRITERS
from ui.actions import Action, actions
from ui.dialogs.progress import Progress
from ui.dialogs.report import Report, check_report, export_report, import_report
from ui.dialogs.reviewer import ask_reviewer
from ui.dialogs.shortcuts import Shortcuts
from ui.editing import Editing
from ui.page.marks import Mark
from ui.page.view import PageView
from ui.panels.header import Header
from ui.panels.inspector import Inspector
from ui.panels.label_bar import LabelBar
from ui.panels.queue import Queue
from ui.session import Session
from ui.settings import READING_FONTS, THEMES, USUAL, Settings
from ui.translate import isolated, language, say, tr

_PROJECTS = "Hashiya (*.hashiya)"


class MainWindow(QMainWindow):
    """The window of one session."""

    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    closing = Signal()

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self.session, self.settings = session, settings
        self.page = PageView()
        self.editing = Editing(session, self.page)
        self._queue, self._inspector = Queue(session), Inspector(session)
        self._header, self._label_bar = Header(session), LabelBar(session)
        self._source, self._empty = QLabel(), QLabel(tr("Nothing to read yet. Import articles, or open a project."))
        self._actions: list[tuple[Action, QAction]] = []
        self._progress: Progress | None = None
        self._ends_session = True
        self._lay_out()
        self._connect()
        self._fill_menus()
        self._show_reading()
        self._show_article()

    # -- what the actions do --------------------------------------------------------------------------------------

    def new_project(self) -> None:
        """Ask where, and create a project there."""
        chosen, _ = QFileDialog.getSaveFileName(self, tr("New project"), str(data_folder()), _PROJECTS)
        if chosen:
            path = Path(chosen)
            self.session.create(path if path.suffix else path.with_suffix(".hashiya"), reviewer=self.settings.reviewer)

    def open_project(self) -> None:
        """Ask which project, and open it."""
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Open project"), str(data_folder()), _PROJECTS)
        if chosen:
            self.open_path(Path(chosen))

    def open_path(self, path: Path) -> None:
        """Open a project for the reviewer of the settings."""
        self.session.open(path, reviewer=self.settings.reviewer)

    def import_files(self) -> None:
        """Ask which files, and import them."""
        kinds = tr("Articles (*.txt *.jsonl)") + ";;" + tr("All files (*)")
        chosen, _ = QFileDialog.getOpenFileNames(self, tr("Import files"), "", kinds)
        self.import_paths([Path(path) for path in chosen])

    def import_folder(self) -> None:
        """Ask which folder, and import all that is in it."""
        chosen = QFileDialog.getExistingDirectory(self, tr("Import a folder"))
        self.import_paths([Path(chosen)] if chosen else [])

    def import_paths(self, paths: list[Path]) -> None:
        """Import files and folders, with progress, and say what became of them."""
        if not paths:
            return
        progress = self._begin(tr("Importing…"))
        self.session.import_files(
            paths,
            encoding=None,
            progress=progress.tell,
            cancel=progress.cancelled,
            then=lambda report: self._tell(import_report(report, self)),
        )

    def export(self) -> None:
        """Ask where and in which format, write, and say what the format could not hold."""
        endings = ";;".join(f"{writer.name} (*{writer.ending})" for writer in WRITERS)
        folder = (self.session.now.path or data_folder()).with_suffix(WRITERS[0].ending)
        chosen, kind = QFileDialog.getSaveFileName(self, tr("Export"), str(folder), endings)
        if not chosen:
            return
        writer = next(one for one in WRITERS if kind.startswith(one.name) or not kind)
        path = Path(chosen) if Path(chosen).suffix else Path(chosen).with_suffix(writer.ending)
        self.export_to(writer.name, path)

    def export_to(self, name: str, path: Path) -> None:
        """Write the project in a format to a file."""
        progress = self._begin(tr("Exporting…"))
        self.session.run(
            lambda project: project.export(name, path, progress=progress.tell, cancel=progress.cancelled),
            lambda report: self._tell(export_report(report, self)),
        )

    def check(self) -> None:
        """Prove the project and show what was found."""
        progress = self._begin(tr("Checking…"))
        self.session.run(
            lambda project: project.check(progress=progress.tell),
            lambda report: self._tell(check_report(report, self)),
        )

    def switch_reviewer(self) -> None:
        """Ask who is reading now."""
        name = ask_reviewer(self.session.now.reviewers, self.session.now.reviewer, self)
        if name:
            self.session.switch_reviewer(name)

    def edit_note(self) -> None:
        """Go to the note of the selected annotation."""
        self._inspector.edit_note()

    def zoom(self, by: int) -> None:
        """Make the text larger (1), smaller (-1) or of usual size (0)."""
        self.settings.reading_size = USUAL if by == 0 else self.settings.reading_size + by
        self._show_reading()

    def show_keys(self) -> None:
        """Show the page of keys."""
        self._show(Shortcuts([(action.text, action.keys) for action, _ in self._actions if action.keys], self))

    def about(self) -> None:
        """Say what this is."""
        text = tr("Hashiya {version}\nMark actors, places and claims in Arabic news, offline.\nApache License 2.0")
        QMessageBox.about(self, tr("About Hashiya"), text.format(version=__version__))

    def quit(self) -> None:
        """Close the window; everything is stored already."""
        self.close()

    def retire(self) -> None:
        """Close this window without ending the session: another one takes its place."""
        self._inspector.store_note()
        self._ends_session = False
        self.close()

    # -- what Qt tells --------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        self._inspector.store_note()
        if self._progress:
            self._progress.stop()
            self._progress.reset()
        self.settings.geometry = self.saveGeometry()
        if self._ends_session:
            self.closing.emit()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _dropped(event.mimeData())
        if len(paths) == 1 and paths[0].suffix == ".hashiya":
            self.open_path(paths[0])
        else:
            self.import_paths(paths)

    # -- laying out -----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Hashiya"))
        self.setAcceptDrops(True)
        centre, column = QWidget(), QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, stretch in ((self._source, 0), (self.page, 1), (self._empty, 1), (self._label_bar, 0)):
            column.addWidget(widget, stretch)
        centre.setLayout(column)
        self._source.setProperty("quiet", "true")
        self._source.setContentsMargins(28, 8, 28, 4)
        self._source.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self.page.setAccessibleName(tr("Article"))
        self._splitter = QSplitter()
        for panel in (self._queue, centre, self._inspector):
            self._splitter.addWidget(panel)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([280, 760, 300])
        self._splitter.setChildrenCollapsible(False)
        self._queue.setMinimumWidth(200)
        self._inspector.setMinimumWidth(240)
        whole, body = QWidget(), QVBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self._header)
        body.addWidget(self._splitter, 1)
        whole.setLayout(body)
        self.setCentralWidget(whole)
        if not self.restoreGeometry(self.settings.geometry):
            self.resize(QSize(1280, 760).boundedTo(self.screen().availableSize()))

    def _connect(self) -> None:
        session = self.session
        session.project_changed.connect(self._show_project)
        session.article_changed.connect(self._show_article)
        session.annotations_changed.connect(self._show_marks)
        session.selection_changed.connect(self._show_selection)
        session.busy_changed.connect(self._enable_actions)
        session.stepped.connect(self._tell_step)
        session.failed.connect(self._tell_failure)
        self._queue.article_chosen.connect(session.show_article)
        self._label_bar.chosen.connect(self._label)
        self._inspector.left.connect(self.page.setFocus)
        self._inspector.remove_asked.connect(lambda: session.when_idle(self.editing.remove))
        self.page.mark_clicked.connect(lambda identity: session.select(identity or None))

    def _fill_menus(self) -> None:
        self.menuBar().clear()
        for _, old in self._actions:
            self.page.removeAction(old)
        menus = {
            "file": self.menuBar().addMenu(tr("File")),
            "edit": self.menuBar().addMenu(tr("Edit")),
            "view": self.menuBar().addMenu(tr("View")),
            "help": self.menuBar().addMenu(tr("Help")),
        }
        self._actions = []
        for action in actions(self):
            if action.separator:
                menus[action.menu].addSeparator()
            self._add_action(action, menus[action.menu])
            if action.id == "open":
                self._recent = menus["file"].addMenu(tr("Open recent"))
                self._recent.aboutToShow.connect(self._fill_recent)
        self._add_choices(menus["view"])
        self._enable_actions()

    def _add_action(self, action: Action, menu: QMenu) -> None:
        made = QAction(action.text, self)
        made.setShortcuts([QKeySequence(key) for key in action.keys])
        made.triggered.connect(lambda: self.session.when_idle(lambda: self._run(action)))
        if action.scope == "page":
            made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.page.addAction(made)
        menu.addAction(made)
        self._actions.append((action, made))

    def _add_choices(self, menu: QMenu) -> None:
        """Add the choices of font, theme and language."""
        themes = {"system": tr("As the system"), "light": tr("Light"), "dark": tr("Dark")}
        names = {"ar": "العربية", "en": "English"}
        menu.addSeparator()
        self._choices(
            menu, tr("Reading font"), {name: name for name in READING_FONTS}, self.settings.reading_font, self._read_in
        )
        self._choices(
            menu, tr("Theme"), {key: themes[key] for key in THEMES}, self.settings.theme, self.theme_chosen.emit
        )
        self._choices(menu, tr("Language"), names, language(), self.language_chosen.emit)

    def _choices(
        self, menu: QMenu, title: str, choices: dict[str, str], current: str, choose: Callable[[str], None]
    ) -> None:
        part = menu.addMenu(title)
        for key, text in choices.items():
            made = part.addAction(text)
            made.setCheckable(True)
            made.setChecked(key == current)
            made.triggered.connect(lambda _=False, key=key: self._choose(part, key, choices, choose))

    def _choose(self, menu: QMenu, key: str, choices: dict[str, str], choose: Callable[[str], None]) -> None:
        for made, other in zip(menu.actions(), choices, strict=True):
            made.setChecked(other == key)
        choose(key)

    def _fill_recent(self) -> None:
        self._recent.clear()
        for path in self.settings.recent:
            made = self._recent.addAction(isolated(path.stem), partial(self.open_path, path))
            made.setToolTip(str(path))
        if not self.settings.recent:
            self._recent.addAction(tr("None yet")).setEnabled(False)

    # -- showing --------------------------------------------------------------------------------------------------

    def _show_project(self) -> None:
        path = self.session.now.path
        if path:
            self.settings.remember_project(path)
            self.setWindowTitle(f"{isolated(path.stem)} — {tr('Hashiya')}")
        self._fill_menus()

    def _show_article(self) -> None:
        article = self.session.now.article
        for widget in (self.page, self._source, self._label_bar):
            widget.setVisible(article is not None)
        self._empty.setVisible(article is None)
        if article is None:
            return
        self.page.show_article(article.text)
        source = tr("{file} · {encoding} · original kept · SHA-256 {hash}…")
        self._source.setText(
            source.format(
                file=isolated(article.source.file), encoding=article.source.encoding, hash=article.sha256[:12]
            )
        )
        self._show_marks()
        self.page.setFocus()

    def _show_marks(self) -> None:
        labels = {label.key: label for label in self.session.now.labels}
        annotations = self.session.now.annotations
        self.page.set_marks([_mark(one, labels[one.label]) for one in annotations if one.label in labels])
        self._show_selection()

    def _show_selection(self) -> None:
        self.page.select_mark(self.session.selected)
        self._enable_actions()

    def _show_reading(self) -> None:
        self.page.set_reading(self.settings.reading_font, self.settings.reading_size)

    def _read_in(self, family: str) -> None:
        self.settings.reading_font = family
        self._show_reading()

    def _enable_actions(self) -> None:
        """Enable what is possible now; while a change is being stored, everything, for it is asked again when it runs."""
        for action, made in self._actions:
            made.setEnabled(self.session.busy or action.can(self.session))

    # -- doing and telling ----------------------------------------------------------------------------------------

    def _run(self, action: Action) -> None:
        if action.can(self.session):
            action.run()

    def _label(self, key: str) -> None:
        self.session.when_idle(lambda: self.editing.label(key))
        self.page.setFocus()

    def _begin(self, text: str) -> Progress:
        """Show the progress of a long job; its report, or its failure, takes it away."""
        self._progress = Progress(text, self)
        return self._progress

    def _tell(self, report: Report) -> None:
        """Show what a long job did."""
        self._end_progress()
        self._show(report)

    def _end_progress(self) -> None:
        if self._progress:
            self._progress.finish()
            self._progress = None

    def _tell_step(self, way: str, step: object) -> None:
        if step is None:
            text = tr("There is nothing to undo.") if way == "undo" else tr("There is nothing to redo.")
        else:
            text = tr("Taken back.") if way == "undo" else tr("Done again.")
        self.statusBar().showMessage(text, 4000)

    def _tell_failure(self, error: ProjectError) -> None:
        self._end_progress()
        box = QMessageBox(QMessageBox.Icon.Warning, tr("Hashiya"), say(error.sentence), parent=self)
        self._show(box)

    def _show(self, dialog: QDialog) -> None:
        """Show a dialog without stopping the window's own loop."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _mark(annotation: Annotation, label: Label) -> Mark:
    note = f"\n{annotation.note}" if annotation.note else ""
    name = f"{label.names.get(language(), label.key)} · {isolated(annotation.reviewer)}{note}"
    return Mark(annotation.id, annotation.start, annotation.end, label.colour, label.style, label.long, name)


def _dropped(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]

"""The application with a window: fonts, language and theme first, then a session and the window that shows it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator, Signal
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication, QDialog

from annotator.folders import data_folder, resources_folder
from annotator.project_file import ENDING
from ui.crash import end_reports, start_reports
from ui.dialogs.welcome import Welcome
from ui.errands import Errands
from ui.fonts import foreign_fonts, load_fonts, set_interface_font
from ui.instance import Instance
from ui.main_window import MainWindow
from ui.session import Session
from ui.settings import Settings
from ui.theme import Theme
from ui.translate import set_language

STARTER = "starter.hashiya"


def main(arguments: list[str]) -> int:
    """Open the window, or run `--selftest`; return the exit code."""
    if arguments[:1] == ["--selftest"] and len(arguments) < 3:
        from ui.selftest import selftest

        return selftest(*map(Path, arguments[1:]))
    files = [Path(one).absolute() for one in arguments]
    if any(one.startswith("-") for one in arguments) or (len(files) > 1 and any(map(_is_project, files))):
        print(
            "usage: hashiya [PROJECT | ARTICLES …] | hashiya COMMAND … | hashiya --selftest [PICTURE]", file=sys.stderr
        )
        return 2
    instance = Instance()
    if not instance.claim() and instance.hand_over(files):
        return 0
    return _open_window(files)


def _open_window(files: list[Path]) -> int:
    start_reports()
    try:
        return _show(files)
    finally:
        end_reports()


def _show(files: list[Path]) -> int:
    app = make_app()
    application = Application(app, Settings())
    app.files_asked.connect(application.open_paths)
    errands = Errands(app)
    errands.asked.connect(application.open_paths)
    errands.look()  # two double clicks at once: the second may have asked before we could hear
    is_project = len(files) == 1 and _is_project(files[0])
    if not application.start(files[0] if is_project else None):
        return 0
    if files and not is_project:
        application.open_paths(files)
    return app.exec()


class App(QApplication):
    """The Qt application: says which files macOS asks to open, and keeps our font."""

    files_asked = Signal(object)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.files_asked.emit([Path(event.file())])
            return True
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            # With every change of theme Windows gives menus and lists its own font again, after it has told us.
            QTimer.singleShot(0, self._keep_font)
        return super().event(event)

    def _keep_font(self) -> None:
        if foreign_fonts(self):
            set_interface_font(self)


def make_app() -> App:
    """Make the Qt application with our name, icon and fonts."""
    app = App(sys.argv[:1])
    app.setApplicationName("Hashiya")
    app.setDesktopFileName("hashiya")
    app.setWindowIcon(QIcon(str(resources_folder() / "icons" / "hashiya.svg")))
    load_fonts(app)
    return app


class Application(QObject):
    """Holds the session while windows come and go: a change of language makes a new window."""

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__(app)
        self._app, self.settings = app, settings
        self._qt_texts = QTranslator(self)
        self._theme = Theme(app)
        self._theme.changed.connect(lambda: set_interface_font(app))
        self.session = Session()
        self.session.crashed.connect(_raise)
        self._speak(settings.language)
        self.window: MainWindow | None = None
        self._asked: list[Sequence[Path]] = []

    def start(self, project: Path | None) -> bool:
        """Ask for the name at the first start, then show the window; return False when the user gave up."""
        if not self.settings.reviewer and not self._ask_name():
            return False
        self._show_window()
        if project:
            self.session.open(project, reviewer=self.settings.reviewer)
        else:
            self._open_usual()
        while self._asked:
            self.open_paths(self._asked.pop(0))
        return True

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Come to the front and open a project, or bring articles into the open one; with no path, only come."""
        if self.window is None:  # the first start still asks for the name
            self._asked.append(paths)
            return
        _bring_to_front(self.window)
        if len(paths) == 1 and _is_project(paths[0]):
            self.session.when_idle(lambda: self._open_other(paths[0]))
        elif paths:
            self.session.when_idle(lambda: self._import(paths))

    def _open_other(self, project: Path) -> None:
        """Open a project unless it is the open one, also under another name: that would be locked, by ourselves."""
        now = self.session.now.path
        if not (now and now.exists() and project.exists() and now.samefile(project)):
            self.session.open(project, reviewer=self.settings.reviewer)

    def _import(self, paths: Sequence[Path]) -> None:
        if self.window:
            self.window.dropping.take_files(paths)

    def _ask_name(self) -> bool:
        self._theme.apply(self.settings.theme)
        welcome = Welcome()
        if welcome.exec() != QDialog.DialogCode.Accepted:
            return False
        self.settings.reviewer = welcome.name()
        self.settings.save()
        return True

    def _open_usual(self) -> None:
        """Open the project of last time, or the starter project, made when it is not there yet."""
        starter = data_folder() / STARTER
        recent = self.settings.recent
        if recent:
            self.session.open(recent[0], reviewer=self.settings.reviewer)
        elif starter.exists():
            self.session.open(starter, reviewer=self.settings.reviewer)
        else:
            starter.parent.mkdir(parents=True, exist_ok=True)
            self.session.create(starter, reviewer=self.settings.reviewer, starter=True)

    def _show_window(self) -> None:
        """Show a window, instead of the one there is: that one's place goes over to it."""
        self._theme.apply(self.settings.theme)
        before = self.window
        if before:
            before.save()
        self.window = window = MainWindow(self.session, self.settings)
        window.language_chosen.connect(self._choose_language)
        window.theme_chosen.connect(self._choose_theme)
        window.closing.connect(self._end)
        window.show()
        if before:
            before.retire()
            self.session.when_answered(before.deleteLater)  # the worker may still owe it an answer

    def _choose_language(self, language: str) -> None:
        self.settings.language = language
        self._speak(language)
        if self.window:
            self.window.importing.strip.stop()  # an import would go on telling the window that goes
        # The menu that asked must be gone before its window goes.
        QTimer.singleShot(0, lambda: self.session.when_quiet(self._show_window))

    def _choose_theme(self, theme: str) -> None:
        self.settings.theme = theme
        self._theme.apply(theme)

    def _speak(self, language: str) -> None:
        set_language(language)
        QLocale.setDefault(QLocale(language))
        self._app.removeTranslator(self._qt_texts)
        if self._qt_texts.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._app.installTranslator(self._qt_texts)
        right = language == "ar"
        self._app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)

    def _end(self) -> None:
        self.settings.save()
        self.session.close()


def _is_project(path: Path) -> bool:
    return path.suffix == ENDING


def _bring_to_front(window: MainWindow) -> None:
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def _raise(error: BaseException) -> None:
    """Let a bug in the worker end where all bugs end."""
    raise error

"""The menu bar of a window, made from its table of actions, with the choices of font, theme and language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from ui.action import Action, Menu
from ui.actions import actions
from ui.page.metrics import LEADINGS, MEASURES
from ui.plain import plain_tip
from ui.reading_state import PageDirection
from ui.settings import READING_FONTS, THEMES
from ui.translate import isolated, language, tr

if TYPE_CHECKING:
    from ui.main_window import MainWindow

Key = TypeVar("Key", bound=str)
_OF_PAGE = frozenset({"find", "find_next", "find_previous"})
_OF_NOW = frozenset({"print", "pdf", "article_note", "finish", "done"})  # not of an article as it was


class Menus(QObject):
    """Fills the menu bar, and enables what is possible at the moment."""

    # A QObject, so that what the session tells goes no more to a window that is gone.
    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._actions: list[tuple[Action, QAction]] = []

    def fill(self) -> None:
        """Make all menus anew: the labels of a project have actions of their own."""
        bar, page = self._window.menuBar(), self._window.page
        for old_menu in bar.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly):
            old_menu.deleteLater()
        bar.clear()
        for _, old in self._actions:
            page.removeAction(old)
            old.deleteLater()
        names: dict[Menu, str] = {
            "file": tr("&File"), "edit": tr("&Edit"), "article": tr("&Article"), "claim": tr("&Claim"),
            "review": tr("&Review"), "view": tr("&View"), "help": tr("&Help")
        }  # fmt: skip
        menus = {key: bar.addMenu(name) for key, name in names.items()}
        self._actions = [(action, self._add(action, menus[action.menu])) for action in actions(self._window)]
        self._add_recent(menus["file"])
        self._add_choices(menus["view"])
        menus["view"].aboutToShow.connect(self.enable)  # a switch can be turned elsewhere too, as in the banner
        self.enable()

    def enable(self) -> None:
        """Enable what is possible now; while a change is being stored, everything, for it is asked again when it runs."""
        session = self._window.session
        for action, made in self._actions:
            made.setEnabled((session.busy or action.can(session)) and not self._is_covered(action))
            if action.checked:
                made.setChecked(action.checked())

    def shortcuts(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return what each key does."""
        return [(action.text, action.keys) for action, _ in self._actions if action.keys]

    def made(self, identity: str) -> QAction:
        """Return the Qt action of an action of the table."""
        return next(made for action, made in self._actions if action.id == identity)

    def _add(self, action: Action, menu: QMenu) -> QAction:
        if action.separator:
            menu.addSeparator()
        made = QAction(action.text, self._window)
        made.setShortcuts([QKeySequence(key) for key in action.keys])
        made.setCheckable(action.checked is not None)
        made.triggered.connect(lambda: self._window.session.when_idle(lambda: self._run(action)))
        if action.scope == "page":
            made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self._window.page.addAction(made)
        elif action.scope == "review":
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            for widget in self._window.review.keyed():
                widget.addAction(made)
        menu.addAction(made)
        return made

    def _run(self, action: Action) -> None:
        if action.can(self._window.session) and not self._is_covered(action):
            action.run()
        self.enable()

    def _is_covered(self, action: Action) -> bool:
        """Tell whether an action is about the page while something else stands in its place: one would not see what it does."""
        of_page = action.scope == "page" or action.id in _OF_PAGE
        return (of_page and self._window.reading.isHidden()) or (action.id in _OF_NOW and self._window.past.is_open())

    def _add_recent(self, menu: QMenu) -> None:
        recent = QMenu(tr("Open recent"), menu)
        after = menu.actions().index(self.made("open")) + 1
        menu.insertMenu(menu.actions()[after], recent)
        recent.aboutToShow.connect(lambda: self._fill_recent(recent))

    def _fill_recent(self, recent: QMenu) -> None:
        recent.clear()
        for path in self._window.settings.recent:
            made = recent.addAction(isolated(path.stem), partial(self._window.open_path, path))
            made.setToolTip(plain_tip(str(path)))
        if recent.isEmpty():
            recent.addAction(tr("None yet")).setEnabled(False)

    def _add_choices(self, menu: QMenu) -> None:
        """Add the choices of how one reads, and of theme and language."""
        window, settings, reading = self._window, self._window.settings, self._window.reading
        themes = {"system": tr("As the system"), "light": tr("Light"), "dark": tr("Dark")}
        widths = {"narrow": tr("Narrow"), "medium": tr("Medium"), "wide": tr("Wide")}
        leadings = {"tight": tr("Tight"), "normal": tr("Normal"), "loose": tr("Loose")}
        directions: dict[PageDirection, str] = {
            "auto": tr("By the text"),
            "rtl": tr("Right to left"),
            "ltr": tr("Left to right"),
        }
        menu.addSeparator()
        fonts = {name: name for name in READING_FONTS}
        self._choose(menu, tr("Reading font"), fonts, lambda: settings.reading_font, reading.set_font)
        self._choose(menu, tr("Line width"), _in(widths, MEASURES), lambda: settings.measure, reading.set_measure)
        self._choose(menu, tr("Line spacing"), _in(leadings, LEADINGS), lambda: settings.leading, reading.set_leading)
        self._choose(
            menu, tr("Direction of this article"), directions, lambda: reading.direction, reading.set_direction
        )
        menu.addSeparator()
        self._choose(menu, tr("Theme"), _in(themes, THEMES), lambda: settings.theme, window.theme_chosen.emit)
        names = {"ar": "العربية", "en": "English"}
        self._choose(menu, tr("Language"), names, language, window.language_chosen.emit)

    def _choose(
        self,
        menu: QMenu,
        title: str,
        choices: Mapping[Key, str],
        current: Callable[[], Key],
        choose: Callable[[Key], object],
    ) -> None:
        part = menu.addMenu(title)
        for key, text in choices.items():
            made = part.addAction(text)
            made.setCheckable(True)
            made.setData(key)
            made.triggered.connect(lambda _=False, key=key: choose(key))
        part.aboutToShow.connect(lambda: _check(part, current()))


def _check(menu: QMenu, key: str) -> None:
    for made in menu.actions():
        made.setChecked(made.data() == key)


def _in(texts: Mapping[str, str], keys: Mapping[str, float] | tuple[str, ...]) -> dict[str, str]:
    """Return the texts in the order of the keys, of which none may be missing."""
    return {key: texts[key] for key in keys}

"""What the user chose for this machine: language, theme, reading size, name, recent projects; no article's text."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QByteArray, QLocale, QSettings

from annotator.folders import settings_folder
from annotator.language import LANGUAGES, system_language
from ui.fonts import font_scale
from ui.page.metrics import LEADINGS, MEASURES

THEMES = ("system", "light", "dark")
READING_FONTS = ("Noto Naskh Arabic", "Amiri")
SMALLEST, LARGEST, USUAL = 9.0, 40.0, 16.0
SEARCH_KINDS, SEARCH_ORDERS = ("words", "exactly", "pattern"), ("article", "left", "right")
_MOST_RECENT = 8
_MOST_SEARCHES = 20


def desktop_language() -> str:
    """Return the language of the desktop among ours: on Windows and macOS no environment names it, but Qt knows."""
    if any(os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")):
        return system_language()
    shown = QLocale.system().uiLanguages()
    return "ar" if shown and shown[0].startswith("ar") else "en"


def usual_size() -> float:
    """Return the size in points in which one reads when one has chosen none: larger where the system's font is."""
    return round(USUAL * font_scale())


class Settings:
    """Typed access to the settings file."""

    def __init__(self) -> None:
        settings_folder().mkdir(parents=True, exist_ok=True)
        self._store = QSettings(str(settings_folder() / "hashiya.ini"), QSettings.Format.IniFormat)

    @property
    def reviewer(self) -> str:
        """The reviewer's name given at the first start; empty before."""
        return str(self._store.value("reviewer", ""))

    @reviewer.setter
    def reviewer(self, name: str) -> None:
        self._store.setValue("reviewer", name)

    @property
    def language(self) -> str:
        """The interface's language; at first that of the system."""
        return self._choice("language", LANGUAGES, desktop_language())

    @language.setter
    def language(self, language: str) -> None:
        self._store.setValue("language", language)

    @property
    def theme(self) -> str:
        """`system`, `light` or `dark`."""
        return self._choice("theme", THEMES, "system")

    @theme.setter
    def theme(self, theme: str) -> None:
        self._store.setValue("theme", theme)

    @property
    def reading_font(self) -> str:
        """The font family of the page."""
        return self._choice("reading_font", READING_FONTS, READING_FONTS[0])

    @reading_font.setter
    def reading_font(self, family: str) -> None:
        self._store.setValue("reading_font", family)

    @property
    def reading_size(self) -> float:
        """The size of the page's font in points."""
        try:
            size = float(str(self._store.value("reading_size", usual_size())))
        except ValueError:
            return usual_size()
        return min(max(size, SMALLEST), LARGEST)

    @reading_size.setter
    def reading_size(self, points: float) -> None:
        self._store.setValue("reading_size", min(max(points, SMALLEST), LARGEST))

    @property
    def measure(self) -> str:
        """How wide the column of text is: a key of `MEASURES`."""
        return self._choice("measure", tuple(MEASURES), "medium")

    @measure.setter
    def measure(self, measure: str) -> None:
        self._store.setValue("measure", measure)

    @property
    def leading(self) -> str:
        """How far the lines stand apart: a key of `LEADINGS`."""
        return self._choice("leading", tuple(LEADINGS), "normal")

    @leading.setter
    def leading(self, leading: str) -> None:
        self._store.setValue("leading", leading)

    @property
    def margin(self) -> bool:
        """Whether the margin is shown where there is room for it."""
        return self._choice("margin", ("shown", "folded"), "shown") == "shown"

    @margin.setter
    def margin(self, shown: bool) -> None:
        self._store.setValue("margin", "shown" if shown else "folded")

    @property
    def always_preview(self) -> bool:
        """Whether the preview is shown before every import, also when all is certain."""
        return self._choice("import_preview", ("always", "needed"), "needed") == "always"

    @always_preview.setter
    def always_preview(self, always: bool) -> None:
        self._store.setValue("import_preview", "always" if always else "needed")

    def watched(self, project: Path) -> list[Path]:
        """Return the folders that are watched for a project."""
        return list(map(Path, self._strings(_key("watched", project))))

    def set_watched(self, project: Path, folders: list[Path]) -> None:
        """Say which folders are watched for a project."""
        if folders:
            self._store.setValue(_key("watched", project), [str(one) for one in folders])
        else:
            self._store.remove(_key("watched", project))

    @property
    def recent(self) -> list[Path]:
        """The projects opened last that still exist, latest first."""
        return [path for path in map(Path, self._strings("recent")) if path.is_file()]

    def remember_project(self, path: Path) -> None:
        """Put a project at the head of the recent ones."""
        others = [known for known in self.recent if known != path]
        self._store.setValue("recent", [str(one) for one in [path, *others][:_MOST_RECENT]])

    @property
    def searches(self) -> list[str]:
        """What was sought in all articles, latest first."""
        found = self._store.value("searches", [])
        return [str(one) for one in (found if isinstance(found, list) else [found])]

    def remember_search(self, query: str) -> None:
        """Put a search at the head of the earlier ones."""
        others = [known for known in self.searches if known != query]
        self._store.setValue("searches", [query, *others][:_MOST_SEARCHES])

    @property
    def search_clitics(self) -> bool:
        """Whether a search also finds words behind letters written onto them."""
        return self._choice("search_clitics", ("with", "without"), "with") == "with"

    @search_clitics.setter
    def search_clitics(self, on: bool) -> None:
        self._store.setValue("search_clitics", "with" if on else "without")

    @property
    def search_kind(self) -> str:
        """How what is sought is meant: `words` that fold alike, words spelled `exactly` so, or a `pattern`."""
        return self._choice("search_kind", SEARCH_KINDS, "words")

    @search_kind.setter
    def search_kind(self, kind: str) -> None:
        self._store.setValue("search_kind", kind)

    @property
    def search_within(self) -> str:
        """The key of the label in whose annotations is sought; empty: everywhere."""
        return str(self._store.value("search_within", ""))

    @search_within.setter
    def search_within(self, label: str) -> None:
        self._store.setValue("search_within", label)

    @property
    def search_order(self) -> str:
        """How the hits are sorted."""
        return self._choice("search_order", SEARCH_ORDERS, "article")

    @search_order.setter
    def search_order(self, order: str) -> None:
        self._store.setValue("search_order", order)

    def exported(self, project: Path) -> str:
        """Return what was chosen for the last export of a project, as it was written; empty for a first one."""
        return str(self._store.value(_key("exported", project), ""))

    def set_exported(self, project: Path, choices: str) -> None:
        """Say what was chosen for an export of a project."""
        self._store.setValue(_key("exported", project), choices)

    @property
    def geometry(self) -> QByteArray:
        """Size and place of the window."""
        found = self._store.value("geometry", QByteArray())
        return found if isinstance(found, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("geometry", geometry)

    def save(self) -> None:
        """Write the settings to the disk now."""
        self._store.sync()

    def _strings(self, name: str) -> list[str]:
        found = self._store.value(name, [])
        return [str(one) for one in (found if isinstance(found, list) else [found])]

    def _choice(self, name: str, choices: tuple[str, ...], usual: str) -> str:
        found = str(self._store.value(name, usual))
        return found if found in choices else usual


def _key(group: str, project: Path) -> str:
    """Return the key of a project; a path itself cannot be one, for a slash in a key begins a group."""
    return f"{group}/{sha256(str(project.absolute()).encode('utf-8', 'surrogateescape')).hexdigest()[:24]}"

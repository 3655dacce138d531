"""What goes into the frozen application and what stays out, and what each system is told about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from annotator import __version__

NAME = "Hashiya"
VERSION = __version__
ENDING = "hashiya"
IDENTIFIER = "org.hashiya.Hashiya"
PROJECT_TYPE = "org.hashiya.project"
MIME = "application/x-hashiya"
OLDEST_MAC = "13.0"
ROOT = Path(__file__).resolve().parents[2]

Entry = TypeVar("Entry", bound=tuple[Any, ...])

# Modules that PyInstaller would follow although nothing of ours runs them. `sqlite_utils` names some only for its own
# command line, and Qt's network is left out because nothing here may contact one.
UNUSED_MODULES = (
    "PySide6.QtNetwork", "PySide6.QtDBus", "PySide6.QtQml", "PySide6.QtQuick",
    "PySide6.QtSql", "PySide6.QtTest", "PySide6.QtSvgWidgets",
    "tkinter", "unittest", "doctest", "pdb", "test", "lib2to3", "ensurepip", "idlelib", "turtle", "curses",
    "pip", "setuptools", "pkg_resources", "_distutils_hack", "IPython", "pytest", "PyInstaller", "scipy", "matplotlib",
    "numpy.f2py", "numpy.distutils", "numpy.testing", "numpy.tests", "colorcet", "OpenGL", "cupy", "numba", "h5py",
    "pyqtgraph.opengl", "pyqtgraph.examples", "pyqtgraph.jupyter", "pyqtgraph.flowchart", "pyqtgraph.console",
    "pyqtgraph.dockarea", "pyqtgraph.exporters",
    "lxml.isoschematron", "lxml.objectify", "lxml.doctestcompare", "lxml.html.diff", "lxml.html._difflib",
    "lxml.html.soupparser", "lxml.html.html5parser", "lxml.cssselect", "PIL", "pandas", "yaml",
    "sqlite_utils.cli", "xmlrpc", "ftplib", "imaplib", "poplib", "smtplib", "telnetlib", "nntplib", "wsgiref", "ssl",
)  # fmt: skip
# What libraries of the readers import by names made up at run time: `dateparser` goes through all its languages.
HIDDEN_PACKAGES = ("dateparser.data.date_translation_data",)
# `pyqtgraph` wants to know of OpenGL, though nothing here is drawn with it.
HIDDEN_MODULES = ("PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets")
# What these libraries read beside their code, by package; PyInstaller does not know it.
LIBRARY_FILES = {
    "justext": ("stoplists/*.txt",),
    "tld": ("res/effective_tld_names.dat.txt",),
    "trafilatura": ("settings.cfg",),
}
# Libraries whose version is asked for while they run.
ASKED_FOR_VERSION = ("trafilatura",)
# The languages whose rules `babel` keeps: it only serves to tell whether a name is one of a language.
BABEL_LOCALES = frozenset({"root.dat", "en.dat", "ar.dat"})
# The plugins of Qt that stay; every other folder of plugins goes. `offscreen` is what `--selftest` paints with.
PLUGINS = {
    "platforms": ("xcb", "wayland", "windows", "cocoa", "offscreen"),
    "iconengines": ("svgicon",),
    "imageformats": ("svg",),
    "platforminputcontexts": ("compose", "ibus"),
    "platformthemes": ("xdgdesktopportal",),
    # On Linux it asks for the system's own libcups; without that there is no printer, and nothing else is missing.
    "printsupport": ("cupsprintersupport", "windowsprintersupport", "cocoaprintersupport"),
    "styles": ("macstyle", "modernwindowsstyle"),
    "wayland-shell-integration": ("xdg-shell",),
    "wayland-decoration-client": ("adwaita", "bradient"),
}
# What Qt's own dialogs say; English needs no catalogue.
QT_TRANSLATIONS = frozenset({"qtbase_ar.qm"})
# Libraries that only left-out plugins need. `opengl32sw` and `d3dcompiler` draw 3D without a graphics card; the rest is the
# desktop's own (GTK) or stays out for the reason above.
_UNUSED_LIBRARY = re.compile(
    r"(opengl32sw|d3dcompiler_\d+|(lib)?Qt6?(Network|Qml\w*|Quick\w*|VirtualKeyboard\w*|Pdf|Sql|Test"
    r"|EglFS\w*|SvgWidgets|WlShell\w*|WaylandCompositor)"
    r"|lib(gtk|gdk|pango|cairo|atk|atspi|harfbuzz|epoxy|graphite2|thai|datrie|fribidi|pixman|jpeg|tiff|webp|cups)\w*)\b.*",
    re.IGNORECASE,
)


def data_files() -> list[tuple[str, str]]:
    """Return what of our own is read at run time, as (file, folder inside), in a fixed order."""
    files = [path for folder in ("resources", "seeds") for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
    shipped = [path for path in files if path.suffix not in (".po", ".pot")]
    return [(str(path), path.relative_to(ROOT).parent.as_posix()) for path in shipped]


def library_files() -> list[tuple[str, str]]:
    """Return what libraries read beside their code, as (file, folder inside), in a fixed order."""
    found = []
    for package, patterns in sorted(LIBRARY_FILES.items()):
        home = _home(package)
        for file in sorted(file for pattern in patterns for file in home.glob(pattern)):
            found.append((str(file), file.parent.relative_to(home.parent).as_posix()))
    for package in ASKED_FOR_VERSION:
        told = next(file for file in metadata.files(package) or () if file.match("*.dist-info/METADATA"))
        found.append((str(told.locate()), told.parent.as_posix()))
    return found


def hidden_modules() -> list[str]:
    """Return the modules that nothing names in its code, in a fixed order."""
    return [*HIDDEN_MODULES, *_within_packages()]


def _within_packages() -> list[str]:
    return [
        f"{package}.{file.stem}"
        for package in HIDDEN_PACKAGES
        for file in sorted(_home(package).glob("*.py"))
        if file.stem != "__init__"
    ]  # fmt: skip


def _home(package: str) -> Path:
    """Return the folder of an installed package without running any of it."""
    top, _, below = package.partition(".")
    found = find_spec(top)
    if found is None or not found.submodule_search_locations:
        raise LookupError(f"{package} is not installed")
    return Path(found.submodule_search_locations[0], *below.split(".") if below else ())


def used(entries: Iterable[Entry]) -> list[Entry]:
    """Return the files of PyInstaller's list that are needed; each entry starts with its place inside."""
    return [entry for entry in entries if is_used(str(entry[0]))]


def is_used(inside: str) -> bool:
    """Tell whether a file belongs into the application, by its place inside (either kind of slash)."""
    parts = inside.replace("\\", "/").split("/")
    if "plugins" in parts[:-1]:
        return _plugin_is_used(parts[parts.index("plugins") + 1 :])
    if "locale-data" in parts:
        return parts[-1] in BABEL_LOCALES
    if "translations" in parts and "PySide6" in parts:
        return parts[-1] in QT_TRANSLATIONS
    if parts[0] == "pyqtgraph" and (
        "maps" in parts or "examples" in parts
    ):  # scales of colours and programs to learn from
        return False
    if parts[-1].endswith(".pyi") or (parts[0].endswith(".dist-info") and parts[-1] != "METADATA"):
        return False
    return not _UNUSED_LIBRARY.fullmatch(parts[-1]) and "Qt/qml" not in inside.replace("\\", "/")


def _plugin_is_used(below: list[str]) -> bool:
    name = re.sub(r"^(lib)?q?|(platforminputcontextplugin)?\.(so|dll|dylib)$", "", below[-1])
    return name in PLUGINS.get(below[0], ())


def without_orphans(entries: Iterable[Entry], imports: Callable[[str], Iterable[str]]) -> list[Entry]:
    """Return the files without those system libraries that nothing else in the list asks for.

    `imports` tells which libraries a file names; each entry is (place inside, file, kind).
    """
    kept = list(entries)
    while True:
        # What the printing plugin asks for is the desktop's own, down to the libraries of its network.
        asking = [entry for entry in kept if "printsupport" not in str(entry[0])]
        asked = {name for entry in asking for name in imports(str(entry[1]))}
        fewer = [entry for entry in kept if not _is_system_library(str(entry[0])) or str(entry[0]) in asked]
        if len(fewer) == len(kept):
            return kept
        kept = fewer


def unstripped(entries: Iterable[Entry]) -> list[Entry]:
    """Return PyInstaller's list with what a wheel carries in a folder `….libs` as data, which `strip` leaves alone.

    Who made the wheel has moved the tables of these libraries; a stripped one cannot be loaded ("not page-aligned").
    """
    return [(*entry[:2], "DATA") if _is_carried(str(entry[0])) else entry for entry in entries]  # type: ignore[misc]


def _is_carried(inside: str) -> bool:
    return inside.replace("\\", "/").split("/")[0].endswith(".libs")


def _is_system_library(inside: str) -> bool:
    return "/" not in inside and bool(re.match(r"lib(?!python)[^/]*\.so\b", inside))


def windows_version(*, console: bool) -> str:
    """Return the version resource of an executable, in the notation that PyInstaller reads."""
    numbers = tuple(int(part) for part in f"{VERSION}.0".split("."))
    file = "hashiya.com" if console else "hashiya.exe"
    words = {
        "CompanyName": NAME, "FileDescription": "Hashiya" + (" (console)" if console else ""), "FileVersion": VERSION,
        "InternalName": "hashiya", "LegalCopyright": "Apache License 2.0", "OriginalFilename": file,
        "ProductName": NAME, "ProductVersion": VERSION,
    }  # fmt: skip
    table = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in words.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, OS=0x40004, "
        "fileType=0x1, subtype=0x0, date=(0, 0)), "
        f"kids=[StringFileInfo([StringTable('040904B0', [{table}])]), VarFileInfo([VarStruct('Translation', [1033, 1200])])])"
    )


def mac_information() -> dict[str, Any]:
    """Return the Info.plist of the macOS bundle."""
    return {
        "CFBundleName": NAME,
        "CFBundleDisplayName": NAME,
        "CFBundleShortVersionString": VERSION,
        "CFBundleVersion": VERSION,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", "ar"],
        "CFBundleAllowMixedLocalizations": True,
        "LSMinimumSystemVersion": OLDEST_MAC,
        "LSApplicationCategoryType": "public.app-category.productivity",
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,
        "NSHumanReadableCopyright": "Apache License 2.0",
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Hashiya project",
                "CFBundleTypeRole": "Editor",
                "CFBundleTypeIconFile": "hashiya.icns",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [PROJECT_TYPE],
            }
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": PROJECT_TYPE,
                "UTTypeDescription": "Hashiya project",
                "UTTypeConformsTo": ["public.data"],
                "UTTypeIconFile": "hashiya.icns",
                "UTTypeTagSpecification": {
                    "public.filename-extension": [ENDING],
                    "public.mime-type": [MIME],
                },
            }
        ],
    }

"""What of others is inside the frozen application: name, version, licence and the texts of the licences.

Found by what PyInstaller collected, so nothing that is inside is forgotten: Python packages by their metadata, libraries of
the Linux system by the package they came from, and what those contain by a fixed list.
"""

from __future__ import annotations

import json
import platform
import re
import shutil
import sqlite3
import ssl
import subprocess
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path, PurePath

from tools.packaging.contents import ROOT

_TEXTS = Path(__file__).parent / "licences"
_LGPL = (_TEXTS / "LGPL-3.0-only.txt", _TEXTS / "GPL-3.0-only.txt")
_APACHE = ROOT / "LICENSE"
_IS_LICENCE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
# Packages whose metadata name no licence in SPDX's words.
_KNOWN = {
    "click-default-group": "Unlicense",
    "colorama": "BSD-3-Clause",
    "darkdetect": "BSD-3-Clause",
    "defusedxml": "PSF-2.0",
    "justext": "BSD-2-Clause",
    "pluggy": "MIT",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "pyqtdarktheme-fork": "MIT",
    "pyside6-essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
    "sqlcipher3": "Zlib",
    "sqlite-fts4": "Apache-2.0",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One work of others; `licence` is an SPDX expression or a name, `purl` its address among packages."""

    name: str
    version: str
    licence: str
    purl: str
    texts: tuple[Path, ...]


def parts(modules: Iterable[str], libraries: Iterable[str]) -> list[Part]:
    """Return the works inside, by the modules and the library files that were collected."""
    files = list(libraries)
    system = _system_packages(files) if shutil.which("dpkg-query") else _beside_python(files)
    names = list(modules)
    found = {part.purl: part for part in [*packages(names), *_built_in(), *_within(names), *system]}
    return sorted(found.values(), key=lambda part: (part.name.lower(), part.version))


def write_texts(works: Iterable[Part], folder: Path) -> list[Path]:
    """Copy the texts of the licences into a folder, one folder a work; return the copies."""
    shutil.rmtree(folder, ignore_errors=True)
    copies = []
    for work in works:
        place = folder / f"{work.name}-{work.version}".replace(":", "_")
        for text in work.texts:
            place.mkdir(parents=True, exist_ok=True)
            copies.append(Path(shutil.copyfile(text, _free(place, text))))
    return copies


def _free(place: Path, text: Path) -> Path:
    """Return where a text goes: under its own name, or with those of its folders before it where that is taken."""
    names = (place / "-".join(text.parts[-count:]) for count in range(1, len(text.parts)))
    return next(name for name in names if not name.exists())


def packages(modules: Iterable[str]) -> list[Part]:
    """Return the Python packages that modules belong to."""
    tops = {module.split(".")[0] for module in modules}
    providers = metadata.packages_distributions()
    names = {_normal(name) for top in tops for name in providers.get(top, ())}
    return [_package(metadata.distribution(name)) for name in sorted(names - {"hashiya"})]


def _package(found: metadata.Distribution) -> Part:
    name = _normal(found.name)
    texts = [Path(str(found.locate_file(file))) for file in found.files or () if _is_licence(file)]
    if "LGPL" in _KNOWN.get(name, ""):
        texts += _LGPL
    if name == "sqlcipher3":
        texts.append(_TEXTS / "SQLCipher.txt")
    licence = _KNOWN.get(name) or _said(found, "License-Expression") or _said(found, "License")
    if not licence or not (texts or licence == "Unlicense"):
        raise LookupError(f"the licence of {name} is not known: name it in {Path(__file__).name}")
    return Part(name, found.version, licence, f"pkg:pypi/{name}@{found.version}", tuple(texts))


def _is_licence(file: PurePath) -> bool:
    """Tell whether a file of a package holds a licence: by its name, or because it lies in the folder for them."""
    return bool(_IS_LICENCE.match(file.name)) or ".dist-info/licenses/" in file.as_posix()


def _within(modules: Iterable[str]) -> list[Part]:
    """Return what Python packages bring along without being packages themselves: the libraries in their binaries."""
    tops = {module.split(".")[0] for module in modules}
    brought = {"lxml": _xml, "pypdfium2": _pdfium, "numpy": _algebra}
    return [part for top, parts_of in brought.items() if top in tops for part in parts_of()]


def _xml() -> Iterable[Part]:
    """Yield the libraries in the binaries of `lxml`, which says their licences in one file."""
    from lxml import etree

    package = metadata.distribution("lxml")
    text = Path(str(package.locate_file(next(file for file in package.files or () if file.name == "LICENSES.txt"))))
    versions = {"libxml2": etree.LIBXML_COMPILED_VERSION, "libxslt": etree.LIBXSLT_COMPILED_VERSION}
    for name, numbers in versions.items():
        version = ".".join(map(str, numbers))
        yield Part(name, version, "MIT", _generic(name, version), (text,))


def _pdfium() -> Iterable[Part]:
    """Yield PDFium; the licences of the works inside it lie with those of the package that brings it."""
    package = metadata.distribution("pypdfium2")
    raw = json.loads(Path(str(package.locate_file("pypdfium2_raw/version.json"))).read_text("utf-8"))
    version = ".".join(str(raw[part]) for part in ("major", "minor", "build", "patch"))
    text = next(file for file in package.files or () if file.name == "pdfium.txt")
    licence = "BSD-3-Clause AND Apache-2.0"
    yield Part("pdfium", version, licence, _generic("pdfium", version), (Path(str(package.locate_file(text))), _APACHE))


def _algebra() -> Iterable[Part]:
    """Yield the libraries that the wheels of `numpy` carry where they carry any; its own licence text holds theirs."""
    from numpy import show_config

    package = metadata.distribution("numpy")
    carried = " ".join(
        file.name for file in package.files or () if ".libs/" in file.as_posix() or ".dylibs/" in file.as_posix()
    )
    text = next(Path(str(package.locate_file(file))) for file in package.files or () if file.name == "LICENSE.txt")
    algebra = show_config(mode="dicts")["Build Dependencies"]["blas"]
    known = {
        "openblas": (str(algebra["version"]), "BSD-3-Clause"),
        "libgfortran": ("5", "GPL-3.0-or-later WITH GCC-exception-3.1"),
        "libquadmath": ("0", "LGPL-2.1-or-later"),
    }
    for name, (version, licence) in known.items():
        if name in carried:
            yield Part(name, version, licence, _generic(name, version), (text,))


def _said(found: metadata.Distribution, field: str) -> str:
    return str(found.metadata[field]) if field in found.metadata else ""


def _built_in() -> list[Part]:
    """Return what is inside without being a package of its own."""
    import sqlcipher3.dbapi2 as driver

    connection = driver.connect(":memory:")
    connection.execute("PRAGMA key = 'any'")
    cipher = str(connection.execute("PRAGMA cipher_version").fetchone()[0]).split()[0]
    openssl = str(connection.execute("PRAGMA cipher_provider_version").fetchone()[0]).split()[1]
    connection.close()
    qt, bootloader = metadata.version("PySide6-Essentials"), metadata.distribution("pyinstaller")
    copying = next(file for file in bootloader.files or () if file.name == "COPYING.txt")
    return [
        Part("cpython", platform.python_version(), "PSF-2.0", _generic("python", platform.python_version()), (_python(),)),
        Part("qt", qt, "LGPL-3.0-only", _generic("qt", qt), _LGPL),
        Part("sqlcipher", cipher, "BSD-3-Clause", _generic("sqlcipher", cipher), (_TEXTS / "SQLCipher.txt",)),
        Part("sqlite", driver.sqlite_version, "blessing", _generic("sqlite", driver.sqlite_version), ()),
        Part("openssl", openssl, "Apache-2.0", _generic("openssl", openssl), (_APACHE,)),
        Part("pyinstaller-bootloader", bootloader.version, "GPL-2.0-or-later WITH Bootloader-exception",
             f"pkg:pypi/pyinstaller@{bootloader.version}", (Path(str(bootloader.locate_file(copying))),)),
        *(Part(f"font-{name}", version, "OFL-1.1", _generic(f"font-{name}", version), (ROOT / "resources/fonts/OFL.txt",))
          for name, version in (("noto-naskh-arabic", "2.021"), ("amiri", "1.002"), ("ibm-plex-sans-arabic", "1.1"))),
    ]  # fmt: skip


def _system_packages(libraries: Iterable[str]) -> list[Part]:
    """Return the Debian packages that libraries came from."""
    owners = {owner for file in libraries if (owner := _owner(file))}
    return [_system_package(name) for name in sorted(owners)]


def _beside_python(libraries: Iterable[str]) -> list[Part]:
    """Return the libraries that Python brings along on Windows and macOS; others of the system are not collected there."""
    names = " ".join(Path(file).name.lower() for file in libraries)
    openssl, sqlite = ssl.OPENSSL_VERSION.split()[1], sqlite3.sqlite_version
    known = {
        "libcrypto": Part("openssl", openssl, "Apache-2.0", _generic("openssl", openssl), (_APACHE,)),
        "sqlite3.dll": Part("sqlite", sqlite, "blessing", _generic("sqlite", sqlite), ()),
        "libffi": Part("libffi", "3", "MIT", _generic("libffi", "3"), ()),
        "vcruntime": Part("microsoft-visual-cpp-runtime", "14", "LicenseRef-Microsoft-Visual-Cpp-Runtime",
                          _generic("microsoft-visual-cpp-runtime", "14"), ()),
    }  # fmt: skip
    return [part for name, part in known.items() if name in names]


def _owner(file: str) -> str | None:
    """Return the package that a file belongs to; /lib and /usr/lib are one folder in today's Debian."""
    real = str(Path(file).resolve())
    for path in (file, real, real.removeprefix("/usr"), f"/usr{file}"):
        found = subprocess.run(["dpkg-query", "-S", path], capture_output=True, text=True, check=False).stdout
        if found:
            return found.split(":")[0]
    return None


def _system_package(name: str) -> Part:
    query = ["dpkg-query", "-W", "-f", "${Version}\n", name]
    version = subprocess.run(query, capture_output=True, text=True, check=True).stdout.splitlines()[0]
    text = Path("/usr/share/doc") / name / "copyright"
    texts = (text,) if text.exists() else ()
    return Part(name, version, "see its copyright file", f"pkg:deb/debian/{name}@{version}", texts)


def _python() -> Path:
    places = [
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path("/usr/share/doc/python3/copyright"),
        Path(sysconfig.get_config_var("installed_base") or "") / "LICENSE.txt",
    ]
    return next(place for place in places if place.is_file())


def _generic(name: str, version: str) -> str:
    return f"pkg:generic/{name}@{version}"


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()

"""What people install holds what it should: the one build file on each system, icons, file types, archives, sums."""

from __future__ import annotations

import configparser
import hashlib
import importlib.util
import os
import plistlib
import re
import runpy
import shutil
import struct
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest

from annotator import __version__
from annotator.readers import reader_for
from annotator.readers.draft import Draft, Options
from annotator.readers.source_file import in_memory
from tools.packaging import archives, contents, icons, inside, prove_work, samples

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "tools/packaging"
FREEDESKTOP = "{http://www.freedesktop.org/standards/shared-mime-info}"


@pytest.mark.parametrize(
    "needed",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/plugins/platforms/qoffscreen.dll",
        "PySide6/Qt/plugins/iconengines/libqsvgicon.so",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6/Qt/translations/qtbase_ar.qm",
        "PySide6/Qt/lib/libQt6Svg.so.6",
        "libxcb-cursor.so.0",
        "resources/fonts/Amiri-Regular.ttf",
        "resources/translations/ar/LC_MESSAGES/hashiya.mo",
        "sqlcipher3/_sqlite3.cp311-win_amd64.pyd",
        "pypdfium2_raw/libpdfium.so",
        "babel/locale-data/ar.dat",
        "babel/global.dat",
        "tld/res/effective_tld_names.dat.txt",
        "PySide6/Qt/lib/libQt6OpenGLWidgets.so.6",
        "numpy/_core/_multiarray_umath.cpython-311-x86_64-linux-gnu.so",
        "highspy/_core.cpython-311-x86_64-linux-gnu.so",
        "pyqtgraph/icons/auto.png",
    ],
)
def test_what_the_window_needs_is_inside(needed: str) -> None:
    assert contents.is_used(needed)


@pytest.mark.parametrize(
    "unused",
    [
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/plugins/tls/qopensslbackend.dll",
        "PySide6/Qt/plugins/networkinformation/libqnetworkmanager.so",
        "PySide6/Qt/plugins/platforms/libqvnc.so",
        "PySide6/Qt/plugins/imageformats/libqpdf.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/translations/qt_help_ar.qm",
        "PySide6/Qt/lib/libQt6Network.so.6",
        "PySide6\\Qt6Network.dll",
        "PySide6\\opengl32sw.dll",
        "libgtk-3.so.0",
        "babel/locale-data/de.dat",
        "babel\\locale-data\\ar_EG.dat",
        "pyqtgraph/colors/maps/CET-C1.csv",
    ],
)
def test_network_gtk_and_other_languages_stay_out(unused: str) -> None:
    assert not contents.is_used(unused)


def test_libraries_that_only_left_out_files_asked_for_go_too() -> None:
    asks = {"a.so": ["libone.so.1"], "libone.so.1": ["libtwo.so.2"], "libthree.so.3": ["libfour.so.4"]}
    files = ["lib/a.so", "libone.so.1", "libtwo.so.2", "libthree.so.3", "libfour.so.4", "libpython3.11.so.1.0"]
    entries = [(file, Path(file).name, "BINARY") for file in files]
    kept = contents.without_orphans(entries, lambda path: asks.get(path, []))
    assert [entry[0] for entry in kept] == ["lib/a.so", "libone.so.1", "libtwo.so.2", "libpython3.11.so.1.0"]


def test_libraries_that_a_wheel_carries_are_not_stripped() -> None:
    entries = [(f"{where}/a.so", "a.so", "BINARY") for where in ("numpy.libs", "numpy", "PySide6/Qt/lib")]
    assert [kind for *_, kind in contents.unstripped(entries)] == ["DATA", "BINARY", "BINARY"]


def test_everything_read_at_run_time_is_inside() -> None:
    files = {Path(file).name: folder for file, folder in contents.data_files()}
    assert files["NotoNaskhArabic_400Regular.ttf"] == "resources/fonts"
    assert files["hashiya.svg"] == "resources/icons"
    assert files["labels.toml"] == "seeds"
    assert not any(name.endswith(".po") for name in files)


def test_what_libraries_of_the_readers_read_is_inside() -> None:
    files = {f"{folder}/{Path(file).name}" for file, folder in contents.library_files()}
    assert {"trafilatura/settings.cfg", "justext/stoplists/Arabic.txt", "tld/res/effective_tld_names.dat.txt"} <= files
    assert any(file.startswith("trafilatura-") and file.endswith("/METADATA") for file in files)
    assert all(Path(file).is_file() for file, _ in contents.library_files())


def test_modules_that_are_named_only_at_run_time_are_inside() -> None:
    modules = contents.hidden_modules()
    assert {f"dateparser.data.date_translation_data.{language}" for language in ("ar", "en", "fr")} <= set(modules)
    assert {"PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets"} <= set(modules)
    for module in modules[2:5]:
        assert importlib.util.find_spec(module)


def test_what_measures_and_draws_is_inside() -> None:
    """A program without what stays out draws and measures all the same."""
    script = (
        f"import sys; sys.modules.update(dict.fromkeys({contents.UNUSED_MODULES!r}))\n"
        "from annotator.review.gamma import gamma_of\nfrom annotator.review.units import Unit\n"
        "assert gamma_of([[Unit(0, 3, 'a')], [Unit(0, 3, 'a')]], 50).gamma == 1.0\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=contents.ROOT, check=True)


def test_no_library_of_a_reader_is_among_what_stays_out() -> None:
    text = "\n".join(path.read_text("utf-8") for path in (contents.ROOT / "annotator/readers").rglob("*.py"))
    used = set(
        re.findall(r"^ +(?:import|from) ((?:lxml|openpyxl|pypdfium2|feedparser|trafilatura)[\w.]*)", text, re.MULTILINE)
    )
    assert used >= {"lxml", "pypdfium2", "feedparser"}
    assert not used & set(contents.UNUSED_MODULES)


def test_libraries_within_libraries_are_named_with_their_licences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inside, "_built_in", list)
    works = {work.name: work for work in inside.parts(["lxml.etree", "pypdfium2.raw", "pypdfium2_raw"], [])}
    assert {"lxml", "libxml2", "libxslt", "pypdfium2", "pdfium"} <= set(works)
    assert works["libxml2"].licence == "MIT"
    assert all(works[name].texts for name in ("libxml2", "libxslt", "pypdfium2", "pdfium"))
    carried = {work.name for work in inside.parts(["numpy._core"], [])} - {"numpy"}
    assert carried <= {"openblas", "libgfortran", "libquadmath"}
    assert bool(carried) == sys.platform.startswith(("linux", "win"))
    assert {"freetype.txt", "icu.txt"} <= {text.name for text in works["pypdfium2"].texts}


def test_the_samples_of_the_proof_can_be_read() -> None:
    for name, data in samples.write().items():
        source = in_memory(name, data)
        (found,) = reader_for(source).read(source, Options())
        assert isinstance(found, Draft), found
        assert prove_work.seen_in(name) in found.text


def test_an_icon_for_windows_holds_every_size() -> None:
    data = icons.ico({16: b"small", 256: b"large!"})
    assert struct.unpack("<HHH", data[:6]) == (0, 1, 2)
    for index, (side, picture) in enumerate(((16, b"small"), (0, b"large!"))):
        width, height, _, _, _, depth, length, start = struct.unpack_from("<BBBBHHII", data, 6 + 16 * index)
        assert (width, height, depth) == (side, side, 32)
        assert data[start : start + length] == picture


def test_an_icon_for_macos_says_its_lengths() -> None:
    data = icons.icns({16: b"small", 1024: b"large!"})
    assert (data[:4], struct.unpack(">I", data[4:8])[0]) == (b"icns", len(data))
    assert (data[8:12], struct.unpack(">I", data[12:16])[0], data[16:21]) == (b"icp4", 13, b"small")
    assert data[21:25] == b"ic10"


def test_macos_knows_the_type_of_our_files() -> None:
    plist = plistlib.loads(plistlib.dumps(contents.mac_information()))
    exported = plist["UTExportedTypeDeclarations"][0]
    assert plist["CFBundleDocumentTypes"][0]["LSItemContentTypes"] == [exported["UTTypeIdentifier"]]
    assert exported["UTTypeTagSpecification"]["public.filename-extension"] == ["hashiya"]
    assert (plist["LSMinimumSystemVersion"], plist["NSHighResolutionCapable"]) == ("13.0", True)
    assert plist["NSRequiresAquaSystemAppearance"] is False
    assert plist["CFBundleLocalizations"] == ["en", "ar"]
    assert plistlib.loads((PACKAGING / "mac/entitlements.plist").read_bytes())


def test_linux_knows_the_type_of_our_files() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(PACKAGING / "linux/hashiya.desktop", encoding="utf-8")
    desktop = entry["Desktop Entry"]
    kind = ElementTree.parse(PACKAGING / "linux/hashiya.xml").getroot()[0]
    glob = kind.find(f"{FREEDESKTOP}glob")
    assert glob is not None
    assert (kind.get("type"), glob.get("pattern")) == (contents.MIME, "*.hashiya")
    assert desktop["MimeType"] == f"{contents.MIME};"
    assert desktop["Exec"] == "hashiya %F"
    assert desktop["Name[ar]"] == "حاشية"


def test_the_windows_version_resource_tells_both_programs_apart() -> None:
    names = (
        "VSVersionInfo",
        "FixedFileInfo",
        "StringFileInfo",
        "StringTable",
        "StringStruct",
        "VarFileInfo",
        "VarStruct",
    )
    fakes = {name: lambda *parts, name=name, **fields: (name, parts, fields) for name in names}
    for console, file in ((False, "hashiya.exe"), (True, "hashiya.com")):
        _, _, fields = eval(contents.windows_version(console=console), fakes)  # noqa: S307 - our own text
        strings = dict(part[1] for part in fields["kids"][0][1][0][0][1][1])
        assert strings["OriginalFilename"] == file
        assert strings["FileVersion"] == __version__
        assert fields["ffi"][2]["filevers"] == tuple(int(part) for part in f"{__version__}.0".split("."))


@pytest.fixture
def run_spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[tuple[str, Any]]]:
    """Execute build.spec as PyInstaller does, on a system of our choice, and tell what it asked for."""

    def run(system: str) -> list[tuple[str, Any]]:
        asked: list[tuple[str, Any]] = []
        imports = SimpleNamespace(get_imports=lambda path: [("libused.so.1", path)])
        sbom = SimpleNamespace(write_sbom=lambda works, target: target)
        monkeypatch.setattr(sys, "platform", system)
        monkeypatch.setattr(icons, "png", lambda svg, size: b"png")
        monkeypatch.setattr(inside, "parts", lambda modules, libraries: [])
        for name in ("PyInstaller", "PyInstaller.depend"):
            monkeypatch.setitem(sys.modules, name, SimpleNamespace())
        monkeypatch.setitem(sys.modules, "PyInstaller.depend.bindepend", imports)
        monkeypatch.setitem(sys.modules, "tools.packaging.sbom", sbom)
        monkeypatch.setattr("tools.packaging.sbom", sbom, raising=False)

        def analysis(scripts: list[str], **how: Any) -> SimpleNamespace:
            asked.append(("Analysis", {"scripts": scripts, **how}))
            binaries = [("PySide6/Qt6Network.dll", "n", "BINARY"), ("libused.so.1", __file__, "BINARY")]
            datas = [(f"{folder}/{Path(file).name}", file, "DATA") for file, folder in how["datas"]]
            return SimpleNamespace(pure=[], scripts=[], binaries=binaries, datas=datas)

        def collect(*parts: Any, **how: Any) -> str:
            asked.append(("COLLECT", {"parts": parts, **how}))
            folder = tmp_path / "dist/hashiya"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "hashiya-console.exe").touch()
            return "collected"

        def note(name: str) -> Callable[..., str]:
            return lambda *parts, **how: asked.append((name, {"parts": parts, **how})) or name

        given = {
            "SPECPATH": str(ROOT), "DISTPATH": str(tmp_path / "dist"), "workpath": str(tmp_path / "work"),
            "Analysis": analysis, "COLLECT": collect, "PYZ": note("PYZ"), "EXE": note("EXE"), "BUNDLE": note("BUNDLE"),
        }  # fmt: skip
        runpy.run_path(str(ROOT / "build.spec"), init_globals=given)
        return asked

    return run


def _of(asked: list[tuple[str, Any]], name: str) -> list[dict[str, Any]]:
    return [how for one, how in asked if one == name]


@pytest.mark.parametrize("system", ["linux", "win32", "darwin"])
def test_every_system_gets_a_folder_without_console_compression_or_network(run_spec: Any, system: str) -> None:
    asked = run_spec(system)
    (analysis,), (collected,) = _of(asked, "Analysis"), _of(asked, "COLLECT")
    assert Path(analysis["scripts"][0]) == ROOT / "main.py"
    assert "PySide6.QtNetwork" in analysis["excludes"]
    assert analysis["optimize"] == 1
    assert collected["upx"] is False
    inside_names = [entry[0] for part in collected["parts"] if isinstance(part, list) for entry in part]
    assert not any("Network" in name for name in inside_names)
    assert {"LICENSE", "sbom.cdx.json", "resources/fonts/Amiri-Bold.ttf"} <= set(inside_names)
    program = _of(asked, "EXE")[0]
    assert (program["name"], program["console"], program["upx"]) == ("hashiya", False, False)
    assert program["exclude_binaries"] is True  # a folder, not one file that unpacks itself
    assert program["argv_emulation"] is False


def test_windows_gets_a_second_program_for_the_console(run_spec: Any, tmp_path: Path) -> None:
    programs = _of(run_spec("win32"), "EXE")
    assert [(one["name"], one["console"]) for one in programs] == [("hashiya", False), ("hashiya-console", True)]
    assert (tmp_path / "dist/hashiya/hashiya.com").exists()
    assert Path(programs[0]["icon"]).read_bytes()[:4] == b"\0\0\1\0"
    assert "hashiya.com" in Path(programs[1]["version"]).read_text("utf-8")


def test_macos_gets_a_bundle_signed_as_the_environment_says(run_spec: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HASHIYA_SIGN_IDENTITY", "Developer ID Application: Somebody")
    monkeypatch.setenv("HASHIYA_MAC_ARCH", "universal2")
    asked = run_spec("darwin")
    (program,), (bundle,) = _of(asked, "EXE"), _of(asked, "BUNDLE")
    assert (program["codesign_identity"], program["target_arch"]) == (
        "Developer ID Application: Somebody",
        "universal2",
    )
    assert Path(program["entitlements_file"]).is_file()
    assert (bundle["name"], bundle["bundle_identifier"]) == ("Hashiya.app", contents.IDENTIFIER)
    assert bundle["info_plist"]["CFBundleShortVersionString"] == __version__
    assert Path(bundle["icon"]).read_bytes()[:4] == b"icns"


def test_without_an_identity_macos_signs_for_this_machine_only(run_spec: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HASHIYA_SIGN_IDENTITY", "")  # what a secret that does not exist becomes
    monkeypatch.delenv("HASHIYA_MAC_ARCH", raising=False)
    program = _of(run_spec("darwin"), "EXE")[0]
    assert (program["codesign_identity"], program["target_arch"]) == (None, None)


def test_other_systems_get_no_signature_and_no_bundle(run_spec: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HASHIYA_SIGN_IDENTITY", "Developer ID Application: Somebody")
    asked = run_spec("linux")
    assert _of(asked, "EXE")[0]["codesign_identity"] is None
    assert not _of(asked, "BUNDLE")


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "hashiya"
    (folder / "_internal").mkdir(parents=True)
    (folder / "hashiya").write_text("program")
    (folder / "hashiya").chmod(0o755)
    (folder / "_internal/خط.ttf").write_text("font")
    return folder


def test_the_same_content_gives_the_same_archive(built: Path, tmp_path: Path) -> None:
    extra = {"install.sh": (b"#!/bin/sh\n", 0o755)}
    made = [
        archives.tar_xz(built, tmp_path / name, top="hashiya-1", extra=extra, moment=1_700_000_000)
        for name in ("one.tar.xz", "two.tar.xz")
    ]
    assert made[0].read_bytes() == made[1].read_bytes()
    with tarfile.open(made[0]) as archive:
        entries = {entry.name: entry for entry in archive}
    assert set(entries) == {"hashiya-1/hashiya", "hashiya-1/_internal/خط.ttf", "hashiya-1/install.sh"}
    assert entries["hashiya-1/install.sh"].mode == 0o755
    assert os.name == "nt" or entries["hashiya-1/hashiya"].mode == 0o755
    assert {entry.mtime for entry in entries.values()} == {1_700_000_000}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the script is for Linux")
def test_linux_installs_updates_and_removes_for_one_user_and_keeps_projects(built: Path, tmp_path: Path) -> None:
    home = tmp_path / "بيت سامية"
    extra = {
        "install.sh": (PACKAGING / "linux/install.sh").read_bytes(),
        "share/hashiya.desktop": (PACKAGING / "linux/hashiya.desktop").read_bytes(),
        "share/hashiya.xml": (PACKAGING / "linux/hashiya.xml").read_bytes(),
        "_internal/resources/icons/hashiya.svg": (ROOT / "resources/icons/hashiya.svg").read_bytes(),
    }
    for name, content in extra.items():
        (built / name).parent.mkdir(parents=True, exist_ok=True)
        (built / name).write_bytes(content)
    (home / ".local/opt/hashiya").mkdir(parents=True)
    (home / ".local/opt/hashiya/of-the-old-version").touch()
    project = home / ".local/share/Hashiya/starter.hashiya"
    project.parent.mkdir(parents=True)
    project.write_text("work")

    environment = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / ".local/share")}

    def script(*arguments: str) -> None:
        subprocess.run(["sh", str(built / "install.sh"), *arguments], check=True, env=environment)

    script()
    program, desktop = home / ".local/opt/hashiya/hashiya", home / ".local/share/applications/hashiya.desktop"
    assert program.read_text() == "program"
    assert not (home / ".local/opt/hashiya/of-the-old-version").exists()
    assert (home / ".local/bin/hashiya").resolve() == program
    assert f'Exec="{program}" %F' in desktop.read_text("utf-8")
    script("--remove")
    assert not program.parent.exists()
    assert not desktop.exists()
    assert not (home / ".local/bin/hashiya").is_symlink()
    assert project.read_text() == "work"


def test_the_portable_archive_says_that_it_is_portable(built: Path, tmp_path: Path) -> None:
    portable = {"portable.txt": (PACKAGING / "windows/portable.txt").read_bytes()}
    made = archives.zipped(built, tmp_path / "p.zip", top="Hashiya", extra=portable, moment=1_700_000_000)
    with zipfile.ZipFile(made) as archive:
        assert set(archive.namelist()) == {"Hashiya/hashiya", "Hashiya/_internal/خط.ttf", "Hashiya/portable.txt"}


def test_the_sums_are_those_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(b"b")
    (tmp_path / "a.exe").write_bytes(b"a")
    archives.write_sums(tmp_path)
    archives.write_sums(tmp_path)  # a second time the file of sums is not summed
    wanted = [f"{hashlib.sha256(name[0].encode()).hexdigest()}  {name}" for name in ("a.exe", "b.zip")]
    assert (tmp_path / "SHA256SUMS").read_text().splitlines() == wanted


def test_libraries_that_python_brings_along_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inside, "_built_in", list)
    monkeypatch.setattr(shutil, "which", lambda tool: None)
    works = inside.parts([], ["C:/python/DLLs/libcrypto-3.dll", "C:/python/VCRUNTIME140.dll"])
    assert [work.name for work in works] == ["microsoft-visual-cpp-runtime", "openssl"]


def test_the_texts_of_licences_are_collected_one_folder_a_work(tmp_path: Path) -> None:
    works = inside.packages(["filelock._api", "orjson", "main"])
    copies = inside.write_texts(works, tmp_path / "licences")
    assert {copy.parent.name.split("-")[0] for copy in copies} == {"filelock", "orjson"}
    assert all(work.licence for work in works)


def test_texts_of_one_name_do_not_take_each_others_place(tmp_path: Path) -> None:
    texts = [tmp_path / folder / "LICENSE.txt" for folder in ("whole", "part", "other")]
    for text in texts:
        text.parent.mkdir()
        text.write_text(text.parent.name)
    work = inside.Part("several", "1", "MIT", "pkg:generic/several@1", tuple(texts))
    copies = inside.write_texts([work], tmp_path / "licences")
    assert [copy.name for copy in copies] == ["LICENSE.txt", "part-LICENSE.txt", "other-LICENSE.txt"]
    assert [copy.read_text() for copy in copies] == ["whole", "part", "other"]


def test_every_library_that_we_name_is_among_what_others_made() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["window"]]
    named = (ROOT / "THIRD_PARTY.md").read_text("utf-8").lower()
    assert [name for one in needed if (name := re.split(r"[<>=]", one)[0].lower()) not in named] == []


def test_every_module_of_qt_that_the_window_uses_goes_in() -> None:
    text = "\n".join(path.read_text("utf-8") for path in (contents.ROOT / "ui").rglob("*.py"))
    used = set(re.findall(r"from (PySide6\.\w+) import", text))
    assert used >= {"PySide6.QtCore", "PySide6.QtPrintSupport"}
    assert not used & set(contents.UNUSED_MODULES)
    for module in used:
        assert contents.is_used(f"PySide6/Qt/lib/libQt6{module.removeprefix('PySide6.Qt')}.so.6")

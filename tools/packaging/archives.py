"""Archives and their sums. The same content gives the same bytes: fixed order, times and owners."""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path


def tar_xz(folder: Path, target: Path, *, top: str, extra: Mapping[str, tuple[bytes, int]], moment: int) -> Path:
    """Pack a folder as `top` into a .tar.xz, with extra files by name as (content, mode); return the archive."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(target, "w:xz", preset=9, format=tarfile.PAX_FORMAT) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_dir() and not path.is_symlink():
                continue
            entry = archive.gettarinfo(path, f"{top}/{path.relative_to(folder).as_posix()}")
            _make_plain(entry, moment)
            if entry.isreg():
                with path.open("rb") as file:
                    archive.addfile(entry, file)
            else:
                archive.addfile(entry)
        for name, (content, mode) in sorted(extra.items()):
            entry = tarfile.TarInfo(f"{top}/{name}")
            entry.size, entry.mode = len(content), mode
            _make_plain(entry, moment)
            archive.addfile(entry, io.BytesIO(content))
    return target


def zipped(folder: Path, target: Path, *, top: str, extra: Mapping[str, bytes], moment: int) -> Path:
    """Pack a folder as `top` into a .zip, with extra files by name; return the archive."""
    target.parent.mkdir(parents=True, exist_ok=True)
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    contents = {name: path.read_bytes() for name, path in files.items()} | dict(extra)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(f"{top}/{name}", time.gmtime(moment)[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, contents[name])
    return target


def write_sums(folder: Path) -> Path:
    """Write SHA256SUMS for all files of a folder, in the form that `sha256sum -c` reads."""
    target = folder / "SHA256SUMS"
    files = sorted(path for path in folder.iterdir() if path.is_file() and path != target)
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    target.write_text("".join(lines), encoding="utf-8", newline="\n")
    return target


def _make_plain(entry: tarfile.TarInfo, moment: int) -> None:
    entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = moment, 0, 0, "root", "root"
    entry.mode = 0o755 if entry.mode & 0o100 else 0o644


def source_moment() -> int:
    """Return the time that everything in an archive gets, in seconds since 1970."""
    return int(os.environ["SOURCE_DATE_EPOCH"])

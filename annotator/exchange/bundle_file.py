"""Reading and writing the file of a bundle: a ZIP of JSON Lines under a manifest.

Files are cut at 3 MB, so that even what packs very well stays below what a ZIP bomb is told by; what cannot be cut (one huge
text) is stored unpacked. A bundle is read file by file: memory does not grow with it.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import orjson

from annotator.bundle_errors import BundleRefused, NewerBundle, NotABundle, TamperedBundle
from annotator.errors import ProjectError
from annotator.exchange.manifest import FORMAT, NAME, VERSION, Manifest, Part, decoded, encoded, format_of
from annotator.language import N_, Sentence
from annotator.readers.zip_guard import Limits, Member, members, open_zip, read_member
from annotator.store.migrations import FORMAT as PROJECT_FORMAT
from annotator.text.canonical import canonical
from annotator.writers.target import whole_file

_CUT = 3 << 20
_LIMITS = Limits(member=160 << 20, whole=64 << 30)
_BIGGEST_ORIGINAL = 1 << 30
_NAMES = re.compile(r"manifest\.json|(segments|texts|originals)/\d{6}\.jsonl")
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


class BundleWriter:
    """Writes the files of a bundle; the manifest comes last."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._numbers: dict[str, int] = {}
        self.sha256: dict[str, str] = {}

    def add(self, folder: str, data: bytes) -> str:
        """Write a file of lines into a folder of the bundle and return its name."""
        number = self._numbers[folder] = self._numbers.get(folder, 0) + 1
        name = f"{folder}/{number:06}.jsonl"
        self._write(name, data)
        return name

    def add_lines(self, folder: str, lines: Iterable[bytes]) -> list[str]:
        """Write lines into as many files as they need and return their names."""
        return [self.add(folder, data) for data in cut(lines)]

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest."""
        self._write(NAME, encoded(manifest))

    def _write(self, name: str, data: bytes) -> None:
        entry = zipfile.ZipInfo(name, _FIXED_TIME)
        entry.external_attr, entry.create_system = 0o644 << 16, 3
        entry.compress_type = zipfile.ZIP_DEFLATED if len(data) <= _LIMITS.free else zipfile.ZIP_STORED
        self._archive.writestr(entry, data)
        self.sha256[name] = hashlib.sha256(data).hexdigest()


def cut(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines joined to pieces of about 3 MB."""
    piece: list[bytes] = []
    size = 0
    for line in lines:
        if size and size + len(line) > _CUT:
            yield b"".join(piece)
            piece, size = [], 0
        piece.append(line)
        size += len(line)
    if piece:
        yield b"".join(piece)


@contextmanager
def writing(path: Path) -> Iterator[BundleWriter]:
    """Give a writer of a bundle that becomes `path` only if the block succeeds. Raises CannotWrite or DiskFull."""
    with whole_file(path) as file, zipfile.ZipFile(file, "w") as archive:
        yield BundleWriter(archive)


def text_line(text: str) -> bytes:
    """Return the line of a text."""
    return orjson.dumps(text, option=orjson.OPT_APPEND_NEWLINE)


def original_line(sha256: bytes, packed: bytes) -> bytes:
    """Return the line of an article's original bytes, packed with zlib."""
    record = {"sha256": sha256.hex(), "packed": base64.b64encode(packed).decode()}
    return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)


class Bundle:
    """An open bundle whose manifest was looked at; its files are looked at as they are read."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.file = path.name
        self._archive = archive
        with _told_as_no_bundle(self.file):
            self._members = {one.name: one for one in members(archive, _LIMITS)}
            for one in self._members.values():
                self._refuse(one)
            record = self._json(read_member(archive, self._member(NAME), limit=_LIMITS.member))
        self.manifest = self._manifest(record)
        self._refuse_unlisted()

    def lines_of(self, part: Part) -> bytes:
        """Return the lines of a segment; raise TamperedBundle."""
        return self._read(part.file)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield the texts with their SHA-256; raise TamperedBundle for what is no canonical text."""
        for name in self.manifest.texts:
            for line in self._read(name).splitlines():
                yield self._text(name, self._json(line))

    def originals(self) -> Iterator[tuple[str, bytes]]:
        """Yield packed original bytes with the SHA-256 of the bytes; raise TamperedBundle."""
        for name in self.manifest.originals:
            for line in self._read(name).splitlines():
                yield self._original(name, self._json(line))

    # -- inside ---------------------------------------------------------------------------------------------------

    def _refuse(self, member: Member) -> None:
        if member.error:
            raise member.error
        if not _NAMES.fullmatch(member.name):
            reason = Sentence(N_("it holds the file “{name}”, which no bundle has."), {"name": member.name})
            raise NotABundle(file=self.file, reason=reason)

    def _manifest(self, record: Any) -> Manifest:
        format, version, project_format = format_of(record)
        if format != FORMAT:
            raise NotABundle(file=self.file, reason=Sentence(N_("its manifest is of another format.")))
        if version > VERSION or project_format > PROJECT_FORMAT:
            raise NewerBundle(file=self.file, program=str(record.get("program", "?"))[:80])
        found = decoded(record)
        if found is None:
            raise TamperedBundle(file=self.file, reason=Sentence(N_("its manifest was changed.")))
        return found

    def _refuse_unlisted(self) -> None:
        manifest = self.manifest
        listed = [*(one.file for one in manifest.segments), *manifest.texts, *manifest.originals]
        names = set(listed)
        if len(names) < len(listed) or names | {NAME} != set(self._members) or names != set(manifest.sha256):
            raise TamperedBundle(file=self.file, reason=Sentence(N_("it does not hold the files that it lists.")))

    def _member(self, name: str) -> Member:
        if name not in self._members:
            raise NotABundle(file=self.file, reason=Sentence(N_("it has no manifest.")))
        return self._members[name]

    def _read(self, name: str) -> bytes:
        with _told_as_no_bundle(self.file):
            data = read_member(self._archive, self._members[name], limit=_LIMITS.member)
        if hashlib.sha256(data).hexdigest() != self.manifest.sha256[name]:
            self._tampered(name)
        return data

    def _json(self, data: bytes) -> Any:
        try:
            return orjson.loads(data)
        except ValueError as error:
            raise TamperedBundle(file=self.file, reason=Sentence(N_("it holds broken JSON."))) from error

    def _text(self, name: str, found: Any) -> tuple[str, str]:
        if isinstance(found, str):
            with _told_as_no_bundle(self.file):
                made = canonical(found)
            if made.text == found:
                return made.sha256, found
        self._tampered(name)

    def _original(self, name: str, found: Any) -> tuple[str, bytes]:
        try:
            packed = base64.b64decode(found["packed"], validate=True)
            unpacking = zlib.decompressobj()
            digest = hashlib.sha256(unpacking.decompress(packed, _BIGGEST_ORIGINAL)).hexdigest()
            if unpacking.eof and not unpacking.unused_data and digest == found["sha256"]:
                return digest, packed
        except (ValueError, KeyError, TypeError, zlib.error) as error:
            raise TamperedBundle(file=self.file, reason=Sentence(_DIFFERS, {"name": name})) from error
        self._tampered(name)

    def _tampered(self, name: str) -> NoReturn:
        raise TamperedBundle(file=self.file, reason=Sentence(_DIFFERS, {"name": name}))


_DIFFERS = N_("“{name}” is not what was written into it.")


def is_bundle(path: Path) -> bool:
    """Tell whether a file is a bundle by its content, also if it got another name on its way."""
    try:
        manifest_of(path)
    except NotABundle:
        return False
    except BundleRefused:
        return True
    return True


def manifest_of(path: Path) -> Manifest:
    """Return what a bundle says of itself. Raises NotABundle, NewerBundle or TamperedBundle."""
    with reading(path) as bundle:
        return bundle.manifest


@contextmanager
def reading(path: Path) -> Iterator[Bundle]:
    """Open a bundle. Raises NotABundle, NewerBundle or TamperedBundle."""
    try:
        file = path.open("rb")
    except OSError as error:
        reason = Sentence(N_("it cannot be opened ({reason})."), {"reason": error.strerror or str(error)})
        raise NotABundle(file=path.name, reason=reason) from error
    with file:
        with _told_as_no_bundle(path.name):
            archive = open_zip(file)
        with archive:
            yield Bundle(path, archive)


@contextmanager
def _told_as_no_bundle(file: str) -> Iterator[None]:
    """Tell what is wrong with the ZIP as what is wrong with the bundle."""
    try:
        yield
    except NotABundle:
        raise
    except ProjectError as error:
        raise NotABundle(file=file, reason=error.sentence) from error

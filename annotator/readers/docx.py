"""Word documents (DOCX, DOCM and their templates): one article a file. Older and other office files are refused by name.

The parts are found through their relationships and read from the ZIP one by one; pictures are never unpacked.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zipfile import ZipFile

from annotator.errors import ProjectError
from annotator.file_errors import DamagedFile, OtherFormat, PasswordProtected
from annotator.language import N_, Sentence
from annotator.readers.docx_text import Found, Styles, notes_of, styles_of, text_of
from annotator.readers.draft import Draft, Options, Reader, draft_of
from annotator.readers.source_file import SourceFile
from annotator.readers.wrong_ending import ending_notes
from annotator.readers.xml_guard import local_name, parsed
from annotator.readers.zip_guard import MAGIC, Limits, Member, members, open_zip, read_member

_WORD = frozenset({".docx", ".docm", ".dotx", ".dotm"})
_REFUSED = frozenset({".doc", ".rtf", ".odt", ".ott"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_ODF = b"mimetypeapplication/vnd.oasis.opendocument"
_STREAMS = (("EncryptedPackage", ""), ("WordDocument", "DOC"), ("Workbook", "XLS"), ("PowerPoint Document", "PPT"))
_LIMITS = Limits(members=20_000, whole=1 << 30)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?")


@dataclass(frozen=True, slots=True)
class _Properties:
    title: str = ""
    creator: str = ""
    created: str = ""
    modified: str = ""


def read(source: SourceFile, options: Options) -> Iterator[Draft | ProjectError]:
    """Yield the one article of a Word document, or the error that says why there is none."""
    try:
        yield _draft(source, source.read())
    except ProjectError as error:
        yield error


def _draft(source: SourceFile, data: bytes) -> Draft:
    _refuse_others(data)
    with _Package(data) as package:
        styles, found = package.text()
        notes = [line for kind in ("footnotes", "endnotes") for line in package.notes(kind, styles)]
        properties, has_comments = package.properties(), package.has("comments")
    text = "\n".join([*found.lines, *(["", *notes] if notes else [])])
    return draft_of(
        text.strip("\n"),
        source=source,
        original=data,
        reader="docx",
        encoding="docx",
        confidence=None,
        title=found.title or properties.title,
        notes=(
            *ending_notes(source, _WORD, "DOCX"),
            *_notes(found, footnotes=len(notes), has_comments=has_comments),
            *_dates(properties),
        ),
        author=properties.creator,
        captured_at=properties.modified,
    )


def _refuse_others(data: bytes) -> None:
    """Raise OtherFormat or PasswordProtected for what is no ZIP of parts."""
    if data.startswith(_OLE):
        kind = next((kind for stream, kind in _STREAMS if stream.encode("utf-16-le") in data), "DOC")
        if not kind:
            raise PasswordProtected
        raise OtherFormat(format=kind, wanted={"XLS": "XLSX"}.get(kind, "DOCX"))
    if data.startswith(_RTF):
        raise OtherFormat(format="RTF", wanted="DOCX")
    if _ODF in data[:100]:
        raise OtherFormat(format="ODT", wanted="DOCX")
    if not data.startswith(MAGIC):
        raise DamagedFile(format="DOCX")


def _notes(found: Found, *, footnotes: int, has_comments: bool) -> Iterator[Sentence]:
    if found.has_numbers:
        yield Sentence(
            N_("Word makes the numbers and bullets of its lists when it shows them; they are not in the text.")
        )
    if found.has_changes:
        yield Sentence(N_("It has tracked changes: what was inserted is in the text, what was deleted is not."))
    if found.has_hidden:
        yield Sentence(N_("Hidden words of the document are not in the text."))
    if footnotes:
        yield Sentence(N_("Its footnotes stand at the end of the text."))
    if has_comments:
        yield Sentence(N_("Comments of the document are not in the text."))


def _dates(properties: _Properties) -> Iterator[Sentence]:
    if properties.created:
        yield Sentence(N_("The file says that it was made on {date}; that need not be when it was published."),
                       {"date": properties.created})  # fmt: skip
    if properties.modified and properties.modified != properties.created:
        yield Sentence(N_("The file says that it was changed last on {date}."), {"date": properties.modified})


class _Package:
    """The parts of a Word document, found through their relationships."""

    def __init__(self, data: bytes) -> None:
        self._zip: ZipFile = open_zip(io.BytesIO(data), format="DOCX")
        self._members: dict[str, Member] = {}

    def __enter__(self) -> _Package:
        for member in members(self._zip, _LIMITS):
            if member.error:
                raise member.error
            self._members[member.name] = member
        self._main = self._related("", "officeDocument")
        if not self._main:
            raise DamagedFile(format="DOCX")
        return self

    def __exit__(self, *failure: object) -> None:
        self._zip.close()

    def text(self) -> tuple[Styles, Found]:
        """Return the styles and the text of the document."""
        root = self._xml(self._main)
        if local_name(root) != "document":
            raise DamagedFile(format="DOCX")
        part = self._related(self._main, "styles")
        styles = styles_of(self._xml(part)) if part else Styles()
        return styles, text_of(root, styles)

    def notes(self, kind: str, styles: Styles) -> list[str]:
        """Return the lines of the footnotes or the endnotes."""
        part = self._related(self._main, kind)
        return notes_of(self._xml(part), styles) if part else []

    def has(self, kind: str) -> bool:
        """Tell whether the document has a part of a kind, such as comments."""
        return bool(self._related(self._main, kind))

    def properties(self) -> _Properties:
        """Return what the document says of itself."""
        part = self._related("", "core-properties")
        said = {local_name(one): (one.text or "").strip() for one in self._xml(part)} if part else {}
        return _Properties(
            said.get("title", ""), said.get("creator", ""), _moment(said.get("created", "")), _moment(said.get("modified", ""))
        )  # fmt: skip

    def _related(self, part: str, kind: str) -> str:
        """Return the name of the part that a part names as one of a kind; empty when there is none."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self._members:
            return ""
        for relation in self._xml(relations):
            if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
                return target if target in self._members else ""
        return ""

    def _xml(self, part: str) -> Any:
        return parsed(read_member(self._zip, self._members[part]), format="DOCX")


def _moment(written: str) -> str:
    """Return a W3CDTF moment to the minute; empty if it is none."""
    found = _MOMENT.match(written)
    return (found.group() + ("Z" if found.group(1) else "")) if found else ""


def _is_word(head: bytes) -> bool:
    """Tell whether bytes begin a Word document, or what is refused by name; other OLE files are known by their ending."""
    if head.startswith(_OLE):
        return "WordDocument".encode("utf-16-le") in head
    return (head.startswith(MAGIC) and b"word/" in head) or head.startswith(_RTF) or _ODF in head[:100]


READER = Reader("docx", _WORD | _REFUSED, read, recognises=_is_word)

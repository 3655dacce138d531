"""Exports of WordPress (WXR): one article a post or page that was published; an export of any size is read item by item.

The format is RSS with WordPress's own elements: https://wordpress.org/documentation/article/tools-export-screen/
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from annotator.errors import ProjectError
from annotator.file_errors import BadItem, DamagedFile, NotAFeed, NotPublished, UnreadableFile
from annotator.language import N_, Sentence
from annotator.readers.draft import Draft, Options, Reader, draft_of
from annotator.readers.markup import text_of_fragment
from annotator.readers.source_file import SourceFile
from annotator.readers.wrong_ending import ending_notes
from annotator.readers.xml_guard import local_name, parsed, refuse_entities
from annotator.readers.xml_items import pieces_of

_ENDINGS = frozenset({".wxr", ".xml"})
_SIGN = re.compile(rb"xmlns:\w+\s*=\s*[\"']https?://wordpress\.org/export/")
_ROOT = re.compile(rb"<rss\b[^>]*>")
_DECLARATION = re.compile(rb"<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_KINDS = frozenset({"post", "page"})
_SILENT = frozenset({"auto-draft", "inherit", "trash"})  # what WordPress itself shows to nobody as a draft
_SHORTCODE = re.compile(r"\[/?[A-Za-z][\w-]*(?:\s[^\]]*)?\]")
_MOMENT = re.compile(r"([1-9]\d{3}-\d\d-\d\d)[ T](\d\d:\d\d)")


@dataclass(frozen=True, slots=True)
class _Export:
    """What stands before the first item: how items are wrapped to be XML by themselves, and whose blog it is."""

    before: bytes
    encoding: str
    outlet: str = ""
    authors: Mapping[str, str] = field(default_factory=dict)

    def parsed(self, item: bytes) -> Any:
        """Return the element of an item."""
        return parsed(self.before + item + b"</rss>", format="XML")[0]


def read(source: SourceFile, options: Options) -> Iterator[Draft | ProjectError]:
    """Yield the published posts and pages, and an error for each that is not published or cannot be read."""
    try:
        with source.open() as file:
            whole = _sha256(file)
        with source.open() as file:
            yield from _articles(source, file, whole)
    except OSError as error:
        yield UnreadableFile(reason=error.strerror or error)
    except ProjectError as error:
        yield error


def _sha256(file: BinaryIO) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # it reads as a BinaryIO does


def _articles(source: SourceFile, file: BinaryIO, whole: str) -> Iterator[Draft | ProjectError]:
    pieces = pieces_of(file, ("item",))
    export = _export(next(pieces).data)
    number = 0
    for number, piece in enumerate(pieces, start=1):
        try:
            if not piece.is_whole:
                raise DamagedFile(format="XML")
            refuse_entities(piece.data)
            yield from _article(source, export, piece.data, number, whole)
        except ProjectError as error:
            yield BadItem(number=number, reason=error.sentence)
    if not number:
        yield NotAFeed()


def _export(head: bytes) -> _Export:
    refuse_entities(head)
    root = _ROOT.search(head)
    if not root:
        raise NotAFeed
    declaration = _DECLARATION.search(head)
    before = (declaration.group() if declaration else b"") + root.group()
    named = _ENCODING.search(declaration.group()) if declaration else None
    encoding = named.group(1).decode("ascii").lower() if named else "utf-8"
    begun = head[root.end() :].partition(b"</channel>")[0]
    channel = parsed(before + begun + b"</channel></rss>", format="XML")[0]
    fields = {local_name(one): one.text or "" for one in channel}
    return _Export(before, encoding, text_of_fragment(fields.get("title", "")), dict(_authors(channel)))


def _authors(channel: Any) -> Iterator[tuple[str, str]]:
    """Yield the name that each login is shown as."""
    for author in (one for one in channel if local_name(one) == "author"):
        said = {local_name(one): (one.text or "").strip() for one in author}
        yield said.get("author_login", ""), said.get("author_display_name", "") or said.get("author_login", "")


def _article(
    source: SourceFile, export: _Export, item: bytes, number: int, whole: str
) -> Iterator[Draft | ProjectError]:
    said = _fields(export.parsed(item))
    status = said.get("status", "publish")
    if said.get("post_type", "post") not in _KINDS or status in _SILENT:
        return
    title = text_of_fragment(said.get("title", ""))
    if status != "publish":
        yield BadItem(number=number, reason=NotPublished(title=title or said.get("post_id", ""), state=status).sentence)
        return
    text = text_of_fragment(said.get("content", ""), keep_lines=True)
    yield draft_of(
        text,
        source=source,
        original=item,
        reader="wxr",
        encoding=export.encoding,
        confidence=None,
        title=title,
        notes=(*ending_notes(source, _ENDINGS, "WXR"), *_notes(said, text)),
        part=said.get("guid") or said.get("post_id") or str(number),
        file_sha256=whole,
        outlet=export.outlet,
        author=export.authors.get(said.get("creator", ""), said.get("creator", "")),
        date=_date(said),
        url=said.get("link", ""),
    )


def _fields(item: Any) -> dict[str, str]:
    """Return the elements of an item by name; `encoded` is the content or the excerpt, told apart by its namespace."""
    said: dict[str, str] = {}
    for one in item:
        name = local_name(one)
        if name == "encoded":
            name = "content" if "purl.org/rss/1.0/modules/content" in one.tag else "excerpt"
        said.setdefault(name, (one.text or "").strip())
    return said


def _notes(said: Mapping[str, str], text: str) -> Iterator[Sentence]:
    if _SHORTCODE.search(text):
        yield Sentence(
            N_("WordPress fills its shortcodes, as [gallery], when it shows the page; here they are as written.")
        )
    if said.get("post_password"):
        yield Sentence(N_("On the web this article was locked with a password."))


def _date(said: Mapping[str, str]) -> str:
    """Return when a post was published, in UTC; where only the blog's own time is known, the day."""
    universal = _MOMENT.match(said.get("post_date_gmt", ""))
    if universal:
        return f"{universal.group(1)}T{universal.group(2)}Z"
    local = _MOMENT.match(said.get("post_date", ""))
    return local.group(1) if local else ""


READER = Reader("wxr", _ENDINGS, read, recognises=lambda head: bool(_SIGN.search(head)))

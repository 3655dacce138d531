"""Feeds saved as files (RSS, Atom, RDF): one article an item, by `feedparser`, which gets bytes and nothing to fetch."""

from __future__ import annotations

import hashlib
import io
import re
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from annotator.errors import ProjectError
from annotator.file_errors import BadItem, DamagedFile, NotAFeed
from annotator.language import N_, Sentence
from annotator.readers.draft import Draft, Options, Reader, draft_of
from annotator.readers.markup import text_of_fragment
from annotator.readers.source_file import SourceFile
from annotator.readers.wrong_ending import ending_notes
from annotator.readers.xml_guard import is_xml, refuse_entities
from annotator.readers.xml_items import pieces_of

_ENDINGS = frozenset({".rss", ".atom", ".rdf", ".xml"})
_ROOT = re.compile(rb"<(?:rss|rdf:RDF|(?:atom:)?feed)[\s>]")
_ITEMS = ("item", "entry", "atom:entry", "rss:item")
# What feedparser lets through on broken files: most it mends itself.
_RAISED = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
_HTML = ("text/html", "application/xhtml+xml")


def read(source: SourceFile, options: Options) -> Iterator[Draft | ProjectError]:
    """Yield the articles of a feed, and an error for each item without text."""
    try:
        data = source.read()
        refuse_entities(data)
        feed = _parsed(data)
        if not feed.entries:
            raise NotAFeed
    except ProjectError as error:
        yield error
        return
    originals = _originals(data, len(feed.entries))
    whole = hashlib.sha256(data).hexdigest()
    for number, (entry, original) in enumerate(zip(feed.entries, originals, strict=True), start=1):
        try:
            yield _draft(source, feed, entry, number, original, whole)
        except ProjectError as error:
            yield BadItem(number=number, reason=error.sentence)


def _parsed(data: bytes) -> Any:
    """Return what `feedparser` makes of the bytes: from a stream it reads, a name or an address it would open."""
    import feedparser

    try:
        return feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except _RAISED as error:
        raise DamagedFile(format="XML") from error


def _originals(data: bytes, count: int) -> list[bytes]:
    """Return the bytes of each item; those of the whole file where it cannot be cut into as many."""
    items = [piece.data for piece in pieces_of(io.BytesIO(data), _ITEMS) if piece.is_item and piece.is_whole]
    return items if len(items) == count else [data] * count


def _draft(source: SourceFile, feed: Any, entry: Any, number: int, original: bytes, whole: str) -> Draft:
    import feedparser

    text, notes = _text(entry)
    return draft_of(
        text,
        source=source,
        original=original,
        reader="feed",
        encoding=feed.encoding or "utf-8",
        confidence=None,
        title=text_of_fragment(entry.get("title", "")),
        notes=(*ending_notes(source, _ENDINGS, Sentence(N_("a feed"))), *_damage(feed), *notes),
        reader_version=f"feedparser {feedparser.__version__}",
        part=entry.get("id") or str(number),
        file_sha256=whole,
        outlet=text_of_fragment(feed.feed.get("title", "")),
        author=entry.get("author", ""),
        date=_date(entry),
        url=entry.get("link", ""),
    )


def _text(entry: Any) -> tuple[str, tuple[Sentence, ...]]:
    """Return the fullest text that an item has, and what is to be said when that is not its content."""
    contents = [_plain(one) for one in entry.get("content", ())]
    content = max(contents, key=len, default="")
    if content:
        return content, ()
    summary = _plain(entry.get("summary_detail") or {"value": entry.get("summary", "")})
    if summary:
        return summary, (Sentence(N_("The feed has only a description of this article, which may not be all of it.")),)
    title = text_of_fragment(entry.get("title", ""))
    return title, (Sentence(N_("The feed has only the headline of this article.")),) if title else ()


def _damage(feed: Any) -> Iterator[Sentence]:
    """Yield a note where the feed is no sound XML, so that something may be missing."""
    from xml.sax import SAXException

    if feed.bozo and isinstance(feed.bozo_exception, SAXException):
        yield Sentence(N_("The feed is damaged XML; what can be read of it came in, something may be missing."))


def _plain(content: Any) -> str:
    value = content.get("value") or ""
    if content.get("type") in _HTML or "<" in value or "&" in value:
        return text_of_fragment(value)
    return value.strip()


def _date(entry: Any) -> str:
    """Return when an item was published, or else changed: in UTC, to the minute, or the day where only that is said."""
    for name in ("published", "updated", "created"):
        moment = entry.get(f"{name}_parsed")
        if moment:
            try:
                found = datetime.fromtimestamp(timegm(moment), UTC)
            except (ValueError, OverflowError, OSError):
                continue
            return found.strftime("%Y-%m-%dT%H:%MZ" if ":" in entry.get(name, "") else "%Y-%m-%d")
    return ""


def is_feed(head: bytes) -> bool:
    """Tell whether bytes begin like a feed."""
    return is_xml(head) and bool(_ROOT.search(head.replace(b"\0", b"")))


READER = Reader("feed", _ENDINGS, read, recognises=is_feed)

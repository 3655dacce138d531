"""Saved web pages: the article in them, its title, outlet, author, date and address. Nothing is ever loaded from anywhere.

`trafilatura` says what the article is; the text itself is taken from the page (`main_text`). Where it finds none, the whole
visible text is taken. What comes from the clipboard as HTML is taken whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from annotator.errors import ProjectError
from annotator.file_errors import EmptyFile
from annotator.language import N_, Sentence
from annotator.readers.draft import Draft, Options, Reader, draft_of
from annotator.readers.main_text import chosen, headline_among
from annotator.readers.saved_page import SavedFrom, saved_from
from annotator.readers.source_file import SourceFile
from annotator.readers.web_details import Said, article_body, date_of, page_data
from annotator.readers.web_encoding import DecodedPage, decode_page
from annotator.readers.web_text import HEADINGS, Block, blocks_of, joined
from annotator.readers.web_tree import Extraction, bounded, extracted, parsed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CUT = Sentence(N_("The page breaks off before its end; something may be missing."))
_FRAGMENT, _FRAGMENT_END = "<!--StartFragment-->", "<!--EndFragment-->"
_HEAD = 4096
_PAGE = re.compile(r"<(?:!doctype|html|head|title|body|frameset)[\s>]", re.I)
_BEGUN = re.compile(r"<(?:html|body)[\s>]", re.I)
_ENDED = re.compile(r"</(?:html|body)\s*>", re.I)
_BEGINS = re.compile(
    rb"\s*(?:<\?xml[^>]{0,300}>\s*)?(?:<!--(?:(?!-->)[\s\S]){0,2000}-->\s*){0,5}<(?:!doctype\s+html|html)[\s>]", re.I
)


@dataclass(frozen=True, slots=True)
class _Article:
    """What was found in a page: the article's text, what is said about it, and the doubts."""

    text: str
    said: Said = field(default_factory=Said)
    extraction: Extraction = field(default_factory=Extraction)
    title: str = ""
    doubts: tuple[Sentence, ...] = ()


def read(source: SourceFile, options: Options) -> Iterator[Draft | ProjectError]:
    """Yield the one article of a page, or the error that says why there is none."""
    try:
        data = source.read()
        page = decode_page(data, given=options.encoding)
        yield page_draft(page, source=source, original=data, reader="html", saved=saved_from(page.text))
    except ProjectError as error:
        yield error


def recognises(head: bytes) -> bool:
    """Tell from the first bytes whether a file is a web page, in encodings that hold ASCII and in UTF-16."""
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    return bool(_BEGINS.match(plain))


def page_draft(page: DecodedPage, *, source: SourceFile, original: bytes, reader: str, saved: SavedFrom) -> Draft:
    """Make the draft of a decoded page. Raises EmptyFile, ForbiddenCharacter or NotReadable."""
    article = _article(bounded(page.text), saved.url)
    found = tuple(one for one in (*article.doubts, *article.said.doubts) if one not in page.doubts)
    return draft_of(
        article.text,
        source=source,
        original=original,
        reader=reader,
        encoding=page.encoding,
        confidence=page.confidence,
        title=article.title,
        notes=(*page.notes, *found),
        doubts=(*page.doubts, *found),
        reader_version=_version(),
        outlet=article.extraction.outlet or _host(saved.url),
        author=article.extraction.author,
        date=article.said.date,
        url=saved.url or article.extraction.url,
        captured_at=saved.captured_at,
    )


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].removeprefix("www.")


def _version() -> str:
    from importlib.metadata import version

    return f"trafilatura {version('trafilatura')}"


def _article(text: str, url: str) -> _Article:
    """Return the article of a page. What was copied out of a page is taken whole: its reader chose it."""
    start = text.find(_FRAGMENT)
    if start >= 0:
        return _whole(text[start + len(_FRAGMENT) :].partition(_FRAGMENT_END)[0])
    return _article_in(text, url) if _PAGE.search(text, 0, _HEAD) else _whole(text)


def _whole(fragment: str) -> _Article:
    return _Article(joined(blocks_of(parsed(f"<div>{fragment}</div>").root)))


def _article_in(text: str, url: str) -> _Article:
    tree = parsed(text)
    blocks = blocks_of(tree.root)
    if not blocks:
        raise EmptyFile
    extraction, data = extracted(tree, blocks), page_data(tree.root)
    title = headline_among(blocks, extraction.title or _title(tree.root))
    kept = chosen(blocks, extraction.text, headline=title)
    words, doubts = _words(blocks, kept, article_body(data))
    first = next((number for number in kept if blocks[number].element.tag not in HEADINGS), 0)
    said = date_of(tree.root, data, blocks, first, headline=title, url=url or extraction.url)
    return _Article(words, said, extraction, title, (*doubts, *_cut(text)))


def _words(blocks: Sequence[Block], kept: Sequence[int], body: str) -> tuple[str, tuple[Sentence, ...]]:
    """Return the text of the article: of its blocks, else of the page's data, else all that is seen."""
    if kept:
        return joined(blocks[number] for number in kept), ()
    if body:
        words = joined(blocks_of(parsed(f"<div>{body}</div>").root)) if "<" in body else unescape(body).strip()
        return words, (Sentence(N_("Its text stands in the data of the page and is not shown there as an article.")),)
    everything = Sentence(N_("No article was recognised in the page, so all its visible text was taken."))
    return joined(blocks), (everything,)


def _cut(text: str) -> tuple[Sentence, ...]:
    """Return a doubt about a page that begins as a whole one and has no end."""
    begun = _BEGUN.search(text, 0, _HEAD)
    ended = _ENDED.search(text, max(0, len(text) - _HEAD)) or _ENDED.search(text)
    return (CUT,) if begun and not ended else ()


def _title(root: HtmlElement) -> str:
    title = root.find(".//title")
    return "" if title is None else " ".join(title.text_content().split())


READER = Reader("html", frozenset({".html", ".htm", ".xhtml"}), read, recognises=recognises)

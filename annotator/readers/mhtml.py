"""Web pages saved as one file (MHTML, RFC 2557): the page itself, its address and when it was saved.

The archive is a mail message whose parts are the page and what it shows. Only the page is read: the part that the message names
as its root, or else the first one that is HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.errors import InvalidBase64LengthDefect
from email.message import Message
from email.parser import BytesParser

from annotator.errors import ProjectError
from annotator.file_errors import EmptyFile, UnreadableFile
from annotator.language import N_, Sentence
from annotator.readers.draft import Draft, Options, Reader
from annotator.readers.html import CUT, page_draft
from annotator.readers.published import published
from annotator.readers.saved_page import SavedFrom, is_address, saved_from
from annotator.readers.source_file import SourceFile
from annotator.readers.web_encoding import decode_page

_PAGES = ("text/html", "application/xhtml+xml")
_FIRST_LINE = re.compile(rb"\s*[A-Za-z][A-Za-z-]{1,60}: ?[^\r\n]")
_VERSION = re.compile(rb"^mime-version:", re.I | re.M)
_KINDS = re.compile(rb"^content-type:\s*(?:multipart/(?:related|mixed|alternative)|text/html)", re.I | re.M)


def read(source: SourceFile, options: Options) -> Iterator[Draft | ProjectError]:
    """Yield the one article of a saved page, or the error that says why there is none."""
    try:
        data = source.read()
        yield _draft(source, data, options)
    except ProjectError as error:
        yield error


def recognises(head: bytes) -> bool:
    """Tell from the first bytes whether a file is a message that holds a web page."""
    return bool(_FIRST_LINE.match(head) and _VERSION.search(head) and _KINDS.search(head))


def _draft(source: SourceFile, data: bytes, options: Options) -> Draft:
    message, part = _opened(data)
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or any(isinstance(one, InvalidBase64LengthDefect) for one in part.defects):
        raise UnreadableFile(reason=Sentence(N_("the page in it is damaged")))
    page = decode_page(content, given=options.encoding, declared=_declared(part))
    if message.defects or part.defects:
        page = replace(page, notes=(*page.notes, CUT), doubts=(*page.doubts, CUT))
    inside = saved_from(page.text)
    saved = SavedFrom(_address(message, part) or inside.url, published(_header(message, "Date")) or inside.captured_at)
    return page_draft(page, source=source, original=data, reader="mhtml", saved=saved)


def _opened(data: bytes) -> tuple[Message, Message]:
    """Return the message and the part that is the page; raise EmptyFile or UnreadableFile."""
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(data.lstrip())
        pages = [part for part in message.walk() if part.get_content_type() in _PAGES]
    except RecursionError as error:  # the parser goes one call deeper for each message in a message
        raise UnreadableFile(reason=Sentence(N_("its parts are nested too deeply"))) from error
    root = message.get_param("start")
    named = (part for part in pages if isinstance(root, str) and _header(part, "Content-ID") == root)
    part = next(named, pages[0] if pages else None)
    if part is None:
        raise EmptyFile
    return message, part


def _declared(part: Message) -> str | None:
    declared = part.get_param("charset")
    return declared.strip() or None if isinstance(declared, str) else None


def _address(message: Message, part: Message) -> str:
    """Return the address of the page: browsers write it for the whole file, older ones only at the part."""
    said = (_header(message, "Snapshot-Content-Location"), _header(part, "Content-Location"),
            _header(message, "Content-Location"))  # fmt: skip
    return next((url for url in said if is_address(url)), "")


def _header(part: Message, name: str) -> str:
    """Return a header as one line without blanks at its ends; long addresses are folded at any place."""
    return re.sub(r"\s*[\r\n]+\s*", "", str(part.get(name, ""))).strip()


READER = Reader("mhtml", frozenset({".mht", ".mhtml"}), read, recognises=recognises)

"""A web page as a tree, and what trafilatura finds in it. Both work on what is given to them and open nothing else.

Pages may be hostile: nested deeper than the parser goes (then the tags are taken out and the text stays), with attributes of
megabytes (pictures written into the page: they are dropped), or with more elements than an article has, on which trafilatura
would work for minutes (it is not asked then). A tree takes some twenty times the memory of its page, so the page has a limit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.file_errors import EmptyFile, NotReadable
from annotator.language import N_, Sentence
from annotator.readers.web_text import Block

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_ELEMENTS = 15_000
_MOST_CHARACTERS = 300_000
_LONGEST_PAGE = 16_000_000  # characters; twenty times as many bytes are 350 MB
_LONGEST_ATTRIBUTE = 4_000
_EMBEDDED = re.compile(r"data:[\w/+.;=-]{0,100},[^\s\"'()<>]{1000,}")
_GIANT_TAG = re.compile(r"<([a-z][\w:-]{0,60})[^<>]{20000,}>", re.I)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_NAMES = 20_000
_SILENT = re.compile(r"<(script|style)\b(?:(?!</\1)[\s\S]){0,1000000}</\1[^<>]*>", re.I)
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|big|cite|code|em|font|i|ins|mark|q|s|small|span|strong|sub|sup|u)\b[^<>]*>", re.I
)
_TAG = re.compile(r"</?[a-z!][^<>]*>", re.I)


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed page. `flattened` says that it was nested too deeply, so that only its text is left."""

    root: HtmlElement
    flattened: bool = False


@dataclass(frozen=True, slots=True)
class Extraction:
    """What trafilatura says of a page; empty where it says nothing. The text is normalised and only a sign of what is meant."""

    text: str = ""
    title: str = ""
    outlet: str = ""
    author: str = ""
    url: str = ""


def bounded(text: str) -> str:
    """Return a page that may be parsed: a giant one without the pictures written into it. Raises NotReadable."""
    if len(text) > _LONGEST_PAGE:
        text = _EMBEDDED.sub("", text)
    if len(text) > _LONGEST_PAGE:
        reason = N_("the page has more than {limit} million characters without its pictures, which no article has.")
        raise NotReadable(reason=Sentence(reason, {"limit": _LONGEST_PAGE // 1_000_000}))
    return text


def parsed(text: str) -> Tree:
    """Return the tree of a page; raise EmptyFile when there is nothing in it."""
    root = _parsed(_GIANT_TAG.sub(_tamed, text))
    if root is None:
        flat = _parsed(_TAG.sub("<br>", _INLINE.sub("", _SILENT.sub(" ", text))))
        if flat is None:
            raise EmptyFile
        return Tree(flat, flattened=True)
    for element in root.iter():
        for name, value in element.items():
            if len(value) > _LONGEST_ATTRIBUTE:
                del element.attrib[name]
    return Tree(root)


def _tamed(tag: re.Match[str]) -> str:
    """Return a tag without its attributes if it has thousands of them, for which the parser would need minutes."""
    return tag[0] if len(_QUOTED.sub("", tag[0])) < _MOST_NAMES else f"<{tag[1]}>"


def _parsed(text: str) -> HtmlElement | None:
    """Parse a page; None when the parser gave up, because the page is nested too deeply."""
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True, no_network=True
    )
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except etree.ParserError as error:
        raise EmptyFile from error
    last = parser.error_log.last_error
    return None if last is not None and last.level_name == "FATAL" else root


def extracted(tree: Tree, blocks: Sequence[Block]) -> Extraction:
    """Return what trafilatura finds in a page; nothing in pages that are no articles by their size or form."""
    if tree.flattened or _is_too_big(tree.root, blocks):
        return Extraction()
    from lxml import etree
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(
            tree.root,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, etree.LxmlError):
        # The library raises whatever a malformed page leads it to; the page still has its text.
        return Extraction()
    if found is None or isinstance(found, dict):
        return Extraction()
    return Extraction(found.text or "", found.title or "", found.sitename or "", found.author or "", found.url or "")


def _is_too_big(root: HtmlElement, blocks: Sequence[Block]) -> bool:
    characters = sum(len(piece) for block in blocks for piece in block.pieces)
    return characters > _MOST_CHARACTERS or sum(1 for _ in root.iter()) > _MOST_ELEMENTS

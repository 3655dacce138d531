"""Text out of a piece of HTML, as the content of a feed's item or of a blog's post: nothing is loaded, nothing is guessed.

Blocks become lines of their own and white space collapses as a browser collapses it. For whole pages, whose main text must be
found first, this is the wrong tool.
"""

from __future__ import annotations

import re

_APART = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "dl", "table", "figure"}
_BLOCKS = _APART | {
    "address", "article", "aside", "br", "caption", "center", "dd", "details", "dialog", "div", "dt", "fieldset", "figcaption",
    "footer", "form", "header", "hgroup", "hr", "li", "main", "nav", "section", "summary", "tbody", "tfoot", "thead", "tr",
}  # fmt: skip
_UNSEEN = {
    "script", "style", "template", "noscript", "head", "title", "iframe", "object", "svg", "math", "audio", "video", "select",
    "button",
}  # fmt: skip
_SPACES = re.compile(r"[ \t\n\f\r]+")
_SPACES_ON_A_LINE = re.compile(r"[ \t\f\r]+")
_BETWEEN = re.compile(r" *\n *")
_DOUBLE = re.compile(r" {2,}")
_MANY_LINES = re.compile(r"\n{3,}")


def text_of_fragment(html: str, *, keep_lines: bool = False) -> str:
    """Return the text of a piece of HTML, paragraphs apart by an empty line.

    With `keep_lines` a line end in the source is one in the text, as blogs show them. Markup that is broken or nested without
    end is read as far as it goes, by a parser that does not recurse.
    """
    from lxml import etree

    parser = etree.HTMLParser(
        target=_Collector(keep_lines=keep_lines), encoding="utf-8", no_network=True, huge_tree=True
    )
    parser.feed(b"<html><body>" + html.replace("\0", "").encode("utf-8", errors="replace"))
    text: str = parser.close()
    return text


class _Collector:
    """What `lxml` tells of a document as it reads on; nothing of it is kept but the text."""

    def __init__(self, *, keep_lines: bool) -> None:
        self._spaces = _SPACES_ON_A_LINE if keep_lines else _SPACES
        self._parts: list[str] = []
        self._unseen: list[str] = []
        self._kept = 0
        self._gap = ""
        self._is_first_cell = True

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take an opening tag."""
        if tag in _UNSEEN:
            self._unseen.append(tag)
        self._kept += tag == "pre"
        if tag in ("td", "th"):
            self._gap = self._gap if self._is_first_cell else "\t"
        self._is_first_cell = tag == "tr" or (self._is_first_cell and tag not in ("td", "th"))
        self._break(tag)

    def end(self, tag: str) -> None:
        """Take a closing tag, also one that was left out."""
        if tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]
        self._kept -= tag == "pre"
        if tag != "br":
            self._break(tag)

    def data(self, text: str) -> None:
        """Take text."""
        if self._unseen:
            return
        shown = text if self._kept > 0 else self._spaces.sub(" ", text)
        if shown == " " and self._gap:
            return
        self._parts += (self._gap, shown)
        self._gap = ""

    def comment(self, text: str) -> None:
        """Leave comments out."""

    def close(self) -> str:
        """Return the text."""
        lines = _BETWEEN.sub("\n", _DOUBLE.sub(" ", "".join(self._parts)))
        return _MANY_LINES.sub("\n\n", lines).strip(" \n\t\f\r")

    def _break(self, tag: str) -> None:
        """Remember that the next text begins a line; the widest gap asked for holds, but each `br` is a line end."""
        if self._unseen or tag not in _BLOCKS:
            return
        if tag == "br":
            self._gap += "\n"
        else:
            self._gap = max(self._gap.replace("\t", ""), "\n\n" if tag in _APART else "\n", key=len)

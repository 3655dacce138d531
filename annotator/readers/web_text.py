"""The visible text of a web page, block by block, with the page's own characters.

Runs of ASCII white space become one space, as browsers show them; no-break spaces, joiners and marks of direction stay.
Paragraphs are separated by an empty line, the items of a list, the rows of a table and the lines of a paragraph by a line
end, the cells of a row by a tab. What is never shown (scripts, styles, hidden elements, the controls of forms) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_DENSE = frozenset({"li", "tr", "dt", "dd", "caption"})
_CELLS = frozenset({"td", "th"})
_BLOCKS = HEADINGS | _DENSE | _CELLS | {
    "address", "article", "aside", "blockquote", "body", "center", "details", "dialog", "dir", "div", "dl", "fieldset",
    "figcaption", "figure", "footer", "form", "frameset", "header", "hgroup", "hr", "html", "legend", "main", "menu", "nav",
    "ol", "p", "pre", "search", "section", "summary", "table", "tbody", "tfoot", "thead", "ul",
}  # fmt: skip
_UNSEEN = frozenset({
    "applet", "audio", "base", "button", "canvas", "datalist", "embed", "head", "iframe", "input", "link", "map", "math",
    "meta", "meter", "noembed", "noframes", "noscript", "object", "option", "param", "progress", "rp", "script", "select",
    "source", "style", "svg", "template", "textarea", "title", "track", "video",
})  # fmt: skip
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACES = re.compile("  +")
_AROUND_ENDS = re.compile("[ \u00a0]*\n[ \u00a0]*")
_EMPTY_LINES = re.compile("\n{3,}")
_KEPT = "\0"
"""Begins a piece whose white space is kept: a line break or preformatted text. No parsed page holds this character."""
_BREAK = f"{_KEPT}\n"


@dataclass(slots=True)
class Block:
    """A run of text between two block elements: its pieces as the page has them, and the element it stands in.

    `dense` says that it follows the block before it on the next line, as items of a list do; `cell` that it stands in the same
    row. `linked` counts the characters that are links.
    """

    element: HtmlElement
    dense: bool = False
    cell: bool = False
    pieces: list[str] = field(default_factory=list)
    linked: int = 0

    @property
    def has_text(self) -> bool:
        """Tell whether anything in it is seen."""
        return any(not piece.removeprefix(_KEPT).isspace() for piece in self.pieces)

    @property
    def text(self) -> str:
        """The text as it is shown, with line ends where the page breaks a line."""
        text = "".join(_shown(self.pieces)).strip(" \n\u00a0")
        return _EMPTY_LINES.sub("\n\n", _AROUND_ENDS.sub("\n", text)) if "\n" in text else text


def blocks_of(tree: HtmlElement) -> list[Block]:
    """Return the blocks of a page that hold text, in the order of the page."""
    walk = _Walk(tree)
    walk.run()
    return [block for block in walk.blocks if block.has_text]


def joined(blocks: Iterable[Block]) -> str:
    """Return the text of blocks, one after the other."""
    parts: list[str] = []
    before: Block | None = None
    for block in blocks:
        text = block.text
        if text:
            parts += (_gap(before, block), text)
            before = block
    return "".join(parts)


def _gap(before: Block | None, block: Block) -> str:
    if before is None:
        return ""
    return "\t" if block.cell else "\n" if block.dense and before.dense else "\n\n"


def _shown(pieces: list[str]) -> Iterator[str]:
    """Yield the pieces with white space collapsed, also across their borders."""
    space = True
    for piece in pieces:
        text = piece[1:] if piece.startswith(_KEPT) else _collapsed(piece)
        if space and text.startswith(" "):
            text = text[1:]
        if text:
            space = text[-1] in " \n"
            yield text


def _collapsed(text: str) -> str:
    for space in "\t\n\r\f":
        text = text.replace(space, " ")
    return _SPACES.sub(" ", text) if "  " in text else text


class _Walk:
    """One walk through a page, without recursion: nesting costs nothing."""

    def __init__(self, tree: HtmlElement) -> None:
        self.blocks: list[Block] = [Block(tree)]
        self._tree = tree
        self._links = 0
        self._preformatted = 0

    def run(self) -> None:
        from lxml import etree

        walk = etree.iterwalk(self._tree, events=("start", "end"))
        for event, element in walk:
            seen = isinstance(element.tag, str) and not _is_unseen(element)
            if event == "start" and seen:
                self._enter(element, element.tag)
            elif event == "start":
                walk.skip_subtree()
            else:
                self._leave(element, element.tag if seen else "")

    def _enter(self, element: HtmlElement, tag: str) -> None:
        self._links += tag == "a"
        self._preformatted += tag == "pre"
        if tag == "br":
            self.blocks[-1].pieces.append(_BREAK)
        elif tag in _BLOCKS:
            self._begin(element, tag)
        self._say(element.text)

    def _leave(self, element: HtmlElement, tag: str) -> None:
        self._links -= tag == "a"
        self._preformatted -= tag == "pre"
        if element is not self._tree:
            if tag in _BLOCKS:
                self.blocks.append(Block(element.getparent()))
            self._say(element.tail)

    def _begin(self, element: HtmlElement, tag: str) -> None:
        """Begin a block; the first one in an item or a cell takes its place."""
        before = self.blocks[-1]
        holds = before.has_text or before.element is not element.getparent()
        dense = tag in _DENSE or tag in _CELLS or (before.dense and not holds)
        cell = (tag in _CELLS and element.getprevious() is not None) or (before.cell and not holds)
        self.blocks.append(Block(element, dense, cell))

    def _say(self, text: str | None) -> None:
        if text:
            block = self.blocks[-1]
            block.pieces.append(_KEPT + text if self._preformatted else text)
            block.linked += len(text.strip()) if self._links else 0


def _is_unseen(element: HtmlElement) -> bool:
    if element.tag in _UNSEEN or "hidden" in element.attrib:
        return True
    style = element.get("style")
    return style is not None and bool(_HIDING.search(style[:500]))

"""The text of a Word document, from its XML (WordprocessingML, ISO/IEC 29500-1), in the order of the document.

Word's text is what a reader sees with all changes accepted: insertions are in it, deletions and hidden text are not; what
stands in content controls and text boxes is. A row of a table is one line with tabs, unless a cell has several lines.
Numbers of lists are made by Word when it shows the document and are nowhere in the file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.readers.xml_guard import local_name

# Properties (a `tab` in them is a place, not a character), what was deleted, what is drawn, and other parts' business.
_SKIPPED = frozenset({"pPr", "rPr", "sectPr", "tblPr", "tblGrid", "tcPr", "trPr", "del", "moveFrom", "instrText", "rt"})
_CHANGES = frozenset({"del", "ins", "moveFrom", "moveTo"})
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_TITLE_STYLES = frozenset({"title", "heading 1"})
_HEXADECIMAL = re.compile("[0-9A-Fa-f]{4}")
_NO_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})


@dataclass(frozen=True, slots=True)
class Styles:
    """What paragraph styles are by their id: names as Word calls them in English, and which of them number."""

    names: Mapping[str, str] = field(default_factory=dict)
    numbered: frozenset[str] = frozenset()


@dataclass(slots=True)
class Found:
    """The text of a document and what was noticed on the way."""

    lines: list[str] = field(default_factory=list)
    title: str = ""
    has_numbers: bool = False
    has_changes: bool = False
    has_hidden: bool = False


def styles_of(root: Any) -> Styles:
    """Return the paragraph styles of the `styles` part."""
    names, numbered = {}, set()
    for style in (one for one in root if local_name(one) == "style"):
        identity = _attribute(style, "styleId")
        names[identity] = next((_attribute(one, "val").lower() for one in style if local_name(one) == "name"), "")
        if any(local_name(one) == "numPr" for one in style.iter()):
            numbered.add(identity)
    return Styles(names, frozenset(numbered))


def text_of(root: Any, styles: Styles) -> Found:
    """Return the text of a part: the document itself, or its footnotes."""
    return _Walk(styles).run(root)


def notes_of(root: Any, styles: Styles) -> list[str]:
    """Return the footnotes or endnotes of their part, without those that only draw a line."""
    notes = (
        one for one in root if local_name(one) in ("footnote", "endnote") and _attribute(one, "type") not in _NO_NOTES
    )
    return [line for note in notes for line in text_of(note, styles).lines if line.strip()]


@dataclass(slots=True)
class _Paragraph:
    style: str
    parts: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)


class _Walk:
    """One way through a part, without recursion: XML may be nested deeper than Python likes."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._found = Found()
        self._lines = [self._found.lines]
        self._rows: list[list[list[str]]] = []
        self._paragraphs: list[_Paragraph] = []

    def run(self, root: Any) -> Found:
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            name = local_name(element)
            if event == "end":
                self._end(name)
            elif self._is_skipped(element, name):
                walk.skip_subtree()
            else:
                self._start(element, name)
        return self._found

    def _is_skipped(self, element: Any, name: str) -> bool:
        self._found.has_changes |= name in _CHANGES
        if name == "r" and _has_property(element, "rPr", "vanish"):
            self._found.has_hidden = True
            return True
        return name in _SKIPPED or (name in ("Fallback", "Choice") and _has_choice_before(element))

    def _start(self, element: Any, name: str) -> None:
        if name == "p":
            self._begin_paragraph(element)
        elif name in ("tc", "txbxContent"):
            self._lines.append([])
        elif name == "tr":
            self._rows.append([])
        elif self._paragraphs:
            self._paragraphs[-1].parts.append(_sign(element, name))

    def _begin_paragraph(self, element: Any) -> None:
        properties = next((one for one in element if local_name(one) == "pPr"), ())
        style = next((_attribute(one, "val") for one in properties if local_name(one) == "pStyle"), "")
        numbered = any(local_name(one) == "numPr" for one in properties) or style in self._styles.numbered
        self._found.has_numbers |= numbered
        self._paragraphs.append(_Paragraph(style))

    def _end(self, name: str) -> None:
        if name == "p" and self._paragraphs:
            self._end_paragraph(self._paragraphs.pop())
        elif name == "txbxContent":
            lines = self._lines.pop()
            (self._paragraphs[-1].boxes if self._paragraphs else self._lines[-1]).extend(lines)
        elif name == "tc":
            cell = self._lines.pop()
            (self._rows[-1].append if self._rows else self._lines[-1].extend)(cell)
        elif name == "tr":
            self._lines[-1].extend(_row(self._rows.pop()))

    def _end_paragraph(self, paragraph: _Paragraph) -> None:
        text = "".join(paragraph.parts)
        self._lines[-1].append(text)
        self._lines[-1].extend(paragraph.boxes)
        if not self._found.title and self._styles.names.get(paragraph.style) in _TITLE_STYLES:
            self._found.title = text.strip()


def _sign(element: Any, name: str) -> str:
    if name == "t":
        return element.text or ""
    if name == "sym":
        code = _attribute(element, "char")
        return chr(int(code, 16)) if _HEXADECIMAL.fullmatch(code) else ""
    return _SIGNS.get(name, "")


def _row(cells: Collection[list[str]]) -> Iterator[str]:
    """Yield a row as one line, or line by line where a cell has several."""
    if all(len(cell) <= 1 for cell in cells):
        yield "\t".join(cell[0] if cell else "" for cell in cells)
    else:
        yield from (line for cell in cells for line in cell)


def _has_choice_before(element: Any) -> bool:
    return any(local_name(one) == "Choice" for one in element.itersiblings(preceding=True))


def _has_property(element: Any, group: str, name: str) -> bool:
    found = [one for part in element if local_name(part) == group for one in part if local_name(one) == name]
    return any(_attribute(one, "val") not in ("0", "false", "off") for one in found)


def _attribute(element: Any, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")

"""A REFI-QDA project as an importer takes it: unpacked, proved against the schema, texts read with their selections."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

SCHEMA = Path(__file__).parents[1] / "data/refi_subset.xsd"


def tag(name: str) -> str:
    return f"{{urn:QDA-XML:project:1.0}}{name}"


@dataclass(frozen=True)
class Selection:
    """A stretch of a text, and the codes it was given, in the order of the file."""

    guid: str
    start: int
    end: int
    codes: list[str]
    node: Any


class QdaProject:
    """The project; it must be valid in our subset, and in the published schema where HASHIYA_REFI_XSD names that."""

    def __init__(self, out: Path) -> None:
        with zipfile.ZipFile(out) as zipped:
            names = zipped.namelist()
            self.texts = {name: zipped.read(name).decode("utf-8") for name in names if name.startswith("sources/")}
            assert set(names) == {"project.qde", *self.texts}
            data = zipped.read("project.qde")
        assert data.startswith(b"<?xml")  # a byte order mark in front breaks importers
        self.root = etree.fromstring(data, etree.XMLParser(huge_tree=True, resolve_entities=False))
        for schema in [SCHEMA, *map(Path, filter(None, [os.environ.get("HASHIYA_REFI_XSD")]))]:
            etree.XMLSchema(etree.parse(schema)).assertValid(self.root)
        self.codes = {one.get("guid"): one.get("name") for one in self.root.iter(tag("Code"))}
        self.users = {one.get("guid"): one.get("name") for one in self.root.iter(tag("User"))}
        self.notes = {one.get("guid"): one.findtext(tag("PlainTextContent")) for one in self.root.iter(tag("Note"))}

    def sources(self) -> Iterator[tuple[str, str, list[Selection]]]:
        """Title, text and selections of each source; a file is found as importers find it."""
        for source in self.root.iter(tag("TextSource")):
            text = self.texts[f"sources/{source.get('plainTextPath').removeprefix('internal://')}"]
            yield source.get("name"), text, list(map(self._selection, source.iterchildren(tag("PlainTextSelection"))))

    def _selection(self, node: Any) -> Selection:
        codes = [self.codes[one.get("targetGUID")] for one in node.iter(tag("CodeRef"))]
        return Selection(node.get("guid"), int(node.get("startPosition")), int(node.get("endPosition")), codes, node)

    def links(self) -> set[tuple[str, str, str]]:
        return {(one.get("originGUID"), one.get("name"), one.get("targetGUID")) for one in self.root.iter(tag("Link"))}

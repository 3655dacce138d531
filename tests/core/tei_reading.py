"""TEI as a reader from outside takes it: parsed by lxml, with the articles included into the corpus."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

DATA = Path(__file__).parents[1] / "data"
ID = "{http://www.w3.org/XML/1998/namespace}id"
_RANGE = re.compile(r"#string-range\(([^,]+),(\d+),(\d+)\)")


def tag(name: str) -> str:
    return f"{{http://www.tei-c.org/ns/1.0}}{name}"


def parsed_corpus(out: Path) -> Any:
    """The corpus with its articles, valid against our subset, and against all of TEI where HASHIYA_TEI_RNG names its schema."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    for path in sorted(out.glob("*.xml")):
        assert b"\r" not in path.read_bytes()
    tree = etree.parse(out / "corpus.xml", parser)
    tree.xinclude()
    schemas = [DATA / "tei_subset.rng", *map(Path, filter(None, [os.environ.get("HASHIYA_TEI_RNG")]))]
    for schema in schemas:
        etree.RelaxNG(etree.parse(schema)).assertValid(tree)
    return tree.getroot()


def text_of(article: Any) -> str:
    return article.find(f"{tag('text')}/{tag('body')}/{tag('ab')}").text or ""


def place_of(pointer: str) -> tuple[int, int]:
    found = _RANGE.fullmatch(pointer)
    assert found
    return int(found[2]), int(found[2]) + int(found[3])


def marks_of(article: Any) -> Iterator[tuple[int, int, Any]]:
    """The annotations of an article, whosoever made them."""
    for group in article.iter(tag("spanGrp")):
        if group.get("type") == "annotations":
            yield from ((*place_of(span.get("target")), span) for span in group)


def words_of(span: Any) -> str:
    """The words of the text that a span covers, as the span repeats them."""
    original = span.find(f".//{tag('orig')}")
    return (span if original is None else original).text

"""XML of others, read without what XML can do to its reader: no entities, no documents it names, no endless depth."""

from __future__ import annotations

import re
from typing import Any

from annotator.file_errors import DamagedFile, UnsafeXml

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_WIDE = re.compile(rb"<\0?!\0?E\0?N\0?T\0?I\0?T\0?Y", re.IGNORECASE)
_START = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<")


def parsed(data: bytes, *, format: str) -> Any:
    """Return the root (`lxml`) of an XML document; raise UnsafeXml or DamagedFile, which calls it `format`."""
    from lxml import etree

    refuse_entities(data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFile(format=format) from error


def refuse_entities(data: bytes) -> None:
    """Raise UnsafeXml when a document defines entities, in whatever encoding; a feed or an office file never does."""
    if _ENTITY.search(data) or (b"\0" in data[:64] and _WIDE.search(data)):
        raise UnsafeXml


def is_xml(head: bytes) -> bool:
    """Tell whether bytes begin like XML, in UTF-8 or UTF-16."""
    return bool(_START.match(head)) or head[:4] in (b"\xff\xfe<\0", b"\xfe\xff\0<")


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""

"""Files in: one reader per format, and the list of them."""

from __future__ import annotations

from pathlib import Path

from annotator.readers import (
    brat,
    csv_table,
    docx,
    feed,
    html,
    json_array,
    json_lines,
    mhtml,
    pdf,
    plain_text,
    web_annotation,
    wxr,
    xlsx,
)
from annotator.readers.draft import Reader
from annotator.readers.source_file import SourceFile

READERS: tuple[Reader, ...] = (
    pdf.READER,
    docx.READER,
    xlsx.READER,
    wxr.READER,
    feed.READER,
    json_lines.READER,
    web_annotation.READER,
    json_array.READER,
    csv_table.READER,
    brat.READER,
    html.READER,
    mhtml.READER,
    plain_text.READER,
)
"""All readers, in the order in which they are asked."""


def reader_for(source: SourceFile) -> Reader:
    """Return the reader for a file: by its first bytes, else by its ending; what nobody knows is read as plain text.

    Raises UnreadableFile.
    """
    head = source.head()
    ending = source.path.suffix.lower()
    by_content = next((reader for reader in READERS if reader.recognises(head)), None)
    return by_content or next((reader for reader in READERS if ending in reader.endings), plain_text.READER)


def knows(path: Path) -> bool:
    """Tell whether a file of a folder is of a format that we read, by its ending."""
    return any(path.suffix.lower() in reader.endings for reader in READERS)


def recognises(head: bytes) -> bool:
    """Tell whether a reader knows a file of any name by its first bytes."""
    return any(reader.recognises(head) for reader in READERS)

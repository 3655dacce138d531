"""Files in: one reader per format, and the list of them."""

from __future__ import annotations

from pathlib import Path

from annotator.readers import json_lines, plain_text
from annotator.readers.draft import Reader

READERS: tuple[Reader, ...] = (json_lines.READER, plain_text.READER)
"""All readers; the first that knows a file's ending reads it."""


def reader_for(path: Path) -> Reader:
    """Return the reader for a file; one whose ending nobody knows is read as plain text."""
    return next((reader for reader in READERS if path.suffix.lower() in reader.endings), plain_text.READER)


def knows(path: Path) -> bool:
    """Tell whether a file found in a folder is of a format we read."""
    return any(path.suffix.lower() in reader.endings for reader in READERS)

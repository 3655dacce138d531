"""The formats that a project can be written in: `from annotator import formats`."""

from __future__ import annotations

from annotator.writers import WRITERS, writer_for
from annotator.writers.writer import Writer

__all__ = ["WRITERS", "Writer", "names", "writer_for"]


def names() -> tuple[str, ...]:
    """Return the names of all formats, in the order in which they are offered."""
    return tuple(writer.name for writer in WRITERS)

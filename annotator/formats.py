"""The formats that a project can be written in: `from annotator import formats`."""

from __future__ import annotations

from importlib.util import find_spec

from annotator.writers import WRITERS, writer_for
from annotator.writers.writer import Writer

__all__ = ["WRITERS", "Writer", "is_available", "names", "writer_for"]


def names() -> tuple[str, ...]:
    """Return the names of all formats, in the order in which they are offered."""
    return tuple(writer.name for writer in WRITERS)


def is_available(writer: Writer) -> bool:
    """Tell whether the package that a format needs, if it needs one, is installed."""
    return not writer.needs or find_spec(writer.needs) is not None

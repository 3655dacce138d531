"""The words around a span, by which another program can find it again without our offsets.

The W3C Web Annotation data model calls them the prefix and the suffix of a text quote selector.
"""

from __future__ import annotations

CONTEXT = 32


def prefix_of(text: str, start: int) -> str:
    """Return up to 32 code points before `start`."""
    return text[max(start - CONTEXT, 0) : start]


def suffix_of(text: str, end: int) -> str:
    """Return up to 32 code points after `end`."""
    return text[end : end + CONTEXT]

"""Text into a file piece by piece: a writer of tokens never holds a long article whole, and each full buffer is a look.

What is written to a target looks whether it is still wanted, so a long article stops as soon as many short ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import IO, TextIO


@contextmanager
def text_in(file: IO[bytes]) -> Iterator[TextIO]:
    """Give a file for text, as UTF-8 with its line ends as they are, over an open file of bytes, which stays open."""
    text = TextIOWrapper(file, "utf-8", newline="")
    try:
        yield text
    finally:
        text.detach()

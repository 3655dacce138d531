"""Text into a file piece by piece, so that one long article can be stopped as soon as many short ones.

Whatever is written to a target looks whether it is still wanted: each full buffer of text is such a look, and so is writing
nothing where a writer works for long before it has something to write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import IO, TextIO, TypeVar

_Thing = TypeVar("_Thing")


@contextmanager
def text_in(file: IO[bytes]) -> Iterator[TextIO]:
    """Give a file for text, as UTF-8 with its line ends as they are, over an open file of bytes, which stays open."""
    text = TextIOWrapper(file, "utf-8", newline="")
    try:
        yield text
    finally:
        text.detach()


def looking(file: IO[bytes], things: Iterable[_Thing]) -> Iterator[_Thing]:
    """Yield things, looking at each whether what is written to the file is still wanted."""
    for one in things:
        file.write(b"")
        yield one

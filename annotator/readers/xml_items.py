"""Cutting a long XML file into its items as bytes: each keeps its own original, and memory stays flat."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

BIGGEST_ITEM = 32 << 20
_CHUNK = 1 << 20
_LONGEST_TAG = 64
_PASSED = {b"<![CDATA[": re.compile(rb"\]\]>"), b"<!--": re.compile(rb"-->")}


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands before the first item, or one item; `is_whole` is False for an item that is cut off or has no end."""

    data: bytes
    is_item: bool
    is_whole: bool = True


def pieces_of(file: BinaryIO, names: Sequence[str]) -> Iterator[Piece]:
    """Yield what stands before the first item, then each item.

    `names` are the elements that are items, with their prefix. The encoding must write ASCII as ASCII does. What looks like
    an item in CDATA or in a comment is none. An item of more than BIGGEST_ITEM bytes ends the reading.
    """
    either = b"|".join(re.escape(name.encode()) for name in names)
    begin = re.compile(rb"<!\[CDATA\[|<!--|<(?:" + either + rb")[\s>]")
    end = re.compile(rb"<!\[CDATA\[|<!--|</(?:" + either + rb")\s*>")
    window = _Window(file)
    first = window.find(begin, 0)
    yield Piece(window.take(first[0] if first else len(window.data)), is_item=False)
    while first:
        found = window.find(end, 1)
        yield Piece(window.take(found[1] if found else len(window.data)), is_item=True, is_whole=found is not None)
        if found is None:
            return
        first = window.find(begin, 0)
        window.take(first[0] if first else 0)


class _Window:
    """The part of a file that is looked at."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._ended = file, False
        self.data = b""

    def take(self, size: int) -> bytes:
        """Return the first bytes and leave them behind."""
        taken, self.data = self.data[:size], self.data[size:]
        return taken

    def find(self, tag: re.Pattern[bytes], at: int) -> tuple[int, int] | None:
        """Return where the next tag stands that is in no CDATA and no comment; None when there is none."""
        while found := self._next(tag, at):
            passed = _PASSED.get(found.group())
            if passed is None:
                return found.span()
            closed = self._next(passed, found.end())
            if closed is None:
                return None
            at = closed.end()
        return None

    def _next(self, pattern: re.Pattern[bytes], at: int) -> re.Match[bytes] | None:
        while True:
            found = pattern.search(self.data, at)
            if found or self._ended or len(self.data) > BIGGEST_ITEM:
                return found
            at = max(at, len(self.data) - _LONGEST_TAG)
            more = self._file.read(_CHUNK)
            self._ended = not more
            self.data += more

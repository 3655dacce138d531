"""Cutting a JSON array into its items without reading it into memory: each item's own bytes, whatever they hold.

Only strings and brackets are looked at (RFC 8259); whether an item is good JSON is for its parser to say. So one bad item does
not spoil the others, as long as its quotation marks and brackets fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_OUTSIDE = re.compile(rb'[^"\[\]{},]*+')
_INSIDE = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)
_QUOTE, _BACKSLASH = b'"'[0], b"\\"[0]
_OPENING, _CLOSING = frozenset(b"[{"), frozenset(b"]}")


@dataclass(frozen=True, slots=True)
class Cut:
    """An item without the white space around it. `whole` is false when the file ends within it; `data` is then what there is.

    Of an item that is longer than allowed `data` is None.
    """

    data: bytes | None
    whole: bool = True


class Cutter:
    """Cuts what stands between the brackets of an array, or of an object, at its commas.

    It is fed from behind the opening bracket on; `closed` tells whether the closing one was met, and `rest` what came after.
    """

    def __init__(self, *, limit: int) -> None:
        self._limit = limit
        self._held: list[bytes] = []
        self._size = 0
        self._depth = 0
        self._inside = self._escaped = False
        self.closed = False
        self.rest = b""

    def cut(self, chunks: Iterable[bytes]) -> Iterator[Cut]:
        """Yield the items of an array that comes in pieces."""
        for chunk in chunks:
            if self.closed:
                self.rest += chunk[:64]
                continue
            yield from self._cut(chunk)
        if not self.closed and (last := self._item(b"")):
            yield Cut(last.data, whole=False)

    def _cut(self, chunk: bytes) -> Iterator[Cut]:
        begin, at, end = 0, int(self._escaped), len(chunk)
        self._escaped = False
        while (at := self._next(chunk, at)) < end:
            sign, at = chunk[at], at + 1
            if sign == _QUOTE:
                self._inside = not self._inside
            elif sign in _OPENING:
                self._depth += 1
            elif sign in _CLOSING:
                self._depth -= 1
                if self._depth < 0:
                    self.closed, self.rest = True, chunk[at : at + 64]
                    item = self._item(chunk[begin : at - 1])
                    if item:
                        yield item
                    return
            elif self._depth == 0:
                yield self._item(chunk[begin : at - 1]) or Cut(b"")
                begin = at
        self._hold(chunk[begin:])

    def _next(self, chunk: bytes, at: int) -> int:
        """Return where the next quotation mark, bracket or comma stands that counts; the length when there is none."""
        if not self._inside:
            return _OUTSIDE.match(chunk, at).end()  # type: ignore[union-attr]  # it matches everywhere
        at = _INSIDE.match(chunk, at).end()  # type: ignore[union-attr]
        if at < len(chunk) and chunk[at] == _BACKSLASH:
            self._escaped = True  # the last byte of this chunk; the first of the next belongs to it
            return len(chunk)
        return at

    def _hold(self, data: bytes) -> None:
        self._size += len(data)
        if self._size <= self._limit:
            self._held.append(data)
        else:
            self._held.clear()

    def _item(self, end: bytes) -> Cut | None:
        """Return the item that is complete now, or None when there is only white space."""
        self._hold(end)
        size, self._size = self._size, 0
        data = b"".join(self._held).strip(b" \t\r\n")
        self._held.clear()
        if size > self._limit:
            return Cut(None)
        return Cut(data) if data else None

"""From code points to UTF-16 units, for exchange formats whose programs count as Java and JavaScript do.

Nothing of this product counts so (the page has its own way to Qt); only writers and readers of such formats use it.
"""

from __future__ import annotations

from bisect import bisect_left

import regex

_ASTRAL = regex.compile(r"[\U00010000-\U0010FFFF]")


class Utf16Offsets:
    """The offsets of one text in both counts: each character beyond U+FFFF is two units."""

    def __init__(self, text: str) -> None:
        self._astral = [found.start() for found in _ASTRAL.finditer(text)]
        self._units = [offset + number for number, offset in enumerate(self._astral)]

    @property
    def differ(self) -> bool:
        """Whether the two counts differ anywhere in the text."""
        return bool(self._astral)

    def of(self, offset: int) -> int:
        """Return the UTF-16 offset of a code point offset."""
        return offset + bisect_left(self._astral, offset)

    def back(self, units: int) -> int:
        """Return the code point offset of a UTF-16 offset; one inside a pair gives that of the pair."""
        return units - bisect_left(self._units, units)

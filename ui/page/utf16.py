"""Between code points (ours, everywhere) and UTF-16 units (Qt's, only in this package)."""

from __future__ import annotations

import re
from bisect import bisect_left

# Qt swallows the one and treats the other as an embedded object; both get a stand-in of the same length.
_STAND_INS = (("\ufeff", "\u2060"), ("\ufffc", "\ufffd"))
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def shown_text(text: str) -> str:
    """Return a text as it is handed to a Qt document: of the same length, nothing in it that Qt would swallow."""
    for character, stand_in in _STAND_INS:  # `translate` takes 60 ms for a megabyte
        text = text.replace(character, stand_in)
    return text


class Utf16Map:
    """Converts offsets of one text; free where the text has no character outside the Basic Multilingual Plane."""

    def __init__(self, text: str) -> None:
        self._astral = [match.start() for match in _ASTRAL.finditer(text)]
        self._astral16 = [offset + number for number, offset in enumerate(self._astral)]
        self.length = len(text)
        self.length16 = len(text) + len(self._astral)

    def to_utf16(self, offset: int) -> int:
        """Return the UTF-16 position of a code point offset."""
        return offset + bisect_left(self._astral, offset)

    def to_code_points(self, position: int) -> int:
        """Return the code point offset of a UTF-16 position; inside a surrogate pair, that of its character."""
        return position - bisect_left(self._astral16, position)

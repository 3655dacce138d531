"""The one text of an article: made once from what was decoded, and never changed again.

Line ends become LF and a byte order mark goes; nothing else is touched: no Unicode normalisation, no stripping of
tatweel, harakat, no-break spaces or bidi marks. What can never be text is refused.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from annotator.errors import EmptyFile, ForbiddenCharacter
from annotator.model import Direction

TITLE_LENGTH = 100
_SAMPLE = 300
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029")
# NUL, lone surrogates and the 66 noncharacters of Unicode (chapter 23.7 of the standard).
_NONCHARACTERS = "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
_FORBIDDEN = re.compile(f"[\0\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]")


def canonical_text(decoded: str) -> str:
    """Return the canonical form of a decoded text.

    Raises ForbiddenCharacter for NUL, lone surrogates and noncharacters, EmptyFile when nothing but white space is left.
    """
    text = decoded.removeprefix("\ufeff")
    if has_other_line_ends(text):
        text = _LINE_ENDS.sub("\n", text)
    _refuse_forbidden(text)
    if not text.strip():
        raise EmptyFile
    return text


def has_other_line_ends(text: str) -> bool:
    """Tell whether a text has line ends that become LF."""
    return "\r" in text or "\u2028" in text or "\u2029" in text


def text_sha256(text: str) -> str:
    """Return the SHA-256 of the UTF-8 form of a canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def title_of(text: str) -> str:
    """Return a title for a text that has none: its first line that is not empty, cut at a word."""
    line = next(line for line in text.split("\n") if line.strip()).strip()
    if len(line) <= TITLE_LENGTH:
        return line
    word_end = line.rfind(" ", TITLE_LENGTH // 2, TITLE_LENGTH)
    return line[: word_end if word_end > 0 else TITLE_LENGTH] + "…"


def direction_of(text: str) -> Direction:
    """Return the direction of the first strong character (rule P2 of Unicode Standard Annex 9); `rtl` if there is none."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            return "ltr"
        if kind in ("R", "AL"):
            return "rtl"
    return "rtl"


def language_of(text: str) -> str:
    """Return `ar` when most letters at the beginning are of the Arabic script, `und` (undetermined) otherwise."""
    letters = [character for character in text[:_SAMPLE] if character.isalpha()]
    arabic = sum("\u0600" <= character <= "\u08ff" or "\ufb50" <= character <= "\ufefc" for character in letters)
    return "ar" if arabic * 2 > len(letters) else "und"


def _refuse_forbidden(text: str) -> None:
    """Raise ForbiddenCharacter at the first character that no text may hold.

    Looking for two bytes in the UTF-8 form is many times faster than a character class over the text, and a text
    without them has none of these characters.
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        data = b"\0"
    if b"\0" in data or b"\xef\xb7" in data or b"\xbf\xbe" in data or b"\xbf\xbf" in data:
        found = _FORBIDDEN.search(text)
        if found:
            raise ForbiddenCharacter(character=f"U+{ord(found.group()):04X}", position=found.start())

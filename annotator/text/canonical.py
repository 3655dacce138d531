"""The one text of an article: made once from what was decoded, and never changed again.

Line ends become LF and a byte order mark goes; nothing else is touched: no Unicode normalisation, no stripping of
tatweel, harakat, no-break spaces or bidi marks. What can never be text is refused.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from annotator.file_errors import EmptyFile, ForbiddenCharacter
from annotator.model import Direction

TITLE_LENGTH = 100
_SAMPLE = 500
_ARABIC = re.compile("[\u0620-\u065f\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c9\ufb50-\ufdff\ufe70-\ufefc]+")
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029")
# NUL, lone surrogates and the 66 noncharacters of Unicode (chapter 23.7 of the standard).
_NONCHARACTERS = "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
_RARE_BYTES = (b"\0", b"\xed", b"\xef", b"\xf0", b"\xf1", b"\xf2", b"\xf3", b"\xf4")
_FORBIDDEN_SIGNS = (b"\0", b"\xed", b"\xef\xb7", b"\xbf\xbe", b"\xbf\xbf")
_FORBIDDEN = re.compile(f"[\0\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]")

# Neither white space nor one of the marks that are not drawn: direction, joiners, soft hyphen, byte order.
_SEEN = re.compile("[^\\s\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class CanonicalText:
    """A canonical text with its UTF-8 form and the SHA-256 of that (hexadecimal)."""

    text: str
    utf8: bytes
    sha256: str


def canonical(decoded: str) -> CanonicalText:
    """Return the canonical form of a decoded text.

    Raises ForbiddenCharacter for NUL, lone surrogates and noncharacters, EmptyFile when nothing but white space is left.
    """
    text = canonical_line_ends(decoded.removeprefix("\ufeff"))
    utf8 = text.encode("utf-8", errors="surrogatepass")
    _refuse_forbidden(text, utf8)
    if not text.strip():
        raise EmptyFile
    return CanonicalText(text, utf8, hashlib.sha256(utf8).hexdigest())


def canonical_line_ends(text: str) -> str:
    """Return a text with LF for every line end."""
    return _LINE_ENDS.sub("\n", text) if has_other_line_ends(text) else text


def has_other_line_ends(text: str) -> bool:
    """Tell whether a text has line ends that become LF."""
    return "\r" in text or "\u2028" in text or "\u2029" in text


def is_seen(text: str) -> bool:
    """Tell whether there is anything in a text that is drawn."""
    return _SEEN.search(text) is not None


def text_sha256(text: str) -> str:
    """Return the SHA-256 of the UTF-8 form of a canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def title_of(text: str) -> str:
    """Return a title for a text that has none: its first line of which anything is seen, cut at a word."""
    line = next(filter(is_seen, text.split("\n")), "").strip()
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
    sample = text[:_SAMPLE]
    arabic = sum(map(len, _ARABIC.findall(sample)))
    others = sum(map(str.isalpha, _ARABIC.sub("", sample)))
    return "ar" if arabic > others else "und"


def _refuse_forbidden(text: str, utf8: bytes) -> None:
    """Raise ForbiddenCharacter at the first character that no text may hold.

    Looking for two bytes in the UTF-8 form is many times faster than a character class over the text, and a text
    without any of these pairs has none of the characters (surrogates begin with ED, as Hangul does). All of them begin with
    a byte that most texts do not have, and looking for one byte is faster still.
    """
    if any(byte in utf8 for byte in _RARE_BYTES) and any(sign in utf8 for sign in _FORBIDDEN_SIGNS):
        found = _FORBIDDEN.search(text)
        if found:
            raise ForbiddenCharacter(character=f"U+{ord(found.group()):04X}", position=found.start())

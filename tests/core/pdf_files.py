"""Small PDFs for the tests: signs with the characters they claim to be, put at places of the test's choice."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from annotator.text.bidi import bidi_classes, levels

_RIGHT_JOINING = frozenset("اأإآٱدذرزوؤةىء")
_BRACKETS = str.maketrans("()[]«»", ")(][»«")


@dataclass(frozen=True)
class Sign:
    """One drawn sign; `text` is what the file says it is (None: nothing), `width` its advance in points."""

    text: str | None
    x: float
    y: float
    size: float = 12
    width: float = 6


def drawn(line: str, y: float, *, right: float | None = None, left: float = 50, size: float = 12, width: float = 6,
          shaped: bool = False, spaces: bool = True) -> list[Sign]:  # fmt: skip
    """Draw a line as the bidirectional algorithm shows it, ending at `right` or beginning at `left`."""
    signs = as_seen(line, shaped=shaped)
    places = [sum(not unicodedata.combining(one[0]) for one in signs[:at]) for at in range(len(signs))]
    start = left if right is None else right - width * (places[-1] + 1)
    return [
        Sign(text, start + width * place + (width / 3 if unicodedata.combining(text[0]) else 0), y, size,
             width / 4 if unicodedata.combining(text[0]) else width)
        for text, place in zip(signs, places, strict=True)
        if spaces or text != " "
    ]  # fmt: skip


def as_seen(line: str, *, shaped: bool = False) -> list[str]:
    """Return the signs of a line from left to right (rule L2), brackets mirrored (L4), letters as joined forms if wanted."""
    found = levels(bidi_classes(line))
    letters = list(shapes(line) if shaped else line)
    signs = [letters[at].translate(_BRACKETS) if found[at] % 2 else letters[at] for at in range(len(line))]
    order = list(range(len(line)))
    for level in range(max(found.values()), 0, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and found[order[end]] >= level:
                end += 1
            order[at:end] = reversed(order[at:end])
            at = end + 1
    return [signs[at] for at in order if signs[at]]


def shapes(line: str) -> list[str]:
    """Return for each character its joined form; lam and alef become one, with nothing for the alef."""
    joined = [""] * len(line)
    for at, letter in enumerate(line):
        before = at > 0 and line[at - 1].isalpha() and line[at - 1] not in _RIGHT_JOINING and letter != "ء"
        after = at + 1 < len(line) and line[at + 1].isalpha() and letter not in _RIGHT_JOINING and line[at + 1] != "ء"
        form = {(False, False): "isolated", (False, True): "initial", (True, True): "medial", (True, False): "final"}
        joined[at] = _forms().get((letter, form[before, after]), letter)
        if letter in "اأإآ" and at and line[at - 1] == "ل":
            linked = at > 1 and line[at - 2].isalpha() and line[at - 2] not in _RIGHT_JOINING
            joined[at - 1], joined[at] = _forms()["ل" + letter, "final" if linked else "isolated"], ""
    return joined


@cache
def _forms() -> dict[tuple[str, str], str]:
    found = {}
    for code in range(0xFE80, 0xFEFD):
        kind, *letters = unicodedata.decomposition(chr(code)).split()
        found["".join(chr(int(one, 16)) for one in letters), kind.strip("<>")] = chr(code)
    return found


def pdf(
    pages: Sequence[Sequence[Sign]], *, pictures: frozenset[int] = frozenset(), info: str = "", turn: int = 0
) -> bytes:
    """Return a PDF of A4 pages; the pages (from 0) in `pictures` are filled with a picture, `info` is a dictionary's inside.

    Every sign is a small box in a font of its own kind (Type 3): PDFium leaves out what has no extent.
    """
    signs = [one for page in pages for one in page]
    codes = {
        key: code for code, key in enumerate(dict.fromkeys((one.text, one.width / one.size) for one in signs), start=1)
    }
    assert len(codes) < 256, "one font has 255 signs"
    widths = [round(wide * 1000) for _, wide in codes]
    first = 6 + len(codes)
    bodies: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{first + 2 * at} 0 R' for at in range(len(pages)))}]>>".encode(),
        "<</Type/Font/Subtype/Type3/FontBBox[0 -200 1000 900]/FontMatrix[.001 0 0 .001 0 0]/ToUnicode 4 0 R"
        f"/CharProcs<<{''.join(f'/s{code} {5 + code} 0 R' for code in codes.values())}>>"
        f"/Encoding<</Type/Encoding/Differences[1 {''.join(f'/s{code}' for code in codes.values())}]>>"
        f"/FirstChar 1/LastChar {len(codes)}/Widths[{' '.join(map(str, widths))}]/Resources<<>>>>".encode(),
        _stream(_characters({code: text for (text, _), code in codes.items() if text})),
        _stream(b"\x80", "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"),
        *(_stream(f"{wide} 0 0 -200 {wide} 700 d1 0 0 {wide} 500 re f".encode()) for wide in widths),
    ]  # fmt: skip
    for at, page in enumerate(pages):
        bodies.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate {turn}/Contents {first + 1 + 2 * at} 0 R"
            "/Resources<</Font<</F 3 0 R>>/XObject<</I 5 0 R>>>>>>".encode()
        )
        picture = "q 595 0 0 842 0 0 cm /I Do Q\n" if at in pictures else ""
        bodies.append(_stream(f"{picture}BT\n{''.join(_shown(one, codes) for one in page)}ET".encode()))
    bodies.append(f"<<{info}>>".encode())
    return _file(bodies)


def _shown(sign: Sign, codes: dict[tuple[str | None, float], int]) -> str:
    code = codes[sign.text, sign.width / sign.size]
    return f"/F {sign.size} Tf 1 0 0 1 {sign.x} {sign.y} Tm <{code:02x}> Tj\n"


def _stream(data: bytes, more: str = "") -> bytes:
    return f"<</Length {len(data)}{more}>>stream\n".encode() + data + b"\nendstream"


def _characters(texts: dict[int, str]) -> bytes:
    lines = "".join(f"<{code:02x}> <{text.encode('utf-16-be').hex()}>\n" for code, text in texts.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(texts)} beginbfchar\n{lines}endbfchar\n"
        "endcmap end end"
    ).encode()


def _file(bodies: Sequence[bytes]) -> bytes:
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer<</Size {len(bodies) + 1}/Root 1 0 R/Info {len(bodies)} 0 R>>\nstartxref\n{len(data)}\n%%EOF"
    return data + f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}".encode() + trailer.encode()

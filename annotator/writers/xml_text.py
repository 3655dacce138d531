"""Text as XML 1.0 can hold it, and ids that follow from what they name.

Characters that XML 1.0 forbids (controls other than tab and line ends) are replaced one for one, so that offsets stay.
"""

from __future__ import annotations

import re
from hashlib import sha1
from uuid import UUID

from annotator.language import N_
from annotator.reports import Reason
from annotator.writers.losses import Losses

FORBIDDEN = Reason(
    "control_character",
    N_("{count} files have control characters that XML cannot hold."),
    N_("U+FFFD stands for each of them, so that all offsets stay."),
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_CONTROLS = bytes(number for number in range(32) if number not in b"\t\n\r")
_NEITHER = ("\ufffe".encode(), "\uffff".encode())
# https://www.w3.org/TR/xml/#charsets; lone surrogates are in no text of ours.
_REPLACED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SPACE = UUID("8c4b8c5e-4d8e-5b1c-9a53-6e1f0d7f5b1e").bytes


def content(text: str) -> str:
    """Return text as it stands between tags; a parser gives it back to the code point."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def attribute(text: str) -> str:
    """Return text as it stands between double quotes; a parser gives it back to the code point."""
    return content(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def encoded(xml: str, losses: Losses, *ids: str) -> bytes:
    """Return XML in UTF-8 without the characters that it cannot hold, which are noted as a loss of these articles."""
    data, replaced = replacing(xml)
    if replaced:
        losses.add(FORBIDDEN, *ids, count=1)
    return data


def replacing(xml: str) -> tuple[bytes, bool]:
    """Return XML in UTF-8 with U+FFFD for characters that it cannot hold, and whether there were any."""
    data = xml.encode()
    if len(data.translate(None, _CONTROLS)) == len(data) and not any(one in data for one in _NEITHER):
        return data, False
    return _REPLACED.sub("\ufffd", xml).encode(), True


def derived_id(kind: str, name: str) -> str:
    """Return the UUID of what has no id of its own: the same for the same kind and name in every export.

    It is the UUIDv5 of RFC 9562, formatted here because making a `UUID` of it takes four times as long.
    """
    digits = sha1(_SPACE + f"{kind}:{name}".encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:32]}"

"""Names and ids that stand for others: the same for the same thing in every export, and not to be guessed back.

Everything follows from a key by HMAC-SHA-256 (RFC 2104): who has no key cannot try out who may be behind a pseudonym, as
could be done with a plain hash, or with the ids that follow from a text or a name (annotator/store/identity.py).
"""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Iterable
from typing import Literal

from annotator.store.clock import uuid_text

_ENTITIES = {"actor": "طرف", "place": "مكان"}
_REVIEWER = "مراجع"
_MOST = 18
_OF_A_REVIEWER = 6
_OF_AN_ENTITY = 8


class Pseudonyms:
    """Gives pseudonyms by a key. `reviewers` are all there are: no two of them get the same."""

    def __init__(self, key: bytes, reviewers: Iterable[str]) -> None:
        self._key = key
        numbers = {name: self._number("reviewer", name) for name in reviewers if name}
        short = Counter(number[:_OF_A_REVIEWER] for number in numbers.values())
        self._reviewers = {
            name: number[: _OF_A_REVIEWER if short[number[:_OF_A_REVIEWER]] == 1 else _MOST]
            for name, number in numbers.items()
        }

    def reviewer(self, name: str) -> str:
        """Return what a reviewer is called; nobody stays nobody."""
        number = self._reviewers.get(name) or self._number("reviewer", name)
        return f"{_REVIEWER} {number}" if name else ""

    def entity(self, kind: Literal["actor", "place"], identity: str) -> str:
        """Return what an actor or a place is called: the same word for every actor, whatever it is known to be."""
        return f"{_ENTITIES[kind]} {self._number('entity', identity)[:_OF_AN_ENTITY]}"

    def identity(self, kind: str, identity: str) -> str:
        """Return the id that stands for another one: a UUID of version 8 (RFC 9562, section 5.8); none for none."""
        if not identity:
            return ""
        number = int.from_bytes(self._digest(f"id of {kind}", identity)[:16], "big")
        number = number & ~(0xF << 76) | 0x8 << 76
        return uuid_text((number & ~(0x3 << 62) | 0x2 << 62).to_bytes(16, "big"))

    def _number(self, kind: str, given: str) -> str:
        number = int.from_bytes(self._digest(f"number of {kind}", given)[:16], "big")
        return f"{number % 10**_MOST:0{_MOST}}"

    def _digest(self, kind: str, given: str) -> bytes:
        return hmac.digest(self._key, f"{kind}\n{given}".encode("utf-8", "surrogatepass"), "sha256")

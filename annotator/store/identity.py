"""Ids that follow from what a thing is, so that two machines that never met give the same thing the same id.

An article is its text, a reviewer a name, a label its key: UUID version 5 (RFC 9562, section 5.5) over those. Merging then
is a union, and importing the same file on two laptops makes one article.
"""

from __future__ import annotations

import uuid

_NAMESPACE = uuid.UUID("6d6bd0f4-7d0b-5d53-9a5e-0f4c4d1b6c11")


def article_id(sha256: str) -> bytes:
    """Return the id of the article whose canonical text has this SHA-256 (hexadecimal)."""
    return uuid.uuid5(_NAMESPACE, f"article:{sha256}").bytes


def reviewer_id(name: str) -> bytes:
    """Return the id of the reviewer of this name."""
    return uuid.uuid5(_NAMESPACE, f"reviewer:{name}").bytes


def label_id(key: str) -> bytes:
    """Return the id of the label with this key."""
    return uuid.uuid5(_NAMESPACE, f"label:{key}").bytes

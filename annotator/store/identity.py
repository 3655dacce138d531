"""Ids that follow from what a thing is, so that two machines that never met give the same thing the same id.

An article is its text, a reviewer a name, a label its key, a frame its claim: UUID version 5 (RFC 9562, section 5.5) over
those. Merging then is a union, and importing the same file on two laptops makes one article.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable

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


def attribute_id(key: str) -> bytes:
    """Return the id of the attribute with this key."""
    return _derived("attribute", key)


def frame_id(claim: str) -> bytes:
    """Return the id of the frame of a claim: each has one."""
    return _derived("frame", claim)


def verdict_id(claim: str, reviewer: str) -> bytes:
    """Return the id of a reviewer's verdict on a claim."""
    return _derived("verdict", claim, reviewer)


def link_id(annotation: str) -> bytes:
    """Return the id of the link of an annotation: each has one."""
    return _derived("link", annotation)


def relation_id(a: str, type: str, b: str, reviewer: str) -> bytes:
    """Return the id of a reviewer's relation between two claims."""
    return _derived("relation", a, type, b, reviewer)


def reading_id(article: str, reviewer: str) -> bytes:
    """Return the id of a reviewer's own state of reading of an article."""
    return _derived("reading", article, reviewer)


def assignment_id(article: str, reviewer: str) -> bytes:
    """Return the id of the assignment of an article to a reviewer."""
    return _derived("assignment", article, reviewer)


def copy_id(article: str) -> bytes:
    """Return the id of what says that an article is a copy of another."""
    return _derived("copy", article)


def apart_id(one: str, other: str) -> bytes:
    """Return the id of what says that two articles are no copies of one text, whichever is named first."""
    return _derived("apart", *sorted((one, other)))


def carried_id(annotation: str, article: str) -> bytes:
    """Return the id of what an annotation becomes when it is carried over to a corrected version of its article."""
    return _derived("carried", annotation, article)


def filter_id(name: str) -> bytes:
    """Return the id of the saved filter of this name."""
    return _derived("filter", name)


def entity_id(kind: str, scheme: str, value: str) -> bytes:
    """Return the id of the entity that a scheme knows under this value: geonames, wikidata, pcode."""
    return _derived("entity", kind, scheme, value)


def gold_id(*parts: object) -> bytes:
    """Return the id of an annotation of a gold file, so that reading the file twice marks nothing twice."""
    return _derived("gold", *map(str, parts))


def setting_id(key: str) -> bytes:
    """Return the id of the setting with this key."""
    return _derived("setting", key)


def decision_id(article: str, sources: Iterable[str]) -> bytes:
    """Return the id of the decision about these annotations or relations of an article."""
    return _derived("decision", article, *sorted(sources))


def final_id(decision: str, number: int) -> bytes:
    """Return the id of what a decision made, the first, second and so on."""
    return _derived("final", decision, str(number))


def settlement_id(article: str) -> bytes:
    """Return the id of what says whether an article is settled."""
    return _derived("settlement", article)


def resolved_id(comment: str) -> bytes:
    """Return the id of what says that a comment is resolved."""
    return _derived("resolved", comment)


def _derived(*parts: str) -> bytes:
    """Return the UUIDv5 of the parts; a line feed between them, which none of ours may hold but the last."""
    return uuid.uuid5(_NAMESPACE, f"{parts[0]}:" + "\n".join(parts[1:])).bytes

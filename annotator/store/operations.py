"""The operation: one entry of the append-only log, and the hash chain that ties it to the one before.

`body` is the full new value of one thing as JSON (None: removed), `parents` are the operations it replaces. The hash is
SHA-256 over the previous hash of the same replica, the other columns as one JSON array, a line feed and the body, so a
changed, missing or reordered operation breaks the chain.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from annotator.store.clock import uuid_text

FIRST_HASH = bytes(32)
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One entry of the log. `id`, `step`, `target` and `entity` are 16 bytes; `parents` is any number of them, joined."""

    rid: int
    seq: int
    id: bytes
    step: bytes
    action: str
    target: bytes | None
    reviewer: str
    kind: str
    entity: bytes
    parents: bytes
    body: str | None
    hash: bytes

    def row(self) -> Row:
        """Return the columns in the order of the table."""
        return (
            self.rid, self.seq, self.id, self.step, self.action, self.target,
            self.reviewer, self.kind, self.entity, self.parents, self.body, self.hash,
        )  # fmt: skip

    def value(self) -> dict[str, Any] | None:
        """Return the value the thing has after this operation, or None when it was removed."""
        return None if self.body is None else orjson.loads(self.body)


# What hangs on an annotation or an article is told by that one's id, a label by its key: their own ids say nothing to whoever
# shows them.
_TOLD_BY = {
    "frame": "claim", "verdict": "claim", "link": "annotation", "label": "key", "attribute": "key",
    "reading": "article", "assignment": "article", "copy": "article", "apart": "one", "filter": "name",
    "setting": "key", "decision": "article", "settlement": "article", "comment": "annotation", "resolved": "annotation",
}  # fmt: skip


def subject(operation: Operation, value: dict[str, Any] | None) -> str:
    """Return the id by which a change of this thing is told; `value` is one that it has or had."""
    return subject_of(operation.kind, operation.entity, value)


def subject_of(kind: str, entity: bytes, value: Mapping[str, Any] | None) -> str:
    """Return the id by which a change of a thing of this kind is told."""
    field = _TOLD_BY.get(kind)
    return str(value[field]) if field and value else uuid_text(entity)


COLUMNS = "rid, seq, id, step, action, target, reviewer, kind, entity, parents, body, hash"


def body_json(value: dict[str, Any] | None) -> str | None:
    """Return the canonical JSON of a value: keys sorted, no spaces, UTF-8."""
    return None if value is None else orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def chain_hash(
    previous: bytes, replica: bytes, seq: int, identity: bytes, step: bytes, action: str, target: bytes | None,
    reviewer: str, kind: str, entity: bytes, parents: bytes, body: str | None,
) -> bytes:  # fmt: skip
    """Return the hash that chains an operation to the `previous` hash of its replica."""
    header = [
        replica.hex(), seq, identity.hex(), step.hex(), action, target.hex() if target else None,
        reviewer, kind, entity.hex(), parents.hex(),
    ]  # fmt: skip
    data = b"%b%b\n%b" % (previous, orjson.dumps(header), b"null" if body is None else body.encode())
    return hashlib.sha256(data).digest()

"""A segment: a range of one replica's operations as lines of JSON, which can be proved without the rest of the log.

A line is an array of the columns of the operation without the replica: numbers and texts as they are, ids and hashes in
hexadecimal, the body as the very text that was hashed. See docs/formats/bundle.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from annotator.errors import ProjectError
from annotator.language import N_
from annotator.store.operations import Operation, chain_hash

_IN_HEXADECIMAL = (1, 2, 4, 7, 8, 10)
_FIELD_TYPES = {
    (int, str, str, str, target, str, str, str, str, body, str)
    for target in (str, type(None))
    for body in (str, type(None))
}
_MOST_PARENTS = 64


class BrokenSegment(ProjectError):
    """Lines that are not the segment they are said to be; `seq` tells where."""

    template = N_("operation {seq} does not follow from the one before it.")


@dataclass(frozen=True, slots=True)
class Segment:
    """Where a range of operations lies: its replica, its first and last number, the hashes before it and at its end."""

    replica: bytes
    first: int
    last: int
    before: bytes
    after: bytes


def line_of(operation: Operation) -> bytes:
    """Return the line of an operation, with its line feed."""
    target = operation.target.hex() if operation.target else None
    columns = [
        operation.seq, operation.id.hex(), operation.step.hex(), operation.action, target, operation.reviewer,
        operation.kind, operation.entity.hex(), operation.parents.hex(), operation.body, operation.hash.hex(),
    ]  # fmt: skip
    return orjson.dumps(columns, option=orjson.OPT_APPEND_NEWLINE)


def operations_in(lines: bytes, segment: Segment, rid: int) -> Iterator[Operation]:
    """Yield the operations of a segment, each proved by the hash before it; raise BrokenSegment."""
    previous, seq = segment.before, segment.first
    for line in lines.splitlines():
        operation = _operation(line, rid, seq)
        if operation.seq != seq or operation.hash != _proved(operation, segment.replica, previous):
            raise BrokenSegment(seq=seq)
        yield operation
        previous, seq = operation.hash, seq + 1
    if seq != segment.last + 1 or previous != segment.after:
        raise BrokenSegment(seq=seq)


def _proved(op: Operation, replica: bytes, previous: bytes) -> bytes:
    return chain_hash(
        previous, replica, op.seq, op.id, op.step, op.action, op.target, op.reviewer, op.kind, op.entity, op.parents, op.body
    )  # fmt: skip


def _operation(line: bytes, rid: int, seq: int) -> Operation:
    try:
        found = orjson.loads(line)
        if type(found) is list and tuple(map(type, found)) in _FIELD_TYPES:
            raw = [found[place] and bytes.fromhex(found[place]) for place in _IN_HEXADECIMAL]
            if _has_sizes(*raw):
                identity, step, target, entity, parents, digest = raw
                return Operation(
                    rid, found[0], identity, step, found[3], target, found[5], found[6], entity, parents or b"", found[9],
                    digest,
                )  # fmt: skip
    except ValueError as error:
        raise BrokenSegment(seq=seq) from error
    raise BrokenSegment(seq=seq)


def _has_sizes(identity: Any, step: Any, target: Any, entity: Any, parents: Any, digest: Any) -> bool:
    sizes = len(identity), len(step), 16 if target is None else len(target), len(entity), len(digest)
    return sizes == (16, 16, 16, 16, 32) and len(parents) % 16 == 0 and len(parents) <= 16 * _MOST_PARENTS
